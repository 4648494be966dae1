"""Numbers that pass the 11-test and belong to nobody: the test range 9999…, and below it the rest of 99…."""

from __future__ import annotations

from collections.abc import Iterator

_GEWICHTEN = (9, 8, 7, 6, 5, 4, 3, 2)


def nummers(vanaf: int = 999_990_000) -> Iterator[str]:
    """Valid numbers: first up from `vanaf` to the end of the test range, then down through the range 99."""
    yield from _geldig(range(vanaf, 1_000_000_000, 10))
    yield from _geldig(range(vanaf - 10, 990_000_000, -10))


def _geldig(tientallen: range) -> Iterator[str]:
    """Eight digits leave one possible ninth, or none."""
    for tiental in tientallen:
        acht = f"{tiental // 10:08d}"
        rest = sum(int(c) * g for c, g in zip(acht, _GEWICHTEN, strict=True)) % 11
        if rest < 10:
            yield f"{acht}{rest}"
