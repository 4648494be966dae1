"""Referring to a partner that is involved already: what may be shared shows, and nothing else (R214)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from deelnemers.models import BetrokkenPartij
from deelnemers.services.partijen import Delen, voeg_partij_toe
from kern import klok
from kern.handeling import handeling
from tests.aanmeldingen.verwijsfabrieken import concept, persoon, school
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import KetenpartnerFabriek

DAG = dt.timedelta(days=1)


@pytest.fixture
def web(routes: None, team: Any, log_in: Any) -> Any:
    return log_in("consulent", team=team)


def _partij(deelnemer: Any, naam: str, partner: Any, *onderwerpen: str, rol: str = "school") -> BetrokkenPartij:
    delen = Delen(onderwerpen, "toestemming", "", klok.vandaag() + 30 * DAG, "gesprek") if onderwerpen else Delen()
    return voeg_partij_toe(
        deelnemer, delen, rol=rol, naam=naam, ketenpartner=partner, begindatum=klok.vandaag() - 9 * DAG, actor=FABRIEK
    )


@pytest.mark.eis("R214", "bij een verwijzing staat wat de partner al mag weten, en alleen dat")
def test_bij_een_verwijzing_staat_wat_deze_partner_mag_weten(
    web: Any, team: Any, log_in: Any, maak_medewerker: Any
) -> None:
    samira, naar = persoon(web.medewerker, team), school()
    _partij(samira, "Juf Anja", naar, "voortgang")
    _partij(samira, "Meester Ander", KetenpartnerFabriek(), "plan")
    _partij(samira, "Conrector Stil", naar)
    voorbij = _partij(samira, "Decaan Voorbij", naar, "plan")
    with handeling(FABRIEK):
        BetrokkenPartij.objects.filter(pk=voorbij.pk).update(deel_tot=klok.vandaag() - DAG)
    rij = concept(samira, naar, web.medewerker)
    bladen = [
        f"/deelnemers/{samira.dossiernummer}/verwijzen?route=naar-school&partner={naar.pk}",
        f"/verwijzingen/{rij.kenmerk}",
    ]
    for blad in bladen:
        tekst = web.get(blad).content.decode()
        assert "Juf Anja" in tekst and "Mag weten: de voortgang" in tekst, blad
        for naam in ("Meester Ander", "Conrector Stil", "Decaan Voorbij"):
            assert naam not in tekst, (blad, naam)
