"""What a profile for employers never says: number, birth date, address, benefit, health, debt, justice, target group.

The same rule refuses a line at the form and leaves it out when the profile is shown, so a line that was fine when it
was written does not slip through after the person moved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from deelnemers.models import Deelnemer
from kern import klok
from kern.weergave import MAANDEN
from regelgeving.opzoeken import keuzes

#: Kind of thing → words that give it away. Whole words; `*` is the rest of a word.
_WOORDEN: dict[str, tuple[str, ...]] = {
    "een uitkering": (
        *("uitkering*", "bijstand*", "participatiewet*", "wwb", "ioaw", "ioaz", "anw", "wajong*", "wia", "wao", "ww"),
        *("loonkostensubsidie*", "lks", "loonwaarde*", "no-riskpolis", "sociale dienst", "inkomensconsulent*"),
    ),
    "gezondheid": (
        *("ziek", "zieke", "ziekte*", "ziekmelding*", "arbeidsongeschikt*", "beperking*", "handicap*", "gehandicapt*"),
        *("invalid*", "depressi*", "burn-out", "burnout", "psychisch*", "psychose*", "psychotisch*", "verslav*"),
        *("verslaafd*", "medicijn*", "medisch*", "rolstoel*", "diagnose*", "therapie*", "therapeut*", "adhd", "autis*"),
        *("ptss", "zwanger*", "revalid*"),
    ),
    "schulden": ("schuld", "schulden*", "schuldhulp*", "schuldeiser*", "bewindvoer*", "deurwaarder*"),
    "politie of justitie": (
        *("detentie*", "gevangenis*", "strafblad*", "reclassering*", "veroordeeld*", "justitie*", "gedetineerd*"),
    ),
    "een doelgroep": (
        *("doelgroep*", "garantieba*", "banenafspraak*", "beschut", "sociale werkvoorziening*", "wsw", "trede"),
        *(
            "statushouder*",
            "vluchteling*",
            "asiel*",
            "dakloos",
            "dakloze*",
            "daklozen*",
            "top 600",
            "laaggeletterd*",
            "kanstraject*",
        ),
    ),
}


@dataclass(frozen=True)
class Grens:
    """The rule for one person: patterns, each with the sentence that says what is wrong."""

    patronen: tuple[tuple[re.Pattern[str], str], ...]

    @classmethod
    def van(cls, deelnemer: Deelnemer) -> Grens:
        """Build it; asks for the names of the target groups once."""
        groepen = [label for _, label in keuzes("doelgroepen", klok.vandaag())]
        paren = [
            (_woorden(*woorden), f"Noem in een profiel niets over {wat}.")
            for wat, woorden in (*_WOORDEN.items(), ("een doelgroep", tuple(groepen)))
            if woorden
        ]
        eigen = [
            (re.compile(r"(?<!\d)(?:\d[ .-]?){8}\d(?!\d)"), "Noem geen burgerservicenummer of ander nummer."),
            (_geboorte(deelnemer), "Noem geen geboortedatum of leeftijd."),
        ]
        if adres := _adres(deelnemer):
            eigen.append((adres, "Noem geen adres, telefoonnummer of e-mailadres. De werkgever belt ons."))
        return cls((*eigen, *paren))

    def bezwaar(self, tekst: str) -> str:
        """What is wrong with this text; empty when it may go to an employer."""
        return next((zin for patroon, zin in self.patronen if patroon.search(tekst)), "")


def _woorden(*woorden: str) -> re.Pattern[str]:
    delen = [re.escape(w.removesuffix("*")) + (r"\w*" if w.endswith("*") else "") for w in woorden]
    return re.compile(rf"(?<!\w)(?:{'|'.join(delen)})(?!\w)", re.IGNORECASE)


def _geboorte(d: Deelnemer) -> re.Pattern[str]:
    g = d.geboortedatum
    dag, maand, kort = f"0?{g.day}", f"0?{g.month}", f"(?:{g.year}|{g.year % 100:02d})"
    sep = r"[-/. ]"
    return re.compile(
        rf"(?<!\d)(?:{dag}{sep}{maand}{sep}{kort}|{g.year}-{maand}-{dag}|{g.day} {MAANDEN[g.month - 1]}"
        rf"|geboren|geboortedatum|\d+ jaar oud)(?!\d)",
        re.IGNORECASE,
    )


def _adres(d: Deelnemer) -> re.Pattern[str] | None:
    delen = [re.escape(w) for w in (d.straat, d.email, d.dossiernummer) if w]
    if d.postcode:
        delen.append(rf"{d.postcode[:4]}\s?{d.postcode[4:]}")
    cijfers = re.sub(r"\D", "", d.telefoon)
    if cijfers:
        delen.append(r"[\s.\-]*".join(cijfers))
    return re.compile("|".join(delen), re.IGNORECASE) if delen else None


def noemt(tekst: str, *wat: str) -> str:
    """The first of these kinds of things (see `_WOORDEN`) that a text names; empty when it names none."""
    return next((soort for soort in wat if _woorden(*_WOORDEN[soort]).search(tekst)), "")
