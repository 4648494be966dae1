"""Looks for a number everywhere that the product leaves something: database, Redis, files, log."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import redis
from django.db import connections

from kern.logregels import JsonRegel
from reintegratie.lokaal.omgeving import REDIS_VARIABELEN
from tests.hulp.database import EIGENAAR


class Nummers:
    """Numbers that must leave no trace, each with the path by which it came in."""

    def __init__(self) -> None:
        self.waar: dict[str, str] = {}

    def neem(self, nummer: str, pad: str) -> str:
        """Remember by which path a number went in, and give it."""
        self.waar[nummer] = pad
        return nummer

    def _vormen(self) -> dict[str, str]:
        """Every way of writing that gives a number away: plain, bytes in hexadecimal, base64, or an unkeyed hash."""
        uit = {}
        for nummer, pad in self.waar.items():
            kaal = nummer.encode()
            punten = f"{nummer[:4]}.{nummer[4:6]}.{nummer[6:]}"
            hashes = [
                hashlib.new(soort, kaal, usedforsecurity=False).hexdigest() for soort in ("md5", "sha1", "sha256")
            ]
            # Base64 shifts with what stands before it: the part of each shift that the neighbours do not touch.
            b64 = [base64.b64encode(kaal), *(base64.b64encode(b"x" * n + kaal)[4:-4] for n in (1, 2))]
            for vorm in (nummer, punten, kaal.hex(), *hashes, *(b.decode() for b in b64)):
                uit[vorm] = pad
        return uit

    def in_tekst(self, tekst: str) -> set[str]:
        """The paths whose number shows in this text."""
        return {pad for vorm, pad in self._vormen().items() if vorm in tekst}

    def in_database(self) -> list[str]:
        """Every row of every table, as text, by the owner: no access rule or gemeente in between."""
        vormen = self._vormen()
        gevonden = []
        with connections[EIGENAAR].cursor() as cursor:
            cursor.execute(
                "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace "
                "WHERE c.relkind IN ('r', 'm') AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"
            )
            tabellen = [naam for (naam,) in cursor.fetchall()]
            assert len(tabellen) > 100, "de eigenaar ziet alle tabellen"
            for tabel in tabellen:
                cursor.execute(f"SELECT t::text FROM {tabel} t")
                for (rij,) in cursor.fetchall():
                    gevonden += [f"tabel {tabel}: {pad}: {rij[:300]}" for vorm, pad in vormen.items() if vorm in rij]
        return gevonden

    def in_redis(self) -> list[str]:
        """Every key and value of the cache, the sessions and the broker, messages unpacked."""
        gevonden = []
        for variabele in REDIS_VARIABELEN:
            with redis.Redis.from_url(os.environ[variabele]) as client:
                for sleutel in client.scan_iter():
                    for stuk in (sleutel, *waarden(client, sleutel)):
                        paden = self.in_tekst(als_tekst(stuk))
                        gevonden += [f"{variabele} {sleutel!r}: {pad}" for pad in paden]
        return gevonden

    def in_bestanden(self, map_: Path, *, namen: bool = True, behalve: Iterable[Path] = ()) -> list[str]:
        """Names and contents of files; `behalve` are folders with what others gave us, as they gave it."""
        gevonden, over = [], tuple(behalve)
        for pad in map_.rglob("*"):
            paden = self.in_tekst(pad.name) if namen else set()
            if pad.is_file() and not any(pad.is_relative_to(deel) for deel in over):
                paden |= self.in_tekst(pad.read_bytes().decode(errors="replace"))
            gevonden += [f"bestand {pad}: {wat}" for wat in paden]
        return gevonden


def waarden(client: redis.Redis, sleutel: bytes) -> Iterator[bytes]:
    soort = client.type(sleutel)
    if soort == b"string":
        yield client.get(sleutel) or b""
    elif soort == b"list":
        yield from client.lrange(sleutel, 0, -1)
    elif soort == b"hash":
        for veld, waarde in client.hgetall(sleutel).items():
            yield from (veld, waarde)
    elif soort == b"set":
        yield from client.smembers(sleutel)
    elif soort == b"zset":
        yield from (lid for lid, _ in client.zscan_iter(sleutel))


def als_tekst(stuk: bytes) -> str:
    """The bytes, and behind it the body of a task message, which travels in base64."""
    tekst = stuk.decode(errors="replace")
    try:
        bericht = json.loads(tekst)
        bericht = bericht[0] if isinstance(bericht, list) else bericht
        return tekst + base64.b64decode(bericht["body"]).decode(errors="replace")
    except (ValueError, KeyError, TypeError, IndexError):
        return tekst


class _Opvang(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.DEBUG)
        self.vorm, self.geschreven, self.rauw = JsonRegel(), [], []

    def emit(self, record: logging.LogRecord) -> None:
        self.geschreven.append(self.vorm.format(record))
        velden = {naam: waarde for naam, waarde in vars(record).items() if naam != "request"}
        fout = self.vorm.formatException(record.exc_info) if record.exc_info else ""
        self.rauw.append((record.name, f"{record.getMessage()} {velden} {fout}"))


@contextmanager
def luister_mee() -> Iterator[Any]:
    """Everything that is logged, at every level: as it is written, and raw before anything was hidden."""
    opvang, wortel = _Opvang(), logging.getLogger()
    niveau = wortel.level
    wortel.addHandler(opvang)
    wortel.setLevel(logging.DEBUG)
    try:
        yield opvang
    finally:
        wortel.setLevel(niveau)
        wortel.removeHandler(opvang)
