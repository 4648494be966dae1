"""Stops and maatregelen stand beside outflow per team, so that a result by stopping is visible (R017)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Deelnemer, Maatregeladvies
from kern.handeling import handeling
from kern.models import Leesregel
from rapportage.models import Feit
from tests.hulp.vragen import tel_vragen
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]
PEIL = {"peildatum": EIND.isoformat()}


JUNI = dag(6, 20)


def besluit(w: Wereld, op: dt.date = JUNI, status: str = "opgelegd", **velden: Any) -> Maatregeladvies:
    """What income decided about somebody in the team of the world."""
    persoon: Deelnemer = velden.pop("persoon", None) or w.persoon()
    antwoord = {"besluit_op": op, "beantwoord_op": op} if status not in {"verstuurd", "ontvangen"} else {}
    if status == "opgelegd":
        antwoord["ingangsdatum"] = op
    if not persoon.team_id:
        w.regie(persoon, dag(1, 1), team=velden.pop("team", None))
    with handeling(FABRIEK):
        rij: Maatregeladvies = Maatregeladvies.objects.create(
            deelnemer=persoon, reden="18-4-h", gebeurd_op=dag(1, 8), feiten="Kwam niet naar de training.",
            hoorwijze="geen", gehoord_op=dag(1, 10), verwijtbaar="De persoon wist van de training.",
            gegeven_op=dag(1, 12), termijn=dag(1, 26), status=status, status_sinds=op, gegeven_door=w.medewerker,
            **antwoord,
        )  # fmt: skip
    return rij


def rijen(client: Client, **vraag: str) -> dict[str, list[str]]:
    """The table on the dashboard: team → the words of its cells."""
    tabel = client.get(reverse("prestatiecontract"), PEIL | vraag).context["naast"]
    return {str(rij[0].waarde): [str(cel.waarde) for cel in rij[1:]] for rij in tabel.rijen} if tabel else {}


@pytest.mark.eis("R017", "Alleen een opgelegde maatregel telt, op de dag van het besluit en bij het team van die dag")
def test_wat_als_maatregel_telt(wereld: Wereld) -> None:
    for status in ("opgelegd", "gewaarschuwd", "niet_opgelegd", "verstuurd"):
        besluit(wereld, status=status)
    besluit(wereld, dag(2, 1))
    wereld.nacht()
    assert wereld.telling("maatregelen").teller == 2
    assert wereld.telling("maatregelen", team=wereld.team.pk).teller == 2
    assert wereld.telling("maatregelen", team=TeamFabriek().pk).teller == 0
    assert {r.status for r in wereld.vraag("maatregelen").rijen()} == {"opgelegd", "gewaarschuwd", "niet_opgelegd"}


@pytest.mark.eis("R017", "Neemt inkomen het antwoord terug, dan telt de maatregel de volgende nacht niet meer")
def test_een_antwoord_dat_terug_is_telt_niet(wereld: Wereld) -> None:
    rij = besluit(wereld)
    wereld.nacht()
    assert wereld.telling("maatregelen").teller == 1
    leeg = {"besluit_op": None, "beantwoord_op": None, "ingangsdatum": None}
    wereld.wijzig(rij, status="ontvangen", **leeg)
    wereld.nacht()
    assert wereld.telling("maatregelen").teller == 0
    assert Feit.objects.filter(soort="maatregel", bekend_tot__isnull=False).count() == 1, "wat we wisten, blijft staan"


@pytest.mark.eis("R016", "Een feit over een maatregel zegt alleen wat is besloten: geen plicht, feiten of zienswijze")
def test_het_feit_zegt_niets_over_de_inhoud(wereld: Wereld) -> None:
    besluit(wereld)
    wereld.nacht()
    feit = Feit.objects.get(soort="maatregel")
    tekst = " ".join(str(getattr(feit, veld.attname)) for veld in Feit._meta.fields)
    assert "18-4-h" not in tekst and "training" not in tekst


@pytest.mark.eis("R017", "Op het bord staan uitstroom, naar werk, stopgezet en maatregelen per team naast elkaar")
def test_per_team_op_het_bord(wereld: Wereld, log_in: LogIn) -> None:
    ander = TeamFabriek(naam="Team Zuid", pijler=wereld.team.pijler)
    for nummer in range(3):
        wereld.einde("werk_voltijd", op=dag(2, 1 + nummer))
    for nummer in range(2):
        wereld.einde("overig", bus="35", op=dag(3, 1 + nummer))
    besluit(wereld)
    besluit(wereld, team=ander)
    wereld.nacht()
    client = log_in("controller")
    assert rijen(client) == {
        wereld.team.naam: ["5", "3", "2", "1"],
        "Team Zuid": ["0", "0", "0", "1"],
        "Samen": ["5", "3", "2", "2"],
    }
    assert set(rijen(client, wie=f"team:{ander.pk}")) == {"Team Zuid"}
    assert "Samen" in rijen(client, wie=f"pijler:{wereld.team.pijler_id}")
    assert rijen(client, wie="bron:intake") == {}, "andere delen dan teams hebben geen teams"


@pytest.mark.eis("R017", "Elk getal opent tot op de persoon, voor wie dat mag")
def test_het_getal_opent_de_personen(wereld: Wereld, log_in: LogIn) -> None:
    rij = besluit(wereld)
    stop = wereld.einde("overig", bus="35", op=dag(3, 1))
    wereld.regie(stop.deelnemer, dag(1, 1))
    wereld.nacht()
    client = log_in("teammanager", team=wereld.team)
    tabel = client.get(reverse("prestatiecontract"), PEIL).context["naast"]
    blad = client.get(tabel.rijen[0][-1].url).content.decode()
    assert rij.deelnemer.naam in blad and "Maatregel opgelegd" in blad and "tellen als succes" not in blad
    assert Leesregel.objects.filter(verwerking="cijfer.personen", betrokkenen=[rij.deelnemer_id]).exists()
    assert stop.deelnemer.naam in client.get(reverse("cijfer", args=["stopgezet"]), PEIL).content.decode()


@pytest.mark.eis("R228", "Wie geen gegevens over waarschuwingen mag zien, ziet het aantal maatregelen en geen persoon")
@pytest.mark.parametrize("adres", ["cijfer", "cijfer_export"])
def test_zonder_bijzondere_gegevens_geen_persoon(wereld: Wereld, log_in: LogIn, adres: str) -> None:
    rij = besluit(wereld)
    wereld.nacht()
    antwoord = log_in("controller").get(reverse(adres, args=["maatregelen"]), PEIL)
    inhoud = b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content
    assert antwoord.status_code == 200 and rij.deelnemer.naam.encode() not in inhoud
    assert not Leesregel.objects.filter(betrokkenen__contains=[rij.deelnemer_id]).exists()


def test_kleine_getallen_zijn_weg(wereld: Wereld, log_in: LogIn) -> None:
    for nummer in range(8):
        wereld.einde("werk_voltijd", op=dag(2, 1 + nummer))
    wereld.einde("overig", bus="35", op=dag(3, 1))
    besluit(wereld)
    wereld.nacht()
    for naam, cellen in rijen(log_in("consulent")).items():
        assert cellen[2:] == ["te klein", "te klein"], naam
    assert rijen(log_in("consulent"), peildatum=dag(9, 30).isoformat()) == {}, "twee dagen naast elkaar verraden iemand"


def test_vragen_groeien_niet_met_de_teams(wereld: Wereld, log_in: LogIn) -> None:
    client = log_in("controller")
    aantallen = []
    for teams in (1, 5):
        for _ in range(teams):
            besluit(wereld, team=TeamFabriek(pijler=wereld.team.pijler))
        wereld.nacht()
        client.get(reverse("prestatiecontract"), PEIL)
        with tel_vragen() as vragen:
            client.get(reverse("prestatiecontract"), PEIL)
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1], aantallen
