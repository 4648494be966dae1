"""What a sender dropped, after we read it: sealed, for as long as we may need it, and then gone.

    verwerkt/2026-03-02.jsonl.1a2b3c4d.verzegeld      the file as it came; nobody reads it without the keys
    quarantaine/2026-03-02.jsonl                      the lines that we could not read, with every digit hidden

The digits go because any of them may be part of a BSN, in whatever notation a broken line has.
"""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from aanmeldingen.aanleveren.veilig import zonder_bsn
from kern import klok
from kern.models import ApiClient
from kern.verzegeld import open_zegel, schrijf, verzegel
from regelgeving import opzoeken

ZEGEL = ".verzegeld"
_MAPPEN = ("verwerkt", "quarantaine")
_CIJFER = re.compile(r"\d")
_HEX = 8
_NUMMER = re.compile(rb"\d(?:[^\da-zA-Z]{0,3}\d){7}")
_STAART = 64


def controlegetal(pad: Path) -> str:
    """SHA-256 of the file as it came."""
    with pad.open("rb") as bron:
        return hashlib.file_digest(bron, "sha256").hexdigest()


def veilige_naam(pad: Path) -> str:
    """The name that the sender gave, without a BSN."""
    return zonder_bsn(pad.name, 200)


def leg_weg(pad: Path, waar: str, getal: str) -> Path:
    """Seal the file in `waar` and remove the plain one; the last step, so a killed run does it again."""
    doel = pad.parent / waar / f"{veilige_naam(pad)}.{getal[:_HEX]}{ZEGEL}"
    doel.parent.mkdir(exist_ok=True)
    with pad.open("rb") as bron:
        schrijf(doel, verzegel(bron))
    pad.unlink()
    return doel


def zonder_cijfers(regel: bytes) -> bytes:
    """A line that we could not read, for the sender to recognise: the words stay, every digit goes."""
    tekst = regel.rstrip(b"\r\n").decode("utf-8", "replace").replace("\x00", "")
    return _CIJFER.sub("•", tekst).encode() + b"\n"


def zet_terug(client: ApiClient, naam: str) -> Path:
    """Put a sealed original back in the folder of its sender; the next run takes it.

    Raises FileNotFoundError or NietTeOpenen.
    """
    map_ = Path(settings.OVERDRACHT_MAP) / client.client_id
    verzegeld = next(pad for pad in (*(map_ / waar / naam for waar in _MAPPEN), None) if pad is None or pad.is_file())
    if verzegeld is None or Path(naam).name != naam:
        raise FileNotFoundError(naam)
    doel = map_ / naam.removesuffix(ZEGEL).rsplit(".", 1)[0]
    with verzegeld.open("rb") as bron:
        schrijf(doel, open_zegel(bron))
    return doel


def verzegelde() -> Iterator[Path]:
    """Every sealed original of the senders of this gemeente."""
    for client_id in ApiClient.objects.order_by("pk").values_list("client_id", flat=True):
        for waar in _MAPPEN:
            yield from sorted((Path(settings.OVERDRACHT_MAP) / client_id / waar).glob(f"*{ZEGEL}"))


def ruim_op(map_: Path) -> tuple[int, int]:
    """One sender: (originals removed after their term, plain files of an earlier version that were sealed)."""
    dagen = int(opzoeken.getal("aanlevering.origineel_bewaren", klok.vandaag()))
    oud, weg, verzegeld = klok.wandklok() - dagen * 86400, 0, 0
    for pad in sorted(pad for waar in _MAPPEN for pad in (map_ / waar).glob("*") if pad.is_file()):
        if pad.stat().st_mtime < oud:
            pad.unlink()
            weg += 1
        elif pad.suffix != ZEGEL and not pad.name.startswith(".") and _noemt_nummer(pad):
            _verzegel_hier(pad)
            verzegeld += 1
    return weg, verzegeld


def _verzegel_hier(pad: Path) -> None:
    """Seal a plain file where it lies, with the day that it had."""
    stand = pad.stat()
    doel = pad.with_name(f"{veilige_naam(pad)}.{controlegetal(pad)[:_HEX]}{ZEGEL}")
    with pad.open("rb") as bron:
        schrijf(doel, verzegel(bron))
    os.utime(doel, (stand.st_atime, stand.st_mtime))
    pad.unlink()


def _noemt_nummer(pad: Path) -> bool:
    """Whether eight digits stand near each other, in whatever notation: then it may be a BSN."""
    staart = b""
    with pad.open("rb") as bron:
        while deel := bron.read(1 << 20):
            if _NUMMER.search(staart + deel):
                return True
            staart = deel[-_STAART:]
    return False
