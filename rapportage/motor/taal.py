"""The small language of conditions in a definition: checked, compiled to SQL with parameters, and read aloud in Dutch.

A condition is JSON: `{"veld": "groep", "is": "werk"}`, `{"veld": "trede_start", "hoogstens": 3}`,
`{"veld": "status", "in": ["wacht", "dubbel"]}`, `{"veld": "uitkering_id", "leeg": true}`, `{"alle": [...]}`,
`{"een": [...]}`, `{"niet": {...}}`, `{"altijd": true}`, `{"kenmerk": "doelgroepen", "bevat": "50plus"}`.
Only the fields of `VELDEN` exist; a value never enters the SQL text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rapportage.keuzes import (
    Aanmeldstand,
    Beloftestand,
    Diagnosestand,
    Einde,
    Groep,
    Inhaalstand,
    Maatregelstand,
    Onderdeelstart,
    Onderdeelverloop,
    Routestand,
)


class OnjuisteDefinitie(ValueError):
    """The definition says something that the language does not know; the text may be shown to the user."""


BUS_REDENEN = {
    "01": "onderwijs met studiefinanciering", "02": "relatie", "03": "AOW-leeftijd", "04": "overlijden", "05": "detentie",
    "06": "kan onderwijs volgen maar doet dit niet", "07": "te lang in het buitenland", "11": "werk of ziektewet",
    "13": "eigen bedrijf", "14": "WW", "15": "arbeidsongeschiktheid", "17": "alimentatie", "18": "vermogen",
    "19": "ander inkomen", "31": "geen inlichtingen", "32": "verhuizing naar een andere gemeente",
    "33": "verhuizing naar het buitenland", "34": "niet verschenen op oproep inlichtingen",
    "35": "niet verschenen op oproep re-integratie", "97": "oorzaak bij de partner", "98": "andere oorzaak",
}  # fmt: skip
UITKOMSTEN = {
    "": "geen einde van het traject", "werk_voltijd": "werk, voltijd", "werk_deeltijd_uit": "werk, deeltijd, uit de uitkering",
    "werk_deeltijd_met": "werk, deeltijd, met uitkering", "sw": "SW of beschut werk", "school": "naar school",
    "overig": "uitkering gestopt", "zorg": "naar zorg of hulp", "terug_verwijzer": "terug naar de verwijzer",
    "ziek": "ziek of vrijgesteld", "niet_verschenen": "gestopt na niet verschijnen", "geen_resultaat": "geen resultaat",
    "overleden": "overleden",
}  # fmt: skip
VORMEN = {
    "sw": "SW-dienstverband", "begeleid_werken": "Begeleid Werken", "lks": "loonkostensubsidie naar loonwaarde",
    "id": "ID-baan", "wiw": "WIW-dienstbetrekking", "wwb_detachering": "WWB-detachering", "beschut": "beschut werk",
    "regulier": "regulier werk",
}  # fmt: skip
_EINDE = {"": "de uitkering stopte niet", **{c.value: c.label for c in Einde}}
_VERLOOP = {c.value: c.label for c in Onderdeelverloop}
_GROEP = {"": "niet van toepassing", **{c.value: c.label for c in Groep}, **_VERLOOP}
_AANMELDING = {c.value: c.label for c in Aanmeldstand}
_WERK = (Diagnosestand, Onderdeelstart, Routestand, Inhaalstand, Beloftestand, Maatregelstand)
_DIAGNOSE = {c.value: str(c.label) for soort in _WERK for c in soort}
_WIE = {"eigen": "onze afdeling", "elders": "een andere organisatie"}


@dataclass(frozen=True)
class Veld:
    """A field of a fact: its SQL, its type, its name in a sentence, and the words for its values."""

    sql: str
    soort: type
    naam: str
    waarden: Mapping[str, str] = field(default_factory=dict)


VELDEN: dict[str, Veld] = {
    "status": Veld("f.status", str, "de stand", {**_EINDE, **_WIE, **_AANMELDING, **_DIAGNOSE}),
    "uitkomst": Veld("f.uitkomst", str, "de uitkomst van het traject", UITKOMSTEN),
    "bus_reden": Veld("f.bus_reden", str, "de reden van inkomen", BUS_REDENEN),
    "groep": Veld("f.groep", str, "de reden", _GROEP),
    "vorm": Veld("f.vorm", str, "het soort werk", VORMEN),
    "bron": Veld("f.bron", str, "de bronafdeling"),
    "volgorde": Veld("f.volgorde", int, "de plaats onder de eindes van dezelfde uitkering"),
    "trede_start": Veld("f.trede_start", int, "de trede bij de start"),
    "trede": Veld("f.trede", int, "de trede op de dag zelf"),
    "uren": Veld("f.uren", float, "het aantal uren per week"),
    "stopgezet": Veld("f.stopgezet", bool, "stopgezet"),
    "heeft_einde": Veld("(f.traject_einde IS NOT NULL)", bool, "het traject is beëindigd"),
    "overloop": Veld(
        "(f.nagekomen_op IS NOT NULL AND NOT t.nagekomen)",
        bool,
        "het werk begon in het jaar ervoor (overloop)",
    ),
    "nagekomen": Veld("t.nagekomen", bool, "nagekomen uit het jaar erna"),
    "uitkering_id": Veld("f.uitkering_id", int, "de uitkering"),
    "werk_begonnen_op": Veld("f.werk_begonnen_op", dt.date, "de eerste werkdag"),
    "team_id": Veld("f.team_id", int, "het team"),
    "pijler_id": Veld("f.pijler_id", int, "de pijler"),
    "gebied_id": Veld("f.gebied_id", int, "het gebied"),
}
KENMERKEN = {
    "doelgroepen": "de doelgroepen", "project": "het project", "werkvorm": "de werkvorm",
    "werkvermogen": "het werkvermogen",
}  # fmt: skip
_VERGELIJK = {"hoogstens": "<=", "minstens": ">="}


class Parameters:
    """Collects the values of one query under names of their own."""

    def __init__(self, **begin: Any) -> None:
        self.waarden: dict[str, Any] = dict(begin)

    def bij(self, waarde: Any) -> str:
        naam = f"w{len(self.waarden)}"
        self.waarden[naam] = waarde
        return f"%({naam})s"


def naar_sql(als: Mapping[str, Any], p: Parameters) -> str:
    """The condition as an SQL expression over the fact `f` and the counting moment `t`."""
    sleutels = set(als)
    if sleutels == {"altijd"}:
        return "true"
    if sleutels in ({"alle"}, {"een"}):
        delen = als.get("alle", als.get("een"))
        if not isinstance(delen, list) or not delen:
            raise OnjuisteDefinitie("‘alle’ en ‘een’ hebben minstens één voorwaarde nodig.")
        return "(" + (" AND " if "alle" in als else " OR ").join(naar_sql(d, p) for d in delen) + ")"
    if sleutels == {"niet"}:
        return f"(NOT COALESCE({naar_sql(als['niet'], p)}, false))"
    if sleutels == {"kenmerk", "bevat"}:
        if als["kenmerk"] not in KENMERKEN:
            raise OnjuisteDefinitie(f"Het kenmerk ‘{als['kenmerk']}’ bestaat niet.")
        return f"COALESCE(f.kenmerken -> {p.bij(als['kenmerk'])} ? {p.bij(str(als['bevat']))}, false)"
    if "veld" in als and len(sleutels - {"veld"}) == 1:
        return _vergelijking(als, p)
    raise OnjuisteDefinitie(f"Deze voorwaarde kennen we niet: {', '.join(sorted(map(str, sleutels)))}.")


def _vergelijking(als: Mapping[str, Any], p: Parameters) -> str:
    veld = VELDEN.get(als["veld"])
    if veld is None:
        raise OnjuisteDefinitie(f"Het veld ‘{als['veld']}’ bestaat niet.")
    (hoe,) = set(als) - {"veld"}
    waarde = als[hoe]
    if hoe == "leeg" and isinstance(waarde, bool):
        leeg = f"({veld.sql} = '')" if veld.soort is str else f"({veld.sql} IS NULL)"
        return leeg if waarde else f"(NOT {leeg})"
    if hoe == "is":
        return (
            veld.sql
            if veld.soort is bool and _goed(veld, waarde) is True
            else f"({veld.sql} = {p.bij(_goed(veld, waarde))})"
        )
    if hoe == "in" and isinstance(waarde, list) and waarde:
        return f"({veld.sql} = ANY({p.bij([_goed(veld, w) for w in waarde])}))"
    if hoe in _VERGELIJK and veld.soort in (int, float):
        return f"({veld.sql} {_VERGELIJK[hoe]} {p.bij(_goed(veld, waarde))})"
    raise OnjuisteDefinitie(f"‘{hoe}’ past niet bij {veld.naam}.")


def _goed(veld: Veld, waarde: Any) -> Any:
    passend = isinstance(waarde, veld.soort) or (veld.soort is float and isinstance(waarde, int))
    if not passend or (veld.soort is int and isinstance(waarde, bool)):
        raise OnjuisteDefinitie(f"De waarde ‘{waarde}’ past niet bij {veld.naam}.")
    if veld.waarden and veld.soort is str and waarde not in veld.waarden:
        raise OnjuisteDefinitie(f"De waarde ‘{waarde}’ bestaat niet bij {veld.naam}.")
    return waarde


def in_woorden(als: Mapping[str, Any]) -> str:
    """The condition as part of a Dutch sentence, B1."""
    if "altijd" in als:
        return "alle andere gevallen"
    if "alle" in als:
        return " én ".join(in_woorden(d) for d in als["alle"])
    if "een" in als:
        return " of ".join(in_woorden(d) for d in als["een"])
    if "niet" in als:
        return f"niet ({in_woorden(als['niet'])})"
    if "kenmerk" in als:
        return f"{KENMERKEN[als['kenmerk']]} bevat ‘{als['bevat']}’"
    return _vergelijking_in_woorden(als)


def _vergelijking_in_woorden(als: Mapping[str, Any]) -> str:
    veld = VELDEN[als["veld"]]
    (hoe,) = set(als) - {"veld"}
    waarde = als[hoe]
    if veld.soort is bool:
        return veld.naam if waarde is True else f"niet {veld.naam}"
    if hoe == "leeg":
        return f"{veld.naam} is {'leeg' if waarde else 'ingevuld'}"
    if hoe in _VERGELIJK:
        return f"{veld.naam} is {hoe} {waarde}"
    waarden = waarde if isinstance(waarde, list) else [waarde]
    return f"{veld.naam} is " + " of ".join(f"‘{veld.waarden.get(str(w), w)}’" for w in waarden)
