"""Proposals: see, make, decide."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from kern.handeling import Actor
from kern.meldingen import meld
from kern.onderdelen import Feit, Leeg, Merk, toestandmerk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum as toon_datum
from kern.weigering import GEWEIGERD, neem_fouten_over
from regelgeving import querysets
from regelgeving.forms import Besluit, EigenWaarde
from regelgeving.keuzes import naam_van
from regelgeving.models import Voorstel
from regelgeving.services import keur_goed, stel_voor, trek_in, wijs_af
from regelgeving.services.wetswaarden import MINIMUMLOON, waarschuwingen
from regelgeving.toestanden import VOORSTEL
from regelgeving.views.lijsten import knop
from regelgeving.views.onderdelen import ZIEN, context, toon_waarde
from regelgeving.voorstellen import mag_beslissen

_PER_BLAD = 50


def _stand(rij: Voorstel) -> Merk:
    return toestandmerk(VOORSTEL.toestand(rij.status))


KOLOMMEN = (
    Kolom("omschrijving", "Voorstel", kop=True, link=lambda rij: reverse("regelgeving_voorstel", args=[rij.pk])),
    Kolom("voorgesteld_door__naam", "Door"),
    Kolom("voorgesteld_op", "Op", weergave=toon_datum),
    Kolom("status", "Stand", waarde=_stand),
)


@toegang(*ZIEN)
@require_safe
def overzicht(request: HttpRequest) -> HttpResponse:
    """All proposals about regulation, newest first; open ones are counted in the sentence."""
    rijen = querysets.voorstellen()
    wachten = querysets.voorstellen(alleen_open=True).count()
    blad = Paginator(rijen, _PER_BLAD).get_page(request.GET.get("pagina"))
    leeg = Leeg(
        "Er zijn nog geen voorstellen",
        "Een eigen waarde begint met een voorstel. Een collega keurt het goed.",
    )
    zin = (
        "Er wacht niets op een tweede persoon."
        if not wachten
        else f"Er wachten {wachten} voorstellen op een tweede persoon."
    )
    tabel = Tabel.van(request, KOLOMMEN, blad, bijschrift="Voorstellen", leeg=leeg)
    extra = {
        "titel": "Voorstellen",
        "formulier": None,
        "zin": zin,
        "tabellen": [("Voorstellen", tabel)],
    }
    return render(
        request, "regelgeving/lijst.html", context(request, "regelgeving_voorstellen", knop=knop(request), **extra)
    )


@toegang("regelgeving.beheren")
@require_http_methods(["GET", "HEAD", "POST"])
def nieuw(request: HttpRequest) -> HttpResponse:
    """Propose an own value."""
    formulier = EigenWaarde(request.POST or None)
    if request.method == "POST" and formulier.is_valid():
        inhoud = formulier.inhoud()
        omschrijving = f"{naam_van(inhoud['sleutel'])} wordt {toon_waarde(inhoud['waarde'])}"
        try:
            voorstel_ = stel_voor("parameter", omschrijving, inhoud, actor=_actor(request))
        except ValidationError as fout:
            neem_fouten_over(formulier, fout)
        else:
            meld(request, "Je voorstel staat klaar", onder="Een collega moet het goedkeuren.")
            return redirect("regelgeving_voorstel", pk=voorstel_.pk)
    return render(
        request,
        "regelgeving/voorstel_nieuw.html",
        context(
            request,
            "regelgeving_voorstellen",
            formulier=formulier,
            titel="Eigen waarde voorstellen",
            zin="De waarde geldt pas als een collega haar goedkeurt.",
            terug="regelgeving_voorstellen",
        ),
        status=400 if formulier.errors else 200,
    )


@toegang(*ZIEN)
@require_http_methods(["GET", "HEAD", "POST"])
def voorstel(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal: what changes, who asked, and the decision."""
    rij = get_object_or_404(querysets.voorstellen(), pk=pk)
    formulier = Besluit(request.POST or None)
    if request.method == "POST" and formulier.is_valid():
        try:
            _voer_uit(request, rij, formulier.cleaned_data["reden"])
            return redirect("regelgeving_voorstel", pk=rij.pk)
        except GEWEIGERD as fout:
            neem_fouten_over(formulier, fout)
    gebruiker_id, rechten = request.user.pk, request.rechten  # type: ignore[attr-defined]
    extra = {
        "voorstel": rij,
        "stand": _stand(rij),
        "feiten": [Feit(sleutel.replace("_", " "), toon_waarde(deel)) for sleutel, deel in rij.inhoud.items() if deel],
        "waarschuwingen": _let_op(rij),
        "formulier": formulier,
        "mag_beslissen": mag_beslissen(rij, gebruiker_id, rechten),
        "mag_intrekken": rij.status == "voorgesteld" and rij.voorgesteld_door_id == gebruiker_id,
    }
    return render(
        request,
        "regelgeving/voorstel.html",
        context(request, "regelgeving_voorstellen", **extra),
        status=400 if formulier.errors else 200,
    )


def _let_op(rij: Voorstel) -> list[str]:
    """What is odd about a proposal that waits."""
    return waarschuwingen(rij.inhoud) if rij.soort == MINIMUMLOON and rij.status == "voorgesteld" else []


def _voer_uit(request: HttpRequest, rij: Voorstel, reden: str) -> None:
    actie, actor = request.POST.get("actie"), _actor(request)
    if actie == "intrekken":
        trek_in(rij, actor=actor, reden=reden)
        meld(request, "Je voorstel is ingetrokken")
        return
    if not mag_beslissen(rij, request.user.pk, request.rechten):  # type: ignore[attr-defined]
        raise ValidationError("Je mag dit voorstel niet beoordelen. Vraag een collega met dat recht.")
    if actie == "goedkeuren":
        keur_goed(rij, actor=actor, reden=reden)
        meld(
            request,
            "Het voorstel is goedgekeurd",
            onder="De nieuwe waarde geldt vanaf de dag die erin staat.",
        )
    elif actie != "afwijzen":
        raise ValidationError("Kies goedkeuren of afwijzen.")
    else:
        wijs_af(rij, actor=actor, reden=reden)
        meld(request, "Het voorstel is afgewezen")


def _actor(request: HttpRequest) -> Actor:
    return Actor.van_gebruiker(request.user)  # type: ignore[arg-type]
