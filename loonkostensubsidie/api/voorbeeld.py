"""A calculation as the description shows it: a question about nobody, and its answer."""

from __future__ import annotations

from typing import Any

VRAAG: dict[str, Any] = {
    "datum": "2026-08-15",
    "geboortedatum": "1980-05-17",
    "startDienstverband": "2025-04-01",
    "urenPerWeek": 36,
    "voltijdUrenSector": 36,
    "route": "loonwaarde",
    "loonwaardePercentage": 70,
}
ANTWOORD: dict[str, Any] = {
    "loonkostensubsidie": "743.39",
    "werkgeverslasten": "174.70",
    "totaal": "918.08",
    "specificatie": [
        {
            "code": "werkgeverslasten",
            "omschrijving": "Vergoeding voor werkgeverslasten",
            "berekening": "23,5 % van € 743,3856",
            "waarde": "174.6956",
            "eenheid": "euro",
            "artikel": "Participatiewet art. 10d lid 4",
            "bron": "Na 2021 niet bevestigd",
            "status": "onzeker",
        }
    ],
}
