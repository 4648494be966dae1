"""The pages of referring: from the dossier, the list, one referral, and the directory of partners (R045, R213)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aanmeldingen.models import Aanmelding
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel
from organisatie.models import Contactpersoon, Ketenpartner
from tests.aanmeldingen.verwijsfabrieken import concept, persoon, school, verstuurd
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import KetenpartnerFabriek

pytestmark = pytest.mark.django_db


@pytest.fixture
def web(routes: None, team: Any, log_in: Any) -> Any:
    """The browser of a consulent of the team."""
    return log_in("consulent", team=team)


@pytest.fixture
def samira(web: Any, team: Any) -> Any:
    return persoon(web.medewerker, team)


def _invoer(**anders: str) -> dict[str, Any]:
    return {
        "reden": "opleiding",
        "toelichting": "Wil de opleiding afmaken.",
        "onderdelen": ["talen"],
        "grond": "toestemming",
        "toestemming_op": klok.vandaag().strftime("%d-%m-%Y"),
    } | anders


def test_verwijzen_vanuit_het_dossier(web: Any, samira: Any) -> None:
    partner = school()
    pad = f"/deelnemers/{samira.dossiernummer}/verwijzen"
    assert "Verwijzen" in web.get(f"/deelnemers/{samira.dossiernummer}").content.decode()
    assert "ROC De Amstellanden" in web.get(pad).content.decode()
    stap2 = f"{pad}?route=naar-school&partner={partner.pk}"
    tekst = web.get(stap2).content.decode()
    assert "Talen" in tekst
    assert "Burgerservicenummer" not in tekst
    blad = web.post(stap2, _invoer())
    rij = Aanmelding.objects.get()
    assert (blad.status_code, blad.url) == (302, f"/verwijzingen/{rij.kenmerk}")
    assert rij.status == "concept"
    assert "Dit gaat mee" in web.get(blad.url).content.decode()
    for _ in range(2):  # a double click sends once
        assert web.post(f"{blad.url}/versturen").status_code == 302
    assert Aanmelding.objects.get().status == "verstuurd"
    assert "Verwezen naar" in web.get(f"/deelnemers/{samira.dossiernummer}").content.decode()
    assert Leesregel.objects.filter(verwerking="verwijzing.bekijken").exists()


def test_fouten_blijven_in_het_formulier(web: Any, samira: Any) -> None:
    pad = f"/deelnemers/{samira.dossiernummer}/verwijzen?route=naar-school&partner={school().pk}"
    blad = web.post(pad, _invoer(grond="wet", toestemming_op=""))
    assert blad.status_code == 400
    assert "Noem de wet of de afspraak." in blad.content.decode()
    assert not Aanmelding.objects.exists()


def test_telefoon_en_intrekken(web: Any, samira: Any) -> None:
    rij = verstuurd(samira, school(), web.medewerker)
    pad = f"/verwijzingen/{rij.kenmerk}"
    assert web.post(f"{pad}/ontvangst", {"naam": "Rob Visser", "wijze": "telefoon"}).status_code == 302
    assert "Rob Visser" in web.get(pad).content.decode()
    terug = {"naam": "Rob Visser", "besluit": "terugsturen", "code": "geen_plek", "reden": "Pas in september."}
    assert web.post(f"{pad}/antwoord", terug).status_code == 302
    assert "Pas in september." in web.get(pad).content.decode()
    web.post(f"{pad}/intrekken", {"reden": "Toch niet."})
    assert Aanmelding.objects.get().status == "teruggestuurd"
    assert web.post(f"{pad}/gezien").status_code == 302
    assert Aanmelding.objects.get().verzending.gezien_op == klok.vandaag()


def test_concept_wijzigen(web: Any, samira: Any) -> None:
    rij = concept(samira, school(), web.medewerker)
    pad = f"/verwijzingen/{rij.kenmerk}/wijzigen"
    assert web.get(pad).status_code == 200
    assert web.post(pad, _invoer(toelichting="Begint liever in mei.")).status_code == 302
    assert Aanmelding.objects.get().toelichting == "Begint liever in mei."


def test_ander_team_ziet_de_verwijzing_niet(routes: None, team: Any, log_in: Any, maak_medewerker: Any) -> None:
    consulent = maak_medewerker("consulent", team=team)
    rij = verstuurd(persoon(consulent, team), school(), consulent)
    ander = log_in("consulent")
    assert "Samira" not in ander.get("/verwijzingen").content.decode()
    for eind in ("", "/ontvangst", "/antwoord", "/intrekken", "/wijzigen"):
        assert ander.get(f"/verwijzingen/{rij.kenmerk}{eind}").status_code == 404
    for eind in ("/versturen", "/link", "/gezien"):
        assert ander.post(f"/verwijzingen/{rij.kenmerk}{eind}").status_code == 404
    assert ander.get(f"/aanmeldingen/{rij.kenmerk}").status_code == 404


@pytest.mark.parametrize(
    ("filter_", "gezien"),
    [("", True), ("?status=verstuurd", True), ("?status=concept", False), ("?soort=onderwijs", True), ("?laat=on", 0)],
)  # fmt: skip
def test_lijst_filtert(web: Any, samira: Any, filter_: str, gezien: bool) -> None:
    verstuurd(samira, school(), web.medewerker)
    assert ("Samira" in web.get(f"/verwijzingen{filter_}").content.decode()) == gezien


def test_te_laat_staat_bovenaan_en_in_rood(web: Any, samira: Any) -> None:
    verstuurd(samira, school(), web.medewerker)
    laat = verstuurd(samira, school(naam="GGZ Zuid", soort="zorg"), web.medewerker, code="naar-zorg")
    with handeling(FABRIEK):
        laat.verzending.bevestigen_voor = klok.vandaag() - dt.timedelta(days=1)
        laat.verzending.save()
    tekst = web.get("/verwijzingen").content.decode()
    assert tekst.index("GGZ Zuid") < tekst.index("ROC De Amstellanden")
    assert "Te laat sinds" in tekst
    assert "ROC De" not in web.get("/verwijzingen?laat=on").content.decode().split("<table")[1]


def test_bladzijden_kosten_niet_meer_bij_meer(web: Any, samira: Any) -> None:
    partner = school()

    def meer(aantal: int) -> None:
        for _ in range(aantal):
            verstuurd(samira, partner, web.medewerker)

    meer(3)
    rij = Aanmelding.objects.order_by("pk").first()
    assert rij is not None
    groeit_niet(lambda: web.get("/verwijzingen"), lambda: meer(8), "verwijzingen", maximum=14)
    groeit_niet(lambda: web.get(f"/verwijzingen/{rij.kenmerk}"), lambda: meer(3), "verwijzing", maximum=18)


# --- The directory -------------------------------------------------------------------------------
@pytest.mark.eis("R213", "de gids met ketenpartners: contacten en afspraken, bij te houden door functioneel beheer")
def test_gids_bijhouden(routes: None, log_in: Any) -> None:
    beheer = log_in("functioneel_beheerder")
    blad = beheer.post("/ketenpartners/nieuw", {"naam": "Leerplicht", "soort": "leerplicht", "actief": "on"})
    partner = Ketenpartner.objects.get()
    assert blad.url == f"/ketenpartners/{partner.pk}"
    beheer.post(f"{blad.url}/contact", {"naam": "An Bos", "email": "an@leerplicht.example", "actief": "on"})
    persoon_ = Contactpersoon.objects.get()
    beheer.post(f"{blad.url}/contact/{persoon_.pk}", {"naam": "An Bos", "functie": "leerplichtambtenaar", "actief": "on", "versie": persoon_.versie})  # fmt: skip  # noqa: E501
    tekst = beheer.get(blad.url).content.decode()
    assert "leerplichtambtenaar" in tekst
    assert "Nog geen afspraken" in tekst
    wijziging = {
        "naam": "Leerplicht",
        "soort": "leerplicht",
        "actief": "on",
        "afspraken": "Elke maand overleg.",
        "versie": partner.versie,
    }
    assert beheer.post(f"{blad.url}/wijzigen", wijziging).status_code == 302
    # The second of two people who save sees what changed.
    later = beheer.post(f"{blad.url}/wijzigen", wijziging | {"afspraken": "Nooit overleg."})
    assert "Een collega heeft deze gegevens net gewijzigd" in later.content.decode()
    assert Ketenpartner.objects.get().afspraken == "Elke maand overleg."


def test_bsn_vraagt_een_grond(routes: None, log_in: Any) -> None:
    beheer = log_in("functioneel_beheerder")
    blad = beheer.post("/ketenpartners/nieuw", {"naam": "Leerplicht", "soort": "leerplicht", "bsn_toegestaan": "on"})
    assert "op welke wet" in blad.content.decode()
    assert not Ketenpartner.objects.exists()


def test_consulent_leest_de_gids_en_wijzigt_haar_niet(web: Any) -> None:
    partner = school()
    assert "ROC De Amstellanden" in web.get("/ketenpartners?soort=onderwijs").content.decode()
    assert "Rob Visser" in web.get(f"/ketenpartners/{partner.pk}").content.decode()
    for pad in ("nieuw", f"{partner.pk}/wijzigen", f"{partner.pk}/contact"):
        assert web.get(f"/ketenpartners/{pad}").status_code == 403


def test_gids_kost_niet_meer_bij_meer(web: Any) -> None:
    school()
    groeit_niet(lambda: web.get("/ketenpartners"), lambda: KetenpartnerFabriek.create_batch(12), "gids", maximum=10)
