"""The ledger: months booked once, a change in the past as a correction with the difference explained (R148)."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, ProgrammingError, connection, transaction

from kern.handeling import handeling, voor_gemeente
from kern.models import Gemeente
from loonkostensubsidie.models import Berekening, Boekregel, Subsidie
from loonkostensubsidie.querysets import standen
from loonkostensubsidie.rekenwijzen import reken_opnieuw
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import beeindig_subsidie, begin_subsidie, heropen_subsidie, trek_subsidie_in
from loonkostensubsidie.wetgeving import huidige_wetgeving
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.fabrieken import ACTOR, dienstverband, regeling, subsidie
from werkgevers.models import Dienstverbandperiode, Loonwaardemeting
from werkgevers.services.dienstverband import beeindig_dienstverband, wijzig_dienstverband
from werkgevers.services.loonwaarde import corrigeer_loonwaarde, meet_loonwaarde
from werkgevers.services.ziekte import meld_ziek

JUNI = dt.date(2026, 6, 30)


def regels(een: Subsidie, maand: int = 6) -> list[tuple[str, str, str]]:
    """Kind, total and explanation of the lines of a month of 2026."""
    rijen = Boekregel.objects.filter(subsidie=een, maand=dt.date(2026, maand, 1)).order_by("volgnummer")
    return [(rij.soort, str(rij.totaal), rij.uitleg) for rij in rijen]


def stand(een: Subsidie, maand: int = 6) -> str:
    return str(standen([een.pk])[een.pk][dt.date(2026, maand, 1)][0].totaal)


@pytest.mark.eis("R148", "elke maand een regel, en nog eens boeken voegt niets toe")
def test_boeken_kan_vaker_en_voegt_dan_niets_toe(gemeente: Gemeente) -> None:
    een = subsidie()
    eerste = boek([een.pk], JUNI, actor=ACTOR)
    assert (eerste.regels, eerste.maanden, eerste.fouten) == (15, 15, {})
    assert regels(een) == [("maand", "918.08", "Bedrag van juni 2026.")]
    assert boek([een.pk], JUNI, actor=ACTOR).regels == 0
    assert Boekregel.objects.count() == Berekening.objects.count() == 15


@pytest.mark.eis("R148", "andere uren achteraf geven een correctie met uitleg, de oude regel blijft")
def test_andere_uren_achteraf(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    wijzig_dienstverband(
        een.dienstverband, dt.date(2026, 5, 16), actor=ACTOR, reden="minder uren", uren_per_week=Decimal(24)
    )
    verslag = boek([een.pk], JUNI, actor=ACTOR)
    assert verslag.regels == 2
    # Mei: 743,3856 × (15/31 + 24/36 × 16/31) = 615,4912...; met 23,5 % = 760,13; was 918,08
    assert regels(een, 5) == [
        ("maand", "918.08", "Bedrag van mei 2026."),
        ("correctie", "-157.95", "Uren per week: 36 wordt 24, vanaf 16 mei 2026."),
    ]
    # Juni: 743,3856 × 24/36 × 1,235 = 612,0541...
    assert regels(een)[1][:2] == ("correctie", "-306.03")
    assert stand(een) == "612.05"


@pytest.mark.eis("R148", "een gecorrigeerde loonwaarde geeft per maand een correctie")
def test_andere_loonwaarde_achteraf(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    meting = Loonwaardemeting.objects.get()
    corrigeer_loonwaarde(meting, "rapport verkeerd overgenomen", actor=ACTOR, percentage=60)
    assert boek([een.pk], JUNI, actor=ACTOR).regels == 15
    # 2.294,40 × 1,08 × 40 % = 991,1808; × 1,235 = 1.224,108288
    assert stand(een) == "1224.11"
    assert regels(een)[1] == ("correctie", "306.03", "Loonwaarde: 70 % wordt 60 %, vanaf 1 juni 2026.")


@pytest.mark.eis("R148", "een andere geboortedatum geeft een andere schaal, met terugwerkende kracht")
def test_andere_geboortedatum_achteraf(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    with handeling(ACTOR):
        een.deelnemer.geboortedatum = dt.date(2005, 12, 17)
        een.deelnemer.save(update_fields=["geboortedatum"])
    boek([een.pk], JUNI, actor=ACTOR)
    # 20 jaar: 1.835,52 × 1,08 × 30 % × 1,235 = 734,4649728
    assert stand(een) == "734.46"
    assert regels(een)[1][2] == "Geboortedatum: 17 mei 1980 wordt 17 december 2005."


def test_ziek_met_no_risk_achteraf(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    meld_ziek(een.dienstverband, dt.date(2026, 6, 1), actor=ACTOR, no_risk="ja")
    boek([een.pk], JUNI, actor=ACTOR)
    assert (stand(een, 5), stand(een)) == ("918.08", "0.00")
    assert "Ziektewet" in regels(een)[1][2]


def test_einde_van_het_dienstverband_achteraf(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    beeindig_dienstverband(een.dienstverband, dt.date(2026, 5, 31), "contract liep af", actor=ACTOR)
    boek([een.pk], JUNI, actor=ACTOR)
    assert (stand(een, 5), stand(een)) == ("918.08", "0.00")
    assert regels(een)[1][2] == "Er is in deze maand geen recht op subsidie."


def test_heropenen_boekt_de_maand_alsnog(gemeente: Gemeente) -> None:
    een = subsidie()
    beeindig_subsidie(een, dt.date(2026, 4, 30), "contract zou aflopen", actor=ACTOR)
    boek([een.pk], JUNI, actor=ACTOR)
    heropen_subsidie(een, "contract is verlengd", actor=ACTOR)
    boek([een.pk], JUNI, actor=ACTOR)
    assert regels(een) == [("maand", "918.08", "Bedrag van juni 2026.")]


def test_intrekken_brengt_elke_maand_op_nul(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    trek_subsidie_in(een, "onjuiste gegevens", actor=ACTOR)
    boek([een.pk], JUNI, actor=ACTOR)
    assert {str(bedrag.totaal) for bedrag, _ in standen([een.pk])[een.pk].values()} == {"0.00"}


@pytest.mark.eis("R148", "zoals toen bekend: de stand van voor de correctie is nog te zien")
def test_zoals_toen_bekend(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    toen = Boekregel.objects.order_by("-geboekt_op").values_list("geboekt_op", flat=True)[0]
    trek_subsidie_in(een, "onjuiste gegevens", actor=ACTOR)
    boek([een.pk], JUNI, actor=ACTOR)
    assert str(standen([een.pk], bekend_op=toen)[een.pk][dt.date(2026, 6, 1)][0].totaal) == "918.08"


@pytest.mark.eis("R148", "elk geboekt bedrag komt opnieuw uit de feiten die erbij zijn bewaard")
def test_elke_berekening_is_na_te_rekenen(gemeente: Gemeente) -> None:
    een = subsidie(geboren=dt.date(2005, 9, 12))
    boek([een.pk], JUNI, actor=ACTOR)
    wijzig_dienstverband(
        een.dienstverband, dt.date(2026, 2, 11), actor=ACTOR, reden="meer uren", uren_per_week=Decimal("36.5")
    )
    boek([een.pk], JUNI, actor=ACTOR)
    wet = huidige_wetgeving()
    for berekening in Berekening.objects.all():
        opnieuw = reken_opnieuw(berekening.feiten, berekening.maand, wet)
        assert (opnieuw.bedrag.lks, opnieuw.bedrag.totaal) == (berekening.subsidiebedrag, berekening.totaal)
        assert opnieuw.specificatie == berekening.specificatie


def test_een_jaar_zonder_minimumloon_boekt_niets_en_zegt_waarom(gemeente: Gemeente) -> None:
    een, ander = subsidie(), subsidie()
    beeindig_subsidie(ander, dt.date(2026, 12, 31), "contract loopt af", actor=ACTOR)
    verslag = boek([een.pk, ander.pk], dt.date(2027, 1, 31), actor=ACTOR)
    assert verslag.fouten == {een.pk: "Het minimumloon van 1 januari 2027 is niet bekend."}
    assert not Boekregel.objects.filter(subsidie=een).exists()
    assert Boekregel.objects.filter(subsidie=ander).count() == 21


def test_een_boekregel_is_niet_te_wijzigen_of_te_wissen(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    for opdracht in ("UPDATE loonkostensubsidie_boekregel SET totaal = 0", "DELETE FROM loonkostensubsidie_boekregel"):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(opdracht)


def test_geen_twee_subsidies_op_een_dag_voor_een_dienstverband(gemeente: Gemeente) -> None:
    een = subsidie()
    with pytest.raises(ValidationError, match=r"art\. 10d lid 9"):
        begin_subsidie(een.dienstverband, regeling("lks-forfait"), dt.date(2026, 1, 1), actor=ACTOR)


def test_een_subsidie_begint_binnen_dienstverband_en_regeling(gemeente: Gemeente) -> None:
    werk = dienstverband()
    with pytest.raises(ValidationError, match="binnen het dienstverband"):
        begin_subsidie(werk, regeling(), dt.date(2025, 3, 31), actor=ACTOR)
    with pytest.raises(ValidationError, match="uiterlijk begon"):
        begin_subsidie(werk, regeling("id-baan"), dt.date(2025, 4, 1), actor=ACTOR)


def test_vragen_groeien_niet_met_het_aantal_subsidies(gemeente: Gemeente) -> None:
    pks = [subsidie().pk]

    def boek_alles() -> None:
        boek(pks, JUNI, actor=ACTOR)

    def maak_meer() -> None:
        pks.extend(subsidie().pk for _ in range(3))
        boek_alles()

    groeit_niet(boek_alles, maak_meer, "boeken", maximum=12)


@pytest.mark.django_db(transaction=True)
def test_twee_die_tegelijk_boeken_boeken_een_keer(gemeente: Gemeente) -> None:
    een = subsidie()
    fouten: list[Any] = []

    def doe() -> None:
        try:
            with voor_gemeente(gemeente):
                boek([een.pk], JUNI, actor=ACTOR)
        except Exception as fout:  # shown by the assertion
            fouten.append(fout)
        finally:
            connection.close()

    draden = [threading.Thread(target=doe) for _ in range(2)]
    for draad in draden:
        draad.start()
    for draad in draden:
        draad.join()
    assert not fouten
    assert Boekregel.objects.count() == 15


def test_een_eerdere_maand_boeken_laat_latere_maanden_met_rust(gemeente: Gemeente) -> None:
    een = subsidie()
    boek([een.pk], JUNI, actor=ACTOR)
    assert boek([een.pk], dt.date(2026, 4, 30), actor=ACTOR).regels == 0
    assert (stand(een), stand(een, 5)) == ("918.08", "918.08")


def test_een_vreemd_gegeven_houdt_niemand_anders_tegen(gemeente: Gemeente) -> None:
    een, ander = subsidie(), subsidie()
    with handeling(ACTOR):
        Dienstverbandperiode.objects.filter(dienstverband=een.dienstverband_id).delete()
    meld_ziek(ander.dienstverband, dt.date(2026, 6, 1), actor=ACTOR, no_risk="ja", tot=dt.date.max)
    verslag = boek([een.pk, ander.pk], JUNI, actor=ACTOR)
    assert verslag.fouten == {}
    assert (stand(een), stand(ander, 5)) == ("918.08", "918.08")
    assert dt.date(2026, 6, 1) not in standen([ander.pk])[ander.pk]


def test_van_vast_percentage_naar_loonwaarde_neemt_de_tabel_van_die_dag(gemeente: Gemeente) -> None:
    # Forfait tot en met 14 juli 2024; vanaf 15 juli 50 %: 2.133,60 × 1,08 × 50 % = 1.152,144
    een = subsidie(dt.date(2024, 1, 15), loonwaarde=None, code="lks-forfait")
    beeindig_subsidie(een, dt.date(2024, 7, 14), "zes maanden voorbij", actor=ACTOR)
    meet_loonwaarde(
        een.dienstverband,
        dt.date(2024, 7, 15),
        "J. de Boer",
        actor=ACTOR,
        percentage=50,
        volgende_op=dt.date(2027, 1, 1),
    )
    daarna = begin_subsidie(een.dienstverband, regeling("lks"), dt.date(2024, 7, 15), actor=ACTOR)
    boek([daarna.pk], dt.date(2024, 8, 31), actor=ACTOR)
    assert str(standen([daarna.pk])[daarna.pk][dt.date(2024, 8, 1)][0].lks) == "1152.14"
