"""Contacts, promises, trede, barriers, target groups and death."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers import querysets as vragen
from deelnemers.models import Contactmoment, Doelgroeplidmaatschap, Toezegging, Trede
from deelnemers.services.beloften import kom_toezegging_na
from deelnemers.services.contact import (
    handel_terugkomen_af,
    leg_belemmering_vast,
    leg_contact_vast,
    raad_gelukt,
    raad_kanaal,
    stel_trede_vast,
    voeg_doelgroep_toe,
    wijzig_belemmering,
    zeg_toe,
)
from deelnemers.services.overlijden import meld_overlijden
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import handeling
from kern.models import Bericht, TijdlijnRegel, Werkvoorraad
from tests.deelnemers.fabrieken import (
    DAG,
    TOETS,
    ContactFabriek,
    DeelnemerFabriek,
    ToezeggingFabriek,
    met_regie,
)
from tests.kern.fabrieken import FABRIEK, BerichtFabriek


@pytest.mark.parametrize(
    ("tekst", "soort"),
    [
        ("Gebeld met Samira over maandag", "telefoon"),
        ("Voicemail ingesproken", "telefoon"),
        ("Gesprek op kantoor over de opleiding", "gesprek"),
        ("Mail gestuurd met de uitnodiging", "email"),
        ("Appte dat ze later komt", "sms"),
        ("Huisbezoek samen met de wijkagent", "huisbezoek"),
        ("Overleg met jobcoach", "overleg"),
        ("Brief verstuurd", "post"),
        ("Apparaat thuis is stuk, kan niet koken", "notitie"),
        ("Heeft een bijzondere wens", "notitie"),
        ("Appartement gevonden in Oost", "notitie"),
    ],
)
def test_de_soort_wordt_geraden_uit_de_eerste_woorden(tekst: str, soort: str) -> None:
    assert raad_kanaal(tekst) == soort


def test_een_poging_is_geen_contact() -> None:
    assert raad_gelukt("Gebeld over maandag")
    assert not raad_gelukt("Gebeld, geen gehoor")
    assert not raad_gelukt("Voicemail ingesproken")


@pytest.mark.eis("R015", "Laatste contact verandert alleen als iemand echt is gesproken")
@pytest.mark.parametrize(
    ("tekst", "kanaal", "telt"),
    [
        ("Gebeld over de baan", "", True),
        ("Gebeld, geen gehoor", "", False),
        ("Brief gestuurd", "", False),
        ("Overleg met collega", "", False),
        ("Bijzonderheden", "gesprek", True),
    ],
)
def test_laatste_contact_alleen_als_het_gelukt_is(gemeente: Any, tekst: str, kanaal: str, telt: bool) -> None:
    deelnemer = DeelnemerFabriek()
    leg_contact_vast(deelnemer, tekst, kanaal=kanaal, actor=TOETS)
    deelnemer.refresh_from_db()
    assert deelnemer.laatste_contact_op == (klok.vandaag() if telt else None)


def test_een_later_ingevoerd_oud_contact_zet_de_datum_niet_terug(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    leg_contact_vast(deelnemer, "Gebeld", actor=TOETS)
    leg_contact_vast(deelnemer, "Gebeld", wanneer=klok.nu() - 20 * DAG, actor=TOETS)
    deelnemer.refresh_from_db()
    assert deelnemer.laatste_contact_op == klok.vandaag()


def test_een_gesprek_net_na_middernacht_hoort_bij_de_nederlandse_dag(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    wanneer = dt.datetime(2026, 7, 1, 22, 30, tzinfo=dt.UTC)
    leg_contact_vast(deelnemer, "Gebeld", wanneer=wanneer, actor=TOETS)
    assert deelnemer.laatste_contact_op == dt.date(2026, 7, 2)


def test_een_lege_notitie_wordt_geweigerd(gemeente: Any) -> None:
    with pytest.raises(ValidationError, match="Schrijf op"):
        leg_contact_vast(DeelnemerFabriek(), "  \n ", actor=TOETS)
    assert not Contactmoment.objects.exists()


def test_een_notitie_komt_terug_op_haar_dag(consulent: Any) -> None:
    deelnemer, op = met_regie(consulent), klok.vandaag() + 7 * DAG
    contact = leg_contact_vast(deelnemer, "Gebeld", terugkomen_op=op, medewerker=consulent, actor=TOETS)
    rij = Werkvoorraad.objects.get(soort="terugkomen")
    assert (rij.op, rij.voor_id) == (op, consulent.gebruiker_id)
    handel_terugkomen_af(contact, actor=TOETS)
    assert not Werkvoorraad.objects.filter(soort="terugkomen").exists()


def test_op_de_notitie_terugkomen_haalt_haar_van_vandaag(log_in: Any) -> None:
    client = log_in("consulent")
    deelnemer, op = met_regie(client.medewerker), klok.vandaag()
    contact = leg_contact_vast(deelnemer, "Gebeld", terugkomen_op=op, medewerker=client.medewerker, actor=TOETS)
    pad = Werkvoorraad.objects.get(soort="terugkomen").url
    assert "Gebeld" in client.get(pad).content.decode()
    assert client.post(pad).status_code == 302
    contact.refresh_from_db()
    assert contact.teruggekomen_op == op
    assert not Werkvoorraad.objects.filter(soort="terugkomen").exists()
    assert "Gedaan op" in client.get(pad).content.decode()


def test_bijzondere_notitie_staat_alleen_voor_wie_dat_mag_in_de_tijdlijn(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    leg_contact_vast(deelnemer, "Gesprek over de schulden", bijzonder=True, actor=TOETS)
    assert tijdlijn.van(deelnemer.pk, bijzonder=True).count() == 1
    assert tijdlijn.van(deelnemer.pk).count() == 0


@pytest.mark.eis("R013", "Een belofte is een rij met wie, wat, wanneer en of het gedaan is")
def test_een_belofte_van_ons_staat_op_vandaag_tot_hij_gedaan_is(consulent: Any) -> None:
    deelnemer, voor = met_regie(consulent), klok.vandaag() + 2 * DAG
    belofte = zeg_toe(deelnemer, "wij", "Opvang zoeken", voor, medewerker=consulent, actor=TOETS)
    rij = Werkvoorraad.objects.get(soort="toezegging")
    assert (rij.titel, rij.op) == ("Opvang zoeken", voor)
    kom_toezegging_na(belofte, actor=TOETS)
    assert Toezegging.objects.get().nagekomen_op == klok.vandaag()
    assert not Werkvoorraad.objects.filter(soort="toezegging").exists()
    kom_toezegging_na(belofte, nagekomen=False, actor=TOETS)
    assert Werkvoorraad.objects.filter(soort="toezegging").count() == 1


def test_een_belofte_van_de_ander_wacht_niet_voor_ons(consulent: Any) -> None:
    zeg_toe(met_regie(consulent), "deelnemer", "Cv sturen", klok.vandaag() + DAG, actor=TOETS)
    assert not Werkvoorraad.objects.filter(soort="toezegging").exists()


def test_een_belofte_is_niet_gedaan_en_vervallen(gemeente: Any) -> None:
    vandaag = klok.vandaag()
    with pytest.raises(IntegrityError, match="toezegging_een_afloop"), transaction.atomic():
        ToezeggingFabriek(nagekomen_op=vandaag, vervallen_op=vandaag, toelichting="Hoeft niet")


@pytest.mark.eis("R012", "De trede is een geschiedenis met datum, reden en wie het vaststelde")
def test_tredes_sluiten_op_elkaar_aan(consulent: Any) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    stel_trede_vast(deelnemer, 2, vandaag - 60 * DAG, "Begin", medewerker=consulent, actor=TOETS)
    stel_trede_vast(deelnemer, 3, vandaag, "Komt altijd op tijd", medewerker=consulent, actor=TOETS)
    rijen = Trede.objects.filter(deelnemer=deelnemer).order_by("begindatum")
    assert [(r.waarde, r.einddatum, r.reden) for r in rijen] == [
        (2, vandaag - DAG, "Begin"),
        (3, None, "Komt altijd op tijd"),
    ]
    assert rijen[1].vastgesteld_door_id == consulent.pk
    deelnemer.refresh_from_db()
    assert (deelnemer.trede_nu, deelnemer.trede_sinds) == (3, vandaag)


def test_een_trede_tussenvoegen_kan_niet(consulent: Any) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    stel_trede_vast(deelnemer, 3, vandaag, "Nu", actor=TOETS)
    with pytest.raises(ValidationError, match="al een trede"):
        stel_trede_vast(deelnemer, 2, vandaag - 30 * DAG, "Eerder", actor=TOETS)


def test_dezelfde_dag_verbeteren_laat_een_regel_over(gemeente: Any) -> None:
    deelnemer, vandaag = DeelnemerFabriek(), klok.vandaag()
    stel_trede_vast(deelnemer, 2, vandaag, "Vergist", actor=TOETS)
    stel_trede_vast(deelnemer, 3, vandaag, "Goed", actor=TOETS)
    assert [r.titel for r in TijdlijnRegel.objects.order_by("id")] == ["Trede 3"]


@pytest.mark.eis("R008", "Een belemmering heeft ernst, stand, eigenaar en datums, en kan weer opengaan")
def test_een_belemmering_oplossen_en_heropenen(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    rij = leg_belemmering_vast(deelnemer, "kinderopvang", ernst="zwaar", blokkerend=True, actor=TOETS)
    assert rij.eigenaar_wij
    assert rij.begindatum == klok.vandaag()
    rij = wijzig_belemmering(rij, status="opgelost", actor=TOETS)
    assert (rij.opgelost_op, rij.blokkerend) == (klok.vandaag(), False)
    assert tijdlijn.van(deelnemer.pk).get().titel == "Opgelost: kinderopvang"
    rij = wijzig_belemmering(rij, status="bezig", actor=TOETS)
    assert rij.opgelost_op is None
    assert not tijdlijn.van(deelnemer.pk).exists()


@pytest.mark.parametrize("soort", ["schulden", "verslaving", "detentieverleden"])
def test_gevoelige_belemmeringen_ziet_alleen_wie_dat_mag(gemeente: Any, soort: str) -> None:
    deelnemer = DeelnemerFabriek()
    rij = leg_belemmering_vast(deelnemer, soort, actor=TOETS)
    leg_belemmering_vast(deelnemer, "taal", actor=TOETS)
    assert [b.soort for b in vragen.open_belemmeringen(deelnemer, bijzonder=False)] == ["taal"]
    assert len(vragen.open_belemmeringen(deelnemer, bijzonder=True)) == 2
    wijzig_belemmering(rij, status="opgelost", actor=TOETS)
    assert not tijdlijn.van(deelnemer.pk).exists()
    assert tijdlijn.van(deelnemer.pk, bijzonder=True).count() == 1


@pytest.mark.eis("R007", "Een gevoelige doelgroep blijft verborgen voor wie het recht niet heeft")
def test_gevoelige_doelgroepen_zijn_altijd_afgeschermd(gemeente: Any) -> None:
    deelnemer, vandaag = DeelnemerFabriek(), klok.vandaag()
    for _ in range(2):
        voeg_doelgroep_toe(deelnemer, "top_600", vandaag, actor=TOETS)
        voeg_doelgroep_toe(deelnemer, "vijftig_plus", vandaag, actor=TOETS)
    assert Doelgroeplidmaatschap.objects.count() == 2
    zonder, met = frozenset(), frozenset({"dossier.afgeschermde_doelgroep"})
    assert [rij.naam for rij in vragen.doelgroepen(deelnemer, zonder)] == ["50 jaar of ouder"]
    assert "Top 600" in [rij.naam for rij in vragen.doelgroepen(deelnemer, met)]
    assert "top_600" not in dict(vragen.doelgroepkeuzes(zonder))
    assert "top_600" in dict(vragen.doelgroepkeuzes(met))


def test_overlijden_stopt_berichten_en_werk(consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    wacht = BerichtFabriek(betrokkene_id=deelnemer.pk)
    ander = BerichtFabriek()
    zeg_toe(deelnemer, "wij", "Bellen", klok.vandaag(), medewerker=consulent, actor=TOETS)
    meld_overlijden(deelnemer, klok.vandaag(), actor=TOETS)
    assert Bericht.objects.get(pk=wacht.pk).status == "ingetrokken"
    assert Bericht.objects.get(pk=ander.pk).status == "klaar"
    assert not Werkvoorraad.objects.filter(betrokkene_id=deelnemer.pk).exists()


def test_overlijden_kan_niet_in_de_toekomst(gemeente: Any) -> None:
    with pytest.raises(ValidationError, match="toekomst"):
        meld_overlijden(DeelnemerFabriek(), klok.vandaag() + DAG, actor=TOETS)


@pytest.mark.eis("R015", "De lijst van wie lang niet gesproken is, langst eerst")
def test_langer_dan_zes_weken_geen_contact(consulent: Any) -> None:
    vandaag = klok.vandaag()
    dagen = {"kort": 41, "net": 42, "lang": 43, "langst": 400}
    mensen = {naam: met_regie(consulent, laatste_contact_op=vandaag - n * DAG) for naam, n in dagen.items()}
    zonder_traject = met_regie(consulent, laatste_contact_op=vandaag - 300 * DAG)
    with handeling(FABRIEK):
        type(zonder_traject).objects.filter(pk=zonder_traject.pk).update(in_traject=False)
    lijst = vragen.gesorteerd(vragen.zonder_contact_sinds(vragen.caseload(consulent)), "contact")
    assert list(lijst) == [mensen["langst"], zonder_traject, mensen["lang"]]


def test_contact_telt_ook_via_de_fabriek(gemeente: Any) -> None:
    assert ContactFabriek().contact_gelukt
