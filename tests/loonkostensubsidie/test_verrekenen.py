"""What may not be asked back after five years, may not be set off in a payment either (Awb 4:57)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from kern.models import Gemeente
from loonkostensubsidie.betaalvragen import te_verrekenen
from loonkostensubsidie.models import Boekregel


def regel(subsidie: int, maand: dt.date, bedrag: int) -> Boekregel:
    return Boekregel(subsidie_id=subsidie, maand=maand, totaal=Decimal(bedrag))


@pytest.mark.eis("R149", "een betaling verrekent geen maand die te lang geleden is om terug te vorderen")
def test_een_te_oude_maand_wordt_niet_verrekend(gemeente: Gemeente, settings: Any) -> None:
    settings.PEILDATUM = "2026-11-22"
    te_oud, net_niet = dt.date(2021, 10, 1), dt.date(2021, 12, 1)
    nu = regel(1, dt.date(2026, 10, 1), 900)
    oud, recent = regel(1, te_oud, -300), regel(1, net_niet, -200)
    # A month that comes to more than nothing is paid as a whole, however old.
    heen, terug = regel(2, te_oud, 500), regel(2, te_oud, -100)
    assert te_verrekenen([nu, oud, recent, heen, terug]) == [nu, recent, heen, terug]
