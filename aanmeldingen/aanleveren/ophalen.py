"""Reads referrals at a partner that keeps them ready: pages of JSON Lines, with a cursor.

    GET <url>?cursor=<what we got last>&limit=100      Authorization: Bearer …
    200, application/jsonl; the header `Next-Cursor` says where the next page starts; an empty page is the end

One page is one batch and one transaction: its lines, their outcomes and the cursor are all kept, or none is.
"""

from __future__ import annotations

import base64
import hashlib
import http.client
import io
import json
import logging
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from aanmeldingen.aanleveren.lezen import MAX_REGEL, lees_jsonl
from aanmeldingen.aanleveren.map import INDIENEN
from aanmeldingen.aanleveren.regel import verwerk
from aanmeldingen.keuzes import Aanleverwijze, Regelstand
from aanmeldingen.models import Ophaalstand
from aanmeldingen.services.aanlevering import (
    begin_aanlevering,
    meld_ophalen_mislukt,
    sluit_aanlevering,
    verzet_cursor,
)
from kern import klok
from kern.handeling import handeling
from kern.models import ApiClient
from kern.taken import Loop
from kern.weergave import datum

log = logging.getLogger("aanmeldingen.ophalen")
PER_PAGINA = 100
MAX_PAGINAS = 1000
_WACHTTIJD = 30
_MAX_ANTWOORD = PER_PAGINA * MAX_REGEL // 4
_LENGTES = (3, 5)
_VOORBEELD = "client-id|adres|token of client-id|adres|token-adres|naam|geheim"


class OphalenMislukt(Exception):
    """The partner did not give a page; the text is for the beheerder and holds nothing of the page."""


@dataclass(frozen=True)
class Bron:
    """Where a partner keeps its referrals, and how we show who we are."""

    client_id: str
    adres: str
    token: str = field(default="", repr=False)
    token_adres: str = ""
    naam: str = ""
    geheim: str = field(default="", repr=False)

    @classmethod
    def van(cls, regel: str) -> Bron:
        """From a line of OVERDRACHT_BRONNEN; a line that is wrong stops the job, without repeating the secret."""
        delen = [deel.strip() for deel in regel.split("|")]
        if len(delen) not in _LENGTES or not all(delen):
            raise ImproperlyConfigured(f"OVERDRACHT_BRONNEN: schrijf {_VOORBEELD}.")
        bron = cls(*delen) if len(delen) == _LENGTES[0] else cls(delen[0], delen[1], "", *delen[2:])
        for adres in filter(None, (bron.adres, bron.token_adres)):
            if urlsplit(adres).scheme != "https" and (settings.PRODUCTIE or urlsplit(adres).scheme != "http"):
                raise ImproperlyConfigured("OVERDRACHT_BRONNEN: een adres begint met https://.")
        return bron


@dataclass(frozen=True)
class Pagina:
    inhoud: bytes = field(repr=False)
    volgende: str


def te_bevragen() -> Iterator[tuple[ApiClient, Bron]]:
    """Every configured partner that is a client here and may send."""
    bronnen = {bron.client_id: bron for bron in map(Bron.van, settings.OVERDRACHT_BRONNEN)}
    clients = ApiClient.objects.filter(actief=True, scopes__contains=[INDIENEN], client_id__in=bronnen)
    for client in clients.order_by("pk"):
        yield client, bronnen[client.client_id]


def haal_op(client: ApiClient, bron: Bron, loop: Loop) -> bool:
    """Read pages until there are no more; False when the partner could not be read."""
    try:
        token = bron.token or _vraag_token(bron)
        for _ in range(MAX_PAGINAS):
            stand = Ophaalstand.objects.filter(client=client).order_by("pk").first()
            cursor = stand.cursor if stand else ""
            pagina = _vraag_pagina(bron, token, cursor)
            _neem_pagina(client, cursor, pagina, loop)
            if not pagina.inhoud.strip() or pagina.volgende == cursor:
                return True
    except OphalenMislukt as fout:
        log.warning("ophalen mislukt", extra={"client": client.client_id, "soort": str(fout)})
        meld_ophalen_mislukt(client, str(fout), actor=loop.actor)
        return False
    return True


def _neem_pagina(client: ApiClient, cursor: str, pagina: Pagina, loop: Loop) -> None:
    standen: list[str] = []
    with handeling(loop.actor):
        if pagina.inhoud.strip():
            merk = hashlib.sha256(b"\n".join((client.client_id.encode(), cursor.encode(), pagina.inhoud)))
            naam = f"Opgehaald op {datum(klok.vandaag())}"
            aanlevering, nieuw = begin_aanlevering(
                client, Aanleverwijze.OPHALEN, naam, merk.hexdigest(), actor=loop.actor
            )
            if nieuw:
                for regel in lees_jsonl(io.BytesIO(pagina.inhoud)):
                    standen.append(verwerk(aanlevering, regel, actor=loop.actor))
                sluit_aanlevering(aanlevering, actor=loop.actor)
        verzet_cursor(client, pagina.volgende, actor=loop.actor)
    for stand in standen:
        loop.tel(f"regels {Regelstand(stand).label.lower()}")
    loop.meld(f"Ophalen bij {client.naam}", loop.rij.gedaan + len(standen))


# --- Speaking to the partner -------------------------------------------------------------------------------------


def _vraag_pagina(bron: Bron, token: str, cursor: str) -> Pagina:
    vragen = {"limit": PER_PAGINA} | ({"cursor": cursor} if cursor else {})
    scheiding = "&" if urlsplit(bron.adres).query else "?"
    koppen = {"Authorization": f"Bearer {token}", "Accept": "application/jsonl"}
    antwoord, inhoud = _doe("GET", f"{bron.adres}{scheiding}{urlencode(vragen)}", koppen)
    volgende = antwoord.headers.get("Next-Cursor", "")
    if not volgende or len(volgende) > Ophaalstand._meta.get_field("cursor").max_length:
        raise OphalenMislukt("In het antwoord ontbreekt de kop Next-Cursor, of die is te lang.")
    return Pagina(inhoud, volgende)


def _vraag_token(bron: Bron) -> str:
    """OAuth 2 client credentials (RFC 6749, 4.4), with name and secret in the header."""
    wie = base64.b64encode(f"{quote(bron.naam)}:{quote(bron.geheim)}".encode()).decode()
    koppen = {"Authorization": f"Basic {wie}", "Content-Type": "application/x-www-form-urlencoded"}
    _, inhoud = _doe("POST", bron.token_adres, koppen, b"grant_type=client_credentials")
    try:
        token = json.loads(inhoud)["access_token"]
    except (ValueError, KeyError, TypeError) as fout:
        raise OphalenMislukt("Het token-adres gaf geen token.") from fout
    return str(token)


def _doe(
    wijze: str, adres: str, koppen: dict[str, str], inhoud: bytes | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    """One request without redirects; everything but 200 is a failure."""
    deel = urlsplit(adres)
    lijn = _verbinding(deel.scheme, str(deel.hostname), deel.port)
    try:
        lijn.request(wijze, (deel.path or "/") + (f"?{deel.query}" if deel.query else ""), inhoud, koppen)
        antwoord = lijn.getresponse()
        gelezen = antwoord.read(_MAX_ANTWOORD + 1)
    except (OSError, http.client.HTTPException) as fout:
        raise OphalenMislukt(f"Geen verbinding met {deel.hostname} ({type(fout).__name__}).") from fout
    finally:
        lijn.close()
    if antwoord.status != HTTPStatus.OK:
        raise OphalenMislukt(f"{deel.hostname} antwoordde met code {antwoord.status}.")
    if len(gelezen) > _MAX_ANTWOORD:
        raise OphalenMislukt(f"Het antwoord van {deel.hostname} is te groot.")
    return antwoord, gelezen


def _verbinding(schema: str, host: str, poort: int | None) -> http.client.HTTPConnection:
    if schema == "http":
        return http.client.HTTPConnection(host, poort, timeout=_WACHTTIJD)
    context = ssl.create_default_context(cafile=settings.WEBHOOK_CA or None)
    return http.client.HTTPSConnection(host, poort, timeout=_WACHTTIJD, context=context)
