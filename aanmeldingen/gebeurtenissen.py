"""What the sender hears: events without personal data (STANDAARDEN 3.1)."""

from __future__ import annotations

from typing import Any

from aanmeldingen.models import Aanmelding
from kern.aansluitingen import gebeurtenis
from kern.models import Gebeurtenis

_VOOR = "nl.re-integratie.aanmelding."
ONTVANGEN = f"{_VOOR}ontvangen.v1"
STATUS = f"{_VOOR}status-gewijzigd.v1"
GEVRAAGD = f"{_VOOR}aanvulling-gevraagd.v1"
INTAKE = f"{_VOOR}intakegesprek-gepland.v1"
START = f"{_VOOR}trajectstart.v1"
PLAATSING = f"{_VOOR}plaatsing.v1"
AFGESLOTEN = f"{_VOOR}afgesloten.v1"
GECORRIGEERD = f"{_VOOR}persoon-gecorrigeerd.v1"

TYPES = {
    ONTVANGEN: "We hebben de aanmelding ontvangen.",
    STATUS: "De aanmelding heeft een nieuwe status.",
    GEVRAAGD: "We hebben een vraag. Vul de aanmelding aan.",
    INTAKE: "Het eerste gesprek is gepland.",
    START: "Het traject is begonnen.",
    PLAATSING: "De persoon is geplaatst bij een werkgever.",
    AFGESLOTEN: "Het traject is klaar.",
    GECORRIGEERD: "De gegevens van de persoon zijn verbeterd, worden gewist of mogen alleen nog worden bewaard.",
}


def meld(type_: str, aanmelding: Aanmelding, oud: str = "", **meer: Any) -> Gebeurtenis:
    """Put an event in the outbox; it holds references and states only."""
    return gebeurtenis.meld(
        type_,
        aanmelding.kenmerk,
        betrokkene_id=aanmelding.deelnemer_id,
        client_id=aanmelding.client_id,
        dataref=f"/api/v1/aanmeldingen/{aanmelding.kenmerk}",
        data={
            "aanmeldingId": str(aanmelding.kenmerk),
            "externeReferentie": aanmelding.externe_referentie,
            "oudeStatus": oud or None,
            "nieuweStatus": aanmelding.status,
            **meer,
        },
    )


_UIT = "nl.re-integratie.verwijzing."
VERWEZEN = f"{_UIT}verstuurd.v1"
VERWIJSSTATUS = f"{_UIT}status-gewijzigd.v1"
VERWIJSRAPPEL = f"{_UIT}herinnering.v1"
RAPPEL = f"{_VOOR}herinnering.v1"

TYPES |= {
    VERWEZEN: "We verwijzen iemand naar je. Bevestig de ontvangst.",
    VERWIJSSTATUS: "Een verwijzing naar je heeft een nieuwe status.",
    VERWIJSRAPPEL: "De ontvangst van een verwijzing is nog niet bevestigd.",
    RAPPEL: "Iets bij je aanmelding wacht te lang: een vraag, een document of de overdracht.",
}


def meld_verwijzing(type_: str, aanmelding: Aanmelding, oud: str = "", **meer: Any) -> Gebeurtenis:
    """Put an event about a referral by us in the outbox, for the system of the partner when it has one."""
    partner = aanmelding.ketenpartner
    return gebeurtenis.meld(
        type_,
        aanmelding.kenmerk,
        betrokkene_id=aanmelding.deelnemer_id,
        client_id=partner.client_id if partner else None,
        dataref=f"/api/v1/verwijzingen/{aanmelding.kenmerk}",
        data={
            "verwijzingId": str(aanmelding.kenmerk),
            "oudeStatus": oud or None,
            "nieuweStatus": aanmelding.status,
            **meer,
        },
    )


OVERGEDRAGEN = f"{_VOOR}overgedragen.v1"

TYPES |= {OVERGEDRAGEN: "De afgesproken dag is er: een team van ons neemt de persoon nu over."}

GEWEIGERD = f"{_VOOR}document-geweigerd.v1"

TYPES |= {GEWEIGERD: "In een document dat je stuurde zat een virus. Het is verwijderd. Stuur een schoon bestand."}
