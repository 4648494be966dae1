"""Every question that pages and other rooms ask about the organisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject

from kern import klok
from kern.models import geldig_op
from organisatie.keuzes import Aanstelling
from organisatie.models import Medewerker, Rolvervulling, Team, Waarneming
from organisatie.rechten import Rol


def in_dienst(op: dt.date) -> Q:
    """Condition on Medewerker: in service on `op`; an ended hire contract counts as out of service."""
    contract = ~Q(aanstelling=Aanstelling.INGEHUURD) | Q(contract_tot__gte=op)
    return geldig_op(op) & contract


def _teams_bij(rollen: QuerySet[Rolvervulling]) -> QuerySet[Team]:
    """Teams that these roles reach: the team itself, all teams of the pillar, or all teams of the department."""
    hele_afdeling = Q(rol=Rol.AFDELINGSMANAGER, team__isnull=True, pijler__isnull=True)
    bereikt = rollen.filter(Q(team=OuterRef("pk")) | Q(pijler=OuterRef("pijler")) | hele_afdeling)
    return Team.objects.filter(geldig_op(klok.vandaag())).filter(Exists(bereikt))


def met_rollen(medewerkers: QuerySet[Medewerker]) -> QuerySet[Medewerker]:
    """Add what the roles and stand-ins of today give, in the same query (see `Medewerker` helpers below)."""
    vandaag = klok.vandaag()
    rollen = Rolvervulling.objects.filter(geldig_op(vandaag))
    waarnemingen = Waarneming.objects.filter(geldig_op(vandaag), waarnemer=OuterRef("pk"))
    eigen = rollen.filter(medewerker=OuterRef(OuterRef("pk")))
    waargenomen = Waarneming.objects.filter(
        geldig_op(vandaag),
        waarnemer=OuterRef(OuterRef(OuterRef("pk"))),
        voor=OuterRef("medewerker"),
    )
    return medewerkers.annotate(
        rollen_nu=ArraySubquery(
            rollen.filter(medewerker=OuterRef("pk"))
            .order_by("begindatum", "id")
            .values(json=JSONObject(rol="rol", team="team_id", teamnaam="team__naam", pijler="pijler_id"))
        ),
        waarneemt_voor_nu=ArraySubquery(
            waarnemingen.order_by("id").values(
                json=JSONObject(medewerker="voor_id", gebruiker="voor__gebruiker_id")
            )
        ),
        eigen_teams_nu=ArraySubquery(_teams_bij(eigen).order_by("id").values("id")),
        waarneem_teams_nu=ArraySubquery(
            _teams_bij(rollen.filter(Exists(waargenomen))).order_by("id").values("id")
        ),
    )


def medewerker_van(gebruiker_id: int) -> Medewerker | None:
    """The member of staff of this account when in service today, with roles, teams and stand-ins: one query."""
    return met_rollen(Medewerker.objects.filter(in_dienst(klok.vandaag()), gebruiker_id=gebruiker_id)).first()


def _met(medewerker: Medewerker) -> Any:
    if not hasattr(medewerker, "rollen_nu"):
        vol = met_rollen(Medewerker.objects.filter(pk=medewerker.pk)).get()
        for naam in (
            "rollen_nu",
            "waarneemt_voor_nu",
            "eigen_teams_nu",
            "waarneem_teams_nu",
        ):
            setattr(medewerker, naam, getattr(vol, naam))
    return medewerker


def rollen_van(medewerker: Medewerker | None) -> frozenset[str]:
    """Codes of the roles of today."""
    return frozenset(rol["rol"] for rol in _met(medewerker).rollen_nu) if medewerker else frozenset()


def mijn_team_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """Teams of today: by own role (team, pillar, whole department) and by standing in for somebody."""
    if medewerker is None:
        return frozenset()
    met = _met(medewerker)
    return frozenset(met.eigen_teams_nu) | frozenset(met.waarneem_teams_nu)


def eigen_team_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """Teams of today by own role only."""
    return frozenset(_met(medewerker).eigen_teams_nu) if medewerker else frozenset()


def waarneemt_voor_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """Primary keys of the Medewerkers for whom this one stands in today."""
    return (
        frozenset(w["medewerker"] for w in _met(medewerker).waarneemt_voor_nu) if medewerker else frozenset()
    )


def waarneemt_voor_gebruiker_ids(medewerker: Medewerker | None) -> frozenset[int]:
    """The same as account ids, for werkvoorraad."""
    return (
        frozenset(w["gebruiker"] for w in _met(medewerker).waarneemt_voor_nu) if medewerker else frozenset()
    )


def teams_vandaag() -> QuerySet[Team]:
    """The teams that exist today."""
    return Team.objects.filter(geldig_op(klok.vandaag())).order_by("naam", "id")


def medewerkers_van_team(team_id: int, *, rol: str | None = None) -> QuerySet[Medewerker]:
    """Members of staff in service with a role in this team today, each once, by name."""
    vandaag = klok.vandaag()
    vervult = Rolvervulling.objects.filter(geldig_op(vandaag), medewerker=OuterRef("pk"), team_id=team_id)
    if rol:
        vervult = vervult.filter(rol=rol)
    return (
        Medewerker.objects.filter(in_dienst(vandaag))
        .filter(Exists(vervult))
        .order_by("achternaam", "voornaam", "id")
    )


def teammanager_van(team_id: int) -> Medewerker | None:
    """The manager of this team today; the longest serving when there are two."""
    vandaag = klok.vandaag()
    rol = (
        Rolvervulling.objects.filter(geldig_op(vandaag), team_id=team_id, rol=Rol.TEAMMANAGER)
        .filter(medewerker__in=Medewerker.objects.filter(in_dienst(vandaag)))
        .select_related("medewerker")
        .order_by("begindatum", "id")
        .first()
    )
    return rol.medewerker if rol else None
