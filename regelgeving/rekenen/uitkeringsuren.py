"""At how many hours a week does the benefit end? An indication (R133); income decides.

Gross method: norm / (hourly wage x 1.08 x 52/12). Net method: the same with tax and an exemption of income.
Pure functions; amounts in euro per month, hours per week; exact until the one rounding to a tenth of an hour.
Source: Participatiewet art. 19, 20-22a, 31 lid 2 and 3; WML art. 15.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from regelgeving.rekenen.breuken import breuk, decimaal
from regelgeving.rekenen.loonheffing import Loonheffing

WEKEN_PER_MAAND = Fraction(52, 12)
VAKANTIEBIJSLAG = Decimal(8)
_WEEK_IN_UREN = 168
_MAANDEN = (
    "januari", "februari", "maart", "april", "mei", "juni",
    "juli", "augustus", "september", "oktober", "november", "december",
)  # fmt: skip


@dataclass(frozen=True)
class Vrijlatingsregel:
    """An exemption that runs: percentage of the net income, at most `maximum` per month (None: no maximum known)."""

    percentage: Decimal
    maximum: Decimal | None
    naam: str = "vrijlating"
    artikel: str = "Participatiewet art. 31 lid 2"


@dataclass(frozen=True)
class Invoer:
    """What the answer depends on. `norm` is net per month including holiday allowance, `uurloon` gross without it."""

    datum: dt.date
    norm: Decimal
    uurloon: Decimal
    leeftijd: int | None = None
    kostendelers: int = 1
    vrijlating: Vrijlatingsregel | None = None
    vakantiebijslag: Decimal = VAKANTIEBIJSLAG
    loonheffing: Loonheffing | None = None
    norm_uitleg: str = ""
    onzeker: tuple[str, ...] = ()


@dataclass(frozen=True)
class Regel:
    """One line of the specification."""

    regel: str
    artikel: str
    invoer: str
    uitkomst: str


@dataclass(frozen=True)
class Uitkomst:
    """Hours a week from which the benefit ends; None when the method cannot be used on this date."""

    bruto: Decimal
    netto: Decimal | None
    bruto_exact: Fraction
    netto_exact: Fraction | None
    regels: tuple[Regel, ...]
    onzeker: tuple[str, ...]

    def uit_uitkering(self, uren: Decimal) -> bool:
        """Whether this person leaves the benefit at `uren`, by the net method when there is one."""
        grens = self.bruto_exact if self.netto_exact is None else self.netto_exact
        return breuk(uren) >= grens


def brutonorm_per_uur_factor(vakantiebijslag: Decimal = VAKANTIEBIJSLAG) -> Fraction:
    """Months' wage per weekly hour and euro of hourly wage: 1.08 x 52/12 = 4.68 exactly."""
    return (1 + breuk(vakantiebijslag) / 100) * WEKEN_PER_MAAND


def uren_uit_uitkering(norm: Decimal, uurloon: Decimal, vakantiebijslag: Decimal = VAKANTIEBIJSLAG) -> Decimal:
    """Hours by the gross method, to a tenth of an hour."""
    return decimaal(_bruto_exact(norm, uurloon, vakantiebijslag), 1)


def uren_uit_uitkering_kolom(norm_centen: Any, uurloon_centen: Any, vakantiebijslag: Decimal = VAKANTIEBIJSLAG) -> Any:
    """The gross method for whole columns: tenths of hours, exactly as `uren_uit_uitkering`, with integers only.

    Takes plain integers or numpy arrays of integers, in cents; answers tenths of hours of the same shape.
    """
    factor = brutonorm_per_uur_factor(vakantiebijslag)
    teller = 10 * factor.denominator * norm_centen
    noemer = factor.numerator * uurloon_centen
    return (2 * teller + noemer) // (2 * noemer)


def bereken(invoer: Invoer) -> Uitkomst:
    """Both methods with a specification in Dutch. ValueError when wage or norm is not above zero."""
    if invoer.norm <= 0 or invoer.uurloon <= 0:
        raise ValueError("norm en uurloon zijn hoger dan nul")
    per_uur = brutonorm_per_uur_factor(invoer.vakantiebijslag) * breuk(invoer.uurloon)
    bruto = breuk(invoer.norm) / per_uur
    regels = _brutoregels(invoer, per_uur, bruto)
    netto, extra = _netto(invoer, per_uur)
    return Uitkomst(
        bruto=decimaal(bruto, 1),
        netto=None if netto is None else decimaal(netto, 1),
        bruto_exact=bruto,
        netto_exact=netto,
        regels=(*regels, *extra),
        onzeker=invoer.onzeker,
    )


def _bruto_exact(norm: Decimal, uurloon: Decimal, vakantiebijslag: Decimal) -> Fraction:
    return breuk(norm) / (brutonorm_per_uur_factor(vakantiebijslag) * breuk(uurloon))


def _brutoregels(invoer: Invoer, per_uur: Fraction, bruto: Fraction) -> tuple[Regel, ...]:
    kosten = f"; {invoer.kostendelers} kostendelers" if invoer.kostendelers > 1 else ""
    return (
        Regel(
            "Norm per maand met vakantietoeslag",
            "Participatiewet art. 20-22a",
            f"op {datum_voluit(invoer.datum)}: {invoer.norm_uitleg or 'opgegeven norm'}{kosten}",
            euro(breuk(invoer.norm)),
        ),
        Regel(
            "Loon per maand voor elk uur per week",
            "WML art. 15",
            f"{euro(breuk(invoer.uurloon))} × {getal(1 + breuk(invoer.vakantiebijslag) / 100, 2)} × 52 / 12",
            euro(per_uur),
        ),
        Regel(
            "Uren volgens de brutomethode",
            "eerste schatting",
            f"{euro(breuk(invoer.norm))} / {euro(per_uur)}",
            f"{getal(bruto, 1)} uur",
        ),
    )


def _netto(invoer: Invoer, per_uur: Fraction) -> tuple[Fraction | None, tuple[Regel, ...]]:
    regels = []
    nodig = breuk(invoer.norm)
    if invoer.vrijlating is not None:
        nodig = _nodig_met_vrijlating(nodig, invoer.vrijlating)
        regels.append(_vrijlatingsregel(invoer, invoer.vrijlating, nodig))
    bruto_jaar = invoer.loonheffing.bruto_voor(nodig * 12) if invoer.loonheffing else None
    uren = bruto_jaar / 12 / per_uur if bruto_jaar is not None else None
    if bruto_jaar is None or uren is None or uren > _WEEK_IN_UREN:
        waarom = (
            "Voor deze datum zijn er geen belastinggegevens" if invoer.loonheffing is None else "Het inkomen is te hoog"
        )
        regels.append(
            Regel("Uren volgens de nettomethode", "Participatiewet art. 31 lid 3", waarom, "niet te berekenen")
        )
        return None, tuple(regels)
    regels.append(
        Regel(
            "Brutoloon per maand dat hiervoor nodig is",
            "loonheffing met algemene heffingskorting en arbeidskorting; schatting",
            f"netto {euro(nodig)}",
            euro(bruto_jaar / 12),
        )
    )
    regels.append(
        Regel(
            "Uren volgens de nettomethode",
            "Participatiewet art. 31 lid 3",
            f"{euro(bruto_jaar / 12)} / {euro(per_uur)}",
            f"{getal(uren, 1)} uur",
        )
    )
    return uren, tuple(regels)


def _nodig_met_vrijlating(norm: Fraction, vrijlating: Vrijlatingsregel) -> Fraction:
    """Net income of which exactly the norm counts: the exemption is the lower of the percentage and the maximum."""
    telt_mee = 1 - breuk(vrijlating.percentage) / 100
    zonder_maximum = norm / telt_mee if telt_mee > 0 else None
    met_maximum = None if vrijlating.maximum is None else norm + breuk(vrijlating.maximum)
    mogelijk = [bedrag for bedrag in (zonder_maximum, met_maximum) if bedrag is not None]
    if not mogelijk:
        raise ValueError("een vrijlating van 100% zonder maximum laat de uitkering nooit eindigen")
    return min(mogelijk)


def _vrijlatingsregel(invoer: Invoer, vrijlating: Vrijlatingsregel, nodig: Fraction) -> Regel:
    hoogstens = "" if vrijlating.maximum is None else f", hoogstens {euro(breuk(vrijlating.maximum))}"
    return Regel(
        f"Nettoloon waarbij de uitkering eindigt, met {vrijlating.naam}",
        vrijlating.artikel,
        f"{getal(breuk(vrijlating.percentage), 1)}%{hoogstens}; norm {euro(breuk(invoer.norm))}",
        euro(nodig),
    )


def datum_voluit(dag: dt.date) -> str:
    """A date in words: 1 juli 2026."""
    return f"{dag.day} {_MAANDEN[dag.month - 1]} {dag.year}"


def getal(waarde: Fraction, plaatsen: int) -> str:
    """A number in Dutch notation."""
    tekst = f"{decimaal(waarde, plaatsen):,.{plaatsen}f}"
    return tekst.translate(str.maketrans(",.", ".,"))


def euro(waarde: Fraction) -> str:
    """An amount in Dutch notation: € 1.419,46."""
    return f"€ {getal(waarde, 2)}"
