"""Dutch notation of values."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kern import weergave as w

S = "\u00a0"


@pytest.mark.parametrize(
    ("functie", "waarde", "verwacht"),
    [
        (w.datum, date(2026, 3, 3), "3 maart 2026"),
        (w.datum, None, ""),
        (w.kortedatum, date(2026, 3, 3), "3 mrt"),
        (w.dagdatum, date(2026, 11, 19), "donderdag 19 november 2026"),
        (w.kortedag, date(2026, 11, 26), "do 26 nov"),
        (w.tijd, datetime(2026, 3, 3, 9, 30, tzinfo=UTC), "09.30"),
        (w.tijd, None, ""),
        (w.euro, Decimal("1234.56"), f"€{S}1.234,56"),
        (w.euro, Decimal("-12"), f"€{S}−12,00"),
        (w.euro, Decimal("0.005"), f"€{S}0,01"),
        (w.euro, Decimal("-0.001"), f"€{S}0,00"),
        (w.euro, 0, f"€{S}0,00"),
        (w.euro, None, ""),
        (w.euro, "", ""),
        (w.euro, "onzin", ""),
        (w.uren, Decimal("22.50"), f"22,5{S}uur"),
        (w.uren, 24, f"24{S}uur"),
        (w.uren, Decimal("0.25"), f"0,25{S}uur"),
        (w.uren, None, ""),
        (w.procent, Decimal("48.91"), f"48,9{S}%"),
        (w.procent, 50, f"50{S}%"),
        (w.getal, 1234567, "1.234.567"),
        (w.getal, float("nan"), ""),
        (w.verschil, 12, "+12"),
        (w.verschil, -7, "−7"),
        (w.verschil, 0, "0"),
        (w.verschil, Decimal("0.2"), "0"),
        (w.verschil, None, ""),
        (w.telefoon, "0612345678", f"06{S}12{S}34{S}56{S}78"),
        (w.telefoon, "+31 6 12345678", f"06{S}12{S}34{S}56{S}78"),
        (w.telefoon, "020-2521234", f"020{S}252{S}12{S}34"),
        (w.telefoon, "0299 123456", f"0299{S}12{S}34{S}56"),
        (w.telefoon, "112", "112"),
        (w.telefoon, None, ""),
        (w.voorletters, "Samira de Groot", "SG"),
        (w.voorletters, "João", "J"),
        (w.voorletters, "  ", "?"),
    ],
)
def test_notatie(functie, waarde, verwacht):
    assert functie(waarde) == verwacht


def test_korte_datum_noemt_een_ander_jaar():
    assert w.kortedatum(date(2025, 3, 28), jaar=2026) == "28 mrt 2025"
    assert w.kortedatum(date(2026, 3, 28), jaar=2026) == "28 mrt"


@pytest.mark.parametrize(
    ("dag", "verwacht"),
    [
        (date(2026, 11, 19), "vandaag"),
        (date(2026, 11, 18), "gisteren"),
        (date(2026, 11, 20), "morgen"),
        (date(2026, 11, 17), "2 dagen geleden"),
        (date(2026, 11, 22), "over 3 dagen"),
        (date(2026, 11, 5), "2 weken geleden"),
        (date(2026, 10, 8), "6 weken geleden"),
        (date(2026, 5, 19), "6 maanden geleden"),
        (date(2027, 11, 19), "over 12 maanden"),
        (date(2022, 11, 19), "4 jaar geleden"),
        (datetime(2026, 11, 17, 23, 59, tzinfo=UTC), "2 dagen geleden"),
    ],
)
def test_geleden(dag, verwacht):
    assert w.geleden(dag, date(2026, 11, 19)) == verwacht


@pytest.mark.parametrize(
    ("vandaag", "jaren"),
    [(date(2026, 2, 27), 21), (date(2026, 2, 28), 21), (date(2026, 3, 1), 22), (date(2024, 2, 29), 20)],
)
def test_leeftijd_op_schrikkeldag(vandaag, jaren):
    assert w.leeftijd(date(2004, 2, 29), vandaag) == jaren


def test_aantal():
    assert w.aantal(1, "fout", "fouten") == "1 fout"
    assert w.aantal(0, "fout", "fouten") == "0 fouten"
    assert w.aantal(1204, "rij", "rijen") == "1.204 rijen"
