"""Two hundred referrals from eight senders who lose their answers, while the worker and the broker fall over."""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
import uuid
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from aanmeldingen.gebeurtenissen import ONTVANGEN
from aanmeldingen.models import Aanmelding
from kern import webhooks
from kern.models import Aflevering, ApiClient, Gebeurtenis, Idempotentie, Werkvoorraad
from kern.taken import zet_in_wachtrij
from tests.aanmeldingen.fabrieken import lichaam
from tests.aanmeldingen.test_overleven import MAG_DUREN, PAD, Afzender, Wachtrij, wachtrij, werk  # noqa: F401
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.ontvanger import Ontvanger
from tests.hulp.werker import wacht_tot
from tests.kern.fabrieken import FABRIEK

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.kill]
AFZENDERS, PER_AFZENDER = 8, 25
ALLES = AFZENDERS * PER_AFZENDER
#: Seconds that a sender keeps trying one referral.
OPGEVEN = 60.0


class Volhouder(threading.Thread):
    """A sender with a bad line: it hangs up before the answer, asks twice, and reads the feed in between."""

    def __init__(self, client: ApiClient, url: str, token: str, nummer: int) -> None:
        super().__init__(daemon=True)
        self.client, self.lijn, self.toeval = client, Afzender(url, token), random.Random(nummer)
        self.sleutels = {uuid.uuid4().hex: lichaam() for _ in range(PER_AFZENDER)}
        self.antwoorden: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.gebeurtenissen: list[tuple[int, str, str]] = []
        self.cursor, self.langste = "0", 0.0
        self.nog_eens: Counter[str] = Counter()
        self.fout: Exception | None = None

    def run(self) -> None:
        try:
            for sleutel in self.sleutels:
                self.meld_aan(sleutel)
                self.lees()
        except Exception as fout:
            self.fout = fout

    def meld_aan(self, sleutel: str) -> None:
        einde = time.monotonic() + OPGEVEN
        keer = self.toeval.choice([1, 1, 2])
        if self.toeval.random() < 0.4:
            self.hang_op(sleutel)
        while len(self.antwoorden[sleutel]) < keer:
            assert time.monotonic() < einde, f"{sleutel} kreeg na {OPGEVEN:.0f} s nog geen antwoord"
            self.probeer(sleutel)

    def hang_op(self, sleutel: str) -> None:
        """The request goes out whole; the answer is never read."""
        verbinding = http.client.HTTPConnection(self.lijn.adres, timeout=30)
        koppen = {"Authorization": f"Bearer {self.lijn.token}", "Content-Type": "application/json"}
        verbinding.request("POST", PAD, json.dumps(self.sleutels[sleutel]), koppen | {"Idempotency-Key": sleutel})
        if self.toeval.random() < 0.5:
            time.sleep(0.05)
        verbinding.close()
        self.nog_eens["opgehangen"] += 1

    def probeer(self, sleutel: str) -> None:
        begin = time.monotonic()
        status, antwoord, koppen = self.lijn.meld_aan(self.sleutels[sleutel], sleutel)
        self.langste = max(self.langste, time.monotonic() - begin)
        if status == 201:
            self.antwoorden[sleutel].append(antwoord)
            self.nog_eens["herhaald"] += koppen["Idempotency-Replayed"] == "true"
            return
        assert (status, antwoord["code"]) in {(409, "verzoek-loopt-nog"), (429, "te-veel-verzoeken")}, antwoord
        self.nog_eens[antwoord["code"]] += 1
        time.sleep(min(float(koppen["Retry-After"]), 1.0) * 0.2)

    def lees(self) -> int:
        _, blad, _ = self.lijn.vraag("GET", f"/api/v1/gebeurtenissen?limit=10&cursor={self.cursor}")
        self.gebeurtenissen += [(int(g["sequence"]), g["id"], g["subject"]) for g in blad["resultaten"]]
        self.cursor = blad["cursor"]
        return len(blad["resultaten"])

    def eigen_lijst(self) -> set[tuple[str, str]]:
        """(id, reference) of everything that the list of this client shows."""
        _, blad, _ = self.lijn.vraag("GET", f"{PAD}?pageSize=100")
        assert blad["totaalAantal"] == len(blad["resultaten"])
        return {(r["id"], r["externeReferentie"]) for r in blad["resultaten"]}


@pytest.fixture
def ontvanger(tmp_path: Path, settings: Any) -> Iterator[Ontvanger]:
    ontvanger = Ontvanger(tmp_path)
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_CA = ["127.0.0.1:intern"], ontvanger.ca
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


@pytest.fixture
def afzenders(routes: None, live_server: Any, ontvanger: Ontvanger) -> list[Volhouder]:
    """Eight clients of the API, each with a webhook."""
    uit = []
    for nummer in range(AFZENDERS):
        client = client_met_sleutel(f"afzender-{nummer}", "intake", eigen_organisatie=True)
        webhooks.abonneer(client, ontvanger.adres, [ONTVANGEN], actor=FABRIEK)
        uit.append(Volhouder(client, live_server.url, Api(client.client_id).token, nummer))
    return uit


def breek_alles(wachtrij: Wachtrij, werk: Callable[[], Any], ontvanger: Ontvanger) -> None:  # noqa: F811
    """The worker dies with an event at the receiver that it did not sign off; the broker dies too and comes back."""
    ontvanger.mag_antwoorden.clear()
    with werk() as werker:
        wacht_tot(lambda: Aanmelding.objects.count() >= ALLES // 5, "de eerste aanmeldingen zijn er")
        wacht_tot(lambda: ontvanger.berichten, "een gebeurtenis ligt bij de ontvanger, nog zonder antwoord")
        werker.dood()
        wachtrij.dood()
    ontvanger.mag_antwoorden.set()
    toen = Aanmelding.objects.count()
    wacht_tot(
        lambda: Aanmelding.objects.count() >= min(toen + ALLES // 5, ALLES), "aanmelden gaat door zonder wachtrij"
    )
    wachtrij.start()


def bezorg_de_rest(nieuwe_werker: Callable[[], Any]) -> None:
    """A new worker, and what the schedule asks of it every minute."""

    def klaar() -> bool:
        zet_in_wachtrij("kern.uitbak")
        zet_in_wachtrij("kern.webhooks")
        time.sleep(0.5)
        return Aflevering.objects.filter(afgeleverd_op__isnull=False).count() == ALLES

    with nieuwe_werker():
        wacht_tot(klaar, "alles is afgeleverd", 120)


@pytest.mark.eis("R044", "200 aanmeldingen van 8 afzenders die opnieuw proberen, met een gedode werker en wachtrij")
def test_tweehonderd_aanmeldingen_komen_een_keer_aan(
    afzenders: list[Volhouder],
    ontvanger: Ontvanger,
    wachtrij: Wachtrij,  # noqa: F811
    werk: Any,  # noqa: F811
) -> None:
    for afzender in afzenders:
        afzender.start()
    breek_alles(wachtrij, werk, ontvanger)
    for afzender in afzenders:
        afzender.join(OPGEVEN * 3)
        assert not afzender.is_alive(), "geen afzender blijft wachten"
        if afzender.fout:
            raise afzender.fout
    bezorg_de_rest(werk)

    assert max(a.langste for a in afzenders) < MAG_DUREN
    nog_eens: Counter[str] = sum((a.nog_eens for a in afzenders), Counter())
    assert nog_eens["opgehangen"] > 20 and nog_eens["herhaald"] > 20, (
        f"het moest misgaan om iets te bewijzen: {nog_eens}"
    )
    alles_een_keer_bewaard(afzenders)
    alles_aangekomen_en_herkenbaar(afzenders, ontvanger)


def alles_een_keer_bewaard(afzenders: list[Volhouder]) -> None:
    """Count and keys; and what a sender got is its own, the same each time."""
    bewaard = {(str(a.kenmerk), a.externe_referentie, a.client_id) for a in Aanmelding.objects.order_by("pk")}
    assert len(bewaard) == ALLES == Aanmelding.objects.count() == Werkvoorraad.objects.count()
    sleutels = Counter(Idempotentie.objects.values_list("client_id", "sleutel"))
    assert sleutels == {(a.client.pk, sleutel): 1 for a in afzenders for sleutel in a.sleutels}
    gekregen = set()
    for afzender in afzenders:
        for sleutel, antwoorden in afzender.antwoorden.items():
            assert all(antwoord == antwoorden[0] for antwoord in antwoorden)
            assert antwoorden[0]["externeReferentie"] == afzender.sleutels[sleutel]["externeReferentie"]
            gekregen.add((antwoorden[0]["id"], antwoorden[0]["externeReferentie"], afzender.client.pk))
        eigen = {(kenmerk, referentie) for kenmerk, referentie, client in bewaard if client == afzender.client.pk}
        assert afzender.eigen_lijst() == eigen
    assert gekregen == bewaard


def alles_aangekomen_en_herkenbaar(afzenders: list[Volhouder], ontvanger: Ontvanger) -> None:
    """The feed once and in order; the webhook at least once, and a second time under the same id with the same text."""
    gebeurtenissen = {str(g.kenmerk): g for g in Gebeurtenis.objects.filter(type=ONTVANGEN).order_by("pk")}
    assert len(gebeurtenissen) == ALLES
    assert sorted(str(g.volgnummer) for g in gebeurtenissen.values()) == sorted(str(n + 1) for n in range(ALLES))
    for afzender in afzenders:
        while afzender.lees():
            pass
        eigen = [g for g in gebeurtenissen.values() if g.client_id == afzender.client.pk]
        verwacht = sorted((g.volgnummer, str(g.kenmerk), g.onderwerp) for g in eigen)
        assert afzender.gebeurtenissen == verwacht, "niets gemist toen alles omviel, en niets van een ander"
    per_kenmerk: dict[str, set[bytes]] = defaultdict(set)
    for koppen, inhoud in ontvanger.berichten:
        assert koppen["Webhook-Id"] == json.loads(inhoud)["id"]
        per_kenmerk[koppen["Webhook-Id"]].add(inhoud)
    assert per_kenmerk.keys() == gebeurtenissen.keys()
    assert all(len(teksten) == 1 for teksten in per_kenmerk.values())
    assert len(ontvanger.berichten) > ALLES, "wat de gedode werker niet afmeldde, kwam nog een keer"
