"""The logs are sealed a day at a time: what happens to them afterwards shows (BIO2 8.15.05 and 8.15.06)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections, transaction
from hypothesis import given
from hypothesis import strategies as st

from kern import klok, logzegel
from kern.handeling import Actor
from kern.leeslog import Lezing
from kern.logzegel import Inhoud
from kern.models import Gemeente, Leesregel, Logzegel, Wijziging
from kern.models.logboek import LogSoort, Zegelreden
from kern.taken import voer_uit
from tests.kern.fabrieken import BerichtFabriek

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "eigenaar", "wisser"])
ACTOR = Actor("gebruiker", "7", "Chantal Brouwer", 7)


def vandaag() -> dt.date:
    return klok.echt_nu().astimezone(dt.UTC).date()


@pytest.fixture
def verzegeld(gemeente: Gemeente) -> None:
    """Two days with something in both logs, sealed up to and including today."""
    for nummer in (12, 13):
        BerichtFabriek(fout="oud", betrokkene_id=nummer)
        lezing = Lezing()
        lezing.toon("dossier.bekijken", [nummer], reden="vraag van de partner")
        lezing.leg_vast_voor(ACTOR)
    for log in LogSoort:
        als_eigenaar(f"UPDATE {log} SET tijdstip = tijdstip - interval '1 day' WHERE id % 2 = 0")
    assert logzegel.verzegel(vandaag()) >= 3


def als_eigenaar(sql: str, *waarden: Any) -> None:
    """What somebody with all rights in the database can do."""
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute(sql, list(waarden) or None)


def afwijkingen() -> list[str]:
    return [str(afwijking) for afwijking in logzegel.zie_na()[1]]


def test_een_log_waar_niets_mee_gebeurde_klopt_en_wordt_niet_nog_eens_verzegeld(verzegeld: None) -> None:
    bekeken, fouten = logzegel.zie_na()
    assert (bekeken >= 3, fouten) == (True, [])
    aantal = Logzegel.objects.count()
    assert logzegel.verzegel(vandaag()) == 0
    assert Logzegel.objects.count() == aantal
    assert sum(Logzegel.objects.filter(log=LogSoort.LEESLOG).values_list("aantal", flat=True)) == 2


@pytest.mark.eis("R223", "Een regel van het leeslog die achteraf verandert, valt op: welk log en welke dag")
@pytest.mark.parametrize(
    ("sql", "wat"),
    [
        ("UPDATE kern_leesregel SET actor_naam = 'Iemand anders' WHERE betrokkenen = '{12}'", "een regel is veranderd"),
        ("UPDATE kern_leesregel SET betrokkenen = '{99}' WHERE betrokkenen = '{12}'", "een regel is veranderd"),
        ("DELETE FROM kern_leesregel WHERE betrokkenen = '{12}'", "1 regels verzegeld, 0 gevonden"),
        (
            "INSERT INTO kern_leesregel (tijdstip, gemeente_id, actor_soort, actor_id, actor_naam, verzoek, verwerking,"
            " grond, reden, betrokkenen) SELECT tijdstip, gemeente_id, actor_soort, actor_id, actor_naam, verzoek,"
            " verwerking, grond, reden, betrokkenen FROM kern_leesregel WHERE betrokkenen = '{12}'",
            "1 regels verzegeld, 2 gevonden",
        ),
    ],
    ids=["wie", "over-wie", "weg", "erbij"],
)
def test_wie_in_de_database_aan_een_regel_komt_valt_op(verzegeld: None, sql: str, wat: str) -> None:
    dag = Leesregel.objects.get(betrokkenen=[12]).tijdstip.date()
    als_eigenaar(sql)
    assert afwijkingen() == [f"Leeslog van {dag:%d-%m-%Y}: {wat}"]


def test_ook_de_historie_is_verzegeld(verzegeld: None) -> None:
    als_eigenaar("UPDATE kern_wijziging SET actor_naam = 'Iemand anders' WHERE betrokkene_id = 13")
    dag = Wijziging.objects.get(betrokkene_id=13).tijdstip.date()
    assert afwijkingen() == [f"Historie van {dag:%d-%m-%Y}: een regel is veranderd"]


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE kern_logzegel SET aantal = aantal + 1 WHERE volgnummer = 1",
        "DELETE FROM kern_logzegel WHERE volgnummer = 1",
    ],
)
def test_wie_een_zegel_verandert_of_weghaalt_breekt_de_keten(verzegeld: None, sql: str) -> None:
    als_eigenaar(sql)
    assert "Zegel 1: is veranderd of weggehaald; wat erna komt, bewijst niets meer" in afwijkingen()


def test_wie_log_en_zegels_van_een_dag_weghaalt_krijgt_geen_nieuw_zegel_ertussen(verzegeld: None) -> None:
    """Without the key nobody makes a seal that fits: a copy of another one breaks the chain too."""
    als_eigenaar(
        "INSERT INTO kern_logzegel (gemeente_id, aangemaakt_op, volgnummer, log, dag, aantal, som, reden, slot) "
        "SELECT gemeente_id, now(), (SELECT max(volgnummer) + 1 FROM kern_logzegel), log, dag, 0, som, reden, slot "
        "FROM kern_logzegel WHERE volgnummer = 1"
    )
    assert any(fout.startswith("Zegel ") for fout in afwijkingen())


@pytest.mark.parametrize("sql", ["UPDATE kern_logzegel SET aantal = 0", "DELETE FROM kern_logzegel"])
def test_de_applicatie_kan_geen_zegel_veranderen(verzegeld: None, sql: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied"), transaction.atomic():
        connection.cursor().execute(sql)


@pytest.mark.eis("R226", "Wat na zijn bewaartermijn weggaat, gaat uit het log zonder dat het zegel van die dag breekt")
def test_wissen_na_de_termijn_zet_een_nieuw_zegel_en_niets_anders(verzegeld: None) -> None:
    with transaction.atomic(using="wisser"), connections["wisser"].cursor() as cursor:
        weg = logzegel.pas_aan(
            cursor, LogSoort.HISTORIE, ("DELETE FROM kern_wijziging t", []), ("t.betrokkene_id = %s", [12])
        )
        leeg = logzegel.pas_aan(
            cursor,
            LogSoort.LEESLOG,
            ("UPDATE kern_leesregel t SET reden = %s", [""]),
            ("t.betrokkenen = %s::bigint[]", [[12]]),
        )
        niets = logzegel.pas_aan(
            cursor, LogSoort.HISTORIE, ("DELETE FROM kern_wijziging t", []), ("t.betrokkene_id = %s", [12])
        )
    assert (weg, leeg, niets) == (1, 1, 0)
    assert Logzegel.objects.filter(reden=Zegelreden.GEWIST).count() == 2
    assert afwijkingen() == []
    als_eigenaar("UPDATE kern_leesregel SET reden = 'toch weer iets' WHERE betrokkenen = '{12}'")
    assert len(afwijkingen()) == 1


def test_een_dag_zonder_zegel_ertussen_valt_op(verzegeld: None) -> None:
    als_eigenaar("UPDATE kern_logzegel SET dag = dag - 1 WHERE dag < %s AND log = 'kern_leesregel'", vandaag())
    assert "Leeslog: 1 dagen hebben geen zegel" in afwijkingen()


def test_de_taak_verzegelt_gisteren_en_meldt_wat_niet_klopt(verzegeld: None, gemeente: Gemeente) -> None:
    assert voer_uit("kern.logzegels", gemeente).tellingen["afwijkingen"] == 0
    als_eigenaar("DELETE FROM kern_leesregel")
    with pytest.raises(RuntimeError, match=r"^Het logboek is niet zoals het verzegeld is\. Leeslog van "):
        voer_uit("kern.logboek_nazien", gemeente)


@given(st.lists(st.integers(0, 2**256 - 1)), st.randoms())
def test_de_som_hangt_niet_af_van_de_volgorde_en_gaat_terug(afdrukken: list[int], toeval: Any) -> None:
    regels = [Inhoud(1, afdruk) for afdruk in afdrukken]
    door_elkaar = toeval.sample(regels, len(regels))
    som = sum(regels, Inhoud())
    assert sum(door_elkaar, Inhoud()) == som
    for regel in door_elkaar:
        som -= regel
    assert som == Inhoud()
