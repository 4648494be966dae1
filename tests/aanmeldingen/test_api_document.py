"""The published description, its pages, and the example client."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from kern.api.documentatie import beschrijving
from kern.api.problemen import PROBLEMEN
from kern.api.wijzigingen import ontleed, wijzigingen
from reintegratie.settings import API_VERSIE

#: What needs no token: it keeps nothing and reads nobody.
OPENBAAR = {"/berekeningen/loonkostensubsidie"}
DOCS = Path(__file__).resolve().parents[2] / "docs" / "api"


def test_bestand_is_gelijk_aan_de_api() -> None:
    """Drift: run `manage.py openapi > docs/api/openapi.json` after a change of the API."""
    assert json.loads((DOCS / "openapi.json").read_text()) == beschrijving()


def test_openapi_is_openbaar(db: None) -> None:
    antwoord = Client().get("/api/v1/openapi.json", headers={"Origin": "https://elders.example"})
    assert antwoord.status_code == 200
    assert antwoord.headers["Access-Control-Allow-Origin"] == "*"
    assert antwoord.headers["API-Version"] == beschrijving()["info"]["version"]
    assert antwoord.json()["openapi"].startswith("3.1")


def _operaties() -> list[tuple[str, str, dict[str, Any]]]:
    return [(pad, m, op) for pad, methoden in beschrijving()["paths"].items() for m, op in methoden.items()]


def test_elke_operatie_zegt_wat_ze_vraagt() -> None:
    for pad, methode, operatie in _operaties():
        plek = f"{methode} {pad}"
        assert operatie["summary"], plek
        if pad in OPENBAAR:
            assert not operatie.get("security"), plek
            assert not {"401", "403"} & operatie["responses"].keys(), plek
        else:
            assert operatie["security"][0]["oauth2"], plek
        assert "bsn" not in json.dumps(operatie.get("parameters", [])).lower(), plek
        assert "burgerservicenummer" not in json.dumps(operatie.get("parameters", [])), plek
        for code, antwoord in operatie["responses"].items():
            assert "API-Version" in antwoord["headers"], (plek, code)
            if code >= "400":
                assert list(antwoord["content"]) == ["application/problem+json"], (plek, code)
        if methode == "post" and not pad.endswith(("/_zoek", "/validaties")) and pad not in OPENBAAR:
            assert any(p["name"] == "Idempotency-Key" and p["required"] for p in operatie["parameters"]), plek
        if methode in {"patch", "delete"}:
            assert any(p["name"] == "If-Match" and p["required"] for p in operatie["parameters"]), plek


@pytest.mark.parametrize("code", sorted(PROBLEMEN))
def test_elk_soort_fout_heeft_een_bladzijde(db: None, code: str) -> None:
    antwoord = Client().get(f"/api/v1/problemen/{code}")
    assert antwoord.status_code == 200
    assert PROBLEMEN[code].titel in antwoord.content.decode()


def test_documentatie(db: None) -> None:
    antwoord = Client().get("/api/v1/documentatie")
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert "POST /aanmeldingen" in tekst
    assert "script-src" in antwoord.headers["Content-Security-Policy"]
    assert "<script>" not in tekst


def test_wijzigingen_zijn_openbaar(db: None) -> None:
    """The newest entry is the version that runs, and the documentation leads there."""
    http = Client()
    blad = http.get("/api/v1/wijzigingen")
    assert blad.status_code == 200
    assert blad.headers["API-Version"] == API_VERSIE
    assert f"Versie {API_VERSIE}" in blad.content.decode()
    assert "<code>POST /aanmeldingen/validaties</code>" in blad.content.decode()
    assert 'href="/api/v1/wijzigingen"' in http.get("/api/v1/documentatie").content.decode()


def test_wijzigingen_staan_op_volgorde() -> None:
    versies = wijzigingen().versies
    assert versies[0].nummer == API_VERSIE
    nummers = [tuple(map(int, v.nummer.split("."))) for v in versies]
    assert nummers == sorted(set(nummers), reverse=True)
    assert [v.datum for v in versies] == sorted((v.datum for v in versies), reverse=True)
    assert all(v.regels for v in versies)
    with pytest.raises(ValueError, match="geen versie"):
        ontleed("# x\n## 1.0.0 (3 maart 2026)\nlosse tekst")


def test_linter_vindt_niets() -> None:
    """Runs where `spectral` is on the PATH and ADR_LINTER names the rules of the NL GOV API Design Rules."""
    spectral, regels = shutil.which("spectral"), os.environ.get("ADR_LINTER", "")
    if not spectral or not regels:
        pytest.skip("Spectral of ADR_LINTER is er niet.")
    opdracht = [spectral, "lint", "-r", regels, str(DOCS / "openapi.json")]
    uit = subprocess.run(opdracht, capture_output=True, text=True, check=False)
    assert uit.returncode == 0, uit.stdout


@pytest.mark.django_db(transaction=True)
def test_voorbeeldclient_werkt(live_server: Any, routes: None, gemeente: Any, settings: Any, tmp_path: Path) -> None:
    """Make a key, get connected, post a referral over a real connection, and follow it."""
    from kern.uitbak import nummer
    from tests.aanmeldingen.fabrieken import lichaam
    from tests.hulp.api import SCOPES

    settings.BASIS_URL = live_server.url
    spec = importlib.util.spec_from_file_location("voorbeeld_client", DOCS / "voorbeeld_client.py")
    assert spec and spec.loader
    voorbeeld = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(voorbeeld)
    jwk = tmp_path / "sleutel.jwk"
    jwk.write_text(json.dumps(voorbeeld.maak_sleutel(tmp_path / "sleutel.pem")))
    call_command(
        "api_client",
        "voorbeeld",
        bron="intake",
        scopes=",".join(SCOPES),
        sleutel=str(jwk),
        gemeente=gemeente.code,
    )
    client = voorbeeld.Client(live_server.url, "voorbeeld", tmp_path / "sleutel.pem")
    ontvangen = client.meld_aan(lichaam())
    assert client.haal(ontvangen["id"])["status"] == "ontvangen"
    nummer(gemeente.pk)
    events, cursor = client.volg()
    assert [e["subject"] for e in events] == [ontvangen["id"]]
    assert client.volg(cursor)[0] == []
    with pytest.raises(voorbeeld.Fout) as fout:
        client.meld_aan(lichaam(naam={}))
    assert fout.value.probleem["invalidParams"][0]["name"] == "naam.geslachtsnaam"
