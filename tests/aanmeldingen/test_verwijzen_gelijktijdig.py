"""Two people at the same moment: sent once, answered once; the same answer of income stored once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from aanmeldingen.keuzes import Bevestigwijze
from aanmeldingen.models import Aanmelding
from aanmeldingen.services import verwijsantwoord, verwijzen
from aanmeldingen.services.verwijsantwoord import Zegsman
from deelnemers.models import Antwoordlevering, Inkomensantwoord
from deelnemers.services.antwoorden import Antwoord, begin_levering, neem_op
from kern.handeling import voor_gemeente
from kern.models import Bericht, Gebeurtenis, Overgang
from kern.toestanden import OvergangGeweigerd
from tests.aanmeldingen.test_gelijktijdig import tegelijk
from tests.aanmeldingen.verwijsfabrieken import concept, persoon, school, verstuurd
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db(transaction=True)


def _of_geweigerd(gemeente: Any, doe: Callable[[], Any]) -> str:
    with voor_gemeente(gemeente):
        try:
            doe()
        except (OvergangGeweigerd, ValidationError):
            return "geweigerd"
        return "gelukt"


@pytest.fixture
def consulent(routes: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


def test_tegelijk_versturen_gaat_een_keer(gemeente: Any, team: Any, consulent: Any) -> None:
    rij = concept(persoon(consulent, team), school(), consulent)
    uit = tegelijk(4, lambda n: _of_geweigerd(gemeente, lambda: verwijzen.verstuur(rij, actor=FABRIEK)))
    assert sorted(uit) == ["gelukt", "geweigerd", "geweigerd", "geweigerd"]
    assert (Bericht.objects.count(), Gebeurtenis.objects.filter(onderwerp=str(rij.kenmerk)).count()) == (1, 1)


def test_aannemen_en_intrekken_tegelijk_geeft_een_einde(gemeente: Any, team: Any, consulent: Any) -> None:
    rij = verstuurd(persoon(consulent, team), school(), consulent)
    rob = Zegsman("Rob Visser", Bevestigwijze.TELEFOON)
    stappen: tuple[Callable[[], Any], ...] = (
        lambda: verwijsantwoord.partner_neemt_aan(rij, rob, actor=FABRIEK),
        lambda: verwijzen.trek_verwijzing_in(rij, actor=FABRIEK, reden="Toch niet."),
        lambda: verwijsantwoord.partner_stuurt_terug(rij, rob, "geen_plek", actor=FABRIEK, reden="Vol."),
    )
    uit = tegelijk(3, lambda n: _of_geweigerd(gemeente, stappen[n]))
    assert sorted(uit) == ["gelukt", "geweigerd", "geweigerd"]
    einde = Aanmelding.objects.get(pk=rij.pk).status
    assert Overgang.objects.filter(soort="verwijzing", naar=einde).count() == 1


def test_hetzelfde_antwoord_van_inkomen_tegelijk_is_een_rij(gemeente: Any) -> None:
    antwoord = Antwoord(besluit="loopt_door", meldingnummer="987654321")

    def lever() -> None:
        neem_op(begin_levering("bestand", actor=FABRIEK), antwoord, actor=FABRIEK)

    assert set(tegelijk(4, lambda n: _of_geweigerd(gemeente, lever))) == {"gelukt"}
    assert (Antwoordlevering.objects.count(), Inkomensantwoord.objects.count()) == (4, 1)
    assert Overgang.objects.filter(soort="inkomensantwoord").count() == 1
