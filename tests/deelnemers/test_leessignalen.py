"""What stands out in the read log of a day (R223); only the owner of the log can write a moment in the past."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from deelnemers.keuzes import Signaalsoort
from deelnemers.models import Deelnemer, Leessignaal
from deelnemers.services import leestoezicht
from kern import klok
from kern.models import Gemeente, Taakloop
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])


def gisteren() -> dt.date:
    return klok.vandaag() - DAG


def lees(medewerker: Any, *deelnemers: Deelnemer, dag: dt.date, uur: int = 11, grond: str = "taak") -> None:
    """Lines in the read log of that day and hour, one per person, as the pages write them."""
    moment = timezone.make_aware(dt.datetime.combine(dag, dt.time(uur)))
    with connections["eigenaar"].cursor() as cursor:
        cursor.executemany(
            "INSERT INTO kern_leesregel (tijdstip, gemeente_id, actor_soort, actor_id, actor_naam, verzoek, "
            "verwerking, grond, reden, betrokkenen) "
            "VALUES (%s, %s, 'gebruiker', %s, %s, '', 'dossier.bekijken', %s, '', ARRAY[%s]::bigint[])",
            [(moment, d.gemeente_id, str(medewerker.gebruiker_id), medewerker.naam, grond, d.pk) for d in deelnemers],
        )


def test_veel_dossiers_buiten_de_eigen_mensen_geeft_een_signaal(consulent: Any, maak_medewerker: Any) -> None:
    eigen = [met_regie(consulent) for _ in range(15)]
    lees(consulent, *eigen, dag=gisteren())
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0
    vreemde = maak_medewerker("consulent", achternaam="Zzz")
    lees(vreemde, *eigen, dag=gisteren())
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 1
    rij = Leessignaal.objects.get()
    assert (rij.soort, rij.medewerker, rij.aantal) == (Signaalsoort.BUITEN_CASELOAD, vreemde, 15)
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0  # twice gives nothing more


def test_een_dossier_door_veel_mensen(gemeente: Any, maak_medewerker: Any) -> None:
    deelnemer = DeelnemerFabriek()
    for nummer in range(10):
        lees(maak_medewerker("consulent"), deelnemer, dag=gisteren() - DAG * (nummer % 7))
    leestoezicht.zoek_signalen(gisteren(), actor=TOETS)
    rij = Leessignaal.objects.get(soort=Signaalsoort.VEEL_LEZERS)
    assert (rij.deelnemer, rij.aantal, rij.medewerker) == (deelnemer, 10, None)
    leestoezicht.zoek_signalen(klok.vandaag(), actor=TOETS)
    assert Leessignaal.objects.filter(soort=Signaalsoort.VEEL_LEZERS).count() == 1  # one a week


def test_buiten_werktijd_in_nederlandse_tijd(consulent: Any) -> None:
    mensen = [met_regie(consulent) for _ in range(5)]
    lees(consulent, *mensen, dag=gisteren(), uur=21)
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0
    lees(consulent, *mensen, dag=gisteren(), uur=22)
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 1
    assert Leessignaal.objects.get().soort == Signaalsoort.BUITEN_WERKTIJD


def test_dezelfde_achternaam_valt_op_ook_als_partnernaam(maak_medewerker: Any) -> None:
    wie = maak_medewerker("consulent", achternaam="Ünal")
    lees(wie, DeelnemerFabriek(geslachtsnaam="Unal"), dag=gisteren())
    lees(wie, DeelnemerFabriek(geslachtsnaam="Bos", partnernaam="Ünal"), dag=gisteren())
    lees(wie, DeelnemerFabriek(geslachtsnaam="Bos"), dag=gisteren())
    leestoezicht.zoek_signalen(gisteren(), actor=TOETS)
    assert Leessignaal.objects.filter(soort=Signaalsoort.EIGEN_NAAM).count() == 2


def test_de_nacht_haalt_gemiste_dagen_in(consulent: Any, gemeente: Gemeente) -> None:
    mensen = [met_regie(consulent) for _ in range(5)]
    lees(consulent, *mensen, dag=klok.vandaag() - 4 * DAG, uur=23)
    loop: Taakloop = voer_uit("deelnemers.leestoezicht", gemeente)
    assert loop.tellingen["signalen"] == 1
    assert voer_uit("deelnemers.leestoezicht", gemeente).tellingen == {}


def lijst(medewerker: Any, ids: list[int], *, dag: dt.date, grond: str = "taak") -> None:
    """One line of a list, search or export that showed these persons together."""
    moment = timezone.make_aware(dt.datetime.combine(dag, dt.time(11)))
    with connections["eigenaar"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO kern_leesregel (tijdstip, gemeente_id, actor_soort, actor_id, actor_naam, verzoek, "
            "verwerking, grond, reden, betrokkenen) "
            "VALUES (%s, %s, 'gebruiker', %s, %s, '', 'zoeken.personen', %s, '', %s::bigint[])",
            [moment, medewerker.gemeente_id, str(medewerker.gebruiker_id), medewerker.naam, grond, ids],
        )


@pytest.mark.eis("R223", "Wie in lijsten, zoeken of export ongewoon veel anderen ziet, valt op in het leestoezicht")
def test_ongewoon_veel_anderen_in_lijsten_geeft_een_signaal(consulent: Any, maak_medewerker: Any, log_in: Any) -> None:
    eigen = [met_regie(consulent).pk for _ in range(3)]
    vreemd = list(range(900_000, 900_098))
    lijst(consulent, vreemd[:60] + eigen, dag=gisteren())
    lijst(consulent, vreemd + eigen, dag=gisteren())
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0, "98 anderen, ook twee keer in een lijst"
    lijst(consulent, [900_200, 900_201], dag=gisteren())
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 1
    rij = Leessignaal.objects.get()
    assert (rij.soort, rij.medewerker, rij.aantal) == (Signaalsoort.LIJSTEN, consulent, 100)
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0
    blad = log_in("privacy_officer").get(reverse("leessignaal", args=[rij.pk])).content.decode()
    assert "100 mensen met wie deze medewerker niet werkt" in blad and "103 mensen" in blad


def test_wiens_werk_het_is_om_lijsten_te_lezen_is_geen_signaal(maak_medewerker: Any) -> None:
    """R223: somebody who sees as many every day does nothing unusual; three times as many does stand out."""
    wie = maak_medewerker("inkomensconsulent", achternaam="Zzz")
    for terug in range(2, 8):
        lijst(wie, list(range(900_000, 900_150)), dag=klok.vandaag() - terug * DAG)
    lijst(wie, list(range(900_000, 900_200)), dag=gisteren())
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0
    lijst(wie, list(range(900_000, 900_450)), dag=gisteren())
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 1


def test_toezicht_zelf_geeft_geen_signaal(maak_medewerker: Any) -> None:
    """Who watches over reading is not a signal herself."""
    toezicht = maak_medewerker("privacy_officer", achternaam="Yyy")
    lijst(toezicht, list(range(900_000, 900_300)), dag=gisteren(), grond="privacy")
    wie = maak_medewerker("privacy_officer", achternaam="Zzz")
    lees(wie, *[DeelnemerFabriek() for _ in range(20)], dag=gisteren(), uur=23, grond="privacy")
    assert leestoezicht.zoek_signalen(gisteren(), actor=TOETS) == 0
