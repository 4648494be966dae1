"""Filters that show values in Dutch notation. The work is done in ``kern.weergave``."""

from __future__ import annotations

from datetime import date, datetime

from django import template
from django.utils import timezone

from kern import klok
from kern import weergave as w

register = template.Library()


def _plaatselijk(waarde: date | None) -> date | None:
    """Stamps are UTC in the database; a reader sees the time on the wall."""
    if isinstance(waarde, datetime) and timezone.is_aware(waarde):
        return timezone.localtime(waarde)
    return waarde or None


def _vandaag() -> date:
    """The day that the product lives in, so demo dates hold."""
    return klok.vandaag()


@register.filter
def datum(waarde: date | None) -> str:
    return w.datum(_plaatselijk(waarde))


@register.filter
def kortedatum(waarde: date | None) -> str:
    """Without the year when it is this year."""
    return w.kortedatum(_plaatselijk(waarde), jaar=_vandaag().year)


@register.filter
def dagmaand(waarde: date | None) -> str:
    """Never with a year: for places where the year stands above."""
    return w.kortedatum(_plaatselijk(waarde))


@register.filter
def dagdatum(waarde: date | None) -> str:
    return w.dagdatum(_plaatselijk(waarde))


@register.filter
def kortedag(waarde: date | None) -> str:
    return w.kortedag(_plaatselijk(waarde))


@register.filter
def tijd(waarde: datetime | None) -> str:
    plaatselijk = _plaatselijk(waarde)
    return "" if plaatselijk is None else w.tijd(plaatselijk)  # type: ignore[arg-type]


@register.filter
def geleden(waarde: date | None) -> str:
    return w.geleden(_plaatselijk(waarde), _vandaag())


@register.filter
def leeftijd(waarde: date | None) -> int | str:
    jaren = w.leeftijd(waarde, _vandaag())
    return "" if jaren is None else jaren


@register.filter
def procent(waarde: w.Getal | None, decimalen: int = 1) -> str:
    return w.procent(waarde, decimalen)


@register.filter
def getal(waarde: w.Getal | None, decimalen: int = 0) -> str:
    return w.getal(waarde, decimalen)


@register.filter
def verschil(waarde: w.Getal | None, decimalen: int = 0) -> str:
    return w.verschil(waarde, decimalen)


@register.filter
def aantal(waarde: int, woorden: str) -> str:
    """``{{ n|aantal:"fout,fouten" }}``"""
    enkelvoud, _, meervoud = woorden.partition(",")
    return w.aantal(waarde, enkelvoud, meervoud or enkelvoud)


register.filter("euro", w.euro)
register.filter("uren", w.uren)
register.filter("telefoon", w.telefoon)
register.filter("voorletters", w.voorletters)
