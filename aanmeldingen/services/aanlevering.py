"""A batch begins, a line gets its outcome, the batch ends, the cursor moves."""

from __future__ import annotations

from typing import Any

from django.db.models import Count

from aanmeldingen.keuzes import Aanleverstand, Regelstand
from aanmeldingen.models import Aanlevering, Aanleverregel, Aanmelding, Ophaalstand
from kern import klok
from kern.handeling import Actor, service
from kern.models import ApiClient


@service
def begin_aanlevering(
    client: ApiClient, wijze: str, naam: str, controlegetal: str, *, actor: Actor
) -> tuple[Aanlevering, bool]:
    """The batch with this content and whether it is new; one that a killed run left is taken up again."""
    return Aanlevering.objects.get_or_create(
        controlegetal=controlegetal,
        defaults={"client": client, "wijze": wijze, "naam": naam, "begonnen_op": klok.nu()},
    )


@service
def leg_regel_vast(
    aanlevering: Aanlevering,
    nummer: int,
    stand: str,
    *,
    actor: Actor,
    aanmelding: Aanmelding | None = None,
    referentie: str = "",
    fouten: list[dict[str, str]] | None = None,
    reeds_in_traject: bool | None = None,
) -> Aanleverregel:
    """The outcome of one line; call it in the transaction that made the referral.

    Raises IntegrityError for a line that already has an outcome.
    """
    return Aanleverregel.objects.create(
        aanlevering=aanlevering,
        nummer=nummer,
        stand=stand,
        aanmelding=aanmelding,
        referentie="" if aanmelding is not None else referentie,
        fouten=fouten or [],
        reeds_in_traject=reeds_in_traject,
    )


@service
def sluit_aanlevering(aanlevering: Aanlevering, *, actor: Actor, fout: str = "") -> Aanlevering:
    """All lines have an outcome: count them. With `fout` the file as a whole could not be read."""
    rij = Aanlevering.objects.select_for_update(of=("self",)).get(pk=aanlevering.pk)
    tellingen: dict[str, Any] = dict(rij.uitkomsten.values_list("stand").annotate(aantal=Count("pk")).order_by("stand"))
    for stand in Regelstand.values:
        setattr(rij, stand, tellingen.get(stand, 0))
    rij.regels = sum(tellingen.values())
    rij.stand = Aanleverstand.ONLEESBAAR if fout else Aanleverstand.VERWERKT
    rij.fout, rij.klaar_op = fout, klok.nu()
    rij.save(update_fields=[*Regelstand.values, "regels", "stand", "fout", "klaar_op"])
    return rij


@service
def verzet_cursor(client: ApiClient, cursor: str, *, actor: Actor) -> Ophaalstand:
    """Note how far we read; call it in the transaction of the lines."""
    stand, _ = Ophaalstand.objects.select_for_update(of=("self",)).get_or_create(client=client)
    stand.cursor, stand.gelukt_op, stand.fout = cursor, klok.nu(), ""
    stand.save(update_fields=["cursor", "gelukt_op", "fout"])
    return stand


@service
def meld_ophalen_mislukt(client: ApiClient, fout: str, *, actor: Actor) -> Ophaalstand:
    """The partner could not be read; the cursor stays where it was."""
    stand, _ = Ophaalstand.objects.select_for_update(of=("self",)).get_or_create(client=client)
    stand.mislukt_op, stand.fout = klok.nu(), fout[:300]
    stand.save(update_fields=["mislukt_op", "fout"])
    return stand
