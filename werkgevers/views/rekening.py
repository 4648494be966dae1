"""The account number of an employer: what we use, what waits, and what was before."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from stdnum import iban as iban_

from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.toegang import toegang
from kern.weergave import datum, telefoon
from kern.weigering import GEWEIGERD, probeer, zin
from werkgevers import dienstverbandvragen as vragen
from werkgevers.forms_rekening import AfwijsForm, RekeningForm, TerugbelForm
from werkgevers.keuzes import Terugbeluitkomst
from werkgevers.models import Rekeningwijziging, Werkgever
from werkgevers.services import rekening as dienst
from werkgevers.toestanden import REKENING
from werkgevers.views.hulp import formulier

ZIEN, VOORSTELLEN, BESLISSEN = "subsidie.zien", "subsidie.behandelen", "subsidie.goedkeuren"


def _terug(rij: Werkgever) -> o.Verwijzing:
    return o.Verwijzing(f"Rekeningnummer van {rij.naam}", reverse("rekening", args=[rij.pk]))


@toegang(ZIEN)
@require_safe
def rekening(request: Any, pk: int) -> HttpResponse:
    """What we pay on, the change that waits with its three steps, and every earlier number."""
    rij = get_object_or_404(Werkgever, pk=pk)
    wacht = vragen.open_rekeningwijziging(rij)
    nu = vragen.rekening_van(rij, klok.vandaag())
    context = {
        "werkgever": rij,
        "nu": _feiten(nu),
        "aangehouden": nu.aangehouden if wacht else "",
        "wacht": wacht,
        "wachtfeiten": _wachtfeiten(wacht) if wacht else [],
        "stappen": _stappen(wacht) if wacht else [],
        "bellen": wacht is not None and bool(wacht.bekende_nummers),
        "mag_voorstellen": VOORSTELLEN in request.rechten,
        "mag_beslissen": wacht is not None and _mag_beslissen(request, wacht),
        "van_mij": wacht is not None and wacht.voorgesteld_door_id == request.user.pk,
        "bevestigd": wacht is not None and wacht.belresultaat == Terugbeluitkomst.BEVESTIGD,
        "nummers": [(iban_.format(r.iban), r.tenaamstelling, r) for r in vragen.rekeningen(rij)],
        "eerder": [
            (iban_.format(w.iban), o.toestandmerk(REKENING.toestand(w.status), uitleg=False), w)
            for w in vragen.eerdere_wijzigingen(rij)[:20]
        ],
    }
    return render(request, "werkgevers/rekening.html", context)


def _mag_beslissen(request: Any, wacht: Rekeningwijziging) -> bool:
    return BESLISSEN in request.rechten and wacht.voorgesteld_door_id != request.user.pk


def _feiten(nu: vragen.Betaalrekening) -> list[o.Feit]:
    if not nu.iban:
        return []
    return [o.Feit("Rekeningnummer", iban_.format(nu.iban)), o.Feit("Op naam van", nu.tenaamstelling)]


def _wachtfeiten(wacht: Rekeningwijziging) -> list[o.Feit]:
    via = f"{wacht.get_ontvangen_via_display()} op {datum(wacht.ontvangen_op)}"
    feiten = [
        o.Feit("Nieuw nummer", iban_.format(wacht.iban)),
        o.Feit("Op naam van", wacht.tenaamstelling),
        o.Feit("Geldt vanaf", datum(wacht.vanaf)),
        o.Feit("Doorgegeven", via, onder=f"vastgelegd door {wacht.voorgesteld_door.naam}"),
    ]
    if wacht.gebeld_op is not None and wacht.gebeld_door is not None:
        met = f" met {wacht.gesproken_met}" if wacht.gesproken_met else ""
        wie = f"{wacht.gebeld_door.naam} belde {telefoon(wacht.gebeld_nummer)} op {datum(wacht.gebeld_op)}{met}"
        feiten.append(o.Feit("Gebeld", wacht.get_belresultaat_display(), onder=wie))
    return feiten


def _stappen(wacht: Rekeningwijziging) -> list[o.Stap]:
    klaar = wacht.belresultaat in {"bevestigd", "ontkend"}
    return [
        o.Stap("Doorgegeven", stand="klaar"),
        o.Stap("Gebeld", stand="klaar" if klaar else "nu"),
        o.Stap("Besloten door een collega", stand="nu" if klaar else "later"),
    ]


@toegang(VOORSTELLEN)
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: Any, pk: int) -> HttpResponse:
    """Propose another account number."""
    rij = get_object_or_404(Werkgever, pk=pk)
    form = RekeningForm(ingevuld(request))
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: dienst.stel_rekening_voor(rij, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "Het nieuwe nummer wacht", onder="Bel nu de werkgever. Daarna beslist een collega.")
        return redirect("rekening", pk=pk)
    uitleg = "Tot een collega dit goedkeurt, betalen we deze werkgever niet."
    return formulier(request, form, f"Nieuw rekeningnummer van {rij.naam}", "Vastleggen", _terug(rij), uitleg=uitleg)


def _open(request: Any, pk: int) -> tuple[Werkgever, Rekeningwijziging]:
    rij = get_object_or_404(Werkgever, pk=pk)
    return rij, get_object_or_404(Rekeningwijziging, werkgever=rij, status="voorgesteld")


@toegang(VOORSTELLEN)
@require_http_methods(["GET", "HEAD", "POST"])
def bellen(request: Any, pk: int) -> HttpResponse:
    """Write what the employer said on a number that we knew."""
    rij, wacht = _open(request, pk)
    form = TerugbelForm(ingevuld(request), wijziging=wacht)
    if request.method == "POST" and form.is_valid():
        schoon = dict(form.cleaned_data)
        if probeer(form, lambda: dienst.bel_terug(wacht, schoon.pop("nummer"), actor=actor_van(request), **schoon)):
            meld(request, "Het telefoontje is vastgelegd")
            return redirect("rekening", pk=pk)
    uitleg = f"Vraag of {iban_.format(wacht.iban)} op naam van {wacht.tenaamstelling} klopt."
    return formulier(request, form, f"Bel {rij.naam} terug", "Vastleggen", _terug(rij), uitleg=uitleg)


@toegang(BESLISSEN)
@require_POST
def goedkeuren(request: Any, pk: int) -> HttpResponse:
    """The second person agrees."""
    rij, wacht = _open(request, pk)
    try:
        dienst.keur_rekening_goed(wacht, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit kan niet", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, f"Het nieuwe nummer van {rij.naam} is goedgekeurd", onder="De betaling gaat weer door.")
    return redirect("rekening", pk=pk)


@toegang(BESLISSEN)
@require_http_methods(["GET", "HEAD", "POST"])
def afwijzen(request: Any, pk: int) -> HttpResponse:
    """The second person does not agree."""
    rij, wacht = _open(request, pk)
    form = AfwijsForm(ingevuld(request))
    goed = request.method == "POST" and form.is_valid()
    if goed and probeer(form, lambda: dienst.wijs_rekening_af(wacht, **form.cleaned_data, actor=actor_van(request))):
        meld(request, "Het nieuwe nummer is afgewezen", onder="Het oude nummer blijft gelden.")
        return redirect("rekening", pk=pk)
    return formulier(request, form, f"Nieuw nummer van {rij.naam} afwijzen", "Afwijzen", _terug(rij))


@toegang(VOORSTELLEN)
@require_POST
def intrekken(request: Any, pk: int) -> HttpResponse:
    """Who proposed it takes it back."""
    _, wacht = _open(request, pk)
    try:
        dienst.trek_rekening_in(wacht, actor=actor_van(request))
    except GEWEIGERD as fout:
        meld(request, "Dit kan niet", onder=zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "De wijziging is ingetrokken", onder="Het oude nummer blijft gelden.")
    return redirect("rekening", pk=pk)
