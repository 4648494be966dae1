"""Employments: begin, change of work form, sickness, wage value, end (R108, R109, R114, R115)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Deelnemer
from deelnemers.services.beschut import eis_beschutadvies
from deelnemers.services.regie import beeindig_betrokkenheid, betrek
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.toestanden import OvergangGeweigerd
from werkgevers.keuzes import RITME_WEKEN, Dienstverbandsoort, Werkvorm
from werkgevers.models import Dienstverband, Loonwaardemeting, Werkgever, Werkvormperiode, Ziekteperiode
from werkgevers.regels import dienstverbandregel, loonwaarderegel

BEGONNEN = "dienstverband.begonnen"
GEWIJZIGD = "dienstverband.gewijzigd"
BEEINDIGD = "dienstverband.beeindigd"
LOONWAARDE = "loonwaarde.gemeten"


@service
def begin_dienstverband(
    deelnemer: Deelnemer,
    soort: Dienstverbandsoort | str,
    werkgever: Werkgever,
    begindatum: dt.date,
    *,
    actor: Actor,
    formele_werkgever: Werkgever | None = None,
    werkvorm: str = "",
    **velden: Any,
) -> Dienstverband:
    """Start an employment at `werkgever`; `formele_werkgever` pays the wage when that is another one.

    Raises ValidationError when a guided employment already runs on those days, and for beschut werk without a
    positive advice of UWV (R063).
    """
    if soort == Dienstverbandsoort.BESCHUT:
        eis_beschutadvies(deelnemer, begindatum)
    velden.setdefault("ritme_weken", RITME_WEKEN[soort])
    rij = Dienstverband(
        deelnemer=deelnemer,
        soort=soort,
        feitelijke_werkgever=werkgever,
        formele_werkgever=formele_werkgever or werkgever,
        begindatum=begindatum,
        werkvorm=werkvorm,
        **velden,
    )
    rij.full_clean()
    rij.save()
    if werkvorm:
        _werkvorm(rij, werkvorm, begindatum, "bij het begin", None)
    if rij.jobcoach is not None:
        betrek(
            deelnemer,
            Betrokkenrol.JOBCOACH,
            klok.vandaag(),
            f"dienstverband:{rij.pk}",
            actor=actor,
            medewerker=rij.jobcoach,
        )
    if rij.plaatsing_id is None:
        tijdlijn.schrijf(dienstverbandregel(rij))
    _meld(BEGONNEN, rij)
    return rij


@service
def wijzig_werkvorm(
    dienstverband: Dienstverband,
    werkvorm: Werkvorm | str,
    vanaf: dt.date,
    reden: str,
    *,
    actor: Actor,
    inlener: Werkgever | None = None,
) -> Werkvormperiode:
    """Another work form from `vanaf`, with the reason; the former one ends the day before (R115)."""
    rij = _vergrendel(dienstverband)
    nu = Werkvormperiode.objects.filter(geldig_op(vanaf), dienstverband=rij).order_by("id").first()
    if nu is not None and nu.begindatum >= vanaf:
        raise ValidationError({"vanaf": "Kies een datum na het begin van de werkvorm van nu."})
    if nu is not None:
        nu.einddatum = vanaf - dt.timedelta(days=1)
        nu.save(update_fields=["einddatum"])
    periode = _werkvorm(rij, werkvorm, vanaf, reden, inlener)
    if vanaf <= klok.vandaag():
        rij.werkvorm = werkvorm
        rij.versie += 1
        rij.full_clean()
        rij.save(update_fields=["werkvorm", "versie"])
    _meld(GEWIJZIGD, rij)
    return periode


@service
def meld_ziek(dienstverband: Dienstverband, vanaf: dt.date, *, actor: Actor, percentage: int = 100) -> Ziekteperiode:
    """Sick from a day on: that, never what (R228)."""
    rij = Ziekteperiode(
        deelnemer_id=dienstverband.deelnemer_id,
        dienstverband=dienstverband,
        begindatum=vanaf,
        percentage=percentage,
    )
    rij.full_clean()
    rij.save()
    return rij


@service
def meld_beter(ziekte: Ziekteperiode, laatste_dag: dt.date, *, actor: Actor) -> Ziekteperiode:
    """Last day of a period of sickness."""
    ziekte.einddatum = laatste_dag
    ziekte.full_clean()
    ziekte.save(update_fields=["einddatum"])
    return ziekte


@service
def meet_loonwaarde(
    dienstverband: Dienstverband,
    percentage: int,
    gemeten_op: dt.date,
    deskundige: str,
    *,
    actor: Actor,
    taken: list[dict[str, Any]] | None = None,
    volgende_op: dt.date | None = None,
) -> Loonwaardemeting:
    """Record a measurement in whole percent of the minimum wage; without `volgende_op` again after a year
    (R114).
    """
    if volgende_op is None:
        volgende_op = gemeten_op + dt.timedelta(days=365)
    meting = Loonwaardemeting(
        deelnemer_id=dienstverband.deelnemer_id,
        dienstverband=dienstverband,
        percentage=percentage,
        gemeten_op=gemeten_op,
        deskundige=deskundige,
        taken=taken or [],
        volgende_op=volgende_op,
    )
    meting.full_clean()
    meting.save()
    tijdlijn.schrijf(loonwaarderegel(meting))
    gebeurtenis.meld(
        LOONWAARDE,
        meting.pk,
        betrokkene_id=meting.deelnemer_id,
        data={"dienstverband": dienstverband.pk, "meting": meting.pk},
    )
    return meting


@service
def beeindig_dienstverband(
    dienstverband: Dienstverband, laatste_dag: dt.date, reden: str, *, actor: Actor
) -> Dienstverband:
    """End an employment; raises OvergangGeweigerd when it already ended."""
    rij = _vergrendel(dienstverband)
    if rij.einddatum is not None:
        raise OvergangGeweigerd("Dit dienstverband is al beëindigd.")
    rij.einddatum, rij.einde_reden = laatste_dag, reden[:200]
    rij.versie += 1
    rij.full_clean()
    rij.save()
    Werkvormperiode.objects.filter(dienstverband=rij, einddatum__isnull=True).update(einddatum=laatste_dag)
    Ziekteperiode.objects.filter(dienstverband=rij, einddatum__isnull=True).update(einddatum=laatste_dag)
    beeindig_betrokkenheid(rij.deelnemer, f"dienstverband:{rij.pk}", klok.vandaag(), actor=actor)
    _meld(BEEINDIGD, rij)
    return rij


def _werkvorm(
    rij: Dienstverband, werkvorm: str, vanaf: dt.date, reden: str, inlener: Werkgever | None
) -> Werkvormperiode:
    periode = Werkvormperiode(
        deelnemer_id=rij.deelnemer_id,
        dienstverband=rij,
        werkvorm=werkvorm,
        begindatum=vanaf,
        reden=reden,
        inlener=inlener,
    )
    periode.full_clean()
    periode.save()
    return periode


def _vergrendel(dienstverband: Dienstverband) -> Dienstverband:
    return Dienstverband.objects.select_for_update(of=("self",)).select_related("deelnemer").get(pk=dienstverband.pk)


def _meld(type_: str, rij: Dienstverband) -> None:
    gebeurtenis.meld(type_, rij.pk, betrokkene_id=rij.deelnemer_id, data={"dienstverband": rij.pk, "soort": rij.soort})
