"""The schemes by date."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from kern.handeling import Actor, handeling
from kern.models import geldig_op
from loonkostensubsidie.models import Regeling
from loonkostensubsidie.services.inrichten import REGELINGEN, richt_regelingen_in
from werkgevers.keuzes import Dienstverbandsoort

pytestmark = pytest.mark.usefixtures("gemeente")
TOETS = Actor.taak("toets")


def test_inrichten_kan_twee_keer() -> None:
    assert richt_regelingen_in(actor=TOETS) == len(REGELINGEN)
    assert richt_regelingen_in(actor=TOETS) == 0
    assert set(Regeling.objects.values_list("dienstverbandsoort", flat=True)) <= set(Dienstverbandsoort.values)


def test_de_pilot_liep_tot_de_wet() -> None:
    richt_regelingen_in(actor=TOETS)

    def codes(dag: dt.date) -> set[str]:
        return set(Regeling.objects.filter(geldig_op(dag), soort="lks").values_list("code", flat=True))

    assert codes(dt.date(2014, 3, 31)) == {"lks-pilot"}
    assert codes(dt.date(2015, 1, 1)) == {"lks"}


def test_een_regeling_overlapt_zichzelf_niet() -> None:
    richt_regelingen_in(actor=TOETS)
    with (
        pytest.raises(IntegrityError, match="regeling_code_eenmaal_per_dag"),
        transaction.atomic(),
        handeling(TOETS),
    ):
        Regeling.objects.filter(code="lks").get()
        Regeling.objects.create(
            code="lks", naam="x", soort="lks", rekenwijze="x", grondslag="x", begindatum=dt.date(2020, 1, 1)
        )
