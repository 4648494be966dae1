"""The outcome of other rules as a file: totals, and old and new side by side per employment."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kern import csvblad, klok, xlsxblad
from kern.toegang import toegang
from loonkostensubsidie.forms_geld import BASES, DELERS, ProefForm
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.rekenen.maandbedrag import Bedrag
from loonkostensubsidie.rekenen.vergelijking import Uitslag
from loonkostensubsidie.views.wetsproef import VORMEN, in_zicht, let_op
from loonkostensubsidie.wetsproef import Proef, Proefuitslag, alleen, probeer_wet
from regelgeving.rekenen.breuken import decimaal

_MAANDEN = 12
KOPPEN = (
    *("Subsidie", "Werknemer", "Werkgever", "Functie", "Uren per week", "Nu: subsidie", "Nu: werkgeverslasten"),
    *("Nu: samen", "Straks: subsidie", "Straks: werkgeverslasten", "Straks: samen", "Verschil per maand"),
    *("Verschil per jaar", "Waardoor", "Niet te berekenen"),
)
_SAMEN = ("Wat", "Nu per maand", "Straks per maand", "Verschil per maand", "Verschil per jaar")


@toegang("subsidie.zien")
@require_safe
@never_cache
def wetsproef_bestand(request: Any, vorm: str) -> HttpResponseBase:
    """Everybody in the file is in the read log; the totals are those of the rows in it."""
    if vorm not in VORMEN:
        raise Http404("Dit soort bestand maken we niet.")
    form = ProefForm(request.GET)
    if not form.is_valid():
        return redirect("subsidie_wetsproef")
    uitslag = probeer_wet(Proef(**form.cleaned_data))
    uitslag = alleen(uitslag, in_zicht(request, [een.sleutel for een in uitslag.vergelijking.uitslagen]))
    rijen = list(_rijen(uitslag))
    request.lezing.toon("subsidie.wetsproef", [_subsidie(uitslag, een).deelnemer_id for een in _alle(uitslag)])
    naam = f"andere-regels-{klok.vandaag().isoformat()}.{vorm}"
    if vorm == "xlsx":
        return xlsxblad.bestand(
            naam, xlsxblad.Blad("Samen", _SAMEN, _samen(uitslag)), xlsxblad.Blad("Per dienstverband", KOPPEN, rijen)
        )
    inhoud = csvblad.schrijf(KOPPEN, ([_tekst(waarde) for waarde in rij] for rij in [*rijen, _som(uitslag)]))
    antwoord = HttpResponse(inhoud, content_type=f"{csvblad.MEDIATYPE}; charset=utf-8")
    antwoord["Content-Disposition"] = f'attachment; filename="{naam}"'
    return antwoord


def _alle(uitslag: Proefuitslag) -> tuple[Uitslag[int], ...]:
    return uitslag.vergelijking.uitslagen


def _subsidie(uitslag: Proefuitslag, een: Uitslag[int]) -> Subsidie:
    return uitslag.subsidies[een.sleutel]


def _rond(bedrag: Fraction) -> Decimal:
    return decimaal(bedrag, 2)


def _bedragen(oud: Bedrag, nieuw: Bedrag) -> tuple[Decimal, ...]:
    """The eight amounts of a row, in euro; each rounded by itself from the exact one."""
    nu, straks = oud.lks + oud.werkgeverslasten, nieuw.lks + nieuw.werkgeverslasten
    exact = (oud.lks, oud.werkgeverslasten, nu, nieuw.lks, nieuw.werkgeverslasten, straks, straks - nu)
    return (*(_rond(bedrag) for bedrag in exact), _rond((straks - nu) * _MAANDEN))


def _rijen(uitslag: Proefuitslag) -> Iterator[tuple[xlsxblad.Waarde, ...]]:
    """Every subsidy, in order of name."""
    for een in sorted(_alle(uitslag), key=lambda een: (_subsidie(uitslag, een).deelnemer.sorteernaam, een.sleutel)):
        rij = _subsidie(uitslag, een)
        werk = rij.dienstverband
        wie = (rij.nummer, rij.deelnemer.naam, rij.werkgever.naam, werk.functie, werk.uren_per_week)
        if een.vergelijking is None:
            yield (*wie, *(None,) * 8, "", een.reden)
            continue
        door = ", ".join(oorzaak.naam for oorzaak in een.vergelijking.oorzaken)
        yield (*wie, *_bedragen(een.vergelijking.oud.bedrag, een.vergelijking.nieuw.bedrag), door, "")


def _som(uitslag: Proefuitslag) -> tuple[xlsxblad.Waarde, ...]:
    samen = uitslag.vergelijking
    return ("Samen", "", "", "", None, *_bedragen(samen.oud, samen.nieuw), "", "")


def _samen(uitslag: Proefuitslag) -> Iterator[tuple[xlsxblad.Waarde, ...]]:
    """Totals, what causes the difference, what was tried, and what the reader must know."""
    samen, proef = uitslag.vergelijking, uitslag.proef
    oud, nieuw = samen.oud, samen.nieuw
    for naam, nu, straks in (
        ("Loonkostensubsidie", oud.lks, nieuw.lks),
        ("Werkgeverslasten", oud.werkgeverslasten, nieuw.werkgeverslasten),
        ("Samen", oud.lks + oud.werkgeverslasten, nieuw.lks + nieuw.werkgeverslasten),
    ):
        yield naam, _rond(nu), _rond(straks), _rond(straks - nu), _rond((straks - nu) * _MAANDEN)
    yield ()
    for oorzaak, bedrag in samen.oorzaken.items():
        yield f"Door: {oorzaak}", None, None, _rond(bedrag), _rond(bedrag * _MAANDEN)
    yield ()
    yield "Subsidies in dit bestand", len(samen.uitslagen)
    yield "Lopende subsidies van", proef.nu
    yield "Met de regels van", proef.straks
    for naam, waarde in (
        ("Minimumloon erbij, in procent", proef.minimumloon_erbij),
        ("Werkgeverslasten, in procent", proef.werkgeverslasten),
        ("Hoogste deel van het minimumloon, in procent", proef.maximum),
        ("Vast deel in het eerste halfjaar, in procent", proef.forfait),
        ("Volle week", dict(DELERS)[proef.deler_uren] if proef.deler_uren else None),
        ("Loonwaarde telt van", dict(BASES)[proef.loonwaarde_basis] if proef.loonwaarde_basis else None),
    ):
        yield naam, "zoals bekend" if waarde is None else waarde
    for zin in let_op(uitslag):
        yield (zin,)


def _tekst(waarde: xlsxblad.Waarde) -> str:
    """A number as a Dutch spreadsheet reads it."""
    if waarde is None:
        return ""
    return str(waarde).replace(".", ",") if isinstance(waarde, Decimal) else str(waarde)
