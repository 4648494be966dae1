"""Figures of appreciation: closed quarters, ten or more, never per colleague, and nothing to compute back (R018)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kern import klok
from organisatie.rechten import Rol
from rapportage.waardering import DREMPEL, Deel, kwartalen, waarderingen
from tests.hulp.vragen import groeit_niet
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import InstrumentFabriek
from trajecten.models import Waardering
from trajecten.models.waardering import begin_van_kwartaal

pytestmark = pytest.mark.django_db


def vorig() -> dt.date:
    return begin_van_kwartaal(begin_van_kwartaal(klok.vandaag()) - dt.timedelta(days=1))


def geef(team: Any, aantal: int, moment: str = "intake", instrument: Any = None, **velden: Any) -> None:
    punten = {"geholpen": 4, "geluisterd": 5, "duidelijk": 2, "kwartaal": vorig()} | velden
    Waardering.objects.bulk_create(
        Waardering(team=team, moment=moment, instrument=instrument, **punten) for _ in range(aantal)
    )


@pytest.fixture
def teams(gemeente: Any) -> list[Any]:
    return [TeamFabriek(naam=f"Team {n}") for n in "ABCD"]


@pytest.mark.eis("R018", "Per team, moment en onderdeel, per kwartaal: aantal, gemiddelde per vraag en verdeling")
def test_cijfers_per_team(log_in: Any, teams: list[Any]) -> None:
    kok = InstrumentFabriek(naam="Horecatraining")
    geef(teams[0], 20)
    geef(teams[0], 12, "einde", kok, geholpen=1)
    geef(teams[1], 15)
    baas = log_in(Rol.TEAMMANAGER, team=teams[0])
    blad = baas.get(reverse("waarderingscijfers")).content.decode()
    assert "47 antwoorden" in blad and "Team A" in blad and "Team B" in blad
    blad = baas.get(reverse("waarderingscijfers"), {"team": teams[0].pk}).content.decode()
    assert "32 antwoorden" in blad and "Horecatraining" in blad and "Na de intake" in blad
    deel = waarderingen(vorig()).delen[str(teams[0].pk)]
    assert deel.punten["geholpen"] == [12, 0, 0, 20, 0]
    assert str(deel.gemiddelde("geholpen")) == "2.9"
    assert {d.naam for d in deel.delen["einde"].delen.values()} == {"Horecatraining"}


@pytest.mark.eis("R018", "Onder de tien antwoorden is een deel niet te zien, en een tweede deel gaat mee")
def test_klein_en_nog_een(log_in: Any, teams: list[Any]) -> None:
    for team, aantal in zip(teams, (30, 20, 12, 4), strict=True):
        geef(team, aantal)
    alles = waarderingen(vorig())
    assert {d.naam for d in alles.delen.values() if d.verborgen} == {"Team C", "Team D"}
    baas = log_in(Rol.AFDELINGSMANAGER)
    blad = baas.get(reverse("waarderingscijfers")).content.decode()
    assert blad.count("te klein</td>") == 2 or blad.count(">te klein<") == 2
    dicht = baas.get(reverse("waarderingscijfers"), {"team": teams[2].pk}).content.decode()
    assert "te weinig antwoorden" in dicht and "12 antwoorden" not in dicht


@pytest.mark.eis("R018", "Het kwartaal dat nog loopt is niet te zien: een cijfer dat groeit verraadt een antwoord")
def test_het_lopende_kwartaal_is_dicht(log_in: Any, teams: list[Any]) -> None:
    nu = begin_van_kwartaal(klok.vandaag())
    geef(teams[0], 30, kwartaal=nu)
    assert kwartalen() == []
    with pytest.raises(ValueError, match="loopt nog"):
        waarderingen(nu)
    baas = log_in(Rol.TEAMMANAGER, team=teams[0])
    assert "Nog geen cijfers" in baas.get(reverse("waarderingscijfers")).content.decode()
    geef(teams[0], 30)
    blad = baas.get(reverse("waarderingscijfers"), {"kwartaal": nu.isoformat()}).content.decode()
    assert "30 antwoorden" in blad


@pytest.mark.eis("R018", "Alleen wie teams leidt ziet de cijfers, en nooit per medewerker")
def test_wie_het_ziet(log_in: Any, teams: list[Any]) -> None:
    geef(teams[0], 30)
    for rol in (Rol.CONSULENT, Rol.CONTROLLER, Rol.INKOMENSCONSULENT, Rol.WERKLEIDER):
        assert log_in(rol, team=teams[0]).get(reverse("waarderingscijfers")).status_code == 403
    assert not [v.name for v in Waardering._meta.get_fields() if "medewerker" in v.name or "gebruiker" in v.name]


def _zichtbare_sommen(deel: Deel) -> list[tuple[Deel, list[Deel], list[Deel]]]:
    """Every visible part with its visible and its withheld children."""
    uit = []
    if not deel.verborgen:
        wel = [d for d in deel.delen.values() if not d.verborgen]
        niet = [d for d in deel.delen.values() if d.verborgen]
        uit.append((deel, wel, niet))
        for kind in wel:
            uit += _zichtbare_sommen(kind)
    return uit


RIJ = st.tuples(
    st.integers(0, 3), st.sampled_from(["intake", "halverwege", "einde"]), st.integers(0, 2), st.integers(1, 24)
)


@pytest.mark.eis("R018", "Wat niet te zien is, is ook niet uit te rekenen uit het geheel en de andere delen")
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rijen=st.lists(RIJ, min_size=1, max_size=14))
def test_niets_terug_te_rekenen(rijen: list[tuple[int, str, int, int]]) -> None:
    alles = Deel("", "Hele afdeling")
    for team, moment, instrument, aantal in rijen:
        rij = {"aantal": aantal} | {f"{v}_{p}": 0 for v in ("geholpen", "geluisterd", "duidelijk") for p in range(1, 6)}
        pad = alles, alles.deel(str(team), ""), alles.deel(str(team), "").deel(moment, "")
        for deel in (*pad, pad[-1].deel(str(instrument), "")):
            deel.erbij(rij)
    alles.verberg()
    for deel, wel, niet in _zichtbare_sommen(alles):
        assert deel.aantal >= DREMPEL
        if not deel.delen:
            continue
        rest = deel.aantal - sum(d.aantal for d in wel)
        assert rest == sum(d.aantal for d in niet)
        assert not niet or (len(niet) > 1 and rest >= DREMPEL) or not wel
        for kind in niet:
            assert all(d.verborgen for d in kind.delen.values())


def test_kost_evenveel_vragen(log_in: Any, teams: list[Any]) -> None:
    geef(teams[0], 20, instrument=InstrumentFabriek(naam="Taal"))
    baas = log_in(Rol.AFDELINGSMANAGER)

    def meer() -> None:
        for n in range(6):
            geef(TeamFabriek(naam=f"Team {n}"), 12, "einde", InstrumentFabriek(naam=f"Training {n}"))

    groeit_niet(lambda: baas.get(reverse("waarderingscijfers")), meer, "waarderingscijfers", 20)
