"""A route is made and changed on screen, with a reason; the database keeps its days (R020, R033)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from aanmeldingen.models import Route
from aanmeldingen.models.route import BEZETTE_CODES
from aanmeldingen.querysets import geldende_versie
from aanmeldingen.services import keur_routeversie_goed, maak_route, stel_routeversie_voor, wijzig_route
from aanmeldingen.urls import urlpatterns
from kern import klok
from kern.handeling import Actor, handeling
from kern.models import Wijziging
from kern.weigering import IntussenGewijzigd
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)


def straks(dagen: int) -> dt.date:
    return klok.vandaag() + dagen * DAG


def maak(**anders: Any) -> Route:
    velden: dict[str, Any] = {
        "code": "intake-nieuw",
        "naam": "Intake nieuwe stijl",
        "bron": "intake",
        "soort": "gewoon",
        "team": None,
        "begindatum": klok.vandaag(),
        "einddatum": None,
        "uitkomst_delen": True,
        "reden": "Proef naast de oude route.",
    }
    return maak_route(**(velden | anders), actor=FABRIEK)


def wijzig(route: Route, **anders: Any) -> Route:
    velden: dict[str, Any] = {
        "team": route.team,
        "einddatum": route.einddatum,
        "versie": route.versie,
        "reden": "Het team is verhuisd.",
    }
    return wijzig_route(route, **(velden | anders), actor=FABRIEK)


@pytest.mark.eis("R033", "Een herziene route loopt naast de oude, met een eigen begin en einde")
def test_twee_routes_van_een_bron_lopen_naast_elkaar(routes: None) -> None:
    nieuw = maak(einddatum=straks(90))
    assert (nieuw.begindatum, nieuw.einddatum) == (klok.vandaag(), straks(90))
    assert Route.objects.filter(bron="intake", einddatum=None).exists()
    regel = Wijziging.objects.filter(tabel="aanmeldingen_route", rij_id=nieuw.pk).get()
    assert regel.reden == "Proef naast de oude route."


def test_een_route_zonder_versie_geldt_nog_niet(routes: None) -> None:
    maak()
    assert geldende_versie("intake-nieuw", klok.vandaag()) is None


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"code": "intake"}, "al een route met deze code"),
        ({"naam": "Intake"}, "al een route met deze naam"),
        ({"soort": "jongerenpoort"}, "al een Jongerenpoort"),
        ({"bron": "bestaat_niet"}, "Kies een afdeling"),
        ({"code": "nieuw"}, "Kies een andere code"),
        ({"begindatum": dt.date(2020, 1, 1)}, "Kies vandaag of een latere dag"),
        ({"einddatum": dt.date(2020, 1, 1)}, "ligt voor de begindatum"),
        ({"reden": " "}, "Leg uit waarom"),
    ],
)
def test_een_onmogelijke_route_wordt_geweigerd(routes: None, anders: dict[str, Any], zin: str) -> None:
    with pytest.raises(ValidationError, match=zin):
        maak(**anders)
    assert not Route.objects.filter(code="intake-nieuw").exists()


@pytest.mark.eis("R029", "Er is één Jongerenpoort tegelijk")
def test_de_database_kent_een_jongerenpoort_en_een_naam(routes: None) -> None:
    basis = {"code": "x", "begindatum": klok.vandaag()}
    for velden in (
        {"naam": "Poort", "bron": "onderwijs", "jongerenpoort": True},
        {"naam": "Intake", "bron": "intake"},
        {"naam": "Allebei", "bron": "uwv", "jongerenpoort": True, "arbeidsbeperking": True},
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
            Route.objects.create(**basis, **velden)


def test_ander_team_en_einde_met_reden_in_de_historie(routes: None) -> None:
    oost, intake = TeamFabriek(naam="Zuidoost"), Route.objects.get(code="intake")
    route = wijzig(intake, team=oost, einddatum=straks(10))
    assert (route.team, route.einddatum, route.versie) == (oost, straks(10), 2)
    regel = Wijziging.objects.filter(tabel="aanmeldingen_route", rij_id=route.pk, actie="U").latest("id")
    assert (regel.reden, regel.nieuw["einddatum"]) == ("Het team is verhuisd.", straks(10).isoformat())
    assert geldende_versie("intake", straks(10)) is not None
    assert geldende_versie("intake", straks(11)) is None


def test_wie_te_laat_bewaart_ziet_wat_er_nu_staat(routes: None) -> None:
    route = Route.objects.get(code="intake")
    wijzig(route, einddatum=straks(10))
    with pytest.raises(IntussenGewijzigd) as fout:
        wijzig(route, einddatum=straks(20))
    assert fout.value.anders == {"einddatum": straks(10)}


def test_einde_niet_voor_een_geplande_versie(routes: None, maak_medewerker: Any) -> None:
    route = Route.objects.get(code="intake")
    opsteller, tweede = (maak_medewerker(r).gebruiker for r in ("functioneel_beheerder", "afdelingsmanager"))
    velden: dict[str, Any] = {"verplicht": [], "gewenst": [], "regels": {}, "sla_werkdagen": 5, "antwoord_werkdagen": 5}
    voorstel = stel_routeversie_voor(
        route, begindatum=straks(30), toelichting="Minder.", actor=Actor.van_gebruiker(opsteller), **velden
    )
    with pytest.raises(ValidationError, match="wacht op een tweede persoon"):
        wijzig(route, einddatum=straks(10))
    keur_routeversie_goed(voorstel, actor=Actor.van_gebruiker(tweede))
    with pytest.raises(ValidationError, match="gaat in op"):
        wijzig(route, einddatum=straks(10))
    with pytest.raises(DatabaseError, match="staat nog een versie"), transaction.atomic(), handeling(FABRIEK):
        Route.objects.filter(pk=route.pk).update(einddatum=straks(10))
    assert wijzig(route, einddatum=straks(30)).einddatum == straks(30)
    with pytest.raises(ValidationError, match="geldt tot en met"):
        stel_routeversie_voor(
            route, begindatum=straks(40), toelichting="Later.", actor=Actor.van_gebruiker(opsteller), **velden
        )


def test_op_het_scherm_van_route_naar_eerste_versie(routes: None, log_in: Any, team: Any) -> None:
    beheerder = log_in("functioneel_beheerder")
    assert "Nieuwe route" in beheerder.get("/beheer/routes").content.decode()
    velden = {
        "code": "buurtschool",
        "naam": "Buurtschool",
        "bron": "onderwijs",
        "soort": "gewoon",
        "team": str(team.pk),
        "begindatum": klok.vandaag().strftime("%d-%m-%Y"),
        "reden": "De school meldt sinds kort zelf aan.",
    }
    fout = beheerder.post("/beheer/routes/nieuw", velden | {"reden": ""})
    assert (fout.status_code, "Leg uit waarom" in fout.content.decode()) == (400, True)
    klaar = beheerder.post("/beheer/routes/nieuw", velden)
    assert klaar["Location"] == "/beheer/routes/buurtschool/nieuw"
    assert beheerder.get(klaar["Location"]).status_code == 200
    blad = "/beheer/routes/buurtschool/wijzigen"
    wijziging = {"team": "", "einddatum": straks(60).strftime("%d-%m-%Y"), "reden": "Proef stopt.", "versie": "1"}
    assert beheerder.post(blad, wijziging).status_code == 302
    route = beheerder.get("/beheer/routes/buurtschool").content.decode()
    assert "Proef stopt." in route
    assert "De route geldt tot en met" in route
    laat = beheerder.post(blad, wijziging | {"einddatum": ""})
    assert "Een collega heeft deze gegevens net gewijzigd" in laat.content.decode()


@pytest.mark.parametrize("pad", ["/beheer/routes/nieuw", "/beheer/routes/intake/wijzigen"])
@pytest.mark.parametrize("rol", ["consulent", "teammanager", "afdelingsmanager", "controller"])
def test_alleen_de_functioneel_beheerder(routes: None, log_in: Any, rol: str, pad: str) -> None:
    client = log_in(rol)
    assert client.get(pad).status_code == 403
    assert client.post(pad, {}).status_code == 403


def test_bladzijde_van_een_route_kost_niet_meer_bij_meer_wijzigingen(routes: None, log_in: Any) -> None:
    beheerder = log_in("functioneel_beheerder")

    def meer() -> None:
        for n in range(5):
            wijzig(Route.objects.get(code="intake"), einddatum=straks(100 + n))

    groeit_niet(lambda: beheerder.get("/beheer/routes/intake"), meer, "route", maximum=16)


def test_een_code_die_een_adres_is_weigert_ook_de_database(routes: None) -> None:
    """Every word that stands in the addresses where a code could stand; a new address that is forgotten fails here."""
    woorden = {
        str(patroon.pattern).split("/")[2]
        for patroon in urlpatterns
        if str(getattr(patroon, "pattern", "")).startswith("beheer/routes/")
    }
    vast = {woord for woord in woorden if not woord.startswith("<")}
    assert vast == set(BEZETTE_CODES)
    voorbeeld = Route.objects.filter(richting="inkomend").order_by("pk")[0]
    for code in vast:
        with pytest.raises(IntegrityError, match="route_code_geen_adres"), transaction.atomic(), handeling(FABRIEK):
            Route.objects.filter(pk=voorbeeld.pk).update(code=code)
