"""The register of processing activities: whole, dated, readable, and every line of the read log points into it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from kern import klok
from regelgeving import querysets
from tests.hulp.leesnamen import leesnamen

pytestmark = pytest.mark.django_db


def test_elke_naam_in_het_leeslog_staat_in_het_register(gemeente: Any) -> None:
    """A new way of reading persons needs a line in leeshandelingen.csv: what somebody does, and for which purpose."""
    bekend = {rij.naam for rij in querysets.leeshandelingen(klok.vandaag())}
    gebruikt = leesnamen()
    assert len(gebruikt) > 50
    zonder = {naam: pad for naam, pad in gebruikt.items() if naam not in bekend}
    assert not zonder, f"Zet in regelgeving/gegevens/leeshandelingen.csv: {zonder}"
    los = bekend - gebruikt.keys()
    assert not los, f"Geen code leest nog zo: {los}"


def test_elke_leeshandeling_hoort_bij_een_verwerking(gemeente: Any) -> None:
    codes = {rij.code for rij in querysets.verwerkingen(klok.vandaag())}
    assert {rij.verwerking for rij in querysets.leeshandelingen(klok.vandaag())} <= codes


def test_elke_verwerking_zegt_waarvoor_waarom_en_hoe_lang(gemeente: Any) -> None:
    for rij in querysets.verwerkingen(klok.vandaag()):
        for veld in ("doel", "grondslag", "wet", "betrokkenen", "gegevens", "ontvangers", "bewaren", "bron"):
            assert getattr(rij, veld).strip(), f"{rij.code}: {veld}"


def test_het_register_is_te_lezen_en_te_downloaden(log_in: Any) -> None:
    wie = log_in("privacy_officer")
    inhoud = wie.get("/verwerkingsregister").content.decode()
    assert "Begeleiden naar werk" in inhoud and "taak van algemeen belang" in inhoud
    een = wie.get("/verwerkingsregister/begeleiding").content.decode()
    assert "Iemand opende je dossier" in een
    assert wie.get("/verwerkingsregister/bestaat-niet").status_code == 404
    bestand = json.loads(wie.get("/verwerkingsregister.json").content)
    rij = next(v for v in bestand["verwerkingen"] if v["code"] == "begeleiding")
    assert {"naam": "dossier.bekijken", "omschrijving": "opende je dossier"} in rij["leeshandelingen"]
    assert rij["geldigVan"] and rij["grondslag"]


def test_zonder_recht_geen_register(log_in: Any) -> None:
    assert log_in("werkleider").get("/verwerkingsregister").status_code == 403
