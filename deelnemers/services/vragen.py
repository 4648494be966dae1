"""Asking and answering a question about a person (R121)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Dossiervraag
from deelnemers.services.tijdlijn import vraagregel
from deelnemers.services.werkvoorraad import ververs_met_lijst
from deelnemers.vraagkeuzes import Vraagaan
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from organisatie.models import Medewerker
from regelgeving import opzoeken


@service
def stel_vraag(
    deelnemer: Deelnemer,
    aan: Vraagaan | str,
    vraag: str,
    *,
    medewerker: Medewerker,
    actor: Actor,
    bijzonder: bool = False,
) -> Dossiervraag:
    """Ask; the term in days is a dated setting. Raises ValidationError per field.

    With `bijzonder` it is read in the dossier as a sensitive note is; who has to answer reads it too (R228).
    """
    vandaag = klok.vandaag()
    dagen = int(opzoeken.getal("vraag.termijn", vandaag))
    rij = Dossiervraag(
        deelnemer=deelnemer,
        aan=aan,
        vraag=vraag.strip(),
        bijzonder=bijzonder,
        gesteld_door=medewerker,
        gesteld_op=vandaag,
        termijn=vandaag + dt.timedelta(days=dagen),
    )
    rij.full_clean(exclude=["gemeente"])
    rij.save()
    tijdlijn.schrijf(vraagregel(rij))
    ververs_met_lijst(deelnemer.pk)
    return rij


@service
def beantwoord_vraag(
    vraag: Dossiervraag, antwoord: str, *, medewerker: Medewerker, actor: Actor, antwoord_van: str = ""
) -> Dossiervraag:
    """Answer once. Of an expert somebody else writes the words down, with the name of the expert."""
    rij = Dossiervraag.objects.select_for_update(of=("self",)).get(pk=vraag.pk)
    if rij.beantwoord_op is not None:
        raise ValidationError("Een collega heeft deze vraag net beantwoord.")
    if not antwoord.strip():
        raise ValidationError({"antwoord": "Schrijf het antwoord op."})
    if rij.aan != Vraagaan.INKOMEN and not antwoord_van.strip():
        raise ValidationError({"antwoord_van": "Schrijf op welke expert dit antwoord gaf."})
    rij.antwoord, rij.antwoord_van = antwoord.strip(), antwoord_van.strip()
    rij.beantwoord_door, rij.beantwoord_op = medewerker, klok.vandaag()
    if medewerker.pk == rij.gesteld_door_id:
        rij.gelezen_op = rij.beantwoord_op
    rij.save()
    tijdlijn.schrijf(vraagregel(rij))
    ververs_met_lijst(rij.deelnemer_id)
    return rij


@service
def lees_antwoord(vraag: Dossiervraag, *, actor: Actor) -> None:
    """Whoever asked has read the answer; it goes off Vandaag."""
    rij = Dossiervraag.objects.select_for_update(of=("self",)).get(pk=vraag.pk)
    if rij.beantwoord_op is not None and rij.gelezen_op is None:
        rij.gelezen_op = klok.vandaag()
        rij.save(update_fields=["gelezen_op"])
    ververs_met_lijst(rij.deelnemer_id)
