"""Regie and involvement: exactly one responsible consulent on each day (R004)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Betrokkenheid, Deelnemer, Doorbreking, Regie
from deelnemers.services.tijdlijn import KAMER, regieregel
from kern import klok
from kern.aansluitingen import gebeurtenis, overdracht, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.models import geldig_op
from organisatie.models import Medewerker, Team
from organisatie.querysets import mijn_team_ids

REGIE_GEWIJZIGD = "regie.gewijzigd"


def team_van(medewerker: Medewerker, op: dt.date) -> Team:
    """The team in which this member of staff works on that day; raises ValidationError when there is none."""
    rol = (
        medewerker.rollen.filter(geldig_op(op), team__isnull=False)
        .select_related("team")
        .order_by("id")
        .first()
    )
    if rol is None:
        raise ValidationError({"medewerker": f"{medewerker.naam} hoort op die dag niet bij een team."})
    return rol.team


@service
def wijs_regie_toe(
    deelnemer: Deelnemer,
    medewerker: Medewerker,
    vanaf: dt.date,
    *,
    actor: Actor,
    reden: str = "",
    team: Team | None = None,
) -> Regie:
    """Make `medewerker` the regievoerder from `vanaf`; the former one ends the day before (R004, R193).

    Raises ValidationError when `vanaf` lies before the start of the present regie.
    """
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    team = team or team_van(medewerker, vanaf)
    oud = Regie.objects.filter(geldig_op(vanaf), deelnemer=deelnemer).select_related("medewerker").first()
    if oud is not None and oud.medewerker_id == medewerker.pk and oud.team_id == team.pk:
        return oud
    if Regie.objects.filter(deelnemer=deelnemer, begindatum__gt=vanaf).exists():
        raise ValidationError({"vanaf": "Er is al een latere wijziging van de regie. Kies een latere datum."})
    if oud is not None:
        if oud.begindatum == vanaf:
            oud.delete()
        else:
            oud.einddatum = vanaf - dt.timedelta(days=1)
            oud.save(update_fields=["einddatum"])
    nieuw = Regie.objects.create(
        deelnemer=deelnemer, medewerker=medewerker, team=team, begindatum=vanaf, reden=reden
    )
    if vanaf <= klok.vandaag():
        deelnemer.regievoerder, deelnemer.team = medewerker, team
        deelnemer.save(update_fields=["regievoerder", "team"])
    tijdlijn.schrijf(regieregel(nieuw))
    werkvoorraad.klaar(KAMER, f"zonder-regie:{deelnemer.pk}")
    van = oud.medewerker.gebruiker_id if oud else None
    for functie in overdracht.kamers().values():
        functie(deelnemer.pk, van, medewerker.gebruiker_id)
    gebeurtenis.meld(REGIE_GEWIJZIGD, deelnemer.pk, betrokkene_id=deelnemer.pk, data={"regie": nieuw.pk})
    return nieuw


@service
def beeindig_regie(deelnemer: Deelnemer, laatste_dag: dt.date, *, actor: Actor, reden: str = "") -> None:
    """End the present regie without a successor; the person then stands on the list of the teammanager."""
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    Regie.objects.filter(deelnemer=deelnemer, einddatum__isnull=True).update(
        einddatum=laatste_dag, reden=reden
    )
    if laatste_dag < klok.vandaag():
        deelnemer.regievoerder = None
        deelnemer.save(update_fields=["regievoerder"])


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
    open_ = Betrokkenheid.objects.filter(deelnemer=deelnemer, herkomst=herkomst, einddatum__isnull=True)
    return open_.update(einddatum=laatste_dag)


@service
def doorbreek(deelnemer: Deelnemer, medewerker: Medewerker, reden: str, *, actor: Actor) -> Doorbreking:
    """Break-glass: open the dossier until midnight, with a reason that the teammanager reviews (R223).

    Raises ValidationError at `reden` when it is shorter than ten characters.
    """
    if len(reden.strip()) < 10:  # noqa: PLR2004
        raise ValidationError({"reden": "Schrijf in minstens tien tekens waarom je dit dossier nodig hebt."})
    morgen = klok.nu().replace(hour=23, minute=59, second=59, microsecond=0)
    rij = Doorbreking.objects.create(
        deelnemer=deelnemer, medewerker=medewerker, reden=reden.strip(), geldig_tot=morgen
    )
    werkvoorraad.schrijf(
        werkvoorraad.regel(
            KAMER,
            f"doorbreking:{rij.pk}",
            soort="doorbreking",
            titel=f"Beoordeel waarom {medewerker.naam} een dossier opende",
            toelichting=reden.strip(),
            waarom="Iemand opende een dossier van een persoon met wie hij niet werkt. Een ander kijkt of dat terecht was.",
            url=f"/deelnemers/doorbrekingen/{rij.pk}",
            knop="Beoordelen",
            icoon="schild",
            op=klok.vandaag() + dt.timedelta(days=3),
            voor_team_id=deelnemer.team_id or next(iter(mijn_team_ids(medewerker)), None),
            voor_rol="teammanager",
        )
    )
    return rij


@service
def beoordeel_doorbreking(rij: Doorbreking, beoordelaar: Medewerker, terecht: bool, *, actor: Actor) -> None:
    """Review a break-glass; raises ValidationError when someone reviews their own."""
    if rij.medewerker_id == beoordelaar.pk:
        raise ValidationError("Iemand anders beoordeelt of dit terecht was.")
    rij.beoordeeld_op, rij.beoordeeld_door, rij.terecht = klok.vandaag(), beoordelaar, terecht
    rij.save(update_fields=["beoordeeld_op", "beoordeeld_door", "terecht"])
    werkvoorraad.klaar(KAMER, f"doorbreking:{rij.pk}")
