"""How dates, money and quantities read on the screen: pure functions, Dutch notation.

No locale, no settings and no clock: what a function needs comes in as an argument, so that
the same value reads the same in a page, a letter, a log-in mail and a test. The template
filters in ``templatetags/weergave.py`` are thin wrappers.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import overload

HARDE_SPATIE = "\u00a0"
MINTEKEN = "\u2212"

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
KORTE_MAANDEN = (
    "jan",
    "feb",
    "mrt",
    "apr",
    "mei",
    "jun",
    "jul",
    "aug",
    "sep",
    "okt",
    "nov",
    "dec",
)
WEEKDAGEN = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

Getal = Decimal | int | float | str


def datum(waarde: date | None) -> str:
    """``3 maart 2026``."""
    if waarde is None:
        return ""
    return f"{waarde.day} {MAANDEN[waarde.month - 1]} {waarde.year}"


def kortedatum(waarde: date | None, *, jaar: int | None = None) -> str:
    """``3 mrt``; with the year added when it differs from the year that the page is about."""
    if waarde is None:
        return ""
    kort = f"{waarde.day} {KORTE_MAANDEN[waarde.month - 1]}"
    return kort if jaar is None or waarde.year == jaar else f"{kort} {waarde.year}"


def maand(waarde: date | None) -> str:
    """The month of a date: "maart 2026"."""
    return f"{MAANDEN[waarde.month - 1]} {waarde.year}" if waarde else ""


def dagdatum(waarde: date | None) -> str:
    """``donderdag 19 november 2026``."""
    return "" if waarde is None else f"{WEEKDAGEN[waarde.weekday()]} {datum(waarde)}"


def kortedag(waarde: date | None) -> str:
    """``do 26 nov``."""
    return "" if waarde is None else f"{WEEKDAGEN[waarde.weekday()][:2]} {kortedatum(waarde)}"


def tijd(waarde: datetime | None) -> str:
    """``09.30``."""
    return "" if waarde is None else f"{waarde.hour:02d}.{waarde.minute:02d}"


def _decimaal(waarde: Getal | None) -> Decimal | None:
    if waarde is None or waarde == "":
        return None
    try:
        getal = waarde if isinstance(waarde, Decimal) else Decimal(str(waarde))
    except InvalidOperation:
        return None
    return getal if getal.is_finite() else None


def getal(waarde: Getal | None, decimalen: int = 0, *, altijd: bool = True) -> str:
    """``1.234`` or ``1.234,5``; ``altijd=False`` drops decimals that are zero."""
    exact = _decimaal(waarde)
    if exact is None:
        return ""
    rond = exact.quantize(Decimal(1).scaleb(-decimalen), rounding=ROUND_HALF_UP)
    heel, _, breuk = f"{abs(rond):f}".partition(".")
    groepen = f"{int(heel):,}".replace(",", ".")
    if not altijd:
        breuk = breuk.rstrip("0")
    tekst = f"{groepen},{breuk}" if breuk else groepen
    return f"{MINTEKEN}{tekst}" if rond < 0 else tekst


def euro(waarde: Getal | None) -> str:
    """``€ 1.234,56`` with a hard space; a negative amount reads ``€ −12,00``."""
    tekst = getal(waarde, 2)
    return f"€{HARDE_SPATIE}{tekst}" if tekst else ""


def uren(waarde: Getal | None) -> str:
    """``22,5 uur``: at most two decimals, none that say nothing."""
    tekst = getal(waarde, 2, altijd=False)
    return f"{tekst}{HARDE_SPATIE}uur" if tekst else ""


def procent(waarde: Getal | None, decimalen: int = 1) -> str:
    """``48,9 %``: the value is already a percentage (48.9, not 0.489)."""
    tekst = getal(waarde, decimalen, altijd=False)
    return f"{tekst}{HARDE_SPATIE}%" if tekst else ""


def verschil(waarde: Getal | None, decimalen: int = 0) -> str:
    """``+12`` or ``−7``: a difference always carries its sign, zero does not."""
    exact = _decimaal(waarde)
    if exact is None:
        return ""
    tekst = getal(exact, decimalen, altijd=False)
    return f"+{tekst}" if exact > 0 and tekst != "0" else tekst


def hoofdletter(tekst: str) -> str:
    """The same text with a capital in front: a label of a choice as a title or in a cell."""
    return f"{tekst[:1].upper()}{tekst[1:]}"


def aantal(waarde: int, enkelvoud: str, meervoud: str) -> str:
    """``1 fout``, ``2 fouten``, ``1.204 fouten``."""
    return f"{getal(waarde)} {enkelvoud if waarde == 1 else meervoud}"


#: From how many days on `geleden` counts in weeks, in months and in years.
TWEE_WEKEN, TWEE_MAANDEN, TWEE_JAAR = 14, 61, 730


def geleden(waarde: date | None, vandaag: date) -> str:
    """How far a day lies from today, as people say it: ``vandaag``, ``2 dagen geleden``,
    ``over 3 weken``. Counts in days to two weeks, then weeks, months and years."""
    if waarde is None:
        return ""
    dag = waarde.date() if isinstance(waarde, datetime) else waarde
    dagen = (vandaag - dag).days
    if dagen == 0:
        return "vandaag"
    if dagen == 1:
        return "gisteren"
    if dagen == -1:
        return "morgen"
    ver = abs(dagen)
    if ver < TWEE_WEKEN:
        tekst = aantal(ver, "dag", "dagen")
    elif ver < TWEE_MAANDEN:
        tekst = aantal(ver // 7, "week", "weken")
    elif ver < TWEE_JAAR:
        tekst = aantal(ver * 12 // 365, "maand", "maanden")
    else:
        tekst = f"{ver // 365} jaar"
    return f"{tekst} geleden" if dagen > 0 else f"over {tekst}"


@overload
def leeftijd(geboren: date, vandaag: date) -> int: ...


@overload
def leeftijd(geboren: None, vandaag: date) -> None: ...


def leeftijd(geboren: date | None, vandaag: date) -> int | None:
    """Age in whole years; someone born on 29 February turns a year older on 1 March."""
    if geboren is None:
        return None
    return vandaag.year - geboren.year - ((vandaag.month, vandaag.day) < (geboren.month, geboren.day))


# Dutch area codes of three digits; every other geographic code has four.
_KORTE_NETNUMMERS = frozenset(
    [
        "010",
        "013",
        "014",
        "015",
        "020",
        "023",
        "024",
        "026",
        "030",
        "033",
        "035",
        "036",
        "038",
        "040",
        "043",
        "045",
        "046",
        "050",
        "053",
        "055",
        "058",
        "070",
        "071",
        "072",
        "073",
        "074",
        "075",
        "076",
        "077",
        "078",
        "079",
        "085",
        "088",
        "091",
        "097",
    ]
)


def telefoon(waarde: str | None) -> str:
    """``06 12 34 56 78``, ``020 252 12 34``, ``0299 12 34 56``; anything else stays as it is."""
    if not waarde:
        return ""
    cijfers = re.sub(r"[\s().\-/]", "", waarde)
    cijfers = re.sub(r"^(\+31|0031)0?", "0", cijfers)
    if not re.fullmatch(r"0\d{9}", cijfers):
        return waarde.strip()
    if cijfers.startswith("06"):
        stukken = [cijfers[:2], cijfers[2:4], cijfers[4:6], cijfers[6:8], cijfers[8:]]
    elif cijfers[:3] in _KORTE_NETNUMMERS:
        stukken = [cijfers[:3], cijfers[3:6], cijfers[6:8], cijfers[8:]]
    else:
        stukken = [cijfers[:4], cijfers[4:6], cijfers[6:8], cijfers[8:]]
    return HARDE_SPATIE.join(stukken)


def voorletters(naam: str) -> str:
    """``SG`` for *Samira de Groot*: first letter of the first and of the last word."""
    woorden = [w for w in re.split(r"[\s]+", naam.strip()) if w]
    if not woorden:
        return "?"
    eerste, laatste = woorden[0][0], woorden[-1][0]
    return (eerste if len(woorden) == 1 else eerste + laatste).upper()
