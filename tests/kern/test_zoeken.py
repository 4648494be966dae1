"""The search palette: only what somebody may see, logged, never a BSN."""

from __future__ import annotations

import pytest
from django.db.models import Q

from kern.aansluitingen import zoeken
from kern.models import Leesregel
from tests.hulp.vragen import vraagbudget


@pytest.fixture
def mensen(gemeente, monkeypatch):
    """A room with persons, of whom one is hidden."""
    monkeypatch.setattr(zoeken, "_filters", {"persoon": lambda medewerker: ~Q(betrokkene_id=3)})
    zoeken.schrijf(
        *(
            zoeken.ingang("toets", f"p:{i}", "persoon", naam, betrokkene_id=i, url=f"/dossier/{i}")
            for i, naam in enumerate(["Samira de Groot", "Aïcha Janssen", "Jan Janssen", "Verborgen Janssen"])
        )
    )


def test_palet_vindt_met_klank_accent_en_rechten(log_in, mensen) -> None:
    client = log_in("consulent")
    tekst = client.get("/zoeken/palet?q=jansen").content.decode()
    assert "Aïcha Janssen" in tekst and "Jan Janssen" in tekst and "Verborgen" not in tekst
    assert "Aïcha" in client.get("/zoeken/palet?q=aicha").content.decode()
    assert Leesregel.objects.filter(verwerking="zoeken", betrokkenen=[1, 2]).exists()
    assert "Niets gevonden" in client.get("/zoeken/palet?q=xyzzy").content.decode()


def test_een_bsn_wordt_niet_gezocht(log_in, mensen) -> None:
    assert "BSN" in log_in("consulent").get("/zoeken/palet?q=123456782").content.decode()


def test_handelingen_volgen_de_rechten(log_in) -> None:
    client = log_in("functioneel_beheerder")
    assert "Iemand in dienst nemen" in client.get("/zoeken/palet?q=dienst").content.decode()
    assert "Iemand in dienst nemen" in client.get("/zoeken?q=").content.decode()


def test_consulent_ziet_geen_beheer(log_in) -> None:
    assert "Iemand in dienst nemen" not in log_in("consulent").get("/zoeken/palet?q=dienst").content.decode()


def test_zoekbladzijde_zonder_javascript(log_in, mensen) -> None:
    tekst = log_in("consulent").get("/zoeken?q=groot").content.decode()
    assert 'href="/dossier/0"' in tekst and "<h1>Zoeken" in tekst


def test_palet_kost_weinig_vragen(log_in, mensen) -> None:
    client = log_in("consulent")
    client.get("/zoeken/palet?q=jan")
    with vraagbudget(6, "palet"):
        client.get("/zoeken/palet?q=jan")
