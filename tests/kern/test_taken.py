"""Jobs: one at a time, recorded, visible, startable."""

from __future__ import annotations

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connections

from kern import taken
from kern.models import Taakloop, TaakStatus
from reintegratie.celery import app
from reintegratie.nacht import KETEN
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import BerichtFabriek


@pytest.fixture
def proef(monkeypatch):
    """A register with jobs of this test besides the real ones."""
    monkeypatch.setattr(taken, "TAKEN", register := dict(taken.TAKEN))
    monkeypatch.setattr("kern.views.taken.TAKEN", register)
    return taken.taak


def test_loop_wordt_vastgelegd_met_voortgang_en_telling(gemeente, proef) -> None:
    @proef("toets.goed", "Een taak van de toets.")
    def goed(loop: taken.Loop) -> None:
        loop.meld("Halverwege", 1, 2)
        assert Taakloop.objects.get(pk=loop.rij.pk).gedaan == 1
        loop.tel("mensen", 3)

    rij = taken.voer_uit("toets.goed", gemeente, door="Chantal")
    rij.refresh_from_db()
    assert (rij.status, rij.tellingen, rij.gestart_door) == (TaakStatus.GELUKT, {"mensen": 3}, "Chantal")


def test_fout_staat_in_het_register(gemeente, proef) -> None:
    @proef("toets.fout", "Een taak van de toets.")
    def fout(loop: taken.Loop) -> None:
        raise ValueError("bestand ontbreekt")

    with pytest.raises(ValueError):
        taken.voer_uit("toets.fout", gemeente)
    rij = Taakloop.objects.get()
    assert rij.status == TaakStatus.MISLUKT and rij.fout == "ValueError: bestand ontbreekt"


def test_tweede_tegelijk_stopt(gemeente, proef) -> None:
    @proef("toets.traag", "Een taak van de toets.")
    def traag(loop: taken.Loop) -> None:
        andere = connections["default"].copy()
        try:
            with andere.cursor() as cursor:
                cursor.execute("SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [f"toets.traag:{gemeente.pk}"])
                assert cursor.fetchone() == (False,)
        finally:
            andere.close()

    taken.voer_uit("toets.traag", gemeente)


def test_afgebroken_loop_wordt_de_volgende_keer_gemeld(gemeente, proef) -> None:
    @proef("toets.weg", "Een taak van de toets.")
    def weg(loop: taken.Loop) -> None: ...

    oud = Taakloop.objects.create(
        taak="toets.weg", gemeente=gemeente, gestart_door="rooster", gestart_op=taken.klok.nu()
    )
    taken.voer_uit("toets.weg", gemeente)
    oud.refresh_from_db()
    assert oud.status == TaakStatus.AFGEBROKEN


def test_taak_van_elke_minuut_laat_een_regel_achter(gemeente) -> None:
    for _ in range(3):
        taken.voer_uit("kern.berichten_versturen", gemeente)
    assert Taakloop.objects.filter(taak="kern.berichten_versturen").count() == 1
    BerichtFabriek()
    taken.voer_uit("kern.berichten_versturen", gemeente)
    taken.voer_uit("kern.berichten_versturen", gemeente)
    assert Taakloop.objects.filter(taak="kern.berichten_versturen", tellingen={"verstuurd": 1}).exists()


def test_rooster_en_keten_kennen_elke_taak() -> None:
    gepland = {regel["args"][0] for regel in app.conf.beat_schedule.values()}
    assert gepland <= set(taken.TAKEN)
    assert set(KETEN) == {naam for naam, taak in taken.TAKEN.items() if taak.nacht}
    vanzelf = {naam for naam, taak in taken.TAKEN.items() if not taak.met_de_hand}
    assert vanzelf == gepland | set(KETEN), "een taak die nooit start"
    assert str(app.conf.timezone) == "Europe/Amsterdam"


def test_nacht_doet_de_hele_keten(gemeente) -> None:
    taken.voer_uit("nacht", gemeente)
    assert set(Taakloop.objects.values_list("taak", flat=True)) == {"nacht", *KETEN}


def test_opdracht_taak(gemeente, capsys) -> None:
    call_command("taak", "kern.uitbak", gemeente=gemeente.code)
    assert json.loads(capsys.readouterr().out) == {gemeente.code: {}}
    call_command("taak")
    assert "kern.uitbak: " in capsys.readouterr().out
    with pytest.raises(CommandError, match="Onbekende taak"):
        call_command("taak", "bestaat.niet")
    with pytest.raises(CommandError, match="geen gemeente"):
        call_command("taak", "kern.uitbak", gemeente="0001")


def test_register_op_het_scherm(log_in, gemeente) -> None:
    client = log_in("functioneel_beheerder")
    taken.voer_uit("nacht", gemeente, door="Chantal")
    tekst = client.get("/beheer/taken").content.decode()
    assert "Elke dag om 02.00 uur" in tekst and "Elke minuut" in tekst and "door Chantal" in tekst
    assert "hx-get" not in tekst, "er loopt niets, dus de bladzijde vraagt niets"
    Taakloop.objects.filter(taak="nacht").update(status="loopt", gedaan=1, totaal=2, stap="kern.opruimen")
    bezig = client.get("/beheer/taken/stand").content.decode()
    assert 'hx-trigger="every 2s"' in bezig and "X-Peiling" in bezig and "1 van 2" in bezig
    assert client.get("/beheer/taken/nacht").status_code == 200
    assert client.get("/beheer/taken/bestaat-niet").status_code == 404


def test_nu_starten_zet_in_de_wachtrij_of_zegt_dat_die_weg_is(log_in) -> None:
    client = log_in("functioneel_beheerder")
    antwoord = client.post("/beheer/taken/kern.uitbak/start", follow=True)
    assert "staat in de wachtrij" in antwoord.content.decode()
    oud, app.conf.broker_write_url = app.conf.broker_write_url, "redis://127.0.0.1:1/0"
    app.amqp._producer_pool = None
    try:
        antwoord = client.post("/beheer/taken/kern.uitbak/start", follow=True)
    finally:
        app.conf.broker_write_url = oud
        app.amqp._producer_pool = None
    assert "wachtrij antwoordt niet" in antwoord.content.decode()
    assert client.post("/beheer/taken/bestaat-niet/start").status_code == 404


def test_register_vraagt_niet_meer_bij_meer_lopen(log_in, gemeente) -> None:
    client = log_in("functioneel_beheerder")

    def meer() -> None:
        for _ in range(10):
            taken.voer_uit("kern.opruimen", gemeente)

    meer()
    groeit_niet(lambda: client.get("/beheer/taken"), meer, "taken", 10)
    groeit_niet(lambda: client.get("/beheer/taken/kern.opruimen"), meer, "taak", 10)


def test_het_register_noemt_geen_gegevens_uit_een_rij(gemeente, proef) -> None:
    @proef("toets.rij", "Een taak van de toets.")
    def rij_geweigerd(loop: taken.Loop) -> None:
        raise IntegrityError("regel overtreden\nDETAIL:  Failing row contains (12, Samira, Bakker).")

    with pytest.raises(IntegrityError):
        taken.voer_uit("toets.rij", gemeente)
    assert Taakloop.objects.get().fout == "IntegrityError: regel overtreden"
