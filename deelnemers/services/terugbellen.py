"""Call-back requests: anybody takes one by phone, the regievoerder or the stand-in calls back in time."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from deelnemers.instellingen import bel_terug_voor
from deelnemers.keuzes import Kanaal
from deelnemers.models import Deelnemer, Terugbelverzoek
from deelnemers.services import bereikwerk
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.regie import mag_nooit
from deelnemers.services.werkvoorraad import ververs_met_lijst
from deelnemers.toestanden import TERUGBELVERZOEK
from kern import klok
from kern.aansluitingen import werkvoorraad, zoeken
from kern.handeling import Actor, service
from kern.models import Gebeurtenis
from kern.toestanden import leg_overgang_vast, verzet
from organisatie.models import Medewerker
from organisatie.querysets import met_rol, mijn_team_ids
from organisatie.rechten import Rol


def vind_persoon(
    *, dossiernummer: str = "", achternaam: str = "", geboortedatum: dt.date | None = None
) -> Deelnemer | None:
    """The one person that the caller named: by dossier number, or by family name and birth date together."""
    rijen = Deelnemer.objects.filter(samengevoegd_met__isnull=True, overleden_op__isnull=True)
    if dossiernummer:
        return rijen.filter(dossiernummer=dossiernummer).first()
    if not achternaam or geboortedatum is None:
        return None
    klank = zoeken.klank(achternaam)
    zelfde = [
        d
        for d in rijen.filter(geboortedatum=geboortedatum).order_by("pk")
        if klank in {zoeken.klank(d.geslachtsnaam), zoeken.klank(d.partnernaam)}
    ]
    return zelfde[0] if len(zelfde) == 1 else None


def wie_zoekt_uit(door: Medewerker) -> Medewerker:
    """Who finds out whom a caller is about whom we do not know: a manager of the own team, else any, else herself."""
    managers = met_rol(Rol.TEAMMANAGER).exclude(pk=door.pk)
    eigen = met_rol(Rol.TEAMMANAGER, team_ids=mijn_team_ids(door)).exclude(pk=door.pk)
    return eigen.first() or managers.first() or door


@service
def neem_terugbelverzoek_aan(
    *,
    beller: str,
    telefoon: str,
    door: Medewerker,
    actor: Actor,
    deelnemer: Deelnemer | None = None,
    voor: Medewerker | None = None,
    onderwerp: str = "",
    bereikbaar: str = "",
) -> Terugbelverzoek:
    """Write down that somebody wants to be called back; the clock starts now. Raises ValidationError per field."""
    if deelnemer is not None and deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden.")
    if deelnemer is not None and voor is not None and mag_nooit(deelnemer, voor):
        voor = None  # the regievoerder calls: nobody is asked to phone about the own family
    nu = klok.nu()
    rij = Terugbelverzoek(
        deelnemer=deelnemer, voor=voor, beller=beller.strip(), telefoon=telefoon.strip(), onderwerp=onderwerp.strip(),
        bereikbaar=bereikbaar.strip(), ontvangen_op=nu, ontvangen_door=door,
        uiterlijk=bel_terug_voor(timezone.localdate(nu)), status="open", status_sinds=klok.vandaag(),
    )  # fmt: skip
    rij.full_clean()
    rij.save()
    stap = TERUGBELVERZOEK.stap("", "aannemen")
    assert stap is not None  # noqa: S101 - the table has it
    leg_overgang_vast(TERUGBELVERZOEK.soort, rij, "", stap, actor=actor)
    _werk_bij(rij)
    return rij


def _werk_bij(rij: Terugbelverzoek) -> None:
    if rij.deelnemer_id is not None:
        ververs_met_lijst(rij.deelnemer_id)
    elif rij.status == "open":
        werkvoorraad.schrijf(bereikwerk.terugbelregel(rij))
    else:
        werkvoorraad.klaar(bereikwerk.KAMER, f"terugbellen:{rij.pk}")


def _vergrendel(verzoek: Terugbelverzoek) -> Terugbelverzoek:
    rijen = Terugbelverzoek.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer", "voor", "ontvangen_door").get(pk=verzoek.pk)


@service
def bel_terug(verzoek: Terugbelverzoek, *, actor: Actor, door: Medewerker, notitie: str = "") -> Terugbelverzoek:
    """There was contact: the request is done, and for a person it becomes a contact in the dossier.

    Raises OvergangGeweigerd when a colleague was first.
    """
    rij = _vergrendel(verzoek)
    rij.afgehandeld_op, rij.afgehandeld_door = klok.nu(), door
    verzet(TERUGBELVERZOEK, rij, "bellen", actor=actor, ook=("afgehandeld_op", "afgehandeld_door"))
    if rij.deelnemer is not None:
        tekst = notitie.strip() or f"Teruggebeld naar {rij.beller}{f' over {rij.onderwerp}' if rij.onderwerp else ''}."
        zelf = rij.beller.strip().lower() in {rij.deelnemer.naam.lower(), rij.deelnemer.geslachtsnaam.lower()}
        leg_contact_vast(
            rij.deelnemer, tekst, kanaal=Kanaal.TELEFOON if zelf else Kanaal.OVERLEG,
            onderwerp="Teruggebeld", contact_gelukt=True, medewerker=door, actor=actor,
        )  # fmt: skip
    _werk_bij(rij)
    return rij


@service
def geen_gehoor(verzoek: Terugbelverzoek, *, actor: Actor) -> Terugbelverzoek:
    """Nobody answered: it stays open, and the attempt counts."""
    rij = _vergrendel(verzoek)
    rij.pogingen += 1
    sinds = rij.status_sinds
    verzet(TERUGBELVERZOEK, rij, "geen_gehoor", actor=actor, ook=("pogingen",))
    rij.status_sinds = sinds
    rij.save(update_fields=["status_sinds"])
    _werk_bij(rij)
    return rij


@service
def laat_vervallen(verzoek: Terugbelverzoek, *, actor: Actor, door: Medewerker | None, reden: str) -> Terugbelverzoek:
    """Calling back is no longer needed; a reason says why."""
    rij = _vergrendel(verzoek)
    rij.afgehandeld_op, rij.afgehandeld_door = klok.nu(), door
    verzet(TERUGBELVERZOEK, rij, "vervallen", actor=actor, reden=reden, ook=("afgehandeld_op", "afgehandeld_door"))
    _werk_bij(rij)
    return rij


def bij_overlijden(melding: Gebeurtenis) -> None:
    """`deelnemer.overleden`: nobody phones this person any more."""
    actor = Actor.taak("deelnemers.overlijden")
    open_ = Terugbelverzoek.objects.filter(deelnemer=int(melding.onderwerp), status="open")
    for rij in list(open_.order_by("pk")):
        laat_vervallen(rij, actor=actor, door=None, reden="De persoon is overleden.")
