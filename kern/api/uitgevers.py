"""Token issuers outside this installation: which we trust, and the keys that they publish (JWKS)."""

from __future__ import annotations

import json
import logging
import threading
import time
import urllib.request
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

from kern.api.problemen import ApiFout

log = logging.getLogger("kern.api")
#: Keys are fetched afresh after so many seconds; when that fails, the known ones stay good for a day.
VERS, HOUDBAAR = 600, 86_400
#: For an unknown key we ask the issuer again, but not sooner than this after the last time.
RUST = 60
_SECONDEN, _MAX_BYTES, _MINIMALE_RSA = 3, 200_000, 2048


@dataclass(frozen=True)
class Uitgever:
    """A trusted issuer: its name (`iss`), where its keys are, and the `aud` that it puts into tokens for us."""

    naam: str
    jwks: str
    doelgroep: str = ""


def uitgevers() -> dict[str, Uitgever]:
    """The configured issuers by name; each is `issuer|jwks-url` or `issuer|jwks-url|audience`."""
    rijen = [Uitgever(*(deel.strip() for deel in regel.split("|", 2))) for regel in settings.API_EXTERNE_UITGEVERS]
    return {uitgever.naam: uitgever for uitgever in rijen}


class _GeenOmleiding(urllib.request.HTTPRedirectHandler):
    """Keys come from the configured address and from nowhere else."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class Sleutelbos:
    """The keys of one issuer, kept in this process."""

    def __init__(self, adres: str) -> None:
        self.adres = adres
        self._sleutels: dict[str, Any] = {}
        self._gelukt = self._gevraagd = float("-inf")
        self._slot = threading.Lock()

    def zoek(self, kid: str | None) -> Any:
        """The key `kid`; None when the issuer does not have it, ApiFout (503) when we cannot know."""
        with self._slot:
            nu = time.monotonic()
            verouderd = nu - self._gelukt > VERS
            if (verouderd or kid not in self._sleutels) and nu - self._gevraagd > RUST:
                self._ververs()
            if kid in self._sleutels and time.monotonic() - self._gelukt <= HOUDBAAR:
                return self._sleutels[kid]
            if self._gevraagd > self._gelukt:
                wacht = max(1, int(RUST - (time.monotonic() - self._gevraagd)) + 1)
                raise ApiFout(
                    "niet-beschikbaar",
                    "De uitgever van je token is niet bereikbaar, dus we kunnen het niet controleren.",
                    headers={"Retry-After": str(wacht)},
                )
            return None

    def _ververs(self) -> None:
        self._gevraagd = time.monotonic()
        try:
            self._sleutels = _haal_op(self.adres)
        except (OSError, ValueError, TypeError, AttributeError, KeyError, JoseError):
            log.warning("sleutels van externe uitgever niet op te halen", extra={"adres": self.adres}, exc_info=True)
        else:
            self._gelukt = self._gevraagd


def _haal_op(adres: str) -> dict[str, Any]:
    """The RSA keys to check signatures with, by kid."""
    if not adres.startswith("https://") and settings.PRODUCTIE:
        raise ValueError("JWKS alleen via https")
    verzoek = urllib.request.Request(adres, headers={"Accept": "application/json"})  # noqa: S310  # own settings
    with urllib.request.build_opener(_GeenOmleiding).open(verzoek, timeout=_SECONDEN) as antwoord:
        inhoud = json.loads(antwoord.read(_MAX_BYTES))
    return {str(jwk["kid"]): RSAKey.import_key(_publiek(jwk)) for jwk in inhoud["keys"] if _bruikbaar(jwk)}


def _publiek(jwk: dict[str, Any]) -> dict[str, Any]:
    return {naam: jwk[naam] for naam in ("kty", "n", "e", "kid")}


def _bruikbaar(jwk: dict[str, Any]) -> bool:
    """An RSA key of enough bits that is meant for signatures."""
    voor_handtekening = jwk.get("kty") == "RSA" and jwk.get("use", "sig") == "sig"
    bits = len(str(jwk.get("n", ""))) * 6  # base64url
    return bool(voor_handtekening and jwk.get("kid") and bits >= _MINIMALE_RSA)


_bossen: dict[str, Sleutelbos] = {}


def sleutel_van(uitgever: Uitgever, kid: str | None) -> Any:
    """The key `kid` of this issuer, see `Sleutelbos.zoek`."""
    return _bossen.setdefault(uitgever.jwks, Sleutelbos(uitgever.jwks)).zoek(kid)


def vergeet() -> None:
    """Start with empty key rings (tests, changed settings)."""
    _bossen.clear()
