"""Promises of both sides: make one, tick it off, change it or say how it ended (R013)."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from deelnemers import querysets as vragen
from deelnemers.forms import BelofteForm, ToezeggingForm
from deelnemers.keuzes import Partij
from deelnemers.models import Deelnemer, Toezegging
from deelnemers.services.beloften import kom_toezegging_na, wijzig_toezegging
from deelnemers.services.contact import zeg_toe
from deelnemers.views.hulp import actor_van, formulierblad, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import kortedatum, voorletters
from kern.weigering import probeer


def beloftegroepen(deelnemer: Deelnemer, *, wijzigen: bool) -> list[o.Beloftegroep]:
    """What both sides promised, for the panel of the dossier."""
    rijen = list(vragen.open_toezeggingen(deelnemer).select_related("medewerker"))
    koppen = {
        Partij.WIJ: "Wij doen",
        Partij.DEELNEMER: f"{deelnemer.roepnaam or voorletters(deelnemer.naam)} doet",
        Partij.WERKGEVER: "De werkgever doet",
    }
    return [
        o.Beloftegroep(kop, [_belofte(deelnemer, t, wijzigen=wijzigen) for t in rijen if t.partij == partij])
        for partij, kop in koppen.items()
        if any(t.partij == partij for t in rijen)
    ]


def _belofte(deelnemer: Deelnemer, t: Toezegging, *, wijzigen: bool) -> o.Belofte:
    anders = reverse("toezegging_wijzigen", args=[deelnemer.dossiernummer, t.pk]) if wijzigen else ""
    if t.niet_gedaan_op:
        return o.Belofte(t.wat, t.toelichting, "niet", wijzig=anders)
    if t.nagekomen_op:
        return o.Belofte(t.wat, f"Gedaan op {kortedatum(t.nagekomen_op)}", "gedaan", wijzig=anders)
    vink = reverse("toezegging_klaar", args=[deelnemer.dossiernummer, t.pk])
    wie = t.medewerker.voornaam if t.medewerker else ""
    if t.voor and t.voor < klok.vandaag():
        dagen = (klok.vandaag() - t.voor).days
        return o.Belofte(t.wat, wie, "laat", f"{dagen} {'dag' if dagen == 1 else 'dagen'} te laat", vink, anders)
    wanneer = f"voor {kortedatum(t.voor)}" if t.voor else ""
    return o.Belofte(t.wat, " · ".join(deel for deel in (wie, wanneer) if deel), "open", url=vink, wijzig=anders)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.toezegging")
def toezegging_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    form = ToezeggingForm(ingevuld(request), initial={"partij": Partij.WIJ})
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(
            form,
            lambda: zeg_toe(deelnemer, **form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request)),
        )
    ):
        meld(request, "Afspraak vastgelegd")
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Nieuwe afspraak over en weer", "Vastleggen")


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("dossier.toezegging")
def toezegging_klaar(request: Any, deelnemer: Deelnemer, toezegging_id: int) -> HttpResponse:
    """Tick a promise off, or open it again (undo)."""
    toezegging = get_object_or_404(Toezegging, pk=toezegging_id, deelnemer=deelnemer)
    nagekomen = "terug" not in request.GET
    kom_toezegging_na(toezegging, nagekomen=nagekomen, actor=actor_van(request))
    pad = reverse("toezegging_klaar", args=[deelnemer.dossiernummer, toezegging.pk])
    meld(
        request,
        "Afgevinkt" if nagekomen else "Weer open",
        onder=toezegging.wat,
        ongedaan=f"{pad}?terug=1" if nagekomen else "",
    )
    return redirect("dossier", dossiernummer=deelnemer.dossiernummer)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.toezegging")
def toezegging_wijzigen(request: Any, deelnemer: Deelnemer, toezegging_id: int) -> HttpResponse:
    """Change a promise, or say that it was not kept or is not needed any more."""
    rij = get_object_or_404(Toezegging, pk=toezegging_id, deelnemer=deelnemer)
    namen = ("wat", "voor", "afloop", "toelichting", "voor_huishouden", "versie")
    form = BelofteForm(ingevuld(request), initial={naam: getattr(rij, naam) for naam in namen})
    if (
        request.method == "POST"
        and form.is_valid()
        and probeer(form, lambda: wijzig_toezegging(rij, **form.cleaned_data, actor=actor_van(request)))
    ):
        meld(request, "Afspraak bewaard", onder=form.cleaned_data["wat"])
        return redirect("dossier", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, "Afspraak over en weer", "Bewaren")
