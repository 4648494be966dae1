"""First-time-right: one figure for receiver and sender, opened down to the referrals (R023)."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from aanmeldingen import kengetal
from aanmeldingen.models import Aanmelding
from aanmeldingen.services import accepteer, stuur_terug, trek_in, vraag_aanvulling, vul_aan
from kern import klok
from kern.aansluitingen import cijfers
from kern.models import ApiClient, Leesregel
from rapportage.models import Feit
from rapportage.motor.feiten import afwijkingen
from rapportage.services.nacht import bereken_nu
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
PAD = "/api/v1/kengetallen/eerste-keer-goed"


@pytest.fixture
def consulent(maak_medewerker: Any, team: Any) -> Any:
    return maak_medewerker("consulent", team=team)


def goed(client: ApiClient, medewerker: Any, **anders: Any) -> Aanmelding:
    rij = maak_aanmelding(client, **anders)
    accepteer(rij, actor=FABRIEK, medewerker=medewerker)
    return rij


def na_vraag(client: ApiClient, medewerker: Any, **anders: Any) -> Aanmelding:
    rij = maak_aanmelding(client, **anders)
    vraag_aanvulling(rij, ["talen"], "Welke taal?", actor=FABRIEK, medewerker=medewerker)
    vul_aan(rij, "Nederlands.", actor=FABRIEK)
    accepteer(rij, actor=FABRIEK, medewerker=medewerker)
    return rij


def terug(client: ApiClient, **anders: Any) -> Aanmelding:
    rij = maak_aanmelding(client, **anders)
    return stuur_terug(rij, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")


def _team(naam: str) -> dict[str, str]:
    return {"naam": "Kees Bakker", "email": "kees@voorbeeld.example", "team": naam}


@pytest.fixture
def besloten(intake: ApiClient, consulent: Any) -> dict[str, Aanmelding]:
    """Two right, one after a question, one sent back; one withdrawn and one open do not count."""
    uit = {
        "goed": goed(intake, consulent),
        "goed2": goed(intake, consulent, verwijzer=_team("Intake West")),
        "na_vraag": na_vraag(intake, consulent),
        "terug": terug(intake),
        "ingetrokken": trek_in(maak_aanmelding(intake), actor=FABRIEK, reden="Heeft werk."),
        "open": maak_aanmelding(intake),
    }
    bereken_nu()
    return uit


def _opbouw(bron: str = "") -> cijfers.Opbouw:
    uit = kengetal.vraag(klok.vandaag().replace(month=1, day=1), klok.vandaag(), bron=bron)
    assert uit is not None
    return uit


@pytest.mark.eis("R023", "Goed is aangenomen zonder vraag en zonder terugsturen, in procent met één decimaal")
def test_alleen_zonder_vraag_en_terugsturen_is_goed(besloten: dict[str, Aanmelding]) -> None:
    opbouw = _opbouw()
    assert (opbouw.cijfer.teller, opbouw.cijfer.noemer, str(opbouw.cijfer.waarde)) == (2, 4, "50.0")
    cijfer = cijfers.vraag("eerste-keer-goed", peildatum=klok.vandaag())
    assert cijfer is not None
    assert cijfer.waarde == opbouw.cijfer.waarde
    assert set(Feit.objects.filter(soort="aanmelding").values_list("status", flat=True).order_by("pk")) == {
        "goed",
        "na_vraag",
        "teruggestuurd",
        "teruggetrokken",
    }


@pytest.mark.eis("R023", "Per bron, team van de verwijzer en maand, met de redenen in codes")
def test_opgebouwd_per_bron_team_maand_en_reden(besloten: dict[str, Aanmelding]) -> None:
    opbouw = _opbouw()
    assert [(d.sleutel, d.teller, d.noemer) for d in opbouw.per_bron] == [(("intake",), 2, 4)]
    assert [(d.sleutel, d.teller, d.noemer) for d in opbouw.per_verwijzer] == [
        (("intake", "intake/Intake Oost"), 1, 3),
        (("intake", "intake/Intake West"), 1, 1),
    ]
    maand = klok.vandaag().replace(day=1)
    assert [(d.sleutel, d.teller, d.noemer) for d in opbouw.per_maand] == [((maand,), 2, 4)]
    assert sorted(opbouw.redenen) == [("terug:al_in_traject", 1, True), ("vraag:talen", 1, True)]


def test_een_tweede_nacht_verandert_niets(besloten: dict[str, Aanmelding], gemeente: Any) -> None:
    run = bereken_nu()
    assert (run.nieuw, run.gesloten) == (0, 0)
    assert set(afwijkingen(gemeente.pk, klok.vandaag()).values()) == {0}


@pytest.mark.eis("R023", "Ontvanger en verwijzer zien hetzelfde cijfer")
def test_verwijzer_en_ontvanger_zien_hetzelfde_cijfer(
    intake: ApiClient, api: Api, consulent: Any, log_in: Any, team: Any
) -> None:
    for _ in range(6):
        goed(intake, consulent)
    for _ in range(5):
        terug(intake)
    bereken_nu()
    antwoord = api.get(PAD).json()
    assert (antwoord["goed"], antwoord["besloten"], antwoord["percentage"]) == (6, 11, 54.5)
    assert antwoord["redenen"] == [{"soort": "terugsturing", "code": "al_in_traject", "aantal": 5, "teKlein": False}]
    assert antwoord["perTeam"][0]["team"] == "Intake Oost"
    client = log_in("consulent", team=team)
    blad = client.get("/aanmeldingen/eerste-keer-goed?bron=intake").content.decode()
    assert "54,5" in blad
    assert "6 van de 11" in blad
    assert "Teruggestuurd: " in blad


def test_verwijzer_ziet_alleen_de_eigen_bron(besloten: dict[str, Aanmelding], reclassering: ApiClient) -> None:
    antwoord = Api(reclassering.client_id).get(PAD).json()
    assert (antwoord["bronafdeling"], antwoord["besloten"], antwoord["perTeam"]) == ("reclassering", 0, [])


def test_kleine_aantallen_gaan_niet_naar_de_verwijzer(besloten: dict[str, Aanmelding], api: Api) -> None:
    antwoord = api.get(PAD).json()
    assert (antwoord["percentage"], antwoord["goed"], antwoord["besloten"], antwoord["teKlein"]) == (
        None,
        None,
        None,
        True,
    )
    assert all(deel["goed"] is None for deel in [*antwoord["perMaand"], *antwoord["perTeam"]])
    assert all(reden["aantal"] is None for reden in antwoord["redenen"])


@pytest.mark.parametrize(
    "vraag", ["?van=gisteren", "?van=2026-03-02&tot=2026-03-01", "?van=2001-01-01&tot=2026-01-01", "?bron=uwv"]
)
def test_een_onjuiste_periode_wordt_geweigerd(api: Api, vraag: str) -> None:
    antwoord = api.get(PAD + vraag)
    assert antwoord.status_code == 400
    assert antwoord["Content-Type"].startswith("application/problem+json")


def test_zonder_scope_geen_cijfer(routes: None) -> None:
    zonder = client_met_sleutel("uwv", "uwv", scopes=["referentielijsten.lezen"])
    assert Api(zonder.client_id).get(PAD).status_code == 403


def test_het_cijfer_gaat_open_tot_op_de_aanmelding(besloten: dict[str, Aanmelding], log_in: Any, team: Any) -> None:
    manager = log_in("teammanager", team=team)
    pad = reverse("cijfer", args=["eerste-keer-goed"])
    blad = manager.get(f"{pad}?wie=bron:intake").content.decode()
    assert "2 van 4</b> tellen als succes" in blad
    for naam in ("goed", "na_vraag", "terug"):
        assert f"/aanmeldingen/{besloten[naam].kenmerk}" in blad
    assert "eerst was er een vraag" in blad
    west = manager.get(f"{pad}?wie=verwijzer:intake/Intake West").content.decode()
    assert f"/aanmeldingen/{besloten['goed2'].kenmerk}" in west
    assert f"/aanmeldingen/{besloten['terug'].kenmerk}" not in west
    assert Leesregel.objects.filter(reden__contains=str(besloten["terug"].kenmerk)).exists()


def test_wie_de_aanmelding_niet_mag_zien_leest_afgeschermd(besloten: dict[str, Aanmelding], log_in: Any) -> None:
    ander = log_in("teammanager")  # of another team
    blad = ander.get(reverse("cijfer", args=["eerste-keer-goed"])).content.decode()
    assert blad.count("Dossier afgeschermd") >= 4
    assert "Samira" not in blad
    assert str(besloten["terug"].kenmerk) not in blad


def test_kleine_aantallen_blijven_weg_zonder_recht_op_personen(
    besloten: dict[str, Aanmelding], log_in: Any, team: Any
) -> None:
    blad = log_in("consulent", team=team).get("/aanmeldingen/eerste-keer-goed").content.decode()
    assert "te klein" in blad.lower()
    assert "2 van de 4" not in blad
    manager = log_in("teammanager", team=team).get("/aanmeldingen/eerste-keer-goed").content.decode()
    assert "2 van de 4" in manager


def test_bladzijde_zonder_cijfers_zegt_wat_er_komt(routes: None, log_in: Any) -> None:
    blad = log_in("functioneel_beheerder").get("/aanmeldingen/eerste-keer-goed").content.decode()
    assert "Nog geen besluiten in deze periode" in blad


def test_bladzijde_kost_niet_meer_bij_meer_aanmeldingen(
    intake: ApiClient, consulent: Any, log_in: Any, team: Any
) -> None:
    client = log_in("teammanager", team=team)
    terug(intake)
    bereken_nu()

    def meer() -> None:
        for nummer in range(6):
            terug(intake, verwijzer=_team(f"Balie {nummer}"))
        bereken_nu()

    groeit_niet(lambda: client.get("/aanmeldingen/eerste-keer-goed"), meer, "eerste keer goed", maximum=20)
