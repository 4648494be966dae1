"""The erasure register outside the database, and what it is for: cleaning a restored backup again (R226).

One JSON line per erasure, with the BSN only as a keyed hash. The file is only added to; it lies with the documents,
so that a restore of the database alone does not take it back in time.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connections, transaction

from deelnemers.models import Burgerservicenummer, Deelnemer, Wisregel
from deelnemers.services.vernietigen import DOSSIER
from deelnemers.services.wissen import WISSER, rijen_van, sleutel_van, wis_dossier, wis_rijen
from kern.aansluitingen import bewaartermijnen
from kern.bsn import mogelijk
from kern.handeling import Actor, huidige_gemeente_id
from kern.models import Gemeente
from kern.wissen import NietTeWissen, meld_actor


def pad() -> Path:
    """The file of this gemeente."""
    code = Gemeente.objects.get(pk=huidige_gemeente_id()).code
    return Path(settings.MEDIA_ROOT) / "wisregister" / f"{code}.jsonl"


def regels() -> Iterator[str]:
    """The register as lines of JSON, oldest first."""
    for rij in Wisregel.objects.order_by("gewist_op", "pk"):
        yield _json(rij)


def _json(rij: Wisregel) -> str:
    return json.dumps(
        {
            "sleutel": bytes(rij.sleutel).hex(),
            "met_bsn": rij.met_bsn,
            "soort": rij.soort,
            "grens": rij.grens.isoformat() if rij.grens else None,
            "gewist_op": rij.gewist_op.isoformat(),
        },
        sort_keys=True,
    )


def leg_weg() -> int:
    """Add to the file what is not in it yet; returns how many lines."""
    bestand = pad()
    bekend = set(bestand.read_text().splitlines()) if bestand.exists() else set()
    nieuw = [regel for regel in regels() if regel not in bekend]
    if nieuw:
        bestand.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with bestand.open("a") as doel:
            doel.write("".join(f"{regel}\n" for regel in nieuw))
        bestand.chmod(0o600)
    return len(nieuw)


def herhaal(lijnen: Iterable[str], actor: Actor) -> dict[str, int]:
    """Erase again what a restored backup brought back. Who came (back) after the erasure stays. Gives counts."""
    uit = {"regels": 0, "opnieuw gewist": 0, "niet gelukt": 0}
    bekend = set(regels())
    for lijn in filter(None, map(str.strip, lijnen)):
        data = json.loads(lijn)
        op = dt.datetime.fromisoformat(data["gewist_op"])
        uit["regels"] += 1
        try:
            uit["opnieuw gewist"] += _herhaal(data, op, actor)
        except NietTeWissen:
            uit["niet gelukt"] += 1
            continue
        if lijn not in bekend:
            Wisregel.objects.create(
                sleutel=bytes.fromhex(data["sleutel"]),
                met_bsn=data["met_bsn"],
                soort=data["soort"],
                grens=data["grens"],
                gewist_op=op,
            )
            bekend.add(lijn)
    return uit


def _herhaal(data: dict[str, Any], op: dt.datetime, actor: Actor) -> int:
    mensen = _mensen(bytes.fromhex(data["sleutel"]), data["met_bsn"], op)
    gedaan = 0
    with transaction.atomic(using=WISSER), connections[WISSER].cursor() as cursor:
        meld_actor(cursor, actor)
        if data["soort"] == DOSSIER:
            for deelnemer in mensen:
                wis_dossier(cursor, {deelnemer.pk: deelnemer}, actor, None)
                gedaan += 1
            return gedaan
        termijn = bewaartermijnen.op_sleutel(data["soort"])
        if termijn is None:
            return 0
        grens = dt.date.fromisoformat(data["grens"])
        for deelnemer in mensen:
            gedaan += _rijen(
                cursor,
                termijn,
                grens,
                waar="t.deelnemer_id = %s",
                waarden=[deelnemer.pk],
                wie=deelnemer.pk,
                actor=actor,
            )
        if not mensen and data["met_bsn"] and termijn.tabel == "aanmeldingen_aanmelding":
            waar = "t.deelnemer_id IS NULL AND t.bsn_zoeksleutel = %s AND t.aangemaakt_op < %s"
            gedaan += _rijen(
                cursor,
                termijn,
                grens,
                waar=waar,
                waarden=[bytes.fromhex(data["sleutel"]), op],
                wie=None,
                actor=actor,
            )
    return gedaan


def _rijen(
    cursor: Any, termijn: Any, grens: dt.date, *, waar: str, waarden: list[Any], wie: int | None, actor: Actor
) -> int:
    pks = rijen_van(cursor, termijn, grens, waar, waarden)
    if pks:
        wis_rijen(cursor, termijn, pks, deelnemer_id=wie, actor=actor)
    return len(pks)


def _mensen(sleutel: bytes, met_bsn: bool, op: dt.datetime) -> list[Deelnemer]:
    """Who this line of the register is about, as far as the dossier is older than the erasure."""
    ouder = Deelnemer.objects.using(WISSER).filter(aangemaakt_op__lt=op).order_by("pk")
    if met_bsn:
        met = Burgerservicenummer.objects.using(WISSER).filter(zoeksleutel__in=mogelijk(sleutel)).order_by("pk")
        return list(ouder.filter(pk__in=list(met.values_list("deelnemer_id", flat=True))))
    nummers = ouder.values_list("pk", "dossiernummer").iterator(chunk_size=2000)
    return list(ouder.filter(pk__in=[pk for pk, nummer in nummers if sleutel_van(nummer) == sleutel]))
