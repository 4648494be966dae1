"""The folder of a sender: take a file, process its lines, write the answer beside it, put the file away.

    <OVERDRACHT_MAP>/<client-id>/2026-03-02.jsonl                 dropped by the sender
    <OVERDRACHT_MAP>/<client-id>/2026-03-02.jsonl.antwoord.jsonl  our answer
    <OVERDRACHT_MAP>/<client-id>/verwerkt/…                       what was processed, sealed (see `originelen`)
    <OVERDRACHT_MAP>/<client-id>/quarantaine/…                    the lines that could not be read, without digits

Putting the file away is the last step: a run that was killed before it finds the file, and what it did, again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings

from aanmeldingen.aanleveren.lezen import CSV, JSONL, BestandOnleesbaar, Regel, lees
from aanmeldingen.aanleveren.originelen import controlegetal as getal_van
from aanmeldingen.aanleveren.originelen import leg_weg, schrijf, veilige_naam, zonder_cijfers
from aanmeldingen.aanleveren.regel import verwerk
from aanmeldingen.aanleveren.veilig import zonder_bsn
from aanmeldingen.keuzes import Aanleverstand, Aanleverwijze, Regelstand
from aanmeldingen.models import Aanlevering
from aanmeldingen.querysets import antwoordregels, genoteerde_regels
from aanmeldingen.regels import ontbrekende_documenten
from aanmeldingen.services.aanlevering import begin_aanlevering, sluit_aanlevering
from kern.models import ApiClient
from kern.taken import Loop

MAX_BESTAND = 200 * 1024 * 1024
ANTWOORD = ".antwoord.jsonl"
INDIENEN = "aanmeldingen.indienen"
_MAPNAAM = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_MELD_PER = 50


def afzenders() -> Iterator[tuple[ApiClient, Path]]:
    """Every client that may send and has a folder."""
    if not settings.OVERDRACHT_MAP:
        return
    for client in ApiClient.objects.filter(actief=True, scopes__contains=[INDIENEN]).order_by("pk"):
        map_ = Path(settings.OVERDRACHT_MAP) / client.client_id
        if _MAPNAAM.fullmatch(client.client_id) and map_.is_dir():
            yield client, map_


def bestanden(map_: Path) -> list[Path]:
    """What waits in a folder, oldest name first; a hidden file or one that is still being written is left."""
    return sorted(
        pad
        for pad in map_.iterdir()
        if pad.is_file()
        and not pad.is_symlink()
        and pad.suffix.lower() in JSONL | CSV
        and not pad.name.startswith(".")
        and not pad.name.endswith(ANTWOORD)
    )


def verwerk_bestand(client: ApiClient, pad: Path, loop: Loop) -> Aanlevering:
    """Take one file; what was done before (by a killed run, or the same file last week) is not done again."""
    kenmerk = _kenmerk(pad)
    getal = getal_van(pad)
    aanlevering, _ = begin_aanlevering(
        client, Aanleverwijze.BESTAND, zonder_bsn(pad.name, 200), getal, actor=loop.actor
    )
    if aanlevering.client_id != client.pk:
        # Another sender gave exactly this file: its outcomes are not for the eyes of this one.
        schrijf(pad.with_name(pad.name + ANTWOORD), _als_regels([_BIJ_EEN_ANDER]))
        _leg_weg(pad, "quarantaine", kenmerk, getal)
        loop.tel("bestanden niet te lezen")
        return aanlevering
    if aanlevering.stand == Aanleverstand.BEZIG:
        aanlevering = _neem_regels(aanlevering, pad, loop)
    else:
        loop.tel("bestanden die we al hadden")
    _quarantaine(aanlevering, pad)
    schrijf(pad.with_name(pad.name + ANTWOORD), antwoord(aanlevering))
    heel = aanlevering.stand != Aanleverstand.ONLEESBAAR
    _leg_weg(pad, "verwerkt" if heel else "quarantaine", kenmerk, getal)
    return aanlevering


_BIJ_EEN_ANDER = {
    "regel": 0,
    "status": Regelstand.ONLEESBAAR,
    "fouten": [
        {"veld": "bestand", "code": "bestaat-al", "reden": "Een andere afzender leverde precies dit bestand aan."}
    ],
}


def _neem_regels(aanlevering: Aanlevering, pad: Path, loop: Loop) -> Aanlevering:
    al, gedaan = genoteerde_regels(aanlevering), 0
    try:
        for regel in _regels(pad):
            if regel.nummer not in al:
                loop.tel(f"regels {Regelstand(verwerk(aanlevering, regel, actor=loop.actor)).label.lower()}")
            gedaan += 1
            if gedaan % _MELD_PER == 0:
                loop.meld(f"Aanlevering {aanlevering.naam}", gedaan)
    except BestandOnleesbaar as fout:
        loop.tel("bestanden niet te lezen")
        return sluit_aanlevering(aanlevering, actor=loop.actor, fout=str(fout))
    loop.tel("bestanden verwerkt")
    return sluit_aanlevering(aanlevering, actor=loop.actor)


def _regels(pad: Path) -> Iterator[Regel]:
    if pad.stat().st_size > MAX_BESTAND:
        raise BestandOnleesbaar("Het bestand is groter dan 200 MB. Lever het in delen aan.")
    with pad.open("rb") as bron:
        yield from lees(pad.suffix, bron)


# --- The answer --------------------------------------------------------------------------------------------------


def antwoord(aanlevering: Aanlevering) -> Iterator[bytes]:
    """The answer in JSON Lines: per line its tracking number, or its faults by field. Never a person."""
    if aanlevering.fout:
        reden = {"veld": "bestand", "code": "onleesbaar", "reden": aanlevering.fout}
        yield from _als_regels([{"regel": 0, "status": Regelstand.ONLEESBAAR, "fouten": [reden]}])
    yield from _als_regels(_antwoord(uitkomst) for uitkomst in antwoordregels(aanlevering).iterator(chunk_size=1000))


def _antwoord(uitkomst: Any) -> dict[str, Any]:
    regel: dict[str, Any] = {"regel": uitkomst.nummer, "status": uitkomst.stand}
    er = uitkomst.aanmelding
    referentie = zonder_bsn(er.externe_referentie, 40) if er else uitkomst.referentie
    if referentie:
        regel["externeReferentie"] = referentie
    if er:
        regel |= {"volgnummer": er.volgnummer, "aanmeldingId": str(er.kenmerk)}
        if uitkomst.reeds_in_traject is not None:
            regel["reedsInTraject"] = uitkomst.reeds_in_traject
        if er.waarschuwingen:
            regel["waarschuwingen"] = er.waarschuwingen
        # What the line asked when it came in: the same file gives the same answer, also after a document came.
        if nodig := ontbrekende_documenten({"adviesrapport": er.adviesrapport}, er.routeversie.documenten):
            regel["documentenNodig"] = nodig
    if uitkomst.fouten:
        regel["fouten"] = uitkomst.fouten
    return regel


def _als_regels(regels: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    for regel in regels:
        yield json.dumps(regel, ensure_ascii=False).encode() + b"\n"


# --- Files -------------------------------------------------------------------------------------------------------


def _quarantaine(aanlevering: Aanlevering, pad: Path) -> None:
    """The lines that could not be read, without their digits, so that the sender knows which to repair.

    The heading of a CSV stays as it is: with a column that we do not know no line would have come this far.
    """
    if not aanlevering.onleesbaar:
        return
    nummers = set(
        aanlevering.uitkomsten.filter(stand=Regelstand.ONLEESBAAR).order_by("pk").values_list("nummer", flat=True)
    )
    kop = [_eerste_regel(pad)] if pad.suffix.lower() in CSV else []
    (pad.parent / "quarantaine").mkdir(exist_ok=True)
    schrijf(
        pad.parent / "quarantaine" / veilige_naam(pad),
        [*kop, *(zonder_cijfers(regel.ruw) for regel in _regels(pad) if regel.nummer in nummers)],
    )


def _eerste_regel(pad: Path) -> bytes:
    with pad.open("rb") as bron:
        return bron.readline()


def _kenmerk(pad: Path) -> tuple[int, int, int]:
    stand = pad.stat()
    return stand.st_ino, stand.st_size, stand.st_mtime_ns


def _leg_weg(pad: Path, waar: str, kenmerk: tuple[int, int, int], getal: str) -> None:
    """Seal the file and remove it, unless the sender changed it meanwhile: then the next run takes it as a new one."""
    if _kenmerk(pad) == kenmerk:
        leg_weg(pad, waar, getal)
