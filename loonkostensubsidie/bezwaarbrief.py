"""The letter of a decision on an objection, in plain Dutch (Awb 7:11, 7:12; FEITEN 5.7)."""

from __future__ import annotations

from typing import Any

from kern import klok, pdf
from kern.weergave import datum, euro
from loonkostensubsidie.bezwaarkeuzes import MET_GEVOLG, Bezwaaruitkomst, Horen, Indiener
from loonkostensubsidie.models import Beschikking, Bezwaar
from loonkostensubsidie.services.teruggave import terug_naar_werkgever
from regelgeving import opzoeken


def maak_pdf(rij: Bezwaar) -> bytes:
    """The letter of an objection that was decided."""
    dag = rij.besloten_op or klok.vandaag()
    return pdf.maak("loonkostensubsidie/bezwaar.typ", gegevens_van(rij), moment=klok.middag(dag))


def gegevens_van(rij: Bezwaar) -> dict[str, Any]:
    """All that stands in the letter, as text."""
    dag = rij.besloten_op or klok.vandaag()
    einde = opzoeken.einde_termijn("AWB_BEZWAAR", dag)  # the term of Awb 6:7 holds for an appeal too
    return {
        "gemeente": rij.gemeente.naam,
        "titel": "Besluit op uw bezwaar",
        "aan": rij.naam,
        "werkgever": rij.werkgever.naam if rij.indiener == Indiener.WERKGEVER else "",
        "dag": datum(dag),
        "nummer": rij.besluit.nummer,
        "over": _over(rij),
        "inleiding": (
            f"Op {datum(rij.ontvangen_op)} kregen wij uw bezwaar tegen ons besluit {rij.besluit.nummer}. "
            f"In deze brief leest u wat wij daarover besluiten.{_te_laat(rij)}"
        ),
        "gronden": [deel for deel in rij.gronden.splitlines() if deel.strip()],
        "horen": _horen(rij),
        "besluit": _besluit(rij),
        "waarom": [deel for deel in rij.motivering.splitlines() if deel.strip()],
        "grondslag": "Dit besluit steunt op artikel 7:11 van de Algemene wet bestuursrecht.",
        "oneens": (
            f"Dan kunt u tot en met {datum(einde)} beroep instellen bij de rechtbank. Stuur een kopie van deze brief "
            "mee. Schrijf in uw beroep uw naam en adres, de datum en waarom u het er niet mee eens bent. Zet uw "
            "handtekening eronder."
        ),
    }


def _over(rij: Bezwaar) -> list[list[str]]:
    besluit = rij.besluit
    uit = [["Werkgever", rij.werkgever.naam]]
    if rij.deelnemer is not None:
        uit.append(["Werknemer", rij.deelnemer.naam])
    if isinstance(besluit, Beschikking):
        wat = f"{besluit.get_soort_display()}, {besluit.nummer} van {datum(besluit.verzonden_op)}"
    else:
        wat = f"Terugvordering van {euro(besluit.bedrag)}, {besluit.nummer} van {datum(besluit.besloten_op)}"
    return [*uit, ["Ons besluit", wat]]


def _te_laat(rij: Bezwaar) -> str:
    if rij.op_tijd:
        return ""
    return " Uw bezwaar kwam te laat, maar daar was een goede reden voor." if rij.verschoonbaar else ""


def _horen(rij: Bezwaar) -> list[str]:
    if rij.horen == Horen.GEHOUDEN:
        return [f"Op {datum(rij.hoorzitting_op)} was de hoorzitting. Daar is het volgende gezegd:", rij.hoorverslag]
    return ["Er is geen hoorzitting geweest.", rij.hoorverslag]


def _besluit(rij: Bezwaar) -> list[str]:
    zin = {
        Bezwaaruitkomst.GEGROND: "Uw bezwaar is gegrond: u krijgt gelijk.",
        Bezwaaruitkomst.DEELS: "Uw bezwaar is voor een deel gegrond.",
        Bezwaaruitkomst.ONGEGROND: "Uw bezwaar is ongegrond. Ons besluit blijft zoals het is.",
        Bezwaaruitkomst.NIET_ONTVANKELIJK: "Wij behandelen uw bezwaar niet. Ons besluit blijft zoals het is.",
    }[Bezwaaruitkomst(rij.uitkomst)]
    return [zin, _gevolg(rij)] if rij.uitkomst in MET_GEVOLG else [zin]


def _gevolg(rij: Bezwaar) -> str:
    """What happens now that the decision does not stand."""
    besluit = rij.besluit
    if not isinstance(besluit, Beschikking):
        if besluit.status == "herroepen":
            zin = "Ons besluit om geld terug te vragen vervalt. U hoeft niets terug te betalen."
            terug = terug_naar_werkgever(besluit)
            return f"{zin} U krijgt {euro(terug)} van ons terug, met de volgende betaling." if terug > 0 else zin
        return "U krijgt een aparte brief over wat dit betekent voor het bedrag."
    if besluit.soort == "afwijzing":
        return "Wij behandelen uw aanvraag opnieuw. U krijgt daarover een nieuw besluit."
    return "Er komt een nieuw besluit. Is het bedrag van eerdere maanden anders, dan verrekenen wij het verschil."
