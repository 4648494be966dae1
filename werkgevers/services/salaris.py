"""Deliveries to payroll: make one, note the receipt, take in what payroll did with each line (R110).

Nothing here computes a wage. What was sent never changes; what payroll refused goes along again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.nummers import volgend_nummer
from kern.toestanden import leg_overgang_vast, verzet
from kern.weigering import IntussenGewijzigd
from werkgevers import salarisvragen as vragen
from werkgevers import salariswerk
from werkgevers.keuzes import Salarisactie, Salarissoort
from werkgevers.models import Salarislevering, Salarismutatie
from werkgevers.salarisbestand import AFGEKEURD, VERWERKT, Antwoord, maak_bestand
from werkgevers.salarismutaties import Mutatie, stand
from werkgevers.salaristoestanden import SALARISLEVERING, SALARISMUTATIE

NIETS_NIEUWS = "Er is niets nieuws. De salarisadministratie heeft alles al."
_ACTIE = {VERWERKT: "verwerken", AFGEKEURD: "afkeuren"}


@dataclass
class Antwoordverslag:
    """How many lines changed, and how many said what we knew already."""

    verwerkt: int = 0
    afgekeurd: int = 0
    al_bekend: int = 0


# --- Make -------------------------------------------------------------------------------------------------------------
@service
def stel_levering_op(*, actor: Actor, gezien: str = "") -> Salarislevering:
    """Deliver every difference with what payroll has. Who is second waits for the first, and finds nothing new.

    `gezien` is the `stand` of what somebody looked at. Raises ValidationError when there is nothing to deliver, when it
    changed since it was looked at, and for a job or client: a person delivers.
    """
    if actor.gebruiker_id is None:
        raise ValidationError("Een levering opstellen doet een medewerker, niet een taak of koppeling.")
    nummer = volgend_nummer(Salarislevering, "SAL")  # also the lock
    mutaties = vragen.te_leveren()
    if not mutaties:
        raise ValidationError(NIETS_NIEUWS)
    if gezien and gezien != stand(mutaties):
        raise ValidationError("Er is net iets veranderd. Kijk de lijst nog eens na.")
    levering = Salarislevering(
        nummer=nummer,
        status_sinds=klok.vandaag(),
        aantal=len(mutaties),
        gemaakt_door_id=actor.gebruiker_id,
        gemaakt_op=klok.nu(),
    )
    regels = [_regel(levering, nummer, mutatie) for nummer, mutatie in enumerate(mutaties, 1)]
    levering.sha256 = hashlib.sha256(maak_bestand(regels)).hexdigest()
    levering.full_clean()
    levering.save()
    for regel in regels:
        regel.levering = levering
    Salarismutatie.objects.bulk_create(regels, batch_size=500)
    _sluit_ziekte(regels)
    stap = SALARISLEVERING.vereis(Salarislevering(status=""), "opstellen")
    leg_overgang_vast(SALARISLEVERING.soort, levering, "", stap, actor=actor)
    eerder = Salarislevering.objects.exclude(pk=levering.pk).order_by("pk").values_list("pk", flat=True)
    werkvoorraad.klaar(salariswerk.KAMER, *(f"afgekeurd:{pk}" for pk in eerder))
    salariswerk.ververs(levering)
    return levering


def _regel(levering: Salarislevering, volgnummer: int, mutatie: Mutatie) -> Salarismutatie:
    feit = mutatie.feit
    return Salarismutatie(
        levering=levering,
        deelnemer_id=feit.deelnemer_id,
        dienstverband_id=feit.dienstverband_id,
        volgnummer=volgnummer,
        sleutel=feit.sleutel,
        soort=feit.soort,
        actie=mutatie.actie,
        ingangsdatum=feit.ingangsdatum,
        inhoud=feit.inhoud,
        oud=mutatie.oud,
        vingerafdruk=feit.vingerafdruk,
        ziek_tot=feit.ziek_tot,
        status_sinds=levering.status_sinds,
    )


def _sluit_ziekte(regels: Iterable[Salarismutatie]) -> None:
    """The last day of a sickness belongs to every line about it: from that day on they are kept for a short time. Who
    was not better after all has none; a sickness that was never there ends today.
    """
    tot: dict[str, dt.date | None] = {}
    for regel in regels:
        nummer, weg = regel.sleutel.rpartition(":")[2], regel.actie == Salarisactie.VERVALT
        if regel.soort == Salarissoort.ZIEK and weg:
            tot[nummer] = klok.vandaag()
        elif regel.soort == Salarissoort.HERSTELD:
            tot.setdefault(nummer, None if weg else regel.ziek_tot)
    for nummer, laatste in tot.items():
        zelfde = [f"ziek:{nummer}", f"hersteld:{nummer}"]
        Salarismutatie.objects.filter(sleutel__in=zelfde).update(ziek_tot=laatste)


# --- Receipt ----------------------------------------------------------------------------------------------------------
@service
def meld_ontvangst(
    levering: Salarislevering, op: dt.date, door: str, *, actor: Actor, versie: int | None = None
) -> Salarislevering:
    """Payroll has the file since `op`; `door` is who said so. The same receipt again changes nothing.

    Raises ValidationError at the field for a day before the delivery or after today, IntussenGewijzigd when a colleague
    was first, and OvergangGeweigerd when another receipt was noted.
    """
    rij = _vergrendel(levering)
    if rij.status != "klaar" and (rij.ontvangen_op, rij.ontvangen_door) == (op, door.strip()):
        return rij
    if versie is not None and versie != rij.versie:
        raise IntussenGewijzigd({"ontvangen_op": rij.ontvangen_op, "ontvangen_door": rij.ontvangen_door}, rij.versie)
    if not timezone.localtime(rij.gemaakt_op).date() <= op <= klok.vandaag():
        raise ValidationError({"ontvangen_op": "Kies een dag na het maken van de levering en niet na vandaag."})
    _ontvang(rij, op, door.strip(), actor)
    salariswerk.ververs(rij)
    return rij


def _ontvang(levering: Salarislevering, op: dt.date, door: str, actor: Actor) -> None:
    levering.ontvangen_op, levering.ontvangen_door = op, door
    verzet(SALARISLEVERING, levering, "ontvangen", actor=actor, ook=["ontvangen_op", "ontvangen_door"])


def _vergrendel(levering: Salarislevering) -> Salarislevering:
    return Salarislevering.objects.select_for_update(of=("self",)).get(pk=levering.pk)


# --- What payroll did -------------------------------------------------------------------------------------------------
@service
def verwerk_terugmelding(levering: Salarislevering, antwoorden: Iterable[Antwoord], *, actor: Actor) -> Antwoordverslag:
    """What payroll did with lines of this delivery; with a fault nothing is stored and ValidationError names them all.

    A line may come once; what we know already changes nothing. An answer is a receipt too.
    """
    lijst = list(antwoorden)
    rij = _vergrendel(levering)
    regels = Salarismutatie.objects.select_for_update(of=("self",)).filter(levering=rij).select_related("levering")
    bekend = {regel.kenmerk: regel for regel in regels.order_by("pk")}
    fouten: list[str] = []
    gezien: set[str] = set()
    for antwoord in lijst:
        fouten += _fouten(antwoord, bekend.get(antwoord.kenmerk), rij, dubbel=antwoord.kenmerk in gezien)
        gezien.add(antwoord.kenmerk)
    if fouten:
        raise ValidationError(fouten)
    verslag = Antwoordverslag()
    for antwoord in lijst:
        _antwoord(bekend[antwoord.kenmerk], antwoord, verslag, actor)
    _rond_af(rij, actor)
    return verslag


@service
def beantwoord_regel(
    regel: Salarismutatie, uitkomst: str, reden: str = "", *, actor: Actor, versie: int | None = None
) -> Salarismutatie:
    """The same for one line, by hand. Raises ValidationError at the field, and IntussenGewijzigd."""
    levering = _vergrendel(regel.levering)
    rij = Salarismutatie.objects.select_for_update(of=("self",)).select_related("levering").get(pk=regel.pk)
    if versie is not None and versie != rij.versie:
        raise IntussenGewijzigd({"uitkomst": rij.status, "reden": rij.reden}, rij.versie)
    if uitkomst == AFGEKEURD and not reden.strip():
        raise ValidationError({"reden": "Schrijf op waarom de salarisadministratie deze regel afkeurde."})
    antwoord = Antwoord(rij.kenmerk, uitkomst, reden.strip())
    if fouten := _fouten(antwoord, rij, levering, dubbel=False):
        raise ValidationError(fouten)
    _antwoord(rij, antwoord, Antwoordverslag(), actor)
    _rond_af(levering, actor)
    return rij


def _fouten(antwoord: Antwoord, regel: Salarismutatie | None, levering: Salarislevering, *, dubbel: bool) -> list[str]:
    voor = f"{antwoord.waar}: " if antwoord.waar else ""
    if dubbel:
        return [f"{voor}{antwoord.kenmerk} staat er meer dan één keer in."]
    if regel is None:
        return [f"{voor}{antwoord.kenmerk} staat niet in levering {levering.nummer}."]
    if regel.status not in {"verstuurd", antwoord.uitkomst} and vragen.later_geleverd(regel):
        label = SALARISMUTATIE.toestand(regel.status).label
        return [f"{voor}{antwoord.kenmerk} is al ‘{label}’, en ging daarna mee met een nieuwe levering."]
    return []


def _antwoord(regel: Salarismutatie, antwoord: Antwoord, verslag: Antwoordverslag, actor: Actor) -> None:
    if regel.status == antwoord.uitkomst:
        verslag.al_bekend += 1
        return
    regel.beantwoord_op = klok.nu()
    regel.reden = antwoord.reden if antwoord.uitkomst == AFGEKEURD else ""
    verzet(
        SALARISMUTATIE,
        regel,
        _ACTIE[antwoord.uitkomst],
        actor=actor,
        reden=regel.reden,
        ook=["beantwoord_op", "reden"],
    )
    if antwoord.uitkomst == VERWERKT:
        verslag.verwerkt += 1
    else:
        verslag.afgekeurd += 1


def _rond_af(levering: Salarislevering, actor: Actor) -> None:
    """Who answers has the file; with an answer to every line the delivery is done."""
    if levering.status == "klaar":
        _ontvang(levering, klok.vandaag(), "blijkt uit het antwoord", actor)
    open_ = Salarismutatie.objects.filter(levering=levering, status="verstuurd").exists()
    if levering.status == "ontvangen" and not open_:
        verzet(SALARISLEVERING, levering, "afronden", actor=actor)
    salariswerk.ververs(levering)
