"""The evaluation of a route as a PDF in the house style."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from aanmeldingen import querysets
from aanmeldingen.evaluatie import Blok, Periode
from aanmeldingen.keuzes import BRONNEN
from aanmeldingen.models import Route, Routeafspraak, Routeevaluatie
from kern import pdf
from kern.models import Gemeente
from kern.weergave import datum, tijd
from regelgeving import opzoeken


def maak_pdf(
    route: Route, periode: Periode, rij: Routeevaluatie | None, blokken: Sequence[Blok], bekend_op: str
) -> bytes:
    """The document; the same figures, minutes and agreements as the page."""
    bekend = parse_datetime(bekend_op)
    assert bekend is not None, "een evaluatie heeft een moment"  # noqa: S101
    lokaal = timezone.localtime(bekend)
    vast = rij is not None and rij.vastgesteld_op is not None
    gegevens: dict[str, Any] = {
        "gemeente": Gemeente.objects.get(pk=route.gemeente_id).naam,
        "titel": f"Evaluatie van route {route.naam}",
        "onder": f"{opzoeken.label(BRONNEN, route.bron)}, {periode.naam}",
        "periode": f"{datum(periode.van)} tot en met {datum(periode.tot)}",
        "vorige": periode.vorige.naam,
        "stand": _stand(rij) if vast else "Nog niet vastgesteld. De cijfers kunnen nog veranderen.",
        "bekend": f"{datum(lokaal)} om {tijd(lokaal)}",
        "blokken": [
            {"titel": b.titel, "uitleg": b.uitleg, "regels": [[r.naam, r.nu, r.vorige] for r in b.regels]}
            for b in blokken
        ],
        "gesprek": datum(rij.gesprek_op) if rij and rij.gesprek_op else "",
        "aanwezigen": rij.aanwezigen if rij else "",
        "verslag": [deel for deel in rij.verslag.splitlines() if deel.strip()] if rij else [],
        "afspraken": [_afspraak(a) for a in querysets.afspraken(rij)] if rij else [],
    }
    return pdf.maak("aanmeldingen/evaluatie.typ", gegevens, moment=bekend)


def _stand(rij: Any) -> str:
    return f"Vastgesteld op {datum(timezone.localdate(rij.vastgesteld_op))} door {rij.vastgesteld_door.naam}."


def _afspraak(rij: Routeafspraak) -> list[str]:
    stand = f"Gedaan op {datum(rij.gedaan_op)}" if rij.gedaan_op else "Nog te doen"
    versie = f" (versie {rij.routeversie.nummer})" if rij.routeversie else ""
    return [rij.wat, rij.eigenaar, datum(rij.uiterlijk_op), stand + versie]
