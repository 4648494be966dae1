"""The amounts by hand: three calibration cases and one per regime, with the arithmetic written out (R148)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from loonkostensubsidie.rekenen.geval import Geval, OnjuisteInvoer, fouten_in
from loonkostensubsidie.rekenen.maand import Tijdvak, bereken_maand, knip_forfait
from loonkostensubsidie.rekenen.maandbedrag import bereken
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from tests.loonkostensubsidie.wet import geval, meegeleverde_wet, met_instelling

WET = meegeleverde_wet()


def bedragen(een: Geval, datum: str, wet: Wetgeving = WET) -> tuple[str, str, str]:
    rond = bereken(een, dt.date.fromisoformat(datum), wet).bedrag.afgerond()
    return str(rond.lks), str(rond.werkgeverslasten), str(rond.totaal)


@pytest.mark.eis("R148", "drie ijkgevallen tot op de cent")
@pytest.mark.parametrize(
    ("een", "datum", "verwacht"),
    [
        (geval("2018-01-01", loonwaarde="45"), "2018-01-15", ("937.33", "220.27", "1157.61")),
        (
            geval("2024-01-01", loonwaarde="40", uren="40", voltijd="40"),
            "2024-01-15",
            ("1489.97", "350.14", "1840.11"),
        ),
        (geval("2025-04-01", loonwaarde="70"), "2026-08-15", ("743.39", "174.70", "918.08")),
    ],
    ids=["2018, 45 procent", "2024, 40 uur", "lopend, augustus 2026"],
)
def test_ijkgevallen(een: Geval, datum: str, verwacht: tuple[str, str, str]) -> None:
    assert bedragen(een, datum) == verwacht


@pytest.mark.eis("R147", "elk tijdvak heeft zijn eigen regels: proef, functieloon, minimumloon, 36 uur")
@pytest.mark.parametrize(
    ("een", "datum", "verwacht"),
    [
        # Pilot: 1.485,60 × 1,08 = 1.604,448; 60 % = 962,6688; × 32/40 = 770,13504; 23 % = 177,1310592
        (
            geval("2014-01-06", loonwaarde="40", uren="32", voltijd="40"),
            "2014-02-01",
            ("770.14", "177.13", "947.27"),
        ),
        # 2015: 1.501,80 × 1,08 = 1.621,944; 50 % van 120 % = 60 %; gat 648,7776; × 36/38 = 614,63141; 23 % = 141,36522
        (
            geval("2015-01-01", loonwaarde="50", voltijd="38", functieloon=Decimal(120)),
            "2015-03-01",
            ("614.63", "141.37", "756.00"),
        ),
        # 2016, loopt sinds 2015: tabel januari 1.524,60 × 1,08 = 1.646,568; 80 % > 70 % = 1.152,5976; 23 % = 265,097448
        (
            geval("2015-06-01", loonwaarde="20", uren="40", voltijd="40"),
            "2016-09-01",
            ("1152.60", "265.10", "1417.70"),
        ),
        # 2017 forfait, 20 jaar: 954,25 × 1,08 = 1.030,59; 50 % = 515,295; × 20/40 = 257,6475; 23 % = 59,258925
        (
            geval("2017-02-01", geboren="1996-10-01", loonwaarde=None, uren="20", voltijd="40"),
            "2017-03-01",
            ("257.65", "59.26", "316.91"),
        ),
        # 2017 en later telt het functieloon niet: 1.551,60 × 1,08 = 1.675,728; 50 % = 837,864; 23 % = 192,70872
        (geval("2017-02-01", functieloon=Decimal(120)), "2017-03-01", ("837.86", "192.71", "1030.57")),
        # 2023, 44 uur bij 38: 1.995 × 1,08 = 2.154,60; 70 % = 1.508,22; deel 1; 23,5 % = 354,4317
        (
            geval("2023-09-15", loonwaarde="30", uren="44", voltijd="38"),
            "2023-10-01",
            ("1508.22", "354.43", "1862.65"),
        ),
        # 2026, begonnen na 1 juli: 2.337 × 1,08 = 2.523,96; 30 % = 757,188; 23,5 % = 177,93918
        (geval("2026-07-15", loonwaarde="70"), "2026-08-01", ("757.19", "177.94", "935.13")),
        # 2026, 18 jaar: 50 % van 2.294,40 = 1.147,20; × 1,08 = 1.238,976; 45 % = 557,5392; × 24/36; 23,5 % = 87,347808
        (
            geval("2025-10-01", geboren="2007-09-01", loonwaarde="55", uren="24"),
            "2026-02-01",
            ("371.69", "87.35", "459.04"),
        ),
    ],
    ids=["pilot", "functieloon", "maximum", "forfait jeugd", "minimumloon", "44 uur", "na 1 juli", "18 jaar"],
)
def test_met_de_hand(een: Geval, datum: str, verwacht: tuple[str, str, str]) -> None:
    assert bedragen(een, datum) == verwacht


def test_lopend_geval_volgt_1_juli_niet_maar_1_januari_wel() -> None:
    een = geval("2025-03-01", loonwaarde="60")
    assert bereken(een, dt.date(2025, 12, 31), WET).tabel_van == dt.date(2025, 3, 1)
    assert bedragen(een, "2026-06-30") == bedragen(een, "2026-07-01") != bedragen(een, "2025-12-31")


@pytest.mark.parametrize(
    ("instelling", "tabel"), [("ingangsdatum_besluit", dt.date(2026, 8, 10)), ("begin_jaar", dt.date(2026, 1, 1))]
)
def test_verjaardag_met_een_andere_jeugdschaal_is_een_nieuw_begin(instelling: str, tabel: dt.date) -> None:
    wet = met_instelling("lks.wml_na_wijziging", instelling)
    een = geval("2025-03-01", geboren="2005-08-10")
    assert bereken(een, dt.date(2026, 8, 9), wet).tabel_van == dt.date(2026, 1, 1)
    assert bereken(een, dt.date(2026, 8, 10), wet).tabel_van == tabel


def test_verjaardag_zonder_andere_schaal_verandert_niets() -> None:
    een = geval("2025-03-01", geboren="1990-08-10")
    assert bereken(een, dt.date(2026, 9, 1), WET).tabel_van == dt.date(2026, 1, 1)


def test_wijziging_van_uren_neemt_de_tabel_van_die_dag() -> None:
    een = geval("2025-03-01", wijzigingen=(dt.date(2026, 9, 1),))
    assert bereken(een, dt.date(2026, 8, 31), WET).tabel_van == dt.date(2026, 1, 1)
    assert bereken(een, dt.date(2026, 9, 1), WET).tabel_van == dt.date(2026, 9, 1)


def test_jeugd_sinds_2024_kan_ook_met_het_uurloon() -> None:
    # 18 jaar, 2026: 7,36 × 156 = 1.148,16; × 1,08 = 1.240,0128; 50 % = 620,0064
    wet = met_instelling("lks.jeugd_referentiemaand", "uurloon")
    assert bedragen(geval("2026-01-05", geboren="2007-06-01"), "2026-02-01", wet)[0] == "620.01"


def test_maximum_met_werkgeverslasten_erin_is_70_procent_samen() -> None:
    # 2.294,40 × 1,08 = 2.477,952; 70 % = 1.734,5664 voor alles samen
    wet = met_instelling("lks.maximum_volgorde", "met_werkgeverslasten")
    assert bedragen(geval("2026-01-05", loonwaarde="10"), "2026-02-01", wet)[2] == "1734.57"


def test_totaal_uit_afgeronde_delen_kan_een_cent_schelen() -> None:
    uitkomst = bereken(geval("2018-01-01", loonwaarde="45"), dt.date(2018, 1, 15), WET)
    assert str(uitkomst.bedrag.afgerond().totaal) == "1157.61"
    assert str(uitkomst.bedrag.afgerond("som_van_delen").totaal) == "1157.60"


@pytest.mark.eis("R148", "elke stap van het bedrag heeft een artikel, een bron en een uitleg")
def test_specificatie_vertelt_het_hele_verhaal() -> None:
    regels = bereken(geval("2025-04-01", loonwaarde="70"), dt.date(2026, 8, 15), WET).specificatie
    assert [regel.code for regel in regels] == [
        "minimumloon",
        "minimumloon_met_vakantiebijslag",
        "loonwaarde",
        "verschil",
        "maximum",
        "uren",
        "loonkostensubsidie",
        "werkgeverslasten",
        "totaal",
    ]
    loon = regels[0]
    assert (loon.berekening, loon.waarde, loon.artikel) == (
        "46 jaar, tabel van 1 januari 2026",
        Decimal("2294.4000"),
        "WML art. 7 en 8",
    )
    assert regels[2].berekening == "70 % van €\u00a02.477,9520"
    assert all(regel.bron and regel.status for regel in regels if regel.artikel)


@pytest.mark.parametrize(
    ("velden", "datum", "veld", "deel"),
    [
        ({"loonwaarde": "0"}, "2026-02-01", "loonwaarde", "van 1 tot en met 100"),
        ({"loonwaarde": "101"}, "2026-02-01", "loonwaarde", "van 1 tot en met 100"),
        ({"loonwaarde": "45.5"}, "2026-02-01", "loonwaarde", "hele procenten"),
        ({"uren": "168.5"}, "2026-02-01", "uren", "168 uur"),
        ({"uren": "0"}, "2026-02-01", "uren", "meer dan 0"),
        ({"voltijd": "41"}, "2026-02-01", "voltijd", "hoogstens 40"),
        ({"functieloon": Decimal(99)}, "2026-02-01", "functieloon", "minstens het minimumloon"),
        ({"geboren": "2012-01-01"}, "2026-02-01", "geboortedatum", "Onder 15 jaar"),
        ({}, "2025-12-31", "datum", "op of na het begin"),
    ],
)
def test_onjuiste_invoer_wordt_geweigerd_bij_het_veld(velden: dict[str, str], datum: str, veld: str, deel: str) -> None:
    with pytest.raises(OnjuisteInvoer) as fout:
        bereken(geval("2026-01-05", **velden), dt.date.fromisoformat(datum), WET)
    assert deel in fout.value.fouten[veld][0]


def test_alle_fouten_tegelijk() -> None:
    fouten = fouten_in(geval("2026-01-05", loonwaarde="0", uren="200", voltijd="0"), dt.date(2026, 1, 1))
    assert set(fouten) == {"datum", "loonwaarde", "uren", "voltijd"}


def test_forfait_kan_tot_en_met_de_laatste_dag_van_zes_maanden() -> None:
    een = geval("2026-01-15", loonwaarde=None)
    assert bedragen(een, "2026-07-14")[0] == "1238.98"  # 2.477,952 × 50 %
    with pytest.raises(OnjuisteInvoer, match="tot en met 14 juli 2026"):
        bereken(een, dt.date(2026, 7, 15), WET)


@pytest.mark.parametrize("datum", ["2027-01-01", "2031-05-01"])
def test_een_jaar_zonder_minimumloon_rekent_niet_met_een_oude_tabel(datum: str) -> None:
    with pytest.raises(OntbrekendGegeven, match="Het minimumloon van 1 januari"):
        bereken(geval("2026-01-05"), dt.date.fromisoformat(datum), WET)


def test_forfait_bestaat_niet_voor_2017() -> None:
    with pytest.raises(OntbrekendGegeven, match=r"lks\.forfait"):
        bereken(geval("2016-03-01", loonwaarde=None), dt.date(2016, 4, 1), WET)


def vak(een: Geval, van: str, tot: str, opgeschort: str = "") -> Tijdvak:
    return Tijdvak(dt.date.fromisoformat(van), dt.date.fromisoformat(tot), een, opgeschort)


def test_gebroken_maand_telt_kalenderdagen() -> None:
    # 743,3856 × 17/31 = 407,66307
    een = geval("2025-04-01", loonwaarde="70")
    uitkomst = bereken_maand(2026, 8, [vak(een, "2026-08-15", "2026-12-31")], WET)
    assert str(uitkomst.bedrag.afgerond().lks) == "407.66"


def test_uren_veranderen_halverwege_de_maand() -> None:
    # Tot en met 9 september 36 uur op tabel januari: 743,3856 × 9/30 = 223,01568
    # Vanaf 10 september 18 uur op tabel juli: 757,188 × 18/36 × 21/30 = 265,0158; samen 488,03148
    oud = geval("2025-04-01", loonwaarde="70")
    nieuw = geval("2025-04-01", loonwaarde="70", uren="18", wijzigingen=(dt.date(2026, 9, 10),))
    uitkomst = bereken_maand(
        2026, 9, [vak(oud, "2025-04-01", "2026-09-09"), vak(nieuw, "2026-09-10", "2026-12-31")], WET
    )
    assert str(uitkomst.bedrag.afgerond().lks) == "488.03"


def test_verjaardag_halverwege_de_maand() -> None:
    # 20 jaar t/m 9 augustus: 1.835,52 × 1,08 × 50 % × 9/31 = 287,7622
    # 21 jaar vanaf 10 augustus: 2.337 × 1,08 × 50 % × 22/31 = 895,5987
    een = geval("2025-03-01", geboren="2005-08-10")
    uitkomst = bereken_maand(2026, 8, [vak(een, "2025-03-01", "2026-12-31")], WET)
    assert [(deel.van.day, deel.tot.day) for deel in uitkomst.delen] == [(1, 9), (10, 31)]
    assert str(uitkomst.bedrag.afgerond().lks) == "1183.36"


def test_ziek_met_no_risk_is_opgeschort_en_zegt_waarom() -> None:
    een = geval("2025-04-01", loonwaarde="70")
    uitkomst = bereken_maand(
        2026,
        6,
        [
            vak(een, "2025-04-01", "2026-06-10"),
            vak(een, "2026-06-11", "2026-06-20", "Ziek: UWV betaalt de Ziektewet"),
            vak(een, "2026-06-21", "2026-12-31"),
        ],
        WET,
    )
    assert str(uitkomst.bedrag.afgerond().lks) == "495.59"  # 743,3856 × 20/30 = 495,5904
    assert uitkomst.delen[1].specificatie[0].omschrijving.startswith("Ziek")


def test_forfait_stopt_na_zes_maanden_zonder_loonwaarde() -> None:
    een = geval("2026-01-15", loonwaarde=None)
    voor, na = knip_forfait(vak(een, "2026-01-15", "2026-12-31"), WET)
    assert (voor.tot, na.van, bool(na.opgeschort)) == (dt.date(2026, 7, 14), dt.date(2026, 7, 15), True)
    assert str(bereken_maand(2026, 8, [voor, na], WET).bedrag.afgerond().totaal) == "0.00"


def test_dubbel_tijdvak_wordt_geweigerd() -> None:
    een = geval("2025-04-01")
    with pytest.raises(ValueError, match="overlappen"):
        bereken_maand(2026, 3, [vak(een, "2026-03-01", "2026-03-20"), vak(een, "2026-03-20", "2026-03-31")], WET)


def test_een_minimumloon_zonder_bedrag_per_maand_geeft_nooit_stil_nul() -> None:
    tabel = dt.date(2026, 1, 1)
    leeg = [replace(rij, referentiemaand=None) for rij in WET.lonen[tabel]]
    kaal = Wetgeving(WET.gegevens, {**WET.lonen, tabel: leeg})
    with pytest.raises(OntbrekendGegeven, match="per maand van 1 januari 2026 is niet bekend"):
        bereken(geval("2025-04-01"), dt.date(2026, 8, 15), kaal)


def test_dertigsten_geven_over_een_hele_maand_precies_een_maand() -> None:
    wet = met_instelling("lks.gebroken_maand", "dertigste")
    een = geval("2025-03-01", geboren="1980-05-17", loonwaarde="60")
    heel = bereken_maand(2025, 5, [vak(een, "2025-03-01", "2025-12-31")], wet).bedrag
    delen = [vak(een, "2025-03-01", "2025-05-10"), vak(een, "2025-05-11", "2025-12-31")]
    assert bereken_maand(2025, 5, delen, wet).bedrag == heel == bereken(een, dt.date(2025, 5, 1), wet).bedrag


def test_een_verjaardag_zonder_andere_schaal_knipt_de_maand_niet() -> None:
    een = geval("2025-03-01", geboren="1980-05-17")
    assert len(bereken_maand(2025, 5, [vak(een, "2025-03-01", "2025-12-31")], WET).delen) == 1
