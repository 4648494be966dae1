"""Timing: medians, 95th percentiles, queries and bytes, each against the bar of ONTWERP 6."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

#: Extra runs before the measured ones, that fill the caches a working day also finds filled.
WARM = 5


@dataclass(frozen=True)
class Lat:
    """What ONTWERP 6 asks. Times in milliseconds, `kib` in KiB; None asks nothing."""

    p50: float | None = None
    p95: float | None = None
    vragen: int | None = None
    kib: float | None = None

    def __str__(self) -> str:
        delen = [
            f"p50 ≤ {tijd(self.p50)}" if self.p50 is not None else "",
            f"p95 ≤ {tijd(self.p95)}" if self.p95 is not None else "",
            f"≤ {self.vragen} vragen" if self.vragen is not None else "",
            f"≤ {self.kib:g} KiB" if self.kib is not None else "",
        ]
        return ", ".join(deel for deel in delen if deel)


GEEN_LAT = Lat()


@dataclass(frozen=True)
class Meting:
    """One measured figure. Times in milliseconds."""

    naam: str
    keer: int
    p50: float
    p95: float
    vragen: int | None = None
    kib: float | None = None
    lat: Lat = field(default_factory=Lat)

    def gemist(self) -> list[str]:
        """The parts of the bar that are missed."""
        return [
            naam
            for naam in ("p50", "p95", "vragen", "kib")
            if (lat := getattr(self.lat, naam)) is not None
            and (waarde := getattr(self, naam)) is not None
            and waarde > lat
        ]

    def oordeel(self) -> str:
        """`gehaald`, `niet (…)` with what is missed, or nothing where there is no bar."""
        if self.lat == GEEN_LAT:
            return ""
        gemist = self.gemist()
        return f"niet ({', '.join(gemist)})" if gemist else "gehaald"

    def als_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self) | {"oordeel": self.oordeel()}


def tijd(ms: float | None) -> str:
    """Milliseconds for people: seconds from ten seconds on."""
    if ms is None:
        return ""
    return f"{ms / 1000:g} s" if ms >= 10_000 else f"{ms:g} ms"


def percentiel(tijden: Sequence[float], deel: float) -> float:
    """The value that `deel` (0 to 1) of the measurements do not exceed (nearest rank)."""
    gesorteerd = sorted(tijden)
    return gesorteerd[min(len(gesorteerd) - 1, max(0, -int(-deel * len(gesorteerd) // 1) - 1))]


def vat_samen(naam: str, tijden: Sequence[float], **velden: Any) -> Meting:
    """Times in milliseconds as one figure."""
    return Meting(naam, len(tijden), statistics.median(tijden), percentiel(tijden, 0.95), **velden)


def meet(
    naam: str,
    doe: Callable[[], Any],
    *,
    keer: int,
    warm: int = WARM,
    klok: Callable[[], float] = time.perf_counter,
    **velden: Any,
) -> Meting:
    """Run `doe` `warm` times unmeasured and `keer` times measured."""
    for _ in range(warm):
        doe()
    tijden = []
    for _ in range(keer):
        begin = klok()
        doe()
        tijden.append((klok() - begin) * 1000)
    return vat_samen(naam, tijden, **velden)


KOPPEN = ("wat", "keer", "p50 ms", "p95 ms", "vragen", "KiB", "lat", "oordeel")
_LINKS = {0, 6, 7}


def cellen(m: Meting) -> tuple[str, ...]:
    """The cells of one line."""
    vragen = "" if m.vragen is None else str(m.vragen)
    kib = "" if m.kib is None else f"{m.kib:.0f}"
    return (m.naam, str(m.keer), f"{m.p50:.1f}", f"{m.p95:.1f}", vragen, kib, str(m.lat), m.oordeel())


def tabel(metingen: Sequence[Meting]) -> str:
    """A table that reads well on a screen and is Markdown as well."""
    rijen = [KOPPEN, *map(cellen, metingen)]
    breedtes = [max(len(rij[kolom]) for rij in rijen) for kolom in range(len(KOPPEN))]

    def regel(rij: Sequence[str]) -> str:
        vak = [w.ljust(b) if n in _LINKS else w.rjust(b) for n, (w, b) in enumerate(zip(rij, breedtes, strict=True))]
        return f"| {' | '.join(vak)} |"

    streep = ["-" * b if n in _LINKS else "-" * (b - 1) + ":" for n, b in enumerate(breedtes)]
    return "\n".join([regel(KOPPEN), regel(streep), *map(regel, rijen[1:])])
