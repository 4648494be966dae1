"""What the pages about erasing ask."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from deelnemers.models import Bewaarplicht, Deelnemer, Vernietiging, Vernietigingsregel
from deelnemers.services.vernietigen import in_woorden, lopende_termijnen
from deelnemers.toegang import zonder_verboden
from kern import klok
from kern.aansluitingen import samenvoegen

KLAAR = ("uitgevoerd", "ingetrokken")


def lijsten() -> QuerySet[Vernietiging]:
    return Vernietiging.objects.select_related("ingediend_door", "goedgekeurd_door").order_by("-peildatum", "-pk")


def lopende_lijsten() -> QuerySet[Vernietiging]:
    """Lists on which something still waits."""
    return lijsten().exclude(status__in=KLAAR)


def afgeronde_lijsten() -> QuerySet[Vernietiging]:
    return lijsten().filter(status__in=KLAAR)


def alle_regels(medewerker: Any) -> QuerySet[Vernietigingsregel]:
    """Lines of every list; not about persons whose dossier this reader may not open."""
    rijen = Vernietigingsregel.objects.select_related("deelnemer", "vernietiging").order_by("pk")
    return zonder_verboden(rijen, medewerker)


def regels(lijst: Vernietiging, medewerker: Any) -> QuerySet[Vernietigingsregel]:
    """The lines of a list, longest over the term first."""
    return alle_regels(medewerker).filter(vernietiging=lijst).order_by("termijn_tot", "pk")


def bewaarplichten(medewerker: Any) -> QuerySet[Bewaarplicht]:
    rijen = Bewaarplicht.objects.select_related("deelnemer", "door", "opgeheven_door").order_by("-vanaf", "-pk")
    return zonder_verboden(rijen, medewerker)


def lopende_bewaarplichten(medewerker: Any) -> QuerySet[Bewaarplicht]:
    vandaag = klok.vandaag()
    return bewaarplichten(medewerker).filter(Q(tot__isnull=True) | Q(tot__gte=vandaag), opgeheven_op__isnull=True)


def op_nummer(dossiernummer: str) -> Deelnemer | None:
    return Deelnemer.objects.filter(dossiernummer=dossiernummer.strip()).order_by("pk").first()


def telling_per_kamer(regel: Vernietigingsregel) -> list[tuple[str, int]]:
    """Room and number of rows about the person of this line: how much, never what."""
    uit: dict[str, int] = {}
    if regel.deelnemer_id:
        for kamer, _, aantal in samenvoegen.telling(regel.deelnemer_id):
            naam = "Berichten" if kamer == "kern" else str(apps.get_app_config(kamer).verbose_name)
            uit[naam] = uit.get(naam, 0) + aantal
    return list(uit.items())


def termijnen_van(regel: Vernietigingsregel) -> str:
    """Which records of this person are within their own term, in words."""
    return in_woorden(lopende_termijnen([regel.deelnemer_id], klok.vandaag())) if regel.deelnemer_id else ""
