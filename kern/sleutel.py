"""The key in a link that somebody without an account opens: 256 random bits, of which only a print is stored.

The key itself stands in the mail or on the screen once and nowhere else. A plain hash is enough: nobody can guess the
bits.
"""

from __future__ import annotations

import hashlib
import secrets


def nieuwe_sleutel() -> str:
    """A new key, fit for an address."""
    return secrets.token_urlsafe(32)


def afdruk(sleutel: str) -> str:
    """What is stored of a key (64 hexadecimal characters), and what a key from an address is looked up by."""
    return hashlib.sha256(sleutel.encode()).hexdigest()
