"""Naming the inkomensconsulent of a team (R196)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import F, Q

from kern import klok
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker, Rolvervulling, Team, Teaminkomensconsulent
from organisatie.querysets import in_dienst
from organisatie.rechten import Rol

_DAG = dt.timedelta(days=1)


@service
def wijs_inkomensconsulent_aan(
    team: Team, medewerker: Medewerker, vanaf: dt.date, *, versie: int | None = None, actor: Actor
) -> Teaminkomensconsulent:
    """Name who answers for this team from `vanaf` on; the one before ends the day before (R196).

    Who was planned for a later day makes way. The same one again changes nothing. `versie` is the counter of the team
    that was seen: IntussenGewijzigd when a colleague was first. Raises ValidationError per field for a day before
    today, and for who has not the role of inkomensconsulent on that day.
    """
    if vanaf < klok.vandaag():
        raise ValidationError({"vanaf": "Kies vandaag of een latere dag."})
    einde = _laatste_dag(medewerker, vanaf)
    rij = Team.objects.select_for_update(of=("self",)).get(pk=team.pk)
    rijen = list(
        Teaminkomensconsulent.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=vanaf), team=rij)
        .select_related("medewerker")
        .order_by("begindatum", "id")
    )
    if versie is not None and versie != rij.versie:
        laatste = rijen[-1] if rijen else None
        raise IntussenGewijzigd(
            {"medewerker": laatste and laatste.medewerker, "vanaf": laatste and laatste.begindatum}, rij.versie
        )
    oud = rijen[0] if rijen and rijen[0].begindatum <= vanaf else None
    if oud is not None and oud.medewerker_id == medewerker.pk:
        if len(rijen) == 1 and oud.einddatum == einde:
            return oud
        nieuw = oud
    else:
        nieuw = Teaminkomensconsulent(team=rij, medewerker=medewerker, begindatum=vanaf)
    for ander in rijen:
        if ander is not nieuw:
            _wijk(ander, vanaf)
    nieuw.einddatum = einde
    nieuw.full_clean()
    nieuw.save()
    Team.objects.filter(pk=rij.pk).update(versie=F("versie") + 1)
    return nieuw


def _wijk(rij: Teaminkomensconsulent, vanaf: dt.date) -> None:
    """End the day before; what had not begun by then never was."""
    if rij.begindatum >= vanaf:
        rij.delete()
        return
    rij.einddatum = vanaf - _DAG
    rij.save(update_fields=["einddatum"])


def _laatste_dag(medewerker: Medewerker, vanaf: dt.date) -> dt.date | None:
    """The last day of the role that holds on `vanaf`; None when it has no end.

    Locked before the team, as ending a role does: so a naming never outlives a role that ends at the same moment.
    """
    rollen = Rolvervulling.objects.filter(geldig_op(vanaf), medewerker=medewerker, rol=Rol.INKOMENSCONSULENT)
    einden = [rol.einddatum for rol in rollen.select_for_update(of=("self",)).order_by("pk")]
    if not einden or not Medewerker.objects.filter(in_dienst(vanaf), pk=medewerker.pk).exists():
        raise ValidationError(
            {"medewerker": f"{medewerker.naam} is op {datum(vanaf)} geen inkomensconsulent. Kies iemand anders."}
        )
    bekend = [dag for dag in einden if dag is not None]
    return max(bekend) if len(bekend) == len(einden) else None


def volg_rol(medewerker: Medewerker) -> None:
    """Let the namings end with the role of inkomensconsulent. Call inside a service that ended a role."""
    rollen = Rolvervulling.objects.filter(medewerker=medewerker, rol=Rol.INKOMENSCONSULENT)
    einden = list(rollen.values_list("einddatum", flat=True))
    if None in einden:
        return
    laatste = max((dag for dag in einden if dag is not None), default=dt.date.min)
    over = Teaminkomensconsulent.objects.filter(
        Q(einddatum__isnull=True) | Q(einddatum__gt=laatste), medewerker=medewerker
    )
    teams = list(over.values_list("team_id", flat=True))
    if not teams:
        return
    # The same lock as naming takes, so that the two never pass each other.
    list(Team.objects.select_for_update(of=("self",)).filter(pk__in=teams).order_by("pk"))
    over.filter(begindatum__gt=laatste).delete()
    over.update(einddatum=laatste)
    Team.objects.filter(pk__in=teams).update(versie=F("versie") + 1)
