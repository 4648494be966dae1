"""Do we do what we say: our own promises kept in time, down to the person (R013)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import Toezegging
from kern.handeling import handeling
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db


@pytest.fixture
def eind(settings: Any) -> None:
    settings.PEILDATUM = EIND.isoformat()


def beloof(wereld: Wereld, voor: dt.date, partij: str = "wij", **velden: Any) -> None:
    persoon = wereld.persoon()
    wereld.traject(persoon)
    with handeling(FABRIEK):
        Toezegging.objects.create(
            deelnemer=persoon, partij=partij, wat="Bellen", gemaakt_op=dag(2, 1), voor=voor, **velden
        )


@pytest.mark.eis("R013", "Hoeveel van onze eigen beloften op tijd is gedaan, en van wie zij waren")
def test_beloften_op_tijd(wereld: Wereld, eind: None) -> None:
    beloof(wereld, dag(5, 10), nagekomen_op=dag(5, 10))
    beloof(wereld, dag(5, 10), nagekomen_op=dag(5, 11))
    beloof(wereld, dag(5, 10), niet_gedaan_op=dag(5, 9), toelichting="Vol")
    beloof(wereld, dag(5, 10))
    beloof(wereld, dag(5, 10), vervallen_op=dag(5, 9), toelichting="Hoeft niet")
    beloof(wereld, dag(5, 10), vervallen_op=dag(6, 9), toelichting="Vergeten")
    beloof(wereld, dag(5, 10), partij="deelnemer", nagekomen_op=dag(5, 10))
    beloof(wereld, EIND)
    wereld.nacht()
    telling = wereld.telling("beloften")
    assert (telling.teller, telling.noemer) == (1, 5)
    standen = sorted(r.status for r in wereld.vraag("beloften").rijen())
    assert standen == ["niet_gedaan", "niet_gedaan", "op_tijd", "open", "te_laat", "vervallen"]


def test_de_bladzijde_toont_het_cijfer(wereld: Wereld, eind: None, log_in: Any) -> None:
    beloof(wereld, dag(5, 10), nagekomen_op=dag(5, 10))
    wereld.nacht()
    tekst = log_in("afdelingsmanager").get(reverse("diagnosecijfers")).content.decode()
    assert "Beloften op tijd" in tekst
