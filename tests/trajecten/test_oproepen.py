"""What a person can take is known before a call-up goes out; ‘not known yet’ is an answer (R014)."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deelnemers.models import Werkvermogen
from deelnemers.services.diagnose import leg_vast
from organisatie.rechten import Rol
from tests.trajecten.fabrieken import ONBEKEND, AfspraakFabriek, Wereld, dagen, medewerker_met, moment
from trajecten.models import Afspraak
from trajecten.services.afspraken import plan_afspraak, verzet_afspraak

pytestmark = pytest.mark.django_db


def plan(wereld: Wereld, **velden: Any) -> Afspraak:
    return plan_afspraak(wereld.deelnemer, wereld.consulent, moment(1), moment(1, 11), actor=wereld.actor, **velden)


@pytest.mark.eis("R014", "Wie nog geen werkvermogen heeft, wordt niet opgeroepen: de fout staat bij het veld")
def test_geen_oproep_zonder_werkvermogen(wereld: Wereld) -> None:
    for vermogen, velden in ((None, {"lichamelijk", "mentaal"}), ({"lichamelijk": "vol", "mentaal": ""}, {"mentaal"})):
        with pytest.raises(ValidationError) as fout:
            plan(wereld, vermogen=vermogen)
        assert set(fout.value.message_dict) == velden
    assert not Afspraak.objects.exists() and not Werkvermogen.objects.exists()


@pytest.mark.eis("R014", "‘Onbekend’ is een waarde: zij ligt vast bij de oproep, en geldt ook voor de volgende")
def test_onbekend_is_een_antwoord(wereld: Wereld) -> None:
    plan(wereld, vermogen=ONBEKEND)
    rij = Werkvermogen.objects.get(deelnemer=wereld.deelnemer)
    assert (rij.lichamelijk, rij.mentaal, rij.uren_max, rij.arbeidsvermogen) == ("onbekend", "onbekend", None, "40")
    plan_afspraak(wereld.deelnemer, wereld.consulent, moment(2), moment(2, 11), actor=wereld.actor)
    assert Werkvermogen.objects.count() == 1


def test_wat_al_vastligt_blijft_zoals_het_is(wereld: Wereld) -> None:
    leg_vast(wereld.deelnemer, Werkvermogen, actor=wereld.actor, lichamelijk="licht", mentaal="vol", uren_max=16)
    plan(wereld, vermogen=ONBEKEND)
    assert Werkvermogen.objects.get().lichamelijk == "licht"


def test_bellen_en_verzetten_zijn_geen_oproep(wereld: Wereld) -> None:
    plan(wereld, soort="bellen")
    rij = AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(2))
    verzet_afspraak(rij, moment(3), moment(3, 11), actor=wereld.actor)
    assert not Werkvermogen.objects.exists()


@pytest.fixture
def velden(wereld: Wereld) -> dict[str, Any]:
    wie = {"medewerker": wereld.consulent.pk, "minuten": "45"}
    return wie | {"soort": "eerste", "dag": f"{dagen(1):%d-%m-%Y}", "tijd": "10.00"}


def test_het_formulier_vraagt_ernaar_en_legt_het_vast(wereld: Wereld, velden: dict[str, Any], client: Any) -> None:
    client.force_login(wereld.consulent.gebruiker)
    pad = reverse("afspraak_maken", args=[wereld.deelnemer.dossiernummer])
    assert "nog nooit vastgelegd" in client.get(pad).content.decode()
    fout = client.post(pad, velden)
    assert (
        fout.status_code == 400
        and "Kies wat deze persoon lichamelijk aankan, voordat je oproept" in fout.content.decode()
    )
    assert "(mag leeg)" not in fout.content.decode().split("lichamelijk aan?")[1].split("</label>")[0]
    assert client.post(pad, velden | {"soort": "bellen", "tijd": "9.00"}).status_code == 302
    assert not Werkvermogen.objects.exists()
    assert (
        client.post(pad, velden | {"lichamelijk": "licht", "mentaal": "onbekend", "uren_max": "24"}).status_code == 302
    )
    rij = Werkvermogen.objects.get()
    assert (rij.lichamelijk, rij.mentaal, rij.uren_max) == ("licht", "onbekend", 24)
    assert "nog nooit vastgelegd" not in client.get(pad).content.decode()


@pytest.mark.eis(
    "R228", "Wie geen bijzondere gegevens ziet, legt over het werkvermogen alleen vast dat hij het niet weet"
)
def test_zonder_het_recht_alleen_onbekend(wereld: Wereld, velden: dict[str, Any], client: Any) -> None:
    collega = medewerker_met(Rol.ACCOUNTMANAGER_WSP, wereld.team)
    AfspraakFabriek(deelnemer=wereld.deelnemer, medewerker=wereld.consulent, begint_op=moment(4))
    client.force_login(collega.gebruiker)
    pad = reverse("afspraak_maken", args=[wereld.deelnemer.dossiernummer])
    blad = client.get(pad)
    assert blad.status_code == 200 and 'name="uren_max"' not in blad.content.decode()
    assert client.post(pad, velden | {"lichamelijk": "licht", "mentaal": "onbekend"}).status_code == 400
    assert client.post(pad, velden | ONBEKEND).status_code == 302
    assert Werkvermogen.objects.get().lichamelijk == "onbekend"
