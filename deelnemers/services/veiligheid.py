"""Safety notices: behaviour and measure, set by two different people, expiring, known to the person (R219)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Veiligheidsmelding
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import klok
from kern.aansluitingen import gebeurtenis
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd, eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker

BEVESTIGD = "veiligheidsmelding.bevestigd"
#: A notice never holds longer than this; then somebody looks again.
HOOGSTENS = dt.timedelta(days=365)


def veiligheidsversie(deelnemer: Deelnemer) -> int:
    """The counter against two notices about the same; 0 when there is none."""
    return nieuwste(Veiligheidsmelding.objects.filter(deelnemer=deelnemer))


def _inhoud(rij: Veiligheidsmelding) -> dict[str, Any]:
    return {naam: getattr(rij, naam) for naam in ("gedrag", "maatregel", "bron", "geldig_tot")}


@service
def stel_veiligheid_voor(
    deelnemer: Deelnemer,
    medewerker: Medewerker,
    *,
    gedrag: str,
    maatregel: str,
    bron: str,
    geldig_tot: dt.date,
    actor: Actor,
    versie: int | None = None,
) -> Veiligheidsmelding:
    """The first person writes it down; nothing shows until a second person confirms.

    `versie` is `veiligheidsversie` of when the form was made: IntussenGewijzigd when a colleague wrote one since.
    Raises ValidationError.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(Veiligheidsmelding.objects.filter(deelnemer=deelnemer), versie, _inhoud)
    vandaag = klok.vandaag()
    if geldig_tot > vandaag + HOOGSTENS:
        raise ValidationError({"geldig_tot": "Een veiligheidsmelding geldt hoogstens een jaar. Kijk dan opnieuw."})
    rij = Veiligheidsmelding(
        deelnemer=deelnemer,
        gedrag=gedrag,
        maatregel=maatregel,
        bron=bron,
        vastgesteld_op=vandaag,
        vastgesteld_door=medewerker,
        geldig_tot=geldig_tot,
    )
    rij.full_clean()
    rij.save()
    ververs_met_lijst(deelnemer.pk)
    return rij


def _vergrendel(rij: Veiligheidsmelding, versie: int | None) -> Veiligheidsmelding:
    """Locked, the person first; IntussenGewijzigd when a colleague did something with it since `versie` was seen."""
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=rij.deelnemer_id)
    rij = Veiligheidsmelding.objects.select_for_update(of=("self",)).select_related("deelnemer").get(pk=rij.pk)
    if versie is not None and rij.versie != versie:
        ingelicht = {naam: getattr(rij, naam) for naam in ("persoon_ingelicht_op", "niet_inlichten_reden")}
        raise IntussenGewijzigd(_inhoud(rij) | ingelicht, rij.versie)
    return rij


def _bewaar(rij: Veiligheidsmelding, *velden: str) -> Veiligheidsmelding:
    rij.full_clean(exclude=["deelnemer"])
    rij.versie += 1
    rij.save(update_fields=[*velden, "versie"])
    ververs_met_lijst(rij.deelnemer_id)
    return rij


@service
def bevestig_veiligheid(
    rij: Veiligheidsmelding, medewerker: Medewerker, *, actor: Actor, versie: int | None = None
) -> Veiligheidsmelding:
    """A second person agrees; from now on who meets the person sees it.

    Raises ValidationError for the first one and for a notice that was withdrawn, IntussenGewijzigd as `_vergrendel`.
    """
    rij = _vergrendel(rij, versie)
    if rij.ingetrokken_op is not None:
        raise ValidationError("Deze melding is ingetrokken. Is zij toch nodig, maak dan een nieuwe.")
    rij.tweede_persoon = rij.tweede_persoon or medewerker
    rij = _bewaar(rij, "tweede_persoon")
    gebeurtenis.meld(BEVESTIGD, rij.pk, betrokkene_id=rij.deelnemer_id)
    return rij


@service
def trek_veiligheid_in(rij: Veiligheidsmelding, *, actor: Actor, reden: str = "", versie: int | None = None) -> None:
    """It no longer holds, or was never right."""
    rij = _vergrendel(rij, versie)
    rij.ingetrokken_op = rij.ingetrokken_op or klok.vandaag()
    _bewaar(rij, "ingetrokken_op")


@service
def licht_persoon_in(
    rij: Veiligheidsmelding, *, actor: Actor, op: dt.date | None = None, reden: str = "", versie: int | None = None
) -> Veiligheidsmelding:
    """The person was told on `op`, or `reden` says why not (at least ten characters).

    Raises ValidationError when both or neither are given, and for a notice that nobody confirmed.
    """
    rij = _vergrendel(rij, versie)
    if rij.tweede_persoon_id is None or rij.ingetrokken_op is not None:
        raise ValidationError("Deze melding is nog niet bevestigd, of ingetrokken. Er is niets om te vertellen.")
    eis_ingelicht_of_reden(op, reden)
    rij.persoon_ingelicht_op, rij.niet_inlichten_reden = op, reden.strip()
    return _bewaar(rij, "persoon_ingelicht_op", "niet_inlichten_reden")


def eis_ingelicht_of_reden(op: dt.date | None, reden: str) -> None:
    """One of the two; raises ValidationError at the field where it goes wrong."""
    kort = 10
    if op is not None and op > klok.vandaag():
        raise ValidationError({"persoon_ingelicht_op": "Deze dag is nog niet geweest."})
    if op is not None and reden.strip():
        raise ValidationError({"niet_inlichten_reden": "Je vulde ook een datum in. Kies één van beide."})
    if op is None and len(reden.strip()) < kort:
        raise ValidationError({"niet_inlichten_reden": "Vul een datum in, of een reden van minstens tien tekens."})


@service
def laat_veiligheid_verlopen(rij: Veiligheidsmelding, *, actor: Actor, versie: int | None = None) -> Veiligheidsmelding:
    """Somebody looked again: it ends on its day and needs no new one."""
    return _zet_herzien(_vergrendel(rij, versie))


@service
def verleng_veiligheid(
    rij: Veiligheidsmelding,
    medewerker: Medewerker,
    *,
    gedrag: str,
    maatregel: str,
    bron: str,
    geldig_tot: dt.date,
    actor: Actor,
    versie: int | None = None,
) -> Veiligheidsmelding:
    """It is still needed: a new notice, which a second person confirms again; the old one ends on its own day."""
    rij = _zet_herzien(_vergrendel(rij, versie))
    return stel_veiligheid_voor(
        rij.deelnemer, medewerker, gedrag=gedrag, maatregel=maatregel, bron=bron, geldig_tot=geldig_tot, actor=actor
    )


def _zet_herzien(rij: Veiligheidsmelding) -> Veiligheidsmelding:
    if rij.herzien_op is not None or rij.ingetrokken_op is not None or rij.tweede_persoon_id is None:
        raise ValidationError("Een collega heeft al naar deze melding gekeken.")
    rij.herzien_op = klok.vandaag()
    return _bewaar(rij, "herzien_op")
