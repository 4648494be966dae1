"""One person in two roles, people without a benefit, and stops beside outflow: what counts where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from kern.aansluitingen import tijdlijn
from organisatie.rechten import ROLRECHTEN, Rol
from rapportage.models import Indicatorversie
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]
PEIL = {"peildatum": EIND.isoformat()}


@pytest.mark.eis(
    "R002", "Iemand met een uitkering die ook in dienst is: één tijdlijn, en elk cijfer telt zijn eigen rol"
)
def test_deelnemer_en_werknemer_tegelijk(wereld: Wereld) -> None:
    persoon = wereld.persoon()
    wereld.uitkering(persoon)
    wereld.traject(persoon)
    wereld.dienstverband("sw", dag(2, 1), persoon=persoon)
    wereld.nacht()
    assert wereld.cijfers("1.6", "1.1", "1.0") == [1, 0, 0]  # at work with us is no outflow from the benefit
    lijnen = {kamer: list(maak(persoon.pk)) for kamer, maak in tijdlijn.kamers().items()}
    assert any("Traject gestart" in regel.titel for regel in lijnen["trajecten"])
    assert lijnen["werkgevers"], "het dienstverband staat op dezelfde tijdlijn"
    assert {regel.betrokkene_id for regels in lijnen.values() for regel in regels} == {persoon.pk}


@pytest.mark.eis("R002", "Eerst deelnemer, later werknemer: de uitstroom en het dienstverband tellen elk één keer")
def test_eerst_deelnemer_daarna_werknemer(wereld: Wereld) -> None:
    einde = wereld.einde("sw", op=dag(3, 1))
    wereld.dienstverband("sw", dag(3, 2), persoon=einde.deelnemer)
    wereld.nacht()
    assert wereld.cijfers("1.0", "1.1", "1.6") == [1, 1, 1]
    soorten = {code: wereld.rij(code, einde.deelnemer).sleutel.partition(":")[0] for code in ("1.1", "1.6")}
    assert soorten["1.1"] != soorten["1.6"]


@pytest.mark.eis("R011", "Wie geen uitkering heeft, krijgt een traject; hij telt als traject, nooit als uitstroom")
def test_zonder_uitkering(wereld: Wereld) -> None:
    nug = wereld.einde("werk_voltijd", uitkering=None, begint=dag(2, 1))
    wereld.einde("werk_voltijd", begint=dag(2, 1))
    wereld.nacht()
    assert wereld.cijfers("1.0", "1.1", "instroom") == [1, 1, 2]
    rij = wereld.rij("1.1", nug.deelnemer)
    assert (rij.status, rij.telt) == ("geen_uitkering", 0)


@pytest.mark.eis("R017", "Stopzettingen staan bij de uitstroom van elk team, zodat je ziet wat werk is en wat niet")
def test_stops_staan_bij_de_uitstroom_van_het_team(wereld: Wereld, log_in: LogIn) -> None:
    for nummer in range(6):
        wereld.einde("werk_voltijd", op=dag(2, 1 + nummer))
        wereld.einde("overig", bus="34", op=dag(3, 1 + nummer))
        wereld.einde("werk_voltijd", op=dag(4, 1 + nummer), team=wereld.ander_team)
    wereld.nacht()
    client = log_in("controller")

    def voet(team: int) -> str:
        bord = client.get(reverse("prestatiecontract"), PEIL | {"wie": f"team:{team}"})
        tegels = {t.titel: t for t in bord.context["tegels"]}
        return f"{tegels['Uit de uitkering, totaal'].cijfer} {tegels['Overige uitstroom'].voet}"

    assert voet(wereld.team.pk) == "12 Waarvan stopgezet 6"
    assert "stopgezet" not in voet(wereld.ander_team.pk)


@pytest.mark.eis("R224", "De auditor leest definities, wijzigingen en de mensen achter een cijfer, en wijzigt niets")
def test_de_auditor_leest_en_wijzigt_niets(wereld: Wereld, log_in: LogIn) -> None:
    einde = wereld.einde("werk_voltijd")
    wereld.nacht()
    client = log_in("auditor")
    definitie = client.get(reverse("definitie", args=["1.1"]))
    assert definitie.status_code == 200
    assert "Wat is er veranderd" in definitie.content.decode()
    assert list(definitie.context["versies"]) == list(Indicatorversie.objects.filter(indicator__code="1.1"))
    lijst = client.get(reverse("cijfer", args=["1.1"]), PEIL)
    assert einde.deelnemer.naam in lijst.content.decode()
    assert client.get(reverse("leestoezicht")).status_code == 200
    velden = {"geldig_van": "01-01-2015", "definitie": "{}", "toelichting": "x"}
    assert "Een nieuwe versie voorstellen" not in definitie.content.decode()
    assert client.post(reverse("definitie", args=["1.1"]), velden).context["form"] is None
    assert Indicatorversie.objects.filter(indicator__code="1.1").count() == 1
    assert not {recht for recht in ROLRECHTEN[Rol.AUDITOR] if recht.endswith(("wijzigen", "behandelen", "beheren"))}
