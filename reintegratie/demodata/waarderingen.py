"""Appreciation without a name: closed quarters with enough answers for most teams, and too few for one (R018)."""

from __future__ import annotations

import datetime as dt
import random

from deelnemers.models import Deelnemer
from organisatie.models import Team
from reintegratie.demodata.wegschrijven import ACTOR
from trajecten.models import Instrument, Trajectonderdeel, Waardering
from trajecten.models.waardering import begin_van_kwartaal
from trajecten.services.waardering import vraag_waardering
from trajecten.waarderingkeuzes import Moment

_DAG = dt.timedelta(days=1)
#: The quarter that runs, and the closed ones before it.
_KWARTALEN, _TEAMS = 3, 5
#: Answers of a team at one moment, and about one instrument at the end.
_PER_MOMENT, _PER_INSTRUMENT, _TE_WEINIG = (9, 22), (6, 16), 4
#: How often each point is given: most people agree.
_GEWICHT = {"geholpen": (1, 2, 4, 9, 8), "geluisterd": (1, 1, 3, 8, 11), "duidelijk": (2, 4, 6, 8, 4)}


def maak(peildatum: dt.date, zaad: str) -> None:
    """Call when all dossiers are there. The last team by name has too few answers."""
    rng = random.Random(f"{zaad}:waarderingen")
    met_mensen = Deelnemer.objects.filter(in_traject=True, team__isnull=False).values("team")
    teams = list(Team.objects.filter(pk__in=met_mensen).order_by("naam", "pk"))[:_TEAMS]
    gebruikt = Trajectonderdeel.objects.filter(status="afgerond").values("instrument")
    instrumenten = list(
        Instrument.objects.filter(pk__in=gebruikt, afgeschermd=False, bijzonder=False).order_by("naam", "pk")[:3]
    )
    kwartaal, rijen = begin_van_kwartaal(peildatum), []
    for _ in range(_KWARTALEN):
        for team in teams:
            rijen += _van_team(rng, team, kwartaal, instrumenten, weinig=team is teams[-1])
        kwartaal = begin_van_kwartaal(kwartaal - _DAG)
    rng.shuffle(rijen)
    Waardering.objects.bulk_create(rijen)
    samira = Deelnemer.objects.filter(persona="samira").select_related("team").first()
    if samira is not None and samira.team is not None:
        vraag_waardering(samira, Moment.INTAKE, team=samira.team, actor=ACTOR)


def _van_team(
    rng: random.Random, team: Team, kwartaal: dt.date, instrumenten: list[Instrument], *, weinig: bool
) -> list[Waardering]:
    if weinig:
        return [_antwoord(rng, team, kwartaal, Moment.INTAKE, None) for _ in range(_TE_WEINIG)]
    rijen = [
        _antwoord(rng, team, kwartaal, moment, None) for moment in Moment for _ in range(rng.randint(*_PER_MOMENT))
    ]
    for instrument in instrumenten:
        aantal = rng.randint(*_PER_INSTRUMENT)
        rijen += [_antwoord(rng, team, kwartaal, Moment.EINDE, instrument) for _ in range(aantal)]
    return rijen


def _antwoord(
    rng: random.Random, team: Team, kwartaal: dt.date, moment: Moment, instrument: Instrument | None
) -> Waardering:
    punten = {vraag: rng.choices(range(1, 6), weights=gewicht)[0] for vraag, gewicht in _GEWICHT.items()}
    return Waardering(team=team, kwartaal=kwartaal, moment=moment, instrument=instrument, **punten)
