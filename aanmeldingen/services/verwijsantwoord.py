"""What the partner says of a referral by us: received, accepted, sent back; by system, link or phone (R045)."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from aanmeldingen.gebeurtenissen import VERWIJSSTATUS, meld_verwijzing
from aanmeldingen.keuzes import TERUGSTUURREDENEN_PARTNER, Bevestigwijze
from aanmeldingen.models import Aanmelding
from aanmeldingen.services.verwijslink import geef_link
from aanmeldingen.services.verwijzen import schrijf_regels, sluit_link, vergrendel_verwijzing
from aanmeldingen.toestanden import VERWIJZING
from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import verzet
from regelgeving import opzoeken


@dataclass(frozen=True)
class Zegsman:
    """Who at the partner says so, and by which way we know."""

    naam: str
    wijze: Bevestigwijze


def _noteer(aanmelding: Aanmelding, wie: Zegsman) -> None:
    """The first word of the partner is the receipt."""
    if not wie.naam.strip():
        raise ValidationError({"naam": "Vul in wie dit zegt."})
    verzending = aanmelding.verzending
    if verzending.bevestigd_wijze == "":
        verzending.bevestigd_wijze, verzending.bevestigd_door = wie.wijze, wie.naam.strip()[:150]
        verzending.save(update_fields=["bevestigd_wijze", "bevestigd_door"])
        aanmelding.ontvangst_bevestigd_op = klok.nu()


@service
def bevestig_ontvangst(aanmelding: Aanmelding, wie: Zegsman, *, actor: Actor) -> Aanmelding:
    """The partner has it; the clock stops. Who answered by the link gets a new one for the answer itself."""
    aanmelding = vergrendel_verwijzing(aanmelding)
    oud = aanmelding.status
    VERWIJZING.vereis(aanmelding, "bevestigen")
    _noteer(aanmelding, wie)
    aanmelding.gewijzigd_op = klok.nu()
    verzet(VERWIJZING, aanmelding, "bevestigen", actor=actor, ook=("ontvangst_bevestigd_op", "gewijzigd_op"))
    sluit_link(aanmelding.verzending)
    if wie.wijze == Bevestigwijze.LINK:
        geef_link(aanmelding, actor=actor)
    schrijf_regels(aanmelding)
    meld_verwijzing(VERWIJSSTATUS, aanmelding, oud)
    return aanmelding


@service
def partner_neemt_aan(aanmelding: Aanmelding, wie: Zegsman, *, actor: Actor, toelichting: str = "") -> Aanmelding:
    """The partner goes on with this person."""
    aanmelding = vergrendel_verwijzing(aanmelding)
    oud = aanmelding.status
    VERWIJZING.vereis(aanmelding, "aannemen")
    _noteer(aanmelding, wie)
    _sluit_af(aanmelding, toelichting)
    verzet(
        VERWIJZING,
        aanmelding,
        "aannemen",
        actor=actor,
        reden=toelichting,
        ook=("ontvangst_bevestigd_op", "beslist_op", "gewijzigd_op"),
    )
    schrijf_regels(aanmelding)
    meld_verwijzing(VERWIJSSTATUS, aanmelding, oud)
    return aanmelding


@service
def partner_stuurt_terug(aanmelding: Aanmelding, wie: Zegsman, code: str, *, actor: Actor, reden: str) -> Aanmelding:
    """The partner does not take the person, with a coded reason and text; it comes back on Vandaag."""
    if code not in {c for c, _ in opzoeken.keuzes(TERUGSTUURREDENEN_PARTNER, klok.vandaag())}:
        raise ValidationError({"code": "Kies een reden uit de lijst."})
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom dit niet kan. Wij lezen dit."})
    aanmelding = vergrendel_verwijzing(aanmelding)
    oud = aanmelding.status
    VERWIJZING.vereis(aanmelding, "terugsturen", reden)
    _noteer(aanmelding, wie)
    _sluit_af(aanmelding, reden)
    aanmelding.terugstuurreden, aanmelding.terugstuurtekst = code, reden
    verzet(
        VERWIJZING,
        aanmelding,
        "terugsturen",
        actor=actor,
        reden=reden,
        ook=("terugstuurreden", "terugstuurtekst", "ontvangst_bevestigd_op", "beslist_op", "gewijzigd_op"),
    )
    schrijf_regels(aanmelding)
    meld_verwijzing(VERWIJSSTATUS, aanmelding, oud, reden=code)
    return aanmelding


def _sluit_af(aanmelding: Aanmelding, tekst: str) -> None:
    aanmelding.beslist_op = aanmelding.gewijzigd_op = klok.nu()
    aanmelding.verzending.antwoord = tekst
    aanmelding.verzending.save(update_fields=["antwoord"])
    sluit_link(aanmelding.verzending)
