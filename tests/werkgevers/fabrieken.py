"""Factories of the room werkgevers, and a small world in which somebody can be placed."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import factory
from django.utils import timezone

from deelnemers.houdbaarheid import houdbaar_tot
from deelnemers.models import (
    Beschikbaarheid,
    Deelnemer,
    Huishouden,
    Taalbeheersing,
    Uitkering,
    Uitkeringsgerechtigde,
    Werkervaring,
    Zoekberoep,
)
from deelnemers.services.regie import wijs_regie_toe
from kern import klok
from kern.handeling import Actor, handeling
from tests.kern.fabrieken import FABRIEK, Fabriek
from tests.organisatie.fabrieken import TeamFabriek
from trajecten.models import Traject
from werkgevers.models import Contactpersoon, Dienstverband, Kandidaatprofiel, Vacature, Vestiging, Werkgever
from werkgevers.services.dienstverband import begin_dienstverband
from werkgevers.services.profielen import werk_profielen_bij

ACTOR = Actor.taak("toets")


class DeelnemerFabriek(Fabriek):
    class Meta:
        model = Deelnemer

    dossiernummer = factory.Sequence(lambda n: f"D{n:06d}")
    roepnaam = "Samira"
    geslachtsnaam = factory.Sequence(lambda n: f"Khan{n}")
    geboortedatum = dt.date(1985, 5, 5)
    postcode = "1102AB"
    in_traject = True


class WerkgeverFabriek(Fabriek):
    class Meta:
        model = Werkgever

    naam = factory.Sequence(lambda n: f"Zorgcentrum Kastanjehof {n}")
    sector = "zorg"


class VestigingFabriek(Fabriek):
    class Meta:
        model = Vestiging

    werkgever = factory.SubFactory(WerkgeverFabriek)
    naam = "Hoofdgebouw"
    postcode = "1103AA"
    pc4 = "1103"


class ContactpersoonFabriek(Fabriek):
    class Meta:
        model = Contactpersoon

    werkgever = factory.SubFactory(WerkgeverFabriek)
    naam = "Wilma Brouwer"


class VacatureFabriek(Fabriek):
    """An open vacancy of 24 to 32 hours."""

    class Meta:
        model = Vacature

    soort = "regulier"
    vestiging = factory.SubFactory(VestigingFabriek)
    werkgever = factory.SelfAttribute("vestiging.werkgever")
    titel = "Medewerker linnenkamer"
    sector = "zorg"
    sectornummer = 3
    uren_min = 24
    uren_max = 32
    bruto_uurloon = Decimal("15.40")
    status = "open"
    status_sinds = factory.LazyFunction(klok.vandaag)
    geopend_op = factory.LazyFunction(klok.vandaag)


class ProfielFabriek(Fabriek):
    class Meta:
        model = Kandidaatprofiel

    deelnemer = factory.SubFactory(DeelnemerFabriek)
    beschikbaar = True
    uren_min = 16
    uren_max = 36
    avond = True
    weekend = True
    beschikbaar_vanaf = dt.date(2020, 1, 1)
    wacht_sinds = dt.date(2020, 1, 1)
    bijgewerkt_op = factory.LazyFunction(timezone.now)


def diagnose(deelnemer: Deelnemer, **beschikbaar: Any) -> None:
    """Enough diagnosis to be a candidate: hours, Dutch, experience and a wish."""
    vandaag = klok.vandaag()
    soorten = {
        Beschikbaarheid: {
            "uren_min": 20,
            "uren_max": 36,
            "beschikbaar_vanaf": vandaag,
            "weekend": True,
            **beschikbaar,
        },
        Taalbeheersing: {"mondeling": 3, "schriftelijk": 2},
        Werkervaring: {
            "functie": "wasserijmedewerker",
            "beroep_code": "8157.1",
            "sector": "schoonmaak",
            "maanden": 36,
        },
        Zoekberoep: {"naam": "zorghulp", "beroep_code": "5321.1", "sector": "zorg"},
    }
    with handeling(FABRIEK):
        for soort, velden in soorten.items():
            soort.objects.create(
                deelnemer=deelnemer,
                vastgesteld_op=vandaag,
                houdbaar_tot=houdbaar_tot(soort, vandaag),
                **velden,
            )


def uitkering(deelnemer: Deelnemer, norm: str = "1401.50") -> Uitkering:
    """A running benefit of a single person."""
    with handeling(FABRIEK):
        huis = Huishouden.objects.create(leefvorm="1", begindatum=dt.date(2020, 1, 1))
        rij = Uitkering.objects.create(
            regeling="01", huishouden=huis, begindatum=dt.date(2020, 1, 1), normbedrag=Decimal(norm)
        )
        Uitkeringsgerechtigde.objects.create(uitkering=rij, deelnemer=deelnemer, begindatum=dt.date(2020, 1, 1))
    return rij


def kandidaat(regievoerder: Any = None, **velden: Any) -> Deelnemer:
    """A person with a benefit, a diagnosis and a profile; `regievoerder` guides them."""
    deelnemer = DeelnemerFabriek(**velden)
    diagnose(deelnemer)
    uitkering(deelnemer)
    if regievoerder is not None:
        wijs_regie_toe(deelnemer, regievoerder, klok.vandaag() - dt.timedelta(days=30), actor=ACTOR)
        deelnemer.refresh_from_db()
    vandaag = klok.vandaag()
    with handeling(FABRIEK):
        Traject.objects.create(
            deelnemer=deelnemer,
            doel="werk_deeltijd",
            team=deelnemer.team or TeamFabriek(),
            begindatum=vandaag,
            status_sinds=vandaag,
        )
        Deelnemer.objects.filter(pk=deelnemer.pk).update(in_traject=True)
    werk_profielen_bij([deelnemer.pk], actor=ACTOR)
    deelnemer.refresh_from_db()
    return deelnemer


def werk(deelnemer: Deelnemer | None = None, **velden: Any) -> Dienstverband:
    """A job with wage subsidy of 24 hours since 1 January 2025, at an employer that we can call."""
    begin = velden.pop("begindatum", dt.date(2025, 1, 1))
    werkgever = velden.pop("werkgever", None) or WerkgeverFabriek(telefoon="020-1234567")
    soort = velden.pop("soort", "lks")
    velden = {"functie": "hulp in de linnenkamer", "uren_per_week": Decimal(24), "uren_voltijd": Decimal(36)} | velden
    if soort == "lks":
        velden.setdefault("loonwaarderoute", "meting")
    return begin_dienstverband(deelnemer or DeelnemerFabriek(), soort, werkgever, begin, actor=ACTOR, **velden)
