"""Files without a row and rows without a file: the night clears the one and tells the other."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, AanmeldingDocument
from kern import bestanden
from kern.aansluitingen import bestanden as stopcontact
from kern.handeling import voor_gemeente
from kern.models import ApiClient
from kern.taken import voer_uit
from reintegratie.lokaal.paden import CHECKOUT
from reintegratie.nacht import KETEN
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_api_documenten import PDF, map_, op_schijf  # noqa: F401
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek

TAAK = "kern.bestanden"
WEG, KWIJT = "bestanden zonder document verwijderd", "documenten zonder bestand"


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


def document(aanmelding: Aanmelding, inhoud: bytes = PDF) -> AanmeldingDocument:
    gelezen = bestanden.lees_in(SimpleUploadedFile("x", inhoud))
    with bestanden.weg_bij_mislukken():
        return services.voeg_document_toe(aanmelding, gelezen, soort="cv", naam="cv.pdf", actor=FABRIEK)


def maak_oud(pad: Path, dagen: float = bestanden.WEES_NA.days + 1) -> None:
    toen = time.time() - dagen * 86400
    os.utime(pad, (toen, toen))


def los_bestand(bij: AanmeldingDocument, map_: Path) -> Path:  # noqa: F811
    """A file in the same folder that no row points at."""
    pad = (map_ / bij.bestand).with_name(uuid.uuid4().hex)
    pad.write_bytes(PDF)
    return pad


@pytest.mark.django_db
def test_alleen_wat_niemand_kent_en_oud_is_gaat_weg(
    aanmelding: Aanmelding,
    gemeente: Any,
    map_: Path,  # noqa: F811
) -> None:
    blijft = document(aanmelding)
    maak_oud(map_ / blijft.bestand)
    oud, vers = los_bestand(blijft, map_), los_bestand(blijft, map_)
    maak_oud(oud)
    maak_oud(vers, bestanden.WEES_NA.days - 1)
    andere_kamer = map_ / "elders" / str(gemeente.pk) / "ab" / "x"
    andere_kamer.parent.mkdir(parents=True)
    andere_kamer.write_bytes(PDF)
    maak_oud(andere_kamer)
    assert voer_uit(TAAK, gemeente).tellingen == {WEG: 1, KWIJT: 0}
    assert not oud.exists()
    assert vers.exists() and andere_kamer.exists()
    assert bestanden.haal(blijft.bestand, blijft.sha256) == PDF
    assert voer_uit(TAAK, gemeente).tellingen == {WEG: 0, KWIJT: 0}


@pytest.mark.django_db
def test_de_bestanden_van_een_andere_gemeente_blijven(
    aanmelding: Aanmelding,
    map_: Path,  # noqa: F811
) -> None:
    blijft = document(aanmelding)
    maak_oud(map_ / blijft.bestand)
    ander = GemeenteFabriek()
    with voor_gemeente(ander):
        assert voer_uit(TAAK, ander).tellingen == {WEG: 0, KWIJT: 0}
    assert (map_ / blijft.bestand).exists()


@pytest.mark.django_db
def test_een_document_zonder_bestand_staat_in_het_register(
    aanmelding: Aanmelding,
    gemeente: Any,
    map_: Path,  # noqa: F811
    caplog: Any,
    log_in: Any,
) -> None:
    """It is told, with the place, and stays: the file may come back from a copy."""
    heel, kwijt = document(aanmelding), document(aanmelding, PDF + b" %%EOF")
    (map_ / kwijt.bestand).unlink()
    assert voer_uit(TAAK, gemeente).tellingen == {WEG: 0, KWIJT: 1}
    assert [r.plaats for r in caplog.records if r.name == "kern.bestanden"] == [kwijt.bestand]
    assert AanmeldingDocument.objects.count() == 2
    blad = log_in("functioneel_beheerder").get(f"/beheer/taken/{TAAK}").content.decode()
    assert f"{KWIJT.capitalize()}: 1" in blad
    (map_ / kwijt.bestand).write_bytes(PDF + b" %%EOF")
    assert voer_uit(TAAK, gemeente).tellingen == {WEG: 0, KWIJT: 0}
    assert bestanden.haal(heel.bestand, heel.sha256) == PDF


def test_de_nacht_ruimt_op_voor_elke_kamer_die_bestanden_heeft() -> None:
    assert TAAK in KETEN
    assert "aanmeldingen" in stopcontact.kamers()


_GEDOOD = """
import os, signal, sys
import django
django.setup()
from django.core.files.uploadedfile import SimpleUploadedFile
from aanmeldingen import services
from aanmeldingen.models import Aanmelding
from kern import bestanden
from kern.handeling import Actor, handeling, voor_gemeente
gemeente, nummer, inhoud = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3].encode()
actor = Actor.taak("toets")
with voor_gemeente(gemeente), bestanden.weg_bij_mislukken(), handeling(actor):
    gelezen = bestanden.lees_in(SimpleUploadedFile("x", inhoud))
    services.voeg_document_toe(Aanmelding.objects.get(pk=nummer), gelezen, soort="cv", naam="cv.pdf", actor=actor)
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.kill
@pytest.mark.django_db(transaction=True)
def test_een_gedood_proces_laat_een_bestand_achter_dat_de_nacht_opruimt(
    aanmelding: Aanmelding,
    gemeente: Any,
    map_: Path,  # noqa: F811
) -> None:
    """Killed between keeping the file and the end of the transaction: nothing of Python's own clearing up runs."""
    blijft = document(aanmelding)
    opdracht = [sys.executable, "-c", _GEDOOD, str(gemeente.pk), str(aanmelding.pk), PDF.decode() + " %%EOF"]
    omgeving = os.environ | {"DOCUMENTEN_MAP": str(map_)}
    assert subprocess.run(opdracht, cwd=CHECKOUT, env=omgeving).returncode == -signal.SIGKILL
    assert AanmeldingDocument.objects.count() == 1
    (wees,) = set(op_schijf(map_)) - {map_ / blijft.bestand}
    assert voer_uit(TAAK, gemeente).tellingen == {WEG: 0, KWIJT: 0}, "eerst een week wachten"
    maak_oud(wees)
    assert voer_uit(TAAK, gemeente).tellingen == {WEG: 1, KWIJT: 0}
    assert op_schijf(map_) == [map_ / blijft.bestand]
    assert document(aanmelding, PDF + b" %%EOF").pk, "hetzelfde document kan gewoon opnieuw"
