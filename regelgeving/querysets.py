"""The questions that the pages of this room ask."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet

from kern.handeling import huidige_gemeente_id
from regelgeving.gegevens.laden import kaal
from regelgeving.models import (
    Beroep,
    Bijstandsnorm,
    Codelijst,
    Leeshandeling,
    Minimumloon,
    Parameter,
    Termijn,
    Verwerkingsactiviteit,
    Voorstel,
    Vrijlating,
    geldig,
)

#: Kinds of proposals that belong to this room.
EIGEN_SOORTEN = ("parameter", "code", "minimumloon", "termijn")

#: Letters from which looking for an occupation makes sense.
KORTSTE_ZOEKTEKST = 2


def parameters_op(datum: dt.date) -> QuerySet[Parameter]:
    """All parameters that hold on a date, national and of this gemeente, with their source and certainty."""
    eigen = Q(gemeente__isnull=True) | Q(gemeente_id=huidige_gemeente_id())
    return Parameter.objects.filter(eigen, geldig(datum)).order_by("sleutel", "gemeente_id", "pk")


def codelijsten() -> QuerySet[Codelijst]:
    """All lists, the ones of the product first."""
    return Codelijst.objects.order_by("landelijk", "naam", "pk")


def voorstellen(*, alleen_open: bool = False) -> QuerySet[Voorstel]:
    """Proposals about regulation, newest first. Proposals of other rooms, about persons, never show here."""
    rijen = Voorstel.objects.filter(soort__in=EIGEN_SOORTEN, betrokkene_id__isnull=True)
    rijen = rijen.select_related("voorgesteld_door", "beslist_door").order_by("-voorgesteld_op", "-pk")
    return rijen.filter(status="voorgesteld") if alleen_open else rijen


def zoek_beroepen(tekst: str, aantal: int = 20) -> list[Beroep]:
    """Occupations that look like `tekst`, best first: the name itself, then how it begins, then other names.

    Only when nothing contains the text, spelling mistakes are forgiven.
    """
    zoek = kaal(tekst.strip())
    if len(zoek) < KORTSTE_ZOEKTEKST:
        return []
    rijen = Beroep.objects.annotate(gelijkenis=TrigramWordSimilarity(zoek, "zoektekst")).order_by(
        "-gelijkenis", "label", "pk"
    )
    bevat = rijen.filter(zoektekst__contains=zoek)
    rijen = bevat if bevat.exists() else rijen.filter(gelijkenis__gte=0.4)
    return sorted(rijen[:200], key=lambda beroep: _rang(beroep, zoek))[:aantal]


def _rang(beroep: Beroep, zoek: str) -> tuple[int, float, str]:
    namen = [naam.strip() for naam in beroep.zoektekst.split("|")]
    if namen[0] == zoek:
        soort = 0
    elif namen[0].startswith(zoek):
        soort = 1
    elif any(naam.startswith(zoek) for naam in namen):
        soort = 2
    else:
        soort = 3
    return soort, -beroep.gelijkenis, beroep.label  # type: ignore[attr-defined]


def normen_op(datum: dt.date) -> QuerySet[Bijstandsnorm]:
    """Norms that hold on a date."""
    return Bijstandsnorm.objects.filter(geldig(datum)).order_by("huishouden", "pk")


def minimumlonen_op(datum: dt.date) -> QuerySet[Minimumloon]:
    """Minimum wages that hold on a date, adults first."""
    return Minimumloon.objects.filter(geldig(datum)).order_by("-leeftijd_van", "pk")


def vrijlatingen_op(datum: dt.date) -> QuerySet[Vrijlating]:
    """Exemptions that hold on a date."""
    return Vrijlating.objects.filter(geldig(datum)).order_by("soort", "pk")


def termijnen_op(datum: dt.date) -> QuerySet[Termijn]:
    """Terms that hold on a date, national and of this gemeente."""
    eigen = Q(gemeente__isnull=True) | Q(gemeente_id=huidige_gemeente_id())
    return Termijn.objects.filter(eigen, geldig(datum)).order_by("sleutel", "gemeente_id", "pk")


def verwerkingen(op: dt.date | None = None) -> QuerySet[Verwerkingsactiviteit]:
    """The register of processing activities: of a day, or with everything that ever held."""
    rijen = Verwerkingsactiviteit.objects.order_by("naam", "geldig_van", "pk")
    return rijen if op is None else rijen.filter(geldig(op))


def leeshandelingen(op: dt.date | None = None) -> QuerySet[Leeshandeling]:
    """The names in the read log, of a day or of all days."""
    rijen = Leeshandeling.objects.order_by("naam", "geldig_van", "pk")
    return rijen if op is None else rijen.filter(geldig(op))


def beroepsnamen(codes: Collection[str]) -> dict[str, str]:
    """Names of these occupations, by code; a code that the list does not know is left out."""
    return dict(Beroep.objects.filter(code__in=codes).order_by("pk").values_list("code", "label"))
