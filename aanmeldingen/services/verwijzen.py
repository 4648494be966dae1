"""We refer somebody to school, care or Activering: draw up, send, withdraw (R025, R045)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from aanmeldingen import verwijzingen
from aanmeldingen.gebeurtenissen import VERWEZEN, VERWIJSSTATUS, meld_verwijzing
from aanmeldingen.keuzes import EIGEN_BRON, EIGEN_NAAM, VERWIJSREDENEN_UIT, Grondslag, Onderdeel, Richting, Verwijsgrond
from aanmeldingen.models import Aanmelding, AanmeldingBsn, Routeversie, Verzending
from aanmeldingen.services.verwijslink import geef_link
from aanmeldingen.toestanden import OPSTELLEN, VERWIJZING
from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from deelnemers.services.inschrijven import bsn_van
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import leg_overgang_vast, verzet
from organisatie.models import Contactpersoon, Ketenpartner, Medewerker
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_werkdagen


@dataclass(frozen=True)
class Inhoud:
    """What the consulent filled in: to whom, why, on what ground, and which parts of the dossier go along."""

    partner: Ketenpartner
    reden: str
    toelichting: str
    grond: str
    contactpersoon: Contactpersoon | None = None
    grond_uitleg: str = ""
    toestemming_op: dt.date | None = None
    onderdelen: Collection[str] = ()


def vergrendel_verwijzing(aanmelding: Aanmelding) -> Aanmelding:
    """A referral by us as it is now, locked until the end of the transaction."""
    rijen = Aanmelding.objects.select_for_update(of=("self",)).filter(richting=Richting.UITGAAND)
    return rijen.select_related("verzending", "ketenpartner__client", "behandelaar", "route", "deelnemer").get(
        pk=aanmelding.pk
    )


def _deelnemer(aanmelding: Aanmelding) -> Deelnemer:
    assert aanmelding.deelnemer is not None  # noqa: S101 - a database constraint
    return aanmelding.deelnemer


def mag_mee(versie: Routeversie, partner: Ketenpartner) -> list[str]:
    """Parts that may go to this partner on this route, besides what always goes: never more than the route says."""
    return [o for o in versie.gewenst if o != Onderdeel.BSN or (partner.bsn_toegestaan and partner.client_id)]


@service
def stel_verwijzing_op(
    deelnemer: Deelnemer, versie: Routeversie, inhoud: Inhoud, *, actor: Actor, medewerker: Medewerker
) -> Aanmelding:
    """Draw up a referral; nothing leaves yet. Raises ValidationError for what may not go along or lacks a ground."""
    _toets(deelnemer, versie, inhoud)
    nu = klok.nu()
    aanmelding = Aanmelding(
        richting=Richting.UITGAAND,
        bron=EIGEN_BRON,
        route=versie.route,
        routeversie=versie,
        ketenpartner=inhoud.partner,
        deelnemer=deelnemer,
        team=deelnemer.team,
        behandelaar=medewerker,
        verwijzer_naam=medewerker.naam,
        verwijzer_team=deelnemer.team.naam if deelnemer.team else EIGEN_NAAM,
        grondslag=Grondslag.PARTICIPATIEWET,
        status="concept",
        status_sinds=klok.vandaag(),
        ontvangen_op=nu,
        gewijzigd_op=nu,
        sla_werkdagen=versie.sla_werkdagen,
    )
    _vul(aanmelding, deelnemer, versie, inhoud)
    aanmelding.save()
    verzending = Verzending(aanmelding=aanmelding, deelnemer=deelnemer)
    _bewaar(verzending, versie, inhoud)
    leg_overgang_vast(VERWIJZING.soort, aanmelding, "", OPSTELLEN, actor=actor)
    return aanmelding


@service
def wijzig_concept(aanmelding: Aanmelding, inhoud: Inhoud, *, actor: Actor) -> Aanmelding:
    """Change a referral that was not sent yet."""
    aanmelding = vergrendel_verwijzing(aanmelding)
    VERWIJZING.vereis(aanmelding, "versturen")
    deelnemer, versie = _deelnemer(aanmelding), aanmelding.routeversie
    _toets(deelnemer, versie, inhoud)
    aanmelding.ketenpartner, aanmelding.gewijzigd_op = inhoud.partner, klok.nu()
    _vul(aanmelding, deelnemer, versie, inhoud)
    aanmelding.versie += 1
    aanmelding.save()
    _bewaar(aanmelding.verzending, versie, inhoud)
    return aanmelding


def _toets(deelnemer: Deelnemer, versie: Routeversie, inhoud: Inhoud) -> None:
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden.")
    if not inhoud.partner.actief:
        raise ValidationError({"partner": "Met deze partner werken we niet meer."})
    if inhoud.contactpersoon is not None and inhoud.contactpersoon.ketenpartner_id != inhoud.partner.pk:
        raise ValidationError({"contactpersoon": "Deze contactpersoon werkt bij een andere partner."})
    if inhoud.reden not in {code for code, _ in opzoeken.keuzes(VERWIJSREDENEN_UIT, klok.vandaag())}:
        raise ValidationError({"reden": "Kies een reden uit de lijst."})
    if not inhoud.toelichting.strip():
        raise ValidationError({"toelichting": "Leg uit waarom je verwijst. De partner leest dit."})
    te_veel = set(inhoud.onderdelen) - set(mag_mee(versie, inhoud.partner))
    if te_veel:
        namen = ", ".join(sorted(str(Onderdeel(o).label).lower() for o in te_veel))
        raise ValidationError({"onderdelen": f"Dit mag niet mee naar deze partner: {namen}."})
    if inhoud.toestemming_op is not None and inhoud.toestemming_op > klok.vandaag():
        raise ValidationError({"toestemming_op": "Deze datum ligt in de toekomst."})
    if inhoud.grond == Verwijsgrond.TOESTEMMING and inhoud.toestemming_op is None:
        raise ValidationError({"toestemming_op": "Vul in wanneer de persoon toestemming gaf."})
    if inhoud.grond == Verwijsgrond.WET and not inhoud.grond_uitleg.strip():
        raise ValidationError({"grond_uitleg": "Noem de wet of de afspraak."})


def _gekozen(versie: Routeversie, inhoud: Inhoud) -> list[str]:
    return [o for o in Onderdeel.values if o in versie.verplicht or o in inhoud.onderdelen]


def _vul(aanmelding: Aanmelding, deelnemer: Deelnemer, versie: Routeversie, inhoud: Inhoud) -> None:
    for naam, waarde in verwijzingen.uit_dossier(deelnemer, _gekozen(versie, inhoud)).items():
        setattr(aanmelding, naam, waarde)
    aanmelding.verwijsreden, aanmelding.toelichting = inhoud.reden, inhoud.toelichting
    aanmelding.onderdelen_gevraagd = aanmelding.onderdelen_aanwezig = len(_gekozen(versie, inhoud))


def _bewaar(verzending: Verzending, versie: Routeversie, inhoud: Inhoud) -> None:
    toestemming = inhoud.grond == Verwijsgrond.TOESTEMMING
    verzending.contactpersoon = inhoud.contactpersoon
    verzending.onderdelen = _gekozen(versie, inhoud)
    verzending.grond, verzending.grond_uitleg = inhoud.grond, inhoud.grond_uitleg
    verzending.toestemming_op = inhoud.toestemming_op if toestemming else None
    verzending.full_clean(exclude=["aanmelding", "deelnemer", "contactpersoon"])
    verzending.save()


@service
def verstuur(aanmelding: Aanmelding, *, actor: Actor) -> Aanmelding:
    """Send it: to the system of the partner, or a link by mail; the clock on the receipt starts (R045).

    What goes along is read from the dossier once more. The BSN goes only where partner and selection both allow
    it. Raises OvergangGeweigerd when it was sent already, ValidationError when the partner cannot be reached.
    """
    aanmelding = vergrendel_verwijzing(aanmelding)
    VERWIJZING.vereis(aanmelding, "versturen")
    partner, verzending = aanmelding.ketenpartner, aanmelding.verzending
    assert partner is not None  # noqa: S101 - a database constraint
    deelnemer = _deelnemer(aanmelding)
    for naam, waarde in verwijzingen.uit_dossier(deelnemer, verzending.onderdelen).items():
        setattr(aanmelding, naam, waarde)
    nummer = bsn_van(deelnemer)
    aanmelding.bsn_zoeksleutel = bsn_.te_bewaren(bsn_.zoeksleutel(nummer)) if nummer else None
    if Onderdeel.BSN in verzending.onderdelen:
        if not partner.bsn_toegestaan or partner.client_id is None:
            raise ValidationError("Deze partner mag het burgerservicenummer niet meer ontvangen. Wijzig de verwijzing.")
        if nummer:
            waarde = bsn_.versleutel(nummer, f"aanmelding:{aanmelding.pk}")
            AanmeldingBsn.objects.create(aanmelding=aanmelding, deelnemer=deelnemer, waarde=waarde)
    aanmelding.ontvangen_op = aanmelding.gewijzigd_op = verzending.verstuurd_op = klok.nu()
    verzending.bevestigen_voor = plus_werkdagen(klok.vandaag(), aanmelding.sla_werkdagen)
    aanmelding.save()
    verzet(VERWIJZING, aanmelding, "versturen", actor=actor)
    verzending.save()
    if partner.client_id is None:
        geef_link(aanmelding, actor=actor)
    schrijf_regels(aanmelding)
    meld_verwijzing(VERWEZEN, aanmelding, "concept")
    return aanmelding


@service
def trek_verwijzing_in(aanmelding: Aanmelding, *, actor: Actor, reden: str) -> Aanmelding:
    """Take a referral back; a link stops working and the partner hears it."""
    aanmelding = vergrendel_verwijzing(aanmelding)
    oud = aanmelding.status
    aanmelding.intrekreden = reden
    aanmelding.beslist_op = aanmelding.gewijzigd_op = klok.nu()
    verzet(
        VERWIJZING, aanmelding, "intrekken", actor=actor, reden=reden, ook=("intrekreden", "beslist_op", "gewijzigd_op")
    )
    sluit_link(aanmelding.verzending)
    schrijf_regels(aanmelding)
    if oud != "concept":
        meld_verwijzing(VERWIJSSTATUS, aanmelding, oud)
    return aanmelding


@service
def markeer_gezien(aanmelding: Aanmelding, *, actor: Actor) -> Aanmelding:
    """The consulent read why it came back: it waits no longer on Vandaag."""
    aanmelding = vergrendel_verwijzing(aanmelding)
    if aanmelding.status != "teruggestuurd":
        raise ValidationError("Deze verwijzing is niet teruggestuurd.")
    if aanmelding.verzending.gezien_op is None:
        aanmelding.verzending.gezien_op = klok.vandaag()
        aanmelding.verzending.save(update_fields=["gezien_op"])
    schrijf_regels(aanmelding)
    return aanmelding


def sluit_link(verzending: Verzending) -> None:
    """Nobody can use the link any more."""
    if verzending.link_hash:
        verzending.link_hash, verzending.link_tot = "", None
        verzending.save(update_fields=["link_hash", "link_tot"])


def schrijf_regels(aanmelding: Aanmelding) -> None:
    """Vandaag and the timeline say how the referral stands now."""
    tijdlijn.schrijf(*verwijzingen.tijdlijnregels(aanmelding))
    regels = verwijzingen.werkregels(aanmelding)
    if regels:
        werkvoorraad.schrijf(*regels)
    else:
        werkvoorraad.klaar(verwijzingen.KAMER, f"verwijzing:{aanmelding.pk}")
    if aanmelding.deelnemer_id:
        lijstkolommen.werk_bij(aanmelding.deelnemer_id)
