"""Sickness in an employment: that, since when, and whether UWV pays; never what (R228)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from kern import klok
from kern.aansluitingen import gebeurtenis
from kern.handeling import Actor, service
from werkgevers.keuzes import NoRisk
from werkgevers.models import Dienstverband, Ziekteperiode
from werkgevers.services.dienstverband import ververs_werk

ZIEKTE = "dienstverband.ziekte"


@service
def meld_ziek(
    dienstverband: Dienstverband,
    vanaf: dt.date,
    *,
    actor: Actor,
    percentage: int = 100,
    no_risk: NoRisk | str = NoRisk.ONBEKEND,
    tot: dt.date | None = None,
) -> Ziekteperiode:
    """Sick from a day on, up to and including `tot`.

    `no_risk`: whether UWV pays Ziektewet, so that the subsidy waits. While it is unknown, Vandaag asks for it.
    """
    rij = Ziekteperiode(
        deelnemer_id=dienstverband.deelnemer_id,
        dienstverband=dienstverband,
        begindatum=vanaf,
        einddatum=tot,
        percentage=percentage,
        no_risk=no_risk,
    )
    return _bewaar(rij, vanaf)


@service
def meld_beter(ziekte: Ziekteperiode, laatste_dag: dt.date, *, actor: Actor) -> Ziekteperiode:
    """Last day of a period of sickness."""
    rij = _vergrendel(ziekte)
    rij.einddatum = laatste_dag
    return _bewaar(rij, laatste_dag)


@service
def wijzig_ziekte(
    ziekte: Ziekteperiode,
    *,
    begindatum: dt.date,
    einddatum: dt.date | None,
    percentage: int,
    no_risk: NoRisk | str,
    actor: Actor,
) -> Ziekteperiode:
    """Correct a period: its days, how much of the work, and whether UWV pays."""
    rij = _vergrendel(ziekte)
    vroegst = min(rij.begindatum, begindatum)
    rij.begindatum, rij.einddatum, rij.percentage, rij.no_risk = begindatum, einddatum, percentage, no_risk
    return _bewaar(rij, vroegst)


def _vergrendel(ziekte: Ziekteperiode) -> Ziekteperiode:
    rijen = Ziekteperiode.objects.select_for_update(of=("self",)).select_related("dienstverband__deelnemer")
    return rijen.get(pk=ziekte.pk)


def _bewaar(rij: Ziekteperiode, vanaf: dt.date) -> Ziekteperiode:
    werk = rij.dienstverband
    if rij.begindatum < werk.begindatum:
        raise ValidationError({"begindatum": "Kies een dag op of na het begin van het dienstverband."})
    if werk.einddatum is not None and rij.begindatum > werk.einddatum:
        raise ValidationError({"begindatum": "Op deze dag is het dienstverband al beëindigd."})
    if rij.begindatum > klok.vandaag():
        raise ValidationError({"begindatum": "Deze dag moet nog komen."})
    if rij.einddatum is None and werk.einddatum is not None:
        rij.einddatum = werk.einddatum
    rij.full_clean()
    rij.save()
    ververs_werk(werk)
    gebeurtenis.meld(
        ZIEKTE,
        rij.pk,
        betrokkene_id=rij.deelnemer_id,
        data={"dienstverband": werk.pk, "vanaf": vanaf.isoformat()},
    )
    return rij
