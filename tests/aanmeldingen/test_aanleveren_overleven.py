"""A batch survives its worker: killed between a referral and its outcome, and finished by the next one."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from aanmeldingen.aanleveren.map import ANTWOORD
from aanmeldingen.gebeurtenissen import ONTVANGEN
from aanmeldingen.models import Aanlevering, Aanleverregel, Aanmelding
from kern.models import Gebeurtenis, Werkvoorraad
from kern.taken import zet_in_wachtrij
from tests.aanmeldingen.fabrieken import lichaam
from tests.aanmeldingen.test_aanleveren import TAAK, zet
from tests.aanmeldingen.test_overleven import Wachtrij, houd_vast, lopen, wachtrij  # noqa: F401
from tests.hulp.werker import wacht_tot, werkend

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill]
AANTAL, FOUT = 60, (7, 31)
SLOT = "LOCK TABLE kern_werkvoorraad IN SHARE ROW EXCLUSIVE MODE"


@pytest.mark.eis("R044", "werker twee keer gedood midden in een bestand: elke regel één keer aangemeld, één antwoord")
def test_werker_gedood_midden_in_een_bestand(
    postvak: Path,
    gemeente: Any,
    wachtrij: Wachtrij,  # noqa: F811
    tmp_path: Path,
    settings: Any,
) -> None:
    regels = [lichaam(naam={}) if nummer in FOUT else lichaam() for nummer in range(1, AANTAL + 1)]
    pad = zet(postvak / "een.jsonl", *regels)
    omgeving = {
        "PEILDATUM": settings.PEILDATUM,
        "OVERDRACHT_MAP": settings.OVERDRACHT_MAP,
        "REDIS_URL": wachtrij.adres(0),
    }
    assert zet_in_wachtrij(TAAK, gemeente.pk)
    gedaan = 0
    for _ in range(2):
        with werkend(tmp_path / "werker.log", **omgeving) as werker:
            wacht_tot(lambda: Aanleverregel.objects.count() > gedaan + 2, "de werker is bezig")  # noqa: B023
            with houd_vast(SLOT) as wachtenden:
                wacht_tot(wachtenden, "de werker zit tussen een aanmelding en haar uitkomst")
                werker.dood()
        gedaan = Aanleverregel.objects.count()
        assert gedaan < AANTAL, "midden in het bestand"
        assert Aanmelding.objects.count() == Aanleverregel.objects.filter(stand="verwerkt").count()
        assert pad.exists() and not pad.with_name(pad.name + ANTWOORD).exists()
        wachtrij.lever_opnieuw()
    with werkend(tmp_path / "werker.log", **omgeving):
        wacht_tot(lambda: lopen(TAAK)[-1] == "gelukt", "de taak loopt opnieuw en slaagt")
    assert lopen(TAAK) == ["afgebroken", "afgebroken", "gelukt"]
    levering = Aanlevering.objects.get()
    assert (levering.stand, levering.regels, levering.verwerkt, levering.afgekeurd) == (
        "verwerkt",
        AANTAL,
        AANTAL - len(FOUT),
        len(FOUT),
    )
    referenties = Counter(Aanmelding.objects.values_list("externe_referentie", flat=True))
    goed = {r["externeReferentie"] for nummer, r in enumerate(regels, 1) if nummer not in FOUT}
    assert referenties == dict.fromkeys(goed, 1)
    assert Gebeurtenis.objects.filter(type=ONTVANGEN).count() == Werkvoorraad.objects.count() == len(goed)
    antwoorden = [json.loads(r) for r in pad.with_name(pad.name + ANTWOORD).read_text().splitlines()]
    assert [a["regel"] for a in antwoorden] == list(range(1, AANTAL + 1))
    assert {a["regel"] for a in antwoorden if a["status"] == "afgekeurd"} == set(FOUT)
    assert not pad.exists() and list((postvak / "verwerkt").glob("een.jsonl.*.verzegeld"))
