"""The plan as a PDF: the person's own words on top, nothing on it that only we may know (R010)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from kern import klok, pdf
from kern.models import Leesregel
from tests.deelnemers.test_beperking import beperk
from tests.hulp.pdf import tekst_van
from tests.trajecten.fabrieken import InstrumentFabriek, Wereld, dagen
from trajecten.models import PlanVanAanpak
from trajecten.planpapier import gegevens
from trajecten.services.onderdelen import voeg_onderdeel_toe
from trajecten.services.plannen import stel_plan_vast, teken_plan


@pytest.fixture
def alsconsulent(client: Client, wereld: Wereld) -> Client:
    client.force_login(wereld.consulent.gebruiker)
    return client


@pytest.fixture
def plan(wereld: Wereld) -> PlanVanAanpak:
    traject = wereld.traject(
        doeltekst="Een baan in de zorg", toekomstbeeld="Dan betaal ik zelf mijn huur.", eerste_stap="Mijn cv schrijven"
    )
    voeg_onderdeel_toe(traject, InstrumentFabriek(naam="Taalklas"), dagen(0), actor=wereld.actor)
    schuld = InstrumentFabriek(naam="Schuldhulp", soort="hulp", bijzonder=True, dagdelen=0)
    voeg_onderdeel_toe(traject, schuld, dagen(0), actor=wereld.actor)
    return stel_plan_vast(traject, "Eerst taal.\nDan solliciteren.", dagen(60), doelen=["B1 halen"], actor=wereld.actor)


def haal(client: Client, wereld: Wereld, plan: PlanVanAanpak) -> Any:
    return client.get(reverse("plan_pdf", args=[wereld.deelnemer.dossiernummer, plan.pk]))


@pytest.mark.eis(
    "R010", "Doel, toekomstbeeld en eerste stap staan in de eigen woorden van de deelnemer in het plan op papier"
)
def test_eigen_kracht_staat_in_het_plan(wereld: Wereld, alsconsulent: Client, plan: PlanVanAanpak) -> None:
    antwoord = haal(alsconsulent, wereld, plan)
    assert antwoord["Content-Type"] == "application/pdf" and "plan-" in antwoord["Content-Disposition"]
    tekst = tekst_van(antwoord.content)
    for deel in (
        "Een baan in de zorg",
        "Dan betaal ik zelf mijn huur.",
        "Mijn cv schrijven",
        "B1 halen",
        "Eerst taal.",
    ):
        assert deel in tekst
    assert tekst.index("Mijn cv schrijven") < tekst.index("B1 halen"), "eerst de eigen woorden"
    assert Leesregel.objects.filter(verwerking="dossier.plan").latest("pk").betrokkenen == [wereld.deelnemer.pk]
    blad = alsconsulent.get(reverse("plan", args=[wereld.deelnemer.dossiernummer])).content.decode()
    assert reverse("plan_pdf", args=[wereld.deelnemer.dossiernummer, plan.pk]) in blad


def test_een_gevoelig_onderdeel_heet_op_papier_neutraal(
    wereld: Wereld, alsconsulent: Client, plan: PlanVanAanpak
) -> None:
    """R229: paper lies anywhere, also of who may read it on the screen."""
    tekst = tekst_van(haal(alsconsulent, wereld, plan).content)
    assert "Taalklas" in tekst and "Extra begeleiding" in tekst and "Schuld" not in tekst


def test_wie_tekende_staat_erop(wereld: Wereld, plan: PlanVanAanpak) -> None:
    """R010: signed on the day itself; who still has to sign gets a line."""
    teken_plan(plan, deelnemer=True, actor=wereld.actor)
    plan.refresh_from_db()
    eerst, tweede = gegevens(plan)["handtekeningen"]
    assert eerst["getekend"] and not tweede["getekend"]


def test_zonder_eigen_woorden_blijft_het_een_plan(wereld: Wereld) -> None:
    """R010: what was not asked leaves no empty heading; signs of the template language stay text."""
    plan = stel_plan_vast(wereld.traject(), "*vet* $x$ #import", dagen(60), actor=wereld.actor)
    uit = gegevens(plan)
    assert [deel["kop"] for deel in uit["eigen"]] == ["Dit wil ik bereiken"]
    assert "*vet* $x$ #import" in tekst_van(pdf.maak("trajecten/plan.typ", uit, moment=klok.nu()))


def test_beperkt_gebruik_geeft_geen_papier(
    wereld: Wereld, alsconsulent: Client, plan: PlanVanAanpak, maak_medewerker: Any
) -> None:
    """AVG art. 18: data that may only be stored do not leave the house."""
    from kern.handeling import Actor

    beperk(wereld.deelnemer, Actor.van_gebruiker(maak_medewerker("privacy_officer").gebruiker))
    assert haal(alsconsulent, wereld, plan).status_code != 200
