"""What is paid follows the facts, and the letter follows what is paid: ends, another employer, decisions (0052)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kern.handeling import handeling
from kern.models import Gemeente, Werkvoorraad
from loonkostensubsidie import subsidiewerk
from loonkostensubsidie.afrekening import afgelopen_subsidies, maanden_van
from loonkostensubsidie.models import Berekening, Boekregel, Subsidie
from loonkostensubsidie.querysets import aflopende_subsidies
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import begin_subsidie, sluit_afgelopen
from tests.loonkostensubsidie.fabrieken import ACTOR, dienstverband, regeling, subsidie
from tests.werkgevers.fabrieken import WerkgeverFabriek
from werkgevers.services.dienstverband import beeindig_dienstverband, wijzig_dienstverband
from werkgevers.services.loonwaarde import meet_loonwaarde

VANDAAG = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = VANDAAG.isoformat()


def taken() -> list[tuple[str, dt.date]]:
    with handeling(ACTOR):
        subsidiewerk.ververs_alle()
    rijen = Werkvoorraad.objects.filter(sleutel__startswith="recht:").order_by("sleutel")
    return list(rijen.values_list("titel", "op"))


def forfait(begin: dt.date, tot: dt.date) -> Subsidie:
    return begin_subsidie(dienstverband(begin), regeling("lks-forfait"), begin, einddatum=tot, actor=ACTOR)


# --- Another employer ------------------------------------------------------------------------------------------------
@pytest.mark.eis("R148", "betaalt een andere werkgever het loon, dan krijgt de oude vanaf die dag niets meer")
def test_een_andere_formele_werkgever_stopt_de_betaling_aan_de_oude(gemeente: Gemeente) -> None:
    rij = subsidie()
    boek([rij.pk], dt.date(2026, 10, 31), actor=ACTOR)
    wijzig_dienstverband(
        rij.dienstverband,
        dt.date(2026, 9, 16),
        reden="Overname van het bedrijf.",
        formele_werkgever=WerkgeverFabriek(naam="De Overnemer"),
        actor=ACTOR,
    )
    boek([rij.pk], dt.date(2026, 10, 31), actor=ACTOR)
    per_maand = {m.maand.month: m.besloten for m in maanden_van(rij) if m.maand.year == 2026}
    assert per_maand[8] == Decimal("918.08")
    assert per_maand[9] == Decimal("459.04")  # 15 van de 30 dagen
    assert per_maand[10] == 0
    [(titel, _)] = taken()
    assert titel.startswith("Beëindig de subsidie aan ")


def test_een_andere_plek_van_het_werk_verandert_de_subsidie_niet(gemeente: Gemeente) -> None:
    rij = subsidie()
    wijzig_dienstverband(
        rij.dienstverband, dt.date(2026, 9, 1), reden="Inlenen.", feitelijke_werkgever=WerkgeverFabriek(), actor=ACTOR
    )
    boek([rij.pk], dt.date(2026, 10, 31), actor=ACTOR)
    assert Boekregel.objects.get(maand=dt.date(2026, 10, 1)).totaal == Decimal("918.08")
    assert taken() == []


# --- Ends ------------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "na de laatste dag loopt een subsidie niet door en komt zij bij de eindafrekening")
def test_de_nacht_beeindigt_wat_voorbij_is(gemeente: Gemeente) -> None:
    afgelopen = forfait(dt.date(2026, 5, 1), dt.date(2026, 10, 31))
    laatste_dag = forfait(dt.date(2026, 5, 23), VANDAAG)
    gestopt = subsidie()
    beeindig_dienstverband(gestopt.dienstverband, dt.date(2026, 9, 30), "contract", actor=ACTOR)
    for rij in aflopende_subsidies(VANDAAG):
        sluit_afgelopen(rij, actor=ACTOR)
    stand = {rij.pk: (rij.status, rij.einddatum) for rij in Subsidie.objects.all()}
    assert stand[afgelopen.pk] == ("beeindigd", dt.date(2026, 10, 31))
    assert stand[gestopt.pk] == ("beeindigd", dt.date(2026, 9, 30))
    assert stand[laatste_dag.pk][0] == "lopend", "op de laatste dag loopt zij nog"
    assert {rij.pk for rij in afgelopen_subsidies()} == {afgelopen.pk, gestopt.pk}
    assert aflopende_subsidies(VANDAAG) == []


@pytest.mark.eis("R149", "voor het einde van het vaste percentage staat bij Vandaag: meet de loonwaarde")
def test_een_forfait_dat_afloopt_staat_op_tijd_bij_vandaag(gemeente: Gemeente, settings: Any) -> None:
    rij = forfait(dt.date(2026, 7, 19), dt.date(2027, 1, 18))
    settings.PEILDATUM = "2026-11-22"  # acht weken en een dag
    assert taken() == []
    settings.PEILDATUM = "2026-11-23"
    [(titel, op)] = taken()
    assert titel.startswith("Het vaste percentage loopt af: meet de loonwaarde") and op == dt.date(2027, 1, 18)
    meet_loonwaarde(
        rij.dienstverband, dt.date(2026, 11, 23), "J. de Boer", percentage=60, geldig_vanaf=dt.date(2027, 1, 19),
        volgende_op=dt.date(2028, 1, 1), actor=ACTOR,
    )  # fmt: skip
    [(titel, op)] = taken()
    assert titel.startswith("Neem een besluit over de loonwaarde") and op == dt.date(2026, 12, 28)  # vijf weken


# --- The letter ------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "een meting of andere uren na het besluit vragen binnen vijf weken een nieuw besluit")
def test_andere_feiten_na_het_besluit_vragen_een_besluit(gemeente: Gemeente) -> None:
    rij = subsidie()
    assert taken() == []
    wijzig_dienstverband(
        rij.dienstverband, dt.date(2026, 11, 1), reden="Minder uren.", doorgegeven_op=dt.date(2026, 11, 20),
        uren_per_week=Decimal(24), actor=ACTOR,
    )  # fmt: skip
    # Written at once, not only in the night.
    [taak] = Werkvoorraad.objects.filter(sleutel=f"recht:{rij.pk}:besluit")
    assert (taak.op, taak.voor_rol) == (dt.date(2026, 12, 28), "medewerker_subsidies")  # 25 december is een feestdag
    assert "art. 10d lid 12" in taak.waarom and "uren" in taak.waarom


def test_een_meting_met_dezelfde_uitkomst_vraagt_niets(gemeente: Gemeente) -> None:
    rij = subsidie()
    meet_loonwaarde(
        rij.dienstverband, dt.date(2026, 11, 2), "J. de Boer", percentage=70, volgende_op=dt.date(2028, 1, 1),
        actor=ACTOR,
    )  # fmt: skip
    assert taken() == []


# --- Wage of the function --------------------------------------------------------------------------------------------
@pytest.mark.eis("R148", "in 2015 en 2016 telt het loon van de functie: zonder dat gegeven boeken we niets")
def test_zonder_functieloon_geen_bedrag_in_2015(gemeente: Gemeente) -> None:
    rij = subsidie(dt.date(2015, 4, 1))
    verslag = boek([rij.pk], dt.date(2017, 3, 31), actor=ACTOR)
    assert "Vul het in bij het dienstverband" in verslag.fouten[rij.pk]
    assert not Berekening.objects.exists()
    wijzig_dienstverband(
        rij.dienstverband, dt.date(2015, 4, 1), reden="Cao.", functieloon_percentage_wml=Decimal(110), actor=ACTOR
    )
    verslag = boek([rij.pk], dt.date(2017, 3, 31), actor=ACTOR)
    assert verslag.fouten == {} and verslag.maanden == 24


def test_na_2016_is_het_loon_van_de_functie_niet_nodig(gemeente: Gemeente) -> None:
    rij = subsidie(dt.date(2017, 4, 1))
    assert boek([rij.pk], dt.date(2017, 6, 30), actor=ACTOR).fouten == {}
