"""A trial place with benefit: two months, six with an extension, under conditions (Participatiewet art. 8a)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from kern.handeling import Actor, handeling
from kern.models import Werkvoorraad
from loonkostensubsidie.services.subsidie import begin_subsidie
from tests.hulp.wet import zet_wet
from tests.loonkostensubsidie.fabrieken import regeling
from tests.werkgevers.fabrieken import ACTOR, VacatureFabriek, kandidaat, werk
from werkgevers.models import Plaatsing, Proefplaats
from werkgevers.services import bemiddeling
from werkgevers.services import proefplaats as dienst
from werkgevers.services.plaatsing import Plaatsingsgegevens, beeindig_plaatsing, plaats

pytestmark = pytest.mark.usefixtures("gemeente")
BEGIN = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _wet(gemeente: Any, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"
    zet_wet()


@pytest.fixture
def wsp(maak_medewerker: Callable[..., Any]) -> Any:
    return maak_medewerker("accountmanager_wsp")


def plek(wsp: Any, mens: Any = None, begin: dt.date = BEGIN, vacature: Any = None) -> Plaatsing:
    """A placement without wage."""
    vacature = vacature or VacatureFabriek(
        soort="trajectplek", bruto_uurloon=None, contractvorm="geen", accountmanager=wsp, titel="Hulp in de keuken"
    )
    rij = bemiddeling.draag_voor(mens or kandidaat(), vacature, wsp, actor=ACTOR)
    return plaats(rij, Plaatsingsgegevens(begin, Decimal(24)), actor=ACTOR)


def proef(rij: Plaatsing, tot: dt.date, wsp: Any, begin: dt.date = BEGIN, **velden: Any) -> Proefplaats:
    goed: dict[str, Any] = {"contract_maanden": 6, "verzekerd": True, "niet_eerder": True}
    actor = Actor.van_gebruiker(wsp.gebruiker)
    return dienst.leg_proefplaats_vast(rij, begin, tot, actor=actor, **(goed | velden))


@pytest.mark.eis("R071", "een proefplaats duurt hoogstens twee maanden, met een verlenging samen zes")
def test_twee_maanden_en_samen_zes(wsp: Any) -> None:
    rij, actor = plek(wsp), Actor.van_gebruiker(wsp.gebruiker)
    with pytest.raises(ValidationError, match="tot en met 1 mei 2026") as fout:
        proef(rij, dt.date(2026, 5, 2), wsp)
    assert list(fout.value.message_dict) == ["einddatum"]
    eerst = proef(rij, dt.date(2026, 5, 1), wsp)
    with pytest.raises(ValidationError, match="tot en met 1 september 2026"):
        dienst.verleng_proefplaats(eerst, dt.date(2026, 9, 2), "Meer tijd nodig.", actor=actor)
    with pytest.raises(ValidationError, match="Schrijf op waarom"):
        dienst.verleng_proefplaats(eerst, dt.date(2026, 9, 1), " ", actor=actor)
    langer = dienst.verleng_proefplaats(eerst, dt.date(2026, 9, 1), "Meer tijd nodig.", actor=actor)
    assert (langer.eerst_tot, langer.einddatum) == (dt.date(2026, 5, 1), dt.date(2026, 9, 1))
    with pytest.raises(ValidationError, match="al een keer verlengd"):
        dienst.verleng_proefplaats(langer, dt.date(2026, 9, 1), "Nog eens.", actor=actor)


@pytest.mark.parametrize(("veld", "waarde"), [("contract_maanden", 5), ("verzekerd", False), ("niet_eerder", False)])
@pytest.mark.eis("R071", "een proefplaats kan alleen onder de voorwaarden, en niet voor werk dat iemand hier al deed")
def test_de_voorwaarden(wsp: Any, veld: str, waarde: Any) -> None:
    rij = plek(wsp)
    with pytest.raises(ValidationError) as fout:
        proef(rij, dt.date(2026, 4, 30), wsp, **{veld: waarde})
    assert list(fout.value.message_dict) == [veld]
    proef(rij, dt.date(2026, 4, 30), wsp)
    with pytest.raises(IntegrityError, match="proefplaats_voorwaarden"), transaction.atomic(), handeling(ACTOR):
        Proefplaats.objects.update(verzekerd=False)


def test_wie_het_werk_hier_al_deed_krijgt_geen_proef(wsp: Any, settings: Any) -> None:
    rij = plek(wsp)
    werk(
        begindatum=dt.date(2025, 1, 6), einddatum=dt.date(2025, 6, 30), deelnemer=rij.deelnemer,
        werkgever=rij.werkgever, functie="hulp in de keuken", soort="regulier", loonwaarderoute="geen",
    )  # fmt: skip
    with pytest.raises(ValidationError, match="al eerder deed"):
        proef(rij, dt.date(2026, 4, 30), wsp)


def test_voor_2023_en_bij_betaald_werk_is_er_geen_proefplaats(wsp: Any, settings: Any) -> None:
    settings.PEILDATUM = "2022-12-31"
    oud = plek(wsp, begin=dt.date(2022, 12, 31))
    with pytest.raises(ValidationError, match="nog niet in de wet"):
        proef(oud, dt.date(2023, 1, 31), wsp, begin=dt.date(2022, 12, 31))
    rij = plek(wsp, begin=dt.date(2023, 1, 2))
    with handeling(ACTOR):
        Plaatsing.objects.filter(pk=rij.pk).update(soort="regulier", bruto_uurloon=15, contractvorm="onbepaald")
    with pytest.raises(ValidationError, match="betaald werk"):
        proef(rij, dt.date(2023, 2, 28), wsp, begin=dt.date(2023, 1, 2))


@pytest.mark.eis("R071", "voor het einde van een proefplaats staat er een taak, en na het stoppen niet meer")
def test_de_taak_voor_het_einde(wsp: Any) -> None:
    rij = plek(wsp)
    proef(rij, dt.date(2026, 5, 1), wsp)
    taak = Werkvoorraad.objects.get(sleutel=f"proefplaats:{rij.pk}")
    assert (taak.op, taak.voor_id) == (dt.date(2026, 4, 17), wsp.gebruiker_id)
    beeindig_plaatsing(rij, BEGIN, "ander_werk", actor=ACTOR)
    assert not Werkvoorraad.objects.filter(sleutel=f"proefplaats:{rij.pk}").exists()


@pytest.mark.eis("R149", "tijdens een proefplaats is er geen loon en dus geen loonkostensubsidie")
def test_geen_subsidie_tijdens_de_proef(wsp: Any) -> None:
    rij = plek(wsp)
    proef(rij, dt.date(2026, 5, 1), wsp)
    baan = werk(begindatum=BEGIN, deelnemer=rij.deelnemer, werkgever=rij.werkgever)
    with pytest.raises(ValidationError, match="Tot en met 1 mei 2026 is er een proefplaats") as fout:
        begin_subsidie(baan, regeling(), dt.date(2026, 5, 1), actor=ACTOR)
    assert list(fout.value.message_dict) == ["begindatum"]
    assert begin_subsidie(baan, regeling(), dt.date(2026, 5, 2), actor=ACTOR).pk


def test_op_de_bladzijden(log_in: Callable[..., Any], wsp: Any) -> None:
    client = log_in("accountmanager_wsp")
    rij = plek(client.medewerker)
    url, blad = reverse("proefplaats", args=[rij.pk]), reverse("plaatsing", args=[rij.pk])
    assert url in client.get(blad).content.decode()
    velden = {"begindatum": "2-3-2026", "einddatum": "30-5-2026", "contract_maanden": "12"}
    fout = client.post(url, velden | {"verzekerd": "on"})
    assert fout.status_code == 422 and "al eerder deed" in fout.content.decode()
    fout = client.post(url, velden | {"verzekerd": "on", "niet_eerder": "on"})
    assert fout.status_code == 422 and "tot en met 1 mei 2026" in fout.content.decode()
    client.post(url, velden | {"einddatum": "1-5-2026", "verzekerd": "on", "niet_eerder": "on"})
    tekst = client.get(blad).content.decode()
    assert "2 maart 2026 tot en met 1 mei 2026" in tekst and "Proefplaats verlengen" in tekst
    client.post(url, {"einddatum": "1-6-2026", "reden": "Nog een maand leren."})
    tekst = client.get(blad).content.decode()
    assert "verlengd: Nog een maand leren." in tekst and url not in tekst
