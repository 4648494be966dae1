"""An employee with subsidy who is ill: judgement, plan and reviews on time, also after the subsidy (FEITEN 5.3)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern.handeling import handeling, met_verzoek
from kern.models import Leesregel, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import vangnetwerk
from loonkostensubsidie.models import Subsidie, Vangnetstap
from loonkostensubsidie.services.subsidie import beeindig_subsidie
from loonkostensubsidie.services.vangnet import leg_stap_vast
from tests.hulp.vragen import groeit_niet
from tests.hulp.wet import zet_wet
from tests.loonkostensubsidie.betaalfabrieken import actor
from tests.loonkostensubsidie.fabrieken import ACTOR, subsidie
from tests.werkgevers.fabrieken import werk
from werkgevers.models import Ziekteperiode
from werkgevers.services.dienstverband import beeindig_dienstverband
from werkgevers.services.ziekte import meld_beter, meld_ziek, wijzig_ziekte

pytestmark = pytest.mark.usefixtures("gemeente")
MAART = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _wet(gemeente: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    zet_wet()


@pytest.fixture
def recht() -> Subsidie:
    return subsidie(dt.date(2025, 4, 1))


def ziek(recht: Subsidie, vanaf: dt.date = MAART, **velden: Any) -> Ziekteperiode:
    return meld_ziek(recht.dienstverband, vanaf, actor=ACTOR, **velden)


def taak(ziekte: Ziekteperiode) -> Werkvoorraad | None:
    return Werkvoorraad.objects.filter(sleutel=f"vangnet:{ziekte.pk}").first()


def stap(ziekte: Ziekteperiode, soort: str, op: dt.date, **velden: Any) -> Vangnetstap:
    return leg_stap_vast(ziekte, soort, op, actor=actor(), **velden)


@pytest.mark.eis("R151", "ziek met subsidie: oordeel in 6 weken, plan in 2 weken erna, elke 26 weken opnieuw bekijken")
def test_oordeel_plan_en_herijking_op_tijd(recht: Subsidie, settings: Any) -> None:
    rij = ziek(recht)
    werk_ = taak(rij)
    assert werk_ is not None and werk_.op == dt.date(2026, 4, 13), "zes weken na 2 maart"
    assert "oordeel" in werk_.titel and not any("ziek" in t.lower() for t in (werk_.titel, werk_.waarom))
    settings.PEILDATUM = "2026-04-10"
    stap(rij, "oordeel", dt.date(2026, 4, 10), langdurig=True)
    assert (taak(rij) or werk_).op == dt.date(2026, 4, 24)
    settings.PEILDATUM = "2026-04-20"
    with pytest.raises(ValidationError) as fout:
        stap(rij, "plan", dt.date(2026, 4, 20))
    assert set(fout.value.message_dict) == {"contactpersoon", "kopie_op"}
    stap(rij, "plan", dt.date(2026, 4, 20), contactpersoon="Els de Wit", kopie_op=dt.date(2026, 4, 20))
    assert (taak(rij) or werk_).op == dt.date(2026, 10, 19), "26 weken na het plan"
    settings.PEILDATUM = "2026-10-19"
    stap(rij, "herijking", dt.date(2026, 10, 19))
    assert (taak(rij) or werk_).op == dt.date(2027, 4, 19)
    with pytest.raises(OvergangGeweigerd):
        stap(rij, "plan", dt.date(2026, 10, 19), contactpersoon="Els", kopie_op=dt.date(2026, 10, 19))


@pytest.mark.eis("R151", "later dan de termijn kan alleen met een reden (art. 7)")
def test_te_laat_vraagt_een_reden(recht: Subsidie, settings: Any) -> None:
    rij = ziek(recht)
    settings.PEILDATUM = "2026-04-14"
    with pytest.raises(ValidationError, match="uiterlijk op 13 april 2026"):
        stap(rij, "oordeel", dt.date(2026, 4, 14), langdurig=True)
    stap(rij, "oordeel", dt.date(2026, 4, 14), langdurig=True, reden="Wachtte op de bedrijfsarts.")
    with pytest.raises(IntegrityError, match="vangnetstap_reden"), transaction.atomic(), handeling(ACTOR):
        Vangnetstap.objects.update(reden="")


def test_beter_of_niet_langdurig_sluit_de_taak(recht: Subsidie, settings: Any) -> None:
    rij = ziek(recht)
    meld_beter(rij, MAART, actor=ACTOR)
    assert taak(rij) is None
    settings.PEILDATUM = "2026-03-12"
    weer = ziek(recht, dt.date(2026, 3, 12))
    stap(weer, "oordeel", dt.date(2026, 3, 12), langdurig=False)
    assert taak(weer) is None


def test_betaalt_uwv_niet_dan_is_de_werkgever_aan_zet(recht: Subsidie) -> None:
    rij = ziek(recht, no_risk="nee")
    assert taak(rij) is None
    with pytest.raises(ValidationError, match="niet aan zet"):
        stap(rij, "oordeel", MAART, langdurig=True)
    wijzig_ziekte(rij, begindatum=MAART, einddatum=None, percentage=100, no_risk="ja", actor=ACTOR)
    assert taak(rij) is not None


def test_zonder_subsidie_of_voor_de_regeling_geen_taak(settings: Any) -> None:
    assert taak(meld_ziek(werk(begindatum=dt.date(2026, 1, 5)), MAART, actor=ACTOR)) is None
    settings.PEILDATUM = "2016-06-30"
    oud = subsidie(dt.date(2016, 1, 1))
    assert taak(ziek(oud, dt.date(2016, 6, 30))) is None
    settings.PEILDATUM = "2016-07-01"
    meld_beter(Ziekteperiode.objects.get(dienstverband=oud.dienstverband), dt.date(2016, 6, 30), actor=ACTOR)
    assert taak(ziek(oud, dt.date(2016, 7, 1))) is not None


def test_stopt_het_werk_tijdens_de_ziekte_dan_blijft_de_taak(recht: Subsidie, settings: Any) -> None:
    rij = ziek(recht)
    settings.PEILDATUM = "2026-03-20"
    beeindig_dienstverband(recht.dienstverband, dt.date(2026, 3, 20), "Contract voorbij.", actor=ACTOR)
    assert taak(rij) is not None, "niemand meldde zich beter"
    stap(rij, "einde", dt.date(2026, 3, 20), reden="Weer aan het werk.")
    assert taak(rij) is None


@pytest.mark.eis("R151", "tot twee jaar na de subsidie blijft de gemeente volgen wie ziek wordt")
@pytest.mark.parametrize(("dag", "erbij"), [("2027-06-30", True), ("2027-07-01", False)])
def test_twee_jaar_na_de_subsidie(recht: Subsidie, settings: Any, dag: str, erbij: bool) -> None:
    settings.PEILDATUM = "2025-07-01"
    beeindig_subsidie(recht, dt.date(2025, 6, 30), "Verdient het minimumloon.", actor=ACTOR)
    recht.refresh_from_db()
    assert vangnetwerk.volgen_tot(recht) == dt.date(2027, 6, 30)
    settings.PEILDATUM = dag
    assert (taak(ziek(recht, dt.date.fromisoformat(dag))) is not None) is erbij


def test_op_de_bladzijden(recht: Subsidie, log_in: Callable[..., Any]) -> None:
    rij = ziek(recht)
    client = log_in("medewerker_subsidies")
    url = reverse("lks_vangnet", args=[rij.pk])
    assert url in client.get(reverse("dienstverband", args=[recht.dienstverband_id])).content.decode()
    assert "13 april 2026" in client.get(url).content.decode()
    assert client.post(url, {"soort": "oordeel", "gedaan_op": "2-3-2026", "langdurig": ""}).status_code == 422
    client.post(url, {"soort": "oordeel", "gedaan_op": "2-3-2026", "langdurig": "ja"})
    tekst = client.get(url).content.decode()
    assert "Het gaat lang duren" in tekst and "Plan van aanpak: uiterlijk op 16 maart 2026" in tekst
    assert Leesregel.objects.filter(verwerking="subsidie.vangnet").exists()
    zonder = meld_ziek(werk(begindatum=dt.date(2026, 1, 5)), MAART, actor=ACTOR)
    assert client.get(reverse("lks_vangnet", args=[zonder.pk])).status_code == 404
    assert log_in("consulent").get(url).status_code in {403, 404}


def test_de_lijst_kost_een_vast_aantal_vragen(recht: Subsidie) -> None:
    def meer() -> None:
        for _ in range(3):
            ziek(subsidie(dt.date(2025, 4, 1)))

    def lees() -> None:
        with met_verzoek(uuid.uuid4().hex):
            list(vangnetwerk.werk())

    meer()
    groeit_niet(lees, meer, "vangnet", 4)
