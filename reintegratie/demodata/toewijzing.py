"""Who guides whom: exact caseloads for who is here now, team results inside and two outside the funnel."""

from __future__ import annotations

from random import Random

from reintegratie.demodata import plan
from reintegratie.demodata.organisatie import Organisatie
from reintegratie.demodata.stromen import Loop, Stromen
from reintegratie.demodata.teams import DEMOTEAM, IN_PIJLER, SUCCES

#: People in the caseload of the consulent who logs in.
CASELOAD_DEMO = 27


def wijs_toe(zaad: str, s: Stromen, org: Organisatie) -> None:
    """Give every trajectory a team and a consulent of that team."""
    rng = Random(f"{zaad}:toewijzing")
    _lopend(rng, s, org)
    teams = [n for n, t in enumerate(org.teams) if t.pijler < 2]
    gewicht = _gewichten(org)
    goed = [gewicht[n] * SUCCES * org.teams[n].kans for n in teams]
    fout = [gewicht[n] * (1 - SUCCES * org.teams[n].kans) for n in teams]
    for loop in s.lopen:
        if loop.team >= 0:
            continue
        if loop.mens.dubbel_van is not None and loop.mens.dubbel_van.lopen[0].team >= 0:
            loop.team, loop.consulent = loop.mens.dubbel_van.lopen[0].team, loop.mens.dubbel_van.lopen[0].consulent
            continue
        uit = loop.einde is not None and loop.einde.groep in {"werk", "overig"}
        loop.team = rng.choices(teams, goed if uit else fout)[0]
        loop.consulent = rng.randrange(len(org.teams[loop.team].consulenten))


def _gewichten(org: Organisatie) -> dict[int, float]:
    per_pijler = {p: sum(t.gewicht for t in org.teams if t.pijler == p) for p in (0, 1)}
    return {
        n: IN_PIJLER[t.pijler][0] * t.gewicht / per_pijler[t.pijler] for n, t in enumerate(org.teams) if t.pijler < 2
    }


def _lopend(rng: Random, s: Stromen, org: Organisatie) -> None:
    """Caseloads add up to the stock: pillar, then team, then consulent, each by largest remainder."""
    lopend = [k for k in s.lopen if (k.loopt or k.wacht) and k.mens.dubbel_van is None]
    rng.shuffle(lopend)
    teams = plan.verdeel(_gewichten(org), len(lopend), minstens=1)
    demo = next((n for n, t in enumerate(org.teams) if t.team.code == DEMOTEAM), None)
    if demo is not None and org.inloggers:
        tekort = max(min(CASELOAD_DEMO + len(org.teams[demo].consulenten) - 1, len(lopend) // 2) - teams[demo], 0)
        for _ in range(tekort):
            teams[max(teams, key=lambda n: teams[n] if n != demo else -1)] -= 1
            teams[demo] += 1
    plekken: list[tuple[int, int]] = []
    for n, aantal in teams.items():
        wie = {k: 1 for k in range(len(org.teams[n].consulenten))}
        if n == demo and org.inloggers:
            rest = plan.verdeel({k: 1 for k in wie if k}, aantal - CASELOAD_DEMO) if len(wie) > 1 else {}
            per = {0: aantal - sum(rest.values())} | rest
        else:
            per = plan.verdeel(wie, aantal)
        plekken += [(n, k) for k, m in per.items() for _ in range(m)]
    rng.shuffle(plekken)
    _verdeel_jong(rng, lopend, plekken)


def _verdeel_jong(rng: Random, lopend: list[Loop], plekken: list[tuple[int, int]]) -> None:
    """Hand the places out; couples land with one consulent where that is possible."""
    for loop, (team, consulent) in zip(lopend, plekken, strict=True):
        loop.team, loop.consulent = team, consulent
    for loop in lopend:
        partner = loop.mens.partner
        if partner is not None and partner.lopen[-1].loopt and partner.nr > loop.mens.nr:
            ander = partner.lopen[-1]
            ruil = next(
                (
                    k
                    for k in lopend
                    if (k.team, k.consulent) == (loop.team, loop.consulent) and k is not loop and k.mens.partner is None
                ),
                None,
            )
            if ruil is not None and rng.random() < 0.7:
                ruil.team, ruil.consulent, ander.team, ander.consulent = (
                    ander.team,
                    ander.consulent,
                    ruil.team,
                    ruil.consulent,
                )
