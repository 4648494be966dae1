"""Bodies and rows of referrals."""

from __future__ import annotations

import copy
import itertools
from typing import Any

from aanmeldingen.api.invoer import AanmeldingInvoer
from aanmeldingen.api.vertaling import naar_velden
from aanmeldingen.models import Aanmelding
from aanmeldingen.services import dien_in
from kern.models import ApiClient
from tests.kern.fabrieken import FABRIEK

_teller = itertools.count(1)


def bsn_nummer(volgnummer: int) -> str:
    """A number that passes the 11-test; the 9999xxxxx range is never given out."""
    kop = f"{99990000 + volgnummer:08d}"
    for laatste in range(10):
        nummer = f"{kop}{laatste}"
        som = sum(int(c) * g for c, g in zip(nummer, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
        if som % 11 == 0:
            return nummer
    return bsn_nummer(volgnummer + 5000)


def lichaam(**anders: Any) -> dict[str, Any]:
    """A complete referral of Intake; `anders` replaces top-level parts, None removes one."""
    nummer = next(_teller)
    inhoud: dict[str, Any] = {
        "externeReferentie": f"INT-2026-{nummer:05d}",
        "bronafdeling": "intake",
        "route": "intake",
        "verwijsreden": "bemiddeling",
        "burgerservicenummer": bsn_nummer(nummer),
        "naam": {"roepnaam": "Samira", "voorletters": "S.", "voorvoegsel": "de", "geslachtsnaam": "Groot"},
        "geboortedatum": "1984-05-12",
        "geslacht": "2",
        "contact": {"telefoon": "0612345678", "email": "samira@voorbeeld.example"},
        "adres": {
            "straat": "Dorpsstraat",
            "huisnummer": "12",
            "postcode": "1102 ab",
            "woonplaats": "Amsterdam",
        },
        "verwijzer": {"naam": "Kees Bakker", "email": "kees@voorbeeld.example", "team": "Intake Oost"},
        "toelichting": "Wil graag in de zorg werken.",
        "adviesrapport": {
            "opleidingen": [{"niveau": 2, "naam": "vmbo zorg", "status": "diploma", "jaar": 2001}],
            "werkervaring": [{"functie": "verzorgende", "werkgever": "Zorghuis", "maanden": 30, "totJaar": 2022}],
            "talen": [{"taal": "nld", "mondeling": 3, "schriftelijk": 2}],
            "beschikbaarheid": {
                "urenMin": 16,
                "urenMax": 24,
                "dagdelen": ["ma-o", "di-o"],
                "vervoer": "fiets",
            },
            "werkvermogen": {"arbeidsvermogen": "20", "urenMax": 32},
            "belemmeringen": ["kinderopvang"],
            "trede": {"waarde": 3},
            "zoekberoep": [{"naam": "verzorgende"}],
        },
        "huishouden": {"leefvorm": "2", "kinderen": 1},
        "uitkering": {"regeling": "01", "ingangsdatum": "2024-02-01"},
        "werkverdeling": {"kinderopvang": "wij", "werktijden": "klaar"},
    }
    if anders.get("route") == "reclassering":  # takes no more than it asks (R042)
        for te_veel in ("adres", "adviesrapport", "huishouden", "uitkering", "werkverdeling"):
            del inhoud[te_veel]
    inhoud |= copy.deepcopy(anders)
    return {naam: waarde for naam, waarde in inhoud.items() if waarde is not None}


def maak_aanmelding(client: ApiClient, **anders: Any) -> Aanmelding:
    """A stored referral, by the same path as the API."""
    invoer = AanmeldingInvoer(data=lichaam(**anders), context={"client": client})
    invoer.is_valid(raise_exception=True)
    velden, bijzonder = naar_velden(invoer.validated_data)
    assert invoer.versie is not None
    return dien_in(
        velden,
        invoer.versie,
        actor=FABRIEK,
        bsn=invoer.validated_data.get("burgerservicenummer"),
        bijzonder=bijzonder,
        client=client,
        invoer=invoer.validated_data,
    )
