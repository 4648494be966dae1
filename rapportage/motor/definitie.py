"""A definition of a figure: read from JSON, checked, fingerprinted and explained in Dutch."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rapportage.keuzes import Feitsoort, Meting
from rapportage.motor.taal import OnjuisteDefinitie, Parameters, in_woorden, naar_sql

#: What a rule says: in the numerator (and denominator), only in the denominator, nowhere.
MEE, NOEMER, NIET = "mee", "noemer", "niet"
TELT = {MEE: 2, NOEMER: 1, NIET: 0}
TELT_WOORD = {2: "Telt mee", 1: "Telt alleen in de noemer", 0: "Telt niet mee"}
DATUMVELDEN = {"datum": "de laatste dag met uitkering", "traject_einde": "de einddatum van het traject"}
#: The same words for kinds of facts about which they say something else.
DATUM_PER_SOORT = {
    Feitsoort.AANMELDING.value: "de dag van ons besluit",
    Feitsoort.ONDERDEEL.value: "de eerste dag van het onderdeel",
    Feitsoort.ROUTE.value: "de dag van de keuze",
    Feitsoort.BELOFTE.value: "de dag waarop het gedaan zou zijn",
    Feitsoort.MAATREGEL.value: "de dag van het besluit van inkomen",
}
#: Who is counted on the day, by the kind of fact.
STAND_PER_SOORT = {
    Feitsoort.DIAGNOSE.value: "We tellen wie op de peildatum een traject heeft.",
    Feitsoort.INHAAL.value: "We tellen wie op de peildatum in een inhaalslag zit.",
}
EENHEDEN = {
    "uitkeringen": "uitkeringen",
    "personen": "personen",
    "eindes": "eindes van trajecten",
    "maatregelen": "maatregelen",
    "procent": "procent",
}


@dataclass(frozen=True)
class Regel:
    """One rule: when it fits, whether that counts, one sentence in Dutch, and where it comes from."""

    nummer: int
    als: Mapping[str, Any]
    telt: str
    zin: str
    bron: str = ""

    @property
    def voorwaarde(self) -> str:
        woorden = in_woorden(self.als)
        return woorden[:1].upper() + woorden[1:]


@dataclass(frozen=True)
class Definitie:
    """What is counted. The first rule that fits decides; `eenmaal` = a person counts once: in `teller` or in `beide`."""

    soort: str
    meting: str
    eenheid: str
    selectie: Mapping[str, Any]
    regels: tuple[Regel, ...]
    datumveld: str = "datum"
    ratio: bool = False
    eenmaal: str = ""
    eenmaal_zin: str = ""
    eenmaal_bron: str = ""
    naief: Mapping[str, Any] | None = None
    wat: str = ""

    @property
    def eenmaal_nummer(self) -> int:
        """Number of the rule ‘counted already’: the one after the last."""
        return max(regel.nummer for regel in self.regels) + 1

    def regel(self, nummer: int) -> Regel:
        """The rule with this number, the once-per-person rule included."""
        if self.eenmaal and nummer == self.eenmaal_nummer:
            telt = NOEMER if self.eenmaal == "teller" and self.ratio else NIET
            return Regel(nummer, {"altijd": True}, telt, self.eenmaal_zin, self.eenmaal_bron)
        return next(regel for regel in self.regels if regel.nummer == nummer)

    @property
    def alle_regels(self) -> tuple[Regel, ...]:
        return (*self.regels, self.regel(self.eenmaal_nummer)) if self.eenmaal else self.regels

    @classmethod
    def uit_json(cls, data: Mapping[str, Any]) -> Definitie:
        """Read and check; raises OnjuisteDefinitie with a Dutch sentence."""
        try:
            regels = tuple(Regel(**regel) for regel in data["regels"])
            definitie = cls(**{**data, "regels": regels})
        except (TypeError, KeyError) as fout:
            raise OnjuisteDefinitie(f"De definitie is niet volledig: {fout}.") from None
        definitie.controleer()
        return definitie

    def controleer(self) -> None:
        """Refuse what cannot be computed."""
        fouten = [
            (self.soort not in Feitsoort.values, "Dit soort feit bestaat niet."),
            (self.meting not in Meting.values, "Deze manier van meten bestaat niet."),
            (self.datumveld not in DATUMVELDEN, "Dit datumveld bestaat niet."),
            (self.eenheid not in EENHEDEN, "Deze eenheid bestaat niet."),
            (self.eenmaal not in ("", "teller", "beide"), "‘eenmaal’ is leeg, teller of beide."),
            (bool(self.eenmaal) and not self.eenmaal_zin, "Schrijf een zin bij ‘eenmaal’."),
            (self.eenmaal == "beide" and not self.ratio, "‘beide’ past alleen bij een verhouding."),
            (
                self.ratio and (self.meting == Meting.PERSONEN or (self.meting == Meting.STAND and bool(self.eenmaal))),
                "Een verhouding kan alleen over gebeurtenissen, of over een stand waarin iedereen één rij heeft.",
            ),
            (not self.regels, "Een definitie heeft minstens één regel."),
            (any(r.telt not in TELT for r in self.regels), "Een regel telt mee, in de noemer, of niet."),
            (any(not r.zin for r in self.regels), "Elke regel heeft een zin die zegt waarom."),
            (len({r.nummer for r in self.regels}) != len(self.regels), "Elk nummer komt één keer voor."),
            (
                bool(self.regels) and dict(self.regels[-1].als) != {"altijd": True},
                "De laatste regel geldt altijd.",
            ),
        ]
        for fout, zin in fouten:
            if fout:
                raise OnjuisteDefinitie(zin)
        p = Parameters()
        for als in (self.selectie, *(r.als for r in self.regels), *((self.naief,) if self.naief else ())):
            naar_sql(als, p)

    def als_json(self) -> dict[str, Any]:
        """The form in which a definition is stored and exchanged."""
        velden = {naam: getattr(self, naam) for naam in self.__dataclass_fields__ if naam != "regels"}
        regels = [{n: getattr(r, n) for n in r.__dataclass_fields__} for r in self.regels]
        return {**velden, "regels": regels}

    @property
    def vingerafdruk(self) -> str:
        """Equal fingerprints = the same definition, in every gemeente."""
        return hashlib.sha256(json.dumps(self.als_json(), sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    @property
    def dagnaam(self) -> str:
        """Which day of a row decides in which period it falls."""
        return DATUM_PER_SOORT.get(self.soort, DATUMVELDEN[self.datumveld])

    def in_gewoon_nederlands(self) -> list[str]:
        """What this figure is, in a few sentences; the rules follow as a numbered list."""
        wanneer = {
            Meting.STROOM: f"We tellen wat gebeurde van 1 januari tot en met de peildatum. De dag is {self.dagnaam}.",
            Meting.STAND: STAND_PER_SOORT.get(self.soort, "We tellen wie op de peildatum in dienst is."),
            Meting.PERSONEN: "We tellen wie van 1 januari tot en met de peildatum minstens één dag in dienst was.",
        }[Meting(self.meting)]
        zinnen = [self.wat, wanneer] if self.wat else [wanneer]
        if self.selectie != {"altijd": True}:
            zinnen.append(f"In de lijst staan de rijen waarvoor geldt: {in_woorden(self.selectie)}.")
        if self.ratio:
            zinnen.append("Het cijfer is het deel dat meetelt, van alles wat in de noemer staat.")
        zinnen.append("De eerste regel die past, bepaalt of een rij meetelt.")
        return zinnen
