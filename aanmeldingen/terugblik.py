"""Referrals in and out as they were known on a day; never the route, which may name a group (R007)."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from aanmeldingen.models import Aanmelding
from aanmeldingen.toestanden import AANMELDING, VERWIJZING
from kern.aansluitingen.terugblik import Onderdeel, Regel, sluit_aan
from kern.terugblik import Blik
from kern.weergave import datum


def _aanmeldingen(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Aanmelding):
        binnen = rij.richting == "inkomend"
        stand = (AANMELDING if binnen else VERWIJZING).toestand(rij.status).label
        op = datum(timezone.localdate(rij.ontvangen_op))
        titel, wanneer = ("Aanmelding", f"Ontvangen op {op}") if binnen else ("Verwijzing", f"Gemaakt op {op}")
        yield Regel(titel, f"{stand}, sinds {datum(rij.status_sinds)}", wanneer)


def sluit_aan_op_terugblik() -> None:
    sluit_aan(Onderdeel("Aanmeldingen en verwijzingen", 22, _aanmeldingen, frozenset({"aanmelding.zien"})))
