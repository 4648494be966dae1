"""The browser fixtures themselves: a fault on the page fails the test, a good page passes at both widths."""

from __future__ import annotations

import pytest

from tests.hulp.browser import Scherm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GOED = """<!doctype html><html lang="nl"><head><title>Proef</title></head>
<body><main><h1>Proef</h1><button>Opslaan</button></main></body></html>"""


def test_goede_bladzijde_komt_door_axe(scherm: Scherm) -> None:
    scherm.page.set_content(GOED)
    scherm.axe()


def test_axe_ziet_een_afbeelding_zonder_tekst(scherm: Scherm) -> None:
    scherm.page.set_content(GOED.replace("<button>", '<img src="data:,"><button>'))
    with pytest.raises(AssertionError, match="image-alt"):
        scherm.axe("bureau")


def test_te_brede_bladzijde_faalt_op_de_telefoon(scherm: Scherm) -> None:
    scherm.page.set_content(GOED.replace("<button>", '<button style="width: 900px">'))
    scherm.axe("bureau")
    with pytest.raises(AssertionError, match="px breed"):
        scherm.axe("telefoon")


def test_echte_werker_luistert_naar_eigen_wachtrij(werker: object) -> None:
    from reintegratie.celery import app

    antwoord = app.control.ping(timeout=5, limit=1)
    assert [next(iter(a.values())) for a in antwoord] == [{"ok": "pong"}]
