"""The hard part of the diagnosis is searchable, for whom the reader works with and no further (R046)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import (
    Beschikbaarheid,
    Deelnemer,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.services import leestoezicht
from deelnemers.services.diagnose import leg_vast
from deelnemers.services.regie import doorbreek
from kern import klok
from kern.handeling import Actor
from kern.models import Leesregel
from tests.deelnemers.fabrieken import TOETS, met_regie
from tests.deelnemers.test_beperking import beperk
from tests.hulp.vragen import groeit_niet
from tests.organisatie.fabrieken import TeamFabriek

PAD = "/mensen/zoeken"


def leg(deelnemer: Deelnemer, soort: Any, **velden: Any) -> Any:
    return leg_vast(deelnemer, soort, actor=TOETS, **velden)


def beschikbaar(deelnemer: Deelnemer, **velden: Any) -> Any:
    basis = {"uren_min": 8, "uren_max": 24, "beschikbaar_vanaf": klok.vandaag()}
    return leg(deelnemer, Beschikbaarheid, **(basis | velden))


@pytest.fixture
def zoek(client: Any, consulent: Any) -> Any:
    """Ask as the regievoerder; the names that were found."""
    client.force_login(consulent.gebruiker)

    def vraag(**filters: Any) -> list[str]:
        antwoord = client.get(PAD, filters)
        assert antwoord.status_code == 200
        return [rij[0].waarde for rij in antwoord.context["tabel"].rijen]

    return vraag


@pytest.fixture
def drie(consulent: Any) -> tuple[Deelnemer, Deelnemer, Deelnemer]:
    """Samira knows and can a lot, Karim something else, and of Noor nothing is known yet."""
    samira, karim, noor = (met_regie(consulent, roepnaam=naam) for naam in ("Samira", "Karim", "Noor"))
    leg(samira, Opleiding, niveau=4, naam="Verzorgende IG", status="diploma")
    leg(samira, Werkervaring, functie="Hulp in de zorg", maanden=30, sector="zorg")
    leg(samira, Taalbeheersing, taal="nld", mondeling=4, schriftelijk=2)
    beschikbaar(samira, uren_max=32, dagdelen=["ma-o", "di-o"], rijbewijzen=["B"], vervoer="auto", reistijd_max=60)
    leg(karim, Opleiding, niveau=2, naam="Techniek", status="zonder")
    leg(karim, Werkervaring, functie="Reachtruck rijden", beroep_code="8344.1", maanden=8)
    leg(karim, Taalbeheersing, taal="nld", mondeling=2, schriftelijk=2)
    leg(karim, Zoekberoep, naam="Café openen")
    beschikbaar(karim, avond=True, reistijd_max=30, vervoer="fiets")
    return samira, karim, noor


@pytest.mark.eis("R046", "Op opleiding, werk, taal, rijbewijs, dagen, uren en reizen vind je wie past")
def test_elk_onderdeel_van_de_harde_diagnose_is_te_vinden(zoek: Any, drie: Any) -> None:
    samira, karim, noor = (d.naam for d in drie)
    assert sorted(zoek()) == sorted([samira, karim, noor])
    assert zoek(niveau=3) == [samira] and zoek(diploma="on") == [samira] and zoek(richting="verzórgende") == [samira]
    assert zoek(niveau=2, richting="techniek") == [karim] and zoek(richting="techniek", diploma="on") == []
    assert zoek(werk="zorg", ervaring=24) == [samira] and zoek(werk="zorg", ervaring=60) == []
    assert zoek(werk="heftruckchauffeur") == [karim], "een beroep uit de Europese lijst telt ook"
    assert zoek(sector="zorg") == [samira] and zoek(zoekt="cafe") == [karim]
    assert zoek(spreken=3) == [samira] and sorted(zoek(schrijven=2)) == sorted([samira, karim])
    assert zoek(taal="nld", spreken=4, schrijven=3) == [] and zoek(taal="tur") == []
    assert zoek(uren=25) == [samira] and zoek(rijbewijs="B") == [samira] and zoek(vervoer="fiets") == [karim]
    assert zoek(reistijd=45) == [samira] and zoek(spreken=1, reistijd=45, rijbewijs="B") == [samira]


@pytest.mark.eis("R046", "Wie geen dagdelen noemt kan op elke werkdag; ’s avonds en in het weekend zegt iemand apart")
def test_dagen_en_dagdelen(zoek: Any, drie: Any) -> None:
    samira, karim, _ = (d.naam for d in drie)
    assert sorted(zoek(dag="ma")) == sorted([samira, karim]) and zoek(dag="wo") == [karim]
    assert zoek(dag="ma", deel="m") == [karim] and sorted(zoek(deel="o")) == sorted([samira, karim])
    assert zoek(deel="a") == [karim] and zoek(dag="za") == []
    morgen = klok.vandaag() - dt.timedelta(days=1)
    assert zoek(vanaf=f"{morgen:%d-%m-%Y}", uren=1) == []


def test_alleen_wat_nu_geldt_wordt_gevonden(zoek: Any, drie: Any) -> None:
    """R046, R227: a corrected value is no longer found."""
    samira = drie[0]
    leg(samira, Taalbeheersing, taal="nld", mondeling=1, schriftelijk=1, vervangt=samira.talen.get())
    assert zoek(spreken=3) == []


@pytest.mark.eis("R046", "Alleen mensen met wie je werkt: niet na een leesverbod, een beperking of een doorbreking")
def test_alleen_wie_je_mag_zien(zoek: Any, drie: Any, consulent: Any, team: Any, maak_medewerker: Any) -> None:
    samira, karim, noor = drie
    ander = maak_medewerker("consulent", team=TeamFabriek(naam="Team West"))
    vreemd = met_regie(ander, roepnaam="Vera")
    beschikbaar(vreemd, uren_max=40)
    doorbreek(vreemd, consulent, "Zij staat aan de balie en vraagt mij iets", actor=TOETS)
    collega = met_regie(maak_medewerker("consulent", team=team), team, roepnaam="Collega")
    familie = met_regie(maak_medewerker("consulent", team=team), team, roepnaam="Familie")
    leestoezicht.verbied(familie, consulent, "familie", actor=TOETS)
    beperk(noor, Actor.van_gebruiker(maak_medewerker("privacy_officer").gebruiker))
    assert sorted(zoek()) == sorted([samira.naam, karim.naam])
    for van in ("team", "werk"):
        assert sorted(zoek(van=van)) == sorted([samira.naam, karim.naam, collega.naam])
    assert zoek(van="werk", uren=40) == []


@pytest.mark.eis("R228", "Wie geen bijzondere gegevens mag zien, kan niet op arbeidsvermogen zoeken")
def test_arbeidsvermogen_alleen_met_het_recht(
    zoek: Any, drie: Any, client: Any, team: Any, maak_medewerker: Any
) -> None:
    samira = drie[0]
    leg(samira, Werkvermogen, arbeidsvermogen="11")
    assert zoek(vermogen="11") == [samira.naam]
    assert "Arbeidsvermogen" in client.get(PAD).content.decode()
    client.force_login(maak_medewerker("afdelingsmanager", team=team).gebruiker)
    blad = client.get(PAD, {"van": "team", "vermogen": "11"})
    assert "Arbeidsvermogen" not in blad.content.decode() and blad.context["aantal"] == Deelnemer.objects.count()


def test_zonder_caseload_geen_lijst(client: Any, team: Any, maak_medewerker: Any) -> None:
    """R223: the list is for who guides people or leads them."""
    client.force_login(maak_medewerker("inkomensconsulent", team=team).gebruiker)
    assert client.get(PAD).status_code == 403


@pytest.mark.eis("R223", "Elke lijst die gezocht wordt staat in het leeslog, met wie erop stond")
def test_elke_lijst_staat_in_het_leeslog(zoek: Any, drie: Any) -> None:
    zoek(niveau=3)
    regel = Leesregel.objects.filter(verwerking="mensen.zoeken").latest("pk")
    assert regel.grond == "regie" and drie[0].pk in regel.betrokkenen and len(regel.betrokkenen) == 1


def test_de_vraag_blijft_in_het_adres_en_een_bsn_mag_er_niet_in(zoek: Any, drie: Any, client: Any) -> None:
    """R046, R001: a filter that is on is a chip, and a page further asks the same."""
    blad = client.get(PAD, {"taal": "nld", "spreken": "3"}).content.decode()
    assert "Spreekt minstens: B1" in blad and "Taal: Nederlands" in blad
    fout = client.get(PAD, {"werk": "999990007"})
    assert "Zoek hier niet op een BSN" in fout.content.decode() and fout.context["aantal"] == 0


def test_kost_evenveel_vragen_bij_meer_mensen(client: Any, consulent: Any) -> None:
    """R046: the list of 25 costs as many queries as the list of 3."""
    client.force_login(consulent.gebruiker)

    def erbij(aantal: int) -> None:
        for _ in range(aantal):
            deelnemer = met_regie(consulent)
            leg(deelnemer, Opleiding, niveau=2)
            leg(deelnemer, Werkervaring, functie="Kok", beroep_code="8344.1")
            beschikbaar(deelnemer)

    erbij(3)
    groeit_niet(
        lambda: client.get(reverse("mensen_zoeken"), {"niveau": 2, "werk": "heftruckchauffeur"}),
        lambda: erbij(12),
        "mensen zoeken",
        maximum=26,
    )
