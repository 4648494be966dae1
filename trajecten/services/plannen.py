"""The plan of the trajectory: versions that both sides sign (FEITEN 5.2, 7.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.core.exceptions import ValidationError

from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker
from trajecten.models import PlanVanAanpak, Traject
from trajecten.services.hulp import bewaar, medewerker_van, vergrendel, vergrendel_persoon, werk_bij
from trajecten.tijdlijn import planregel

VASTGESTELD = "plan.vastgesteld"
#: A plan is looked at together at least every six months.
EVALUATIE_BINNEN = dt.timedelta(days=184)


@service
def stel_plan_vast(
    traject: Traject,
    tekst: str,
    evaluatie_op: dt.date,
    *,
    actor: Actor,
    doelen: Sequence[str] = (),
    versie: int | None = None,
) -> PlanVanAanpak:
    """Make the next version of the plan; the former versions stay as they were signed.

    `versie` is the number of the plan that was seen (0: none): IntussenGewijzigd when a colleague made one since.
    Raises ValidationError when the trajectory ended, the text is empty or the evaluation is not within six
    months.
    """
    vergrendel_persoon(traject.deelnemer_id)
    traject = vergrendel(Traject, traject.pk)
    if traject.status != "loopt":
        raise ValidationError("Dit traject is afgesloten. Een nieuw plan hoort bij een lopend traject.")
    vorig = PlanVanAanpak.objects.filter(traject=traject).order_by("-nummer").first()
    if versie is not None and vorig is not None and vorig.nummer != versie:
        anders = {"tekst": vorig.tekst, "doelen": "\n".join(vorig.doelen), "evaluatie_op": vorig.evaluatie_op}
        raise IntussenGewijzigd(anders, vorig.nummer)
    if not tekst.strip():
        raise ValidationError({"tekst": "Schrijf op wat jullie hebben afgesproken."})
    if not klok.vandaag() < evaluatie_op <= klok.vandaag() + EVALUATIE_BINNEN:
        raise ValidationError({"evaluatie_op": "Kies een datum na vandaag en binnen een half jaar."})
    plan = PlanVanAanpak(
        deelnemer_id=traject.deelnemer_id,
        traject=traject,
        nummer=vorig.nummer + 1 if vorig else 1,
        tekst=tekst.strip(),
        doelen=[doel.strip() for doel in doelen if doel.strip()],
        evaluatie_op=evaluatie_op,
    )
    bewaar(plan)
    tijdlijn.schrijf(planregel(plan))
    gebeurtenis.meld(
        VASTGESTELD, plan.pk, betrokkene_id=plan.deelnemer_id, data={"plan": plan.pk, "traject": traject.pk}
    )
    werk_bij(plan.deelnemer_id)
    return plan


@service
def teken_plan(
    plan: PlanVanAanpak,
    *,
    actor: Actor,
    deelnemer: bool = False,
    afdeling: bool = False,
    medewerker: Medewerker | None = None,
) -> PlanVanAanpak:
    """Record a signature of the person, of the department, or both; only the latest version can be signed."""
    vergrendel_persoon(plan.deelnemer_id)
    plan = PlanVanAanpak.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if PlanVanAanpak.objects.filter(traject=plan.traject_id, nummer__gt=plan.nummer).exists():
        raise ValidationError("Er is een nieuwere versie van het plan. Teken die.")
    if deelnemer and plan.getekend_deelnemer_op is None:
        plan.getekend_deelnemer_op = klok.vandaag()
    if afdeling and plan.getekend_afdeling_op is None:
        plan.getekend_door = medewerker or medewerker_van(actor)
        if plan.getekend_door is None:
            raise ValidationError("Alleen een medewerker tekent namens de afdeling.")
        plan.getekend_afdeling_op = klok.vandaag()
    bewaar(plan, ["getekend_deelnemer_op", "getekend_afdeling_op", "getekend_door"])
    tijdlijn.schrijf(planregel(plan))
    return plan
