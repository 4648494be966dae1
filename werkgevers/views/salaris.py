"""Deliveries to payroll: the list, what goes along now, one delivery, its file, and the answer (R110)."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from deelnemers.views.hulp import actor_van
from kern import onderdelen as o
from kern.csvblad import MAXIMUM_BYTES, MEDIATYPE
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, getal, hoofdletter, tijd
from kern.weigering import GEWEIGERD, probeer, zin
from werkgevers import salarisvragen as vragen
from werkgevers.forms_salaris import AntwoordForm, OntvangstForm, RegelFilter, RegelForm
from werkgevers.keuzes import Salarisactie, Salarissoort
from werkgevers.models import Salarislevering, Salarismutatie
from werkgevers.salarisbestand import lees_antwoord, maak_bestand
from werkgevers.salarismutaties import Mutatie, stand
from werkgevers.salaristaal import in_woorden
from werkgevers.salaristoestanden import SALARISLEVERING, SALARISMUTATIE
from werkgevers.services import salaris as dienst
from werkgevers.views.hulp import formulier

LEVEREN = "salaris.leveren"
PER_BLADZIJDE = 50
_ACTIEKLEUR = {Salarisactie.NIEUW: "info", Salarisactie.CORRECTIE: "let-op", Salarisactie.VERVALT: "fout"}


def leveringmerk(levering: Salarislevering, *, uitleg: bool = False) -> o.Merk:
    return o.toestandmerk(SALARISLEVERING.toestand(levering.status), uitleg=uitleg)


def regelmerk(regel: Salarismutatie) -> o.Merk:
    return o.toestandmerk(SALARISMUTATIE.toestand(regel.status), uitleg=False)


def _aandacht(levering: Any) -> str:
    delen = [f"{levering.wachten} zonder antwoord"] if levering.wachten else []
    return ", ".join([*delen, *([f"{levering.afgekeurd} afgekeurd"] if levering.afgekeurd else [])])


def _moment(levering: Salarislevering) -> str:
    hier = timezone.localtime(levering.gemaakt_op)
    return f"{datum(hier.date())}, {tijd(hier)} uur"


LEVERINGEN = (
    Kolom("nummer", "Levering", kop=True, link=lambda r: reverse("salarislevering", args=[r.kenmerk])),
    Kolom("gemaakt_op", "Gemaakt", waarde=_moment, onder=lambda r: r.gemaakt_door.naam, breed=True),
    Kolom("status", "Stand", waarde=leveringmerk, onder=_aandacht),
    Kolom("aantal", "Regels", weergave=getal, soort="getal"),
)


@toegang(LEVEREN)
@require_safe
def salarisleveringen(request: Any) -> HttpResponse:
    """Every delivery, the latest first."""
    pagina = Paginator(vragen.leveringen(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = o.Leeg("Nog niets geleverd", "Kijk wat er meegaat en stel de eerste levering op.", "document")
    tabel = Tabel.van(request, LEVERINGEN, pagina, bijschrift="Leveringen aan salaris", leeg=leeg)
    return render(request, "werkgevers/salarisleveringen.html", {"tabel": tabel})


# --- What goes along --------------------------------------------------------------------------------------------------
def _wat(soort: str, actie: str) -> o.Merk:
    label = hoofdletter(Salarissoort(soort).label)
    return o.Merk(
        label if actie == Salarisactie.NIEUW else f"{label}: {Salarisactie(actie).label}",
        _ACTIEKLEUR[Salarisactie(actie)],
    )


def _vooruitkolommen(werk: dict[int, Any]) -> tuple[Kolom, ...]:
    def van(m: Mutatie) -> Any:
        return werk[m.feit.dienstverband_id]

    return (
        Kolom(
            "wie",
            "Wie",
            kop=True,
            waarde=lambda m: van(m).deelnemer.naam,
            link=lambda m: reverse("dienstverband", args=[m.feit.dienstverband_id]),
            onder=lambda m: m.feit.inhoud["personeelsnummer"],
        ),
        Kolom("wat", "Wat", waarde=lambda m: _wat(m.feit.soort, m.actie)),
        Kolom("dag", "Vanaf", waarde=lambda m: datum(m.feit.ingangsdatum)),
        Kolom("inhoud", "Gegevens", waarde=lambda m: in_woorden(m.actie, m.feit.inhoud, m.oud), breed=True),
    )


@toegang(LEVEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def salaris_vooruit(request: Any) -> HttpResponse:
    """What goes along now, before it is made; and the button that makes it."""
    if request.method == "POST":
        try:
            levering = dienst.stel_levering_op(actor=actor_van(request), gezien=request.POST.get("stand") or "niets")
        except GEWEIGERD as fout:
            meld(request, zin(fout), niveau=messages.ERROR)
            return redirect("salaris_vooruit")
        meld(request, f"Levering {levering.nummer} is opgesteld", onder="Download het bestand en geef het door.")
        return redirect("salarislevering", kenmerk=levering.kenmerk)
    mutaties = vragen.te_leveren()
    werk = vragen.werk_bij(mutaties, request.medewerker)
    zichtbaar = [m for m in mutaties if m.feit.dienstverband_id in werk]
    pagina = Paginator(zichtbaar, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("salaris.vooruit", [m.feit.deelnemer_id for m in pagina])
    leeg = o.Leeg("Er is niets nieuws", "De salarisadministratie heeft alles al.", "vink")
    context = {
        "tabel": Tabel.van(request, _vooruitkolommen(werk), pagina, bijschrift="Wat gaat er mee", leeg=leeg),
        "hoeveel": len(mutaties),
        "verborgen": len(mutaties) - len(zichtbaar),
        "stand": stand(mutaties),
    }
    return render(request, "werkgevers/salaris_vooruit.html", context)


# --- One delivery -----------------------------------------------------------------------------------------------------
REGELS = (
    Kolom(
        "wie",
        "Wie",
        kop=True,
        waarde=lambda r: r.deelnemer.naam,
        link=lambda r: reverse("salarisregel", args=[r.levering.kenmerk, r.pk]),
        onder=lambda r: f"regel {r.volgnummer}, vanaf {datum(r.ingangsdatum)}",
    ),
    Kolom(
        "wat",
        "Wat",
        waarde=lambda r: _wat(r.soort, r.actie),
        onder=lambda r: in_woorden(r.actie, r.inhoud, r.oud),
        breed=True,
    ),
    Kolom("status", "Stand", waarde=regelmerk, onder=lambda r: r.reden),
)


def _haal(kenmerk: Any) -> Salarislevering:
    return get_object_or_404(Salarislevering.objects.select_related("gemaakt_door"), kenmerk=kenmerk)


def _terug(levering: Salarislevering) -> o.Verwijzing:
    return o.Verwijzing(f"Levering {levering.nummer}", reverse("salarislevering", args=[levering.kenmerk]))


@toegang(LEVEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def salarislevering(request: Any, kenmerk: Any) -> HttpResponse:
    """One delivery: its lines with what payroll did, and the form for the receipt."""
    levering = _haal(kenmerk)
    ontvangst = OntvangstForm(ingevuld(request), initial={"versie": levering.versie})
    if request.method == "POST" and ontvangst.is_valid() and _ontvang(request, levering, ontvangst):
        return redirect("salarislevering", kenmerk=levering.kenmerk)
    filter_ = RegelFilter(request.GET or None)
    status = filter_.cleaned_data["status"] if filter_.is_valid() else ""
    rijen = vragen.zichtbare_regels(levering, request.medewerker, status=status)
    pagina = Paginator(rijen, PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    request.lezing.toon("salaris.levering", [r.deelnemer_id for r in pagina])
    leeg = o.Leeg("Geen regels met dit filter", "Haal het filter weg om alle regels te zien.", "filter")
    context = {
        "levering": levering,
        "stand": leveringmerk(levering),
        "uitleg": SALARISLEVERING.toestand(levering.status).uitleg,
        "feiten": _feiten(levering),
        "balk": o.filterbalk(request, filter_),
        "tabel": Tabel.van(request, REGELS, pagina, bijschrift="Regels van deze levering", leeg=leeg),
        "ontvangst": ontvangst if levering.status == "klaar" else None,
    }
    fout = request.method == "POST" and bool(ontvangst.errors)
    return render(request, "werkgevers/salarislevering.html", context, status=422 if fout else 200)


def _ontvang(request: Any, levering: Salarislevering, form: OntvangstForm) -> bool:
    schoon = form.cleaned_data
    gedaan = probeer(
        form,
        lambda: dienst.meld_ontvangst(
            levering,
            schoon["ontvangen_op"],
            schoon["ontvangen_door"],
            versie=schoon["versie"] or 0,
            actor=actor_van(request),
        ),
    )
    if gedaan is None:
        return False
    meld(request, "De ontvangst is vastgelegd")
    return True


def _feiten(levering: Salarislevering) -> list[o.Feit]:
    uit = [
        o.Feit("Gemaakt", _moment(levering), onder=f"door {levering.gemaakt_door.naam}"),
        o.Feit("Regels", getal(levering.aantal)),
    ]
    if levering.ontvangen_op:
        uit.append(o.Feit("Ontvangen", datum(levering.ontvangen_op), onder=levering.ontvangen_door))
    uit.append(o.Feit("Controlegetal (SHA-256)", f"{levering.sha256[:16]}…"))
    return uit


@toegang(LEVEREN)
@require_safe
def salarislevering_bestand(request: Any, kenmerk: Any) -> HttpResponse:
    """The file, always the same one; without whoever was erased since. Logged for everybody in it."""
    levering = _haal(kenmerk)
    regels = list(vragen.regels_van(levering))
    if vragen.zichtbare_regels(levering, request.medewerker).count() != len(regels):
        onder = "In dit bestand staat iemand van wie jij geen gegevens mag zien."
        meld(request, "Vraag een collega om het bestand te halen", onder=onder, niveau=messages.ERROR)
        return redirect("salarislevering", kenmerk=levering.kenmerk)
    request.lezing.toon("salaris.bestand", [regel.deelnemer_id for regel in regels])
    inhoud = maak_bestand(regels)
    antwoord = HttpResponse(inhoud, content_type=f"{MEDIATYPE}; charset=utf-8")
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{levering.nummer}.csv"'
    antwoord.headers["X-Controlegetal"] = hashlib.sha256(inhoud).hexdigest()
    return antwoord


# --- The answer -------------------------------------------------------------------------------------------------------
@toegang(LEVEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def salaris_antwoord(request: Any, kenmerk: Any) -> HttpResponse:
    """What payroll did, by file."""
    levering = _haal(kenmerk)
    form = AntwoordForm(ingevuld(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        inhoud = form.cleaned_data["bestand"].read(MAXIMUM_BYTES + 1)
        verslag = probeer(
            form,
            lambda: dienst.verwerk_terugmelding(levering, lees_antwoord(inhoud), actor=actor_van(request)),
        )
        if verslag is not None:
            delen = [f"{verslag.verwerkt} verwerkt", f"{verslag.afgekeurd} afgekeurd"]
            delen += [f"{verslag.al_bekend} al bekend"] if verslag.al_bekend else []
            meld(request, "Het antwoord is verwerkt", onder=", ".join(delen))
            return redirect("salarislevering", kenmerk=levering.kenmerk)
    uitleg = "Klopt er iets niet in het bestand, dan slaan we niets op en zie je alles wat fout is."
    return formulier(
        request, form, "Antwoord van de salarisadministratie", "Verwerken", _terug(levering), uitleg=uitleg
    )


@toegang(LEVEREN)
@require_http_methods(["GET", "HEAD", "POST"])
def salarisregel(request: Any, kenmerk: Any, pk: int) -> HttpResponse:
    """One line: what was sent, and what payroll did with it."""
    levering = _haal(kenmerk)
    regel = get_object_or_404(vragen.zichtbare_regels(levering, request.medewerker), pk=pk)
    request.lezing.toon("salaris.regel", [regel.deelnemer_id])
    begin = {"versie": regel.versie, "uitkomst": regel.status, "reden": regel.reden}
    form = RegelForm(ingevuld(request), initial=begin)
    if request.method == "POST" and form.is_valid():
        schoon = form.cleaned_data
        gedaan = probeer(
            form,
            lambda: dienst.beantwoord_regel(
                regel, schoon["uitkomst"], schoon["reden"], versie=schoon["versie"] or 0, actor=actor_van(request)
            ),
        )
        if gedaan is not None:
            meld(request, "Het antwoord is bewaard")
            return redirect("salarislevering", kenmerk=levering.kenmerk)
    titel = f"{hoofdletter(regel.get_soort_display())}: {regel.deelnemer.naam}"
    wat = in_woorden(regel.actie, regel.inhoud, regel.oud)
    uitleg = f"{regel.kenmerk}, vanaf {datum(regel.ingangsdatum)}. {wat}"
    return formulier(request, form, titel, "Bewaren", _terug(levering), uitleg=uitleg)


# --- On the page of an employment -------------------------------------------------------------------------------------
def paneel(request: Any, dienstverband: Any) -> dict[str, Any] | None:
    """The last line about this employment, and what payroll did with it; only where we pay the wage."""
    if not dienstverband.formele_werkgever.eigen_organisatie:
        return None
    regel = vragen.laatste_bij(dienstverband, request.medewerker)
    if regel is None:
        return None
    return {
        "url": reverse("salarislevering", args=[regel.levering.kenmerk]),
        "regel": regel,
        "wat": hoofdletter(regel.get_soort_display()),
        "wanneer": datum(timezone.localtime(regel.levering.gemaakt_op).date()),
        "merk": regelmerk(regel),
    }
