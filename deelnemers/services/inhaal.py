"""Starting and closing a catch-up campaign (R049). Progress follows the diagnosis by itself."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q

from deelnemers.inhaalkeuzes import Inhaalreden
from deelnemers.models import Deelnemer, Inhaalcampagne, Inhaaldeelname
from kern import klok
from kern.handeling import Actor, service
from organisatie.models import Medewerker, Team


@service
def start_inhaalslag(
    naam: str, klaar_voor: dt.date, *, actor: Actor, team: Team | None = None, medewerker: Medewerker | None = None
) -> Inhaalcampagne:
    """Everybody in a trajectory (of `team`, or of all) whose diagnosis is not complete or ran out takes part.

    Raises ValidationError per field, and when there is nobody to catch up with.
    """
    vandaag = klok.vandaag()
    campagne = Inhaalcampagne(
        naam=naam.strip(), begindatum=vandaag, klaar_voor=klaar_voor, team=team, gestart_door=medewerker
    )
    campagne.full_clean()
    mensen = Deelnemer.objects.filter(in_traject=True, overleden_op__isnull=True, samengevoegd_met__isnull=True)
    mensen = mensen.filter(Q(diagnose_vers_tot__isnull=True) | Q(diagnose_vers_tot__lt=vandaag))
    if team is not None:
        mensen = mensen.filter(team=team)
    rijen = list(mensen.order_by("pk").values_list("pk", "diagnose_vers_tot"))
    if not rijen:
        raise ValidationError("Van iedereen is de diagnose compleet en actueel. Een inhaalslag is niet nodig.")
    campagne.save()
    Inhaaldeelname.objects.bulk_create(
        Inhaaldeelname(
            campagne=campagne, deelnemer_id=pk, reden=Inhaalreden.VEROUDERD if tot else Inhaalreden.NIET_COMPLEET
        )
        for pk, tot in rijen
    )
    return campagne


@service
def sluit_inhaalslag(campagne: Inhaalcampagne, *, actor: Actor) -> Inhaalcampagne:
    """No more progress is counted from today; closing twice changes nothing."""
    rij = Inhaalcampagne.objects.select_for_update(of=("self",)).get(pk=campagne.pk)
    if rij.gesloten_op is None:
        rij.gesloten_op = klok.vandaag()
        rij.versie += 1
        rij.save(update_fields=["gesloten_op", "versie"])
    return rij


def leg_voortgang_vast(deelnemer_id: int) -> None:
    """The diagnosis of this person is complete and fresh: done in every open campaign. Call inside a service."""
    Inhaaldeelname.objects.filter(
        deelnemer=deelnemer_id, bijgewerkt_op__isnull=True, campagne__gesloten_op__isnull=True
    ).update(bijgewerkt_op=klok.vandaag())
