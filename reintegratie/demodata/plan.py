"""The balance sheet of the demo municipality as data, and how it scales.

Numbers are those of 2014 at scale 1:1. A smaller scale, and a year that is not over yet, take a part of them by the
method of the largest remainder: level by level, so that every subtotal is right as well.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

K = TypeVar("K")

SCHALEN = {
    "1:20": Fraction(1, 20),
    "1:4": Fraction(1, 4),
    "1:1": Fraction(1),
    "10:1": Fraction(10),
    "100:1": Fraction(100),
}

LOPEND_BEGIN = 2200
INSTROOM = 2800
#: Whole years before the year before the peildatum, with people and ends but without daily work.
DUNNE_JAREN = 3
#: Part of the flow in those years in a volume file, which needs no trend.
DUN_BIJ_VOLUME = Fraction(1, 10)

SEIZOEN_IN = (1.10, 1.02, 1.05, 1.00, 0.95, 0.95, 0.72, 0.78, 1.18, 1.15, 1.08, 1.02)
SEIZOEN_UIT = (0.95, 0.95, 1.02, 1.00, 1.00, 1.05, 1.10, 0.80, 0.98, 1.05, 1.05, 1.05)

BRONNEN = {
    "intake": 960,
    "koers_naar_werk": 670,
    "activering": 440,
    "werk_en_opleiding_jongeren": 470,
    "bijzondere_doelgroepen": 90,
    "onderwijs": 70,
    "stadsdeel": 30,
    "samen_doen": 20,
    "reclassering": 30,
    "uwv": 20,
}
IN_EEN_KEER_GOED = {"intake": 0.74, "koers_naar_werk": 0.83, "activering": 0.69, "werk_en_opleiding_jongeren": 0.78}
ANDERS_GOED = 0.60
TERUGSTUURREDENEN = {
    "adviesrapport_ontbreekt": 31,
    "geen_werkvermogen": 22,
    "verkeerde_trede": 17,
    "kinderopvang_niet_geregeld": 14,
    "niet_akkoord_of_onbekend": 9,
    "al_in_traject": 7,
}


@dataclass(frozen=True)
class Einde:
    """A way to end: outcome of the trajectory, BUS code when the benefit ended, and in which subtotal it counts."""

    groep: str  # werk | overig | deeltijd | geen | overlijden | overloop | partner
    uitkomst: str
    bus: str = ""
    handhaving: bool = False
    uitleg: str = ""


_O, _W = "overig", "werk"
EINDEN: dict[Einde, int] = {
    Einde(_W, "werk_voltijd", "11"): 438,
    Einde(_W, "werk_deeltijd_uit", "11"): 155,
    Einde(_W, "sw", "11"): 71,
    Einde(_O, _O, "98", uitleg="Heeft zelf gevraagd de uitkering te stoppen."): 95,
    Einde(_O, _O, "31", uitleg="Gaf geen inlichtingen. Inkomen heeft de uitkering gestopt."): 20,
    Einde(_O, _O, "34", uitleg="Kwam niet op herhaalde oproepen van inkomen."): 32,
    Einde(_O, _O, "35", uitleg="Kwam niet op herhaalde oproepen voor een gesprek."): 32,
    Einde(_O, "school", "01"): 112,
    Einde(_O, _O, "97", uitleg="De partner heeft genoeg inkomen."): 57,
    Einde(_O, _O, "32", uitleg="Verhuisd naar een andere gemeente."): 77,
    Einde(_O, _O, "05", uitleg="De uitkering stopte door detentie."): 19,
    Einde(_O, _O, "03", uitleg="Heeft de AOW-leeftijd bereikt."): 15,
    Einde(_O, _O, "19", uitleg="Heeft ander inkomen."): 43,
    Einde(_O, _O, "33", uitleg="Verhuisd naar het buitenland."): 17,
    Einde(_O, _O, "98", True, "De uitkering stopte na onderzoek door Handhaving."): 48,
    Einde("deeltijd", "werk_deeltijd_met"): 262,
    Einde("geen", "terug_verwijzer", uitleg="Heeft eerst andere hulp nodig. Terug naar de verwijzer, met advies."): 348,
    Einde("geen", "zorg", uitleg="Gaat naar zorg. De overdracht is gedaan."): 291,
    Einde("geen", "ziek", uitleg="Is langere tijd ziek of vrijgesteld."): 190,
    Einde(
        "geen", "niet_verschenen", uitleg="Na drie keer en een huisbezoek heeft de teammanager besloten te stoppen."
    ): 219,
    Einde("geen", "geen_resultaat", uitleg="Het plan is afgerond zonder werk. De evaluatie is besproken."): 179,
    Einde("geen", "school"): 8,
    Einde("overlijden", "overleden", "04"): 12,
    Einde("overloop", "werk_voltijd", "11"): 38,
    Einde("partner", _O, "11", uitleg="De uitkering van het gezin stopte door het werk van de partner."): 21,
}
GROEPEN = {
    groep: sum(n for einde, n in EINDEN.items() if einde.groep == groep)
    for groep in ("werk", "overig", "deeltijd", "geen", "overlijden", "overloop", "partner")
}
UIT_JAAR = sum(GROEPEN.values())
#: Trede at the start: (trede 3, trede 2, trede 4) within out of benefit, part-time and neither.
TREDES = {"uit": {3: 720, 2: 53, 4: 458}, "deeltijd": {3: 80, 2: 4, 4: 178}, "geen": {3: 673, 2: 52, 4: 510}}
TREDE_LOPEND = {3: 54, 4: 42, 2: 4}

#: Demonstration of what a good counter sees; at least one of each at every scale.
VALKUILEN = {
    "heropend": 9,
    "dubbel": 6,
    "laat_ingevoerd": 3,
    "van_team_gewisseld": 2,
    "beide_in_traject": 159,
    "wacht_op_inkomen": 24,
    "verouderd_trede_4": 330,
    "zonder_regie": 12,
    "nug": 15,
}

#: Indicators of the contract as the balance sheet gives them for a whole year at 1:1.
VERWACHT_2014 = {
    "1.0": 1231,
    "1.1": 664,
    "overige": 567,
    "1.2": 262,
    "sw": 71,
    "1.4-strikt": 48.9,
    "1.4-ruim": 54.2,
    "1.4-alle-tredes": 45.1,
    "1.4-zonder-stops": 40.3,
    "positief": 54.7,
    "1.6": 718,
    "1.7": 334,
    "1.8": 66,
    "overloop": 38,
    "overlijden": 12,
}
STREEF_2014 = {"1.0": 1250, "1.1": 650, "overige": 600, "1.2": 250, "sw": 75, "1.6": 725, "1.7": 330, "1.8": 70}
STREEF_PERCENTAGE = {"1.4-strikt": 50}

#: Placements: of the paid work in a year, how many start with loonkostensubsidie, per quarter, and how many end.
LKS_NIEUW = (14, 13, 14, 14)
LKS_GESTOPT = (1, 1, 1, 1)
LKS_BEGIN_2014 = 15

ACTIVITEIT = {
    "contacten": 38_000,
    "afspraken": 46_000,
    "groepen": 140,
    "per_groep": 11,
    "scholing": 620,
    "vacatures": 1700,
    "detacheringsplekken": 350,
    "trajectplekken": 950,
    "voordrachten": 9500,
    "voorgesteld": 4100,
    "gesprekken": 2300,
    "werkgevers": 1200,
}
CAMPAGNE = {"verschenen": 1056, "verzet": 96, "niet_verschenen": 288, "vrijgesteld": 160}


def verdeel(gewichten: Mapping[K, float | int | Fraction], totaal: int, minstens: int = 0) -> dict[K, int]:
    """Largest remainder: whole numbers in proportion to `gewichten` that add up to `totaal`.

    Ties go to the first. With `minstens` every key with a weight gets that many, as far as the total allows.
    """
    som = sum(Fraction(g) for g in gewichten.values())
    if not som:
        return dict.fromkeys(gewichten, 0)
    deel = {k: Fraction(g) * totaal / som for k, g in gewichten.items()}
    uit = {k: int(d) for k, d in deel.items()}
    rest = sorted(deel, key=lambda k: -(deel[k] - uit[k]))
    for k in rest[: totaal - sum(uit.values())]:
        uit[k] += 1
    for k, g in gewichten.items():
        while g and uit[k] < minstens:
            rijkste = max(uit, key=lambda r: uit[r])
            if uit[rijkste] <= minstens:
                break
            uit[k] += 1
            uit[rijkste] -= 1
    return uit


def rond(getal: float | Fraction) -> int:
    """Half up, so that 0.5 is not sometimes 0."""
    return int(Fraction(getal) + Fraction(1, 2))


def geschaald(getal: int, schaal: Fraction, minstens: int = 1) -> int:
    """A number at this scale; a trap never disappears."""
    return max(rond(getal * schaal), minstens if getal else 0)


def einden_van_jaar(deel: Fraction) -> dict[tuple[Einde, int], int]:
    """How many ends per (way to end, trede at the start) for this part of a balance year."""
    if deel == 0:
        return {}
    groepen = verdeel(GROEPEN, max(rond(UIT_JAAR * deel), 1), minstens=1)
    uit: dict[tuple[Einde, int], int] = {}
    for blok, leden in {"uit": ("werk", "overig"), "deeltijd": ("deeltijd",), "geen": ("geen",)}.items():
        wijzen: dict[Einde, int] = {}
        for groep in leden:
            wijzen |= verdeel({e: n for e, n in EINDEN.items() if e.groep == groep}, groepen[groep], minstens=1)
        tredes = verdeel(TREDES[blok], sum(wijzen.values()), minstens=1)
        for einde, verdeling in _over_tredes(wijzen, tredes).items():
            for trede, n in verdeling.items():
                uit[einde, trede] = n
    for groep in ("overlijden", "overloop", "partner"):
        einde = next(e for e in EINDEN if e.groep == groep)
        for trede, n in verdeel({3: 58, 4: 42}, groepen[groep]).items():
            uit[einde, trede] = n
    return {sleutel: n for sleutel, n in uit.items() if n}


def _over_tredes(wijzen: dict[Einde, int], tredes: dict[int, int]) -> dict[Einde, dict[int, int]]:
    """Fill the table row by row in proportion; rows and columns both add up."""
    over, uit = dict(tredes), {}
    nog = sum(tredes.values())
    for einde, n in wijzen.items():
        uit[einde] = verdeel(over, n) if nog else dict.fromkeys(over, 0)
        for trede, m in uit[einde].items():
            over[trede] -= m
        nog -= n
    return uit


def deel_van_jaar(seizoen: Sequence[float], peildatum: dt.date) -> Fraction:
    """Which part of the year's flow lies on or before this day."""
    gewichten = [Fraction(str(g)) for g in seizoen]
    dagen = calendar.monthrange(peildatum.year, peildatum.month)[1]
    tot = sum(gewichten[: peildatum.month - 1]) + gewichten[peildatum.month - 1] * Fraction(peildatum.day, dagen)
    return tot / sum(gewichten)


def dagen_met_gewicht(jaar: int, seizoen: Sequence[float], tot: dt.date) -> tuple[list[dt.date], list[float]]:
    """Days of the year up to `tot` with cumulative weights; weekends weigh little."""
    dagen, cumulatief, som = [], [], 0.0
    dag = dt.date(jaar, 1, 1)
    while dag <= min(tot, dt.date(jaar, 12, 31)):
        som += seizoen[dag.month - 1] * (1.0 if dag.weekday() < 5 else 0.05)
        dagen.append(dag)
        cumulatief.append(som)
        dag += dt.timedelta(days=1)
    return dagen, cumulatief


@dataclass(frozen=True)
class Standen:
    """Employments on the last day of a year, at 1:1."""

    sw: int
    begeleid_werken: int
    lks: int
    id: int
    wiw: int
    wwb_detachering: int
    beschut: int


#: From 2015 nobody comes into SW, ID and WIW; those stocks only shrink. Beschut werk and LKS take over.
_KRIMP = Fraction(95, 100)
LKS_GROEI, LKS_HOOGST, BESCHUT_HOOGST = 51, 640, 330


def standen(jaar: int) -> Standen:
    """The stock at the end of this year."""
    n = max(jaar - 2014, 0)
    voor = max(2014 - jaar, 0)
    krimp, snel = _KRIMP**n, Fraction(82, 100) ** n
    return Standen(
        sw=rond(718 * krimp) + 20 * voor,
        begeleid_werken=rond(334 * krimp) - 6 * voor,
        lks=min(66 + LKS_GROEI * n, LKS_HOOGST) if not voor else (LKS_BEGIN_2014 if voor == 1 else 0),
        id=rond(165 * snel) + 12 * voor,
        wiw=rond(85 * snel) + 8 * voor,
        wwb_detachering=rond(132 * _KRIMP**n),
        beschut=min(68 * n, BESCHUT_HOOGST),
    )
