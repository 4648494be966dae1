"""Rows as they were known at the end of a day: the rows of now, with every later change taken back from the history.

A row is known since it was made; what was taken away later is there again. Who may see it is decided by the access
rule of today. After the retention pipeline erased a history, there is nothing left to look back on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any, TypeVar

from django.db.models import Model
from django.utils import timezone

from kern.models import Wijziging

M = TypeVar("M", bound=Model)


class Blik:
    """One person as known at the end of one day, or at `moment` on it; the history is asked once for all tables."""

    def __init__(self, betrokkene_id: int, gemeente_id: int, dag: dt.date, moment: dt.datetime | None = None) -> None:
        self.betrokkene_id, self.gemeente_id, self.dag = betrokkene_id, gemeente_id, dag
        einde = timezone.make_aware(dt.datetime.combine(dag + dt.timedelta(days=1), dt.time.min))
        self.moment = moment or einde
        self._later: dict[str, list[Wijziging]] = {}
        for rij in self._wijzigingen(betrokkene_id=betrokkene_id):
            self._later.setdefault(rij.tabel, []).append(rij)

    def _wijzigingen(self, **waarvan: Any) -> Iterable[Wijziging]:
        """Changes after the day, the last one first."""
        rijen = Wijziging.objects.filter(gemeente_id=self.gemeente_id, tijdstip__gte=self.moment, actie__in=["U", "D"])
        return rijen.filter(**waarvan).order_by("-tijdstip", "-id")

    def van_persoon(self, model: type[M], kolom: str = "deelnemer") -> list[M]:
        """The rows of the person in this table, by key."""
        nu = model._default_manager.filter(**{kolom: self.betrokkene_id})
        rijen = self._terug(model, nu, self._later.get(model._meta.db_table, []))
        veld = model._meta.get_field(kolom) if kolom != "pk" else model._meta.pk
        # Merged into this dossier later: then it was still about somebody else.
        return [rij for rij in rijen if getattr(rij, veld.attname) == self.betrokkene_id]  # type: ignore[union-attr]

    def met_sleutel(self, model: type[M], pks: Collection[int]) -> dict[int, M]:
        """Rows of a table that is about no person by itself (a household, a benefit)."""
        nu = model._default_manager.filter(pk__in=pks)
        later = self._wijzigingen(tabel=model._meta.db_table, rij_id__in=list(pks))
        return {rij.pk: rij for rij in self._terug(model, nu, later)}

    def _terug(self, model: type[M], nu: Any, later: Iterable[Wijziging]) -> list[M]:
        velden = {veld.column: veld for veld in model._meta.concrete_fields}
        rijen: dict[int, M] = {rij.pk: rij for rij in nu.order_by("pk")}
        for wijziging in later:
            if wijziging.actie == "D":
                rijen[wijziging.rij_id] = model()
            rij = rijen.get(wijziging.rij_id)
            for kolom, waarde in (wijziging.oud or {}).items() if rij is not None else ():
                if (veld := velden.get(kolom)) is not None:
                    setattr(rij, veld.attname, veld.to_python(waarde))
        return [rij for _, rij in sorted(rijen.items()) if self._bekend(rij)]

    def _bekend(self, rij: Any) -> bool:
        gemaakt = getattr(rij, "aangemaakt_op", None)
        return gemaakt is None or gemaakt < self.moment

    def loopt(self, rijen: Iterable[M]) -> list[M]:
        """Of rows with a period, those that held on the day."""
        dag = self.dag
        return [r for r in rijen if r.begindatum <= dag and (r.einddatum is None or r.einddatum >= dag)]  # type: ignore[attr-defined]
