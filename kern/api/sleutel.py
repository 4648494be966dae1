"""The key with which our own token endpoint signs: from a file, made once outside production."""

from __future__ import annotations

import os
import tempfile
from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from joserfc.jwk import RSAKey


def ondertekensleutel() -> RSAKey:
    """The private key of this installation, the same for every worker; raises ImproperlyConfigured
    without one.
    """
    return _lees(settings.OAUTH_SLEUTELBESTAND)


@lru_cache(maxsize=4)
def _lees(pad: str) -> RSAKey:
    if not pad:
        raise ImproperlyConfigured("Zet OAUTH_SLEUTELBESTAND op een PEM-bestand met een RSA-sleutel.")
    bestand = Path(pad)
    if not bestand.exists() and not settings.PRODUCTIE:
        _maak(bestand)
    sleutel = RSAKey.import_key(bestand.read_bytes())
    return RSAKey.import_key(sleutel.as_dict(private=True) | {"kid": sleutel.thumbprint(), "use": "sig"})


def _maak(bestand: Path) -> None:
    """Make a key; when two workers do so at the same time, the first file stays."""
    bestand.parent.mkdir(parents=True, exist_ok=True)
    pem = rsa.generate_private_key(public_exponent=65537, key_size=2048).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    handvat, tijdelijk = tempfile.mkstemp(dir=bestand.parent)
    try:
        os.write(handvat, pem)
        os.close(handvat)
        os.link(tijdelijk, bestand)
    except FileExistsError:
        pass
    finally:
        os.unlink(tijdelijk)
