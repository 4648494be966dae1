"""Who sees which referral: the team it came in at, who handles it, the Jongerenpoort; later who sees
the dossier.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from aanmeldingen.models import Poollid, Route
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.beperking import niet_beperkt
from kern.models import geldig_op
from kern.toegang import Toegangsregel
from organisatie.querysets import mijn_team_ids, rollen_van, waarneemt_voor_ids
from organisatie.rechten import Rol

#: These roles see the whole inbox: they hand out the work.
_HELE_POSTVAK = frozenset({Rol.TEAMONDERSTEUNING, Rol.AFDELINGSMANAGER})


class Aanmeldingregel(Toegangsregel):
    """The rule of this room. Clients of the API only see their own (`querysets.van_client`)."""

    def filter(self, medewerker: Any) -> Q:
        """Condition on Aanmelding for a member of staff with a right on referrals."""
        if medewerker is None:
            return Q(pk__in=[])
        niet_eigen = DOSSIER.niet_verboden(medewerker, "deelnemer")
        if rollen_van(medewerker) & _HELE_POSTVAK:
            return niet_eigen
        ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        teams = mijn_team_ids(medewerker)
        van_team = Q(team__in=teams) | Q(behandelaar__in=ik)
        poort = Route.objects.filter(jongerenpoort=True, team__in=teams)
        van_poort = Q(jongerenpoort=True, team__isnull=True, gemeente__in=poort.values("gemeente"))
        zonder_team = (
            Q(team__isnull=True, jongerenpoort=False) if Rol.TEAMMANAGER in rollen_van(medewerker) else Q(pk__in=[])
        )
        return (van_team | van_poort | zonder_team | DOSSIER.op_relatie(medewerker)) & niet_eigen


AANMELDINGEN = Aanmeldingregel()


class Schoolregel(Toegangsregel):
    """Who sees a school leaver: the klantmanagers of the pool, the team, who sees the dossier; never who is barred."""

    def filter(self, medewerker: Any) -> Q:
        """Condition on Schoolverlater for a member of staff with the right."""
        if medewerker is None:
            return Q(pk__in=[])
        niet_eigen = DOSSIER.niet_verboden(medewerker, "deelnemer")
        if Rol.AFDELINGSMANAGER in rollen_van(medewerker):
            return niet_eigen
        ik = {medewerker.pk, *waarneemt_voor_ids(medewerker)}
        pool = Poollid.objects.filter(geldig_op(klok.vandaag()), medewerker__in=ik)
        van_pool = Q(aanmelding__route__in=pool.values("route"))
        van_team = Q(aanmelding__team__in=mijn_team_ids(medewerker))
        # Without the dossier nobody sees a pupil whose data may only be stored now (AVG art. 18).
        zonder_dossier = (van_pool | van_team | Q(klantmanager__in=ik)) & niet_beperkt("deelnemer")
        return (zonder_dossier | DOSSIER.op_relatie(medewerker)) & niet_eigen


SCHOOLVERLATERS = Schoolregel()
