"""The people outside who are involved with a person, and what may be shared with them: the screens (R214)."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import partijvragen as vragen
from deelnemers.models import Akkoord, BetrokkenPartij, Deelnemer, Vertegenwoordiger
from deelnemers.partijforms import EindeForm, PartijForm, begin_van
from deelnemers.services import partijen as dienst
from deelnemers.toegang import mag_bijzonder
from deelnemers.views.hulp import actor_van, kaart, met_dossier
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.models import geldig_op
from kern.toegang import toegang
from kern.weergave import datum
from kern.weigering import GEWEIGERD, probeer, zin


@toegang("dossier.zien")
@require_GET
@met_dossier("partij.bekijken")
def partners(request: Any, deelnemer: Deelnemer) -> HttpResponse:
    """Everybody outside who is involved: now, soon and before."""
    nu, dicht = klok.vandaag(), vragen.mag_niets(deelnemer)
    alle = list(vragen.partijen(deelnemer, bijzonder=mag_bijzonder(request.rechten)))
    loopt = [p for p in alle if p.betrokken_op(nu)]
    straks = [p for p in alle if p.begindatum > nu]
    akkoorden = Akkoord.objects.filter(partij__in=[p.pk for p in loopt], ingetrokken_op__isnull=True).order_by("pk")
    op = {a.partij_id: a for a in akkoorden}
    context = {
        "deelnemer": deelnemer,
        "kaart": kaart(request, deelnemer, "dossier"),
        "loopt": [(vragen.toon(p, dicht=dicht), _waarom(p, op.get(p.pk))) for p in loopt],
        "straks": straks,
        "vroeger": [p for p in alle if p not in loopt and p not in straks],
        "dicht": dicht,
        "mag_wijzigen": "dossier.wijzigen" in request.rechten,
        "leeg": o.Leeg(
            "Nog geen partners van buiten",
            "Helpt er iemand mee, zoals een wijkteam, school of familielid? Leg dan vast wie, en wat die mag weten.",
            "mensen",
        ),
    }
    return render(request, "deelnemers/partners.html", context)


def _waarom(partij: BetrokkenPartij, akkoord: Akkoord | None) -> str:
    """On what ground, in a sentence; empty when nothing is shared."""
    if not partij.onderwerpen:
        return ""
    if akkoord is not None:
        return f"De persoon vond dit goed {akkoord.get_wijze_display()}, op {datum(akkoord.gegeven_op)}."
    return f"Grond: {partij.grondslag_uitleg or partij.get_grondslag_display()}."


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("partij.wijzigen")
def partner(request: Any, deelnemer: Deelnemer, partij_id: int | None = None) -> HttpResponse:
    """Record or change one. The second of two people who save sees what changed."""
    rij = _rij(request, deelnemer, partij_id) if partij_id else None
    begin = begin_van(rij) | ({"versie": rij.versie} if rij else {})
    form = PartijForm(
        ingevuld(request),
        initial=begin,
        namens=_namens(deelnemer, rij),
        bijzonder=mag_bijzonder(request.rechten),
        partij=rij,
    )
    goed = request.method == "POST" and form.is_valid()
    if goed and (bewaard := probeer(form, lambda: _bewaar(request, deelnemer, rij, form))):
        meld(request, "Partner bewaard", onder=bewaard.wie)
        return redirect("partners", dossiernummer=deelnemer.dossiernummer)
    titel = f"{rij.wie} wijzigen" if rij else f"Wie helpt {deelnemer.roepnaam or deelnemer.naam} nog meer?"
    return _formulier(request, deelnemer, form, titel, "Bewaren")


def _namens(deelnemer: Deelnemer, rij: BetrokkenPartij | None) -> list[Vertegenwoordiger]:
    """Who acts for the person today, and who this row already points at."""
    rijen = Vertegenwoordiger.objects.filter(geldig_op(klok.vandaag()), deelnemer=deelnemer)
    if rij is not None and rij.vertegenwoordiger_id:
        rijen = rijen | Vertegenwoordiger.objects.filter(pk=rij.vertegenwoordiger_id)
    return list(rijen.order_by("naam", "pk"))


def _bewaar(request: Any, deelnemer: Deelnemer, rij: BetrokkenPartij | None, form: PartijForm) -> BetrokkenPartij:
    gemeen = form.wie | {"actor": actor_van(request), "medewerker": request.medewerker}
    if rij is None:
        return dienst.voeg_partij_toe(deelnemer, form.wat_delen, **gemeen)
    return dienst.wijzig_partij(rij, form.cleaned_data["versie"], form.wat_delen, **gemeen)


def _rij(request: Any, deelnemer: Deelnemer, partij_id: int) -> BetrokkenPartij:
    """One partner that this reader may know of, and that is still involved."""
    rij = get_object_or_404(vragen.partijen(deelnemer, bijzonder=mag_bijzonder(request.rechten)), pk=partij_id)
    if rij.einddatum is not None and rij.einddatum < klok.vandaag():
        raise Http404("Deze partner is niet meer betrokken.")
    return rij


def _formulier(request: Any, deelnemer: Deelnemer, form: Any, titel: str, knop: str) -> HttpResponse:
    terug = reverse("partners", args=[deelnemer.dossiernummer])
    context = {"deelnemer": deelnemer, "form": form, "titel": titel, "knop": knop, "terug": terug}
    return render(request, "deelnemers/partnerformulier.html", context, status=400 if form.errors else 200)


@toegang("dossier.wijzigen")
@require_http_methods(["GET", "POST"])
@met_dossier("partij.wijzigen")
def partner_beeindigen(request: Any, deelnemer: Deelnemer, partij_id: int) -> HttpResponse:
    """The last day of one."""
    rij = _rij(request, deelnemer, partij_id)
    form = EindeForm(ingevuld(request), initial={"einddatum": klok.vandaag()})
    if request.method == "POST" and form.is_valid():
        dag = form.cleaned_data["einddatum"]
        if probeer(form, lambda: dienst.beeindig_partij(rij, dag, actor=actor_van(request))):
            meld(request, f"{rij.wie} is betrokken tot en met {datum(dag)}")
            return redirect("partners", dossiernummer=deelnemer.dossiernummer)
    return _formulier(request, deelnemer, form, f"{rij.wie} is niet meer betrokken", "Beëindigen")


@toegang("dossier.wijzigen")
@require_POST
@met_dossier("partij.wijzigen")
def partner_niets_delen(request: Any, deelnemer: Deelnemer, partij_id: int) -> HttpResponse:
    """The person takes the agreement back, or it is not needed any more: nothing is shared from now on."""
    rij = _rij(request, deelnemer, partij_id)
    try:
        dienst.stop_delen(rij, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit is niet gelukt", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "Delen gestopt", onder=f"Deel vanaf nu niets meer met {rij.wie}.")
    return redirect("partners", dossiernummer=deelnemer.dossiernummer)
