"""A works company of the gemeente that pays the wage, and what happens to somebody in its service."""

from __future__ import annotations

import datetime as dt
from typing import Any

from kern.handeling import Actor, huidige_gemeente_id
from tests.kern.fabrieken import GebruikerFabriek
from tests.werkgevers.fabrieken import WerkgeverFabriek, werk
from werkgevers.models import Dienstverband, Salarislevering, Salarismutatie, Werkgever
from werkgevers.salarisbestand import Antwoord
from werkgevers.services.salaris import stel_levering_op, verwerk_terugmelding

PEILDATUM = "2026-07-06"
VANDAAG = dt.date(2026, 7, 6)
BEGIN = dt.date(2026, 5, 1)


def eigen(**velden: Any) -> Werkgever:
    return WerkgeverFabriek(naam="Werkbedrijf", eigen_organisatie=True, **velden)


def baan(werkgever: Werkgever | None = None, **velden: Any) -> Dienstverband:
    """SW of 24 hours since 1 May 2026; the works company pays."""
    velden = {"soort": "sw", "werkvorm": "intern", "begindatum": BEGIN} | velden
    return werk(werkgever=werkgever or eigen(), **velden)


def mens() -> Actor:
    return Actor.van_gebruiker(GebruikerFabriek(gemeente_id=huidige_gemeente_id()))


def lever() -> Salarislevering:
    return stel_levering_op(actor=mens())


def regels(levering: Salarislevering) -> list[Salarismutatie]:
    return list(Salarismutatie.objects.filter(levering=levering).select_related("levering").order_by("volgnummer"))


def wat(levering: Salarislevering) -> list[tuple[str, str]]:
    return [(regel.soort, regel.actie) for regel in regels(levering)]


def antwoord(levering: Salarislevering, uitkomst: str = "verwerkt", reden: str = "") -> None:
    """The same answer for every line."""
    lijst = [Antwoord(regel.kenmerk, uitkomst, reden) for regel in regels(levering)]
    verwerk_terugmelding(levering, lijst, actor=mens())
