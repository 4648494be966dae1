"""What an employer sees behind a link, without an account (R149). No BSN, no address, no benefit."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kern import bestanden
from kern.forms import ingevuld
from kern.handeling import Actor, handeling, voor_gemeente
from kern.leeslog import Lezing
from kern.toegang import OPENBAAR, toegang
from kern.weergave import datum, maand
from kern.weigering import GEWEIGERD, neem_fouten_over, probeer
from loonkostensubsidie import aanvraagforms as forms
from loonkostensubsidie import aanvraagvragen as vragen
from loonkostensubsidie.aanvraagkeuzes import Bron, Stuksoort
from loonkostensubsidie.bezwaarforms import StrookForm, WijzigingForm
from loonkostensubsidie.bezwaarkeuzes import Horen, Meldbron
from loonkostensubsidie.models import Werkgeverslink
from loonkostensubsidie.services import aanvraag as dienst
from loonkostensubsidie.services import werkgeverslink
from loonkostensubsidie.services.aanvraagstukken import voeg_stuk_toe
from loonkostensubsidie.services.steekproef import bewaar_strook
from loonkostensubsidie.services.wijzigingen import meld_wijziging
from loonkostensubsidie.views.aanvraagstappen import als_bestand
from loonkostensubsidie.views.aanvragen import bewaar
from loonkostensubsidie.views.bezwaarstappen import brief_als_bestand, mensen_van

_STUKKEN = (Stuksoort.CONTRACT, Stuksoort.KVK, Stuksoort.BANK, Stuksoort.OVERIG)


@toegang(OPENBAAR)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@bestanden.weg_bij_mislukken()
def openen(request: HttpRequest, sleutel: str) -> HttpResponse:
    """The form of an application, or the letter of a decision."""
    gevonden = werkgeverslink.zoek(sleutel)
    if gevonden is None:
        return _dicht(request)
    with voor_gemeente(gevonden.gemeente_id):
        link = werkgeverslink.haal(gevonden.pk)
        if link is None:
            return _dicht(request)
        if link.beschikking_id:
            antwoord = _besluit(request, link)
        elif link.bezwaar_id:
            antwoord = _bezwaar(request, link)
        elif link.geval_id:
            antwoord = _steekproef(request, link)
        elif link.dienstverband_id:
            antwoord = _wijziging(request, link)
        else:
            antwoord = _aanvraag(request, link, sleutel)
        lezing = Lezing()
        lezing.toon("subsidie.link", _mensen(link), grond="werkgeverslink")
        lezing.leg_vast_voor(_actor(link))
        return antwoord


def _mensen(link: Werkgeverslink) -> list[int]:
    """Whom it is about; an objection to a recovery is about the people of its lines."""
    if link.deelnemer_id is not None:
        return [link.deelnemer_id]
    return mensen_van(link.bezwaar) if link.bezwaar is not None else []


def _actor(link: Werkgeverslink) -> Actor:
    return Actor("taak", f"werkgeverslink:{link.pk}", f"{link.naam} (werkgever, met de link)"[:150])


def _dicht(request: HttpRequest) -> HttpResponse:
    """One answer for every link that does not work: never made, expired, used, withdrawn."""
    return render(request, "loonkostensubsidie/link_dicht.html", status=404)


# --- The letter ------------------------------------------------------------------------------------------------------
def _besluit(request: HttpRequest, link: Werkgeverslink) -> HttpResponse:
    rij = link.beschikking
    if rij is None or rij.brief is None:
        return _dicht(request)
    if request.method == "POST":
        return als_bestand(rij.brief)
    context = {"rij": rij, "verzonden": datum(rij.verzonden_op), "tot": datum(rij.bezwaar_tot)}
    return render(request, "loonkostensubsidie/link_besluit.html", context)


# --- An objection ---------------------------------------------------------------------------------------------------
def _bezwaar(request: HttpRequest, link: Werkgeverslink) -> HttpResponse:
    """The invitation for a hearing, or the decision with its letter."""
    rij = link.bezwaar
    if rij is None or (rij.status != "beslist" and rij.horen != Horen.AANGEBODEN):
        return _dicht(request)
    beslist = rij.status == "beslist"
    if request.method == "POST" and beslist:
        return brief_als_bestand(rij)
    context = {"rij": rij, "beslist": beslist, "dag": datum(rij.besloten_op if beslist else rij.hoorzitting_op)}
    return render(request, "loonkostensubsidie/link_bezwaar.html", context)


# --- The monthly check ----------------------------------------------------------------------------------------------
def _steekproef(request: HttpRequest, link: Werkgeverslink) -> HttpResponse:
    """Send a payslip or hours statement; once."""
    rij = link.geval
    if rij is None or rij.uitkomst:
        return _dicht(request)
    form, actor = StrookForm(ingevuld(request), request.FILES or None), _actor(link)
    if request.method == "POST" and form.is_valid() and form.upload is not None:
        upload, soort, naam = form.upload, form.cleaned_data["soort"], form.cleaned_data["bestand"].name
        with handeling(actor):
            gedaan = probeer(form, lambda: bewaar_strook(rij, upload, soort, naam, actor=actor))
            if gedaan is not None:
                werkgeverslink.gebruik_link(link, actor=actor)
        if gedaan is not None:
            return render(request, "loonkostensubsidie/link_klaar.html", {"nummer": "", "stuk": True})
    context = {"rij": rij, "form": form, "maand": maand(rij.steekproef.maand), "tot": datum(link.geldig_tot)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "loonkostensubsidie/link_steekproef.html", context, status=status)


# --- A change ------------------------------------------------------------------------------------------------------
def _wijziging(request: HttpRequest, link: Werkgeverslink) -> HttpResponse:
    """The uniform change form; handed in once."""
    werk = link.dienstverband
    if werk is None:
        return _dicht(request)
    form = WijzigingForm(ingevuld(request), initial={"melder": link.naam})
    if request.method == "POST" and form.is_valid():
        with handeling(_actor(link)):
            gedaan = probeer(
                form, lambda: meld_wijziging(werk, **form.cleaned_data, bron=Meldbron.WERKGEVER, actor=_actor(link))
            )
            if gedaan is not None:
                werkgeverslink.gebruik_link(link, actor=_actor(link))
        if gedaan is not None:
            return render(request, "loonkostensubsidie/link_klaar.html", {"nummer": ""})
    context = {"werk": werk, "form": form, "tot": datum(link.geldig_tot)}
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "loonkostensubsidie/link_wijziging.html", context, status=status)


# --- The application -------------------------------------------------------------------------------------------------
def _aanvraag(request: HttpRequest, link: Werkgeverslink, sleutel: str) -> HttpResponse:
    rij = link.aanvraag
    if rij is None or rij.status not in {"concept", "aanvulling_gevraagd"}:
        return _dicht(request)
    form = forms.AanvraagForm(ingevuld(request) if "stuk" not in request.POST else None, rij=rij, werkgever=True)
    stuk = forms.StukForm(ingevuld(request) if "stuk" in request.POST else None, request.FILES or None)
    stuk.fields["soort"].choices = [(s.value, s.label) for s in _STUKKEN]  # type: ignore[attr-defined]
    if request.method == "POST":
        klaar = _stuk(link, stuk) if "stuk" in request.POST else _formulier(request, link, form)
        if klaar == "klaar":
            return render(request, "loonkostensubsidie/link_klaar.html", {"nummer": rij.nummer})
        if klaar:
            return redirect("werkgeverslink", sleutel=sleutel)
    fout = (form.is_bound and form.errors) or (stuk.is_bound and stuk.errors)
    context = {
        "rij": rij,
        "form": form,
        "stukform": stuk,
        "stukken": vragen.stukken(rij),
        "gevraagd": next((p.gevraagd for p in vragen.pauzes(rij) if p.einddatum is None), ""),
        "tot": datum(link.geldig_tot),
    }
    return render(request, "loonkostensubsidie/link_aanvraag.html", context, status=422 if fout else 200)


def _formulier(request: HttpRequest, link: Werkgeverslink, form: forms.AanvraagForm) -> str:
    """Save, or save and hand in; empty when it was refused."""
    rij, actor = link.aanvraag, _actor(link)
    if rij is None or not form.is_valid():
        return ""
    if rij.status == "concept":
        if not bewaar(request, rij, form, actor, bron=Bron.WERKGEVER):
            return ""
    else:
        nu = probeer(
            form,
            lambda: dienst.bewaar_aanvraag(
                rij, versie=form.cleaned_data.get("versie"), actor=actor, bron=Bron.WERKGEVER, **form.velden
            ),
        )
        if nu is None:
            return ""
        if "indienen" in request.POST:
            try:
                dienst.controleer_nummers(nu)
                dienst.vul_aan(nu, actor=actor)
            except GEWEIGERD as fout:
                neem_fouten_over(form, fout)
                return ""
    if "indienen" not in request.POST:
        return "bewaard"
    werkgeverslink.gebruik_link(link, actor=actor)
    return "klaar"


def _stuk(link: Werkgeverslink, form: forms.StukForm) -> str:
    if link.aanvraag is None or not form.is_valid() or form.upload is None:
        return ""
    schoon = form.cleaned_data
    try:
        voeg_stuk_toe(link.aanvraag, form.upload, schoon["soort"], schoon["bestand"].name, actor=_actor(link))
    except ValidationError as fout:
        neem_fouten_over(form, fout)
        return ""
    return "bewaard"
