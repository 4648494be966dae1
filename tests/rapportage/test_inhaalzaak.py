"""What a catch-up campaign cost and what the outflow of its own group saved; no proof of cause (R064)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Inhaalcampagne, Inhaaldeelname, Uitkeringsgerechtigde
from kern.handeling import handeling
from organisatie.rechten import Rol
from rapportage.inhaalzaak import bereken
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag
from tests.trajecten.fabrieken import medewerker_met
from trajecten.models import Instrument, Trajectonderdeel

pytestmark = pytest.mark.django_db


@pytest.fixture
def eind(settings: Any) -> None:
    settings.PEILDATUM = EIND.isoformat()


def _campagne(naam: str = "Voorjaar", gesloten: dt.date | None = None) -> Inhaalcampagne:
    with handeling(FABRIEK):
        return Inhaalcampagne.objects.create(
            naam=naam, begindatum=dag(4, 1), klaar_voor=dag(9, 1), gesloten_op=gesloten
        )


def _doe_mee(campagne: Inhaalcampagne, persoon: Any, bijgewerkt: dt.date | None = None) -> None:
    with handeling(FABRIEK):
        Inhaaldeelname.objects.create(campagne=campagne, deelnemer=persoon, reden="verouderd", bijgewerkt_op=bijgewerkt)


def _onderzoek(traject: Any, kosten: str, op: dt.date, soort: str = "diagnose", status: str = "afgerond") -> None:
    with handeling(FABRIEK):
        instrument, _ = Instrument.objects.get_or_create(
            code=soort, defaults={"naam": soort, "soort": soort, "route": "intern", "srg_type": "40"}
        )
        Trajectonderdeel.objects.create(
            deelnemer=traject.deelnemer, traject=traject, instrument=instrument, route="intern", begindatum=op,
            einddatum=op, status=status, status_sinds=op, kosten=Decimal(kosten),
        )  # fmt: skip


@pytest.mark.eis(
    "R064",
    "Kosten van de diagnoses tegenover de uitkeringen die in de inhaalslag door werk stopten, bevestigd door inkomen.",
)
def test_de_rekening(wereld: Wereld, eind: None) -> None:
    campagne, ander = _campagne(), _campagne("Andere")
    blijft = [wereld.persoon() for _ in range(3)]
    for nummer, persoon in enumerate(blijft):
        traject = wereld.traject(persoon)
        _doe_mee(campagne, persoon, dag(5, 1) if nummer < 2 else None)
        _onderzoek(traject, "165.50", dag(5, 2))
        _onderzoek(traject, "900", dag(5, 2), soort="groep")  # no assessment
    _onderzoek(traject, "165", dag(3, 1), status="gestopt")  # before the campaign
    for uitkomst, extra in (
        ("werk_voltijd", {}),
        ("werk_voltijd", {"stopt": False, "melding": "verstuurd"}),  # income has not answered
        ("werk_deeltijd_met", {}),
        ("niet_verschenen", {}),
        ("overig", {"bus": "34"}),  # confirmed, but stopped and not by work
    ):
        einde = wereld.einde(uitkomst, op=dag(12, 1), **extra)
        _doe_mee(campagne, einde.deelnemer)
    _doe_mee(ander, wereld.einde("werk_voltijd", op=dag(12, 1)).deelnemer)
    wereld.einde("werk_voltijd", op=dag(12, 1))  # in no campaign at all
    wereld.nacht()
    z = bereken(campagne)
    assert (z.bijgewerkt, z.deelnemers, z.uit_uitkering, z.dagen) == (2, 8, 1, 30)
    assert z.eigen_werk == 2 * 3 * 62
    assert z.ingekocht == Decimal("496.50")
    assert z.bespaard == Decimal("1232.88")  # 30 days of 1250 a month
    assert z.kosten == Decimal("868.50") and z.verschil == Decimal("364.38")


def test_wie_terugkomt_in_de_uitkering_bespaart_niet_verder(wereld: Wereld, eind: None) -> None:
    campagne = _campagne()
    einde = wereld.einde("werk_voltijd", op=dag(11, 1))
    _doe_mee(campagne, einde.deelnemer)
    wereld.nacht()
    assert bereken(campagne).dagen == 60
    wereld.wijzig(Uitkeringsgerechtigde.objects.get(deelnemer=einde.deelnemer), einddatum=dag(11, 1))
    wereld.uitkering(einde.deelnemer, begint=dag(11, 21))
    assert bereken(campagne).dagen == 19


def test_na_het_sluiten_telt_nieuwe_uitstroom_niet(wereld: Wereld, eind: None) -> None:
    campagne = _campagne(gesloten=dag(10, 1))
    for op in (dag(9, 1), dag(11, 1)):
        _doe_mee(campagne, wereld.einde("werk_voltijd", op=op).deelnemer)
    wereld.nacht()
    assert (bereken(campagne).uit_uitkering, bereken(campagne).dagen) == (1, 121)


@pytest.mark.eis("R064", "De bladzijde zegt erbij dat het geen bewijs is, en elk bedrag is na te rekenen.")
def test_op_het_scherm(wereld: Wereld, eind: None, client: Client) -> None:
    campagne = _campagne()
    client.force_login(medewerker_met(Rol.TEAMMANAGER, wereld.team).gebruiker)
    pad = reverse("inhaalzaak", args=[campagne.pk])
    assert "nog geen kosten" in client.get(pad).content.decode()
    persoon = wereld.persoon()
    wereld.traject(persoon)
    _doe_mee(campagne, persoon, dag(5, 1))
    wereld.nacht()
    blad = client.get(pad).content.decode()
    assert "geen bewijs dat de diagnose de oorzaak is" in blad
    assert "1 diagnose bijgewerkt, elk 3 uur van €" in blad and "186,00 meer dan er is bespaard" in blad
    assert pad in client.get(reverse("inhaalslag", args=[campagne.pk])).content.decode()


@pytest.mark.parametrize(("rol", "mag"), [(Rol.CONSULENT, 403), (Rol.CONTROLLER, 200), (Rol.AUDITOR, 200)])
def test_wie_de_rekening_ziet(wereld: Wereld, client: Client, rol: Rol, mag: int) -> None:
    client.force_login(medewerker_met(rol, wereld.team if rol == Rol.CONSULENT else None).gebruiker)
    assert client.get(reverse("inhaalzaak", args=[_campagne().pk])).status_code == mag
