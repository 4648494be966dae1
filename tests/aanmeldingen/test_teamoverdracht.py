"""On the day itself the night hands the person to the team of the route: by the rule, or as agreed (R026, R028)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, Overdrachtsmoment, Route, Teamoverdracht
from deelnemers.models import Deelnemer, Regie
from deelnemers.services.herbouw import werk
from kern.handeling import handeling
from kern.models import Gebeurtenis, Overgang, Taakloop, TijdlijnRegel, Werkvoorraad
from kern.taken import voer_uit
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek

pytestmark = pytest.mark.django_db
OVERGEDRAGEN = "nl.re-integratie.aanmelding.overgedragen.v1"
BEGONNEN, DAG = "2025-09-20", dt.date(2026, 3, 20)


def trede_4(**anders: Any) -> dict[str, Any]:
    """Six months of guidance in trede 4 are over on 20 March 2026."""
    rapport = lichaam()["adviesrapport"] | {"trede": {"waarde": 4}}
    begeleiding = [{"afdeling": "intake", "van": BEGONNEN}]
    return {"adviesrapport": rapport, "eerdereBegeleiding": begeleiding, "afwijkingUitleg": "Zo afgesproken."} | anders


@pytest.fixture
def nacht(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.overdracht", gemeente)


@pytest.fixture
def druk(routes: None, team: Any, maak_medewerker: Any, settings: Any) -> Any:
    """A colleague of the team who has somebody already."""
    settings.PEILDATUM = "2026-03-02"
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def ruim(druk: Any, intake: Any, team: Any, maak_medewerker: Any) -> Any:
    """A colleague of the team who has nobody yet."""
    services.accepteer(maak_aanmelding(intake), actor=FABRIEK, medewerker=druk)
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def elders(routes: None, maak_medewerker: Any) -> Any:
    """A colleague of another team, who keeps the person until the day."""
    return maak_medewerker("consulent", team=TeamFabriek(naam="Jeugd"))


@dataclass
class Mensen:
    """Two colleagues of the team of the route, and one of another team."""

    team: Any
    druk: Any
    ruim: Any
    elders: Any


@pytest.fixture
def mensen(team: Any, druk: Any, ruim: Any, elders: Any) -> Mensen:
    return Mensen(team, druk, ruim, elders)


def taken() -> list[tuple[int | None, str]]:
    """For whom a hand-over waits on Vandaag, and with which button."""
    rijen = Werkvoorraad.objects.filter(soort="teamoverdracht").order_by("pk")
    return [(rij.voor_id, rij.knop) for rij in rijen]


def gebeurtenissen(rij: Aanmelding) -> list[dict[str, Any]]:
    return [g.data for g in Gebeurtenis.objects.filter(type=OVERGEDRAGEN, onderwerp=str(rij.kenmerk)).order_by("pk")]


@pytest.mark.eis("R026", "zes maanden in trede 4: op die dag gaat een open aanmelding vanzelf naar wie ruimte heeft")
def test_open_aanmelding_gaat_op_de_dag_naar_het_team(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    settings.PEILDATUM = "2026-03-19"
    nacht()
    assert not Teamoverdracht.objects.exists()
    settings.PEILDATUM = "2026-03-20"
    assert nacht().tellingen["overgedragen aan een team"] == 1
    assert nacht().tellingen["overgedragen aan een team"] == 0
    overdracht = Teamoverdracht.objects.get()
    assert (overdracht.op, overdracht.grond, overdracht.status) == (DAG, "regel", "overgedragen")
    assert (overdracht.team, overdracht.naar) == (mensen.team, mensen.ruim)
    rij.refresh_from_db()
    assert (rij.team, rij.behandelaar, rij.status) == (mensen.team, mensen.ruim, "ontvangen")
    assert taken() == [(mensen.ruim.gebruiker_id, "Beoordelen")]
    assert not Werkvoorraad.objects.filter(soort="zes_maanden").exists()
    [melding] = gebeurtenissen(rij)
    assert (melding["overdrachtOp"], melding["team"]) == ("2026-03-20", "Oost")
    assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0


def test_een_besluit_rondt_de_overdracht_af(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    settings.PEILDATUM = "2026-03-23"
    nacht()
    deelnemer = services.accepteer(rij, actor=FABRIEK, medewerker=mensen.ruim)
    overdracht = Teamoverdracht.objects.get()
    assert (overdracht.status, overdracht.deelnemer) == ("afgerond", deelnemer)
    assert taken() == []
    assert TijdlijnRegel.objects.filter(betrokkene_id=deelnemer.pk, titel="Overgedragen aan Oost").exists()
    settings.PEILDATUM = "2026-03-24"
    assert nacht().tellingen["overgedragen aan een team"] == 0


def test_route_zonder_team_blijft_liggen_tot_er_een_is(
    intake: Any, team: Any, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    settings.PEILDATUM = "2026-03-20"
    with handeling(FABRIEK):
        Route.objects.filter(code="intake").update(team=None)
    rij = maak_aanmelding(intake, **trede_4())
    nacht()
    assert not Teamoverdracht.objects.exists()
    assert Werkvoorraad.objects.filter(soort="zes_maanden", voor_rol="teammanager").exists()
    with handeling(FABRIEK):
        Route.objects.filter(code="intake").update(team=team)
    nacht()
    assert Teamoverdracht.objects.get().aanmelding == rij
    assert len(gebeurtenissen(rij)) == 1


@pytest.mark.eis("R028", "aangenomen met een dag: tot dan begeleidt een ander, daarna neemt het team van de route over")
def test_aangenomen_met_een_dag_gaat_dan_naar_het_team(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    deelnemer = services.accepteer(rij, actor=FABRIEK, medewerker=mensen.elders, overdracht_op=DAG)
    status = Gebeurtenis.objects.filter(type__endswith="aanmelding.status-gewijzigd.v1", onderwerp=str(rij.kenmerk))
    assert status.get().data["overdrachtOp"] == "2026-03-20"
    assert taken() == []
    for dag, knop in (("2026-03-05", []), ("2026-03-06", [(mensen.elders.gebruiker_id, "Bekijken")])):
        settings.PEILDATUM = dag
        nacht()
        assert taken() == knop, dag
        assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0
    settings.PEILDATUM = "2026-03-22"
    nacht()
    nacht()
    assert taken() == [(mensen.ruim.gebruiker_id, "Overnemen")]
    assert len(gebeurtenissen(rij)) == 1
    assert Regie.objects.get(deelnemer=deelnemer).medewerker == mensen.elders
    assert TijdlijnRegel.objects.filter(betrokkene_id=deelnemer.pk, titel="Overgedragen aan Oost").count() == 1
    assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0
    services.neem_over(Teamoverdracht.objects.get(), mensen.ruim, actor=FABRIEK)
    deelnemer = Deelnemer.objects.get(pk=deelnemer.pk)
    assert (deelnemer.regievoerder, deelnemer.team) == (mensen.ruim, mensen.team)
    assert Overdrachtsmoment.objects.filter(deelnemer=deelnemer, naar=mensen.ruim, gehouden_op__isnull=True).exists()
    assert (Teamoverdracht.objects.get().status, taken()) == ("afgerond", [])


def test_wie_de_persoon_al_heeft_in_het_team_houdt_hem(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    services.accepteer(rij, actor=FABRIEK, medewerker=mensen.druk, overdracht_op=DAG)
    settings.PEILDATUM = "2026-03-20"
    nacht()
    overdracht = Teamoverdracht.objects.get(aanmelding=rij)
    assert (overdracht.status, overdracht.naar, taken()) == ("afgerond", mensen.druk, [])
    assert len(gebeurtenissen(rij)) == 1


def test_de_regie_op_een_andere_manier_gewisseld_rondt_ook_af(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    from deelnemers.services.regie import wijs_regie_toe

    deelnemer = services.accepteer(
        maak_aanmelding(intake, **trede_4()), actor=FABRIEK, medewerker=mensen.elders, overdracht_op=DAG
    )
    settings.PEILDATUM = "2026-03-20"
    nacht()
    wijs_regie_toe(deelnemer, mensen.druk, dt.date(2026, 3, 20), actor=FABRIEK)
    assert (Teamoverdracht.objects.get().status, taken()) == ("afgerond", [])


@pytest.mark.eis("R028", "teruggestuurd tot een dag: dan komt dezelfde aanmelding vanzelf weer binnen bij het team")
def test_teruggestuurd_tot_een_dag_komt_weer_binnen(
    intake: Any, mensen: Mensen, api: Api, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    services.stuur_terug(rij, "verkeerde_trede", actor=FABRIEK, reden="Nog geen zes maanden.", opnieuw_op=DAG)
    assert api.get(f"/api/v1/aanmeldingen/{rij.kenmerk}").json()["overdrachtOp"] == "2026-03-20"
    settings.PEILDATUM = "2026-03-20"
    nacht()
    nacht()
    rij.refresh_from_db()
    assert (rij.status, rij.terugstuurreden, rij.behandelaar) == ("ontvangen", "", mensen.ruim)
    assert (rij.klok_sinds, rij.uiterlijk_op, rij.in_een_keer_goed) == (DAG, dt.date(2026, 3, 27), False)
    assert taken() == [(mensen.ruim.gebruiker_id, "Beoordelen")]
    log = Overgang.objects.filter(soort="aanmelding", object_id=rij.pk).order_by("pk").values_list("actie", "reden")
    assert list(log)[-1] == ("heropenen", "Eerder teruggestuurd: Nog geen zes maanden.")
    antwoord = api.get(f"/api/v1/aanmeldingen/{rij.kenmerk}").json()
    assert (antwoord["status"], antwoord["teruggestuurd"]) == ("ontvangen", None)
    assert len(gebeurtenissen(rij)) == 1
    assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0


def test_een_nieuwere_aanmelding_gaat_voor(
    intake: Any, druk: Any, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    inhoud = lichaam(**trede_4())
    rij = maak_aanmelding(intake, **inhoud)
    services.stuur_terug(rij, "verkeerde_trede", actor=FABRIEK, reden="Te vroeg.", opnieuw_op=DAG)
    settings.PEILDATUM = "2026-03-10"
    maak_aanmelding(intake, **inhoud | {"externeReferentie": "NIEUW"})
    settings.PEILDATUM = "2026-03-20"
    nacht()
    rij.refresh_from_db()
    overdracht = Teamoverdracht.objects.get(aanmelding=rij)
    assert (rij.status, overdracht.status) == ("teruggestuurd", "vervallen")
    assert overdracht.vervalreden == "Er is al een nieuwere aanmelding van deze persoon."
    assert gebeurtenissen(rij) == []


def test_overleden_of_klaar_gaat_niet_door(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    deelnemer = services.accepteer(rij, actor=FABRIEK, medewerker=mensen.elders, overdracht_op=DAG)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=deelnemer.pk).update(overleden_op=dt.date(2026, 3, 3))
    klaar = maak_aanmelding(intake, **trede_4())
    services.accepteer(klaar, actor=FABRIEK, medewerker=mensen.elders, overdracht_op=DAG)
    services.rond_af(klaar.kenmerk, "werk", actor=FABRIEK)
    settings.PEILDATUM = "2026-03-20"
    nacht()
    redenen = dict(Teamoverdracht.objects.order_by("pk").values_list("aanmelding_id", "vervalreden"))
    assert redenen == {rij.pk: "De persoon is overleden.", klaar.pk: "Het traject is klaar."}
    assert (taken(), gebeurtenissen(rij), gebeurtenissen(klaar)) == ([], [], [])


@pytest.mark.parametrize("dag", ["2026-03-02", "2028-03-15"])
def test_een_dag_ligt_vooruit_en_niet_te_ver(intake: Any, druk: Any, dag: str) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    with pytest.raises(ValidationError, match="Kies een dag na vandaag"):
        services.accepteer(rij, actor=FABRIEK, medewerker=druk, overdracht_op=dt.date.fromisoformat(dag))
    with pytest.raises(ValidationError, match="Kies een dag na vandaag"):
        services.stuur_terug(rij, "x", actor=FABRIEK, reden="x", opnieuw_op=dt.date.fromisoformat(dag))


def test_alleen_het_team_neemt_over(intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    services.accepteer(rij, actor=FABRIEK, medewerker=mensen.elders, overdracht_op=DAG)
    settings.PEILDATUM = "2026-03-20"
    nacht()
    with pytest.raises(ValidationError, match="werkt niet in het team"):
        services.neem_over(Teamoverdracht.objects.get(), mensen.elders, actor=FABRIEK)


@pytest.mark.parametrize(
    "waarden", [{"status": "overgedragen"}, {"status": "vervallen"}, {"vervalreden": "x"}, {"status": "anders"}]
)
def test_database_weigert_een_halve_overdracht(intake: Any, druk: Any, waarden: dict[str, str]) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    services.stuur_terug(rij, "verkeerde_trede", actor=FABRIEK, reden="Te vroeg.", opnieuw_op=DAG)
    with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
        Teamoverdracht.objects.update(**waarden)


def test_op_het_scherm_van_besluit_tot_overnemen(
    intake: Any, mensen: Mensen, nacht: Callable[[], Taakloop], settings: Any, client: Any
) -> None:
    rij = maak_aanmelding(intake, **trede_4())
    client.force_login(mensen.druk.gebruiker)
    adres = f"/aanmeldingen/{rij.kenmerk}"
    assert "20 maart 2026" in client.get(adres).content.decode()
    assert "20-03-2026" not in client.get(f"{adres}/aannemen").content.decode()
    fout = client.post(f"{adres}/aannemen", {"medewerker": mensen.elders.pk, "overdracht_op": "2026-03-01"})
    assert "Kies een dag na vandaag" in fout.content.decode()
    client.post(f"{adres}/aannemen", {"medewerker": mensen.elders.pk, "overdracht_op": "2026-03-20"})
    settings.PEILDATUM = "2026-03-20"
    nacht()
    bladzijde = client.get(adres).content.decode()
    assert "Overgedragen" in bladzijde and f"{adres}/overnemen" in bladzijde
    formulier = client.get(f"{adres}/overnemen").content.decode()
    assert f'value="{mensen.ruim.pk}" selected' in formulier and "(1 mens)" in formulier
    assert client.post(f"{adres}/overnemen", {"medewerker": mensen.ruim.pk}).status_code == 302
    assert Teamoverdracht.objects.get().status == "afgerond"
    assert "Er is hier niets over te nemen." in client.get(f"{adres}/overnemen", follow=True).content.decode()


def test_bij_een_jongere_die_te_vroeg_komt_staat_de_dag_er_al(
    routes: None, jongerenteam: Any, log_in: Any, settings: Any
) -> None:
    settings.PEILDATUM = "2026-03-02"
    bron = "werk_en_opleiding_jongeren"
    jong = {
        "bronafdeling": bron,
        "route": "werk-en-opleiding-jongeren",
        "geboortedatum": "2004-05-12",
        "klantmanager": {"naam": "Kim"},
    }
    begeleiding = [{"afdeling": bron, "van": BEGONNEN}]
    rij = maak_aanmelding(client_met_sleutel("woj", bron), **trede_4(**jong, eerdereBegeleiding=begeleiding))
    client = log_in("consulent", team=jongerenteam)
    for stap in ("aannemen", "terugsturen"):
        assert 'value="20-03-2026"' in client.get(f"/aanmeldingen/{rij.kenmerk}/{stap}").content.decode()
