"""Who comes in, who leaves and how: quota for the outcomes, then dates within the season. No names yet."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random
from typing import Any

from reintegratie.demodata import plan
from reintegratie.demodata.plan import Einde

_DAG = dt.timedelta(days=1)
MINSTENS_DAGEN = 21
JONG = {"werk_en_opleiding_jongeren", "onderwijs"}
#: Way to come back after an end; who found work, died or left the city does not return in this story.
_TERUGKEER = {"terug_verwijzer", "zorg", "ziek", "geen_resultaat", "niet_verschenen"}
_KANS_TERUGKEER = 0.12


@dataclass(slots=True, eq=False)
class Mens:
    """A person in the plan: trajectories, employments, and what the story asks of the personal data."""

    nr: int
    lopen: list[Loop] = field(default_factory=list)
    banen: list[Baan] = field(default_factory=list)
    jong: bool = False
    aow: bool = False
    partner: Mens | None = None
    persona: str = ""
    dubbel_van: Mens | None = None
    vast: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True, eq=False)
class Loop:
    """One trajectory with its end, if any."""

    nr: int
    mens: Mens
    start: dt.date
    bron: str = ""
    trede: int = 3
    einde: Einde | None = None
    eind: dt.date | None = None
    laatste_dag: dt.date | None = None
    werk_op: dt.date | None = None
    vastgelegd: dt.date | None = None
    bevestigd: dt.date | None = None
    eerste_partner: Loop | None = None
    tweede_partner: Loop | None = None
    lks: bool = False
    wacht: str = ""
    heropend: bool = False
    laat: bool = False
    dun: bool = False
    zonder_regie: bool = False
    gewisseld: bool = False
    verouderd: bool = False
    nug: bool = False
    netjes: bool = False
    team: int = -1
    consulent: int = -1
    groepen: list[tuple[int, dt.date, dt.date]] = field(default_factory=list)

    @property
    def loopt(self) -> bool:
        return self.eind is None


@dataclass(slots=True, eq=False)
class Baan:
    """One employment of a kind that is guided."""

    mens: Mens
    soort: str
    begin: dt.date
    eind: dt.date | None = None
    loop: Loop | None = None


@dataclass
class Stromen:
    """Everything that flows in one slice of the municipality."""

    peildatum: dt.date
    schaal: Fraction
    mensen: list[Mens] = field(default_factory=list)
    lopen: list[Loop] = field(default_factory=list)
    banen: list[Baan] = field(default_factory=list)

    @property
    def lopend(self) -> list[Loop]:
        return [loop for loop in self.lopen if loop.loopt]

    def mens(self) -> Mens:
        nieuw = Mens(len(self.mensen))
        self.mensen.append(nieuw)
        return nieuw

    def loop(self, mens: Mens, start: dt.date) -> Loop:
        nieuw = Loop(len(self.lopen), mens, start)
        mens.lopen.append(nieuw)
        self.lopen.append(nieuw)
        return nieuw


def maak(zaad: str, schaal: Fraction, peildatum: dt.date, dunne_jaren: int, volume: bool) -> Stromen:
    """All trajectories with their ends, from the first thin year up to the peildatum."""
    rng = Random(f"{zaad}:stromen")
    s = Stromen(peildatum, schaal)
    eerste = peildatum.year - 1 - dunne_jaren
    wachtrij: list[tuple[int, int, Loop]] = []
    begin = dt.date(eerste, 1, 1)
    for _ in range(plan.rond((plan.LOPEND_BEGIN - dunne_jaren - 1) * schaal)):
        loop = s.loop(s.mens(), begin - dt.timedelta(days=1 + int(rng.gammavariate(1.3, 190))))
        heapq.heappush(wachtrij, (_verwacht(rng, loop.start), loop.nr, loop))
    _geef_bron(rng, s.lopen)
    for jaar in range(eerste, peildatum.year + 1):
        _jaar(rng, s, jaar, wachtrij)
    for loop in s.lopen:
        loop.dun = loop.eind is not None and loop.eind.year < peildatum.year - (0 if volume else 1)
        if loop.bron in JONG:
            loop.mens.jong = True
        if loop.einde and loop.einde.bus == "03":
            loop.mens.aow = True
    tredes = list(plan.verdeel(plan.TREDE_LOPEND, len(s.lopend)).items())
    waarden = [t for t, n in tredes for _ in range(n)]
    rng.shuffle(waarden)
    for loop, trede in zip(s.lopend, waarden, strict=True):
        loop.trede = trede
    return s


def _verwacht(rng: Random, start: dt.date) -> int:
    """Day on which this trajectory would end by itself: gamma, mean 9.5 months."""
    return start.toordinal() + MINSTENS_DAGEN + int(rng.gammavariate(1.6, 9.5 * 30.4 / 1.6))


def _geef_bron(rng: Random, lopen: list[Loop]) -> None:
    bronnen = [b for b, n in plan.verdeel(plan.BRONNEN, len(lopen)).items() for _ in range(n)]
    rng.shuffle(bronnen)
    for loop, bron in zip(lopen, bronnen, strict=True):
        loop.bron = bron


def _dagen(rng: Random, jaar: int, seizoen: tuple[float, ...], tot: dt.date, n: int) -> list[dt.date]:
    dagen, cumulatief = plan.dagen_met_gewicht(jaar, seizoen, tot)
    return sorted(rng.choices(dagen, cum_weights=cumulatief, k=n)) if n else []


def _jaar(rng: Random, s: Stromen, jaar: int, wachtrij: list[tuple[int, int, Loop]]) -> None:
    laatste = min(s.peildatum, dt.date(jaar, 12, 31))
    instroom = plan.rond(plan.INSTROOM * s.schaal * plan.deel_van_jaar(plan.SEIZOEN_IN, laatste))
    oud = _terugkeerders(rng, s, jaar)
    nieuw = []
    for start in _dagen(rng, jaar, plan.SEIZOEN_IN, laatste, instroom):
        mens = oud.pop() if oud and rng.random() < _KANS_TERUGKEER else s.mens()
        if mens.lopen and (start - mens.lopen[-1].eind).days < 120:
            mens = s.mens()
        nieuw.append(s.loop(mens, start))
    _geef_bron(rng, nieuw)
    for loop in nieuw:
        if len(loop.mens.lopen) > 1 and (loop.bron in JONG) != loop.mens.jong:
            loop.bron = loop.mens.lopen[0].bron
        loop.mens.jong = loop.bron in JONG
    quota = plan.einden_van_jaar(s.schaal * plan.deel_van_jaar(plan.SEIZOEN_UIT, laatste))
    wijzen = [(einde, trede) for (einde, trede), n in quota.items() for _ in range(n)]
    paren = _koppel(rng, nieuw, wachtrij, _dagen(rng, jaar, plan.SEIZOEN_UIT, laatste, len(wijzen)))
    _geef_einden(rng, paren, wijzen, laatste)
    _koppel_partners(rng, [loop for loop, _ in paren], laatste)


def _terugkeerders(rng: Random, s: Stromen, jaar: int) -> list[Mens]:
    """People who left one or more years ago without work and may come back; nobody has two ends in one year."""
    keus = [
        m
        for m in s.mensen
        if len(m.lopen) == 1
        and m.partner is None
        and (e := m.lopen[0]).eind is not None
        and e.eind.year < jaar
        and e.einde is not None
        and e.einde.uitkomst in _TERUGKEER
    ]
    rng.shuffle(keus)
    return keus


def _koppel(
    rng: Random, nieuw: list[Loop], wachtrij: list[tuple[int, int, Loop]], dagen: Iterable[dt.date]
) -> list[tuple[Loop, dt.date]]:
    """Give every end date the trajectory that would have ended first."""
    paren, straks = [], iter(nieuw)
    volgend = next(straks, None)
    for dag in dagen:
        while volgend is not None and (dag - volgend.start).days >= MINSTENS_DAGEN:
            heapq.heappush(wachtrij, (_verwacht(rng, volgend.start), volgend.nr, volgend))
            volgend = next(straks, None)
        if wachtrij:
            paren.append((heapq.heappop(wachtrij)[2], dag))
    while volgend is not None:
        heapq.heappush(wachtrij, (_verwacht(rng, volgend.start), volgend.nr, volgend))
        volgend = next(straks, None)
    return paren


def _geef_einden(
    rng: Random, paren: list[tuple[Loop, dt.date]], wijzen: list[tuple[Einde, int]], laatste: dt.date
) -> None:
    overloop = [w for w in wijzen if w[0].groep == "overloop"]
    rest = [w for w in wijzen if w[0].groep != "overloop"]
    rng.shuffle(rest)
    jaar = laatste.year
    kan = [p for p in paren if p[1] <= dt.date(jaar, 3, 20) and p[0].start <= dt.date(jaar - 1, 11, 15)]
    kan = kan if len(kan) >= len(overloop) else [p for p in paren if p[0].start <= dt.date(jaar - 1, 11, 15)]
    gekozen = {id(p[0]) for p in (rng.sample(kan, len(overloop)) if len(kan) >= len(overloop) else kan)}
    for loop, dag in paren:
        if id(loop) in gekozen and overloop:
            einde, trede = overloop.pop()
        elif rest:
            einde, trede = rest.pop()
            if einde.bus == "03" and (loop.mens.jong or len(loop.mens.lopen) > 1):
                ander = next((n for n in range(len(rest) - 1, -1, -1) if rest[n][0].bus != "03"), None)
                if ander is not None:
                    rest[ander], (einde, trede) = (einde, trede), rest[ander]
        else:
            einde, trede = overloop.pop()
        loop.einde, loop.trede = einde, trede
        _dateer(rng, loop, dag, laatste)


def _dateer(rng: Random, loop: Loop, dag: dt.date, laatste: dt.date) -> None:
    if (einde := loop.einde) is None:
        return
    if einde.groep in {"werk", "overloop"} and dag >= laatste:
        dag = laatste - _DAG
    loop.eind = dag
    if einde.groep == "overloop":
        loop.werk_op = max(loop.start + dt.timedelta(days=10), dt.date(dag.year - 1, 12, 1 + rng.randrange(20)))
    elif einde.groep == "werk":
        loop.werk_op = dag + _DAG
    elif einde.groep == "deeltijd":
        loop.werk_op = dag
    if einde.bus:
        loop.laatste_dag = dag
        loop.eind = min(dag + dt.timedelta(days=rng.choice((0, 0, 1, 2, 3))), laatste)
        loop.bevestigd = min(dag + dt.timedelta(days=rng.randint(4, 25)), max(laatste, loop.eind))
    loop.vastgelegd = min(loop.eind + dt.timedelta(days=rng.choice((0, 0, 1, 2, 4, 7))), max(laatste, loop.eind))


def _koppel_partners(rng: Random, lopen: list[Loop], laatste: dt.date) -> None:
    """Second partners: their benefit is that of a first partner who found work; it ends on one day for both."""
    eersten = [
        k
        for k in lopen
        if k.einde is not None
        and k.einde.uitkomst in {"werk_voltijd", "werk_deeltijd_uit"}
        and k.einde.groep == "werk"
        and not k.mens.jong
        and len(k.mens.lopen) == 1
    ]
    rng.shuffle(eersten)
    for tweede in (k for k in lopen if k.einde is not None and k.einde.groep == "partner"):
        if len(tweede.mens.lopen) > 1 or tweede.mens.jong:
            tweede.mens.jong, tweede.bron = False, "koers_naar_werk"
        past = next((k for k in eersten if k.mens.partner is None and k.laatste_dag >= tweede.start + 30 * _DAG), None)
        past = past or max((k for k in eersten if k.mens.partner is None), key=lambda k: k.laatste_dag)
        tweede.start = min(tweede.start, past.laatste_dag - 30 * _DAG)
        tweede.mens.partner, past.mens.partner = past.mens, tweede.mens
        tweede.eerste_partner, past.tweede_partner = past, tweede
        tweede.laatste_dag, tweede.bevestigd = past.laatste_dag, past.bevestigd
        tweede.eind = min(past.laatste_dag + dt.timedelta(days=rng.randint(0, 9)), laatste)
        tweede.vastgelegd = min(tweede.eind + 2 * _DAG, laatste)


def kies(rng: Random, uit: list[Loop], n: int) -> Iterator[Loop]:
    """At most `n` different trajectories at random; they are taken out of `uit`."""
    for _ in range(min(n, len(uit))):
        yield uit.pop(rng.randrange(len(uit)))
