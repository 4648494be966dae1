"""The Praktijkroute: measured under 100 percent is belonging to the doelgroep banenafspraak (Wfsv 38b, R149)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from deelnemers.models import Doelgroeplidmaatschap
from deelnemers.services.contact import voeg_doelgroep_toe
from loonkostensubsidie.models import Aanvraag, Aanvraagcontrole
from loonkostensubsidie.services.controles import kijk_opnieuw
from loonkostensubsidie.services.praktijkroute import BANENAFSPRAAK
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import ACTOR
from werkgevers.models import Loonwaardemeting
from werkgevers.services.loonwaarde import corrigeer_loonwaarde, meet_loonwaarde

pytestmark = pytest.mark.usefixtures("subsidiewereld")
GEMETEN = dt.date(2026, 2, 20)


@pytest.fixture
def aanvraag(maak_medewerker: Callable[..., Any]) -> Aanvraag:
    return wereld.in_behandeling(maak_medewerker("medewerker_subsidies"), route="praktijkroute")


def meet(aanvraag: Aanvraag, procent: int, route: str = "praktijkroute", op: dt.date = GEMETEN) -> Loonwaardemeting:
    assert aanvraag.dienstverband is not None
    later = dt.date(2028, 1, 1)
    return meet_loonwaarde(
        aanvraag.dienstverband, op, "Dariuz", percentage=procent, route=route, volgende_op=later, actor=ACTOR
    )


def groepen(aanvraag: Aanvraag) -> list[tuple[dt.date, dt.date | None]]:
    rijen = Doelgroeplidmaatschap.objects.filter(deelnemer=aanvraag.deelnemer, doelgroep=BANENAFSPRAAK)
    return list(rijen.order_by("pk").values_list("begindatum", "einddatum"))


def controle(aanvraag: Aanvraag) -> tuple[str, str]:
    rij = Aanvraagcontrole.objects.get(aanvraag=aanvraag, soort="doelgroep")
    return rij.uitkomst, rij.uitleg


@pytest.mark.eis("R149", "onder 100 procent gemeten bij de Praktijkroute geeft de doelgroep, en de controle ziet dat")
def test_een_meting_onder_de_honderd_geeft_de_doelgroep(aanvraag: Aanvraag) -> None:
    assert controle(aanvraag)[0] == "nakijken" and groepen(aanvraag) == []
    meet(aanvraag, 60)
    assert groepen(aanvraag) == [(GEMETEN, None)]
    kijk_opnieuw(aanvraag, actor=ACTOR)
    uitkomst, uitleg = controle(aanvraag)
    assert uitkomst == "goed" and "banenafspraak" in uitleg
    meet(aanvraag, 70, op=dt.date(2026, 2, 25))
    assert groepen(aanvraag) == [(GEMETEN, None)], "een tweede meting voegt niets toe"


def test_een_andere_meting_zegt_niets_over_de_doelgroep(aanvraag: Aanvraag) -> None:
    meet(aanvraag, 60, route="meting")
    assert groepen(aanvraag) == []


def test_honderd_procent_hoort_er_niet_bij(aanvraag: Aanvraag) -> None:
    meet(aanvraag, 100)
    assert groepen(aanvraag) == []
    kijk_opnieuw(aanvraag, actor=ACTOR)
    uitkomst, uitleg = controle(aanvraag)
    assert uitkomst == "fout" and "100 procent" in uitleg


def test_een_gecorrigeerde_meting_haalt_de_vergissing_weg(aanvraag: Aanvraag) -> None:
    meting = meet(aanvraag, 60)
    corrigeer_loonwaarde(meting, "Verkeerd rapport.", percentage=100, actor=ACTOR)
    assert groepen(aanvraag) == []


def test_wie_later_honderd_procent_haalt_blijft_tot_eind_van_het_tweede_jaar(aanvraag: Aanvraag) -> None:
    voeg_doelgroep_toe(aanvraag.deelnemer, BANENAFSPRAAK, dt.date(2024, 5, 1), actor=ACTOR)
    meet(aanvraag, 100)
    assert groepen(aanvraag) == [(dt.date(2024, 5, 1), dt.date(2028, 12, 31))]
