"""The data that the components of the face take: small frozen dataclasses with defaults.

A view (or queryset) builds these and the tags of ``templatetags/onderdelen.py`` draw them.
Every field has a default or is required here, so that a template never meets a name that
does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from django.core.paginator import Page
from django.forms import BaseForm
from django.http import HttpRequest, QueryDict

if TYPE_CHECKING:
    from kern import toestanden

Toestand = Literal["", "goed", "let-op", "fout", "info", "actie", "veilig"]

# An icon beside every coloured state, so that colour is never the only carrier.
TOESTAND_ICOON: dict[str, str] = {
    "goed": "vink",
    "let-op": "driehoek",
    "fout": "driehoek",
    "veilig": "slot",
    "info": "info",
}


def met_query(query: QueryDict, **wijzig: str | int | None) -> str:
    """The query string with these keys set, or dropped when ``None``; keeps all others."""
    kopie = query.copy()
    for sleutel, waarde in wijzig.items():
        if waarde is None or waarde == "":
            kopie.pop(sleutel, None)
        else:
            kopie[sleutel] = str(waarde)
    gecodeerd = kopie.urlencode()
    return f"?{gecodeerd}" if gecodeerd else "?"


@dataclass(frozen=True, slots=True)
class Merk:
    """A state in words. ``uitleg`` is one sentence: what may you do now."""

    tekst: str
    toestand: Toestand = ""
    icoon: str = ""
    uitleg: str = ""
    url: str = ""


def toestandmerk(toestand: toestanden.Toestand, *, uitleg: bool = True, url: str = "") -> Merk:
    """The badge of a state, with the sentence that says what you may do now."""
    kleur: Any = "" if toestand.kleur == "neutraal" else toestand.kleur
    return Merk(toestand.label, kleur, uitleg=toestand.uitleg if uitleg else "", url=url)


@dataclass(frozen=True, slots=True)
class Knop:
    """A thing to do. With ``post`` it becomes a form that posts, otherwise a link."""

    tekst: str
    url: str
    icoon: str = ""
    hoofd: bool = False
    klein: bool = False
    stil: bool = False
    post: bool = False
    alleen_breed: bool = False
    alleen_icoon: bool = False
    sneltoets: str = ""


@dataclass(frozen=True, slots=True)
class Verwijzing:
    """A plain link: breadcrumb, tab, or chip."""

    tekst: str
    url: str
    gekozen: bool = False
    telling: int | None = None


@dataclass(frozen=True, slots=True)
class Feit:
    """A label with its value, in the person card or a list of facts."""

    label: str
    waarde: str
    onder: str = ""
    url: str = ""
    alleen_breed: bool = False


@dataclass(frozen=True, slots=True)
class Persoonskaart:
    naam: str
    sub: str = ""
    feiten: Sequence[Feit] = ()
    merken: Sequence[Merk] = ()
    knoppen: Sequence[Knop] = ()
    tabs: Sequence[Verwijzing] = ()


@dataclass(frozen=True, slots=True)
class Taak:
    """A row of *Vandaag*. The title is an act with a name, ``waarom`` why you see it."""

    titel: str
    url: str
    onder: str = ""
    waarom: str = ""
    termijn: str = ""
    toestand: Toestand = ""
    icoon: str = "document"
    actie: str = ""
    actie_url: str = ""
    merk: Merk | None = None


@dataclass(frozen=True, slots=True)
class Takengroep:
    titel: str
    taken: Sequence[Taak]


@dataclass(frozen=True, slots=True)
class Tijdlijnpunt:
    """One event. ``soort`` is contact, afspraak, traject, besluit or systeem; ``reeks`` holds
    the lines of a collapsed series."""

    op: date | datetime
    titel: str
    door: str = ""
    tekst: str = ""
    soort: str = "systeem"
    icoon: str = ""
    toestand: Toestand = ""
    url: str = ""
    url_tekst: str = ""
    reeks: Sequence[str] = ()
    reeks_titel: str = ""

    @property
    def beeld(self) -> str:
        """The icon, by default that of the kind."""
        standaard = {"contact": "telefoon", "afspraak": "agenda", "traject": "groep", "besluit": "document"}
        return self.icoon or standaard.get(self.soort, "tijdlijn")


@dataclass(frozen=True, slots=True)
class Tijdlijnjaar:
    jaar: str
    punten: Sequence[Tijdlijnpunt]


@dataclass(frozen=True, slots=True)
class Afspraakpunt:
    """A line of the day's agenda."""

    op: datetime
    titel: str
    onder: str = ""
    url: str = ""
    merk: Merk | None = None
    nu: bool = False


@dataclass(frozen=True, slots=True)
class Belofte:
    """What one side promised. ``stand``: open, laat, gedaan or niet. ``url`` ticks it off; ``wijzig`` is its form."""

    tekst: str
    onder: str = ""
    stand: Literal["open", "laat", "gedaan", "niet"] = "open"
    laat: str = ""
    url: str = ""
    wijzig: str = ""

    @property
    def beeld(self) -> str:
        return {"open": "rond", "laat": "klok", "gedaan": "vinkrond", "niet": "kruis"}[self.stand]

    @property
    def woord(self) -> str:
        return {"open": "Open", "laat": "Te laat", "gedaan": "Gedaan", "niet": "Niet gedaan"}[self.stand]


@dataclass(frozen=True, slots=True)
class Beloftegroep:
    titel: str
    beloften: Sequence[Belofte]
    onder: str = ""


@dataclass(frozen=True, slots=True)
class Versheid:
    """An item of the diagnosis and how much of its shelf life has passed (0-100)."""

    naam: str
    onder: str
    merk: Merk
    voorbij: float


@dataclass(frozen=True, slots=True)
class Stap:
    """A step of a form or process. ``fouten`` counts the faults in it."""

    titel: str
    url: str = ""
    stand: Literal["", "klaar", "nu", "later"] = ""
    fouten: int = 0
    onder: str = ""


@dataclass(frozen=True, slots=True)
class Criterium:
    """One criterion of a match: asked, known, points, and in a few words how it fits."""

    naam: str
    kort: str
    oordeel: Literal["goed", "minder", "tekort"] = "goed"
    gevraagd: str = ""
    bekend: str = ""
    bron: str = ""
    punten: str = ""

    @property
    def beeld(self) -> str:
        return {"goed": "vink", "minder": "driehoek", "tekort": "kruis"}[self.oordeel]

    @property
    def woord(self) -> str:
        return {"goed": "Past", "minder": "Past minder", "tekort": "Tekort"}[self.oordeel]


@dataclass(frozen=True, slots=True)
class Tegel:
    """A KPI tile. All figures come in as text (already formatted), the geometry as numbers
    on one scale; the label of the badge always says in words what the colour says."""

    titel: str
    cijfer: str
    url: str
    onder: str = ""
    doel: str = ""
    merk: Merk | None = None
    voet: str = ""
    stand: float | None = None
    streef: float | None = None
    tempo: float | None = None
    band: tuple[float, float] | None = None
    gekozen: bool = False
    uitleg: str = ""

    def _schaal(self) -> float:
        grootste = max([v for v in (self.stand, self.streef, self.tempo) if v] + list(self.band or ()) + [1])
        ruim = (self.streef or grootste) * 1.1
        return max(ruim, grootste)

    def procent(self, waarde: float) -> str:
        return f"{max(0.0, min(100.0, waarde / self._schaal() * 100)):.2f}%"

    @property
    def baan(self) -> dict[str, str]:
        """The bar as percentages; empty when there is no stand to draw."""
        if self.stand is None:
            return {}
        deel = {"stand": self.procent(self.stand), "streef": "", "tempo": "", "band_x": "", "band_breed": ""}
        if self.streef is not None:
            deel["streef"] = self.procent(self.streef)
        if self.tempo is not None:
            deel["tempo"] = self.procent(self.tempo)
        if self.band is not None:
            deel["band_x"] = self.procent(self.band[0])
            deel["band_breed"] = self.procent(self.band[1] - self.band[0])
        return deel


@dataclass(frozen=True, slots=True)
class Paletoptie:
    tekst: str
    url: str
    onder: str = ""
    icoon: str = "mensen"
    beeltenis: str = ""


@dataclass(frozen=True, slots=True)
class Paletgroep:
    titel: str
    opties: Sequence[Paletoptie]


@dataclass(frozen=True, slots=True)
class Leeg:
    """An empty state says what to do next, never only that there is nothing."""

    titel: str
    tekst: str = ""
    icoon: str = "inbak"
    knop: Knop | None = None


@dataclass(frozen=True, slots=True)
class Filterbalk:
    """A GET form with the filters that are on as chips; its state lives in the address."""

    formulier: BaseForm
    chips: Sequence[Verwijzing] = ()
    wissen: str = ""
    doel: str = ""


def filterbalk(request: HttpRequest, formulier: BaseForm, *, doel: str = "") -> Filterbalk:
    """Chips for every filter that is on; a chip leads to the page without it. ``doel`` is the
    CSS selector of the part that htmx replaces (left empty: a plain page load)."""
    chips: list[Verwijzing] = []
    query = request.GET
    for naam in formulier.fields:
        sleutel = formulier.add_prefix(naam)
        if any(query.getlist(sleutel)) and not formulier.fields[naam].widget.is_hidden:
            veld = formulier[naam]
            gekozen = [str(w) for w in query.getlist(sleutel) if w]
            keuzes = {str(k): str(v) for k, v in _platte_keuzes(getattr(formulier.fields[naam], "choices", ()))}
            waarde = ", ".join(keuzes.get(w, w) for w in gekozen)
            chips.append(Verwijzing(f"{veld.label}: {waarde}", met_query(query, **{sleutel: None, "pagina": None})))
    return Filterbalk(formulier, tuple(chips), request.path if chips else "", doel)


def _platte_keuzes(keuzes: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for waarde, label in keuzes:
        if isinstance(label, (list, tuple)):
            yield from label
        else:
            yield waarde, label


@dataclass(frozen=True, slots=True)
class Bladzijde:
    """Where a list is: rows ``eerste`` to ``laatste`` of ``totaal`` and links around it."""

    eerste: int
    laatste: int
    totaal: int | None
    vorige: str = ""
    volgende: str = ""

    @classmethod
    def van(cls, pagina: Page, query: QueryDict, naam: str = "pagina") -> Bladzijde:
        """From a Django page; the links keep filters and sort order."""
        return cls(
            eerste=pagina.start_index(),
            laatste=pagina.end_index(),
            totaal=pagina.paginator.count,
            vorige=met_query(query, **{naam: pagina.previous_page_number()}) if pagina.has_previous() else "",
            volgende=met_query(query, **{naam: pagina.next_page_number()}) if pagina.has_next() else "",
        )


@dataclass(frozen=True, slots=True)
class Notitievak:
    """The note box; ``concept_url`` saves drafts by POST while the person types."""

    url: str
    soorten: Sequence[tuple[str, str]] = ()
    voor: str = ""
    tekst: str = ""
    concept_url: str = ""
    hulp: str = ""
    soort: str = ""
    terug: str = ""
    stand: str = ""
    extra: dict[str, str] = field(default_factory=dict)
    meer: bool = False
    wanneer: str = ""
    gelukt: str = ""
    gevoelig: bool = False
