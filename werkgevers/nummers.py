"""Checks of numbers that an employer gives."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from stdnum import iban
from stdnum.exceptions import ValidationError as Ongeldig
from stdnum.nl import bsn as elfproef


def controleer_loonheffingennummer(nummer: str) -> None:
    """Nine digits that pass the 11-test (RSIN), the letter L and two digits, e.g. 001234564L01."""
    cijfers, letter, volg = nummer[:9], nummer[9:10], nummer[10:]
    try:
        if len(nummer) != 12 or letter != "L" or not volg.isdigit():
            raise ValueError
        elfproef.validate(cijfers)
    except (Ongeldig, ValueError) as fout:
        raise ValidationError(
            "Dit loonheffingennummer klopt niet. Het is negen cijfers, de letter L en twee cijfers.",
            code="loonheffingennummer",
        ) from fout


def controleer_iban(nummer: str) -> None:
    """A valid IBAN, written without spaces."""
    try:
        if nummer != iban.validate(nummer):
            raise ValueError
    except (Ongeldig, ValueError) as fout:
        raise ValidationError("Dit IBAN klopt niet. Controleer de letters en cijfers.", code="iban") from fout
