"""What the dossier shows of work, asked along with the person: no query of its own."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject

from werkgevers.models import Bemiddeling, Plaatsing

_HOEVEEL = 5


def bemiddelingen_nu() -> ArraySubquery:
    """The latest mediations that did not end in a placement."""
    rijen = Bemiddeling.objects.filter(deelnemer=OuterRef("pk")).exclude(status__in=["ingetrokken", "geplaatst"])
    return _lijst(
        rijen.order_by("-voorgedragen_op", "-id"),
        pk="pk",
        status="status",
        vacature="vacature__titel",
        werkgever="vacature__werkgever__naam",
    )


def plaatsingen_nu() -> ArraySubquery:
    """The latest placements, also those that ended."""
    rijen = Plaatsing.objects.filter(deelnemer=OuterRef("pk")).order_by("-begindatum", "-id")
    return _lijst(rijen, pk="pk", functie="functie", werkgever="werkgever__naam", einddatum="einddatum")


def _lijst(rijen: Any, **velden: str) -> ArraySubquery:
    return ArraySubquery(rijen.values(json=JSONObject(**velden))[:_HOEVEEL])
