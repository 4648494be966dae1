"""Hours worked and hours possible, of everybody who works beside a benefit; and the rows on Vandaag (R034)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject

from deelnemers.models import Deelnemer, Uitkeringsgerechtigde, Werkvermogen
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad, geldig_op
from kern.weergave import uren
from organisatie.rechten import Rol
from regelgeving import opzoeken
from werkgevers.keuzes import Urenstand
from werkgevers.models import Dienstverband, Plaatsing, Urenbewaking

KAMER = "werkgevers"
RITME = "uren.ritme_weken"


@dataclass(frozen=True)
class Uren:
    """Hours per week of one person: in work that we know of, and what this person can work."""

    gewerkt: Decimal
    vermogen: int | None


def stand(gewerkt: Decimal, vermogen: int | None) -> Urenstand:
    """Hours worked against hours possible, without a margin: half an hour more is more."""
    if vermogen is None:
        return Urenstand.ONBEKEND
    if gewerkt == vermogen:
        return Urenstand.MAXIMAAL
    return Urenstand.MEER if gewerkt < vermogen else Urenstand.BOVEN


def volgende(op: dt.date, ritme_weken: int | None) -> dt.date:
    """When to look again: the rhythm of this person, else the setting that holds on that day."""
    return op + dt.timedelta(weeks=ritme_weken or int(opzoeken.getal(RITME, op)))


def gewerkte_uren(mensen: Iterable[int] | None = None) -> dict[int, Decimal]:
    """Hours per week in work with a wage that runs today: employments, and placements without one."""
    vandaag = klok.vandaag()
    van = {} if mensen is None else {"deelnemer__in": list(mensen)}
    loopt = Dienstverband.objects.filter(geldig_op(vandaag), **van)
    los = Plaatsing.objects.filter(geldig_op(vandaag), **van).exclude(soort="trajectplek")
    los = los.exclude(pk__in=loopt.exclude(plaatsing=None).values("plaatsing"))
    uit: dict[int, Decimal] = {}
    for rijen in (loopt, los):
        for pk, som in rijen.order_by("deelnemer").values_list("deelnemer").annotate(Sum("uren_per_week")):
            uit[pk] = uit.get(pk, Decimal(0)) + som
    return uit


def vermogens(mensen: Iterable[int]) -> dict[int, int]:
    """Hours per week that these people can work, as the diagnosis says now; only who has one."""
    rijen = Werkvermogen.objects.filter(deelnemer__in=list(mensen), vervangen_op=None, uren_max__isnull=False)
    return dict(rijen.order_by("pk").values_list("deelnemer", "uren_max"))


def met_uitkering(mensen: Iterable[int]) -> set[int]:
    """Of these people who has a benefit today and whose dossier is in use."""
    rijen = Uitkeringsgerechtigde.objects.filter(geldig_op(klok.vandaag()), deelnemer__in=list(mensen))
    rijen = rijen.filter(deelnemer__overleden_op=None, deelnemer__samengevoegd_met=None)
    return set(rijen.order_by("pk").values_list("deelnemer", flat=True))


def bewaakt(medewerker: Any, *, stand_: str = "", team: str = "", nu: bool = False) -> QuerySet[Urenbewaking]:
    """The list: who must be looked at first stands on top."""
    rijen = Urenbewaking.objects.filter(DOSSIER.op_betrokkene(medewerker), einddatum=None)
    if stand_:
        rijen = rijen.filter(stand=stand_)
    if team == "elders":
        rijen = rijen.filter(partner__isnull=False)
    elif team:
        rijen = rijen.filter(team_id=int(team))
    if nu:
        rijen = rijen.filter(volgende_op__lte=klok.vandaag())
    return rijen.select_related("deelnemer__regievoerder", "team", "partner").order_by("volgende_op", "pk")


def zonder_bewaking() -> Q:
    """Condition on Deelnemer: nobody follows the hours of this person now."""
    return ~Exists(Urenbewaking.objects.filter(deelnemer=OuterRef("pk"), einddatum=None))


def te_volgen() -> dict[int, Uren]:
    """Everybody who works beside a benefit and whose hours we can compare."""
    gewerkt = gewerkte_uren()
    kan = vermogens(gewerkt)
    return {pk: Uren(gewerkt[pk], kan[pk]) for pk in met_uitkering(kan)}


def dossiers(mensen: Iterable[int]) -> QuerySet[Deelnemer]:
    """These people with their team, for who starts to follow them."""
    return Deelnemer.objects.filter(zonder_bewaking(), pk__in=list(mensen)).select_related("team").order_by("pk")


def uren_nu() -> Subquery:
    """What the dossier shows of the hours, asked along with the person."""
    rijen = Urenbewaking.objects.filter(deelnemer=OuterRef("pk"), einddatum=None).order_by("pk")
    velden = JSONObject(pk="pk", uren="uren_gewerkt", stand="stand", team="team__naam", partner="partner__naam")
    return Subquery(rijen.values(json=velden)[:1])


# --- Vandaag -----------------------------------------------------------------------------------------------------
def urenregel(rij: Urenbewaking) -> Werkvoorraad | None:
    """Time to look at the hours, for the regievoerder or else the team. How much somebody can work stays unsaid."""
    if rij.einddatum is not None or rij.volgende_op > klok.vandaag():
        return None
    deelnemer = rij.deelnemer
    regie = deelnemer.regievoerder
    team_id = rij.team_id or deelnemer.team_id
    vraag = f"Vraag {rij.partner} naar de uren van" if rij.partner else "Bekijk de uren van"
    return werkvoorraad.regel(
        KAMER,
        f"uren:{rij.pk}",
        soort="uren",
        titel=f"{vraag} {deelnemer.naam}",
        toelichting=f"Werkt {uren(rij.uren_gewerkt)} per week naast de uitkering",
        waarom="We kijken op vaste momenten of iemand met een uitkering en werk zoveel uren werkt als kan.",
        url=f"/uren/{rij.pk}",
        knop="Bekijken",
        icoon="klok",
        op=rij.volgende_op,
        betrokkene_id=rij.deelnemer_id,
        voor_id=regie.gebruiker_id if regie else None,
        voor_team_id=team_id,
        voor_rol="" if regie or team_id else Rol.TEAMMANAGER,
        wacht_sinds=rij.volgende_op,
    )


def urenregels(betrokkene_id: int | None = None) -> Iterable[Werkvoorraad]:
    """The rows of everybody whose day has come, or of one person."""
    rijen = Urenbewaking.objects.filter(einddatum=None, volgende_op__lte=klok.vandaag())
    if betrokkene_id is not None:
        rijen = rijen.filter(deelnemer=betrokkene_id)
    for rij in rijen.select_related("deelnemer__regievoerder", "partner").order_by("pk"):
        werkrij = urenregel(rij)
        if werkrij is not None:
            yield werkrij
