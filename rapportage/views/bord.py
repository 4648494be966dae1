"""The management contract: nine tiles, the pace, and where the year stands."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from kern import grafieken
from kern import onderdelen as o
from kern.tabel import Kolom, Tabel
from kern.toegang import toegang
from kern.weergave import KORTE_MAANDEN, datum, getal, procent
from rapportage import klein
from rapportage.bord import Bord, Keuze, Oordeel, beoordeel, maak_bord, tempo
from rapportage.cijfers import streefwaarden
from rapportage.keuzes import Dimensie
from rapportage.motor.standen import dagen
from rapportage.naast import CODES, Naast, naast_uitstroom
from rapportage.toegang import mag_personen
from rapportage.views.hulp import TE_KLEIN, cijfertekst, lees_keuze, verborgen


@toegang("kpi.zien")
@require_GET
def prestatiecontract(request: Any) -> HttpResponse:
    """The dashboard for the whole department, a pillar or a team."""
    keuze, balk = lees_keuze(request)
    lijn = request.GET.get("lijn", "1.0")
    if lijn not in keuze.actueel or keuze.actueel[lijn].definitie.ratio:
        lijn = "1.0"
    weg = verborgen(request, keuze)
    bord = maak_bord(keuze, lijn) if keuze.actueel else None
    context: dict[str, Any] = {
        "keuze": keuze,
        "balk": balk,
        "titel": f"Prestatiecontract {keuze.jaar}",
        "kruimels": [],
        "mag_personen": mag_personen(request.rechten),
        "run": keuze.run,
    }
    if bord is not None and keuze.run:
        grens = 0 if context["mag_personen"] else klein.drempel()
        codes = [c for c, a in keuze.actueel.items() if a.versie.indicator.op_dashboard]
        oordelen = {c: beoordeel(keuze.actueel[c].definitie, bord.waarde(c), bord.doel(c), bord.tempo) for c in codes}
        context |= {
            "tegels": [_tegel(bord, code, oordelen[code], weg, grens) for code in codes],
            "conclusie": conclusie(bord, oordelen, weg),
            "grafiek": None if lijn in weg else trend(bord, lijn, grens),
            "lijn": keuze.actueel[lijn].versie.indicator,
            "tempo": bord.tempo * 100,
            "telwaker_url": keuze.url(reverse("telwaker")),
            "voor_wie": _voor_wie(balk, keuze),
            "naast": _naasttabel(request, keuze, naast_uitstroom(bord, weg, personen=context["mag_personen"])),
        }
    return render(request, "rapportage/prestatiecontract.html", context)


def _naasttabel(request: Any, keuze: Keuze, rijen: list[Naast]) -> Tabel | None:
    """Outflow beside stops and maatregelen per team; each number opens the persons behind it."""
    if not rijen:
        return None

    def adres(rij: Naast, code: str) -> str:
        anders = {} if rij.team is None else {"wie": f"{Dimensie.TEAM.value}:{rij.team}"}
        return keuze.url(reverse("cijfer", args=[code]), **anders)

    def kolom(code: str) -> Kolom:
        def waarde(rij: Naast) -> str:
            hoeveel = rij.aantal(code)
            return "te klein" if hoeveel is None else str(getal(hoeveel))

        def link(rij: Naast) -> str:
            return "" if rij.aantal(code) is None else adres(rij, code)

        return Kolom(code, keuze.actueel[code].versie.indicator.naam, waarde=waarde, link=link, soort="getal")

    kolommen = (Kolom("naam", "Team", kop=True), *(kolom(code) for code in CODES))
    return Tabel.van(request, kolommen, rijen, bijschrift="Uitstroom, stopgezet en maatregelen per team", dicht=True)


def _voor_wie(balk: o.Filterbalk, keuze: Keuze) -> str:
    """In words whose figures these are."""
    velden: Any = balk.formulier.fields
    wie = dict(velden["wie"].choices).get(f"{keuze.dimensie}:{keuze.waarde}", "Heel W&R")
    groep = dict(velden["doelgroep"].choices)[keuze.doelgroep]
    return f"{wie}, doelgroep {groep}" if keuze.doelgroep else str(wie)


def _tegel(bord: Bord, code: str, oordeel: Oordeel | None, weg: set[str], grens: int = 0) -> o.Tegel:
    actueel, keuze = bord.keuze.actueel[code], bord.keuze
    indicator, definitie, telling = actueel.versie.indicator, actueel.definitie, bord.nu[code]
    url = keuze.url(reverse("cijfer", args=[code]))
    if code in weg:
        return o.Tegel(indicator.naam, "te klein", url, onder=indicator.kort, voet=TE_KLEIN)
    doel = bord.doel(code)
    doeltekst = ""
    if doel is not None:
        doeltekst = f"doel {procent(doel, 0)}" if definitie.ratio else f"van {getal(doel)}"
    waarde = bord.waarde(code)
    stroom = oordeel is not None and definitie.meting == "stroom" and not definitie.ratio
    return o.Tegel(
        indicator.naam,
        cijfertekst(definitie, telling),
        url,
        onder=f"{indicator.kort}: {getal(telling.teller)} van {getal(telling.noemer)}"
        if definitie.ratio
        else indicator.kort,
        doel=doeltekst,
        merk=o.Merk(oordeel.woorden, oordeel.kleur) if oordeel else None,  # type: ignore[arg-type]
        voet=_voet(bord, code, weg, grens),
        stand=float(waarde) if waarde is not None and doel is not None else None,
        streef=float(doel) if doel is not None else None,
        tempo=oordeel.nu_nodig if stroom and oordeel else None,
        uitleg=definitie.wat,
    )


def _voet(bord: Bord, code: str, weg: set[str], grens: int = 0) -> str:
    """The sentence at the foot of a tile: the other reading that belongs beside it; without a small number below
    `grens`.
    """
    nu, actueel = bord.nu, bord.keuze.actueel

    def ander(anders: str) -> str:
        return cijfertekst(actueel[anders].definitie, nu[anders]) if anders in nu and anders not in weg else "–"

    telling = nu[code]
    stop_klein = any(klein.is_klein_getal(n, grens) for n in (telling.stopgezet, telling.teller - telling.stopgezet))
    if f"{code}-jaar" in nu:
        return f"In het hele jaar {ander(f'{code}-jaar')} personen"
    if code == "1.4-strikt":
        zonder = telling.teller - telling.stopgezet
        deel = procent(zonder / telling.noemer * 100) if telling.noemer else "–"
        alle = ander("1.4-alle-tredes")
        deel = "–" if stop_klein else deel
        return f"Ruim geteld {ander('1.4-ruim')}. Zonder stopzetting {deel}. Alle tredes {alle}."
    if code == "1.1":
        return f"Overloop {ander('overloop')}, staat apart. Wacht op inkomen: {ander('wacht')}."
    if actueel[code].definitie.soort == "trajecteinde" and telling.stopgezet and not stop_klein:
        return f"Waarvan stopgezet {getal(telling.stopgezet)}"
    if code == "1.0":
        return f"Overleden {ander('overlijden')}, telt nergens."
    return ""


def conclusie(bord: Bord, oordelen: dict[str, Oordeel | None], weg: set[str]) -> str:
    """One sentence under the heading: what goes well and what does not."""
    zinnen = []
    for code, naam in (
        ("1.1", "Naar werk"),
        ("overige", "Overige uitstroom"),
        ("1.4-strikt", "Succes trede 3"),
    ):
        oordeel = oordelen.get(code)
        if oordeel is None or code in weg:
            continue
        woord = oordeel.woorden
        if woord.endswith(" voor"):
            zinnen.append(f"{naam} loopt {woord}")
        elif woord == "Op tempo":
            zinnen.append(f"{naam} loopt op tempo")
        elif woord == "Gehaald":
            zinnen.append(f"{naam} is gehaald")
        else:
            zinnen.append(f"{naam} is {woord}")
    if not zinnen:
        return f"De stand op {datum(bord.keuze.peildatum)}. Voor deze keuze zijn geen streefcijfers vastgelegd."
    eerste, rest = zinnen[0], [z[:1].lower() + z[1:] for z in zinnen[1:]]
    return ", ".join([eerste, *rest]) + "."


def trend(bord: Bord, lijn: str, grens: int = 0) -> grafieken.Lijngrafiek:
    """This year, where we should be, and last year, per month; no step below `grens` shows."""
    keuze = bord.keuze
    indicator, definitie = keuze.actueel[lijn].versie.indicator, keuze.actueel[lijn].definitie
    doel = bord.doel(lijn)
    einden = [_eind(keuze, m) for m in range(1, 13)]
    nu = [_punt(bord, lijn, d) for d in einden]
    vorig = [
        _punt(bord, lijn, d.replace(year=d.year - 1, day=28 if (d.month, d.day) == (2, 29) else d.day))
        for d in _maandeinden(keuze)
    ]
    nu, vorig = (_zonder_kleine_stap(bord, lijn, punten, grens) for punten in (nu, vorig))
    reeksen = [
        grafieken.Reeks(str(keuze.jaar), nu, "nu"),
        grafieken.Reeks(str(keuze.jaar - 1), vorig, "vorig"),
    ]
    zinnen = [f"Op {datum(keuze.peildatum)} waren het er {getal(bord.nu[lijn].teller)}."]
    if doel is not None and definitie.meting == "stroom":
        nodig = [float(doel) * tempo(bord.geheel, d) for d in _maandeinden(keuze)]
        reeksen.insert(1, grafieken.Reeks("Nodig op dat moment", [round(n) for n in nodig], "tempo"))
        zinnen.append(f"Nodig waren er {getal(round(float(doel) * bord.tempo))}, op weg naar {getal(doel)}.")
    bekend = bord.reeksen.get((lijn, _maandeinden(keuze)[11].replace(year=keuze.jaar - 1)))
    if bekend is not None and not klein.is_klein_getal(bekend.teller, grens):
        zinnen.append(f"In heel {keuze.jaar - 1} waren het er {getal(bekend.teller)}.")
    return grafieken.lijngrafiek(
        list(KORTE_MAANDEN),
        reeksen,
        titel=f"{indicator.naam} per maand, {keuze.jaar}",
        beschrijving=" ".join(zinnen),
        eenheid=definitie.eenheid,
    )


def _zonder_kleine_stap(bord: Bord, lijn: str, punten: list[float | None], grens: int) -> list[float | None]:
    """For who may not see persons: no point that says something about a few of them."""
    if not grens:
        return punten
    heel = [None if punt is None else int(punt) for punt in punten]
    if bord.keuze.actueel[lijn].definitie.meting == "stroom":
        return list(klein.te_tonen(heel, grens))
    return [None if punt is None or klein.is_klein_getal(punt, grens) else punt for punt in heel]


def _maandeinden(keuze: Keuze) -> list[Any]:
    return dagen(keuze.peildatum.replace(month=12, day=31), 12)


def _eind(keuze: Keuze, maand: int) -> Any:
    eind = _maandeinden(keuze)[maand - 1]
    return min(eind, keuze.peildatum) if eind.month <= keuze.peildatum.month else None


def _punt(bord: Bord, lijn: str, dag: Any) -> float | None:
    telling = bord.reeksen.get((lijn, dag)) if dag else None
    return None if telling is None else telling.teller


@toegang("kpi.personen")
@require_GET
def telwaker(request: Any) -> HttpResponse:
    """Naive against counted, with the difference per reason (leap 2)."""
    keuze, balk = lees_keuze(request)
    blokken = []
    for code in ("1.0", "1.1"):
        if code not in keuze.actueel:
            continue
        actueel, vraag = keuze.actueel[code], keuze.vraag(code)
        per_regel, (naief, verschil) = vraag.per_regel(), vraag.naief()
        geteld = naief - sum(verschil.values())
        adres = reverse("cijfer", args=[code])
        blokken.append(
            {
                "indicator": actueel.versie.indicator,
                "naief": naief,
                "geteld": geteld,
                "redenen": [
                    (actueel.definitie.regel(nr), aantal, keuze.url(adres, regel=nr)) for nr, aantal in verschil.items()
                ],
                "heropend": per_regel.get(1, 0),
                "heropend_url": keuze.url(adres, regel=1),
                "achteraf": vraag.achteraf(),
                "url": keuze.url(adres),
            }
        )
    return render(
        request,
        "rapportage/telwaker.html",
        {
            "keuze": keuze,
            "balk": balk,
            "blokken": blokken,
            "doelen": streefwaarden(keuze.jaar),
            "kruimels": [o.Verwijzing("Prestatiecontract", keuze.url(reverse("prestatiecontract")))],
        },
    )
