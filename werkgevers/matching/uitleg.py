"""Every match explains itself: per criterion what is asked, what we know and since when, and the points (R131)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from deelnemers.keuzes import Opleidingsniveau, Taalniveau
from kern import klok
from kern.onderdelen import Criterium
from kern.weergave import kortedatum
from werkgevers.keuzes import Sector, rijbewijscodes
from werkgevers.matching.criteria import REISTIJD, VAKNIVEAU, WENSNIVEAU, ZACHT
from werkgevers.matching.formule import PAAR
from werkgevers.matching.sql import gevraagd, kandidaatwaarden, vacaturewaarden
from werkgevers.models import Kandidaatprofiel, Vacature

Oordeel = Literal["goed", "minder", "tekort"]
_VAK = {100: "zelfde werk, een jaar of langer", 80: "zelfde werk, korter dan een jaar", 60: "verwant werk", 40: "dezelfde sector",
        0: "geen ervaring in dit werk bekend"}  # fmt: skip


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


def leg_uit(profiel: Kandidaatprofiel, vacature: Vacature, *, bijzonder: bool = False) -> Uitleg:
    """Explain one pair. Without `bijzonder` a protected limit only says whether it fits (R228)."""
    k, v = kandidaatwaarden(profiel), vacaturewaarden(vacature)
    punten = {z.code: int(z.punten.waarde(k, v, PAAR)) for z in ZACHT}
    plek = bool(k["x"] and v["x"])
    minuten = int(REISTIJD.waarde(k, v, PAAR)) if plek else None
    niveaus = {"vak": int(VAKNIVEAU.waarde(k, v, PAAR)), "wens": int(WENSNIVEAU.waarde(k, v, PAAR))}
    zacht = tuple(
        _zacht(
            z.code, z.naam, profiel, vacature, punten[z.code], getattr(vacature, z.gewicht), minuten, niveaus
        )
        for z in ZACHT
    )
    hard = tuple(
        Criterium(h.naam, _hard_kort(h.code, profiel, bijzonder or not h.beschermd), "goed",
                  _hard_gevraagd(h.code, vacature), _hard_bekend(h.code, profiel, bijzonder or not h.beschermd), _bron(profiel, _GEGEVEN.get(h.code, "")), "moet")
        for h in gevraagd(v)
        if h.code not in {"uren", "reistijd", "beschikbaar"}
    )  # fmt: skip
    return Uitleg(sum(punten.values()), punten, minuten, (*zacht, *hard), _verouderd(profiel))


def _oordeel(punten: int, gewicht: int) -> Oordeel:
    if not gewicht or punten * 3 >= gewicht * 2:
        return "goed"
    return "minder" if punten else "tekort"


def _zacht(
    code: str, naam: str, profiel: Kandidaatprofiel, vacature: Vacature, punten: int, gewicht: int, minuten: int | None,
    niveaus: dict[str, int],
) -> Criterium:  # fmt: skip
    tekst = profiel.herkomst.get(_GEGEVEN[code], {}).get("tekst", "")
    if code == "vak":
        kort = _VAK[niveaus["vak"]].capitalize()
        vraag, bekend = (
            vacature.beroep_naam or Sector(vacature.sector).label,
            tekst or "nog geen werkervaring vastgelegd",
        )
    elif code == "uren":
        kort = f"Kan {_bereik(profiel.uren_min, profiel.uren_max)} uur"
        vraag, bekend = f"{_bereik(vacature.uren_min, vacature.uren_max)} uur", kort
    elif code == "reizen":
        kort = "Reistijd niet bekend" if minuten is None else f"{minuten} min reizen"
        vraag = f"hoogstens {profiel.reistijd_max} min volgens de persoon zelf"
        bekend = (
            "postcode niet bekend"
            if minuten is None
            else f"ongeveer {minuten} min met {_vervoer(profiel)} (schatting)"
        )
    else:
        kort = (
            "Eigen wens past"
            if niveaus["wens"] >= 60
            else "Wens past deels"
            if niveaus["wens"]
            else "Andere wens"
        )
        vraag, bekend = (
            vacature.beroep_naam or Sector(vacature.sector).label,
            tekst or "nog geen wens vastgelegd",
        )
    return Criterium(
        naam,
        kort,
        _oordeel(punten, gewicht),
        vraag,
        bekend,
        _bron(profiel, _GEGEVEN[code]),
        f"{punten} van {gewicht}",
    )


#: Criterion → key in `herkomst`.
_GEGEVEN = {
    "vak": "ervaring", "uren": "uren", "reizen": "uren", "wens": "wens", "taal": "taal", "opleiding": "opleiding",
    "tillen": "tillen", "weekend": "uren", "avond": "uren", "dagdelen": "uren", "rijbewijs": "uren", "vog": "uren",
}  # fmt: skip


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
    return f"Tillen: {tekst}" if code == "tillen" else tekst[:1].upper() + tekst[1:]


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
