"""Filling the toolkit: interventions by coaches, and what colleagues found (R061, R119)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from kern import bsn, klok
from kern.handeling import Actor, service
from organisatie.models import Medewerker
from regelgeving import opzoeken
from trajecten.gereedschap import PROBLEMEN
from trajecten.models import Instrument, Interventie, Interventieervaring
from trajecten.models.gereedschap import GEEN_NUMMER
from trajecten.services.hulp import bewaar, vergrendel

_DOSSIERNUMMER = re.compile(r"(?<!\d)(?:19|20)\d{2}[ -]?\d{5}(?!\d)")
_TEKSTEN = ("naam", "wat", "wanneer", "wie")


def _eis_zonder_nummer(teksten: dict[str, str]) -> None:
    fouten = {
        veld: GEEN_NUMMER
        for veld, tekst in teksten.items()
        if bsn.verberg(tekst) != tekst or _DOSSIERNUMMER.search(tekst)
    }
    if fouten:
        raise ValidationError(fouten)


def _zet(rij: Interventie, problemen: Sequence[str], instrument: Instrument | None, teksten: dict[str, str]) -> None:
    """Fill the row and check what a person can get wrong, per field."""
    teksten = {veld: tekst.strip() for veld, tekst in teksten.items()}
    _eis_zonder_nummer(teksten)
    bekend = [code for code, _ in opzoeken.keuzes(PROBLEMEN, klok.vandaag())]
    blijft = set(rij.problemen or ())  # a code that ended meanwhile may stay where it was
    if onbekend := sorted(set(problemen) - set(bekend) - blijft):
        raise ValidationError({"problemen": f"Dit probleem kennen we niet: {', '.join(onbekend)}."})
    if instrument is not None and instrument.afgeschermd:
        raise ValidationError({"instrument": "Dit aanbod is afgeschermd. Iedereen leest de gereedschapskist."})
    rij.problemen = [code for code in (*bekend, *sorted(blijft - set(bekend))) if code in problemen]
    rij.instrument = instrument
    for veld in _TEKSTEN:
        setattr(rij, veld, teksten[veld])
    rij.full_clean(exclude=["gemeente"], validate_unique=False, validate_constraints=False)


@service
def voeg_interventie_toe(  # noqa: PLR0917
    naam: str,
    problemen: Sequence[str],
    wat: str,
    wanneer: str,
    wie: str,
    instrument: Instrument | None = None,
    *,
    medewerker: Medewerker,
    actor: Actor,
) -> Interventie:
    """Put a new intervention in the toolkit. ValidationError per field: an unknown problem, a number of a person, or a
    name that is already there.
    """
    rij = Interventie(toegevoegd_door=medewerker, toegevoegd_op=klok.vandaag())
    _zet(rij, problemen, instrument, {"naam": naam, "wat": wat, "wanneer": wanneer, "wie": wie})
    return _bewaar(rij)


@service
def wijzig_interventie(  # noqa: PLR0917
    interventie: Interventie,
    naam: str,
    problemen: Sequence[str],
    wat: str,
    wanneer: str,
    wie: str,
    instrument: Instrument | None = None,
    *,
    actor: Actor,
    versie: int | None = None,
) -> Interventie:
    """Improve the text. IntussenGewijzigd when a colleague was first."""
    rij = vergrendel(Interventie, interventie.pk, versie=versie)
    _zet(rij, problemen, instrument, {"naam": naam, "wat": wat, "wanneer": wanneer, "wie": wie})
    rij.versie += 1
    return _bewaar(rij)


def _bewaar(rij: Interventie) -> Interventie:
    try:
        return bewaar(rij)
    except ValidationError as fout:
        if getattr(fout, "code", "") == "interventie_naam":
            raise ValidationError({"naam": fout.message}) from fout
        raise


@service
def schrijf_ervaring(
    interventie: Interventie, hielp: bool, tekst: str, *, medewerker: Medewerker, actor: Actor
) -> Interventieervaring:
    """Write down what you found. ValidationError at `tekst` when it is empty or holds a number of a person."""
    tekst = tekst.strip()
    if not tekst:
        raise ValidationError({"tekst": "Schrijf op wat werkte of niet werkte."})
    _eis_zonder_nummer({"tekst": tekst})
    rij = Interventieervaring(
        interventie=interventie, hielp=hielp, tekst=tekst, geschreven_door=medewerker, geschreven_op=klok.vandaag()
    )
    return bewaar(rij)


@service
def haal_ervaring_weg(ervaring: Interventieervaring, *, actor: Actor) -> None:
    """Take a note out: it turned out wrong, or to be about a person."""
    vergrendel(Interventieervaring, ervaring.pk).delete()
