"""One rule that filters and checks: regie, team, stand-in, involvement, break-glass; nobody else,
never elsewhere.
"""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from deelnemers.models import Betrokkenheid, Deelnemer, Doorbreking, Regie
from deelnemers.services.regie import (
    beeindig_betrokkenheid,
    beeindig_regie,
    beoordeel_doorbreking,
    betrek,
    doorbreek,
)
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.handeling import handeling, voor_gemeente
from kern.models import Werkvoorraad
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek
from tests.organisatie.fabrieken import MedewerkerFabriek, RolFabriek, TeamFabriek, WaarnemingFabriek

REDEN = "Collega vroeg mee te kijken"


def ziet(medewerker: Any, deelnemer: Deelnemer) -> bool:
    """Asked in both ways, which have to agree. Fresh from the database, as at the next request."""
    medewerker = type(medewerker).objects.get(pk=medewerker.pk)
    mag = DOSSIER.mag(deelnemer, medewerker)
    assert mag == DOSSIER.beperk(Deelnemer.objects.all(), medewerker).filter(pk=deelnemer.pk).exists()
    return mag


@pytest.fixture
def vreemde(gemeente: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent")


def test_regievoerder_en_team_zien_het_dossier_een_ander_niet(consulent: Any, manager: Any, vreemde: Any) -> None:
    deelnemer = met_regie(consulent)
    assert ziet(consulent, deelnemer) and ziet(manager, deelnemer)
    assert not ziet(vreemde, deelnemer)
    assert not DOSSIER.mag(deelnemer, None)


def test_waarnemer_ziet_het_zolang_de_waarneming_duurt(consulent: Any, vreemde: Any) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    rij = WaarnemingFabriek(waarnemer=vreemde, voor=consulent, begindatum=vandaag, einddatum=vandaag)
    assert ziet(vreemde, deelnemer)
    with handeling(FABRIEK):
        type(rij).objects.filter(pk=rij.pk).update(begindatum=vandaag - 3 * DAG, einddatum=vandaag - DAG)
    assert not ziet(vreemde, deelnemer)


@pytest.mark.parametrize("hoe", ["naam", "team"])
def test_betrokkenheid_opent_en_sluit(consulent: Any, vreemde: Any, hoe: str) -> None:
    deelnemer, vandaag = met_regie(consulent), klok.vandaag()
    wie = {"medewerker": vreemde} if hoe == "naam" else {"team": vreemde.rollen.get().team}
    for _ in range(2):
        betrek(deelnemer, "jobcoach", vandaag - 9 * DAG, "plaatsing:1", actor=TOETS, **wie)
    assert Betrokkenheid.objects.count() == 1
    assert ziet(vreemde, deelnemer)
    assert beeindig_betrokkenheid(deelnemer, "plaatsing:1", vandaag - DAG, actor=TOETS) == 1
    assert not ziet(vreemde, deelnemer)


def test_een_collega_van_wie_op_naam_betrokken_is_ziet_niets(consulent: Any, vreemde: Any) -> None:
    deelnemer, team = met_regie(consulent), vreemde.rollen.get().team
    collega = RolFabriek(team=team).medewerker
    betrek(deelnemer, "jobcoach", klok.vandaag(), "x:1", medewerker=collega, team=team, actor=TOETS)
    assert ziet(collega, deelnemer)
    assert not ziet(vreemde, deelnemer)


def test_een_beeindigde_regie_sluit_het_dossier(consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    beeindig_regie(deelnemer, klok.vandaag() - DAG, actor=TOETS)
    assert not ziet(consulent, deelnemer)


def test_een_andere_gemeente_nooit(consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    with voor_gemeente(GemeenteFabriek()):
        elders = RolFabriek().medewerker
        assert not DOSSIER.beperk(Deelnemer.objects.all(), elders).exists()
        assert not DOSSIER.mag(deelnemer, elders)


@pytest.mark.parametrize("zaad", range(4))
def test_willekeurige_relaties_filter_en_oordeel_zijn_gelijk(gemeente: Any, zaad: int) -> None:
    """Random relations in past, present and future; the expected set is worked out by hand in Python."""
    kans, vandaag = random.Random(zaad), klok.vandaag()
    teams = [TeamFabriek() for _ in range(3)]
    mensen = [MedewerkerFabriek() for _ in range(4)]
    rollen = [(m, kans.choice(teams)) for m in mensen]
    for medewerker, team in rollen:
        RolFabriek(medewerker=medewerker, team=team)
    dossiers = [DeelnemerFabriek() for _ in range(6)]

    def periode() -> dict[str, dt.date | None]:
        begin = vandaag + DAG * kans.randint(-20, 5)
        return {"begindatum": begin, "einddatum": kans.choice([None, begin + DAG * kans.randint(0, 15)])}

    def nu(rij: Any) -> bool:
        return rij.begindatum <= vandaag and (rij.einddatum is None or rij.einddatum >= vandaag)

    with handeling(FABRIEK):
        regies = [
            Regie.objects.create(deelnemer=d, medewerker=kans.choice(mensen), team=kans.choice(teams), **periode())
            for d in dossiers
        ]
        banden = []
        for _ in range(6):
            wie = kans.choice(mensen) if kans.random() < 0.5 else None
            banden.append(
                Betrokkenheid.objects.create(
                    deelnemer=kans.choice(dossiers), medewerker=wie, team=None if wie else kans.choice(teams),
                    rol="mentor", herkomst="toets", **periode(),
                )
            )  # fmt: skip
    vervangt = {m.pk: {m.pk} for m in mensen}
    een, ander = kans.sample(mensen, 2)
    waar = WaarnemingFabriek(waarnemer=een, voor=ander, begindatum=vandaag - DAG, einddatum=vandaag + DAG)
    vervangt[een.pk].add(waar.voor_id)
    teams_van = {m.pk: {team.pk for wie, team in rollen if wie.pk in vervangt[m.pk]} for m in mensen}
    for medewerker in mensen:
        ik, mijn = vervangt[medewerker.pk], teams_van[medewerker.pk]
        verwacht = {r.deelnemer_id for r in regies if nu(r) and (r.medewerker_id in ik or r.team_id in mijn)}
        verwacht |= {b.deelnemer_id for b in banden if nu(b) and b.medewerker_id in ik}
        verwacht |= {b.deelnemer_id for b in banden if nu(b) and not b.medewerker_id and b.team_id in mijn}
        assert {d.pk for d in dossiers if ziet(medewerker, d)} == verwacht


@pytest.mark.eis("R223", "Een dossier van een ander gaat alleen open met een reden, voor één dag")
def test_doorbreken_opent_tot_middernacht(consulent: Any, vreemde: Any, settings: Any) -> None:
    deelnemer = met_regie(consulent)
    rij = doorbreek(deelnemer, vreemde, REDEN, actor=TOETS)
    assert ziet(vreemde, deelnemer)
    assert timezone.localtime(rij.geldig_tot).date() == timezone.localtime(klok.nu()).date()
    settings.PEILDATUM = (klok.vandaag() + 2 * DAG).isoformat()
    assert not ziet(vreemde, deelnemer)


@pytest.mark.parametrize("reden", ["", "kort", "  abcdefghi  "])
def test_een_te_korte_reden_opent_niets(consulent: Any, vreemde: Any, reden: str) -> None:
    deelnemer = met_regie(consulent)
    with pytest.raises(ValidationError, match="tien tekens"):
        doorbreek(deelnemer, vreemde, reden, actor=TOETS)
    with (
        handeling(FABRIEK),
        pytest.raises(IntegrityError, match="doorbreking_met_reden"),
        transaction.atomic(),
    ):
        Doorbreking.objects.create(deelnemer=deelnemer, medewerker=vreemde, reden=reden.strip(), geldig_tot=klok.nu())
    assert not ziet(vreemde, deelnemer)


def test_de_teammanager_beoordeelt_en_nooit_jezelf(consulent: Any, vreemde: Any, manager: Any, team: Any) -> None:
    rij = doorbreek(met_regie(consulent), vreemde, REDEN, actor=TOETS)
    werk = Werkvoorraad.objects.get(soort="doorbreking")
    assert (werk.voor_team_id, werk.voor_rol) == (team.pk, "teammanager")
    with pytest.raises(ValidationError, match="Iemand anders"):
        beoordeel_doorbreking(rij, vreemde, True, actor=TOETS)
    beoordeel_doorbreking(rij, manager, False, actor=TOETS)
    with pytest.raises(ValidationError, match="al beoordeeld"):
        beoordeel_doorbreking(rij, manager, True, actor=TOETS)
    rij.refresh_from_db()
    assert (rij.terecht, rij.beoordeeld_door_id) == (False, manager.pk)
    assert not Werkvoorraad.objects.filter(soort="doorbreking").exists()
