"""Socket *zoeken*: what the search palette finds. Tolerant of accents, tussenvoegsels and spelling."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import Case, FloatField, Q, Value, When

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


#: How people type a tussenvoegsel when they are in a hurry: vd Berg, v/d Berg, in t Veld, v.d. Berg.
_AFGEKORT = {"v", "d", "vd", "vdr", "vden", "vder", "vh", "vt", "h", "s", "in", "op", "aan", "uit", "bij", "onder"}
#: From this length on half a word holds enough letters for the index.
_LANG = 6

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


def vind(vraag: str, medewerker: Any, *, per_soort: int = 6) -> dict[str, list[Zoekingang]]:
    """Entries per kind that match all words of `vraag`, only what this member of staff may see.

    Best first: every word begins a word of the entry, occurs in it, or sounds like it. Only when nothing does, every
    word may be one letter off: that is a hundred times as much to look at.
    """
    woorden = kaal(vraag).split()
    if not woorden:
        return {}
    letterlijk = _elk(woorden, lambda woord: Q(zoektekst__contains=woord))
    rang = [When(_elk(woorden, _begint), then=0.0), When(letterlijk, then=1.0)]
    klinkt = _klinkt(vraag)
    zeker = {soort: letterlijk | klinkt if klinkt and soort == "persoon" else letterlijk for soort in _filters}
    gevonden = _zoek(zeker, Case(*rang, default=2.0, output_field=FloatField()), medewerker, per_soort)
    if any(gevonden.values()) or not any(eenletterfout(woord) for woord in woorden):
        return gevonden
    bijna = _elk(woorden, lambda woord: Q(zoektekst__contains=woord) | _bijna(woord))
    lijkt = Value(1.0) - TrigramSimilarity("titel", vraag)  # a name before another word of the entry
    return _zoek(dict.fromkeys(_filters, bijna), lijkt, medewerker, per_soort)


def _elk(woorden: list[str], maak: Callable[[str], Q]) -> Q:
    voorwaarde = Q()
    for woord in woorden:
        voorwaarde &= maak(woord)
    return voorwaarde


def _zoek(raak: dict[str, Q], rang: Any, medewerker: Any, per_soort: int) -> dict[str, list[Zoekingang]]:
    return {
        soort: list(
            Zoekingang.objects.filter(zichtbaar(medewerker), raak[soort], soort=soort).order_by(rang, "titel", "id")[
                :per_soort
            ]
        )
        for soort, zichtbaar in _filters.items()
    }


def _klinkt(vraag: str) -> Q | None:
    """Every word sounds like a part of the name. A sound of one letter is in nearly every name: it tells nothing."""
    woorden = [woord for woord in re.split(r"[^\w]+", kaal(vraag)) if woord not in _AFGEKORT]
    klanken = [deel for deel in klank(" ".join(woorden)).split() if len(deel) > 1]
    return _elk(klanken, lambda deel: Q(klank__contains=deel)) or None


def _begint(woord: str) -> Q:
    return Q(zoektekst__startswith=woord) | Q(zoektekst__contains=f" {woord}")


def _bijna(woord: str) -> Q:
    """One letter off. A fault leaves the begin or the end of a long word whole: that is cheap to find in the index,
    and what is found is looked at with the pattern."""
    patroon = eenletterfout(woord)
    if not patroon:
        return Q(pk__in=())
    if len(woord) < _LANG:
        return Q(zoektekst__regex=patroon)
    half = len(woord) // 2
    return (_begint(woord[: half - 1]) | Q(zoektekst__contains=woord[half:])) & Q(zoektekst__regex=patroon)


def eenletterfout(woord: str) -> str:
    """Pattern of the words that begin like `woord` with one letter dropped, swapped, added or other; "" if too short.

    Anchored at a word, so that the trigram index finds the rows (trigram similarity does not: a swap in the
    middle of `pinas` leaves 0.2). Numbers stay exact: one digit off is somebody else.
    """
    kort = re.fullmatch(r"[a-z]{4}", woord)
    if not kort and not re.fullmatch(r"[a-z]{5,15}", woord):
        return ""
    plekken = range(len(woord))
    vormen = {woord[:i] + woord[i + 1] + woord[i] + woord[i + 2 :] for i in plekken[:-1]}
    vormen |= {f"{woord[:i]}.{woord[i:]}" for i in plekken[1:]}
    if not kort:
        vormen |= {f"{woord[:i]}.?{woord[i + 1 :]}" for i in plekken}
    return f"(^| )({'|'.join(sorted(vormen))})"


def recent(betrokkenen: list[int], medewerker: Any) -> list[Zoekingang]:
    """The entries of these persons in the given order, only who may be seen."""
    zichtbaar = _filters.get("persoon")
    if not betrokkenen or zichtbaar is None:
        return []
    rijen = Zoekingang.objects.filter(zichtbaar(medewerker), soort="persoon", betrokkene_id__in=betrokkenen)
    plek = {betrokkene: nummer for nummer, betrokkene in enumerate(betrokkenen)}
    return sorted(rijen, key=lambda rij: plek[rij.betrokkene_id])
