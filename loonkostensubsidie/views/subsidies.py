"""Subsidies: the list, one right with its decisions and ledger, and what follows on it."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.querysets import in_doelgroep
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro, kortedatum
from kern.weergave import maand as maandnaam
from kern.weigering import probeer
from loonkostensubsidie import aanvraagforms as forms
from loonkostensubsidie import aanvraagvragen as vragen
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.besluitrecht import soorten_nu
from loonkostensubsidie.models import Boekregel, Regeling, Subsidie
from loonkostensubsidie.services import beschikking as dienst
from loonkostensubsidie.toegang import SUBSIDIE
from loonkostensubsidie.views.beeld import AANVRAGEN, BEHANDELEN, ZIEN, besluitmerk, subsidiemerk
from werkgevers.views.hulp import formulier

PER_BLADZIJDE = 50
KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Voor wie",
        kop=True,
        waarde=lambda s: s.deelnemer.naam,
        link=lambda s: reverse("subsidie", args=[s.kenmerk]),
        onder=lambda s: s.werkgever.naam,
    ),
    Kolom("regeling", "Regeling", waarde=lambda s: s.regeling.naam),
    Kolom("status", "Stand", waarde=subsidiemerk),
    Kolom("begindatum", "Vanaf", weergave=kortedatum),
    Kolom("einddatum", "Tot en met", waarde=lambda s: kortedatum(s.einddatum) if s.einddatum else "loopt"),
    Kolom("bedrag", "Per maand", waarde=lambda s: euro(s.bedrag) if s.bedrag is not None else "", soort="getal"),
)


def maandadres(rij: Subsidie, maand: dt.date) -> str:
    """The page of one booked month."""
    return reverse("subsidie_maand", args=[rij.kenmerk, maand.year, maand.month])


def _boekkolommen(rij: Subsidie) -> tuple[Kolom, ...]:
    return (
        Kolom(
            "maand",
            "Maand",
            kop=True,
            weergave=maandnaam,
            link=lambda b: maandadres(rij, b.maand),
            onder=lambda b: b.get_soort_display(),
        ),
        Kolom("totaal", "Bedrag", weergave=euro, soort="getal"),
        Kolom("uitleg", "Uitleg", breed=True),
    )


@toegang(*ZIEN)
@require_safe
def subsidies(request: Any) -> HttpResponse:
    """Rights to money, with filters; in order of name."""
    regelingen = [(r.code, r.naam) for r in Regeling.objects.order_by("begindatum", "pk")]
    filter_ = forms.SubsidieFilter(request.GET or None, regelingen=regelingen)
    zet_doelgroepen(filter_, request.rechten)
    keuze = dict(filter_.cleaned_data) if filter_.is_valid() else {}
    groep, stand = keuze.pop("doelgroep", ""), keuze.get("stand") or "lopend"
    vraag = in_doelgroep(vragen.subsidies(request.medewerker, **(keuze | {"stand": stand})), groep)
    blad = Paginator(vraag, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    blad.object_list = vragen.met_bedrag(list(blad.object_list))
    request.lezing.toon("subsidie.lijst", [s.deelnemer_id for s in blad])
    leeg = o.Leeg("Geen subsidies", "Een subsidie begint met een besluit op een aanvraag.", "document")
    if any(keuze.values()) or groep:
        leeg = o.Leeg("Geen subsidies met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Subsidies", leeg=leeg),
        "balk": o.filterbalk(request, filter_),
        "hoeveel": blad.paginator.count,
    }
    return render(request, "loonkostensubsidie/subsidies.html", context)


def haal(request: Any, kenmerk: uuid.UUID) -> Subsidie:
    """The right under the access rule; notes the reading."""
    rijen = SUBSIDIE.beperk(
        Subsidie.objects.select_related("deelnemer", "werkgever", "regeling", "dienstverband"), request.medewerker
    )
    rij: Subsidie = get_object_or_404(rijen, kenmerk=kenmerk)
    request.lezing.toon("subsidie.bekijken", [rij.deelnemer_id])
    return rij


@toegang(*ZIEN)
@require_safe
def subsidie(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One right: since when, every decision, and the lines of the ledger."""
    rij = haal(request, kenmerk)
    boekregels = Boekregel.objects.filter(subsidie=rij).order_by("-maand", "-volgnummer", "-pk")[:60]
    naar = reverse("dienstverband", args=[rij.dienstverband_id]) if "plaatsing.zien" in request.rechten else ""
    leeg = o.Leeg("Nog niets geboekt", "Elke maand komt er achteraf een regel bij.", "document")
    context = {
        "rij": rij,
        "merk": subsidiemerk(rij),
        "mag_melden": rij.status == "lopend" and bool(request.rechten.intersection(AANVRAGEN)),
        "besluiten": [(b, besluitmerk(b)) for b in vragen.besluiten_over(rij)],
        "boek": Tabel.van(request, _boekkolommen(rij), list(boekregels), bijschrift="Grootboek", leeg=leeg),
        "soorten": _soorten(rij) if BEHANDELEN in request.rechten else [],
        "feiten": [
            o.Feit("Werknemer", rij.deelnemer.naam),
            o.Feit("Werkgever", rij.werkgever.naam),
            o.Feit("Functie", rij.dienstverband.functie, url=naar),
            o.Feit("Regeling", rij.regeling.naam, onder=rij.regeling.grondslag),
            o.Feit("Vanaf", datum(rij.begindatum)),
            o.Feit("Tot en met", datum(rij.einddatum) if rij.einddatum else "loopt", onder=rij.einde_reden),
            o.Feit("Geld uit", rij.get_geldbron_display()),
        ],
    }
    return render(request, "loonkostensubsidie/subsidie.html", context)


def _soorten(rij: Subsidie) -> list[tuple[str, str]]:
    """The decisions that this right can get now."""
    return [(str(soort.value), str(soort.label)) for soort in soorten_nu(rij)]


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def besluit_nieuw(request: Any, kenmerk: uuid.UUID, soort: str) -> HttpResponse:
    """Write a decision about a right that runs."""
    rij = haal(request, kenmerk)
    if soort not in dict(_soorten(rij)):
        raise Http404("Dit besluit kan nu niet.")
    form = forms.BesluitForm(ingevuld(request), initial={"ingangsdatum": _voorstel(rij, soort)}, dag=_dag(soort))
    if request.method == "POST" and form.is_valid():
        besluit = probeer(
            form, lambda: dienst.stel_besluit_op(rij, soort, **form.cleaned_data, actor=actor_van(request))
        )
        if besluit is not None:
            return redirect("lks_besluit", kenmerk=besluit.kenmerk)
    terug = o.Verwijzing(f"Subsidie {rij.nummer}", reverse("subsidie", args=[rij.kenmerk]))
    uitleg = f"{rij.deelnemer.naam} bij {rij.werkgever.naam}"
    return formulier(request, form, Besluitsoort(soort).label, "Verder", terug, uitleg=uitleg)


def _dag(soort: str) -> str:
    if soort == Besluitsoort.BEEINDIGING:
        return "Laatste dag met subsidie"
    return "Dag van het besluit" if soort == Besluitsoort.INTREKKING else "Vanaf welke dag"


def _voorstel(rij: Subsidie, soort: str) -> dt.date:
    """The day that is most likely: after the fixed percentage, the end of the job, today."""
    if soort == Besluitsoort.LOONWAARDE and rij.einddatum:
        return rij.einddatum + dt.timedelta(days=1)
    if soort == Besluitsoort.BEEINDIGING and rij.dienstverband.einddatum:
        return rij.dienstverband.einddatum
    laatste = klok.vandaag() if rij.einddatum is None else min(rij.einddatum, klok.vandaag())
    return max(rij.begindatum, laatste)
