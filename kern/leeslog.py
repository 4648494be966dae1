"""The read log: which persons were on the page, who read them, on what ground (R223, BIO2 8.15)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django.db import connection

from kern.handeling import Actor, huidige_gemeente_id, verzoek_kenmerk

if TYPE_CHECKING:
    from django.http import HttpRequest


class Lezing:
    """Collects the persons that one answer shows; one row per kind of reading is written before it leaves."""

    def __init__(self) -> None:
        self._gelezen: dict[tuple[str, str, str], set[int]] = {}

    def toon(self, verwerking: str, betrokkenen: Iterable[int], *, grond: str = "taak", reden: str = "") -> None:
        """Note that these persons are shown. `verwerking` names the processing activity, e.g. `dossier.bekijken`."""
        ids = {int(i) for i in betrokkenen if i is not None}
        if ids:
            self._gelezen.setdefault((verwerking, grond, reden), set()).update(ids)

    def toon_zonder_persoon(self, verwerking: str, kenmerken: Iterable[str], *, grond: str = "taak") -> None:
        """Note rows about people who have no dossier yet (a referral): their public ids go into the reason."""
        lijst = sorted(kenmerken)
        if lijst:
            self._gelezen.setdefault((verwerking, grond, "zonder dossier: " + ", ".join(lijst)), set())

    @property
    def betrokkenen(self) -> set[int]:
        """All persons noted so far."""
        return set().union(*self._gelezen.values()) if self._gelezen else set()

    def leg_vast(self, request: HttpRequest) -> None:
        """Write the rows for the user of this request; raises when the database refuses, so the page fails too."""
        if self._gelezen:
            self.leg_vast_voor(Actor.van_gebruiker(request.user))  # type: ignore[arg-type]

    def leg_vast_voor(self, actor: Actor) -> None:
        """Write the rows for any actor (API clients, exports in a job)."""
        for (verwerking, grond, reden), ids in self._gelezen.items():
            _schrijf(actor, verwerking, grond, reden, sorted(ids))
        self._gelezen.clear()


def _schrijf(actor: Actor, verwerking: str, grond: str, reden: str, ids: list[int]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT kern_leg_lezen_vast(%s, %s, %s, %s, %s, %s, %s, %s, %s::bigint[])",
            [
                huidige_gemeente_id(),
                actor.soort,
                actor.id,
                actor.naam,
                verzoek_kenmerk(),
                verwerking,
                grond,
                reden,
                ids,
            ],
        )
