"""Answers of income by file: every line on its own, and running the same file twice changes nothing."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.core.exceptions import ValidationError

from deelnemers.models import Leverwijze
from deelnemers.services.antwoorden import BUS_REDENEN, Antwoord, begin_levering, neem_op, sluit_levering
from kern.handeling import Actor

__all__ = ["BUS_REDENEN", "KOLOMMEN", "Uitkomst", "lees", "verwerk"]

KOLOMMEN = ("melding", "besluit", "laatste_dag", "reden_einde", "toelichting")
#: A benefit system that knows more may add these.
MET_BEDRAGEN = (*KOLOMMEN, "norm", "inkomsten")
#: A file above this size was not made by hand or by a benefit system.
MAX_BYTES = 5_000_000
_MAX_BEDRAG = Decimal(100_000)


@dataclass
class Uitkomst:
    """What happened to a file: lines that were processed, and per line what was wrong."""

    totaal: int = 0
    fouten: list[tuple[int, str]] = field(default_factory=list)
    wachten: int = 0
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
    kop = tuple(cel.strip().lower() for cel in rijen[0][1]) if rijen else ()
    if kop not in {KOLOMMEN, MET_BEDRAGEN}:
        raise ValidationError(f"De kolommen kloppen niet. Op de eerste regel hoort: {';'.join(KOLOMMEN)}")
    leeg = [""] * len(MET_BEDRAGEN)
    return [
        (nummer, dict(zip(MET_BEDRAGEN, [cel.strip() for cel in [*rij[: len(kop)], *leeg]], strict=False)))
        for nummer, rij in rijen[1:]
    ]


def verwerk(inhoud: bytes, *, actor: Actor) -> Uitkomst:
    """Answer every notice that the file names; a wrong line is reported and the others go on. What fits no
    notice waits on the work list.
    """
    uitkomst = Uitkomst()
    regels = lees(inhoud)
    levering = begin_levering(Leverwijze.BESTAND, actor=actor)
    gedaan: list[tuple[int, int]] = []
    for nummer, rij in regels:
        uitkomst.totaal += 1
        antwoord = neem_op(levering, _antwoord(rij), actor=actor)
        gedaan.append((nummer, antwoord.pk))
        if antwoord.status == "verwerkt" and antwoord.deelnemer_id is not None:
            uitkomst.betrokkenen.add(antwoord.deelnemer_id)
        else:
            uitkomst.fouten.append((nummer, antwoord.waarom))
            uitkomst.wachten += antwoord.status == "niet_gekoppeld"
    sluit_levering(levering, gedaan, actor=actor)
    return uitkomst


def _antwoord(rij: dict[str, str]) -> Antwoord:
    """The line in the form that the services take; what cannot be read becomes its fault."""
    fout, dag = "", None
    bedragen: dict[str, Decimal | None] = {}
    if rij["laatste_dag"]:
        try:
            dag = dt.date.fromisoformat(rij["laatste_dag"])
        except ValueError:
            fout = "De laatste dag is een datum als 2026-10-31."
    for kolom, naam in (("norm", "normbedrag"), ("inkomsten", "inkomsten")):
        try:
            bedragen[naam] = _bedrag(rij[kolom])
        except (InvalidOperation, ValueError):
            fout = fout or f"Het bedrag bij {kolom} is een getal als 1234,56."
    return Antwoord(
        meldingnummer=rij["melding"][:20] or "-",
        besluit=rij["besluit"],
        laatste_dag=dag,
        reden_einde=rij["reden_einde"],
        toelichting=rij["toelichting"][:500],
        fout=fout,
        normbedrag=bedragen.get("normbedrag"),
        inkomsten=bedragen.get("inkomsten"),
    )


def _bedrag(tekst: str) -> Decimal | None:
    if not tekst:
        return None
    bedrag = Decimal(tekst.replace(",", ".")).quantize(Decimal("0.01"))
    if not 0 <= bedrag < _MAX_BEDRAG:
        raise ValueError("bedrag buiten bereik")
    return bedrag
