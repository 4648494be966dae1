"""Staff in, role change, out, blocking and the yearly review of rights (R189-R198, BIO2 5.16 and 5.18)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from kern import klok
from kern.aansluitingen import overdracht
from kern.handeling import Actor, service
from kern.models import Gemeente
from kern.services import accounts
from organisatie.keuzes import Accountreden, Blokkeerreden, Openreden, Rolreden, Vertrekreden
from organisatie.models import Medewerker, Pijler, Rolvervulling, Team, Waarneming
from organisatie.querysets import opvolger_voor
from organisatie.services.inkomensconsulent import volg_rol

_DAG = dt.timedelta(days=1)
#: What the dossiers of the caseload say: nothing about the colleague who had it.
OVERGEDRAGEN = "Caseload overgedragen"


def _vergrendel(medewerker: Medewerker) -> Medewerker:
    return Medewerker.objects.select_for_update(of=("self",)).get(pk=medewerker.pk)


def _niet_voor_jezelf(medewerker: Medewerker, actor: Actor) -> None:
    if actor.gebruiker_id is not None and actor.gebruiker_id == medewerker.gebruiker_id:
        raise ValidationError("Dit kun je niet voor jezelf doen. Vraag een collega.")


def _eis_reden(reden: str, lijst: type[models.TextChoices]) -> None:
    """Only a neutral reason from the list gets into the history (R222); raises ValidationError at `reden`."""
    if reden not in lijst.values:
        raise ValidationError(
            {"reden": "Kies een reden uit de lijst. Het waarom hoort in het personeelsdossier, niet hier."}
        )


def _bewaar(medewerker: Medewerker, *velden: str) -> None:
    medewerker.versie += 1
    medewerker.save(update_fields=[*velden, "versie"])


@service
def neem_in_dienst(
    *,
    gemeente: Gemeente,
    email: str,
    begindatum: dt.date,
    rol: str,
    team: Team | None = None,
    pijler: Pijler | None = None,
    actor: Actor,
    **velden: Any,
) -> tuple[Medewerker, str]:
    """Make account, member of staff and first role. Returns the member and the temporary password, shown
    once.

    Raises ValidationError when the address or staff number is taken, or the role needs a team.
    """
    wachtwoord = accounts.tijdelijk_wachtwoord()
    medewerker = Medewerker(begindatum=begindatum, rechten_gecontroleerd_op=klok.vandaag(), **velden)
    medewerker.gebruiker = accounts.maak_account(
        gemeente=gemeente, email=email, naam=medewerker.naam, wachtwoord=wachtwoord, actor=actor
    )
    medewerker.full_clean()
    medewerker.save()
    geef_rol(medewerker, rol, begindatum=begindatum, team=team, pijler=pijler, actor=actor)
    return medewerker, wachtwoord


@service
def geef_rol(
    medewerker: Medewerker,
    rol: str,
    *,
    begindatum: dt.date,
    einddatum: dt.date | None = None,
    team: Team | None = None,
    pijler: Pijler | None = None,
    reden: str = "",
    actor: Actor,
) -> Rolvervulling:
    """Give a role for a period. Raises ValidationError for oneself, a double role, a missing team, or a `reden` that is
    not in `Rolreden`.
    """
    _niet_voor_jezelf(medewerker, actor)
    if reden:
        _eis_reden(reden, Rolreden)
    vervulling = Rolvervulling(
        medewerker=_vergrendel(medewerker),
        rol=rol,
        team=team,
        pijler=pijler,
        begindatum=begindatum,
        einddatum=einddatum,
    )
    vervulling.full_clean()
    vervulling.save()
    return vervulling


@service
def beeindig_rol(vervulling: Rolvervulling, laatste_dag: dt.date, *, reden: str = "", actor: Actor) -> Rolvervulling:
    """End a role after `laatste_dag`; being named as inkomensconsulent of a team ends with it (R196).

    Raises ValidationError for oneself, a day before the role began, or a `reden` that is not in `Rolreden`.
    """
    if reden:
        _eis_reden(reden, Rolreden)
    rij = _eindig(vervulling, laatste_dag, actor)
    volg_rol(rij.medewerker)
    return rij


def _eindig(vervulling: Rolvervulling, laatste_dag: dt.date, actor: Actor) -> Rolvervulling:
    rij = Rolvervulling.objects.select_for_update(of=("self",)).select_related("medewerker").get(pk=vervulling.pk)
    _niet_voor_jezelf(rij.medewerker, actor)
    rij.einddatum = laatste_dag
    rij.full_clean()
    rij.save(update_fields=["einddatum"])
    return rij


@service
def wissel_rol(
    oud: Rolvervulling,
    rol: str,
    *,
    per: dt.date,
    team: Team | None = None,
    pijler: Pijler | None = None,
    reden: str,
    actor: Actor,
) -> Rolvervulling:
    """Change to another role or team from `per` on: the old one ends the day before (R198).

    Raises ValidationError as `beeindig_rol` and `geef_rol`, and without a reason from `Rolreden`.
    """
    _eis_reden(reden, Rolreden)
    _eindig(oud, per - _DAG, actor)
    nieuw = geef_rol(oud.medewerker, rol, begindatum=per, team=team, pijler=pijler, actor=actor)
    volg_rol(oud.medewerker)
    return nieuw


@service
def zet_uit_dienst(
    medewerker: Medewerker,
    laatste_dag: dt.date,
    *,
    opvolger: Medewerker | None = None,
    reden: str,
    actor: Actor,
) -> int:
    """End the service after `laatste_dag`: roles and stand-ins end, the account closes, the caseload moves (R198).

    From today on the account closes in the night after the last day; the chosen `opvolger` is kept until then. Returns
    how many persons moved now. Raises ValidationError for oneself, for a day before the service began, and for a
    `reden` that is not in `Vertrekreden` (R222).
    """
    _niet_voor_jezelf(medewerker, actor)
    _eis_reden(reden, Vertrekreden)
    rij = _vergrendel(medewerker)
    if laatste_dag < rij.begindatum:
        raise ValidationError({"laatste_dag": "De laatste werkdag ligt voor de eerste werkdag."})
    rij.einddatum, rij.opvolger = laatste_dag, opvolger
    _bewaar(rij, "einddatum", "opvolger")
    lopend = Rolvervulling.objects.filter(medewerker=rij).exclude(einddatum__lte=laatste_dag)
    lopend.filter(begindatum__gt=laatste_dag).delete()
    lopend.update(einddatum=laatste_dag)
    volg_rol(rij)
    waarneemt = Waarneming.objects.filter(waarnemer=rij).exclude(einddatum__lte=laatste_dag)
    waarneemt.filter(begindatum__gt=laatste_dag).delete()
    waarneemt.update(einddatum=laatste_dag)
    if laatste_dag >= klok.vandaag():
        return 0
    return sluit_af(rij, reden=reden, actor=actor)


@service
def sluit_af(medewerker: Medewerker, *, reden: str, actor: Actor) -> int:
    """Close the account of somebody who left and move the caseload; returns how many persons moved.

    The chosen successor goes first, unless that account is closed by now too. `reden` is one of `Vertrekreden`.
    """
    _eis_reden(reden, Vertrekreden)
    accounts.blokkeer(medewerker.gebruiker, reden=reden, actor=actor)
    gekozen = medewerker.opvolger if medewerker.opvolger and medewerker.opvolger.gebruiker.actief else None
    return _caseload_naar(medewerker, gekozen or opvolger_voor(medewerker), actor)


@service
def blokkeer_medewerker(medewerker: Medewerker, *, reden: str, actor: Actor) -> int:
    """Take away all access at once; the caseload falls to the teammanager (R198). Returns how many persons moved.

    The system holds no more about it than who did it, when, and a neutral reason from `Blokkeerreden` (R222). Raises
    ValidationError for oneself and for any other reason.
    """
    _niet_voor_jezelf(medewerker, actor)
    _eis_reden(reden, Blokkeerreden)
    accounts.blokkeer(medewerker.gebruiker, reden=reden, actor=actor)
    return _caseload_naar(medewerker, opvolger_voor(medewerker), actor)


def _caseload_naar(medewerker: Medewerker, opvolger: Medewerker | None, actor: Actor) -> int:
    """Move the caseload; 0 when there is nobody to take it (blocking never waits for that)."""
    if opvolger is None or opvolger.pk == medewerker.pk:
        return 0
    return overdracht.draag_caseload_over(
        medewerker.gebruiker_id, opvolger.gebruiker_id, actor=actor, reden=OVERGEDRAGEN
    )


@service
def deblokkeer_medewerker(medewerker: Medewerker, *, reden: str, actor: Actor) -> None:
    """Give access back. Raises ValidationError for oneself, for somebody out of service, and for a `reden` that is not
    in `Openreden` (R222).
    """
    _niet_voor_jezelf(medewerker, actor)
    _eis_reden(reden, Openreden)
    if medewerker.einddatum and medewerker.einddatum < klok.vandaag():
        raise ValidationError("Deze medewerker is uit dienst. Neem de persoon eerst opnieuw in dienst.")
    accounts.deblokkeer(medewerker.gebruiker, reden=reden, actor=actor)


@service
def leg_rechtencontrole_vast(medewerker: Medewerker, *, actor: Actor) -> Medewerker:
    """Somebody looked at the roles of a colleague and found them right; who and when are in the history
    (5.18.02).
    """
    _niet_voor_jezelf(medewerker, actor)
    rij = _vergrendel(medewerker)
    rij.rechten_gecontroleerd_op = klok.vandaag()
    _bewaar(rij, "rechten_gecontroleerd_op")
    return rij


@service
def nieuw_wachtwoord(medewerker: Medewerker, *, reden: str, actor: Actor) -> str:
    """Give a temporary password, shown once. Raises ValidationError for oneself and for a `reden` that is not in
    `Accountreden` (R222).
    """
    _niet_voor_jezelf(medewerker, actor)
    _eis_reden(reden, Accountreden)
    return accounts.geef_tijdelijk_wachtwoord(medewerker.gebruiker, reden=reden, actor=actor)


@service
def haal_tweede_factor_weg(medewerker: Medewerker, *, reden: str, actor: Actor) -> int:
    """Remove a lost authenticator app. Raises ValidationError for oneself and for a `reden` that is not in
    `Accountreden` (R222).
    """
    _niet_voor_jezelf(medewerker, actor)
    _eis_reden(reden, Accountreden)
    return accounts.herstel_tweede_factor(medewerker.gebruiker, reden=reden, actor=actor)


def vertrokken_met_account() -> list[Medewerker]:
    """Members whose last day has passed while their account is still open."""
    rijen = Medewerker.objects.filter(einddatum__lt=klok.vandaag(), gebruiker__actief=True)
    return list(rijen.select_related("gebruiker", "opvolger__gebruiker").order_by("id"))
