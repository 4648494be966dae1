"""Who acts for a person, why we know a minor, and a death: the screens."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from deelnemers.bereikforms import OverlijdenForm, VertegenwoordigerForm, VoorinschrijvingForm
from deelnemers.kwetsbaar import Ontvanger
from deelnemers.models import Deelnemer, Vertegenwoordiger
from deelnemers.services import vertegenwoordiging as v
from deelnemers.services.overlijden import meld_overlijden, wat_stopt
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weigering import probeer


@toegang("dossier.zien")
@require_GET
@met_dossier("vertegenwoordiger.bekijken")
def vertegenwoordigers(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Who acts for this person and what goes to whom; for a minor also on what ground we know them."""
    vandaag = klok.vandaag()
    alle = list(Vertegenwoordiger.objects.filter(deelnemer=deelnemer).order_by("-begindatum", "-pk"))
    loopt = [r for r in alle if r.begindatum <= vandaag and (r.einddatum is None or r.einddatum >= vandaag)]
    for r in loopt:
        r.adres = ", ".join(v.adresregels(r.postadres, r.postcode, r.woonplaats))  # type: ignore[attr-defined]
    straks = [r for r in alle if r.begindatum > vandaag]
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "huishouden"),
        "loopt": loopt,
        "straks": straks,
        "vroeger": [r for r in alle if r not in loopt and r not in straks],
        "naar_wie": [(wat.capitalize(), v.wie_krijgt(deelnemer, wat)) for wat in ("brieven", "uitnodigingen")],
        "minderjarig": v.minderjarig(deelnemer),
        "voor": v.voorinschrijving_van(deelnemer),
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
        "leeg": o.Leeg(
            "Deze persoon regelt alles zelf",
            "Is er een bewindvoerder, mentor, curator of ouder? Leg dan vast wie dat is en wat naar wie gaat.",
            "mensen",
        ),
    }
    return render(request, "deelnemers/vertegenwoordigers.html", context)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("vertegenwoordiger.wijzigen")
def vertegenwoordiger(request: Any, deelnemer: Deelnemer, rij_id: int | None = None) -> HttpResponse:
    """Record or change one."""
    rij = get_object_or_404(Vertegenwoordiger, pk=rij_id, deelnemer=deelnemer) if rij_id else None
    velden = tuple(VertegenwoordigerForm.base_fields)
    begin = {n: getattr(rij, n) for n in velden} if rij else {
        "begindatum": klok.vandaag(), "brieven": Ontvanger.BEIDEN, "uitnodigingen": Ontvanger.PERSOON,
    }  # fmt: skip
    form = VertegenwoordigerForm(ingevuld(request), initial=begin)
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: _bewaar(request, deelnemer, rij, dict(form.cleaned_data))):
        meld(request, "Vertegenwoordiger bewaard", onder=form.cleaned_data["naam"])
        return redirect("vertegenwoordigers", dossiernummer=deelnemer.dossiernummer)
    titel = f"{rij.naam} wijzigen" if rij else f"Wie handelt er voor {deelnemer.naam}?"
    return formulierblad(request, deelnemer, form, titel, "Bewaren")


def _bewaar(request: Any, deelnemer: Deelnemer, rij: Vertegenwoordiger | None, velden: dict[str, Any]) -> Any:
    if rij is not None:
        return v.wijzig_vertegenwoordiger(rij, actor=actor_van(request), **velden)
    soort, naam, vanaf, _ = (velden.pop(n) for n in ("soort", "naam", "begindatum", "versie"))
    return v.leg_vertegenwoordiger_vast(deelnemer, soort, naam, vanaf, actor=actor_van(request), **velden)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("voorinschrijving.wijzigen")
def voorinschrijving(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Why we already know a minor, and which parent or guardian was told."""
    nu, ouders = v.voorinschrijving_van(deelnemer), v.ouders_van(deelnemer)
    begin = {"grondslag": nu.grondslag, "toelichting": nu.toelichting, "ouder": nu.ouder_id,
             "ouder_ingelicht_op": nu.ouder_ingelicht_op} if nu else {}  # fmt: skip
    begin["versie"] = v.voorinschrijvingversie(deelnemer)
    form = VoorinschrijvingForm(ingevuld(request), ouders=ouders, initial=begin)
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data | {"medewerker": request.medewerker, "actor": actor_van(request)}
        if probeer(form, lambda: v.leg_voorinschrijving_vast(deelnemer, **velden)):
            meld(request, "Voorinschrijving bewaard", onder=deelnemer.naam)
            return redirect("vertegenwoordigers", dossiernummer=deelnemer.dossiernummer)
    context = {
        "deelnemer": deelnemer,
        "form": form,
        "ouders": ouders,
        "minderjarig": v.minderjarig(deelnemer),
        "nu": nu,
    }
    return render(request, "deelnemers/voorinschrijving.html", context, status=400 if form.errors else 200)


_STOPT = (
    "Brieven, e-mails en sms’jes die klaarstaan, worden ingetrokken. Er komt niets nieuws bij.",
    "Afspraken, oproepen en groepen vervallen. Het traject eindigt zonder melding.",
    "Voordrachten, nazorg en verwijzingen naar partners stoppen. De partner leest niet waarom.",
    "Niemand heeft nog een taak over deze persoon op Vandaag.",
)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("overlijden.melden")
def overlijden(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Record a death: says beforehand what stops, and stops it at once."""
    form = OverlijdenForm(ingevuld(request), initial={"overleden_op": klok.vandaag()})
    if request.method == "POST" and form.is_valid() and deelnemer.overleden_op is None:
        dag, reden = form.cleaned_data["overleden_op"], form.cleaned_data["bron"]
        if probeer(form, lambda: meld_overlijden(deelnemer, dag, reden=reden, actor=actor_van(request)) or True):
            meld(request, "Vastgelegd", onder="Er gaat niets meer uit. Afspraken en taken zijn gestopt.")
            return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    context = {"deelnemer": deelnemer, "form": form, "stopt": wat_stopt(deelnemer), "vast": _STOPT}
    return render(request, "deelnemers/overlijden.html", context, status=400 if form.errors else 200)
