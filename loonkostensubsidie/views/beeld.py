"""Parts that several pages of this room show: states, clocks, amounts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.urls import reverse

from kern import klok
from kern import onderdelen as o
from kern.tabel import Kolom
from kern.weergave import datum, euro, kortedatum
from loonkostensubsidie.aanvraagklok import dwangsom, kleur
from loonkostensubsidie.aanvraagtoestanden import AANVRAAG, BESCHIKKING
from loonkostensubsidie.geldvragen import ruimte
from loonkostensubsidie.models import Aanvraag, Beschikking
from loonkostensubsidie.toestanden import SUBSIDIE
from organisatie.keuzes import Geldbron

ZIEN = ("subsidie.zien", "subsidie.aanvragen")
AANVRAGEN = ("subsidie.aanvragen", "subsidie.behandelen")
BEHANDELEN = "subsidie.behandelen"
GOEDKEUREN = "subsidie.goedkeuren"
#: First column of a list of decisions.
BESLUIT_VOOR_WIE = Kolom(
    "deelnemer",
    "Voor wie",
    kop=True,
    waarde=lambda b: b.deelnemer.naam,
    link=lambda b: reverse("lks_besluit", args=[b.kenmerk]),
    onder=lambda b: b.werkgever.naam,
)


def aanvraagmerk(rij: Aanvraag) -> o.Merk:
    return o.toestandmerk(AANVRAAG.toestand(rij.status))


def besluitmerk(rij: Beschikking, url: str = "") -> o.Merk:
    return o.toestandmerk(BESCHIKKING.toestand(rij.status), url=url)


def subsidiemerk(rij: Any) -> o.Merk:
    return o.toestandmerk(SUBSIDIE.toestand(rij.status))


def klokmerk(rij: Aanvraag) -> o.Merk | str:
    """How much time there is to decide."""
    if not rij.is_open or rij.status == "concept":
        return ""
    if rij.status == "aanvulling_gevraagd":
        return o.Merk("Klok staat stil", "info")
    if rij.beslis_voor is None:
        return o.Merk("Wacht op de meting")
    vandaag = klok.vandaag()
    dagen = (rij.beslis_voor - vandaag).days
    tekst = f"Te laat sinds {kortedatum(rij.beslis_voor)}" if dagen < 0 else f"Tot en met {kortedatum(rij.beslis_voor)}"
    return o.Merk(tekst, kleur(rij.beslis_voor, vandaag))


def klokfeiten(rij: Aanvraag, pauzes: list[Any]) -> list[o.Feit]:
    """The term, when it stood still, and what lateness costs."""
    feiten = []
    if rij.ontvangen_op:
        feiten.append(o.Feit("Ontvangen", datum(rij.ontvangen_op)))
    if rij.klok_vanaf:
        feiten.append(o.Feit("Termijn loopt vanaf", datum(rij.klok_vanaf), onder=rij.get_klokbegin_display()))
    if rij.beslis_voor:
        feiten.append(o.Feit("Besluit uiterlijk op", datum(rij.beslis_voor), onder="Participatiewet art. 10d lid 12"))
    elif rij.ontvangen_op:
        feiten.append(o.Feit("Besluit uiterlijk op", "nog niet bekend", onder="De termijn begint bij de meting."))
    for pauze in pauzes:
        tot = (
            f"aangevuld op {datum(pauze.einddatum)}" if pauze.einddatum else f"tot en met {datum(pauze.aanvullen_voor)}"
        )
        feiten.append(o.Feit(f"Stil na {kortedatum(pauze.begindatum)}", tot, onder=pauze.gevraagd))
    return feiten + _laatheid(rij)


def _laatheid(rij: Aanvraag) -> list[o.Feit]:
    vandaag = klok.vandaag()
    if not rij.is_open or rij.beslis_voor is None or rij.beslis_voor >= vandaag:
        return []
    if rij.ingebreke_op is None:
        return [o.Feit("In gebreke gesteld", "nog niet", onder="Dan begint twee weken later de dwangsom (Awb 4:17).")]
    som = dwangsom(rij.ingebreke_op, rij.beslis_voor, vandaag)
    onder = f"vanaf {datum(som.eerste_dag)}, hoogstens tot en met {datum(som.laatste_dag)}"
    if som.status != "bevestigd":
        onder += "; het bedrag per dag is nog niet bevestigd"
    return [
        o.Feit("In gebreke gesteld", datum(rij.ingebreke_op)),
        o.Feit("Dwangsom tot nu", euro(som.bedrag), onder=onder),
    ]


def bedragfeiten(rij: Beschikking) -> list[o.Feit]:
    """The amounts of a decision, with the difference to the one before."""
    if rij.totaal is None:
        return []
    feiten = [
        o.Feit("Subsidie per maand", euro(rij.subsidiebedrag)),
        o.Feit("Werkgeverslasten per maand", euro(rij.werkgeverslasten)),
        o.Feit("Samen per maand", euro(rij.totaal)),
    ]
    if rij.vorig_totaal is not None:
        feiten.append(
            o.Feit("Hiervoor", euro(rij.vorig_totaal), onder=f"verschil {euro(rij.totaal - rij.vorig_totaal)}")
        )
    return feiten


def ruimtefeiten(dag: dt.date, bron: str = Geldbron.W_DEEL, zonder: str = "") -> list[o.Feit]:
    """What is left of a source of money in the year of this day; `zonder` says what does not count yet."""
    stand = ruimte(dag, bron)
    if stand is None or stand.over is None:
        return [o.Feit(f"Budget {dag.year}", "nog niet ingevuld", onder=stand.naam if stand else "")]
    return [
        o.Feit(f"Budget {dag.year}", euro(stand.budget), onder=stand.naam),
        o.Feit("Geboekt en verwacht", euro(stand.geboekt + stand.verwacht + stand.scholing)),
        o.Feit("Nog vrij", euro(stand.over), onder=zonder),
    ]
