"""Employments: begin, change by date, change of work form, end (R108, R109, R115)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Deelnemer
from deelnemers.services.beschut import eis_beschutadvies
from deelnemers.services.regie import beeindig_betrokkenheid, betrek, mag_nooit
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.toestanden import OvergangGeweigerd
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker
from werkgevers import periodenleer
from werkgevers.dienstverbandvragen import per_dienstverband, perioden_van
from werkgevers.dienstverbandwerk import dienstverbandwerk, werksleutels
from werkgevers.keuzes import RITME_WEKEN, Dienstverbandsoort, Loonwaarderoute, Werkvorm, Wijzigingsbron
from werkgevers.models import Dienstverband, Dienstverbandperiode, Werkgever, Werkvormperiode, Ziekteperiode
from werkgevers.regels import KAMER, dienstverbandregel

BEGONNEN = "dienstverband.begonnen"
GEWIJZIGD = "dienstverband.gewijzigd"
BEEINDIGD = "dienstverband.beeindigd"


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
    periodenleer.eerste(rij).save()
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
    ververs_werk(rij)
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
def wijzig_dienstverband(
    dienstverband: Dienstverband,
    vanaf: dt.date,
    *,
    actor: Actor,
    reden: str,
    bron: Wijzigingsbron | str = Wijzigingsbron.WERKGEVER,
    doorgegeven_op: dt.date | None = None,
    versie: int | None = None,
    **velden: Any,
) -> list[Dienstverbandperiode]:
    """Another value of hours, week of the sector, function, its wage or employer from `vanaf`, also in the past.

    Returns the periods afterwards. A later change of the same thing stays. Raises ValidationError at the field, and
    IntussenGewijzigd when a colleague saved first (Participatiewet art. 10d: the subsidy follows the contract).
    """
    rij = _vergrendel(dienstverband)
    if versie is not None and versie != rij.versie:
        raise IntussenGewijzigd({naam: getattr(rij, naam) for naam in velden}, rij.versie)
    perioden = periodenleer.wijzig(
        _perioden(rij),
        rij,
        vanaf,
        velden,
        {"reden": reden, "bron": bron, "doorgegeven_op": doorgegeven_op},
    )
    zet_huidige_waarden(rij, perioden)
    rij.versie += 1
    rij.full_clean()
    rij.save()
    gebeurtenis.meld(
        GEWIJZIGD,
        rij.pk,
        betrokkene_id=rij.deelnemer_id,
        data={"dienstverband": rij.pk, "soort": rij.soort, "vanaf": vanaf.isoformat()},
    )
    return perioden


@service
def wijzig_contract(
    dienstverband: Dienstverband, contract_tot: dt.date | None, *, actor: Actor, versie: int | None = None
) -> Dienstverband:
    """Another last day of the contract, or none: it no longer ends by itself (R109)."""
    rij = _vergrendel(dienstverband)
    if versie is not None and versie != rij.versie:
        raise IntussenGewijzigd({"contract_tot": rij.contract_tot}, rij.versie)
    rij.contract_tot = contract_tot
    rij.versie += 1
    rij.full_clean()
    rij.save(update_fields=["contract_tot", "versie"])
    ververs_werk(rij)
    return rij


@service
def zet_loonwaarderoute(dienstverband: Dienstverband, route: Loonwaarderoute | str, *, actor: Actor) -> Dienstverband:
    """How the wage value is set, as a decision about the subsidy says; the work that waits follows it."""
    rij = _vergrendel(dienstverband)
    if rij.loonwaarderoute == route:
        return rij
    rij.loonwaarderoute = route
    rij.versie += 1
    rij.full_clean()
    rij.save(update_fields=["loonwaarderoute", "versie"])
    ververs_werk(rij)
    return rij


@service
def wijs_jobcoach_aan(
    dienstverband: Dienstverband, jobcoach: Medewerker, *, actor: Actor, versie: int | None = None
) -> Dienstverband:
    """Another jobcoach from today: opens the dossier for the new one and closes it for the former one.

    Raises ValidationError when this member of staff may never open the dossier.
    """
    rij = _vergrendel(dienstverband)
    if versie is not None and versie != rij.versie:
        raise IntussenGewijzigd({"jobcoach": rij.jobcoach}, rij.versie)
    if rij.einddatum is not None:
        raise OvergangGeweigerd("Dit dienstverband is al beëindigd.")
    if mag_nooit(rij.deelnemer, jobcoach):
        raise ValidationError({"jobcoach": "Deze collega mag dit dossier niet openen. Kies een ander."})
    if rij.jobcoach_id == jobcoach.pk:
        return rij
    herkomst = f"dienstverband:{rij.pk}"
    beeindig_betrokkenheid(rij.deelnemer, herkomst, klok.vandaag(), actor=actor)
    betrek(rij.deelnemer, Betrokkenrol.JOBCOACH, klok.vandaag(), herkomst, actor=actor, medewerker=jobcoach)
    rij.jobcoach = jobcoach
    rij.versie += 1
    rij.save(update_fields=["jobcoach", "versie"])
    ververs_werk(rij)
    _meld(GEWIJZIGD, rij)
    return rij


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
    _sluit_perioden(rij, laatste_dag)
    zet_huidige_waarden(rij, _perioden(rij))
    rij.save()
    beeindig_betrokkenheid(rij.deelnemer, f"dienstverband:{rij.pk}", klok.vandaag(), actor=actor)
    ververs_werk(rij)
    _meld(BEEINDIGD, rij)
    return rij


def _sluit_perioden(rij: Dienstverband, laatste_dag: dt.date) -> None:
    """Nothing runs on after the last day; what had not begun yet does not begin."""
    for soort in (Dienstverbandperiode, Werkvormperiode, Ziekteperiode):
        van = soort.objects.filter(dienstverband=rij)
        van.filter(begindatum__gt=laatste_dag).delete()
        van.filter(Q(einddatum__isnull=True) | Q(einddatum__gt=laatste_dag)).update(einddatum=laatste_dag)


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


def _perioden(rij: Dienstverband) -> list[Dienstverbandperiode]:
    """The periods, locked; a row that came in another way gets its first one now."""
    perioden = list(perioden_van(rij).select_for_update(of=("self",)))
    if not perioden:
        perioden = [periodenleer.eerste(rij)]
        perioden[0].save()
    return perioden


def zet_huidige_waarden(rij: Dienstverband, perioden: list[Dienstverbandperiode]) -> bool:
    """Put what holds today (before the start: first, after the end: last) in the columns that lists read."""
    nu = periodenleer.van_vandaag(perioden, klok.vandaag())
    anders = {naam: getattr(nu, naam) for naam in periodenleer.KOLOMMEN if getattr(nu, naam) != getattr(rij, naam)}
    for naam, waarde in anders.items():
        setattr(rij, naam, waarde)
    return bool(anders)


def ververs_werk(rij: Dienstverband) -> None:
    """Make the rows of Vandaag of this employment what they must be now."""
    gewenst = list(dienstverbandwerk(rij, per_dienstverband([rij.pk])))
    werkvoorraad.klaar(KAMER, *(set(werksleutels(rij)) - {regel.sleutel for regel in gewenst}))
    werkvoorraad.schrijf(*gewenst)


def _meld(type_: str, rij: Dienstverband) -> None:
    gebeurtenis.meld(type_, rij.pk, betrokkene_id=rij.deelnemer_id, data={"dienstverband": rij.pk, "soort": rij.soort})
