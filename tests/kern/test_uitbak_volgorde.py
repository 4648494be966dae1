"""Who reads past a number misses nothing: transactions that begin and commit in any order, on real connections."""

from __future__ import annotations

import json
import queue
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from kern import klok, uitbak, webhooks
from kern.aansluitingen import gebeurtenis as stopcontact
from kern.handeling import handeling, voor_gemeente
from kern.models import Aflevering, ApiClient, Gebeurtenis
from kern.taken import voer_uit
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.ontvanger import Ontvanger
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db(transaction=True)
TYPE = "nl.re-integratie.aanmelding.ontvangen.v1"


class Teruggedraaid(Exception):
    """The transaction must not stay."""


class Schrijver(threading.Thread):
    """One transaction on a connection of its own, that does what it is told, step by step."""

    def __init__(self, client: ApiClient) -> None:
        super().__init__(daemon=True)
        self.client = client
        self.gemaakt: list[Gebeurtenis] = []
        self._opdrachten: queue.Queue[str] = queue.Queue()
        self._klaar: queue.Queue[Exception | None] = queue.Queue()
        self.start()

    def run(self) -> None:
        try:
            with voor_gemeente(self.client.gemeente_id), handeling(FABRIEK):
                while (opdracht := self._opdrachten.get()) != "vast":
                    if opdracht == "terug":
                        raise Teruggedraaid
                    velden = {"client_id": self.client.pk, "data": {"nieuweStatus": "ontvangen"}}
                    self.gemaakt.append(stopcontact.meld(TYPE, f"zaak {len(self.gemaakt)}", **velden))
                    self._klaar.put(None)
        except Teruggedraaid:
            self.gemaakt = []
        except Exception as fout:
            self._klaar.put(fout)
        finally:
            connection.close()
            self._klaar.put(None)

    def doe(self, opdracht: str) -> None:
        """Returns when it is done: `meld` an event, `vast` commits, `terug` rolls back."""
        self._opdrachten.put(opdracht)
        if fout := self._klaar.get(timeout=30):
            raise fout
        if opdracht != "meld":
            self.join(30)


class Lezer:
    """A sender that pages with a cursor, and never looks back."""

    def __init__(self, api: Api) -> None:
        self.api, self.cursor = api, "0"
        self.gelezen: list[tuple[int, str]] = []

    def lees(self, limiet: int) -> int:
        antwoord = self.api.get(f"/api/v1/gebeurtenissen?limit={limiet}&cursor={self.cursor}").json()
        self.gelezen += [(int(g["sequence"]), g["id"]) for g in antwoord["resultaten"]]
        self.cursor = antwoord["cursor"]
        return len(antwoord["resultaten"])

    def tot_het_einde(self) -> list[tuple[int, str]]:
        while self.lees(100):
            pass
        return self.gelezen


class LezerOpRijnummer(Lezer):
    """How it should not be done: the number of the row as cursor. It shows that the order of a test is a hard one."""

    def lees(self, limiet: int) -> int:
        rijen = Gebeurtenis.objects.filter(pk__gt=int(self.cursor)).order_by("pk")[:limiet]
        nieuw = [(g.pk, str(g.kenmerk)) for g in rijen]
        self.gelezen += nieuw
        self.cursor = str(nieuw[-1][0]) if nieuw else self.cursor
        return len(nieuw)


@pytest.fixture
def client_(gemeente: Any) -> ApiClient:
    return client_met_sleutel("intake")


@pytest.fixture
def lezer(client_: ApiClient) -> Lezer:
    return Lezer(Api("intake"))


@pytest.fixture
def ontvanger(tmp_path: Path, settings: Any, client_: ApiClient) -> Iterator[Ontvanger]:
    ontvanger = Ontvanger(tmp_path)
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_CA = ["127.0.0.1:intern"], ontvanger.ca
    webhooks.abonneer(client_, ontvanger.adres, [TYPE], actor=FABRIEK)
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


def stuur_alles(gemeente: Any) -> None:
    """What the schedule does every minute."""
    voer_uit("kern.uitbak", gemeente)
    voer_uit("kern.webhooks", gemeente)


def bezorgd(ontvanger: Ontvanger) -> list[str]:
    """What the subscriber got, by the id that it goes by."""
    kenmerken = [json.loads(inhoud)["id"] for _, inhoud in ontvanger.berichten]
    assert kenmerken == [koppen["Webhook-Id"] for koppen, _ in ontvanger.berichten]
    return kenmerken


@pytest.mark.eis("R040", "wie als eerste begint en als laatste klaar is, bereikt een lezer die al verder is")
def test_eerst_begonnen_en_laatst_vastgelegd(
    gemeente: Any, client_: ApiClient, lezer: Lezer, ontvanger: Ontvanger
) -> None:
    eerste, tweede = Schrijver(client_), Schrijver(client_)
    eerste.doe("meld")
    tweede.doe("meld")
    tweede.doe("vast")
    stuur_alles(gemeente)
    op_rijnummer = LezerOpRijnummer(lezer.api)
    op_rijnummer.tot_het_einde()
    assert [k for _, k in lezer.tot_het_einde()] == bezorgd(ontvanger) == [str(tweede.gemaakt[0].kenmerk)]
    assert eerste.gemaakt[0].pk < tweede.gemaakt[0].pk, "de lezer is al voorbij de rij van de eerste"
    eerste.doe("vast")
    stuur_alles(gemeente)
    verwacht = [str(s.gemaakt[0].kenmerk) for s in (tweede, eerste)]
    assert [k for _, k in lezer.tot_het_einde()] == bezorgd(ontvanger) == verwacht
    assert len(op_rijnummer.tot_het_einde()) == 1, "met het rijnummer als cursor was de eerste kwijt"


class Verloop:
    """A random order of beginning, telling, committing, rolling back, numbering, reading and sending."""

    def __init__(self, toeval: random.Random, client: ApiClient, gemeente: Any, lezer: Lezer) -> None:
        self.toeval, self.client, self.gemeente = toeval, client, gemeente
        self.open: list[Schrijver] = []
        self.vast: list[str] = []
        self.stappen: tuple[tuple[Callable[[], Any], int], ...] = (
            (self.begin, 5),
            (self.meld, 3),
            (self.leg_vast, 4),
            (self.draai_terug, 1),
            (lambda: uitbak.nummer(gemeente.pk, toeval.choice([1, 2, 1000])), 4),
            (lambda: lezer.lees(toeval.choice([1, 2, 5])), 4),
            (lambda: stuur_alles(gemeente), 1),
        )

    def begin(self) -> None:
        self.open.append(Schrijver(self.client))
        self.open[-1].doe("meld")

    def meld(self) -> None:
        if self.open:
            self.toeval.choice(self.open).doe("meld")

    def _sluit(self, hoe: str) -> None:
        if self.open:
            schrijver = self.open.pop(self.toeval.randrange(len(self.open)))
            schrijver.doe(hoe)
            self.vast += [str(g.kenmerk) for g in schrijver.gemaakt]

    def leg_vast(self) -> None:
        self._sluit("vast")

    def draai_terug(self) -> None:
        self._sluit("terug")

    def loop(self, stappen: int) -> None:
        keuze, gewicht = [s for s, _ in self.stappen], [g for _, g in self.stappen]
        for _ in range(stappen):
            self.toeval.choices(keuze, gewicht)[0]()
        while self.open:
            self.leg_vast()


@pytest.mark.parametrize("zaad", [1, 2, *(pytest.param(n, marks=pytest.mark.volledig) for n in range(3, 23))])
@pytest.mark.eis("R040", "in welke volgorde transacties ook klaar zijn: de lezer krijgt alles, een keer en op volgorde")
def test_geen_volgorde_verliest_een_gebeurtenis(
    gemeente: Any, client_: ApiClient, lezer: Lezer, ontvanger: Ontvanger, zaad: int
) -> None:
    verloop = Verloop(random.Random(zaad), client_, gemeente, lezer)
    verloop.loop(120)
    stuur_alles(gemeente)
    gelezen = lezer.tot_het_einde()
    assert [nummer for nummer, _ in gelezen] == sorted({nummer for nummer, _ in gelezen}), "op volgorde, elk een keer"
    assert sorted(kenmerk for _, kenmerk in gelezen) == sorted(verloop.vast)
    assert [nummer for nummer, _ in gelezen] == list(range(1, len(verloop.vast) + 1)), "geen gat in de nummers"
    assert sorted(bezorgd(ontvanger)) == sorted(verloop.vast)
    assert not Aflevering.objects.filter(afgeleverd_op__isnull=True).exists()


def test_tegelijk_schrijven_nummeren_en_lezen(gemeente: Any, client_: ApiClient, lezer: Lezer) -> None:
    """No steps: six writers, three numbering steps and the reader, all as fast as they can."""
    klaar, fouten = threading.Event(), []
    vast: list[str] = []

    def draad(doe: Callable[[random.Random], None], zaad: int) -> threading.Thread:
        def loop() -> None:
            try:
                with voor_gemeente(gemeente):
                    doe(random.Random(zaad))
            except Exception as fout:
                fouten.append(fout)
            finally:
                connection.close()

        uit = threading.Thread(target=loop, daemon=True)
        uit.start()
        return uit

    def schrijf(toeval: random.Random) -> None:
        for _ in range(15):
            with handeling(FABRIEK):
                velden = {"type": TYPE, "onderwerp": "x", "tijdstip": klok.nu(), "client_id": client_.pk}
                rij = Gebeurtenis.objects.create(**velden)
                time.sleep(toeval.choice([0, 0, 0.001, 0.02]))
            vast.append(str(rij.kenmerk))

    def nummer(toeval: random.Random) -> None:
        while not klaar.is_set():
            uitbak.nummer(gemeente.pk, toeval.choice([1, 3, 1000]))

    schrijvers = [draad(schrijf, n) for n in range(6)]
    nummeraars = [draad(nummer, n) for n in range(3)]
    while any(s.is_alive() for s in schrijvers):
        lezer.lees(3)
    klaar.set()
    for d in nummeraars:
        d.join(30)
    uitbak.nummer(gemeente.pk)
    assert not fouten
    gelezen = lezer.tot_het_einde()
    assert [n for n, _ in gelezen] == list(range(1, 91))
    assert sorted(k for _, k in gelezen) == sorted(vast)
