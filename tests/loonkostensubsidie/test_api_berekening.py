"""POST /api/v1/berekeningen/loonkostensubsidie: open, stateless, and every fault at once."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.test import Client

from kern.api.documentatie import beschrijving
from kern.handeling import handeling, voor_gemeente
from kern.models import Gemeente
from loonkostensubsidie.api.voorbeeld import ANTWOORD, VRAAG
from loonkostensubsidie.rekenen.geval import Route
from loonkostensubsidie.uitwisseling import NAMEN, beantwoord
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.hulp.vragen import groeit_niet, tel_vragen
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek
from tests.loonkostensubsidie.wet import meegeleverde_wet

PAD = "/api/v1/berekeningen/loonkostensubsidie"
WET = meegeleverde_wet()
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("wet")]


def stuur(inhoud: Any, pad: str = PAD, **koppen: str) -> Any:
    tekst = inhoud if isinstance(inhoud, str | bytes) else json.dumps(inhoud)
    http = Client(raise_request_exception=False, enforce_csrf_checks=True)
    return http.post(pad, tekst, content_type="application/json", headers=koppen or None)


def fouten(antwoord: Any) -> dict[str, tuple[str, str]]:
    assert antwoord.status_code == 400, antwoord.content
    assert antwoord.headers["Content-Type"] == "application/problem+json"
    return {fout["name"]: (fout["code"], fout["reason"]) for fout in antwoord.json()["invalidParams"]}


@pytest.mark.eis("R148", "de API rekent met dezelfde regels als scherm en opdracht")
def test_zonder_token_het_bedrag_met_uitleg() -> None:
    antwoord = stuur(VRAAG)
    assert antwoord.status_code == 200, antwoord.content
    assert antwoord.json() == beantwoord(VRAAG, WET)
    assert antwoord.json()["totaal"] == ANTWOORD["totaal"] == "918.08"


def test_het_voorbeeld_in_de_beschrijving_is_het_echte_antwoord() -> None:
    gekregen = stuur(VRAAG).json()
    assert ANTWOORD["specificatie"][0] in [
        {naam: waarde.replace("\u00a0", " ") for naam, waarde in regel.items()} for regel in gekregen["specificatie"]
    ]
    assert {naam: gekregen[naam] for naam in ("loonkostensubsidie", "werkgeverslasten", "totaal")} == {
        naam: ANTWOORD[naam] for naam in ("loonkostensubsidie", "werkgeverslasten", "totaal")
    }


def test_de_beschrijving_noemt_elk_veld_en_elke_route() -> None:
    schema = beschrijving()["components"]["schemas"]["BerekeningVraagRequest"]
    assert schema["properties"].keys() == set(NAMEN.values())
    assert schema["properties"]["route"]["enum"] == [str(route) for route in Route]
    zonder_uitleg = [naam for naam, veld in schema["properties"].items() if not veld.get("description")]
    assert not zonder_uitleg


def test_alle_fouten_tegelijk_met_de_namen_van_de_afzender() -> None:
    inhoud = {"datum": "morgen", "urenPerWeek": 200, "route": "x", "uren": 3, "naam": "Jan"}
    assert fouten(stuur(inhoud)) == {
        "datum": ("ongeldig", "Schrijf de datum als jjjj-mm-dd, bijvoorbeeld 2026-03-31."),
        "geboortedatum": ("verplicht", "Vul dit veld in."),
        "startDienstverband": ("verplicht", "Vul dit veld in."),
        "voltijdUrenSector": ("verplicht", "Vul dit veld in."),
        "route": ("ongeldig", "Kies loonwaarde of forfait."),
        "naam": ("onbekend", "Dit veld kennen we niet."),
        "uren": ("onbekend", "Dit veld kennen we niet."),
    }


@pytest.mark.parametrize(
    ("anders", "veld", "deel"),
    [
        ({"urenPerWeek": 168.5}, "urenPerWeek", "168 uur"),
        ({"loonwaardePercentage": 0}, "loonwaardePercentage", "1 tot en met 100"),
        ({"loonwaardePercentage": 101}, "loonwaardePercentage", "1 tot en met 100"),
        ({"datum": "2031-02-01"}, "datum", "niet bekend"),
        ({"route": "forfait", "loonwaardePercentage": None}, "route", "tot en met 30 september 2025"),
        ({"functieloonPercentageWml": 1e300}, "functieloonPercentageWml", "hoogstens 1000"),
        ({"functieloonPercentageWml": 100.001}, "functieloonPercentageWml", "twee cijfers"),
        ({"startDienstverband": "0050-01-01", "geboortedatum": "0030-01-01"}, "geboortedatum", "Controleer het jaar"),
        ({"burgerservicenummer": "999990019"}, "burgerservicenummer", "kennen we niet"),
    ],
)
def test_elke_fout_een_heldere_melding(anders: dict[str, Any], veld: str, deel: str) -> None:
    assert deel in fouten(stuur(VRAAG | anders))[veld][1]


def test_een_bsn_als_naam_van_een_veld_komt_niet_terug() -> None:
    antwoord = stuur(VRAAG | {"999990019": 1, "a\ud800b": 1})
    assert "999990019" not in antwoord.content.decode()
    assert "•••" in fouten(antwoord)


@pytest.mark.parametrize("inhoud", ["{", "[]", "3", '{"datum": NaN}', b"\xff"])
def test_wat_geen_object_is(inhoud: Any) -> None:
    antwoord = stuur(inhoud)
    assert (antwoord.status_code, antwoord.json()["code"]) == (400, "verzoek-ongeldig")


def test_alleen_post() -> None:
    antwoord = Client(raise_request_exception=False).get(PAD)
    assert (antwoord.status_code, antwoord.headers["Allow"]) == (405, "POST")


def test_de_koppen_van_elk_antwoord() -> None:
    for antwoord in (stuur(VRAAG), stuur({})):
        assert antwoord.headers["API-Version"] == instellingen.API_VERSIE
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert antwoord.headers["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
        assert antwoord.headers["X-Content-Type-Options"] == "nosniff"
        assert "Set-Cookie" not in antwoord.headers


def test_een_token_verandert_niets() -> None:
    assert stuur(VRAAG, authorization="Bearer niet.een.token").json() == stuur(VRAAG).json()


def test_te_veel_verzoeken_van_een_adres(settings: Any) -> None:
    grens = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"berekening": "2/d"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": grens}
    assert [stuur(VRAAG).status_code for _ in range(3)] == [200, 200, 429]
    laatste = stuur(VRAAG)
    assert laatste.json()["code"] == "te-veel-verzoeken"
    assert int(laatste.headers["Retry-After"]) > 0


def test_er_wordt_alleen_gelezen_en_niet_meer_bij_meer_gemeenten() -> None:
    stuur(VRAAG)
    with tel_vragen() as vragen:
        assert stuur(VRAAG).status_code == 200
    assert all(sql.startswith("SELECT") for sql, _ in vragen.zonder_savepoints), vragen.verslag()
    groeit_niet(lambda: stuur(VRAAG), lambda: GemeenteFabriek.create_batch(5), "berekening", maximum=2)


# --- Whose settings -----------------------------------------------------------------------------------------------
DEEL = VRAAG | {"vanDatum": "2026-08-15"}


def _deel_door_dertig(gemeente: Gemeente) -> None:
    """This gemeente counts a part of a month in thirtieths."""
    with voor_gemeente(gemeente), handeling(FABRIEK):
        landelijk = Parameter.objects.get(sleutel="lks.gebroken_maand")
        Parameter.objects.create(
            gemeente_id=gemeente.pk,
            sleutel=landelijk.sleutel,
            waarde="dertigste",
            geldig_van=landelijk.geldig_van,
            status="onzeker",
            bron="Beleidsregel",
        )
    opzoeken.vergeet()


def test_rekent_met_de_instelling_van_de_gemeente() -> None:
    eerste = Gemeente.objects.order_by("pk").first() or GemeenteFabriek()
    _deel_door_dertig(eerste)
    # Thirtieths, the last day closes the month: 918,0812 × 16/30 = 489,643; by calendar days × 17/31 = 503,464
    assert stuur(DEEL).json()["totaal"] == "489.64"
    ander = GemeenteFabriek()
    assert stuur(DEEL).json()["totaal"] == "503.46", "zonder keuze tellen bij meer gemeenten de landelijke waarden"
    assert stuur(DEEL, f"{PAD}?gemeente={eerste.code}").json()["totaal"] == "489.64"
    assert stuur(DEEL, f"{PAD}?gemeente={ander.code}").json()["totaal"] == "503.46"


@pytest.mark.parametrize("code", ["0000", "9", "x", "", "٠٠٠٠", "00000"])
def test_een_gemeente_die_er_niet_is(code: str) -> None:
    assert fouten(stuur(VRAAG, f"{PAD}?gemeente={code}"))["gemeente"][0] == "onbekend"


def test_een_onbekende_parameter_in_het_adres() -> None:
    assert fouten(stuur(VRAAG, f"{PAD}?bsn=1"))["bsn"][0] == "onbekend"
