"""The pilot of 1 October 2013 to 31 December 2014: an award on screen, with its own settings (R110, FEITEN 1.8a)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse

from kern import bestanden
from loonkostensubsidie.models import Beschikking, Subsidie
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.controles import beoordeel_controle, tegenhouders
from tests.loonkostensubsidie import wereld
from tests.loonkostensubsidie.wet import geval, meegeleverde_wet
from tests.werkgevers.fabrieken import ACTOR, DeelnemerFabriek, werk
from werkgevers.services.loonwaarde import meet_loonwaarde

pytestmark = pytest.mark.usefixtures("gemeente")
ROL = "medewerker_subsidies"
BEGIN = dt.date(2013, 11, 1)


@pytest.fixture(autouse=True)
def _wereld(gemeente: Any, settings: Any, tmp_path: Any) -> None:
    settings.PEILDATUM = "2014-03-03"
    settings.MEDIA_ROOT = tmp_path
    wereld.wet()


@pytest.mark.eis("R147", "een toekenning uit de pilot leg je vast op het scherm, met vier ogen en een brief")
def test_een_toekenning_in_de_pilot(log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]) -> None:
    client, collega = log_in(ROL), maak_medewerker(ROL)
    baan = werk(
        begindatum=BEGIN, deelnemer=DeelnemerFabriek(geboortedatum=dt.date(1980, 5, 17)), loonwaarderoute="meting",
        uren_per_week=Decimal(36), uren_voltijd=Decimal(36), functieloon_percentage_wml=Decimal(100),
    )  # fmt: skip
    meet_loonwaarde(baan, BEGIN, "Pantar", percentage=60, volgende_op=dt.date(2014, 11, 1), actor=ACTOR)
    aanvraag = wereld.in_behandeling(
        client.medewerker, route="loonwaarde", begindatum=BEGIN, uren_per_week=Decimal(36), uren_voltijd=Decimal(36),
        dienstverband=baan, deelnemer=baan.deelnemer, werkgever=baan.feitelijke_werkgever,
    )  # fmt: skip
    client.post(
        reverse("lks_besluit_nieuw", args=[aanvraag.kenmerk, "toekenning"]),
        {"ingangsdatum": "1-11-2013", "motivering": "Pilot loonkostensubsidie naar loonwaarde."},
    )
    besluit = Beschikking.objects.get()
    # 1.477,80 × 1,08 = 1.596,024; 40 % daarvan is 638,4096; met 23 % werkgeverslasten 785,243808
    assert besluit.regeling is not None and besluit.regeling.code == "lks-pilot"
    assert (besluit.subsidiebedrag, besluit.totaal) == (Decimal("638.41"), Decimal("785.24"))
    assert "pilot" in besluit.grondslag
    assert any(regel["status"] == "onzeker" for regel in besluit.specificatie)
    mij = wereld.actor_van(client.medewerker)
    for controle in tegenhouders(aanvraag):
        beoordeel_controle(aanvraag, controle.soort, "goed", "Gezien.", actor=mij)
    besluiten.leg_voor(besluit, actor=wereld.actor_van(client.medewerker))
    with bestanden.weg_bij_mislukken():
        besluiten.stel_vast(besluit, actor=wereld.actor_van(collega))
    recht = Subsidie.objects.get()
    assert recht.regeling.code == "lks-pilot" and recht.begindatum == BEGIN
    verslag = boek([recht.pk], dt.date(2014, 2, 28), actor=ACTOR)
    assert (verslag.regels, verslag.fouten) == (4, {})


@pytest.mark.eis("R147", "het jeugdloon van 2013 is een gedateerd gegeven, onzeker zolang niemand het naging")
def test_jeugdloon_in_2013() -> None:
    wet = meegeleverde_wet()
    rij = wet.loon(dt.date(2013, 11, 1), 20)
    assert (str(rij.maand), str(rij.percentage), rij.status) == ("908.85", "61.5", "onzeker")
    assert geval("2013-11-01").start == BEGIN
