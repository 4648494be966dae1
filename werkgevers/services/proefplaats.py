"""A trial place with benefit: permission, conditions, extension (Participatiewet art. 8a lid 2 onder d)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.weergave import datum
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_maanden
from werkgevers.models import Dienstverband, Plaatsing, Proefplaats
from werkgevers.proefplaatswerk import proefplaatswerk

TERMIJN, HOOGSTENS = "PROEFPLAATS", "PROEFPLAATS_MAX"


def laatste_dag(begin: dt.date, termijn: str) -> dt.date:
    """The last day that this term allows; ValidationError at `begindatum` before the law had it."""
    try:
        maanden = opzoeken.termijn(termijn, begin).aantal or 0
    except opzoeken.GegevenOntbreekt as fout:
        raise ValidationError({"begindatum": "Op deze dag stond de proefplaats nog niet in de wet."}) from fout
    return plus_maanden(begin, maanden) - dt.timedelta(days=1)


@service
def leg_proefplaats_vast(
    plaatsing: Plaatsing,
    begindatum: dt.date,
    einddatum: dt.date,
    contract_maanden: int,
    *,
    actor: Actor,
    verzekerd: bool,
    niet_eerder: bool,
) -> Proefplaats:
    """Give permission for a trial on a placement without wage, two months at most.

    Raises ValidationError at the field that does not fit, with the last day that is possible.
    """
    rij = Plaatsing.objects.select_for_update(of=("self",)).get(pk=plaatsing.pk)
    if rij.bruto_uurloon is not None:
        raise ValidationError("Bij een proefplaats is er geen loon. Deze plaatsing is betaald werk.")
    if rij.einddatum is not None:
        raise ValidationError("Deze plaatsing is al gestopt.")
    if begindatum < rij.begindatum:
        raise ValidationError({"begindatum": f"De plaatsing begint op {datum(rij.begindatum)}."})
    uiterlijk, minstens = laatste_dag(begindatum, TERMIJN), _minstens(begindatum)
    fouten: dict[str, str] = {}
    if not begindatum <= einddatum <= uiterlijk:
        fouten["einddatum"] = f"Een proefplaats die dan begint, duurt hoogstens tot en met {datum(uiterlijk)}."
    if contract_maanden < minstens:
        fouten["contract_maanden"] = f"De werkgever wil daarna een contract geven van minstens {minstens} maanden."
    if not verzekerd:
        fouten["verzekerd"] = "De werkgever moet verzekerd zijn voor aansprakelijkheid."
    if not niet_eerder or _deed_dit_al(rij, begindatum):
        fouten["niet_eerder"] = "Een proefplaats kan niet voor werk dat iemand hier al eerder deed."
    if fouten:
        raise ValidationError(fouten)
    proef = Proefplaats(
        deelnemer_id=rij.deelnemer_id,
        plaatsing=rij,
        begindatum=begindatum,
        einddatum=einddatum,
        contract_maanden=contract_maanden,
        verzekerd=True,
        niet_eerder=True,
        toegestaan_door_id=_mens(actor),
        toegestaan_op=klok.vandaag(),
    )
    return _bewaar(proef)


@service
def verleng_proefplaats(proefplaats: Proefplaats, einddatum: dt.date, reden: str, *, actor: Actor) -> Proefplaats:
    """Once longer, with a reason; six months in all at most. Raises ValidationError at the field."""
    rijen = Proefplaats.objects.select_for_update(of=("self",)).select_related("plaatsing")
    rij = rijen.get(pk=proefplaats.pk)
    if rij.eerst_tot is not None:
        raise ValidationError("Deze proefplaats is al een keer verlengd.")
    if rij.plaatsing.einddatum is not None:
        raise ValidationError("Deze plaatsing is al gestopt.")
    uiterlijk, fouten = laatste_dag(rij.begindatum, HOOGSTENS), {}
    if not rij.einddatum < einddatum <= uiterlijk:
        morgen = rij.einddatum + dt.timedelta(days=1)
        fouten["einddatum"] = f"Kies een dag van {datum(morgen)} tot en met {datum(uiterlijk)}: langer mag niet."
    if not reden.strip():
        fouten["reden"] = "Schrijf op waarom langer nodig is."
    if fouten:
        raise ValidationError(fouten)
    rij.eerst_tot, rij.einddatum = rij.einddatum, einddatum
    rij.verleng_reden, rij.verlengd_door_id = reden.strip(), _mens(actor)
    rij.versie += 1
    return _bewaar(rij)


def _bewaar(rij: Proefplaats) -> Proefplaats:
    rij.full_clean()
    rij.save()
    werkvoorraad.schrijf(*proefplaatswerk(rij))
    return rij


def _mens(actor: Actor) -> int:
    if actor.gebruiker_id is None:
        raise ValidationError("Toestemming geeft een medewerker, niet een taak of koppeling.")
    return actor.gebruiker_id


def _minstens(dag: dt.date) -> int:
    return int(opzoeken.getal("proefplaats.contract_maanden", dag))


def _deed_dit_al(rij: Plaatsing, begin: dt.date) -> bool:
    """Whether our own records say that the person did this work at this employer before."""
    eerder = Q(deelnemer=rij.deelnemer_id, functie__iexact=rij.functie, begindatum__lt=begin)
    hier = Plaatsing.objects.filter(eerder, werkgever=rij.werkgever_id).exclude(pk=rij.pk)
    return hier.exists() or Dienstverband.objects.filter(eerder, feitelijke_werkgever=rij.werkgever_id).exists()
