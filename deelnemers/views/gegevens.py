"""A new person by hand, contact data, household and benefit by hand, target groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from deelnemers import querysets as vragen
from deelnemers.formulieren import (
    DoelgroepForm,
    GegevensForm,
    HuishoudenForm,
    PersoonForm,
    UitkeringForm,
)
from deelnemers.models import Deelnemer
from deelnemers.services import inschrijven
from deelnemers.services.contact import voeg_doelgroep_toe
from deelnemers.services.gegevens import ADRES, WIJZIGBAAR, wijzig_gegevens
from deelnemers.toegang import mag_adres
from deelnemers.views.hulp import actor_van, formulierblad, met_dossier
from kern import klok
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import IntussenGewijzigd, neem_fouten_over


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
def persoon_nieuw(request: Any) -> HttpResponse:
    """Register somebody by hand. Who looks like somebody we know is shown first (dubbelcheck)."""
    form = PersoonForm(request.POST or None)
    lijken: list[Deelnemer] = []
    if request.method == "POST" and form.is_valid():
        lijken = [] if form.cleaned_data["toch_nieuw"] else inschrijven.mogelijk_dezelfde(form.persoon())
        if not lijken:
            try:
                deelnemer, nieuw = inschrijven.meld_zelf_aan(
                    form.persoon(), form.cleaned_data["bsn"], request.medewerker, actor=actor_van(request)
                )
            except ValidationError as fout:
                neem_fouten_over(form, fout, {"burgerservicenummer": "bsn"})
            else:
                request.lezing.toon("dossier.inschrijven", [deelnemer.pk])
                tekst = "Dossier geopend" if nieuw else "Deze persoon had al een dossier"
                meld(request, tekst, onder=f"{deelnemer.naam}, {deelnemer.dossiernummer}")
                return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    request.lezing.toon("dossier.dubbelcheck", [d.pk for d in lijken])
    context = {"form": form, "lijken": lijken}
    return render(request, "deelnemers/persoon_nieuw.html", context, status=400 if form.errors or lijken else 200)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("gegevens.wijzigen")
def gegevens(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Contact data and address. The second of two people who save sees what changed."""
    adres = mag_adres(deelnemer, request.medewerker, request.rechten)
    wijzigbaar = [veld for veld in WIJZIGBAAR if adres or veld not in ADRES]
    begin = {veld: getattr(deelnemer, veld) for veld in wijzigbaar} | {"versie": deelnemer.versie}
    form = GegevensForm(request.POST or None, initial=begin, adres=adres)
    if request.method == "POST" and form.is_valid():
        velden = {veld: form.cleaned_data[veld] for veld in wijzigbaar}
        try:
            wijzig_gegevens(deelnemer, form.cleaned_data["versie"], velden, actor=actor_van(request))
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Gegevens bewaard", onder=deelnemer.naam)
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    let_op = "" if adres else "Het adres is afgeschermd. Alleen de regievoerder en de teammanager zien het."
    context = {"deelnemer": deelnemer, "form": form, "titel": "Gegevens wijzigen", "knop": "Bewaren", "let_op": let_op}
    return render(request, "deelnemers/gegevens.html", context, status=400 if form.errors else 200)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("huishouden.wijzigen")
def huishouden_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Another household from a date; the former one ends the day before."""
    form = HuishoudenForm(request.POST or None, initial={"begindatum": klok.vandaag(), "kinderen": 0})
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        partner = vragen.zichtbaar_voor(request.medewerker).filter(dossiernummer=velden.pop("partner") or "-").first()
        if form.data.get("partner", "").strip() and (partner is None or partner == deelnemer):
            form.add_error("partner", "Dit dossier is er niet, of je werkt niet met deze persoon.")
        else:
            try:
                inschrijven.leg_huishouden_vast(deelnemer, partner=partner, actor=actor_van(request), **velden)
            except ValidationError as fout:
                neem_fouten_over(form, fout)
            else:
                request.lezing.toon("huishouden.wijzigen", [partner.pk] if partner else [])
                meld(request, "Huishouden vastgelegd")
                return redirect("huishouden", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Huishouden vastleggen", "Vastleggen")


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("uitkering.wijzigen")
def uitkering_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """A benefit that we did not know; a partner in the household joins the one that is there."""
    form = UitkeringForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        leden = vragen.huishouden(deelnemer)
        try:
            inschrijven.leg_uitkering_vast(
                deelnemer,
                form.cleaned_data["regeling"],
                form.cleaned_data["begindatum"],
                huishouden=leden[0].huishouden if leden else None,
                actor=actor_van(request),
            )
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Uitkering vastgelegd", onder="Alleen inkomen kan haar beëindigen.")
            return redirect("huishouden", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Uitkering vastleggen", "Vastleggen")


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("doelgroep.wijzigen")
def doelgroep_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Add a target group; a protected one only for who may see it."""
    form = DoelgroepForm(request.POST, groepen=vragen.doelgroepkeuzes(request.rechten))
    if form.is_valid():
        voeg_doelgroep_toe(deelnemer, form.cleaned_data["doelgroep"], klok.vandaag(), actor=actor_van(request))
        meld(request, "Doelgroep toegevoegd")
    else:
        meld(request, "Kies eerst een doelgroep", niveau=messages.ERROR)
    return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)
