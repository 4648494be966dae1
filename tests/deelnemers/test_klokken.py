"""The night: what time changed shows up, what no longer holds goes, what is stored twice is checked."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection

from deelnemers.models import Deelnemer
from deelnemers.services import herbouw
from deelnemers.services.contact import (
    leg_belemmering_vast,
    leg_contact_vast,
    stel_trede_vast,
    wijzig_belemmering,
    zeg_toe,
)
from deelnemers.services.inkomen import bevestig_doorlopen, meld_aan_inkomen
from deelnemers.services.klokken import gaten_in_regie
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.regie import beeindig_regie, wijs_regie_toe
from kern import klok
from kern.handeling import handeling
from kern.models import Taakloop, TijdlijnRegel, Werkvoorraad, Wijziging, Zoekingang
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import DAG, TOETS, ContactFabriek, met_regie, volledige_diagnose
from tests.kern.fabrieken import FABRIEK


def nacht(gemeente: Any, taak: str = "deelnemers.klokken") -> dict[str, int]:
    return voer_uit(taak, gemeente).tellingen


def soorten() -> set[str]:
    return set(Werkvoorraad.objects.filter(kamer="deelnemers").values_list("soort", flat=True))


def zet(deelnemer: Deelnemer, **velden: Any) -> None:
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=deelnemer.pk).update(**velden)


@pytest.mark.eis("R015", "Na zes weken zonder contact staat iemand op Vandaag, en na een gesprek niet meer")
def test_zes_weken_stil(gemeente: Any, consulent: Any) -> None:
    stil = met_regie(consulent, laatste_contact_op=klok.vandaag() - 43 * DAG)
    met_regie(consulent, laatste_contact_op=klok.vandaag() - 42 * DAG)
    for _ in range(2):
        nacht(gemeente)
    rij = Werkvoorraad.objects.get(soort="geen_contact")
    assert (rij.betrokkene_id, rij.voor_id, rij.op) == (stil.pk, consulent.gebruiker_id, klok.vandaag())
    leg_contact_vast(stil, "Gebeld", actor=TOETS)
    assert "geen_contact" not in soorten()


def test_nooit_gesproken_telt_vanaf_de_eerste_regie(gemeente: Any, consulent: Any) -> None:
    met_regie(consulent)
    nacht(gemeente)
    assert Werkvoorraad.objects.get(kamer="deelnemers").op == klok.vandaag() - dt.timedelta(weeks=4) + DAG


@pytest.mark.eis("R050", "Een diagnose die veroudert, staat op Vandaag tot ze is nagelopen")
def test_een_diagnose_die_bijna_verloopt(gemeente: Any, consulent: Any, settings: Any) -> None:
    deelnemer = met_regie(consulent)
    volledige_diagnose(deelnemer)
    leg_contact_vast(deelnemer, "Gebeld", actor=TOETS)
    nacht(gemeente)
    assert soorten() == set()
    deelnemer.refresh_from_db()
    settings.PEILDATUM = (deelnemer.diagnose_vers_tot - 14 * DAG).isoformat()
    nacht(gemeente)
    assert "diagnose" in soorten()
    settings.PEILDATUM = (deelnemer.diagnose_vers_tot + DAG).isoformat()
    nacht(gemeente)
    assert "Verouderd sinds" in Werkvoorraad.objects.get(soort="diagnose").toelichting


def test_een_antwoord_van_inkomen_dat_uitblijft(gemeente: Any, consulent: Any, settings: Any) -> None:
    melding = meld_aan_inkomen(met_regie(consulent), "plaatsing", "p:1", klok.vandaag(), actor=TOETS)
    settings.PEILDATUM = (melding.termijn + DAG).isoformat()
    nacht(gemeente)
    assert Werkvoorraad.objects.get(soort="inkomen_te_laat").voor_id == consulent.gebruiker_id
    bevestig_doorlopen(melding, actor=TOETS)
    assert not {"inkomen_te_laat", "wacht_op_inkomen", "melding_aan_inkomen"} & soorten()


def test_een_belofte_van_de_deelnemer_die_te_laat_is(gemeente: Any, consulent: Any, settings: Any) -> None:
    deelnemer = met_regie(consulent, laatste_contact_op=klok.vandaag())
    zeg_toe(deelnemer, "deelnemer", "Cv sturen", klok.vandaag(), actor=TOETS)
    nacht(gemeente)
    assert soorten() == set()
    settings.PEILDATUM = (klok.vandaag() + DAG).isoformat()
    nacht(gemeente)
    assert Werkvoorraad.objects.get(kamer="deelnemers").titel == "Vraag na: Cv sturen"


def test_een_geplande_regie_en_trede_gaan_op_hun_dag_in(
    gemeente: Any, consulent: Any, team: Any, maak_medewerker: Any, settings: Any
) -> None:
    deelnemer, opvolger = met_regie(consulent), maak_medewerker("consulent", team=team)
    wijs_regie_toe(deelnemer, opvolger, klok.vandaag() + DAG, actor=TOETS)
    stel_trede_vast(deelnemer, 3, klok.vandaag() + DAG, "Vanaf morgen", actor=TOETS)
    nacht(gemeente)
    deelnemer.refresh_from_db()
    assert (deelnemer.regievoerder_id, deelnemer.trede_nu) == (consulent.pk, None)
    settings.PEILDATUM = (klok.vandaag() + DAG).isoformat()
    assert nacht(gemeente)["regie en trede ingegaan"] == 1
    deelnemer.refresh_from_db()
    assert (deelnemer.regievoerder_id, deelnemer.trede_nu) == (opvolger.pk, 3)


@pytest.mark.eis("R004", "Een dag zonder regievoerder staat op de lijst van de teammanager")
def test_een_regie_die_afloopt_zonder_opvolger(gemeente: Any, consulent: Any, team: Any, settings: Any) -> None:
    deelnemer = met_regie(consulent)
    beeindig_regie(deelnemer, klok.vandaag(), actor=TOETS)
    settings.PEILDATUM = (klok.vandaag() + DAG).isoformat()
    nacht(gemeente)
    rij = Werkvoorraad.objects.get(soort="zonder_regie")
    assert (rij.voor_team_id, rij.op) == (team.pk, klok.vandaag())


def test_een_gat_tussen_twee_regies_wordt_gevonden(consulent: Any, team: Any) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    beeindig_regie(deelnemer, vandaag - 9 * DAG, actor=TOETS)
    wijs_regie_toe(deelnemer, consulent, vandaag, actor=TOETS)
    assert gaten_in_regie([team.pk]) == [(deelnemer, vandaag - 8 * DAG, vandaag - DAG)]


def test_wie_overleden_is_komt_niet_terug_op_vandaag(gemeente: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, laatste_contact_op=klok.vandaag() - 90 * DAG)
    meld_overlijden(deelnemer, klok.vandaag(), actor=TOETS)
    nacht(gemeente)
    assert not Werkvoorraad.objects.filter(kamer="deelnemers").exists()


def test_de_tweede_nacht_verandert_niets(gemeente: Any, consulent: Any) -> None:
    for _ in range(3):
        zet(
            met_regie(consulent, laatste_contact_op=klok.vandaag()),
            laatste_contact_op=klok.vandaag() - 90 * DAG,
        )
    assert nacht(gemeente) == {"regels op Vandaag": 3}
    eerder = Wijziging.objects.count()
    assert nacht(gemeente) == {}
    assert Wijziging.objects.count() == eerder


@pytest.mark.parametrize(
    ("kolom", "fout"),
    [
        ("laatste_contact_op", dt.date(2001, 1, 1)),
        ("regievoerder", None),
        ("trede_nu", 1),
        ("diagnose_vers_tot", dt.date(2001, 1, 1)),
    ],
)
def test_een_afwijkende_kolom_wordt_gemeld_en_hersteld(gemeente: Any, consulent: Any, kolom: str, fout: Any) -> None:
    deelnemer = met_regie(consulent)
    volledige_diagnose(deelnemer)
    leg_contact_vast(deelnemer, "Gebeld", actor=TOETS)
    stel_trede_vast(deelnemer, 3, klok.vandaag(), "Begin", actor=TOETS)
    deelnemer.refresh_from_db()
    goed = getattr(deelnemer, kolom)
    zet(deelnemer, **{kolom: fout})
    tellingen = nacht(gemeente, "deelnemers.controle")
    assert tellingen[f"afwijking {kolom}"] == 1
    deelnemer.refresh_from_db()
    assert getattr(deelnemer, kolom) == goed
    assert "hersteld" not in nacht(gemeente, "deelnemers.controle")


def test_een_poging_telt_niet_als_laatste_contact(gemeente: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    ContactFabriek(deelnemer=deelnemer, contact_gelukt=False)
    assert "hersteld" not in nacht(gemeente, "deelnemers.controle")


@pytest.mark.django_db(transaction=True)
def test_een_dossier_waarin_iemand_werkt_wordt_overgeslagen() -> None:
    import threading

    from kern.handeling import voor_gemeente
    from tests.kern.fabrieken import GemeenteFabriek
    from tests.organisatie.fabrieken import RolFabriek, TeamFabriek

    gemeente = GemeenteFabriek()
    with voor_gemeente(gemeente):
        team = TeamFabriek()
        deelnemer = met_regie(RolFabriek(team=team).medewerker)
        with handeling(FABRIEK):
            Werkvoorraad.objects.filter(kamer="deelnemers").delete()
    vast, klaar = threading.Event(), threading.Event()

    def houd_vast() -> None:
        with voor_gemeente(gemeente), handeling(FABRIEK):
            Deelnemer.objects.select_for_update().get(pk=deelnemer.pk)
            vast.set()
            klaar.wait(20)
        connection.close()

    draad = threading.Thread(target=houd_vast)
    draad.start()
    vast.wait(10)
    try:
        assert nacht(gemeente)["overgeslagen"] == 1
    finally:
        klaar.set()
        draad.join(20)
    assert nacht(gemeente) == {"regels op Vandaag": 1}


def test_herbouw_maakt_tijdlijn_werk_en_zoeken_weer_gelijk(gemeente: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    herbouw.tijdlijn_van(deelnemer.pk, TOETS)  # the trajectory of the factory has no line yet
    leg_contact_vast(deelnemer, "Brief gestuurd", actor=TOETS)
    wijzig_belemmering(leg_belemmering_vast(deelnemer, "taal", actor=TOETS), status="opgelost", actor=TOETS)
    nacht(gemeente)
    nacht(gemeente, "regelgeving.minimumloon")
    assert herbouw.tijdlijn_van(deelnemer.pk, TOETS, schrijf=False) == 0
    assert sum((herbouw.werk(TOETS, schrijf=False) | herbouw.zoekingangen(TOETS, schrijf=False)).values()) == 0
    with handeling(FABRIEK):
        TijdlijnRegel.objects.filter(sleutel__startswith="contact").delete()
        TijdlijnRegel.objects.filter(sleutel__startswith="regie").update(titel="Onzin")
        Werkvoorraad.objects.filter(kamer="deelnemers").delete()
        Zoekingang.objects.all().update(zoektekst="niets")
    uit = StringIO()
    call_command("herbouw", stdout=uit, stderr=StringIO())
    assert json.loads(uit.getvalue())[gemeente.code] == {
        "tijdlijn": 2,
        "deelnemers": 1,
        "deelnemers:persoon": 1,
    }
    assert Zoekingang.objects.get().zoektekst.startswith("samira")
    uit = StringIO()
    call_command("herbouw", controle=True, stdout=uit, stderr=StringIO())
    assert json.loads(uit.getvalue())[gemeente.code] == {}
    assert Taakloop.objects.filter(taak="deelnemers.herbouw", status="gelukt").exists()


def test_de_nacht_kent_de_taken_van_deze_kamer() -> None:
    from reintegratie.nacht import KETEN

    assert {"deelnemers.klokken", "deelnemers.controle"} <= set(KETEN)
