"""The settings: one register, one page, and a production that does not start with anything missing."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from reintegratie.instellingen import REGISTER, VERPLICHT
from reintegratie.management.commands.instellingen import pagina
from tests.hulp.bron import CHECKOUT

SCHOON = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
VERPLICHTE = {n: "x:y" for n, i in REGISTER.items() if i.in_productie is VERPLICHT}


def draai(*argumenten: str, **omgeving: str) -> subprocess.CompletedProcess[str]:
    """Run Python with only the given settings in its environment."""
    return subprocess.run(
        [sys.executable, *argumenten], env=SCHOON | omgeving, cwd=CHECKOUT, capture_output=True, text=True
    )


def test_bladzijde_is_bij() -> None:
    """Made in a bare process: the settings of the test run must not leak into the page."""
    uit = draai("manage.py", "instellingen", "--toon", REINTEGRATIE_ZONDER_VENV="1")
    assert uit.returncode == 0, uit.stderr
    geschreven = (CHECKOUT / "docs" / "instellingen.md").read_text(encoding="utf-8")
    assert uit.stdout == geschreven, "Draai python3 manage.py instellingen"
    assert str(CHECKOUT) not in geschreven


def test_bladzijde_toont_geen_geheim() -> None:
    tekst = pagina()
    for instelling in REGISTER.values():
        if instelling.geheim and instelling.in_productie is VERPLICHT:
            waarde = instelling.standaard
            for deel in waarde if isinstance(waarde, list) else [waarde]:
                assert deel not in tekst, instelling.naam


@pytest.mark.parametrize("naam", sorted(VERPLICHTE))
def test_productie_start_niet_zonder(naam: str) -> None:
    zonder = {n: w for n, w in VERPLICHTE.items() if n != naam}
    uit = draai("-c", "import reintegratie.settings", PRODUCTIE="1", **zonder)
    assert uit.returncode != 0
    assert naam in uit.stderr


def test_productie_is_dicht() -> None:
    """With PRODUCTIE=1 the safe side is the default of everything that has two sides."""
    vraag = "import reintegratie.settings as s; print(s.DEBUG, s.DEMO, s.TWEEDE_FACTOR_VERPLICHT)"
    uit = draai("-c", vraag, PRODUCTIE="1", **VERPLICHTE)
    assert uit.stdout.split() == ["False", "False", "True"], uit.stderr


def test_website_zet_taken_in_de_ingestelde_wachtrij() -> None:
    """Without our Celery app as default, `.delay()` in the web process goes to a broker that is not ours."""
    vraag = (
        "import django; django.setup(); from celery import current_app; from kern.taken import draai;"
        "print(current_app.main, draai.app.main, draai.app.conf.broker_url)"
    )
    wachtrij = "redis://wachtrij.example:6379/7"
    uit = draai("-c", vraag, DJANGO_SETTINGS_MODULE="reintegratie.settings", REDIS_URL=wachtrij)
    assert uit.stdout.split() == ["reintegratie", "reintegratie", wachtrij], uit.stderr


def test_website_publiceert_echt_op_de_wachtrij() -> None:
    """The message is on the broker of the settings, under the name that the worker listens to."""
    import redis
    from django.conf import settings

    from kern.taken import draai as taak

    wachtrij = redis.Redis.from_url(settings.REDIS_URL)
    wachtrij.delete("celery")
    try:
        taak.delay("proef", None, "toets")
        [bericht] = wachtrij.lrange("celery", 0, -1)
        assert re.search(rb'"task": ?"kern.taak"', bericht)
    finally:
        wachtrij.delete("celery")
        wachtrij.close()
