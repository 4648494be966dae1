"""A small line of repeated scores on a fixed scale, drawn on the server; the table beside it says the same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from kern.weergave import datum

#: Room at the edges for the dots, in per cent.
_RAND_X, _RAND_Y = 4.0, 12.0


@dataclass(frozen=True, slots=True)
class Scorepunt:
    x: float
    y: float
    score: int
    op: dt.date
    bij: str = ""


@dataclass(frozen=True, slots=True)
class Scorelijn:
    titel: str
    beschrijving: str
    punten: Sequence[Scorepunt]
    pad: str
    raster: Sequence[tuple[float, int]]


def scorelijn(
    titel: str, metingen: Sequence[tuple[dt.date, int, str]], *, laagste: int = 1, hoogste: int = 5
) -> Scorelijn:
    """Lay out (day, score, remark) oldest first; the distance between the dots is the time between them."""
    hoogte = 100 - 2 * _RAND_Y

    def y(score: int) -> float:
        return round(100 - _RAND_Y - (score - laagste) / (hoogste - laagste) * hoogte, 2)

    begin, eind = (metingen[0][0], metingen[-1][0]) if metingen else (dt.date.min, dt.date.min)
    dagen = (eind - begin).days
    punten = []
    for nummer, (op, score, bij) in enumerate(metingen):
        # All on one day: side by side, in the order in which they were written down.
        deel = (op - begin).days / dagen if dagen else (nummer + 1) / len(metingen)
        punten.append(Scorepunt(round(_RAND_X + deel * (100 - 2 * _RAND_X), 2), y(score), score, op, bij))
    zinnen = [f"{datum(op)}: {score} van {hoogste}." for op, score, _ in metingen]
    return Scorelijn(
        titel,
        " ".join(zinnen),
        tuple(punten),
        "".join(f"{'L' if n else 'M'}{p.x} {p.y}" for n, p in enumerate(punten)),
        tuple((y(score), score) for score in range(laagste, hoogste + 1)),
    )
