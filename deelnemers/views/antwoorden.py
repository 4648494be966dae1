"""Answers of income that fit no notice: the list, and linking or rejecting one (ONTWERP 3.11)."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from deelnemers import querysets as vragen
from deelnemers.forms import AfwijsForm, KoppelForm, ZoekmeldingForm
from deelnemers.models import Besluit, Inkomensantwoord, MeldingAanInkomen
from deelnemers.services import antwoorden as dienst
from deelnemers.toestanden import ANTWOORD
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro, kortedatum
from kern.weigering import GEWEIGERD, neem_fouten_over
from regelgeving.opzoeken import label


def van_wie(antwoord: Inkomensantwoord) -> str:
    """Who sent it."""
    return antwoord.levering.client.naam if antwoord.levering.client else f"Bestand van {antwoord.levering.door}"


def zegt(antwoord: Inkomensantwoord) -> str:
    """What income said, in words."""
    if antwoord.besluit == Besluit.LOOPT_DOOR:
        return "Uitkering loopt door"
    return f"Uitkering beëindigd, laatste dag {datum(antwoord.laatste_dag)}" if antwoord.laatste_dag else "Onbekend"


KOLOMMEN = (
    Kolom("zegt", "Antwoord", kop=True, waarde=zegt, link=lambda a: reverse("antwoord_te_koppelen", args=[a.kenmerk]),
          onder=lambda a: f"melding {a.meldingnummer}" if a.meldingnummer else "zonder nummer van een melding"),
    Kolom("waarom", "Waarom niet gekoppeld", breed=True),
    Kolom("van", "Van", waarde=van_wie),
    Kolom("status_sinds", "Binnen sinds", weergave=kortedatum),
)  # fmt: skip


@toegang("inkomen.bevestigen")
@require_GET
def niet_te_koppelen(request: Any) -> HttpResponse:
    """The oldest first; nothing leaves this list without a person or a reason."""
    blad = Paginator(vragen.antwoorden_te_koppelen(), 25).get_page(request.GET.get("pagina"))
    request.lezing.toon_zonder_persoon("inkomen.antwoorden", [str(a.kenmerk) for a in blad])
    leeg = o.Leeg("Alles is gekoppeld", "Een antwoord dat bij geen melding past, komt hier en op Vandaag.", "duim")
    tabel = Tabel.van(request, KOLOMMEN, blad, bijschrift="Niet te koppelen antwoorden", leeg=leeg)
    return render(request, "deelnemers/antwoorden.html", {"tabel": tabel, "aantal": blad.paginator.count})


def _haal(kenmerk: uuid.UUID) -> Inkomensantwoord:
    rijen = Inkomensantwoord.objects.select_related("levering__client", "melding__deelnemer")
    return get_object_or_404(rijen, kenmerk=kenmerk)


def _feiten(rij: Inkomensantwoord) -> list[o.Feit]:
    paren = [
        ("Besluit", zegt(rij)),
        ("Reden van einde (BUS)", label(dienst.BUS_REDENEN, rij.reden_einde) if rij.reden_einde else ""),
        ("Nummer van de melding", rij.meldingnummer),
        ("Norm per maand", euro(rij.normbedrag) if rij.normbedrag is not None else ""),
        ("Inkomsten per maand", euro(rij.inkomsten) if rij.inkomsten is not None else ""),
        ("Toelichting", rij.toelichting),
        ("Referentie", rij.referentie),
        ("Van", van_wie(rij)),
        ("Binnen sinds", datum(rij.status_sinds)),
    ]
    return [o.Feit(naam, waarde) for naam, waarde in paren if waarde]


def _keuzes(meldingen: list[MeldingAanInkomen]) -> list[tuple[str, str]]:
    return [
        (str(m.pk), f"{m.deelnemer.naam}: {m.get_aanleiding_display()} per {datum(m.ingangsdatum)} (melding {m.pk})")
        for m in meldingen
    ]


@toegang("inkomen.bevestigen")
@require_http_methods(["GET", "POST"])
def antwoord(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """One answer: what it says, and the notices that it may be about; `?zoek=` looks for others."""
    rij = _haal(kenmerk)
    zoek = request.GET.get("zoek", "").strip()[:20]
    open_ = ANTWOORD.mag(rij, "koppelen")
    mogelijk = vragen.mogelijke_meldingen(rij, request.medewerker, zoek) if open_ else []
    request.lezing.toon("inkomen.antwoord", [m.deelnemer_id for m in mogelijk] + [rij.deelnemer_id])
    request.lezing.toon_zonder_persoon("inkomen.antwoord", [str(kenmerk)])
    form = KoppelForm(_keuzes(mogelijk), request.POST or None)
    if request.method == "POST" and form.is_valid():
        melding = next(m for m in mogelijk if str(m.pk) == form.cleaned_data["melding"])
        try:
            dienst.koppel(rij, melding, actor=actor_van(request))
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Gekoppeld en verwerkt", onder=melding.deelnemer.naam)
            return redirect("antwoorden_te_koppelen")
    context = {
        "antwoord": rij,
        "merk": o.toestandmerk(ANTWOORD.toestand(rij.status)),
        "feiten": _feiten(rij),
        "form": form,
        "zoekform": ZoekmeldingForm(request.GET or None),
        "mogelijk": mogelijk,
        "zoek": zoek,
        "open": open_,
        "vandaag": klok.vandaag(),
    }
    return render(request, "deelnemers/antwoord.html", context, status=400 if form.errors else 200)


@toegang("inkomen.bevestigen")
@require_http_methods(["GET", "POST"])
def afwijzen(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Nothing is done with it; the sender reads why."""
    rij = _haal(kenmerk)
    request.lezing.toon_zonder_persoon("inkomen.antwoord", [str(kenmerk)])
    if not ANTWOORD.mag(rij, "afwijzen"):
        meld(request, "Dit antwoord is al afgehandeld.", niveau=messages.WARNING)
        return redirect("antwoord_te_koppelen", kenmerk=kenmerk)
    form = AfwijsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            dienst.wijs_af(rij, actor=actor_van(request), reden=form.cleaned_data["reden"])
        except GEWEIGERD as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "Afgewezen", onder="De afzender leest je uitleg.")
            return redirect("antwoorden_te_koppelen")
    context = {"form": form, "antwoord": rij}
    return render(request, "deelnemers/antwoord_afwijzen.html", context, status=400 if form.errors else 200)
