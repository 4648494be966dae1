"""What the dashboard shows: the choice of the reader, the figures, the pace and the lines of the chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from kern import klok
from kern.handeling import huidige_gemeente_id
from organisatie.models import Team
from rapportage.cijfers import bekend_moment, streefwaarden
from rapportage.keuzes import KENMERKDIMENSIE, KOLOM, Dimensie, Meting
from rapportage.models import Cijferstand, Indicatorversie, Run
from rapportage.motor.definitie import Definitie
from rapportage.motor.standen import Actueel, actuele_versies, dagen, dims_van, familie_sql
from rapportage.motor.vraag import Telling, Vraag, tellingen
from rapportage.services.nacht import laatste_run

Sleutel = tuple[str, dt.date]
#: So many events make a season to go by.
_GENOEG = 50
#: From here to the target a figure is amber (decision 21).
_BIJNA = 0.9


@dataclass
class Keuze:
    """What the reader chose. Figures come from the last night when it has them, else they are counted now."""

    dimensie: str = Dimensie.HEEL.value
    waarde: str = ""
    peildatum_gevraagd: dt.date | None = None
    bekend_op: dt.date | None = None
    nummer: str = ""
    #: Every team that ever was, read with the choice: key and name.
    teamnamen: dict[int, str] = field(default_factory=dict)
    #: First day, when it is not 1 January.
    vanaf: dt.date | None = None
    #: Only who was in this target group on the day itself (R006).
    doelgroep: str = ""
    #: Every approved version, when it was read with the choice.
    versies: list[Indicatorversie] | None = None

    @cached_property
    def run(self) -> Run | None:
        return laatste_run()

    @cached_property
    def peildatum(self) -> dt.date:
        return self.peildatum_gevraagd or (self.run.peildatum if self.run else klok.vandaag())

    @cached_property
    def bekend(self) -> dt.datetime:
        if self.bekend_op is None and self.run:
            return self.run.stempel
        return bekend_moment(self.bekend_op)

    @property
    def jaar(self) -> int:
        return self.peildatum.year

    @property
    def dims(self) -> dict[str, Any]:
        eigen = dims_van(self.dimensie, self.waarde)
        return eigen | {Dimensie.DOELGROEP.value: self.doelgroep} if self.doelgroep else eigen

    @property
    def van_de_nacht(self) -> bool:
        """Whether the night keeps figures of this split; of others each figure is counted when asked."""
        return not self.doelgroep and self.dimensie not in KENMERKDIMENSIE

    @cached_property
    def actueel(self) -> dict[str, Actueel]:
        """The version of each indicator for this day, or the one with the chosen number."""
        uit = {a.versie.indicator.code: a for a in actuele_versies(self.peildatum, self.versies)}
        if self.nummer:
            rijen = Indicatorversie.objects.filter(status="goedgekeurd", nummer=self.nummer).select_related("indicator")
            for rij in rijen.order_by("pk"):
                uit[rij.indicator.code] = Actueel(rij, Definitie.uit_json(rij.definitie))
        return uit

    @cached_property
    def opgeslagen(self) -> bool:
        """Whether the last night holds the figures of this choice."""
        return (
            self.run is not None
            and self.van_de_nacht
            and self.bekend_op is None
            and not self.nummer
            and self.vanaf is None
            and self.peildatum in dagen(self.run.peildatum)
            and {a.versie.pk for a in actuele_versies(self.run.peildatum, self.versies)}
            == {a.versie.pk for a in self.actueel.values()}
        )

    def vraag(self, code: str) -> Vraag:
        return Vraag(self.actueel[code].definitie, self.peildatum, self.bekend, self.dims, self.vanaf)

    @property
    def query(self) -> dict[str, str]:
        """The choice as address, without what is standard."""
        velden = {
            "wie": f"{self.dimensie}:{self.waarde}" if self.dimensie != Dimensie.HEEL else "",
            "peildatum": self.peildatum_gevraagd.isoformat() if self.peildatum_gevraagd else "",
            "bekend_op": self.bekend_op.isoformat() if self.bekend_op else "",
            "versie": self.nummer,
            "vanaf": self.vanaf.isoformat() if self.vanaf else "",
            "doelgroep": self.doelgroep,
        }
        return {k: v for k, v in velden.items() if v}

    def url(self, basis: str, **extra: Any) -> str:
        """An address that keeps the choice."""
        velden = self.query | {k: str(v) for k, v in extra.items() if v not in (None, "")}
        return f"{basis}?{urlencode(velden)}" if velden else basis


@dataclass(frozen=True)
class Bord:
    """Figures on the day, and the month ends of this and the past year."""

    keuze: Keuze
    nu: Mapping[str, Telling]
    reeksen: Mapping[Sleutel, Telling]
    geheel: Mapping[dt.date, int]
    doelen: Mapping[int, Decimal]

    @cached_property
    def tempo(self) -> float:
        """Which part of the year's events lies before this day: as last year, else by days."""
        return tempo(self.geheel, self.keuze.peildatum)

    def doel(self, code: str) -> Decimal | None:
        return self.doelen.get(self.keuze.actueel[code].versie.indicator_id)

    def waarde(self, code: str) -> Decimal | None:
        return self.nu[code].waarde(ratio=self.keuze.actueel[code].definitie.ratio)


def maak_bord(keuze: Keuze, lijn: str) -> Bord:
    """All figures in one query, and the lines of `lijn` and of 1.0 (for the pace)."""
    doelen: Mapping[int, Decimal] = {}
    if not keuze.doelgroep:
        doelen = streefwaarden(
            keuze.jaar,
            team_id=int(keuze.waarde) if keuze.dimensie == Dimensie.TEAM and keuze.waarde else None,
            pijler_id=int(keuze.waarde) if keuze.dimensie == Dimensie.PIJLER and keuze.waarde else None,
        )
    begin = dt.date(keuze.jaar - 1, 1, 1)
    if keuze.opgeslagen:
        reeksen, geheel = _uit_opslag(keuze, begin)
        nu = {code: reeksen.get((code, keuze.peildatum), Telling(0, 0)) for code in keuze.actueel}
    else:
        nu = tellingen({code: keuze.vraag(code) for code in keuze.actueel})
        reeksen, geheel = _live(keuze, {lijn, "1.0"} & keuze.actueel.keys())
    return Bord(keuze, nu, reeksen, geheel, doelen)


def _uit_opslag(keuze: Keuze, begin: dt.date) -> tuple[dict[Sleutel, Telling], dict[dt.date, int]]:
    codes = {a.versie.pk: code for code, a in keuze.actueel.items()}
    rijen = Cijferstand.objects.filter(versie__in=codes, dag__gte=begin, dag__lte=dt.date(keuze.jaar, 12, 31))
    velden = ("versie_id", "dag", "teller", "noemer", "stopgezet")
    eigen = rijen.filter(dimensie=keuze.dimensie, waarde=keuze.waarde).order_by("pk").values_list(*velden)
    reeksen = {(codes[v], dag): Telling(t, n, s) for v, dag, t, n, s in eigen}
    if keuze.dimensie == Dimensie.HEEL:
        return reeksen, {dag: t.teller for (code, dag), t in reeksen.items() if code == "1.0"}
    heel = (
        rijen.filter(dimensie=Dimensie.HEEL, versie__indicator__code="1.0").order_by("pk").values_list("dag", "teller")
    )
    return reeksen, dict(heel)


def _live(keuze: Keuze, codes: set[str]) -> tuple[dict[Sleutel, Telling], dict[dt.date, int]]:
    run = SimpleNamespace(gemeente_id=huidige_gemeente_id(), peildatum=keuze.peildatum, stempel=keuze.bekend)
    alle = dagen(keuze.peildatum, 12 + keuze.peildatum.month)
    eigen = (keuze.dimensie, keuze.waarde) if keuze.dimensie not in KENMERKDIMENSIE else (Dimensie.HEEL.value, "")
    smal = {naam: waarde for naam, waarde in keuze.dims.items() if naam not in KOLOM}
    reeksen: dict[Sleutel, Telling] = {}
    geheel: dict[dt.date, int] = {}

    def rijen(code: str, dims: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        opdracht, waarden = familie_sql([keuze.actueel[code]], run, alle, dims)  # type: ignore[arg-type]
        with connection.cursor() as cursor:
            cursor.execute(opdracht, waarden)
            return list(cursor.fetchall())

    for code in sorted(codes):
        for _, dimensie, waarde, dag, teller, noemer, stop in rijen(code, smal):
            if (dimensie, waarde) == eigen:
                reeksen[code, dag] = Telling(teller, noemer, stop)
            if dimensie == Dimensie.HEEL and code == "1.0":
                geheel[dag] = teller
    if smal and "1.0" in codes:
        geheel = {r[3]: r[4] for r in rijen("1.0", {}) if r[1] == Dimensie.HEEL}
    return reeksen, geheel


def tempo(geheel: Mapping[dt.date, int], dag: dt.date) -> float:
    """The share of a year up to `dag`, with the season of last year when that held enough events."""
    vorig = dag.year - 1
    totaal = geheel.get(dt.date(vorig, 12, 31), 0)
    lineair = dag.timetuple().tm_yday / dt.date(dag.year, 12, 31).timetuple().tm_yday
    if totaal < _GENOEG:
        return lineair
    eind = _maandeinde(dt.date(vorig, dag.month, 1))
    begin = dt.date(vorig, dag.month, 1) - dt.timedelta(days=1)
    na = geheel.get(eind, 0)
    voor = geheel.get(begin, 0) if begin.year == vorig else 0
    deel = dag.day / _maandeinde(dag).day
    return (voor + (na - voor) * deel) / totaal


def _maandeinde(dag: dt.date) -> dt.date:
    return (dag.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


@dataclass(frozen=True)
class Oordeel:
    """How a figure stands against its target: in words, in colour (decision 21), and what is needed now."""

    woorden: str
    kleur: str
    nu_nodig: float


def beoordeel(definitie: Definitie, waarde: Decimal | None, doel: Decimal | None, deel: float) -> Oordeel | None:
    """Green from 100 % of what is needed now, amber from 90 %, else red; None without a target."""
    if doel is None or waarde is None:
        return None
    nodig = float(doel) * (deel if definitie.meting == Meting.STROOM and not definitie.ratio else 1.0)
    verhouding = float(waarde) / nodig if nodig else 1.0
    kleur = "goed" if verhouding >= 1 else "let-op" if verhouding >= _BIJNA else "fout"
    if definitie.ratio:
        punten = (waarde - doel).quantize(Decimal("0.1"), ROUND_HALF_UP)
        woord = "Gehaald" if punten >= 0 else f"{_nl(abs(punten))} punt onder"
        return Oordeel(woord, kleur, nodig)
    verschil = int((Decimal(str(waarde)) - Decimal(str(nodig))).quantize(Decimal(1), ROUND_HALF_UP))
    if definitie.meting != Meting.STROOM or deel >= 1:
        return Oordeel("Gehaald" if waarde >= doel else f"{int(doel - waarde)} te weinig", kleur, nodig)
    if verschil == 0:
        return Oordeel("Op tempo", "goed", nodig)
    woord = f"{verschil} voor" if verschil > 0 else f"{-verschil} achter"
    return Oordeel(woord, kleur, nodig)


def _nl(getal: Decimal) -> str:
    return str(getal).replace(".", ",")


def alle_teams() -> list[Team]:
    """Every team that ever was, with its pillar."""
    return list(Team.objects.select_related("pijler").order_by("naam", "pk"))


def keuzelijst(teams: list[Team]) -> list[tuple[str, str]]:
    """Options of ‘voor wie’: all, the pillars that have teams, the teams that have people."""
    vandaag = klok.vandaag()
    begonnen = [t for t in teams if t.begindatum <= vandaag]
    pijlers = {t.pijler for t in begonnen if t.pijler.begindatum <= vandaag}
    return [
        ("", "Heel W&R"),
        *((f"pijler:{p.pk}", f"Pijler {p.naam}") for p in sorted(pijlers, key=lambda p: (p.volgorde, p.naam, p.pk))),
        *((f"team:{t.pk}", f"Team {t.naam}") for t in begonnen if not t.ondersteunend),
    ]
