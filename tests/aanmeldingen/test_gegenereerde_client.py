"""A client that a generator makes from the published description: it compiles, its types are right, and it works."""

from __future__ import annotations

import compileall
import importlib
import os
import subprocess
import sys
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.aanmeldingen.fabrieken import lichaam
from tests.hulp.api import client_met_sleutel, vraag_token

BESCHRIJVING = Path(__file__).resolve().parents[2] / "docs" / "api" / "openapi.json"
PAKKET = "re_integratie_api_client"


def _programma(naam: str) -> str:
    pad = Path(sys.executable).with_name(naam)
    if not pad.exists():
        if os.environ.get("CI"):
            pytest.fail(f"{naam} ontbreekt. Richt de omgeving in: python3 manage.py omgeving controle.")
        pytest.skip(f"{naam} hoort bij de omgeving ‘controle’.")
    return str(pad)


def _draai(*opdracht: str, waar: Path) -> None:
    # The generator formats what it wrote with the ruff that lies beside it.
    pad = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    omgeving = {n: w for n, w in os.environ.items() if not n.startswith("COV")} | {"PATH": pad}
    uit = subprocess.run(opdracht, cwd=waar, capture_output=True, text=True, check=False, env=omgeving)
    assert uit.returncode == 0, uit.stdout + uit.stderr


@pytest.mark.django_db(transaction=True)
def test_gegenereerde_client_meldt_iemand_aan(
    live_server: Any, routes: None, settings: Any, tmp_path: Path, monkeypatch: Any
) -> None:
    """Generated with every warning as a fault, strictly typed, and then used over a real connection."""
    generator, mypy = _programma("openapi-python-client"), _programma("mypy")
    uit = tmp_path / "client"
    opties = ["--path", str(BESCHRIJVING), "--output-path", str(uit), "--fail-on-warning"]
    _draai(generator, "generate", *opties, waar=tmp_path)
    assert compileall.compile_dir(uit / PAKKET, quiet=2)
    _draai(mypy, "--strict", "--cache-dir", str(tmp_path / "mypy"), PAKKET, waar=uit)

    monkeypatch.syspath_prepend(str(uit))
    pakket = importlib.import_module(PAKKET)
    indienen = importlib.import_module(f"{PAKKET}.api.aanmeldingen.aanmelding_indienen")
    ophalen = importlib.import_module(f"{PAKKET}.api.aanmeldingen.aanmelding_ophalen")
    modellen = importlib.import_module(f"{PAKKET}.models")

    settings.BASIS_URL = live_server.url
    client_met_sleutel("gegenereerd")
    token = vraag_token(Client(), "gegenereerd").json()["access_token"]
    with pakket.AuthenticatedClient(base_url=f"{live_server.url}/api/v1", token=token) as client:
        inhoud = modellen.AanmeldingInvoerRequest.from_dict(lichaam())
        antwoord = indienen.sync_detailed(client=client, body=inhoud, idempotency_key=uuid.uuid4().hex)
        assert antwoord.status_code == 201, antwoord.content
        ontvangen = antwoord.parsed
        assert isinstance(ontvangen, modellen.AanmeldingOntvangen)
        gelezen = ophalen.sync(ontvangen.id, client=client)
        assert isinstance(gelezen, modellen.AanmeldingUit)
        assert gelezen.status == "ontvangen"
        fout = indienen.sync(
            client=client,
            body=modellen.AanmeldingInvoerRequest.from_dict(lichaam(route="bestaat-niet")),
            idempotency_key=uuid.uuid4().hex,
        )
        assert isinstance(fout, modellen.Probleem)
        assert [p.name for p in fout.invalid_params] == ["route"]
