"""Beside outflow per team: what was stopped, and what income imposed (R017).

A result that comes from stopping benefits is visible as such. The figures are those of their own pages; nothing is
added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from organisatie.models import Team
from rapportage import klein
from rapportage.bord import Bord, Keuze
from rapportage.keuzes import Dimensie
from rapportage.models import Cijferstand
from rapportage.motor.vraag import Telling
from rapportage.motor.zaad import MAATREGELEN, STOPGEZET

#: The figures beside each other, in this order.
CODES = ("1.0", "1.1", STOPGEZET, MAATREGELEN)
_TEAMS = frozenset({Dimensie.HEEL.value, Dimensie.PIJLER.value, Dimensie.TEAM.value})
_NIETS = Telling(0, 0)


@dataclass(frozen=True)
class Naast:
    """One team (`team` None: everything that was chosen): count per code, and the codes that are too small to show."""

    team: int | None
    naam: str
    tellingen: Mapping[str, Telling]
    weg: frozenset[str] = frozenset()

    def aantal(self, code: str) -> int | None:
        """The number, or None when it is too small to show."""
        return None if code in self.weg else self.tellingen.get(code, _NIETS).teller


def naast_uitstroom(bord: Bord, weg: set[str], *, personen: bool) -> list[Naast]:
    """The teams of the choice by name, and the whole of it last. Empty for a choice that teams do not divide.

    `weg`: codes that are too small for the choice as a whole. `personen`: the reader may see small numbers.
    """
    keuze = bord.keuze
    codes = [code for code in CODES if code in keuze.actueel]
    if keuze.dimensie not in _TEAMS or len(codes) < len(CODES) or not (personen or _van_nu(keuze)):
        return []
    per_team = _per_team(keuze, codes)
    samen = {code: keuze.actueel[code] for code in (*codes, "overige") if code in keuze.actueel}
    verborgen = {} if personen else klein.verborgen_per_team(samen, keuze.peildatum)
    rijen = [
        Naast(team, naam, per_team[team], frozenset(verborgen.get(team, set()) | _stops(per_team[team], personen)))
        for team, naam in sorted(keuze.teamnamen.items(), key=lambda paar: (paar[1], paar[0]))
        if any(telling.teller for telling in per_team.get(team, {}).values())
    ]
    if keuze.dimensie == Dimensie.TEAM:
        return rijen
    alles = {code: bord.nu[code] for code in codes}
    return [*rijen, Naast(None, "Samen", alles, frozenset(weg & set(codes) | _stops(alles, personen)))] if rijen else []


def _van_nu(keuze: Keuze) -> bool:
    """The figures of the last night, on its own day: two days side by side could give one person away."""
    return keuze.opgeslagen and keuze.run is not None and keuze.peildatum == keuze.run.peildatum


def _stops(tellingen: Mapping[str, Telling], personen: bool) -> set[str]:
    """The stops are a part of the outflow: neither they nor the rest may be a few people."""
    stops, alles = (tellingen.get(code, _NIETS).teller for code in (STOPGEZET, "1.0"))
    grens = 0 if personen else klein.drempel()
    return {STOPGEZET} if klein.is_klein_getal(stops, grens) or klein.is_klein_getal(alles - stops, grens) else set()


def _per_team(keuze: Keuze, codes: list[str]) -> dict[int, dict[str, Telling]]:
    uit: dict[int, dict[str, Telling]] = {}
    if keuze.opgeslagen:
        van = {keuze.actueel[code].versie.pk: code for code in codes}
        rijen = Cijferstand.objects.filter(versie__in=van, dag=keuze.peildatum, dimensie=Dimensie.TEAM).exclude(
            waarde=""
        )
        for versie, team, teller, noemer, stop in rijen.order_by("pk").values_list(
            "versie_id", "waarde", "teller", "noemer", "stopgezet"
        ):
            uit.setdefault(int(team), {})[van[versie]] = Telling(teller, noemer, stop)
    else:
        for code in codes:
            for team, telling in keuze.vraag(code).per(Dimensie.TEAM).items():
                if team is not None:
                    uit.setdefault(team, {})[code] = telling
    gekozen = _gekozen(keuze, uit)
    return {team: tellingen for team, tellingen in uit.items() if team in gekozen}


def _gekozen(keuze: Keuze, teams: Mapping[int, object]) -> set[int]:
    """The teams that the choice is about."""
    if keuze.dimensie == Dimensie.HEEL:
        return set(teams)
    if keuze.dimensie == Dimensie.TEAM:
        return {int(keuze.waarde)} if keuze.waarde else set()
    rijen = Team.objects.filter(pijler=int(keuze.waarde)) if keuze.waarde else Team.objects.none()
    return set(rijen.values_list("pk", flat=True))
