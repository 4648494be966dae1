"""The portal for developers: public, true, and without anybody in it."""

from __future__ import annotations

import base64
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.conf import settings as instellingen
from django.test import Client

from aanmeldingen import testgevallen
from aanmeldingen.api.voorbeeld import VOORBEELD
from aanmeldingen.models import Route, Routeversie
from aanmeldingen.portaal import inkomende_routes
from kern import klok
from kern.api import naslag
from kern.api.documentatie import beschrijving
from kern.handeling import handeling
from kern.models import ApiClient
from regelgeving.rekenen.werkdagen import plus_maanden
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.test_api_documenten import stuur
from tests.aanmeldingen.test_verplichte_documenten import versie_met
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet, tel_vragen
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
BLADEN = [
    "/ontwikkelaars",
    "/ontwikkelaars/contract",
    "/ontwikkelaars/testgevallen",
    "/ontwikkelaars/sleutels",
    "/ontwikkelaars/testclient",
    "/ontwikkelaars/proberen",
    "/api/v1/documentatie",
    "/api/v1/documentatie/aanmeldingIndienen",
    "/api/v1/wijzigingen",
]


@pytest.fixture
def http(routes: None) -> Client:
    return Client()


@pytest.mark.parametrize("pad", BLADEN)
def test_elke_bladzijde_is_openbaar_en_heeft_het_menu(http: Client, pad: str) -> None:
    antwoord = http.get(pad)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    assert 'aria-label="Voor ontwikkelaars"' in tekst
    assert "/ontwikkelaars/testgevallen" in tekst
    assert tekst.count("<h1>") == 1
    assert "script-src 'self'" in antwoord.headers["Content-Security-Policy"]


@pytest.mark.parametrize("pad", [*BLADEN, "/ontwikkelaars/testgevallen.json"])
def test_niemand_staat_op_een_openbare_bladzijde(http: Client, intake: ApiClient, pad: str) -> None:
    maak_aanmelding(
        intake, naam={"geslachtsnaam": "Wiardi Beckman", "roepnaam": "Floortje"}, externeReferentie="GEHEIM-77"
    )
    tekst = http.get(pad).content.decode()
    assert "Wiardi" not in tekst
    assert "Floortje" not in tekst
    assert "GEHEIM-77" not in tekst


def test_de_naslag_kent_elke_operatie(http: Client) -> None:
    overzicht = http.get("/api/v1/documentatie").content.decode()
    for naam, operatie in naslag.operaties().items():
        assert f"/api/v1/documentatie/{naam}" in overzicht
        blad = http.get(f"/api/v1/documentatie/{naam}")
        tekst = blad.content.decode()
        assert blad.status_code == 200, naam
        for veld in operatie.velden:
            assert f"<code>{veld.naam}</code>" in tekst, (naam, veld.naam)
        for fout in operatie.fouten:
            assert f"/api/v1/problemen/{fout.code}" in tekst
    assert http.get("/api/v1/documentatie/bestaat-niet").status_code == 404


def test_de_naslag_noemt_geneste_velden_en_grenzen(http: Client) -> None:
    velden = {v.naam: v for v in naslag.operaties()["aanmeldingIndienen"].velden}
    assert velden["naam.geslachtsnaam"].verplicht
    assert velden["adviesrapport.talen[].mondeling"].soort.startswith("één van")
    assert velden["adviesrapport.beschikbaarheid.urenMax"].soort == "geheel getal van 1 tot en met 40"
    assert velden["geboortedatum"].soort == "datum"


def _schemas() -> list[tuple[str, Any, Any]]:
    uit = []
    for pad, methoden in beschrijving()["paths"].items():
        for methode, op in methoden.items():
            operatie = naslag.operaties()[op["operationId"]]
            inhoud = op.get("requestBody", {}).get("content", {}).get("application/json")
            if inhoud:
                uit.append((f"{methode} {pad}", inhoud["schema"], operatie.voorbeeld))
            for antwoord in operatie.antwoorden:
                for soort in op["responses"][antwoord.code].get("content", {}).values():
                    uit.append((f"{methode} {pad} {antwoord.code}", soort["schema"], antwoord.voorbeeld))
    return uit


@pytest.mark.parametrize(("plek", "schema", "voorbeeld"), _schemas(), ids=[s[0] for s in _schemas()])
def test_elk_voorbeeld_past_bij_de_beschrijving(plek: str, schema: Any, voorbeeld: Any) -> None:
    document = {"$ref": "#/x", "x": schema, "components": beschrijving()["components"]}
    jsonschema.Draft202012Validator(document).validate(voorbeeld)


def test_het_voorbeeld_is_geldig_en_staat_in_de_readme(api: Api) -> None:
    readme = (Path(instellingen.BASE_DIR) / "docs/api/README.md").read_text()
    blok = re.search(r"```json\n(\{\n  \"externeReferentie\".*?)\n```", readme, re.DOTALL)
    assert blok is not None
    assert json.loads(blok[1]) == VOORBEELD
    assert api.post("/api/v1/aanmeldingen/validaties", VOORBEELD, key=None).json()["geldig"] is True


# ── Contract per source ──────────────────────────────────────────────────────────────────


@pytest.mark.eis("R022", "de geldende en de geplande versie van elke route is openbaar")
def test_het_contract_noemt_vandaag_en_straks(http: Client) -> None:
    route = Route.objects.get(code="intake")
    nu = Routeversie.objects.get(route=route)
    straks = plus_maanden(klok.vandaag(), 1).replace(day=1)
    with handeling(FABRIEK):
        nu.einddatum = straks.replace(day=1) - (straks - straks.replace(day=1)) - klok.vandaag().resolution
        nu.save()
        Routeversie.objects.create(
            route=route,
            nummer=2,
            verplicht=[*nu.verplicht, "werkervaring"],
            gewenst=[],
            documenten=["plan"],
            regels=nu.regels,
            begindatum=straks,
            status="goedgekeurd",
        )
        Routeversie.objects.create(
            route=route, nummer=3, verplicht=["school"], begindatum=plus_maanden(straks, 2), status="concept"
        )
    tekst = http.get("/ontwikkelaars/contract").content.decode()
    assert "<code>intake</code>, versie 1" in tekst
    assert "Straks, vanaf" in tekst
    assert "wordt verplicht." in tekst
    assert "Plan of verslag van begeleiding wordt verplicht als document." in tekst
    assert "<code>intake</code>, versie 3" not in tekst  # a draft is not published


def test_het_contract_groeit_niet(http: Client) -> None:
    def meer() -> None:
        with handeling(FABRIEK):
            for nummer in range(12):
                route = Route.objects.create(
                    code=f"extra-{nummer}", naam=f"Extra {nummer}", bron="intake", begindatum="2020-01-01"
                )
                Routeversie.objects.create(
                    route=route, nummer=1, verplicht=["toelichting"], begindatum="2020-01-01", status="goedgekeurd"
                )

    groeit_niet(lambda: http.get("/ontwikkelaars/contract"), meer, "contract", maximum=8)


# ── Test vectors ─────────────────────────────────────────────────────────────────────────


@pytest.mark.eis("R021", "elk testgeval krijgt precies het beloofde antwoord, ook met alle fouten")
@pytest.mark.parametrize("dag", ["", "2014-12-31"], ids=["vandaag", "demo"])
def test_elk_testgeval_is_waar(http: Client, settings: Any, dag: str, tmp_path: Path) -> None:
    """Every vector of the download goes to the real API, as a client of that source; on whatever day it is."""
    settings.PEILDATUM, settings.MEDIA_ROOT = dag, str(tmp_path)
    bestand = http.get("/ontwikkelaars/testgevallen.json").json()
    bronnen = {v.route.code: v.route.bron for v in inkomende_routes()}
    apis = {}
    for bron in set(bronnen.values()):
        client_met_sleutel(f"toets-{bron.replace('_', '-')}", bron)
        apis[bron] = Api(f"toets-{bron.replace('_', '-')}")
    assert {g["route"] for g in bestand["gevallen"]} == set(bronnen)
    soorten = set()
    for geval in bestand["gevallen"]:
        plek = (geval["route"], geval["code"])
        api = apis[bronnen[geval["route"]]]
        proef = api.post("/api/v1/aanmeldingen/validaties", geval["verzoek"], key=None)
        assert (proef.status_code, proef.json()) == (200, geval["validaties"]["antwoord"]), plek
        echt = api.post("/api/v1/aanmeldingen", geval["verzoek"])
        assert echt.status_code == geval["indienen"]["status"], (plek, echt.content)
        for naam in ("code", "invalidParams", "waarschuwingen"):
            if naam in geval["indienen"]:
                assert echt.json()[naam] == geval["indienen"][naam], plek
        if geval["code"] == "goed":
            _documenten_kloppen(api, echt.json()["id"], geval)
        soorten.add((geval["code"], geval["validaties"]["antwoord"]["geldig"]))
    assert ("goed", True) in soorten
    assert ("goed", False) not in soorten
    assert {("niets", False), ("bsn", False), ("regel", False), ("regel-met-uitleg", True)} <= soorten


def _documenten_kloppen(api: Api, kenmerk: str, geval: dict[str, Any]) -> None:
    """The documents of a vector go to the real API, and the referral stands where the vector says."""
    adres = f"/api/v1/aanmeldingen/{kenmerk}"
    assert api.get(adres).json()["status"] == geval["stand"]["naIndienen"]
    codes = []
    for stuk in geval["documenten"]:
        inhoud = base64.b64decode(stuk["inhoudBase64"])
        echt = stuur(api, f"{adres}/documenten", inhoud, stuk["bestandsnaam"], stuk["soort"])
        verwacht = dict(stuk["antwoord"])
        assert echt.status_code == verwacht.pop("status"), (stuk["code"], echt.content)
        assert {naam: echt.json()[naam] for naam in verwacht} == verwacht, stuk["code"]
        codes.append(echt.status_code)
    assert codes[-2:] == [400, 400] and set(codes[:-2]) == {201}
    assert api.get(adres).json()["status"] == geval["stand"]["naDocumenten"]


def test_een_route_die_documenten_vraagt_noemt_ze(http: Client, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path)
    versie_met(["cv", "adviesrapport", "indicatie"])
    bestand = http.get("/ontwikkelaars/testgevallen.json").json()
    [geval] = [g for g in bestand["gevallen"] if (g["route"], g["code"]) == ("intake", "goed")]
    assert [d["code"] for d in geval["documenten"]][:2] == ["document-cv", "document-indicatie"]
    assert geval["stand"] == {"naIndienen": "wacht_op_document", "naDocumenten": "ontvangen"}
    client_met_sleutel("toets-intake", "intake")
    api = Api("toets-intake")
    _documenten_kloppen(api, api.post("/api/v1/aanmeldingen", geval["verzoek"]).json()["id"], geval)
    bladzijde = http.get("/ontwikkelaars/testgevallen?route=intake").content.decode()
    assert "Daarna: documenten" in bladzijde and "document-indicatie" in bladzijde


def test_testgevallen_worden_onthouden(http: Client) -> None:
    """A public page must not judge two hundred referrals for every visitor."""
    http.get("/ontwikkelaars/testgevallen.json")
    with tel_vragen() as vragen:
        http.get("/ontwikkelaars/testgevallen.json")
    assert len(vragen) <= 5, vragen.verslag()


def test_testnummers_horen_bij_niemand() -> None:
    from stdnum.nl import bsn

    nummers = [testgevallen.verzonnen_bsn(n) for n in range(1, 400)]
    assert len(set(nummers)) == len(nummers)
    assert all(bsn.is_valid(n) and n.startswith("9999") for n in nummers)


def test_de_bladzijde_toont_een_route(http: Client) -> None:
    tekst = http.get("/ontwikkelaars/testgevallen?route=kanstraject").content.decode()
    assert 'value="kanstraject" selected' in tekst
    assert "/ontwikkelaars/testgevallen.json?gemeente=" in tekst


def test_onbekende_gemeente(http: Client) -> None:
    assert http.get("/ontwikkelaars/contract?gemeente=9999").status_code == 404
    assert http.get("/ontwikkelaars/contract?gemeente=x").status_code == 200
