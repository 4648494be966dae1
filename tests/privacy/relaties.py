"""What somebody has to do with a person: each relation made the way it arises in the product."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from aanmeldingen.models import Aanmelding, Schoolverlater
from deelnemers.models import Deelnemer, Terugbelverzoek
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.regie import betrek, doorbreek, wijs_regie_toe
from kern import klok
from kern.handeling import handeling
from organisatie.models import Medewerker, Pijler, Team
from organisatie.rechten import Rol
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek, PijlerFabriek, RolFabriek, TeamFabriek, WaarnemingFabriek
from trajecten.models import Groep, Groepsdeelname
from trajecten.services.afspraken import plan_afspraak
from werkgevers.models import Bemiddeling, Dienstverband, Jobhunt, Plaatsing
from werkgevers.services.dienstverband import wijs_jobcoach_aan

#: Steers the whole department, so has no team of its own and reaches them all.
ZONDER_TEAM = frozenset({Rol.AFDELINGSMANAGER})


class Kijker:
    """Somebody with one role, in a team of her own, with an account."""

    def __init__(self, rol: Rol) -> None:
        self.rol = rol
        self.team: Team = TeamFabriek(pijler=Pijler.objects.order_by("pk").first() or PijlerFabriek())
        self.medewerker: Medewerker = MedewerkerFabriek(achternaam="Kijkers", telefoon="")
        RolFabriek(medewerker=self.medewerker, rol=rol, team=None if rol in ZONDER_TEAM else self.team)

    def collega(self) -> Medewerker:
        """A consulent in the same team."""
        return RolFabriek(team=self.team).medewerker


def _regie(kijker: Kijker, deelnemer: Deelnemer) -> None:
    wijs_regie_toe(deelnemer, kijker.medewerker, klok.vandaag(), team=kijker.team, actor=FABRIEK)


def _team(kijker: Kijker, deelnemer: Deelnemer) -> None:
    wijs_regie_toe(deelnemer, kijker.collega(), klok.vandaag(), team=kijker.team, actor=FABRIEK)


def _waarneming(kijker: Kijker, deelnemer: Deelnemer) -> None:
    vandaag = klok.vandaag()
    voor = Deelnemer.objects.get(pk=deelnemer.pk).regievoerder
    WaarnemingFabriek(waarnemer=kijker.medewerker, voor=voor, begindatum=vandaag, einddatum=vandaag)


def _afspraak(kijker: Kijker, deelnemer: Deelnemer) -> None:
    begin = timezone.make_aware(dt.datetime.combine(klok.vandaag() + dt.timedelta(days=41), dt.time(7)))
    plan_afspraak(
        deelnemer, kijker.medewerker, begin, begin + dt.timedelta(minutes=30),
        tweede_medewerker=kijker.collega(), actor=FABRIEK,
    )  # fmt: skip


def _betrokken(kijker: Kijker, deelnemer: Deelnemer) -> None:
    betrek(deelnemer, "jobcoach", klok.vandaag(), "matrix:1", medewerker=kijker.medewerker, actor=FABRIEK)  # type: ignore[arg-type]


def _jobcoach(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """She coaches the person at work."""
    for werk in Dienstverband.objects.filter(deelnemer=deelnemer, einddatum=None):
        wijs_jobcoach_aan(werk, kijker.medewerker, actor=FABRIEK)


def _doorbreking(kijker: Kijker, deelnemer: Deelnemer) -> None:
    doorbreek(deelnemer, kijker.medewerker, "Verving een zieke collega.", actor=FABRIEK)


def _trainer(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """She gives the group that the person is in."""
    with handeling(FABRIEK):
        groepen = Groepsdeelname.objects.filter(deelnemer=deelnemer, einddatum=None)
        Groep.objects.filter(pk__in=groepen.values("groep")).update(trainer=kijker.medewerker)


def _bemiddelaar(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """She introduced the person at an employer."""
    with handeling(FABRIEK):
        for model, kolom in ((Bemiddeling, "medewerker"), (Plaatsing, "accountmanager"), (Jobhunt, "medewerker")):
            model.objects.filter(deelnemer=deelnemer).update(**{kolom: kijker.medewerker})  # type: ignore[attr-defined]


def _behandelaar(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """She handles the referral of the person."""
    with handeling(FABRIEK):
        Aanmelding.objects.filter(deelnemer=deelnemer).update(behandelaar=kijker.medewerker)


def _klantmanager(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """She keeps an eye on the person as a school leaver."""
    with handeling(FABRIEK):
        Schoolverlater.objects.filter(deelnemer=deelnemer).update(klantmanager=kijker.medewerker)


def _terugbeller(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """Somebody asked for her on the phone."""
    with handeling(FABRIEK):
        Terugbelverzoek.objects.filter(deelnemer=deelnemer).update(voor=kijker.medewerker)


def _verbod(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """Barred, although every other relation is there."""
    for maak in (_team, _afspraak, _waarneming, _betrokken, _trainer, _bemiddelaar, _behandelaar, _klantmanager):
        maak(kijker, deelnemer)
    _jobcoach(kijker, deelnemer)
    _terugbeller(kijker, deelnemer)
    verbied(deelnemer, kijker.medewerker, "familie", actor=FABRIEK)


def _eigen_dossier(kijker: Kijker, deelnemer: Deelnemer) -> None:
    """The dossier is about herself."""
    _team(kijker, deelnemer)
    verbied(deelnemer, kijker.medewerker, "zelf", actor=FABRIEK)


RELATIES: dict[str, Callable[[Kijker, Deelnemer], Any]] = {
    "geen": lambda _kijker, _deelnemer: None,
    "regie": _regie,
    "team": _team,
    "waarneming": _waarneming,
    "afspraak": _afspraak,
    "betrokken": _betrokken,
    "jobcoach": _jobcoach,
    "doorbreking": _doorbreking,
    "trainer": _trainer,
    "bemiddelaar": _bemiddelaar,
    "behandelaar": _behandelaar,
    "klantmanager": _klantmanager,
    "terugbeller": _terugbeller,
    "verbod": _verbod,
    "eigen_dossier": _eigen_dossier,
}
#: Relations that open a dossier.
OPENT = frozenset({"regie", "team", "waarneming", "afspraak", "betrokken", "jobcoach", "doorbreking"})
#: Relations on which a shielded target group shows, with the right (R007).
DIRECT = frozenset({"regie", "waarneming", "team"})
#: Relations that close it, whatever else there is.
SLUIT = frozenset({"verbod", "eigen_dossier"})


def in_zicht(rol: Rol, relatie: str) -> bool:
    """Whether this role with this relation may know who the person is; written down here, not asked of the product."""
    if relatie in SLUIT:
        return False
    return relatie in OPENT or rol in ZONDER_TEAM
