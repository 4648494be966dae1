"""A consulent works in a dossier: note with one key, a promise ticked off, the diagnosis confirmed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from deelnemers.models import Contactmoment, Deelnemer, Opleiding, Regie, Toezegging
from deelnemers.services.contact import leg_belemmering_vast, leg_contact_vast, zeg_toe
from deelnemers.services.diagnoseaanbod import neem_over_uit_aanmelding
from deelnemers.services.inkomen import meld_aan_inkomen
from deelnemers.services.regie import doorbreek
from kern import klok
from kern.handeling import voor_gemeente
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, met_regie, met_uitkering
from tests.deelnemers.test_diagnose import RAPPORT
from tests.hulp.browser import BREEDTES, Scherm
from tests.kern.fabrieken import GemeenteFabriek
from tests.organisatie.fabrieken import RolFabriek, TeamFabriek

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Wereld = dict[str, Any]


@pytest.fixture
def wereld(transactional_db: None) -> Any:
    """A team with a consulent, a manager, somebody of income, and a person with something of everything."""
    gemeente = GemeenteFabriek(naam="Amstelrade")
    with voor_gemeente(gemeente):
        team = TeamFabriek(naam="Team Oost")
        consulent = RolFabriek(team=team, medewerker__voornaam="Noor").medewerker
        persoon = met_regie(consulent, roepnaam="Samira", geslachtsnaam="Bakker")
        leg_contact_vast(persoon, "Gesprek op kantoor over de opleiding tot kok.", medewerker=consulent, actor=TOETS)
        zeg_toe(persoon, "wij", "Opvang zoeken", klok.vandaag(), medewerker=consulent, actor=TOETS)
        neem_over_uit_aanmelding(persoon, RAPPORT, bron="Inkomen", datum=klok.vandaag(), actor=TOETS)
        leg_belemmering_vast(persoon, "kinderopvang", actie="Bellen met de opvang", actor=TOETS)
        met_uitkering(persoon)
        melding = meld_aan_inkomen(persoon, "plaatsing", "p:1", klok.vandaag(), actor=TOETS)
        rest = {
            "manager": RolFabriek(team=team, rol="teammanager").medewerker,
            "inkomen": RolFabriek(team=None, rol="inkomensconsulent").medewerker,
            "nieuw": DeelnemerFabriek(team=team, in_traject=True, geslachtsnaam="De Wit", persona="nieuw"),
            "leeg": met_regie(consulent, roepnaam="Bo", geslachtsnaam="Leeg"),
        }
        vreemde = RolFabriek().medewerker
        doorbreking = doorbreek(persoon, vreemde, "Collega vroeg mee te kijken", actor=TOETS)
        yield {
            "gemeente": gemeente, "team": team, "consulent": consulent, "persoon": persoon, "melding": melding,
            "doorbreking": doorbreking, **rest,
        }  # fmt: skip


@pytest.fixture
def ingelogd(nieuw: Callable[..., Scherm]) -> Callable[[Any], Scherm]:
    """A screen on which this member of staff is logged in."""

    def open_als(medewerker: Any) -> Scherm:
        client = Client()
        client.force_login(medewerker.gebruiker)
        scherm = nieuw(str(medewerker.pk))
        koekje = client.cookies[settings.SESSION_COOKIE_NAME]
        scherm.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])
        return scherm

    return open_als


def foto(scherm: Scherm, naam: str) -> None:
    """Keep a picture at both widths when DOSSIERFOTOS names a folder."""
    if map_ := os.environ.get("DOSSIERFOTOS"):
        for breedte in BREEDTES:
            scherm.breedte(breedte)
            scherm.page.screenshot(path=str(Path(map_) / f"{naam}-{breedte}.png"), full_page=True)
    scherm.breedte("bureau")


def test_een_consulent_werkt_in_een_dossier(wereld: Wereld, ingelogd: Any) -> None:
    scherm, persoon = ingelogd(wereld["consulent"]), wereld["persoon"]
    page, pad = scherm.page, f"/deelnemers/{persoon.dossiernummer}"
    scherm.ga(pad)
    scherm.axe()
    foto(scherm, "dossier")

    page.keyboard.press("n")
    page.keyboard.type("Gebeld: zij begint maandag met de cursus.")
    page.keyboard.press("Control+Enter")
    page.get_by_text("Notitie bewaard").wait_for()
    assert Contactmoment.objects.filter(kanaal="telefoon", inhoud__startswith="Gebeld: zij").exists()
    assert page.get_by_text("Gebeld: zij begint maandag met de cursus.").is_visible()

    page.get_by_role("button", name="Vink af: Opvang zoeken").click()
    page.get_by_text("Afgevinkt").first.wait_for()
    assert Toezegging.objects.get().nagekomen_op == klok.vandaag()

    page.get_by_role("link", name="Diagnose", exact=True).click()
    page.get_by_role("heading", name="Klopt dit nog?").wait_for()
    scherm.axe()
    foto(scherm, "diagnose")
    page.get_by_role("button", name="Alles klopt").click()
    page.get_by_text("7 gegevens bevestigd").wait_for()
    assert not Opleiding.objects.filter(te_bevestigen=True).exists()


BLADEN = {
    "consulent": (
        "caseload", "{p}/huishouden", "{p}/historie", "{p}/gegevens", "{p}/huishouden/nieuw", "{p}/veiligheid",
        "{p}/toezegging", "{p}/trede", "{p}/diagnose/competenties", "{p}/diagnose/taal/nieuw", "deelnemers/nieuw",
        "{leeg}", "{leeg}/diagnose", "{leeg}/huishouden", "caseload?trede=1",
    ),
    "manager": ("mijn-team", "deelnemers/doorbrekingen/{doorbreking}", "{p}/regie"),
    "inkomen": ("inkomen", "inkomen?klaar=1", "inkomen/{melding}"),
}  # fmt: skip


@pytest.mark.parametrize("wie", BLADEN)
def test_alle_bladzijden_van_de_kamer_zijn_toegankelijk(wereld: Wereld, ingelogd: Any, wie: str) -> None:
    scherm = ingelogd(wereld[wie])
    namen = {
        "p": f"deelnemers/{wereld['persoon'].dossiernummer}",
        "leeg": f"deelnemers/{wereld['leeg'].dossiernummer}",
        "melding": wereld["melding"].pk,
        "doorbreking": wereld["doorbreking"].pk,
    }
    for pad in BLADEN[wie]:
        adres = pad.format(**namen)
        assert scherm.ga(f"/{adres}").status == 200, adres
        scherm.axe()
        foto(scherm, adres.replace("/", "-").replace("?", "-"))


def test_een_fout_formulier_zegt_wat_er_wel_kan(wereld: Wereld, ingelogd: Any) -> None:
    scherm = ingelogd(wereld["consulent"])
    scherm.ga("/deelnemers/nieuw")
    scherm.page.get_by_role("button", name="Dossier openen").click()
    scherm.page.get_by_text("Vul in: Achternaam").wait_for()
    scherm.axe()
    foto(scherm, "nieuw-fout")
    scherm.fouten = [f for f in scherm.fouten if "400" not in f]


def test_toewijzen_met_een_cijfer(wereld: Wereld, ingelogd: Any) -> None:
    scherm = ingelogd(wereld["manager"])
    scherm.ga("/mijn-team")
    scherm.page.keyboard.press("1")
    scherm.page.get_by_text("begeleidt nu Samira De Wit").wait_for()
    assert Regie.objects.get(deelnemer=wereld["nieuw"]).medewerker_id == wereld["consulent"].pk
    rij = Deelnemer.objects.get(pk=wereld["nieuw"].pk)
    assert rij.regievoerder_id == wereld["consulent"].pk


def test_een_dossier_met_een_reden(wereld: Wereld, ingelogd: Any) -> None:
    """By number to the door, the reason, and the strip that says it on every page of the dossier."""
    with voor_gemeente(wereld["gemeente"]):
        vreemde = RolFabriek().medewerker
    scherm, persoon = ingelogd(vreemde), wereld["persoon"]
    page = scherm.page
    scherm.ga("/zoeken")
    scherm.axe()
    foto(scherm, "zoeken")
    page.get_by_label("BSN of dossiernummer").last.fill(persoon.dossiernummer)
    page.get_by_role("button", name="Zoek op nummer").click()
    page.get_by_role("heading", name="Waarom heb je dit dossier nodig?").wait_for()
    assert persoon.dossiernummer not in page.url
    page.get_by_label("Waarom heb je dit dossier nodig?").fill("Neemt de telefoon op voor een collega.")
    page.get_by_role("button", name="Dossier openen").click()
    page.get_by_text("Je opende dit dossier met een reden").wait_for()
    scherm.axe()
    foto(scherm, "met_reden")

    with voor_gemeente(wereld["gemeente"]):
        derde = RolFabriek().medewerker
    scherm = ingelogd(derde)
    page = scherm.page
    scherm.ga("/deelnemers/nieuw")
    velden = {"Voornaam": "Wie", "Achternaam": "Bakker", "Geboortedatum": f"{persoon.geboortedatum:%d-%m-%Y}"}
    for label, waarde in velden.items():
        page.get_by_label(label, exact=True).fill(waarde)
    page.get_by_role("button", name="Dossier openen").click()
    page.get_by_text("Een dossier dat je niet mag zien").wait_for()
    assert page.get_by_text("Samira").count() == 0
    scherm.axe()
    foto(scherm, "dubbelcheck")
    scherm.fouten[:] = [fout for fout in scherm.fouten if "400" not in fout]  # the form came back, as it should
