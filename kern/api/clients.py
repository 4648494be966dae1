"""Services for the machines that use the API."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from joserfc.errors import JoseError
from joserfc.jwk import import_key

from kern import klok
from kern.handeling import Actor, handeling, service
from kern.models import ApiClient, ClientSleutel

_VERS = dt.timedelta(minutes=1)
_MINIMALE_RSA = 2048


def merk_gebruik(client: ApiClient) -> None:
    """Note that the client was here, at most once a minute. Reading alone does not count: a GET never
    writes.
    """
    nu = klok.echt_nu()
    if client.laatst_gebruikt_op is None or nu - client.laatst_gebruikt_op > _VERS:
        with handeling(Actor.van_client(client)):
            ApiClient.alle_gemeenten.filter(pk=client.pk).update(laatst_gebruikt_op=nu)
        client.laatst_gebruikt_op = nu


@service
def maak_client(client_id: str, naam: str, bron: str, scopes: list[str], *, actor: Actor, **velden: Any) -> ApiClient:
    """Register a machine; it can do nothing until it has a key."""
    client = ApiClient(client_id=client_id, naam=naam, bron=bron, scopes=scopes, **velden)
    client.full_clean(exclude=["laatst_gebruikt_op"])
    client.save()
    return client


@service
def voeg_sleutel_toe(
    client: ApiClient, jwk: dict[str, Any], *, actor: Actor, geldig_tot: dt.datetime | None = None
) -> ClientSleutel:
    """Add a public key (JWK, RSA from 2048 bits or P-256). Old and new may overlap while the client
    changes keys.
    """
    if jwk.get("kty") not in {"RSA", "EC"}:
        raise ValidationError({"jwk": "Geef een publieke sleutel: RSA van minstens 2048 bits, of EC P-256."})
    try:
        sleutel = import_key(jwk)
        te_kort = sleutel.key_type == "RSA" and sleutel.public_key.key_size < _MINIMALE_RSA
        geweigerd = sleutel.is_private or te_kort
    except (JoseError, ValueError, KeyError, TypeError) as fout:
        raise ValidationError({"jwk": "Dit is geen JWK."}) from fout
    if geweigerd:
        raise ValidationError({"jwk": "Geef een publieke sleutel: RSA van minstens 2048 bits, of EC P-256."})
    kid = str(jwk.get("kid") or sleutel.thumbprint())
    return ClientSleutel.objects.create(
        client=client, kid=kid, jwk=sleutel.as_dict(private=False) | {"kid": kid}, geldig_tot=geldig_tot
    )


@service
def trek_sleutel_in(sleutel: ClientSleutel, *, actor: Actor, reden: str) -> None:
    """Stop accepting a key at once, e.g. because it leaked."""
    sleutel.geldig_tot = klok.echt_nu()
    sleutel.save(update_fields=["geldig_tot"])
