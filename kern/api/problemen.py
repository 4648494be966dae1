"""Every fault as RFC 9457 problem details, in Dutch, with all faults at once (NL GOV API Design Rules 2.2)."""

from __future__ import annotations

import logging
import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as DjangoOngeldig
from django.db import IntegrityError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.settings import api_settings

from kern.beperking import ZIN, GebruikBeperkt
from kern.bsn import verberg
from kern.toestanden import OvergangGeweigerd

log = logging.getLogger("kern.api")
PROBLEEM_JSON = "application/problem+json"


@dataclass(frozen=True)
class Probleem:
    """One kind of fault: its stable code, status, title, and what the caller can do about it."""

    code: str
    status: int
    titel: str
    uitleg: str


_SOORTEN = (
    Probleem("invoer-ongeldig", 400, "Niet alle gegevens kloppen", "In `invalidParams` staat per veld wat er niet klopt. Verbeter alles en stuur het opnieuw."),
    Probleem("verzoek-ongeldig", 400, "We kunnen het verzoek niet lezen", "Controleer of de inhoud geldige JSON is en of het adres klopt."),
    Probleem("sleutel-ontbreekt", 400, "De Idempotency-Key ontbreekt", "Stuur bij elke POST een eigen sleutel mee, bijvoorbeeld een UUID. Stuur je opnieuw, gebruik dan dezelfde sleutel: dan gebeurt het maar één keer."),
    Probleem("niet-aangemeld", 401, "Je bent niet aangemeld", "Stuur een geldig token mee in de header Authorization. Een token haal je op bij /oauth/token."),
    Probleem("geen-toegang", 403, "Je mag dit niet", "Je token geeft geen recht op deze handeling. Vraag de functioneel beheerder om de scope."),
    Probleem("niet-gevonden", 404, "Dit bestaat niet", "Controleer het adres. Een aanmelding van een andere afzender geeft ook deze melding."),
    Probleem("methode-kan-niet", 405, "Deze methode kan hier niet", "In de header Allow staat welke methoden wel kunnen."),
    Probleem("antwoordvorm-kan-niet", 406, "We kunnen niet in deze vorm antwoorden", "Wij antwoorden met application/json. Pas de header Accept aan."),
    Probleem("status-past-niet", 409, "Dit kan niet bij deze status", "Vraag de aanmelding opnieuw op. In de documentatie staat wat bij elke status kan."),
    Probleem("bestaat-al", 409, "Dit bestaat al", "Je gebruikte deze externe referentie al. In het antwoord staat de bestaande aanmelding."),
    Probleem("verzoek-loopt-nog", 409, "Hetzelfde verzoek loopt nog", "Wacht even en stuur het verzoek opnieuw met dezelfde sleutel."),
    Probleem("versie-verouderd", 412, "Er is intussen iets gewijzigd", "Vraag het object opnieuw op en stuur de nieuwe ETag mee in If-Match."),
    Probleem("te-groot", 413, "Het verzoek is te groot", "In de documentatie staat hoe groot een verzoek of document mag zijn."),
    Probleem("inhoudstype-kan-niet", 415, "Dit soort inhoud lezen we niet", "Stuur application/json en zet dat in de header Content-Type."),
    Probleem("sleutel-hergebruikt", 422, "Deze Idempotency-Key hoort bij een ander verzoek", "Gebruik voor elk nieuw verzoek een nieuwe sleutel."),
    Probleem("versie-ontbreekt", 428, "De header If-Match ontbreekt", "Vraag het object op en stuur de ETag mee in If-Match. Zo overschrijf je niets van een ander."),
    Probleem("te-veel-verzoeken", 429, "Je stuurt te veel verzoeken", "In de header Retry-After staat na hoeveel seconden het weer kan."),
    Probleem("interne-fout", 500, "Er ging bij ons iets mis", "Probeer het later opnieuw, bij een POST met dezelfde sleutel. Blijft het misgaan, meld dan de waarde van `instance`."),
    Probleem("niet-beschikbaar", 503, "De dienst is even niet beschikbaar", "Probeer het na het aantal seconden in Retry-After opnieuw, bij een POST met dezelfde sleutel."),
)  # fmt: skip
PROBLEMEN: dict[str, Probleem] = {p.code: p for p in _SOORTEN}
_BIJ_STATUS: dict[int, str] = {
    400: "verzoek-ongeldig", 401: "niet-aangemeld", 403: "geen-toegang", 404: "niet-gevonden", 405: "methode-kan-niet",
    406: "antwoordvorm-kan-niet", 409: "status-past-niet", 412: "versie-verouderd", 413: "te-groot",
    415: "inhoudstype-kan-niet", 428: "versie-ontbreekt", 429: "te-veel-verzoeken", 500: "interne-fout", 503: "niet-beschikbaar",
}  # fmt: skip
#: Names of faults per field; the rest of DRF's codes keep their own name.
_VELDCODES = {
    "required": "verplicht", "null": "leeg", "blank": "leeg", "empty": "leeg", "invalid": "ongeldig", "invalid_choice": "onbekende-waarde",
    "max_length": "te-lang", "min_length": "te-kort", "max_value": "te-hoog", "min_value": "te-laag", "not_a_list": "geen-lijst",
    "not_a_dict": "geen-object", "date": "ongeldig", "datetime": "ongeldig", "unique": "bestaat-al",
}  # fmt: skip


class ApiFout(exceptions.APIException):
    """A fault of one of the kinds above; `extra` adds members, `headers` adds headers to the answer."""

    def __init__(
        self,
        code: str,
        detail: str = "",
        *,
        extra: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
    ) -> None:
        self.probleem = PROBLEMEN[code]
        self.status_code = self.probleem.status
        self.extra = extra or {}
        self.headers = headers or {}
        super().__init__(detail or self.probleem.uitleg, code=code)


def ongeldig(naam: str, code: str, reden: str) -> ApiFout:
    """A 400 about one field, query parameter or header."""
    fout = {"name": verberg(naam), "code": code, "reason": reden}
    return ApiFout("invoer-ongeldig", extra={"invalidParams": [fout]})


def camel(naam: str) -> str:
    """`externe_referentie` → `externeReferentie`."""
    kop, *rest = naam.split("_")
    return kop + "".join(deel[:1].upper() + deel[1:] for deel in rest)


def _tekst(fout: Any) -> str:
    zin = str(fout).strip()
    return zin if zin.endswith((".", "!", "?")) else f"{zin}."


def veldfouten(fouten: Any, pad: str = "") -> Iterator[dict[str, str]]:
    """All faults in DRF's nested form as a flat list; places in lists are written as `talen[0].niveau`."""
    if isinstance(fouten, dict):
        for sleutel, waarde in fouten.items():
            eigen = str(sleutel) in {api_settings.NON_FIELD_ERRORS_KEY, NON_FIELD_ERRORS}
            if isinstance(sleutel, int):  # a list of objects: {0: {...}}
                yield from veldfouten(waarde, f"{pad}[{sleutel}]")
            else:
                yield from veldfouten(waarde, pad if eigen else f"{pad}.{camel(str(sleutel))}".lstrip("."))
    elif isinstance(fouten, list):
        for plek, waarde in enumerate(fouten):
            genest = isinstance(waarde, (dict, list))
            yield from veldfouten(waarde, f"{pad}[{plek}]" if genest else pad)
    else:
        code = str(getattr(fouten, "code", "ongeldig") or "ongeldig")
        yield veldfout(pad, _VELDCODES.get(code, code), _tekst(fouten))


def veldfout(naam: str, code: str, reden: str) -> dict[str, str]:
    """One fault of a field. A name that we do not know, or a value that we repeat, is what the sender wrote: perhaps
    a BSN, perhaps half a character (a lone surrogate), which no answer can hold.
    """
    heel = naam.encode("utf-8", "replace").decode()
    return {"name": verberg(heel) or "verzoek", "code": code, "reason": verberg(reden)}


def uit_django(fout: DjangoOngeldig) -> list[dict[str, str]]:
    """Faults of a service or a model as a flat list, with the names of the API."""
    if hasattr(fout, "error_dict"):
        paren = [(veld, een) for veld, lijst in fout.error_dict.items() for een in lijst]
    else:
        paren = [(NON_FIELD_ERRORS, een) for een in fout.error_list]
    return [
        {
            "name": "verzoek" if veld == NON_FIELD_ERRORS else camel(veld),
            "code": _VELDCODES.get(een.code or "", een.code or "ongeldig"),
            "reason": _tekst(een.messages[0]),
        }
        for veld, een in paren
    ]


def type_uri(code: str) -> str:
    """Stable address of the page that explains this kind of fault."""
    return f"{settings.BASIS_URL}/api/v1/problemen/{code}"


def lichaam(code: str, kenmerk: str, detail: str = "", **extra: Any) -> dict[str, Any]:
    """The body of a problem answer; `kenmerk` is the id of the request."""
    probleem = PROBLEMEN[code]
    return {
        "type": type_uri(code),
        "title": probleem.titel,
        "status": probleem.status,
        "detail": detail or probleem.uitleg,
        "instance": f"urn:uuid:{uuid.UUID(kenmerk)}" if re.fullmatch(r"[0-9a-f]{32}", kenmerk) else "about:blank",
        "code": code,
        **extra,
    }


def _kenmerk(request: Any) -> str:
    return getattr(getattr(request, "_request", request), "kenmerk", "")


@dataclass(frozen=True)
class _Vertaling:
    """What an exception becomes."""

    code: str
    detail: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)


def _niet_aangemeld(exc: Any) -> _Vertaling:
    detail = str(exc.detail) if isinstance(exc, exceptions.AuthenticationFailed) else ""
    return _Vertaling("niet-aangemeld", detail, headers={"WWW-Authenticate": exc.auth_header or "Bearer"})


def _dubbel(exc: Any) -> _Vertaling | None:
    """A unique constraint: two requests at the same moment. Any other broken constraint is our fault."""
    if getattr(exc.__cause__, "pgcode", "") != _UNIEK:
        return None
    return _Vertaling("bestaat-al", "Een ander verzoek was net eerder met dezelfde gegevens.")


def _bezet(exc: Any) -> _Vertaling:
    log.error("database niet bereikbaar of bezet", exc_info=exc)
    return _Vertaling("niet-beschikbaar", headers={"Retry-After": "5"})


_UNIEK = "23505"
#: The first kind that fits decides.
_VERTALINGEN: tuple[tuple[Any, Callable[[Any], _Vertaling | None]], ...] = (
    (ApiFout, lambda e: _Vertaling(e.probleem.code, str(e.detail), e.extra, e.headers)),
    (
        exceptions.ValidationError,
        lambda e: _Vertaling("invoer-ongeldig", extra={"invalidParams": list(veldfouten(e.detail))}),
    ),
    (GebruikBeperkt, lambda e: _Vertaling("status-past-niet", ZIN)),
    (DjangoOngeldig, lambda e: _Vertaling("invoer-ongeldig", extra={"invalidParams": uit_django(e)})),
    (OvergangGeweigerd, lambda e: _Vertaling("status-past-niet", str(e))),
    (exceptions.ParseError, lambda e: _Vertaling("verzoek-ongeldig", "De inhoud is geen geldige JSON.")),
    (
        exceptions.Throttled,
        lambda e: _Vertaling("te-veel-verzoeken", headers={"Retry-After": str(max(1, int(e.wait or 1)))}),
    ),
    ((exceptions.NotAuthenticated, exceptions.AuthenticationFailed), _niet_aangemeld),
    (RequestDataTooBig, lambda e: _Vertaling("te-groot")),
    ((Http404, exceptions.NotFound), lambda e: _Vertaling("niet-gevonden")),
    ((PermissionDenied, exceptions.PermissionDenied), lambda e: _Vertaling("geen-toegang")),
    (IntegrityError, _dubbel),
    (OperationalError, _bezet),
    (exceptions.APIException, lambda e: _Vertaling(_BIJ_STATUS.get(e.status_code, "interne-fout"))),
)


def _vertaal(exc: Exception) -> _Vertaling | None:
    """What this exception becomes; None for what we did not foresee."""
    for soort, vertaling in _VERTALINGEN:
        if isinstance(exc, soort):
            return vertaling(exc)
    return None


def behandel(exc: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: every fault as problem details; what is not foreseen becomes a 500 elsewhere."""
    vertaald = _vertaal(exc)
    if vertaald is None:
        return None
    antwoord = Response(
        lichaam(vertaald.code, _kenmerk(context["request"]), vertaald.detail, **vertaald.extra),
        status=PROBLEMEN[vertaald.code].status,
        headers=vertaald.headers,
        content_type=PROBLEEM_JSON,
    )
    antwoord.exception = True
    return antwoord


def als_probleem(request: HttpRequest, status: int, headers: dict[str, str] | None = None) -> JsonResponse:
    """The answer of Django itself (unknown address, refused host, crash) as problem details."""
    code = _BIJ_STATUS.get(status, "interne-fout" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "verzoek-ongeldig")
    return JsonResponse(
        lichaam(code, _kenmerk(request)), status=status, content_type=PROBLEEM_JSON, headers=headers,
        json_dumps_params={"ensure_ascii": False},
    )  # fmt: skip
