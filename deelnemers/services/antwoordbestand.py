"""Answers of income by file: every line on its own, and running the same file twice changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from deelnemers.models import MeldingAanInkomen
from deelnemers.services import inkomen
from kern import klok
from kern.handeling import Actor
from kern.toestanden import OvergangGeweigerd
from regelgeving.opzoeken import keuzes

BUS_REDENEN = "bus_reden_beeindiging_uitkering"
KOLOMMEN = ("melding", "besluit", "laatste_dag", "reden_einde", "toelichting")
#: A file above this size was not made by hand or by a benefit system.
MAX_BYTES = 5_000_000


@dataclass
class Uitkomst:
    """What happened to a file: lines that were processed, and per line what was wrong."""

    totaal: int = 0
    fouten: list[tuple[int, str]] = field(default_factory=list)
    betrokkenen: set[int] = field(default_factory=set)

    @property
    def gelukt(self) -> int:
        return self.totaal - len(self.fouten)


def lees(inhoud: bytes) -> list[tuple[int, dict[str, str]]]:
    """Line number and fields of every line. Raises ValidationError when the file as a whole cannot be
    read.
    """
    if len(inhoud) > MAX_BYTES:
        raise ValidationError("Dit bestand is te groot. Verdeel de antwoorden over een paar bestanden.")
    try:
        tekst = inhoud.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError("Dit bestand is niet te lezen. Bewaar het als CSV in UTF-8.") from None
    rijen = [(nummer, rij) for nummer, rij in enumerate(csv.reader(io.StringIO(tekst), delimiter=";"), 1) if rij]
    if not rijen or tuple(cel.strip().lower() for cel in rijen[0][1]) != KOLOMMEN:
        raise ValidationError(f"De kolommen kloppen niet. Op de eerste regel hoort: {';'.join(KOLOMMEN)}")
    leeg = [""] * len(KOLOMMEN)
    return [
        (nummer, dict(zip(KOLOMMEN, [cel.strip() for cel in [*rij, *leeg]], strict=False))) for nummer, rij in rijen[1:]
    ]


def verwerk(inhoud: bytes, *, actor: Actor) -> Uitkomst:
    """Answer every notice that the file names; a wrong line is reported and the others go on."""
    uitkomst = Uitkomst()
    for nummer, rij in lees(inhoud):
        uitkomst.totaal += 1
        try:
            melding = _regel(rij, actor)
        except (ValidationError, OvergangGeweigerd) as fout:
            zinnen = fout.messages if isinstance(fout, ValidationError) else [str(fout)]
            uitkomst.fouten.append((nummer, " ".join(zinnen)))
        else:
            uitkomst.betrokkenen.add(melding.deelnemer_id)
    return uitkomst


def _regel(rij: dict[str, str], actor: Actor) -> MeldingAanInkomen:
    if not rij["melding"].isdecimal():
        raise ValidationError("Het nummer van de melding klopt niet.")
    melding = MeldingAanInkomen.objects.filter(pk=int(rij["melding"])).first()
    if melding is None:
        raise ValidationError("Deze melding bestaat niet.")
    if rij["besluit"] == "loopt_door":
        if rij["laatste_dag"] or rij["reden_einde"]:
            raise ValidationError("Een uitkering die doorloopt heeft geen laatste dag en geen reden.")
        if melding.status == "loopt_door":
            return melding
        return inkomen.bevestig_doorlopen(melding, toelichting=rij["toelichting"], actor=actor)
    if rij["besluit"] != "beeindigd":
        raise ValidationError("Het besluit is ‘beeindigd’ of ‘loopt_door’.")
    dag, reden = _dag(rij["laatste_dag"]), _reden(rij["reden_einde"])
    if melding.status == "beeindigd" and (melding.laatste_dag, melding.reden_einde) == (dag, reden):
        return melding
    return inkomen.bevestig_einde(melding, dag, reden, toelichting=rij["toelichting"], actor=actor)


def _dag(tekst: str) -> dt.date:
    try:
        return dt.date.fromisoformat(tekst)
    except ValueError:
        raise ValidationError("De laatste dag is een datum als 2026-10-31.") from None


def _reden(code: str) -> str:
    if code not in {bekend for bekend, _ in keuzes(BUS_REDENEN, klok.vandaag())}:
        raise ValidationError(f"De reden ‘{code}’ staat niet in de BUS-lijst.")
    return code
