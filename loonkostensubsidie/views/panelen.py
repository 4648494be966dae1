"""Our part on the pages of the dossier and of an employment."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from kern.aansluitingen.acties import Knop
from kern.weergave import datum
from loonkostensubsidie.aanvraagtoestanden import OPEN_AANVRAAG
from loonkostensubsidie.models import Aanvraag, Subsidie
from loonkostensubsidie.toegang import AANVRAAG, SUBSIDIE
from loonkostensubsidie.views.beeld import AANVRAGEN, aanvraagmerk, subsidiemerk

_HOEVEEL = 5


def _regels(request: Any, **van: Any) -> dict[str, Any] | None:
    aanvragen = AANVRAAG.beperk(Aanvraag.objects.filter(status__in=OPEN_AANVRAAG, **van), request.medewerker)
    rechten = SUBSIDIE.beperk(Subsidie.objects.filter(**van), request.medewerker)
    regels = [
        {
            "url": reverse("lks_aanvraag", args=[a.kenmerk]),
            "tekst": f"Aanvraag van {a.werkgever.naam}",
            "merk": aanvraagmerk(a),
        }
        for a in aanvragen.select_related("werkgever").order_by("-pk")[:_HOEVEEL]
    ]
    regels += [
        {
            "url": reverse("subsidie", args=[s.kenmerk]),
            "tekst": f"{s.regeling.naam} aan {s.werkgever.naam}, vanaf {datum(s.begindatum)}",
            "merk": subsidiemerk(s),
        }
        for s in rechten.select_related("regeling", "werkgever").order_by("-begindatum", "-pk")[:_HOEVEEL]
    ]
    return {"regels": regels} if regels else None


def van_persoon(request: Any, deelnemer: Any) -> dict[str, Any] | None:
    """On the dossier: open applications and rights, no amounts. Most people have none: that was asked along."""
    if not getattr(deelnemer, "heeft_subsidie", True):
        return None
    return _regels(request, deelnemer=deelnemer)


def van_werk(request: Any, rij: Any) -> dict[str, Any] | None:
    """On an employment: the same for this job."""
    return _regels(request, dienstverband=rij)


def knoppen(request: Any, rij: Any) -> list[Knop]:
    """On an employment that can have subsidy: ask for it."""
    if rij.soort not in {"lks", "beschut"} or rij.einddatum is not None or not request.rechten.intersection(AANVRAGEN):
        return []
    er_is = Aanvraag.objects.filter(dienstverband=rij, status__in=OPEN_AANVRAAG).exists()
    loopt = Subsidie.objects.filter(dienstverband=rij).exclude(status="ingetrokken").exists()
    if er_is or loopt:
        return []
    return [Knop("Subsidie aanvragen", reverse("lks_aanvraag_nieuw", args=[rij.pk]), icoon="document")]
