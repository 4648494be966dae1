"""Steps of an application, its files, its checks and its employment."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from deelnemers.views.hulp import actor_van
from kern import bestanden, klok
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie import aanvraagforms as forms
from loonkostensubsidie import aanvraagvragen as vragen
from loonkostensubsidie.aanvraagkeuzes import Controlesoort
from loonkostensubsidie.aanvraagtoestanden import AANVRAAG
from loonkostensubsidie.models import Aanvraag
from loonkostensubsidie.services import aanvraag as dienst
from loonkostensubsidie.services.aanvraagbaan import leg_dienstverband_vast, neem_week_over
from loonkostensubsidie.services.aanvraagstukken import voeg_stuk_toe
from loonkostensubsidie.services.controles import beoordeel_controle
from loonkostensubsidie.views.aanvragen import haal, terug_naar
from loonkostensubsidie.views.beeld import AANVRAGEN, BEHANDELEN, ZIEN
from regelgeving import opzoeken
from werkgevers.views.hulp import formulier

#: Steps that need words first.
_MET_FORMULIER: dict[str, Any] = {
    "aanvulling_vragen": forms.AanvullingForm,
    "buiten_behandeling_laten": forms.RedenForm,
    "intrekken": forms.RedenForm,
}
_GEDAAN = {
    "in_behandeling_nemen": "Je behandelt deze aanvraag",
    "aanvulling_vragen": "De aanvulling is gevraagd, de termijn staat stil",
    "aanvullen": "De aanvulling is binnen, de termijn loopt weer",
    "buiten_behandeling_laten": "De aanvraag wordt niet behandeld",
    "intrekken": "De aanvraag is ingetrokken",
}


def _doe(request: Any, rij: Aanvraag, actie: str, schoon: dict[str, Any]) -> Any:
    actor = actor_van(request)
    stappen = {
        "in_behandeling_nemen": lambda: dienst.neem_in_behandeling(rij, request.medewerker, actor=actor),
        "aanvulling_vragen": lambda: dienst.vraag_aanvulling(rij, **schoon, actor=actor),
        "aanvullen": lambda: dienst.vul_aan(rij, actor=actor),
        "buiten_behandeling_laten": lambda: dienst.laat_buiten_behandeling(rij, **schoon, actor=actor),
        "intrekken": lambda: dienst.trek_aanvraag_in(rij, **schoon, actor=actor),
    }
    return stappen[actie]()


@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def stap(request: Any, kenmerk: uuid.UUID, actie: str) -> HttpResponse:
    """A step of the table of states; the ones with words ask for them first."""
    rij = haal(request, kenmerk)
    if actie not in _GEDAAN or not AANVRAAG.mag(rij, actie, request.rechten):
        return _kan_niet(request, rij)
    soort = _MET_FORMULIER.get(actie)
    form = soort(ingevuld(request), initial={"aanvullen_voor": _voorstel()}) if soort else None
    if request.method == "POST" and form is None:
        return _zonder_woorden(request, rij, actie)
    if form is None:
        return redirect("lks_aanvraag", kenmerk=kenmerk)
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(form, lambda: _doe(request, rij, actie, form.cleaned_data)) is not None:
        meld(request, _GEDAAN[actie])
        return redirect("lks_aanvraag", kenmerk=kenmerk)
    pijl = AANVRAAG.stap(rij.status, actie)
    label = pijl.label if pijl else ""
    return formulier(
        request, form, label, label, terug_naar(rij), uitleg=f"{rij.deelnemer.naam} bij {rij.werkgever.naam}"
    )


def _voorstel() -> Any:
    return klok.vandaag() + dt.timedelta(days=int(opzoeken.getal("lks.aanvullen_dagen", klok.vandaag())))


def _zonder_woorden(request: Any, rij: Aanvraag, actie: str) -> HttpResponse:
    try:
        _doe(request, rij, actie, {})
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, _GEDAAN[actie])
    return redirect("lks_aanvraag", kenmerk=rij.kenmerk)


def _kan_niet(request: Any, rij: Aanvraag) -> HttpResponse:
    meld(
        request,
        "Deze stap kan nu niet",
        onder=f"De status is ‘{rij.get_status_display()}’. Misschien was een collega je voor.",
        niveau=messages.WARNING,
    )
    return redirect("lks_aanvraag", kenmerk=rij.kenmerk)


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def ingebreke(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The employer says in writing that we are late."""
    rij = haal(request, kenmerk)
    form = forms.IngebrekeForm(ingevuld(request), initial={"op": klok.vandaag()})
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(form, lambda: dienst.stel_in_gebreke(rij, form.cleaned_data["op"], actor=actor_van(request))):
        meld(request, "De ingebrekestelling is bewaard", onder="Beslis binnen twee weken: dan is er geen dwangsom.")
        return redirect("lks_aanvraag", kenmerk=kenmerk)
    return formulier(request, form, "Ingebrekestelling vastleggen", "Bewaren", terug_naar(rij))


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def oordeel(request: Any, kenmerk: uuid.UUID, soort: str) -> HttpResponse:
    """Who handles it sees a check differently."""
    rij = haal(request, kenmerk)
    controle = next((c for c in vragen.controles(rij) if c.soort == soort), None)
    if controle is None:
        raise Http404("Deze controle is er niet.")
    form = forms.OordeelForm(ingevuld(request), initial={"uitkomst": controle.uitkomst, "reden": controle.reden})
    geldig = request.method == "POST" and form.is_valid()
    if geldig and probeer(form, lambda: beoordeel_controle(rij, soort, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "Je oordeel is bewaard")
        return redirect("lks_aanvraag", kenmerk=kenmerk)
    titel = Controlesoort(soort).label
    return formulier(request, form, titel, "Bewaren", terug_naar(rij), uitleg=f"Het systeem vond: {controle.uitleg}")


@toegang(BEHANDELEN)
@require_http_methods(["GET", "HEAD", "POST"])
def dienstverband(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Tie the application to an employment, or write it down from the form."""
    rij = haal(request, kenmerk)
    banen = list(vragen.banen_van(rij)[:10])
    form = forms.DienstverbandForm(ingevuld(request), banen=banen)
    if request.method == "POST" and form.is_valid():
        keuze = form.cleaned_data["dienstverband"]
        actor = actor_van(request)
        baan = next((b for b in banen if str(b.pk) == keuze), None)
        gedaan = probeer(
            form,
            lambda: (
                dienst.koppel_dienstverband(rij, baan, actor=actor)
                if baan is not None
                else leg_dienstverband_vast(rij, werkvorm=_werkvorm(form, keuze), actor=actor)
            ),
        )
        if gedaan is not None:
            meld(request, "Het dienstverband hoort nu bij deze aanvraag")
            return redirect("lks_aanvraag", kenmerk=kenmerk)
    return formulier(request, form, "Dienstverband bij de aanvraag", "Kiezen", terug_naar(rij))


@toegang(BEHANDELEN)
@require_POST
def week(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """The full-time week of the application goes into the employment."""
    rij = haal(request, kenmerk)
    try:
        neem_week_over(rij, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "De voltijdse werkweek staat nu in het dienstverband")
    return redirect("lks_aanvraag", kenmerk=kenmerk)


def _werkvorm(form: forms.DienstverbandForm, keuze: str) -> str:
    """The work form of beschut work; empty for a job with subsidy."""
    return str(form.cleaned_data["werkvorm"]) if keuze == form.NIEUW_BESCHUT else ""


# --- Files -----------------------------------------------------------------------------------------------------------
@toegang(*AANVRAGEN)
@require_http_methods(["GET", "HEAD", "POST"])
@bestanden.weg_bij_mislukken()
def stuk_nieuw(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Add a file."""
    rij = haal(request, kenmerk)
    form = forms.StukForm(ingevuld(request), request.FILES or None)
    if request.method == "POST" and form.is_valid() and form.upload is not None:
        upload, schoon = form.upload, form.cleaned_data
        gedaan = probeer(
            form,
            lambda: voeg_stuk_toe(
                rij,
                upload,
                schoon["soort"],
                schoon["bestand"].name,
                medewerker=request.medewerker,
                actor=actor_van(request),
            ),
        )
        if gedaan is not None:
            meld(request, "Het stuk is toegevoegd")
            return redirect("lks_aanvraag", kenmerk=kenmerk)
    return formulier(
        request,
        form,
        "Stuk toevoegen",
        "Toevoegen",
        terug_naar(rij),
        sjabloon="loonkostensubsidie/stuk.html",
    )


@toegang(*ZIEN)
@require_safe
@never_cache
def stuk(request: Any, kenmerk: uuid.UUID, pk: int) -> HttpResponse:
    """Open a file of an application, when the virus check lets it."""
    rij = haal(request, kenmerk)
    gevonden = next((s for s in vragen.stukken(rij) if s.pk == pk), None)
    if gevonden is None or not gevonden.document.te_openen:
        raise Http404("Dit stuk is er niet, of het is nog niet gecontroleerd.")
    return als_bestand(gevonden.document)


def als_bestand(document: Any) -> HttpResponse:
    """The file itself, to be kept and never shown inside our pages."""
    inhoud = bestanden.haal(document.bestand, document.sha256)
    if inhoud is None:
        raise Http404("Dit bestand is er niet meer.")
    antwoord = HttpResponse(inhoud, content_type=document.mediatype)
    antwoord.headers["Content-Disposition"] = content_disposition_header(True, document.naam) or "attachment"
    antwoord.headers["X-Content-Type-Options"] = "nosniff"
    return antwoord
