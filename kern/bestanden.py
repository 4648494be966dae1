"""Files that others send: recognised by what is in them, never by their name, and kept in a closed folder.

The folder (`DOCUMENTEN_MAP`) is not under the web root; whoever shows a file passes an access rule and the read log.
A file lies there sealed: a payslip or a letter may hold a BSN, and a copy of the folder tells nothing without the keys.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import logging
import os
import re
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import huidige_gemeente_id
from kern.verzegeld import KOP, NietTeOpenen, open_zegel, verzegel

log = logging.getLogger("kern.bestanden")
MIB = 1024 * 1024
MAXIMUM = 10 * MIB
NAAM_LENGTE = 150
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: Kind of file → the extension that a download gets.
SOORTEN = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png", WORD: "docx"}
IN_WOORDEN = "PDF, JPEG, PNG of Word (docx)"
#: A file that no row points at is removed after this.
WEES_NA = dt.timedelta(days=7)
_MAX_UITGEPAKT = 100 * MIB
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")
_STAART = 2048


class TeGroot(ValidationError):
    """The file is larger than we keep."""


@dataclass(frozen=True)
class Inhoud:
    """A file that we accept."""

    bytes: bytes
    mediatype: str
    sha256: str

    @property
    def grootte(self) -> int:
        return len(self.bytes)


def lees_in(bestand: Any) -> Inhoud:
    """What was sent (a Django UploadedFile), checked; raises TeGroot or ValidationError with a Dutch sentence."""
    if bestand.size > MAXIMUM:
        raise TeGroot(f"Een document is hoogstens {MAXIMUM // MIB} MiB groot.", code="te-groot")
    inhoud = bestand.read(MAXIMUM + 1)
    soort = herken(inhoud)
    if soort is None:
        raise ValidationError(
            f"Dit bestand kunnen we niet gebruiken. Stuur {IN_WOORDEN}, zonder macro’s.", code="bestandssoort"
        )
    return Inhoud(inhoud, soort, hashlib.sha256(inhoud).hexdigest())


def herken(inhoud: bytes) -> str | None:
    """The kind of file by its content; None for what we do not take."""
    return next((soort for soort, past in _HERKENNING.items() if past(inhoud)), None)


def _is_pdf(inhoud: bytes) -> bool:
    return inhoud.startswith(b"%PDF-") and b"%%EOF" in inhoud[-_STAART:]


def _is_jpeg(inhoud: bytes) -> bool:
    return inhoud.startswith(b"\xff\xd8\xff") and b"\xff\xd9" in inhoud[-_STAART:]


def _is_png(inhoud: bytes) -> bool:
    return inhoud.startswith(b"\x89PNG\r\n\x1a\n") and b"IEND" in inhoud[-_STAART:]


def _is_word(inhoud: bytes) -> bool:
    """A docx without macros that does not unpack into something enormous."""
    if not inhoud.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(inhoud)) as pakket:
            delen = pakket.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    namen = {deel.filename for deel in delen}
    macro = any(naam.lower().endswith("vbaproject.bin") for naam in namen)
    passend = sum(deel.file_size for deel in delen) <= _MAX_UITGEPAKT
    return {"[Content_Types].xml", "word/document.xml"} <= namen and passend and not macro


_HERKENNING: dict[str, Callable[[bytes], bool]] = {
    "application/pdf": _is_pdf,
    "image/jpeg": _is_jpeg,
    "image/png": _is_png,
    WORD: _is_word,
}


def nette_naam(naam: str, mediatype: str) -> str:
    """The name to show: no path, no control characters, nothing that looks like a BSN, the extension of the content."""
    kaal = re.split(r"[/\\]", naam)[-1]
    schoon = _NEGEN_CIJFERS.sub("nummer", "".join(t for t in kaal if t.isprintable())).strip(" .")
    stam, punt, eind = schoon.rpartition(".")
    stam = stam if punt and len(eind) <= len("jpeg") + 1 else schoon
    extensie = SOORTEN[mediatype]
    return f"{(stam.strip(' .') or 'document')[: NAAM_LENGTE - len(extensie) - 1]}.{extensie}"


# --- The folder --------------------------------------------------------------------------------------------
_nieuw: ContextVar[list[Path] | None] = ContextVar("nieuwe_bestanden", default=None)


@contextmanager
def weg_bij_mislukken() -> Iterator[None]:
    """Wrap what opens the transaction: files that were kept inside go when it does not end well."""
    paden: list[Path] = []
    token = _nieuw.set(paden)
    try:
        yield
    except BaseException:
        for pad in paden:
            pad.unlink(missing_ok=True)
        raise
    finally:
        _nieuw.reset(token)


def bewaar(kamer: str, inhoud: Inhoud, kenmerk: uuid.UUID | None = None) -> str:
    """Keep a file; returns its place, which says nothing about whom it is or what it is called.

    With `kenmerk` the place is fixed, and a file that is already there is replaced (demo data).
    """
    paden = _nieuw.get()
    if paden is None:
        raise RuntimeError("Bewaar een bestand binnen bestanden.weg_bij_mislukken().")
    naam = (kenmerk or uuid.uuid4()).hex
    plaats = f"{kamer}/{huidige_gemeente_id()}/{naam[:2]}/{naam}"
    pad = pad_van(plaats)
    pad.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    paden.append(pad)
    if kenmerk is not None:
        pad.unlink(missing_ok=True)
    handvat = os.open(pad, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handvat, "wb") as doel:
        doel.writelines(verzegel(io.BytesIO(inhoud.bytes)))
        doel.flush()
        os.fsync(doel.fileno())
    return plaats


def haal(plaats: str, sha256: str) -> bytes | None:
    """The file as it came; None when it is gone or is no longer the same (the log says so)."""
    try:
        inhoud = pad_van(plaats).read_bytes()
        if inhoud.startswith(KOP):  # what lies there from before files were sealed is read until the job seals it
            inhoud = b"".join(open_zegel(io.BytesIO(inhoud)))
    except OSError:
        log.error("bestand is er niet", extra={"plaats": plaats})
        return None
    except NietTeOpenen:
        inhoud = b""
    if hashlib.sha256(inhoud).hexdigest() != sha256:
        log.error("bestand is veranderd", extra={"plaats": plaats})
        return None
    return inhoud


def ruim_op(kamer: str, plaatsen: Callable[[], Iterable[str]]) -> tuple[int, list[str]]:
    """Clear what nobody knows: (number of files removed, places of which the file is gone).

    A file without a row is left by a process that was killed before its transaction ended. It stays `WEES_NA`, so
    who puts an older copy of the database back has time. A row without a file is told, never removed: the file may
    still come back from a copy.
    """
    bekend = set(plaatsen())
    wortel = Path(settings.MEDIA_ROOT).resolve()
    oud = klok.wandklok() - WEES_NA.total_seconds()
    gevonden, weg = set(), 0
    for pad in (wortel / kamer / str(huidige_gemeente_id())).glob("*/*"):
        plaats = str(pad.relative_to(wortel))
        if plaats in bekend:
            gevonden.add(plaats)
        elif pad.is_file() and pad.stat().st_mtime < oud:
            pad.unlink()
            weg += 1
    kwijt = bekend - gevonden
    return weg, sorted(kwijt & set(plaatsen()) if kwijt else ())  # what was erased meanwhile is not lost


def pad_van(plaats: str) -> Path:
    """Where a file lies, for the job that gives it another key; its content comes from `haal`."""
    wortel = Path(settings.MEDIA_ROOT).resolve()
    pad = (wortel / plaats).resolve()
    if not pad.is_relative_to(wortel):
        raise ValueError("een bestand ligt altijd in de map met documenten")
    return pad


# --- Files of our own ----------------------------------------------------------------------------------------
def van_bytes(inhoud: bytes) -> Inhoud:
    """A file that we made, recognised in the same way as what others send."""
    soort = herken(inhoud)
    if soort is None:
        raise ValueError("dit is geen document dat we kennen")
    return Inhoud(inhoud, soort, hashlib.sha256(inhoud).hexdigest())


def gooi_weg(plaats: str) -> None:
    """Remove a file; one that is gone already is fine. Call it after the commit (`transaction.on_commit`)."""
    pad_van(plaats).unlink(missing_ok=True)
