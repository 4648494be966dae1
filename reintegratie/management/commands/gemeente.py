"""`gemeente`: the first steps of a new installation; run again it only adds what is missing."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from aanmeldingen.routes import zet_standaardroutes
from kern import klok
from kern.handeling import Actor, handeling, voor_gemeente
from kern.models import Gemeente
from loonkostensubsidie.services.inrichten import richt_regelingen_in
from organisatie.keuzes import Functie, PijlerSoort
from organisatie.models import Pijler, Rolvervulling, Team
from organisatie.rechten import Rol
from organisatie.services.personeel import neem_in_dienst
from rapportage.services.indicatoren import zorg_voor_indicatoren
from trajecten import gegevens as instrumenten

ACTOR = Actor.taak("gemeente")
KOLOMMEN = {"pijler", "code", "naam"}


class Command(BaseCommand):
    """`manage.py gemeente 0000 Voorbeeldstad --beheerder b@voorbeeld.example Bo Smit --teams teams.csv`."""

    help = "Richt een gemeente in: pijlers, teams, routes, instrumenten, indicatoren en de eerste beheerder."

    def add_arguments(self, parser: CommandParser) -> None:
        """Options as in docs/beheer.md."""
        parser.add_argument("code", help="CBS-code van de gemeente, vier cijfers")
        parser.add_argument("naam", help="naam van de gemeente")
        parser.add_argument("--regio", default="", help="arbeidsmarktregio")
        parser.add_argument(
            "--beheerder",
            nargs=3,
            metavar=("MAIL", "VOORNAAM", "ACHTERNAAM"),
            help="de eerste functioneel beheerder; het tijdelijke wachtwoord staat één keer op de uitvoer",
        )
        parser.add_argument("--teams", type=Path, help="CSV met de kolommen pijler, code en naam")

    def handle(self, *args: Any, **opties: Any) -> None:
        """All or nothing; Dutch faults."""
        try:
            with transaction.atomic():
                self._richt_in(opties)
        except ValidationError as fout:
            raise CommandError("\n".join(fout.messages)) from fout

    def _richt_in(self, opties: dict[str, Any]) -> None:
        with handeling(ACTOR):
            gemeente = Gemeente.objects.filter(code=opties["code"]).first() or Gemeente(
                code=opties["code"], naam=opties["naam"], arbeidsmarktregio=opties["regio"]
            )
            if gemeente.pk is None:
                gemeente.full_clean()
                gemeente.save()
        with voor_gemeente(gemeente), handeling(ACTOR):
            self._meld(_zet_pijlers(), "pijlers")
            if opties["teams"]:
                self._meld(_zet_teams(opties["teams"]), "teams")
            self._meld(zet_standaardroutes(actor=ACTOR), "routes")
            self._meld(richt_regelingen_in(actor=ACTOR), "regelingen")
            self._meld(instrumenten.laad(gemeente, ACTOR), "instrumenten")
            self._meld(zorg_voor_indicatoren(actor=ACTOR), "indicatoren")
            if opties["beheerder"]:
                self._beheerder(gemeente, *opties["beheerder"])

    def _meld(self, aantal: int, wat: str) -> None:
        self.stderr.write(f"{aantal} {wat} toegevoegd")

    def _beheerder(self, gemeente: Gemeente, mail: str, voornaam: str, achternaam: str) -> None:
        if Rolvervulling.objects.filter(rol=Rol.FUNCTIONEEL_BEHEERDER).exists():
            raise CommandError("Er is al een functioneel beheerder. Die maakt de andere accounts, onder Medewerkers.")
        _, wachtwoord = neem_in_dienst(
            gemeente=gemeente,
            email=mail,
            voornaam=voornaam,
            achternaam=achternaam,
            personeelsnummer="1",
            functie=Functie.BEHEER,
            begindatum=klok.vandaag(),
            rol=Rol.FUNCTIONEEL_BEHEERDER,
            actor=ACTOR,
        )
        self.stdout.write(f"{mail} {wachtwoord}")


def _zet_pijlers() -> int:
    bekend = set(Pijler.objects.values_list("soort", flat=True).order_by("soort"))
    nieuw = [
        Pijler(soort=soort, naam=soort.label, volgorde=volgorde, begindatum=_begin())
        for volgorde, soort in enumerate(PijlerSoort, 1)
        if soort not in bekend
    ]
    Pijler.objects.bulk_create(nieuw)
    return len(nieuw)


def _zet_teams(bestand: Path) -> int:
    try:
        with bestand.open(encoding="utf-8-sig", newline="") as tekst:
            rijen = list(csv.DictReader(tekst))
    except (OSError, UnicodeDecodeError) as fout:
        raise CommandError(f"Het bestand {bestand} is niet te lezen.") from fout
    pijlers = {p.soort: p for p in Pijler.objects.order_by("begindatum", "pk")}
    bekend = set(Team.objects.values_list("code", flat=True).order_by("code"))
    fouten, nieuw = [], []
    for regel, rij in enumerate(rijen, 2):
        if not rij.keys() >= KOLOMMEN or not all(rij[kolom] for kolom in KOLOMMEN):
            fouten.append(f"Regel {regel}: vul pijler, code en naam in.")
        elif rij["pijler"] not in pijlers:
            fouten.append(f"Regel {regel}: pijler {rij['pijler']} bestaat niet. Kies uit {', '.join(pijlers)}.")
        elif rij["code"] not in bekend:
            bekend.add(rij["code"])
            nieuw.append(Team(code=rij["code"], naam=rij["naam"], pijler=pijlers[rij["pijler"]], begindatum=_begin()))
    if fouten:
        raise ValidationError(fouten)
    for team in nieuw:
        team.full_clean()
        team.save()
    return len(nieuw)


def _begin() -> dt.date:
    """The first day of this year: the figures of the year then know the whole organisation."""
    return klok.vandaag().replace(month=1, day=1)
