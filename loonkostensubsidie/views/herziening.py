"""The revision per 1 January: start, look at what changes, approve all, and what did not succeed."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.taken import zet_in_wachtrij
from kern.toegang import toegang
from kern.weergave import aantal, datum, euro
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie.bezwaarforms import HerzieningForm
from loonkostensubsidie.models import Herzieningsronde
from loonkostensubsidie.services import herziening as dienst
from loonkostensubsidie.tasks import HERZIENING_TAAK
from loonkostensubsidie.toegang import BESCHIKKING
from loonkostensubsidie.views.beeld import BEHANDELEN, BESLUIT_VOOR_WIE, GOEDKEUREN, besluitmerk
from werkgevers.views.hulp import formulier

PER_BLADZIJDE = 50
KOLOMMEN = (
    Kolom(
        "ronde",
        "Herziening",
        kop=True,
        waarde=lambda r: datum(r.ingangsdatum),
        link=lambda r: reverse("lks_herziening", args=[r.kenmerk]),
    ),
    Kolom("wie", "Gestart door", waarde=lambda r: r.gestart_door.naam),
    Kolom("stand", "Stand", waarde=lambda r: o.Merk(*_stand(r))),
)
BESLUITEN = (
    BESLUIT_VOOR_WIE,
    Kolom("vorig", "Was per maand", waarde=lambda b: euro(b.vorig_totaal), soort="getal"),
    Kolom("totaal", "Wordt per maand", waarde=lambda b: euro(b.totaal), soort="getal"),
    Kolom("status", "Status", waarde=besluitmerk),
)


def _stand(ronde: Herzieningsronde) -> tuple[str, Any]:
    if ronde.vastgesteld_op:
        return "Klaar", "goed"
    if ronde.goedkeurder_id:
        return "Brieven worden gemaakt", "info"
    return ("Wacht op een collega", "let-op") if ronde.opgesteld_op else ("Wordt opgesteld", "info")


def _start_taak(request: Any, tekst: str) -> None:
    onder = "" if zet_in_wachtrij(HERZIENING_TAAK, request.user.gemeente_id, request.user.naam) else (
        "De wachtrij antwoordt niet. We proberen het elke vijf minuten opnieuw. Er gaat niets verloren."
    )  # fmt: skip
    meld(request, tekst, onder=onder)


@toegang(BEHANDELEN, GOEDKEUREN)
@require_safe
def herzieningen(request: Any) -> HttpResponse:
    """All rounds, the latest first."""
    rijen = Herzieningsronde.objects.select_related("gestart_door").order_by("-ingangsdatum", "-pk")
    leeg = o.Leeg("Nog geen herziening", "Elk jaar per 1 januari stel je de bedragen opnieuw vast.", "herstel")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, list(rijen[:PER_BLADZIJDE]), bijschrift="Herzieningen", leeg=leeg),
        "mag_starten": BEHANDELEN in request.rechten,
    }
    return render(request, "loonkostensubsidie/herzieningen.html", context)


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Any) -> HttpResponse:
    """Start the round of a year; the job writes the decisions."""
    form = HerzieningForm(ingevuld(request), initial={"jaar": klok.vandaag().year})
    if request.method == "POST" and form.is_valid():
        ronde = probeer(form, lambda: dienst.start_herziening(form.cleaned_data["jaar"], actor=actor_van(request)))
        if ronde is not None:
            _start_taak(request, "De besluiten worden opgesteld")
            return redirect("lks_herziening", kenmerk=ronde.kenmerk)
    terug = o.Verwijzing("Herziening per 1 januari", reverse("lks_herzieningen"))
    uitleg = "Wij berekenen elke subsidie die loopt opnieuw. Een collega keurt alles samen goed."
    return formulier(request, form, "Herziening starten", "Starten", terug, uitleg=uitleg)


@toegang(BEHANDELEN, GOEDKEUREN)
@require_safe
def herziening(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One round: what every employer gets from 1 January, and what did not succeed."""
    ronde = get_object_or_404(Herzieningsronde.objects.select_related("gestart_door", "goedkeurder"), kenmerk=kenmerk)
    rijen = BESCHIKKING.beperk(dienst.besluiten_van(ronde), request.medewerker)
    blad = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("subsidie.besluit", [b.deelnemer_id for b in blad])
    wacht = ronde.opgesteld_op is not None and ronde.goedkeurder_id is None
    leeg = o.Leeg("Nog geen besluiten", "Ze worden opgesteld. Open deze bladzijde straks opnieuw.", "zandloper")
    context = {
        "ronde": ronde,
        "merk": o.Merk(*_stand(ronde)),
        "tabel": Tabel.van(request, BESLUITEN, blad, bijschrift="Besluiten", leeg=leeg),
        "mag_goedkeuren": wacht and GOEDKEUREN in request.rechten and ronde.gestart_door_id != request.user.pk,
        "zelf": wacht and ronde.gestart_door_id == request.user.pk,
        "feiten": [
            o.Feit("Gestart door", ronde.gestart_door.naam, onder=datum(ronde.gestart_op)),
            o.Feit("Goedgekeurd door", ronde.goedkeurder.naam if ronde.goedkeurder else "nog niemand"),
            o.Feit("Bedrag bleef gelijk", aantal(ronde.gelijk, "subsidie", "subsidies")),
        ],
    }
    return render(request, "loonkostensubsidie/herziening.html", context)


@toegang(GOEDKEUREN)
@require_POST
def goedkeuren(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The second person; the job makes the letters."""
    ronde = get_object_or_404(Herzieningsronde.objects, kenmerk=kenmerk)
    try:
        dienst.keur_herziening_goed(ronde, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        _start_taak(request, "De brieven worden gemaakt")
    return redirect("lks_herziening", kenmerk=kenmerk)
