"""A BSN comes in by every path there is, and shows in nothing that we keep, send, log or list (ONTWERP 3.10)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from gunicorn.config import Config

from aanmeldingen.models import Aanleverregel, Aanmelding
from deelnemers.models import Deelnemer
from deelnemers.services.inschrijven import vind_op_bsn
from kern import webhooks
from kern.handeling import voor_gemeente
from kern.models import ApiClient, Gebeurtenis, Idempotentie, Leesregel, Wijziging
from kern.taken import voer_uit
from organisatie.models import Medewerker
from organisatie.rechten import Rol
from rapportage.services.nacht import bereken_nu
from reintegratie.lokaal.paden import CHECKOUT
from reintegratie.productie.toegangslog import Toegangslog
from tests.aanmeldingen.fabrieken import bsn_nummer, lichaam
from tests.aanmeldingen.test_aanleveren import als_csv, zet
from tests.aanmeldingen.test_api_documenten import map_, stuur  # noqa: F401
from tests.aanmeldingen.test_api_documenten import pad as documentpad
from tests.aanmeldingen.test_ophalen import Partner, partner  # noqa: F401
from tests.hulp.api import Api
from tests.hulp.ontvanger import Ontvanger
from tests.hulp.sporen import Nummers, luister_mee
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])
PAD = "/api/v1/aanmeldingen"
#: Django says which address was asked for; what somebody guesses stands in it until the formatter hides it.
NOEMT_HET_ADRES = {"django.request"}


class Wereld:
    """Feeds numbers in and keeps what came out."""

    def __init__(self, api: Api, postvak: Path, partner: Partner, ontvanger: Ontvanger) -> None:  # noqa: F811
        self.api, self.postvak, self.partner, self.ontvanger = api, postvak, partner, ontvanger
        self.nummers, self.uit = Nummers(), []
        self._volgende = iter(range(4000, 4900))

    def bsn(self, pad: str, *, fout: bool = False) -> str:
        nummer = bsn_nummer(next(self._volgende))
        if fout:
            nummer = f"{nummer[:8]}{(int(nummer[8]) + 1) % 10}"
        return self.nummers.neem(nummer, pad)

    def kwam(self, wat: str, antwoord: Any, *statussen: int) -> Any:
        """Check the status and remember the whole answer."""
        assert antwoord.status_code in (statussen or (200, 201)), f"{wat}: {antwoord.status_code} {antwoord.content!r}"
        koppen = " ".join(f"{k}: {v}" for k, v in antwoord.headers.items())
        inhoud = antwoord.getvalue() if antwoord.streaming else antwoord.content
        self.uit.append((wat, f"{koppen} {inhoud.decode(errors='replace')}"))
        return antwoord


@pytest.fixture
def ontvanger(tmp_path: Path, settings: Any, intake: ApiClient) -> Iterator[Ontvanger]:
    """A subscriber to everything."""
    ontvanger = Ontvanger(tmp_path)
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_CA = ["127.0.0.1:intern"], ontvanger.ca
    webhooks.abonneer(intake, ontvanger.adres, list(webhooks.TYPES), actor=FABRIEK)
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


@pytest.fixture
def wereld(api: Api, postvak: Path, partner: Partner, ontvanger: Ontvanger) -> Wereld:  # noqa: F811
    return Wereld(api, postvak, partner, ontvanger)


@pytest.fixture
def schermen(maak_medewerker: Any, team: Any) -> tuple[Client, Client]:
    """A consulent, and somebody who manages and hears what income answers."""
    staf, beheer = Client(raise_request_exception=False), Client(raise_request_exception=False)
    staf.force_login(maak_medewerker("consulent", team=team).gebruiker)
    beheer.force_login(maak_medewerker("functioneel_beheerder", "inkomensconsulent", "teammanager").gebruiker)
    return staf, beheer


def langs_de_api(w: Wereld) -> Aanmelding:
    """Handing in, trying out, searching, correcting, a document; right and wrong."""
    api, bsn = w.api, w.bsn("POST aanmelding")
    inhoud = lichaam(burgerservicenummer=bsn)
    antwoord = w.kwam("POST", api.post(PAD, inhoud, key="een"))
    w.kwam("POST herhaald", api.post(PAD, inhoud, key="een"))
    w.kwam("POST dubbel", api.post(PAD, lichaam(burgerservicenummer=bsn)), 409)
    rij = Aanmelding.objects.get(kenmerk=antwoord.json()["id"])
    fout = w.bsn("fout BSN", fout=True)
    for wijze in (PAD, f"{PAD}/validaties"):
        w.kwam(f"{wijze} fout", api.post(wijze, lichaam(burgerservicenummer=fout)), 200, 400)
        getal = int(w.bsn(f"{wijze} als getal"))
        w.kwam(f"{wijze} als getal", api.post(wijze, lichaam(burgerservicenummer=getal)), 200, 201, 400)
        als_lijst = [w.bsn(f"{wijze} als lijst")]
        w.kwam(f"{wijze} als lijst", api.post(wijze, lichaam(burgerservicenummer=als_lijst)), 200, 400)
        w.kwam(f"{wijze} als sleutel", api.post(wijze, lichaam(**{w.bsn(f"{wijze} als veld"): "x"})), 200, 400)
        stuk = '{"burgerservicenummer": "' + w.bsn(f"{wijze} kapotte JSON") + '"'
        w.kwam(f"{wijze} kapot", api.post(wijze, stuk), 400)
    nummer = w.bsn("referentie met BSN")
    zelfde = lichaam(burgerservicenummer=nummer, externeReferentie=f"zaak-{nummer}")
    w.kwam("referentie", api.post(PAD, zelfde), 400)
    w.kwam("proef", api.post(f"{PAD}/validaties", lichaam(burgerservicenummer=w.bsn("proef"))))
    w.kwam("Idempotency-Key", api.post(PAD, lichaam(), key=f"sleutel-{w.bsn('Idempotency-Key')}"), 400)
    w.kwam("_zoek", api.post(f"{PAD}/_zoek", {"burgerservicenummer": bsn}, key=None))
    w.kwam("_zoek onbekend", api.post(f"{PAD}/_zoek", {"burgerservicenummer": w.bsn("_zoek onbekend")}, key=None))
    w.kwam("_zoek fout", api.post(f"{PAD}/_zoek", {"burgerservicenummer": fout}, key=None), 400)
    merk = api.get(f"{PAD}/{rij.kenmerk}").headers["ETag"]
    beter = {"burgerservicenummer": w.bsn("PATCH herstelt")}
    w.kwam("PATCH", api.patch(f"{PAD}/{rij.kenmerk}", beter, If_Match=merk))
    merk = api.get(f"{PAD}/{rij.kenmerk}").headers["ETag"]
    w.kwam("PATCH fout", api.patch(f"{PAD}/{rij.kenmerk}", {"burgerservicenummer": fout}, If_Match=merk), 400)
    w.kwam("document", stuur(api, documentpad(rij), naam=f"cv {w.bsn('bestandsnaam')}.pdf"))
    w.kwam("document soort", stuur(api, documentpad(rij), soort=w.bsn("documentsoort")), 400)
    w.kwam("een", api.get(f"{PAD}/{rij.kenmerk}"))
    w.kwam("lijst", api.get(f"{PAD}?pageSize=100"))
    w.kwam("statussen", api.get(f"{PAD}/{rij.kenmerk}/statussen"))
    return rij


def langs_een_bestand(w: Wereld) -> None:
    """JSON Lines and CSV: right, wrong, double, unreadable, as a column, in the name of the file."""
    bsn = w.bsn("bestand goed")
    kapot = '{"burgerservicenummer": "' + w.bsn("bestand onleesbaar") + '"'
    zet(
        w.postvak / f"lijst {w.bsn('naam van een bestand')}.jsonl",
        lichaam(burgerservicenummer=bsn),
        lichaam(burgerservicenummer=bsn),
        lichaam(burgerservicenummer=w.bsn("bestand fout", fout=True)),
        lichaam(externeReferentie=w.bsn("bestand referentie")),
        lichaam(**{w.bsn("bestand als veld"): "x"}),
        kapot,
    )
    rijen = als_csv(
        lichaam(burgerservicenummer=w.bsn("csv goed")), lichaam(burgerservicenummer=w.bsn("csv", fout=True))
    )
    (w.postvak / "goed.csv").write_text(f"{rijen}{w.bsn('csv te kort')};x\r\n", newline="")
    (w.postvak / "kop.csv").write_text(f"externeReferentie;{w.bsn('csv kop')}\nA;{w.bsn('csv kop cel')}\n")


def langs_de_schermen(w: Wereld, rij: Aanmelding, staf: Client, beheer: Client) -> None:
    """Search, guess, register by hand, accept, correct, and every list and export after it."""
    raad = w.bsn("geraden adres")
    for adres in (f"/deelnemers/{raad}", f"/aanmeldingen/{raad}", f"/beheer/taken/{raad}", f"/{raad}"):
        w.kwam(adres, staf.get(adres), 403, 404)
    for adres in (f"{PAD}/{raad}", f"{PAD}/{raad}/documenten", f"/api/v1/referentielijsten/{raad}"):
        w.kwam(adres, w.api.get(adres), 404)
    for vraag in (f"status={raad}", f"bsn={raad}", f"{raad}=1", f"page={raad}", f"gewijzigdNa={raad}"):
        w.kwam(vraag, w.api.get(f"{PAD}?{vraag}"), 200, 400)
    zoek = w.bsn("zoeken")
    w.kwam("palet", staf.get(f"/zoeken/palet?q={zoek}"))
    staf.get(f"/zoeken?q={zoek}")  # the box shows what was typed; nothing else may
    nieuw = {"roepnaam": "Tom", "geslachtsnaam": "Vos", "geboortedatum": "3-3-1990", "geslacht": "1"}
    hand = w.bsn("met de hand")
    assert staf.post(reverse("persoon_nieuw"), nieuw | {"bsn": w.bsn("met de hand fout", fout=True)}).status_code == 400
    w.kwam("met de hand", staf.post(reverse("persoon_nieuw"), nieuw | {"bsn": hand}), 302)
    w.kwam("nog eens", staf.post(reverse("persoon_nieuw"), nieuw | {"bsn": hand, "toch_nieuw": "on"}), 400)
    w.kwam("opgezocht", staf.post(reverse("dossier_opzoeken"), {"nummer": hand}), 302)
    w.kwam("niet gevonden", staf.post(reverse("dossier_opzoeken"), {"nummer": w.bsn("onbekend")}), 400)
    w.kwam("oppakken", staf.post(reverse("aanmelding_oppakken", args=[rij.kenmerk])), 302)
    wie = {"medewerker": Medewerker.objects.get(rollen__rol=Rol.CONSULENT).pk}
    w.kwam("aannemen", staf.post(reverse("aanmelding_aannemen", args=[rij.kenmerk]), wie), 302)
    antwoorden = "melding;besluit;laatste_dag;reden_einde;toelichting\n" + ";".join([w.bsn("inkomen"), "x", "", "", ""])
    bestand = {"bestand": SimpleUploadedFile("antwoord.csv", antwoorden.encode())}
    w.kwam("inkomen", beheer.post(reverse("inkomen_antwoordbestand"), bestand))
    bereken_nu()
    nummers = Deelnemer.objects.order_by("pk").values_list("dossiernummer", flat=True)
    persoon = Deelnemer.objects.get(geslachtsnaam="Vos")
    paden = [reverse(n, args=[persoon.dossiernummer]) for n in ("dossier", "historie", "gegevens", "diagnose")]
    paden += [reverse(n) for n in ("aanmeldingen", "caseload", "vandaag", "eerste_keer_goed")]
    paden += [f"/aanmeldingen/{a.kenmerk}" for a in Aanmelding.objects.order_by("pk")[:4]]
    for adres in paden:
        w.kwam(adres, staf.get(adres))
    paden = [reverse(n) for n in ("taken", "aanleveringen", "afleveringen", "postvak", "inkomen_meldingen")]
    paden += [reverse("cijfer_export", args=["eerste-keer-goed"]), reverse("cijfer", args=["eerste-keer-goed"])]
    for adres in paden:
        w.kwam(adres, beheer.get(adres))
    assert len(nummers) >= 2


@pytest.mark.eis("R044", "een BSN langs elke weg staat in geen log, adres, gebeurtenis, lijst, tabel, Redis of bestand")
def test_een_bsn_langs_elke_weg_laat_geen_spoor(
    wereld: Wereld,
    gemeente: Any,
    map_: Path,  # noqa: F811
    schermen: tuple[Client, Client],
) -> None:
    with luister_mee() as log, voor_gemeente(gemeente):
        rij = langs_de_api(wereld)
        langs_een_bestand(wereld)
        wereld.partner.zet_klaar(
            lichaam(burgerservicenummer=wereld.bsn("ophalen goed")),
            lichaam(burgerservicenummer=wereld.bsn("ophalen fout", fout=True)),
            '{"x": "' + wereld.bsn("ophalen onleesbaar"),
        )
        for taak in ("aanmeldingen.aanleveren", "aanmeldingen.ophalen", "aanmeldingen.overdracht"):
            voer_uit(taak, gemeente)
        langs_de_schermen(wereld, rij, *schermen)
        wereld.kwam("gebeurtenissen", wereld.api.get("/api/v1/gebeurtenissen?limit=100"))
        for taak in ("kern.uitbak", "kern.webhooks", "kern.berichten_versturen", "kern.bestanden"):
            voer_uit(taak, gemeente)
        wereld.kwam("gebeurtenissen", wereld.api.get("/api/v1/gebeurtenissen?limit=100"))
    er_was_echt_iets(wereld)
    assert len(list(wereld.postvak.glob("*/*.verzegeld"))) >= 3
    nergens(wereld, log)
    # A sender finds the answer by the name that it chose itself; what it dropped is sealed, also in a strange file.
    sporen = [
        *wereld.nummers.in_database(),
        *wereld.nummers.in_redis(),
        *wereld.nummers.in_bestanden(wereld.postvak, namen=False),
        *wereld.nummers.in_bestanden(map_),
    ]
    assert not sporen, "\n".join(sporen)


def er_was_echt_iets(w: Wereld) -> None:
    """The numbers really went in and can be found by who may: else nothing was shown."""
    assert len(w.nummers.waar) > 30
    hand = next(nummer for nummer, pad in w.nummers.waar.items() if pad == "met de hand")
    assert vind_op_bsn(hand) is not None
    assert Aanmelding.objects.filter(bsn_zoeksleutel__isnull=False).count() >= 5
    assert Aanleverregel.objects.count() >= 10
    for model in (Gebeurtenis, Idempotentie, Leesregel, Wijziging):
        assert model.objects.exists(), model
    assert len(w.ontvanger.berichten) >= 5
    assert len(list(w.postvak.glob("*.antwoord.jsonl"))) == 3


def nergens(w: Wereld, log: Any) -> None:
    """Log lines, answers, pages and webhooks."""
    sporen = [f"log: {pad}: {regel[:300]}" for regel in log.geschreven for pad in w.nummers.in_tekst(regel)]
    sporen += [
        f"log {naam}, voor het verbergen: {pad}: {tekst[:300]}"
        for naam, tekst in log.rauw
        if naam not in NOEMT_HET_ADRES
        for pad in w.nummers.in_tekst(tekst)
    ]
    sporen += [f"antwoord op {wat}: {pad}" for wat, tekst in w.uit for pad in w.nummers.in_tekst(tekst)]
    sporen += [
        f"webhook: {pad}"
        for koppen, inhoud in w.ontvanger.berichten
        for pad in w.nummers.in_tekst(f"{koppen} {inhoud!r}")
    ]
    assert not sporen, "\n".join(sporen)


def test_de_zoeker_vindt_wat_er_wel_staat(intake: ApiClient, tmp_path: Path) -> None:
    """The search itself works: in a row, in a value of Redis, in a task argument, in a file and in a name."""
    from django.core.cache import cache

    from kern.handeling import handeling
    from reintegratie.celery import app

    nummers = Nummers()
    bsn = nummers.neem(bsn_nummer(4950), "proef")
    with handeling(FABRIEK):
        ApiClient.objects.filter(pk=intake.pk).update(naam=f"zaak {bsn}")
    cache.set("toets", {"x": bsn})
    app.send_task("toets.bestaat.niet", [bsn], queue="sporen")
    (tmp_path / f"{bsn}.txt").write_text("x")
    (tmp_path / "x.json").write_text(json.dumps({"bsn": bsn}))
    assert {regel.split(":")[0] for regel in nummers.in_database()} >= {"tabel kern_apiclient"}
    assert len(nummers.in_redis()) == 2
    assert len(nummers.in_bestanden(tmp_path)) == 2
    cache.delete("toets")
    with app.connection_for_write() as verbinding:
        verbinding.default_channel.queue_purge("sporen")
    assert not nummers.in_redis()
    connections.close_all()


def test_het_toegangslog_van_de_website_verbergt_wat_iemand_intikt() -> None:
    """The lines as the production settings write them, and those of a demo."""
    nummer = bsn_nummer(4960)
    config = Config()
    config.set("accesslog", "-")
    log = Toegangslog(config)
    vraag = SimpleNamespace(headers=[("referer", f"https://x.example/?q={nummer}")], method="GET")
    antwoord = SimpleNamespace(status="404 Not Found", sent=1, headers=[])
    omgeving = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/deelnemers/{nummer}?q={nummer}",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "PATH_INFO": f"/deelnemers/{nummer}",
        "QUERY_STRING": f"q={nummer}",
        "HTTP_REFERER": f"https://x.example/?q={nummer}",
    }
    delen = log.atoms(antwoord, vraag, omgeving, dt.timedelta(milliseconds=3))
    assert "•••" in delen["U"] and "•••" in delen["r"]
    assert nummer not in str(delen)
    productie = (CHECKOUT / "reintegratie" / "productie" / "gunicorn.conf.py").read_text()
    start = (CHECKOUT / "reintegratie" / "lokaal" / "start.py").read_text()
    naam = f"{Toegangslog.__module__}.{Toegangslog.__qualname__}"
    assert naam in productie and naam in start
