"""The calculator: open to everybody, and nothing is kept of what is filled in (R148)."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kern import klok
from kern.alleen_lezen import AlleenLezen
from kern.api.begrenzing import adres_van, te_veel
from kern.onderdelen import Leeg, Verwijzing
from kern.tabel import Kolom, Tabel
from kern.toegang import OPENBAAR, toegang
from loonkostensubsidie.forms import VOORBEELD, BerekeningForm
from loonkostensubsidie.rekenbeeld import Beeld, maak_beeld
from loonkostensubsidie.rekenblad import GeenGemeente, gemeenten, wet_van
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer, Route
from loonkostensubsidie.rekenen.wetgeving import Wetgeving

LIMIET = "berekening"
_TE_VAAK = "Je hebt in korte tijd veel berekend. Wacht een minuut en probeer het opnieuw."
_LEEG = Leeg(
    "Hier komt het bedrag",
    "Vul het formulier in en kies Bereken. Je ziet dan het bedrag per maand, en stap voor stap hoe we eraan komen.",
    icoon="euro",
)
_NOG_NIET = Leeg(
    "Nog niet alles klopt",
    "Verbeter eerst wat er niet klopt. Dan zie je hier het bedrag.",
    icoon="euro",
)


_STAPPEN = (
    Kolom("omschrijving", "Stap", kop=True),
    Kolom("berekening", "Hoe", onder=lambda regel: regel.herkomst, breed=True),
    Kolom("waarde", "Bedrag", soort="getal"),
    Kolom("zeker", "Zeker?"),
)
_MAANDEN = (
    Kolom("naam", "Wanneer", kop=True, onder=lambda rij: rij.wat),
    Kolom("lks", "Subsidie per maand", soort="getal"),
    Kolom("werkgeverslasten", "Werkgeverslasten", soort="getal"),
    Kolom("totaal", "Samen per maand", soort="getal"),
)
_VERSCHIL = (
    Kolom("naam", "Wat", kop=True),
    Kolom("oud", "Toen"),
    Kolom("nieuw", "Nu"),
    Kolom("verschil", "Verschil", soort="getal"),
)


@toegang(OPENBAAR)
@never_cache
@require_http_methods(["GET", "POST"])
def berekenen(request: HttpRequest) -> HttpResponse:
    """GET and POST /loonkostensubsidie/berekenen; with htmx only the outcome, without faults at half-filled fields."""
    with connection.execute_wrapper(AlleenLezen()):
        code, onbekend = request.GET.get("gemeente"), ""
        try:
            wet = wet_van(code)
        except GeenGemeente as fout:
            code, onbekend, wet = None, str(fout), wet_van(None)
        form = _formulier(request, wet)
        beeld = _beeld(request, form, wet)
    context: dict[str, object] = {
        "form": form,
        "beeld": beeld,
        "tabellen": _tabellen(request, beeld) if beeld else {},
        "leeg": _NOG_NIET if form.is_bound else _LEEG,
        "htmx": bool(request.headers.get("HX-Request")),
    }
    if context["htmx"]:
        return render(request, "loonkostensubsidie/berekening_deel.html", context)
    context |= {
        "titel": "Loonkostensubsidie berekenen",
        "keuze": _keuze(request, code),
        "onbekend": onbekend,
    }
    binnen = request.user.is_authenticated
    sjabloon = "loonkostensubsidie/berekening.html" if binnen else "loonkostensubsidie/berekening_openbaar.html"
    return render(request, sjabloon, context, status=_stand(form, onbekend))


def _formulier(request: HttpRequest, wet: Wetgeving) -> BerekeningForm:
    vandaag = klok.vandaag()
    if request.method != "POST":
        begin = {"datum": vandaag, "voltijd": 36, "route": Route.LOONWAARDE}
        return BerekeningForm(initial=begin, wet=wet)
    if "voorbeeld" in request.POST:
        return BerekeningForm({"datum": f"{vandaag:%d-%m-%Y}", **VOORBEELD}, wet=wet)
    return BerekeningForm(request.POST, wet=wet)


def _beeld(request: HttpRequest, form: BerekeningForm, wet: Wetgeving) -> Beeld | None:
    """The outcome, or None when there is nothing to show; then the form says why."""
    if not form.is_valid() or form.vraag is None:
        return None
    if te_veel(LIMIET, adres_van(request)):
        form.te_vaak = True
        form.add_error(None, _TE_VAAK)
        return None
    try:
        return maak_beeld(form.vraag, wet, form.cleaned_data["vergelijk"])
    except OnjuisteInvoer as fout:
        form.neem_over(fout)
        return None


def _stand(form: BerekeningForm, onbekend: str) -> int:
    if onbekend:
        return 404
    if form.te_vaak:
        return 429
    return 400 if form.errors else 200


def _tabellen(request: HttpRequest, beeld: Beeld) -> dict[str, Tabel]:
    anders = beeld.vergelijking
    delen = {
        "stappen": (_STAPPEN, beeld.regels, "De berekening, stap voor stap"),
        "maanden": (_MAANDEN, beeld.jaarrijen, f"Het bedrag per maand in {beeld.jaar}"),
        "oorzaken": (_VERSCHIL, anders.oorzaken if anders else (), "Waardoor het bedrag verandert"),
        "naast": (_VERSCHIL, anders.regels if anders else (), "Alle stappen van beide dagen"),
    }
    return {
        naam: Tabel.van(request, kolommen, rijen, bijschrift=bijschrift)
        for naam, (kolommen, rijen, bijschrift) in delen.items()
    }


def _keuze(request: HttpRequest, code: str | None) -> list[Verwijzing]:
    """Whose settings count, for who did not sign in where there are more gemeenten."""
    alle = [] if request.user.is_authenticated else gemeenten()
    if len(alle) < 2:  # noqa: PLR2004
        return []
    hier = reverse("berekenen")
    return [
        Verwijzing("Landelijke waarden", hier, gekozen=code is None),
        *(Verwijzing(g.naam, f"{hier}?gemeente={g.code}", gekozen=g.code == code) for g in alle),
    ]
