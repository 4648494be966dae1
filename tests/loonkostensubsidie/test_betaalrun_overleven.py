"""A payment run survives: its worker killed half-way, the broker gone. Real processes, no mocks (R149)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from kern.models import Gemeente
from kern.taken import zet_in_wachtrij
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalaansluiting import aantal_verschillen
from loonkostensubsidie.models import Betaalopdracht, Betaalrun, Boekregel, Opdrachtregel
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.tasks import RUN_TAAK
from tests.aanmeldingen.test_overleven import Wachtrij, houd_vast, lopen, wachtrij  # noqa: F401
from tests.hulp.werker import wacht_tot, werkend
from tests.loonkostensubsidie.betaalfabrieken import JUNI, PEILDATUM, TAAK, actor, recht, werkgever

pytestmark = pytest.mark.django_db(transaction=True)
AANTAL = 14


@pytest.fixture(autouse=True)
def dag(settings: Any) -> None:
    settings.PEILDATUM = PEILDATUM


@pytest.mark.kill
@pytest.mark.eis(
    "R149", "werker twee keer gedood midden in een betaalrun: elke regel één keer, niemand twee keer betaald"
)
def test_werker_gedood_midden_in_een_betaalrun(
    gemeente: Gemeente,
    wachtrij: Wachtrij,  # noqa: F811
    tmp_path: Path,
    settings: Any,
) -> None:
    for nummer in range(AANTAL):
        laatste = recht(werkgever(naam=f"Werkgever {nummer}")).pk
    run = dienst.begin_run(JUNI, actor=actor())
    omgeving = {"PEILDATUM": settings.PEILDATUM, "REDIS_URL": wachtrij.adres(0)}
    assert zet_in_wachtrij(RUN_TAAK, gemeente.pk)
    log = tmp_path / "werker.log"
    with (
        houd_vast("SELECT 1 FROM loonkostensubsidie_subsidie WHERE id = %s FOR UPDATE", laatste) as wachtenden,
        werkend(log, **omgeving) as werker,
    ):
        wacht_tot(wachtenden, "de werker is midden in het boeken")
        werker.dood()
    assert not Boekregel.objects.exists(), "een plak die niet af is, is er niet"
    wachtrij.lever_opnieuw()
    with werkend(log, **omgeving) as werker:
        wacht_tot(lambda: Betaalopdracht.objects.count() > 2, "de werker maakt opdrachten")
        with houd_vast("LOCK TABLE loonkostensubsidie_opdrachtregel IN SHARE ROW EXCLUSIVE MODE") as wachtenden:
            wacht_tot(wachtenden, "de werker zit tussen een opdracht en haar regels")
            werker.dood()
    gedaan = Betaalopdracht.objects.count()
    assert 2 < gedaan < AANTAL
    assert Opdrachtregel.objects.count() == 2 * gedaan, "een opdracht heeft altijd haar regels"
    wachtrij.lever_opnieuw()
    with werkend(log, **omgeving):
        wacht_tot(lambda: lopen(RUN_TAAK)[-1] == "gelukt", "de taak loopt opnieuw en slaagt")
    assert lopen(RUN_TAAK) == ["afgebroken", "afgebroken", "gelukt"]
    run.refresh_from_db()
    assert (run.status, run.aantal, run.bedrag) == ("opgesteld", AANTAL, AANTAL * Decimal("1836.16"))
    per_werkgever = Counter(Betaalopdracht.objects.values_list("werkgever_id", flat=True))
    per_regel = Counter(Opdrachtregel.objects.values_list("boekregel_id", flat=True))
    assert set(per_werkgever.values()) == set(per_regel.values()) == {1}
    assert len(per_regel) == Boekregel.objects.count() == 2 * AANTAL
    assert not vragen.open_regels().exists() and aantal_verschillen() == 0


@pytest.mark.eis("R149", "is de wachtrij weg, dan gaat een betaalrun niet verloren")
def test_zonder_wachtrij_begint_de_run_later(
    gemeente: Gemeente,
    wachtrij: Wachtrij,  # noqa: F811
    log_in: Any,
) -> None:
    recht()
    client = log_in("medewerker_subsidies")
    wachtrij.dood()
    antwoord = client.post(reverse("betaalrun_nieuw"), {"maand": "2026-06-01"}, follow=True)
    tekst = antwoord.content.decode()
    assert "De betaalrun begint later" in tekst and "Er gaat niets verloren" in tekst
    run = Betaalrun.objects.get()
    assert run.status == "wordt_opgesteld"
    dienst.stel_op(run, actor=TAAK)  # what the schedule does every five minutes
    assert Betaalrun.objects.get().status == "opgesteld"
