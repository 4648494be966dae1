"""Page *Eerste keer goed*: per source and team of the sender, per month, and why not."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from aanmeldingen import kengetal
from aanmeldingen.forms import KengetalFilter
from aanmeldingen.keuzes import BRONNEN
from kern import grafieken, klok
from kern import onderdelen as o
from kern.aansluitingen.cijfers import Deel, Opbouw
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.weergave import KORTE_MAANDEN, datum, getal, procent
from regelgeving import opzoeken

MAANDEN = 12
TE_KLEIN = "Te klein"


class _Rij:
    """A part of the figure as the table shows it; small numbers are withheld from who may not see persons."""

    def __init__(self, deel: Deel, naam: str, onder: str, *, alles: bool, url: str) -> None:
        self.naam, self.onder = naam, onder
        toon = alles or not deel.klein
        self.cijfer = procent(deel.waarde) if toon and deel.waarde is not None else TE_KLEIN
        self.aantal = f"{getal(deel.teller)} van {getal(deel.noemer)}" if toon else TE_KLEIN
        self.url = url if alles else ""


KOLOMMEN = (
    Kolom("naam", "Verwijzer", kop=True, onder=lambda r: r.onder, link=lambda r: r.url),
    Kolom("cijfer", "Eerste keer goed", soort="getal"),
    Kolom("aantal", "Aanmeldingen", soort="getal"),
)


@toegang("aanmelding.zien", "route.beheren")
@require_safe
def eerste_keer_goed(request: HttpRequest) -> HttpResponse:
    """How often a referral was right the first time; the sender sees the same number."""
    filter_ = KengetalFilter(request.GET or None)
    keuze = filter_.cleaned_data if filter_.is_valid() else {}
    tot = keuze.get("tot") or klok.vandaag()
    van = keuze.get("van") or kengetal.eerste_van_de_maand(tot, MAANDEN - 1)
    bron = keuze.get("bron", "")
    opbouw = kengetal.vraag(van, tot, bron=bron)
    context: dict[str, Any] = {"balk": o.filterbalk(request, filter_), "van": van, "tot": tot}
    if opbouw is None or not opbouw.cijfer.noemer:
        context["leeg"] = o.Leeg(
            "Nog geen besluiten in deze periode",
            "Zodra een aanmelding is aangenomen of teruggestuurd, telt ze de nacht erna mee.",
            "grafiek",
        )
    else:
        context |= _cijfers(request, opbouw, van, tot)
    return render(request, "aanmeldingen/eerste_keer_goed.html", context)


def _cijfers(request: HttpRequest, opbouw: Opbouw, van: dt.date, tot: dt.date) -> dict[str, Any]:
    alles = heeft_recht(request.rechten, "kpi.personen")  # type: ignore[attr-defined]
    cijfer = opbouw.cijfer

    def adres(wie: str = "") -> str:
        velden = {"wie": wie, "vanaf": van.isoformat(), "peildatum": tot.isoformat()}
        return f"{cijfer.url}?{urlencode({k: v for k, v in velden.items() if v})}"

    per_bron = [
        _Rij(d, opzoeken.label(BRONNEN, d.sleutel[0]), "", alles=alles, url=adres(f"bron:{d.sleutel[0]}"))
        for d in opbouw.per_bron
    ]
    per_team = [
        _Rij(
            d,
            kengetal.teamnaam(d.sleutel[1]),
            opzoeken.label(BRONNEN, d.sleutel[0]),
            alles=alles,
            url=adres(f"verwijzer:{d.sleutel[1]}"),
        )
        for d in opbouw.per_verwijzer
    ]
    redenen = [(kengetal.reden_in_woorden(code), n) for code, n, weg in opbouw.redenen if alles or not weg]
    verborgen = 0 if alles else sum(1 for _, _, weg in opbouw.redenen if weg)
    toon = alles or not cijfer.klein
    return {
        "cijfer": procent(cijfer.waarde) if toon and cijfer.waarde is not None else "",
        "teller": cijfer.teller,
        "noemer": cijfer.noemer,
        "bekend_op": opbouw.bekend_op,
        "open_url": adres() if alles else "",
        "grafiek": _trend(opbouw, van, tot, alles=alles),
        "bronnen": Tabel.van(request, KOLOMMEN, per_bron, bijschrift="Eerste keer goed per bronafdeling"),
        "teams": Tabel.van(request, KOLOMMEN, per_team, bijschrift="Eerste keer goed per team van de verwijzer"),
        "redenen": grafieken.staven([(naam, float(n)) for naam, n in redenen], eenheid="keer"),
        "verborgen": verborgen,
    }


def _trend(opbouw: Opbouw, van: dt.date, tot: dt.date, *, alles: bool) -> grafieken.Lijngrafiek:
    maanden, dag = [], van.replace(day=1)
    while dag <= tot:
        maanden.append(dag)
        dag = kengetal.eerste_van_de_maand(dag, -1)
    bekend = {
        d.sleutel[0]: float(d.waarde) for d in opbouw.per_maand if d.waarde is not None and (alles or not d.klein)
    }
    jaren = len({m.year for m in maanden}) > 1
    labels = [
        f"{KORTE_MAANDEN[m.month - 1]} {m.year % 100:02d}" if jaren else KORTE_MAANDEN[m.month - 1] for m in maanden
    ]
    zin = f"Van {datum(van)} tot en met {datum(tot)}."
    if not alles and any(d.klein for d in opbouw.per_maand):
        zin += " Een maand met een te klein aantal laten we weg."
    return grafieken.lijngrafiek(
        labels,
        [grafieken.Reeks("Eerste keer goed", [bekend.get(m) for m in maanden], "nu")],
        titel="Eerste keer goed per maand, in procent",
        beschrijving=zin,
        eenheid="procent van de besluiten",
        decimalen=1,
    )
