"""API-clients in the hands of the functioneel beheerder: connect, change keys without standing still, stop."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey

from aanmeldingen.clientforms import SCOPES, vandaag
from kern import klok
from kern.api import clients as dienst
from kern.api.documentatie import beschrijving
from kern.handeling import handeling
from kern.models import Abonnement, ApiClient, ClientSleutel, Gebeurtenis, Wijziging
from kern.webhooks import maak_afleveringen
from tests.hulp import api as hulp
from tests.hulp.api import Api, client_met_sleutel, vraag_token
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def beheer(wet: None, log_in: Any) -> Client:
    return log_in("functioneel_beheerder")


@pytest.fixture
def intake(wet: None, gemeente: Any) -> ApiClient:
    return client_met_sleutel("intake")


def publiek(sleutel: Any) -> str:
    return json.dumps(sleutel.as_dict(private=False))


def nl(dag: dt.date) -> str:
    return dag.strftime("%d-%m-%Y")


def token_met(sleutel: Any, monkeypatch: Any) -> int:
    """Ask a token with this key; the status."""
    monkeypatch.setattr(hulp, "sleutel", lambda: sleutel)
    return vraag_token(Client(raise_request_exception=False), "intake").status_code


def test_systeem_aansluiten_en_een_token_halen(beheer: Client, monkeypatch: Any) -> None:
    velden = {
        "naam": "Intake",
        "client_id": "intake",
        "bron": "intake",
        "scopes": ["aanmeldingen.indienen", "gebeurtenissen.lezen"],
        "eigen_organisatie": "on",
    }
    antwoord = beheer.post("/beheer/clients/nieuw", velden)
    rij = ApiClient.objects.get()
    assert antwoord.headers["Location"] == f"/beheer/clients/{rij.pk}"
    assert (rij.eigen_organisatie, rij.uitkomst_zichtbaar, rij.scopes) == (True, False, velden["scopes"])
    assert "Geen geldige sleutel" in beheer.get("/beheer/clients").content.decode()
    sleutel = RSAKey.generate_key(2048, auto_kid=True)
    assert token_met(sleutel, monkeypatch) == 401
    beheer.post(f"/beheer/clients/{rij.pk}/sleutel", {"jwk": publiek(sleutel), "geldig_vanaf": nl(vandaag())})
    assert token_met(sleutel, monkeypatch) == 200
    blad = beheer.get(f"/beheer/clients/{rij.pk}").content.decode()
    assert "Actief" in blad
    assert sleutel.kid[:10] in blad
    assert "Nog niet" not in blad  # both the client and the key were used just now
    assert ClientSleutel.objects.get().laatst_gebruikt_op is not None


def test_sleutel_wisselen_zonder_stilstand(beheer: Client, intake: ApiClient, monkeypatch: Any) -> None:
    """Old and new both work until the day that was chosen, then only the new one."""
    oud, nieuw = hulp.sleutel(), ECKey.generate_key("P-256", auto_kid=True)
    over = vandaag() + dt.timedelta(days=10)
    pad = f"/beheer/clients/{intake.pk}/sleutel"
    beheer.post(pad, {"jwk": publiek(nieuw), "geldig_vanaf": nl(vandaag()), "oude_tot": nl(over)})
    rij_oud, rij_nieuw = ClientSleutel.objects.order_by("pk")
    assert rij_nieuw.geldig_tot is None
    assert rij_oud.geldig_tot is not None
    blad = beheer.get(f"/beheer/clients/{intake.pk}").content.decode()
    assert "Loopt bijna af" in blad
    assert "Sleutel toevoegen" not in blad  # two is the maximum
    assert token_met(oud, monkeypatch) == 200
    monkeypatch.setattr(jwt, "encode", _als_es256(jwt.encode))
    assert token_met(nieuw, monkeypatch) == 200
    monkeypatch.undo()
    with handeling(FABRIEK):
        toen = klok.echt_nu() - dt.timedelta(days=20)
        ClientSleutel.objects.filter(pk=rij_oud.pk).update(geldig_vanaf=toen, geldig_tot=toen + dt.timedelta(days=5))
    assert token_met(oud, monkeypatch) == 401
    assert "Verlopen" in beheer.get(f"/beheer/clients/{intake.pk}").content.decode()


def _als_es256(encode: Any) -> Any:
    def teken(kop: dict[str, str], claims: Any, sleutel: Any, algorithms: list[str]) -> str:
        if isinstance(sleutel, ECKey):
            return encode(kop | {"alg": "ES256"}, claims, sleutel, algorithms=["ES256"])
        return encode(kop, claims, sleutel, algorithms=algorithms)

    return teken


def test_sleutel_die_later_begint_werkt_nog_niet(beheer: Client, intake: ApiClient, monkeypatch: Any) -> None:
    nieuw = RSAKey.generate_key(2048, auto_kid=True)
    morgen = vandaag() + dt.timedelta(days=1)
    velden = {"jwk": publiek(nieuw), "geldig_vanaf": nl(morgen), "oude_tot": nl(morgen + dt.timedelta(days=7))}
    beheer.post(f"/beheer/clients/{intake.pk}/sleutel", velden)
    assert "Begint later" in beheer.get(f"/beheer/clients/{intake.pk}").content.decode()
    assert token_met(nieuw, monkeypatch) == 401


@pytest.mark.parametrize(
    ("anders", "zin"),
    [
        ({"jwk": "geen json"}, "Dit is geen JWK"),
        ({"jwk": "[1]"}, "Dit is geen JWK"),
        ({"jwk": "{}"}, "Geef een publieke sleutel"),
        ({"jwk": json.dumps(RSAKey.generate_key(2048).as_dict(private=True))}, "Geef een publieke sleutel"),
        ({"jwk": publiek(ECKey.generate_key("P-384"))}, "Geef een publieke sleutel"),
        ({"geldig_tot": "01-01-2020"}, "Het einde ligt voor het begin"),
        ({"oude_tot": "01-01-2020"}, "anders staat het systeem stil"),
        ({"geldig_vanaf": ""}, "Vul een datum in"),
    ],
    ids=["tekst", "lijst", "leeg", "prive", "andere kromme", "einde", "gat", "zonder begin"],
)
def test_verkeerde_sleutel_zegt_wat_er_moet(
    beheer: Client, intake: ApiClient, anders: dict[str, str], zin: str
) -> None:
    goed = {"jwk": publiek(RSAKey.generate_key(2048)), "geldig_vanaf": nl(vandaag()), "oude_tot": nl(vandaag())}
    antwoord = beheer.post(f"/beheer/clients/{intake.pk}/sleutel", goed | anders)
    assert antwoord.status_code == 200
    assert zin in antwoord.content.decode()
    assert ClientSleutel.objects.count() == 1


def test_hoogstens_twee_sleutels_tegelijk(intake: ApiClient) -> None:
    dienst.voeg_sleutel_toe(intake, RSAKey.generate_key(2048).as_dict(private=False), actor=FABRIEK)
    derde = RSAKey.generate_key(2048).as_dict(private=False)
    with pytest.raises(ValidationError, match="al twee sleutels"):
        dienst.voeg_sleutel_toe(intake, derde, actor=FABRIEK)
    dienst.trek_sleutel_in(ClientSleutel.objects.order_by("pk")[0], actor=FABRIEK, reden="Gelekt")
    dienst.voeg_sleutel_toe(intake, derde, actor=FABRIEK)
    assert dienst.nog_te_gebruiken(intake).count() == 2


def test_einde_kiezen_en_intrekken(beheer: Client, intake: ApiClient, monkeypatch: Any) -> None:
    rij = ClientSleutel.objects.get()
    pad = f"/beheer/clients/{intake.pk}/sleutel/{rij.pk}"
    assert "Kies vandaag of een latere dag" in beheer.post(pad, {"geldig_tot": "01-01-2020"}).content.decode()
    assert beheer.post(pad, {"geldig_tot": nl(vandaag())}).status_code == 302
    assert token_met(hulp.sleutel(), monkeypatch) == 200  # the last day counts
    assert "Leg in een paar woorden uit" in beheer.post(f"{pad}/intrekken", {}).content.decode()
    beheer.post(f"{pad}/intrekken", {"reden": "Gelekt"})
    assert token_met(hulp.sleutel(), monkeypatch) == 401
    assert Wijziging.objects.filter(tabel="kern_clientsleutel", reden="Gelekt").exists()
    assert "al verlopen" in beheer.post(pad, {"geldig_tot": nl(vandaag())}).content.decode()


def test_stopzetten_en_weer_aanzetten(beheer: Client, intake: ApiClient) -> None:
    api = Api("intake")
    pad = f"/beheer/clients/{intake.pk}"
    with handeling(FABRIEK):
        Abonnement.objects.create(client=intake, sink="https://a.example/", types=["x"], geheim=b"x")
        gebeurtenis = Gebeurtenis(client_id=intake.pk, type="x", gemeente_id=intake.gemeente_id)
    assert beheer.post(f"{pad}/stopzetten", {}).status_code == 200
    beheer.post(f"{pad}/stopzetten", {"reden": "Contract voorbij"})
    assert api.get("/api/v1/gebeurtenissen").status_code == 401
    assert maak_afleveringen(gebeurtenis) == 0
    assert "Stopgezet" in beheer.get("/beheer/clients").content.decode()
    assert beheer.get(f"{pad}/openen").status_code == 405
    beheer.post(f"{pad}/openen")
    assert api.get("/api/v1/gebeurtenissen").status_code == 200


def test_scopes_wijzigen_geldt_meteen_en_de_tweede_verliest(beheer: Client, intake: ApiClient) -> None:
    api = Api("intake")
    pad = f"/beheer/clients/{intake.pk}/wijzigen"
    velden = {"naam": "Intake", "scopes": ["aanmeldingen.lezen"], "versie": 1}
    assert beheer.post(pad, velden).status_code == 302
    assert api.get("/api/v1/gebeurtenissen").status_code == 403
    assert "Een collega heeft deze client net gewijzigd" in beheer.post(pad, velden).content.decode()
    half = beheer.post(pad, velden | {"versie": 2, "uitgever": "https://idp.example"})
    assert "allebei in, of geen van beide" in half.content.decode()
    assert beheer.post(pad, velden | {"versie": 2, "scopes": ["alles"]}).status_code == 200


@pytest.mark.parametrize("rol", ["consulent", "teammanager", "auditor", "privacy_officer"])
def test_alleen_de_functioneel_beheerder(intake: ApiClient, log_in: Any, rol: str) -> None:
    client = log_in(rol)
    for pad in ("", "/nieuw", f"/{intake.pk}", f"/{intake.pk}/wijzigen", f"/{intake.pk}/sleutel"):
        assert client.get(f"/beheer/clients{pad}").status_code == 403, pad


def test_sleutel_van_een_ander_is_er_niet(beheer: Client, intake: ApiClient) -> None:
    ander = client_met_sleutel("ander")
    vreemd = ClientSleutel.objects.get(client=ander)
    assert beheer.get(f"/beheer/clients/{intake.pk}/sleutel/{vreemd.pk}").status_code == 404
    assert beheer.post(f"/beheer/clients/{intake.pk}/sleutel/{vreemd.pk}/intrekken", {"reden": "x"}).status_code == 404


@pytest.mark.parametrize("blad", ["documentatie", "wijzigingen", "problemen/te-groot"])
def test_uitleg_voor_ontwikkelaars_opent_ook_als_je_bent_ingelogd(beheer: Client, blad: str) -> None:
    """The real request runs outside any gemeente; the list of clients links here."""
    from kern.handeling import _gemeente

    token = _gemeente.set(None)
    try:
        assert beheer.get(f"/api/v1/{blad}").status_code == 200
    finally:
        _gemeente.reset(token)


def test_lijst_groeit_niet(beheer: Client, intake: ApiClient) -> None:
    teller = iter(range(100))
    groeit_niet(
        lambda: beheer.get("/beheer/clients"),
        lambda: [client_met_sleutel(f"client-{next(teller)}") for _ in range(12)],
        "API-clients",
        maximum=14,
    )


def test_de_rechten_op_het_scherm_zijn_die_van_de_api() -> None:
    gevraagd = {
        scope
        for methoden in beschrijving()["paths"].values()
        for operatie in methoden.values()
        for regel in operatie.get("security", ())
        for scope in regel["oauth2"]
    }
    assert set(SCOPES) == gevraagd


@pytest.mark.parametrize(
    ("anders", "regel"),
    [
        ({}, "sleutel_een_zonder_einde"),
        ({"geldig_tot": dt.datetime(2020, 1, 1, tzinfo=dt.UTC)}, "sleutel_einde_na_begin"),
    ],
    ids=["tweede zonder einde", "einde voor begin"],
)
def test_de_database_bewaakt_de_sleutels(intake: ApiClient, anders: dict[str, Any], regel: str) -> None:
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=regel), transaction.atomic():
        ClientSleutel.objects.create(client=intake, kid="ander", jwk={}, **anders)
