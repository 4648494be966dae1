"""What a sender dropped stays sealed for its term: no BSN to read on disk, and the file can be processed again."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from aanmeldingen.models import Aanmelding
from kern import klok, verzegeld
from kern.models import ApiClient, Idempotentie, Taakloop
from tests.aanmeldingen.fabrieken import bsn_nummer, lichaam
from tests.aanmeldingen.test_aanleveren import lees_antwoord, zet
from tests.hulp.api import Api

pytestmark = pytest.mark.django_db


def op_schijf(map_: Path) -> str:
    """Everything under the folder, names too, and without what people write between digits."""
    alles = "".join(f"{p.name} {p.read_bytes().decode('latin-1')}" for p in map_.rglob("*") if p.is_file())
    return re.sub(r"[ .\x00-]", "", alles)


def test_geen_bsn_op_schijf_na_het_verwerken(postvak: Path, draai: Callable[[], Taakloop]) -> None:
    goed, stuk, streepjes, heel, naam = (bsn_nummer(n) for n in range(6001, 6006))
    los = f"{streepjes[:4]}-{streepjes[4:6]}-{streepjes[6:]}"
    zet(postvak / "een.jsonl", lichaam(burgerservicenummer=goed), f'{{"bsn": "{stuk}"', f'["{los}"]')
    (postvak / "twee.csv").write_bytes(f"kleur;bsn\nrood;{heel}\n".encode())
    zet(postvak / f"lijst-{naam}.jsonl", lichaam(), "{stuk")
    assert all(nummer in op_schijf(postvak) for nummer in (goed, stuk, streepjes, heel, naam))
    draai()
    assert Aanmelding.objects.count() == 2
    for antwoord in postvak.glob("*.antwoord.jsonl"):  # named by the sender
        antwoord.rename(antwoord.with_name(f"{antwoord.stat().st_ino}.antwoord.jsonl"))
    sporen = op_schijf(postvak)
    assert not [nummer for nummer in (goed, stuk, streepjes, heel, naam) if nummer in sporen]
    assert sorted(p.name.split(".")[0] for p in (postvak / "verwerkt").iterdir()) == ["een", "lijst-•••"]
    assert (postvak / "quarantaine" / "een.jsonl").read_text().splitlines() == [
        '{"bsn": "•••••••••"',
        '["••••-••-•••"]',
    ]


def test_een_origineel_gaat_terug_en_wordt_opnieuw_verwerkt(postvak: Path, draai: Any, intake: ApiClient) -> None:
    pad = zet(postvak / "een.jsonl", lichaam(), "{stuk")
    origineel = pad.read_bytes()
    draai()
    eerste = lees_antwoord(pad)
    [bewaard] = (postvak / "verwerkt").iterdir()
    call_command("aanlevering_terugzetten", intake.client_id, bewaard.name, stdout=io.StringIO())
    assert pad.read_bytes() == origineel
    assert draai().tellingen == {"bestanden die we al hadden": 1}
    assert lees_antwoord(pad) == eerste and not pad.exists()
    for naam in ("er-niet.verzegeld", f"../verwerkt/{bewaard.name}"):
        with pytest.raises(CommandError, match="Terugzetten lukt niet"):
            call_command("aanlevering_terugzetten", intake.client_id, naam)


def test_na_de_termijn_is_het_weg(postvak: Path, draai: Any) -> None:
    zet(postvak / "een.jsonl", lichaam(), "{stuk")
    draai()
    bestanden = [p for waar in ("verwerkt", "quarantaine") for p in (postvak / waar).iterdir()]
    assert len(bestanden) == 2
    for dagen, over in ((29, 2), (31, 0)):
        for pad in bestanden:
            os.utime(pad, (klok.wandklok() - dagen * 86400,) * 2)
        loop = draai()
        assert sum(pad.exists() for pad in bestanden) == over
    assert loop.tellingen == {"originelen na hun termijn weg": 2}


def test_een_open_bestand_van_vroeger_wordt_verzegeld(postvak: Path, draai: Any) -> None:
    bsn = bsn_nummer(6010)
    for waar in ("verwerkt", "quarantaine"):
        (postvak / waar).mkdir()
        zet(postvak / waar / "oud.jsonl", lichaam(burgerservicenummer=bsn))
    assert draai().tellingen == {"oude originelen versleuteld": 2}
    assert bsn not in op_schijf(postvak)
    assert draai().tellingen == {}


@pytest.mark.parametrize("grootte", [0, 1, verzegeld.STUK - 1, verzegeld.STUK, verzegeld.STUK + 1, 3 * verzegeld.STUK])
def test_elk_formaat_komt_heel_terug(grootte: int) -> None:
    inhoud = os.urandom(grootte)
    dicht = b"".join(verzegeld.verzegel(io.BytesIO(inhoud)))
    assert b"".join(verzegeld.open_zegel(io.BytesIO(dicht))) == inhoud
    assert grootte == 0 or inhoud[:16] not in dicht or grootte < 16


def test_wat_niet_heel_is_gaat_niet_open() -> None:
    inhoud = os.urandom(3 * verzegeld.STUK)
    kop, *stukken = list(verzegeld.verzegel(io.BytesIO(inhoud)))
    assert len(stukken) == 3
    raar = [
        [kop, *stukken[:2]],
        [kop, stukken[1], stukken[0], stukken[2]],
        [kop, stukken[0], stukken[2]],
        [kop, *stukken[:2], stukken[2][:-1] + bytes([stukken[2][-1] ^ 1])],
        [kop],
        [b"VERZEGELD1:weg\n", *stukken],
        [inhoud],
    ]
    for delen in raar:
        with pytest.raises(verzegeld.NietTeOpenen):
            list(verzegeld.open_zegel(io.BytesIO(b"".join(delen))))


def test_de_afdruk_van_een_verzoek_heeft_een_sleutel(api: Api, settings: Any) -> None:
    inhoud = lichaam()
    assert api.post("/api/v1/aanmeldingen", inhoud, key="een").status_code == 201
    eerste = Idempotentie.objects.get().verzoek_hash
    assert api.post("/api/v1/aanmeldingen", inhoud, key="een").headers["Idempotency-Replayed"] == "true"
    settings.BSN_ZOEKSLEUTEL = "een heel andere sleutel"
    antwoord = api.post("/api/v1/aanmeldingen", inhoud, key="een")
    assert (antwoord.status_code, antwoord.json()["code"]) == (422, "sleutel-hergebruikt")
    assert Idempotentie.objects.get().verzoek_hash == eerste
