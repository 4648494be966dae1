"""A fixed day stays that day at every hour (ONTWERP 3.9)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from kern import klok


@pytest.mark.parametrize("uur", [0, 12, 22, 23])
@pytest.mark.parametrize("peildatum", ["2026-01-13", "2026-07-13"])
def test_nu_valt_op_de_peildatum(settings: Any, monkeypatch: pytest.MonkeyPatch, peildatum: str, uur: int) -> None:
    settings.PEILDATUM = peildatum
    monkeypatch.setattr(timezone, "now", lambda: dt.datetime(2026, 11, 22, uur, 30, tzinfo=dt.UTC))
    assert timezone.localdate(klok.nu()) == klok.vandaag() == dt.date.fromisoformat(peildatum)
