"""A call that somebody took for a colleague by name goes when the caller is erased, and only hers (R226)."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connections

from deelnemers.models import Terugbelverzoek
from deelnemers.services import terugbellen
from kern.wissen import NietTeWissen, Opdracht
from tests.deelnemers.fabrieken import DeelnemerFabriek
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek

pytestmark = pytest.mark.django_db


def gebeld(beller: str, telefoon: str, *, klaar: bool = True) -> Terugbelverzoek:
    collega = MedewerkerFabriek()
    rij = terugbellen.neem_terugbelverzoek_aan(
        beller=beller, telefoon=telefoon, voor=collega, door=collega, actor=FABRIEK
    )
    return terugbellen.laat_vervallen(rij, door=collega, reden="Kwam langs.", actor=FABRIEK) if klaar else rij


def gaat_mee(deelnemer: Any, gemeente: Any) -> list[int]:
    with connections["default"].cursor() as cursor:
        opdracht = Opdracht(cursor, gemeente.pk, frozenset([deelnemer.pk]), dossier=True).verzamel()
    return opdracht.van(Terugbelverzoek)


@pytest.mark.eis("R226", "een telefoontje zonder dossier gaat mee met wie belde, en dat van een ander niet")
def test_een_telefoontje_zonder_dossier_gaat_mee(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek(
        roepnaam="Ilse", voorvoegsel="van der", geslachtsnaam="Wal", telefoon="+31 6 1122 3344"
    )
    van_haar = [gebeld("Een vrouw", "06-11223344"), gebeld("ilse van der wal", "020 1234567")]
    for beller, telefoon in (("Ilse de Wal", "020 1234567"), ("Buurman", "06 11 22 33 45"), ("Bel", "3344")):
        gebeld(beller, telefoon)
    gebeld("Ilse van der Wal", "010 7654321", klaar=False)  # a namesake who still waits
    assert gaat_mee(deelnemer, gemeente) == [rij.pk for rij in van_haar]


def test_zonder_eigen_nummer_gaat_geen_telefoontje_mee(gemeente: Any) -> None:
    for telefoon in ("06-11223344", "3344"):
        gebeld("Iemand", telefoon)
    assert gaat_mee(DeelnemerFabriek(telefoon=""), gemeente) == []
    assert gaat_mee(DeelnemerFabriek(telefoon="3344"), gemeente) == []


def test_wie_nog_gebeld_moet_worden_gaat_voor(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek(telefoon="0611223344")
    gebeld("Ilse", "06-11223344", klaar=False)
    with pytest.raises(NietTeWissen, match="wacht nog een terugbelverzoek"):
        gaat_mee(deelnemer, gemeente)
