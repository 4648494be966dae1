"""`instellingen`: the page with every environment variable, made from the register itself."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from reintegratie.instellingen import REGISTER, VERPLICHT, Instelling

KOP = """# Instellingen

Alles wat per omgeving verschilt, staat in een omgevingsvariabele. Zet ze in de omgeving van het proces, of \
bij containers in `.env` naast `docker-compose.yml`. Een lijst schrijf je met komma's, ja of nee als `1` \
of `0`. \
Een variabele met 🔒 is geheim: nooit in een bestand in de code, een log of een bericht.

Deze bladzijde is gemaakt met `python3 manage.py instellingen`; wijzig haar niet met de hand.
"""
SOORT = {"str": "tekst", "bool": "ja of nee", "int": "getal", "list": "lijst", "url": "adres"}
#: Read by the programs around the application; `lees()` never sees these.
BUITENOM = (
    ("REINTEGRATIE_ZONDER_VENV", "`manage.py` maakt geen eigen `.venv` (containers)."),
    ("WEB_PROCESSEN", "Aantal processen van de website onder Gunicorn (standaard 3)."),
    ("CHROMIUM", "Browser voor de toetsen, als hij niet vanzelf wordt gevonden."),
    ("ADR_REGELS", "Regelbestand van de API Design Rules voor `.ci/run`."),
)


class Command(BaseCommand):
    help = "Maakt docs/instellingen.md: alle omgevingsvariabelen met uitleg."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer to show the text instead of writing it."""
        parser.add_argument("--toon", action="store_true", help="schrijf niets, toon de tekst")

    def handle(self, *args: Any, **opties: Any) -> None:
        """Write the page, or show it."""
        if opties["toon"]:
            self.stdout.write(pagina(), ending="")
            return
        (settings.BASE_DIR / "docs" / "instellingen.md").write_text(pagina(), encoding="utf-8")


def pagina() -> str:
    """Return the whole page; the same text in every checkout and environment."""
    delen = [KOP]
    # sorted() keeps the order of settings.py within a group.
    for groep, leden in groupby(sorted(REGISTER.values(), key=lambda i: i.groep), key=lambda i: i.groep):
        delen += [f"\n## {groep}\n", *TABELKOP, *map(_regel, leden)]
    delen += ["\n## Buiten de applicatie\n", "| variabele | uitleg |", "| --- | --- |"]
    delen += [f"| `{naam}` | {uitleg} |" for naam, uitleg in BUITENOM]
    return "\n".join(delen) + "\n"


TABELKOP = ("| variabele | soort | standaard | in productie | uitleg |", "| --- | --- | --- | --- | --- |")


def _regel(instelling: Instelling) -> str:
    naam = f"`{instelling.naam}`{' 🔒' if instelling.geheim else ''}"
    gewoon = "*vast, alleen voor de demo*" if _is_geheime_waarde(instelling) else toon(instelling.standaard)
    uitleg = instelling.uitleg.replace("|", r"\|")
    zelfde = instelling.in_productie == instelling.standaard
    productie = "" if zelfde else toon(instelling.in_productie)
    return f"| {naam} | {SOORT[instelling.soort]} | {gewoon} | {productie} | {uitleg} |"


def _is_geheime_waarde(instelling: Instelling) -> bool:
    return instelling.geheim and instelling.in_productie is VERPLICHT


def toon(waarde: Any) -> str:
    """Return a default as a reader would write it in the environment; never a path of this machine."""
    if waarde is VERPLICHT:
        return "**verplicht**"
    if isinstance(waarde, bool):
        return f"`{int(waarde)}`"
    tekst = ",".join(map(str, waarde)) if isinstance(waarde, list | tuple) else str(waarde)
    tekst = tekst.replace(f"{settings.BASE_DIR}/", "")
    return f"`{tekst}`" if tekst else "leeg"
