#!/usr/bin/env python3
"""A small client of the referral API: make a key, get a token, post a referral, follow it.

    python3 voorbeeld_client.py sleutel                       makes sleutel.pem, prints the public key (JWK)
    python3 voorbeeld_client.py meld-aan aanmelding.json      posts a referral and prints the answer
    python3 voorbeeld_client.py volg                          prints what happened since the last time

Settings come from the environment: API_BASIS (https://…), API_CLIENT (client id), API_SLEUTEL (sleutel.pem).
Needs only `joserfc`; everything else is the standard library.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from pathlib import Path
from typing import Any

from joserfc import jwt
from joserfc.jwk import RSAKey

ASSERTIE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
POGINGEN = 5


class Fout(Exception):
    """The API refused; `probleem` is the answer (RFC 9457), with every fault in `invalidParams`."""

    def __init__(self, probleem: dict[str, Any]) -> None:
        super().__init__(probleem.get("detail") or probleem.get("error_description") or str(probleem))
        self.probleem = probleem


def maak_sleutel(pad: Path) -> dict[str, Any]:
    """Make a key pair; the private half stays in `pad`, the public half goes to the functioneel beheerder."""
    sleutel = RSAKey.generate_key(2048, auto_kid=True)
    pad.write_bytes(sleutel.as_pem(private=True))
    pad.chmod(0o600)
    return sleutel.as_dict(private=False)


class Client:
    """Talks to the API; a token is fetched when needed and kept until it ends."""

    def __init__(self, basis: str, client_id: str, sleutelbestand: Path) -> None:
        self.basis, self.client_id = basis.rstrip("/"), client_id
        sleutel = RSAKey.import_key(sleutelbestand.read_bytes())
        self.sleutel, self.kid = sleutel, sleutel.thumbprint()
        self._token, self._tot = "", 0.0

    def _vraag(self, verzoek: urllib.request.Request) -> tuple[int, Any, Any]:
        """One request; a network fault or 429/503 is tried again: the Idempotency-Key makes that safe."""
        for poging in range(POGINGEN):
            try:
                with urllib.request.urlopen(verzoek, timeout=20) as antwoord:
                    tekst = antwoord.read()
                    return antwoord.status, antwoord.headers, json.loads(tekst) if tekst else None
            except urllib.error.HTTPError as fout:
                if fout.code not in {429, 503} or poging == POGINGEN - 1:
                    raise Fout(json.loads(fout.read())) from fout
                wacht = float(fout.headers.get("Retry-After", 2**poging))
            except urllib.error.URLError:
                if poging == POGINGEN - 1:
                    raise
                wacht = 2.0**poging
            time.sleep(wacht)
        raise AssertionError

    def token(self) -> str:
        """An access token, with a signed assertion instead of a password (private_key_jwt)."""
        if time.time() < self._tot - 30:
            return self._token
        nu, adres = int(time.time()), f"{self.basis}/oauth/token"
        claims = {
            "iss": self.client_id,
            "sub": self.client_id,
            "aud": adres,
            "iat": nu,
            "exp": nu + 120,
            "jti": uuid.uuid4().hex,
        }
        assertie = jwt.encode({"alg": "PS256", "kid": self.kid}, claims, self.sleutel, algorithms=["PS256"])
        velden = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTIE,
            "client_assertion": assertie,
        }
        _, _, gegevens = self._vraag(urllib.request.Request(adres, urllib.parse.urlencode(velden).encode()))
        self._token, self._tot = gegevens["access_token"], nu + gegevens["expires_in"]
        return self._token

    def _api(self, methode: str, pad: str, inhoud: Any = None, **koppen: str) -> tuple[int, Any, Any]:
        alle = {"Authorization": f"Bearer {self.token()}", "Accept": "application/json", **koppen}
        lichaam = None
        if inhoud is not None:
            lichaam, alle["Content-Type"] = json.dumps(inhoud).encode(), "application/json"
        return self._vraag(urllib.request.Request(f"{self.basis}/api/v1{pad}", lichaam, headers=alle, method=methode))

    def meld_aan(self, aanmelding: dict[str, Any]) -> dict[str, Any]:
        """Post a referral. The key is kept for every try of this call, so it is stored once."""
        return self._api("POST", "/aanmeldingen", aanmelding, **{"Idempotency-Key": uuid.uuid4().hex})[2]

    def haal(self, kenmerk: str) -> dict[str, Any]:
        """One referral as it stands now."""
        return self._api("GET", f"/aanmeldingen/{kenmerk}")[2]

    def volg(self, cursor: str = "0") -> tuple[list[dict[str, Any]], str]:
        """All events after `cursor`, and the cursor for next time."""
        events: list[dict[str, Any]] = []
        while True:
            _, _, deel = self._api("GET", f"/gebeurtenissen?cursor={cursor}&limit=100")
            events += deel["resultaten"]
            cursor = deel["cursor"]
            if not deel["meer"]:
                return events, cursor


def main(woorden: list[str]) -> int:
    """The three words of the command line."""
    sleutel = Path(os.environ.get("API_SLEUTEL", "sleutel.pem"))
    if woorden[:1] == ["sleutel"]:
        print(json.dumps(maak_sleutel(sleutel), indent=2))
        return 0
    client = Client(os.environ["API_BASIS"], os.environ["API_CLIENT"], sleutel)
    try:
        if woorden[:1] == ["meld-aan"] and woorden[1:]:
            print(json.dumps(client.meld_aan(json.loads(Path(woorden[1]).read_text())), indent=2, ensure_ascii=False))
        elif woorden[:1] == ["volg"]:
            bewaard = Path("cursor.txt")
            events, cursor = client.volg(bewaard.read_text() if bewaard.exists() else "0")
            print(json.dumps(events, indent=2, ensure_ascii=False))
            bewaard.write_text(cursor)
        else:
            print(__doc__, file=sys.stderr)
            return 2
    except Fout as fout:
        print(json.dumps(fout.probleem, indent=2, ensure_ascii=False), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
