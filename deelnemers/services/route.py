"""The choice intern or extern: the advice of today is recorded beside it (R054, R055, R057)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.diagnosevragen import routeadvies
from deelnemers.keuzes import Route
from deelnemers.models import Deelnemer, Routekeuze
from deelnemers.services.tijdlijn import routeregel
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from kern.weigering import eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker
from regelgeving import opzoeken


def voorstel_herbeoordelen(op: dt.date) -> dt.date:
    """The day on which an intern route is looked at again, by the setting of that day."""
    return op + dt.timedelta(weeks=int(opzoeken.getal("route.herbeoordelen", op)))


def routeversie(deelnemer: Deelnemer) -> int:
    """The counter against lost changes of the choices of one person; 0 when there is none."""
    return nieuwste(Routekeuze.objects.filter(deelnemer=deelnemer))


def _gekozen(keuze: Routekeuze) -> dict[str, Any]:
    """What was chosen; not the reason when it may give special data away (R228)."""
    anders: dict[str, Any] = {"gekozen": keuze.gekozen, "herbeoordelen_op": keuze.herbeoordelen_op}
    return anders if keuze.bijzonder else anders | {"afwijkreden": keuze.afwijkreden}


@service
def kies_route(
    deelnemer: Deelnemer,
    gekozen: Route | str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    afwijkreden: str = "",
    herbeoordelen_op: dt.date | None = None,
    versie: int | None = None,
) -> Routekeuze:
    """Choose intern or extern. Deviating from the advice is allowed with a reason; the advice stays beside it (R057).

    `versie` is `routeversie` of when the page was made: IntussenGewijzigd when a colleague chose since. Raises
    ValidationError when there is no advice yet (something must be measured first), and at `afwijkreden` or
    `herbeoordelen_op` when those are missing.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(Routekeuze.objects.filter(deelnemer=deelnemer), versie, _gekozen)
    vandaag, advies = klok.vandaag(), routeadvies(deelnemer)
    if advies.route is None:
        raise ValidationError(f"Er is nog geen advies. Meet eerst: {', '.join(advies.te_meten).lower()}.")
    wijkt_af = gekozen != advies.route
    if wijkt_af and not afwijkreden.strip():
        raise ValidationError({"afwijkreden": "Geef een reden als je van het advies afwijkt."})
    if gekozen == Route.INTERN:
        herbeoordelen_op = herbeoordelen_op or voorstel_herbeoordelen(vandaag)
    keuze = Routekeuze(
        deelnemer=deelnemer,
        advies=advies.route,
        criterium=advies.code,
        bijzonder=advies.beslist is not None and advies.beslist.bijzonder,
        criteria=[{"code": c.code, "oordeel": c.oordeel, "zin": c.zin} for c in advies.criteria],
        gekozen=gekozen,
        afwijkreden=afwijkreden.strip() if wijkt_af else "",
        gekozen_op=vandaag,
        gekozen_door=medewerker,
        herbeoordelen_op=herbeoordelen_op if gekozen == Route.INTERN else None,
    )
    keuze.full_clean(exclude=["gemeente"])
    keuze.save()
    tijdlijn.schrijf(routeregel(keuze))
    ververs_met_lijst(deelnemer.pk)
    return keuze
