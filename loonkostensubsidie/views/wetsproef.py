"""Try out other rules over the running file: what changes, for whom, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import aantal, datum, euro, getal
from loonkostensubsidie.forms_geld import ProefForm
from loonkostensubsidie.models import Subsidie
from loonkostensubsidie.rekenen.vergelijking import Vergelijking
from loonkostensubsidie.toegang import SUBSIDIE
from loonkostensubsidie.wetsproef import Proef, Proefuitslag, probeer_wet
from regelgeving.rekenen.breuken import decimaal

#: The outcome as a file: extension and what the button says.
VORMEN = {"xlsx": "Excel", "csv": "CSV"}
_MEESTE = 25  # people shown: those whose amount changes most
_MAANDEN = 12


def _bedrag(waarde: Fraction) -> str:
    return euro(decimaal(waarde, 2))


def _totaal(vergelijking: Vergelijking, kant: str) -> Fraction:
    bedrag = getattr(vergelijking, kant).bedrag
    return Fraction(bedrag.lks + bedrag.werkgeverslasten)


KOLOMMEN = (
    Kolom(
        "wie",
        "Voor wie",
        kop=True,
        waarde=lambda r: r[0].deelnemer.naam,
        link=lambda r: reverse("subsidie", args=[r[0].kenmerk]),
        onder=lambda r: r[0].nummer,
    ),
    Kolom("nu", "Nu per maand", waarde=lambda r: _bedrag(_totaal(r[1], "oud")), soort="getal"),
    Kolom("straks", "Straks per maand", waarde=lambda r: _bedrag(_totaal(r[1], "nieuw")), soort="getal"),
    Kolom("verschil", "Verschil", waarde=lambda r: _bedrag(_anders(r[1])), soort="getal"),
    Kolom("door", "Door", waarde=lambda r: _door(r[1]), breed=True),
)
_OORZAAK = (
    Kolom("wat", "Waardoor", kop=True, waarde=lambda r: r[0]),
    Kolom("maand", "Per maand", waarde=lambda r: _bedrag(r[1]), soort="getal"),
    Kolom("jaar", "Per jaar", waarde=lambda r: _bedrag(r[1] * _MAANDEN), soort="getal"),
)


def _anders(vergelijking: Vergelijking) -> Fraction:
    return _totaal(vergelijking, "nieuw") - _totaal(vergelijking, "oud")


def _door(vergelijking: Vergelijking) -> str:
    return ", ".join(oorzaak.naam for oorzaak in vergelijking.oorzaken) or "Niets verandert"


@toegang("subsidie.zien")
@require_safe
def wetsproef(request: Any) -> HttpResponse:
    """The running file under the rules of two days; nothing is stored."""
    vandaag = klok.vandaag()
    begin = {"nu": vandaag, "straks": dt.date(vandaag.year + 1, 1, 1)}
    form = ProefForm(request.GET if "nu" in request.GET else None, initial=begin)
    context: dict[str, Any] = {"form": form, "stand": None}
    if form.is_bound and form.is_valid():
        context["stand"] = _stand(request, probeer_wet(Proef(**form.cleaned_data)))
        context["bestanden"] = [
            (label, f"{reverse('subsidie_wetsproef_bestand', args=[vorm])}?{request.GET.urlencode()}")
            for vorm, label in VORMEN.items()
        ]
    return render(request, "loonkostensubsidie/wetsproef.html", context)


def _stand(request: Any, uitslag: Proefuitslag) -> dict[str, Any]:
    samen = uitslag.vergelijking
    oud = samen.oud.lks + samen.oud.werkgeverslasten
    nieuw = samen.nieuw.lks + samen.nieuw.werkgeverslasten
    paren = [(uitslag.subsidies[u.sleutel], u.vergelijking) for u in samen.uitslagen if u.vergelijking is not None]
    anders = sum(_anders(vergelijking) != 0 for _, vergelijking in paren)
    return {
        "zin": _zin(uitslag, [vergelijking for _, vergelijking in paren], nieuw - oud),
        "let_op": let_op(uitslag),
        "feiten": [
            o.Feit("Nu per maand", _bedrag(oud), onder=f"regels van {datum(uitslag.proef.nu)}"),
            o.Feit("Straks per maand", _bedrag(nieuw), onder=f"regels van {datum(uitslag.proef.straks)}"),
            o.Feit("Verschil per jaar", _bedrag((nieuw - oud) * _MAANDEN)),
            o.Feit("Brieven", getal(anders), onder="een besluit aan wie een ander bedrag krijgt"),
        ],
        "oorzaken": Tabel.van(request, _OORZAAK, list(samen.oorzaken.items()), bijschrift="Waardoor", dicht=True)
        if samen.oorzaken
        else None,
        "mensen": _mensen(request, paren),
    }


def in_zicht(request: Any, subsidies: Iterable[int]) -> set[int]:
    """The subsidies (primary keys) that this user may see."""
    zichtbaar = SUBSIDIE.beperk(Subsidie.objects.filter(pk__in=list(subsidies)), request.medewerker)
    return set(zichtbaar.values_list("pk", flat=True))


def _mensen(request: Any, paren: list[tuple[Subsidie, Vergelijking]]) -> Tabel:
    """Those whose amount changes most, of the people whom this user may see."""
    anders = sorted((p for p in paren if _anders(p[1])), key=lambda p: (-abs(_anders(p[1])), p[0].pk))
    mag = in_zicht(request, [rij.pk for rij, _ in anders])
    rijen = [paar for paar in anders if paar[0].pk in mag][:_MEESTE]
    request.lezing.toon("subsidie.lijst", [rij.deelnemer_id for rij, _ in rijen])
    leeg = o.Leeg("Voor niemand verandert er iets", "De bedragen zijn op beide dagen gelijk.", "vink")
    if not paren:
        leeg = o.Leeg("Niets te vergelijken", "Geen enkele subsidie is met deze regels uit te rekenen.", "driehoek")
    return Tabel.van(request, KOLOMMEN, rijen, bijschrift="Grootste verschillen", leeg=leeg)


def _zin(uitslag: Proefuitslag, alle: list[Vergelijking], verschil: Fraction) -> str:
    """Who gets more, who less, in one sentence."""
    meer = sum(_anders(v) > 0 for v in alle)
    minder = sum(_anders(v) < 0 for v in alle)
    richting = "meer" if verschil > 0 else "minder"
    kop = f"Samen {_bedrag(abs(verschil))} {richting} per maand" if verschil else "Samen evenveel per maand"
    return (
        f"{kop}, over {aantal(len(alle), 'subsidie', 'subsidies')}: {meer} hoger, {minder} lager, "
        f"{len(alle) - meer - minder} gelijk."
    )


def let_op(uitslag: Proefuitslag) -> list[str]:
    """What the reader must know about the outcome."""
    zinnen = []
    if uitslag.geschat_vanaf:
        zinnen.append(f"Vanaf {datum(uitslag.geschat_vanaf)} is het minimumloon niet bekend. Het laatste bedrag telt.")
    if uitslag.opgeschort:
        zinnen.append(f"Nu opgeschort en niet meegeteld: {uitslag.opgeschort}.")
    zonder = uitslag.vergelijking.niet_berekend
    if zonder:
        zinnen.append(f"Niet te berekenen: {len(zonder)}. {zonder[0].reden}")
    return zinnen
