"""One line through the same door as the API: the same serializer, the same service, one small transaction."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError as DjangoOngeldig
from django.db import IntegrityError, InterfaceError, OperationalError
from rest_framework.exceptions import ValidationError

from aanmeldingen import services
from aanmeldingen.aanleveren.lezen import Regel
from aanmeldingen.aanleveren.veilig import fout, zonder_bsn
from aanmeldingen.api.invoer import AanmeldingInvoer
from aanmeldingen.api.vertaling import naar_velden
from aanmeldingen.keuzes import Regelstand
from aanmeldingen.models import Aanlevering, Aanmelding
from aanmeldingen.services.aanlevering import leg_regel_vast
from kern.api.problemen import camel, veldfouten
from kern.handeling import Actor, handeling
from kern.models import ApiClient

log = logging.getLogger("aanmeldingen.aanleveren")


def verwerk(aanlevering: Aanlevering, regel: Regel, *, actor: Actor) -> str:
    """Take one line and note what became of it, both or neither; returns its state.

    A line that breaks on something unforeseen goes to quarantine, so that it never stops the batch. What the
    database cannot do now (OperationalError) is passed on: the batch is taken up again later.
    """
    for poging in (1, 2):
        try:
            return _neem(aanlevering, regel, actor)
        except (OperationalError, InterfaceError):
            raise
        except Exception as onbekend:
            # Somebody else was at it at the same moment: what is there now decides, once more.
            if not (isinstance(onbekend, IntegrityError) and poging == 1):
                return _quarantaine(aanlevering, regel, onbekend, actor)
    raise AssertionError("onbereikbaar")


def _neem(aanlevering: Aanlevering, regel: Regel, actor: Actor) -> str:
    noteer = partial(leg_regel_vast, aanlevering, regel.nummer, actor=actor)
    if regel.onleesbaar:
        noteer(Regelstand.ONLEESBAAR, fouten=[fout("regel", "onleesbaar", regel.onleesbaar)])
        return Regelstand.ONLEESBAAR
    with handeling(actor):
        return _dien_in(aanlevering.client, regel, noteer, actor)


def _dien_in(client: ApiClient, regel: Regel, noteer: Callable[..., Any], actor: Actor) -> str:
    invoer = AanmeldingInvoer(data=regel.inhoud, context={"client": client, "bestaand": None})
    geldig = invoer.is_valid()
    # A reference that is wrong may be anything, so it is not kept.
    referentie = _referentie(regel) if "externeReferentie" not in invoer.errors else ""
    weiger = partial(noteer, Regelstand.AFGEKEURD, referentie=referentie)
    if not geldig:
        weiger(fouten=_uit_velden(invoer.errors))
        return Regelstand.AFGEKEURD
    try:
        aanmelding = _maak(client, invoer, actor)
    except services.BestaatAl as bestaat:
        return _bestaat(bestaat, invoer.validated_data["externeReferentie"], noteer, weiger)
    except (DjangoOngeldig, ValidationError) as ongeldig:
        weiger(fouten=_uit_regels(ongeldig))
        return Regelstand.AFGEKEURD
    al = services.reeds_in_traject(client, invoer.validated_data.get("burgerservicenummer"))
    noteer(Regelstand.VERWERKT, aanmelding=aanmelding, reeds_in_traject=al)
    return Regelstand.VERWERKT


def _maak(client: ApiClient, invoer: AanmeldingInvoer, actor: Actor) -> Aanmelding:
    gegevens = invoer.validated_data
    velden, bijzonder = naar_velden(gegevens)
    assert invoer.versie is not None, "een geldige aanmelding heeft een route"  # noqa: S101
    return services.dien_in(
        velden,
        invoer.versie,
        actor=actor,
        bsn=gegevens.get("burgerservicenummer"),
        bijzonder=bijzonder,
        client=client,
        invoer=gegevens,
        eerdere=invoer.eerdere,
    )


def _bestaat(
    bestaat: services.BestaatAl, referentie: str, noteer: Callable[..., Any], weiger: Callable[..., Any]
) -> str:
    """The same reference again is no fault: it has its number already. The same person under another one is."""
    er = bestaat.aanmelding
    if er.externe_referentie == referentie:
        reden = "Deze referentie hadden we al. We hebben niets gewijzigd."
        noteer(Regelstand.BEKEND, aanmelding=er, fouten=[fout("externeReferentie", "bestaat-al", reden)])
        return Regelstand.BEKEND
    reden = f"{bestaat.reden} Dat is {er.volgnummer}."
    weiger(fouten=[fout("burgerservicenummer", "bestaat-al", reden)])
    return Regelstand.AFGEKEURD


def _uit_velden(fouten: Any) -> list[dict[str, str]]:
    return [fout(f["name"], f["code"], f["reason"]) for f in veldfouten(fouten)]


def _uit_regels(ongeldig: DjangoOngeldig | ValidationError) -> list[dict[str, str]]:
    if isinstance(ongeldig, ValidationError):
        return _uit_velden(ongeldig.detail)
    if not hasattr(ongeldig, "error_dict"):
        return [fout("regel", "ongeldig", tekst) for tekst in ongeldig.messages]
    return [
        fout(camel(veld), een.code or "ongeldig", een.messages[0])
        for veld, lijst in ongeldig.error_dict.items()
        for een in lijst
    ]


def _referentie(regel: Regel) -> str:
    waarde = regel.inhoud.get("externeReferentie")
    return zonder_bsn(waarde, 40) if isinstance(waarde, str | int) else ""


def _quarantaine(aanlevering: Aanlevering, regel: Regel, onbekend: Exception, actor: Actor) -> str:
    """Only the kind of error goes into the log: the database repeats the row in its text, so a person."""
    log.error(
        "regel niet verwerkt",
        extra={"aanlevering": str(aanlevering.kenmerk), "regel": regel.nummer, "soort": type(onbekend).__name__},
    )
    reden = "Bij ons ging iets mis met deze regel. Meld dit bij de functioneel beheerder."
    leg_regel_vast(
        aanlevering,
        regel.nummer,
        Regelstand.ONLEESBAAR,
        actor=actor,
        referentie=_referentie(regel),
        fouten=[fout("regel", "interne-fout", reden)],
    )
    return Regelstand.ONLEESBAAR
