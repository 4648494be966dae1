"""A trajectory begins, and its goal changes (R065, R076, R093)."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer, Regie, Trede
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.models import geldig_op
from organisatie.models import Team
from trajecten.keuzes import Doel
from trajecten.models import Traject
from trajecten.services.hulp import begin_toestand, bewaar, vergrendel, vergrendel_persoon, werk_bij
from trajecten.tijdlijn import trajectregel
from trajecten.toestanden import TRAJECT

GESTART = "traject.gestart"


@service
def start_traject(
    deelnemer: Deelnemer,
    doel: Doel | str,
    begindatum: dt.date,
    *,
    actor: Actor,
    doeltekst: str = "",
    toekomstbeeld: str = "",
    eerste_stap: str = "",
    verwacht_einde: dt.date | None = None,
    bron: str = "",
    aanmelding: uuid.UUID | None = None,
    project: str = "",
    opdrachtgever: str = "",
    team: Team | None = None,
) -> Traject:
    """Start the one trajectory of this person; the team and the step of that day are frozen with it.

    `aanmelding` is the public id of the referral. Raises ValidationError when the person died, has no team on
    that
    day, or has a trajectory in that period (R001, R065).
    """
    deelnemer = vergrendel_persoon(deelnemer.pk)
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden. Een traject kan niet meer beginnen.")
    if begindatum > klok.vandaag() + dt.timedelta(days=92):
        raise ValidationError({"begindatum": "Een traject begint binnen drie maanden. Kies een eerdere datum."})
    if begindatum < deelnemer.geboortedatum:
        raise ValidationError({"begindatum": "Deze datum ligt voor de geboorte. Controleer het jaar."})
    team = team or _team_op(deelnemer, begindatum)
    trede = Trede.objects.filter(geldig_op(begindatum), deelnemer=deelnemer).order_by("-begindatum", "-id").first()
    traject = Traject(
        deelnemer=deelnemer,
        doel=doel,
        begindatum=begindatum,
        doeltekst=doeltekst,
        toekomstbeeld=toekomstbeeld,
        eerste_stap=eerste_stap,
        verwacht_einde=verwacht_einde,
        bron=bron,
        aanmelding=aanmelding,
        project=project,
        opdrachtgever=opdrachtgever,
        team=team,
        trede_bij_start=trede.waarde if trede else deelnemer.trede_nu,
        status="loopt",
        status_sinds=klok.vandaag(),
    )
    traject.clean_fields(exclude=["gemeente", "deelnemer", "team", "trede_bij_start"])
    bewaar(traject)
    begin_toestand(TRAJECT, traject, "starten", actor=actor)
    tijdlijn.schrijf(trajectregel(traject))
    gebeurtenis.meld(
        GESTART,
        traject.pk,
        betrokkene_id=deelnemer.pk,
        data={"traject": traject.pk, "aanmelding": str(aanmelding) if aanmelding else None},
    )
    werk_bij(deelnemer.pk)
    return traject


def _team_op(deelnemer: Deelnemer, dag: dt.date) -> Team:
    regie = Regie.objects.filter(geldig_op(dag), deelnemer=deelnemer).select_related("team").first()
    if regie is None:
        regie = Regie.objects.filter(geldig_op(klok.vandaag()), deelnemer=deelnemer).select_related("team").first()
    if regie is None:
        raise ValidationError(
            "Deze persoon heeft nog geen regievoerder. Wijs die eerst toe, dan is ook het team bekend."
        )
    return regie.team


@service
def pas_doel_aan(
    traject: Traject,
    doel: Doel | str,
    *,
    actor: Actor,
    doeltekst: str = "",
    toekomstbeeld: str = "",
    eerste_stap: str = "",
    verwacht_einde: dt.date | None = None,
    versie: int | None = None,
    reden: str = "",
) -> Traject:
    """Change the goal and the person's own words; the history keeps the former ones (R010).

    Raises ValidationError when the trajectory has ended.
    """
    vergrendel_persoon(traject.deelnemer_id)
    traject = vergrendel(Traject, traject.pk, versie=versie)
    if traject.status != "loopt":
        raise ValidationError("Dit traject is afgesloten. Heropen het als het doel moet veranderen.")
    traject.doel, traject.doeltekst, traject.toekomstbeeld = Doel(doel), doeltekst, toekomstbeeld
    traject.eerste_stap, traject.verwacht_einde = eerste_stap, verwacht_einde
    traject.versie += 1
    traject.clean_fields(exclude=["gemeente", "deelnemer", "team", "trede_bij_start"])
    bewaar(traject)
    tijdlijn.schrijf(trajectregel(traject))
    return traject
