"""What changed in a dossier, when, by whom and why (R227)."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.views.decorators.http import require_GET

from deelnemers import historievragen as vragen
from deelnemers.models import Deelnemer
from deelnemers.toegang import mag_adres
from deelnemers.views.hulp import kaart, met_dossier
from kern.aansluitingen import historie as socket
from kern.models import Wijziging
from kern.onderdelen import Leeg
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, hoofdletter, tijd

PER_BLADZIJDE = 50


def _wat(rij: Wijziging) -> str:
    naam = socket.alle()[rij.tabel].model._meta.verbose_name
    return f"{hoofdletter(str(naam))} {rij.get_actie_display()}"


def _kolommen(redenen: dict[int, str], *, adres: bool) -> tuple[Kolom, ...]:
    def velden(rij: Wijziging) -> str:
        regels = [
            (hoofdletter(naam), f": {waarden}" if waarden else "") for naam, waarden in vragen.velden(rij, adres=adres)
        ]
        return format_html_join(", ", "{}{}", regels)

    return (
        Kolom(
            "op",
            "Wanneer",
            kop=True,
            waarde=lambda r: datum(timezone.localdate(r.tijdstip)),
            onder=lambda r: f"{tijd(timezone.localtime(r.tijdstip))} uur",
        ),
        Kolom("wat", "Wat", waarde=_wat, onder=velden, breed=True),
        Kolom("actor_naam", "Door"),
        Kolom("reden", "Reden", waarde=lambda r: redenen.get(r.pk, ""), breed=True),
    )


@toegang("dossier.zien")
@require_GET
@met_dossier("dossier.historie")
def historie(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Every change that this reader may know of, newest first, a page at a time."""
    rijen = vragen.wijzigingen(deelnemer, request.rechten)
    blad = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    redenen = vragen.redenen(deelnemer, rijen, list(blad))
    kolommen = _kolommen(redenen, adres=mag_adres(deelnemer, request.medewerker, request.rechten))
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "historie"),
        "tabel": Tabel.van(
            request,
            kolommen,
            blad,
            bijschrift="Wijzigingen in dit dossier",
            leeg=Leeg("Er is nog niets gewijzigd"),
            dicht=True,
        ),
        "terugblik": reverse("terugblik", args=[deelnemer.dossiernummer]),
    }
    return render(request, "deelnemers/historie.html", context)
