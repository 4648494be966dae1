"""The OpenAPI document, as the NL GOV API Design Rules ask it (the linter must find nothing)."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from kern.api import uitfaseren
from kern.api.problemen import PROBLEEM_JSON, PROBLEMEN
from kern.api.toegang import scopes_van

_VERSIEKOP = {"API-Version": {"description": "Versie van de API.", "schema": {"type": "string", "examples": ["1.0.0"]}}}
_ETAG = {"description": "Versie van het object, voor If-Match.", "schema": {"type": "string"}}
_LOCATIE = {"description": "Adres van het nieuwe object.", "schema": {"type": "string", "format": "uri"}}
_LINK = {"description": "Adressen van de eerste, vorige en volgende bladzijde.", "schema": {"type": "string"}}
_WEG = {
    "Deprecation": {"description": "Sinds wanneer dit verouderd is (RFC 9745).", "schema": {"type": "string"}},
    "Sunset": {"description": "Vanaf wanneer dit er niet meer is (RFC 8594).", "schema": {"type": "string"}},
}
_WACHT = {"description": "Na zoveel seconden kan het opnieuw.", "schema": {"type": "integer"}}


class BearerSchema(OpenApiAuthenticationExtension):
    """How a client signs in."""

    target_class = "kern.api.authenticatie.BearerToken"
    name = "oauth2"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        return {
            "type": "oauth2",
            "description": "OAuth 2.0 client credentials met private_key_jwt (NL GOV profiel 1.1).",
            "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}},
        }


class Schema(AutoSchema):
    """Says which scope an operation asks and which headers it takes."""

    def get_auth(self) -> list[dict[str, Any]]:
        return [{"oauth2": [scope]} for scope in scopes_van(self.view, self.method) or () if scope]

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters = super()._get_parameters()
        functie = getattr(self.view, self.method.lower(), None)
        if getattr(functie, "is_idempotent", False):
            uitleg = "Eigen sleutel van dit verzoek. Met dezelfde sleutel gebeurt het één keer (24 uur lang)."
            schema = {
                "type": "string",
                "minLength": 1,
                "maxLength": 100,
                "pattern": '^("[!-~]{1,100}"|[!-~]{1,100})$',
            }
            parameters.append(_kop("Idempotency-Key", uitleg, schema, verplicht=True))
        if self.method in {"PATCH", "DELETE"}:
            parameters.append(
                _kop("If-Match", "De ETag van de versie die je wijzigt.", {"type": "string"}, verplicht=True)
            )
        return parameters


def _kop(naam: str, uitleg: str, schema: dict[str, Any], *, verplicht: bool = False) -> dict[str, Any]:
    return {"name": naam, "in": "header", "required": verplicht, "description": uitleg, "schema": schema}


def _probleem(code: int) -> dict[str, Any]:
    soorten = [p for p in PROBLEMEN.values() if p.status == code]
    headers = dict(_VERSIEKOP)
    if code in {429, 503}:
        headers["Retry-After"] = _WACHT
    return {
        "description": " / ".join(p.titel for p in soorten),
        "headers": headers,
        "content": {PROBLEEM_JSON: {"schema": {"$ref": "#/components/schemas/Probleem"}}},
    }


_PROBLEEM = {
    "type": "object",
    "description": "Wat er misging, volgens RFC 9457.",
    "required": ["type", "title", "status", "detail", "instance", "code"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri",
            "description": "Bladzijde met uitleg over dit soort fout.",
        },
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": {"type": "string"},
        "instance": {"type": "string", "description": "Kenmerk van dit verzoek; noem het als je ons belt."},
        "code": {"type": "string", "enum": sorted(PROBLEMEN)},
        "aanmeldingId": {
            "type": "string",
            "format": "uuid",
            "description": "Bij `bestaat-al`: de aanmelding die er al is.",
        },
        "documentId": {
            "type": "string",
            "format": "uuid",
            "description": "Bij `bestaat-al`: het document dat er al is.",
        },
        "invalidParams": {
            "type": "array",
            "description": "Alle fouten in de invoer, per veld.",
            "items": {
                "type": "object",
                "required": ["name", "code", "reason"],
                "properties": {
                    "name": {"type": "string"},
                    "code": {"type": "string"},
                    "reason": {"type": "string"},
                },
            },
        },
    },
}


def _foutcodes(methode: str, operatie: dict[str, Any], pad: str) -> set[int]:
    codes = {400, 404, 406, 429, 500, 503}
    if operatie.get("security"):
        codes |= {401, 403}
    if methode in {"post", "patch"}:
        codes |= {409, 413, 415}
    if methode in {"patch", "delete"}:
        codes |= {409, 412, 428}
    if any(p["name"] == "Idempotency-Key" for p in operatie.get("parameters", ())):
        codes |= {409, 422}
    return codes


def regels_nl_gov(result: dict[str, Any], generator: Any, **kwargs: Any) -> dict[str, Any]:
    """Post-processing hook: API-Version on every answer, problem details for every fault, the headers
    we send.
    """
    result["components"].setdefault("schemas", {})["Probleem"] = _PROBLEEM
    scopes: set[str] = set()
    for pad, methoden in result["paths"].items():
        for methode, operatie in methoden.items():
            antwoorden = operatie["responses"]
            weg = uitfaseren.van(methode, pad)
            if weg is not None:
                operatie["deprecated"] = True
            for code in _foutcodes(methode, operatie, pad):
                antwoorden[str(code)] = _probleem(code)
            for code, antwoord in antwoorden.items():
                antwoord.setdefault("headers", {}).update(_VERSIEKOP)
                _extra_koppen(code, methode, antwoord)
                if weg is not None:
                    antwoord["headers"] |= _WEG
            operatie["responses"] = dict(sorted(antwoorden.items()))
            scopes |= {scope for regel in operatie.get("security", ()) for lijst in regel.values() for scope in lijst}
    for schema in result["components"].get("securitySchemes", {}).values():
        schema["flows"]["clientCredentials"]["scopes"] = {scope: scope for scope in sorted(scopes)}
    result["paths"] = dict(sorted(result["paths"].items()))
    return result


def _extra_koppen(code: str, methode: str, antwoord: dict[str, Any]) -> None:
    if code == "201":
        antwoord["headers"] |= {"Location": _LOCATIE, "ETag": _ETAG}
    if code in {"200", "304"} and methode in {"get", "patch"}:
        antwoord["headers"]["ETag"] = _ETAG
    inhoud = antwoord.get("content", {}).get("application/json", {}).get("schema", {}).get("$ref", "")
    if inhoud.endswith("Bladzijde"):
        antwoord["headers"].pop("ETag", None)
        antwoord["headers"]["Link"] = _LINK
