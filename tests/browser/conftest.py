"""Fixtures of the browser tests: one Chromium per process, a fresh profile per test, a real worker."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest

from reintegratie.lokaal.paden import lokaal, maak_map
from tests.browser.wandeling import wereld_van_de_demo
from tests.hulp.browser import VLAGGEN, Scherm, nieuw_scherm, vind_chromium
from tests.hulp.werker import Werker, werkend

GEEN_BROWSER = "Geen Chromium gevonden. Installeer het (apt-get install chromium) of zet CHROMIUM op het programma."


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """Start the browser; skip clearly where there is none, fail where CI should have one."""
    pad = vind_chromium()
    if pad is None:
        if os.environ.get("CI"):
            pytest.fail(GEEN_BROWSER)
        pytest.skip(GEEN_BROWSER)
    from playwright.sync_api import sync_playwright

    # Playwright runs an event loop in this thread; Django would refuse the database because of it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as speler:
        browser = speler.chromium.launch(executable_path=pad, args=VLAGGEN)
        yield browser
        browser.close()


@pytest.fixture
def nieuw(chromium: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Scherm]]:
    """Return a function that opens another profile: a second person at a second desk."""
    naam = re.sub(r"\W+", "-", request.node.nodeid)
    with ExitStack() as stapel:

        def open_scherm(wie: str = "1", **opties: Any) -> Scherm:
            return stapel.enter_context(nieuw_scherm(chromium, live_server.url, f"{naam}-{wie}", **opties))

        yield open_scherm


@pytest.fixture
def scherm(nieuw: Callable[..., Scherm]) -> Scherm:
    """A page in a fresh profile on the live site."""
    return nieuw()


@pytest.fixture
def werker(transactional_db: None) -> Iterator[Werker]:
    """A real Celery worker on this process's own database and broker."""
    import redis

    redis.Redis.from_url(os.environ["REDIS_URL"]).flushdb()  # tasks that another test left behind
    with werkend(maak_map(lokaal() / "test") / f"werker-{os.getpid()}.log") as werker:
        yield werker


@pytest.fixture
def wereld(transactional_db: None) -> Iterator[dict[str, Any]]:
    """The demo municipality, and Chantal with every role."""
    with wereld_van_de_demo() as wereld:
        yield wereld
