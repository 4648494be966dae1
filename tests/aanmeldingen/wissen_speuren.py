"""Who is planted to be erased, how she comes in, and how we look for what is left of her."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path
from typing import Any

import redis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test.client import encode_multipart

from aanmeldingen import services
from aanmeldingen.models import Aanmelding
from deelnemers.models import (
    Deelnemer,
)
from reintegratie.lokaal.binair import postgres_bin
from reintegratie.lokaal.omgeving import REDIS_VARIABELEN
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.aanmeldingen.test_api_documenten import FORMULIER, GRENS
from tests.aanmeldingen.wissen_hoeken import FOUT_BSN, woord
from tests.hulp.api import Api
from tests.hulp.sporen import als_tekst, waarden
from tests.kern.fabrieken import FABRIEK

NAAM, VOORNAAM, TELEFOON = "Zevenblad-Quist", "Xantippe", "0687650419"
EMAIL, STRAAT, BSN = "xantippe.zevenblad@uniek.example", "Nergensdwarspad", bsn_nummer(4711)
#: What leads to the person. Nothing of it may be left.
SPOREN = (NAAM, VOORNAAM, TELEFOON, EMAIL, STRAAT, BSN, FOUT_BSN)
PDF = f"%PDF-1.7\n% {VOORNAAM} {NAAM} {BSN}\n%%EOF\n".encode()


def stort() -> str:
    """The whole database as `pg_dump` writes it, every line with the table that it is in."""
    gegevens = connections["eigenaar"].settings_dict
    opdracht = [
        str(postgres_bin() / "pg_dump"),
        "--data-only",
        f"--dbname={connections['default'].settings_dict['NAME']}",
    ]
    opdracht += [f"--host={gegevens['HOST']}", f"--username={gegevens['USER']}"]
    opdracht += [f"--port={gegevens['PORT']}"] if gegevens["PORT"] else []
    omgeving = os.environ | {"PGPASSWORD": gegevens["PASSWORD"] or ""}
    tekst = subprocess.run(opdracht, check=True, capture_output=True, text=True, env=omgeving).stdout
    tabel, uit = "", []
    for regel in tekst.splitlines():
        if regel.startswith("COPY public."):
            tabel = regel.split()[1].removeprefix("public.")
        elif not regel.startswith(("--", "SET ", "SELECT pg_catalog.setval", "\\restrict", "\\unrestrict")):
            uit.append(f"{tabel}: {regel}")
    return "\n".join(uit)


def gevonden(sporen: tuple[str, ...], map_: Path, logregels: str = "") -> list[str]:
    """Where any of `sporen` still stands: database, files, cache and log; also written as hexadecimal bytes."""
    plekken = [("database", regel) for regel in stort().splitlines()]
    plekken += [(str(p), p.read_bytes().decode("latin-1")) for p in map_.rglob("*") if p.is_file()]
    for variabele in REDIS_VARIABELEN:  # cache, sessions and the broker
        with redis.Redis.from_url(os.environ[variabele]) as client:
            plekken += [
                (variabele, f"{sleutel!r} {als_tekst(stuk)}")
                for sleutel in client.scan_iter()
                for stuk in (sleutel, *waarden(client, sleutel))
            ]
    plekken.append(("log", logregels))
    zoek = [vorm.lower() for spoor in sporen for vorm in (spoor, spoor.encode().hex())]
    return [f"{waar}: {tekst[:400]}" for waar, tekst in plekken if any(vorm in tekst.lower() for vorm in zoek)]


def aanmelden(api: Api, consulent: Any) -> Deelnemer:
    from tests.aanmeldingen.fabrieken import lichaam

    inhoud = lichaam(
        burgerservicenummer=BSN,
        naam={"roepnaam": VOORNAAM, "voorletters": "X.", "geslachtsnaam": NAAM},
        contact={"telefoon": TELEFOON, "email": EMAIL},
        adres={"straat": STRAAT, "huisnummer": "12", "postcode": "1102AB", "woonplaats": "Amsterdam"},
        toelichting=f"{VOORNAAM} wil graag in de zorg werken.",
    )
    antwoord = api.post("/api/v1/aanmeldingen", inhoud)
    assert antwoord.status_code == 201, antwoord.content
    aanmelding = Aanmelding.objects.get()
    delen = {"soort": "adviesrapport", "bestand": SimpleUploadedFile(f"{NAAM}.pdf", PDF)}
    pad = f"/api/v1/aanmeldingen/{aanmelding.kenmerk}/documenten"
    assert api.post(pad, encode_multipart(GRENS, delen), soort=FORMULIER).status_code == 201
    api.get(f"/api/v1/aanmeldingen/{aanmelding.kenmerk}")
    vraag = f"Welk diploma heeft {woord('vraag-aan-verwijzer')}?"
    services.vraag_aanvulling(aanmelding, ["talen"], vraag, actor=FABRIEK, medewerker=consulent)
    pad = f"/api/v1/aanmeldingen/{aanmelding.kenmerk}/aanvullingen"
    talen = [{"taal": "nld", "mondeling": 4, "schriftelijk": 4}]
    antwoord = api.post(pad, {"antwoord": f"{VOORNAAM} kan B2", "gegevens": {"adviesrapport": {"talen": talen}}})
    assert antwoord.status_code == 201, antwoord.content
    aanmelding.refresh_from_db()
    return services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)


def bestanden_in(map_: Path) -> list[Path]:
    return sorted(p for p in map_.rglob("*") if p.is_file())
