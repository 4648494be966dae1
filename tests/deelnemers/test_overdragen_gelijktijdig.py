"""Two people at the same moment: offered once, answered once, and one regievoerder on the day."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from deelnemers.models import Contactmoment, Overdracht, Regie, Terugbelverzoek
from deelnemers.services import overdragen, terugbellen
from kern import klok
from kern.handeling import voor_gemeente
from kern.models import Overgang
from kern.toestanden import OvergangGeweigerd
from tests.aanmeldingen.test_gelijktijdig import tegelijk
from tests.deelnemers.fabrieken import TOETS, met_regie

pytestmark = pytest.mark.django_db(transaction=True)


def _of_geweigerd(gemeente: Any, doe: Callable[[], Any]) -> str:
    with voor_gemeente(gemeente):
        try:
            doe()
        except (OvergangGeweigerd, ValidationError, IntegrityError):
            return "geweigerd"
        return "gelukt"


def test_tegelijk_aanbieden_geeft_een_aanbod(gemeente: Any, consulent: Any, team: Any, maak_medewerker: Any) -> None:
    persoon, collegas = met_regie(consulent), [maak_medewerker("consulent", team=team) for _ in range(4)]

    def doe(nummer: int) -> str:
        return _of_geweigerd(gemeente, lambda: overdragen.bied_aan(
            persoon, collegas[nummer], klok.vandaag(), reden="Ziek", door=consulent, actor=TOETS,
        ))  # fmt: skip

    assert sorted(tegelijk(4, doe)) == ["gelukt", "geweigerd", "geweigerd", "geweigerd"]
    assert Overdracht.objects.count() == 1


def test_aannemen_weigeren_en_intrekken_tegelijk_geeft_een_einde(
    gemeente: Any, consulent: Any, team: Any, maak_medewerker: Any
) -> None:
    persoon, naar = met_regie(consulent), maak_medewerker("consulent", team=team)
    rij = overdragen.bied_aan(persoon, naar, klok.vandaag(), reden="Ziek", door=consulent, actor=TOETS)
    stappen: tuple[Callable[[], Any], ...] = (
        lambda: overdragen.neem_aan(rij, door=naar, actor=TOETS),
        lambda: overdragen.weiger(rij, door=naar, reden="Vol", actor=TOETS),
        lambda: overdragen.trek_in(rij, actor=TOETS),
        lambda: overdragen.neem_aan(rij, door=naar, actor=TOETS),
    )
    uit = tegelijk(4, lambda n: _of_geweigerd(gemeente, stappen[n]))
    assert sorted(uit) == ["gelukt", "geweigerd", "geweigerd", "geweigerd"]
    rij.refresh_from_db()
    assert Overgang.objects.filter(soort="overdracht", object_id=rij.pk, van="aangeboden").count() == 1
    verwacht = {"aangenomen": naar.pk}.get(rij.status, consulent.pk)
    lopend = Regie.objects.filter(deelnemer=persoon, einddatum__isnull=True).values_list("medewerker", flat=True)
    assert list(lopend) == [verwacht]


def test_twee_collega_s_bellen_een_keer_terug(gemeente: Any, consulent: Any) -> None:
    persoon = met_regie(consulent)
    rij = terugbellen.neem_terugbelverzoek_aan(
        beller="Samira", telefoon="06 12345678", deelnemer=persoon, door=consulent, actor=TOETS
    )
    uit = tegelijk(
        2, lambda n: _of_geweigerd(gemeente, lambda: terugbellen.bel_terug(rij, door=consulent, actor=TOETS))
    )
    assert sorted(uit) == ["gelukt", "geweigerd"]
    assert Contactmoment.objects.filter(deelnemer=persoon).count() == 1
    assert Terugbelverzoek.objects.get().status == "gebeld"
