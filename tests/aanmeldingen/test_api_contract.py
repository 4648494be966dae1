"""The manners of the API: every kind of fault, headers, versions, paging; also what the linter cannot see."""

from __future__ import annotations

import json
import uuid
from typing import Any

import pytest
from django.test import Client

from aanmeldingen import services
from aanmeldingen.models import Aanmelding
from kern.models import ApiClient, Gebeurtenis, Leesregel
from reintegratie.settings import API_VERSIE
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel, vraag_token
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

PAD = "/api/v1/aanmeldingen"
_FORMULIER, _leeg = "multipart/form-data; boundary=grens", "--grens--\r\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


def _fouten(api: Api, rij: Aanmelding) -> dict[str, tuple[int, str, Any]]:
    """Per kind of fault: expected status, code, and the answer."""
    een = f"{PAD}/{rij.kenmerk}"
    kaal = Client(raise_request_exception=False)
    groot = "x" * 1_100_000
    return {
        "onbekend adres": (404, "niet-gevonden", api.get("/api/v1/bestaat-niet")),
        "schuine streep": (404, "niet-gevonden", api.get(f"{PAD}/")),
        "geen uuid": (404, "niet-gevonden", api.get(f"{PAD}/12")),
        "zonder token": (401, "niet-aangemeld", kaal.get(PAD)),
        "post zonder token": (401, "niet-aangemeld", kaal.post(PAD, "{}", content_type="application/json")),
        "methode": (405, "methode-kan-niet", api.delete(PAD)),
        "accept": (406, "antwoordvorm-kan-niet", api.get(PAD, Accept="text/csv")),
        "geen sleutel": (400, "sleutel-ontbreekt", api.post(PAD, lichaam(), key=None)),
        "kapotte json": (400, "verzoek-ongeldig", api.post(PAD, "{")),
        "geen object": (400, "verzoek-ongeldig", api.post(PAD, "[1]")),
        "diep genest": (400, "verzoek-ongeldig", api.post(PAD, "[" * 100_000)),
        "leeg": (400, "invoer-ongeldig", api.post(PAD, {})),
        "inhoudstype": (415, "inhoudstype-kan-niet", api.post(PAD, "<a/>", soort="text/xml")),
        "te groot": (413, "te-groot", api.post(PAD, {"toelichting": groot})),
        "geen versie": (428, "versie-ontbreekt", api.patch(een, {"toelichting": "x"})),
        "oude versie": (412, "versie-verouderd", api.patch(een, {"toelichting": "x"}, If_Match='"1-99"')),
        "bladzijde te groot": (400, "invoer-ongeldig", api.get(f"{PAD}?pageSize=101")),
        "bladzijde nul": (400, "invoer-ongeldig", api.get(f"{PAD}?page=0")),
        "onbekende parameter": (400, "invoer-ongeldig", api.get(f"{PAD}?bsn=999990019")),
        "onbekende status": (400, "invoer-ongeldig", api.get(f"{PAD}?status=zomaar")),
        "moment zonder zone": (400, "invoer-ongeldig", api.get(f"{PAD}?gewijzigdNa=2026-01-01")),
        "geen vraag open": (409, "status-past-niet", api.post(f"{een}/aanvullingen", {"antwoord": "x"})),
        "lijst": (404, "niet-gevonden", api.get("/api/v1/referentielijsten/zomaar")),
        "cursor": (400, "invoer-ongeldig", api.get("/api/v1/gebeurtenissen?cursor=abc")),
        "document als json": (415, "inhoudstype-kan-niet", api.post(f"{een}/documenten", {})),
        "document zonder delen": (400, "invoer-ongeldig", api.post(f"{een}/documenten", _leeg, soort=_FORMULIER)),
        "document onbekend": (404, "niet-gevonden", api.get(f"{een}/documenten/{uuid.uuid4()}")),
        "document weg": (405, "methode-kan-niet", api.delete(f"{een}/documenten")),
        "documenten te veel": (400, "invoer-ongeldig", api.get(f"{een}/documenten?pageSize=101")),
        "documenten schuine streep": (404, "niet-gevonden", api.get(f"{een}/documenten/")),
        "documenten bsn": (400, "invoer-ongeldig", api.get(f"{een}/documenten?bsn=999990019")),
        "proef zonder token": (
            401,
            "niet-aangemeld",
            kaal.post(f"{PAD}/validaties", "{}", content_type="application/json"),
        ),
        "proef ophalen": (405, "methode-kan-niet", api.get(f"{PAD}/validaties")),
        "proef bsn in adres": (400, "invoer-ongeldig", api.post(f"{PAD}/validaties?bsn=999990019", {}, key=None)),
        "proef te groot": (413, "te-groot", api.post(f"{PAD}/validaties", {"toelichting": groot}, key=None)),
        "proef accept": (406, "antwoordvorm-kan-niet", api.post(f"{PAD}/validaties", {}, key=None, Accept="text/csv")),
        "zoek bsn": (400, "invoer-ongeldig", api.post(f"{PAD}/_zoek", {"burgerservicenummer": "1"})),
    }


def test_elke_fout_is_een_probleem(api: Api, aanmelding: Aanmelding) -> None:
    for naam, (status, code, antwoord) in _fouten(api, aanmelding).items():
        assert antwoord.status_code == status, (naam, antwoord.content)
        assert antwoord.headers["Content-Type"] == "application/problem+json", naam
        inhoud = antwoord.json()
        assert {"type", "title", "status", "detail", "instance", "code"} <= inhoud.keys(), naam
        assert (inhoud["code"], inhoud["status"]) == (code, status), naam
        assert inhoud["type"].endswith(f"/api/v1/problemen/{code}"), naam
        _controleer_koppen(antwoord, naam)
        if status == 401:
            assert antwoord.headers["WWW-Authenticate"].startswith("Bearer")
        if status == 405:
            assert antwoord.headers["Allow"]


def _controleer_koppen(antwoord: Any, naam: str) -> None:
    assert antwoord.headers["API-Version"] == API_VERSIE, naam
    assert antwoord.headers["Cache-Control"] == "no-store", naam
    assert "frame-ancestors 'none'" in antwoord.headers["Content-Security-Policy"], naam
    assert "default-src 'none'" in antwoord.headers["Content-Security-Policy"], naam
    assert antwoord.headers["Strict-Transport-Security"], naam
    assert antwoord.headers["X-Content-Type-Options"] == "nosniff", naam
    assert antwoord.headers["X-Frame-Options"] == "DENY", naam
    assert antwoord.headers["Referrer-Policy"] == "no-referrer", naam
    assert "Access-Control-Allow-Origin" not in antwoord.headers, naam
    assert "Set-Cookie" not in antwoord.headers, naam


def test_goede_antwoorden_dragen_dezelfde_koppen(api: Api, aanmelding: Aanmelding) -> None:
    een = f"{PAD}/{aanmelding.kenmerk}"
    for pad in (
        PAD,
        een,
        f"{een}/statussen",
        f"{een}/documenten",
        "/api/v1/gebeurtenissen",
        "/api/v1/referentielijsten/routes",
    ):
        antwoord = api.get(pad)
        assert antwoord.status_code == 200, antwoord.content
        _controleer_koppen(antwoord, pad)
    _controleer_koppen(api.post(f"{PAD}/validaties", lichaam(), key=None), "validaties")


def test_scope_ontbreekt(routes: None) -> None:
    client_met_sleutel("lezer", "intake", scopes=["aanmeldingen.lezen"])
    antwoord = Api("lezer").post(PAD, lichaam())
    assert (antwoord.status_code, antwoord.json()["code"]) == (403, "geen-toegang")


def test_interne_fout_is_ook_een_probleem(api: Api, monkeypatch: Any) -> None:
    from aanmeldingen.api import views

    def stuk(client: Any) -> Any:
        raise RuntimeError("stuk 999990019")

    monkeypatch.setattr(views, "van_client", stuk)
    antwoord = api.get(PAD)
    assert (antwoord.status_code, antwoord.json()["code"]) == (500, "interne-fout")
    assert b"stuk" not in antwoord.content
    _controleer_koppen(antwoord, "500")


def test_te_veel_verzoeken(api: Api, settings: Any) -> None:
    grens = {"DEFAULT_THROTTLE_RATES": {"client": "2/h", "token": "9/h"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | grens
    antwoord = [api.get(PAD) for _ in range(3)][-1]
    assert (antwoord.status_code, antwoord.json()["code"]) == (429, "te-veel-verzoeken")
    assert int(antwoord.headers["Retry-After"]) >= 1


def test_zonder_cache_telt_het_proces_zelf(api: Api, settings: Any, monkeypatch: Any, caplog: Any) -> None:
    """A cache that is really not there: the limit stays, also for tokens, and counting comes back with it."""
    from django.core.cache import caches
    from django.core.cache.backends.redis import RedisCache

    from kern.api import begrenzing

    monkeypatch.setattr(begrenzing, "_cache_weg_tot", 0.0)
    begrenzing._eigen_tellers.clear()
    grens = {"DEFAULT_THROTTLE_RATES": {"client": "2/d", "token": "1/d"}}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | grens
    monkeypatch.setattr(begrenzing, "cache", RedisCache("unix:///bestaat/niet.sock", {}))
    assert [api.get(PAD).status_code for _ in range(3)] == [200, 200, 429]
    assert [vraag_token(api.http, "intake").status_code for _ in range(2)] == [200, 429]
    weg = [r for r in caplog.records if "cache weg" in r.getMessage()]
    assert len(weg) == 1  # not asked again for every request
    monkeypatch.setattr(begrenzing, "cache", caches["default"])
    monkeypatch.setattr(begrenzing, "_cache_weg_tot", 0.0)  # five seconds later
    assert [api.get(PAD).status_code for _ in range(3)] == [200, 200, 429]


def test_bladeren(api: Api, intake: ApiClient) -> None:
    for _ in range(5):
        maak_aanmelding(intake)
    antwoord = api.get(f"{PAD}?pageSize=2&page=2")
    inhoud = antwoord.json()
    assert inhoud["totaalAantal"] == 5
    assert len(inhoud["resultaten"]) == 2
    link = antwoord.headers["Link"]
    assert all(f'rel="{r}"' in link for r in ("first", "prev", "next", "last"))
    assert "pageSize=2" in link
    assert 'rel="prev"' not in api.get(f"{PAD}?pageSize=2").headers["Link"]
    assert api.get(f"{PAD}?pageSize=2&page=9").json()["resultaten"] == []
    alles = [r["id"] for b in (1, 2, 3) for r in api.get(f"{PAD}?pageSize=2&page={b}").json()["resultaten"]]
    assert len(set(alles)) == 5


def test_lijst_noemt_geen_personen_en_groeit_niet(api: Api, intake: ApiClient) -> None:
    for _ in range(3):
        maak_aanmelding(intake)
    tekst = api.get(PAD).content.decode()
    assert "Samira" not in tekst
    assert "Groot" not in tekst
    groeit_niet(
        lambda: api.get(PAD),
        lambda: [maak_aanmelding(intake) for _ in range(17)],
        "lijst van de API",
        maximum=5,
    )


def test_etag_en_merge_patch(api: Api, aanmelding: Aanmelding) -> None:
    pad = f"{PAD}/{aanmelding.kenmerk}"
    eerste = api.get(pad)
    merk = eerste.headers["ETag"]
    assert not merk.startswith("W/")
    niets = api.get(pad, If_None_Match=merk)
    assert niets.status_code == 304
    assert niets.headers["API-Version"]
    assert not niets.content
    wijziging = {
        "toelichting": "Zoekt werk in de zorg.",
        "contact": {"email": None},
        "adviesrapport": {"rijbewijzen": ["B"]},
    }
    antwoord = api.patch(pad, wijziging, If_Match=merk)
    assert antwoord.status_code == 200, antwoord.content
    assert antwoord.headers["ETag"] != merk
    gegevens = antwoord.json()["gegevens"]
    assert gegevens["toelichting"] == "Zoekt werk in de zorg."
    assert "email" not in gegevens["contact"]
    assert gegevens["contact"]["telefoon"] == "0612345678"
    assert gegevens["adviesrapport"]["rijbewijzen"] == ["B"]
    assert gegevens["adviesrapport"]["opleidingen"]
    aanmelding.refresh_from_db()
    assert aanmelding.bijzonder.belemmeringen == ["kinderopvang"]  # what was not sent stays
    assert api.patch(pad, wijziging, If_Match=merk).status_code == 412


def test_wijzigen_kan_niet_meer_na_oppakken(api: Api, aanmelding: Aanmelding, maak_medewerker: Any) -> None:
    services.pak_op(aanmelding, maak_medewerker("consulent"), actor=FABRIEK)
    antwoord = api.patch(f"{PAD}/{aanmelding.kenmerk}", {"toelichting": "x"}, If_Match="*")
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "status-past-niet")


def test_vraag_en_antwoord_via_de_api(api: Api, aanmelding: Aanmelding) -> None:
    services.vraag_aanvulling(aanmelding, ["talen"], "Welk niveau?", actor=FABRIEK)
    pad = f"{PAD}/{aanmelding.kenmerk}"
    assert api.get(pad).json()["openVraag"]["onderdelen"] == ["talen"]
    talen = [{"taal": "nld", "mondeling": 4, "schriftelijk": 4}]
    antwoord = api.post(f"{pad}/aanvullingen", {"antwoord": "B2", "gegevens": {"adviesrapport": {"talen": talen}}})
    assert antwoord.status_code == 201, antwoord.content
    assert antwoord.json()["status"] == "in_behandeling"
    inhoud = api.get(pad).json()
    assert inhoud["openVraag"] is None
    assert inhoud["gegevens"]["adviesrapport"]["talen"] == talen
    stappen = [s["naar"] for s in api.get(f"{pad}/statussen").json()["resultaten"]]
    assert stappen == ["ontvangen", "aanvulling_gevraagd", "in_behandeling"]


def test_intrekken_en_terugsturen_ziet_de_verwijzer(api: Api, intake: ApiClient) -> None:
    een, twee = maak_aanmelding(intake), maak_aanmelding(intake)
    assert api.post(f"{PAD}/{een.kenmerk}/intrekkingen", {"reden": "Verhuisd"}).json()["status"] == "ingetrokken"
    services.stuur_terug(twee, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")
    inhoud = api.get(f"{PAD}/{twee.kenmerk}").json()
    assert inhoud["teruggestuurd"] == {"code": "al_in_traject", "toelichting": "Heeft al begeleiding."}
    nieuw = api.post(PAD, lichaam(eerdereAanmelding=str(twee.kenmerk)))
    assert nieuw.status_code == 201, nieuw.content


@pytest.mark.eis("R040", "een client ziet alleen zijn eigen aanmeldingen")
def test_alleen_eigen_aanmeldingen(api: Api, aanmelding: Aanmelding, reclassering: ApiClient) -> None:
    ander = Api(reclassering.client_id)
    pad = f"{PAD}/{aanmelding.kenmerk}"
    assert ander.get(PAD).json()["totaalAantal"] == 0
    for antwoord in (
        ander.get(pad),
        ander.get(f"{pad}/statussen"),
        ander.patch(pad, {"toelichting": "x"}, If_Match="*"),
        ander.post(f"{pad}/intrekkingen", {"reden": "x"}),
        ander.post(f"{pad}/aanvullingen", {"antwoord": "x"}),
    ):
        assert antwoord.status_code == 404
    assert ander.get("/api/v1/gebeurtenissen").json()["resultaten"] == []


@pytest.mark.eis("R044", "dezelfde referentie geeft de bestaande aanmelding terug")
def test_zelfde_referentie_met_andere_sleutel(api: Api) -> None:
    inhoud = lichaam()
    eerste = api.post(PAD, inhoud).json()
    tweede = api.post(PAD, inhoud)
    assert (tweede.status_code, tweede.json()["code"]) == (409, "bestaat-al")
    assert tweede.json()["aanmeldingId"] == eerste["id"]


def test_zelfde_sleutel_met_andere_inhoud(api: Api) -> None:
    api.post(PAD, lichaam(), key="sleutel-1")
    antwoord = api.post(PAD, lichaam(), key="sleutel-1")
    assert (antwoord.status_code, antwoord.json()["code"]) == (422, "sleutel-hergebruikt")


def test_geweigerd_verzoek_houdt_de_sleutel_niet_vast(api: Api) -> None:
    assert api.post(PAD, lichaam(naam={}), key="sleutel-2").status_code == 400
    assert api.post(PAD, lichaam(), key="sleutel-2").status_code == 201


@pytest.mark.eis("R044", "alleen de eigen organisatie hoort dat iemand bekend is")
def test_anderen_krijgen_altijd_hetzelfde_antwoord(
    api: Api, reclassering: ApiClient, maak_medewerker: Any, team: Any
) -> None:
    from deelnemers.models import Deelnemer
    from kern.handeling import handeling

    inhoud = lichaam()
    eerste = api.post(PAD, inhoud).json()
    assert eerste["reedsInTraject"] is False
    rij = Aanmelding.objects.get(kenmerk=eerste["id"])
    services.accepteer(rij, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    with handeling(FABRIEK):
        Deelnemer.objects.update(in_traject=True)
    weer = api.post(PAD, inhoud | {"externeReferentie": "INT-2"}).json()
    assert weer["reedsInTraject"] is True
    minimaal = {
        "bronafdeling": "reclassering",
        "route": "reclassering",
        "adviesrapport": None,
        "uitkering": None,
    }
    ander = Api(reclassering.client_id)
    bekend = ander.post(PAD, lichaam(**minimaal, burgerservicenummer=inhoud["burgerservicenummer"])).json()
    onbekend = ander.post(PAD, lichaam(**minimaal)).json()
    assert bekend.keys() == onbekend.keys()
    assert "reedsInTraject" not in bekend
    zelfde = {"status", "route", "beslissenVoor", "waarschuwingen"}
    assert {n: bekend[n] for n in zelfde} == {n: onbekend[n] for n in zelfde}


def test_zoeken_op_bsn_in_de_inhoud(api: Api) -> None:
    inhoud = lichaam()
    nummer = api.post(PAD, inhoud).json()["id"]
    api.post(PAD, lichaam())
    antwoord = api.post(f"{PAD}/_zoek", {"burgerservicenummer": inhoud["burgerservicenummer"]}, key=None)
    assert [r["id"] for r in antwoord.json()] == [nummer]


@pytest.mark.eis("R022", "de API publiceert wat een route vraagt")
def test_referentielijsten(api: Api) -> None:
    from aanmeldingen.api.lijsten import NAMEN

    routes = api.get("/api/v1/referentielijsten/routes").json()["routes"]
    intake = next(r for r in routes if r["code"] == "intake")
    assert "burgerservicenummer" in intake["verplicht"]
    assert intake["werkdagen"] == 5
    for naam in NAMEN:
        lijst = api.get(f"/api/v1/referentielijsten/{naam}")
        assert lijst.status_code == 200, naam
        assert lijst.json()["codes"], naam


def test_gebeurtenissen_met_cursor(api: Api, intake: ApiClient) -> None:
    from kern.uitbak import nummer

    for _ in range(3):
        maak_aanmelding(intake)
    assert api.get("/api/v1/gebeurtenissen").json()["resultaten"] == []  # not numbered yet
    nummer(intake.gemeente_id)
    eerste = api.get("/api/v1/gebeurtenissen?limit=2").json()
    assert eerste["meer"] is True
    rest = api.get(f"/api/v1/gebeurtenissen?limit=2&cursor={eerste['cursor']}").json()
    assert (len(eerste["resultaten"]), len(rest["resultaten"]), rest["meer"]) == (2, 1, False)
    event = eerste["resultaten"][0]
    assert event["specversion"] == "1.0"
    assert event["type"] == "nl.re-integratie.aanmelding.ontvangen.v1"
    assert event["time"].endswith("Z")
    assert event["dataref"].endswith(f"{PAD}/{event['subject']}")
    uuid.UUID(event["id"])


def test_momenten_zijn_in_utc(api: Api, aanmelding: Aanmelding) -> None:
    inhoud = api.get(f"{PAD}/{aanmelding.kenmerk}").json()
    assert inhoud["ontvangenOp"].endswith("Z")
    assert inhoud["gewijzigdOp"].endswith("Z")
    assert len(api.get(f"{PAD}?gewijzigdNa=2020-01-01T00:00:00+01:00").json()["resultaten"]) == 1


def test_lezen_wordt_vastgelegd(api: Api, aanmelding: Aanmelding, maak_medewerker: Any, team: Any) -> None:
    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=maak_medewerker("consulent", team=team))
    api.get(f"{PAD}/{aanmelding.kenmerk}")
    regel = Leesregel.objects.order_by("-pk")[0]
    assert (regel.actor_soort, regel.betrokkenen, regel.verwerking) == (
        "client",
        [deelnemer.pk],
        "api.aanmelding",
    )


def test_bsn_staat_nergens(api: Api, caplog: Any, log_in: Any, team: Any) -> None:
    """No log, no address, no event, no list, no history, no answer, no stored idempotent answer."""
    from django.db import connection

    inhoud = lichaam()
    bsn = inhoud["burgerservicenummer"]
    with caplog.at_level("DEBUG"):
        antwoorden = [
            api.post(PAD, inhoud, key="een"),
            api.post(PAD, inhoud, key="twee"),
            api.post(PAD, inhoud | {"naam": {}}),
        ]
        rij = Aanmelding.objects.get()
        een = f"{PAD}/{rij.kenmerk}"
        antwoorden += [
            api.get(PAD),
            api.get(een),
            api.get(f"{een}/statussen"),
            api.get("/api/v1/gebeurtenissen"),
        ]
        antwoorden += [api.post(f"{PAD}/_zoek", {"burgerservicenummer": bsn}, key=None)]
        services.accepteer(rij, actor=FABRIEK, medewerker=(client := log_in("consulent", team=team)).medewerker)
        antwoorden += [client.get("/aanmeldingen"), client.get(f"/aanmeldingen/{rij.kenmerk}")]
    for antwoord in antwoorden:
        assert bsn not in antwoord.content.decode(), antwoord.request["PATH_INFO"]
        assert bsn not in str(antwoord.headers)
    ours = [r for r in caplog.records if not r.name.startswith("django.db")]
    assert not [r for r in ours if bsn in r.getMessage()]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = 'public' AND table_type = 'BASE TABLE'"
        )
        for (tabel,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{tabel}" t WHERE t::text LIKE %s', [f"%{bsn}%"])
            assert cursor.fetchone()[0] == 0, tabel
    assert json.dumps([g.data for g in Gebeurtenis.objects.order_by("pk")]).find(bsn) == -1
