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
from loonkostensubsidie.services import bezwaar as dienst
from loonkostensubsidie.services import wijzigingen
from loonkostensubsidie.services.werkgeverslink import geef_link
from loonkostensubsidie.toegang import BEZWAAR as BEZWAARREGEL
from loonkostensubsidie.toegang import MELDING as MELDINGREGEL
from loonkostensubsidie.views.beeld import AANVRAGEN, BEHANDELEN, GOEDKEUREN, ZIEN
from loonkostensubsidie.views.besluiten import haal as haal_besluit
from loonkostensubsidie.views.besluiten import terug_naar as naar_besluit
from loonkostensubsidie.views.subsidies import haal as haal_subsidie
from werkgevers.views.hulp import formulier

PER_BLADZIJDE = 50
_OPEN = ("ontvangen", "in_behandeling")


# --- Objections ------------------------------------------------------------------------------------------------------
def _klok(rij: Bezwaar) -> o.Merk | str:
    if rij.status not in _OPEN:
        return ""
    laat = rij.beslis_voor < klok.vandaag()
    tekst = f"Te laat sinds {kortedatum(rij.beslis_voor)}" if laat else f"Tot en met {kortedatum(rij.beslis_voor)}"
    return o.Merk(tekst, kleur(rij.beslis_voor, klok.vandaag()))


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Over wie",
        kop=True,
        waarde=lambda b: b.deelnemer.naam,
        link=lambda b: reverse("lks_bezwaar", args=[b.kenmerk]),
        onder=lambda b: b.beschikking.werkgever.naam,
    ),
    Kolom("beschikking", "Besluit", waarde=lambda b: b.beschikking.nummer),
    Kolom("status", "Status", waarde=lambda b: o.toestandmerk(BEZWAAR.toestand(b.status))),
    Kolom("termijn", "Termijn", waarde=_klok),
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
        Bezwaar.objects.select_related("deelnemer", "beschikking__werkgever"), request.medewerker
    )
    if klaar:
        meldingen = meldingen.exclude(status="ontvangen").order_by("-ontvangen_op", "-pk")
        bezwaren = bezwaren.exclude(status__in=_OPEN).order_by("-ontvangen_op", "-pk")
    else:
        meldingen = meldingen.filter(status="ontvangen").order_by("ontvangen_op", "pk")
        bezwaren = bezwaren.filter(status__in=_OPEN).order_by("beslis_voor", "pk")
    rijen = Paginator(meldingen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    lijst = list(bezwaren[:PER_BLADZIJDE])
    request.lezing.toon("subsidie.lijst", [*(m.deelnemer_id for m in rijen), *(b.deelnemer_id for b in lijst)])
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


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def bezwaar_nieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Record an objection against a decision."""
    besluit = haal_besluit(request, kenmerk)
    form = forms.BezwaarForm(ingevuld(request), initial={"ontvangen_op": klok.vandaag(), "indiener": "werkgever"})
    if request.method == "POST" and form.is_valid():
        rij = probeer(form, lambda: dienst.ontvang_bezwaar(besluit, **form.cleaned_data, actor=actor_van(request)))
        if rij is not None:
            meld(request, "Het bezwaar is vastgelegd", onder=f"Beslis uiterlijk op {datum(rij.beslis_voor)}.")
            return redirect("lks_bezwaar", kenmerk=rij.kenmerk)
    uitleg = f"Bezwaar kan tot en met {datum(besluit.bezwaar_tot)}." if besluit.bezwaar_tot else ""
    return formulier(
        request, form, f"Bezwaar tegen {besluit.nummer}", "Vastleggen", naar_besluit(besluit), uitleg=uitleg
    )


def _haal(request: Any, kenmerk: uuid.UUID) -> Bezwaar:
    rijen = Bezwaar.objects.select_related("deelnemer", "behandelaar", "beschikking__werkgever")
    rij: Bezwaar = get_object_or_404(BEZWAARREGEL.beperk(rijen, request.medewerker), kenmerk=kenmerk)
    request.lezing.toon("subsidie.bezwaar", [rij.deelnemer_id])
    return rij


def _terug(rij: Bezwaar) -> o.Verwijzing:
    return o.Verwijzing("Bezwaar", reverse("lks_bezwaar", args=[rij.kenmerk]))


@toegang(*ZIEN)
@require_safe
def bezwaar(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One objection: why, in time, by when, and how it ended."""
    rij = _haal(request, kenmerk)
    besluit = rij.beschikking
    feiten = [
        o.Feit("Besluit", besluit.nummer, url=reverse("lks_besluit", args=[besluit.kenmerk])),
        o.Feit("Werkgever", besluit.werkgever.naam),
        o.Feit("Wie maakt bezwaar", rij.naam, onder=rij.get_indiener_display()),
        o.Feit("Ontvangen", datum(rij.ontvangen_op), onder="op tijd" if rij.op_tijd else "te laat"),
        o.Feit("Besluit uiterlijk op", datum(rij.beslis_voor), onder="verdaagd" if rij.verdaagd_op else "Awb 7:10"),
        o.Feit("Behandelaar", rij.behandelaar.naam if rij.behandelaar else "nog niemand"),
    ]
    if rij.besloten_op:
        feiten.append(o.Feit("Uitkomst", rij.get_uitkomst_display(), onder=datum(rij.besloten_op)))
    open_ = rij.status in _OPEN
    zelf = request.user.pk in {besluit.opgesteld_door_id, besluit.goedgekeurd_door_id}
    stappen = [
        s
        for s in BEZWAAR.acties(rij, request.rechten)
        if not (s.actie == "behandelen" and zelf)
        and not (s.actie == "beslissen" and rij.behandelaar_id != request.user.pk)
    ]
    context = {
        "rij": rij,
        "merk": o.toestandmerk(BEZWAAR.toestand(rij.status)),
        "klok": _klok(rij),
        "toestand": BEZWAAR.toestand(rij.status),
        "stappen": stappen,
        "zelf": zelf and rij.status == "ontvangen",
        "mag_verdagen": open_ and BEHANDELEN in request.rechten and rij.verdaagd_op is None,
        "feiten": feiten,
    }
    return render(request, "loonkostensubsidie/bezwaar.html", context)


@toegang(BEHANDELEN, GOEDKEUREN)
@require_http_methods(["GET", "HEAD", "POST"])
def bezwaarstap(request: Any, kenmerk: uuid.UUID, actie: str) -> HttpResponse:
    """Take it on, put it off, decide, or withdraw."""
    rij, actor = _haal(request, kenmerk), actor_van(request)
    if actie in {"behandelen", "verdagen"}:
        if request.method == "POST":
            doe = dienst.behandel_bezwaar if actie == "behandelen" else dienst.verdaag_bezwaar
            try:
                doe(rij, actor=actor)
            except GEWEIGERD as fout:
                meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
        return redirect("lks_bezwaar", kenmerk=kenmerk)
    if not BEZWAAR.mag(rij, actie, request.rechten):
        meld(request, "Deze stap kan nu niet", niveau=messages.WARNING)
        return redirect("lks_bezwaar", kenmerk=kenmerk)
    beslist = actie == "beslissen"
    form: Any = (
        forms.BezwaarbesluitForm(ingevuld(request), op_tijd=rij.op_tijd) if beslist else RedenForm(ingevuld(request))
    )
    if request.method == "POST" and form.is_valid():
        gedaan = probeer(
            form,
            lambda: (
                dienst.beslis_op_bezwaar(rij, **form.cleaned_data, actor=actor)
                if beslist
                else dienst.trek_bezwaar_in(rij, form.cleaned_data["reden"], actor=actor)
            ),
        )
        if gedaan is not None:
            meld(request, "Over het bezwaar is beslist" if beslist else "Het bezwaar is ingetrokken")
            return redirect("lks_bezwaar", kenmerk=kenmerk)
    pijl = BEZWAAR.stap(rij.status, actie)
    label = pijl.label if pijl else ""
    uitleg = "" if rij.op_tijd else "Dit bezwaar kwam te laat."
    return formulier(request, form, label, label, _terug(rij), uitleg=uitleg)


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
