"""The reference: every operation of the description, with its fields, an example, and what can go wrong."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kern.aansluitingen import portaal
from kern.api import uitfaseren
from kern.api.problemen import PROBLEEM_JSON, PROBLEMEN, Probleem

_FORMATEN: dict[str, tuple[str, Any]] = {
    "date": ("datum", "2026-03-03"),
    "date-time": ("moment met tijdzone", "2026-03-03T09:00:00Z"),
    "uuid": ("UUID", "2f1c0c3e-6d0b-4c8e-9a51-0d6f3a1f7b10"),
    "uri": ("adres", "https://ontvanger.example/gebeurtenissen"),
    "email": ("e-mailadres", "naam@voorbeeld.example"),
    "decimal": ("bedrag", "1234.56"),
    "binary": ("bestand", "(bestand)"),
}
_SOORTEN: dict[str, tuple[str, Any]] = {
    "integer": ("geheel getal", 1),
    "number": ("getal", 87.5),
    "boolean": ("ja of nee", True),
    "object": ("object", {}),
    "string": ("tekst", "tekst"),
}
_PATRONEN = {
    "^[0-9]{4}-[0-9]{2}$": "2026-03",
    "^[a-z]{3}$": "nld",
    "^[0-9]{1,18}$": "0",
    r"^[0-9]+\.[0-9]{2}$": "743.39",
    r"^-?[0-9]+\.[0-9]{4}$": "2294.4000",
}
#: Longer lists of codes are named, not shown.
_KORT = 16


@dataclass(frozen=True)
class Veld:
    """One field of a body or parameter of an address; nested fields carry their whole path."""

    naam: str
    soort: str
    verplicht: bool
    uitleg: str


@dataclass(frozen=True)
class Antwoord:
    """An answer that is not a fault."""

    code: str
    titel: str
    velden: tuple[Veld, ...]
    voorbeeld: Any


@dataclass(frozen=True)
class Operatie:
    """One operation, ready to be shown."""

    naam: str
    methode: str
    pad: str
    titel: str
    uitleg: str
    groep: str
    scopes: tuple[str, ...]
    parameters: tuple[Veld, ...]
    inhoudstype: str
    velden: tuple[Veld, ...]
    voorbeeld: Any
    antwoorden: tuple[Antwoord, ...]
    fouten: tuple[Probleem, ...]
    weg: uitfaseren.Uitfasering | None


class Lezer:
    """Reads the schemas of one description."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def los_op(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The schema itself, through references and the ways to say that it may be null."""
        if "$ref" in schema:
            naam = schema["$ref"].rsplit("/", 1)[-1]
            return self.los_op(self.document["components"]["schemas"][naam] | _zonder(schema, "$ref"))
        for soort in ("allOf", "oneOf", "anyOf"):
            delen = [d for d in schema.get(soort, ()) if d.get("type") != "null" and d.get("maxLength") != 0]
            if len(delen) == 1:
                return self.los_op(delen[0] | _zonder(schema, soort))
        return schema

    def soort(self, schema: dict[str, Any]) -> str:
        """What goes in a field, in words."""
        schema = self.los_op(schema)
        if _type(schema) == "array":
            return f"lijst: {self.soort(schema.get('items', {}))}" + _grens(schema, "maxItems", ", hoogstens {}")
        if schema.get("enum"):
            codes = [str(c) for c in schema["enum"] if c not in (None, "")]
            return f"één van {', '.join(codes)}" if len(codes) <= _KORT else f"één van {len(codes)} codes"
        naam, _ = _FORMATEN.get(schema.get("format", ""), _SOORTEN.get(_type(schema), ("waarde", None)))
        if "minimum" in schema and "maximum" in schema:
            return f"{naam} van {schema['minimum']} tot en met {schema['maximum']}"
        return naam + _grens(schema, "maxLength", ", hoogstens {} tekens")

    def velden(self, schema: dict[str, Any], voor: str = "") -> list[Veld]:
        """The fields of an object, and those of the objects in it."""
        schema = self.los_op(schema)
        if _type(schema) == "array":
            return self.velden(schema.get("items", {}), f"{voor.removesuffix('.')}[].".removeprefix("."))
        verplicht, uit = set(schema.get("required", ())), []
        for naam, deel in schema.get("properties", {}).items():
            opgelost = self.los_op(deel)
            uitleg = deel.get("description") or ("" if opgelost.get("properties") else opgelost.get("description", ""))
            uit.append(Veld(f"{voor}{naam}", self.soort(deel), naam in verplicht, uitleg))
            binnen = self.los_op(opgelost["items"]) if _type(opgelost) == "array" else opgelost
            if binnen.get("properties"):
                lijst = "[]" if binnen is not opgelost else ""
                uit += self.velden(binnen, f"{voor}{naam}{lijst}.")
        return uit

    def voorbeeld(self, schema: dict[str, Any]) -> Any:
        """A value that fits the schema."""
        schema = self.los_op(schema)
        if _type(schema) == "array":
            return [self.voorbeeld(schema.get("items", {}))]
        if "properties" in schema:
            return {naam: self.voorbeeld(deel) for naam, deel in schema["properties"].items()}
        if schema.get("enum"):
            return schema["enum"][0]
        if schema.get("examples"):
            return schema["examples"][0]
        if schema.get("pattern") in _PATRONEN:
            return _PATRONEN[schema["pattern"]]
        _, waarde = _FORMATEN.get(schema.get("format", ""), _SOORTEN.get(_type(schema), ("", None)))
        if isinstance(waarde, int) and not isinstance(waarde, bool):
            return max(waarde, schema.get("minimum", waarde))
        if waarde == "tekst":
            return waarde[: schema.get("maxLength", 5)].ljust(schema.get("minLength", 0), "x")
        return waarde

    def operatie(self, pad: str, methode: str, gegevens: dict[str, Any]) -> Operatie:
        """One operation of the description."""
        soort, inhoud = next(iter(gegevens.get("requestBody", {}).get("content", {}).items()), ("", {}))
        goed = [(c, a) for c, a in gegevens["responses"].items() if c < "400"]
        statussen = {int(c) for c, a in gegevens["responses"].items() if PROBLEEM_JSON in a.get("content", {})}
        return Operatie(
            naam=gegevens["operationId"],
            methode=methode.upper(),
            pad=pad,
            titel=gegevens.get("summary", ""),
            uitleg=gegevens.get("description", ""),
            groep=next(iter(gegevens.get("tags", ())), "Overig"),
            scopes=tuple(s for regel in gegevens.get("security", ()) for lijst in regel.values() for s in lijst),
            parameters=tuple(self._parameter(p) for p in gegevens.get("parameters", ())),
            inhoudstype=soort,
            velden=tuple(self.velden(inhoud["schema"])) if inhoud else (),
            voorbeeld=self._voorbeeld_van(gegevens["operationId"], inhoud) if soort.endswith("json") else None,
            antwoorden=tuple(self._antwoord(code, antwoord) for code, antwoord in goed),
            fouten=tuple(p for p in PROBLEMEN.values() if p.status in statussen),
            weg=uitfaseren.van(methode, pad),
        )

    def _voorbeeld_van(self, naam: str, inhoud: dict[str, Any]) -> Any:
        return portaal.voorbeelden().get(naam) or self.voorbeeld(inhoud["schema"])

    def _parameter(self, p: dict[str, Any]) -> Veld:
        plek = {"path": "in het adres", "query": "achter het vraagteken", "header": "in de kop"}.get(p["in"], p["in"])
        soort = f"{self.soort(p['schema'])} ({plek})"
        return Veld(p["name"], soort, bool(p.get("required")), p.get("description", ""))

    def _antwoord(self, code: str, antwoord: dict[str, Any]) -> Antwoord:
        inhoud = next(iter(antwoord.get("content", {}).values()), None)
        velden = tuple(self.velden(inhoud["schema"])) if inhoud else ()
        titel = antwoord.get("description") or {"200": "Gelukt", "201": "Gemaakt"}.get(code, "")
        return Antwoord(code, titel, velden, self.voorbeeld(inhoud["schema"]) if inhoud else None)


def _type(schema: dict[str, Any]) -> str:
    soort = schema.get("type", "object" if "properties" in schema else "")
    return next((s for s in soort if s != "null"), "") if isinstance(soort, list) else soort


def _grens(schema: dict[str, Any], naam: str, tekst: str) -> str:
    return tekst.format(schema[naam]) if naam in schema else ""


def _zonder(schema: dict[str, Any], *namen: str) -> dict[str, Any]:
    return {naam: waarde for naam, waarde in schema.items() if naam not in namen}


@lru_cache(maxsize=1)
def operaties() -> dict[str, Operatie]:
    """Every operation by its name, in the order of the description."""
    from kern.api.documentatie import beschrijving

    document = beschrijving()
    lezer = Lezer(document)
    alle = (lezer.operatie(pad, m, op) for pad, methoden in document["paths"].items() for m, op in methoden.items())
    return {operatie.naam: operatie for operatie in alle}


def groepen() -> list[tuple[str, list[Operatie]]]:
    """The operations per subject."""
    uit: dict[str, list[Operatie]] = {}
    for operatie in operaties().values():
        uit.setdefault(operatie.groep, []).append(operatie)
    return list(uit.items())
