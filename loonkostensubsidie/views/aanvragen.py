"""Applications: the work list, one application with its checks, and the form."""

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
from kern.weergave import datum, euro, kortedatum, uren
from kern.weigering import GEWEIGERD, neem_fouten_over, probeer, zin
from loonkostensubsidie import aanvraagforms as forms
from loonkostensubsidie import aanvraagvragen as vragen
from loonkostensubsidie.aanvraagkeuzes import NODIGE_STUKKEN, Stuksoort
from loonkostensubsidie.aanvraagtoestanden import AANVRAAG
from loonkostensubsidie.models import Aanvraag
from loonkostensubsidie.services import aanvraag as dienst
from loonkostensubsidie.views.beeld import (
    AANVRAGEN,
    BEHANDELEN,
    BESLUIT_VOOR_WIE,
    GOEDKEUREN,
    ZIEN,
    aanvraagmerk,
    besluitmerk,
    klokfeiten,
    klokmerk,
    ruimtefeiten,
)
from werkgevers.dienstverbandvragen import dienstverbanden
from werkgevers.views.hulp import formulier

PER_BLADZIJDE = 50
_STANDEN = (
    ("open", "Open"),
    ("nieuw", "Nieuw"),
    ("behandeling", "In behandeling"),
    ("aanvulling", "Aanvulling gevraagd"),
    ("concept", "Concept"),
    ("klaar", "Klaar"),
)
KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Voor wie",
        kop=True,
        waarde=lambda a: a.deelnemer.naam,
        link=lambda a: reverse("lks_aanvraag", args=[a.kenmerk]),
        onder=lambda a: a.werkgever.naam,
    ),
    Kolom("status", "Status", waarde=aanvraagmerk),
    Kolom("klok", "Termijn", waarde=klokmerk),
    Kolom("begindatum", "Eerste werkdag", weergave=kortedatum),
    Kolom("behandelaar", "Behandelaar", waarde=lambda a: a.behandelaar.naam if a.behandelaar else "Niemand"),
    Kolom("nummer", "Nummer"),
)
BESLUITKOLOMMEN = (
    BESLUIT_VOOR_WIE,
    Kolom("soort", "Besluit", waarde=lambda b: b.get_soort_display()),
    Kolom("totaal", "Per maand", waarde=lambda b: euro(b.totaal) if b.totaal is not None else "", soort="getal"),
    Kolom("schrijver", "Geschreven door", waarde=lambda b: b.opgesteld_door.naam),
)


@toegang(*ZIEN)
@require_safe
def aanvragen(request: Any) -> HttpResponse:
    """The work list in order of the clock, and the decisions that wait for a second person."""
    filter_ = forms.AanvraagFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    stand = request.GET.get("stand", "open")
    stand = stand if stand in vragen.STANDEN else "open"
    blad = Paginator(vragen.aanvragen(request.medewerker, stand=stand, **keuze), PER_BLADZIJDE)
    rijen = blad.get_page(request.GET.get("pagina"))
    besluiten = list(vragen.te_beoordelen(request.medewerker)[:PER_BLADZIJDE]) if GOEDKEUREN in request.rechten else []
    request.lezing.toon("subsidie.lijst", [*(r.deelnemer_id for r in rijen), *(b.deelnemer_id for b in besluiten)])
    hoeveel = vragen.tellingen(request.medewerker)
    leeg = o.Leeg("Geen aanvragen", "Een aanvraag begin je bij een dienstverband.", "document")
    if any(keuze.values()) or stand != "open":
        leeg = o.Leeg("Geen aanvragen met deze keuze", "Kies Open om alles te zien wat nog moet gebeuren.", "filter")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, rijen, bijschrift="Aanvragen", leeg=leeg),
        "balk": o.filterbalk(request, filter_),
        "standen": [
            o.Verwijzing(label, o.met_query(request.GET, stand=code, pagina=None), stand == code, hoeveel[code])
            for code, label in _STANDEN
        ],
        "open": hoeveel["open"],
        "besluiten": Tabel.van(request, BESLUITKOLOMMEN, besluiten, bijschrift="Te beoordelen") if besluiten else None,
    }
    return render(request, "loonkostensubsidie/aanvragen.html", context)


def haal(request: Any, kenmerk: uuid.UUID) -> Aanvraag:
    """The application under the access rule; notes the reading."""
    rij = get_object_or_404(vragen.alle_aanvragen(request.medewerker), kenmerk=kenmerk)
    request.lezing.toon("subsidie.aanvraag", [rij.deelnemer_id])
    return rij


def terug_naar(rij: Aanvraag) -> o.Verwijzing:
    return o.Verwijzing(f"Aanvraag {rij.nummer}", reverse("lks_aanvraag", args=[rij.kenmerk]))


@toegang(*ZIEN)
@require_safe
def aanvraag(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One application: what to do now, the checks, the decision, and the facts beside it."""
    rij = haal(request, kenmerk)
    besluiten = vragen.besluiten_op(rij)
    stukken, behandelt = vragen.stukken(rij), BEHANDELEN in request.rechten
    er = {stuk.soort for stuk in stukken}
    context = {
        "rij": rij,
        "merk": aanvraagmerk(rij),
        "klok": klokmerk(rij),
        "toestand": AANVRAAG.toestand(rij.status),
        "stappen": [s for s in AANVRAAG.acties(rij, request.rechten) if s.actie != "indienen"],
        "mag_invullen": rij.status == "concept" and bool(request.rechten.intersection(AANVRAGEN)),
        "mag_besluit": behandelt and rij.status == "in_behandeling",
        "mag_oordeel": behandelt and rij.is_open and rij.status != "concept",
        "mag_link": rij.status in {"concept", "aanvulling_gevraagd"} and bool(request.rechten.intersection(AANVRAGEN)),
        "mag_stuk": rij.is_open and bool(request.rechten.intersection(AANVRAGEN)),
        "mag_ingebreke": behandelt and _te_laat(rij),
        "mag_baan": behandelt and rij.is_open and rij.dienstverband_id is None and rij.status != "concept",
        "mag_week": behandelt and _andere_week(rij),
        "controles": vragen.controles(rij),
        "stukken": stukken,
        "mist": [Stuksoort(s).label.lower() for s in NODIGE_STUKKEN if s not in er] if rij.is_open else [],
        "besluiten": [(b, besluitmerk(b)) for b in besluiten],
        "open_besluit": any(b.is_open for b in besluiten),
        "werk": _werk(rij, request),
        "bedrijf": _bedrijf(rij, request),
        "persoon": _persoon(rij),
        "klokfeiten": klokfeiten(rij, vragen.pauzes(rij)),
        "ruimte": ruimtefeiten(rij.begindatum or klok.vandaag()) if behandelt else [],
    }
    return render(request, "loonkostensubsidie/aanvraag.html", context)


def _andere_week(rij: Aanvraag) -> bool:
    werk = rij.dienstverband
    return rij.is_open and werk is not None and rij.uren_voltijd not in {None, werk.uren_voltijd}


def _te_laat(rij: Aanvraag) -> bool:
    laat = rij.beslis_voor is not None and rij.beslis_voor < klok.vandaag()
    return rij.is_open and laat and rij.ingebreke_op is None


def _werk(rij: Aanvraag, request: Any) -> list[o.Feit]:
    feiten = [
        o.Feit("Functie", rij.functie or "nog leeg"),
        o.Feit("Eerste werkdag", datum(rij.begindatum) or "nog leeg"),
        o.Feit("Contract", f"tot en met {datum(rij.einddatum)}" if rij.einddatum else "zonder einde"),
        o.Feit("Uren per week", uren(rij.uren_per_week) or "nog leeg", onder=f"voltijd {uren(rij.uren_voltijd)}"),
        o.Feit("Loon per uur", euro(rij.bruto_uurloon) or "nog leeg"),
        o.Feit("Cao", rij.cao or "geen"),
        o.Feit("Loonwaarde", rij.get_route_display()),
        o.Feit("Eerst een proefplaats", "ja" if rij.proefplaats_vooraf else "nee"),
    ]
    if rij.dienstverband_id and "plaatsing.zien" in request.rechten:
        url = reverse("dienstverband", args=[rij.dienstverband_id])
        feiten.append(o.Feit("Dienstverband", "Bekijken", url=url))
    return feiten


def _bedrijf(rij: Aanvraag, request: Any) -> list[o.Feit]:
    naar = reverse("werkgever", args=[rij.werkgever_id]) if "werkgever.zien" in request.rechten else ""
    return [
        o.Feit("Werkgever", rij.werkgever.naam, url=naar),
        o.Feit("KvK-nummer", rij.kvk_nummer or "nog leeg"),
        o.Feit("Loonheffingennummer", rij.loonheffingennummer or "nog leeg"),
        o.Feit("Rekening", rij.iban or "nog leeg", onder=rij.tenaamstelling),
        o.Feit(
            "Contact",
            rij.contact_naam or "nog leeg",
            onder=" · ".join(filter(None, (rij.contact_telefoon, rij.contact_email))),
        ),
        o.Feit("Ondertekend door", rij.ondertekend_door or "nog niet", onder=f"ingevuld door {rij.get_bron_display()}"),
    ]


def _persoon(rij: Aanvraag) -> list[o.Feit]:
    mens = rij.deelnemer
    return [
        o.Feit("Naam", mens.naam),
        o.Feit("Geboren", datum(mens.geboortedatum), onder=f"{mens.leeftijd_op(klok.vandaag())} jaar"),
        o.Feit("Doelgroep", rij.get_doelgroepbron_display()),
    ]


# --- The form --------------------------------------------------------------------------------------------------------
@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Any, dienstverband_id: int) -> HttpResponse:
    """From an employment: who fills in the form, we or the employer."""
    baan = get_object_or_404(dienstverbanden(request.medewerker, alles=True), pk=dienstverband_id)
    request.lezing.toon("subsidie.aanvraag", [baan.deelnemer_id])
    if request.method == "POST":
        try:
            rij = dienst.maak_aanvraag(
                baan.deelnemer, baan.formele_werkgever, dienstverband=baan, actor=actor_van(request)
            )
        except GEWEIGERD as fout:
            meld(
                request,
                "Er is geen aanvraag gemaakt",
                onder=" ".join(getattr(fout, "messages", [str(fout)])),
                niveau=40,
            )
            return redirect("dienstverband", pk=baan.pk)
        naar = (
            "lks_aanvraag_link"
            if request.POST.get("wie") == "werkgever" and rij.status == "concept"
            else "lks_aanvraag_invullen"
        )
        return redirect(naar if rij.status == "concept" else "lks_aanvraag", kenmerk=rij.kenmerk)
    return render(request, "loonkostensubsidie/aanvraag_nieuw.html", {"baan": baan})


@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def invullen(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The form: save it half, or hand it in."""
    rij = haal(request, kenmerk)
    if rij.status != "concept":
        return redirect("lks_aanvraag", kenmerk=kenmerk)
    form = forms.AanvraagForm(ingevuld(request), rij=rij)
    if request.method == "POST" and form.is_valid() and bewaar(request, rij, form, actor_van(request)):
        if "indienen" in request.POST:
            meld(request, "De aanvraag is ingediend", onder="De controles staan klaar.")
            return redirect("lks_aanvraag", kenmerk=kenmerk)
        meld(request, "Bewaard als concept", onder="Je kunt later verder.")
        return redirect("lks_aanvraag_invullen", kenmerk=kenmerk)
    status = 422 if form.is_bound and form.errors else 200
    context = {"rij": rij, "form": form, "terug": terug_naar(rij)}
    return render(request, "loonkostensubsidie/aanvraag_form.html", context, status=status)


def bewaar(request: Any, rij: Aanvraag, form: forms.AanvraagForm, actor: Any, **extra: Any) -> bool:
    """Save, and hand in when that was asked; the draft stays when handing in is refused."""
    versie = form.cleaned_data.get("versie")
    nu = probeer(form, lambda: dienst.bewaar_aanvraag(rij, versie=versie, actor=actor, **extra, **form.velden))
    if nu is None:
        return False
    if "indienen" not in request.POST:
        return True
    try:
        dienst.dien_in(nu, actor=actor)
    except GEWEIGERD as fout:
        form.ga_verder_met(nu.versie)
        neem_fouten_over(form, fout)
        return False
    return True


# --- Files -----------------------------------------------------------------------------------------------------------
@toegang(*ZIEN)
@require_POST
def opnieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Run the checks again."""
    from loonkostensubsidie.services.controles import kijk_opnieuw

    rij = haal(request, kenmerk)
    if BEHANDELEN in request.rechten:
        try:
            kijk_opnieuw(rij, actor=actor_van(request))
        except GEWEIGERD as fout:
            meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
        else:
            meld(request, "De controles zijn opnieuw gedaan")
    return redirect("lks_aanvraag", kenmerk=kenmerk)


@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Send the employer a link; the address is shown once."""
    from loonkostensubsidie.services.werkgeverslink import geef_link

    rij = haal(request, kenmerk)
    form = forms.LinkForm(ingevuld(request), initial={"naam": rij.contact_naam, "email": rij.contact_email})
    if request.method == "POST" and form.is_valid():
        gedaan = probeer(form, lambda: geef_link(rij, **form.cleaned_data, actor=actor_van(request)))
        if gedaan is not None:
            context = {"rij": rij, "adres": gedaan[1], "link": gedaan[0], "terug": terug_naar(rij)}
            return render(request, "loonkostensubsidie/link_gemaakt.html", context)
    uitleg = "De werkgever vult het formulier in zonder account. De mail noemt de werknemer niet."
    return formulier(request, form, "Stuur de werkgever een link", "Link versturen", terug_naar(rij), uitleg=uitleg)
