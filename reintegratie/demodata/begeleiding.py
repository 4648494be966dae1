"""Guidance at work: places that are planned, and the consulent who logs in as a jobcoach."""

from __future__ import annotations

import datetime as dt

from django.db.models import Count, F, Q

from deelnemers.services.regie import mag_nooit
from kern.models import Gebruiker
from loonkostensubsidie.begeleidvragen import komende_maanden
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.services.plaatsplan import plan_plaatsen, wijzig_plan
from organisatie.models import Medewerker
from organisatie.rechten import Rol
from reintegratie.demodata.inloggen import INLOGGERS
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers.services.dienstverband import wijs_jobcoach_aan

_MENSEN = 4
#: Months ahead, kind of guidance, places, why.
_PLAN = (
    (2, "midden", 12, "Afspraak met het havenbedrijf"),
    (3, "licht", 8, ""),
    (5, "intensief", 10, "Nieuwe groep beschut werk"),
    (8, "midden", 15, "Jaarplan"),
)


def maak(peildatum: dt.date) -> None:
    """Call when employments, measurements and subsidies are there."""
    maanden = komende_maanden()
    for over, regime, aantal, waarom in _PLAN:
        rij = plan_plaatsen(maanden[over - 1], regime, aantal, toelichting=waarom, actor=ACTOR)
    wijzig_plan(rij, rij.versie, aantal=20, toelichting="Jaarplan, bijgesteld", actor=ACTOR)
    _coach(peildatum)


def _coach(peildatum: dt.date) -> None:
    """A few people with a subsidy, first those who were measured more than once."""
    adres = next(wie.email for wie in INLOGGERS if wie.rol == Rol.CONSULENT)
    coach = Medewerker.objects.filter(gebruiker=Gebruiker.objects.filter(email=adres).first()).first()
    if coach is None:
        return
    lopend = Subsidie.objects.filter(status="lopend", richting="betalen", dienstverband__einddatum=None)
    lopend = lopend.filter(begindatum__lte=peildatum, deelnemer__persona="", deelnemer__overleden_op=None)
    gemeten = Count("dienstverband__loonwaardes", filter=Q(dienstverband__loonwaardes__vervangen_op=None))
    rijen = lopend.select_related("dienstverband", "deelnemer").annotate(gemeten=gemeten)
    mag = [
        rij for rij in rijen.order_by(F("gemeten").desc(), "pk")[: _MENSEN * 2] if not mag_nooit(rij.deelnemer, coach)
    ]
    for rij in mag[:_MENSEN]:
        wijs_jobcoach_aan(rij.dienstverband, coach, actor=ACTOR)
