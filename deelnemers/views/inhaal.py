"""Catch-up campaigns: start one, follow its progress, and see apart who left during it (R049)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from deelnemers import diagnosevragen as vragen
from deelnemers.diagnoseforms import InhaalForm
from deelnemers.models import Inhaalcampagne, Inhaaldeelname
from deelnemers.services.inhaal import sluit_inhaalslag, start_inhaalslag
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.aansluitingen import acties, cijfers
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, getal, kortedatum
from kern.weigering import neem_fouten_over
from organisatie.querysets import teams_vandaag

PER_BLAD = 25
#: Figures of a campaign: progress, and the three ways to leave, never added up (R049, R101).
CIJFERS = ("inhaal-klaar", "inhaal-werk", "inhaal-stop", "inhaal-anders")


def _stand(c: Inhaalcampagne) -> o.Merk:
    if c.gesloten_op:
        return o.Merk(f"Gesloten op {kortedatum(c.gesloten_op)}")
    te_laat = c.klaar_voor < klok.vandaag()
    return o.Merk(f"Klaar voor {kortedatum(c.klaar_voor)}", "let-op" if te_laat else "info")


_LIJST = (
    Kolom("naam", "Inhaalslag", kop=True, link=lambda c: reverse("inhaalslag", args=[c.pk])),
    Kolom("voor", "Voor wie", waarde=lambda c: c.team.naam if c.team else "Heel W&R"),
    Kolom("begindatum", "Begonnen op", weergave=datum),
    Kolom("stand", "Stand", waarde=_stand),
)


def _klaar(d: Inhaaldeelname) -> o.Merk:
    if d.bijgewerkt_op:
        return o.Merk(f"Bijgewerkt op {kortedatum(d.bijgewerkt_op)}", "goed")
    return o.Merk("Nog te doen", "let-op") if d.deelnemer.in_traject else o.Merk("Traject gestopt")


_MENSEN = (
    Kolom(
        "naam", "Persoon", kop=True, onder=lambda d: d.deelnemer.dossiernummer,
        waarde=lambda d: d.deelnemer.naam, link=lambda d: reverse("diagnose", args=[d.deelnemer.dossiernummer]),
    ),
    Kolom("reden", "Waarom", waarde=lambda d: d.get_reden_display().capitalize()),
    Kolom("wie", "Regievoerder", waarde=lambda d: d.deelnemer.regievoerder.naam if d.deelnemer.regievoerder else "–"),
    Kolom("stand", "Stand", waarde=_klaar),
)  # fmt: skip


@toegang("oproep.wijzigen")
@require_GET
def inhaalslagen(request: Any) -> HttpResponse:
    blad = Paginator(vragen.inhaalcampagnes(), PER_BLAD).get_page(request.GET.get("pagina"))
    knop = o.Knop("Inhaalslag beginnen", reverse("inhaalslag_nieuw"), "plus", hoofd=True)
    leeg = o.Leeg("Nog geen inhaalslag", "Breng in één keer de diagnoses op orde die nog niet af zijn.", "vink", knop)
    context = {"tabel": Tabel.van(request, _LIJST, blad, bijschrift="Inhaalslagen", leeg=leeg), "knop": knop}
    return render(request, "deelnemers/inhaalslagen.html", context)


@toegang("oproep.wijzigen")
@require_http_methods(["GET", "POST"])
def inhaalslag_nieuw(request: Any) -> HttpResponse:
    form = InhaalForm(request.POST or None, teams=teams_vandaag())
    if request.method == "POST" and form.is_valid():
        try:
            campagne = start_inhaalslag(**form.cleaned_data, medewerker=request.medewerker, actor=actor_van(request))
        except ValidationError as fout:
            neem_fouten_over(form, fout)
        else:
            meld(request, "De inhaalslag is begonnen", onder="De cijfers volgen na de komende nacht.")
            return redirect("inhaalslag", pk=campagne.pk)
    return render(request, "deelnemers/inhaalslag_nieuw.html", {"form": form}, status=400 if form.errors else 200)


@toegang("oproep.wijzigen")
@require_GET
def inhaalslag(request: Any, pk: int) -> HttpResponse:
    """Figures of the last night, and the people that this reader may see."""
    campagne = get_object_or_404(Inhaalcampagne.objects.select_related("team", "gestart_door"), pk=pk)
    rijen = vragen.inhaaldeelnames(campagne, request.medewerker)
    blad = Paginator(rijen, PER_BLAD).get_page(request.GET.get("pagina"))
    request.lezing.toon("inhaalslag.mensen", [d.deelnemer_id for d in blad], grond="team")
    leeg = o.Leeg("Niemand van jouw mensen", "De mensen in deze inhaalslag horen bij andere teams.", "mensen")
    context = {
        "campagne": campagne,
        "merk": _stand(campagne),
        "knoppen": acties.knoppen("inhaalslag", request, campagne),
        "tegels": [tegel for code in CIJFERS if (tegel := _tegel(campagne, code))],
        "tabel": Tabel.van(request, _MENSEN, blad, bijschrift="Mensen in de inhaalslag", leeg=leeg, dicht=True),
    }
    return render(request, "deelnemers/inhaalslag.html", context)


def _tegel(campagne: Inhaalcampagne, code: str) -> o.Tegel | None:
    dag = min(campagne.gesloten_op or klok.vandaag(), klok.vandaag())
    cijfer = cijfers.vraag(code, peildatum=dag, campagne=str(campagne.pk))
    if cijfer is None:
        return None
    waarde = "–" if cijfer.waarde is None else getal(cijfer.waarde, 1, altijd=False)
    eenheid = " %" if cijfer.eenheid == "%" and cijfer.waarde is not None else ""
    url = f"{cijfer.url}&wie=campagne:{campagne.pk}" if cijfer.url else ""
    return o.Tegel(cijfer.naam, f"{waarde}{eenheid}", url)


@toegang("oproep.wijzigen")
@require_POST
def inhaalslag_sluiten(request: Any, pk: int) -> HttpResponse:
    campagne = get_object_or_404(Inhaalcampagne, pk=pk)
    sluit_inhaalslag(campagne, actor=actor_van(request))
    meld(request, "De inhaalslag is gesloten", onder="Het verslag blijft staan.")
    return redirect("inhaalslag", pk=pk)
