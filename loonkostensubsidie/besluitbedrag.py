"""Which scheme a decision is about, and what it comes to per month: before and after."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from kern.models import geldig_op
from kern.weergave import datum
from loonkostensubsidie.aanspraken import gezet_op
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagkeuzes import Route as Aanvraagroute
from loonkostensubsidie.feitenbron import Daguitkomst, GeenBedrag, bedrag_op, feiten_van
from loonkostensubsidie.models import Beschikking, Regeling
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer, Route
from loonkostensubsidie.rekenen.tabeldatum import laatste_forfaitdag
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven
from loonkostensubsidie.rekenwijzen import REKENVERSIE
from loonkostensubsidie.wetgeving import huidige_wetgeving

_NOOIT = dt.datetime.min.replace(tzinfo=dt.UTC)
LKS, FORFAIT, PILOT = "lks", "lks-forfait", "lks-pilot"


@dataclass(frozen=True)
class Bedragdelen:
    """The amount from the day of the decision, the last day of the right, and the amount before."""

    uitkomst: Daguitkomst
    einddatum: dt.date | None
    vorig_totaal: Decimal | None
    rekenversie: str = REKENVERSIE


def regeling_voor(rij: Beschikking) -> Regeling:
    """The scheme on the day of the decision; raises ValidationError when it did not hold then.

    Before the law there was the pilot of 2013 and 2014, by a measured wage value (FEITEN 1.8a).
    """
    code = LKS
    if rij.soort == Besluitsoort.TOEKENNING and rij.aanvraag is not None:
        code = FORFAIT if rij.aanvraag.route == Aanvraagroute.FORFAIT else LKS
    elif rij.soort != Besluitsoort.LOONWAARDE and rij.subsidie is not None:
        return rij.subsidie.regeling
    codes = (LKS, PILOT) if code == LKS else (code,)
    regeling = Regeling.objects.filter(geldig_op(rij.ingangsdatum), code__in=codes).order_by("pk").first()
    if regeling is None:
        raise ValidationError({"ingangsdatum": f"Op {datum(rij.ingangsdatum)} gold deze regeling niet."})
    return regeling


def route_van(regeling: Regeling) -> Route:
    """How the wage value is known under this scheme."""
    return Route.FORFAIT if regeling.rekenwijze == "lks_forfait" else Route.LOONWAARDE


def bedragdelen(rij: Beschikking) -> Bedragdelen:
    """The amount per whole month from the day of the decision, with the facts of now.

    Raises ValidationError in words when there is no amount on that day.
    """
    werk, regeling = rij.dienstverband, rij.regeling
    if werk is None or regeling is None:
        raise ValidationError("Leg eerst het dienstverband vast. Daarna is het bedrag uit te rekenen.")
    wet, dag = huidige_wetgeving(), rij.ingangsdatum
    route = route_van(regeling)
    if dag < werk.begindatum or (werk.einddatum is not None and dag > werk.einddatum):
        raise ValidationError({"ingangsdatum": "Kies een dag binnen het dienstverband."})
    try:
        begin = _begin_recht(rij)
        gezet = gezet_op(werk.pk, rij.werkgever_id, route, begin)
        uitkomst = bedrag_op(feiten_van(werk, route, begin, werk.einddatum, gezet=gezet), dag, wet)
        laatste = laatste_forfaitdag(werk.begindatum, dag, wet) if route is Route.FORFAIT else None
    except OnjuisteInvoer as fout:
        raise ValidationError([zin for zinnen in fout.fouten.values() for zin in zinnen]) from fout
    except (GeenBedrag, OntbrekendGegeven) as fout:
        raise ValidationError(str(fout)) from fout
    vorige = laatste_vastgestelde(rij)
    einden = [einde for einde in (laatste, werk.einddatum) if einde is not None]
    return Bedragdelen(uitkomst, min(einden, default=None), vorige.totaal if vorige is not None else None)


def _begin_recht(rij: Beschikking) -> dt.date:
    """First day of the right that this decision is about: it begins one, or goes on with the one there is."""
    recht, dag = rij.subsidie, rij.ingangsdatum
    if recht is None or rij.soort == Besluitsoort.LOONWAARDE:
        return dag
    if rij.soort == Besluitsoort.HERSTEL and not recht.loopt_door(dag):
        return dag
    return min(recht.begindatum, dag)


def laatste_vastgestelde(rij: Beschikking) -> Beschikking | None:
    """The approved decision that says the amount of this employment on the day on which this one begins."""
    if rij.dienstverband_id is None:
        return None
    rijen = list(
        Beschikking.objects.filter(
            dienstverband=rij.dienstverband_id,
            status="vastgesteld",
            totaal__isnull=False,
            subsidie__isnull=False,
            ingangsdatum__lte=rij.ingangsdatum,
        )
        .exclude(pk=rij.pk)
        .select_related("subsidie")
    )
    begin = {besluit.pk: besluit.subsidie.begindatum for besluit in rijen if besluit.subsidie is not None}
    laatste = max(begin.values(), default=None)
    return geldend((besluit for besluit in rijen if begin[besluit.pk] == laatste), rij.ingangsdatum)


def geldend(besluiten: Iterable[Beschikking], dag: dt.date) -> Beschikking | None:
    """Of the approved decisions with an amount about one right: the one that says it on a day.

    That is the last one that began by then, and of two from one day the one that was taken last.
    """
    begonnen = (besluit for besluit in besluiten if besluit.ingangsdatum <= dag)
    return max(begonnen, key=lambda b: (b.ingangsdatum, b.vastgesteld_op or _NOOIT, b.pk), default=None)
