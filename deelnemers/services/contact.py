"""Contacts, promises, trede, barriers and target groups of a person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Belemmeringstatus, Kanaal, Partij
from deelnemers.models import Belemmering, Contactmoment, Deelnemer, Doelgroeplidmaatschap, Toezegging, Trede
from deelnemers.services.diagnose import BIJZONDERE_BELEMMERINGEN
from deelnemers.services.tijdlijn import KAMER, begin_van, contactregel, trederegel
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.models import Categorie, geldig_op
from organisatie.models import Medewerker

#: Channels by which the person was really reached; they move `laatste_contact_op`.
_BEREIKT = (Kanaal.TELEFOON, Kanaal.GESPREK, Kanaal.VIDEO, Kanaal.EMAIL, Kanaal.SMS, Kanaal.HUISBEZOEK)


def raad_kanaal(tekst: str) -> Kanaal:
    """Guess the kind of a note from its first words (pattern 2: note in one key)."""
    begin = tekst.lower()[:60]
    for woorden, kanaal in (
        (("gebeld", "belt", "telefon", "voicemail"), Kanaal.TELEFOON),
        (("gesprek", "gesproken", "op kantoor"), Kanaal.GESPREK),
        (("mail",), Kanaal.EMAIL),
        (("app", "sms"), Kanaal.SMS),
        (("huisbezoek",), Kanaal.HUISBEZOEK),
        (("overleg", "collega"), Kanaal.OVERLEG),
        (("brief",), Kanaal.POST),
    ):
        if any(woord in begin for woord in woorden):
            return kanaal
    return Kanaal.NOTITIE


@service
def leg_contact_vast(
    deelnemer: Deelnemer,
    inhoud: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    kanaal: str = "",
    onderwerp: str = "",
    wanneer: dt.datetime | None = None,
    terugkomen_op: dt.date | None = None,
    contact_gelukt: bool = True,
    minuten: int | None = None,
    bijzonder: bool = False,
) -> Contactmoment:
    """Write a contact; without `kanaal` the kind is guessed. With `terugkomen_op` it comes back at Vandaag that day."""
    if not inhoud.strip():
        raise ValidationError({"inhoud": "Schrijf op wat er is besproken."})
    contact = Contactmoment.objects.create(
        deelnemer=deelnemer,
        medewerker=medewerker,
        kanaal=kanaal or raad_kanaal(inhoud),
        onderwerp=onderwerp,
        inhoud=inhoud.strip(),
        plaatsgevonden_op=wanneer or klok.nu(),
        terugkomen_op=terugkomen_op,
        contact_gelukt=contact_gelukt,
        minuten=minuten,
        bijzonder=bijzonder,
    )
    tijdlijn.schrijf(contactregel(contact))
    dag = contact.plaatsgevonden_op.date()
    gesproken = contact_gelukt and contact.kanaal in _BEREIKT
    if gesproken and (deelnemer.laatste_contact_op is None or deelnemer.laatste_contact_op < dag):
        deelnemer.laatste_contact_op = dag
        deelnemer.save(update_fields=["laatste_contact_op"])
        werkvoorraad.klaar(KAMER, f"geen-contact:{deelnemer.pk}")
    if terugkomen_op and medewerker:
        werkvoorraad.schrijf(_terugkomen(contact, medewerker))
    return contact


def _terugkomen(contact: Contactmoment, medewerker: Medewerker) -> Any:
    return werkvoorraad.regel(
        KAMER,
        f"terugkomen:{contact.pk}",
        soort="terugkomen",
        titel=f"Kom terug op je notitie over {contact.deelnemer.naam}",
        toelichting=contact.inhoud[:120],
        waarom=f"Je schreef op {contact.plaatsgevonden_op:%d-%m-%Y} dat je hier vandaag op terugkomt.",
        url=f"/deelnemers/{contact.deelnemer.dossiernummer}",
        knop="Openen",
        icoon="pen",
        op=contact.terugkomen_op,
        betrokkene_id=contact.deelnemer_id,
        voor_id=medewerker.gebruiker_id,
    )


@service
def handel_terugkomen_af(contact: Contactmoment, *, actor: Actor) -> None:
    """The follow-up of a note is done."""
    contact.teruggekomen_op = klok.vandaag()
    contact.save(update_fields=["teruggekomen_op"])
    werkvoorraad.klaar(KAMER, f"terugkomen:{contact.pk}")


@service
def zeg_toe(
    deelnemer: Deelnemer,
    partij: Partij | str,
    wat: str,
    voor: dt.date | None,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
) -> Toezegging:
    """Record a promise of one side (R013); ours comes at Vandaag on its day."""
    toezegging = Toezegging(
        deelnemer=deelnemer,
        partij=partij,
        wat=wat,
        voor=voor,
        gemaakt_op=klok.vandaag(),
        medewerker=medewerker,
    )
    toezegging.full_clean()
    toezegging.save()
    if partij == Partij.WIJ and voor and medewerker:
        werkvoorraad.schrijf(
            werkvoorraad.regel(
                KAMER,
                f"toezegging:{toezegging.pk}",
                soort="toezegging",
                titel=wat,
                toelichting=f"Jouw belofte aan {deelnemer.naam}",
                waarom=f"Dit heb je op {toezegging.gemaakt_op:%d-%m-%Y} afgesproken met {deelnemer.naam}.",
                url=f"/deelnemers/{deelnemer.dossiernummer}",
                knop="Afhandelen",
                icoon="hand",
                op=voor,
                betrokkene_id=deelnemer.pk,
                voor_id=medewerker.gebruiker_id,
            )
        )
    return toezegging


@service
def kom_toezegging_na(toezegging: Toezegging, *, actor: Actor, nagekomen: bool = True) -> None:
    """Mark a promise as kept, or open again (undo)."""
    toezegging.nagekomen_op = klok.vandaag() if nagekomen else None
    toezegging.versie += 1
    toezegging.save(update_fields=["nagekomen_op", "versie"])
    if nagekomen:
        werkvoorraad.klaar(KAMER, f"toezegging:{toezegging.pk}")


@service
def stel_trede_vast(
    deelnemer: Deelnemer,
    waarde: int,
    vanaf: dt.date,
    reden: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
) -> Trede:
    """Set the step of the ladder from `vanaf`; the former one ends the day before (R012)."""
    deelnemer_rij = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    nu = Trede.objects.filter(geldig_op(vanaf), deelnemer=deelnemer).first()
    if nu is not None and nu.waarde == waarde:
        return nu
    if nu is not None:
        if nu.begindatum == vanaf:
            nu.delete()
        else:
            nu.einddatum = vanaf - dt.timedelta(days=1)
            nu.save(update_fields=["einddatum"])
    trede = Trede(
        deelnemer=deelnemer, waarde=waarde, begindatum=vanaf, reden=reden, vastgesteld_door=medewerker
    )
    trede.full_clean()
    trede.save()
    if vanaf <= klok.vandaag():
        deelnemer_rij.trede_nu, deelnemer_rij.trede_sinds = waarde, vanaf
        deelnemer_rij.save(update_fields=["trede_nu", "trede_sinds"])
        deelnemer.trede_nu, deelnemer.trede_sinds = waarde, vanaf
    tijdlijn.schrijf(trederegel(trede))
    gebeurtenis.meld("trede.gewijzigd", deelnemer.pk, betrokkene_id=deelnemer.pk)
    return trede


@service
def leg_belemmering_vast(deelnemer: Deelnemer, soort: str, *, actor: Actor, **velden: Any) -> Belemmering:
    """Record a barrier with severity, owner and next step (R008)."""
    velden.setdefault("begindatum", klok.vandaag())
    rij = Belemmering(deelnemer=deelnemer, soort=soort, bijzonder=soort in BIJZONDERE_BELEMMERINGEN, **velden)
    rij.full_clean()
    rij.save()
    return rij


@service
def wijzig_belemmering(rij: Belemmering, *, actor: Actor, **velden: Any) -> Belemmering:
    """Change severity, state or next step; solved ones get a line in the timeline (R094)."""
    opgelost = velden.get("status") == Belemmeringstatus.OPGELOST and rij.status != Belemmeringstatus.OPGELOST
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    if opgelost:
        rij.opgelost_op = rij.opgelost_op or klok.vandaag()
        rij.blokkerend = False
    rij.versie += 1
    rij.full_clean()
    rij.save()
    if opgelost:
        tijdlijn.schrijf(
            tijdlijn.regel(
                KAMER, f"belemmering:{rij.pk}", rij.deelnemer_id, categorie=Categorie.TRAJECT, op=begin_van(rij.opgelost_op),
                titel="Belemmering opgelost", tekst="" if rij.bijzonder else rij.soort, icoon="vink",
            )
        )  # fmt: skip
    return rij


@service
def voeg_doelgroep_toe(
    deelnemer: Deelnemer, doelgroep: str, vanaf: dt.date, *, actor: Actor, afgeschermd: bool = False
) -> Doelgroeplidmaatschap:
    """The person belongs to a target group from `vanaf` (R006); the same running one is kept."""
    loopt = deelnemer.doelgroepen.filter(geldig_op(vanaf), doelgroep=doelgroep).first()
    return loopt or Doelgroeplidmaatschap.objects.create(
        deelnemer=deelnemer, doelgroep=doelgroep, begindatum=vanaf, afgeschermd=afgeschermd
    )
