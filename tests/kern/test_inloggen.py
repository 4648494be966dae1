"""Logging in: one message for every failure, a lock after five, a second factor, an idle clock."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from kern import klok
from kern.models import Gebruiker, Overgang, Wijziging
from kern.services import accounts
from tests.kern.fabrieken import FABRIEK

WACHTWOORD = "vier-lange-losse-woorden"


@pytest.fixture
def collega(maak_medewerker):
    medewerker = maak_medewerker("consulent")
    accounts.wijzig_wachtwoord(medewerker.gebruiker, WACHTWOORD, actor=FABRIEK)
    return medewerker.gebruiker


def probeer(client: Client, email: str, wachtwoord: str, **meer):
    return client.post("/inloggen", {"username": email, "password": wachtwoord, **meer})


def test_inloggen_en_uitloggen(client, collega) -> None:
    assert client.get("/inloggen").status_code == 200
    antwoord = probeer(client, collega.email.upper(), WACHTWOORD)
    assert (antwoord.status_code, antwoord.url) == (302, "/")
    assert client.get("/").status_code == 200
    assert client.get("/afmelden").status_code == 405, "uitloggen gaat met een POST"
    assert client.post("/afmelden").url == "/inloggen"
    assert client.get("/").status_code == 302


def test_rol_zonder_vandaag_begint_bij_het_eerste_menupunt(client, maak_medewerker) -> None:
    auditor = maak_medewerker("auditor").gebruiker
    accounts.wijzig_wachtwoord(auditor, WACHTWOORD, actor=FABRIEK)
    begin = probeer(client, auditor.email, WACHTWOORD).url
    assert begin == client.get("/").url, "het logo leidt ook ergens heen"
    assert begin != "/" and client.get(begin).status_code == 200


def test_zonder_rol_staat_er_wat_je_kunt_doen(log_in) -> None:
    assert "geen rol" in log_in().get("/").content.decode()


def _melding(antwoord) -> str:
    return re.sub(r'csrfmiddlewaretoken" value="[^"]+|value="[^"]*"', "", antwoord.content.decode())


def test_geen_verschil_tussen_onbekend_fout_en_geblokkeerd(client, collega) -> None:
    fout = probeer(client, collega.email, "verkeerd-wachtwoord")
    onbekend = probeer(client, "bestaat.niet@voorbeeld.example", WACHTWOORD)
    accounts.blokkeer(collega, reden="weg", actor=FABRIEK)
    dicht = probeer(client, collega.email, WACHTWOORD)
    assert fout.status_code == onbekend.status_code == dicht.status_code == 200
    assert _melding(fout) == _melding(onbekend) == _melding(dicht)
    assert "horen niet bij elkaar" in _melding(fout)


def test_na_vijf_keer_een_kwartier_dicht(client, collega) -> None:
    for poging in range(5):
        # A capital more is no new chance.
        laatste = probeer(client, collega.email.upper() if poging % 2 else collega.email, "verkeerd")
    assert laatste.status_code == 429
    antwoord = probeer(client, collega.email, WACHTWOORD)
    assert antwoord.status_code == 429, "ook het goede wachtwoord helpt nu niet"
    assert "kwartier" in antwoord.content.decode()
    assert client.get("/profiel").status_code == 302


@pytest.mark.parametrize(
    ("gevraagd", "naar"),
    [
        ("/mijn-team", "/mijn-team"),
        ("/zoeken?q=jansen", "/zoeken?q=jansen"),
        ("https://kwaad.example/", "/"),
        ("//kwaad.example", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_terug_naar_alleen_een_eigen_bladzijde(client, collega, gevraagd: str, naar: str) -> None:
    assert probeer(client, collega.email, WACHTWOORD, next=gevraagd).url == naar


def test_zonder_inloggen_naar_inloggen_en_terug(client, db) -> None:
    assert client.get("/zoeken?q=jansen").url == "/inloggen?next=%2Fzoeken%3Fq%3Djansen"
    fragment = client.get("/zoeken/palet?q=x", headers={"HX-Request": "true"})
    assert fragment.status_code == 204 and fragment.headers["HX-Redirect"] == "/inloggen"


def test_nieuw_wachtwoord_kiezen_gaat_voor(client, collega) -> None:
    tijdelijk = accounts.geef_tijdelijk_wachtwoord(collega, reden="vergeten", actor=FABRIEK)
    probeer(client, collega.email, tijdelijk)
    assert client.get("/").url == "/wachtwoord"
    velden = {"oud": tijdelijk, "nieuw": "kort", "herhaal": "kort"}
    assert "12 tekens" in client.post("/wachtwoord", velden).content.decode()
    velden |= {"nieuw": "een-nieuwe-lange-zin", "herhaal": "een-andere-lange-zin"}
    assert "niet gelijk" in client.post("/wachtwoord", velden).content.decode()
    velden["herhaal"] = velden["nieuw"]
    assert client.post("/wachtwoord", velden).url == "/"
    assert client.get("/").status_code == 200, "deze sessie loopt door"
    collega.refresh_from_db()
    assert collega.check_password("een-nieuwe-lange-zin")
    soorten = Overgang.objects.filter(soort="account", object_id=collega.pk).values_list("actie", flat=True)
    assert {"tijdelijk wachtwoord", "wachtwoord gewijzigd"} <= set(soorten)
    tekst = str(list(Wijziging.objects.filter(tabel="kern_gebruiker").values("oud", "nieuw")))
    assert "argon2" not in tekst, "een wachtwoord staat nooit in de historie"


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_tweede_factor_koppelen_gebruiken_en_herstellen(client, collega, settings) -> None:
    settings.TWEEDE_FACTOR_VERPLICHT = True
    probeer(client, collega.email, WACHTWOORD)
    assert client.get("/").url == "/tweede-factor"
    bladzijde = client.get("/tweede-factor").content.decode()
    assert "data:image/svg+xml" in bladzijde and "Sleutel:" in bladzijde
    sleutel = client.session["tweede_factor_sleutel"]
    assert "klopt niet" in client.post("/tweede-factor", {"code": "000000"}).content.decode()
    code = f"{totp(bytes.fromhex(sleutel)):06d}"
    assert client.post("/tweede-factor", {"code": code}).url == "/"
    assert client.get("/").status_code == 200
    # Not obliged any more, but who has an app is asked for it.
    settings.TWEEDE_FACTOR_VERPLICHT = False
    ander = Client()
    probeer(ander, collega.email, WACHTWOORD)
    assert ander.get("/").url == "/tweede-factor"
    assert "al gebruikt" in ander.post("/tweede-factor", {"code": code}).content.decode(), "een code geldt één keer"
    accounts.herstel_tweede_factor(collega, reden="telefoon kwijt", actor=FABRIEK)
    assert not TOTPDevice.objects.filter(user=collega).exists()
    derde = Client()
    probeer(derde, collega.email, WACHTWOORD)
    assert derde.get("/").status_code == 200


def test_stilte_beeindigt_de_sessie_en_peilen_telt_niet(client, collega, settings, monkeypatch) -> None:
    settings.SESSION_COOKIE_AGE = 100
    client.force_login(collega)
    begin = klok.wandklok()
    assert client.get("/profiel").status_code == 200
    monkeypatch.setattr("kern.klok.wandklok", lambda: begin + 90)
    assert client.get("/profiel", headers={"X-Peiling": "1"}).status_code == 200
    monkeypatch.setattr("kern.klok.wandklok", lambda: begin + 120)
    assert client.get("/profiel").status_code == 302, "de machine die peilt houdt de sessie niet open"


def test_profiel_en_thema(log_in) -> None:
    client = log_in("consulent")
    assert client.get("/profiel").status_code == 200
    assert client.post("/profiel", {"thema": "donker"}).status_code == 302
    gebruiker = Gebruiker.objects.get(pk=client.medewerker.gebruiker_id)
    assert gebruiker.thema == "donker"
    assert client.post("/profiel/thema", {"thema": "licht"}).status_code == 204
    assert client.post("/profiel/thema", {"thema": "roze"}).status_code == 400
    gebruiker.refresh_from_db()
    assert gebruiker.thema == "licht"
    assert 'data-thema="licht"' in client.get("/profiel").content.decode()


def test_gezond_en_gereed(client, db) -> None:
    assert client.get("/gezond").json() == {"stand": "goed"}
    antwoord = client.get("/gereed")
    assert antwoord.status_code == 200
    assert antwoord.json()["delen"]["database"] == antwoord.json()["delen"]["wachtrij"] == "goed"


def test_gereed_zegt_dat_de_wachtrij_weg_is(client, db) -> None:
    from reintegratie.celery import app

    oud = app.conf.broker_read_url
    app.conf.broker_read_url = "redis://127.0.0.1:1/0"
    try:
        antwoord = client.get("/gereed")
    finally:
        app.conf.broker_read_url = oud
    assert antwoord.status_code == 503 and antwoord.json()["delen"]["wachtrij"] == "fout"


def test_foutpaginas(client, log_in) -> None:
    assert "Deze pagina is er niet" in client.get("/bestaat-niet").content.decode()
    probleem = client.get("/api/v1/bestaat-niet")
    assert probleem.status_code == 404 and probleem.headers["Content-Type"] == "application/problem+json"
    assert probleem.json()["status"] == 404
    assert log_in("werkleider").get("/beheer/taken").status_code == 403
