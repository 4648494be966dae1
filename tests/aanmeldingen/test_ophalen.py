"""Reading at a partner: a real HTTP server that keeps referrals ready, page by page."""

from __future__ import annotations

import base64
import http.server
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError

from aanmeldingen.aanleveren import ophalen
from aanmeldingen.models import Aanlevering, Aanleverregel, Aanmelding, Ophaalstand
from kern.handeling import handeling
from kern.models import ApiClient, Taakloop
from kern.taken import voer_uit
from tests.aanmeldingen.fabrieken import lichaam
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
TOKEN, NAAM, GEHEIM = "sesam-open-u", "re-integratie", "heel geheim"


class Partner:
    """Keeps lines ready; a cursor is the number of lines that were read."""

    def __init__(self) -> None:
        self.regels: list[str] = []
        self.status, self.per_pagina, self.zonder_cursor = 200, 3, False
        self.vragen: list[str] = []
        buiten = self

        class Antwoord(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                buiten.vragen.append(self.path)
                if self.headers["Authorization"] != f"Bearer {TOKEN}":
                    return self.antwoord(401, b"")
                van = int(parse_qs(urlsplit(self.path).query).get("cursor", ["0"])[0])
                deel = buiten.regels[van : van + buiten.per_pagina]
                koppen = {} if buiten.zonder_cursor else {"Next-Cursor": str(van + len(deel))}
                return self.antwoord(buiten.status, "".join(f"{r}\n" for r in deel).encode(), **koppen)

            def do_POST(self) -> None:
                inhoud = self.rfile.read(int(self.headers["Content-Length"]))
                wie = base64.b64encode(f"{NAAM}:heel%20geheim".encode()).decode()
                goed = self.headers["Authorization"] == f"Basic {wie}" and inhoud == b"grant_type=client_credentials"
                self.antwoord(200 if goed else 401, json.dumps({"access_token": TOKEN}).encode())

            def antwoord(self, status: int, inhoud: bytes, **koppen: str) -> None:
                self.send_response(status)
                for naam, waarde in koppen.items():
                    self.send_header(naam.replace("_", "-"), waarde)
                self.send_header("Content-Length", str(len(inhoud)))
                self.end_headers()
                self.wfile.write(inhoud)

            def log_message(self, *args: Any) -> None:
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Antwoord)
        self.adres = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def zet_klaar(self, *inhouden: Any) -> None:
        self.regels += [i if isinstance(i, str) else json.dumps(i) for i in inhouden]


@pytest.fixture
def partner(settings: Any, intake: ApiClient) -> Iterator[Partner]:
    partner = Partner()
    settings.OVERDRACHT_BRONNEN = [f"{intake.client_id}|{partner.adres}/lijst|{TOKEN}"]
    yield partner
    partner.server.shutdown()
    partner.server.server_close()


@pytest.fixture
def haal(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.ophalen", gemeente)


@pytest.mark.eis("R044", "ophalen bij een partner: elke bladzijde één keer, de cursor gaat mee in dezelfde transactie")
def test_bladzijde_voor_bladzijde_en_de_volgende_nacht_verder(partner: Partner, haal: Any) -> None:
    partner.zet_klaar(*[lichaam() for _ in range(4)], lichaam(naam={}), "{geen json", lichaam())
    loop = haal()
    assert loop.tellingen == {"regels aangemeld": 5, "regels afgekeurd": 1, "regels niet te lezen": 1}
    assert Aanmelding.objects.count() == 5
    assert Ophaalstand.objects.get().cursor == "7"
    tellingen = Aanlevering.objects.order_by("pk").values_list("wijze", "verwerkt", "afgekeurd", "onleesbaar")
    assert list(tellingen) == [("ophalen", 3, 0, 0), ("ophalen", 1, 1, 1), ("ophalen", 1, 0, 0)]
    partner.zet_klaar(lichaam())
    partner.vragen.clear()
    assert haal().tellingen == {"regels aangemeld": 1}
    assert [parse_qs(urlsplit(v).query)["cursor"] for v in partner.vragen] == [["7"], ["8"]]
    assert haal().tellingen == {}


def test_stopt_midden_in_een_bladzijde(partner: Partner, haal: Any, monkeypatch: Any) -> None:
    """The lines of a page and its cursor are kept together or not at all; the next run asks for the page again."""
    partner.zet_klaar(*[lichaam() for _ in range(5)])
    echt = ophalen.verwerk

    def breekt(aanlevering: Any, regel: Any, **kwargs: Any) -> str:
        if Aanmelding.objects.count() == 4:
            raise OperationalError("weg")
        return echt(aanlevering, regel, **kwargs)

    with monkeypatch.context() as even:
        even.setattr(ophalen, "verwerk", breekt)
        with pytest.raises(OperationalError):
            haal()
    assert Aanmelding.objects.count() == Aanleverregel.objects.count() == 3
    assert (Ophaalstand.objects.get().cursor, Aanlevering.objects.count()) == ("3", 1)
    haal()
    assert Aanmelding.objects.count() == 5 and Ophaalstand.objects.get().cursor == "5"


def test_partner_die_opnieuw_begint_geeft_niets_dubbel(partner: Partner, haal: Any) -> None:
    partner.zet_klaar(*[lichaam() for _ in range(4)])
    haal()
    with handeling(FABRIEK):
        Ophaalstand.objects.update(cursor="1")
    assert haal().tellingen == {"regels hadden we al": 3}
    assert Aanmelding.objects.count() == 4


@pytest.mark.parametrize(
    ("wat", "fout"),
    [
        ({"status": 503}, "127.0.0.1 antwoordde met code 503."),
        ({"status": 302}, "127.0.0.1 antwoordde met code 302."),
        ({"zonder_cursor": True}, "In het antwoord ontbreekt de kop Next-Cursor, of die is te lang."),
    ],
)
def test_partner_die_niet_werkt_houdt_de_nacht_niet_op(
    partner: Partner, haal: Any, log_in: Any, wat: dict[str, Any], fout: str
) -> None:
    partner.zet_klaar(lichaam())
    vars(partner).update(wat)
    assert haal().tellingen == {"afzenders niet bereikbaar": 1}
    assert not Aanmelding.objects.exists()
    blad = log_in("functioneel_beheerder").get("/beheer/aanleveringen").content.decode()
    assert fout in blad and "Nog nooit" in blad
    partner.status, partner.zonder_cursor = 200, False
    assert haal().tellingen == {"regels aangemeld": 1}
    assert Ophaalstand.objects.get().fout == ""


def test_niemand_thuis(settings: Any, intake: ApiClient, haal: Any) -> None:
    settings.OVERDRACHT_BRONNEN = [f"{intake.client_id}|http://127.0.0.1:9/lijst|x"]
    assert haal().tellingen == {"afzenders niet bereikbaar": 1}
    assert Ophaalstand.objects.get().fout == "Geen verbinding met 127.0.0.1 (ConnectionRefusedError)."


def test_met_oauth(partner: Partner, haal: Any, settings: Any, intake: ApiClient) -> None:
    partner.zet_klaar(lichaam())
    bron = f"{intake.client_id}|{partner.adres}/lijst?soort=nieuw|{partner.adres}/token|{NAAM}|{GEHEIM}"
    settings.OVERDRACHT_BRONNEN = [bron]
    assert haal().tellingen == {"regels aangemeld": 1}
    assert partner.vragen[0].startswith("/lijst?soort=nieuw&limit=100")
    settings.OVERDRACHT_BRONNEN = [bron + "x"]
    assert haal().tellingen == {"afzenders niet bereikbaar": 1}


@pytest.mark.parametrize(
    "regel", ["intake", "intake|https://x.example/|", "intake|ftp://x.example/|sesam", "a|b|c|sesam"]
)
def test_verkeerde_instelling(regel: str) -> None:
    with pytest.raises(ImproperlyConfigured) as fout:
        ophalen.Bron.van(regel)
    assert "sesam" not in str(fout.value)


def test_in_productie_alleen_https_en_nooit_het_geheim_in_beeld(settings: Any) -> None:
    settings.PRODUCTIE = True
    with pytest.raises(ImproperlyConfigured):
        ophalen.Bron.van("intake|http://x.example/|t")
    bron = ophalen.Bron.van("intake|https://x.example/|https://x.example/token|naam|zeer-geheim")
    assert "zeer-geheim" not in repr(bron) and bron.token == ""
