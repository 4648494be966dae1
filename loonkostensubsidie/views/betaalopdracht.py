"""One order of a payment run, what the bank did, and the files of a run."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from stdnum import iban as iban_

from deelnemers.views.hulp import actor_van
from kern import bestanden, klok
from kern import onderdelen as o
from kern.csvblad import MAXIMUM_BYTES, MEDIATYPE
from kern.forms import ingevuld
from kern.meldingen import meld
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import MAANDEN, datum, euro
from kern.weigering import GEWEIGERD, probeer, zin
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalbestand import MEDIATYPE_XML
from loonkostensubsidie.betaalforms import RedenForm, TerugmeldForm, UitkomstForm
from loonkostensubsidie.betaaltoestanden import BETAALOPDRACHT
from loonkostensubsidie.betaalwerk import maandnaam
from loonkostensubsidie.models import Betaalopdracht, Betaalrun
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services.terugmelding import verwerk_terugmelding
from loonkostensubsidie.terugmeldbestand import BETAALD, Terugmelding, lees_terugmelding
from loonkostensubsidie.views.betalen import BETALEN, PER_BLADZIJDE, ZIEN, haal, opdrachtmerk


# --- Files ----------------------------------------------------------------------------------------------------------
@toegang(BETALEN)
@require_safe
def betaalrun_bestand(request: Any, kenmerk: Any) -> HttpResponse:
    """The payment file, always the same one."""
    run = haal(kenmerk)
    return _geef(run.bestand_plaats, run.bestand_sha256, MEDIATYPE_XML, f"{run.nummer}.xml")


@toegang(BETALEN)
@require_safe
def betaalrun_lijst(request: Any, kenmerk: Any) -> HttpResponse:
    """The same payments as a list, always the same one."""
    run = haal(kenmerk)
    return _geef(run.lijst_plaats, run.lijst_sha256, f"{MEDIATYPE}; charset=utf-8", f"{run.nummer}.csv")


def _geef(plaats: str, sha256: str, soort: str, naam: str) -> HttpResponse:
    inhoud = bestanden.haal(plaats, sha256) if plaats else None
    if inhoud is None:
        raise Http404("Dit bestand is er niet.")
    antwoord = HttpResponse(inhoud, content_type=soort)
    antwoord.headers["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


# --- What the bank did ----------------------------------------------------------------------------------------------
@toegang(BETALEN)
@require_http_methods(["GET", "HEAD", "POST"])
def terugmelding(request: Any, kenmerk: Any) -> HttpResponse:
    """Receipts and refusals of a whole run, by file or all at once."""
    run = haal(kenmerk)
    form = TerugmeldForm(ingevuld(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        verslag = probeer(form, lambda: verwerk_terugmelding(_regels(form, run), run=run, actor=actor_van(request)))
        if verslag is not None:
            delen = [
                f"{verslag.betaald} betaald",
                f"{verslag.geweigerd} geweigerd",
                *([f"{verslag.al_bekend} al bekend"] if verslag.al_bekend else []),
            ]
            meld(request, "Verwerkt", onder=", ".join(delen))
            return redirect("betaalrun", kenmerk=run.kenmerk)
    terug = o.Verwijzing(f"Betaalrun {maandnaam(run)}", reverse("betaalrun", args=[run.kenmerk]))
    uitleg = "Klopt er iets niet in het bestand, dan slaan we niets op en zie je alles wat fout is."
    context = {"form": form, "titel": "Wat deed de bank?", "knop": "Verwerken", "terug": terug, "uitleg": uitleg}
    return render(request, "loonkostensubsidie/betaalformulier.html", context, status=422 if form.errors else 200)


def _regels(form: TerugmeldForm, run: Betaalrun) -> list[Terugmelding]:
    if form.cleaned_data["wijze"] == "alles":
        dag = form.cleaned_data["datum"]
        open_ = Betaalopdracht.objects.filter(run=run, status="aangeboden").order_by("pk")
        regels = [Terugmelding(rij.eindkenmerk, BETAALD, rij.bedrag, dag) for rij in open_]
        if not regels:
            raise ValidationError("Van elke opdracht in deze run is al bekend of er is betaald.")
        return regels
    bestand = form.cleaned_data["bestand"]
    if bestand.size > MAXIMUM_BYTES:
        raise ValidationError({"bestand": "Dit bestand is te groot. Het is hoogstens 5 MiB."})
    return lees_terugmelding(bestand.read(MAXIMUM_BYTES + 1))


# --- One order ------------------------------------------------------------------------------------------------------
REGELS = (
    Kolom(
        "subsidie",
        "Subsidie",
        kop=True,
        waarde=lambda r: r.boekregel.subsidie.nummer,
        link=lambda r: reverse("subsidie", args=[r.boekregel.subsidie.kenmerk]),
        onder=lambda r: r.boekregel.subsidie.regeling.naam,
    ),
    Kolom("maand", "Maand", waarde=lambda r: f"{MAANDEN[r.boekregel.maand.month - 1]} {r.boekregel.maand.year}"),
    Kolom(
        "uitleg",
        "Waarom",
        waarde=lambda r: r.boekregel.get_soort_display().capitalize(),
        # Why stands on the page of the subsidy, under its own access rule: it can tell of illness or a birthday.
        onder=lambda r: "De uitleg staat bij de subsidie" if r.boekregel.soort != "maand" else "",
        breed=True,
    ),
    Kolom("totaal", "Bedrag", waarde=lambda r: euro(r.boekregel.totaal), soort="getal"),
)


@toegang(ZIEN, BETALEN)
@require_http_methods(["GET", "HEAD", "POST"])
def betaalopdracht(request: Any, kenmerk: Any, pk: int) -> HttpResponse:
    """One order: the lines it is made of, why it is held and what solves that, and what the bank did."""
    rijen = Betaalopdracht.objects.select_related("werkgever", "run")
    opdracht = get_object_or_404(rijen, pk=pk, run__kenmerk=kenmerk)
    actie = request.POST.get("stap", "")
    begin = {"bedrag": opdracht.bedrag, "datum": klok.vandaag(), "uitkomst": BETAALD}
    uitkomst = UitkomstForm(ingevuld(request) if actie == "uitkomst" else None, initial=begin)
    reden = RedenForm(ingevuld(request) if actie == "aanhouden" else None)
    if request.method == "POST":
        if BETALEN not in request.rechten:
            raise Http404("Deze stap is er niet.")
        if antwoord := _doe_opdracht(request, opdracht, actie, uitkomst, reden):
            return antwoord
    pagina = Paginator(vragen.regels_van(opdracht), PER_BLADZIJDE).get_page(request.GET.get("pagina"))
    betaalt = BETALEN in request.rechten
    context = {
        "opdracht": opdracht,
        "stand": opdrachtmerk(opdracht),
        "uitleg": BETAALOPDRACHT.toestand(opdracht.status).uitleg,
        "maand": maandnaam(opdracht.run),
        "feiten": _opdrachtfeiten(opdracht),
        "tabel": Tabel.van(request, REGELS, pagina, bijschrift="Regels van deze opdracht"),
        "mag_link": betaalt,
        "mag_vrijgeven": betaalt and opdracht.status == "aangehouden" and opdracht.run.status == "opgesteld",
        "mag_aanhouden": betaalt and opdracht.status == "klaar" and opdracht.run.status == "opgesteld",
        "mag_uitkomst": betaalt and opdracht.status in {"aangeboden", "betaald"},
        "uitkomst": uitkomst,
        "reden": reden,
    }
    fout = bool(uitkomst.errors or reden.errors)
    return render(request, "loonkostensubsidie/betaalopdracht.html", context, status=422 if fout else 200)


def _opdrachtfeiten(opdracht: Betaalopdracht) -> list[o.Feit]:
    uit = [
        o.Feit("Bedrag", euro(opdracht.bedrag)),
        o.Feit("Rekeningnummer", iban_.format(opdracht.iban) if opdracht.iban else "–", onder=opdracht.tenaamstelling),
        o.Feit("Kenmerk", opdracht.eindkenmerk),
    ]
    if opdracht.bankdatum:
        uit.append(o.Feit("Bericht van de bank", datum(opdracht.bankdatum)))
    return uit


def _doe_opdracht(
    request: Any, opdracht: Betaalopdracht, actie: str, uitkomst: UitkomstForm, reden: RedenForm
) -> HttpResponse | None:
    actor = actor_van(request)
    if actie == "vrijgeven":
        try:
            dienst.geef_opdracht_vrij(opdracht, actor=actor)
        except GEWEIGERD as fout:
            meld(request, zin(fout), niveau=messages.ERROR)
        else:
            meld(request, "De opdracht gaat mee")
    elif actie == "aanhouden":
        tekst = reden.cleaned_data["reden"] if reden.is_valid() else ""
        if not tekst or probeer(reden, lambda: dienst.houd_opdracht_aan(opdracht, tekst, actor=actor)) is None:
            return None
        meld(request, "De opdracht is aangehouden")
    elif actie == "uitkomst":
        if not uitkomst.is_valid():
            return None
        v = uitkomst.cleaned_data
        regel = Terugmelding(opdracht.eindkenmerk, v["uitkomst"], v["bedrag"], v["datum"], v["reden"])
        if probeer(uitkomst, lambda: verwerk_terugmelding([regel], actor=actor)) is None:
            return None
        meld(request, "Verwerkt")
    else:
        raise Http404("Deze stap is er niet.")
    return redirect("betaalopdracht", kenmerk=opdracht.run.kenmerk, pk=opdracht.pk)
