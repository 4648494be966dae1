from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aanmeldingen.models import Route
from aanmeldingen.routes import zet_standaardroutes
from kern.handeling import handeling
from kern.models import ApiClient, Taakloop
from kern.taken import voer_uit
from tests.hulp.api import Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def team(gemeente: Any) -> Any:
    """The team where referrals of Intake come in."""
    return TeamFabriek(naam="Oost")


@pytest.fixture
def jongerenteam(gemeente: Any) -> Any:
    """The team of the Jongerenpoort."""
    return TeamFabriek(naam="Jongeren")


@pytest.fixture
def routes(gemeente: Any, wet: None, team: Any, jongerenteam: Any) -> None:
    """The routes of the product, with teams."""
    zet_standaardroutes(actor=FABRIEK)
    with handeling(FABRIEK):
        Route.objects.filter(jongerenpoort=False).update(team=team)
        Route.objects.filter(jongerenpoort=True).update(team=jongerenteam)


@pytest.fixture
def intake(routes: None) -> ApiClient:
    """A client of the own organisation."""
    return client_met_sleutel("intake", "intake", eigen_organisatie=True)


@pytest.fixture
def api(intake: ApiClient) -> Api:
    """The API as Intake."""
    return Api(intake.client_id)


@pytest.fixture
def reclassering(routes: None) -> ApiClient:
    """A client of another organisation."""
    return client_met_sleutel("reclassering", "reclassering")


@pytest.fixture
def postvak(tmp_path: Path, settings: Any, intake: ApiClient) -> Path:
    """The folder of Intake."""
    settings.OVERDRACHT_MAP = str(tmp_path)
    map_ = tmp_path / intake.client_id
    map_.mkdir()
    return map_


@pytest.fixture
def draai(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.aanleveren", gemeente)
