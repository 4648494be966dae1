"""The BSN of a person corrected, and another dossier named that may be the same person (R044)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from deelnemers import querysets as vragen
from deelnemers.dubbelforms import BsnForm, DubbelMeldenForm
from deelnemers.keuzes import Dubbelreden
from deelnemers.models import Deelnemer
from deelnemers.services.bsn import AlInGebruik, corrigeer_bsn
from deelnemers.services.dubbelen import noem_dubbel
from deelnemers.views.dubbelen import gemeld_tabel, moment
from deelnemers.views.hulp import actor_van, formulierblad, identiteit_wanneer_en_wie, met_dossier
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import neem_fouten_over

_LIJST = "We hebben beide dossiers op de lijst Mogelijk dubbel gezet. Functioneel beheer kijkt of het één persoon is."


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("bsn.verbeteren")
def bsn_verbeteren(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Replace a wrong number or take it away; what is stored is never shown."""
    form = BsnForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        velden = dict(form.cleaned_data)
        try:
            correctie = corrigeer_bsn(
                deelnemer,
                velden["burgerservicenummer"],
                velden["bron"],
                actor=actor_van(request),
                reden=velden["reden"],
            )
        except AlInGebruik as fout:
            noem_dubbel(deelnemer, fout.ander, Dubbelreden.BSN, actor=actor_van(request))
            neem_fouten_over(form, fout)
            form.add_error("burgerservicenummer", _LIJST)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            tekst = "Burgerservicenummer verbeterd" if correctie else "Burgerservicenummer vastgelegd"
            if correctie and correctie.weggehaald:
                tekst = "Burgerservicenummer weggehaald"
            meld(request, tekst, onder=deelnemer.naam)
            return redirect("bsn_verbeteren", dossiernummer=deelnemer.dossiernummer)
    eerder = list(vragen.bsn_correcties(deelnemer))
    context = {
        "deelnemer": deelnemer,
        "form": form,
        "identiteit": identiteit_wanneer_en_wie(deelnemer),
        "bekend": bool(vragen.met_bsn([deelnemer.pk])),
        "eerder": [{"rij": rij, "op": moment(rij.op)} for rij in eerder],
        "gemeld": gemeld_tabel(request, [rij.aanleiding for rij in eerder]) if eerder else None,
    }
    return render(request, "deelnemers/bsn.html", context, status=400 if form.errors else 200)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.dubbel_melden")
def dubbel_melden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Name another dossier that one works with as well; functional management judges."""
    form = DubbelMeldenForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        nummer = form.cleaned_data["dossiernummer"].strip()
        ander = vragen.zichtbaar_voor(request.medewerker).filter(dossiernummer=nummer).first()
        if ander is None or ander.pk == deelnemer.pk:
            form.add_error("dossiernummer", "Dit dossier is er niet, of je werkt niet met deze persoon.")
        else:
            request.lezing.toon("dossier.dubbel_melden", [ander.pk])
            toelichting = form.cleaned_data["toelichting"]
            noem_dubbel(deelnemer, ander, Dubbelreden.COLLEGA, toelichting=toelichting, actor=actor_van(request))
            meld(request, "Doorgegeven", onder=_LIJST)
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Dubbel dossier melden", "Melden")
