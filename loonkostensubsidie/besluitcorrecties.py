"""What a decision does to months that were booked before it: the letter tells it per month (R148, R149)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.maandrekenen import reken_maand
from loonkostensubsidie.models import Beschikking, Subsidie
from loonkostensubsidie.querysets import laatste_berekeningen, standen
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.maandbedrag import Afgerond
from loonkostensubsidie.rekenen.verschil import leg_uit
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.wetgeving import huidige_wetgeving

#: Decisions that follow facts which stand there already; what the others do is known once they are taken.
_VOORAF = frozenset({Besluitsoort.WIJZIGING, Besluitsoort.HERZIENING})


@dataclass(frozen=True)
class Maandcorrectie:
    """One month of the employment in euro, all its rights together, and why in words for the employer."""

    maand: dt.date
    was: Decimal
    wordt: Decimal
    uitleg: str

    @property
    def verschil(self) -> Decimal:
        return self.wordt - self.was


def correcties_van(rij: Beschikking) -> list[Maandcorrectie]:
    """Booked months that come to something else, in five queries; empty when there are none or they cannot be told."""
    if rij.dienstverband_id is None or (rij.soort not in _VOORAF and rij.status != "vastgesteld"):
        return []
    rechten = list(
        Subsidie.objects.filter(dienstverband=rij.dienstverband_id, richting=Richting.BETALEN)
        .select_related("deelnemer", "dienstverband", "regeling")
        .order_by("pk")
    )
    geboekt = standen([recht.pk for recht in rechten])
    vanaf = rij.ingangsdatum.replace(day=1)
    alles = rij.soort == Besluitsoort.INTREKKING
    maanden = sorted({maand for per in geboekt.values() for maand in per if alles or maand >= vanaf})
    if not maanden:
        return []
    boek = _Boek(
        rechten,
        geboekt,
        feiten_van(rechten),
        laatste_berekeningen([recht.pk for recht in rechten]),
        huidige_wetgeving(),
    )
    try:
        uit = [boek.correctie(maand) for maand in maanden]
    except (OnjuisteInvoer, OntbrekendGegeven):
        return []
    return [correctie for correctie in uit if correctie.verschil]


def blijft_gelijk(rij: Beschikking) -> bool:
    """Whether a draft tells the employer nothing new: the amount of before, and every booked month stays as it is."""
    return rij.totaal == rij.vorig_totaal and not correcties_van(rij)


@dataclass(frozen=True)
class _Boek:
    """The rights of one employment, with what was booked and what the facts say now."""

    rechten: list[Subsidie]
    geboekt: dict[int, dict[dt.date, tuple[Afgerond, int]]]
    feiten: dict[int, Any]
    bewaard: dict[tuple[int, dt.date], list[dict[str, Any]]]
    wet: Wetgeving

    def correctie(self, maand: dt.date) -> Maandcorrectie:
        """What this month was and becomes."""
        was = wordt = Decimal(0)
        oud: list[dict[str, Any]] = []
        nieuw: list[dict[str, Any]] = []
        for recht in self.rechten:
            rekening = reken_maand(recht, self.feiten[recht.pk], maand, self.wet)
            if (stand := self.geboekt.get(recht.pk, {}).get(maand)) is not None:
                was += stand[0].totaal
            wordt += rekening.bedrag.totaal
            oud += self.bewaard.get((recht.pk, maand), [])
            nieuw += rekening.feiten
        return Maandcorrectie(maand, was, wordt, leg_uit(_op_dag(oud), _op_dag(nieuw), buiten=True))


def _op_dag(vakken: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(vakken, key=lambda vak: vak["van"])
