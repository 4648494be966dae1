"""Who sees which row of this room: the rule of the dossier; a group by its trainer or team (ONTWERP 3.10)."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from deelnemers.toegang import DOSSIER
from kern.toegang import Toegangsregel
from organisatie.keuzes import Functie
from organisatie.querysets import mijn_team_ids, rollen_van, waarneemt_voor_ids
from organisatie.rechten import Rol


class VanPersoon(Toegangsregel):
    """Trajectories, parts, plans and ends follow the dossier."""

    def filter(self, medewerker: Any) -> Q:
        return DOSSIER.op_betrokkene(medewerker, "deelnemer")


class Afspraakregel(Toegangsregel):
    """One's own agenda, that of whom one stands in for, and the appointments in one's dossiers."""

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        mag = Q(medewerker__in=ik) | Q(tweede_medewerker__in=ik) | DOSSIER.op_betrokkene(medewerker, "deelnemer")
        return mag & DOSSIER.niet_verboden(medewerker, "deelnemer")


class Mentorregel(Toegangsregel):
    """What the mentor of a group saw of people: the trainer, who stands in, and the team; nobody else (R056)."""

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        return Q(trainer__in=ik) | Q(team__in=mijn_team_ids(medewerker))

    @staticmethod
    def is_mentor(groep: Any, medewerker: Any) -> bool:
        """The same for one group at hand, without a question."""
        ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        return groep.trainer_id in ik or groep.team_id in mijn_team_ids(medewerker)


class Groepsregel(Mentorregel):
    """A group: its trainer, who stands in, the team; central administration sees every group (R099).

    It shows names and attendance, never the dossier behind a name. A group for a shielded target group stays
    with
    trainer and team (R075).
    """

    def filter(self, medewerker: Any) -> Q:
        regel = super().filter(medewerker)
        if medewerker is None:
            return regel
        if Rol.TEAMONDERSTEUNING in rollen_van(medewerker) or medewerker.functie == Functie.ONDERSTEUNING:
            regel |= Q(instrument__afgeschermd=False)
        return regel


TRAJECT = VanPersoon()
AFSPRAAK = Afspraakregel()
GROEP = Groepsregel()
MENTOR = Mentorregel()
