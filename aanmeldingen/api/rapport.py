"""The parts of a referral that are stored as they came: adviesrapport, household, benefit
(STANDAARDEN 3.1).
"""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from aanmeldingen.keuzes import BELEMMERINGEN, BRONNEN, Klantmanagerrol, Schoolsoort, Verdeling
from deelnemers.diagnosekeuzes import OudeFasewaarde
from deelnemers.keuzes import (
    Arbeidsvermogen,
    Belastbaarheid,
    Leefvorm,
    Opleidingsniveau,
    Opleidingsstatus,
    Regeling,
    Taalniveau,
    Tredewaarde,
    Vervoer,
)
from kern import klok
from kern.api.weergave import Invoer
from regelgeving import opzoeken

RIJBEWIJZEN = ("AM", "A1", "A2", "A", "B", "B+", "BE", "C1", "C", "C1E", "CE", "D1", "D", "D1E", "DE", "T")
DAGDELEN = tuple(f"{dag}-{deel}" for dag in ("ma", "di", "wo", "do", "vr", "za", "zo") for deel in "oma")


class Code(serializers.CharField):
    """A code of a list in `regelgeving`, valid today; the list is published at /referentielijsten."""

    def __init__(self, lijst: str, **kwargs: Any) -> None:
        self.lijst = lijst
        kwargs.setdefault("help_text", f"Code uit /referentielijsten/{lijst}.")
        super().__init__(max_length=50, **kwargs)

    def to_internal_value(self, data: Any) -> str:
        waarde = super().to_internal_value(data)
        if waarde not in {code for code, _ in opzoeken.keuzes(self.lijst, klok.vandaag())}:
            raise serializers.ValidationError(
                f"Deze code staat niet in de lijst {self.lijst}.", code="onbekende-waarde"
            )
        return waarde


def tekst(lengte: int, **kwargs: Any) -> serializers.CharField:
    """An optional text."""
    return serializers.CharField(max_length=lengte, required=False, allow_blank=True, **kwargs)


def getal(laag: int, hoog: int, **kwargs: Any) -> serializers.IntegerField:
    """A whole number between two bounds."""
    return serializers.IntegerField(min_value=laag, max_value=hoog, **kwargs)


class OpleidingInvoer(Invoer):
    niveau = serializers.ChoiceField(choices=Opleidingsniveau.choices)
    naam = tekst(120)
    status = serializers.ChoiceField(choices=Opleidingsstatus.choices, required=False)
    jaar = getal(1950, 2100, required=False)


class WerkervaringInvoer(Invoer):
    functie = serializers.CharField(max_length=120)
    werkgever = tekst(120)
    sector = tekst(30)
    beroepCode = tekst(20)
    maanden = getal(0, 720, required=False)
    totJaar = getal(1950, 2100, required=False)


class TaalInvoer(Invoer):
    taal = serializers.RegexField(r"^[a-z]{3}$", help_text="ISO 639-3, bijvoorbeeld nld.")
    mondeling = serializers.ChoiceField(choices=Taalniveau.choices)
    schriftelijk = serializers.ChoiceField(choices=Taalniveau.choices, required=False)


class BeschikbaarheidInvoer(Invoer):
    urenMin = getal(0, 40, required=False)
    urenMax = getal(1, 40)
    dagdelen = serializers.ListField(child=serializers.ChoiceField(choices=DAGDELEN), required=False, max_length=21)
    avond = serializers.BooleanField(required=False)
    weekend = serializers.BooleanField(required=False)
    vanaf = serializers.DateField(required=False)
    reistijdMax = getal(0, 180, required=False)
    vervoer = serializers.ChoiceField(choices=Vervoer.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("urenMin", 0) > attrs["urenMax"]:
            raise serializers.ValidationError(
                {"urenMin": "Het laagste aantal uren is hoger dan het hoogste."}, code="te-hoog"
            )
        return attrs


class WerkvermogenInvoer(Invoer):
    arbeidsvermogen = serializers.ChoiceField(choices=Arbeidsvermogen.choices)
    urenMax = getal(0, 40, required=False)
    lichamelijk = serializers.ChoiceField(choices=Belastbaarheid.choices, required=False)
    mentaal = serializers.ChoiceField(choices=Belastbaarheid.choices, required=False)


class ZoekberoepInvoer(Invoer):
    naam = serializers.CharField(max_length=120)
    code = tekst(20, help_text="ESCO-code.")
    sector = tekst(30)


class TredeInvoer(Invoer):
    waarde = serializers.ChoiceField(choices=Tredewaarde.choices)
    sinds = serializers.DateField(required=False)
    reden = tekst(300)


class OudeFaseInvoer(Invoer):
    waarde = serializers.ChoiceField(choices=OudeFasewaarde.choices)
    sinds = serializers.DateField(required=False)


class Adviesrapport(Invoer):
    """What the sender found out; it fills the diagnosis. Limits for work, never a medical diagnosis."""

    opleidingen = OpleidingInvoer(many=True, required=False, max_length=20)
    werkervaring = WerkervaringInvoer(many=True, required=False, max_length=40)
    talen = TaalInvoer(many=True, required=False, max_length=10)
    rijbewijzen = serializers.ListField(
        child=serializers.ChoiceField(choices=RIJBEWIJZEN), required=False, max_length=16
    )
    beschikbaarheid = BeschikbaarheidInvoer(required=False)
    werkvermogen = WerkvermogenInvoer(required=False)
    belemmeringen = serializers.ListField(child=Code(BELEMMERINGEN), required=False, max_length=20)
    trede = TredeInvoer(required=False)
    oudeFase = OudeFaseInvoer(
        required=False, help_text="De fase uit het vorige systeem. We bewaren haar naast de trede en rekenen niets om."
    )
    zoekberoep = ZoekberoepInvoer(many=True, required=False, max_length=5)
    conclusie = tekst(4000)


class HuishoudenInvoer(Invoer):
    leefvorm = serializers.ChoiceField(choices=Leefvorm.choices)
    kinderen = getal(0, 20, required=False)
    jongsteKindGeborenDatum = serializers.DateField(required=False)
    kostendelers = getal(1, 20, required=False)


class UitkeringInvoer(Invoer):
    regeling = serializers.ChoiceField(choices=Regeling.choices)
    ingangsdatum = serializers.DateField()
    nummer = tekst(30)


class BegeleidingInvoer(Invoer):
    afdeling = Code(BRONNEN)
    van = serializers.DateField()
    tot = serializers.DateField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if attrs.get("tot") and attrs["tot"] < attrs["van"]:
            raise serializers.ValidationError({"tot": "De einddatum ligt voor de begindatum."}, code="te-laag")
        return attrs


class WerkverdelingInvoer(Invoer):
    """Who arranges what (R039)."""

    kinderopvang = serializers.ChoiceField(choices=Verdeling.choices, required=False)
    werktijden = serializers.ChoiceField(choices=Verdeling.choices, required=False)
    zoekberoep = serializers.ChoiceField(choices=Verdeling.choices, required=False)
    nederlandseTaal = serializers.ChoiceField(choices=Verdeling.choices, required=False)


class KlantmanagerInvoer(Invoer):
    naam = serializers.CharField(max_length=150)
    email = serializers.EmailField(required=False)
    telefoon = tekst(20)
    rol = serializers.ChoiceField(
        choices=Klantmanagerrol.choices,
        required=False,
        help_text="Inkomensbeheer blijft in beeld naast onze begeleiding.",
    )
    blijftKlantmanager = serializers.BooleanField(required=False)


class HuidigWerkInvoer(Invoer):
    werkgever = serializers.CharField(max_length=150)
    urenPerWeek = getal(1, 60)
    sinds = serializers.DateField(required=False)


class ArbeidsbeperkingInvoer(Invoer):
    """R032: what the route for a work limitation asks."""

    indicatie = tekst(100)
    adviesUwv = tekst(500)
    loonwaardeBekend = serializers.BooleanField(required=False)


class OuderInvoer(Invoer):
    naam = serializers.CharField(max_length=150)
    telefoon = tekst(20)


class SchoolInvoer(Invoer):
    """R036: well before the end of the last school year we talk with the school and the pupil."""

    naam = serializers.CharField(max_length=150)
    soort = serializers.ChoiceField(choices=Schoolsoort.choices, required=False)
    verwachteUitstroomdatum = serializers.DateField(
        required=False,
        help_text="Dag waarop de leerling van school gaat. Verplicht op een route die om de school vraagt.",
    )
    eindeLaatsteSchooljaar = serializers.DateField(
        required=False, help_text="Laatste dag van het laatste schooljaar van de leerling."
    )
    ouder = OuderInvoer(required=False)


class VerwijzerInvoer(Invoer):
    naam = serializers.CharField(max_length=150)
    email = serializers.EmailField(required=False)
    telefoon = tekst(20)
    personeelsnummer = tekst(20)
    team = tekst(100)
