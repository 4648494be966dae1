"""New keys for the BSN: bit by bit, cut off and taken up again, while people go on working."""

from __future__ import annotations

import base64
import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidTag
from django.core.exceptions import ValidationError
from django.db import connection

from deelnemers.keuzes import Viruscontrole
from deelnemers.models import BsnCorrectie, Burgerservicenummer, Deelnemer, Document
from deelnemers.services.bsn import corrigeer_bsn, oude_bsn
from deelnemers.services.documenten import KAMER as DOCUMENTEN
from deelnemers.services.documenten import Upload, voeg_document_toe
from deelnemers.services.inschrijven import bsn_van, leg_bsn_vast, vind_op_bsn
from kern import bestanden, sleutelwissel, verzegeld
from kern import bsn as bsn_
from kern.aansluitingen import sleutels
from kern.handeling import handeling
from reintegratie.lokaal.paden import CHECKOUT
from tests.deelnemers.fabrieken import BSNS, TOETS, DeelnemerFabriek
from tests.hulp.werker import wacht_tot
from tests.test_consistentie_kamers import EIGEN_MODELLEN


def _aes(kenmerk: str, teken: bytes) -> str:
    return f"{kenmerk}:{base64.b64encode(teken * 32).decode()}"


OUD, NIEUW = _aes("s1", b"a"), _aes("s2", b"b")
LATER = ["z2:een-nieuw-geheim"]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


@pytest.fixture
def oude_sleutel(settings: Any) -> None:
    settings.BSN_SLEUTELS, settings.BSN_ZOEKSLEUTELS_LATER = [OUD], []


def _mensen(hoeveel: int) -> dict[str, Deelnemer]:
    uit = {}
    for nummer in BSNS[:hoeveel]:
        uit[nummer] = DeelnemerFabriek()
        leg_bsn_vast(uit[nummer], nummer, controle="brp", actor=TOETS)  # type: ignore[arg-type]
    return uit


def _document(teken: str) -> Document:
    with bestanden.weg_bij_mislukken():
        return voeg_document_toe(
            DeelnemerFabriek(),
            Upload(bestanden.van_bytes(PDF + teken.encode()), Viruscontrole.ZONDER),
            soort="cv",
            naam="cv.pdf",
            actor=TOETS,
        )


def _nieuwe_sleutels(settings: Any) -> None:
    settings.BSN_SLEUTELS, settings.BSN_ZOEKSLEUTELS_LATER = [NIEUW, OUD], LATER


def test_elke_kolom_met_een_bsn_is_aangesloten() -> None:
    """A new table with something encrypted or a search key of a BSN must join in."""
    bekend = {(k.model, k.kolom) for k in sleutels.kolommen()}
    namen = {"waarde", "oud_waarde", "geheim", "zoeksleutel", "bsn_zoeksleutel", "verzegeld"}
    binair = {
        (model, veld.name)
        for model in EIGEN_MODELLEN
        for veld in model._meta.local_fields
        if veld.get_internal_type() == "BinaryField" and veld.name in namen
    }
    assert binair == bekend


@pytest.mark.django_db
@pytest.mark.usefixtures("oude_sleutel", "gemeente")
def test_oud_en_nieuw_naast_elkaar_en_daarna_kan_de_oude_weg(settings: Any) -> None:
    mensen = _mensen(4)
    eerste = next(iter(mensen.values()))
    corrigeer_bsn(eerste, BSNS[7], bron="brp", reden="Verkeerd overgenomen.", actor=TOETS)
    mensen[BSNS[7]] = mensen.pop(BSNS[0])
    _nieuwe_sleutels(settings)
    # Nobody ran anything yet: old rows read, are found, and stay unique.
    assert {n: vind_op_bsn(n) for n in mensen} == mensen
    with pytest.raises(ValidationError, match="heeft al een dossier"):
        leg_bsn_vast(DeelnemerFabriek(), BSNS[1], controle="brp", actor=TOETS)  # type: ignore[arg-type]
    over = sleutelwissel.over()
    assert over["burgerservicenummers: waarde"] == over["burgerservicenummers: zoeksleutel"] == 4
    gedaan = sleutelwissel.wissel(TOETS)
    assert gedaan == over
    assert sleutelwissel.over() == {}
    assert sleutelwissel.wissel(TOETS) == {}, "een tweede keer is er niets te doen"
    settings.BSN_SLEUTELS = [NIEUW]
    assert {n: bsn_van(d) for n, d in mensen.items()} == {n: n for n in mensen}
    assert {n: vind_op_bsn(n) for n in mensen} == mensen
    assert oude_bsn(BsnCorrectie.objects.get()) == BSNS[0]
    with pytest.raises(ValidationError, match="heeft al een dossier"):
        leg_bsn_vast(DeelnemerFabriek(), BSNS[1], controle="brp", actor=TOETS)  # type: ignore[arg-type]


@pytest.mark.django_db
@pytest.mark.usefixtures("oude_sleutel", "gemeente")
def test_bestanden_gaan_mee_onder_de_nieuwe_sleutel(settings: Any, tmp_path: Path) -> None:
    """A document keeps its content, day and rights; one of before files were sealed gets its first seal."""
    settings.MEDIA_ROOT = str(tmp_path)
    heel, open_, stuk, weg = (_document(teken) for teken in "abcd")
    bestanden.pad_van(open_.bestand).write_bytes(PDF + b"b")
    bestanden.pad_van(weg.bestand).unlink()
    bestanden.pad_van(stuk.bestand).write_bytes(verzegeld.nieuwste_kop() + b"onzin")
    os.utime(bestanden.pad_van(heel.bestand), (1_700_000_000, 1_700_000_000))
    _nieuwe_sleutels(settings)
    naam = f"bestanden: {DOCUMENTEN}"
    assert sleutelwissel.over() == {naam: 3}
    assert sleutelwissel.wissel(TOETS) == {naam: 2}
    assert sleutelwissel.over() == {naam: 1}, "wat stuk is, blijft geteld"
    settings.BSN_SLEUTELS = [NIEUW]
    assert bestanden.haal(heel.bestand, heel.sha256) == PDF + b"a"
    assert bestanden.haal(open_.bestand, open_.sha256) == PDF + b"b"
    assert bestanden.haal(stuk.bestand, stuk.sha256) is None
    stand = bestanden.pad_van(heel.bestand).stat()
    assert (stand.st_mtime, stat.S_IMODE(stand.st_mode)) == (1_700_000_000, 0o600)


@pytest.mark.django_db
@pytest.mark.usefixtures("oude_sleutel", "gemeente")
def test_een_bestand_dat_tijdens_de_wissel_wordt_gewist_komt_niet_terug(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    document = _document("a")
    _nieuwe_sleutels(settings)

    def wis(wat: str, gedaan: int) -> None:
        with handeling(TOETS):
            document.delete()

    sleutelwissel.wissel(TOETS, wis)
    assert not bestanden.pad_van(document.bestand).exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("oude_sleutel", "gemeente")
def test_zonder_de_oude_sleutel_leest_niemand_wat_nog_niet_om_is(settings: Any) -> None:
    persoon = _mensen(1)[BSNS[0]]
    settings.BSN_SLEUTELS = [NIEUW]
    with pytest.raises((KeyError, InvalidTag)):
        bsn_van(persoon)


@pytest.mark.django_db
@pytest.mark.usefixtures("oude_sleutel", "gemeente")
def test_afgebroken_en_weer_opgepakt(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Cut off after a part: what was done stays done, the rest follows, and nothing is done twice."""
    mensen = _mensen(5)
    _nieuwe_sleutels(settings)
    monkeypatch.setattr(sleutelwissel, "PER_KEER", 2)

    def breek_af(wat: str, gedaan: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sleutelwissel.wissel(TOETS, breek_af)
    assert sleutelwissel.over()["burgerservicenummers: waarde"] == 3
    assert {n: bsn_van(d) for n, d in mensen.items()} == {n: n for n in mensen}
    assert sleutelwissel.wissel(TOETS)["burgerservicenummers: waarde"] == 3


@pytest.mark.usefixtures("oude_sleutel")
def test_lagen_van_de_zoeksleutel(settings: Any) -> None:
    basis = bsn_.zoeksleutel(BSNS[0])
    assert bsn_.mogelijk(basis) == [basis] and bsn_.kop_gezocht() == b""
    settings.BSN_ZOEKSLEUTELS_LATER = LATER
    tweede = bsn_.te_bewaren(basis)
    assert tweede != basis and tweede.startswith(b"z2:") and bsn_.mogelijk(basis) == [basis, tweede]
    settings.BSN_ZOEKSLEUTELS_LATER = ["z3:nog-een", *LATER]
    derde = bsn_.te_bewaren(tweede)
    assert bsn_.mogelijk(basis) == [basis, tweede, derde] and bsn_.mogelijk(derde) == [derde]


_SCRIPT = """
import sys, time
import django
django.setup()
from django.conf import settings
from django.db import connections
settings.BSN_SLEUTELS, settings.BSN_ZOEKSLEUTELS_LATER = {sleutels!r}, {later!r}
connections["default"].settings_dict["NAME"] = {database!r}
from kern import sleutelwissel
from kern.handeling import Actor, voor_gemeente
sleutelwissel.PER_KEER = 2
with voor_gemeente({gemeente}):
    sleutelwissel.wissel(Actor.taak("toets"), lambda wat, gedaan: time.sleep(60))
"""


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("oude_sleutel")
def test_het_proces_wordt_halverwege_gedood(settings: Any, gemeente: Any, tmp_path: Path) -> None:
    """SIGKILL between two bits: no half row, and the next run finishes."""
    mensen = _mensen(6)
    _nieuwe_sleutels(settings)
    script = _SCRIPT.format(
        sleutels=settings.BSN_SLEUTELS,
        later=LATER,
        database=connection.settings_dict["NAME"],
        gemeente=gemeente.pk,
    )
    omgeving = os.environ | {"DJANGO_SETTINGS_MODULE": "reintegratie.settings"}
    with (tmp_path / "uit").open("wb") as uit:
        proces = subprocess.Popen([sys.executable, "-c", script], cwd=CHECKOUT, env=omgeving, stdout=uit, stderr=uit)
    try:
        wacht_tot(
            lambda: sleutelwissel.over().get("burgerservicenummers: waarde") == 4,
            f"het eerste stuk is om: {(tmp_path / 'uit').read_text()[-400:]}",
        )
    finally:
        proces.send_signal(signal.SIGKILL)
        proces.wait()
    assert {n: bsn_van(d) for n, d in mensen.items()} == {n: n for n in mensen}
    assert sleutelwissel.wissel(TOETS)["burgerservicenummers: waarde"] == 4
    assert sleutelwissel.over() == {}
    settings.BSN_SLEUTELS = [NIEUW]
    assert {n: bsn_van(d) for n, d in mensen.items()} == {n: n for n in mensen}
    assert Burgerservicenummer.objects.count() == len(mensen)
