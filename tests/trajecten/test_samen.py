"""What touches more members of one household, and thinking together about work (leaps 9 and 17)."""

from __future__ import annotations

import datetime as dt
import itertools
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Belemmering, Deelnemer, MeldingAanInkomen
from deelnemers.services.huishouden import leg_huishouden_vast
from kern import klok
from kern.handeling import handeling
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import ONBEKEND, AfspraakFabriek, Wereld, dagen, medewerker_met, moment, persoon

pytestmark = pytest.mark.django_db


@pytest.fixture
def gezin(wereld: Wereld) -> tuple[Deelnemer, Deelnemer]:
    """The person of this world with a partner in the same team, and two children."""
    partner = persoon(wereld.team, wereld.consulent, roepnaam="Bram")
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=wereld.deelnemer.pk).update(roepnaam="Anna")
    leg_huishouden_vast(wereld.deelnemer, "3", dagen(-400), partner=partner, kinderen=2, actor=FABRIEK)
    wereld.deelnemer.refresh_from_db()
    return wereld.deelnemer, partner


def lees(wereld: Wereld, medewerker: Any = None) -> str:
    client = Client()
    client.force_login((medewerker or wereld.consulent).gebruiker)
    return client.get(reverse("huishouden", args=[wereld.deelnemer.dossiernummer])).content.decode()


@pytest.mark.eis("R005", "Het huishouden laat zien wat elkaar raakt: tegelijk een afspraak, opvang, uren samen")
def test_wat_elkaar_raakt_in_een_huishouden(wereld: Wereld, gezin: Any) -> None:
    anna, bram = gezin
    assert "Let op samen" not in lees(wereld)
    for mens, uur, minuut in ((anna, 10, 0), (bram, 10, 30)):
        begin = moment(3, uur, minuut)
        AfspraakFabriek(
            deelnemer=mens, medewerker=wereld.consulent, begint_op=begin, eindigt_op=begin + dt.timedelta(hours=1)
        )
    with handeling(FABRIEK):
        Belemmering.objects.create(deelnemer=bram, soort="kinderopvang", begindatum=dagen(-5))
        for mens, gewerkt in ((anna, 8), (bram, 12)):
            MeldingAanInkomen.objects.create(
                deelnemer=mens, aanleiding="werk_deeltijd", ingangsdatum=dagen(-9), uren_per_week=Decimal(gewerkt),
                termijn=dagen(5), status_sinds=dagen(-9), verwijzing=f"toets:{mens.pk}",
            )  # fmt: skip
    tekst = lees(wereld)
    assert "Tegelijk een afspraak op" in tekst and "Anna om 10.00 en Bram om 10.30." in tekst
    assert "Vraag wie er dan bij de kinderen is." in tekst
    assert "Bram wacht op kinderopvang. Regel die voor het hele gezin in één keer." in tekst
    assert "Samen werken zij 20\N{NO-BREAK SPACE}uur per week." in tekst


def test_van_wie_je_niet_begeleidt_staat_er_niets(wereld: Wereld, gezin: Any) -> None:
    _, bram = gezin
    vreemd = persoon(wereld.team, wereld.consulent, roepnaam="Elders")
    assert vreemd.pk != bram.pk
    with handeling(FABRIEK):
        Belemmering.objects.create(deelnemer=bram, soort="kinderopvang", begindatum=dagen(-5), bijzonder=True)
    assert "Let op samen" not in lees(wereld), "een afgeschermde belemmering staat niet in een zin over het gezin"


def test_na_het_maken_van_een_afspraak_hoor_je_van_de_ander(wereld: Wereld, gezin: Any, client: Client) -> None:
    anna, bram = gezin
    begin = moment(3, 10, 30)
    AfspraakFabriek(
        deelnemer=bram, medewerker=wereld.consulent, begint_op=begin, eindigt_op=begin + dt.timedelta(hours=1)
    )
    collega = medewerker_met("consulent", wereld.team)  # type: ignore[arg-type]
    client.force_login(collega.gebruiker)
    dag = klok.vandaag() + dt.timedelta(days=3)
    velden = {"dag": f"{dag:%d-%m-%Y}", "tijd": "11.00", "minuten": 60, "soort": "voortgang", "medewerker": collega.pk}
    velden |= ONBEKEND
    antwoord = client.post(reverse("afspraak_maken", args=[anna.dossiernummer]), velden, follow=True)
    assert antwoord.status_code == 200, antwoord.context["form"].errors
    assert "Bram uit hetzelfde huishouden heeft dan ook een afspraak, om 10.30" in antwoord.content.decode()


def test_het_huishouden_kost_evenveel_vragen_bij_meer_afspraken(wereld: Wereld, gezin: Any, client: Client) -> None:
    anna, bram = gezin
    client.force_login(wereld.consulent.gebruiker)
    later = itertools.count(3)

    def meer(aantal: int) -> None:
        for _ in range(aantal):
            dag = next(later)
            for mens in (anna, bram):
                AfspraakFabriek(deelnemer=mens, medewerker=wereld.consulent, begint_op=moment(dag, 9))

    meer(3)
    adres = reverse("huishouden", args=[anna.dossiernummer])
    groeit_niet(lambda: client.get(adres), lambda: meer(6), "huishouden", maximum=60)


# --- What if -------------------------------------------------------------------------------------------------------
def test_wat_als_ik_ga_werken(wereld: Wereld, gezin: Any, client: Client, wet: None) -> None:
    client.force_login(wereld.consulent.gebruiker)
    adres = reverse("gesprek", args=[wereld.deelnemer.dossiernummer])
    tekst = client.get(adres).content.decode()
    assert "Wat als ik ga werken?" in tekst and "je waarschijnlijk" not in tekst
    weinig, veel = (client.get(adres, {"uren": n}).content.decode() for n in (8, 36))
    assert "Met 8 uur werk per week houd je waarschijnlijk een aanvulling van de gemeente." in weinig
    assert "Inkomen rekent het precies uit." in veel and "Met 36 uur werk per week" in veel
    onzin = client.get(adres, {"uren": "99; DROP"}).content.decode()
    assert "DROP" not in onzin and "houd je waarschijnlijk" not in onzin


def test_zonder_bekend_huishouden_geen_vraag(wereld: Wereld, client: Client) -> None:
    nieuw = persoon(wereld.team, wereld.consulent)
    client.force_login(wereld.consulent.gebruiker)
    assert "Wat als ik ga werken?" not in client.get(reverse("gesprek", args=[nieuw.dossiernummer])).content.decode()
