"""The round of two minutes: what ages in the own caseload, one click each, once a week (R050, leap 8)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deelnemers.models import Beschikbaarheid, Competentiemeting, Diagnoseronde, Opleiding, Werkvermogen
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.diagnoseaanbod import neem_over_uit_aanmelding
from deelnemers.services.ronde import maandag, rond_af, werk_rondes_bij
from kern import klok
from kern.models import Leesregel, Werkvoorraad
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie, volledige_diagnose
from tests.deelnemers.test_diagnose import RAPPORT
from tests.hulp.vragen import groeit_niet

PAD = "/diagnoseronde"


@pytest.fixture
def ik(log_in: Any, team: Any, client: Any) -> Any:
    log_in("consulent", team=team)
    return client.medewerker


def rijen(client: Any) -> list[tuple[str, str]]:
    """Per person and item what stands in the round."""
    mensen = client.get(PAD).context["mensen"]
    return [(p["deelnemer"].dossiernummer, r["naam"]) for p in mensen for r in p["rijen"]]


@pytest.mark.eis("R050", "De ronde toont wat veroudert, en één klik bevestigt het")
def test_een_klik_per_gegeven(client: Any, ik: Any) -> None:
    deelnemer = met_regie(ik)
    volledige_diagnose(deelnemer, op=klok.vandaag() - 170 * DAG)
    assert rijen(client) == [(deelnemer.dossiernummer, "beschikbaarheid")]
    (rij,) = client.get(PAD).context["mensen"][0]["rijen"]
    assert rij["merk"].tekst == "Verouderend"
    antwoord = client.post(rij["bevestig"])
    assert antwoord.headers["Location"] == PAD and rijen(client) == []
    assert Beschikbaarheid.objects.get().bevestigd_op == klok.vandaag()
    assert "Alles is actueel" in client.get(PAD).content.decode()


def test_ook_wat_met_een_aanmelding_meekwam_en_een_competentie(client: Any, ik: Any) -> None:
    deelnemer = met_regie(ik)
    neem_over_uit_aanmelding(deelnemer, RAPPORT, bron="Intake", datum=klok.vandaag(), actor=TOETS)
    oud = klok.vandaag() - 400 * DAG
    leg_vast(deelnemer, Competentiemeting, competentie="op_tijd", score=3, vastgesteld_op=oud, actor=TOETS)
    namen = [naam for _, naam in rijen(client)]
    assert namen[0] == "competentie" and namen.count("zoekberoep") == 2 and "werkvermogen" in namen
    rij = client.get(PAD).context["mensen"][0]["rijen"][0]
    assert rij["tekst"] == "Op tijd komen: 3 van 5"
    client.post(rij["bevestig"])
    assert "competentie" not in [naam for _, naam in rijen(client)]


def test_alleen_eigen_mensen_in_een_traject_en_hoogstens_vijf(
    client: Any, ik: Any, maak_medewerker: Any, team: Any
) -> None:
    oud = klok.vandaag() - 1200 * DAG
    for nummer in range(7):
        leg_vast(met_regie(ik), Opleiding, niveau=2, vastgesteld_op=oud - nummer * DAG, actor=TOETS)
    ander = met_regie(maak_medewerker("consulent", team=team))
    leg_vast(ander, Opleiding, niveau=2, vastgesteld_op=oud - 99 * DAG, actor=TOETS)
    antwoord = client.get(PAD)
    assert len(antwoord.context["mensen"]) == 5 and antwoord.context["rest"] == 2
    assert ander.dossiernummer not in antwoord.content.decode()
    gelezen = Leesregel.objects.latest("id")
    assert gelezen.verwerking == "diagnose.ronde"
    assert set(gelezen.betrokkenen) == {p["deelnemer"].pk for p in antwoord.context["mensen"]}


def test_aanpassen_komt_terug_in_de_ronde(client: Any, ik: Any) -> None:
    deelnemer = met_regie(ik)
    leg_vast(deelnemer, Opleiding, niveau=2, vastgesteld_op=klok.vandaag() - 1200 * DAG, actor=TOETS)
    wijzig = client.get(PAD).context["mensen"][0]["rijen"][0]["wijzig"]
    vandaag = f"{klok.vandaag():%d-%m-%Y}"
    velden = {"niveau": "4", "status": "diploma", "bron": "gesprek", "vastgesteld_op": vandaag}
    assert client.post(wijzig, velden).headers["Location"] == PAD


@pytest.mark.eis("R050", "De ronde staat één keer per week op Vandaag, tot zij klaar is")
def test_een_keer_per_week_op_vandaag(client: Any, ik: Any, gemeente: Any, settings: Any) -> None:
    deelnemer = met_regie(ik)
    leg_vast(deelnemer, Opleiding, niveau=2, vastgesteld_op=klok.vandaag() - 1200 * DAG, actor=TOETS)
    voer_uit("deelnemers.rondes", gemeente)
    rij = Werkvoorraad.objects.get(soort="diagnoseronde")
    assert (rij.voor_id, rij.url, rij.op.weekday()) == (ik.gebruiker_id, PAD, 4)
    assert voer_uit("deelnemers.rondes", gemeente).tellingen == {}
    assert client.post("/diagnoseronde/klaar").status_code == 302
    assert not Werkvoorraad.objects.filter(soort="diagnoseronde").exists()
    assert werk_rondes_bij(actor=TOETS) == 0
    rond_af(ik, actor=TOETS)
    assert Diagnoseronde.objects.count() == 1
    settings.PEILDATUM = (maandag(klok.vandaag()) + dt.timedelta(days=7)).isoformat()
    assert werk_rondes_bij(actor=TOETS) == 1


def test_zonder_iets_dat_veroudert_geen_ronde(ik: Any) -> None:
    volledige_diagnose(met_regie(ik))
    assert werk_rondes_bij(actor=TOETS) == 0


@pytest.mark.eis("R228", "Werkvermogen staat alleen in de ronde van wie het mag zien, en maakt er zelf geen")
def test_werkvermogen_maakt_geen_ronde(ik: Any) -> None:
    leg_vast(met_regie(ik), Werkvermogen, vastgesteld_op=klok.vandaag() - 900 * DAG, actor=TOETS)
    assert werk_rondes_bij(actor=TOETS) == 0


def test_ronde_kost_evenveel_vragen_bij_meer_mensen(client: Any, ik: Any) -> None:
    def meer(aantal: int = 20) -> None:
        for _ in range(aantal):
            volledige_diagnose(met_regie(ik), op=klok.vandaag() - 300 * DAG)

    meer(3)
    groeit_niet(lambda: client.get(PAD), meer, "diagnoseronde", maximum=24)
