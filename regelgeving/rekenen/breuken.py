"""Exact arithmetic: everything is a Fraction until the single rounding at the end."""

from __future__ import annotations

from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from fractions import Fraction


def breuk(waarde: Decimal | Fraction | int | str) -> Fraction:
    """The exact value as a fraction."""
    return Fraction(waarde)


def decimaal(waarde: Fraction, plaatsen: int, wijze: str = ROUND_HALF_UP) -> Decimal:
    """Round once to `plaatsen` decimals, half up (or up, with ROUND_CEILING)."""
    schaal = 10**plaatsen
    geschaald = waarde * schaal
    if wijze == ROUND_CEILING:
        heel = -((-geschaald.numerator) // geschaald.denominator)
    else:
        teken = -1 if geschaald < 0 else 1
        heel = teken * ((2 * abs(geschaald.numerator) + geschaald.denominator) // (2 * geschaald.denominator))
    return Decimal(heel).scaleb(-plaatsen)


def rond_op_veelvoud(waarde: Decimal | Fraction, veelvoud: Decimal) -> Decimal:
    """Nearest multiple of `veelvoud`, half up."""
    aantal = Fraction(waarde) / Fraction(veelvoud)
    heel = (2 * aantal.numerator + aantal.denominator) // (2 * aantal.denominator)
    return heel * veelvoud
