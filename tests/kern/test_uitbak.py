"""Events: numbered after commit, handled at least once, each in its own transaction."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from kern import uitbak
from kern.aansluitingen import gebeurtenis as stopcontact
from kern.handeling import handeling, voor_gemeente
from kern.models import Bericht, Gebeurtenis
from kern.taken import voer_uit
from tests.kern.fabrieken import FABRIEK, BerichtFabriek, GebeurtenisFabriek, GemeenteFabriek

SOORT = "nl.re-integratie.toets.v1"


@pytest.fixture
def luister(monkeypatch):
    """Listeners of this test only."""
    daarna: dict = {}
    monkeypatch.setattr(stopcontact, "_daarna", daarna)
    monkeypatch.setattr(stopcontact, "_direct", {})
    monkeypatch.setattr(stopcontact, "_altijd", [])
    return stopcontact


def test_nummeren_gaat_op_volgorde_over_gemeenten_heen(db) -> None:
    nummers = []
    for _ in range(2):
        gemeente = GemeenteFabriek()
        with voor_gemeente(gemeente):
            GebeurtenisFabriek.create_batch(2)
            assert uitbak.nummer(gemeente.pk) == 2
            assert uitbak.nummer(gemeente.pk) == 0
            nummers += Gebeurtenis.objects.order_by("id").values_list("volgnummer", flat=True)
    assert nummers == [1, 2, 3, 4]


def test_elke_luisteraar_hoort_het_en_daarna_is_het_klaar(gemeente, luister) -> None:
    gehoord = []
    luister.luister_daarna(SOORT, lambda g: gehoord.append(("soort", g.volgnummer)))
    luister.luister_daarna("iets.anders", lambda g: gehoord.append("fout"))
    luister.luister_altijd(lambda g: gehoord.append(("altijd", g.volgnummer)))
    GebeurtenisFabriek.create_batch(2)
    loop = voer_uit("kern.uitbak", gemeente)
    assert loop.tellingen == {"genummerd": 2, "verwerkt": 2}
    assert gehoord == [("soort", 1), ("altijd", 1), ("soort", 2), ("altijd", 2)]
    voer_uit("kern.uitbak", gemeente)
    assert len(gehoord) == 4


def test_een_kapotte_luisteraar_houdt_de_rest_niet_op_en_laat_niets_half(gemeente, luister) -> None:
    stuk = {"aan": True}

    def luisteraar(g: Gebeurtenis) -> None:
        BerichtFabriek(onderwerp=g.onderwerp)
        if stuk["aan"] and g.onderwerp == "kapot":
            raise ValueError("stuk")

    luister.luister_daarna(SOORT, luisteraar)
    GebeurtenisFabriek(onderwerp="kapot")
    GebeurtenisFabriek(onderwerp="goed")
    with pytest.raises(RuntimeError, match="1 gebeurtenissen"):
        voer_uit("kern.uitbak", gemeente)
    assert list(Bericht.objects.values_list("onderwerp", flat=True)) == ["goed"]
    stuk["aan"] = False
    voer_uit("kern.uitbak", gemeente)
    assert set(Bericht.objects.values_list("onderwerp", flat=True)) == {"goed", "kapot"}
    assert not Gebeurtenis.objects.filter(verwerkt_op__isnull=True).exists()


def test_luisteraar_in_de_transactie_houdt_de_wijziging_tegen(gemeente, luister) -> None:
    def weiger(g: Gebeurtenis) -> None:
        raise ValueError("mag niet")

    luister.luister_direct(SOORT, weiger)
    with pytest.raises(ValueError), handeling(FABRIEK):
        luister.meld(SOORT, "x")
    assert not Gebeurtenis.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_nummeren_wacht_op_wie_bezig_is() -> None:
    """While one numbering step is not committed, a second one waits: no number is ever skipped over."""
    gemeente = GemeenteFabriek()
    with voor_gemeente(gemeente):
        GebeurtenisFabriek()
    klaar = threading.Event()

    def tweede() -> None:
        try:
            uitbak.nummer(gemeente.pk)
        finally:
            connection.close()
            klaar.set()

    with transaction.atomic():
        uitbak.nummer(gemeente.pk)
        draad = threading.Thread(target=tweede)
        draad.start()
        assert not klaar.wait(0.5)
    assert klaar.wait(5)
    draad.join()
