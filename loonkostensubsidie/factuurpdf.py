"""An invoice to a borrower as PDF and as CSV."""

from __future__ import annotations

import csv
import io

from kern import pdf
from kern.csvblad import veilig
from kern.handeling import huidige_gemeente_id
from kern.models import Gemeente
from kern.weergave import MAANDEN, datum, euro
from loonkostensubsidie.models import Factuur, Factuurregel


def maak_pdf(factuur: Factuur, regels: list[Factuurregel]) -> bytes:
    """The document; the same invoice gives the same bytes."""
    rest = factuur.bedrag - sum(regel.bedrag for regel in regels)
    rijen = [[regel.deelnemer.naam, regel.omschrijving, euro(regel.bedrag)] for regel in regels]
    if rest:
        rijen.append(["Afgeschermd", "Regels die je niet mag zien", euro(rest)])
    gegevens = {
        "gemeente": Gemeente.objects.get(pk=huidige_gemeente_id()).naam,
        "titel": "Factuur" if factuur.bedrag >= 0 else "Creditfactuur",
        "nummer": factuur.nummer,
        "dag": datum(factuur.factuurdatum),
        "maand": f"{MAANDEN[factuur.maand.month - 1]} {factuur.maand.year}",
        "aan": factuur.werkgever.naam,
        "regels": rijen,
        "totaal": euro(factuur.bedrag),
    }
    return pdf.maak("loonkostensubsidie/factuur.typ", gegevens, moment=factuur.gemaakt_op)


def maak_csv(regels: list[Factuurregel]) -> str:
    """The lines of invoices, for the financial system: amounts as 1326.00."""
    uit = io.StringIO()
    schrijver = csv.writer(uit, delimiter=";")
    kop = [
        "factuurnummer",
        "factuurdatum",
        "kvk_nummer",
        "inlener",
        "subsidienummer",
        "maand",
        "omschrijving",
        "bedrag",
    ]
    schrijver.writerow(kop)
    for regel in regels:
        factuur, boek = regel.factuur, regel.boekregel
        werkgever = factuur.werkgever
        schrijver.writerow(
            [
                factuur.nummer,
                factuur.factuurdatum.isoformat(),
                werkgever.kvk_nummer,
                veilig(werkgever.naam),
                boek.subsidie.nummer,
                f"{boek.maand:%Y-%m}",
                veilig(regel.omschrijving),
                str(regel.bedrag),
            ]
        )
    return uit.getvalue()
