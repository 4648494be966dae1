"""We pick up, ask, send back or accept (R024, R025, R043)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from aanmeldingen import termijn
from aanmeldingen.aansluiting import KAMER, tijdlijnregels, werkregel
from aanmeldingen.bescherming import bronlabel
from aanmeldingen.gebeurtenissen import GEVRAAGD, INTAKE, STATUS, meld
from aanmeldingen.keuzes import TERUGSTUURREDENEN
from aanmeldingen.models import (
    Aanmelding,
    AanmeldingBijzonder,
    AanmeldingBsn,
    AanmeldingVeiligheid,
    Aanvullingsvraag,
    Overdrachtsmoment,
)
from aanmeldingen.services import school
from aanmeldingen.services.indienen import vergrendel
from aanmeldingen.services.teamoverdracht import controleer_dag, plan_overdracht, sluit_overdracht, vraag_overdracht
from aanmeldingen.services.veiligheid import neem_veiligheid_over
from aanmeldingen.services.werkverdeling import neem_werk_over
from aanmeldingen.toestanden import AANMELDING
from deelnemers.keuzes import Geslacht
from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from deelnemers.services.diagnoseaanbod import neem_over_uit_aanmelding
from deelnemers.services.huishouden import leg_huishouden_vast, lid_op
from deelnemers.services.inschrijven import (
    Persoonsgegevens,
    leg_uitkering_vast,
    schrijf_in,
)
from deelnemers.services.oudefase import bewaar_oude_fase
from deelnemers.services.regie import wijs_regie_toe
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, verzet
from organisatie.models import Medewerker
from regelgeving import opzoeken


@service
def pak_op(aanmelding: Aanmelding, medewerker: Medewerker, *, actor: Actor) -> Aanmelding:
    """A member of staff takes the referral; the row moves from the team's list to her own."""
    aanmelding = vergrendel(aanmelding)
    oud = aanmelding.status
    aanmelding.behandelaar, aanmelding.gewijzigd_op = medewerker, klok.nu()
    verzet(AANMELDING, aanmelding, "oppakken", actor=actor, ook=("behandelaar", "gewijzigd_op"))
    werkvoorraad.schrijf(werkregel(aanmelding))
    meld(STATUS, aanmelding, oud)
    return aanmelding


@service
def vraag_aanvulling(
    aanmelding: Aanmelding,
    onderdelen: list[str],
    vraag: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
) -> Aanvullingsvraag:
    """Ask the sender exactly what is missing. Our clock stops; it is never right the first time again
    (R023, R024).
    """
    aanmelding = vergrendel(aanmelding)
    oud = aanmelding.status
    termijn.stop(aanmelding)
    aanmelding.in_een_keer_goed, aanmelding.gewijzigd_op = False, klok.nu()
    aanmelding.herinnerd_op, aanmelding.herinneringen = None, 0
    aanmelding.behandelaar = aanmelding.behandelaar or medewerker
    verzet(
        AANMELDING,
        aanmelding,
        "vraag_stellen",
        actor=actor,
        reden=vraag,
        ook=(
            *termijn.KLOKVELDEN,
            "in_een_keer_goed",
            "gewijzigd_op",
            "herinnerd_op",
            "herinneringen",
            "behandelaar",
        ),
    )
    rij = Aanvullingsvraag(
        aanmelding=aanmelding,
        onderdelen=onderdelen,
        vraag=vraag,
        gesteld_door=medewerker,
        gesteld_op=klok.nu(),
    )
    rij.full_clean(exclude=["aanmelding", "gesteld_door", "deelnemer", "beantwoord_op"])
    rij.save()
    werkvoorraad.schrijf(werkregel(aanmelding))
    meld(GEVRAAGD, aanmelding, oud, onderdelen=onderdelen, vraagId=str(rij.kenmerk))
    return rij


@service
def stuur_terug(
    aanmelding: Aanmelding, code: str, *, actor: Actor, reden: str, opnieuw_op: dt.date | None = None
) -> Aanmelding:
    """Send back with a coded reason and text; a corrected one is a new referral (R024).

    With `opnieuw_op` the night takes this one in again on that day, by itself (R028).
    """
    controleer_dag(opnieuw_op, "opnieuw_op")
    if code not in {c for c, _ in opzoeken.keuzes(TERUGSTUURREDENEN, klok.vandaag())}:
        raise ValidationError({"code": "Kies een reden uit de lijst."})
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom je de aanmelding terugstuurt. De verwijzer leest dit."})
    aanmelding = vergrendel(aanmelding)
    oud = aanmelding.status
    termijn.stop(aanmelding)
    aanmelding.terugstuurreden, aanmelding.terugstuurtekst = code, reden
    aanmelding.in_een_keer_goed, aanmelding.beslist_op, aanmelding.gewijzigd_op = False, klok.nu(), klok.nu()
    verzet(
        AANMELDING,
        aanmelding,
        "terugsturen",
        actor=actor,
        reden=reden,
        ook=(
            *termijn.KLOKVELDEN,
            "terugstuurreden",
            "terugstuurtekst",
            "in_een_keer_goed",
            "beslist_op",
            "gewijzigd_op",
        ),
    )
    werkvoorraad.klaar(KAMER, f"aanmelding:{aanmelding.pk}", f"zesmaanden:{aanmelding.pk}")
    school.na_besluit(aanmelding, actor=actor)
    meld(STATUS, aanmelding, oud, reden=code, **_spreek_dag_af(aanmelding, opnieuw_op, actor))
    return aanmelding


def _spreek_dag_af(aanmelding: Aanmelding, op: dt.date | None, actor: Actor) -> dict[str, str]:
    """The day of the hand-over that goes with this decision, for the event; without one a former agreement ends."""
    if op is None:
        sluit_overdracht(aanmelding, f"Besluit: {aanmelding.get_status_display().lower()}.", actor=actor)
        return {}
    plan_overdracht(aanmelding, op, actor=actor)
    return {"overdrachtOp": op.isoformat()}


def persoon_van(aanmelding: Aanmelding) -> Persoonsgegevens:
    """What the sender told, in the form of deelnemers."""
    namen = (
        "geslachtsnaam",
        "geboortedatum",
        "roepnaam",
        "voornamen",
        "voorletters",
        "voorvoegsel",
        "telefoon",
        "email",
        "straat",
        "huisnummer",
        "postcode",
        "woonplaats",
        "tolk_taal",
    )
    return Persoonsgegevens(
        **{naam: getattr(aanmelding, naam) for naam in namen},
        geslacht=aanmelding.geslacht or Geslacht.ANDERS,
        adres_geheim=aanmelding.adres_geheim,
    )


def bsn_van(aanmelding: Aanmelding) -> str | None:
    """The BSN in plain text, only to find or make the person."""
    rij = AanmeldingBsn.objects.filter(aanmelding=aanmelding).order_by("pk").first()
    return bsn_.ontsleutel(bytes(rij.waarde), f"aanmelding:{aanmelding.pk}") if rij else None


@service
def accepteer(
    aanmelding: Aanmelding,
    *,
    actor: Actor,
    medewerker: Medewerker,
    intakegesprek_op: dt.datetime | None = None,
    overdracht_op: dt.date | None = None,
    toelichting: str = "",
) -> Deelnemer:
    """Accept: find or make the person, household, benefit, regie with `medewerker`, prefilled
    diagnosis (R024). With `overdracht_op` the team of the route takes over on that day (R028).

    Raises OvergangGeweigerd when it is not our turn, ValidationError from deelnemers when the data clash.
    """
    aanmelding = vergrendel(aanmelding)
    oud = aanmelding.status
    if not AANMELDING.mag(aanmelding, "accepteren"):
        raise OvergangGeweigerd(f"Aannemen kan nu niet: de status is ‘{AANMELDING.toestand(oud).label}’.")
    if intakegesprek_op is not None and intakegesprek_op.date() < klok.vandaag():
        raise ValidationError({"intakegesprek_op": "Het eerste gesprek ligt in het verleden."})
    controleer_dag(overdracht_op, "overdracht_op")
    deelnemer, _nieuw = schrijf_in(persoon_van(aanmelding), bsn_van(aanmelding), actor=actor)
    _neem_over(aanmelding, deelnemer, actor)
    wijs_regie_toe(deelnemer, medewerker, klok.vandaag(), actor=actor, reden=f"Aangemeld door {bronlabel(aanmelding)}")
    termijn.stop(aanmelding)
    aanmelding.deelnemer, aanmelding.behandelaar = deelnemer, medewerker
    if aanmelding.in_een_keer_goed is None:
        aanmelding.in_een_keer_goed = True
    aanmelding.intakegesprek_op = intakegesprek_op
    aanmelding.beslist_op = aanmelding.gewijzigd_op = klok.nu()
    verzet(
        AANMELDING,
        aanmelding,
        "accepteren",
        actor=actor,
        reden=toelichting,
        ook=(
            *termijn.KLOKVELDEN,
            "deelnemer",
            "behandelaar",
            "in_een_keer_goed",
            "intakegesprek_op",
            "beslist_op",
            "gewijzigd_op",
        ),
    )
    _hang_aan_persoon(aanmelding, deelnemer)
    neem_veiligheid_over(aanmelding, deelnemer, medewerker, bronlabel(aanmelding), actor=actor)
    vraag_overdracht(aanmelding, deelnemer, medewerker)
    school.na_besluit(aanmelding, actor=actor)
    neem_werk_over(aanmelding, deelnemer, actor)
    werkvoorraad.klaar(KAMER, f"aanmelding:{aanmelding.pk}", f"zesmaanden:{aanmelding.pk}")
    tijdlijn.schrijf(*tijdlijnregels(aanmelding))
    meld(STATUS, aanmelding, oud, **_spreek_dag_af(aanmelding, overdracht_op, actor))
    if intakegesprek_op is not None:
        meld(INTAKE, aanmelding, intakegesprekOp=klok.utc_tekst(intakegesprek_op))
    return deelnemer


def _neem_over(aanmelding: Aanmelding, deelnemer: Deelnemer, actor: Actor) -> None:
    """Household, benefit and diagnosis from the referral; what is already known is kept."""
    thuis = lid_op(deelnemer, klok.vandaag())
    huishouden = thuis.huishouden if thuis else None
    if huishouden is None and aanmelding.huishouden:
        h = aanmelding.huishouden
        velden: dict[str, Any] = {"kinderen": h.get("kinderen", 0), "kostendelers": h.get("kostendelers", 1)}
        if geboren := h.get("jongsteKindGeborenDatum"):
            velden["jongste_kind_geboren_op"] = dt.date.fromisoformat(geboren)
        huishouden = leg_huishouden_vast(deelnemer, h["leefvorm"], klok.vandaag(), actor=actor, **velden)
    u = aanmelding.uitkering
    if u and not _heeft_andere_uitkering(deelnemer, u["regeling"]):
        leg_uitkering_vast(
            deelnemer,
            u["regeling"],
            dt.date.fromisoformat(u["ingangsdatum"]),
            actor=actor,
            huishouden=huishouden,
            extern_nummer=u.get("nummer", ""),
        )
    rapport = dict(aanmelding.adviesrapport)
    extra = AanmeldingBijzonder.objects.filter(aanmelding=aanmelding).order_by("pk").first()
    if extra is not None:
        rapport |= {"belemmeringen": extra.belemmeringen, "werkvermogen": extra.werkvermogen}
    datum = min(aanmelding.ontvangen_op.date(), klok.vandaag())
    if fase := rapport.get("oudeFase"):
        sinds = dt.date.fromisoformat(fase["sinds"]) if fase.get("sinds") else None
        bewaar_oude_fase(
            deelnemer, fase["waarde"], sinds=sinds, bron=bronlabel(aanmelding), ontvangen_op=datum, actor=actor
        )
    neem_over_uit_aanmelding(deelnemer, rapport, bron=bronlabel(aanmelding), datum=datum, actor=actor)


def _heeft_andere_uitkering(deelnemer: Deelnemer, regeling: str) -> bool:
    """A running benefit of another kind stays as income knows it; the sender's word does not change it."""
    loopt = deelnemer.uitkeringen.filter(einddatum__isnull=True).exclude(uitkering__regeling=regeling)
    return loopt.exists()


def _hang_aan_persoon(aanmelding: Aanmelding, deelnemer: Deelnemer) -> None:
    """The rows with personal data carry the person, for history, extract and erasure."""
    AanmeldingBsn.objects.filter(aanmelding=aanmelding).update(deelnemer=deelnemer)
    for model in (AanmeldingBijzonder, AanmeldingVeiligheid, Aanvullingsvraag):
        model.objects.filter(aanmelding=aanmelding).update(deelnemer=deelnemer)
    aanmelding.documenten.update(deelnemer=deelnemer)


@service
def leg_overdracht_vast(
    moment: Overdrachtsmoment, gehouden_op: dt.date, warm: bool, *, actor: Actor, toelichting: str = ""
) -> Overdrachtsmoment:
    """The hand-over took place, with or without the sender (R043)."""
    moment = Overdrachtsmoment.objects.select_for_update(of=("self",)).get(pk=moment.pk)
    if gehouden_op > klok.vandaag():
        raise ValidationError({"gehouden_op": "Deze datum ligt in de toekomst."})
    moment.gehouden_op, moment.warm, moment.toelichting = gehouden_op, warm, toelichting
    moment.versie += 1
    moment.full_clean(exclude=["aanmelding", "deelnemer", "naar"])
    moment.save()
    werkvoorraad.klaar(KAMER, f"overdracht:{moment.pk}")
    lijstkolommen.werk_bij(moment.deelnemer_id)
    return moment
