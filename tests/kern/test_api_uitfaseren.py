"""What disappears is announced six months before, in every answer, in the description and on a page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import Any

import pytest
from django.test import Client

from kern.api import uitfaseren
from kern.api.documentatie import beschrijving
from kern.api.uitfaseren import Uitfasering
from tests.hulp.api import Api, client_met_sleutel

WEG = Uitfasering(
    "GET /abonnementen", dt.date(2026, 8, 31), dt.date(2027, 2, 28), "Gebruik `GET /gebeurtenissen` met een cursor."
)


@pytest.fixture
def register(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(uitfaseren, "REGISTER", (WEG,))
    beschrijving.cache_clear()
    yield
    monkeypatch.undo()
    beschrijving.cache_clear()


@pytest.mark.parametrize(
    ("aangekondigd", "laatste"),
    [
        (dt.date(2026, 3, 3), dt.date(2026, 9, 2)),
        (dt.date(2026, 8, 31), dt.date(2027, 2, 27)),
        (dt.date(2026, 3, 3), dt.date(2026, 3, 3)),
    ],
)
def test_korter_dan_zes_maanden_kan_niet(aangekondigd: dt.date, laatste: dt.date) -> None:
    with pytest.raises(ValueError, match="zes maanden vooraf"):
        Uitfasering("GET /aanmeldingen", aangekondigd, laatste, "Iets anders.")


def test_zes_maanden_kan_wel() -> None:
    assert WEG.laatste_dag == dt.date(2027, 2, 28)
    Uitfasering("GET /aanmeldingen", dt.date(2026, 3, 3), dt.date(2026, 9, 3), "Iets anders.")


@pytest.mark.django_db
def test_elk_antwoord_zegt_het(register: None, gemeente: Any) -> None:
    """Also a fault of that operation, and nothing on its neighbours."""
    client_met_sleutel("intake")
    api = Api("intake")
    for antwoord in (api.get("/api/v1/abonnementen"), Client().get("/api/v1/abonnementen")):
        assert antwoord.headers["Deprecation"] == f"@{int(dt.datetime(2026, 8, 31, tzinfo=dt.UTC).timestamp())}"
        assert parsedate_to_datetime(antwoord.headers["Sunset"]) == dt.datetime(2027, 3, 1, tzinfo=dt.UTC)
        assert 'rel="deprecation"' in antwoord.headers["Link"]
    assert 'rel="first"' in api.get("/api/v1/abonnementen").headers["Link"]
    for antwoord in (api.get("/api/v1/gebeurtenissen"), api.post("/api/v1/abonnementen", {})):
        assert "Deprecation" not in antwoord.headers
        assert "Sunset" not in antwoord.headers


def test_de_beschrijving_zegt_het(register: None) -> None:
    paden = beschrijving()["paths"]
    assert paden["/abonnementen"]["get"]["deprecated"] is True
    assert "Sunset" in paden["/abonnementen"]["get"]["responses"]["200"]["headers"]
    assert "deprecated" not in paden["/abonnementen"]["post"]


@pytest.mark.django_db
def test_de_bladzijde_zegt_het(register: None) -> None:
    tekst = Client().get("/api/v1/wijzigingen").content.decode()
    assert "<code>GET /abonnementen</code>" in tekst
    assert "28 februari 2027" in tekst
    assert "<code>GET /gebeurtenissen</code>" in tekst


@pytest.mark.django_db
def test_een_hele_versie_kan_ook(monkeypatch: pytest.MonkeyPatch, gemeente: Any) -> None:
    alles = Uitfasering("*", dt.date(2026, 3, 3), dt.date(2027, 3, 3), "Gebruik /api/v2.")
    monkeypatch.setattr(uitfaseren, "REGISTER", (alles,))
    assert "Sunset" in Client().get("/api/v1/gebeurtenissen").headers
