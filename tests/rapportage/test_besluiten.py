"""The counting rules: the decisions on the open questions of the sources, each on data laid by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from kern.handeling import handeling
from kern.models import Instellingswaarde
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db
UIT = ("1.0", "1.1", "overige")


@pytest.mark.eis("R153", "1.0 is de som van 1.1 en overige")
@pytest.mark.eis("R154", "werk voltijd, deeltijd uit de uitkering en SW tellen in 1.1")
@pytest.mark.eis("R155", "overige uitstroom is uitgesplitst naar reden")
@pytest.mark.eis("R157", "SW is een deel van 1.1")
def test_uitkering_gestopt_telt_in_een_van_twee(wereld: Wereld) -> None:
    for uitkomst in ("werk_voltijd", "werk_deeltijd_uit", "sw"):
        wereld.einde(uitkomst)
    wereld.einde("overig", bus="32")
    wereld.einde("overig", bus="02")
    wereld.einde("zorg")
    wereld.nacht()
    assert wereld.cijfers("1.0", "1.1", "overige", "sw") == [5, 3, 2, 1]
    assert sorted(wereld.vraag("overige").per_reden()) == [("extern", "32", 1), ("inkomen", "02", 1)]


def test_besluit_1_strikt_en_ruim(wereld: Wereld) -> None:
    wereld.einde("werk_voltijd")
    wereld.einde("werk_deeltijd_met")
    wereld.einde("geen_resultaat")
    wereld.einde("terug_verwijzer")
    wereld.nacht()
    strikt, ruim = wereld.telling("1.4-strikt"), wereld.telling("1.4-ruim")
    assert (strikt.teller, strikt.noemer) == (1, 4)
    assert (ruim.teller, ruim.noemer) == (2, 4)


@pytest.mark.eis("R158", "1.4 gaat over trede 3 of lager bij de start; beide lezingen bestaan met naam")
def test_besluit_2_alleen_trede_3_of_lager_aan_de_start(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    wereld.trede(persoon, 4, dag(1, 1))
    wereld.einde("werk_voltijd", persoon=persoon, trede_bij_start=3)
    wereld.einde("geen_resultaat", trede_bij_start=2)
    wereld.einde("werk_voltijd", trede_bij_start=4)
    wereld.einde("werk_voltijd", trede_bij_start=None)
    wereld.nacht()
    assert (wereld.telling("1.4-strikt").teller, wereld.telling("1.4-strikt").noemer) == (1, 2)
    assert (wereld.telling("1.4-alle-tredes").teller, wereld.telling("1.4-alle-tredes").noemer) == (3, 4)


def test_besluit_3_overloop_staat_apart_en_telt_na_in_het_jaar_ervoor(wereld: Wereld) -> None:
    einde = wereld.einde("werk_voltijd", op=dag(1, 20), werk=dag(12, 9, 2013))
    wereld.nacht()
    assert wereld.cijfers(*UIT, "overloop") == [0, 0, 0, 1]
    assert wereld.telling("1.4-alle-tredes").noemer == 0
    assert wereld.rij("1.1", einde.deelnemer).regel == 9
    vorig = dag(12, 31, 2013)
    assert wereld.cijfers(*UIT, "overloop", peildatum=vorig) == [1, 1, 0, 0]
    assert wereld.cijfers(*UIT, peildatum=dag(11, 30, 2013)) == [0, 0, 0]
    assert (
        "nagekomen" in wereld.vraag("1.1", vorig).definitie.regel(wereld.rij("1.1", einde.deelnemer, vorig).regel).zin
    )


def test_besluit_3_nagekomen_is_pas_te_zien_als_het_bekend_is(wereld: Wereld) -> None:
    wereld.einde("werk_voltijd", op=dag(1, 20), werk=dag(12, 9, 2013))
    wereld.nacht()
    toen = dt.datetime(2014, 1, 2, tzinfo=dt.UTC)
    assert wereld.telling("1.1", dag(12, 31, 2013), bekend=toen).teller == 0
    assert wereld.telling("1.1", dag(12, 31, 2013)).teller == 1


def test_besluit_3_elk_einde_telt_in_precies_een_jaar(wereld: Wereld) -> None:
    for werk in (dag(12, 9, 2012), dag(12, 9, 2013), dag(1, 5)):
        wereld.einde("werk_voltijd", op=dag(1, 20), werk=werk)
    wereld.nacht()
    per_jaar = [wereld.telling("1.1", dag(12, 31, jaar)).teller for jaar in (2012, 2013, 2014)]
    assert per_jaar == [0, 1, 2]


def test_besluit_4_school_telt_alleen_als_de_uitkering_stopte(wereld: Wereld) -> None:
    wereld.einde("school", stopt=dag(5, 1), bus="01")
    blijft = wereld.einde("school")
    wereld.nacht()
    assert wereld.cijfers(*UIT) == [1, 0, 1]
    assert wereld.rij("1.0", blijft.deelnemer).regel == 5
    assert wereld.telling("1.4-alle-tredes").noemer == 2


@pytest.mark.eis("R159", "stand op de dag en personen in het jaar staan naast elkaar")
def test_besluit_5_stand_en_personen_in_het_jaar(wereld: Wereld) -> None:
    wereld.dienstverband("sw", dag(1, 1, 2010))
    wereld.dienstverband("sw", dag(1, 1, 2010), dag(3, 31))
    wereld.dienstverband("sw", dag(6, 1))
    wereld.dienstverband("sw", dag(1, 1, 2010), dag(12, 31, 2013))
    wereld.dienstverband("begeleid_werken", dag(2, 1))
    wereld.dienstverband("lks", dag(12, 31))
    wereld.nacht()
    assert wereld.cijfers("1.6", "1.6-jaar", "1.7", "1.8") == [2, 3, 1, 1]
    assert wereld.cijfers("1.6", "1.6-jaar", peildatum=dag(3, 31)) == [2, 2]
    assert wereld.cijfers("1.6", peildatum=dag(4, 1)) == [1]


def test_besluit_6_andere_soorten_tellen_niet_in_de_drie(wereld: Wereld) -> None:
    for soort in ("id", "wiw", "wwb_detachering", "regulier", "beschut"):
        wereld.dienstverband(soort, dag(1, 1))
    wereld.nacht()
    assert wereld.cijfers("1.6", "1.7", "1.8") == [0, 0, 0]


def test_besluit_8_de_dag_is_de_laatste_dag_met_uitkering(wereld: Wereld) -> None:
    wereld.einde("werk_voltijd", op=dag(3, 20), stopt=dag(4, 10))
    wereld.nacht()
    assert [wereld.telling("1.0", d).teller for d in (dag(4, 9), dag(4, 10))] == [0, 1]


@pytest.mark.parametrize("uitkomst", ["werk_voltijd", "werk_deeltijd_uit", "sw"])
def test_besluit_8_niet_bevestigd_staat_in_de_lijst_en_telt_nergens(wereld: Wereld, uitkomst: str) -> None:
    einde = wereld.einde(uitkomst, stopt=None, status="wacht_op_inkomen")
    wereld.nacht()
    assert wereld.cijfers(*UIT, "sw", "wacht") == [0, 0, 0, 0, 1]
    assert wereld.telling("1.4-alle-tredes").noemer == 0
    assert "Wacht op inkomen" in wereld.vraag("1.0").definitie.regel(wereld.rij("1.0", einde.deelnemer).regel).zin
    wereld.wijzig(einde.uitkering, laatste_dag=dag(5, 1), reden_einde="11", einde_bevestigd_op=dag(5, 9))
    wereld.nacht()
    assert wereld.cijfers("1.0", "1.1", "wacht") == [1, 1, 0]


def test_inkomen_zegt_dat_de_uitkering_doorloopt(wereld: Wereld) -> None:
    wereld.einde("werk_voltijd", stopt=None, melding="loopt_door")
    wereld.nacht()
    assert wereld.cijfers("1.0", "wacht") == [0, 0]
    assert wereld.telling("1.4-alle-tredes").noemer == 1


@pytest.mark.eis("R162", "twee partners met één uitkering tellen één keer, bij wie ging werken")
@pytest.mark.parametrize("eerst", [0, 1])
def test_besluit_10_een_gezin_telt_een_keer_bij_wie_ging_werken(wereld: Wereld, eerst: int) -> None:
    a, b = wereld.persoon(), wereld.persoon()
    samen = wereld.uitkering(a, b, stopt=dag(9, 1))
    wereld.einde("overig", persoon=(a, b)[eerst], op=dag(8, 20), uitkering=samen, team=wereld.ander_team)
    werk = wereld.einde("werk_voltijd", persoon=(a, b)[1 - eerst], op=dag(9, 1), uitkering=samen)
    wereld.nacht()
    assert wereld.cijfers(*UIT) == [1, 1, 0]
    assert wereld.rij("1.0", werk.deelnemer).telt == 2
    assert wereld.rij("1.0", (a, b)[eerst]).regel == 8
    assert wereld.telling("1.4-alle-tredes").noemer == 1
    assert wereld.telling("1.0", team=wereld.team.pk).teller == 1
    naief, verschil = wereld.vraag("1.0").naief()
    assert (naief, verschil) == (2, {8: 1})


def test_besluit_10_dan_het_vroegste_einde_dan_het_laagste_nummer(wereld: Wereld) -> None:
    a, b, c, d = (wereld.persoon() for _ in range(4))
    samen = wereld.uitkering(a, b, stopt=dag(9, 1), bus="32")
    wereld.einde("overig", persoon=a, op=dag(9, 1), uitkering=samen)
    wereld.einde("overig", persoon=b, op=dag(8, 20), uitkering=samen)
    gelijk = wereld.uitkering(c, d, stopt=dag(9, 1), bus="32")
    wereld.einde("overig", persoon=d, op=dag(9, 1), uitkering=gelijk)
    wereld.einde("overig", persoon=c, op=dag(9, 1), uitkering=gelijk)
    wereld.nacht()
    assert [wereld.rij("1.0", p).telt for p in (a, b, c, d)] == [0, 2, 2, 0]


@pytest.mark.parametrize(("dagen", "telt"), [(0, 1), (30, 1), (31, 0)])
def test_besluit_11_hoogstens_dertig_dagen_na_het_traject(wereld: Wereld, dagen: int, telt: int) -> None:
    wereld.einde("werk_voltijd", op=dag(5, 1), stopt=dag(5, 1) + dt.timedelta(days=dagen))
    wereld.nacht()
    assert wereld.telling("1.0").teller == telt


def test_besluit_11_het_venster_is_een_instelling(wereld: Wereld) -> None:
    wereld.einde("werk_voltijd", op=dag(5, 1), stopt=dag(6, 15))
    with handeling(FABRIEK):
        Instellingswaarde.objects.create(sleutel="rapportage.venster_dagen", waarde=60, geldig_van=dag(1, 1))
    wereld.nacht()
    assert wereld.telling("1.0").teller == 1


def test_besluit_11_ook_zonder_uitkomst_als_het_traject_liep(wereld: Wereld) -> None:
    verhuisd, werk = wereld.persoon(), wereld.persoon()
    wereld.traject(verhuisd)
    wereld.uitkering(verhuisd, stopt=dag(6, 1), bus="32")
    wereld.traject(werk)
    wereld.uitkering(werk, stopt=dag(6, 1), bus="11")
    wereld.nacht()
    assert wereld.cijfers(*UIT) == [1, 0, 1]
    assert wereld.rij("1.0", werk).regel == 16


def test_besluit_11_traject_al_lang_voorbij_of_later_begonnen(wereld: Wereld) -> None:
    wereld.einde("geen_resultaat", op=dag(2, 1), stopt=dag(6, 1))
    later = wereld.persoon()
    wereld.uitkering(later, stopt=dag(3, 1))
    wereld.traject(later, begint=dag(4, 1))
    wereld.nacht()
    assert wereld.telling("1.0").teller == 0


@pytest.mark.eis("R165", "team en pijler staan vast op de dag zelf en komen van de regievoerder")
def test_besluit_11_het_team_is_dat_van_de_regievoerder_op_de_dag(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    wereld.regie(persoon, dag(1, 1, 2013), dag(4, 30), wereld.ander_team)
    wereld.regie(persoon, dag(5, 1))
    wereld.einde("werk_voltijd", persoon=persoon, op=dag(4, 20), stopt=dag(5, 10))
    wereld.nacht()
    assert wereld.telling("1.0", team=wereld.ander_team.pk).teller == 1
    assert wereld.telling("1.0", pijler=wereld.andere_pijler.pk).teller == 1
    assert wereld.telling("1.0", team=wereld.team.pk).teller == 0


def test_besluit_11_verhuizen_na_de_dag_verandert_het_gebied_niet(wereld: Wereld) -> None:
    from tests.organisatie.fabrieken import GebiedFabriek

    einde = wereld.einde("werk_voltijd")
    wereld.nacht()
    wereld.wijzig(einde.deelnemer, gebied=GebiedFabriek())
    assert wereld.nacht().nieuw == 0
    assert wereld.telling("1.0", gebied=wereld.gebied.pk).teller == 1


@pytest.mark.eis("R156", "deeltijd met uitkering telt in 1.2 en niet in 1.0")
def test_besluit_12_eerst_deeltijd_dan_uit_telt_allebei(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    wereld.einde("werk_deeltijd_met", persoon=persoon, op=dag(3, 1), uitkering=None)
    wereld.nacht()
    assert wereld.cijfers("1.0", "1.2") == [0, 1]
    wereld.einde("werk_voltijd", persoon=persoon, op=dag(10, 1), begint=dag(4, 1))
    wereld.nacht()
    assert wereld.cijfers("1.0", "1.1", "1.2") == [1, 1, 1]
    ruim = wereld.telling("1.4-ruim")
    assert (ruim.teller, ruim.noemer) == (1, 2)
    positief = wereld.telling("positief")
    assert (positief.teller, positief.noemer) == (1, 1)


def test_besluit_12_een_persoon_telt_een_keer_per_jaar_in_1_2(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    wereld.einde("werk_deeltijd_met", persoon=persoon, op=dag(3, 1), uitkering=None)
    wereld.einde("werk_deeltijd_met", persoon=persoon, op=dag(10, 1), begint=dag(4, 1), uitkering=None)
    wereld.nacht()
    assert wereld.telling("1.2").teller == 1
    assert wereld.vraag("1.2").aantallen() == {"": 2, "mee": 1, "niet": 1}


@pytest.mark.parametrize(("bus", "handhaving"), [("31", False), ("34", False), ("35", False), ("98", True)])
def test_besluit_13_stopgezet_telt_in_overig_en_nooit_als_werk(wereld: Wereld, bus: str, handhaving: bool) -> None:
    wereld.einde("overig", bus=bus, handhaving=handhaving)
    wereld.einde("werk_voltijd", bus=bus, handhaving=handhaving)
    wereld.nacht()
    assert wereld.cijfers(*UIT) == [2, 0, 2]
    assert wereld.telling("1.0").stopgezet == 2
    zonder = wereld.telling("1.4-zonder-stops")
    assert (zonder.teller, zonder.noemer) == (0, 2)
    assert wereld.telling("1.4-alle-tredes").teller == 2


def test_besluit_14_heropend_telt_niet_meer(wereld: Wereld) -> None:
    einde = wereld.einde("werk_voltijd", stopt=None, ingetrokken=dag(5, 20))
    wereld.nacht()
    assert wereld.cijfers(*UIT) == [0, 0, 0]
    assert wereld.telling("1.4-alle-tredes").noemer == 0
    assert wereld.rij("1.0", einde.deelnemer).regel == 1


@pytest.mark.eis("R161", "overlijden staat buiten teller en noemer en heeft een eigen regel")
def test_besluit_15_overlijden_is_nergens_uitstroom(wereld: Wereld) -> None:
    wereld.einde("overleden")
    wereld.einde("overleden", stopt=dag(5, 1), bus="04")
    wereld.einde("overig", bus="04")
    wereld.einde("werk_voltijd")
    wereld.nacht()
    assert wereld.cijfers(*UIT, "overlijden") == [1, 1, 0, 3]
    for code in ("1.4-strikt", "1.4-ruim", "1.4-alle-tredes", "1.4-zonder-stops", "positief"):
        assert wereld.telling(code).noemer == 1, code
    assert wereld.vraag("1.0").naief() == (4, {3: 3})


@pytest.mark.eis("R150", "eind maart 2014: 28 mensen met loonkostensubsidie bij ons, de 71 van Pantar apart")
def test_lopende_loonkostensubsidies_eigen_en_van_pantar_apart(wereld: Wereld) -> None:
    eind_maart = dag(3, 31)
    for nummer in range(28):
        wereld.dienstverband("lks", dag(1 + nummer % 3, 1))
    for nummer in range(71):
        wereld.dienstverband("lks", dag(1 + nummer % 3, 1), eigen=False)
    wereld.dienstverband("lks", dag(4, 1))  # begins too late
    wereld.dienstverband("lks", dag(1, 1), dag(3, 30))  # ended the day before
    wereld.nacht()
    assert wereld.telling("1.8", eind_maart).teller == 28
    assert wereld.vraag("1.8", eind_maart).per_regel() == {1: 71, 2: 28}


def test_besluit_18_elders_begeleid_is_een_andere_teller(wereld: Wereld) -> None:
    wereld.dienstverband("lks", dag(1, 1))
    ander = wereld.dienstverband("lks", dag(1, 1), eigen=False)
    wereld.nacht()
    assert wereld.telling("1.8").teller == 1
    assert wereld.rij("1.8", ander.deelnemer).regel == 1


def test_dubbel_dossier_telt_bij_het_andere(wereld: Wereld) -> None:
    einde = wereld.einde("werk_voltijd")
    dubbel = wereld.einde("werk_voltijd")
    wereld.wijzig(dubbel.deelnemer, samengevoegd_met=einde.deelnemer)
    wereld.nacht()
    assert wereld.cijfers(*UIT) == [1, 1, 0]
    assert wereld.rij("1.0", dubbel.deelnemer).regel == 2


@pytest.mark.eis("R160", "positief is een ander getal dan 1.4: personen, ook deeltijd")
def test_positief_telt_personen(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    wereld.einde("terug_verwijzer", persoon=persoon, op=dag(2, 1), uitkering=None)
    wereld.einde("werk_deeltijd_met", persoon=persoon, op=dag(8, 1), begint=dag(3, 1), uitkering=None)
    wereld.einde("zorg")
    wereld.nacht()
    voor, na = wereld.telling("positief", dag(7, 31)), wereld.telling("positief", EIND)
    assert (voor.teller, voor.noemer) == (0, 2)
    assert (na.teller, na.noemer) == (1, 2)
    assert wereld.telling("1.4-alle-tredes").noemer == 3
