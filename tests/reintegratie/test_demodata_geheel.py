"""The demo municipality at 1:1 on the last day of 2014. A module of its own: it needs the empty database."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db.models import Count, Q

from kern.handeling import voor_gemeente
from kern.models import Gemeente
from tests.hulp import database
from tests.reintegratie.balans import PEILDATUM, balans, feiten


@pytest.mark.volledig
def test_hele_gemeente_is_precies_de_balans_van_2014(
    django_db_setup: None, django_db_blocker: Any, settings: Any
) -> None:
    """1:1: the figures of the management contract, to the person."""
    from reintegratie.demodata.vullen import vul
    from werkgevers.models import Dienstverband

    settings.PEILDATUM = PEILDATUM.isoformat()
    with django_db_blocker.unblock():
        try:
            vul("1:1", PEILDATUM, "1", lambda tekst: None)
            gemeente = Gemeente.objects.get(code="9001")
            with voor_gemeente(gemeente):
                telling = balans(feiten(gemeente), 2014)
                gevonden = {
                    k: telling[k]
                    for k in (
                        "1.0",
                        "1.1",
                        "overige",
                        "1.2",
                        "sw",
                        "overloop",
                        "overlijden",
                        "stops",
                        "trede 3 of lager",
                    )
                }
                stand = {
                    dag: Dienstverband.objects.filter(
                        Q(einddatum__isnull=True) | Q(einddatum__gte=dag), soort="lks", begindatum__lte=dag
                    ).count()
                    for dag in (dt.date(2014, 3, 31), dt.date(2014, 6, 30), dt.date(2014, 9, 30), PEILDATUM)
                }
                vast = dict(
                    Dienstverband.objects.filter(einddatum__isnull=True)
                    .order_by("soort")
                    .values_list("soort")
                    .annotate(n=Count("id"))
                )
        finally:
            database.herstel()
    assert gevonden == {
        "1.0": 1231,
        "1.1": 664,
        "overige": 567,
        "1.2": 262,
        "sw": 71,
        "overloop": 38,
        "overlijden": 12,
        "stops": 132,
        "trede 3 of lager": 773,
    }
    assert list(stand.values()) == [28, 40, 53, 66]
    assert (vast["sw"], vast["begeleid_werken"], vast["lks"]) == (718, 334, 66)
