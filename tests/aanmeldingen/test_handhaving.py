"""Together with Handhaving: signals both ways with purpose and ground, and one plan for both sides (R041, R215)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from aanmeldingen.models import Aanpakafspraak, Handhavingssignaal, Samenaanpak
from aanmeldingen.services import handhaving as dienst
from deelnemers.services.bsn import corrigeer_bsn
from deelnemers.services.herbouw import werk
from kern.handeling import handeling
from kern.models import Leesregel, TijdlijnRegel, Werkvoorraad, Wijziging
from kern.toestanden import OvergangGeweigerd
from tests.deelnemers.fabrieken import bsn, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
SIGNAAL = {
    "soort": "uren",
    "inhoud": "Werkt volgens de roosters 18 uur per week.",
    "doel": "De uren vergelijken met wat is opgegeven.",
    "grondslag": "suwi_64",
}


@pytest.fixture(autouse=True)
def _maart(wet: None, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"


@pytest.fixture
def consulent(gemeente: Any, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def handhaver(maak_medewerker: Any) -> Any:
    return maak_medewerker("handhaver")


@pytest.fixture
def samira(consulent: Any, team: Any) -> Any:
    return met_regie(consulent, team, geslachtsnaam="Deeltijd")


def als(wie: Any) -> Client:
    client = Client()
    client.force_login(wie.gebruiker)
    return client


def signaal(samira: Any, richting: str = "naar", **anders: Any) -> Handhavingssignaal:
    return dienst.stuur_signaal(samira, richting, **(SIGNAAL | anders), actor=FABRIEK)  # type: ignore[arg-type]


# --- Signals -------------------------------------------------------------------------------------
@pytest.mark.eis("R215", "wij sturen een signaal met doel en grond; Handhaving antwoordt, en beide staan vast")
def test_signaal_naar_handhaving_en_terug(samira: Any, consulent: Any, handhaver: Any) -> None:
    antwoord = als(consulent).post(f"/deelnemers/{samira.dossiernummer}/handhaving", SIGNAAL)
    rij = Handhavingssignaal.objects.get()
    assert antwoord.url == f"/handhaving/signalen/{rij.kenmerk}"
    assert (rij.richting, rij.verstuurd_door, rij.antwoord_voor) == ("naar", consulent, dt.date(2026, 3, 16))
    wacht = Werkvoorraad.objects.get(soort="handhaving")
    assert (wacht.voor_rol, wacht.voor_id) == ("handhaver", None)
    assert "18 uur" not in f"{wacht.titel}{wacht.toelichting}{wacht.waarom}"
    assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0
    bij_hen = als(handhaver)
    blad = bij_hen.get(antwoord.url).content.decode()
    for woord in ("18 uur per week", "De uren vergelijken", "Wet SUWI artikel 64"):
        assert woord in blad
    assert bij_hen.post(f"{antwoord.url}/antwoord", {"antwoord": "We bellen de werkgever."}).status_code == 302
    assert not Werkvoorraad.objects.filter(soort="handhaving").exists()
    assert "We bellen de werkgever." in als(consulent).get(antwoord.url).content.decode()
    rij.refresh_from_db()
    assert (rij.status, rij.beantwoord_door) == ("beantwoord", handhaver)


@pytest.mark.eis("R215", "Handhaving stuurt een signaal over iemand die wij begeleiden; onze regievoerder antwoordt")
def test_signaal_van_handhaving(samira: Any, consulent: Any, handhaver: Any) -> None:
    corrigeer_bsn(samira, bsn(0), "document", reden="Paspoort gezien.", actor=FABRIEK)
    bij_hen, over = als(handhaver), SIGNAAL | {"nummer": bsn(0), "geboortedatum": "17-5-1988"}
    fout = bij_hen.post("/handhaving/signalen/nieuw", over | {"geboortedatum": "18-5-1988"})
    assert "begeleiden wij niemand" in fout.content.decode()
    assert not Handhavingssignaal.objects.exists()
    goed = bij_hen.post("/handhaving/signalen/nieuw", over)
    rij = Handhavingssignaal.objects.get()
    assert (goed.status_code, rij.richting, rij.deelnemer) == (302, "van", samira)
    wacht = Werkvoorraad.objects.get(soort="handhaving")
    assert wacht.voor_id == consulent.gebruiker_id
    pad = f"/handhaving/signalen/{rij.kenmerk}/antwoord"
    eigen = bij_hen.post(pad, {"antwoord": "Zelf beantwoord."})
    assert "van je eigen kant niet beantwoorden" in eigen.content.decode()
    assert als(consulent).post(pad, {"antwoord": "De uren zijn doorgegeven."}).status_code == 302
    assert bsn(0) not in str(list(Wijziging.objects.filter(tabel="aanmeldingen_handhavingssignaal").values()))


@pytest.mark.eis("R215", "er gaat niet meer mee dan nodig: geen gezondheid, geen schulden, geen burgerservicenummer")
@pytest.mark.parametrize(
    ("veld", "tekst"),
    [
        ("inhoud", "Is ziek en werkt minder."),
        ("doel", "Door schulden werkt hij meer."),
        ("inhoud", f"Nummer {bsn(1)} werkt bij de bakker."),
    ],
)
def test_minimale_gegevens(samira: Any, consulent: Any, veld: str, tekst: str) -> None:
    antwoord = als(consulent).post(f"/deelnemers/{samira.dossiernummer}/handhaving", SIGNAAL | {veld: tekst})
    assert antwoord.status_code == 400
    assert not Handhavingssignaal.objects.exists()


@pytest.mark.parametrize("veld", ["doel", "grondslag", "inhoud"])
def test_zonder_doel_of_grond_niet(samira: Any, consulent: Any, veld: str) -> None:
    antwoord = als(consulent).post(f"/deelnemers/{samira.dossiernummer}/handhaving", SIGNAAL | {veld: ""})
    assert antwoord.status_code == 400
    signaal(samira)
    with pytest.raises(IntegrityError, match="doel_en_grond"), transaction.atomic(), handeling(FABRIEK):
        Handhavingssignaal.objects.update(**{veld: ""})


def test_intrekken_mag_alleen_wie_stuurde(samira: Any) -> None:
    rij = signaal(samira)
    with pytest.raises(OvergangGeweigerd, match="stuurde"):
        dienst.trek_signaal_in(rij, handhaver=True, reden="Klopt niet.", actor=FABRIEK)
    dienst.trek_signaal_in(rij, handhaver=False, reden="Verkeerde persoon.", actor=FABRIEK)
    assert not Werkvoorraad.objects.filter(soort="handhaving").exists()
    with pytest.raises(OvergangGeweigerd):
        dienst.beantwoord_signaal(rij, "Te laat.", handhaver=True, actor=FABRIEK)


# --- Who sees what -------------------------------------------------------------------------------
@pytest.mark.eis("R215", "een eigen recht: Handhaving ziet geen dossier, en wie niet bij de persoon hoort ziet niets")
def test_wie_ziet_wat(samira: Any, handhaver: Any, consulent: Any, maak_medewerker: Any) -> None:
    rij = signaal(samira)
    pad, bij_hen = f"/handhaving/signalen/{rij.kenmerk}", als(handhaver)
    assert bij_hen.get(pad).status_code == 200
    for dicht in (f"/deelnemers/{samira.dossiernummer}", "/caseload", "/aanmeldingen", "/uren"):
        assert bij_hen.get(dicht).status_code in {403, 404}, dicht
    assert "Samira Deeltijd" not in bij_hen.get("/zoeken?q=Deeltijd").content.decode()
    ander = als(maak_medewerker("consulent"))
    assert ander.get(pad).status_code == 404
    assert "Deeltijd" not in ander.get("/handhaving").content.decode()
    for rol in ("accountmanager_wsp", "inkomensconsulent", "functioneel_beheerder"):
        assert als(maak_medewerker(rol)).get("/handhaving").status_code == 403
    assert not TijdlijnRegel.objects.filter(betrokkene_id=samira.pk, titel__icontains="handhaving").exists()
    gelezen = Leesregel.objects.filter(verwerking="handhaving.signaal", betrokkenen__contains=[samira.pk])
    assert gelezen.count() == 1


def test_de_tekst_staat_niet_in_de_historie(samira: Any) -> None:
    signaal(samira)
    rij = Wijziging.objects.filter(tabel="aanmeldingen_handhavingssignaal").latest("pk")
    assert "18 uur" not in str(rij.nieuw)
    assert rij.betrokkene_id == samira.pk


# --- The joint plan ------------------------------------------------------------------------------
@pytest.mark.eis("R215", "één gezamenlijke aanpak die beide kanten zien; een afspraak geldt pas met twee keer akkoord")
@pytest.mark.eis("R041", "over wie al parttime werkt kunnen we samen met Handhaving een aanpak beginnen")
def test_gezamenlijke_aanpak(samira: Any, consulent: Any, handhaver: Any) -> None:
    rij = signaal(samira)
    wij, zij = als(consulent), als(handhaver)
    begin = wij.post(
        f"/handhaving/signalen/{rij.kenmerk}/aanpak", {"doel": "Uren kloppend en naar 24 uur.", "grondslag": "suwi_64"}
    )
    aanpak = Samenaanpak.objects.get()
    assert begin.url == f"/handhaving/aanpak/{aanpak.kenmerk}"
    wij.post(f"{begin.url}/afspraak", {"partij": "handhaving", "wat": "De werkgever bellen", "voor": "16-3-2026"})
    afspraak = Aanpakafspraak.objects.get()
    bij_hen = zij.get(begin.url).content.decode()
    for woord in (
        "Uren kloppend en naar 24 uur.",
        "De werkgever bellen",
        "Wacht op akkoord van Handhaving",
        "Deeltijd",
    ):
        assert woord in bij_hen
    klaar, akkoord = f"{begin.url}/afspraak/{afspraak.pk}/klaar", f"{begin.url}/afspraak/{afspraak.pk}/akkoord"
    zij.post(klaar)
    afspraak.refresh_from_db()
    assert afspraak.gedaan_op is None
    zij.post(akkoord)
    assert "Staat vast" in wij.get(begin.url).content.decode()
    zij.post(klaar)
    assert "Gedaan op 2 maart 2026" in wij.get(begin.url).content.decode()
    rij.refresh_from_db()
    assert rij.aanpak == aanpak
    assert "gezamenlijke aanpak" in wij.get(f"/deelnemers/{samira.dossiernummer}").content.decode()
    zij.post(f"{begin.url}/einde", {"reden": "De uren kloppen."})
    assert "De uren kloppen." in wij.get(begin.url).content.decode()
    with pytest.raises(OvergangGeweigerd):
        dienst.spreek_af(aanpak, "wij", "Nog iets", handhaver=False, actor=FABRIEK)


def test_de_database_wil_twee_akkoorden_en_een_aanpak_tegelijk(samira: Any) -> None:
    aanpak = dienst.begin_aanpak(samira, doel="Samen", grondslag="suwi_64", actor=FABRIEK)
    dienst.spreek_af(aanpak, "wij", "Bellen", handhaver=False, actor=FABRIEK)
    with pytest.raises(IntegrityError, match="gedaan_na_akkoord"), transaction.atomic(), handeling(FABRIEK):
        Aanpakafspraak.objects.update(gedaan_op=dt.date(2026, 3, 2))
    with pytest.raises(IntegrityError, match="een_per_dag"), transaction.atomic(), handeling(FABRIEK):
        Samenaanpak.objects.create(
            deelnemer=samira, doel="Nog een", grondslag="suwi_64", begindatum=dt.date(2026, 3, 2)
        )


def test_lijst_kost_evenveel_vragen(samira: Any, handhaver: Any, consulent: Any, team: Any) -> None:
    client = als(handhaver)

    def meer() -> None:
        for _ in range(8):
            persoon = met_regie(consulent, team)
            signaal(persoon, "van")
            dienst.begin_aanpak(persoon, doel="Samen", grondslag="suwi_64", actor=FABRIEK)

    signaal(samira)
    dienst.begin_aanpak(samira, doel="Samen", grondslag="suwi_64", actor=FABRIEK)
    groeit_niet(lambda: client.get("/handhaving"), meer, "handhaving", 14)
