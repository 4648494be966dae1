"""Two desks hand a person over; walking a caseload with j and k; a draft that survives a lost session."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from deelnemers.models import Contactmoment, Deelnemer, Notitieconcept, Overdracht
from deelnemers.services import terugbellen
from deelnemers.services.contact import zeg_toe
from kern import klok
from kern.handeling import voor_gemeente
from tests.deelnemers.fabrieken import TOETS, gehuwd, met_regie
from tests.hulp.browser import Scherm
from tests.kern.fabrieken import GemeenteFabriek
from tests.organisatie.fabrieken import RolFabriek, TeamFabriek

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def wereld(transactional_db: None) -> Any:
    """A consulent with three people, and a colleague in another team."""
    gemeente = GemeenteFabriek(naam="Amstelrade")
    with voor_gemeente(gemeente):
        ik = RolFabriek(team=TeamFabriek(naam="Team Oost"), medewerker__voornaam="Noor").medewerker
        ander = RolFabriek(team=TeamFabriek(naam="Team West"), medewerker__voornaam="Ali").medewerker
        namen = ("Aarts", "Bakker", "Cohen")
        mensen = [met_regie(ik, roepnaam="Samira", geslachtsnaam=naam) for naam in namen]
        zeg_toe(mensen[1], "wij", "Opvang zoeken", klok.vandaag(), medewerker=ik, actor=TOETS)
        gehuwd(mensen[0], met_regie(ander, geslachtsnaam="Partner"))
        terugbellen.neem_terugbelverzoek_aan(
            beller="Rob van school", telefoon="020 1234567", deelnemer=mensen[0], door=ander, actor=TOETS
        )
        yield {"ik": ik, "ander": ander, "mensen": mensen}


@pytest.fixture
def ingelogd(nieuw: Callable[..., Scherm]) -> Callable[[Any], Scherm]:
    def open_als(medewerker: Any) -> Scherm:
        scherm = nieuw(str(medewerker.pk))
        log_in(scherm, medewerker)
        return scherm

    return open_als


def log_in(scherm: Scherm, medewerker: Any) -> None:
    client = Client()
    client.force_login(medewerker.gebruiker)
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    scherm.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])


def test_twee_collega_s_dragen_iemand_over(wereld: dict[str, Any], ingelogd: Any) -> None:
    persoon = wereld["mensen"][1]
    ik, ander = ingelogd(wereld["ik"]), ingelogd(wereld["ander"])
    ik.ga(f"/deelnemers/{persoon.dossiernummer}/overdragen")
    ik.page.get_by_role("button", name="Aanbieden").click()
    ik.page.get_by_text("Schrijf op waarom").or_(ik.page.get_by_text("Nog 2 dingen aanpassen")).first.wait_for()
    ik.axe()
    ik.fouten = [f for f in ik.fouten if "400" not in f]
    ik.page.get_by_label("Aan wie?").select_option(str(wereld["ander"].pk))
    ik.page.get_by_label("Waarom draag je over?").fill("Verhuisd naar West")
    ik.page.get_by_role("button", name="Aanbieden").click()
    ik.page.get_by_text("Aangeboden aan").first.wait_for()

    ander.ga("/overdrachten")
    ander.axe()
    ander.page.get_by_role("link", name=persoon.naam).click()
    ander.page.get_by_role("heading", name="Wat is beloofd").wait_for()
    assert ander.page.get_by_text("Opvang zoeken").first.is_visible()
    ander.axe()
    ander.page.get_by_role("button", name="Aannemen", exact=True).click()
    ander.page.get_by_text("Jij neemt").first.wait_for()
    assert Overdracht.objects.get().status == "aangenomen"
    assert Deelnemer.objects.get(pk=persoon.pk).regievoerder_id == wereld["ander"].pk
    ik.ga("/")
    assert ik.page.get_by_text(f"neemt {persoon.naam} over").first.is_visible()


def test_met_j_en_k_door_de_caseload(wereld: dict[str, Any], ingelogd: Any) -> None:
    scherm = ingelogd(wereld["ik"])
    page = scherm.page
    scherm.ga("/caseload/lopen")
    scherm.axe()
    rechts = page.locator("#rechts")
    rechts.get_by_role("heading", name="Samira Aarts").wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    rechts.get_by_role("heading", name="Samira Bakker").wait_for()
    assert rechts.get_by_text("Opvang zoeken").first.is_visible()
    assert "persoon=" in page.url and page.locator("[aria-current=true]").get_by_text("Samira Bakker").is_visible()
    page.keyboard.press("k")
    rechts.get_by_role("heading", name="Samira Aarts").wait_for()
    page.keyboard.press("j")
    rechts.get_by_role("heading", name="Samira Bakker").wait_for()
    page.keyboard.press("n")
    page.keyboard.type("Gebeld: opvang is geregeld.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Notitie bewaard").wait_for()
    rechts.get_by_text("Gebeld: opvang is geregeld.").wait_for()
    assert Contactmoment.objects.get().deelnemer_id == wereld["mensen"][1].pk
    page.go_back()
    scherm.axe()
    # A key faster than the server breaks off the request before it: htmx says so in the console.
    scherm.fouten = [f for f in scherm.fouten if "sendAbort" not in f and "afterRequest" not in f]


def test_een_notitie_overleeft_een_verloren_sessie(wereld: dict[str, Any], ingelogd: Any) -> None:
    scherm, persoon = ingelogd(wereld["ik"]), wereld["mensen"][2]
    page, pad = scherm.page, f"/deelnemers/{persoon.dossiernummer}"
    scherm.ga(pad)
    page.keyboard.press("n")
    page.keyboard.type("Wil graag in de zorg werken")
    page.get_by_text("Concept bewaard").wait_for()
    assert Notitieconcept.objects.get().tekst == "Wil graag in de zorg werken"
    page.context.clear_cookies()
    scherm.ga(pad)
    assert "inloggen" in page.url
    log_in(scherm, wereld["ik"])
    scherm.ga(pad)
    assert page.get_by_label("Notitie over Samira").input_value() == "Wil graag in de zorg werken"
    assert page.get_by_text("Het is nog niet bewaard in het dossier").is_visible()


@pytest.mark.parametrize("leeg", [False, True])
def test_de_nieuwe_bladzijden_zijn_toegankelijk(wereld: dict[str, Any], ingelogd: Any, leeg: bool) -> None:
    scherm = ingelogd(wereld["ander"] if leeg else wereld["ik"])
    nummer = wereld["mensen"][0].dossiernummer
    paden = ["overdrachten", "caseload/overdragen", "terugbelverzoeken", "terugbelverzoeken/nieuw", "kaartenbak"]
    paden += [] if leeg else [f"deelnemers/{nummer}/{deel}" for deel in (
        "huishouden", "vertegenwoordigers", "vertegenwoordigers/nieuw", "voorinschrijving", "overlijden", "terugbellen",
    )]  # fmt: skip
    for pad in paden:
        assert scherm.ga(f"/{pad}").status == 200, pad
        scherm.axe()
