"""What the pages with figures share: the filter, and the words for a row."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.http import Http404

from aanmeldingen.keuzes import BRONNEN
from deelnemers.models import Inhaalcampagne
from deelnemers.toegang import verborgen_groepen
from kern import klok
from kern import onderdelen as o
from kern.weergave import getal, hoofdletter, kortedatum, procent, uren
from rapportage import klein
from rapportage.bord import Keuze, alle_teams, keuzelijst
from rapportage.forms import KeuzeForm
from rapportage.keuzes import (
    Aanmeldstand,
    Beloftestand,
    Diagnosestand,
    Dimensie,
    Feitsoort,
    Inhaalstand,
    Maatregelstand,
    Meting,
    Onderdeelstart,
    Onderdeelverloop,
    Routestand,
)
from rapportage.motor.definitie import Definitie
from rapportage.motor.standen import Actueel, dagen, goedgekeurde_versies
from rapportage.motor.taal import BUS_REDENEN, UITKOMSTEN, VORMEN
from rapportage.motor.vraag import Rij, Telling, tellingen
from rapportage.toegang import mag_personen
from regelgeving import opzoeken

TE_KLEIN = "Dit aantal is te klein om te laten zien. Zo blijven mensen onherkenbaar."


def lees_keuze(request: Any) -> tuple[Keuze, o.Filterbalk]:
    """The choice of the reader and the filter bar. Who may not see persons gets whole months only."""
    alles = mag_personen(request.rechten)
    goedgekeurd = goedgekeurde_versies()
    nummers = sorted({rij.nummer for rij in goedgekeurd}, reverse=True)
    versies = [("", "Zoals nu geldt"), *((n, f"Versie {n}") for n in nummers)] if alles else []
    teams = alle_teams()
    wie = [*keuzelijst(teams), *_verwijzer(request.GET.get("wie", ""))]
    # A figure of a group that tells of somebody's health is special data too (R228).
    verborgen = verborgen_groepen(request.rechten)
    alle_groepen = opzoeken.keuzes("doelgroepen", klok.vandaag(), afgeschermd=False)
    groepen = [(code, naam) for code, naam in alle_groepen if code not in verborgen]
    form = KeuzeForm(request.GET, auto_id="filter_%s", wie=wie, versies=versies, doelgroepen=groepen, alles=alles)
    form.is_valid()
    schoon = form.cleaned_data
    dimensie, _, waarde = (schoon.get("wie") or "").partition(":")
    keuze = Keuze(
        dimensie or Dimensie.HEEL.value,
        waarde,
        schoon.get("peildatum"),
        schoon.get("bekend_op"),
        schoon.get("versie") or "",
        {t.pk: t.naam for t in teams},
        schoon.get("vanaf"),
        schoon.get("doelgroep") or "",
        goedgekeurd,
    )
    if not alles and not keuze.van_de_nacht:
        # Of a split that the night does not keep, two days side by side could give one person away.
        keuze.peildatum_gevraagd = None
    if not alles and keuze.run and keuze.peildatum_gevraagd:
        keuze.peildatum_gevraagd = max(
            (d for d in dagen(keuze.run.peildatum) if d <= keuze.peildatum_gevraagd), default=None
        )
    return keuze, o.filterbalk(request, form)


def _verwijzer(gevraagd: str) -> list[tuple[str, str]]:
    """The option for a source or a team of a source, when the address asks for one; other pages lead there."""
    dimensie, _, waarde = gevraagd.partition(":")
    if dimensie == Dimensie.BRON and waarde:
        return [(gevraagd, f"Van {opzoeken.label(BRONNEN, waarde)}")]
    if dimensie == Dimensie.CAMPAGNE and waarde.isascii() and waarde.isdecimal():
        campagne = Inhaalcampagne.objects.filter(pk=int(waarde)).first()
        return [(gevraagd, f"Inhaalslag {campagne.naam}")] if campagne else []
    if dimensie == Dimensie.VERWIJZER and "/" in waarde:
        bron, _, team = waarde.partition("/")
        return [(gevraagd, f"Van {opzoeken.label(BRONNEN, bron)}, {team or 'team niet genoemd'}")]
    return []


def actueel_of_404(keuze: Keuze, code: str) -> Actueel:
    if code not in keuze.actueel:
        raise Http404("Dit cijfer bestaat niet.")
    return keuze.actueel[code]


def verborgen(request: Any, keuze: Keuze) -> set[str]:
    """Codes of figures that this reader may not see for this choice because they are small."""
    if mag_personen(request.rechten):
        return set()
    return _verborgen_van(keuze) if keuze.van_de_nacht else _verborgen_los(keuze)


def _verborgen_van(keuze: Keuze) -> set[str]:
    """Of a split that the night keeps, beside its siblings and the months before."""
    delen = klein.delen_van(keuze.actueel.values(), keuze.peildatum)
    weg = klein.verborgen(keuze.actueel, delen, keuze.dimensie, keuze.waarde)
    if keuze.run is not None and keuze.peildatum < keuze.run.peildatum:
        weg |= klein.kleine_stap(keuze.actueel, keuze, keuze.run.peildatum)
    return weg


def _verborgen_los(keuze: Keuze) -> set[str]:
    """Of a split that the night does not keep: judge each figure by itself, and for a target group also who is not in
    it. Without their group the same people are on the page too.
    """
    grens = klein.drempel()
    deel = tellingen({code: keuze.vraag(code) for code in keuze.actueel})
    weg = {code for code, telling in deel.items() if klein.is_klein(telling, grens)}
    if keuze.doelgroep:
        iedereen = replace(keuze, doelgroep="")
        heel = tellingen({code: iedereen.vraag(code) for code in keuze.actueel})
        weg |= {code for code in deel if klein.is_klein(_verschil(heel[code], deel[code]), grens)}
        weg |= _verborgen_van(iedereen) if iedereen.van_de_nacht else _verborgen_los(iedereen)
    return weg


def _verschil(heel: Telling, deel: Telling) -> Telling:
    return Telling(heel.teller - deel.teller, heel.noemer - deel.noemer)


def cijfertekst(definitie: Definitie, telling: Telling) -> str:
    """A figure as people write it."""
    waarde = telling.waarde(ratio=definitie.ratio)
    if waarde is None:
        return "–"
    return procent(waarde) if definitie.ratio else getal(waarde)


#: Words for the state of a fact, by its kind.
_STANDEN: dict[str, Any] = {
    Feitsoort.AANMELDING.value: Aanmeldstand,
    Feitsoort.DIAGNOSE.value: Diagnosestand,
    Feitsoort.ONDERDEEL.value: Onderdeelstart,
    Feitsoort.ROUTE.value: Routestand,
    Feitsoort.INHAAL.value: Inhaalstand,
    Feitsoort.BELOFTE.value: Beloftestand,
    Feitsoort.MAATREGEL.value: Maatregelstand,
}


def _stand_in_woorden(rij: Rij, definitie: Definitie) -> str:
    """How a fact stands, and for a part or a route what became of it."""
    delen = [_STANDEN[definitie.soort](rij.status).label]
    if definitie.soort == Feitsoort.ONDERDEEL:
        delen.append(Onderdeelverloop(rij.groep).label)
    if definitie.soort in {Feitsoort.ROUTE, Feitsoort.INHAAL} and rij.uitkomst:
        delen.append(UITKOMSTEN.get(rij.uitkomst, rij.uitkomst))
    tekst = ", ".join(delen)
    return hoofdletter(tekst)


def wat_gebeurde(rij: Rij, definitie: Definitie) -> str:
    """What happened, in a few words."""
    if definitie.soort in _STANDEN:
        return _stand_in_woorden(rij, definitie)
    if rij.vorm:
        return VORMEN.get(rij.vorm, rij.vorm)
    delen = [UITKOMSTEN.get(rij.uitkomst, rij.uitkomst)]
    if rij.uren:
        delen.append(uren(rij.uren))
    if rij.bus_reden and rij.uitkomst in {"", "overig", "school"}:
        delen.append(BUS_REDENEN.get(rij.bus_reden, rij.bus_reden))
    return ", ".join(delen)


def wanneer(rij: Rij, definitie: Definitie, jaar: int) -> str:
    """The day of a row, or its period."""
    if definitie.meting == Meting.STROOM:
        return kortedatum(rij.dag, jaar=jaar)
    tot = f" tot {kortedatum(rij.geldig_tot, jaar=jaar)}" if rij.geldig_tot else ""
    return f"vanaf {kortedatum(rij.geldig_van, jaar=jaar)}{tot}"
