"""Regie and involvement: exactly one responsible consulent on each day (R004)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Betrokkenheid, Deelnemer, Doorbreking, Leesverbod, Regie
from deelnemers.services.gezin import na_regie
from deelnemers.services.tijdlijn import KAMER, regieregel
from deelnemers.services.werkvoorraad import te_beoordelen, ververs
from kern import klok
from kern.aansluitingen import gebeurtenis, overdracht, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.weigering import eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker, Team
from organisatie.querysets import mijn_team_ids

REGIE_GEWIJZIGD = "regie.gewijzigd"
DOORBREKING_BEOORDEELD = "doorbreking.beoordeeld"


def team_van(medewerker: Medewerker, op: dt.date) -> Team:
    """The team in which this member of staff works on that day; raises ValidationError when there is none."""
    rol = medewerker.rollen.filter(geldig_op(op), team__isnull=False).select_related("team").order_by("id").first()
    if rol is None or rol.team is None:
        raise ValidationError({"medewerker": f"{medewerker.naam} hoort op die dag niet bij een team."})
    return rol.team


#: What somebody reads who is barred, at every address where a reason would open the dossier for a colleague.
NOOIT = "Jij mag dit dossier niet openen. Vraag een collega om het over te nemen."


def mag_nooit(deelnemer: Deelnemer, medewerker: Medewerker, op: dt.date | None = None) -> bool:
    """Whether this member of staff is barred from this dossier on that day (own dossier, relatives)."""
    op = op or klok.vandaag()
    return Leesverbod.objects.filter(geldig_op(op), deelnemer=deelnemer, medewerker=medewerker).exists()


def regieversie(deelnemer: Deelnemer) -> int:
    """The counter against lost changes of the regie of one person; 0 when nobody ever had it."""
    return nieuwste(Regie.objects.filter(deelnemer=deelnemer))


@service
def wijs_regie_toe(
    deelnemer: Deelnemer,
    medewerker: Medewerker,
    vanaf: dt.date,
    *,
    actor: Actor,
    reden: str = "",
    team: Team | None = None,
    tot: dt.date | None = None,
    versie: int | None = None,
) -> Regie:
    """Make `medewerker` the regievoerder from `vanaf`; the former one ends the day before (R004, R193).

    `tot` is the last day when a later regie is planned already; `versie` is `regieversie` of when the form was made:
    IntussenGewijzigd when a colleague assigned since. Raises ValidationError when the new one would run into a later
    one.
    """
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(
        Regie.objects.filter(deelnemer=deelnemer).select_related("medewerker"),
        versie,
        lambda rij: {"medewerker": rij.medewerker, "vanaf": rij.begindatum, "reden": rij.reden},
    )
    if mag_nooit(deelnemer, medewerker, vanaf):
        raise ValidationError({"medewerker": f"{medewerker.naam} mag dit dossier niet openen. Kies een ander."})
    team = team or team_van(medewerker, vanaf)
    oud = Regie.objects.filter(geldig_op(vanaf), deelnemer=deelnemer).select_related("medewerker").first()
    if oud is not None and oud.medewerker_id == medewerker.pk and oud.team_id == team.pk:
        return oud
    later = Regie.objects.filter(deelnemer=deelnemer, begindatum__gt=vanaf)
    if (later if tot is None else later.filter(begindatum__lte=tot)).exists():
        raise ValidationError({"vanaf": "Er is al een latere wijziging van de regie. Kies een latere datum."})
    if oud is not None:
        if oud.begindatum == vanaf:
            tijdlijn.wis(KAMER, f"regie:{oud.pk}")
            oud.delete()
        else:
            oud.einddatum = vanaf - dt.timedelta(days=1)
            oud.save(update_fields=["einddatum"])
    nieuw = Regie.objects.create(
        deelnemer=deelnemer, medewerker=medewerker, team=team, begindatum=vanaf, einddatum=tot, reden=reden
    )
    if vanaf <= klok.vandaag():
        deelnemer.regievoerder, deelnemer.team = medewerker, team
        deelnemer.save(update_fields=["regievoerder", "team"])
    tijdlijn.schrijf(regieregel(nieuw))
    ververs(deelnemer.pk)
    na_regie(deelnemer)
    van = oud.medewerker.gebruiker_id if oud else None
    for functie in overdracht.kamers().values():
        functie(deelnemer.pk, van, medewerker.gebruiker_id)
    gebeurtenis.meld(REGIE_GEWIJZIGD, deelnemer.pk, betrokkene_id=deelnemer.pk, data={"regie": nieuw.pk})
    return nieuw


@service
def beeindig_regie(deelnemer: Deelnemer, laatste_dag: dt.date, *, actor: Actor, reden: str = "") -> None:
    """End the present regie without a successor; the person then stands on the list of the teammanager."""
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    lopend = Regie.objects.filter(deelnemer=deelnemer).exclude(einddatum__lte=laatste_dag)
    for rij in lopend.order_by("begindatum", "id"):
        if rij.begindatum > laatste_dag:
            tijdlijn.wis(KAMER, f"regie:{rij.pk}")
            rij.delete()
            continue
        rij.einddatum = laatste_dag
        rij.save(update_fields=["einddatum"])
    if laatste_dag < klok.vandaag():
        zet_regiekolommen(deelnemer)
    ververs(deelnemer.pk)
    na_regie(deelnemer)
    gebeurtenis.meld(REGIE_GEWIJZIGD, deelnemer.pk, betrokkene_id=deelnemer.pk)


def zet_regiekolommen(deelnemer: Deelnemer) -> bool:
    """Store who has the regie today; the team stays when nobody has it. True when something changed."""
    nu = Regie.objects.filter(geldig_op(klok.vandaag()), deelnemer=deelnemer).first()
    waarden = {
        "regievoerder_id": nu.medewerker_id if nu else None,
        "team_id": nu.team_id if nu else deelnemer.team_id,
    }
    anders = [naam for naam, waarde in waarden.items() if getattr(deelnemer, naam) != waarde]
    for naam in anders:
        setattr(deelnemer, naam, waarden[naam])
    if anders:
        deelnemer.save(update_fields=[naam.removesuffix("_id") for naam in anders])
        na_regie(deelnemer)
    return bool(anders)


@service
def draag_caseload_over(
    van: Medewerker, naar: Medewerker, *, actor: Actor, reden: str = "", vanaf: dt.date | None = None
) -> int:
    """Move every person of one consulent to another, each with its own team (R198); returns how many moved.

    Regie that was planned for later moves too, so that nobody falls to somebody who left; what is planned for a third
    consulent stays.
    """
    vanaf = vanaf or klok.vandaag()
    for gepland in Regie.objects.filter(medewerker=van, begindatum__gt=vanaf).order_by("id"):
        gepland.medewerker = naar
        gepland.save(update_fields=["medewerker"])
        tijdlijn.schrijf(regieregel(gepland))
    lopend = Regie.objects.filter(geldig_op(vanaf), medewerker=van).select_related("deelnemer", "team")
    verplaatst = 0
    for rij in lopend.order_by("deelnemer_id", "id"):
        wijs_regie_toe(rij.deelnemer, naar, vanaf, actor=actor, reden=reden, team=rij.team, tot=rij.einddatum)
        verplaatst += 1
    return verplaatst


@service
def betrek(
    deelnemer: Deelnemer,
    rol: Betrokkenrol,
    begindatum: dt.date,
    herkomst: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    team: Team | None = None,
    einddatum: dt.date | None = None,
) -> Betrokkenheid:
    """Involve a member of staff or a team; the same `herkomst` twice gives one row. It opens the dossier."""
    bestaand = Betrokkenheid.objects.filter(
        deelnemer=deelnemer, rol=rol, herkomst=herkomst, medewerker=medewerker, team=team, einddatum=einddatum
    ).first()
    return bestaand or Betrokkenheid.objects.create(
        deelnemer=deelnemer, rol=rol, herkomst=herkomst, medewerker=medewerker, team=team,
        begindatum=begindatum, einddatum=einddatum,
    )  # fmt: skip


@service
def beeindig_betrokkenheid(deelnemer: Deelnemer, herkomst: str, laatste_dag: dt.date, *, actor: Actor) -> int:
    """End what `herkomst` opened; returns how many rows ended."""
    open_ = Betrokkenheid.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gt=laatste_dag))
    open_ = open_.filter(deelnemer=deelnemer, herkomst=herkomst, begindatum__lte=laatste_dag)
    return open_.update(einddatum=laatste_dag)


@service
def doorbreek(deelnemer: Deelnemer, medewerker: Medewerker, reden: str, *, actor: Actor) -> Doorbreking:
    """Break-glass: open the dossier until midnight, with a reason that the teammanager reviews (R223).

    Raises ValidationError at `reden` when it is shorter than ten characters.
    """
    if len(reden.strip()) < 10:  # noqa: PLR2004
        raise ValidationError({"reden": "Schrijf in minstens tien tekens waarom je dit dossier nodig hebt."})
    if mag_nooit(deelnemer, medewerker):
        raise ValidationError({"reden": NOOIT})
    lokaal = timezone.localtime(klok.nu())
    rij = Doorbreking.objects.create(
        deelnemer=deelnemer,
        medewerker=medewerker,
        reden=reden.strip(),
        geldig_tot=lokaal.replace(hour=23, minute=59, second=59, microsecond=0),
    )
    regel = te_beoordelen(rij)
    if regel.voor_team_id is None:
        regel.voor_team_id = next(iter(sorted(mijn_team_ids(medewerker))), None)
    werkvoorraad.schrijf(regel)
    return rij


@service
def beoordeel_doorbreking(rij: Doorbreking, beoordelaar: Medewerker, terecht: bool, *, actor: Actor) -> None:
    """Review a break-glass; raises ValidationError for one's own, and when somebody else was first."""
    if rij.medewerker_id == beoordelaar.pk:
        raise ValidationError("Iemand anders beoordeelt of dit terecht was.")
    if Doorbreking.objects.select_for_update(of=("self",)).get(pk=rij.pk).beoordeeld_op is not None:
        raise ValidationError("Een collega heeft dit net al beoordeeld.")
    rij.beoordeeld_op, rij.beoordeeld_door, rij.terecht = klok.vandaag(), beoordelaar, terecht
    rij.save(update_fields=["beoordeeld_op", "beoordeeld_door", "terecht"])
    werkvoorraad.klaar(KAMER, f"doorbreking:{rij.pk}")
    gebeurtenis.meld(DOORBREKING_BEOORDEELD, rij.pk, betrokkene_id=rij.deelnemer_id, data={"doorbreking": rij.pk})
