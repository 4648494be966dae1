"""Lines in the timeline and entries in the search palette, made from the rows of this room."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from deelnemers.models import Contactmoment, Deelnemer, MeldingAanInkomen, Regie, Trede
from kern.aansluitingen import tijdlijn, zoeken
from kern.models import Categorie, TijdlijnRegel, Zichtbaarheid, Zoekingang

KAMER = "deelnemers"
_ICOON = {
    "telefoon": "telefoon",
    "gesprek": "mensen",
    "notitie": "pen",
    "email": "document",
    "post": "document",
}


def begin_van(dag: dt.date) -> dt.datetime:
    """Noon of a day, local time: a date in a list of moments."""
    return timezone.make_aware(dt.datetime.combine(dag, dt.time(12)))


def zoekingang(deelnemer: Deelnemer) -> Zoekingang:
    """Found by name, birth date and dossier number; never by BSN text (that is an exact look-up)."""
    return zoeken.ingang(
        KAMER,
        f"deelnemer:{deelnemer.pk}",
        "persoon",
        deelnemer.naam,
        woorden=f"{deelnemer.dossiernummer} {deelnemer.geboortedatum:%d-%m-%Y} {deelnemer.voornamen} {deelnemer.partnernaam}",
        betrokkene_id=deelnemer.pk,
        toelichting=f"{deelnemer.dossiernummer} · {deelnemer.geboortedatum:%d-%m-%Y}",
        url=f"/deelnemers/{deelnemer.dossiernummer}",
    )


def contactregel(contact: Contactmoment) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"contact:{contact.pk}",
        contact.deelnemer_id,
        categorie=Categorie.CONTACT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER if contact.bijzonder else Zichtbaarheid.DOSSIER,
        op=contact.plaatsgevonden_op,
        titel=contact.onderwerp or contact.get_kanaal_display(),
        tekst=contact.inhoud,
        icoon=_ICOON.get(contact.kanaal, "document"),
        actor_naam=contact.medewerker.naam if contact.medewerker else "",
    )


def regieregel(regie: Regie) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"regie:{regie.pk}",
        regie.deelnemer_id,
        categorie=Categorie.SYSTEEM,
        op=begin_van(regie.begindatum),
        titel=f"{regie.medewerker.naam} is regievoerder",
        tekst=regie.reden,
        icoon="mensen",
    )


def trederegel(trede: Trede) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"trede:{trede.pk}",
        trede.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=begin_van(trede.begindatum),
        titel=f"Trede {trede.waarde}",
        tekst=trede.reden,
        icoon="grafiek",
        actor_naam=trede.vastgesteld_door.naam if trede.vastgesteld_door else "",
    )


def meldingregel(melding: MeldingAanInkomen) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"melding:{melding.pk}",
        melding.deelnemer_id,
        categorie=Categorie.BESLUIT,
        op=begin_van(melding.beantwoord_op or melding.status_sinds),
        titel=f"Melding aan inkomen: {melding.get_status_display().lower()}",
        tekst=melding.tekst_antwoord or melding.toelichting,
        icoon="inbak",
        actor_naam=melding.beantwoord_door,
    )


def alle_regels(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Every line of this room for one person (rebuild and nightly check)."""
    for contact in (
        Contactmoment.objects.filter(deelnemer=deelnemer_id).select_related("medewerker").order_by("id")
    ):
        yield contactregel(contact)
    for regie in Regie.objects.filter(deelnemer=deelnemer_id).select_related("medewerker").order_by("id"):
        yield regieregel(regie)
    for trede in (
        Trede.objects.filter(deelnemer=deelnemer_id).select_related("vastgesteld_door").order_by("id")
    ):
        yield trederegel(trede)
    for melding in MeldingAanInkomen.objects.filter(deelnemer=deelnemer_id).order_by("id"):
        yield meldingregel(melding)


def alle_ingangen() -> Iterable[Zoekingang]:
    """Every search entry of this room."""
    return (
        zoekingang(d)
        for d in Deelnemer.objects.filter(samengevoegd_met__isnull=True).order_by("id").iterator()
    )
