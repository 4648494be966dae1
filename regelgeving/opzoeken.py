"""The law on a date: what other rooms ask. Fills the pure functions of `regelgeving.rekenen`.

All small tables are kept in memory per process. A trigger gives the data a new stamp at every change; the stamp is
read once per request or job (in a shell and in tests: at every question), so a change is seen everywhere at once.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeVar
from uuid import UUID

from kern.handeling import gemeente_bekend, huidige_gemeente_id, verzoek_kenmerk
from regelgeving.keuzes import Huishoudtype, Status, Vrijlatingsoort
from regelgeving.models import (
    Bijstandsnorm,
    Code,
    Minimumloon,
    Parameter,
    Postcodegebied,
    Stand,
    Termijn,
    Vrijlating,
)
from regelgeving.rekenen import uitkeringsuren as uren
from regelgeving.rekenen import werkdagen
from regelgeving.rekenen.breuken import decimaal
from regelgeving.rekenen.huishouden import (
    BEGIN_KOSTENDELERSNORM,
    Huishouden,
    deelt_kosten,
    huishoudtype,
    kostendelersnorm_exact,
    terugval,
)
from regelgeving.rekenen.loonheffing import Loonheffing

R = TypeVar("R")


class GegevenOntbreekt(LookupError):
    """No value is known for this date; the text may be shown to the user."""


@dataclass
class _Geheugen:
    stempel: UUID | None
    parameters: dict[str, list[Parameter]] = field(default_factory=lambda: defaultdict(list))
    minimumloon: list[Minimumloon] = field(default_factory=list)
    normen: dict[str, list[Bijstandsnorm]] = field(default_factory=lambda: defaultdict(list))
    vrijlatingen: dict[str, list[Vrijlating]] = field(default_factory=lambda: defaultdict(list))
    codes: dict[str, list[Code]] = field(default_factory=lambda: defaultdict(list))
    termijnen: dict[str, list[Termijn]] = field(default_factory=lambda: defaultdict(list))


@dataclass
class _Proces:
    """What this process remembers between requests."""

    geheugen: _Geheugen | None = None
    middelpunten: dict[str, tuple[float, float]] = field(default_factory=dict)


_proces = _Proces()
_van_verzoek: ContextVar[tuple[str, _Geheugen] | None] = ContextVar("regelgeving", default=None)


def vergeet() -> None:
    """Read everything again at the next question (after a change in this same request)."""
    _proces.geheugen, _proces.middelpunten = None, {}
    _van_verzoek.set(None)


def _huidig() -> _Geheugen:
    kenmerk, bekend = verzoek_kenmerk(), _van_verzoek.get()
    if kenmerk and bekend is not None and bekend[0] == kenmerk:
        return bekend[1]
    stempel = Stand.objects.values_list("stempel", flat=True).order_by("pk").first()
    geheugen = _proces.geheugen
    if geheugen is None or geheugen.stempel != stempel:
        geheugen = _proces.geheugen = _lees(stempel)
    if kenmerk:
        _van_verzoek.set((kenmerk, geheugen))
    return geheugen


def _lees(stempel: UUID | None) -> _Geheugen:
    nieuw = _Geheugen(stempel, minimumloon=list(Minimumloon.objects.order_by("geldig_van", "leeftijd_van")))
    for parameter_ in Parameter.objects.order_by("geldig_van", "pk"):
        nieuw.parameters[parameter_.sleutel].append(parameter_)
    for norm in Bijstandsnorm.objects.order_by("geldig_van", "pk"):
        nieuw.normen[norm.huishouden].append(norm)
    for regel in Vrijlating.objects.order_by("geldig_van", "pk"):
        nieuw.vrijlatingen[regel.soort].append(regel)
    for code in Code.objects.select_related("codelijst").order_by("codelijst_id", "volgorde", "pk"):
        nieuw.codes[code.codelijst.sleutel].append(code)
    for rij in Termijn.objects.order_by("geldig_van", "pk"):
        nieuw.termijnen[rij.sleutel].append(rij)
    return nieuw


def _geldt(rij: Any, datum: dt.date) -> bool:
    return (rij.geldig_van is None or rij.geldig_van <= datum) and (rij.geldig_tot is None or rij.geldig_tot >= datum)


def _eigen_of_landelijk(rijen: Iterable[R], datum: dt.date) -> R | None:
    """The row that holds on the date; the one of this gemeente goes first."""
    gemeente = huidige_gemeente_id() if gemeente_bekend() else None
    geldend = {rij.gemeente_id: rij for rij in rijen if _geldt(rij, datum)}  # type: ignore[attr-defined]
    return (geldend.get(gemeente) if gemeente is not None else None) or geldend.get(None)


def _laatst_bekend(rijen: Iterable[Any], datum: dt.date) -> tuple[Any, bool] | None:
    """The row that holds, or the last one before a gap in the sources (then False)."""
    eerder = [rij for rij in rijen if rij.geldig_van <= datum]
    if not eerder:
        return None
    laatste = max(eerder, key=lambda rij: rij.geldig_van)
    return laatste, _geldt(laatste, datum)


# --- Parameters ------------------------------------------------------------------------------------------------
def parameter_rij(sleutel: str, datum: dt.date) -> Parameter:
    """The parameter that holds on `datum`, the gemeente's own first; GegevenOntbreekt when there is none."""
    rij = _eigen_of_landelijk(_huidig().parameters.get(sleutel, ()), datum)
    if rij is None:
        raise GegevenOntbreekt(f"Er is geen waarde voor ‘{sleutel}’ op {uren.datum_voluit(datum)}.")
    return rij


def parameter(sleutel: str, datum: dt.date) -> Any:
    """The value as stored (JSON)."""
    return parameter_rij(sleutel, datum).waarde


def getal(sleutel: str, datum: dt.date) -> Decimal:
    """The value as an exact number."""
    return Decimal(str(parameter(sleutel, datum)))


def parameters_met(voorvoegsels: tuple[str, ...]) -> list[Parameter]:
    """All rows of the keys that begin so, of every date: the national ones and those of this gemeente."""
    gemeente = huidige_gemeente_id() if gemeente_bekend() else None
    return [
        rij
        for sleutel, rijen in _huidig().parameters.items()
        if sleutel.startswith(voorvoegsels)
        for rij in rijen
        if rij.gemeente_id in {None, gemeente}
    ]


def minimumlonen() -> list[Minimumloon]:
    """All rows of the minimum wage tables, oldest first."""
    return list(_huidig().minimumloon)


# --- Minimum wage ----------------------------------------------------------------------------------------------
def minimumloon(datum: dt.date, leeftijd: int) -> Minimumloon:
    """The minimum wage for an age on a date; GegevenOntbreekt when it is not in the tables."""
    for rij in _huidig().minimumloon:
        if _geldt(rij, datum) and rij.leeftijd_van <= leeftijd <= (rij.leeftijd_tot or 999):
            return rij
    raise GegevenOntbreekt(f"Er is geen minimumloon voor {leeftijd} jaar op {uren.datum_voluit(datum)}.")


def minimumuurloon(datum: dt.date, leeftijd: int = 30, werkweek: int = 36) -> Decimal:
    """Hourly minimum wage; before 2024 the published amount at a week of 36, 38 or 40 hours."""
    rij = minimumloon(datum, leeftijd)
    uurloon = rij.uur or getattr(rij, f"uur_{werkweek}", None)
    if uurloon is None:
        raise GegevenOntbreekt(f"Er is geen uurloon op {uren.datum_voluit(datum)}.")
    return uurloon


# --- Norms -----------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Norm:
    """A norm per month with how sure it is. `actueel` is False when the last known amount stands in for a gap."""

    bedrag: Decimal
    status: str
    uitleg: str
    bron: str
    actueel: bool = True


def bijstandsnorm(datum: dt.date, soort: Huishoudtype | str) -> Norm:
    """The published norm of one type of household; a parameter `bijstandsnorm.<type>` of the gemeente goes first."""
    soort = Huishoudtype(soort)
    eigen = _eigen_of_landelijk(_huidig().parameters.get(f"bijstandsnorm.{soort}", ()), datum)
    if eigen is not None:
        return Norm(Decimal(str(eigen.waarde)), eigen.status, soort.label, eigen.bron)
    gevonden = _laatst_bekend(_huidig().normen.get(soort, ()), datum)
    gelijk = terugval(soort) if datum >= BEGIN_KOSTENDELERSNORM else None
    if gelijk is not None:
        ander = _laatst_bekend(_huidig().normen.get(gelijk, ()), datum)
        if ander is not None and (gevonden is None or ander[0].geldig_van > gevonden[0].geldig_van):
            gevonden = ander
    if gevonden is None:
        raise GegevenOntbreekt(f"Er is geen norm voor ‘{soort.label}’ op {uren.datum_voluit(datum)}.")
    rij, actueel = gevonden
    status = rij.status if actueel else Status.ONZEKER
    uitleg = soort.label if actueel else f"{soort.label}, laatst bekende bedrag van {uren.datum_voluit(rij.geldig_van)}"
    return Norm(rij.bedrag, status, uitleg, rij.bron, actueel)


def bijstandsnorm_voor(datum: dt.date, huishouden: Huishouden) -> Norm:
    """The norm of this household on this date, with cost sharers (since 2015) or the WWB supplement (2014)."""
    soort = huishoudtype(huishouden)
    if deelt_kosten(huishouden, datum):
        paar = bijstandsnorm(datum, Huishoudtype.AOW_GEHUWDEN if huishouden.aow else Huishoudtype.GEHUWDEN_21)
        formule = parameter("pw.kostendelersnorm", datum)
        per_persoon = kostendelersnorm_exact(
            huishouden.kostendelers, paar.bedrag, Decimal(formule["vast"]), Decimal(formule["per_persoon"])
        )
        personen = 2 if huishouden.vorm == "gehuwden" else 1
        status = Status.AFGELEID if paar.status == Status.BEVESTIGD else paar.status
        uitleg = f"kostendelersnorm, {huishouden.kostendelers} personen"
        return Norm(decimaal(per_persoon * personen, 2), status, uitleg, "Participatiewet art. 22a", paar.actueel)
    norm = bijstandsnorm(datum, soort)
    met_toeslag = soort in {Huishoudtype.ALLEENSTAANDE_21, Huishoudtype.ALLEENSTAANDE_OUDER_21}
    if datum < BEGIN_KOSTENDELERSNORM and met_toeslag:
        toeslag = getal("pw.toeslag_maximum", datum)
        uitleg = f"{norm.uitleg}, met de hoogste toeslag"
        return Norm(norm.bedrag + toeslag, norm.status, uitleg, f"{norm.bron}; WWB art. 25", norm.actueel)
    return norm


# --- Exemptions and hours --------------------------------------------------------------------------------------
def vrijlating(
    soort: Vrijlatingsoort | str, datum: dt.date, leeftijd: int | None = None
) -> uren.Vrijlatingsregel | None:
    """The exemption of one kind; None when it does not exist on the date or does not hold for this age."""
    soort = Vrijlatingsoort(soort)
    gevonden = _laatst_bekend(_huidig().vrijlatingen.get(soort, ()), datum)
    if gevonden is None or gevonden[0].percentage is None:
        return None
    rij, _ = gevonden
    if rij.vanaf_leeftijd is not None and leeftijd is not None and leeftijd < rij.vanaf_leeftijd:
        return None
    eigen = _eigen_of_landelijk(_huidig().parameters.get(f"vrijlating.{soort}.maximum", ()), datum)
    maximum = rij.maximum if eigen is None else Decimal(str(eigen.waarde))
    artikel = f"Participatiewet art. {'34a' if rij.letter == '34a' else f'31 lid 2 onder {rij.letter}'}"
    return uren.Vrijlatingsregel(rij.percentage, maximum, f"vrijlating: {soort.label.lower()}", artikel)


def loonheffing(datum: dt.date) -> Loonheffing | None:
    """Tax figures of the year, or None when they are not known (then only the gross method works)."""
    try:
        return Loonheffing.uit_parameter(parameter("belasting.loonheffing", datum))
    except GegevenOntbreekt:
        return None


def uitkeringsuren(
    datum: dt.date,
    huishouden: Huishouden,
    *,
    uurloon: Decimal | None = None,
    vrijlatingsoort: Vrijlatingsoort | str | None = None,
) -> uren.Uitkomst:
    """At how many hours a week this household leaves the benefit; without wage: the minimum wage for the age."""
    norm = bijstandsnorm_voor(datum, huishouden)
    onzeker = [] if norm.status != Status.ONZEKER else [f"Norm: {norm.uitleg}"]
    regel = vrijlating(vrijlatingsoort, datum, huishouden.leeftijd) if vrijlatingsoort else None
    return uren.bereken(
        uren.Invoer(
            datum=datum,
            norm=norm.bedrag,
            uurloon=uurloon if uurloon is not None else minimumuurloon(datum, huishouden.leeftijd),
            leeftijd=huishouden.leeftijd,
            kostendelers=huishouden.kostendelers,
            vrijlating=regel,
            vakantiebijslag=getal("wml.vakantiebijslag", datum),
            loonheffing=loonheffing(datum),
            norm_uitleg=norm.uitleg,
            onzeker=tuple(onzeker),
        )
    )


# --- Code lists ------------------------------------------------------------------------------------------------
def codes(lijst: str, datum: dt.date | None = None, *, afgeschermd: bool = True) -> list[Code]:
    """The codes of a list, in order; a gemeente's own row replaces the national row with the same code.

    `datum` None: all codes that ever were. `afgeschermd=False` leaves out what needs a separate right.
    """
    alle = _huidig().codes.get(lijst)
    if alle is None:
        raise GegevenOntbreekt(f"De codelijst ‘{lijst}’ bestaat niet.")
    gemeente = huidige_gemeente_id() if gemeente_bekend() else None
    eigen = {rij.code for rij in alle if gemeente is not None and rij.gemeente_id == gemeente}
    return [
        rij
        for rij in alle
        if rij.gemeente_id == (gemeente if rij.code in eigen else None)
        and (datum is None or _geldt(rij, datum))
        and (afgeschermd or not rij.afgeschermd)
    ]


def keuzes(lijst: str, datum: dt.date, *, afgeschermd: bool = True) -> list[tuple[str, str]]:
    """Choices for a form field."""
    return [(rij.code, rij.label) for rij in codes(lijst, datum, afgeschermd=afgeschermd)]


def code(lijst: str, sleutel: str, datum: dt.date | None = None) -> Code | None:
    """One code; without date the latest."""
    gevonden = [rij for rij in codes(lijst, datum) if rij.code == sleutel]
    return max(gevonden, key=lambda rij: rij.geldig_van or dt.date.min) if gevonden else None


def label(lijst: str, sleutel: str, datum: dt.date | None = None) -> str:
    """The label of a code, or the code itself when the list does not know it."""
    gevonden = code(lijst, sleutel, datum)
    return gevonden.label if gevonden else sleutel


# --- Terms -----------------------------------------------------------------------------------------------------
def termijn(sleutel: str, datum: dt.date) -> Termijn:
    """The legal term that holds on `datum`, the gemeente's own first."""
    rij = _eigen_of_landelijk(_huidig().termijnen.get(sleutel, ()), datum)
    if rij is None:
        raise GegevenOntbreekt(f"De termijn ‘{sleutel}’ bestaat niet op {uren.datum_voluit(datum)}.")
    return rij


def einde_termijn(sleutel: str, gebeurtenis: dt.date) -> dt.date:
    """Last day of a term that starts on the day after `gebeurtenis` (Algemene termijnenwet included)."""
    rij = termijn(sleutel, gebeurtenis)
    if rij.aantal is None:
        raise GegevenOntbreekt(f"De termijn ‘{rij.onderwerp}’ heeft geen vast aantal dagen.")
    return werkdagen.einde_termijn(gebeurtenis, rij.aantal, rij.eenheid, verleng=sleutel != "AWB_DWANGSOM")


# --- Distance --------------------------------------------------------------------------------------------------
def middelpunten() -> dict[str, tuple[float, float]]:
    """Latitude and longitude per four-digit postcode."""
    if not _proces.middelpunten:
        rijen = Postcodegebied.objects.order_by("pc4").values_list("pc4", "breedtegraad", "lengtegraad")
        _proces.middelpunten = {pc4: (float(breedte), float(lengte)) for pc4, breedte, lengte in rijen}
    return _proces.middelpunten


def afstand_km(van: str, naar: str) -> float | None:
    """Kilometres as the crow flies between two postcodes (the first four digits count); None when one is unknown."""
    punten = middelpunten()
    een, twee = punten.get(van[:4]), punten.get(naar[:4])
    if een is None or twee is None:
        return None
    breedte1, breedte2 = math.radians(een[0]), math.radians(twee[0])
    boog = (
        math.sin((breedte2 - breedte1) / 2) ** 2
        + math.cos(breedte1) * math.cos(breedte2) * math.sin(math.radians(twee[1] - een[1]) / 2) ** 2
    )
    return 2 * 6371.0 * math.asin(math.sqrt(boog))
