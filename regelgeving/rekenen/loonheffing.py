"""Estimate of net wage: income tax with the general and the work credit. An indication; payroll decides.

Pure functions on exact fractions, per year in euro. Only the first bracket: an answer above it is None.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from regelgeving.rekenen.breuken import breuk


@dataclass(frozen=True)
class Loonheffing:
    """The figures of one year (parameter `belasting.loonheffing`). Percentages as fractions of 1."""

    tarief: Fraction
    tot: Fraction
    heffingskorting: Fraction
    heffingskorting_afbouw: Fraction
    heffingskorting_afbouw_vanaf: Fraction
    arbeidskorting: Fraction
    arbeidskorting_opbouw: tuple[tuple[Fraction, Fraction], ...]
    arbeidskorting_afbouw: Fraction
    arbeidskorting_afbouw_vanaf: Fraction

    @classmethod
    def uit_parameter(cls, waarde: Mapping[str, Any]) -> Loonheffing:
        """From the JSON of the parameter (percentages as 35.75)."""
        return cls(
            tarief=breuk(waarde["tarief"]) / 100,
            tot=breuk(waarde["tot"]),
            heffingskorting=breuk(waarde["heffingskorting"]),
            heffingskorting_afbouw=breuk(waarde["heffingskorting_afbouw"]) / 100,
            heffingskorting_afbouw_vanaf=breuk(waarde["heffingskorting_afbouw_vanaf"]),
            arbeidskorting=breuk(waarde["arbeidskorting"]),
            arbeidskorting_opbouw=tuple((breuk(p) / 100, breuk(tot)) for p, tot in waarde["arbeidskorting_opbouw"]),
            arbeidskorting_afbouw=breuk(waarde["arbeidskorting_afbouw"]) / 100,
            arbeidskorting_afbouw_vanaf=breuk(waarde["arbeidskorting_afbouw_vanaf"]),
        )

    def _kortingen(self, bruto: Fraction) -> Fraction:
        boven = max(Fraction(0), bruto - self.heffingskorting_afbouw_vanaf)
        algemeen = max(Fraction(0), self.heffingskorting - boven * self.heffingskorting_afbouw)
        arbeid, vanaf = Fraction(0), Fraction(0)
        for percentage, tot in self.arbeidskorting_opbouw:
            arbeid += percentage * max(Fraction(0), min(bruto, tot) - vanaf)
            vanaf = tot
        boven = max(Fraction(0), bruto - self.arbeidskorting_afbouw_vanaf)
        arbeid = max(Fraction(0), min(arbeid, self.arbeidskorting) - boven * self.arbeidskorting_afbouw)
        return algemeen + arbeid

    def netto(self, bruto: Fraction) -> Fraction:
        """Net income per year; `bruto` not above the first bracket."""
        return bruto - max(Fraction(0), self.tarief * bruto - self._kortingen(bruto))

    def _knikken(self) -> list[Fraction]:
        """Incomes where a slope changes, apart from the point where tax begins."""
        punten = {Fraction(0), self.tot, self.heffingskorting_afbouw_vanaf, self.arbeidskorting_afbouw_vanaf}
        punten |= {tot for _, tot in self.arbeidskorting_opbouw}
        if self.heffingskorting_afbouw:
            punten.add(self.heffingskorting_afbouw_vanaf + self.heffingskorting / self.heffingskorting_afbouw)
        arbeid, vanaf = Fraction(0), Fraction(0)
        for percentage, tot in self.arbeidskorting_opbouw:
            erbij = percentage * (tot - vanaf)
            if arbeid < self.arbeidskorting < arbeid + erbij:
                punten.add(vanaf + (self.arbeidskorting - arbeid) / percentage)
            arbeid, vanaf = arbeid + erbij, tot
        return sorted(punt for punt in punten if 0 <= punt <= self.tot)

    def bruto_voor(self, netto: Fraction) -> Fraction | None:
        """Lowest gross income per year that leaves `netto`; None when the first bracket is not enough. Exact."""
        punten = self._knikken()
        for links, rechts in itertools.pairwise(punten):
            # Without tax gross equals net; with tax net is linear between two kinks. The higher gross is the answer.
            belast = [bruto - self.tarief * bruto + self._kortingen(bruto) for bruto in (links, rechts)]
            if min(belast[1], rechts) < netto:
                continue
            helling = (belast[1] - belast[0]) / (rechts - links)
            met_belasting = links + (netto - belast[0]) / helling if helling else links
            return max(netto, met_belasting)
        return None
