"""A referral of somebody who does not exist, as the description and the README show it."""

from __future__ import annotations

from typing import Any

VOORBEELD: dict[str, Any] = {
    "externeReferentie": "INT-2026-00001",
    "bronafdeling": "intake",
    "route": "intake",
    "verwijsreden": "bemiddeling",
    "burgerservicenummer": "999900018",
    "naam": {"roepnaam": "Samira", "voorvoegsel": "de", "geslachtsnaam": "Groot"},
    "geboortedatum": "1984-05-12",
    "contact": {"telefoon": "0612345678"},
    "adres": {"straat": "Dorpsstraat", "huisnummer": "12", "postcode": "1102 AB", "woonplaats": "Amsterdam"},
    "verwijzer": {"naam": "Kees Bakker", "email": "kees@voorbeeld.example"},
    "uitkering": {"regeling": "01", "ingangsdatum": "2024-02-01"},
    "adviesrapport": {
        "opleidingen": [{"niveau": 2, "naam": "vmbo zorg", "status": "diploma", "jaar": 2001}],
        "talen": [{"taal": "nld", "mondeling": 3, "schriftelijk": 2}],
        "beschikbaarheid": {"urenMin": 16, "urenMax": 24, "dagdelen": ["ma-o", "di-o"], "vervoer": "fiets"},
        "trede": {"waarde": 3},
        "zoekberoep": [{"naam": "verzorgende"}],
    },
}
