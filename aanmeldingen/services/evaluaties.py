"""Minutes and agreements of the evaluation of a route; finalising freezes it with its figures (R038)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from aanmeldingen.aansluiting import KAMER, evaluatieregels, evaluatiesleutels
from aanmeldingen.evaluatie import Periode, bereken
from aanmeldingen.keuzes import Evaluatiestatus
from aanmeldingen.models import Route, Routeafspraak, Routeevaluatie, Routeversie
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd

_VAST = "Deze evaluatie is vastgesteld en verandert niet meer."


@service
def leg_evaluatie_vast(
    route: Route,
    periode: Periode,
    *,
    gesprek_op: dt.date | None,
    aanwezigen: str,
    verslag: str,
    versie: int,
    actor: Actor,
) -> Routeevaluatie:
    """Keep the minutes; the first time this makes the evaluation (`versie` 0).

    Raises ValidationError for a period that is not over or an evaluation that is finalised, IntussenGewijzigd when a
    colleague saved after `versie` was shown.
    """
    rij = evaluatie_van(route, periode)
    if rij.pk and rij.versie != versie:
        jouw = {"gesprek_op": gesprek_op, "aanwezigen": aanwezigen, "verslag": verslag}
        anders = {naam: getattr(rij, naam) for naam, waarde in jouw.items() if getattr(rij, naam) != waarde}
        raise IntussenGewijzigd(anders, rij.versie)
    if gesprek_op is not None and gesprek_op > klok.vandaag():
        raise ValidationError({"gesprek_op": "Het gesprek ligt in de toekomst. Vul de dag in als het is geweest."})
    rij.gesprek_op, rij.aanwezigen, rij.verslag = gesprek_op, aanwezigen, verslag
    if rij.pk:
        rij.versie += 1
    _bewaar(rij)
    return rij


def evaluatie_van(route: Route, periode: Periode) -> Routeevaluatie:
    """The evaluation, locked, or a new one that is not stored; refuses a finalised one and an open period."""
    if not periode.voorbij:
        raise ValidationError("Deze periode is nog niet voorbij.")
    rijen = Routeevaluatie.objects.select_for_update(of=("self",)).filter(route=route)
    rij = rijen.filter(van=periode.van, tot=periode.tot).order_by("pk").first()
    if rij is None:
        return Routeevaluatie(route=route, van=periode.van, tot=periode.tot)
    if rij.status == Evaluatiestatus.VASTGESTELD:
        raise ValidationError(_VAST)
    return rij


def _bewaar(rij: Routeevaluatie) -> None:
    rij.full_clean(exclude=["gemeente", "route", "vastgesteld_door"], validate_constraints=False)
    rij.validate_constraints(exclude=["gemeente"])
    rij.save()


@service
def spreek_af(
    route: Route, periode: Periode, *, wat: str, eigenaar: str, uiterlijk_op: dt.date, actor: Actor
) -> Routeafspraak:
    """Add what was agreed: what, who, and by when."""
    evaluatie = evaluatie_van(route, periode)
    if not evaluatie.pk:
        _bewaar(evaluatie)
    afspraak = Routeafspraak(evaluatie=evaluatie, wat=wat, eigenaar=eigenaar, uiterlijk_op=uiterlijk_op)
    afspraak.full_clean(exclude=["gemeente", "evaluatie"])
    afspraak.save()
    return afspraak


@service
def werk_afspraak_bij(
    afspraak: Routeafspraak, *, gedaan_op: dt.date | None, routeversie: Routeversie | None, actor: Actor
) -> Routeafspraak:
    """Tick it off, and link the version of the route that it led to; also after the evaluation is finalised."""
    rijen = Routeafspraak.objects.select_for_update(of=("self",)).select_related("evaluatie")
    afspraak = rijen.get(pk=afspraak.pk)
    if gedaan_op is not None and gedaan_op > klok.vandaag():
        raise ValidationError({"gedaan_op": "Deze dag ligt in de toekomst."})
    if routeversie is not None and routeversie.route_id != afspraak.evaluatie.route_id:
        raise ValidationError({"routeversie": "Kies een versie van dezelfde route."})
    afspraak.gedaan_op, afspraak.routeversie = gedaan_op, routeversie
    afspraak.versie += 1
    afspraak.save(update_fields=["gedaan_op", "routeversie", "versie"])
    return afspraak


@service
def stel_evaluatie_vast(route: Route, periode: Periode, *, actor: Actor) -> Routeevaluatie:
    """Freeze it with the figures of now; from then on the database refuses every change.

    Raises ValidationError without minutes, or when there are no figures yet.
    """
    rij = evaluatie_van(route, periode)
    if not (rij.gesprek_op and rij.aanwezigen and rij.verslag):
        raise ValidationError("Leg eerst de dag van het gesprek, wie er waren en het verslag vast.")
    rij.cijfers = bereken(route.code, periode)
    if not rij.cijfers:
        raise ValidationError("Er zijn nog geen cijfers. De nacht rekent ze uit.")
    rij.status, rij.vastgesteld_op, rij.vastgesteld_door_id = Evaluatiestatus.VASTGESTELD, klok.nu(), actor.gebruiker_id
    rij.versie += 1
    _bewaar(rij)
    herinner_aan_evaluaties(actor=actor)
    return rij


@service
def herinner_aan_evaluaties(*, actor: Actor) -> int:
    """Put the routes that still wait for their evaluation at Vandaag; returns how many rows there are now."""
    regels = list(evaluatieregels())
    oud = [sleutel for sleutel in evaluatiesleutels() if sleutel not in {r.sleutel for r in regels}]
    werkvoorraad.klaar(KAMER, *oud)
    if regels:
        werkvoorraad.schrijf(*regels)
    return len(regels)
