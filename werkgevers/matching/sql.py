"""The criteria as SQL: one vacancy against all candidates, and one candidate against all open vacancies."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Count, F, IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from kern import klok
from werkgevers.matching.criteria import HARD, KANDIDAATVELDEN, SCORE, VACATUREVELDEN, Hard
from werkgevers.matching.formule import PAAR, Formule, Kolomnaam
from werkgevers.matching.urengrens import FACTOR, loon_centen
from werkgevers.models import Kandidaatprofiel, Vacature

_KANDIDAAT = Kandidaatprofiel._meta.db_table
_VACATURE = Vacature._meta.db_table

VOLGORDES = {"best": "Past het best", "uren": "Minste uren tekort", "wacht": "Wacht het langst"}


def vacaturewaarden(vacature: Vacature) -> dict[str, Any]:
    """The values of a vacancy that the formulas read; a start in the past means now."""
    waarden = {veld: getattr(vacature, veld) for veld in VACATUREVELDEN if veld != "start"}
    vandaag = klok.vandaag()
    return waarden | {"start": max(vacature.startdatum or vandaag, vandaag)}


def kandidaatwaarden(profiel: Kandidaatprofiel) -> dict[str, Any]:
    """The values of a candidate that the formulas read."""
    return {veld: getattr(profiel, veld) for veld in KANDIDAATVELDEN}


def _voor_vacature(waarden: Mapping[str, Any]) -> Kolomnaam:
    """Candidate columns as columns, the vacancy as values."""

    def naam(kant: str, veld: str) -> tuple[str, list[Any]]:
        if kant == "K":
            return f'"{_KANDIDAAT}"."{veld}"', []
        return "%s", [waarden[veld]]

    return naam


def _voor_kandidaat(waarden: Mapping[str, Any], vandaag: dt.date) -> Kolomnaam:
    """Vacancy columns as columns, the candidate as values."""

    def naam(kant: str, veld: str) -> tuple[str, list[Any]]:
        if kant == "K":
            waarde = waarden[veld]
            return ("%s::int[]", [list(waarde)]) if isinstance(waarde, list) else ("%s", [waarde])
        if veld == "start":
            return f'GREATEST(COALESCE("{_VACATURE}"."startdatum", %s), %s)', [vandaag, vandaag]
        return f'"{_VACATURE}"."{veld}"', []

    return naam


def _getal(formule: Formule, naam: Kolomnaam) -> RawSQL:
    tekst, parameters = formule.sql(naam)
    return RawSQL(tekst, parameters, output_field=IntegerField())  # noqa: S611  own formulas, values as parameters


def _waar(formule: Formule, naam: Kolomnaam) -> RawSQL:
    tekst, parameters = formule.sql(naam)
    return RawSQL(tekst, parameters, output_field=BooleanField())  # noqa: S611  idem


def gevraagd(waarden: Mapping[str, Any]) -> list[Hard]:
    """The hard criteria that this vacancy asks; what is not asked is not even compared."""
    return [h for h in HARD if h.gevraagd is None or h.gevraagd.waarde({}, waarden, PAAR)]


def passende_kandidaten(vacature: Vacature, kandidaten: QuerySet[Kandidaatprofiel]) -> QuerySet[Kandidaatprofiel]:
    """Those of `kandidaten` who meet every hard criterion, with their score."""
    waarden = vacaturewaarden(vacature)
    naam = _voor_vacature(waarden)
    for criterium in gevraagd(waarden):
        kandidaten = kandidaten.filter(_waar(criterium.voldoet, naam))
    return kandidaten.annotate(score=_getal(SCORE, naam))


def gerangschikt(
    vacature: Vacature, kandidaten: QuerySet[Kandidaatprofiel], volgorde: str, op: dt.date
) -> QuerySet[Kandidaatprofiel]:
    """The fitting candidates in one of the `VOLGORDES`; ties always by person."""
    rijen: QuerySet[Any] = passende_kandidaten(vacature, kandidaten)
    if volgorde == "wacht":
        return rijen.order_by("wacht_sinds", "-score", "deelnemer_id")
    if volgorde == "uren" and (loon := loon_centen(vacature, op)):
        rijen = rijen.annotate(tekort=_tekort(vacature, loon))
        return rijen.order_by("tekort", "-score", "deelnemer_id")
    return rijen.order_by("-score", "deelnemer_id")


def _tekort(vacature: Vacature, loon: int) -> RawSQL:
    """Tenths of hours that the most this person can work here falls short of leaving the benefit."""
    teller = f'(20 * {FACTOR.denominator} * "{_KANDIDAAT}"."norm_cent"::bigint + {FACTOR.numerator * loon})'
    grens = f"({teller} / {2 * FACTOR.numerator * loon})"
    return RawSQL(  # noqa: S611  idem
        f'GREATEST(0, {grens} - 10 * LEAST("{_KANDIDAAT}"."uren_max", %s))',
        [vacature.uren_max],
        output_field=IntegerField(),
    )


@dataclass(frozen=True)
class Telling:
    """How many were looked at, fit, and drop out on exactly one hard criterion, per criterion."""

    bekeken: int
    passen: int
    bijna: Counter[str]

    @property
    def bijna_totaal(self) -> int:
        return sum(self.bijna.values())


def tel(vacature: Vacature, kandidaten: QuerySet[Kandidaatprofiel]) -> Telling:
    """Count in one pass who fits and who misses exactly one requirement."""
    waarden = vacaturewaarden(vacature)
    naam = _voor_vacature(waarden)
    criteria = gevraagd(waarden)
    delen, parameters = [], []
    for bit, criterium in enumerate(criteria):
        tekst, p = criterium.voldoet.sql(naam)
        delen.append(f"CASE WHEN {tekst} THEN 0 ELSE {1 << bit} END")
        parameters += p
    masker = RawSQL(" + ".join(delen), parameters, output_field=IntegerField())  # noqa: S611  idem
    rijen = kandidaten.order_by().annotate(mist=masker).values("mist").annotate(aantal=Count("pk")).order_by("mist")
    per_masker = dict(rijen.values_list("mist", "aantal"))
    return Telling(
        bekeken=sum(per_masker.values()),
        passen=per_masker.get(0, 0),
        bijna=Counter({c.code: n for bit, c in enumerate(criteria) if (n := per_masker.get(1 << bit, 0))}),
    )


def passende_vacatures(profiel: Kandidaatprofiel, vacatures: QuerySet[Vacature]) -> QuerySet[Vacature]:
    """Those of `vacatures` whose every requirement this candidate meets, best first."""
    naam = _voor_kandidaat(kandidaatwaarden(profiel), klok.vandaag())
    for criterium in HARD:
        vacatures = vacatures.filter(_waar(criterium.geldt, naam))
    return vacatures.annotate(score=_getal(SCORE, naam)).order_by("-score", F("geopend_op").asc(), "pk")


__all__ = ["VOLGORDES", "Telling", "gerangschikt", "passende_kandidaten", "passende_vacatures", "tel"]
