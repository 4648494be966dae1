"""Pages that show what holds on a date: values, amounts, terms, code lists."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern.onderdelen import Verwijzing
from kern.tabel import Kolom, Tabel
from kern.toegang import heeft_recht, toegang
from kern.weergave import datum as toon_datum
from kern.weergave import euro
from regelgeving import opzoeken, querysets
from regelgeving.keuzes import naam_van
from regelgeving.models import Codelijst
from regelgeving.views.onderdelen import ZIEN, context, duur, peildatum, periode, toon_waarde, zekerheid

_BRON = Kolom("bron", "Bron", breed=True)
_ZEKER = Kolom("status", "Zekerheid", waarde=zekerheid)
_PERIODE = Kolom("periode", "Geldig", waarde=periode)
PARAMETERS = (
    Kolom("sleutel", "Waarde", waarde=lambda rij: naam_van(rij.sleutel), kop=True, onder=lambda rij: rij.toelichting),
    Kolom("waarde", "Is", waarde=lambda rij: toon_waarde(rij.waarde), onder=lambda rij: rij.eenheid),
    Kolom("gemeente", "Van", waarde=lambda rij: "Gemeente" if rij.gemeente_id else "Landelijk"),
    _PERIODE,
    _ZEKER,
    _BRON,
)
NORMEN = (
    Kolom("huishouden", "Huishouden", waarde=lambda rij: rij.get_huishouden_display(), kop=True),
    Kolom("bedrag", "Per maand", weergave=euro, soort="getal"),
    _PERIODE,
    _ZEKER,
    _BRON,
)


def _leeftijd(rij) -> str:  # type: ignore[no-untyped-def]
    if rij.leeftijd_tot is None:
        return f"{rij.leeftijd_van} jaar en ouder"
    return f"{rij.leeftijd_van} jaar"


LONEN = (
    Kolom("leeftijd_van", "Leeftijd", waarde=_leeftijd, kop=True),
    Kolom(
        "maand",
        "Per maand",
        waarde=lambda rij: rij.maand or rij.referentiemaand,
        weergave=euro,
        soort="getal",
    ),
    Kolom("uur", "Per uur", waarde=lambda rij: rij.uur or rij.uur_36, weergave=euro, soort="getal"),
    _ZEKER,
    _BRON,
)
VRIJLATINGEN = (
    Kolom("soort", "Vrijlating", waarde=lambda rij: rij.get_soort_display(), kop=True, onder=lambda rij: rij.wie),
    Kolom("percentage", "Deel", waarde=lambda rij: _procent(rij.percentage), soort="getal"),
    Kolom("maximum", "Hoogstens per maand", weergave=euro, soort="getal"),
    Kolom("maanden", "Maanden", soort="getal"),
    _ZEKER,
    _BRON,
)
TERMIJNEN = (
    Kolom("onderwerp", "Termijn", kop=True, onder=lambda rij: rij.toelichting),
    Kolom(
        "aantal",
        "Duur",
        waarde=lambda rij: duur(rij.aantal, rij.eenheid) if rij.aantal else "geen vaste duur",
    ),
    Kolom("begint", "Begint bij"),
    Kolom("artikel", "Artikel"),
    Kolom("gemeente", "Van", waarde=lambda rij: "Gemeente" if rij.gemeente_id else "Landelijk"),
    _ZEKER,
)
LIJSTEN = (
    Kolom("naam", "Lijst", kop=True, link=lambda rij: reverse("regelgeving_codelijst", args=[rij.sleutel])),
    Kolom("landelijk", "Van", waarde=lambda rij: "Landelijk" if rij.landelijk else "Eigen lijst"),
    Kolom("toelichting", "Toelichting", breed=True),
)
CODES = (
    Kolom("label", "Naam", kop=True),
    Kolom("code", "Code"),
    _PERIODE,
    _ZEKER,
    _BRON,
)


def knop(
    request: HttpRequest, tekst: str = "Eigen waarde voorstellen", naam: str = "regelgeving_voorstel_nieuw"
) -> Verwijzing | None:
    """The button above a list, for who may propose."""
    mag = heeft_recht(request.rechten, "regelgeving.beheren")  # type: ignore[attr-defined]
    return Verwijzing(tekst, reverse(naam)) if mag else None


def _procent(waarde) -> str:  # type: ignore[no-untyped-def]
    return "" if waarde is None else f"{waarde.normalize():f}%".replace(".", ",")


@toegang(*ZIEN)
@require_safe
def parameters(request: HttpRequest) -> HttpResponse:
    """All dated values that hold on a date, with source and certainty."""
    op, formulier = peildatum(request)
    rijen = list(querysets.parameters_op(op))
    onzeker = sum(1 for rij in rijen if rij.status == "onzeker")
    return render(
        request,
        "regelgeving/lijst.html",
        context(
            request,
            "regelgeving",
            titel="Regelgeving",
            formulier=formulier,
            zin=(
                f"Op {toon_datum(op)} gelden {len(rijen)} waarden. "
                f"Daarvan zijn er {onzeker} onzeker: controleer die eerst."
            ),
            tabellen=[("Waarden", Tabel.van(request, PARAMETERS, rijen, bijschrift="Waarden met datum en bron"))],
            knop=knop(request),
        ),
    )


@toegang(*ZIEN)
@require_safe
def bedragen(request: HttpRequest) -> HttpResponse:
    """Norms, minimum wage and exemptions on a date."""
    op, formulier = peildatum(request)
    tabellen = [
        (
            "Bijstandsnormen",
            Tabel.van(request, NORMEN, querysets.normen_op(op), bijschrift="Bijstandsnormen"),
        ),
        ("Minimumloon", Tabel.van(request, LONEN, querysets.minimumlonen_op(op), bijschrift="Minimumloon")),
        (
            "Vrijlatingen",
            Tabel.van(request, VRIJLATINGEN, querysets.vrijlatingen_op(op), bijschrift="Vrijlatingen"),
        ),
    ]
    zin = (
        f"Dit zijn de bedragen van {toon_datum(op)}. Staat een huishouden er niet bij? Dan is het bedrag niet gevonden."
    )
    extra = {
        "titel": "Bedragen",
        "formulier": formulier,
        "zin": zin,
        "tabellen": tabellen,
        "knop": knop(request, "Minimumloon invoeren", "regelgeving_minimumloon"),
    }
    return render(request, "regelgeving/lijst.html", context(request, "regelgeving_bedragen", **extra))


@toegang(*ZIEN)
@require_safe
def termijnen(request: HttpRequest) -> HttpResponse:
    """Legal terms on a date."""
    op, formulier = peildatum(request)
    tabel = Tabel.van(request, TERMIJNEN, querysets.termijnen_op(op), bijschrift="Wettelijke termijnen")
    zin = f"Dit zijn de termijnen van {toon_datum(op)}. Een termijn begint op de dag na de gebeurtenis."
    extra = {"titel": "Termijnen", "formulier": formulier, "zin": zin, "tabellen": [("Termijnen", tabel)]}
    knop_ = knop(request, "Eigen termijn voorstellen", "regelgeving_termijn")
    return render(request, "regelgeving/lijst.html", context(request, "regelgeving_termijnen", knop=knop_, **extra))


@toegang(*ZIEN)
@require_safe
def codelijsten(request: HttpRequest) -> HttpResponse:
    """All code lists."""
    tabel = Tabel.van(request, LIJSTEN, querysets.codelijsten(), bijschrift="Codelijsten")
    zin = "Landelijke lijsten komen mee met het programma. Eigen lijsten past de gemeente aan met een voorstel."
    extra = {"titel": "Codelijsten", "formulier": None, "zin": zin, "tabellen": [("Lijsten", tabel)]}
    return render(
        request,
        "regelgeving/lijst.html",
        context(request, "regelgeving_codelijsten", **extra),
    )


@toegang(*ZIEN)
@require_safe
def codelijst(request: HttpRequest, sleutel: str) -> HttpResponse:
    """One list on a date; codes behind a separate right stay away without it."""
    lijst = get_object_or_404(Codelijst, sleutel=sleutel)
    op, formulier = peildatum(request)
    mag_alles = heeft_recht(request.rechten, "dossier.afgeschermde_doelgroep", "regelgeving.beheren")  # type: ignore[attr-defined]
    try:
        rijen = opzoeken.codes(sleutel, op, afgeschermd=mag_alles)
    except opzoeken.GegevenOntbreekt as fout:
        raise Http404(str(fout)) from fout
    tabel = Tabel.van(request, CODES, rijen, bijschrift=lijst.naam)
    extra = {
        "titel": lijst.naam,
        "formulier": formulier,
        "zin": f"Op {toon_datum(op)} heeft deze lijst {len(rijen)} codes.",
    }
    return render(
        request,
        "regelgeving/lijst.html",
        context(request, "regelgeving_codelijsten", tabellen=[("Codes", tabel)], **extra),
    )
