"""The data table: columns declared once, rows any objects.

    kolommen = (
        Kolom("naam", "Persoon", kop=True, sorteer="naam", link=lambda d: d.get_absolute_url()),
        Kolom("laatste_contact_op", "Laatste contact", weergave=kortedatum, sorteer="contact"),
    )
    tabel = Tabel.van(request, kolommen, pagina, bijschrift="Jouw caseload", leeg=Leeg(...))

and in the template ``{% tabel tabel %}``. Sorting is a link that keeps the filters; the view
reads ``volgorde(request, kolommen, standaard)`` and orders its own queryset (primary key last).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Literal

from django.core.paginator import Page
from django.http import HttpRequest

from kern.onderdelen import Bladzijde, Leeg, Merk, met_query

NIETS = Leeg("Hier staat nog niets")
#: A value of at most this many letters, such as a date, is never broken over two lines.
HEEL = 18


@dataclass(frozen=True, slots=True)
class Kolom:
    """A column. The value is ``waarde(rij)``, or the attribute path ``sleutel``; ``weergave``
    formats it. A ``Merk`` as value is drawn as a badge. ``breed`` fills the width on a phone."""

    sleutel: str
    label: str
    waarde: Callable[[Any], Any] | None = None
    weergave: Callable[[Any], Any] | None = None
    link: Callable[[Any], str] | None = None
    onder: Callable[[Any], Any] | None = None
    sorteer: str = ""
    soort: Literal["tekst", "getal"] = "tekst"
    kop: bool = False
    breed: bool = False
    kop_verborgen: bool = False


@dataclass(frozen=True, slots=True)
class Kopcel:
    label: str
    klasse: str = ""
    url: str = ""
    richting: Literal["", "ascending", "descending"] = ""
    verborgen: bool = False


@dataclass(frozen=True, slots=True)
class Cel:
    waarde: Any
    label: str = ""
    klasse: str = ""
    url: str = ""
    onder: Any = ""
    kop: bool = False
    is_merk: bool = False


def volgorde(request: HttpRequest, kolommen: Sequence[Kolom], standaard: str = "", *, naam: str = "sorteer") -> str:
    """The sort key that the address asks for, with ``-`` in front when descending. Anything
    that is not the ``sorteer`` of a column gives the default: a URL can never pick a field."""
    gevraagd = request.GET.get(naam, "")
    mag = {k.sorteer for k in kolommen if k.sorteer}
    return gevraagd if gevraagd.removeprefix("-") in mag else standaard


@dataclass(frozen=True, slots=True)
class Tabel:
    koppen: Sequence[Kopcel]
    rijen: Sequence[Sequence[Cel]]
    bijschrift: str = ""
    bijschrift_verborgen: bool = True
    bladzijde: Bladzijde | None = None
    leeg: Leeg = NIETS
    dicht: bool = False
    id: str = ""

    @classmethod
    def van(
        cls,
        request: HttpRequest,
        kolommen: Sequence[Kolom],
        rijen: Iterable[Any] | Page,
        *,
        bijschrift: str = "",
        bijschrift_verborgen: bool = True,
        gesorteerd: str = "",
        leeg: Leeg | None = None,
        dicht: bool = False,
        id: str = "",
    ) -> Tabel:
        """Build from declared columns. ``rijen`` is a list, queryset or Django ``Page``."""
        blad = Bladzijde.van(rijen, request.GET) if isinstance(rijen, Page) else None
        lezers = [kolom.waarde or attrgetter(kolom.sleutel.replace("__", ".")) for kolom in kolommen]
        return cls(
            koppen=tuple(_kopcel(request, kolom, gesorteerd) for kolom in kolommen),
            rijen=tuple(
                tuple(_cel(kolom, lees, rij) for kolom, lees in zip(kolommen, lezers, strict=True)) for rij in rijen
            ),
            bijschrift=bijschrift,
            bijschrift_verborgen=bijschrift_verborgen,
            bladzijde=blad,
            leeg=leeg or NIETS,
            dicht=dicht,
            id=id,
        )


def _kopcel(request: HttpRequest, kolom: Kolom, gesorteerd: str) -> Kopcel:
    richting: Literal["", "ascending", "descending"] = ""
    url = ""
    if kolom.sorteer:
        volgende = kolom.sorteer
        if gesorteerd == kolom.sorteer:
            richting, volgende = "ascending", f"-{kolom.sorteer}"
        elif gesorteerd == f"-{kolom.sorteer}":
            richting = "descending"
        url = met_query(request.GET, sorteer=volgende, pagina=None)
    return Kopcel(kolom.label, "getal" if kolom.soort == "getal" else "", url, richting, kolom.kop_verborgen)


def _cel(kolom: Kolom, lees: Callable[[Any], Any], rij: Any) -> Cel:
    waarde = lees(rij)
    if kolom.weergave is not None and waarde is not None:
        waarde = kolom.weergave(waarde)
    kort = not kolom.kop and isinstance(waarde, str) and len(waarde) <= HEEL
    soorten = (("getal", kolom.soort == "getal"), ("breed", kolom.breed), ("heel", kort and kolom.soort != "getal"))
    klassen = [naam for naam, aan in soorten if aan and (naam != "heel" or waarde)]
    return Cel(
        waarde="" if waarde is None else waarde,
        label="" if kolom.kop_verborgen else kolom.label,
        klasse=" ".join(klassen),
        url=kolom.link(rij) if kolom.link else "",
        onder=(kolom.onder(rij) or "") if kolom.onder else "",
        kop=kolom.kop,
        is_merk=isinstance(waarde, Merk),
    )
