"""Checks of numbers that an employer gives."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from stdnum import iban
from stdnum.exceptions import ValidationError as Ongeldig
from stdnum.nl import bsn as elfproef


def controleer_loonheffingennummer(nummer: str) -> None:
    """Nine digits that pass the 11-test (RSIN), the letter L and two digits, e.g. 001234564L01."""
    try:
        if not re.fullmatch(r"[0-9]{9}L[0-9]{2}", nummer):
            raise ValueError
        elfproef.validate(nummer[:9])
    except (Ongeldig, ValueError) as fout:
        raise ValidationError(
            "Dit loonheffingennummer klopt niet. Het is negen cijfers, de letter L en twee cijfers.",
            code="loonheffingennummer",
        ) from fout


def controleer_kvk(nummer: str) -> None:
    """Eight digits."""
    if not re.fullmatch(r"[0-9]{8}", nummer):
        raise ValidationError("Een KvK-nummer heeft acht cijfers.", code="kvk_nummer")


def controleer_iban(nummer: str) -> None:
    """A valid IBAN, written without spaces."""
    try:
        if nummer != iban.validate(nummer):
            raise ValueError
    except (Ongeldig, ValueError) as fout:
        raise ValidationError("Dit IBAN klopt niet. Controleer de letters en cijfers.", code="iban") from fout


def kale_iban(nummer: str) -> str:
    """As it is stored: capitals, without spaces, full stops and hyphens."""
    return re.sub(r"[\s.-]", "", nummer).upper()


def kaal_telefoonnummer(nummer: str) -> str:
    """Digits only, with a Dutch country code as the 0 that people dial: +31 6 12 and 06-12 are the same number."""
    cijfers = re.sub(r"[^0-9+]", "", nummer)
    return re.sub(r"^(\+31|0031)", "0", cijfers)
