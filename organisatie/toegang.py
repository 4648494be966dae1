"""Who may see which member of staff."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q

from kern import klok
from kern.models import geldig_op
from kern.toegang import Toegangsregel
from organisatie.models import Rolvervulling
from organisatie.querysets import eigen_team_ids, rollen_van
from organisatie.rechten import rechten_van

#: With one of these rights somebody sees all members of staff; others see who is in their own teams.
_ALLE = frozenset({"medewerkers.beheren", "logboek.zien"})


class Medewerkerregel(Toegangsregel):
    """The beheerder and the privacy officer see everybody, a manager sees the own teams, the rest only
    themselves.
    """

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        rechten = rechten_van(rollen_van(medewerker))
        if _ALLE & rechten:
            return Q()
        if "team.zien" not in rechten:
            return Q(pk=medewerker.pk)
        in_team = Rolvervulling.objects.filter(
            geldig_op(klok.vandaag()), medewerker=OuterRef("pk"), team_id__in=eigen_team_ids(medewerker)
        )
        return Q(Exists(in_team))


REGEL = Medewerkerregel()
