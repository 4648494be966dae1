"""Files at rest under the keys of the BSN: sealed in pieces, so that a file of any size fits in memory.

A piece is bound to its place and to whether it is the last: pieces that were cut off, swapped or left out do not open.
"""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from kern import bsn

KOP = b"VERZEGELD1"
STUK = 1024 * 1024
_NONCE = 12
_LENGTE = struct.Struct("!I")


class NietTeOpenen(ValueError):
    """The file is not sealed by us, or not whole any more."""


def nieuwste_kop() -> bytes:
    """How everything under the newest key begins."""
    return KOP + b":" + bsn.nieuwste_sleutel()[0].encode() + b"\n"


def _plaats(nummer: int, laatste: bool) -> bytes:
    return KOP + struct.pack("!QB", nummer, laatste)


def verzegel(bron: BinaryIO) -> Iterator[bytes]:
    """The sealed pieces of what is read from `bron`, under the newest key."""
    sleutel = bsn.nieuwste_sleutel()[1]
    yield nieuwste_kop()
    nummer, deel = 0, bron.read(STUK)
    while True:
        volgend = bron.read(STUK)
        eenmalig = os.urandom(_NONCE)
        stuk = eenmalig + sleutel.encrypt(eenmalig, deel, _plaats(nummer, not volgend))
        yield _LENGTE.pack(len(stuk)) + stuk
        if not volgend:
            return
        nummer, deel = nummer + 1, volgend


def open_zegel(bron: BinaryIO) -> Iterator[bytes]:
    """What was sealed, piece by piece; raises NietTeOpenen when anything is not as it was."""
    kop, _, kenmerk = bron.readline(200).rstrip(b"\n").partition(b":")
    sleutel = bsn.sleutel(kenmerk.decode("ascii", "replace")) if kop == KOP else None
    if sleutel is None:
        raise NietTeOpenen("Dit bestand is niet door dit systeem versleuteld, of de sleutel is weg.")
    stukken, nummer = _stukken(bron), 0
    stuk = next(stukken, b"")
    while True:
        volgend = next(stukken, None)
        try:
            yield sleutel.decrypt(stuk[:_NONCE], stuk[_NONCE:], _plaats(nummer, volgend is None))
        except Exception as fout:
            raise NietTeOpenen("Dit bestand is niet heel meer.") from fout
        if volgend is None:
            return
        nummer, stuk = nummer + 1, volgend


def _stukken(bron: BinaryIO) -> Iterable[bytes]:
    while kop := bron.read(_LENGTE.size):
        if len(kop) < _LENGTE.size:
            raise NietTeOpenen("Dit bestand is niet heel meer.")
        yield bron.read(_LENGTE.unpack(kop)[0])


# --- Another key ---------------------------------------------------------------------------------------------------
class _Geopend(io.RawIOBase):
    """What was sealed, to read from: only a piece at a time is in memory."""

    def __init__(self, stukken: Iterator[bytes]) -> None:
        self._stukken, self._rest = stukken, b""

    def readable(self) -> bool:
        return True

    def readinto(self, doel: bytearray) -> int:  # type: ignore[override]
        while not self._rest:
            stuk = next(self._stukken, None)
            if stuk is None:
                return 0
            self._rest = stuk
        deel, self._rest = self._rest[: len(doel)], self._rest[len(doel) :]
        doel[: len(deel)] = deel
        return len(deel)


def opnieuw(bron: BinaryIO) -> Iterator[bytes]:
    """The same content under the newest key; what was never sealed gets its first seal. Raises NietTeOpenen."""
    begin = bron.read(len(KOP))
    bron.seek(0)
    yield from verzegel(io.BufferedReader(_Geopend(open_zegel(bron))) if begin == KOP else bron)  # type: ignore[arg-type]


def is_bij(pad: Path) -> bool:
    """Whether the file stands under the newest key; a file that is gone has nothing left to do."""
    kop = nieuwste_kop()
    try:
        with pad.open("rb") as bron:
            return bron.read(len(kop)) == kop
    except FileNotFoundError:
        return True


def herverzegel(pad: Path) -> None:
    """Bring one file under the newest key, with the day and the rights that it had. Raises NietTeOpenen."""
    stand = pad.stat()
    with pad.open("rb") as bron:
        schrijf(pad, opnieuw(bron))
    pad.chmod(stand.st_mode)
    os.utime(pad, (stand.st_atime, stand.st_mtime))


def schrijf(pad: Path, delen: Iterable[bytes]) -> None:
    """Write a file in one go: a reader sees the old one or the whole new one, also after a power cut."""
    tijdelijk = pad.with_name(f".{pad.name}.deel")
    with tijdelijk.open("wb") as uit:
        for deel in delen:
            uit.write(deel)
        uit.flush()
        os.fsync(uit.fileno())
    tijdelijk.replace(pad)
