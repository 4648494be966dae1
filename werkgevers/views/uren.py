"""Who works beside a benefit: hours against what is possible, who follows, and who is due (R034)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.models import Deelnemer
from deelnemers.querysets import in_doelgroep
from deelnemers.views.hulp import actor_van
from kern import klok
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, uren
from kern.weigering import IntussenGewijzigd, probeer
from regelgeving import opzoeken
from werkgevers import urenvragen as vragen
from werkgevers.forms_uren import UrenBeoordeelForm, UrenEigenaarForm, UrenFilter
from werkgevers.keuzes import Urenstand
from werkgevers.models import Urenbewaking
from werkgevers.services import urenbewaking as dienst
from werkgevers.views.hulp import formulier

#: The hours that somebody can work say something about health.
ZIEN, WIJZIGEN = "dossier.bijzonder", "dossier.wijzigen"
PER_BLADZIJDE = 25
_KLEUR: dict[str, Any] = {"maximaal": "goed", "meer": "let-op", "boven": "info", "onbekend": ""}


def standmerk(rij: Urenbewaking) -> o.Merk:
    """Hours worked against hours possible."""
    return o.Merk(rij.get_stand_display(), _KLEUR[rij.stand])


def beurtmerk(rij: Urenbewaking) -> o.Merk | str:
    """When to look again."""
    if rij.volgende_op <= klok.vandaag():
        return o.Merk(f"Nu, sinds {datum(rij.volgende_op)}", "let-op")
    return datum(rij.volgende_op)


def _vermogen(rij: Urenbewaking) -> str:
    return uren(rij.uren_vermogen) if rij.uren_vermogen is not None else "Niet vastgesteld"


KOLOMMEN = (
    Kolom(
        "deelnemer",
        "Wie",
        kop=True,
        waarde=lambda r: r.deelnemer.naam,
        link=lambda r: reverse("uren", args=[r.pk]),
        onder=lambda r: r.deelnemer.regievoerder.naam if r.deelnemer.regievoerder else "",
    ),
    Kolom("gewerkt", "Werkt per week", waarde=lambda r: uren(r.uren_gewerkt)),
    Kolom("vermogen", "Kan per week", waarde=_vermogen),
    Kolom("stand", "Stand", waarde=standmerk, breed=True),
    Kolom("eigenaar", "Wie volgt"),
    Kolom("beurt", "Bekijken op", waarde=beurtmerk, breed=True),
)


@toegang(ZIEN)
@require_safe
def lijst(request: Any) -> HttpResponse:
    """Everybody who works beside a benefit; who is due stands on top."""
    filter_ = UrenFilter(request.GET or None)
    zet_doelgroepen(filter_, request.rechten)
    keuze = dict(filter_.cleaned_data) if filter_.is_valid() else {}
    gefilterd, groep = any(keuze.values()), keuze.pop("doelgroep", "")
    rijen = in_doelgroep(vragen.bewaakt(request.medewerker, **keuze), groep)
    blad = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("uren.lijst", [r.deelnemer_id for r in blad])
    leeg = o.Leeg(
        "Niemand om te volgen",
        "Wie werk heeft naast een uitkering, komt hier vanzelf als in de diagnose staat hoeveel uren iemand kan.",
        "klok",
    )
    if gefilterd:
        leeg = o.Leeg("Niemand met dit filter", "Haal een filter weg om meer te zien.", "filter")
    context = {
        "tabel": Tabel.van(request, KOLOMMEN, blad, bijschrift="Werken naar vermogen", leeg=leeg),
        "balk": o.filterbalk(request, filter_),
        "hoeveel": blad.paginator.count,
    }
    return render(request, "werkgevers/uren.html", context)


def _haal(request: Any, pk: int) -> Urenbewaking:
    rij = get_object_or_404(vragen.bewaakt(request.medewerker), pk=pk)
    request.lezing.toon("uren.bekijken", [rij.deelnemer_id])
    return rij


def _feiten(rij: Urenbewaking) -> list[o.Feit]:
    ritme = rij.ritme_weken or int(opzoeken.getal(vragen.RITME, klok.vandaag()))
    feiten = [
        o.Feit("Werkt per week", uren(rij.uren_gewerkt)),
        o.Feit("Kan per week", _vermogen(rij), onder="volgens de diagnose"),
        o.Feit("Wie volgt", rij.eigenaar),
        o.Feit("Kijken elke", aantal(ritme, "week", "weken"), onder="" if rij.ritme_weken else "het gewone ritme"),
        o.Feit("Laatst bekeken", datum(rij.bekeken_op) if rij.bekeken_op else "Nog niet"),
        o.Feit("Opnieuw bekijken", datum(rij.volgende_op)),
    ]
    if rij.uren_opgegeven:
        feiten.insert(1, o.Feit("Waarvan opgegeven", uren(rij.uren_opgegeven), onder=rij.opgegeven_bij))
    return feiten


@toegang(ZIEN)
@require_safe
def bewaking(request: Any, pk: int) -> HttpResponse:
    """One person: the hours, who follows, and every look so far."""
    rij = _haal(request, pk)
    knoppen = []
    if WIJZIGEN in request.rechten:
        knoppen = [
            o.Knop("Uren bekeken", reverse("uren_beoordelen", args=[pk]), "vink", hoofd=True),
            o.Knop("Wie volgt en hoe vaak", reverse("uren_wijzigen", args=[pk]), "pen"),
        ]
    context = {
        "rij": rij,
        "stand": standmerk(rij),
        "knoppen": knoppen,
        "feiten": _feiten(rij),
        "eerder": [
            o.Tijdlijnpunt(
                b.op,
                b.get_uitkomst_display(),
                b.medewerker.naam if b.medewerker else "",
                " ".join(filter(None, [f"Werkte toen {uren(b.uren_gewerkt)} per week.", b.notitie])),
                "contact",
                "klok",
            )
            for b in rij.beoordelingen.select_related("medewerker").order_by("-op", "-pk")
        ],
    }
    return render(request, "werkgevers/urenbewaking.html", context)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def beoordelen(request: Any, pk: int) -> HttpResponse:
    """Somebody looked at the hours."""
    rij = _haal(request, pk)
    form = UrenBeoordeelForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        wie = request.medewerker
        if probeer(
            form, lambda: dienst.beoordeel_uren(rij, **form.cleaned_data, medewerker=wie, actor=actor_van(request))
        ):
            meld(
                request, f"De uren van {rij.deelnemer.naam} zijn bekeken.", onder="Na het ritme vragen we het opnieuw."
            )
            return redirect("uren", pk=pk)
    terug = o.Verwijzing(rij.deelnemer.naam, reverse("uren", args=[pk]))
    return formulier(request, form, f"Uren van {rij.deelnemer.naam}", "Vastleggen", terug)


@toegang(WIJZIGEN)
@require_http_methods(["GET", "HEAD", "POST"])
def wijzigen(request: Any, pk: int) -> HttpResponse:
    """Another owner, or another rhythm."""
    rij = _haal(request, pk)
    begin = {"team": rij.team_id, "partner": rij.partner_id, "ritme_weken": rij.ritme_weken, "versie": rij.versie}
    form = UrenEigenaarForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        velden = form.cleaned_data | {"versie": form.cleaned_data["versie"] or 0}
        try:
            gelukt = probeer(form, lambda: dienst.wijzig_bewaking(rij, **velden, actor=actor_van(request)))
        except IntussenGewijzigd as fout:
            form.toon_wat_anders_is(fout)
        else:
            if gelukt:
                meld(request, f"Je wijziging bij {rij.deelnemer.naam} is bewaard.")
                return redirect("uren", pk=pk)
    terug = o.Verwijzing(rij.deelnemer.naam, reverse("uren", args=[pk]))
    return formulier(request, form, f"Wie volgt {rij.deelnemer.naam}?", "Bewaren", terug)


def paneel(request: Any, deelnemer: Deelnemer) -> dict[str, Any] | None:
    """The panel on the dossier, for who may see special data."""
    rij = getattr(deelnemer, "uren_nu", None)
    if rij is None:
        return None
    eigenaar, per_week = rij["team"] or rij["partner"], uren(Decimal(str(rij["uren"])))
    zin = f"Werkt {per_week} per week naast de uitkering. {eigenaar} volgt dit."
    merk = o.Merk(Urenstand(rij["stand"]).label, _KLEUR[rij["stand"]])
    return {"url": reverse("uren", args=[rij["pk"]]), "merk": merk, "zin": zin}
