"""What each special route promises, through the API and on the pages (R020, R027, R028, R030, R032, R035, R037, R039,
R041, R042).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, Route
from aanmeldingen.services.werkverdeling import zet_werkverdeling
from deelnemers.models import Zoekberoep
from kern.handeling import handeling
from kern.weigering import IntussenGewijzigd
from rapportage.models import Feit
from rapportage.services.nacht import bereken_nu
from regelgeving import opzoeken
from regelgeving.models import Code, Codelijst
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK
from werkgevers.models import Urenbewaking

pytestmark = pytest.mark.django_db
WOJ = "werk_en_opleiding_jongeren"
PAD = "/api/v1/aanmeldingen"


@pytest.fixture(autouse=True)
def _maart(routes: None, settings: Any) -> None:
    settings.PEILDATUM = "2026-03-02"


@pytest.fixture
def consulent(team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team, voornaam="Chantal", tussenvoegsel="", achternaam="Brouwer")


@pytest.fixture
def bij(consulent: Any) -> Client:
    """The browser of the consulent."""
    client = Client()
    client.force_login(consulent.gebruiker)
    return client


def bron(naam: str, **velden: Any) -> Api:
    return Api(client_met_sleutel(naam.replace("_", "-"), naam, **velden).client_id)


def trede(waarde: int) -> dict[str, Any]:
    return lichaam()["adviesrapport"] | {"trede": {"waarde": waarde}}


def jongere(**anders: Any) -> dict[str, Any]:
    basis = {
        "bronafdeling": WOJ,
        "route": "werk-en-opleiding-jongeren",
        "geboortedatum": "2004-05-12",
        "eerdereBegeleiding": [{"afdeling": WOJ, "van": "2025-06-01"}],
        "klantmanager": {"naam": "Els de Wit", "email": "els@voorbeeld.example", "blijftKlantmanager": True},
    }
    return lichaam(**(basis | anders))


def aangenomen(antwoord: Any, consulent: Any) -> Aanmelding:
    assert antwoord.status_code == 201, antwoord.content
    rij = Aanmelding.objects.get(kenmerk=antwoord.json()["id"])
    services.accepteer(rij, actor=FABRIEK, medewerker=consulent)
    rij.refresh_from_db()
    return rij


def tekst(antwoord: Any) -> str:
    assert antwoord.status_code == 200, antwoord.status_code
    return antwoord.content.decode().replace("\xa0", " ")


# --- Sources -------------------------------------------------------------------------------------
@pytest.mark.eis("R020", "de bronnen zijn een beheerde lijst; elke aanmelding zegt van wie ze komt en wanneer")
def test_bronnen_zijn_een_beheerde_lijst(api: Api, bij: Client, gemeente: Any) -> None:
    namen = {c["code"] for c in api.get("/api/v1/referentielijsten/bronafdelingen").json()["codes"]}
    assert namen == {
        *("intake", "koers_naar_werk", "activering", WOJ, "bijzondere_doelgroepen", "onderwijs", "uwv"),
        *("reclassering", "samen_doen", "stadsdeel", "zelf"),
    }
    assert {r.bron for r in Route.objects.filter(richting="inkomend")} == namen
    fout = api.post(PAD, lichaam(bronafdeling="buurtkamer"))
    assert fout.status_code == 400
    assert "bronafdeling" in {f["name"] for f in fout.json()["invalidParams"]}
    with handeling(FABRIEK):
        lijst = Codelijst.objects.get(sleutel="bronafdelingen")
        Code.objects.create(
            codelijst=lijst, gemeente=gemeente, code="buurtkamer", label="Buurtkamer", volgorde=20, status="bevestigd",
            bron="Besluit van de gemeente",
        )  # fmt: skip
    opzoeken.vergeet()
    namen_nu = {c["code"] for c in api.get("/api/v1/referentielijsten/bronafdelingen").json()["codes"]}
    assert "buurtkamer" in namen_nu
    zonder = api.post(PAD, lichaam(verwijzer=None))
    assert {f["name"] for f in zonder.json()["invalidParams"]} == {"verwijzer"}
    kenmerk = api.post(PAD, lichaam()).json()["id"]
    blad = tekst(bij.get(f"/aanmeldingen/{kenmerk}"))
    for woord in ("Aangemeld door Intake op 2 maart 2026", "Kees Bakker"):
        assert woord in blad


# --- Admission -----------------------------------------------------------------------------------
@pytest.mark.eis("R027", "voor het Kanstraject geldt een lagere instroomeis dan voor Activering")
def test_kanstraject_heeft_een_lagere_eis() -> None:
    activering = bron("activering", eigen_organisatie=True)
    basis = {
        "bronafdeling": "activering",
        "adviesrapport": trede(2),
        "eerdereBegeleiding": [{"afdeling": "activering", "van": "2026-01-01"}],
    }
    kans = activering.post(PAD, lichaam(**basis, route="kanstraject"))
    assert (kans.status_code, kans.json()["waarschuwingen"]) == (201, [])
    gewoon = activering.post(PAD, lichaam(**basis, route="activering"))
    assert gewoon.status_code == 400
    assert "vanaf trede 3" in str(gewoon.json())
    lager = activering.post(PAD, lichaam(**(basis | {"adviesrapport": trede(1)}), route="kanstraject"))
    assert "vanaf trede 2" in str(lager.json())


@pytest.mark.eis("R028", "jongeren: trede 3 meteen, trede 4 na zes maanden; het systeem rekent de dag uit")
def test_jongeren_trede_3_of_na_zes_maanden() -> None:
    woj = bron(WOJ, eigen_organisatie=True)
    assert woj.post(PAD, jongere(adviesrapport=trede(3))).json()["waarschuwingen"] == []
    te_vroeg = [{"afdeling": WOJ, "van": "2025-10-15"}]
    vroeg = woj.post(PAD, jongere(adviesrapport=trede(4), eerdereBegeleiding=te_vroeg))
    assert vroeg.status_code == 400
    assert "vanaf 15 april 2026" in str(vroeg.json())
    op_tijd = [{"afdeling": WOJ, "van": "2025-09-02"}]
    goed = woj.post(PAD, jongere(adviesrapport=trede(4), eerdereBegeleiding=op_tijd))
    assert (goed.status_code, goed.json()["waarschuwingen"]) == (201, [])


# --- Klantmanager and division of work -----------------------------------------------------------
@pytest.mark.eis("R030", "het dossier noemt de klantmanager van WOJ naast onze regievoerder, en wie wat beslist")
def test_klantmanager_woj_naast_onze_regievoerder(consulent: Any, bij: Client) -> None:
    rij = aangenomen(bron(WOJ, eigen_organisatie=True).post(PAD, jongere()), consulent)
    blad = tekst(bij.get(f"/deelnemers/{rij.deelnemer.dossiernummer}"))
    assert "Klantmanager Werk en Opleiding Jongeren" in blad
    assert blad.count("Els de Wit") >= 4  # on the card, in the panel, and per decision that is hers
    for besluit, wie in (
        ("Plichten en vrijstellingen", "Els de Wit"),
        ("Doel en einde van de begeleiding", "Els de Wit"),
        ("Trainingen, werkplekken en afspraken", "Chantal Brouwer"),
    ):
        assert f"<dt>{besluit}</dt><dd>{wie}" in blad, besluit


def test_zonder_blijvende_klantmanager_beslissen_wij(consulent: Any, bij: Client) -> None:
    verzoek = jongere(klantmanager={"naam": "Els de Wit"})
    rij = aangenomen(bron(WOJ, eigen_organisatie=True).post(PAD, verzoek), consulent)
    blad = tekst(bij.get(f"/deelnemers/{rij.deelnemer.dossiernummer}"))
    assert "Wie beslist wat" not in blad
    assert "Klantmanager Werk en Opleiding Jongeren" not in blad


@pytest.mark.eis("R035", "Bijzondere Doelgroepen: het contact van inkomensbeheer blijft in beeld in het dossier")
def test_inkomensbeheer_blijft_in_beeld(consulent: Any, bij: Client) -> None:
    bijzonder = bron("bijzondere_doelgroepen", eigen_organisatie=True)
    contact = {"naam": "Inge Vos", "telefoon": "0201234567", "rol": "inkomensbeheer"}
    basis = {"bronafdeling": "bijzondere_doelgroepen", "route": "bijzondere-doelgroepen"}
    zonder = bijzonder.post(PAD, lichaam(**basis))
    assert {f["name"] for f in zonder.json()["invalidParams"]} == {"klantmanager"}
    rij = aangenomen(bijzonder.post(PAD, lichaam(**basis, klantmanager=contact)), consulent)
    blad = tekst(bij.get(f"/deelnemers/{rij.deelnemer.dossiernummer}"))
    assert blad.count("Inkomensbeheer") == 2  # on the card and in the panel
    assert "Inge Vos" in blad
    assert "020 123 45 67" in blad
    assert "Wie beslist wat" not in blad


@pytest.mark.eis("R039", "kinderopvang, werktijden, zoekberoep en Nederlands: geregeld, door de verwijzer of door ons")
def test_wie_doet_wat_in_het_dossier_en_bij_de_verwijzer(api: Api, consulent: Any, bij: Client) -> None:
    verdeeld = {"kinderopvang": "verwijzer", "werktijden": "klaar", "nederlandseTaal": "wij"}
    rij = aangenomen(api.post(PAD, lichaam(werkverdeling=verdeeld)), consulent)
    dossier = f"/deelnemers/{rij.deelnemer.dossiernummer}"
    blad = tekst(bij.get(dossier))
    for wat, wie in (
        ("Kinderopvang", "Doet Intake"),
        ("Werktijden", "Al geregeld"),
        ("Zoekberoep", "Nog niet afgesproken"),
        ("Nederlandse taal", "Doet Werk en Re-integratie"),
    ):
        assert f"<dt>{wat}</dt><dd>{wie}" in blad, wat
    # The occupation and the level of Dutch come along too, and so the matching can use them.
    assert Zoekberoep.objects.get(deelnemer=rij.deelnemer).naam == "verzorgende"
    assert rij.deelnemer.talen.get(taal="nld").mondeling == 3
    pad = f"/aanmeldingen/{rij.kenmerk}/werkverdeling"
    nieuw = {"kinderopvang": "klaar", "werktijden": "klaar", "zoekberoep": "wij", "nederlandseTaal": "wij"}
    assert bij.post(pad, nieuw | {"versie": rij.versie}).url == dossier
    assert "<dt>Kinderopvang</dt><dd>Al geregeld" in tekst(bij.get(dossier))
    assert api.get(f"{PAD}/{rij.kenmerk}").json()["gegevens"]["werkverdeling"] == nieuw
    oud = bij.post(pad, nieuw | {"kinderopvang": "wij", "versie": rij.versie})
    assert (oud.status_code, "Een collega heeft" in oud.content.decode()) == (400, True)


def test_werkverdeling_weigert_wat_niet_bestaat(intake: Any, consulent: Any) -> None:
    rij = maak_aanmelding(intake)
    services.accepteer(rij, actor=FABRIEK, medewerker=consulent)
    rij.refresh_from_db()
    with pytest.raises(Exception, match="Kies wie wat doet"):
        zet_werkverdeling(rij, {"kinderopvang": "buurvrouw"}, versie=rij.versie, actor=FABRIEK)
    with pytest.raises(IntussenGewijzigd):
        zet_werkverdeling(rij, {"kinderopvang": "wij"}, versie=rij.versie - 1, actor=FABRIEK)


def test_wie_niet_bij_de_persoon_hoort_wijzigt_de_verdeling_niet(intake: Any, consulent: Any, log_in: Any) -> None:
    rij = maak_aanmelding(intake)
    services.accepteer(rij, actor=FABRIEK, medewerker=consulent)
    ander = log_in("consulent")
    assert ander.get(f"/aanmeldingen/{rij.kenmerk}/werkverdeling").status_code == 404


# --- Work limitation -----------------------------------------------------------------------------
@pytest.mark.eis(
    "R032", "een eigen route bij een arbeidsbeperking, met indicatie, advies van UWV en loonwaarde, voor Intake en WOJ"
)
def test_route_arbeidsbeperking_vraagt_meer(api: Api, bij: Client) -> None:
    zonder = api.post(PAD, lichaam(route="intake-arbeidsbeperking"))
    assert {f["name"] for f in zonder.json()["invalidParams"]} == {"arbeidsbeperking"}
    extra = {"indicatie": "Doelgroepregister", "adviesUwv": "Werk met begeleiding", "loonwaardeBekend": False}
    goed = api.post(PAD, lichaam(route="intake-arbeidsbeperking", arbeidsbeperking=extra))
    blad = tekst(bij.get(f"/aanmeldingen/{goed.json()['id']}"))
    for woord in ("Doelgroepregister", "Werk met begeleiding", "<dt>Loonwaarde bekend</dt><dd>nee"):
        assert woord in blad, woord
    assert "arbeidsbeperking" not in api.get(f"{PAD}/{goed.json()['id']}").json()["gegevens"]
    woj = bron(WOJ, eigen_organisatie=True)
    verzoek = jongere(route="jongeren-arbeidsbeperking", arbeidsbeperking=extra)
    antwoord = woj.post(PAD, verzoek)
    assert antwoord.status_code == 201, antwoord.content
    assert Route.objects.filter(arbeidsbeperking=True, bron__in=["intake", WOJ]).count() >= 2


@pytest.mark.eis("R037", "andere aanmelders met een bekende arbeidsbeperking hebben een eigen route, apart te tellen")
@pytest.mark.eis("R032", "de route voor een arbeidsbeperking is apart te tellen")
def test_arbeidsbeperking_is_apart_te_tellen(api: Api, consulent: Any) -> None:
    extra = {"arbeidsbeperking": {"indicatie": "Doelgroepregister"}}
    for route, hoeveel in (("bekende-arbeidsbeperking", 3), ("intake-arbeidsbeperking", 2)):
        for _ in range(hoeveel):
            aangenomen(api.post(PAD, lichaam(route=route, **extra)), consulent)
    aangenomen(api.post(PAD, lichaam()), consulent)
    bereken_nu(dt.date(2026, 3, 2))
    rijen = Feit.objects.filter(soort="aanmelding", bekend_tot=None)
    per_route = [
        rijen.filter(kenmerken__route=code).count()
        for code in ("bekende-arbeidsbeperking", "intake-arbeidsbeperking", "intake")
    ]
    assert per_route == [3, 2, 1]


# --- Part-timers ---------------------------------------------------------------------------------
@pytest.mark.eis("R041", "de route ‘al parttime aan het werk’ vraagt werkgever en uren, en die volgen we daarna")
def test_al_parttime_aan_het_werk(api: Api, consulent: Any, bij: Client) -> None:
    assert Route.objects.get(code="parttimers").begindatum == dt.date(2013, 9, 1)
    zonder = api.post(PAD, lichaam(route="parttimers"))
    assert {f["name"] for f in zonder.json()["invalidParams"]} == {"huidigWerk"}
    werk = {"werkgever": "Bakkerij Vos", "urenPerWeek": 12, "sinds": "2025-11-01"}
    antwoord = api.post(PAD, lichaam(route="parttimers", huidigWerk=werk))
    blad = tekst(bij.get(f"/aanmeldingen/{antwoord.json()['id']}"))
    for woord in ("Bakkerij Vos", "1 november 2025"):
        assert woord in blad
    rij = aangenomen(antwoord, consulent)
    volgt = Urenbewaking.objects.get(deelnemer=rij.deelnemer)
    assert (volgt.uren_gewerkt, volgt.opgegeven_bij, volgt.uren_vermogen, volgt.stand) == (
        12,
        "Bakkerij Vos",
        32,
        "meer",
    )
    dossier = tekst(bij.get(f"/deelnemers/{rij.deelnemer.dossiernummer}"))
    for woord in ("Bakkerij Vos", "12 uur per week, sinds 1 november 2025", "Samen met Handhaving", "Signaal sturen"):
        assert woord in dossier, woord


# --- Minimal data --------------------------------------------------------------------------------
@pytest.mark.eis(
    "R042", "reclassering, Top 600 en netwerkschool sturen alleen het hoogst nodige; meer nemen we niet aan"
)
@pytest.mark.parametrize(
    ("bron_", "route", "erbij"),
    [
        ("reclassering", "reclassering", {}),
        ("bijzondere_doelgroepen", "top-600", {"klantmanager": {"naam": "Inge Vos"}}),
        ("onderwijs", "netwerkschool", {"school": {"naam": "Netwerkschool", "verwachteUitstroomdatum": "2026-12-18"}}),
    ],
)
def test_minimale_gegevens_aangevuld_bij_de_intake(
    bron_: str, route: str, erbij: dict[str, Any], consulent: Any, bij: Client
) -> None:
    weg: dict[str, Any] = dict.fromkeys(("adviesrapport", "huishouden", "uitkering", "werkverdeling", "adres"))
    basis = weg | {"bronafdeling": bron_, "route": route} | erbij
    client = bron(bron_)
    routes = client.get("/api/v1/referentielijsten/routes").json()["routes"]
    assert {r["code"]: r["alleenGevraagd"] for r in routes}[route]
    assert not {r["code"]: r["alleenGevraagd"] for r in routes}["intake"]
    te_veel = client.post(PAD, lichaam(**(basis | {"adviesrapport": trede(3), "uitkering": lichaam()["uitkering"]})))
    assert te_veel.status_code == 400
    redenen = {f["name"]: f["reason"] for f in te_veel.json()["invalidParams"]}
    assert redenen["uitkering"] == "Deze route vraagt geen uitkering. Stuur dit niet mee."
    assert {"adviesrapport.opleidingen", "adviesrapport.trede", "adviesrapport.belemmeringen"} <= redenen.keys()
    goed = client.post(PAD, lichaam(**basis))
    rij = aangenomen(goed, consulent)
    assert (rij.adviesrapport, rij.uitkering, rij.huishouden) == ({}, {}, {})
    # What is missing is filled in at the intake, by our own consulent.
    nieuw = bij.post(
        f"/deelnemers/{rij.deelnemer.dossiernummer}/diagnose/taal/nieuw",
        {"taal": "nld", "mondeling": "3", "schriftelijk": "2", "bron": "gesprek", "vastgesteld_op": "2-3-2026"},
    )
    assert nieuw.status_code == 302, nieuw.content.decode()[-2000:]
    assert rij.deelnemer.talen.filter(vervangen_op=None).get().mondeling == 3


def test_een_gewone_route_neemt_meer_aan_dan_gevraagd(api: Api) -> None:
    school = {"naam": "De Haven", "verwachteUitstroomdatum": "2027-07-01"}
    assert api.post(PAD, lichaam(school=school)).status_code == 201
