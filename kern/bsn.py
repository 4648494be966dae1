"""The BSN: encrypted with AES-GCM under a rotating key, found by a keyed hash (ONTWERP 3.10, Wabb art. 10-12)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import re
from functools import lru_cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ValidationError
from stdnum.exceptions import ValidationError as Ongeldig
from stdnum.nl import bsn as elfproef

_GETYPT = re.compile(r"\d(?:[ .-]?\d){7,8}")


@lru_cache(maxsize=1)
def _sleutels(regels: tuple[str, ...]) -> dict[str, AESGCM]:
    paren = (regel.split(":", 1) for regel in regels)
    return {kenmerk: AESGCM(base64.b64decode(sleutel)) for kenmerk, sleutel in paren}


def nieuwste_sleutel() -> tuple[str, AESGCM]:
    """The key under which everything new is stored, with its id."""
    return next(iter(_sleutels(tuple(settings.BSN_SLEUTELS)).items()))


def sleutel(kenmerk: str) -> AESGCM | None:
    """A key by its id; None when it is no longer there."""
    return _sleutels(tuple(settings.BSN_SLEUTELS)).get(kenmerk)


def afdruk(inhoud: bytes, waarvoor: str) -> str:
    """Keyed hash (HMAC-SHA256) of something that may hold a BSN: without the key nobody can try numbers against it."""
    return hmac.new(settings.BSN_ZOEKSLEUTEL.encode(), waarvoor.encode() + b":" + inhoud, hashlib.sha256).hexdigest()


def controleer(bsn: str) -> str:
    """The nine digits of a valid BSN; raises a Dutch ValidationError when the 11-test fails."""
    try:
        return elfproef.validate(bsn)
    except Ongeldig as fout:
        raise ValidationError("Dit burgerservicenummer klopt niet. Controleer de negen cijfers.", code="bsn") from fout


def staat_in(tekst: str) -> bool:
    """Whether somebody typed a valid BSN in free text, with or without dots, dashes or spaces."""
    for cijfers in _GETYPT.findall(tekst):
        try:
            controleer(re.sub(r"\D", "", cijfers))
        except ValidationError:
            continue
        return True
    return False


def versleutel(bsn: str, rij: str) -> bytes:
    """Ciphertext bound to `rij` (e.g. `deelnemer:12`): copied to another row it cannot be read."""
    kenmerk, aes = nieuwste_sleutel()
    eenmalig = os.urandom(12)
    return kenmerk.encode() + b":" + eenmalig + aes.encrypt(eenmalig, bsn.encode(), rij.encode())


def ontsleutel(waarde: bytes | memoryview, rij: str) -> str:
    """The BSN; raises cryptography.exceptions.InvalidTag when the value was tampered with or moved."""
    kenmerk, rest = bytes(waarde).split(b":", 1)
    return (
        _sleutels(tuple(settings.BSN_SLEUTELS))[kenmerk.decode()].decrypt(rest[:12], rest[12:], rij.encode()).decode()
    )


def kop_versleuteld() -> bytes:
    """How a value under the newest key begins."""
    return next(iter(_sleutels(tuple(settings.BSN_SLEUTELS)))).encode() + b":"


# --- The blind index ---------------------------------------------------------------------------------------------
# Layers: the first key makes a hash of the number, each later key a hash of the hash before it. So a stored hash can
# be brought under a new key without knowing the number, and what stands under an older layer is still found.
HASHLENGTE = 32


def _lagen() -> list[tuple[bytes, bytes]]:
    """Name and key of the later layers, oldest first."""
    paren = (regel.split(":", 1) for regel in reversed(settings.BSN_ZOEKSLEUTELS_LATER))
    return [(kenmerk.encode() + b":", geheim.encode()) for kenmerk, geheim in paren]


def zoeksleutel(bsn: str) -> bytes:
    """Blind index (HMAC-SHA256) for exact look-up and uniqueness: the first layer. Look up with `mogelijk`, store
    `te_bewaren`.
    """
    return hmac.new(settings.BSN_ZOEKSLEUTEL.encode(), bsn.encode(), hashlib.sha256).digest()


def mogelijk(waarde: bytes | memoryview) -> list[bytes]:
    """This hash and what it is under each later key: a row may stand under any of them while keys are replaced."""
    uit, lagen = [bytes(waarde)], _lagen()
    koppen = [kop for kop, _ in lagen]
    vanaf = next((n for n, kop in enumerate(koppen, 1) if _van_laag(uit[0], kop)), 0)
    for kop, geheim in lagen[vanaf:]:
        uit.append(kop + hmac.new(geheim, uit[-1][-HASHLENGTE:], hashlib.sha256).digest())
    return uit


def _van_laag(waarde: bytes, kop: bytes) -> bool:
    return len(waarde) == len(kop) + HASHLENGTE and waarde.startswith(kop)


def te_bewaren(waarde: bytes | memoryview) -> bytes:
    """The hash under the newest key."""
    return mogelijk(waarde)[-1]


def kop_gezocht() -> bytes:
    """How a hash under the newest key begins; empty when there is only the first key."""
    lagen = _lagen()
    return lagen[-1][0] if lagen else b""


#: Nine digits in a row are never shown; eight, or nine with dots or spaces, only hidden when they pass the 11-test.
_CIJFERS = re.compile(r"(?<!\d)\d(?:[ .]?\d){7,8}(?!\d)")
_NEGEN = 9


def verberg(tekst: str) -> str:
    """The text with every number that is or may be a BSN hidden."""

    def vervang(gevonden: re.Match[str]) -> str:
        kaal = re.sub(r"\D", "", gevonden[0])
        heel = gevonden[0] == kaal and len(kaal) == _NEGEN
        return "•••" if heel or elfproef.is_valid(kaal.zfill(_NEGEN)) else gevonden[0]

    return _CIJFERS.sub(vervang, tekst)


#: Nine digits that stand alone: not a part of a longer number, of a word or of a UUID.
_LOS = re.compile(r"(?<![0-9A-Za-z])\d{9}(?![0-9A-Za-z])")


def noemt_bsn(tekst: str) -> bool:
    """Whether a reference or key that we keep in plain text holds a BSN."""
    return any(elfproef.is_valid(nummer) for nummer in _LOS.findall(tekst))
