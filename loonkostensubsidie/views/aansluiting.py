"""Reconciliation: decided against paid, in payment, open and recovered, per employer and month."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import MAANDEN, datum, euro
from loonkostensubsidie.besluitaansluiting import verschillen
from loonkostensubsidie.betaalaansluiting import Keuze, Stand, standen, totalen
from loonkostensubsidie.betaalforms import AansluitFilter
from loonkostensubsidie.views.betalen import BETALEN, PER_BLADZIJDE, ZIEN, tabs

_LAATSTE = dt.time(23, 59, 59, 999999)
BEDRAGEN = (
    ("besloten", "Besloten"),
    ("betaald", "Betaald"),
    ("onderweg", "In betaling"),
    ("open", "Staat open"),
    ("terug", "Terugvordering"),
)


def _maand(dag: dt.date) -> str:
    return f"{MAANDEN[dag.month - 1]} {dag.year}"


def _bedrag(waarde: Decimal) -> str:
    return euro(waarde) if waarde else "–"


def _sluit(rij: Stand) -> o.Merk:
    if rij.sluit:
        return o.Merk("Sluit aan", "goed")
    return o.Merk(f"Verschil {euro(rij.verschil or rij.afwijking)}", "fout")


KOLOMMEN = (
    Kolom("naam", "Werkgever", kop=True, onder=lambda r: _maand(r.maand)),
    *(Kolom(sleutel, label, weergave=_bedrag, soort="getal") for sleutel, label in BEDRAGEN),
    Kolom("sluit", "Klopt het?", waarde=_sluit),
)


BESLUITKOLOMMEN = (
    Kolom(
        "nummer",
        "Besluit",
        kop=True,
        waarde=lambda r: r.besluit.nummer,
        link=lambda r: reverse("lks_besluit", args=[r.besluit.kenmerk]),
        onder=lambda r: r.besluit.werkgever.naam,
    ),
    Kolom("vanaf", "Vanaf", waarde=lambda r: r.besluit.ingangsdatum, weergave=datum),
    Kolom("besloten", "Volgens het besluit", waarde=lambda r: r.besluit.totaal, weergave=euro, soort="getal"),
    Kolom("geboekt", "Volgens het grootboek", weergave=euro, soort="getal"),
    Kolom("verschil", "Verschil", weergave=euro, soort="getal"),
)


def _lees(request: Any) -> tuple[AansluitFilter, Keuze]:
    form = AansluitFilter(request.GET)
    schoon = form.cleaned_data if form.is_valid() else {}
    jaar = int(schoon.get("jaar") or 0)
    dag = schoon.get("bekend_op")
    return form, Keuze(
        van=dt.date(jaar, 1, 1) if jaar else None,
        tot=dt.date(jaar, 12, 31) if jaar else None,
        alleen_verschil=bool(schoon.get("verschil")),
        bekend_op=timezone.make_aware(dt.datetime.combine(dag, _LAATSTE)) if dag else None,
    )


_LANGSTE_NUMMER = 9  # digits


def _bladzijde(request: Any, aantal: int) -> tuple[int, o.Bladzijde]:
    gevraagd = request.GET.get("pagina", "")
    laatste = max(1, -(-aantal // PER_BLADZIJDE))
    nummer = min(max(int(gevraagd), 1), laatste) if gevraagd.isdecimal() and len(gevraagd) < _LANGSTE_NUMMER else 1
    begin = (nummer - 1) * PER_BLADZIJDE
    return begin, o.Bladzijde(
        eerste=begin + 1 if aantal else 0,
        laatste=min(begin + PER_BLADZIJDE, aantal),
        totaal=aantal,
        vorige=o.met_query(request.GET, pagina=nummer - 1) if nummer > 1 else "",
        volgende=o.met_query(request.GET, pagina=nummer + 1) if nummer < laatste else "",
    )


@toegang(ZIEN, BETALEN)
@require_safe
def aansluiting(request: Any) -> HttpResponse:
    """All months of all employers with the sum on top; a filter shows what does not add up."""
    form, keuze = _lees(request)
    alles, aantal = standen(keuze)
    begin, blad = _bladzijde(request, aantal)
    som = totalen(alles)
    fout = sum(1 for rij in alles if not rij.sluit)
    leeg = (
        o.Leeg("Alles sluit aan", "Er is geen maand met een verschil.", "vinkrond")
        if keuze.alleen_verschil
        else o.Leeg("Er is nog niets geboekt", "Bij de eerste betaalrun boeken we alle maanden.", "info")
    )
    tabel = Tabel.van(request, KOLOMMEN, alles[begin : begin + PER_BLADZIJDE], bijschrift="Aansluiting", leeg=leeg)
    context = {
        "balk": o.filterbalk(request, form),
        "tabel": tabel,
        "blad": blad if aantal > PER_BLADZIJDE else None,
        "som": [o.Feit(label, euro(som[sleutel])) for sleutel, label in BEDRAGEN],
        "merk": o.Merk(f"{fout} met een verschil", "fout") if fout else o.Merk("Sluit aan tot op de cent", "goed"),
        "op": datum(timezone.localtime(keuze.bekend_op).date()) if keuze.bekend_op else "",
        "export": f"{reverse('aansluiting_export')}{o.met_query(request.GET, pagina=None)}",
        "besluiten": Tabel.van(
            request, BESLUITKOLOMMEN, verschillen(), bijschrift="Besluiten met een ander bedrag dan het grootboek"
        ),
        "tabs": tabs("aansluiting"),
    }
    return render(request, "loonkostensubsidie/aansluiting.html", context)


@toegang(ZIEN, BETALEN)
@require_safe
def aansluiting_export(request: Any) -> FileResponse:
    """The same rows as a spreadsheet; no person is in it."""
    _, keuze = _lees(request)
    rijen, _ = standen(keuze)
    bestand = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    with xlsxwriter.Workbook(bestand, {"constant_memory": True, "default_date_format": "mmmm yyyy"}) as boek:
        blad = boek.add_worksheet("Aansluiting")
        vet, geld = boek.add_format({"bold": True}), boek.add_format({"num_format": "#,##0.00"})
        blad.set_column(0, 0, 34)
        blad.set_column(1, 8, 16)
        for kolom, kop in enumerate(["Werkgever", "Maand", *(label for _, label in BEDRAGEN), "Verschil", "Afwijking"]):
            blad.write_string(0, kolom, kop, vet)
        for nummer, rij in enumerate(rijen, 1):
            blad.write_string(nummer, 0, rij.naam)
            blad.write_datetime(nummer, 1, dt.datetime.combine(rij.maand, dt.time()))
            for kolom, sleutel in enumerate([*(s for s, _ in BEDRAGEN), "verschil", "afwijking"], 2):
                blad.write_number(nummer, kolom, float(getattr(rij, sleutel)), geld)
    bestand.seek(0)
    return FileResponse(bestand, as_attachment=True, filename="aansluiting.xlsx")
