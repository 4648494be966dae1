"""Payment runs: the list, starting one, and one run with its orders and buttons."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from stdnum import iban as iban_

from deelnemers.views.hulp import actor_van
from kern import bestanden
from kern import onderdelen as o
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.taken import zet_in_wachtrij
from kern.toegang import toegang
from kern.weergave import HARDE_SPATIE, MAANDEN, aantal, datum, euro, getal, tijd
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalforms import AanbiedForm, RedenForm, RunForm
from loonkostensubsidie.betaaltoestanden import BETAALOPDRACHT, BETAALRUN
from loonkostensubsidie.betaalwerk import maandnaam
from loonkostensubsidie.models import Betaalopdracht, Betaalrun
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services.aanbieden import bied_run_aan
from loonkostensubsidie.tasks import RUN_TAAK

ZIEN, BETALEN, GOEDKEUREN = "subsidie.zien", "subsidie.betalen", "subsidie.goedkeuren"
PER_BLADZIJDE = 50
#: Asking the job to go on is no step of the run; who may start one, may ask.
BETAALRUN_VERDER = frozenset({BETALEN})
HONDERD = 100


def runmerk(run: Betaalrun, *, uitleg: bool = False) -> o.Merk:
    return o.toestandmerk(BETAALRUN.toestand(run.status), uitleg=uitleg)


def opdrachtmerk(opdracht: Betaalopdracht) -> o.Merk:
    return o.toestandmerk(BETAALOPDRACHT.toestand(opdracht.status), uitleg=False)


def _aandacht(run: Any) -> str:
    delen = [f"{run.aangehouden} aangehouden"] if run.aangehouden and run.status != "vervallen" else []
    return ", ".join([*delen, *([f"{run.geweigerd} geweigerd"] if run.geweigerd else [])])


RUNS = (
    Kolom(
        "maand",
        "Maand",
        kop=True,
        waarde=lambda r: maandnaam(r).capitalize(),
        link=lambda r: reverse("betaalrun", args=[r.kenmerk]),
        onder=lambda r: r.nummer,
    ),
    Kolom("status", "Stand", waarde=runmerk, onder=_aandacht),
    Kolom("aantal", "Opdrachten", waarde=lambda r: getal(r.aantal), soort="getal"),
    Kolom("bedrag", "Bedrag", weergave=euro, soort="getal"),
    Kolom("uitvoeren_op", "Betaaldatum", waarde=lambda r: datum(r.uitvoeren_op) or "–"),
)


@toegang(ZIEN, BETALEN)
@require_safe
def betaalruns(request: Any) -> HttpResponse:
    """Every run, the latest month first."""
    pagina = Paginator(vragen.betaalruns(), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = o.Leeg("Er is nog niets betaald", "Begin met een betaalrun voor een maand die voorbij is.")
    context = {
        "tabel": Tabel.van(request, RUNS, pagina, bijschrift="Betaalruns", leeg=leeg),
        "mag": BETALEN in request.rechten,
        "tabs": tabs("betaalruns"),
    }
    return render(request, "loonkostensubsidie/betaalruns.html", context)


def tabs(gekozen: str) -> list[o.Verwijzing]:
    """The pages about payments beside each other."""
    bladen = (
        ("betaalruns", "Betaalruns"),
        ("terugvorderingen", "Terugvorderingen"),
        ("eindafrekeningen", "Eindafrekeningen"),
        ("aansluiting", "Aansluiting"),
    )
    return [o.Verwijzing(label, reverse(naam), gekozen=naam == gekozen) for naam, label in bladen]


@toegang(BETALEN)
@require_http_methods(["GET", "HEAD", "POST"])
def betaalrun_nieuw(request: Any) -> HttpResponse:
    """Start a run; a job does the work."""
    form = RunForm(ingevuld(request))
    if request.method == "POST" and form.is_valid():
        run = probeer(form, lambda: dienst.begin_run(form.cleaned_data["maand"], actor=actor_van(request)))
        if run is not None:
            _start(request)
            return redirect("betaalrun", kenmerk=run.kenmerk)
    terug = o.Verwijzing("Betalingen", reverse("betaalruns"))
    context = {"form": form, "titel": "Nieuwe betaalrun", "knop": "Opstellen", "terug": terug, "uitleg": ""}
    return render(request, "loonkostensubsidie/betaalformulier.html", context, status=422 if form.errors else 200)


def _start(request: Any) -> None:
    if zet_in_wachtrij(RUN_TAAK, request.user.gemeente_id, request.user.naam):
        meld(request, "De betaalrun wordt opgesteld")
        return
    onder = "De wachtrij antwoordt niet. We proberen het elke vijf minuten opnieuw. Er gaat niets verloren."
    meld(request, "De betaalrun begint later", onder=onder, niveau=messages.WARNING)


# --- One run --------------------------------------------------------------------------------------------------------
OPDRACHTEN = (
    Kolom(
        "werkgever",
        "Werkgever",
        kop=True,
        waarde=lambda r: r.werkgever.naam,
        link=lambda r: reverse("betaalopdracht", args=[r.run.kenmerk, r.pk]),
        onder=lambda r: iban_.format(r.iban) if r.iban else "Geen rekeningnummer",
    ),
    Kolom("status", "Stand", waarde=opdrachtmerk, onder=lambda r: r.reden, breed=True),
    Kolom("bedrag", "Bedrag", weergave=euro, soort="getal"),
)


def haal(kenmerk: Any) -> Betaalrun:
    rijen = Betaalrun.objects.select_related("opgesteld_door", "goedgekeurd_door")
    return get_object_or_404(rijen, kenmerk=kenmerk)


def _voortgang(run: Betaalrun) -> dict[str, Any]:
    procent = HONDERD * run.gedaan // run.totaal if run.totaal else 0
    woord = "Maanden boeken" if run.stap == dienst.BOEKEN else "Opdrachten maken"
    return {"procent": min(procent, HONDERD), "woord": woord}


@toegang(ZIEN, BETALEN)
@require_safe
def betaalrun_stand(request: Any, kenmerk: Any) -> HttpResponse:
    """How far composing is, as a fragment; when it is done the page is asked for as a whole."""
    run = haal(kenmerk)
    antwoord = render(request, "loonkostensubsidie/betaalrun_stand.html", {"run": run, **_voortgang(run)})
    if run.status != "wordt_opgesteld":
        antwoord.headers["HX-Refresh"] = "true"
    return antwoord


@toegang(ZIEN, BETALEN)
@require_http_methods(["GET", "HEAD", "POST"])
@bestanden.weg_bij_mislukken()
def betaalrun(request: Any, kenmerk: Any) -> HttpResponse:
    """One run: what waits, the orders with the held ones first, and the steps that are possible now."""
    run = haal(kenmerk)
    actie = request.POST.get("stap", "")
    aanbieden = AanbiedForm(ingevuld(request) if actie == "aanbieden" else None)
    reden = RedenForm(ingevuld(request) if actie in {"vervallen", "terugnemen"} else None)
    if request.method == "POST" and (antwoord := _doe_stap(request, run, actie, aanbieden, reden)):
        return antwoord
    pagina = Paginator(vragen.opdrachten_van(run), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    leeg = o.Leeg("Er zijn geen opdrachten", "Geen enkele werkgever krijgt geld tot en met deze maand.", "info")
    stappen = [s for s in BETAALRUN.acties(run, request.rechten) if not _zelf(run, s.actie, request)]
    context = {
        "run": run,
        "titel": f"Betaalrun {maandnaam(run)}",
        "stand": runmerk(run),
        "uitleg": BETAALRUN.toestand(run.status).uitleg,
        "feiten": _feiten(run),
        "delen": _delen(run),
        "fouten": run.fouten,
        "tabel": Tabel.van(request, OPDRACHTEN, pagina, bijschrift="Opdrachten", leeg=leeg),
        "mag_goedkeuren": any(s.actie == "goedkeuren" for s in stappen),
        "mag_aanbieden": any(s.actie == "aanbieden" for s in stappen),
        "mag_verder": BETALEN in request.rechten,
        "mag_terugmelden": run.status == "aangeboden" and BETALEN in request.rechten,
        "met_reden": [s for s in stappen if s.reden_verplicht],
        "wacht_op_ander": run.status == "opgesteld" and run.opgesteld_door_id == request.user.pk,
        "aanbieden": aanbieden,
        "reden": reden,
        "status": BETAALOPDRACHT,
        **_voortgang(run),
    }
    fout = bool(aanbieden.errors or reden.errors)
    return render(request, "loonkostensubsidie/betaalrun.html", context, status=422 if fout else 200)


def _zelf(run: Betaalrun, actie: str, request: Any) -> bool:
    return actie == "goedkeuren" and run.opgesteld_door_id == request.user.pk


def _moment(wanneer: dt.datetime | None) -> str:
    if wanneer is None:
        return ""
    hier = timezone.localtime(wanneer)
    return f"{datum(hier.date())}, {tijd(hier)} uur"


def _feiten(run: Betaalrun) -> list[o.Feit]:
    uit = [o.Feit("Nummer", run.nummer), o.Feit("Opgesteld door", run.opgesteld_door.naam)]
    if run.goedgekeurd_door:
        uit.append(o.Feit("Goedgekeurd door", run.goedgekeurd_door.naam, onder=_moment(run.goedgekeurd_op)))
    if run.uitvoeren_op:
        uit.append(o.Feit("Betaaldatum", datum(run.uitvoeren_op)))
    return uit


def _delen(run: Betaalrun) -> list[o.Feit]:
    """Of what the total is made, and how it differs from the run before."""
    if run.status == "wordt_opgesteld":
        return []
    uit = [o.Feit("In totaal", euro(run.bedrag), onder=aantal(run.aantal, "opdracht", "opdrachten"))]
    delen = vragen.samenstelling(run)
    woorden = (
        ("maand", f"{maandnaam(run).capitalize()}"),
        ("eerder", "Eerdere maanden, nog niet betaald"),
        ("correctie", "Correcties op eerdere maanden"),
    )
    uit += [o.Feit(woord, euro(delen[sleutel])) for sleutel, woord in woorden if delen[sleutel]]
    if (vorige := vragen.vorige_run(run)) is not None:
        verschil: Decimal = run.bedrag - vorige.bedrag
        meer = "meer dan" if verschil > 0 else "minder dan"
        tekst = f"{euro(abs(verschil))} {meer}" if verschil else "Gelijk aan"
        label = f"{MAANDEN[vorige.maand.month - 1]} {vorige.maand.year}"
        uit.append(o.Feit("Vergeleken met de vorige run", f"{tekst} {label}", onder=_waardoor(run, vorige)))
    per_stand = vragen.per_stand(run)
    if (niet := per_stand.get("aangehouden")) is not None:
        uit.append(o.Feit("Aangehouden, gaat niet mee", euro(niet[1]), onder=aantal(niet[0], "opdracht", "opdrachten")))
    return uit


def _waardoor(run: Betaalrun, vorige: Betaalrun) -> str:
    """The difference with the run before, by employers that came, went or got another amount."""
    er_bij, eraf, anders = vragen.verschil_per_werkgever(run, vorige)
    delen = [
        (er_bij, "nieuwe werkgevers", "nieuwe werkgever"),
        (eraf, "werkgevers minder", "werkgever minder"),
        (anders, "met een ander bedrag", "met een ander bedrag"),
    ]
    woorden = [f"{n} {een if n == 1 else meer} ({_plusmin(som)})" for (n, som), meer, een in delen if n]
    return ", ".join(woorden)


def _plusmin(bedrag: Decimal) -> str:
    return f"+{HARDE_SPATIE}{euro(bedrag)}" if bedrag > 0 else euro(bedrag)


def _doe_stap(
    request: Any, run: Betaalrun, actie: str, aanbieden: AanbiedForm, reden: RedenForm
) -> HttpResponse | None:
    """Take the step that was asked; None shows the page again with what is wrong."""
    stap = BETAALRUN.stap(run.status, actie)
    mag = stap.wie if stap is not None else BETAALRUN_VERDER
    if not mag & set(request.rechten):
        raise Http404("Deze stap is er niet.")
    actor = actor_van(request)
    if actie == "aanbieden":
        if not aanbieden.is_valid():
            return None
        dag = aanbieden.cleaned_data["uitvoeren_op"]
        if probeer(aanbieden, lambda: bied_run_aan(run, dag, actor=actor)) is None:
            return None
        meld(request, "Het betaalbestand is gemaakt", onder="Download het en geef het aan Subsidies en Inkoop Sociaal.")
    elif actie in {"vervallen", "terugnemen"}:
        doe = dienst.laat_run_vervallen if actie == "vervallen" else dienst.neem_run_terug
        if not reden.is_valid() or probeer(reden, lambda: doe(run, reden.cleaned_data["reden"], actor=actor)) is None:
            return None
        meld(request, "De run is vervallen" if actie == "vervallen" else "De run kan weer worden nagekeken")
    elif actie == "goedkeuren":
        _keur_goed(request, run)
    elif actie == "verder":
        _start(request)
    else:
        raise Http404("Deze stap is er niet.")
    return redirect("betaalrun", kenmerk=run.kenmerk)


_LANGSTE_NUMMER = 9  # digits


def _keur_goed(request: Any, run: Betaalrun) -> None:
    versie = request.POST.get("versie", "")
    try:
        dienst.keur_run_goed(
            run,
            actor=actor_van(request),
            versie=int(versie) if versie.isdecimal() and len(versie) < _LANGSTE_NUMMER else None,
        )
    except GEWEIGERD as fout:
        meld(request, zin(fout), niveau=messages.ERROR)
    else:
        meld(request, "De run is goedgekeurd", onder="Maak nu het betaalbestand.")
