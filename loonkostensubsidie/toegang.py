"""Who sees which subsidy (ONTWERP 3.10).

Who handles, approves or audits subsidies sees those of everybody, except of oneself and of relatives. Everybody else
sees the ones of people whose dossier they may open.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from deelnemers.toegang import DOSSIER
from kern.beperking import niet_beperkt
from kern.toegang import Toegangsregel
from organisatie.querysets import rollen_van
from organisatie.rechten import Rol, rechten_van

_ALLE_RECHTEN = {"subsidie.behandelen", "subsidie.goedkeuren"}
_TOEZICHT = {Rol.CONTROLLER, Rol.AUDITOR}


def ziet_alle(medewerker: Any) -> bool:
    """Whether somebody works with subsidies of everybody."""
    rollen = set(rollen_van(medewerker))
    return bool(rechten_van(rollen) & _ALLE_RECHTEN or rollen & _TOEZICHT)


class Subsidieregel(Toegangsregel):
    """Rows about one person and one employer; `zelf` is the column with the account of who made it."""

    def __init__(self, zelf: str = "") -> None:
        self._zelf = zelf

    def filter(self, medewerker: Any) -> Q:
        if medewerker is None:
            return Q(pk__in=[])
        niet_eigen = DOSSIER.niet_verboden(medewerker, "deelnemer")
        if ziet_alle(medewerker):
            return niet_eigen & (niet_beperkt("deelnemer") | DOSSIER.op_betrokkene(medewerker))
        zelf = Q(**{self._zelf: medewerker.gebruiker_id}) if self._zelf else Q(pk__in=[])
        return (DOSSIER.op_betrokkene(medewerker) | (zelf & niet_beperkt("deelnemer"))) & niet_eigen


AANVRAAG = Subsidieregel("gemaakt_door")
BESCHIKKING = Subsidieregel("opgesteld_door")
SUBSIDIE = Subsidieregel()
BEZWAAR = Subsidieregel("behandelaar")
MELDING = Subsidieregel()
STEEKPROEF = Subsidieregel()
