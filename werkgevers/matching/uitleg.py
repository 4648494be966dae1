"""Every match explains itself: per criterion what is asked, what we know and since when, and the points
(R131).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from deelnemers.keuzes import Opleidingsniveau, Taalniveau
from kern import klok
from kern.onderdelen import Criterium
from kern.weergave import hoofdletter, kortedatum
from werkgevers.keuzes import Sector, rijbewijscodes
from werkgevers.matching.criteria import REISTIJD, VAKNIVEAU, WENSNIVEAU, ZACHT, Hard, Zacht
from werkgevers.matching.formule import Paar
from werkgevers.matching.sql import gevraagd, kandidaatwaarden, vacaturewaarden
from werkgevers.models import Kandidaatprofiel, Vacature

#: From this level on (percent) the wish itself fits, not only something near it.
_WENS_PAST = 60
Oordeel = Literal["goed", "minder", "tekort"]
_VAK = {
    100: "zelfde werk, een jaar of langer",
    80: "zelfde werk, korter dan een jaar",
    60: "verwant werk",
    40: "dezelfde sector",
    0: "geen ervaring in dit werk bekend",
}


@dataclass(frozen=True)
class Vraag:
    """What one vacancy asks: the values of the formulas, and the hard criteria that get a line."""

    waarden: dict[str, Any]
    hard: tuple[Hard, ...]


def vraag_van(vacature: Vacature) -> Vraag:
    """Computed once per vacancy."""
    waarden = vacaturewaarden(vacature)
    zelf_al = {"uren", "reistijd", "beschikbaar"}
    return Vraag(waarden, tuple(h for h in gevraagd(waarden) if h.code not in zelf_al))


@dataclass(frozen=True)
class Uitleg:
    """One pair explained. `punten` per soft criterion add up to `score`."""

    score: int
    punten: dict[str, int]
    minuten: int | None
    criteria: tuple[Criterium, ...]
    verouderd: tuple[str, ...]

    def als_json(self) -> dict[str, Any]:
        """What is kept with an introduction."""
        return {"punten": self.punten, "minuten": self.minuten}


def leg_uit(
    profiel: Kandidaatprofiel, vacature: Vacature, *, bijzonder: bool = False, vraag: Vraag | None = None
) -> Uitleg:
    """Explain one pair. Without `bijzonder` a protected limit only says whether it fits (R228).

    `vraag` saves work when many candidates are explained for one vacancy.
    """
    vraag = vraag or vraag_van(vacature)
    k, v, reken = kandidaatwaarden(profiel), vraag.waarden, Paar()
    punten = {z.code: int(z.punten.waarde(k, v, reken)) for z in ZACHT}
    plek = bool(k["x"] and v["x"])
    minuten = int(REISTIJD.waarde(k, v, reken)) if plek else None
    niveaus = {"vak": int(VAKNIVEAU.waarde(k, v, reken)), "wens": int(WENSNIVEAU.waarde(k, v, reken))}
    zin = {"vak": _vak, "uren": _uren, "reizen": _reizen, "wens": _wens}
    bekend: dict[str, Any] = {"vak": niveaus["vak"], "uren": 0, "reizen": minuten, "wens": niveaus["wens"]}
    zacht = tuple(
        _zacht(z, profiel, vacature, punten[z.code], zin[z.code](profiel, vacature, bekend[z.code])) for z in ZACHT
    )
    hard = tuple(
        Criterium(
            h.naam,
            _hard_kort(h.code, profiel, bijzonder or not h.beschermd),
            "goed",
            _hard_gevraagd(h.code, vacature),
            _hard_bekend(h.code, profiel, bijzonder or not h.beschermd),
            _bron(profiel, _GEGEVEN.get(h.code, "")),
            "moet",
        )
        for h in vraag.hard
    )
    return Uitleg(sum(punten.values()), punten, minuten, (*zacht, *hard), _verouderd(profiel))


def _oordeel(punten: int, gewicht: int) -> Oordeel:
    if not gewicht or punten * 3 >= gewicht * 2:
        return "goed"
    return "minder" if punten else "tekort"


def _zacht(
    criterium: Zacht, profiel: Kandidaatprofiel, vacature: Vacature, punten: int, tekst: tuple[str, str, str]
) -> Criterium:
    gewicht = getattr(vacature, criterium.gewicht)
    kort, vraag, bekend = tekst
    bron = _bron(profiel, _GEGEVEN[criterium.code])
    return Criterium(criterium.naam, kort, _oordeel(punten, gewicht), vraag, bekend, bron, f"{punten} van {gewicht}")


def _werk(vacature: Vacature) -> str:
    return vacature.beroep_naam or str(Sector(vacature.sector).label)


def _tekst(profiel: Kandidaatprofiel, gegeven: str, anders: str) -> str:
    return profiel.herkomst.get(gegeven, {}).get("tekst") or anders


def _vak(profiel: Kandidaatprofiel, vacature: Vacature, niveau: int) -> tuple[str, str, str]:
    bekend = _tekst(profiel, "ervaring", "nog geen werkervaring vastgelegd")
    return _VAK[niveau].capitalize(), _werk(vacature), bekend


def _uren(profiel: Kandidaatprofiel, vacature: Vacature, _: int) -> tuple[str, str, str]:
    kan = f"Kan {_bereik(profiel.uren_min, profiel.uren_max)} uur"
    return kan, f"{_bereik(vacature.uren_min, vacature.uren_max)} uur", kan


def _reizen(profiel: Kandidaatprofiel, vacature: Vacature, minuten: int | None) -> tuple[str, str, str]:
    vraag = f"hoogstens {profiel.reistijd_max} min volgens de persoon zelf"
    if minuten is None:
        return "Reistijd niet bekend", vraag, "postcode niet bekend"
    return f"{minuten} min reizen", vraag, f"ongeveer {minuten} min met {_vervoer(profiel)} (schatting)"


def _wens(profiel: Kandidaatprofiel, vacature: Vacature, niveau: int) -> tuple[str, str, str]:
    past = "Eigen wens past" if niveau >= _WENS_PAST else "Wens past deels" if niveau else "Andere wens"
    return past, _werk(vacature), _tekst(profiel, "wens", "nog geen wens vastgelegd")


#: Criterion → key in `herkomst`.
_GEGEVEN = {
    "vak": "ervaring",
    "uren": "uren",
    "reizen": "uren",
    "wens": "wens",
    "taal": "taal",
    "opleiding": "opleiding",
    "tillen": "tillen",
    "weekend": "uren",
    "avond": "uren",
    "dagdelen": "uren",
    "rijbewijs": "uren",
    "vog": "uren",
}


def _hard_gevraagd(code: str, vacature: Vacature) -> str:
    return {
        "taal": f"{Taalniveau(vacature.taalniveau).label} of hoger",
        "opleiding": Opleidingsniveau(vacature.opleiding).label if vacature.opleiding else "",
        "rijbewijs": ", ".join(rijbewijscodes(vacature.rijbewijzen)),
        "tillen": f"tot {vacature.tillen_kg} kilo",
        "weekend": "ook in het weekend",
        "avond": "ook ’s avonds",
        "dagdelen": "vaste dagdelen",
        "vog": "VOG",
    }[code]


def _hard_bekend(code: str, profiel: Kandidaatprofiel, zichtbaar: bool) -> str:
    if not zichtbaar:
        return "past bij deze vacature"
    return {
        "taal": Taalniveau(profiel.taal).label,
        "opleiding": Opleidingsniveau(profiel.opleiding).label if profiel.opleiding else "niet bekend",
        "rijbewijs": ", ".join(rijbewijscodes(profiel.rijbewijzen)),
        "tillen": f"tot {profiel.tillen_max} kilo" if profiel.tillen_max < 100 else "geen grens bekend",  # noqa: PLR2004
        "weekend": "kan in het weekend",
        "avond": "kan ’s avonds",
        "dagdelen": "kan op deze dagdelen",
        "vog": "kan een VOG krijgen",
    }[code]


def _hard_kort(code: str, profiel: Kandidaatprofiel, zichtbaar: bool) -> str:
    if code == "taal":
        return f"Taal {Taalniveau(profiel.taal).label}"
    if code == "rijbewijs":
        return f"Rijbewijs {_hard_bekend(code, profiel, True)}"
    tekst = _hard_bekend(code, profiel, zichtbaar)
    return f"Tillen: {tekst}" if code == "tillen" else hoofdletter(tekst)


def _bereik(van: int, tot: int) -> str:
    return str(van) if van == tot else f"{van}–{tot}"


def _vervoer(profiel: Kandidaatprofiel) -> str:
    return {
        "lopend": "lopen",
        "fiets": "de fiets",
        "ov": "het ov",
        "brommer": "de scooter",
        "auto": "de auto",
    }[profiel.vervoer]


def _bron(profiel: Kandidaatprofiel, gegeven: str) -> str:
    """Source and date, with the mark when it is stale."""
    herkomst = profiel.herkomst.get(gegeven)
    if not herkomst:
        return ""
    oud = " · verouderd" if dt.date.fromisoformat(herkomst["tot"]) < klok.vandaag() else ""
    return f"{herkomst['bron']} {kortedatum(dt.date.fromisoformat(herkomst['op']))}{oud}"


def _verouderd(profiel: Kandidaatprofiel) -> tuple[str, ...]:
    vandaag = klok.vandaag().isoformat()
    return tuple(sorted(naam for naam, herkomst in profiel.herkomst.items() if herkomst["tot"] < vandaag))
