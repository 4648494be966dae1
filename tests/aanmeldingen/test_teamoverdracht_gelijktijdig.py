"""Two nights at the same moment: everybody is handed over once (R028)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aanmeldingen import services, tasks
from aanmeldingen.models import Teamoverdracht
from kern.handeling import voor_gemeente
from kern.models import Gebeurtenis, Overgang, Werkvoorraad
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_gelijktijdig import tegelijk
from tests.aanmeldingen.test_teamoverdracht import DAG, OVERGEDRAGEN, trede_4
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.eis("R028", "twee nachten tegelijk, zonder slot van het register: elke overdracht gebeurt één keer")
def test_twee_nachten_tegelijk(gemeente: Any, intake: Any, team: Any, maak_medewerker: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    maak_medewerker("consulent", team=team)
    elders = maak_medewerker("consulent", team=TeamFabriek(naam="Jeugd"))
    maak_aanmelding(intake, **trede_4())
    aangenomen, terug = maak_aanmelding(intake, **trede_4()), maak_aanmelding(intake, **trede_4())
    services.accepteer(aangenomen, actor=FABRIEK, medewerker=elders, overdracht_op=DAG)
    services.stuur_terug(terug, "verkeerde_trede", actor=FABRIEK, reden="Te vroeg.", opnieuw_op=DAG)
    settings.PEILDATUM = (DAG + dt.timedelta(days=1)).isoformat()

    def nacht(nummer: int) -> int:
        with voor_gemeente(gemeente):
            return tasks._draag_over(FABRIEK)

    assert sum(tegelijk(4, nacht)) == 3
    assert nacht(0) == 0
    assert Teamoverdracht.objects.filter(status="overgedragen").count() == 3
    assert Gebeurtenis.objects.filter(type=OVERGEDRAGEN).count() == 3
    assert Overgang.objects.filter(soort="teamoverdracht", actie="overdragen").count() == 3
    assert Overgang.objects.filter(soort="aanmelding", actie="heropenen").count() == 1
    assert Werkvoorraad.objects.filter(soort="teamoverdracht").count() == 3
