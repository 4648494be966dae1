"""Questions about a person: the tab in the dossier, and the list of the inkomensconsulent (R121)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.text import Truncator
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import diagnosevragen as vragen
from deelnemers import inkomensteam
from deelnemers.models import Deelnemer, Dossiervraag
from deelnemers.services.vragen import beantwoord_vraag, lees_antwoord, stel_vraag
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.hulp import actor_van, formulierblad, kaart, met_dossier
from deelnemers.vraagforms import AntwoordOpVraagForm, VraagForm
from deelnemers.vraagkeuzes import Vraagaan
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import kortedatum
from kern.weigering import neem_fouten_over
from organisatie.inkomensconsulenten import wie_antwoordt

PER_BLAD = 25
#: Letters of a question in a list.
KORT = 90
#: What a list says of a sensitive question; who answers reads it on its page.
GEVOELIG = "Gevoelige vraag. Open haar om te lezen."


def _merk(v: Dossiervraag) -> o.Merk:
    if v.beantwoord_op:
        return o.Merk("Beantwoord", "goed")
    laat = v.termijn < klok.vandaag()
    return o.Merk(f"Antwoord voor {kortedatum(v.termijn)}", "let-op" if laat else "info")


def _wie(v: Dossiervraag) -> str:
    """Whose words these are: of an expert, or of whoever of income answered."""
    return f"Antwoord van {v.antwoord_van}" if v.antwoord_van else f"Beantwoord door {v.beantwoord_door}"


def _beeld(v: Dossiervraag, request: Any) -> dict[str, Any]:
    wijzigen, nummer = "dossier.wijzigen" in request.rechten, v.deelnemer.dossiernummer
    return {
        "v": v,
        "aan": f"Aan {v.get_aan_display()}",
        "onder": f"{v.gesteld_door.naam}, {kortedatum(v.gesteld_op)}",
        "van": f"{_wie(v)}, {kortedatum(v.beantwoord_op)}",
        "merk": _merk(v),
        "antwoord_url": reverse("dossiervraag", args=[nummer, v.pk])
        if wijzigen and v.beantwoord_op is None and v.aan != Vraagaan.INKOMEN
        else "",
        "lees_url": reverse("dossiervraag_gelezen", args=[nummer, v.pk])
        if v.beantwoord_op and v.gelezen_op is None and v.gesteld_door_id == request.medewerker.pk
        else "",
    }


@toegang("dossier.zien")
@require_GET
@met_dossier("dossier.vragen")
def dossiervragen(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Questions and answers, newest first."""
    blad = Paginator(vragen.vragen_in(deelnemer, bijzonder=mag_bijzonder(request.rechten)), PER_BLAD).get_page(
        request.GET.get("pagina")
    )
    nieuw = o.Knop("Vraag stellen", reverse("dossiervraag_nieuw", args=[deelnemer.dossiernummer]), "plus", hoofd=True)
    mag = "dossier.wijzigen" in request.rechten
    wie = wie_antwoordt(deelnemer.team)
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "dossiervragen"),
        "vragen": [_beeld(v, request) for v in blad],
        "bladzijde": o.Bladzijde.van(blad, request.GET),
        "knop": nieuw if mag else None,
        "wie_antwoordt": wie,
        "leeg": o.Leeg(
            "Nog geen vragen",
            f"Weet je iets niet? Vraag het inkomen of een expert. Het antwoord blijft hier staan. {wie}",
            "vraag", nieuw if mag else None,
        ),
    }  # fmt: skip
    return render(request, "deelnemers/vragen.html", context)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.vragen")
def dossiervraag_nieuw(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    form = VraagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        c = form.cleaned_data
        wie = {"medewerker": request.medewerker, "actor": actor_van(request)}
        rij = stel_vraag(deelnemer, c["aan"], c["vraag"], bijzonder=c["gevoelig"], **wie)
        voor = kortedatum(rij.termijn)
        if rij.aan == Vraagaan.INKOMEN:
            meld(request, "Vraag gesteld", onder=f"Je krijgt antwoord voor {voor}.")
        else:
            meld(
                request, "Vraag vastgelegd", onder=f"Bel of mail de expert. Schrijf het antwoord hier op, voor {voor}."
            )
        return redirect("dossiervragen", dossiernummer=deelnemer.dossiernummer)
    let_op = wie_antwoordt(deelnemer.team)
    return formulierblad(request, deelnemer, form, "Vraag stellen", "Stellen", let_op=let_op)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("dossier.vragen")
def dossiervraag(request: Any, deelnemer: Deelnemer, pk: int) -> HttpResponse:
    """Write down what an expert answered."""
    rijen = (
        vragen.vragen_in(deelnemer, bijzonder=mag_bijzonder(request.rechten))
        .filter(beantwoord_op__isnull=True)
        .exclude(aan=Vraagaan.INKOMEN)
    )
    rij = get_object_or_404(rijen, pk=pk)
    form = AntwoordOpVraagForm(request.POST or None, inkomen=False)
    if request.method == "POST" and form.is_valid():
        try:
            beantwoord_vraag(rij, medewerker=request.medewerker, actor=actor_van(request), **form.cleaned_data)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Antwoord bewaard")
            return redirect("dossiervragen", dossiernummer=deelnemer.dossiernummer)
    return formulierblad(request, deelnemer, form, f"Antwoord van de {rij.get_aan_display()}", "Bewaren")


@toegang("dossier.zien")
@require_POST
@met_dossier("dossier.vragen")
def dossiervraag_gelezen(request: Any, deelnemer: Deelnemer, pk: int) -> HttpResponse:
    rij = get_object_or_404(
        vragen.vragen_in(deelnemer, bijzonder=mag_bijzonder(request.rechten)).filter(gesteld_door=request.medewerker),
        pk=pk,
    )
    lees_antwoord(rij, actor=actor_van(request))
    return redirect("dossiervragen", dossiernummer=deelnemer.dossiernummer)


_KOLOMMEN = (
    Kolom(
        "persoon", "Over", kop=True, waarde=lambda v: v.deelnemer.naam, onder=lambda v: v.deelnemer.dossiernummer,
        link=lambda v: reverse("inkomensvraag", args=[v.pk]),
    ),
    Kolom("vraag", "Vraag", breed=True, waarde=lambda v: GEVOELIG if v.bijzonder else Truncator(v.vraag).chars(KORT)),
    Kolom("van", "Van", waarde=lambda v: v.gesteld_door.naam),
    Kolom("stand", "Stand", waarde=_merk),
)  # fmt: skip


@toegang("dossier.vraag_beantwoorden")
@require_GET
def inkomensvragen(request: Any) -> HttpResponse:
    """What waits for income, the oldest term first: of the own teams, or of all (R196)."""
    keuze = inkomensteam.kies(request, vragen.vragen_aan_inkomen(request.medewerker))
    blad = Paginator(keuze.rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("inkomen.vragen", [v.deelnemer_id for v in blad], grond="rol")
    leeg = o.Leeg("Geen vragen", keuze.niets or "Er wacht niemand op een antwoord van inkomen.", "vinkrond")
    kolommen = (*_KOLOMMEN, keuze.kolom)
    tabel = Tabel.van(request, kolommen, blad, bijschrift="Vragen aan inkomen", leeg=leeg)
    context = {"tabel": tabel, "chips": keuze.chips, "mijn": keuze.mijn}
    return render(request, "deelnemers/inkomensvragen.html", context)


@toegang("dossier.vraag_beantwoorden")
@require_http_methods(["GET", "POST"])
def inkomensvraag(request: Any, pk: int) -> HttpResponse:
    """One question: read it and answer; the dossier itself stays closed."""
    rij = get_object_or_404(vragen.vragen_aan_inkomen(request.medewerker).select_related("deelnemer__team"), pk=pk)
    request.lezing.toon("inkomen.vragen", [rij.deelnemer_id], grond="rol")
    form = AntwoordOpVraagForm(request.POST or None, inkomen=True)
    if request.method == "POST" and form.is_valid():
        try:
            beantwoord_vraag(rij, medewerker=request.medewerker, actor=actor_van(request), **form.cleaned_data)
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Antwoord gegeven", onder=f"{rij.gesteld_door.naam} ziet het op Vandaag.")
            return redirect("inkomensvragen")
    context = {"v": rij, "merk": _merk(rij), "form": form, "vast": inkomensteam.vast_van(rij.deelnemer)}
    return render(request, "deelnemers/inkomensvraag.html", context, status=400 if form.errors else 200)
