"""Incidents: report, help the colleague, close with a decision about the safety notice (R221)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from deelnemers.incidentkeuzes import Incidentsoort, Meldingbesluit
from deelnemers.models import Deelnemer, Incident, Veiligheidsmelding
from deelnemers.querysets import veiligheid
from deelnemers.services.veiligheid import eis_ingelicht_of_reden
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import klok
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker


@service
def meld_incident(
    deelnemer: Deelnemer,
    medewerker: Medewerker,
    *,
    soort: Incidentsoort | str,
    gebeurd_op: dt.datetime,
    waar: str,
    gebeurd: str,
    actor: Actor,
) -> Incident:
    """Write down what happened; it comes on the list of the teammanager. Whether a notice held then is stored.

    Raises ValidationError for a moment that lies ahead, and for no facts.
    """
    if gebeurd_op > klok.nu():
        raise ValidationError({"gebeurd_op": "Dit moment is nog niet geweest."})
    incident = Incident(
        deelnemer=deelnemer,
        soort=soort,
        gebeurd_op=gebeurd_op,
        waar=waar,
        gebeurd=gebeurd,
        gemeld_door=medewerker,
        melding_vooraf=_gold_toen(deelnemer.pk, timezone.localdate(gebeurd_op)),
    )
    incident.full_clean()
    incident.save()
    ververs_met_lijst(deelnemer.pk)
    return incident


def _gold_toen(deelnemer_id: int, dag: dt.date) -> bool:
    """Whether a confirmed notice held on that day; one made on the day itself does not count as a warning."""
    rijen = Veiligheidsmelding.objects.filter(
        Q(ingetrokken_op__isnull=True) | Q(ingetrokken_op__gt=dag),
        deelnemer=deelnemer_id,
        tweede_persoon__isnull=False,
        vastgesteld_op__lt=dag,
        geldig_tot__gte=dag,
    )
    return rijen.exists()


def _vergrendel(incident: Incident, versie: int | None) -> Incident:
    rij = Incident.objects.select_for_update(of=("self",)).select_related("deelnemer").get(pk=incident.pk)
    if versie is not None and rij.versie != versie:
        anders = {naam: getattr(rij, naam) for naam in ("uitkomst", "meldingbesluit", "nazorg", "nazorg_voor")}
        raise IntussenGewijzigd(anders, rij.versie)
    return rij


def _bewaar(rij: Incident, *velden: str) -> Incident:
    rij.full_clean(exclude=["deelnemer"])
    rij.versie += 1
    rij.save(update_fields=[*velden, "versie"])
    ververs_met_lijst(rij.deelnemer_id)
    return rij


@service
def spreek_nazorg_af(
    incident: Incident, *, nazorg: str, nazorg_door: Medewerker, nazorg_voor: dt.date, actor: Actor, versie: int | None
) -> Incident:
    """Who helps the colleague, how, and by when; it comes on the list of the helper."""
    rij = _vergrendel(incident, versie)
    if nazorg_voor < klok.vandaag():
        raise ValidationError({"nazorg_voor": "Deze dag is voorbij. Kies een dag vanaf vandaag."})
    rij.nazorg, rij.nazorg_door, rij.nazorg_voor = nazorg.strip(), nazorg_door, nazorg_voor
    rij.nazorg_gedaan_op = None
    return _bewaar(rij, "nazorg", "nazorg_door", "nazorg_voor", "nazorg_gedaan_op")


@service
def nazorg_gedaan(incident: Incident, *, actor: Actor) -> Incident:
    """The help was given."""
    rij = _vergrendel(incident, None)
    rij.nazorg_gedaan_op = rij.nazorg_gedaan_op or klok.vandaag()
    return _bewaar(rij, "nazorg_gedaan_op")


@service
def handel_incident_af(
    incident: Incident,
    medewerker: Medewerker,
    *,
    uitkomst: str,
    meldingbesluit: Meldingbesluit | str,
    persoon_ingelicht_op: dt.date | None,
    niet_inlichten_reden: str,
    actor: Actor,
    versie: int | None,
) -> Incident:
    """Close it with what was decided. The decision about the notice must be true: a new one exists, or one holds.

    Raises ValidationError at the field; IntussenGewijzigd when somebody saved in between; the database refuses
    the reporter as the one who closes.
    """
    rij = _vergrendel(incident, versie)
    if rij.afgehandeld_op is not None:
        raise ValidationError("Dit incident is al afgehandeld.")
    eis_ingelicht_of_reden(persoon_ingelicht_op, niet_inlichten_reden)
    _eis_melding(rij, meldingbesluit)
    rij.uitkomst, rij.meldingbesluit = uitkomst.strip(), meldingbesluit
    rij.persoon_ingelicht_op, rij.niet_inlichten_reden = persoon_ingelicht_op, niet_inlichten_reden.strip()
    rij.afgehandeld_op, rij.afgehandeld_door = klok.vandaag(), medewerker
    return _bewaar(
        rij,
        "uitkomst",
        "meldingbesluit",
        "persoon_ingelicht_op",
        "niet_inlichten_reden",
        "afgehandeld_op",
        "afgehandeld_door",
    )


def _eis_melding(rij: Incident, besluit: str) -> None:
    if besluit == Meldingbesluit.BLIJFT and not veiligheid(rij.deelnemer_id).exists():
        raise ValidationError({"meldingbesluit": "Er geldt nu geen veiligheidsmelding."})
    if besluit == Meldingbesluit.NIEUW:
        sinds = Veiligheidsmelding.objects.filter(
            deelnemer=rij.deelnemer_id,
            ingetrokken_op__isnull=True,
            vastgesteld_op__gte=timezone.localdate(rij.gebeurd_op),
        )
        if not sinds.exists():
            raise ValidationError({"meldingbesluit": "Maak eerst de veiligheidsmelding. Handel daarna dit af."})
