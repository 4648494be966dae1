"""The diagnosis: taken over once, confirmed with one click, corrected without losing what was,
visibly ageing.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers import querysets as vragen
from deelnemers.houdbaarheid import houdbaar_maanden, houdbaar_tot
from deelnemers.models import (
    Belemmering,
    Beschikbaarheid,
    Competentiemeting,
    Diagnose,
    Opleiding,
    Taalbeheersing,
    Versheid,
    Werkvermogen,
)
from deelnemers.services.diagnose import (
    SOORTEN,
    bevestig,
    bevestig_alles,
    is_actueel,
    leg_vast,
)
from deelnemers.services.diagnoseaanbod import neem_over_uit_aanmelding
from kern import klok
from kern.handeling import handeling
from kern.models import TijdlijnRegel
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, volledige_diagnose
from tests.kern.fabrieken import FABRIEK

RAPPORT = {
    "opleidingen": [{"niveau": 2, "naam": "Vmbo", "status": "diploma", "jaar": 2004}],
    "werkervaring": [{"functie": "Kok", "werkgever": "De Kade", "maanden": 18}],
    "talen": [{"mondeling": 3, "schriftelijk": 2}],
    "zoekberoep": [{"naam": "Kok"}, {"naam": "Chauffeur"}],
    "beschikbaarheid": {"urenMin": 8, "urenMax": 24, "dagdelen": ["ma-o"], "vervoer": "fiets"},
    "rijbewijzen": ["B"],
    "werkvermogen": {"arbeidsvermogen": "11"},
    "belemmeringen": ["schulden", "taal"],
}


@pytest.mark.eis("R053", "Wat een verwijzer aanlevert, staat klaar met bron en datum; niets wordt dubbel ingevoerd")
def test_de_aanmelding_vult_de_diagnose(gemeente: Any) -> None:
    deelnemer, dag = DeelnemerFabriek(), klok.vandaag()
    aantal = neem_over_uit_aanmelding(deelnemer, RAPPORT, bron="Inkomen", datum=dag, actor=TOETS)
    assert aantal == 9
    taal = Taalbeheersing.objects.get()
    assert (taal.bron, taal.vastgesteld_op, taal.te_bevestigen, taal.mondeling) == (
        "aanmelding",
        dag,
        True,
        3,
    )
    assert Beschikbaarheid.objects.get().rijbewijzen == ["B"]
    assert {b.soort: b.bijzonder for b in Belemmering.objects.order_by("id")} == {
        "schulden": True,
        "taal": False,
    }
    regel = TijdlijnRegel.objects.get(sleutel__startswith="overgenomen")
    assert regel.tekst == "7 gegevens om samen na te lopen."


def test_wat_al_bekend_is_blijft_staan(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    leg_vast(deelnemer, Opleiding, niveau=5, actor=TOETS)
    for _ in range(2):
        neem_over_uit_aanmelding(deelnemer, RAPPORT, bron="Inkomen", datum=klok.vandaag(), actor=TOETS)
    assert Opleiding.objects.get(vervangen_op__isnull=True).niveau == 5
    assert Belemmering.objects.count() == 2


@pytest.mark.eis("R053", "De consulent hoeft alleen te bevestigen")
def test_alles_klopt_is_een_klik(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    neem_over_uit_aanmelding(deelnemer, RAPPORT, bron="x", datum=klok.vandaag() - 90 * DAG, actor=TOETS)
    assert bevestig_alles(deelnemer, bijzonder=False, actor=TOETS) == 6
    assert Werkvermogen.objects.get().te_bevestigen
    assert bevestig_alles(deelnemer, actor=TOETS) == 1
    rij = Opleiding.objects.get()
    assert (rij.te_bevestigen, rij.bevestigd_op) == (False, klok.vandaag())
    assert rij.houdbaar_tot == houdbaar_tot(Opleiding, klok.vandaag())


@pytest.mark.eis("R227", "Een verbetering is een nieuwe rij; wat er stond blijft bewaard")
def test_verbeteren_bewaart_wat_er_stond(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    oud = leg_vast(deelnemer, Taalbeheersing, mondeling=1, schriftelijk=1, actor=TOETS)
    leg_vast(deelnemer, Taalbeheersing, vervangt=oud, mondeling=3, schriftelijk=2, actor=TOETS)
    alle = Taalbeheersing.objects.order_by("id")
    assert [(r.mondeling, r.vervangen_op) for r in alle] == [(1, klok.vandaag()), (3, None)]


def test_verbeteren_verliest_niet_wat_niet_op_het_formulier_staat(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    velden = {"beschikbaar_vanaf": klok.vandaag(), "uren_min": 8, "rijbewijzen": ["B"], "dagdelen": ["ma-o"]}
    leg_vast(deelnemer, Beschikbaarheid, uren_max=24, actor=TOETS, **velden)
    leg_vast(deelnemer, Beschikbaarheid, uren_max=32, actor=TOETS)
    rij = Beschikbaarheid.objects.get(vervangen_op__isnull=True)
    assert (rij.uren_max, rij.uren_min, rij.rijbewijzen, rij.dagdelen) == (32, 8, ["B"], ["ma-o"])


def test_een_onmogelijke_waarde_wordt_bij_het_veld_uitgelegd(gemeente: Any) -> None:
    with pytest.raises(ValidationError, match="hoogste aantal uren"):
        leg_vast(
            DeelnemerFabriek(),
            Beschikbaarheid,
            uren_min=30,
            uren_max=20,
            beschikbaar_vanaf=klok.vandaag(),
            actor=TOETS,
        )
    assert not Beschikbaarheid.objects.exists()


def test_dezelfde_taal_twee_keer_kan_niet(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    leg_vast(deelnemer, Taalbeheersing, mondeling=1, schriftelijk=1, actor=TOETS)
    with pytest.raises(ValidationError, match="al vastgelegd"):
        leg_vast(deelnemer, Taalbeheersing, mondeling=2, schriftelijk=1, actor=TOETS)


@pytest.mark.eis("R014", "‘Onbekend’ is een waarde, en werkvermogen is een eigen veld zonder ziekte")
def test_werkvermogen_kent_onbekend(gemeente: Any) -> None:
    rij = leg_vast(DeelnemerFabriek(), Werkvermogen, actor=TOETS)
    assert (rij.arbeidsvermogen, rij.lichamelijk, rij.mentaal) == ("40", "onbekend", "onbekend")
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="werkvermogen_srg"), transaction.atomic():
        Werkvermogen.objects.filter(pk=rij.pk).update(arbeidsvermogen="99")


@pytest.mark.eis("R050", "Elk gegeven heeft een houdbaarheid en veroudert zichtbaar")
def test_een_gegeven_veroudert(gemeente: Any, settings: Any) -> None:
    rij = leg_vast(
        DeelnemerFabriek(),
        Beschikbaarheid,
        uren_min=1,
        uren_max=9,
        beschikbaar_vanaf=klok.vandaag(),
        actor=TOETS,
    )
    leven = rij.houdbaar_tot - rij.vastgesteld_op
    gezien = []
    for deel in (0, 0.8, 1, 1.1):
        settings.PEILDATUM = (rij.vastgesteld_op + dt.timedelta(days=int(leven.days * deel))).isoformat()
        gezien.append((rij.versheid, rij.verstreken))
    assert [v for v, _ in gezien] == [
        Versheid.ACTUEEL,
        Versheid.VEROUDEREND,
        Versheid.VEROUDEREND,
        Versheid.VEROUDERD,
    ]
    assert gezien[0][1] == 0 and gezien[-1][1] == 100


def test_bevestigen_begint_de_houdbaarheid_opnieuw(gemeente: Any) -> None:
    lang = klok.vandaag() - 400 * DAG
    rij = leg_vast(
        DeelnemerFabriek(),
        Beschikbaarheid,
        vastgesteld_op=lang,
        uren_min=1,
        uren_max=9,
        beschikbaar_vanaf=lang,
        actor=TOETS,
    )
    assert rij.versheid == Versheid.VEROUDERD
    bevestig(rij, actor=TOETS)
    rij.refresh_from_db()
    assert (rij.versheid, rij.vastgesteld_op) == (Versheid.ACTUEEL, lang)


@pytest.mark.parametrize("soort", SOORTEN, ids=lambda s: s.__name__)
def test_houdbaarheid_klopt_op_elke_laatste_dag_van_een_maand(gemeente: Any, soort: Any) -> None:
    for maand in range(1, 13):
        begin = dt.date(2027, maand, 28)
        tot = houdbaar_tot(soort, begin)
        assert (tot.year * 12 + tot.month) - (begin.year * 12 + begin.month) == houdbaar_maanden(soort, begin)


@pytest.mark.eis("R048", "Pas met een hard én een zacht deel is de diagnose compleet")
def test_compleet_pas_met_beide_delen(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    leg_vast(deelnemer, Opleiding, niveau=2, actor=TOETS)
    stand = Diagnose.objects.get(deelnemer=deelnemer)
    assert (stand.hard_compleet_op, stand.zacht_compleet_op, stand.vers_tot) == (None, None, None)
    volledige_diagnose(deelnemer)
    stand.refresh_from_db()
    assert stand.hard_compleet_op == stand.zacht_compleet_op == klok.vandaag()
    deelnemer.refresh_from_db()
    assert deelnemer.diagnose_vers_tot == stand.vers_tot == houdbaar_tot(Beschikbaarheid, klok.vandaag())


@pytest.mark.eis("R059", "Zonder complete en actuele diagnose is er geen grond voor een instrument")
def test_is_actueel_volgt_de_versheid(gemeente: Any, settings: Any) -> None:
    deelnemer = DeelnemerFabriek()
    assert not is_actueel(deelnemer)
    volledige_diagnose(deelnemer)
    assert is_actueel(deelnemer)
    settings.PEILDATUM = (deelnemer.diagnose_vers_tot + DAG).isoformat()
    assert not is_actueel(deelnemer)


@pytest.mark.eis("R047", "Herhaalde metingen blijven staan als een lijn; de laatste telt")
def test_opnieuw_meten_maakt_de_diagnose_weer_vers(gemeente: Any) -> None:
    deelnemer, lang = DeelnemerFabriek(), klok.vandaag() - 500 * DAG
    volledige_diagnose(deelnemer, op=lang)
    assert not is_actueel(deelnemer)
    volledige_deel = {r.competentie for r in Competentiemeting.objects.order_by("id")}
    for competentie in volledige_deel:
        leg_vast(deelnemer, Competentiemeting, competentie=competentie, score=4, actor=TOETS)
    lijn = [m.score for m in vragen.competenties(deelnemer) if m.competentie == "motivatie"]
    assert lijn == [3, 4]
    zacht = Competentiemeting.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True)
    assert zacht.count() == 5
    for soort in (Beschikbaarheid, Werkvermogen):
        bevestig(soort.objects.get(deelnemer=deelnemer), actor=TOETS)
    bevestig(vragen.Zoekberoep.objects.get(deelnemer=deelnemer), actor=TOETS)
    deelnemer.refresh_from_db()
    assert is_actueel(deelnemer)


def test_een_score_buiten_de_schaal_kan_niet(gemeente: Any) -> None:
    with pytest.raises(ValidationError, match="1 tot en met 5"):
        leg_vast(DeelnemerFabriek(), Competentiemeting, competentie="motivatie", score=6, actor=TOETS)


def test_werkvermogen_alleen_met_het_recht(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    leg_vast(deelnemer, Werkvermogen, actor=TOETS)
    assert vragen.diagnosegegevens(deelnemer, bijzonder=True)["Werkvermogen"]
    assert "Werkvermogen" not in vragen.diagnosegegevens(deelnemer, bijzonder=False)


def test_een_gegeven_wordt_door_een_tweede_niet_nog_eens_verbeterd(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    oud = leg_vast(deelnemer, Taalbeheersing, taal="nld", mondeling=1, schriftelijk=1, actor=TOETS)
    leg_vast(deelnemer, Taalbeheersing, vervangt=oud, mondeling=3, schriftelijk=2, actor=TOETS)
    with pytest.raises(ValidationError, match="net verbeterd"):
        leg_vast(deelnemer, Taalbeheersing, vervangt=oud, mondeling=2, schriftelijk=2, actor=TOETS)
    assert Taalbeheersing.objects.get(vervangen_op=None).mondeling == 3
