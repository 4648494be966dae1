"""Who sees what in this room (ONTWERP 3.10).

Employers and vacancies hold no persons: a right is enough. Candidates for matching: an accountmanager of
the WSP sees
all available people of the gemeente on a limited card; everybody else sees the people of whom they may open
the
dossier. Mediations, placements and employments follow the dossier, or the accountmanager who made them.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from deelnemers.toegang import DOSSIER
from kern.beperking import niet_beperkt
from kern.toegang import Toegangsregel
from organisatie.querysets import rollen_van
from organisatie.rechten import Rol
from werkgevers.keuzes import BEGELEIDE_SOORTEN


def is_wsp(medewerker: Any) -> bool:
    """Whether this member of staff is an accountmanager of the WSP today."""
    return Rol.ACCOUNTMANAGER_WSP in rollen_van(medewerker)


class Kandidaatregel(Toegangsregel):
    """Which candidates may show in a match."""

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        beschikbaar = Q(beschikbaar=True) & DOSSIER.niet_verboden(medewerker, "deelnemer") & niet_beperkt("deelnemer")
        return beschikbaar if is_wsp(medewerker) else beschikbaar & DOSSIER.op_betrokkene(medewerker)


class Bemiddelregel(Toegangsregel):
    """Rows about one person and one employer: by the dossier, or because one did it oneself."""

    def __init__(self, zelf: str) -> None:
        self._zelf = zelf

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        # The WSP keeps the grip on all running mediations; it sees names, never the dossier.
        niet_eigen = DOSSIER.niet_verboden(medewerker, "deelnemer")
        # Who does not work from the dossier sees nothing of a person whose data may only be stored (AVG art. 18).
        zonder_dossier = Q() if is_wsp(medewerker) else Q(**{self._zelf: medewerker.pk})
        return (DOSSIER.op_betrokkene(medewerker) | (zonder_dossier & niet_beperkt("deelnemer"))) & niet_eigen


class Dienstverbandregel(Toegangsregel):
    """Employments: by the dossier, as jobcoach, or for one's work.

    Who handles subsidies sees the guided kinds of everybody: who pays must know hours, illness and wage value. The WSP
    sees the work that followed from a placement.
    """

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        rollen = rollen_van(medewerker)
        zelf = Q(jobcoach=medewerker.pk)
        if Rol.MEDEWERKER_SUBSIDIES in rollen:
            zelf |= Q(soort__in=BEGELEIDE_SOORTEN)
        if Rol.ACCOUNTMANAGER_WSP in rollen:
            zelf |= Q(plaatsing__isnull=False)
        niet_eigen = DOSSIER.niet_verboden(medewerker, "deelnemer")
        return (DOSSIER.op_betrokkene(medewerker) | (zelf & niet_beperkt("deelnemer"))) & niet_eigen


class Salarisregel(Toegangsregel):
    """What goes to payroll: of everybody, except of oneself and relatives, and of whom the data may only be stored."""

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        vrij = niet_beperkt("deelnemer") | DOSSIER.op_betrokkene(medewerker)
        return DOSSIER.niet_verboden(medewerker, "deelnemer") & vrij


KANDIDAAT = Kandidaatregel()
BEMIDDELING = Bemiddelregel("medewerker")
PLAATSING = Bemiddelregel("accountmanager")
JOBHUNT = Bemiddelregel("medewerker")
AFSPRAAK = Bemiddelregel("medewerker")
DIENSTVERBAND = Dienstverbandregel()
SALARIS = Salarisregel()
