"""Files at rest under the keys of the BSN: sealed in pieces, so that a file of any size fits in memory.

A piece is bound to its place and to whether it is the last: pieces that were cut off, swapped or left out do not open.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from kern import bsn

KOP = b"VERZEGELD1"
STUK = 1024 * 1024
_NONCE = 12
_LENGTE = struct.Struct("!I")


class NietTeOpenen(ValueError):
    """The file is not sealed by us, or not whole any more."""


def _plaats(nummer: int, laatste: bool) -> bytes:
    return KOP + struct.pack("!QB", nummer, laatste)


def verzegel(bron: BinaryIO) -> Iterator[bytes]:
    """The sealed pieces of what is read from `bron`, under the newest key."""
    kenmerk, sleutel = bsn.nieuwste_sleutel()
    yield KOP + b":" + kenmerk.encode() + b"\n"
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
