"""Absence and standing in."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from organisatie.models import Afwezigheid, Medewerker, Waarneming


@service
def meld_afwezig(
    medewerker: Medewerker, *, begindatum: dt.date, einddatum: dt.date | None = None, reden: str, actor: Actor
) -> Afwezigheid:
    """Record that somebody is away. `reden` is a code of AfwezigReden, nothing about health (AVG)."""
    rij = Afwezigheid(medewerker=medewerker, begindatum=begindatum, einddatum=einddatum, reden=reden)
    rij.full_clean()
    rij.save()
    return rij


@service
def meld_terug(afwezigheid: Afwezigheid, *, actor: Actor) -> Afwezigheid | None:
    """Somebody is back today; an absence that began today never was. Returns the absence, or None when
    removed.
    """
    rij = Afwezigheid.objects.select_for_update(of=("self",)).get(pk=afwezigheid.pk)
    return rij if _eindigt_gisteren(rij) else None


@service
def leg_waarneming_vast(
    waarnemer: Medewerker, voor: Medewerker, *, begindatum: dt.date, einddatum: dt.date, actor: Actor
) -> Waarneming:
    """`waarnemer` stands in for `voor` in this period; always with an end. Raises ValidationError on overlap
    or self.
    """
    if not einddatum:
        raise ValidationError({"einddatum": "Een waarneming heeft altijd een einddatum."})
    rij = Waarneming(waarnemer=waarnemer, voor=voor, begindatum=begindatum, einddatum=einddatum)
    rij.full_clean()
    rij.save()
    return rij


@service
def stop_waarneming(waarneming: Waarneming, *, actor: Actor) -> None:
    """End a stand-in yesterday; one that began today never was."""
    _eindigt_gisteren(Waarneming.objects.select_for_update(of=("self",)).get(pk=waarneming.pk))


def _eindigt_gisteren(rij: Afwezigheid | Waarneming) -> bool:
    """Let a locked row end yesterday; one that began today goes. Whether it is still there."""
    gisteren = klok.vandaag() - dt.timedelta(days=1)
    if rij.begindatum > gisteren:
        rij.delete()
        return False
    rij.einddatum = gisteren
    rij.save(update_fields=["einddatum"])
    return True
