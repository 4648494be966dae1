"""A referral comes in, is changed, completed or withdrawn by the sender (R021, R024, R029, R044)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from aanmeldingen import regels, schoolvragen, termijn
from aanmeldingen.aansluiting import KAMER, werkregel
from aanmeldingen.gebeurtenissen import ONTVANGEN, STATUS, meld
from aanmeldingen.keuzes import POOLBRONNEN
from aanmeldingen.models import (
    Aanmelding,
    AanmeldingBijzonder,
    AanmeldingBsn,
    Aanvullingsvraag,
    Routeversie,
)
from aanmeldingen.querysets import jongerenpoort
from aanmeldingen.services import school
from aanmeldingen.services.teamoverdracht import sluit_overdracht
from aanmeldingen.toestanden import AANMELDING, INDIENEN, OPEN, TE_WIJZIGEN
from deelnemers.keuzes import Viruscontrole
from deelnemers.services.inschrijven import vind_op_bsn
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import ApiClient
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet


class BestaatAl(Exception):
    """The same referral is already there; `aanmelding` is the existing one."""

    def __init__(self, aanmelding: Aanmelding, reden: str) -> None:
        super().__init__(reden)
        self.aanmelding, self.reden = aanmelding, reden


def vergrendel(aanmelding: Aanmelding) -> Aanmelding:
    """The row as it is now, locked until the end of the transaction."""
    rijen = Aanmelding.objects.select_for_update(of=("self",)).select_related(
        "route", "routeversie", "behandelaar", "team"
    )
    return rijen.get(pk=aanmelding.pk)


@dataclass(frozen=True)
class Oordeel:
    """What handing in would say: the double that is already there, and the admission rules that are not met."""

    waarschuwingen: list[dict[str, str]]
    dubbel: BestaatAl | None = None
    fout: ValidationError | None = None


def toets(
    velden: dict[str, Any],
    versie: Routeversie,
    *,
    bsn: str | None,
    client: ApiClient | None,
    invoer: dict[str, Any],
) -> Oordeel:
    """The rules of `dien_in` by the same functions, without storing anything (R022)."""
    dubbel = fout = None
    try:
        _niet_dubbel(client, velden.get("externe_referentie", ""), bsn_.zoeksleutel(bsn) if bsn else None)
    except BestaatAl as gevonden:
        dubbel = gevonden
    proef = Aanmelding(route=versie.route, routeversie=versie, **velden)
    try:
        _weeg(proef, versie, invoer, heeft_bsn=bsn is not None)
    except ValidationError as geweigerd:
        fout = geweigerd
    return Oordeel(proef.waarschuwingen, dubbel, fout)


@service
def dien_in(
    velden: dict[str, Any],
    versie: Routeversie,
    *,
    actor: Actor,
    bsn: str | None = None,
    bijzonder: dict[str, Any] | None = None,
    client: ApiClient | None = None,
    invoer: dict[str, Any] | None = None,
    eerdere: Aanmelding | None = None,
) -> Aanmelding:
    """Store a referral and start the clock (R021).

    `velden` are columns of Aanmelding; `invoer` is the body it came from, for completeness and admission
    rules. Raises BestaatAl for a reference or person that this client already has open, ValidationError when
    a rule of the route is not met and the sender does not explain it (R026).
    """
    zoeksleutel = bsn_.zoeksleutel(bsn) if bsn else None
    _niet_dubbel(client, velden.get("externe_referentie", ""), zoeksleutel)
    aanmelding = Aanmelding(
        client=client,
        route=versie.route,
        routeversie=versie,
        bsn_zoeksleutel=bsn_.te_bewaren(zoeksleutel) if zoeksleutel else None,
        eerdere_aanmelding=eerdere,
        status="ontvangen",
        status_sinds=klok.vandaag(),
        ontvangen_op=klok.nu(),
        gewijzigd_op=klok.nu(),
        sla_werkdagen=versie.sla_werkdagen,
        **velden,
    )
    _weeg(aanmelding, versie, invoer or {}, heeft_bsn=bsn is not None)
    termijn.start(aanmelding)
    _bepaal_team(aanmelding, versie)
    aanmelding.save()
    _bewaar_apart(aanmelding, bsn, bijzonder)
    leg_overgang_vast(AANMELDING.soort, aanmelding, "", INDIENEN, actor=actor)
    if versie.documenten and regels.ontbrekende_documenten(invoer or {}, versie.documenten):
        _wacht_op_document(aanmelding, actor)
    werkvoorraad.schrijf(werkregel(aanmelding))
    school.bij_aanmelding(aanmelding, actor=actor)
    meld(ONTVANGEN, aanmelding)
    return aanmelding


def documenten_nodig(aanmelding: Aanmelding) -> list[str]:
    """Kinds of documents that its version of the route asks and that did not come yet; no query when it asks none."""
    gevraagd = aanmelding.routeversie.documenten
    if not gevraagd:
        return []
    goed = aanmelding.documenten.exclude(controle=Viruscontrole.BESMET)
    gestuurd = goed.order_by("pk").values_list("soort", flat=True)
    return regels.ontbrekende_documenten({"adviesrapport": aanmelding.adviesrapport}, gevraagd, gestuurd)


def _wacht_op_document(aanmelding: Aanmelding, actor: Actor) -> None:
    """The sender is at turn from the first moment: our clock does not run (R022, R024)."""
    termijn.stop(aanmelding)
    verzet(AANMELDING, aanmelding, "op_document_wachten", actor=actor, ook=termijn.KLOKVELDEN)


def weeg_documenten(aanmelding: Aanmelding, *, actor: Actor) -> None:
    """Let it wait for a document that is not there, or start our clock when the last one came; inside a service."""
    nodig = documenten_nodig(aanmelding) if aanmelding.status in {"ontvangen", "wacht_op_document"} else []
    oud = aanmelding.status
    if oud == "ontvangen" and nodig:
        _wacht_op_document(aanmelding, actor)
    elif oud == "wacht_op_document" and not nodig:
        termijn.start(aanmelding)
        aanmelding.gewijzigd_op = klok.nu()
        verzet(AANMELDING, aanmelding, "documenten_compleet", actor=actor, ook=(*termijn.KLOKVELDEN, "gewijzigd_op"))
    if aanmelding.status != oud:
        werkvoorraad.schrijf(werkregel(aanmelding))
        meld(STATUS, aanmelding, oud)


def _niet_dubbel(client: ApiClient | None, referentie: str, zoeksleutel: bytes | None) -> None:
    """One query for both kinds of double; the database constraints catch what comes at the same moment."""
    if client is None:
        return
    zelfde = Q(externe_referentie=referentie) if referentie else Q(pk__in=[])
    if zoeksleutel:
        zelfde |= Q(bsn_zoeksleutel__in=bsn_.mogelijk(zoeksleutel), status__in=OPEN)
    gevonden = list(Aanmelding.objects.filter(zelfde, client=client).order_by("-pk")[:2])
    for rij in gevonden:
        if rij.externe_referentie == referentie and referentie:
            raise BestaatAl(rij, "Je gebruikte deze externe referentie al.")
    if gevonden:
        raise BestaatAl(gevonden[0], "Voor deze persoon loopt al een aanmelding van jou.")


def _weeg(aanmelding: Aanmelding, versie: Routeversie, invoer: dict[str, Any], *, heeft_bsn: bool) -> None:
    """Completeness and admission rules; a rule that is not met asks an explanation, it never blocks
    (R026).
    """
    gegevens = invoer | ({"burgerservicenummer": "aanwezig"} if heeft_bsn else {})
    er, gevraagd = regels.tel(gegevens, [*versie.verplicht, *versie.gewenst])
    aanmelding.onderdelen_aanwezig, aanmelding.onderdelen_gevraagd = er, gevraagd
    aanmelding.waarschuwingen = regels.waarschuwingen(invoer, versie.regels, klok.vandaag()) if invoer else []
    if aanmelding.waarschuwingen and not aanmelding.afwijking_uitleg.strip():
        teksten = " ".join(w["tekst"] for w in aanmelding.waarschuwingen)
        uitleg = ValidationError(f"{teksten} Leg uit waarom je toch aanmeldt.", code="verplicht")
        raise ValidationError({"afwijking_uitleg": uitleg})


def _bepaal_team(aanmelding: Aanmelding, versie: Routeversie) -> None:
    """Under 27 comes in through the Jongerenpoort, whatever the source (R029); a route with a pool gives it to one of
    its klantmanagers at once (R031).
    """
    aanmelding.team, pool = versie.route.team, versie.route
    aanmelding.jongerenpoort = versie.route.jongerenpoort
    if not versie.route.jongerenpoort and aanmelding.leeftijd_op(klok.vandaag()) < regels.JONGER_DAN:
        poort = jongerenpoort(klok.vandaag())
        aanmelding.jongerenpoort = True
        if poort is not None and poort.team is not None:
            aanmelding.team = poort.team
        pool = poort if poort is not None and versie.route.bron not in POOLBRONNEN else pool
    if aanmelding.behandelaar is None and (aanmelding.jongerenpoort or versie.route.bron in POOLBRONNEN):
        aanmelding.behandelaar = schoolvragen.minst_belast(pool)


def _bewaar_apart(aanmelding: Aanmelding, bsn: str | None, bijzonder: dict[str, Any] | None) -> None:
    nieuw = aanmelding.versie == 1
    if bsn:
        waarde = bsn_.versleutel(bsn, f"aanmelding:{aanmelding.pk}")
        if nieuw:
            AanmeldingBsn.objects.create(aanmelding=aanmelding, waarde=waarde)
        else:
            AanmeldingBsn.objects.update_or_create(aanmelding=aanmelding, defaults={"waarde": waarde})
    if bijzonder is None:
        return
    waarden: dict[str, Any] = {"belemmeringen": [], "werkvermogen": {}, "arbeidsbeperking": {}} | bijzonder
    if not nieuw:
        AanmeldingBijzonder.objects.update_or_create(aanmelding=aanmelding, defaults=waarden)
    elif bijzonder:
        AanmeldingBijzonder.objects.create(aanmelding=aanmelding, **waarden)


@service
def wijzig(
    aanmelding: Aanmelding,
    velden: dict[str, Any],
    versie: Routeversie,
    *,
    actor: Actor,
    bsn: str | None = None,
    bijzonder: dict[str, Any] | None = None,
    invoer: dict[str, Any] | None = None,
    ook_in_behandeling: bool = False,
) -> Aanmelding:
    """The sender corrects a referral; only as long as we have not started, or asked a question (else
    OvergangGeweigerd).

    The row must be locked by the caller (see `vergrendel`).
    """
    if aanmelding.status not in TE_WIJZIGEN and not (ook_in_behandeling and aanmelding.status == "in_behandeling"):
        label = AANMELDING.toestand(aanmelding.status).label
        raise OvergangGeweigerd(f"Wijzigen kan niet meer: de status is ‘{label}’.")
    for kolom, waarde in velden.items():
        setattr(aanmelding, kolom, waarde)
    aanmelding.route, aanmelding.routeversie = versie.route, versie
    if bsn:
        aanmelding.bsn_zoeksleutel = bsn_.te_bewaren(bsn_.zoeksleutel(bsn))
    _weeg(aanmelding, versie, invoer or {}, heeft_bsn=aanmelding.bsn_zoeksleutel is not None)
    _bepaal_team(aanmelding, versie)
    aanmelding.gewijzigd_op = klok.nu()
    aanmelding.versie += 1
    aanmelding.save()
    _bewaar_apart(aanmelding, bsn, bijzonder)
    werkvoorraad.schrijf(werkregel(aanmelding))
    school.bij_aanmelding(aanmelding, actor=actor)
    weeg_documenten(aanmelding, actor=actor)
    return aanmelding


@service
def vul_aan(aanmelding: Aanmelding, antwoord: str, *, actor: Actor) -> Aanvullingsvraag:
    """The sender answers the open question; our clock runs again with the days that were left (R024)."""
    aanmelding = vergrendel(aanmelding)
    vraag = aanmelding.vragen.filter(beantwoord_op__isnull=True).order_by("pk").first()
    if vraag is None:
        raise OvergangGeweigerd("Er staat geen vraag open bij deze aanmelding.")
    vraag.antwoord, vraag.beantwoord_op = antwoord, klok.nu()
    vraag.save(update_fields=["antwoord", "beantwoord_op"])
    termijn.start(aanmelding)
    aanmelding.gewijzigd_op = klok.nu()
    oud = aanmelding.status
    verzet(AANMELDING, aanmelding, "aanvullen", actor=actor, ook=(*termijn.KLOKVELDEN, "gewijzigd_op"))
    werkvoorraad.schrijf(werkregel(aanmelding))
    meld(STATUS, aanmelding, oud)
    return vraag


@service
def trek_in(aanmelding: Aanmelding, *, actor: Actor, reden: str) -> Aanmelding:
    """The sender withdraws an open referral, with a reason."""
    aanmelding = vergrendel(aanmelding)
    oud = aanmelding.status
    termijn.stop(aanmelding)
    aanmelding.intrekreden, aanmelding.gewijzigd_op = reden, klok.nu()
    verzet(
        AANMELDING,
        aanmelding,
        "intrekken",
        actor=actor,
        reden=reden,
        ook=(*termijn.KLOKVELDEN, "intrekreden", "gewijzigd_op"),
    )
    aanmelding.vragen.filter(beantwoord_op__isnull=True).update(beantwoord_op=klok.nu(), antwoord="Ingetrokken.")
    werkvoorraad.klaar(KAMER, f"aanmelding:{aanmelding.pk}", f"zesmaanden:{aanmelding.pk}")
    school.na_besluit(aanmelding, actor=actor)
    sluit_overdracht(aanmelding, "De verwijzer trok de aanmelding in.", actor=actor)
    meld(STATUS, aanmelding, oud)
    return aanmelding


def reeds_in_traject(client: ApiClient, bsn: str | None) -> bool | None:
    """Whether this person is in a trajectory, for a client of the own organisation; None for all others (R044).

    The answer to others must not differ in anything, so for them nothing is looked up either.
    """
    if not client.eigen_organisatie:
        return None
    bekend = vind_op_bsn(bsn) if bsn else None
    return bekend is not None and bekend.in_traject
