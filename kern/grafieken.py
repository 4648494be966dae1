"""Charts as plain numbers: pure functions that turn figures into positions in per cent.

The templates draw them as SVG with geometry attributes (the strict CSP allows no style
attribute). Every chart carries a title, a description in a sentence and a table.
"""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from kern.weergave import KORTE_MAANDEN, MAANDEN, datum, getal, kortedatum, uren, verschil


def procent(deel: float, geheel: float) -> float:
    """Share in per cent, kept within 0 and 100, rounded for short markup."""
    if not geheel:
        return 0.0
    return round(max(0.0, min(100.0, deel / geheel * 100)), 2)


# ── Hours bar ────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Balk:
    """A bar from ``x`` with width ``breed``, both in per cent."""

    x: float
    breed: float


@dataclass(frozen=True, slots=True)
class Urenbalk:
    """Hours per week against the hours at which the benefit ends."""

    kop: str
    naast: str
    beschrijving: str
    grens: float | None
    grens_label: str
    nu: Balk | None = None
    nu_label: str = ""
    kan: Balk | None = None
    uit: Balk | None = None
    vraag: Balk | None = None
    schaal: str = "36"


def urenbalk(
    *,
    grens: float | None,
    nu: float | None = None,
    kan: tuple[float, float] | None = None,
    vraag: tuple[float, float] | None = None,
    kop: str = "",
    naast: str = "",
    wie: str = "",
    schaal: float = 36,
) -> Urenbalk:
    """``grens`` = hours at which the benefit ends (None when unknown), ``nu`` = hours worked,
    ``kan`` = what this person can, ``vraag`` = what the vacancy asks. What fits both and lies
    above the limit is drawn as *uit*."""
    zinnen = []
    if nu is not None:
        zinnen.append(f"Nu {uren(nu)} per week.")
    if vraag:
        zinnen.append(f"De vacature vraagt {getal(vraag[0], 1, altijd=False)} tot {uren(vraag[1])}.")
    past = None
    if kan:
        onder, boven = (max(kan[0], vraag[0]), min(kan[1], vraag[1])) if vraag else kan
        past = (onder, boven) if onder <= boven else None
        zinnen.append(
            f"{wie or 'Deze persoon'} kan hier {getal(onder, 1, altijd=False)} tot {uren(boven)}."
            if past
            else f"{wie or 'Deze persoon'} kan deze uren niet."
        )
    zinnen.append(f"Uit de uitkering vanaf {uren(grens)}." if grens is not None else "De grens is nog niet bekend.")
    uit = None
    if past and grens is not None and past[1] >= grens:
        begin = max(past[0], grens)
        uit = Balk(procent(begin, schaal), max(1.2, round(procent(past[1], schaal) - procent(begin, schaal), 2)))
    kanbalk = Balk(procent(past[0], schaal), max(1.2, procent(past[1] - past[0], schaal))) if past else None
    if nu is not None and grens is not None and grens > nu and kanbalk is None:
        kanbalk = Balk(procent(nu, schaal), procent(grens - nu, schaal))
        if not naast:
            naast = f"Nog {uren(grens - nu)} te gaan"
    vraagbalk = Balk(procent(vraag[0], schaal), max(1.2, procent(vraag[1] - vraag[0], schaal))) if vraag else None
    dichtbij = nu is not None and grens is not None and abs(procent(nu, schaal) - procent(grens, schaal)) < 12
    return Urenbalk(
        kop=kop,
        naast=naast,
        beschrijving=f"Urenbalk van 0 tot {getal(schaal)} uur. " + " ".join(zinnen),
        grens=procent(grens, schaal) if grens is not None else None,
        grens_label=uren(grens) if grens is not None else "",
        nu=Balk(0, procent(nu, schaal)) if nu is not None else None,
        nu_label="" if nu is None or dichtbij else f"{getal(nu, 1, altijd=False)} nu",
        kan=kanbalk,
        uit=uit,
        vraag=vraagbalk,
        schaal=getal(schaal),
    )


# ── Gantt: the parallel parts of a plan ──────────────────────────────────────────────────

Plansoort = Literal["", "partner", "plan", "wacht", "blok"]

_PLANWOORD: dict[str, str] = {
    "": "Loopt.",
    "partner": "Loopt bij een partner.",
    "plan": "Gepland.",
    "wacht": "Wacht.",
    "blok": "Houdt een ander onderdeel tegen.",
}


@dataclass(frozen=True, slots=True)
class Planregel:
    """A part of the plan, as the room knows it. `let_op` stands under its name, in red when it is `laat`."""

    titel: str
    begin: date
    eind: date | None = None
    onder: str = ""
    url: str = ""
    soort: Plansoort = ""
    bijschrift: str = ""
    let_op: str = ""
    laat: bool = False


@dataclass(frozen=True, slots=True)
class Ganttrij:
    regel: Planregel
    balk: Balk | None
    tekst: str
    tekst_x: float
    tekst_in: bool
    tekst_eind: bool
    lees: str


@dataclass(frozen=True, slots=True)
class Gantt:
    maanden: Sequence[tuple[str, bool]]
    rijen: Sequence[Ganttrij]
    nu: float | None
    nu_datum: str
    kop: str
    soorten: Sequence[str]

    @property
    def aantal(self) -> int:
        return len(self.maanden)


def _maandnummer(dag: date) -> int:
    return dag.year * 12 + dag.month - 1


def _plek(dag: date, eerste: int, aantal: int) -> float:
    """Months are equally wide, so that the grid lines fall on the first of the month."""
    maand = _maandnummer(dag) - eerste + (dag.day - 1) / monthrange(dag.year, dag.month)[1]
    return procent(maand, aantal)


def _tot(eind: date | None, vandaag: date) -> str:
    if eind is None:
        return ""
    dichtbij = abs((eind - vandaag).days) < 330
    return f"tot {kortedatum(eind, jaar=None if dichtbij else vandaag.year)}"


def gantt(regels: Sequence[Planregel], vandaag: date, *, maximum: int = 18) -> Gantt:
    """Lay out parallel parts on a scale of whole months that holds them and today, at most
    ``maximum`` months and at least six."""
    begin = min([r.begin for r in regels] + [vandaag])
    eind = max([r.eind or r.begin for r in regels] + [vandaag])
    eerste, laatste = _maandnummer(begin), _maandnummer(eind)
    eerste = max(eerste, _maandnummer(vandaag) - maximum // 3) if laatste - eerste >= maximum else eerste
    aantal = max(6, min(maximum, laatste - eerste + 1))
    nu = _plek(vandaag, eerste, aantal)
    rijen = []
    for regel in regels:
        van = _plek(regel.begin, eerste, aantal) if _maandnummer(regel.begin) >= eerste else 0.0
        tot = _plek(regel.eind, eerste, aantal) if regel.eind else 100.0
        balk = Balk(van, max(0.8, round(tot - van, 2))) if tot > 0 and van < 100 else None
        tekst = regel.bijschrift or (_tot(regel.eind, vandaag))
        ruim = tot - van >= 22 and regel.soort in ("", "partner", "wacht")
        # Beside the bar: after it, or before it when there is no room on the right.
        voor = not ruim and tot > 76
        periode = f"{datum(regel.begin)} tot {datum(regel.eind)}." if regel.eind else f"Vanaf {datum(regel.begin)}."
        rijen.append(
            Ganttrij(
                regel=regel,
                balk=balk,
                tekst=tekst,
                tekst_x=van if ruim or voor else tot,
                tekst_in=ruim,
                tekst_eind=voor,
                lees=f"{periode} {_PLANWOORD[regel.soort]} {regel.bijschrift}".strip(),
            )
        )
    maanden = []
    for nummer in range(eerste, eerste + aantal):
        maanden.append((KORTE_MAANDEN[nummer % 12], nummer == _maandnummer(vandaag)))
    tegelijk = sum(
        1 for r in regels if r.begin <= vandaag and (r.eind is None or r.eind >= vandaag) and r.soort != "wacht"
    )
    delen = f"{len(regels)} onderdeel" if len(regels) == 1 else f"{len(regels)} onderdelen"
    return Gantt(
        maanden=tuple(maanden),
        rijen=tuple(rijen),
        nu=nu,
        nu_datum=f"{vandaag.day} {MAANDEN[vandaag.month - 1]}",
        kop=f"{delen}, {tegelijk} tegelijk" if tegelijk > 1 else delen,
        soorten=tuple(s for s in ("", "partner", "blok", "plan", "wacht") if any(r.soort == s for r in regels)),
    )


# ── Line chart ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Reeks:
    """A line: one value per label, ``None`` where nothing is known (the line breaks)."""

    naam: str
    waarden: Sequence[float | None]
    soort: Literal["nu", "vorig", "verwacht", "tempo"] = "nu"


@dataclass(frozen=True, slots=True)
class Lijn:
    naam: str
    soort: str
    pad: str


@dataclass(frozen=True, slots=True)
class Rasterlijn:
    y: float
    label: str
    nul: bool = False


@dataclass(frozen=True, slots=True)
class Punt:
    x: float
    y: float
    label: str
    boven: bool = False  # above a line that came up, else below it: the label never stands on it


@dataclass(frozen=True, slots=True)
class Lijngrafiek:
    titel: str
    beschrijving: str
    lijnen: Sequence[Lijn]
    raster: Sequence[Rasterlijn]
    xas: Sequence[tuple[float, str, bool]]
    band: str
    punt: Punt | None
    tabelkop: Sequence[str]
    tabel: Sequence[tuple[str, Sequence[str]]]
    eenheid: str = ""
    legenda_band: str = ""
    labelkop: str = "Periode"


def mooie_stap(bereik: float, stappen: int = 4) -> float:
    """A round distance between grid lines: 1, 2, 2.5 or 5 times a power of ten."""
    if bereik <= 0:
        return 1.0
    ruw = bereik / stappen
    macht = 10.0 ** math.floor(math.log10(ruw))
    return next((f * macht for f in (1, 2, 2.5, 5, 10) if f * macht >= ruw - 1e-9), 10 * macht)


@dataclass(frozen=True)
class _Vlak:
    """Where labels and values come on the drawing, in hundredths of its width and height."""

    aantal: int
    onder: float
    boven: float
    stap: float

    def x(self, i: int) -> float:
        return round((i + 0.5) / self.aantal * 100, 3)

    def y(self, waarde: float) -> float:
        return round(100 - (waarde - self.onder) / (self.boven - self.onder) * 100, 2)

    def pad(self, waarden: Sequence[float | None]) -> str:
        """A line through the values; it breaks where one is missing."""
        pad, pen = "", False
        for i, waarde in enumerate(waarden):
            if waarde is not None:
                pad += f"{'L' if pen else 'M'}{self.x(i)} {self.y(waarde)}"
            pen = waarde is not None
        return pad

    def raster(self, nul_label: str, toon: Callable[[float, int], str]) -> Iterator[Rasterlijn]:
        decimalen = 0 if float(self.stap).is_integer() else 1
        for nummer in range(round((self.boven - self.onder) / self.stap) + 1):
            waarde = self.onder + nummer * self.stap
            is_nul = bool(nul_label) and abs(waarde) < self.stap / 1000
            yield Rasterlijn(self.y(waarde), nul_label if is_nul else toon(waarde, decimalen), is_nul)

    def laatste(self, reeksen: Sequence[Reeks], toon: Callable[[float], str]) -> Punt | None:
        """The last known value of the present series."""
        hoofd = next((reeks for reeks in reeksen if reeks.soort == "nu"), None)
        bekend = [(i, w) for i, w in enumerate(hoofd.waarden) if w is not None] if hoofd else []
        if not bekend:
            return None
        i, waarde = bekend[-1]
        stijgt = len(bekend) > 1 and bekend[-2][1] < waarde
        return Punt(self.x(i), self.y(waarde), toon(waarde), stijgt or self.y(waarde) > 85)

    def band(self, band: Sequence[tuple[float, float] | None]) -> str:
        """The area between low and high."""
        plekken = [(i, b) for i, b in enumerate(band) if b]
        if len(plekken) < 2:
            return ""
        heen = "L".join(f"{self.x(i)} {self.y(hoog)}" for i, (_, hoog) in plekken)
        terug = "L".join(f"{self.x(i)} {self.y(laag)}" for i, (laag, _) in reversed(plekken))
        return f"M{heen}L{terug}Z"


def lijngrafiek(
    labels: Sequence[str],
    reeksen: Sequence[Reeks],
    *,
    titel: str,
    beschrijving: str,
    eenheid: str = "",
    vanaf_nul: bool = True,
    nul_label: str = "",
    band: Sequence[tuple[float, float] | None] = (),
    legenda_band: str = "",
    decimalen: int = 0,
    puntlabel: str = "",
) -> Lijngrafiek:
    """Lay out lines over labels. ``band`` gives a (low, high) per label; ``nul_label`` turns the
    axis into a difference chart with a marked zero line."""
    alle = [w for r in reeksen for w in r.waarden if w is not None] + [v for b in band if b for v in b]
    laag, hoog = (min(alle), max(alle)) if alle else (0.0, 1.0)
    if vanaf_nul or nul_label:
        laag, hoog = min(0.0, laag), max(0.0, hoog)
    if hoog - laag < 1e-6:
        hoog = laag + 1
    stap = mooie_stap(hoog - laag)
    onder, boven = math.floor(laag / stap + 1e-9) * stap, math.ceil(hoog / stap - 1e-9) * stap
    vlak = _Vlak(max(1, len(labels)), onder, boven, stap)
    toon = verschil if nul_label else getal
    return Lijngrafiek(
        titel=titel,
        beschrijving=beschrijving,
        lijnen=tuple(Lijn(reeks.naam, reeks.soort, vlak.pad(reeks.waarden)) for reeks in reeksen),
        raster=tuple(vlak.raster(nul_label, toon)),
        xas=tuple((vlak.x(i), label, i % 2 == 1) for i, label in enumerate(labels)),
        band=vlak.band(band),
        punt=vlak.laatste(reeksen, lambda waarde: puntlabel or toon(waarde, decimalen)),
        tabelkop=tuple(r.naam for r in reeksen),
        tabel=tuple(
            (label, tuple(toon(r.waarden[i], decimalen) if i < len(r.waarden) else "" for r in reeksen))
            for i, label in enumerate(labels)
        ),
        eenheid=eenheid,
        legenda_band=legenda_band,
    )


# ── Bars ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Staafrij:
    label: str
    waarde: str
    breed: float
    soort: int = 1
    url: str = ""


def staven(rijen: Sequence[tuple[str, float]], *, eenheid: str = "", decimalen: int = 0) -> tuple[Staafrij, ...]:
    """Horizontal bars on one scale; the value is always written beside the bar."""
    hoogste = max([w for _, w in rijen] + [0])
    achter = f"\u00a0{eenheid}" if eenheid else ""
    return tuple(Staafrij(label, getal(w, decimalen) + achter, procent(w, hoogste)) for label, w in rijen)
