"""What deliveries to payroll put on Vandaag: no receipt yet, and lines that were refused (R110)."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import aantal, datum
from organisatie.rechten import Rol
from regelgeving.rekenen.werkdagen import plus_werkdagen
from werkgevers.models import Salarislevering
from werkgevers.salarisvragen import open_afgekeurd

#: A name of its own, beside the room itself: its rows are about a file, not about a person.
KAMER = "salaris"
WERKDAGEN = 5


def ontvangstwerk(levering: Salarislevering) -> Werkvoorraad | None:
    """Nobody said yet that payroll has the file; the row comes after five working days."""
    if levering.status != "klaar":
        return None
    gemaakt = timezone.localtime(levering.gemaakt_op).date()
    return _rij(
        levering,
        "ontvangst",
        titel=f"Vraag of de salarisadministratie {levering.nummer} heeft",
        toelichting=aantal(levering.aantal, "regel", "regels"),
        waarom=f"De levering is van {datum(gemaakt)}. Na {WERKDAGEN} werkdagen is nog geen ontvangst vastgelegd.",
        op=plus_werkdagen(gemaakt, WERKDAGEN),
    )


def afkeurwerk(levering: Salarislevering, hoeveel: int) -> Werkvoorraad | None:
    """Lines that payroll refused, until the next delivery takes them along."""
    if not hoeveel:
        return None
    return _rij(
        levering,
        "afgekeurd",
        titel=f"Los op wat de salarisadministratie afkeurde in {levering.nummer}",
        toelichting=aantal(hoeveel, "regel", "regels"),
        waarom="Wat is afgekeurd, gaat mee met de volgende levering. Maak eerst de gegevens goed.",
        op=levering.status_sinds,
    )


def _rij(levering: Salarislevering, soort: str, **velden: object) -> Werkvoorraad:
    return werkvoorraad.regel(
        KAMER,
        f"{soort}:{levering.pk}",
        soort=f"salaris_{soort}",
        url=reverse("salarislevering", args=[levering.kenmerk]),
        knop="Bekijken",
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
        **velden,  # type: ignore[arg-type]
    )


def _afgekeurd_per_levering() -> dict[int, int]:
    rijen = open_afgekeurd().order_by("levering").values("levering").annotate(n=Count("pk"))
    return {rij["levering"]: rij["n"] for rij in rijen}


def alle_werk() -> Iterator[Werkvoorraad]:
    """All rows, rebuilt from the tables."""
    afgekeurd = _afgekeurd_per_levering()
    for levering in Salarislevering.objects.filter(status="klaar").order_by("pk"):
        if (rij := ontvangstwerk(levering)) is not None:
            yield rij
    for levering in Salarislevering.objects.filter(pk__in=afgekeurd).order_by("pk"):
        if (rij := afkeurwerk(levering, afgekeurd[levering.pk])) is not None:
            yield rij


def ververs(levering: Salarislevering) -> None:
    """Make the rows of this delivery what they must be now. Call inside a service."""
    afgekeurd = _afgekeurd_per_levering().get(levering.pk, 0)
    rijen = (("ontvangst", ontvangstwerk(levering)), ("afgekeurd", afkeurwerk(levering, afgekeurd)))
    for soort, rij in rijen:
        if rij is None:
            werkvoorraad.klaar(KAMER, f"{soort}:{levering.pk}")
        else:
            werkvoorraad.schrijf(rij)
