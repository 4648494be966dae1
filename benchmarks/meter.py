"""Timing: medians, 95th percentiles, queries and bytes."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Meting:
    """One measured figure. Times in milliseconds; `bar` is the p50 or total that ONTWERP 6 asks."""

    naam: str
    keer: int
    p50: float
    p95: float
    vragen: int | None = None
    kib: float | None = None
    bar: str = ""

    def regel(self) -> str:
        """One line of the table."""
        vragen = "" if self.vragen is None else str(self.vragen)
        kib = "" if self.kib is None else f"{self.kib:.0f}"
        return f"{self.naam:<44} {self.keer:>4} {self.p50:>9.1f} {self.p95:>9.1f} {vragen:>7} {kib:>6}  {self.bar}"

    def als_dict(self) -> dict[str, Any]:
        return asdict(self)


KOP = f"{'wat':<44} {'keer':>4} {'p50 ms':>9} {'p95 ms':>9} {'vragen':>7} {'KiB':>6}  lat"


def meet(naam: str, doe: Callable[[], Any], *, keer: int, warm: int = 3, **velden: Any) -> Meting:
    """Run `doe` `warm` times unmeasured and `keer` times measured."""
    for _ in range(warm):
        doe()
    tijden = []
    for _ in range(keer):
        begin = time.perf_counter()
        doe()
        tijden.append((time.perf_counter() - begin) * 1000)
    return Meting(naam, keer, statistics.median(tijden), _p95(tijden), **velden)


def _p95(tijden: list[float]) -> float:
    gesorteerd = sorted(tijden)
    return gesorteerd[min(len(gesorteerd) - 1, int(0.95 * len(gesorteerd)))]
