"""A route is made, gets another team or another last day; what it asks is in its versions (R020, R033)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from aanmeldingen.keuzes import BRONNEN, Routesoort, Versiestatus
from aanmeldingen.models import Route, Routeversie
from aanmeldingen.models.route import BEZETTE_CODES
from kern import klok
from kern.handeling import Actor, service
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd
from organisatie.models import Team
from regelgeving import opzoeken


@service
def maak_route(
    *,
    code: str,
    naam: str,
    bron: str,
    soort: str,
    team: Team | None,
    begindatum: dt.date,
    einddatum: dt.date | None,
    uitkomst_delen: bool,
    reden: str,
    actor: Actor,
) -> Route:
    """Make a route; nobody can use it until a second person approves its first version (R022, R033).

    Raises ValidationError at the field for a day before today, an unknown source, or what the database refuses.
    """
    fouten = _reden_ontbreekt(reden)
    if begindatum < klok.vandaag():
        fouten["begindatum"] = "Kies vandaag of een latere dag."
    if bron not in {c for c, _ in opzoeken.keuzes(BRONNEN, klok.vandaag())}:
        fouten["bron"] = "Kies een afdeling uit de lijst."
    if code in BEZETTE_CODES:
        fouten["code"] = "Kies een andere code: dit woord gebruikt het programma zelf."
    if fouten:
        raise ValidationError(fouten)
    route = Route(
        code=code,
        naam=naam,
        bron=bron,
        jongerenpoort=soort == Routesoort.JONGERENPOORT,
        arbeidsbeperking=soort == Routesoort.ARBEIDSBEPERKING,
        team=team,
        begindatum=begindatum,
        einddatum=einddatum,
        uitkomst_delen=uitkomst_delen,
    )
    _bewaar(route)
    return route


@service
def wijzig_route(
    route: Route, *, team: Team | None, einddatum: dt.date | None, versie: int, reden: str, actor: Actor
) -> Route:
    """Another team for who comes in from now on, or another last day; with the reason in the history.

    Raises ValidationError at the field, IntussenGewijzigd when a colleague saved after version `versie` was shown.
    """
    route = Route.objects.select_for_update(of=("self",)).get(pk=route.pk)
    if route.versie != versie:
        nu = {"team": route.team_id, "einddatum": route.einddatum}
        jouw = {"team": team.pk if team else None, "einddatum": einddatum}
        raise IntussenGewijzigd({n: w for n, w in nu.items() if w != jouw[n]}, route.versie)
    fouten = _reden_ontbreekt(reden)
    if einddatum is not None and einddatum != route.einddatum:
        if einddatum < klok.vandaag():
            fouten["einddatum"] = "Kies vandaag of een latere dag. Wie al is aangemeld, houdt deze route."
        elif straks := _laatste_versie_na(route, einddatum):
            fouten["einddatum"] = _blijft(straks)
    if fouten:
        raise ValidationError(fouten)
    route.team, route.einddatum = team, einddatum
    route.versie += 1
    _bewaar(route)
    return route


def _bewaar(route: Route) -> None:
    route.full_clean(exclude=["gemeente", "team"], validate_constraints=False)
    route.validate_constraints()
    route.save()


def _reden_ontbreekt(reden: str) -> dict[str, str]:
    return {} if reden.strip() else {"reden": "Leg uit waarom. Dit komt in de historie."}


def _laatste_versie_na(route: Route, dag: dt.date) -> Routeversie | None:
    later = Routeversie.objects.filter(route=route, begindatum__gt=dag).exclude(status=Versiestatus.INGETROKKEN)
    return later.order_by("-begindatum", "-pk").first()


def _blijft(versie: Routeversie) -> str:
    begin = datum(versie.begindatum)
    if versie.status == Versiestatus.CONCEPT:
        return f"Versie {versie.nummer} vanaf {begin} wacht op een tweede persoon. Trek die eerst in."
    return f"Versie {versie.nummer} gaat in op {begin}. Kies een einddatum op of na die dag."
