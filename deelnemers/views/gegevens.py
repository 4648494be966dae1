"""A new person by hand, contact data, household and benefit by hand, target groups."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from deelnemers import deur
from deelnemers import querysets as vragen
from deelnemers.formulieren import (
    DoelgroepEindeForm,
    DoelgroepForm,
    GegevensForm,
    PersoonForm,
    UitkeringForm,
)
from deelnemers.models import Deelnemer
from deelnemers.services import inschrijven
from deelnemers.services.contact import beeindig_doelgroep, voeg_doelgroep_toe
from deelnemers.services.gegevens import ADRES, WIJZIGBAAR, wijzig_gegevens
from deelnemers.services.geheimadres import VOOR_ALLEN
from deelnemers.toegang import mag_adres
from deelnemers.views.hulp import actor_van, formulierblad, met_dossier
from kern import klok
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import IntussenGewijzigd, neem_fouten_over, probeer, zin
from regelgeving.opzoeken import label


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
def persoon_nieuw(request: Any) -> HttpResponse:
    """Register somebody by hand. Who looks like somebody we know is shown first (dubbelcheck)."""
    form = PersoonForm(request.POST or None)
    bekend, lijken = None, []
    if request.method == "POST" and form.is_valid():
        bekend, lijken = _kennen_we(request, form)
        if not bekend and not lijken:
            try:
                deelnemer = inschrijven.meld_zelf_aan(
                    form.persoon(), form.cleaned_data["bsn"], request.medewerker, actor=actor_van(request)
                )
            except inschrijven.AlBekend as fout:  # a colleague was just first
                bekend = _bekend(request, fout.deelnemer)
            except ValidationError as fout:
                neem_fouten_over(form, fout, {"burgerservicenummer": "bsn"})
            else:
                request.lezing.toon("dossier.inschrijven", [deelnemer.pk])
                meld(request, "Dossier geopend", onder=f"{deelnemer.naam}, {deelnemer.dossiernummer}")
                return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    if bekend:  # the number has done its work: the page does not repeat it
        form.data = {**form.data.dict(), "bsn": ""}
    context = {"form": form, "bekend": bekend, "lijken": lijken, "al_bekend": deur.AL_BEKEND}
    fout = form.errors or bekend or lijken
    return render(request, "deelnemers/persoon_nieuw.html", context, status=400 if fout else 200)


def _kennen_we(request: Any, form: PersoonForm) -> tuple[deur.Antwoord | None, list[deur.Antwoord]]:
    """Somebody with this number, or who looks like this person; each as far as this reader may know (R223)."""
    bsn = form.cleaned_data["bsn"]
    gevonden = inschrijven.vind_op_bsn(bsn) if bsn else None
    if gevonden is not None:
        return _bekend(request, gevonden), []
    lijken = [] if form.cleaned_data["toch_nieuw"] else inschrijven.mogelijk_dezelfde(form.persoon())
    request.lezing.toon("dossier.dubbelcheck", [d.pk for d in lijken])
    return None, deur.antwoorden_over(lijken, request.medewerker, request.rechten)


def _bekend(request: Any, deelnemer: Deelnemer) -> deur.Antwoord:
    request.lezing.toon("dossier.dubbelcheck", [deelnemer.pk])
    return deur.antwoord_over(deelnemer, request.medewerker, request.rechten)


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
            wijzig_gegevens(
                deelnemer,
                form.cleaned_data["versie"],
                velden,
                actor=actor_van(request),
                open_voor_allen=bool(form.cleaned_data.get(VOOR_ALLEN)),
            )
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Gegevens bewaard", onder=deelnemer.naam)
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    form.vraag_voor_allen()
    let_op = "" if adres else "Het adres is afgeschermd. Alleen de regievoerder en de teammanager zien het."
    context = {"deelnemer": deelnemer, "form": form, "titel": "Gegevens wijzigen", "knop": "Bewaren", "let_op": let_op}
    return render(request, "deelnemers/gegevens.html", context, status=400 if form.errors else 200)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("uitkering.wijzigen")
def uitkering_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """A benefit that we did not know; a partner in the household joins the one that is there."""
    form = UitkeringForm(request.POST or None, initial={"versie": inschrijven.uitkeringversie(deelnemer)})
    if request.method == "POST" and form.is_valid():
        leden = vragen.huishouden(deelnemer)
        try:
            inschrijven.leg_uitkering_vast(
                deelnemer,
                form.cleaned_data["regeling"],
                form.cleaned_data["begindatum"],
                versie=form.cleaned_data["versie"],
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
        groep, vanaf = form.cleaned_data["doelgroep"], form.cleaned_data["begindatum"]
        try:
            voeg_doelgroep_toe(deelnemer, groep, vanaf, actor=actor_van(request))
        except ValidationError as fout:
            meld(request, "De doelgroep is niet toegevoegd", onder=zin(fout), niveau=messages.ERROR)
        else:
            meld(request, "Doelgroep toegevoegd")
    else:
        meld(request, "Kies een doelgroep en vanaf wanneer", niveau=messages.ERROR)
    return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("doelgroep.wijzigen")
def doelgroep_einde(request: Any, deelnemer: Deelnemer, lidmaatschap_id: int) -> HttpResponse:
    """Say until when somebody belonged to a target group, or take a mistake away."""
    rij = next((r for r in vragen.doelgroepen(deelnemer, request.rechten) if r.pk == lidmaatschap_id), None)
    if rij is None:
        raise Http404("Deze doelgroep is er niet.")
    form = DoelgroepEindeForm(request.POST or None, initial={"einddatum": rij.einddatum or klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        dag = None if form.cleaned_data["vergissing"] else form.cleaned_data["einddatum"]
        if probeer(form, lambda: beeindig_doelgroep(rij, dag, actor=actor_van(request))) is not None:
            meld(request, "Doelgroep bijgewerkt")
            return redirect("diagnose", dossiernummer=deelnemer.dossiernummer)
    naam = label("doelgroepen", rij.doelgroep)
    return formulierblad(request, deelnemer, form, f"Doelgroep: {naam}", "Bewaren")
