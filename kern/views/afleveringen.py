"""Events that did not arrive at a subscriber: why, what we did about it, and a button to send them again."""

from __future__ import annotations

import re
import uuid
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kern import webhooks
from kern.forms import AfleveringFilter
from kern.handeling import Actor
from kern.meldingen import meld
from kern.models import Abonnement, Aflevering, Overgang
from kern.onderdelen import Feit, Leeg, Merk, Tijdlijnpunt, filterbalk
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, getal, tijd

PER_BLADZIJDE = 50
_OPGEGEVEN = Q(opgegeven_op__isnull=False, afgeleverd_op__isnull=True)
_WACHT = Q(opgegeven_op__isnull=True, afgeleverd_op__isnull=True)
#: What a failure is called by the program, and what it means; the first that fits.
_REDENEN = (
    (r"^antwoord (\d+)$", "De ontvanger antwoordde met code {}."),
    (r"ConnectionRefused", "De ontvanger neemt de verbinding niet aan."),
    (r"[Tt]imed? ?out", "De ontvanger antwoordde niet op tijd."),
    (r"SSL|certificate", "Het certificaat van de ontvanger klopt niet."),
    (r"gaierror|host niet gevonden", "De naam van de ontvanger bestaat niet."),
    (r"intern adres", "Het adres wijst naar ons eigen netwerk. Dat mag niet."),
    (r"lijst", "De host van de ontvanger staat niet op de lijst met toegelaten hosts."),
    (r"opgezegd", "Het abonnement is opgezegd."),
    (r".", "De verbinding met de ontvanger ging mis."),
)
_STAPPEN = {
    "opgegeven": ("Opgegeven", "kruis", "fout"),
    "opnieuw": ("Opnieuw in de wachtrij gezet", "herstel", "info"),
    "afgeleverd": ("Alsnog aangekomen", "vink", "goed"),
}


def in_woorden(fout: str) -> str:
    """Why a delivery failed, for somebody who knows no program."""
    for patroon, zin in _REDENEN:
        if gevonden := re.search(patroon, fout):
            return zin.format(*gevonden.groups())
    return ""


def _moment(waarde: Any) -> str:
    plaatselijk = timezone.localtime(waarde)
    return f"{datum(plaatselijk)}, {tijd(plaatselijk)} uur"


def _stand(rij: Aflevering) -> Merk:
    if rij.afgeleverd_op:
        return Merk("Aangekomen", "goed")
    return Merk("Opgegeven", "fout") if rij.opgegeven_op else Merk("Nog bezig", "let-op")


def _wat(rij: Aflevering) -> str:
    return webhooks.TYPES.get(rij.gebeurtenis.type, rij.gebeurtenis.type).rstrip(".")


def _ontvanger(rij: Aflevering) -> str:
    return rij.abonnement.client.naam


_KOLOMMEN = (
    Kolom(
        "wat",
        "Gebeurtenis",
        kop=True,
        waarde=_wat,
        link=lambda a: reverse("aflevering", args=[a.pk]),
        onder=lambda a: _moment(a.gebeurtenis.tijdstip),
    ),
    Kolom("ontvanger", "Ontvanger", waarde=_ontvanger, onder=lambda a: urlsplit(a.abonnement.sink).hostname),
    Kolom("stand", "Stand", waarde=_stand),
    Kolom("pogingen", "Pogingen", waarde=lambda a: getal(a.pogingen), soort="getal"),
    Kolom("fout", "Waarom", waarde=lambda a: in_woorden(a.fout), breed=True),
)


def _rijen(stand: str, client: str) -> QuerySet[Aflevering]:
    rijen = Aflevering.objects.select_related("abonnement__client", "gebeurtenis")
    if stand == "alsnog":
        alsnog = Overgang.objects.filter(soort=webhooks.SOORT, naar="afgeleverd")
        rijen = rijen.filter(pk__in=alsnog.values("object_id"))
    elif stand == "opgegeven":
        rijen = rijen.filter(_OPGEGEVEN)
    else:
        rijen = rijen.filter(_WACHT if stand == "wacht" else _OPGEGEVEN | _WACHT).exclude(fout="")
    if client:
        rijen = rijen.filter(abonnement__client_id=int(client))
    return rijen.order_by("-pk")


def _abonnementen() -> QuerySet[Abonnement]:
    """Subscriptions with something that was given up, with how much."""
    opgegeven = Q(afleveringen__opgegeven_op__isnull=False, afleveringen__afgeleverd_op__isnull=True)
    return (
        Abonnement.objects.filter(actief=True)
        .annotate(opgegeven=Count("afleveringen", filter=opgegeven))
        .filter(opgegeven__gt=0)
        .select_related("client")
        .order_by("client__naam", "pk")
    )


@toegang("clients.beheren")
@require_safe
def afleveringen(request: HttpRequest) -> HttpResponse:
    """What did not arrive, newest first."""
    filter_ = AfleveringFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {"stand": "", "client": ""}
    pagina = Paginator(_rijen(**keuze), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = Leeg(
        "Alles is aangekomen",
        "Komt een gebeurtenis niet aan bij een ontvanger, dan proberen we het een dag lang. Daarna zie je haar hier.",
        "vinkrond",
    )
    if any(keuze.values()):
        leeg = Leeg("Niets met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, _KOLOMMEN, pagina, bijschrift="Afleveringen", leeg=leeg),
        "balk": filterbalk(request, filter_),
        "abonnementen": [
            {
                "naam": a.client.naam,
                "host": urlsplit(a.sink).hostname,
                "aantal": aantal(a.opgegeven, "gebeurtenis", "gebeurtenissen"),
                "url": reverse("afleveringen_alles", args=[a.kenmerk]),
            }
            for a in _abonnementen()
        ],
    }
    return render(request, "kern/afleveringen.html", context)


@toegang("clients.beheren")
@require_safe
def aflevering(request: HttpRequest, pk: int) -> HttpResponse:
    """One delivery: what it is, why it failed, and what happened since."""
    rij = get_object_or_404(Aflevering.objects.select_related("abonnement__client", "gebeurtenis"), pk=pk)
    stappen = Overgang.objects.filter(soort=webhooks.SOORT, object_id=rij.pk).order_by("op", "pk")
    feiten = [
        Feit("Ontvanger", _ontvanger(rij), str(urlsplit(rij.abonnement.sink).hostname)),
        Feit("Soort", rij.gebeurtenis.type),
        Feit("Gebeurd op", _moment(rij.gebeurtenis.tijdstip)),
        Feit("Kenmerk", str(rij.gebeurtenis.kenmerk), "Zo vindt de ontvanger haar terug."),
        Feit("Pogingen", getal(rij.pogingen)),
    ]
    if rij.fout:
        feiten.append(Feit("Laatste fout", in_woorden(rij.fout), rij.fout))
    if not rij.afgeleverd_op and not rij.opgegeven_op:
        feiten.append(Feit("Volgende poging", _moment(rij.volgende_poging_op)))
    if rij.afgeleverd_op:
        feiten.append(Feit("Aangekomen", _moment(rij.afgeleverd_op)))
    context = {
        "aflevering": rij,
        "wat": _wat(rij),
        "stand": _stand(rij),
        "feiten": feiten,
        "kan_opnieuw": not rij.afgeleverd_op and rij.abonnement.actief,
        "verloop": [_punt(stap) for stap in stappen],
    }
    return render(request, "kern/aflevering.html", context)


def _punt(stap: Overgang) -> Tijdlijnpunt:
    titel, icoon, kleur = _STAPPEN[stap.naar]
    door = stap.actor_naam if stap.actor_soort == "gebruiker" else ""
    return Tijdlijnpunt(
        timezone.localtime(stap.op), titel, door=door, tekst=in_woorden(stap.reden), icoon=icoon, toestand=kleur
    )  # type: ignore[arg-type]


@toegang("clients.beheren")
@require_POST
def aflevering_opnieuw(request: HttpRequest, pk: int) -> HttpResponse:
    """Send one delivery again."""
    rij = get_object_or_404(Aflevering.objects, pk=pk)
    try:
        webhooks.stuur_opnieuw(rij, actor=Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
    except ValidationError as fout:
        meld(request, fout.messages[0], niveau=messages.WARNING)
    else:
        meld(request, "De gebeurtenis gaat opnieuw.", onder="Deze bladzijde laat zien of ze aankomt.")
    return redirect("aflevering", pk=pk)


@toegang("clients.beheren")
@require_POST
def abonnement_alles(request: HttpRequest, kenmerk: uuid.UUID) -> HttpResponse:
    """Send everything of one subscription again that was given up."""
    abonnement = get_object_or_404(Abonnement.objects, kenmerk=kenmerk)
    try:
        hoeveel = webhooks.stuur_alles_opnieuw(abonnement, actor=Actor.van_gebruiker(request.user))  # type: ignore[arg-type]
    except ValidationError as fout:
        meld(request, fout.messages[0], niveau=messages.WARNING)
    else:
        meld(request, f"{aantal(hoeveel, 'gebeurtenis gaat', 'gebeurtenissen gaan')} opnieuw.")
    return redirect("afleveringen")
