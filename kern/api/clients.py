"""Services for the machines that use the API."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from joserfc.errors import JoseError
from joserfc.jwk import import_key

from kern import klok
from kern.handeling import Actor, handeling, service
from kern.models import ApiClient, ClientSleutel

_VERS = dt.timedelta(minutes=1)
_MINIMALE_RSA = 2048
_WELKE_SLEUTEL = "Geef een publieke sleutel: RSA van minstens 2048 bits, of EC P-256."
MAX_SLEUTELS = 2
OVERLAP = dt.timedelta(days=30)


def merk_gebruik(client: ApiClient, sleutel: ClientSleutel | None = None) -> None:
    """Note that the client (and its key) was here, at most once a minute. Reading alone does not count: a GET
    never writes.
    """
    nu = klok.echt_nu()
    oud = [r for r in (client, sleutel) if r and (r.laatst_gebruikt_op is None or nu - r.laatst_gebruikt_op > _VERS)]
    if not oud:
        return
    with handeling(Actor.van_client(client)):
        for rij in oud:
            type(rij).alle_gemeenten.filter(pk=rij.pk).update(laatst_gebruikt_op=nu)
            rij.laatst_gebruikt_op = nu


@service
def maak_client(client_id: str, naam: str, bron: str, scopes: list[str], *, actor: Actor, **velden: Any) -> ApiClient:
    """Register a machine; it can do nothing until it has a key."""
    client = ApiClient(client_id=client_id, naam=naam, bron=bron, scopes=scopes, **velden)
    client.full_clean(exclude=["laatst_gebruikt_op"])
    client.save()
    return client


@service
def wijzig_client(client: ApiClient, versie: int, *, actor: Actor, **velden: Any) -> ApiClient:
    """Change what a client may do and who it is; refuses when somebody else was first."""
    client = _vergrendel(client)
    if client.versie != versie:
        raise ValidationError("Een collega heeft deze client net gewijzigd. Open de bladzijde opnieuw.")
    for naam, waarde in velden.items():
        setattr(client, naam, waarde)
    client.versie += 1
    client.full_clean(exclude=["laatst_gebruikt_op"])
    client.save()
    return client


@service
def zet_client_uit(client: ApiClient, *, actor: Actor, reden: str) -> ApiClient:
    """Refuse a client from this moment on; its tokens and keys stop working, what it sent stays."""
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom je deze client stopzet."})
    return _zet(client, actief=False)


@service
def zet_client_aan(client: ApiClient, *, actor: Actor) -> ApiClient:
    """Let a client in again, with the keys that are still valid."""
    return _zet(client, actief=True)


def _zet(client: ApiClient, *, actief: bool) -> ApiClient:
    client = _vergrendel(client)
    client.actief = actief
    client.versie += 1
    client.save(update_fields=["actief", "versie"])
    return client


def _vergrendel(client: ApiClient) -> ApiClient:
    return ApiClient.objects.select_for_update(of=("self",)).get(pk=client.pk)


@service
def voeg_sleutel_toe(
    client: ApiClient,
    jwk: dict[str, Any],
    *,
    actor: Actor,
    geldig_vanaf: dt.datetime | None = None,
    geldig_tot: dt.datetime | None = None,
    oude_tot: dt.datetime | None = None,
) -> ClientSleutel:
    """Add a public key (JWK, RSA from 2048 bits or P-256).

    Two may be good side by side while the client changes keys; the old one without an end then ends at
    `oude_tot`, or 30 days after the new one begins. Raises ValidationError for a third.
    """
    kid, publiek = _lees_jwk(jwk)
    client = _vergrendel(client)
    begin = geldig_vanaf or klok.echt_nu()
    lopend = list(nog_te_gebruiken(client))
    if len(lopend) >= MAX_SLEUTELS:
        raise ValidationError({"jwk": "Er zijn al twee sleutels in gebruik. Trek er eerst een in."})
    for oud in lopend:
        if oud.geldig_tot is None:
            oud.geldig_tot = max(oude_tot or begin + OVERLAP, oud.geldig_vanaf)
            oud.save(update_fields=["geldig_tot"])
    sleutel = ClientSleutel(client=client, kid=kid, jwk=publiek, geldig_vanaf=begin, geldig_tot=geldig_tot)
    sleutel.full_clean(exclude=["laatst_gebruikt_op"])
    sleutel.save()
    return sleutel


def nog_te_gebruiken(client: ApiClient) -> QuerySet[ClientSleutel]:
    """Keys that are good now or will be, oldest first."""
    return (
        ClientSleutel.objects.filter(client=client)
        .filter(Q(geldig_tot__isnull=True) | Q(geldig_tot__gt=klok.echt_nu()))
        .order_by("geldig_vanaf", "pk")
    )


def _lees_jwk(jwk: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The name and the public part of a key; raises ValidationError for anything else than a public key."""
    if not isinstance(jwk, dict) or jwk.get("kty") not in {"RSA", "EC"}:
        raise ValidationError({"jwk": _WELKE_SLEUTEL})
    try:
        sleutel = import_key(jwk)
        te_kort = sleutel.key_type == "RSA" and sleutel.public_key.key_size < _MINIMALE_RSA
        andere_kromme = sleutel.key_type == "EC" and jwk.get("crv") != "P-256"
        geweigerd = sleutel.is_private or te_kort or andere_kromme
    except (JoseError, ValueError, KeyError, TypeError) as fout:
        raise ValidationError({"jwk": "Dit is geen JWK."}) from fout
    if geweigerd:
        raise ValidationError({"jwk": _WELKE_SLEUTEL})
    kid = str(jwk.get("kid") or sleutel.thumbprint())
    return kid, sleutel.as_dict(private=False) | {"kid": kid}


@service
def zet_einde(sleutel: ClientSleutel, geldig_tot: dt.datetime, *, actor: Actor, reden: str = "") -> ClientSleutel:
    """Choose until when a key is good; one that already ended stays ended."""
    _vergrendel(sleutel.client)
    sleutel = ClientSleutel.objects.select_related("client").get(pk=sleutel.pk)
    nu = klok.echt_nu()
    if sleutel.geldig_tot is not None and sleutel.geldig_tot <= nu:
        raise ValidationError("Deze sleutel is al verlopen. Voeg een nieuwe sleutel toe.")
    if geldig_tot <= nu:
        raise ValidationError({"geldig_tot": "Kies vandaag of een latere dag, of trek de sleutel nu in."})
    sleutel.geldig_tot = geldig_tot
    sleutel.full_clean(exclude=["laatst_gebruikt_op"])
    sleutel.save(update_fields=["geldig_tot"])
    return sleutel


@service
def trek_sleutel_in(sleutel: ClientSleutel, *, actor: Actor, reden: str) -> None:
    """Stop accepting a key at once, e.g. because it leaked."""
    sleutel.geldig_tot = max(klok.echt_nu(), sleutel.geldig_vanaf)
    sleutel.save(update_fields=["geldig_tot"])
