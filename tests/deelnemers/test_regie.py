"""Exactly one regievoerder on each day, and what goes along when the regie moves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers.models import Regie
from deelnemers.services.contact import leg_contact_vast, zeg_toe
from deelnemers.services.regie import beeindig_regie, draag_caseload_over, wijs_regie_toe
from deelnemers.services.tijdlijn import alle_regels
from kern import klok
from kern.aansluitingen import overdracht
from kern.handeling import handeling
from kern.models import TijdlijnRegel, Werkvoorraad
from organisatie.services.personeel import blokkeer_medewerker
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.kern.fabrieken import FABRIEK


@pytest.fixture
def opvolger(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.mark.eis("R004", "De database weigert een tweede regievoerder op dezelfde dag")
def test_de_database_weigert_twee_regievoerders_op_een_dag(consulent: Any, opvolger: Any, team: Any) -> None:
    deelnemer = met_regie(consulent)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="regie_een_per_dag"), transaction.atomic():
        Regie.objects.create(deelnemer=deelnemer, medewerker=opvolger, team=team, begindatum=klok.vandaag())


@pytest.mark.eis("R004", "Een wisseling van regie heeft een datum: de vorige eindigt de dag ervoor")
def test_wisselen_sluit_op_de_dag_aan(consulent: Any, opvolger: Any) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    wijs_regie_toe(deelnemer, opvolger, vandaag, reden="Verhuisd", actor=TOETS)
    oud, nieuw = Regie.objects.filter(deelnemer=deelnemer).order_by("begindatum")
    assert (oud.medewerker_id, oud.einddatum) == (consulent.pk, vandaag - DAG)
    assert (nieuw.medewerker_id, nieuw.begindatum, nieuw.einddatum) == (opvolger.pk, vandaag, None)
    deelnemer.refresh_from_db()
    assert (deelnemer.regievoerder_id, deelnemer.team_id) == (opvolger.pk, nieuw.team_id)


def test_dezelfde_dag_nog_een_keer_wisselen_laat_een_regie_over(consulent: Any, opvolger: Any) -> None:
    deelnemer, vandaag = DeelnemerFabriek(), klok.vandaag()
    wijs_regie_toe(deelnemer, consulent, vandaag, actor=TOETS)
    wijs_regie_toe(deelnemer, opvolger, vandaag, actor=TOETS)
    assert Regie.objects.get(deelnemer=deelnemer).medewerker_id == opvolger.pk
    assert TijdlijnRegel.objects.filter(betrokkene_id=deelnemer.pk, sleutel__startswith="regie:").count() == 1


def test_een_latere_wijziging_gaat_voor(consulent: Any, opvolger: Any) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    wijs_regie_toe(deelnemer, opvolger, vandaag + 5 * DAG, actor=TOETS)
    deelnemer.refresh_from_db()
    assert deelnemer.regievoerder_id == consulent.pk
    with pytest.raises(ValidationError, match="latere datum"):
        wijs_regie_toe(deelnemer, opvolger, vandaag, actor=TOETS)


def test_iemand_zonder_team_kan_geen_regie_krijgen(gemeente: Any, maak_medewerker: Any) -> None:
    with pytest.raises(ValidationError, match="hoort op die dag niet bij een team"):
        wijs_regie_toe(DeelnemerFabriek(), maak_medewerker("controller"), klok.vandaag(), actor=TOETS)


def test_het_stopcontact_hoort_van_en_naar(consulent: Any, opvolger: Any, monkeypatch: Any) -> None:
    gehoord: list[tuple[int, int | None, int]] = []
    monkeypatch.setitem(overdracht._kamers, "toets", lambda *wie: gehoord.append(wie))
    deelnemer = met_regie(consulent)
    wijs_regie_toe(deelnemer, opvolger, klok.vandaag(), actor=TOETS)
    assert gehoord == [
        (deelnemer.pk, None, consulent.gebruiker_id),
        (deelnemer.pk, consulent.gebruiker_id, opvolger.gebruiker_id),
    ]


def test_wat_wacht_gaat_mee_naar_de_opvolger(consulent: Any, opvolger: Any) -> None:
    deelnemer, over = met_regie(consulent), klok.vandaag() + 3 * DAG
    leg_contact_vast(deelnemer, "Gebeld", terugkomen_op=over, medewerker=consulent, actor=TOETS)
    zeg_toe(deelnemer, "wij", "Kinderopvang zoeken", over, medewerker=consulent, actor=TOETS)
    wijs_regie_toe(deelnemer, opvolger, klok.vandaag(), actor=TOETS)
    eigenaars = (
        Werkvoorraad.objects.filter(kamer="deelnemers", betrokkene_id=deelnemer.pk)
        .values_list("soort", "voor_id")
        .order_by("soort")
    )
    assert list(eigenaars) == [("terugkomen", opvolger.gebruiker_id), ("toezegging", opvolger.gebruiker_id)]


@pytest.mark.eis("R004", "Wie niemand heeft, staat op de lijst van de teammanager")
def test_zonder_opvolger_komt_de_persoon_bij_de_teammanager(consulent: Any, team: Any) -> None:
    deelnemer = met_regie(consulent)
    beeindig_regie(deelnemer, klok.vandaag() - DAG, reden="Uit dienst", actor=TOETS)
    deelnemer.refresh_from_db()
    assert (deelnemer.regievoerder_id, deelnemer.team_id) == (None, team.pk)
    rij = Werkvoorraad.objects.get(kamer="deelnemers", betrokkene_id=deelnemer.pk)
    assert (rij.soort, rij.voor_team_id, rij.voor_rol) == ("zonder_regie", team.pk, "teammanager")


def test_wie_een_regievoerder_krijgt_verdwijnt_van_die_lijst(consulent: Any, opvolger: Any) -> None:
    deelnemer = met_regie(consulent)
    beeindig_regie(deelnemer, klok.vandaag() - DAG, actor=TOETS)
    wijs_regie_toe(deelnemer, opvolger, klok.vandaag(), actor=TOETS)
    assert not Werkvoorraad.objects.filter(soort="zonder_regie").exists()


def test_beeindigen_haalt_ook_een_geplande_regie_weg(consulent: Any, opvolger: Any) -> None:
    deelnemer = met_regie(consulent)
    wijs_regie_toe(deelnemer, opvolger, klok.vandaag() + 5 * DAG, actor=TOETS)
    beeindig_regie(deelnemer, klok.vandaag() - DAG, actor=TOETS)
    assert Regie.objects.filter(deelnemer=deelnemer, einddatum__gte=klok.vandaag()).count() == 0
    assert Regie.objects.filter(deelnemer=deelnemer).count() == 1


def test_een_hele_caseload_gaat_over_en_houdt_het_team(consulent: Any, opvolger: Any, team: Any) -> None:
    mensen = [met_regie(consulent) for _ in range(3)]
    wijs_regie_toe(mensen[0], opvolger, klok.vandaag() + 9 * DAG, actor=TOETS)
    assert draag_caseload_over(consulent, opvolger, reden="Ander team", actor=TOETS) == 3
    assert not Regie.objects.filter(medewerker=consulent, einddatum__isnull=True).exists()
    for deelnemer in mensen:
        deelnemer.refresh_from_db()
        assert (deelnemer.regievoerder_id, deelnemer.team_id) == (opvolger.pk, team.pk)


def test_een_geblokkeerde_collega_houdt_geen_mensen(consulent: Any, manager: Any) -> None:
    deelnemer = met_regie(consulent)
    assert blokkeer_medewerker(consulent, reden="account mogelijk misbruikt", actor=TOETS) == 1
    deelnemer.refresh_from_db()
    assert deelnemer.regievoerder_id == manager.pk


def test_geen_regie_op_een_dag_in_het_verleden_zonder_begin(consulent: Any) -> None:
    deelnemer = DeelnemerFabriek()
    wijs_regie_toe(deelnemer, consulent, klok.vandaag() - dt.timedelta(days=1), actor=TOETS)
    deelnemer.refresh_from_db()
    assert deelnemer.regievoerder_id == consulent.pk


def test_wat_al_voor_een_derde_gepland_staat_blijft(
    consulent: Any, opvolger: Any, team: Any, maak_medewerker: Any
) -> None:
    derde, over = maak_medewerker("consulent", team=team), klok.vandaag() + 9 * DAG
    straks, zelf = met_regie(consulent), met_regie(opvolger)
    wijs_regie_toe(straks, derde, over, actor=TOETS)
    wijs_regie_toe(zelf, consulent, over, actor=TOETS)
    draag_caseload_over(consulent, opvolger, reden="Uit dienst", actor=TOETS)
    perioden = Regie.objects.filter(deelnemer=straks).order_by("begindatum").values_list("medewerker", "einddatum")
    assert list(perioden)[1:] == [(opvolger.pk, over - DAG), (derde.pk, None)]
    for deelnemer in (straks, zelf):
        geschreven = {(r.sleutel, r.titel) for r in TijdlijnRegel.objects.filter(betrokkene_id=deelnemer.pk)}
        assert geschreven == {(r.sleutel, r.titel) for r in alle_regels(deelnemer.pk)}
