"""The hours bar on the dossier: an estimate with today's norm, or nothing when it is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest

from deelnemers.models import Huishoudlid
from deelnemers.services.inkomen import meld_aan_inkomen
from kern import klok
from kern.handeling import handeling
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import Wereld, dagen
from trajecten.dossier import _urenbalk

pytestmark = pytest.mark.django_db


def test_zonder_huishouden_en_zonder_uren_geen_balk(wereld: Wereld) -> None:
    assert _urenbalk(wereld.deelnemer) is None
    meld_aan_inkomen(wereld.deelnemer, "plaatsing", "p:1", klok.vandaag(), uren_per_week=Decimal(18), actor=FABRIEK)
    balk = _urenbalk(wereld.deelnemer)
    assert balk is not None and balk.grens is None and "18" in balk.kop


def test_met_huishouden_staat_de_grens_erbij_als_de_norm_bekend_is(wereld: Wereld) -> None:
    from regelgeving.gegevens.laden import laad

    laad()
    with handeling(FABRIEK):
        Huishoudlid.objects.create(
            deelnemer=wereld.deelnemer, huishouden=wereld.uitkering.huishouden, begindatum=dagen(-400)
        )
    balk = _urenbalk(wereld.deelnemer)
    assert balk is not None and balk.grens is not None
    assert "Vanaf ongeveer" in balk.kop
