"""The calculator in a real browser: full, empty and with faults at both widths, live, and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest

from tests.hulp.browser import Scherm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAD = "/loonkostensubsidie/berekenen"


def vul(blad: Any, **velden: str) -> None:
    for naam, waarde in velden.items():
        blad.locator(f"#id_{naam}").fill(waarde)


def zonder_400(scherm: Scherm) -> None:
    """The browser itself notes every page with faults as an error."""
    scherm.fouten[:] = [f for f in scherm.fouten if "400 (Bad Request)" not in f]


def test_leeg_fout_en_vol_op_beide_breedtes(wet: None, nieuw: Any) -> None:
    scherm: Scherm = nieuw()
    blad = scherm.page
    scherm.ga(PAD)
    blad.get_by_text("Hier komt het bedrag").wait_for()
    scherm.axe()
    blad.get_by_role("button", name="Bereken", exact=True).click()
    blad.get_by_role("link", name="Vul in: Geboortedatum van de werknemer").click()
    assert blad.locator("#id_geboortedatum").evaluate("veld => veld === document.activeElement")
    scherm.axe()
    zonder_400(scherm)

    blad.get_by_role("button", name="Vul een voorbeeld in").click()
    blad.get_by_text("Wat als: een andere dag").click()
    vul(blad, vergelijk="1-6-2025")
    blad.get_by_role("button", name="Bereken", exact=True).click()
    blad.get_by_role("heading", name="Vergeleken met 1 juni 2025").wait_for()
    blad.get_by_text("Alle stappen naast elkaar").click()
    scherm.axe()
    assert "1-6-2025" not in blad.url, "niets van wat je invult staat in het adres"


def test_meerekenen_terwijl_je_invult(wet: None, nieuw: Any) -> None:
    """Half filled in it says what is missing without faults at the fields; whole it shows the amount, by itself."""
    scherm: Scherm = nieuw()
    blad = scherm.page
    scherm.ga(PAD)
    vul(blad, datum="15-8-2026", geboortedatum="17-5-1980", start="1-4-2025")
    uitkomst = blad.locator("#uitkomst")
    uitkomst.get_by_text("Vul in: Uren per week").wait_for()
    assert not blad.locator(".veld__fout").count()
    vul(blad, uren="36", loonwaarde="70")
    uitkomst.get_by_text("918,08").first.wait_for()
    assert "918,08" in blad.locator("#rekenstand").inner_text()
    assert not blad.locator("#id_functieloon").count()
    scherm.axe("telefoon")

    vul(blad, start="1-1-2015", datum="1-3-2015")
    blad.locator("#id_functieloon").wait_for()
    vul(blad, functieloon="120", voltijd="38", loonwaarde="50")
    uitkomst.get_by_text("614,63").first.wait_for()
    assert blad.locator("#id_functieloon").input_value() == "120"
    scherm.axe()

    vul(blad, start="1-7-2026", datum="15-8-2026")
    blad.locator("#id_functieloon").wait_for(state="detached")
    blad.get_by_label("Vast percentage").check()
    uitkomst.get_by_text("Vast percentage, tot en met 31 december 2026").wait_for()
    assert not blad.locator("#id_loonwaarde").is_visible()
    scherm.axe()


def test_zonder_javascript(wet: None, nieuw: Any) -> None:
    scherm: Scherm = nieuw(java_script_enabled=False)
    blad = scherm.page
    scherm.ga(PAD)
    vul(blad, datum="15-8-2026", geboortedatum="17-5-1980", start="1-4-2025", uren="36", loonwaarde="101")
    blad.get_by_role("button", name="Bereken", exact=True).click()
    assert "1 tot en met 100" in blad.locator(".veld--fout").inner_text()
    zonder_400(scherm)
    vul(blad, loonwaarde="70")
    blad.get_by_role("button", name="Bereken", exact=True).click()
    assert "918,08" in blad.locator(".rekenblad__samen").inner_text()
    assert blad.locator("#id_loonwaarde").input_value() == "70"


def test_op_papier_staat_waarmee_is_gerekend(wet: None, nieuw: Any) -> None:
    """The form stays off the paper; what was filled in comes on it as facts."""
    scherm: Scherm = nieuw()
    blad = scherm.page
    scherm.ga(PAD)
    blad.get_by_role("button", name="Vul een voorbeeld in").click()
    feiten = blad.locator(".rekenblad__feiten")
    assert not feiten.is_visible()
    blad.emulate_media(media="print")
    assert feiten.is_visible()
    assert "17 mei 1980" in feiten.inner_text()
    assert not blad.locator(".rekenblad__vraag").is_visible()


def test_ingelogd_met_het_menu(wet: None, nieuw: Any, log_in: Any, settings: Any) -> None:
    scherm: Scherm = nieuw()
    koekje = log_in("medewerker_subsidies").cookies[settings.SESSION_COOKIE_NAME]
    scherm.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])
    scherm.ga(PAD)
    scherm.page.get_by_role("button", name="Vul een voorbeeld in").click()
    scherm.page.get_by_role("heading", name="Zo komen we eraan").wait_for()
    scherm.axe()
