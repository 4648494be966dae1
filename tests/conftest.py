"""Fixtures for every test: the database clone, the strict harness, an empty cache."""

from __future__ import annotations

from collections.abc import Iterator

import hypothesis
import pytest
from django.test import TransactionTestCase

from tests.hulp import database, streng
from tests.hulp.mensen import gemeente, log_in, maak_medewerker  # noqa: F401
from tests.hulp.wet import wet  # noqa: F401

#: How long making an example takes says something about the machine, not about what is tested.
hypothesis.settings.register_profile("suite", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("suite")


#: Files that take long, the longest first: begun last they keep one process busy while the other waits.
LANG = (
    "browser/test_alle_bladzijden",
    "privacy/test_matrix.py",
    "browser/",
    "reintegratie/test_adres_geheim",
    "rapportage/test_eigenschappen",
    "deelnemers/test_samenvoegen",
    "aanmeldingen/test_wissen_overal",
    "reintegratie/",
)


def pytest_configure() -> None:
    """Switch the strict harness on before any test module is imported."""
    streng.aan()
    # From the day on that the program does not know the minimum wage of, the suite plays on the last day it does.
    from django.conf import settings

    from kern import klok
    from reintegratie.demodata import standaarddag

    if standaarddag() < klok.vandaag():
        settings.PEILDATUM = standaarddag().isoformat()
    # After a test that committed, the database is cloned anew: the application role may not TRUNCATE, and
    # what migrations put in stays there.
    TransactionTestCase._fixture_teardown = lambda self: database.herstel()  # type: ignore[method-assign]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The longest first, so that no process waits for it at the end. Leave the slow kinds out, unless `--volledig` or
    the marker itself is asked for.
    """
    items.sort(key=lambda item: next((n for n, naam in enumerate(LANG) if naam in item.nodeid), len(LANG)))
    if config.getoption("--volledig") or config.getoption("-m"):
        return
    over = [item for item in items if not any(item.get_closest_marker(m) for m in ("volledig", "fuzz", "kill"))]
    if len(over) < len(items):
        config.hook.pytest_deselected(items=[item for item in items if item not in over])
        items[:] = over


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs everything."""
    parser.addoption("--volledig", action="store_true", help="ook de trage toetsen: volledig, fuzz en kill")


@pytest.fixture(scope="session", autouse=True)
def _strenge_templates(django_test_environment: None) -> None:
    streng.templates_streng()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Give this process a clone of the migrated template database."""
    with django_db_blocker.unblock():
        database.maak()
    yield
    with django_db_blocker.unblock():
        database.verwijder()


@pytest.fixture(autouse=True)
def _lege_cache(request: pytest.FixtureRequest) -> Iterator[None]:
    """Start every test that can reach the cache with an empty one."""
    yield
    if {"db", "transactional_db", "client", "live_server"} & set(request.fixturenames):
        from django.core.cache import cache

        cache.clear()
