"""Jobhunting: from one candidate to the employers that might have work (R128)."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Deelnemer
from kern import klok
from kern.handeling import Actor, service
from organisatie.models import Medewerker
from werkgevers.models import Jobhunt, Jobhuntbenadering, Werkgever


@service
def begin_jobhunt(deelnemer: Deelnemer, medewerker: Medewerker, zoekt: str, *, actor: Actor) -> Jobhunt:
    """Start looking for one person; raises ValidationError when a jobhunt already runs."""
    rij = Jobhunt(deelnemer=deelnemer, medewerker=medewerker, zoekt=zoekt, begindatum=klok.vandaag())
    rij.full_clean()
    rij.save()
    return rij


@service
def benader(
    jobhunt: Jobhunt,
    werkgever: Werkgever,
    resultaat: str,
    *,
    actor: Actor,
    op: dt.date | None = None,
    notitie: str = "",
) -> Jobhuntbenadering:
    """Put an employer on the list or record what came out; one row per employer."""
    rij = Jobhuntbenadering.objects.filter(jobhunt=jobhunt, werkgever=werkgever).first()
    rij = rij or Jobhuntbenadering(deelnemer_id=jobhunt.deelnemer_id, jobhunt=jobhunt, werkgever=werkgever)
    rij.resultaat, rij.notitie, rij.benaderd_op = resultaat, notitie, op or klok.vandaag()
    rij.full_clean()
    rij.save()
    return rij


@service
def stop_jobhunt(jobhunt: Jobhunt, *, actor: Actor) -> Jobhunt:
    """Looking stops today."""
    jobhunt.einddatum = klok.vandaag()
    jobhunt.versie += 1
    jobhunt.full_clean()
    jobhunt.save(update_fields=["einddatum", "versie"])
    return jobhunt
