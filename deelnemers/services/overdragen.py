"""Handing people over: one side offers, the other accepts or refuses; then the regie moves (R004, R019)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Betrokkenheid, Deelnemer, Overdracht, Regie
from deelnemers.services.regie import betrek, mag_nooit, team_van, wijs_regie_toe
from deelnemers.services.werkvoorraad import ververs_met_lijst
from deelnemers.toestanden import OVERDRACHT
from kern import klok
from kern.handeling import Actor, handeling, service
from kern.models import Gebeurtenis, geldig_op
from kern.toestanden import leg_overgang_vast, verzet
from organisatie.models import Medewerker, Team
from organisatie.querysets import mijn_team_ids, waarneemt_voor_ids


def handelt_voor(medewerker: Medewerker, wie_id: int | None) -> bool:
    """Whether this is the person self, or stands in for her today."""
    return wie_id == medewerker.pk or wie_id in waarneemt_voor_ids(medewerker)


def mag_aanbieden(deelnemer: Deelnemer, medewerker: Medewerker, rechten: Iterable[str]) -> bool:
    """The regievoerder, her stand-in, or the manager of the team that has the regie."""
    if deelnemer.regievoerder_id is None or deelnemer.overleden_op or deelnemer.samengevoegd_met_id:
        return False
    if "caseload.zien" in rechten and handelt_voor(medewerker, deelnemer.regievoerder_id):
        return True
    return "caseload.toewijzen" in rechten and deelnemer.team_id in mijn_team_ids(medewerker)


def mag_beantwoorden(overdracht: Overdracht, medewerker: Medewerker) -> bool:
    """Only who would get the regie, or who stands in for her."""
    return overdracht.status == "aangeboden" and handelt_voor(medewerker, overdracht.naar_id)


def mag_intrekken(overdracht: Overdracht, medewerker: Medewerker, rechten: Iterable[str]) -> bool:
    """The giving side: the regievoerder, who offered it, their stand-ins, or the manager of that team."""
    if overdracht.status != "aangeboden":
        return False
    kant = any(handelt_voor(medewerker, wie) for wie in (overdracht.van_id, overdracht.aangeboden_door_id))
    return kant or ("caseload.toewijzen" in rechten and overdracht.deelnemer.team_id in mijn_team_ids(medewerker))


def _team_bij(deelnemer: Deelnemer, naar: Medewerker, op: dt.date) -> Team:
    """The team that the person is in now when the receiver works there too, else that of the receiver."""
    eigen = naar.rollen.filter(geldig_op(op), team=deelnemer.team_id).select_related("team").first()
    return eigen.team if eigen and eigen.team else team_van(naar, op)


@service
def bied_aan(
    deelnemer: Deelnemer,
    naar: Medewerker,
    vanaf: dt.date,
    *,
    actor: Actor,
    door: Medewerker,
    reden: str,
    let_op: str = "",
) -> Overdracht:
    """Offer this person to a colleague; the receiver may read the dossier until she answered.

    Raises ValidationError per field: no regievoerder, somebody who may not open the dossier, a day that is over,
    an open offer, or no reason.
    """
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    van = deelnemer.regievoerder
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden.")
    if van is None:
        raise ValidationError("Deze persoon heeft nog geen regievoerder. Wijs er eerst een toe.")
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf op waarom je overdraagt. Je collega leest dit."})
    if vanaf < klok.vandaag():
        raise ValidationError({"vanaf": "Deze dag is voorbij. Kies een dag vanaf vandaag."})
    if van.pk == naar.pk:
        raise ValidationError({"naar": f"{naar.naam} is al regievoerder. Kies een ander."})
    if mag_nooit(deelnemer, naar, vanaf) or mag_nooit(deelnemer, naar):
        raise ValidationError({"naar": f"{naar.naam} mag dit dossier niet openen. Kies een ander."})
    if Regie.objects.filter(deelnemer=deelnemer, begindatum__gt=klok.vandaag()).exists():
        raise ValidationError("Er staat al een wisseling van regie gepland.")
    rij = Overdracht(
        deelnemer=deelnemer, van=van, naar=naar, team=_team_bij(deelnemer, naar, vanaf), vanaf=vanaf,
        reden=reden.strip(), let_op=let_op.strip(), aangeboden_door=door, aangeboden_op=klok.vandaag(),
        status="aangeboden", status_sinds=klok.vandaag(),
    )  # fmt: skip
    rij.full_clean()
    rij.save()
    stap = OVERDRACHT.stap("", "aanbieden")
    assert stap is not None  # noqa: S101 - the table has it
    leg_overgang_vast(OVERDRACHT.soort, rij, "", stap, actor=actor, reden=reden)
    betrek(deelnemer, Betrokkenrol.OPVOLGER, klok.vandaag(), _herkomst(rij), actor=actor, medewerker=naar)
    ververs_met_lijst(deelnemer.pk)
    return rij


def _herkomst(rij: Overdracht) -> str:
    return f"overdracht:{rij.pk}"


def _sluit_inzage(rij: Overdracht) -> None:
    """The receiver no longer sees the dossier because of this offer; today it ended, so yesterday was the last day."""
    gisteren = klok.vandaag() - dt.timedelta(days=1)
    open_ = Betrokkenheid.objects.filter(deelnemer=rij.deelnemer_id, herkomst=_herkomst(rij))
    open_.filter(begindatum__gt=gisteren).delete()
    open_.filter(einddatum__isnull=True).update(einddatum=gisteren)


def _vergrendel(overdracht: Overdracht) -> Overdracht:
    """Lock first the person, then the offer: the same order as everywhere."""
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=overdracht.deelnemer_id)
    rijen = Overdracht.objects.select_for_update(of=("self",)).select_related("deelnemer", "van", "naar", "team")
    return rijen.get(pk=overdracht.pk)


@service
def neem_aan(
    overdracht: Overdracht, *, actor: Actor, door: Medewerker, vanaf: dt.date | None = None, antwoord: str = ""
) -> Overdracht:
    """Accept: the regie moves on `vanaf` (by default the day that was asked, today when that day is over).

    Raises OvergangGeweigerd when it was answered already, ValidationError when somebody else must answer, the day is
    over or the regie is no longer with the giver.
    """
    rij = _vergrendel(overdracht)
    OVERDRACHT.vereis(rij, "aannemen")
    _alleen_ontvanger(rij, door)
    vanaf = vanaf or max(rij.vanaf, klok.vandaag())
    if vanaf < klok.vandaag():
        raise ValidationError({"vanaf": "Deze dag is voorbij. Kies een dag vanaf vandaag."})
    if rij.deelnemer.regievoerder_id != rij.van_id:
        raise ValidationError("De regie is intussen bij een ander. Deze overdracht geldt niet meer.")
    rij.vanaf, rij.beantwoord_door, rij.antwoord = vanaf, door, antwoord.strip()
    rij.team = _team_bij(rij.deelnemer, rij.naar, vanaf)
    verzet(OVERDRACHT, rij, "aannemen", actor=actor, ook=("vanaf", "beantwoord_door", "antwoord", "team"))
    if vanaf == klok.vandaag():
        _sluit_inzage(rij)
    else:  # the receiver prepares; from that day on she sees the dossier because of the regie
        Betrokkenheid.objects.filter(deelnemer=rij.deelnemer_id, herkomst=_herkomst(rij)).update(
            einddatum=vanaf - dt.timedelta(days=1)
        )
    zin = f"Overgenomen van {rij.van.naam}: {rij.reden}"
    wijs_regie_toe(rij.deelnemer, rij.naar, vanaf, actor=actor, reden=zin[:200], team=rij.team)
    ververs_met_lijst(rij.deelnemer_id)
    return rij


@service
def weiger(overdracht: Overdracht, *, actor: Actor, door: Medewerker, reden: str) -> Overdracht:
    """Do not accept; the regie stays where it was and the giver reads why."""
    rij = _vergrendel(overdracht)
    OVERDRACHT.vereis(rij, "weigeren", reden)
    _alleen_ontvanger(rij, door)
    rij.beantwoord_door, rij.antwoord = door, reden.strip()
    verzet(OVERDRACHT, rij, "weigeren", actor=actor, reden=reden, ook=("beantwoord_door", "antwoord"))
    _sluit_inzage(rij)
    ververs_met_lijst(rij.deelnemer_id)
    return rij


@service
def trek_in(overdracht: Overdracht, *, actor: Actor, reden: str = "") -> Overdracht:
    """Take an offer back before it is answered."""
    rij = _vergrendel(overdracht)
    verzet(OVERDRACHT, rij, "intrekken", actor=actor, reden=reden)
    _sluit_inzage(rij)
    ververs_met_lijst(rij.deelnemer_id)
    return rij


@service
def markeer_gezien(overdracht: Overdracht, *, actor: Actor) -> None:
    """The giver read the answer: it leaves the work list."""
    rij = _vergrendel(overdracht)
    if rij.status not in {"aangenomen", "geweigerd"}:
        raise ValidationError("Er is nog geen antwoord.")
    if rij.gezien_op is None:
        rij.gezien_op = klok.vandaag()
        rij.save(update_fields=["gezien_op"])
    ververs_met_lijst(rij.deelnemer_id)


def _alleen_ontvanger(rij: Overdracht, door: Medewerker) -> None:
    if not handelt_voor(door, rij.naar_id):
        raise ValidationError(f"Alleen {rij.naar.naam} of wie waarneemt kan dit beantwoorden.")


def _laat_vervallen(rijen: Any, actor: Actor, reden: str) -> int:
    open_ = list(rijen.filter(status="aangeboden").order_by("pk"))
    for rij in open_:
        vast = _vergrendel(rij)
        if OVERDRACHT.mag(vast, "vervallen"):
            verzet(OVERDRACHT, vast, "vervallen", actor=actor, reden=reden)
            _sluit_inzage(vast)
            ververs_met_lijst(vast.deelnemer_id)
    return len(open_)


def bij_regiewissel(melding: Gebeurtenis) -> None:
    """`regie.gewijzigd`: an open offer falls away when the regie went to somebody else, or will."""
    deelnemer_id = int(melding.onderwerp)
    deelnemer = Deelnemer.objects.get(pk=deelnemer_id)
    gepland = Regie.objects.filter(deelnemer=deelnemer_id, begindatum__gt=klok.vandaag()).exists()
    open_ = Overdracht.objects.filter(deelnemer=deelnemer_id)
    open_ = open_ if gepland else open_.exclude(van=deelnemer.regievoerder_id or 0)
    _laat_vervallen(open_, Actor.taak("deelnemers.overdracht"), "De regie ging op een andere manier over.")


def bij_overlijden(melding: Gebeurtenis) -> None:
    """`deelnemer.overleden`: nothing is handed over any more."""
    open_ = Overdracht.objects.filter(deelnemer=int(melding.onderwerp))
    _laat_vervallen(open_, Actor.taak("deelnemers.overlijden"), "De persoon is overleden.")


@service
def bij_vertrek(medewerker: Medewerker, *, actor: Actor) -> int:
    """Who leaves takes nothing over any more: what was offered to her falls away. Returns how many."""
    return _laat_vervallen(Overdracht.objects.filter(naar=medewerker), actor, f"{medewerker.naam} gaat weg.")


def verdeel(
    mensen: Sequence[Deelnemer], collegas: Sequence[Medewerker], last: dict[int, int]
) -> list[tuple[Deelnemer, Medewerker]]:
    """Spread people over colleagues: each time to who has the fewest people per hour of work then."""
    telling = {c.pk: last.get(c.pk, 0) for c in collegas}
    uit: list[tuple[Deelnemer, Medewerker]] = []
    for deelnemer in mensen:
        kan = [c for c in collegas if c.pk != deelnemer.regievoerder_id]
        if not kan:
            continue
        naar = min(kan, key=lambda c: (telling[c.pk] / float(c.uren_per_week or 1), c.achternaam, c.pk))
        telling[naar.pk] += 1
        uit.append((deelnemer, naar))
    return uit


def bied_velen_aan(
    verdeling: Iterable[tuple[Deelnemer, Medewerker]],
    vanaf: dt.date,
    *,
    actor: Actor,
    door: Medewerker,
    reden: str,
) -> tuple[list[Overdracht], list[tuple[Deelnemer, str]]]:
    """Offer many people, each by itself: what cannot is left out with the reason. Returns both."""
    gelukt: list[Overdracht] = []
    niet: list[tuple[Deelnemer, str]] = []
    with handeling(actor, reden=reden):
        for deelnemer, naar in verdeling:
            try:
                with transaction.atomic():
                    gelukt.append(bied_aan(deelnemer, naar, vanaf, actor=actor, door=door, reden=reden))
            except ValidationError as fout:
                niet.append((deelnemer, " ".join(fout.messages)))
    return gelukt, niet


def neem_velen_aan(
    rijen: Iterable[Overdracht], *, actor: Actor, door: Medewerker
) -> tuple[list[Overdracht], list[tuple[Overdracht, str]]]:
    """Accept many offers, each by itself; the ones that cannot are left out with the reason."""
    from kern.toestanden import OvergangGeweigerd

    gelukt: list[Overdracht] = []
    niet: list[tuple[Overdracht, str]] = []
    with handeling(actor):
        for rij in rijen:
            try:
                with transaction.atomic():
                    gelukt.append(neem_aan(rij, actor=actor, door=door))
            except ValidationError as fout:
                niet.append((rij, " ".join(fout.messages)))
            except OvergangGeweigerd as fout:
                niet.append((rij, str(fout)))
    return gelukt, niet
