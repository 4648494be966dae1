"""Every question that pages and other rooms ask about the organisation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject

from kern import klok
from kern.models import geldig_op
from organisatie.keuzes import Aanstelling
from organisatie.models import Afwezigheid, Formatie, Medewerker, Rolvervulling, Team, Waarneming
from organisatie.rechten import BIJZONDERE_ROLLEN, Rol

#: The hand-over of hired staff is due this long before the contract ends.
OVERDRACHT_VOOR_EINDE = dt.timedelta(weeks=6)


def in_dienst(op: dt.date) -> Q:
    """Condition on Medewerker: in service on `op`; an ended hire contract counts as out of service."""
    contract = ~Q(aanstelling=Aanstelling.INGEHUURD) | Q(contract_tot__gte=op)
    return geldig_op(op) & contract


def _teams_bij(rollen: QuerySet[Rolvervulling]) -> QuerySet[Team]:
    """Teams that these roles reach: the team itself, all teams of the pillar, or all teams of the
    department.
    """
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
    """The member of staff of this account when in service today, with roles, teams and stand-ins:
    one query.
    """
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
        .filter(medewerker__in=Medewerker.objects.filter(in_dienst(vandaag), gebruiker__actief=True))
        .select_related("medewerker")
        .order_by("begindatum", "id")
        .first()
    )
    return rol.medewerker if rol else None


def opvolger_voor(medewerker: Medewerker) -> Medewerker | None:
    """Who takes over when this one stops: the manager of the last team, else a department manager (R198)."""
    vandaag = klok.vandaag()
    teams = (
        Rolvervulling.objects.filter(medewerker=medewerker, team__isnull=False)
        .order_by("-begindatum", "-id")
        .values_list("team_id", flat=True)
    )
    for team_id in teams:
        manager = teammanager_van(team_id)
        if manager is not None and manager.pk != medewerker.pk:
            return manager
    rol = (
        Rolvervulling.objects.filter(geldig_op(vandaag), rol=Rol.AFDELINGSMANAGER)
        .filter(medewerker__in=Medewerker.objects.filter(in_dienst(vandaag), gebruiker__actief=True))
        .exclude(medewerker=medewerker)
        .select_related("medewerker")
        .order_by("begindatum", "id")
        .first()
    )
    return rol.medewerker if rol else None


def rollen_vandaag() -> QuerySet[Rolvervulling]:
    """Roles that hold today, with team and pillar, for a prefetch."""
    return (
        Rolvervulling.objects.filter(geldig_op(klok.vandaag()))
        .select_related("team", "pijler")
        .order_by("begindatum", "id")
    )


def medewerkerlijst(zichtbaar: QuerySet[Medewerker], keuze: dict[str, Any]) -> QuerySet[Medewerker]:
    """The list of the beheerder: `keuze` holds naam, team, rol and stand as the filter gives them."""
    vandaag = klok.vandaag()
    rijen = zichtbaar.select_related("gebruiker").prefetch_related(
        Prefetch("rollen", rollen_vandaag(), "rollen_nu_rijen")
    )
    for woord in (keuze.get("naam") or "").split():
        rijen = rijen.filter(
            Q(achternaam__icontains=woord) | Q(voornaam__icontains=woord) | Q(personeelsnummer__iexact=woord)
        )
    vervult = Rolvervulling.objects.filter(geldig_op(vandaag), medewerker=OuterRef("pk"))
    if keuze.get("team"):
        rijen = rijen.filter(Exists(vervult.filter(team=keuze["team"])))
    if keuze.get("rol"):
        rijen = rijen.filter(Exists(vervult.filter(rol=keuze["rol"])))
    return rijen.filter(_stand(keuze.get("stand") or "in_dienst", vandaag)).order_by(
        "achternaam", "voornaam", "id"
    )


def _stand(stand: str, vandaag: dt.date) -> Q:
    return {
        "in_dienst": in_dienst(vandaag),
        "uit_dienst": ~in_dienst(vandaag),
        "geblokkeerd": Q(gebruiker__geblokkeerd_op__isnull=False),
        "contract": in_dienst(vandaag)
        & Q(aanstelling=Aanstelling.INGEHUURD, contract_tot__lte=vandaag + OVERDRACHT_VOOR_EINDE),
        "alle": Q(),
    }[stand]


def te_controleren(zichtbaar: QuerySet[Medewerker]) -> QuerySet[Medewerker]:
    """Members in service by how long ago their rights were reviewed; `bijzonder` marks a special role."""
    vandaag = klok.vandaag()
    bijzonder = Rolvervulling.objects.filter(
        geldig_op(vandaag), medewerker=OuterRef("pk"), rol__in=BIJZONDERE_ROLLEN
    )
    return (
        zichtbaar.filter(in_dienst(vandaag))
        .annotate(bijzonder=Exists(bijzonder))
        .prefetch_related(Prefetch("rollen", rollen_vandaag(), "rollen_nu_rijen"))
        .order_by(F("rechten_gecontroleerd_op").asc(nulls_first=True), "achternaam", "voornaam", "id")
    )


def contracten_die_eindigen() -> QuerySet[Medewerker]:
    """Hired staff whose contract ends within six weeks: the hand-over is due (R194)."""
    vandaag = klok.vandaag()
    return Medewerker.objects.filter(_stand("contract", vandaag)).order_by("contract_tot", "id")


def afwezig_nu(medewerker_ids: Collection[int]) -> dict[int, Afwezigheid]:
    """Who of these is away today."""
    rijen = Afwezigheid.objects.filter(geldig_op(klok.vandaag()), medewerker_id__in=medewerker_ids).order_by(
        "id"
    )
    return {rij.medewerker_id: rij for rij in rijen}


def waarnemers_nu(medewerker_ids: Collection[int]) -> dict[int, list[Waarneming]]:
    """Who stands in today for each of these."""
    rijen = Waarneming.objects.filter(geldig_op(klok.vandaag()), voor_id__in=medewerker_ids)
    uit: dict[int, list[Waarneming]] = {}
    for rij in rijen.select_related("waarnemer").order_by("id"):
        uit.setdefault(rij.voor_id, []).append(rij)
    return uit


def formatie_nu(team_id: int) -> Formatie | None:
    """The formation of a team today."""
    return Formatie.objects.filter(geldig_op(klok.vandaag()), team_id=team_id).order_by("id").first()
