"""The two lists of income by team: what is for me today, and everything, so that peers can take over (R196)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from deelnemers.models import Deelnemer
from kern import onderdelen as o
from kern.tabel import Kolom
from organisatie.inkomensconsulenten import heeft_teams, nu_en_straks, per_team, van_anderen

ALLE = "alle"


@dataclass(frozen=True)
class Teamkeuze:
    """Rows narrowed to a choice, with the column that says whose they are; no chips: there is nothing to choose."""

    rijen: QuerySet[Any]
    kolom: Kolom
    chips: Sequence[o.Verwijzing]
    mijn: bool

    @property
    def niets(self) -> str:
        """What an empty list says while the own teams are shown; else empty."""
        return "Voor jouw teams wacht er niets. Kijk bij Alle teams of je een collega kunt helpen." if self.mijn else ""


def vast_van(deelnemer: Deelnemer) -> str:
    """The team of this person with who is named for it today, so that a peer sees whose work this is."""
    if deelnemer.team is None:
        return "Geen team"
    nu, _ = nu_en_straks(deelnemer.team.pk)
    wie = f"vaste inkomensconsulent {nu.medewerker.naam}" if nu else "nog geen vaste inkomensconsulent"
    return f"{deelnemer.team.naam}, {wie}"


def kies(request: Any, rijen: QuerySet[Any]) -> Teamkeuze:
    """Narrow rows that point at a person. Who is named for a team starts with the own teams, who is not sees all."""
    aangewezen = per_team()
    kiest = heeft_teams(request.medewerker, aangewezen)
    mijn = kiest and request.GET.get("van") != ALLE
    if mijn and (anderen := van_anderen(request.medewerker, aangewezen)):
        rijen = rijen.exclude(deelnemer__team__in=anderen)
    chips = (
        o.Verwijzing("Van mijn teams", o.met_query(request.GET, van=None, pagina=None), mijn),
        o.Verwijzing("Alle teams", o.met_query(request.GET, van=ALLE, pagina=None), not mijn),
    )
    return Teamkeuze(rijen.select_related("deelnemer__team"), _kolom(aangewezen), chips if kiest else (), mijn)


def _kolom(aangewezen: dict[int, Any]) -> Kolom:
    """The team of the person, and below it who is named for that team."""

    def wie(rij: Any) -> str:
        vast = aangewezen.get(rij.deelnemer.team_id)
        if vast is None:
            return ""
        return f"{vast.medewerker.naam}, vandaag afwezig" if vast.afwezig else vast.medewerker.naam

    return Kolom("team", "Team", onder=wie, waarde=lambda r: r.deelnemer.team.naam if r.deelnemer.team else "Geen team")
