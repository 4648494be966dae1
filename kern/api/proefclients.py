"""Test clients: a developer makes one alone, and it can only judge and read codes (ADR 0030).

The database keeps it so: a client with `proef_tot` has no scope that stores anything or reads about a person.
"""

from __future__ import annotations

import datetime as dt
import secrets
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from kern import klok
from kern.api.clients import maak_client, voeg_sleutel_toe
from kern.handeling import Actor, service
from kern.models import ApiClient
from kern.models.client import PROEFSCOPES

#: Who makes them: nobody is logged in.
PORTAAL = Actor.taak("Portaal voor ontwikkelaars")
MAXIMUM = 200
#: How long a client lives that the try-out page makes for one visit.
BEZOEK = dt.timedelta(days=1)


def lopende() -> QuerySet[ApiClient]:
    """Test clients that have not ended."""
    return ApiClient.objects.filter(proef_tot__gt=klok.echt_nu()).order_by("-pk")


@service
def maak_proefclient(
    naam: str, bron: str, *, actor: Actor, jwk: dict[str, Any] | None = None, duur: dt.timedelta | None = None
) -> ApiClient:
    """A test client for `bron`, with its public key when the developer has one.

    Lives API_TESTCLIENT_DAGEN days, or `duur`. Raises ValidationError when this installation allows none, when
    there are too many, or for a key that is no good.
    """
    if not settings.API_TESTCLIENTS:
        raise ValidationError("Op deze omgeving maak je geen testclients. Vraag de functioneel beheerder.")
    if lopende().count() >= MAXIMUM:
        raise ValidationError("Er zijn nu te veel testclients. Probeer het morgen opnieuw.")
    einde = klok.echt_nu() + (duur or dt.timedelta(days=settings.API_TESTCLIENT_DAGEN))
    client = maak_client(f"test-{secrets.token_hex(6)}", naam, bron, list(PROEFSCOPES), actor=actor, proef_tot=einde)
    if jwk is not None:
        voeg_sleutel_toe(client, jwk, actor=actor, geldig_tot=einde)
    return client


@service
def ruim_proefclients_op(*, actor: Actor) -> int:
    """Delete the test clients that ended, with their keys; how many."""
    verlopen = list(ApiClient.objects.filter(proef_tot__lte=klok.echt_nu()).order_by("pk"))
    for client in verlopen:
        client.delete()
    return len(verlopen)
