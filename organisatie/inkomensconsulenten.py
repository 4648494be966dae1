"""Who is the named inkomensconsulent of a team, and who answers when that one is away (R196)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from kern import klok
from kern.models import geldig_op
from organisatie.models import Afwezigheid, Medewerker, Rolvervulling, Team, Teaminkomensconsulent, Waarneming
from organisatie.querysets import met_rol, waarneemt_voor_ids
from organisatie.rechten import Rol


def _inkomensconsulenten() -> QuerySet[Medewerker]:
    """Who can answer for income today: in service, with the role and an open account."""
    return met_rol(Rol.INKOMENSCONSULENT).filter(gebruiker__actief=True)


def _aangewezen() -> QuerySet[Teaminkomensconsulent]:
    """Who is named today and who will be; `afwezig` says whether that one is away today."""
    vandaag = klok.vandaag()
    nu = geldig_op(vandaag) & Q(medewerker__in=_inkomensconsulenten())
    weg = Afwezigheid.objects.filter(geldig_op(vandaag), medewerker=OuterRef("medewerker"))
    rijen = Teaminkomensconsulent.objects.filter(nu | Q(begindatum__gt=vandaag))
    return rijen.annotate(afwezig=Exists(weg)).select_related("team", "medewerker").order_by("begindatum", "id")


def nu_en_straks(team_id: int) -> tuple[Teaminkomensconsulent | None, Teaminkomensconsulent | None]:
    """Who is named for this team today, and who is the next one: one query."""
    vandaag = klok.vandaag()
    rijen = list(_aangewezen().filter(team=team_id))
    nu = next((r for r in rijen if r.begindatum <= vandaag), None)
    return nu, next((r for r in rijen if r.begindatum > vandaag), None)


def per_team() -> dict[int, Any]:
    """Who is named today, by primary key of the team: one query, at most one row per team."""
    return {rij.team_id: rij for rij in _aangewezen().filter(begindatum__lte=klok.vandaag())}


def van_anderen(medewerker: Medewerker, aangewezen: Mapping[int, Any]) -> frozenset[int]:
    """Teams for which a colleague is named who is there today, or has a stand-in.

    What is left is for this one: the own teams, those where this one stands in, and those that nobody covers. So a
    question never waits between two people.
    """
    ik = {medewerker.pk} | waarneemt_voor_ids(medewerker)
    weg = [rij.medewerker_id for rij in aangewezen.values() if rij.afwezig and rij.medewerker_id not in ik]
    vervangen = {voor for voor, _ in _waarnemers(weg)} if weg else set()
    return frozenset(
        team
        for team, rij in aangewezen.items()
        if rij.medewerker_id not in ik and (not rij.afwezig or rij.medewerker_id in vervangen)
    )


def heeft_teams(medewerker: Medewerker, aangewezen: Mapping[int, Any]) -> bool:
    """Whether this one is named for a team today, or stands in for who is."""
    return not {rij.medewerker_id for rij in aangewezen.values()}.isdisjoint(
        {medewerker.pk} | waarneemt_voor_ids(medewerker)
    )


def _waarnemers(medewerker_ids: list[int]) -> list[tuple[int, Medewerker]]:
    """Who of income stands in today for these, and is there."""
    vandaag = klok.vandaag()
    rijen = Waarneming.objects.filter(
        geldig_op(vandaag), voor__in=medewerker_ids, waarnemer__in=_inkomensconsulenten()
    ).exclude(waarnemer__in=Afwezigheid.objects.filter(geldig_op(vandaag)).values("medewerker"))
    return [(rij.voor_id, rij.waarnemer) for rij in rijen.select_related("waarnemer").order_by("id")]


def wie_antwoordt(team: Team | None) -> str:
    """Where a question to income about somebody of this team goes, in plain Dutch."""
    rij: Any = nu_en_straks(team.pk)[0] if team else None
    if team is None or rij is None:
        return "Een vraag aan inkomen gaat naar alle inkomensconsulenten."
    wie = f"{rij.medewerker.naam}, inkomensconsulent van {team.in_zin}"
    if not rij.afwezig:
        return f"Een vraag aan inkomen gaat naar {wie}. Is die er niet, dan antwoordt een collega."
    vervangers = _waarnemers([rij.medewerker_id])
    ander = f"{vervangers[0][1].naam} neemt waar" if vervangers else "Een collega antwoordt"
    return f"Een vraag aan inkomen gaat naar {wie}. Die is er vandaag niet. {ander}."


def te_kiezen() -> QuerySet[Medewerker]:
    """Who has the role of inkomensconsulent today or later, by name."""
    vandaag = klok.vandaag()
    rol = Rolvervulling.objects.filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=vandaag), medewerker=OuterRef("pk"), rol=Rol.INKOMENSCONSULENT
    )
    return Medewerker.objects.filter(Exists(rol), gebruiker__actief=True).order_by("achternaam", "voornaam", "id")
