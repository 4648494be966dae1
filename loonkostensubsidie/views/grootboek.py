"""The ledger of one right: a month with its explanation, and months computed again as known then and now (R148)."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import datum, euro
from kern.weergave import maand as maandnaam
from loonkostensubsidie.boekbeeld import Boeklijn, lijnen_van
from loonkostensubsidie.forms_geld import NarekenForm
from loonkostensubsidie.keuzes import Boeksoort
from loonkostensubsidie.models import Boekregel, Subsidie
from loonkostensubsidie.narekenen import Narekening, reken_na
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.views.beeld import ZIEN
from loonkostensubsidie.views.subsidies import haal, maandadres

_LAATSTE = dt.time(23, 59, 59, 999999)
_NUL = Decimal(0)
_TERUG = 23  # months before the last one that the page starts with


@toegang(*ZIEN)
@require_safe
def subsidie_maand(request: Any, kenmerk: uuid.UUID, jaar: int, maand: int) -> HttpResponse:
    """One month: every line, the calculation behind it, and what changed since the line before."""
    rij = haal(request, kenmerk)
    try:
        eerste = dt.date(jaar, maand, 1)
    except ValueError as fout:
        raise Http404("Deze maand bestaat niet.") from fout
    lijnen = lijnen_van(rij, eerste)
    if not lijnen:
        raise Http404("Over deze maand is niets geboekt.")
    context = {
        "rij": rij,
        "maand": maandnaam(eerste),
        "lijnen": [(lijn, _betaalmerk(lijn)) for lijn in lijnen],
        "som": sum((lijn.regel.totaal for lijn in lijnen), _NUL),
        "narekenen": f"{reverse('subsidie_narekenen', args=[kenmerk])}?van={eerste:%Y-%m-%d}&tot={eerste:%Y-%m-%d}",
    }
    return render(request, "loonkostensubsidie/boekmaand.html", context)


def _betaalmerk(lijn: Boeklijn) -> o.Merk:
    """Where the money of this line is."""
    vast = lijn.betaling
    if vast is None:
        return o.Merk("Gaat mee met de volgende betaling" if lijn.regel.totaal else "Geen verschil")
    if vast.terugvordering is not None:
        return o.Merk(f"In terugvordering {vast.terugvordering.nummer}", "let-op")
    if vast.opdracht is not None and vast.opdracht.status == "betaald":
        return o.Merk(f"Betaald op {datum(vast.opdracht.bankdatum)}", "goed")
    return o.Merk("In betaling", "info")


# --- Computed again --------------------------------------------------------------------------------------------------
def _bedrag(waarde: Decimal | None) -> str:
    return "–" if waarde is None else euro(waarde)


def _oordeel(rij: Narekening) -> o.Merk:
    if rij.fout:
        return o.Merk("Niet te berekenen", "fout")
    if rij.geboekt_nu is None:
        return o.Merk("Nog niet geboekt")
    if rij.geboekt_nu != rij.nu:
        return o.Merk("Volgt bij de volgende betaling", "let-op")
    if rij.wet:
        return o.Merk("De tabellen zijn gewijzigd", "let-op")
    gecorrigeerd = rij.geboekt_toen is not None and rij.geboekt_toen != rij.geboekt_nu
    return o.Merk("Klopt, na correctie" if gecorrigeerd else "Klopt", "goed")


def _kolommen(rij: Subsidie) -> tuple[Kolom, ...]:
    return (
        Kolom(
            "maand",
            "Maand",
            kop=True,
            waarde=lambda n: maandnaam(n.maand),
            link=lambda n: maandadres(rij, n.maand) if n.geboekt_nu is not None else "",
        ),
        Kolom("geboekt_toen", "Geboekt toen", waarde=lambda n: _bedrag(n.geboekt_toen), soort="getal"),
        Kolom("toen", "Zoals toen bekend", waarde=lambda n: _bedrag(n.toen), soort="getal"),
        Kolom("geboekt_nu", "Geboekt tot nu", waarde=lambda n: _bedrag(n.geboekt_nu), soort="getal"),
        Kolom("nu", "Zoals nu bekend", waarde=lambda n: _bedrag(n.nu), soort="getal"),
        Kolom("oordeel", "Klopt het?", waarde=_oordeel),
        Kolom("uitleg", "Wat er veranderde", waarde=lambda n: n.fout or n.uitleg, breed=True),
    )


@toegang(*ZIEN)
@require_safe
def subsidie_narekenen(request: Any, kenmerk: uuid.UUID) -> HttpResponse:
    """Compute a period again with the facts of a day and with those of now, beside what was booked."""
    rij = haal(request, kenmerk)
    eerste, laatste = _grenzen(rij)
    form = NarekenForm(request.GET or None, eerste=eerste, laatste=laatste)
    keuze = form.cleaned_data if form.is_valid() else {}
    tot = keuze.get("tot") or laatste
    van = keuze.get("van") or max(eerste, plus_maanden(tot, -_TERUG))
    dag = keuze.get("bekend_op") or _voor_de_correctie(rij)
    moment = timezone.make_aware(dt.datetime.combine(dag, _LAATSTE))
    maanden = reken_na(rij, min(van, tot), max(van, tot), moment)
    leeg = o.Leeg("Geen maand in deze periode", "In deze maanden is er geen recht en niets geboekt.", "zoek")
    context = {
        "rij": rij,
        "balk": o.filterbalk(request, form),
        "dag": datum(dag),
        "tabel": Tabel.van(request, _kolommen(rij), maanden[::-1], bijschrift="Nagerekend", leeg=leeg),
        "som": _som(maanden),
    }
    return render(request, "loonkostensubsidie/narekenen.html", context)


def _som(maanden: list[Narekening]) -> list[o.Feit]:
    return [
        o.Feit(label, euro(sum((getattr(n, naam) or _NUL for n in maanden), _NUL)))
        for naam, label in (
            ("geboekt_toen", "Geboekt toen"),
            ("toen", "Zoals toen bekend"),
            ("geboekt_nu", "Geboekt tot nu"),
            ("nu", "Zoals nu bekend"),
        )
    ]


def _grenzen(rij: Subsidie) -> tuple[dt.date, dt.date]:
    """First month of the right, and the last one that can be asked: this month, or a later one that was booked."""
    geboekt = Boekregel.objects.filter(subsidie=rij).order_by("-maand").values_list("maand", flat=True).first()
    eerste = rij.begindatum.replace(day=1)
    return eerste, max(eerste, klok.vandaag().replace(day=1), geboekt or eerste)


def _voor_de_correctie(rij: Subsidie) -> dt.date:
    """The day before the last correction, so that the page opens with a difference to see; else today."""
    correcties = Boekregel.objects.filter(subsidie=rij, soort=Boeksoort.CORRECTIE).order_by("-geboekt_op", "-pk")
    moment = correcties.values_list("geboekt_op", flat=True).first()
    return klok.vandaag() if moment is None else timezone.localtime(moment).date() - dt.timedelta(days=1)
