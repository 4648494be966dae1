"""The database refuses what must never be, with a sentence in Dutch."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern.handeling import handeling
from organisatie.models import (
    Afwezigheid,
    Budget,
    Formatie,
    Gebied,
    Locatie,
    Medewerker,
    Pijler,
    Rolvervulling,
    Team,
    Waarneming,
)
from tests.kern.fabrieken import FABRIEK, GebruikerFabriek
from tests.organisatie import fabrieken as f

DAG = dt.date(2014, 5, 1)


def geweigerd(rij, naam: str, zin: str) -> None:
    """Both the form (message) and the database (constraint) refuse this row."""
    with pytest.raises(ValidationError) as fout:
        rij.full_clean()
    assert zin in str(fout.value)
    with pytest.raises(IntegrityError, match=naam), transaction.atomic(), handeling(FABRIEK):
        rij.save()


@pytest.mark.eis("R189", "Een pijler, team of rol bestaat op een dag maar één keer; teams horen bij een pijler")
def test_organisatie_is_gedateerd_en_niet_dubbel(gemeente) -> None:
    pijler = f.PijlerFabriek()
    team = f.TeamFabriek(pijler=pijler, code="oost")
    geweigerd(Pijler(soort="intern", naam="x", begindatum=DAG), "pijler_soort_eenmaal", "bestaat al")
    geweigerd(Team(code="oost", naam="x", pijler=pijler, begindatum=DAG), "team_code_eenmaal", "al een team")
    rol = f.RolFabriek(team=team)
    dubbel = Rolvervulling(medewerker=rol.medewerker, rol=rol.rol, team=team, begindatum=DAG)
    geweigerd(dubbel, "rolvervulling_niet_dubbel", "heeft deze rol al")


def test_zelfde_rol_mag_wel_na_elkaar_of_bij_een_ander_team(gemeente) -> None:
    rol = f.RolFabriek(einddatum=DAG - dt.timedelta(days=1))
    f.RolFabriek(medewerker=rol.medewerker, team=rol.team, begindatum=DAG)
    f.RolFabriek(medewerker=rol.medewerker, begindatum=DAG)


def test_rol_heeft_team_of_pijler(gemeente) -> None:
    rol = f.RolFabriek()
    wie = rol.medewerker
    zonder = Rolvervulling(medewerker=wie, rol="teammanager", begindatum=DAG)
    geweigerd(zonder, "rolvervulling_heeft_team", "hoort bij een team")
    beide = Rolvervulling(medewerker=wie, rol="auditor", team=rol.team, pijler=rol.team.pijler, begindatum=DAG)
    geweigerd(beide, "rolvervulling_team_of_pijler", "niet allebei")


@pytest.mark.eis("R190", "Boven 25 fte of 2 fte ondersteuning komt een waarschuwing, en geen weigering")
def test_formatie_waarschuwt(gemeente) -> None:
    assert f.FormatieFabriek().waarschuwing == ""
    assert "25 fte" in f.FormatieFabriek(fte=Decimal("25.5")).waarschuwing
    assert "2 fte" in f.FormatieFabriek(fte_ondersteuning=Decimal(3)).waarschuwing
    oud = f.FormatieFabriek()
    geweigerd(Formatie(team=oud.team, fte=1, begindatum=DAG), "formatie_een_per_dag", "al een formatie")
    meer = Formatie(team=f.TeamFabriek(), fte=1, fte_ondersteuning=2, begindatum=DAG)
    geweigerd(meer, "formatie_fte", "niet groter")


@pytest.mark.eis("R194", "Van ingehuurd personeel is altijd bekend tot wanneer het contract loopt")
def test_inhuur_heeft_einddatum(gemeente) -> None:
    account = GebruikerFabriek(gemeente=gemeente)
    wie = Medewerker(
        gebruiker=account,
        personeelsnummer="X",
        voornaam="A",
        achternaam="B",
        begindatum=DAG,
        aanstelling="ingehuurd",
    )
    geweigerd(wie, "medewerker_inhuur_heeft_einde", "einddatum van het contract")


@pytest.mark.eis("R192", "Consulent, mentor, klantmanager, jobcoach en trainer zijn kenmerken van één functie")
def test_werksoorten_zijn_kenmerken(gemeente) -> None:
    wie = f.MedewerkerFabriek(werksoorten=["mentor", "jobcoach"])
    assert wie.functie == "consulent"
    wie.werksoorten = ["piloot"]
    with (
        pytest.raises(IntegrityError, match="medewerker_werksoorten"),
        transaction.atomic(),
        handeling(FABRIEK),
    ):
        wie.save()


def test_afwezig_en_waarnemen(gemeente) -> None:
    weg = f.AfwezigheidFabriek()
    geweigerd(Afwezigheid(medewerker=weg.medewerker, begindatum=DAG), "afwezigheid_niet_dubbel", "al afwezig")
    zelf = Waarneming(waarnemer=weg.medewerker, voor=weg.medewerker, begindatum=DAG)
    geweigerd(zelf, "waarneming_niet_voor_zichzelf", "niet voor zichzelf")
    w = f.WaarnemingFabriek()
    dubbel = Waarneming(waarnemer=w.waarnemer, voor=w.voor, begindatum=DAG)
    geweigerd(dubbel, "waarneming_niet_dubbel", "bestaat al")


def test_gebied_locatie_en_budget(gemeente) -> None:
    gebied = f.GebiedFabriek()
    f.GebiedFabriek(soort="buurt", ouder=gebied)
    zelfde = Gebied(soort="buurt", code=gebied.code, naam="x", begindatum=DAG)
    geweigerd(zelfde, "gebied_code_eenmaal", "al een gebied")
    los = Locatie(soort="spreekkamer", naam="2.14")
    geweigerd(los, "locatie_ruimte_in_vestiging", "ligt in een vestiging")
    kamer = f.LocatieFabriek(soort="spreekkamer", naam="2.14", binnen=f.LocatieFabriek())
    geweigerd(Locatie(soort="spreekkamer", naam="2.14", binnen=kamer.binnen), "locatie_naam", "al een locatie")
    geweigerd(Budget(jaar=2014, bron="project", bedrag=1), "budget_project_heeft_naam", "naam van een project")


def test_periode_eindigt_niet_voor_het_begin(gemeente) -> None:
    rol = Rolvervulling(
        medewerker=f.MedewerkerFabriek(), rol="auditor", begindatum=DAG, einddatum=DAG - dt.timedelta(days=1)
    )
    geweigerd(rol, "einde_na_begin", "voor de begindatum")
