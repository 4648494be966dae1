"""One definition of a match: SQL, numpy and the explanation agree to the point (R131)."""

from __future__ import annotations

import dataclasses
import datetime as dt
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kern import klok
from regelgeving.opzoeken import afstand_km
from regelgeving.rekenen.uitkeringsuren import uren_uit_uitkering
from tests.werkgevers.fabrieken import DeelnemerFabriek, ProfielFabriek, VacatureFabriek
from werkgevers.keuzes import ALLE_DAGDELEN
from werkgevers.matching import geheel
from werkgevers.matching.afstand import meters, punt_van, reis_van
from werkgevers.matching.criteria import HARD, KANDIDAATVELDEN, SCORE
from werkgevers.matching.formule import PAAR, Formule
from werkgevers.matching.sql import gerangschikt, kandidaatwaarden, passende_vacatures, tel, vacaturewaarden
from werkgevers.matching.uitleg import leg_uit
from werkgevers.matching.urengrens import urengrens, zin
from werkgevers.matching.verdeling import verdeel
from werkgevers.models import Kandidaatprofiel, Vacature

ISCO = (8157, 8159, 5321, 9112, 5223)


def _willekeurig(zaad: int, kandidaten: int, vacatures: int) -> None:
    kans = random.Random(zaad)
    vandaag = klok.vandaag()
    amsterdam = [
        (3_877_000 + kans.randrange(9000), 329_000 + kans.randrange(9000), 5_039_000 + kans.randrange(6000))
        for _ in range(6)
    ]
    for _ in range(kandidaten):
        laag = kans.randrange(1, 30)
        vast, snelheid = reis_van(kans.choice(["fiets", "ov", "lopend"]))
        ervaring = kans.sample(ISCO, kans.randrange(0, 3))
        x, y, z = kans.choice([*amsterdam, (0, 0, 0)])
        ProfielFabriek(
            uren_min=laag,
            uren_max=kans.randrange(laag, 41),
            taal=kans.randrange(5),
            opleiding=kans.randrange(7),
            rijbewijzen=kans.choice([0, 4, 5]),
            tillen_max=kans.choice([5, 10, 100]),
            dagdelen=kans.choice([ALLE_DAGDELEN, 7]),
            avond=kans.random() < 0.5,
            weekend=kans.random() < 0.5,
            vog=kans.random() < 0.8,
            beschikbaar_vanaf=vandaag + dt.timedelta(days=kans.randrange(-9, 9)),
            x=x,
            y=y,
            z=z,
            reistijd_max=kans.choice([20, 45, 60]),
            reis_vast=vast,
            meter_per_minuut=snelheid,
            norm_cent=kans.choice([0, 140150, 200000]),
            wens_1=kans.choice([0, *ISCO]),
            wens_2=kans.choice([0, *ISCO]),
            wens_3=kans.choice([0, *ISCO]),
            wens_sector_1=kans.randrange(4),
            wens_sector_2=kans.randrange(4),
            ervaring=ervaring,
            ervaring_lang=ervaring[:1],
            ervaring_groepen=[c // 10 for c in ervaring],
            ervaring_sectoren=kans.randrange(16) * 2,
        )
    for _ in range(vacatures):
        laag = kans.randrange(4, 33)
        vak, uren = kans.randrange(0, 60), kans.randrange(0, 40)
        x, y, z = kans.choice([*amsterdam, (0, 0, 0)])
        VacatureFabriek(
            uren_min=laag,
            uren_max=kans.randrange(laag, 41),
            taalniveau=kans.randrange(3),
            opleiding=kans.choice([0, 2]),
            rijbewijzen=kans.choice([0, 0, 4]),
            tillen_kg=kans.choice([0, 10]),
            dagdelen=kans.choice([0, 3, 64]),
            avond=kans.random() < 0.2,
            weekend=kans.random() < 0.2,
            vog=kans.random() < 0.2,
            startdatum=kans.choice([None, vandaag - dt.timedelta(days=3), vandaag + dt.timedelta(days=5)]),
            isco=kans.choice([0, *ISCO]),
            sectornummer=kans.randrange(4),
            x=x,
            y=y,
            z=z,
            gewicht_vak=vak,
            gewicht_uren=uren,
            gewicht_reizen=0,
            gewicht_wens=100 - vak - uren,
        )


@pytest.mark.eis(
    "R131",
    "SQL voor een vacature, SQL voor een kandidaat, numpy en de uitleg geven dezelfde mensen en punten",
)
@pytest.mark.parametrize("zaad", [1, 2, 3])
def test_alle_wegen_geven_hetzelfde(gemeente: Any, zaad: int) -> None:
    _willekeurig(zaad, 60, 25)
    kandidaten = Kandidaatprofiel.objects.filter(beschikbaar=True)
    vacatures = list(Vacature.objects.order_by("pk"))
    bestand = geheel.lees(kandidaten)
    profielen = {p.deelnemer_id: p for p in kandidaten.order_by("pk")}
    met_sql: dict[tuple[int, int], int] = {}
    for vacature in vacatures:
        uit_sql = [(p.deelnemer_id, p.score) for p in gerangschikt(vacature, kandidaten, "best", klok.vandaag())]
        ids, scores, passen = bestand.beste(geheel.waarden_van(vacature), 1000)
        assert uit_sql == list(zip(ids.tolist(), scores.tolist(), strict=True))
        assert passen == len(uit_sql) == tel(vacature, kandidaten).passen
        eerste = bestand.beste(geheel.waarden_van(vacature), 5)
        assert uit_sql[:5] == list(zip(eerste[0].tolist(), eerste[1].tolist(), strict=True))
        for deelnemer, score in uit_sql:
            met_sql[deelnemer, vacature.pk] = score
            uitleg = leg_uit(profielen[deelnemer], vacature)
            assert uitleg.score == score == sum(uitleg.punten.values()) <= 100
    assert met_sql, "de toets heeft matches nodig"
    andersom = {
        (p.deelnemer_id, v.pk): v.score
        for p in profielen.values()
        for v in passende_vacatures(p, Vacature.objects.filter(status="open"))
    }
    assert andersom == met_sql


def test_tellen_wie_op_een_eis_afvalt(gemeente: Any) -> None:
    _willekeurig(5, 60, 12)
    kandidaten = Kandidaatprofiel.objects.filter(beschikbaar=True)
    for vacature in Vacature.objects.order_by("pk"):
        waarden = vacaturewaarden(vacature)
        bijna: dict[str, int] = {}
        for profiel in kandidaten.order_by("pk"):
            mist = [h.code for h in HARD if not h.geldt.waarde(kandidaatwaarden(profiel), waarden, PAAR)]
            if len(mist) == 1:
                bijna[mist[0]] = bijna.get(mist[0], 0) + 1
        assert dict(tel(vacature, kandidaten).bijna) == bijna


@pytest.mark.parametrize(
    ("code", "vacature", "past", "valt_af"),
    [
        ("uren", {"uren_min": 30, "uren_max": 36}, {"uren_max": 30}, {"uren_max": 29}),
        ("uren", {"uren_min": 10, "uren_max": 16}, {"uren_min": 16}, {"uren_min": 17}),
        ("taal", {"taalniveau": 2}, {"taal": 2}, {"taal": 1}),
        ("opleiding", {"opleiding": 4}, {"opleiding": 4}, {"opleiding": 3}),
        ("rijbewijs", {"rijbewijzen": 5}, {"rijbewijzen": 7}, {"rijbewijzen": 4}),
        ("avond", {"avond": True}, {"avond": True}, {"avond": False}),
        ("weekend", {"weekend": True}, {"weekend": True}, {"weekend": False}),
        ("dagdelen", {"dagdelen": 3}, {"dagdelen": 7}, {"dagdelen": 1}),
        ("tillen", {"tillen_kg": 10}, {"tillen_max": 10}, {"tillen_max": 9}),
        ("vog", {"vog": True}, {"vog": True}, {"vog": False}),
        (
            "beschikbaar",
            {"startdatum": dt.date(2999, 1, 1)},
            {"beschikbaar_vanaf": dt.date(2999, 1, 1)},
            {"beschikbaar_vanaf": dt.date(2999, 1, 2)},
        ),
        (
            "reistijd",
            {"x": 3877000, "y": 329000, "z": 5039000},
            {"x": 3877000, "y": 332000, "z": 5039000, "meter_per_minuut": 100, "reistijd_max": 30},
            {"x": 3877000, "y": 332001, "z": 5039000, "meter_per_minuut": 100, "reistijd_max": 30},
        ),
    ],
)
@pytest.mark.eis("R131", "een harde eis sluit uit, en precies op de grens past iemand nog")
def test_harde_eisen(gemeente: Any, code: str, vacature: Any, past: Any, valt_af: Any) -> None:
    rij = VacatureFabriek(**vacature)
    goed, fout = ProfielFabriek(**past), ProfielFabriek(**valt_af)
    alle = Kandidaatprofiel.objects.all()
    assert [p.pk for p in gerangschikt(rij, alle, "best", klok.vandaag())] == [goed.pk]
    assert dict(tel(rij, alle).bijna) == {code: 1}
    assert fout.pk != goed.pk


@pytest.mark.eis("R131", "naam, leeftijd, geslacht, afkomst, motivatie en versheid tellen nooit mee")
def test_wat_nooit_meetelt(gemeente: Any) -> None:
    mag = {
        "uren_min",
        "uren_max",
        "taal",
        "opleiding",
        "rijbewijzen",
        "tillen_max",
        "dagdelen",
        "avond",
        "weekend",
        "vog",
        "beschikbaar_vanaf",
        "x",
        "y",
        "z",
        "reistijd_max",
        "reis_vast",
        "meter_per_minuut",
        "ervaring",
        "ervaring_lang",
        "ervaring_groepen",
        "ervaring_sectoren",
        "wens_1",
        "wens_2",
        "wens_3",
        "wens_sector_1",
        "wens_sector_2",
        "wens_sector_3",
    }
    assert mag == KANDIDAATVELDEN
    vers, oud = ProfielFabriek(vers_tot=dt.date(2999, 1, 1)), ProfielFabriek(vers_tot=dt.date(2000, 1, 1))
    vacature = vacaturewaarden(VacatureFabriek())
    assert SCORE.waarde(kandidaatwaarden(vers), vacature, PAAR) == SCORE.waarde(kandidaatwaarden(oud), vacature, PAAR)


def test_verouderd_wordt_gemerkt(gemeente: Any) -> None:
    oud = {"bron": "gesprek", "op": "2020-01-01", "tot": "2020-06-01", "tekst": "wasserij"}
    uitleg = leg_uit(ProfielFabriek(herkomst={"ervaring": oud}), VacatureFabriek())
    assert uitleg.verouderd == ("ervaring",)
    assert "verouderd" in uitleg.criteria[0].bron


@pytest.mark.eis("R131", "een grens aan tillen blijft afgeschermd voor wie bijzondere gegevens niet mag zien")
def test_tillen_is_afgeschermd(gemeente: Any) -> None:
    profiel, vacature = ProfielFabriek(tillen_max=15), VacatureFabriek(tillen_kg=10)
    tekst = str([dataclasses.astuple(c) for c in leg_uit(profiel, vacature).criteria])
    assert "15" not in tekst
    assert "15 kilo" in str([dataclasses.astuple(c) for c in leg_uit(profiel, vacature, bijzonder=True).criteria])


@pytest.mark.eis("R133", "per kandidaat staat er bij hoeveel uur de uitkering eindigt, met methode, datum en loon")
def test_urengrens(gemeente: Any) -> None:
    vacature = VacatureFabriek(uren_min=16, uren_max=32, bruto_uurloon=Decimal("14.99"))
    grens = urengrens(141946, "alleenstaande", 36, vacature, dt.date(2026, 7, 1))
    assert grens and grens.grens == Decimal("20.2") and grens.haalbaar
    assert all(deel in grens.uitleg for deel in ("brutomethode", "1 juli 2026", "14,99", "1.419,46"))
    assert zin(grens, 16).replace("\xa0", " ") == "Uit de uitkering vanaf 20,2 uur"
    assert zin(grens, 24) == "Uit de uitkering bij elk aantal uren in deze vacature"
    assert "tekort" in zin(urengrens(202780, "stel", 24, vacature, dt.date(2026, 7, 1)), 16)
    assert urengrens(0, "", 36, vacature, dt.date(2026, 7, 1)) is None


@pytest.mark.eis("R133", "wie de minste uren tekortkomt, staat bovenaan als je daarop ordent")
def test_minste_uren_tekort(gemeente: Any) -> None:
    vacature = VacatureFabriek(uren_min=16, uren_max=32, bruto_uurloon=Decimal("15.40"))
    for norm, uren in ((210000, 20), (140000, 20), (210000, 28), (0, 16), (140000, 18)):
        ProfielFabriek(norm_cent=norm, uren_max=uren)
    rijen = list(gerangschikt(vacature, Kandidaatprofiel.objects.all(), "uren", klok.vandaag()))
    tienden = [
        max(0, int(uren_uit_uitkering(Decimal(p.norm_cent) / 100, Decimal("15.40")) * 10) - 10 * p.uren_max)
        if p.norm_cent
        else 0
        for p in rijen
    ]
    assert [p.tekort for p in rijen] == tienden == sorted(tienden)


def test_langst_wachtend_eerst(gemeente: Any) -> None:
    laat = ProfielFabriek(wacht_sinds=dt.date(2026, 2, 1))
    vroeg = ProfielFabriek(wacht_sinds=dt.date(2024, 2, 1))
    rijen = gerangschikt(VacatureFabriek(), Kandidaatprofiel.objects.all(), "wacht", klok.vandaag())
    assert [p.pk for p in rijen] == [vroeg.pk, laat.pk]


def test_gelijke_score_op_volgorde_van_persoon(gemeente: Any) -> None:
    personen = [DeelnemerFabriek() for _ in range(4)]
    for persoon in reversed(personen):
        ProfielFabriek(deelnemer=persoon)
    rijen = gerangschikt(VacatureFabriek(), Kandidaatprofiel.objects.all(), "best", klok.vandaag())
    assert [p.deelnemer_id for p in rijen] == sorted(p.pk for p in personen)


@pytest.mark.eis("R143", "de reistijd is een schatting op de afstand tussen postcodes")
def test_afstand_is_bijna_de_haversine(gemeente: Any) -> None:
    for van, naar in (("1102", "1055"), ("1011", "3511"), ("1012", "1312")):
        assert abs(meters(punt_van(van), punt_van(naar)) - afstand_km(van, naar) * 1000) < 5
    assert punt_van("0000") == (0, 0, 0)


@given(
    st.lists(
        st.lists(st.tuples(st.integers(0, 5), st.integers(0, 100)), max_size=5, unique_by=lambda p: p[0]),
        min_size=1,
        max_size=4,
    )
)
def test_verdeling_is_de_beste(plekken: list[list[tuple[int, int]]]) -> None:
    """Against trying every way: as many places filled as possible, then the highest total."""

    def beste(nummer: int, bezet: frozenset[int]) -> tuple[int, int]:
        if nummer == len(plekken):
            return 0, 0
        uit = beste(nummer + 1, bezet)
        for persoon, score in plekken[nummer]:
            if persoon not in bezet:
                aantal, totaal = beste(nummer + 1, bezet | {persoon})
                uit = max(uit, (aantal + 1, totaal + score))
        return uit

    gekozen = [paar for paren in verdeel(list(enumerate(plekken))).values() for paar in paren]
    assert len({persoon for persoon, _ in gekozen}) == len(gekozen)
    assert (len(gekozen), sum(score for _, score in gekozen)) == beste(0, frozenset())


def test_een_formule_zonder_sql_of_waarde_bestaat_niet() -> None:
    class Half(Formule):
        def sql(self, naam: Any) -> tuple[str, list[Any]]:
            return "1", []

    with pytest.raises(TypeError, match="waarde"):
        Half()  # type: ignore[abstract]
