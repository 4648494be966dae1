"""Merging while others work: two people on the same pair, and a referral for one of both that comes in (R044)."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aanmeldingen.models import Aanmelding, Correctiemelding
from aanmeldingen.services import accepteer
from deelnemers.models import Contactmoment, Deelnemer, Samenvoeging
from deelnemers.services.samenvoegen import haal_achterblijvers_op, voeg_samen
from kern.handeling import Actor, handeling, voor_gemeente
from tests.aanmeldingen.fabrieken import bsn_nummer, maak_aanmelding
from tests.aanmeldingen.test_gelijktijdig import tegelijk
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db(transaction=True)
BEHEER = Actor("gebruiker", "1", "Bea Beheer")


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def paar(intake: Any, consulent: Any) -> tuple[Deelnemer, Deelnemer]:
    """A dossier without a number that stays, and one with a number."""
    met = accepteer(maak_aanmelding(intake, burgerservicenummer=bsn_nummer(905)), medewerker=consulent, actor=FABRIEK)
    with handeling(FABRIEK):
        zonder = Deelnemer.objects.create(dossiernummer="D1", geslachtsnaam="Groot", geboortedatum=met.geboortedatum)
    return zonder, met


@pytest.mark.eis("R044", "twee collega's tegelijk op hetzelfde paar: het wordt één keer samengevoegd")
def test_twee_mensen_voegen_hetzelfde_paar_samen(paar: tuple[Deelnemer, Deelnemer], gemeente: Any) -> None:
    zonder, met = paar

    def doe(nummer: int) -> str:
        blijft, vervalt = (zonder, met) if nummer % 2 else (met, zonder)
        with voor_gemeente(gemeente):
            try:
                voeg_samen(blijft, vervalt, {}, actor=BEHEER, reden="Zelfde persoon.")
            except ValidationError as fout:
                return fout.code or str(fout)
            return "gelukt"

    assert sorted(tegelijk(4, doe)) == ["gelukt", "samengevoegd", "samengevoegd", "samengevoegd"]
    assert Samenvoeging.objects.count() == 1
    assert Deelnemer.objects.filter(samengevoegd_met__isnull=False).count() == 1
    assert Correctiemelding.objects.count() <= 1


@pytest.mark.eis("R044", "een aanmelding die tijdens het samenvoegen wordt aangenomen komt in het dossier dat blijft")
def test_een_aanmelding_tijdens_het_samenvoegen(
    paar: tuple[Deelnemer, Deelnemer], intake: Any, consulent: Any, gemeente: Any
) -> None:
    zonder, met = paar
    later = maak_aanmelding(intake, burgerservicenummer=bsn_nummer(905))

    def doe(nummer: int) -> Any:
        with voor_gemeente(gemeente):
            if nummer == 0:
                return voeg_samen(zonder, met, {}, actor=BEHEER, reden="Zelfde persoon.")
            return accepteer(later, medewerker=consulent, actor=FABRIEK)

    tegelijk(2, doe)
    later.refresh_from_db()
    assert later.deelnemer_id == zonder.pk
    assert not Aanmelding.objects.filter(deelnemer=met).exists()
    assert Deelnemer.objects.count() == 2


def test_een_notitie_op_het_moment_zelf_gaat_nooit_verloren(paar: tuple[Deelnemer, Deelnemer], gemeente: Any) -> None:
    """A row that another session writes to the old dossier waits for the merge, and follows in the night."""
    zonder, met = paar
    begonnen, klaar = threading.Event(), threading.Event()

    def doe(nummer: int) -> Any:
        with voor_gemeente(gemeente):
            if nummer == 0:
                with handeling(BEHEER):
                    rij = voeg_samen(zonder, met, {}, actor=BEHEER, reden="Zelfde persoon.")
                    begonnen.set()
                    klaar.wait(0.5)
                return rij
            begonnen.wait(10)
            with handeling(FABRIEK):
                van = {"deelnemer": met, "kanaal": "notitie", "inhoud": "Net geschreven"}
                Contactmoment.objects.create(plaatsgevonden_op=met.aangemaakt_op, **van)
            return klaar.set()

    rij = tegelijk(2, doe)[0]
    assert haal_achterblijvers_op(rij, actor=FABRIEK) == 1
    assert Contactmoment.objects.get().deelnemer_id == zonder.pk
