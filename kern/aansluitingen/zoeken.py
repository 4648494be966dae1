"""Socket *zoeken*: what the search palette finds. Tolerant of accents, tussenvoegsels and spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from kern.models.aansluiting import Zoekingang

#: Per kind: gives the condition on Zoekingang that a member of staff may see (the access rule of that room).
_filters: dict[str, Callable[[Any], Q]] = {}
_kamers: dict[str, Callable[[], Iterable[Zoekingang]]] = {}


@dataclass(frozen=True)
class Palethandeling:
    """An action in the palette, such as “Nieuwe vacature”."""

    titel: str
    url: str
    rechten: frozenset[str]
    icoon: str = "pen"
    woorden: str = ""


_handelingen: list[Palethandeling] = []


def sluit_aan(
    kamer: str, soort: str, opbouw: Callable[[], Iterable[Zoekingang]], zichtbaar: Callable[[Any], Q]
) -> None:
    """Tell how the entries of one kind are rebuilt and who may see them."""
    _filters[soort] = zichtbaar
    _kamers[f"{kamer}:{soort}"] = opbouw


def handeling(titel: str, url: str, *rechten: str, icoon: str = "pen", woorden: str = "") -> None:
    """Add an action to the palette for who has one of `rechten`; `url` is a url name."""
    _handelingen.append(Palethandeling(titel, url, frozenset(rechten), icoon, woorden))


def handelingen() -> list[Palethandeling]:
    return list(_handelingen)


def kamers() -> dict[str, Callable[[], Iterable[Zoekingang]]]:
    return dict(_kamers)


def filters() -> dict[str, Callable[[Any], Q]]:
    return dict(_filters)


def kaal(tekst: str) -> str:
    """Lower case without accents; ĳ becomes ij. The same as kern_kaal() in the database for Dutch names."""
    plat = unicodedata.normalize(
        "NFKD", tekst.replace("ĳ", "ij").replace("Ĳ", "IJ").replace("ø", "o").replace("ı", "i")
    )
    return "".join(teken for teken in plat if not unicodedata.combining(teken)).lower().strip()


_KLANKEN = [
    (r"^y(?=[aeou])", "j"), (r"tsj|tch|ch|sj|sch", "s"), (r"ij|ei|y", "i"), (r"au|ou", "o"), (r"ph", "f"),
    (r"th|dt", "t"), (r"ck|kx|q|c(?=[aouklr])", "k"), (r"c", "s"), (r"z", "s"), (r"v|w", "f"), (r"d(?=$|\s)", "t"),
    (r"oe", "u"), (r"ie|ee|ae|e", "i"), (r"uu|ue", "u"), (r"aa", "a"),
    (r"oo", "o"), (r"g|h", ""), (r"(.)\1+", r"\1"),
]  # fmt: skip


def klank(tekst: str) -> str:
    """Rough Dutch sound of a name, so that Jansen, Janssen and Yansen meet. Words sorted out of tussenvoegsels."""
    woorden = [
        w
        for w in re.split(r"[^a-z]+", kaal(tekst))
        if w and w not in {"van", "de", "den", "der", "het", "ten", "ter", "el", "t"}
    ]
    return " ".join(_klank_van_woord(woord) for woord in woorden)


def _klank_van_woord(woord: str) -> str:
    for patroon, klank_ in _KLANKEN:
        woord = re.sub(patroon, klank_, woord)
    return woord


def ingang(kamer: str, sleutel: str, soort: str, titel: str, *, woorden: str = "", **velden: Any) -> Zoekingang:
    """An unsaved entry; `woorden` are extra words to find it by (never a BSN)."""
    return Zoekingang(
        kamer=kamer,
        sleutel=sleutel,
        soort=soort,
        titel=titel[:200],
        zoektekst=kaal(f"{titel} {woorden}"),
        klank=klank(titel) if soort == "persoon" else "",
        **velden,
    )


_BIJWERKEN = ["betrokkene_id", "soort", "titel", "toelichting", "zoektekst", "klank", "url", "icoon"]


def schrijf(*ingangen: Zoekingang) -> None:
    """Add or replace entries (same room and key = same entry)."""
    Zoekingang.objects.bulk_create(
        ingangen, update_conflicts=True, unique_fields=["gemeente", "kamer", "sleutel"], update_fields=_BIJWERKEN
    )


def wis(kamer: str, sleutel: str) -> None:
    Zoekingang.objects.filter(kamer=kamer, sleutel=sleutel).delete()


def vind(vraag: str, medewerker: Any, *, per_soort: int = 6) -> dict[str, QuerySet]:
    """Entries per kind that match all words of `vraag`, only what this member of staff may see."""
    woorden = [w for w in kaal(vraag).split() if w]
    if not woorden:
        return {}
    gevonden = {}
    for soort, zichtbaar in _filters.items():
        rijen = Zoekingang.objects.filter(soort=soort).filter(zichtbaar(medewerker))
        letterlijk = Q()
        for woord in woorden:
            letterlijk &= Q(zoektekst__contains=woord)
        if soort == "persoon" and (geluid := klank(vraag)):
            opklank = Q()
            for deel in geluid.split():
                opklank &= Q(klank__contains=deel)
            letterlijk |= opklank
        gevonden[soort] = rijen.filter(letterlijk).order_by("titel", "id")[:per_soort]
    return gevonden
