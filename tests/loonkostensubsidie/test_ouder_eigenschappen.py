"""What holds for every contract under an older scheme (property tests)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from loonkostensubsidie.rekenen.ouder import OudeFeiten, Ziek, bereken_ouder
from loonkostensubsidie.rekenen.plafond import jaarplafond
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.rekenen.voorwaarden import Categorie
from loonkostensubsidie.rekenwijzen import reken_opnieuw, reken_ouder
from tests.loonkostensubsidie.oud import WSW_2013, feiten

EERSTE, LAATSTE = dt.date(2014, 1, 1), dt.date(2016, 12, 31)
euro = st.integers(0, 500_000).map(lambda centen: str(Decimal(centen) / 100))
procent = st.integers(0, 100).map(str)


@st.composite
def termen(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Any agreement."""
    wijze = draw(st.sampled_from(["vast_maand", "vast_jaar", "per_uur", "deel_loonkosten", "deel_verschil"]))
    uit: dict[str, Any] = {"ziekte": draw(procent)}
    if wijze in {"vast_maand", "vast_jaar", "per_uur"}:
        uit["bedrag"] = draw(euro)
    else:
        uit["percentage"] = draw(procent)
        uit.update({"loonkosten": draw(euro)} if wijze == "deel_loonkosten" else {"loonwaarde": draw(procent)})
    if wijze in {"vast_maand", "vast_jaar"}:
        uit["naar_uren"] = draw(st.booleans())
    if draw(st.booleans()):
        uit |= {"maximum": draw(euro), "maximum_per": draw(st.sampled_from(["maand", "jaar", "minimumloon"]))}
    stappen = sorted(draw(st.sets(st.integers(0, 30), max_size=3)))
    delen = sorted((draw(st.integers(0, 100)) for _ in stappen), reverse=True)
    uit["afbouw"] = [{"na_maanden": m, "percentage": str(p)} for m, p in zip(stappen, delen, strict=True)]
    return wijze, uit


@st.composite
def contracten(draw: st.DrawFn) -> OudeFeiten:
    """A contract in 2014-2016, with sickness."""
    van = draw(st.dates(EERSTE, dt.date(2016, 6, 30)))
    tot = draw(st.one_of(st.none(), st.dates(van, LAATSTE)))
    ziek_van = draw(st.dates(EERSTE, LAATSTE))
    ziekte = (Ziek(ziek_van, ziek_van + dt.timedelta(days=draw(st.integers(0, 90))), draw(st.integers(1, 100))),)
    return feiten(
        *draw(termen()),
        van=van,
        tot=tot,
        start=van - dt.timedelta(days=draw(st.integers(0, 900))),
        uren=str(draw(st.integers(1, 36))),
        geboren=draw(st.dates(dt.date(1950, 1, 1), dt.date(1997, 1, 1))),
        ziekte=ziekte if draw(st.booleans()) else (),
    )


maanden = st.integers(0, 35).map(lambda n: plus_maanden(EERSTE, n))


@given(contracten(), maanden)
def test_een_subsidie_is_nooit_negatief(een: OudeFeiten, maand: dt.date) -> None:
    assert bereken_ouder(een, maand, WSW_2013).bedrag.lks >= 0


@given(contracten(), maanden)
def test_de_rekening_is_precies_het_omgekeerde(een: OudeFeiten, maand: dt.date) -> None:
    subsidie, rekening = reken_ouder(een, maand, WSW_2013), reken_ouder(replace(een, factureren=True), maand, WSW_2013)
    assert rekening.bedrag.totaal == -subsidie.bedrag.totaal
    assert rekening.bedrag.lks == -subsidie.bedrag.lks


@settings(max_examples=40)
@given(contracten())
def test_de_maanden_zijn_samen_de_periode(een: OudeFeiten) -> None:
    """Day by day, each day as a contract of its own, gives the same as month by month."""
    einde = min(een.tot or LAATSTE, een.van + dt.timedelta(days=70))
    kort = replace(een, tot=einde)
    som, maand = Fraction(0), een.van.replace(day=1)
    while maand <= einde:
        som += bereken_ouder(kort, maand, WSW_2013).bedrag.lks
        maand = plus_maanden(maand, 1)
    per_dag = Fraction(0)
    for nummer in range((einde - een.van).days + 1):
        dag = een.van + dt.timedelta(days=nummer)
        per_dag += bereken_ouder(replace(een, van=dag, tot=dag), dag.replace(day=1), WSW_2013).bedrag.lks
    assert som == per_dag


@given(contracten(), maanden)
def test_nooit_boven_het_maximum(een: OudeFeiten, maand: dt.date) -> None:
    afspraak = een.voorwaarden[0].termen
    if afspraak.maximum is None or afspraak.maximum_per == "minimumloon":
        return
    grens = afspraak.maximum / (12 if afspraak.maximum_per == "jaar" else 1)
    assert bereken_ouder(een, maand, WSW_2013).bedrag.lks <= grens


@given(
    st.sampled_from(list(Categorie)),
    st.integers(0, 40_000),
    st.integers(0, 5_000),
    st.integers(1, 12),
    st.integers(0, 11),
)
def test_het_plafond_van_begeleid_werken_wordt_nooit_overschreden(
    categorie: Categorie, begeleiding: int, bedrag: int, begin: int, extra: int
) -> None:
    plafond = {"categorie": categorie.value, "begeleiding": str(begeleiding)}
    van = dt.date(2014, begin, 1 + extra)
    een = feiten("vast_maand", {"bedrag": str(bedrag), "plafond": plafond}, van=van)
    jaar = sum(bereken_ouder(een, dt.date(2014, m, 1), WSW_2013).bedrag.lks for m in range(1, 13))
    hoogste, _ = jaarplafond(categorie, van, WSW_2013)
    assert jaar <= max(hoogste - begeleiding, 0)


@given(contracten(), maanden)
def test_wat_bewaard_is_geeft_hetzelfde_bedrag(een: OudeFeiten, maand: dt.date) -> None:
    rekening = reken_ouder(een, maand, WSW_2013)
    if rekening.feiten:
        assert reken_opnieuw(rekening.feiten, maand, WSW_2013) == rekening
