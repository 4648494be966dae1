"""What a route asks and which admission rules it has: data in, faults and warnings out; no database.

Required parts block, admission rules only warn: the sender explains (R026). Every rule says its source.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from aanmeldingen.keuzes import Documentsoort, Onderdeel
from kern.weergave import datum, leeftijd
from regelgeving.rekenen.werkdagen import plus_maanden

JONGER_DAN = 27

#: Part → path in the body of the API. A part is there when the value at one of its paths is not empty.
PADEN: dict[str, tuple[tuple[str, ...], ...]] = {
    Onderdeel.BSN: (("burgerservicenummer",),),
    Onderdeel.CONTACT: (("contact", "telefoon"), ("contact", "email")),
    Onderdeel.ADRES: (("adres",),),
    Onderdeel.TOELICHTING: (("toelichting",),),
    Onderdeel.OPLEIDINGEN: (("adviesrapport", "opleidingen"),),
    Onderdeel.WERKERVARING: (("adviesrapport", "werkervaring"),),
    Onderdeel.TALEN: (("adviesrapport", "talen"),),
    Onderdeel.BESCHIKBAARHEID: (("adviesrapport", "beschikbaarheid"),),
    Onderdeel.WERKVERMOGEN: (("adviesrapport", "werkvermogen"),),
    Onderdeel.BELEMMERINGEN: (("adviesrapport", "belemmeringen"),),
    Onderdeel.TREDE: (("adviesrapport", "trede"),),
    Onderdeel.ZOEKBEROEP: (("adviesrapport", "zoekberoep"),),
    Onderdeel.HUISHOUDEN: (("huishouden",),),
    Onderdeel.UITKERING: (("uitkering",),),
    Onderdeel.BEGELEIDING: (("eerdereBegeleiding",),),
    Onderdeel.WERKVERDELING: (("werkverdeling",),),
    Onderdeel.KLANTMANAGER: (("klantmanager",),),
    Onderdeel.HUIDIG_WERK: (("huidigWerk",),),
    Onderdeel.ARBEIDSBEPERKING: (("arbeidsbeperking",),),
    Onderdeel.SCHOOL: (("school", "verwachteUitstroomdatum"),),
}


def _waarde(gegevens: Any, pad: tuple[str, ...]) -> Any:
    for stap in pad:
        gegevens = gegevens.get(stap) if isinstance(gegevens, dict) else None
    return gegevens


def _er(waarde: Any) -> bool:
    return waarde not in (None, "", [], {})


def aanwezig(gegevens: Any, onderdeel: str) -> bool:
    """Whether the body holds this part. An empty list of barriers counts: there are none."""
    if onderdeel == Onderdeel.BELEMMERINGEN:
        return isinstance(_waarde(gegevens, PADEN[onderdeel][0]), list)
    return any(_er(_waarde(gegevens, pad)) for pad in PADEN.get(onderdeel, ()))


def ontbrekend(gegevens: Any, onderdelen: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
    """Paths of the required parts that are missing, with the sentence for the sender."""
    return [
        (_plek(gegevens, onderdeel), f"Bij deze route is dit verplicht: {_wat(gegevens, onderdeel)}.")
        for onderdeel in onderdelen
        if onderdeel in PADEN and not aanwezig(gegevens, onderdeel)
    ]


def _zonder_vertrekdag(gegevens: Any, onderdeel: str) -> bool:
    """A school without the day on which the pupil leaves (R036)."""
    return onderdeel == Onderdeel.SCHOOL and _er(_waarde(gegevens, ("school",)))


def _plek(gegevens: Any, onderdeel: str) -> tuple[str, ...]:
    if onderdeel == Onderdeel.SCHOOL and not _zonder_vertrekdag(gegevens, onderdeel):
        return ("school",)
    return PADEN[onderdeel][0]


def _wat(gegevens: Any, onderdeel: str) -> str:
    if _zonder_vertrekdag(gegevens, onderdeel):
        return "de dag waarop de leerling van school gaat"
    return str(Onderdeel(onderdeel).label).lower()


def te_veel(gegevens: Any, gevraagd: Iterable[str]) -> list[tuple[tuple[str, ...], str]]:
    """Paths of the parts that a route with minimal data did not ask, with the sentence for the sender (R042)."""
    mag = set(gevraagd)
    return [
        (pad, f"Deze route vraagt geen {Onderdeel(onderdeel).label.lower()}. Stuur dit niet mee.")
        for onderdeel, paden in PADEN.items()
        if onderdeel not in mag
        for pad in paden
        if _er(_waarde(gegevens, pad))
    ]


def ontbrekende_documenten(gegevens: Any, gevraagd: Iterable[str], gestuurd: Iterable[str] = ()) -> list[str]:
    """Kinds of documents that a route asks and that are not there yet; an adviesrapport in the body is there."""
    er = {*gestuurd}
    if _er(_waarde(gegevens, ("adviesrapport",))):
        er.add(Documentsoort.ADVIESRAPPORT)
    return [soort for soort in dict.fromkeys(gevraagd) if soort not in er]


def documenten_in_woorden(soorten: Iterable[str]) -> str:
    """Kinds of documents in a sentence: adviesrapport, cv."""
    return ", ".join(str(Documentsoort(soort).label).lower() for soort in soorten)


def tel(gegevens: Any, onderdelen: Iterable[str]) -> tuple[int, int]:
    """How many of these parts there are, and how many are asked: “data complete n of n”."""
    gevraagd = [o for o in dict.fromkeys(onderdelen) if o in PADEN]
    return sum(aanwezig(gegevens, o) for o in gevraagd), len(gevraagd)


def _datum(waarde: Any) -> dt.date | None:
    return dt.date.fromisoformat(waarde) if isinstance(waarde, str) else waarde


def _trede(gegevens: dict[str, Any]) -> int | None:
    return (gegevens.get("adviesrapport") or {}).get("trede", {}).get("waarde")


def _begeleid_sinds(gegevens: dict[str, Any]) -> dt.date | None:
    begin = [_datum(periode.get("van")) for periode in gegevens.get("eerdereBegeleiding", ())]
    return min((dag for dag in begin if dag), default=None)


def _trede_minimaal(gegevens: dict[str, Any], grens: int, vandaag: dt.date) -> str:
    """R027: own entry level per route, lower for the Kanstraject."""
    trede = _trede(gegevens)
    return f"Deze route is voor mensen vanaf trede {grens}." if trede is not None and trede < grens else ""


def _hoogstens_begeleid(gegevens: dict[str, Any], maanden: int, vandaag: dt.date) -> str:
    """R026: trede 4 after at most 6 months of guidance by the sender."""
    sinds = _begeleid_sinds(gegevens)
    if _trede(gegevens) != 4:  # noqa: PLR2004
        return ""
    if sinds is None:
        return f"Bij trede 4 hoort hoogstens {maanden} maanden begeleiding vooraf; die staat er niet bij."
    if plus_maanden(sinds, maanden) < vandaag:
        return f"De begeleiding in trede 4 duurt langer dan {maanden} maanden."
    return ""


def _niet_uitgestroomd(gegevens: dict[str, Any], maanden: int, vandaag: dt.date) -> str:
    """R028: youth in trede 4 come after 6 months without work; those in trede 3 at once."""
    sinds = _begeleid_sinds(gegevens)
    if _trede(gegevens) != 4:  # noqa: PLR2004
        return ""
    if sinds is None:
        return "Vul in sinds wanneer Werk en Opleiding Jongeren begeleidt: bij trede 4 wachten we zes maanden."
    vanaf = plus_maanden(sinds, maanden)
    return f"Bij trede 4 kan dit vanaf {datum(vanaf)}: zes maanden na het begin." if vanaf > vandaag else ""


def zes_maanden_op(gegevens: dict[str, Any], regels: dict[str, int]) -> dt.date | None:
    """The day on which the months of guidance in trede 4 are over, when the route has such a rule (R026, R028)."""
    maanden = regels.get("niet_uitgestroomd_na_maanden") or regels.get("hoogstens_maanden_begeleid")
    sinds = _begeleid_sinds(gegevens)
    if not maanden or sinds is None or _trede(gegevens) != 4:  # noqa: PLR2004
        return None
    return plus_maanden(sinds, maanden)


def _hoogste_leeftijd(gegevens: dict[str, Any], grens: int, vandaag: dt.date) -> str:
    geboren = _datum(gegevens.get("geboortedatum"))
    oud = geboren is not None and leeftijd(geboren, vandaag) >= grens
    return f"Deze route is voor mensen tot {grens} jaar." if oud else ""


REGELS: dict[str, Callable[[dict[str, Any], int, dt.date], str]] = {
    "trede_minimaal": _trede_minimaal,
    "hoogstens_maanden_begeleid": _hoogstens_begeleid,
    "niet_uitgestroomd_na_maanden": _niet_uitgestroomd,
    "jonger_dan": _hoogste_leeftijd,
}


def waarschuwingen(gegevens: dict[str, Any], regels: dict[str, int], vandaag: dt.date) -> list[dict[str, str]]:
    """The rules that this referral does not meet, as `{"regel", "tekst"}`; unknown rules are an error
    of the route.
    """
    uit = []
    for naam, grens in regels.items():
        tekst = REGELS[naam](gegevens, grens, vandaag)
        if tekst:
            uit.append({"regel": naam, "tekst": tekst})
    return uit


@dataclass(frozen=True)
class Regeltekst:
    """A rule for who manages it: its name, the unit of its number, and its sentence."""

    naam: str
    eenheid: str
    zin: str


#: Per rule how it reads; `{n}` is the number and `{eenheid}` its unit in the right form.
TEKSTEN: dict[str, Regeltekst] = {
    "trede_minimaal": Regeltekst("Laagste trede", "", "De persoon staat op trede {n} of hoger."),
    "hoogstens_maanden_begeleid": Regeltekst(
        "Begeleiding vooraf bij trede 4",
        "maanden",
        "Bij trede 4 heeft de verwijzer de persoon hoogstens {n} {eenheid} begeleid.",
    ),
    "niet_uitgestroomd_na_maanden": Regeltekst(
        "Wachten bij trede 4",
        "maanden",
        "Bij trede 4 meldt de verwijzer pas aan na {n} {eenheid} begeleiding zonder werk.",
    ),
    "jonger_dan": Regeltekst("Leeftijd", "jaar", "De persoon is jonger dan {n} jaar."),
}


def in_woorden(naam: str, grens: int) -> str:
    """An admission rule as a sentence for the sender."""
    tekst = TEKSTEN[naam]
    eenheid = "maand" if tekst.eenheid == "maanden" and grens == 1 else tekst.eenheid
    return tekst.zin.format(n=grens, eenheid=eenheid)
