"""What the pages with figures share: the filter, and the words for a row."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from aanmeldingen.keuzes import BRONNEN
from deelnemers.models import Inhaalcampagne
from kern import onderdelen as o
from kern.weergave import getal, hoofdletter, kortedatum, procent, uren
from rapportage import klein
from rapportage.bord import Keuze, alle_teams, keuzelijst
from rapportage.forms import KeuzeForm
from rapportage.keuzes import (
    KENMERKDIMENSIE,
    Aanmeldstand,
    Diagnosestand,
    Dimensie,
    Feitsoort,
    Inhaalstand,
    Meting,
    Onderdeelstart,
    Onderdeelverloop,
    Routestand,
)
from rapportage.models import Indicatorversie
from rapportage.motor.definitie import Definitie
from rapportage.motor.standen import Actueel, dagen
from rapportage.motor.taal import BUS_REDENEN, UITKOMSTEN, VORMEN
from rapportage.motor.vraag import Rij, Telling, tellingen
from rapportage.toegang import mag_personen
from regelgeving import opzoeken

TE_KLEIN = "Dit aantal is te klein om te laten zien. Zo blijven mensen onherkenbaar."


def lees_keuze(request: Any) -> tuple[Keuze, o.Filterbalk]:
    """The choice of the reader and the filter bar. Who may not see persons gets whole months only."""
    alles = mag_personen(request.rechten)
    nummers = (
        Indicatorversie.objects.filter(status="goedgekeurd")
        .order_by("-nummer")
        .values_list("nummer", flat=True)
        .distinct()
    )
    versies = [("", "Zoals nu geldt"), *((n, f"Versie {n}") for n in nummers)] if alles else []
    teams = alle_teams()
    wie = [*keuzelijst(teams), *_verwijzer(request.GET.get("wie", ""))]
    form = KeuzeForm(request.GET, auto_id="filter_%s", wie=wie, versies=versies, alles=alles)
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
    )
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
    if keuze.dimensie in KENMERKDIMENSIE:
        # The night does not keep these: judge each figure by itself.
        tellingen_ = tellingen({code: keuze.vraag(code) for code in keuze.actueel})
        return {code for code, telling in tellingen_.items() if klein.is_klein(telling, klein.drempel())}
    delen = klein.delen_van(keuze.actueel.values(), keuze.peildatum)
    weg = klein.verborgen(keuze.actueel, delen, keuze.dimensie, keuze.waarde)
    if keuze.run is not None and keuze.peildatum < keuze.run.peildatum:
        weg |= klein.kleine_stap(keuze.actueel, keuze, keuze.run.peildatum)
    return weg


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
