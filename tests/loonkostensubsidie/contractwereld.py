"""A small world with people, employers and lines of an old system."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deelnemers.models import Burgerservicenummer, Deelnemer
from kern import bsn as bsn_
from kern.handeling import Actor, handeling
from loonkostensubsidie.contractbestand import KOLOMMEN
from loonkostensubsidie.models import Contract, Contractlevering
from loonkostensubsidie.services.inrichten import richt_regelingen_in
from loonkostensubsidie.services.levering import ontvang, verwerk
from regelgeving import opzoeken
from regelgeving.gegevens.laden import laad
from regelgeving.models import Parameter
from tests.werkgevers.fabrieken import DeelnemerFabriek, WerkgeverFabriek

ACTOR = Actor.taak("toets")
KVK = "12345678"
INLENER = "87654321"


def bsn_nummer(volg: int) -> str:
    """A number that passes the 11-test, another one for every `volg` up to a few thousand."""
    kandidaat, over = 900_000_000, volg
    while True:
        kandidaat += 1
        cijfers = [int(teken) for teken in str(kandidaat)]
        som = sum(c * g for c, g in zip(cijfers, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
        if som % 11 == 0:
            if not over:
                return str(kandidaat)
            over -= 1


def bsn_nummers(aantal: int) -> list[str]:
    """Many of them at once."""
    uit, kandidaat = [], 900_000_000
    while len(uit) < aantal:
        kandidaat += 1
        som = sum(int(t) * g for t, g in zip(str(kandidaat), (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
        if som % 11 == 0:
            uit.append(str(kandidaat))
    return uit


def wereld() -> None:
    """Schemes, law, an employer and a borrower."""
    richt_regelingen_in(actor=ACTOR)
    if not Parameter.objects.exists():
        laad()
    opzoeken.vergeet()
    WerkgeverFabriek(naam="Plantsoen BV", kvk_nummer=KVK, loonheffingennummer="001234560L01")
    WerkgeverFabriek(naam="Inlener BV", kvk_nummer=INLENER)


def persoon(bsn: str, **velden: Any) -> Deelnemer:
    """Somebody with this number."""
    deelnemer = DeelnemerFabriek(**velden)
    with handeling(ACTOR):
        Burgerservicenummer.objects.create(
            deelnemer=deelnemer,
            waarde=bsn_.versleutel(bsn, f"deelnemer:{deelnemer.pk}"),
            zoeksleutel=bsn_.te_bewaren(bsn_.zoeksleutel(bsn)),
        )
    return deelnemer


def regel(bsn: str, nummer: str = "PV-1", /, **velden: str) -> dict[str, str]:
    """A good line: an ID-baan of 32 hours, 80 % of 2,100 euro = 1,680 euro."""
    return {
        "contractnummer": nummer,
        "bsn": bsn,
        "regeling": "id-baan",
        "kvk_nummer": KVK,
        "loonheffingennummer": "",
        "begindatum": "2002-03-01",
        "uren_per_week": "32",
        "rekenwijze": "deel_loonkosten",
        "loonkosten": "2100,00",
        "percentage": "80",
        "maand": "2014-03",
        "bedrag_oud": "1680,00",
        "functie": "conciërge",
        **velden,
    }


def bestand(*regels: dict[str, str], kolommen: tuple[str, ...] = KOLOMMEN) -> bytes:
    """The file of these lines."""
    rijen = [";".join(kolommen), *(";".join(rij.get(naam, "") for naam in kolommen) for rij in regels)]
    return ("\r\n".join(rijen) + "\r\n").encode()


def lever(*regels: dict[str, str], proef: bool = False, actor: Actor = ACTOR) -> Contractlevering:
    """Receive and process these lines."""
    levering = ontvang(bestand(*regels), "contracten.csv", actor=actor, proef=proef)
    verwerk(levering, actor=ACTOR)
    levering.refresh_from_db()
    return levering


def fouten(levering: Contractlevering) -> dict[str, list[tuple[str, str]]]:
    """Per contract number what the report says."""
    rijen = levering.uitkomsten.exclude(fouten=[]).order_by("nummer")
    return {rij.extern_nummer: [(f["veld"], f["melding"]) for f in rij.fouten] for rij in rijen}


def contract(nummer: str = "PV-1") -> Contract:
    """The contract with this number."""
    return Contract.objects.select_related("deelnemer", "dienstverband", "regeling").get(extern_nummer=nummer)


BEGIN = dt.date(2002, 3, 1)
