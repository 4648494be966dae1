"""Thousands of generated requests from the published description: no 5xx, and never an answer it does not describe.

Bodies come from the schema, right and wrong; half of them are a good referral with generated parts in it, so that
the rules behind the schema are reached too.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import string
import uuid
from collections import Counter
from typing import Any

import hypothesis
import jsonschema
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import strategies as st

from aanmeldingen import services
from aanmeldingen.api.voorbeeld import VOORBEELD
from aanmeldingen.models import Aanmelding
from aanmeldingen.testgevallen import verzonnen_bsn
from kern import klok, webhooks
from kern.api.documentatie import beschrijving
from kern.api.token import SOORT_ASSERTIE
from kern.models import ApiClient
from loonkostensubsidie.api.voorbeeld import VRAAG as BEREKENING
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.aanmeldingen.verwijsfabrieken import persoon, school, verstuurd
from tests.hulp.api import SCOPES, Api, assertie, client_met_sleutel
from tests.kern.fabrieken import FABRIEK

schemathesis = pytest.importorskip("schemathesis", reason="hoort bij de omgeving ‘controle’")

pytestmark = [pytest.mark.django_db, pytest.mark.fuzz]
OPERATIES = sorted((pad, methode) for pad, methoden in beschrijving()["paths"].items() for methode in methoden)
PER_OPERATIE = 300
ANTWOORDEN = {"antwoorden": [{"meldingnummer": "987654321", "besluit": "loopt_door", "referentie": "U-1"}]}
#: Nothing finalised is there: a made up evaluation is not found, whatever is asked.
LEEG = {"/kengetallen/evaluaties/{route}/{periode}"}
#: One request in five is right in every part, as far as we can: something must get through the gate.
_HEEL = 4
LIJSTEN = ["regeling", "status", "taalniveau", "bestaat-niet"]
_instellingen = hypothesis.settings(
    max_examples=PER_OPERATIE,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture(scope="module")
def schema() -> Any:
    return schemathesis.openapi.from_dict(beschrijving())


@pytest.fixture
def intake(routes: None) -> ApiClient:
    """A client with every right, which is also a partner to whom we refer."""
    scopes = [
        *SCOPES,
        "aanmeldingen.veiligheid",
        "verwijzingen.lezen",
        "verwijzingen.beantwoorden",
        "inkomen.beantwoorden",
    ]
    return client_met_sleutel("intake", "intake", scopes=scopes, eigen_organisatie=True)


@pytest.fixture
def verwezen(intake: ApiClient, team: Any, maak_medewerker: Any) -> list[str]:
    """Referrals by us to this client."""
    consulent = maak_medewerker("consulent", team=team)
    partner = school(naam="Activering", soort="afdeling", client=intake)
    mensen = [persoon(consulent, team, 900 + nummer) for nummer in range(4)]
    return [str(verstuurd(mens, partner, consulent, code="naar-activering").kenmerk) for mens in mensen]


@pytest.fixture
def rijen(intake: ApiClient, maak_medewerker: Any, settings: Any) -> list[Aanmelding]:
    """A referral in each state where something else may happen, and no limit in the way."""
    grens = {"DEFAULT_THROTTLE_RATES": {"client": "1000000/min", "token": "1000000/min", "proef": "1000000/min"}}
    grens["DEFAULT_THROTTLE_RATES"]["berekening"] = "1000000/min"
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | grens
    ontvangen, vraag, terug, weg = (maak_aanmelding(intake) for _ in range(4))
    services.vraag_aanvulling(vraag, ["talen"], "Welk niveau?", actor=FABRIEK)
    services.stuur_terug(terug, "al_in_traject", actor=FABRIEK, reden="Heeft al begeleiding.")
    services.trek_in(weg, actor=FABRIEK, reden="Verhuisd")
    return [ontvangen, vraag, terug, weg]


@pytest.fixture
def kenmerken(
    api: Api, rijen: list[Aanmelding], verwezen: list[str], intake: ApiClient, settings: Any
) -> dict[str, list[str]]:
    """Per parameter of an address values that exist."""
    settings.WEBHOOK_HOSTS = ["ontvanger.example"]
    abonnement, _ = webhooks.abonneer(
        intake, sink="https://ontvanger.example/x", types=list(webhooks.TYPES), actor=FABRIEK
    )
    koppen = {"Authorization": f"Bearer {api.token}", "Idempotency-Key": "document"}
    delen = {"soort": "cv", "bestand": _pdf(b"x")}
    document = api.http.post(f"/api/v1/aanmeldingen/{rijen[0].kenmerk}/documenten", delen, headers=koppen)
    assert document.status_code == 201, document.content
    levering = api.post("/api/v1/uitkeringsantwoorden", ANTWOORDEN)
    assert levering.status_code == 201, levering.content
    return {
        "verwijzingen": verwezen,
        "uitkeringsantwoorden": [levering.headers["Location"].rsplit("/", 1)[1]],
        "route": ["intake"],
        "periode": ["2026-k3"],
        "aanmeldingen": [str(r.kenmerk) for r in rijen],
        "abonnementen": [str(abonnement.kenmerk)],
        "document": [document.json()["id"]],
        "naam": LIJSTEN,
    }


@pytest.mark.parametrize(("pad", "methode"), OPERATIES, ids=[f"{m} {p}" for p, m in OPERATIES])
def test_geen_antwoord_buiten_de_beschrijving(
    api: Api, kenmerken: dict[str, list[str]], schema: Any, pad: str, methode: str
) -> None:
    operatie = schema[pad][methode]
    gezien: Counter[int] = Counter()

    @_instellingen
    @hypothesis.given(data=st.data())
    def vuur(data: st.DataObject) -> None:
        case = _geval(operatie, data, kenmerken)
        antwoord = _stuur(api, case, methode.upper())
        gezien[antwoord.status_code] += 1
        _controleer(antwoord, pad, methode)

    vuur()
    print(f"{methode} {pad}: {dict(sorted(gezien.items()))}")
    assert pad in LEEG or min(gezien) < 400, "geen enkel verzoek lukte: zo toetsen we alleen de poort"


def _geval(operatie: Any, data: st.DataObject, kenmerken: dict[str, list[str]]) -> Any:
    """A generated request; often with an address that exists and a body that gets past the schema."""
    modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
    kies = data.draw(st.integers(0, 4), label="hoe echt")
    if kies == _HEEL or not (operatie.body or operatie.query):
        modes = modes[:1]
    case = data.draw(operatie.as_strategy(generation_mode=data.draw(st.sampled_from(modes))), label="verzoek")
    for naam in case.path_parameters or {}:
        soort = operatie.path.split("/")[1] if naam == "kenmerk" else naam
        if kies:
            case.path_parameters[naam] = data.draw(st.sampled_from(kenmerken[soort]))
    if kies and case.headers is not None and "If-Match" in case.headers:
        case.headers["If-Match"] = "*"
    if kies and case.headers is not None and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = uuid.uuid4().hex
    heel = _goed(operatie.path, data)
    if kies == _HEEL and heel:
        case.body = heel
    elif kies > 1 and heel and isinstance(case.body, dict):
        namen = data.draw(st.lists(st.sampled_from(sorted(case.body)), max_size=2)) if case.body else []
        case.body = heel | {naam: case.body[naam] for naam in namen}
    return case


def _goed(pad: str, data: st.DataObject) -> dict[str, Any] | None:
    """A body that the schema and the rules accept."""
    nummer = verzonnen_bsn(data.draw(st.integers(1, 600)))
    if pad in {"/aanmeldingen", "/aanmeldingen/validaties"}:
        referentie = data.draw(st.text(string.ascii_letters, min_size=5, max_size=30))
        return copy.deepcopy(VOORBEELD) | {"externeReferentie": referentie, "burgerservicenummer": nummer}
    return {
        "/aanmeldingen/_zoek": {"burgerservicenummer": nummer},
        "/aanmeldingen/{kenmerk}": {"toelichting": "Zoekt werk in de zorg."},
        "/aanmeldingen/{kenmerk}/aanvullingen": {"antwoord": "B2"},
        "/aanmeldingen/{kenmerk}/intrekkingen": {"reden": "Verhuisd"},
        "/aanmeldingen/{kenmerk}/veiligheidsmeldingen": {
            "gedrag": "Schreeuwde aan de balie.",
            "maatregel": "Met twee collega’s.",
            "gemeldDoor": "Rob Visser",
            "vastgesteldOp": klok.vandaag().isoformat(),
            "geldigTot": (klok.vandaag() + dt.timedelta(days=30)).isoformat(),
        },
        "/verwijzingen/{kenmerk}/ontvangstbevestigingen": {"naam": "Rob Visser"},
        "/verwijzingen/{kenmerk}/antwoorden": {"besluit": "aangenomen", "naam": "Rob Visser"},
        "/uitkeringsantwoorden": ANTWOORDEN,
        "/berekeningen/loonkostensubsidie": dict(BEREKENING),
        "/abonnementen": {"sink": "https://ontvanger.example/x", "types": sorted(webhooks.TYPES)[:1]},
    }.get(pad)


def _stuur(api: Api, case: Any, methode: str) -> Any:
    pad = f"/api/v1{_adres(case)}"
    koppen = {"Authorization": f"Bearer {api.token}"} | {
        n: str(w) for n, w in (case.headers or {}).items() if n.lower() not in {"content-type", "authorization"}
    }
    if case.media_type and "multipart" in case.media_type:
        delen = _delen(case.body)
        return api.http.post(pad, delen, headers=koppen)
    inhoud = case.body
    if isinstance(inhoud, bytes):  # not JSON at all
        return api.http.generic(methode, pad, inhoud, content_type=case.media_type, headers=koppen)
    leeg = inhoud.__class__.__name__ == "NotSet"
    tekst = "" if leeg else json.dumps(inhoud)
    return api.http.generic(methode, pad, tekst, content_type=case.media_type or "application/json", headers=koppen)


def _adres(case: Any) -> str:
    from urllib.parse import quote, urlencode

    pad = case.operation.path
    for naam, waarde in (case.path_parameters or {}).items():
        pad = pad.replace(f"{{{naam}}}", quote(str(waarde), safe=""))
    query = urlencode({n: w for n, w in (case.query or {}).items() if w is not None}, doseq=True)
    return f"{pad}?{query}" if query else pad


def _delen(inhoud: Any) -> dict[str, Any]:
    if not isinstance(inhoud, dict):
        return {}
    uit: dict[str, Any] = {}
    for naam, waarde in inhoud.items():
        if waarde is None:
            continue
        ruw = waarde if isinstance(waarde, bytes) else getattr(waarde, "data", None)
        if naam == "bestand":
            ruw = ruw if isinstance(ruw, bytes) else str(waarde).encode("utf-8", "replace")
            uit[naam] = _pdf(ruw)
        else:
            uit[naam] = str(waarde).encode("utf-8", "replace").decode()
    return uit


def _pdf(inhoud: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("advies.pdf", b"%PDF-1.4\n" + inhoud + b"\n%%EOF\n")


def _controleer(antwoord: Any, pad: str, methode: str) -> None:
    operatie = beschrijving()["paths"][pad][methode]
    code = str(antwoord.status_code)
    plek = f"{methode} {pad} → {code} {antwoord.content[:600]!r}"
    assert antwoord.status_code < 500, plek
    assert code in operatie["responses"], f"niet beschreven: {plek}"
    beschreven = operatie["responses"][code]
    for kop in ("API-Version", "Cache-Control", "X-Content-Type-Options", "Strict-Transport-Security"):
        assert kop in antwoord.headers, (kop, plek)
    inhoud = beschreven.get("content")
    if not inhoud:
        assert not antwoord.content, f"inhoud die niet beschreven is: {plek}"
        return
    soort = antwoord.headers["Content-Type"].partition(";")[0]
    assert soort in inhoud, f"ander soort inhoud {soort}: {plek}"
    document = {"$ref": "#/x", "x": inhoud[soort]["schema"], "components": beschrijving()["components"]}
    fouten = list(
        jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker()).iter_errors(
            antwoord.json()
        )
    )
    assert not fouten, f"{[f'{list(f.absolute_path)}: {f.message}' for f in fouten[:3]]} {plek}"


_TEKST = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60)
_CLAIM = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), _TEKST, st.lists(_TEKST))


def test_token_eindpunt_struikelt_nergens_over(intake: ApiClient, rijen: list[Aanmelding]) -> None:
    """Any form, any assertion: an answer of RFC 6749, with the headers of every answer."""
    http = Client(raise_request_exception=False)
    gezien: Counter[int] = Counter()
    claims = st.dictionaries(st.sampled_from(["iss", "sub", "aud", "exp", "iat", "nbf", "jti"]), _CLAIM, max_size=4)
    assertion = st.one_of(claims.map(lambda anders: assertie(intake.client_id, **anders)), _TEKST, st.just("a.b.c"))

    @_instellingen
    @hypothesis.given(
        velden=st.fixed_dictionaries(
            {
                "grant_type": st.sampled_from(["client_credentials", "password", ""]),
                "client_assertion_type": st.sampled_from([SOORT_ASSERTIE, "x"]),
                "client_assertion": assertion,
            },
            optional={"client_id": _TEKST, "scope": _TEKST, "anders": _TEKST},
        ),
        kapot=st.one_of(st.none(), st.binary(max_size=200)),
        soort=st.sampled_from(["application/x-www-form-urlencoded"] * 4 + ["application/json", "text/plain"]),
    )
    def vuur(velden: dict[str, str], kapot: bytes | None, soort: str) -> None:
        from urllib.parse import urlencode

        inhoud = kapot if kapot is not None else urlencode(velden)
        antwoord = http.generic("POST", "/oauth/token", inhoud, content_type=soort)
        gezien[antwoord.status_code] += 1
        assert antwoord.status_code in {200, 400, 401}, (velden, antwoord.content)
        assert antwoord.headers["Cache-Control"] == "no-store"
        assert antwoord.headers["API-Version"]
        gegevens = antwoord.json()
        assert set(gegevens) == (
            {"access_token", "token_type", "expires_in", "scope"}
            if antwoord.status_code == 200
            else {"error", "error_description"}
        )

    vuur()
    assert set(gezien) == {200, 400, 401}, gezien
