"""What counts in a match: the one table of criteria (R131).

A *hard* criterion excludes when the employer asks it and the candidate does not meet it. A *soft* one gives
points
up to its weight; the weights of a vacancy are 100 together, so a score is a whole number from 0 to 100.
Ties are
ordered by primary key. Names, age, sex, origin and what staff think of motivation are not in this table, and
staleness is not either: it marks what we know, it never lowers a rank.
"""

from __future__ import annotations

from dataclasses import dataclass

from werkgevers.matching.formule import (
    Bevat,
    Deel,
    Formule,
    K,
    V,
    als,
    en,
    groot,
    grootste,
    kleinste,
    niet,
    of,
    wortel,
)


@dataclass(frozen=True)
class Hard:
    """Excludes. `gevraagd` says (from the vacancy alone) whether it is asked; `voldoet` whether it is met."""

    code: str
    naam: str
    uitleg: str
    gevraagd: Formule | None
    voldoet: Formule
    #: Shown without the value to who may not see special data (R228).
    beschermd: bool = False

    @property
    def deel(self) -> Deel:
        return Deel(f"hard.{self.code}", self.voldoet)

    @property
    def geldt(self) -> Formule:
        """Met, or not asked."""
        return self.voldoet if self.gevraagd is None else of(niet(self.gevraagd), self.voldoet)


@dataclass(frozen=True)
class Zacht:
    """Gives points: a level in percent of the weight, or whole points by itself."""

    code: str
    naam: str
    uitleg: str
    gewicht: str
    punten: Formule


def _kwadraat(as_: str) -> Formule:
    verschil = groot(K(as_) - V(as_))
    return verschil * verschil


#: Straight line in metres between the two postcodes.
AFSTAND: Formule = wortel(_kwadraat("x") + _kwadraat("y") + _kwadraat("z"))
#: Estimated minutes, rounded up.
REISTIJD: Formule = Deel("reistijd", K("reis_vast") + (AFSTAND + K("meter_per_minuut") - 1) // K("meter_per_minuut"))
PLEK_BEKEND: Formule = en(K("x").ongelijk(0), V("x").ongelijk(0))
_BEROEP = V("isco").ongelijk(0)
_SECTOR = V("sectornummer").ongelijk(0)

HARD: tuple[Hard, ...] = (
    Hard(
        "uren",
        "Uren",
        "De uren die de werkgever vraagt en de uren die iemand kan, overlappen.",
        None,
        en(V("uren_min") <= K("uren_max"), K("uren_min") <= V("uren_max")),
    ),
    Hard(
        "weekend",
        "Weekend",
        "Wie niet in het weekend kan werken, valt af als de werkgever dat vraagt.",
        V("weekend"),
        K("weekend"),
    ),
    Hard(
        "avond",
        "Avond",
        "Wie ’s avonds niet kan werken, valt af als de werkgever dat vraagt.",
        V("avond"),
        K("avond"),
    ),
    Hard(
        "dagdelen",
        "Dagdelen",
        "Iemand kan op alle dagdelen die nodig zijn.",
        V("dagdelen").ongelijk(0),
        (K("dagdelen") & V("dagdelen")).gelijk(V("dagdelen")),
    ),
    Hard(
        "taal",
        "Nederlands",
        "Het niveau van spreken is minstens wat de werkgever vraagt.",
        V("taalniveau") >= 1,
        K("taal") >= V("taalniveau"),
    ),
    Hard(
        "opleiding",
        "Opleiding",
        "De hoogste opleiding is minstens wat de werkgever vraagt.",
        V("opleiding") >= 1,
        K("opleiding") >= V("opleiding"),
    ),
    Hard(
        "rijbewijs",
        "Rijbewijs",
        "Iemand heeft alle rijbewijzen die nodig zijn.",
        V("rijbewijzen").ongelijk(0),
        (K("rijbewijzen") & V("rijbewijzen")).gelijk(V("rijbewijzen")),
    ),
    Hard(
        "tillen",
        "Tillen",
        "Iemand kan tillen wat het werk vraagt.",
        V("tillen_kg") >= 1,
        K("tillen_max") >= V("tillen_kg"),
        beschermd=True,
    ),
    Hard("vog", "VOG", "Iemand kan een VOG krijgen.", V("vog"), K("vog")),
    Hard(
        "beschikbaar",
        "Beschikbaar",
        "Iemand kan op de eerste werkdag beginnen.",
        None,
        K("beschikbaar_vanaf") <= V("start"),
    ),
    Hard(
        "reistijd",
        "Reistijd",
        "De geschatte reistijd is hoogstens wat iemand wil reizen.",
        V("x").ongelijk(0),
        of(K("x").gelijk(0), K("reistijd_max") >= REISTIJD),
    ),
)


def _hoogste(*trappen: tuple[Formule, int]) -> Formule:
    """The level of the first step that holds; steps go from high to low."""
    uit: Formule = als(trappen[-1][0], trappen[-1][1], 0)
    for voorwaarde, niveau in reversed(trappen[:-1]):
        uit = als(voorwaarde, niveau, uit)
    return uit


#: How well experience fits, in percent.
VAKNIVEAU: Formule = grootste(
    Deel(
        "vak.beroep",
        _hoogste(
            (en(_BEROEP, Bevat("ervaring_lang", V("isco"))), 100),
            (en(_BEROEP, Bevat("ervaring", V("isco"))), 80),
            (en(_BEROEP, Bevat("ervaring_groepen", V("isco") // 10)), 60),
        ),
    ),
    Deel(
        "vak.sector",
        _hoogste((en(_SECTOR, ((K("ervaring_sectoren") >> V("sectornummer")) & 1).gelijk(1)), 40)),
    ),
)

#: How well the person's own wishes fit, in percent: the same occupation, a related one, the sector.
WENSNIVEAU: Formule = grootste(
    Deel(
        "wens.beroep",
        _hoogste(
            (en(_BEROEP, K("wens_1").gelijk(V("isco"))), 100),
            (en(_BEROEP, K("wens_2").gelijk(V("isco"))), 85),
            (en(_BEROEP, (K("wens_1") // 10).gelijk(V("isco") // 10)), 80),
            (en(_BEROEP, K("wens_3").gelijk(V("isco"))), 70),
            (en(_BEROEP, (K("wens_2") // 10).gelijk(V("isco") // 10)), 65),
            (en(_BEROEP, (K("wens_3") // 10).gelijk(V("isco") // 10)), 55),
        ),
    ),
    Deel(
        "wens.sector",
        _hoogste(
            (en(_SECTOR, K("wens_sector_1").gelijk(V("sectornummer"))), 60),
            (en(_SECTOR, K("wens_sector_2").gelijk(V("sectornummer"))), 45),
            (en(_SECTOR, K("wens_sector_3").gelijk(V("sectornummer"))), 30),
        ),
    ),
)
_OVERLAP = kleinste(K("uren_max"), V("uren_max")) - grootste(K("uren_min"), V("uren_min")) + 1
#: Up to ten minutes gives all points, from seventy minutes none; in between evenly.
_NABIJ = kleinste(60, grootste(0, 70 - REISTIJD))

ZACHT: tuple[Zacht, ...] = (
    Zacht(
        "vak",
        "Ervaring",
        "Zelfde werk een jaar of langer geeft alle punten, zelfde werk korter 80 %, "
        "verwant werk 60 %, "
        "dezelfde sector 40 %.",
        "gewicht_vak",
        V("gewicht_vak") * VAKNIVEAU // 100,
    ),
    Zacht(
        "uren",
        "Uren",
        "Hoe meer van de gevraagde uren iemand kan, hoe meer punten.",
        "gewicht_uren",
        V("gewicht_uren") * grootste(0, _OVERLAP) // (V("uren_max") - V("uren_min") + 1),
    ),
    Zacht(
        "reizen",
        "Reistijd",
        "Tot 10 minuten reizen geeft alle punten, vanaf 70 minuten geen. De reistijd is een schatting.",
        "gewicht_reizen",
        als(PLEK_BEKEND, V("gewicht_reizen") * _NABIJ // 60, 0),
    ),
    Zacht(
        "wens",
        "Eigen wens",
        "Wat iemand zelf het liefst wil, geeft de meeste punten. Alleen de eigen wens telt.",
        "gewicht_wens",
        V("gewicht_wens") * WENSNIVEAU // 100,
    ),
)


def _score() -> Formule:
    uit: Formule = ZACHT[0].punten
    for criterium in ZACHT[1:]:
        uit = uit + criterium.punten
    return uit


SCORE: Formule = _score()

#: Columns of a candidate that may take part; a test holds this list against the formulas.
KANDIDAATVELDEN: frozenset[str] = frozenset().union(SCORE.velden("K"), *(h.geldt.velden("K") for h in HARD))
VACATUREVELDEN: frozenset[str] = frozenset().union(SCORE.velden("V"), *(h.geldt.velden("V") for h in HARD))
