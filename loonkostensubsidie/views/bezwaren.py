"""Objections against decisions, and what employers report."""

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
from kern.toegang import toegang
from kern.weergave import datum, kortedatum, uren
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie import bezwaarforms as forms
from loonkostensubsidie.aanvraagforms import LinkForm, RedenForm
from loonkostensubsidie.aanvraagklok import kleur
from loonkostensubsidie.bezwaarregels import MET_VERVOLG
from loonkostensubsidie.bezwaartoestanden import BEZWAAR, MELDING
from loonkostensubsidie.models import Bezwaar, Wijzigingsmelding
from loonkostensubsidie.services import wijzigingen
from loonkostensubsidie.services.werkgeverslink import geef_link
from loonkostensubsidie.toegang import BEZWAAR as BEZWAARREGEL
from loonkostensubsidie.toegang import MELDING as MELDINGREGEL
from loonkostensubsidie.views.beeld import AANVRAGEN, BEHANDELEN, ZIEN
from loonkostensubsidie.views.subsidies import haal as haal_subsidie
from werkgevers.views.hulp import formulier

PER_BLADZIJDE = 50
OPEN = ("ontvangen", "in_behandeling")


# --- Objections ------------------------------------------------------------------------------------------------------
def bezwaarklok(rij: Bezwaar) -> o.Merk | str:
    if rij.status not in OPEN:
        return ""
    laat = rij.beslis_voor < klok.vandaag()
    tekst = f"Te laat sinds {kortedatum(rij.beslis_voor)}" if laat else f"Tot en met {kortedatum(rij.beslis_voor)}"
    return o.Merk(tekst, kleur(rij.beslis_voor, klok.vandaag()))


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Over wie",
        kop=True,
        waarde=lambda b: b.over,
        link=lambda b: reverse("lks_bezwaar", args=[b.kenmerk]),
        onder=lambda b: b.werkgever.naam if b.deelnemer_id else "Terugvordering",
    ),
    Kolom("beschikking", "Besluit", waarde=lambda b: b.besluit.nummer),
    Kolom("status", "Status", waarde=lambda b: o.toestandmerk(BEZWAAR.toestand(b.status))),
    Kolom("termijn", "Termijn", waarde=bezwaarklok),
    Kolom("ontvangen_op", "Ontvangen", weergave=kortedatum),
)
MELDKOLOMMEN = (
    Kolom(
        "deelnemer",
        "Over wie",
        kop=True,
        waarde=lambda m: m.deelnemer.naam,
        link=lambda m: reverse("lks_wijziging", args=[m.kenmerk]),
        onder=lambda m: m.dienstverband.formele_werkgever.naam,
    ),
    Kolom("soort", "Wat verandert er", waarde=lambda m: m.get_soort_display()),
    Kolom("vanaf", "Vanaf", weergave=kortedatum),
    Kolom("status", "Status", waarde=lambda m: o.toestandmerk(MELDING.toestand(m.status))),
    Kolom("ontvangen_op", "Ontvangen", weergave=kortedatum),
)


@toegang(*ZIEN)
@require_safe
def overzicht(request: Any) -> HttpResponse:
    """What employers reported, and objections: what waits, or what is done."""
    klaar = request.GET.get("stand") == "klaar"
    meldingen = MELDINGREGEL.beperk(
        Wijzigingsmelding.objects.select_related("deelnemer", "dienstverband__formele_werkgever"), request.medewerker
    )
    bezwaren = BEZWAARREGEL.beperk(
        Bezwaar.objects.select_related("deelnemer", "beschikking__werkgever", "terugvordering__werkgever"),
        request.medewerker,
    )
    if klaar:
        meldingen = meldingen.exclude(status="ontvangen").order_by("-ontvangen_op", "-pk")
        bezwaren = bezwaren.exclude(status__in=OPEN).order_by("-ontvangen_op", "-pk")
    else:
        meldingen = meldingen.filter(status="ontvangen").order_by("ontvangen_op", "pk")
        bezwaren = bezwaren.filter(status__in=OPEN).order_by("beslis_voor", "pk")
    rijen = Paginator(meldingen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    lijst = list(bezwaren[:PER_BLADZIJDE])
    request.lezing.toon(
        "subsidie.lijst", [*(m.deelnemer_id for m in rijen), *(b.deelnemer_id for b in lijst if b.deelnemer_id)]
    )
    leeg = o.Leeg("Geen wijzigingen", "Wat een werkgever doorgeeft, komt hier te staan.", "inbak")
    geen = o.Leeg("Geen bezwaren", "Een bezwaar leg je vast bij het besluit waar het over gaat.", "brief")
    context = {
        "meldingen": Tabel.van(request, MELDKOLOMMEN, rijen, bijschrift="Wijzigingen", leeg=leeg),
        "bezwaren": Tabel.van(request, KOLOMMEN, lijst, bijschrift="Bezwaren", leeg=geen),
        "standen": [
            o.Verwijzing("Open", o.met_query(request.GET, stand=None, pagina=None), not klaar),
            o.Verwijzing("Klaar", o.met_query(request.GET, stand="klaar", pagina=None), klaar),
        ],
    }
    return render(request, "loonkostensubsidie/wijzigingen.html", context)


# --- What an employer reports ----------------------------------------------------------------------------------------
@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijziging_nieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Fill in the change form for the employer."""
    subsidie = haal_subsidie(request, kenmerk)
    form = forms.WijzigingForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        rij = probeer(
            form,
            lambda: wijzigingen.meld_wijziging(subsidie.dienstverband, **form.cleaned_data, actor=actor_van(request)),
        )
        if rij is not None:
            meld(request, "De wijziging is vastgelegd")
            return redirect("lks_wijziging", kenmerk=rij.kenmerk)
    terug = o.Verwijzing(f"Subsidie {subsidie.nummer}", reverse("subsidie", args=[kenmerk]))
    uitleg = f"{subsidie.deelnemer.naam} bij {subsidie.werkgever.naam}"
    return formulier(request, form, "Wijziging doorgeven", "Vastleggen", terug, uitleg=uitleg)


@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijziging_link(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Send the employer a link to the change form."""
    subsidie = haal_subsidie(request, kenmerk)
    form = LinkForm(ingevuld(request))
    terug = o.Verwijzing(f"Subsidie {subsidie.nummer}", reverse("subsidie", args=[kenmerk]))
    if request.method == "POST" and form.is_valid():
        gedaan = probeer(form, lambda: geef_link(subsidie.dienstverband, **form.cleaned_data, actor=actor_van(request)))
        if gedaan is not None:
            context = {"adres": gedaan[1], "link": gedaan[0], "terug": terug}
            return render(request, "loonkostensubsidie/link_gemaakt.html", context)
    uitleg = "De werkgever geeft door wat verandert, zonder account. De mail noemt de werknemer niet."
    return formulier(request, form, "Link om een wijziging door te geven", "Link versturen", terug, uitleg=uitleg)


def _haal_melding(request: Any, kenmerk: uuid.UUID) -> Wijzigingsmelding:
    rijen = Wijzigingsmelding.objects.select_related(
        "deelnemer", "dienstverband__formele_werkgever", "verwerkt_door", "beschikking"
    )
    rij: Wijzigingsmelding = get_object_or_404(MELDINGREGEL.beperk(rijen, request.medewerker), kenmerk=kenmerk)
    request.lezing.toon("subsidie.wijziging", [rij.deelnemer_id])
    return rij


@toegang(*ZIEN)
@require_safe
def wijziging(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """What was reported, beside what stands there now."""
    rij = _haal_melding(request, kenmerk)
    werk = rij.dienstverband
    feiten = [
        o.Feit("Wat verandert er", rij.get_soort_display()),
        o.Feit("Laatste werkdag" if rij.soort == "einde" else "Vanaf", datum(rij.vanaf)),
    ]
    if rij.uren_per_week:
        feiten.append(o.Feit("Uren per week", uren(rij.uren_per_week), onder=f"nu {uren(werk.uren_per_week)}"))
    feiten.append(o.Feit("Doorgegeven door", rij.melder, onder=f"{rij.get_bron_display()}, {datum(rij.ontvangen_op)}"))
    if rij.verwerkt_door:
        feiten.append(o.Feit("Verwerkt door", rij.verwerkt_door.naam))
    if rij.reden:
        feiten.append(o.Feit("Niet verwerkt", rij.reden))
    if rij.beschikking:
        url = reverse("lks_besluit", args=[rij.beschikking.kenmerk])
        feiten.append(o.Feit("Besluit", rij.beschikking.nummer, onder=rij.beschikking.get_status_display(), url=url))
    context = {
        "rij": rij,
        "merk": o.toestandmerk(MELDING.toestand(rij.status)),
        "toestand": MELDING.toestand(rij.status),
        "stappen": list(MELDING.acties(rij, request.rechten)),
        "feiten": feiten,
        "vervolg": MET_VERVOLG[rij.soort] if _vervolg_open(rij) else None,
        "mag_vervolg": BEHANDELEN in request.rechten,
    }
    return render(request, "loonkostensubsidie/wijziging.html", context)


def _vervolg_open(rij: Any) -> bool:
    return rij.status == "verwerkt" and rij.soort in MET_VERVOLG and rij.vervolg_op is None


@toegang(BEHANDELEN)
@require_POST
def wijziging_verwerken(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Write it into the employment."""
    rij = _haal_melding(request, kenmerk)
    try:
        nu = wijzigingen.verwerk_wijziging(rij, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        onder = "Er ligt een besluit klaar." if nu.beschikking else ""
        onder = "De taak staat bij Vandaag." if nu.soort in MET_VERVOLG else onder
        meld(request, "De wijziging is verwerkt", onder=onder)
    return redirect("lks_wijziging", kenmerk=kenmerk)


@toegang(BEHANDELEN)
@require_POST
def wijziging_geregeld(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The hand-over or the measurement is arranged."""
    rij = _haal_melding(request, kenmerk)
    try:
        wijzigingen.rond_vervolg_af(rij, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "De taak is klaar")
    return redirect("lks_wijziging", kenmerk=kenmerk)


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijziging_afwijzen(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """It is not right, or changes nothing."""
    rij = _haal_melding(request, kenmerk)
    form = RedenForm(ingevuld(request))
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(
        form, lambda: wijzigingen.wijs_wijziging_af(rij, form.cleaned_data["reden"], actor=actor_van(request))
    ):
        meld(request, "De wijziging is niet verwerkt")
        return redirect("lks_wijziging", kenmerk=kenmerk)
    terug = o.Verwijzing("Wijziging", reverse("lks_wijziging", args=[kenmerk]))
    return formulier(request, form, "Niet verwerken", "Niet verwerken", terug)
