"""The people whom a jobcoach guides at work: how their wage value goes, and what growth brings (leap 18)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro
from loonkostensubsidie.coachvragen import Coachrij, coachrijen, gecoacht

PER_BLADZIJDE = 25
_LEEG = o.Leeg(
    "Je coacht nog niemand met een loonwaarde",
    "Ben je jobcoach bij een dienstverband, dan zie je hier hoe de loonwaarde groeit.",
    "grafiek",
)


def _loonwaarde(rij: Coachrij) -> str:
    return f"{rij.nu.percentage} procent" if rij.nu else "Nog niet gemeten"


def _verloop(rij: Coachrij) -> str:
    """The measurements before the one of today, the first one first."""
    eerder = [m.percentage for m in rij.metingen if rij.nu and m.geldig_vanaf < rij.nu.geldig_vanaf]
    return f"was {' → '.join(str(waarde) for waarde in eerder[-3:])}" if eerder else ""


def _meten(rij: Coachrij) -> o.Merk | str:
    if rij.meten_op is None:
        return "Geen"
    if rij.meten_op <= klok.vandaag():
        return o.Merk(f"Meten, sinds {datum(rij.meten_op)}", "let-op")
    return str(datum(rij.meten_op))


def _subsidie(rij: Coachrij) -> str:
    return euro(rij.stand.dit_jaar) if rij.stand else "Geen subsidie"


def _nog(rij: Coachrij) -> str:
    if rij.stand is None:
        return ""
    return rij.stand.opgeschort or rij.stand.fout or f"waarvan nog {euro(rij.stand.verwacht)}"


def _groei(rij: Coachrij) -> str:
    return f"{euro(rij.stap.stad_per_jaar)} per jaar minder subsidie" if rij.stap else "–"


def _bij(rij: Coachrij) -> str:
    if rij.stap is None:
        return ""
    return f"bij {rij.stap.loonwaarde} procent; werkgever zelf {euro(rij.stap.eigen_deel)} per maand"


KOLOMMEN = (
    Kolom(
        "wie",
        "Werknemer",
        kop=True,
        waarde=lambda r: r.werk.deelnemer.naam,
        link=lambda r: reverse("dienstverband", args=[r.werk.pk]),
        onder=lambda r: f"{r.werk.functie} bij {r.werk.feitelijke_werkgever.naam}",
    ),
    Kolom("loonwaarde", "Loonwaarde", waarde=_loonwaarde, onder=_verloop),
    Kolom("meten", "Volgende meting", waarde=_meten),
    Kolom("subsidie", "Subsidie dit jaar", waarde=_subsidie, onder=_nog, soort="getal"),
    Kolom("groei", "Als het werk meer waard wordt", waarde=_groei, onder=_bij, breed=True),
)


@toegang("caseload.zien")
@require_safe
def mijn_werknemers(request: Any) -> HttpResponse:
    """Only employments of which one is the jobcoach, or stands in for the jobcoach."""
    blad = Paginator(gecoacht(request.medewerker), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    werk = list(blad.object_list)
    request.lezing.toon("subsidie.coach", [rij.deelnemer_id for rij in werk])
    blad.object_list = coachrijen(werk)  # type: ignore[assignment]
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Loonwaarde en subsidie", leeg=_LEEG),
        "hoeveel": blad.paginator.count,
    }
    return render(request, "loonkostensubsidie/mijn_werknemers.html", context)
