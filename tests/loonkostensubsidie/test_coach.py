"""Wage value, subsidy and growth for the jobcoach, of the own employees only (leap 18)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.services.leestoezicht import verbied
from kern.models import Gemeente, Leesregel
from loonkostensubsidie.coachvragen import coachrijen, gecoacht
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.services.boeken import boek
from organisatie.models import Medewerker
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.loonkostensubsidie.fabrieken import ACTOR, dienstverband, subsidie
from tests.organisatie.fabrieken import WaarnemingFabriek
from werkgevers.services.dienstverband import wijs_jobcoach_aan
from werkgevers.services.loonwaarde import meet_loonwaarde

VANDAAG = dt.date(2026, 11, 22)


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = VANDAAG.isoformat()


def van(coach: Medewerker, **velden: Any) -> Subsidie:
    """A running subsidy at an employment that this member of staff coaches."""
    rij = subsidie(**velden)
    wijs_jobcoach_aan(rij.dienstverband, coach, actor=ACTOR)
    return rij


def tekst(antwoord: Any) -> str:
    return antwoord.content.decode().replace("\xa0", " ")


def test_de_jobcoach_ziet_zijn_werknemers(gemeente: Gemeente, log_in: Any) -> None:
    client = log_in("consulent")
    rij = van(client.medewerker, loonwaarde=60)
    meet_loonwaarde(
        rij.dienstverband, dt.date(2026, 5, 1), "J. de Boer", actor=ACTOR, percentage=70,
        volgende_op=dt.date(2026, 11, 1),
    )  # fmt: skip
    boek([rij.pk], dt.date(2026, 10, 31), actor=ACTOR)
    blad = tekst(client.get(reverse("mijn_werknemers")))
    assert rij.deelnemer.naam in blad and "70 procent" in blad and "was 60" in blad
    assert "Meten, sinds 1 nov" in blad, "de meting is te laat"
    # Juli tot en met december: van 70 naar 75 procent scheelt 2.477,952 × 5 % × 1,235 × 12 = 1.836,16.
    assert "€ 1.836,16 per jaar minder subsidie" in blad and "bij 75 procent" in blad
    assert Leesregel.objects.filter(verwerking="subsidie.coach", betrokkenen=[rij.deelnemer_id]).exists()
    werk = tekst(client.get(reverse("dienstverband", args=[rij.dienstverband_id])))
    assert "Subsidie en groei" in werk and "Wat een hogere loonwaarde oplevert" in werk


@pytest.mark.eis("R223", "Een werknemer van een andere jobcoach staat er niet, ook niet van een teamgenoot")
def test_alleen_eigen_werknemers(gemeente: Gemeente, log_in: Any, maak_medewerker: Any) -> None:
    client = log_in("consulent")
    ander = van(maak_medewerker("consulent", team=client.medewerker.rollen.get().team))
    niemand = subsidie()
    blad = tekst(client.get(reverse("mijn_werknemers")))
    assert ander.deelnemer.naam not in blad and niemand.deelnemer.naam not in blad
    assert "Je coacht nog niemand met een loonwaarde" in blad
    assert not Leesregel.objects.filter(verwerking="subsidie.coach").exists()


def test_wie_waarneemt_ziet_ze_ook_en_wie_niet_mag_nooit(gemeente: Gemeente, log_in: Any, maak_medewerker: Any) -> None:
    coach = maak_medewerker("consulent")
    rij = van(coach)
    client = log_in("consulent")
    WaarnemingFabriek(waarnemer=client.medewerker, voor=coach, begindatum=VANDAAG, einddatum=VANDAAG)
    assert rij.deelnemer.naam in tekst(client.get(reverse("mijn_werknemers")))
    verbied(rij.deelnemer, client.medewerker, "familie", actor=FABRIEK)
    assert rij.deelnemer.naam not in tekst(client.get(reverse("mijn_werknemers")))


def test_het_paneel_is_niet_voor_elke_collega_die_het_werk_ziet(
    gemeente: Gemeente, log_in: Any, maak_medewerker: Any
) -> None:
    """A colleague of the team sees the employment; what the subsidy brings is for the coach and who has the right."""
    client = log_in("consulent")
    rij = van(maak_medewerker("consulent"))
    team = client.medewerker.rollen.get().team
    from deelnemers.services.regie import wijs_regie_toe

    wijs_regie_toe(rij.deelnemer, maak_medewerker("consulent", team=team), VANDAAG, team=team, actor=FABRIEK)
    antwoord = client.get(reverse("dienstverband", args=[rij.dienstverband_id]))
    assert antwoord.status_code == 200 and "Subsidie en groei" not in tekst(antwoord)
    manager = log_in("teammanager", team=team)
    assert "Subsidie en groei" in tekst(manager.get(reverse("dienstverband", args=[rij.dienstverband_id])))


@pytest.mark.parametrize("rol", ["controller", "accountmanager_wsp", "inkomensconsulent"])
def test_de_bladzijde_is_voor_wie_mensen_begeleidt(gemeente: Gemeente, log_in: Any, rol: str) -> None:
    assert log_in(rol).get(reverse("mijn_werknemers")).status_code == 403


def test_zonder_subsidie_of_meting_staat_er_wat_er_mist(gemeente: Gemeente, log_in: Any) -> None:
    client = log_in("consulent")
    werk = dienstverband()
    wijs_jobcoach_aan(werk, client.medewerker, actor=ACTOR)
    blad = tekst(client.get(reverse("mijn_werknemers")))
    assert "Nog niet gemeten" in blad and "Geen subsidie" in blad


def test_vragen_groeien_niet_met_de_werknemers(gemeente: Gemeente, maak_medewerker: Any) -> None:
    coach = maak_medewerker("consulent")
    van(coach)

    def maak_meer() -> None:
        for _ in range(3):
            van(coach)

    groeit_niet(lambda: coachrijen(list(gecoacht(coach))), maak_meer, "mijn werknemers", maximum=16)
