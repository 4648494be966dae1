"""Test vectors: per route referrals that are right and wrong, with the answer of the real rules.

Nothing is written down twice: what a route asks comes from its version of today, and the answer from the same
function that serves the API. The persons do not exist; their numbers begin with 9999 and are never given out.
"""

from __future__ import annotations

import copy
import datetime as dt
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.cache import cache

from aanmeldingen import regels
from aanmeldingen.api.proef import beoordeel
from aanmeldingen.api.voorbeeld import VOORBEELD
from aanmeldingen.keuzes import Onderdeel
from aanmeldingen.models import Routeversie
from aanmeldingen.testdocumenten import documenten
from kern import klok
from kern.models import ApiClient
from regelgeving.rekenen.werkdagen import plus_maanden

log = logging.getLogger("aanmeldingen.testgevallen")
_JONG, _GEWONE_TREDE = 22, 3
#: At most so many test vectors per route, and so many seconds they are kept.
_PER_ROUTE, _BEWAREN = 20, 300
#: There are some nine hundred numbers in the range.
_NUMMERS = 900


@dataclass(frozen=True)
class Testgeval:
    """A referral with what it shows, and the answers that it must get."""

    route: str
    routeversie: int
    code: str
    titel: str
    verzoek: dict[str, Any]
    validatie: dict[str, Any]
    documenten: list[dict[str, Any]] = field(default_factory=list)

    @property
    def stand(self) -> dict[str, str]:
        """The state after handing in, and after the documents that are right."""
        wacht = "wacht_op_document" if self.validatie["documentenNodig"] else "ontvangen"
        return {"naIndienen": wacht, "naDocumenten": "ontvangen"}

    @property
    def indienen(self) -> dict[str, Any]:
        """What POST /aanmeldingen answers."""
        if self.validatie["geldig"]:
            return {"status": 201, "waarschuwingen": self.validatie["waarschuwingen"]}
        return {"status": 400, "code": "invoer-ongeldig", "invalidParams": self.validatie["invalidParams"]}


def verzonnen_bsn(volgnummer: int) -> str:
    """A number that passes the 11-test in the range that is never given out."""
    begin = volgnummer % _NUMMERS * 11
    for poging in range(begin, begin + 11):
        kop = f"9999{poging:04d}"
        som = sum(int(cijfer) * gewicht for cijfer, gewicht in zip(kop, range(9, 1, -1), strict=True))
        if som % 11 < 10:  # noqa: PLR2004
            return f"{kop}{som % 11}"
    raise AssertionError


def gevallen(versies: list[Routeversie], *, van: Routeversie | None = None) -> list[Testgeval]:
    """The test vectors of these versions, or only those `van` one of them.

    Judging them all takes a second, so the answers are kept for some minutes.
    """
    uit: list[Testgeval] = []
    for plek, versie in enumerate(versies):
        if van is None or versie.pk == van.pk:
            uit += _onthouden(versie, plek * _PER_ROUTE)
    return uit


def _onthouden(versie: Routeversie, na: int) -> list[Testgeval]:
    sleutel = f"testgevallen:{versie.pk}:{na}:{klok.vandaag()}:{settings.API_VERSIE}"
    try:
        bewaard = cache.get(sleutel)
    except Exception:
        log.warning("cache weg: testgevallen opnieuw beoordeeld", exc_info=True)
        return _beoordeeld(versie, na)
    if bewaard is None:
        bewaard = _beoordeeld(versie, na)
        cache.set(sleutel, bewaard, _BEWAREN)
    return bewaard


def _beoordeeld(versie: Routeversie, na: int) -> list[Testgeval]:
    client, uit = ApiClient(bron=versie.route.bron), []
    for volgnummer, (code, titel, wijzig) in enumerate(_soorten(versie), na + 1):
        verzoek = _heel(versie, volgnummer)
        wijzig(verzoek)
        antwoord = beoordeel(verzoek, client)
        bij = documenten(versie) if code == "goed" else []
        uit.append(Testgeval(versie.route.code, versie.nummer, code, titel, verzoek, antwoord, bij))
    return uit


def als_json(alle: list[Testgeval]) -> list[dict[str, Any]]:
    """As the download gives it."""
    return [
        {
            "route": g.route,
            "routeversie": g.routeversie,
            "code": g.code,
            "titel": g.titel,
            "verzoek": g.verzoek,
            "validaties": {"status": 200, "antwoord": g.validatie},
            "indienen": g.indienen,
            **({"documenten": g.documenten, "stand": g.stand} if g.documenten else {}),
        }
        for g in alle
    ]


def _soorten(versie: Routeversie) -> Iterator[tuple[str, str, Any]]:
    yield "goed", "Alles wat de route vraagt", lambda v: None
    yield "alleen-verplicht", "Alleen wat moet", lambda v: _weg(v, [o for o in Onderdeel if o not in versie.verplicht])
    yield "niets", "Niets van wat de route vraagt", lambda v: _weg(v, versie.verplicht)
    if Onderdeel.BSN in versie.verplicht:
        yield "bsn", "Een nummer dat niet klopt", lambda v: v.update(burgerservicenummer="999900010")
    yield "afdeling", "De bronafdeling van een ander", lambda v: v.update(bronafdeling=_andere(versie.route.bron))
    yield "route", "Een route die er niet is", lambda v: v.update(route="bestaat-niet")
    yield "onbekend-veld", "Een veld dat we niet kennen", lambda v: v.update(lievelingskleur="groen")
    if not versie.minimaal or Onderdeel.ADRES in (*versie.verplicht, *versie.gewenst):
        yield "postcode", "Een postcode die niet klopt", lambda v: v["adres"].update(postcode="12 AB")
    yield "naam", "Zonder achternaam", lambda v: v["naam"].pop("geslachtsnaam")
    if "trede_minimaal" in versie.regels:
        yield "regel", "Buiten een regel, zonder uitleg", lambda v: _buiten(v, versie)
        yield "regel-met-uitleg", "Buiten een regel, met uitleg", lambda v: _buiten(v, versie, "Wil nu beginnen.")


def _andere(bron: str) -> str:
    return "onderwijs" if bron != "onderwijs" else "intake"


def _weg(verzoek: dict[str, Any], onderdelen: Any) -> None:
    for onderdeel in onderdelen:
        for *ouders, laatste in regels.PADEN.get(onderdeel, ()):
            plek = verzoek
            for stap in ouders:
                plek = plek.get(stap, {})
            plek.pop(laatste, None)
    if Onderdeel.SCHOOL in onderdelen:
        verzoek.pop("school", None)
    for naam in ("contact", "adviesrapport"):
        if not verzoek.get(naam):
            verzoek.pop(naam, None)


def _buiten(verzoek: dict[str, Any], versie: Routeversie, uitleg: str = "") -> None:
    verzoek["adviesrapport"]["trede"] = {"waarde": versie.regels["trede_minimaal"] - 1}
    if uitleg:
        verzoek["afwijkingUitleg"] = uitleg


def _heel(versie: Routeversie, volgnummer: int) -> dict[str, Any]:
    """Everything that any route asks, so that this version and its rules are met."""
    vandaag, geldt = klok.vandaag(), versie.regels
    verzoek = copy.deepcopy(VOORBEELD)
    trede = max(_GEWONE_TREDE, geldt.get("trede_minimaal", 0))
    verzoek |= {
        "externeReferentie": f"TEST-{volgnummer:04d}",
        "bronafdeling": versie.route.bron,
        "route": versie.route.code,
        "burgerservicenummer": verzonnen_bsn(volgnummer),
        "geboortedatum": _geboren(vandaag, geldt),
        "toelichting": "Verzonnen, om te testen.",
        "huishouden": {"leefvorm": "2", "kinderen": 1},
        "werkverdeling": {"kinderopvang": "wij", "werktijden": "klaar"},
        "eerdereBegeleiding": [{"afdeling": versie.route.bron, "van": _begeleid_sinds(vandaag, geldt).isoformat()}],
        "klantmanager": {"naam": "Kees Bakker", "blijftKlantmanager": True},
        "huidigWerk": {"werkgever": "Bakkerij Voorbeeld", "urenPerWeek": 12},
        "arbeidsbeperking": {"indicatie": "Doelgroepregister", "loonwaardeBekend": False},
        "school": {
            "naam": "Praktijkschool Voorbeeld",
            "soort": "pro",
            "verwachteUitstroomdatum": plus_maanden(vandaag, 12).isoformat(),
        },
    }
    verzoek["adviesrapport"] |= {
        "trede": {"waarde": trede},
        "werkervaring": [{"functie": "verzorgende", "maanden": 30}],
        "werkvermogen": {"arbeidsvermogen": "20", "urenMax": 32},
        "belemmeringen": ["kinderopvang"],
    }
    if versie.minimaal:
        for pad, _ in regels.te_veel(verzoek, [*versie.verplicht, *versie.gewenst]):
            verzoek.pop(pad[0], None)
    return verzoek


def _geboren(vandaag: dt.date, geldt: dict[str, int]) -> str:
    jong = "jonger_dan" in geldt
    return f"{vandaag.year - _JONG}-05-12" if jong else str(VOORBEELD["geboortedatum"])


def _begeleid_sinds(vandaag: dt.date, geldt: dict[str, int]) -> dt.date:
    """Long enough for the routes that wait, short enough for those that do not."""
    wacht = geldt.get("niet_uitgestroomd_na_maanden")
    return plus_maanden(vandaag, -(wacht + 1 if wacht else 2))
