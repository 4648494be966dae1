"""Who sees which subsidy (ONTWERP 3.10).

Who handles, approves or audits subsidies sees those of everybody, except of oneself and of relatives. Everybody else
sees the ones of people whose dossier they may open.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

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


class Bezwaarregel(Subsidieregel):
    """Like the decision; an objection to a recovery is about an employer, and for who works with subsidies of all.

    Not for who is barred from one of the people whom the recovery is about.
    """

    def filter(self, medewerker: Any) -> Q:
        van_mensen = super().filter(medewerker)
        if medewerker is None or not ziet_alle(medewerker):
            return van_mensen
        regels = apps.get_model("loonkostensubsidie", "Opdrachtregel").objects
        verboden = regels.filter(terugvordering=OuterRef("terugvordering")).exclude(
            DOSSIER.niet_verboden(medewerker, "boekregel__subsidie__deelnemer")
        )
        return van_mensen | Q(Q(terugvordering__isnull=False), ~Exists(verboden))


BEZWAAR = Bezwaarregel("behandelaar")
MELDING = Subsidieregel()
STEEKPROEF = Subsidieregel()
DOELGROEPVERZOEK = Subsidieregel()
VANGNET = Subsidieregel()
