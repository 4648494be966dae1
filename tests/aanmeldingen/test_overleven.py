"""The referral survives: sent twice, the worker killed, the broker gone. Real processes, no mocks."""

from __future__ import annotations

import http.client
import json
import os
import signal
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import redis
from django.db import connection, connections
from kombu import Connection

from aanmeldingen import services
from aanmeldingen.gebeurtenissen import ONTVANGEN
from aanmeldingen.models import Aanmelding
from kern import klok, webhooks
from kern.handeling import handeling
from kern.models import Aflevering, ApiClient, Bericht, Gebeurtenis, Idempotentie, Taakloop, Werkvoorraad
from kern.taken import zet_in_wachtrij
from reintegratie.celery import app
from reintegratie.lokaal.valkey import Valkey
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api
from tests.hulp.ontvanger import Ontvanger
from tests.hulp.werker import Werker, wacht_tot, werkend
from tests.kern.fabrieken import FABRIEK
from trajecten.services import trajecten

pytestmark = pytest.mark.django_db(transaction=True)
PAD = "/api/v1/aanmeldingen"
TAAK = "aanmeldingen.overdracht"
ZONDER_TEAM, MET_VRAAG = 8, 4
#: Seconds for a POST while the broker is away: it does not wait for it, but this machine may be busy.
MAG_DUREN = 10.0


class Afzender:
    """The computer of the sender: speaks HTTP to the live site, one connection per request."""

    def __init__(self, url: str, token: str) -> None:
        self.adres, self.token = urlsplit(url).netloc, token

    def vraag(self, wijze: str, pad: str, inhoud: Any = None, **koppen: str) -> tuple[int, dict[str, Any], Any]:
        lijn = http.client.HTTPConnection(self.adres, timeout=60)
        try:
            alle = {"Authorization": f"Bearer {self.token}", "Accept": "application/json"} | koppen
            if inhoud is not None:
                alle["Content-Type"] = "application/json"
            lijn.request(wijze, pad, None if inhoud is None else json.dumps(inhoud), alle)
            antwoord = lijn.getresponse()
            return antwoord.status, json.loads(antwoord.read()), antwoord.headers
        finally:
            lijn.close()

    def meld_aan(self, inhoud: dict[str, Any], sleutel: str) -> tuple[int, dict[str, Any], Any]:
        return self.vraag("POST", PAD, inhoud, **{"Idempotency-Key": sleutel})

    def houd_vol(self, inhoud: dict[str, Any], sleutel: str) -> dict[str, Any]:
        """What a sender does: while the first one is busy, try the same again."""
        while True:
            status, antwoord, _ = self.meld_aan(inhoud, sleutel)
            if status == 201:
                return antwoord
            assert (status, antwoord["code"]) == (409, "verzoek-loopt-nog")
            time.sleep(0.1)


@pytest.fixture
def afzender(live_server: Any, api: Api) -> Afzender:
    """Intake, over HTTP."""
    return Afzender(live_server.url, api.token)


class Lezer(threading.Thread):
    """Reads the feed with a cursor, all the time, as a sender without webhook does."""

    def __init__(self, afzender: Afzender) -> None:
        super().__init__(daemon=True)
        self.afzender, self.cursor, self.gelezen = afzender, "0", []
        self.fout: Exception | None = None
        self._genoeg = threading.Event()

    def run(self) -> None:
        try:
            while not self._genoeg.wait(0.05):
                self._lees()
            self._lees()
        except Exception as fout:
            self.fout = fout

    def _lees(self) -> None:
        _, bladzijde, _ = self.afzender.vraag("GET", f"/api/v1/gebeurtenissen?limit=3&cursor={self.cursor}")
        self.gelezen += [(int(g["sequence"]), g["id"]) for g in bladzijde["resultaten"]]
        self.cursor = bladzijde["cursor"]

    def klaar(self) -> list[tuple[int, str]]:
        """Stop, read to the end, give (sequence, id) in the order in which they came."""
        self._genoeg.set()
        self.join(30)
        if self.fout:
            raise self.fout
        return self.gelezen


class Wachtrij(Valkey):
    """A broker of this test alone, which may break it."""

    def dood(self) -> None:
        assert self.proces is not None
        self.proces.send_signal(signal.SIGKILL)
        self.proces.wait()

    def stand(self) -> tuple[int, int]:
        """(messages that wait, messages that a worker took and did not finish)."""
        with redis.Redis.from_url(self.adres(0)) as client:
            return client.llen("celery"), client.hlen("unacked")

    def lever_opnieuw(self) -> None:
        """What the transport does by itself after `visibility_timeout` plus up to 100 s, but now."""
        with Connection(self.adres(0, broker=True), transport_options={"visibility_timeout": 0}) as verbinding:
            kanaal = verbinding.default_channel
            kanaal.qos.restore_visible(interval=1)


@pytest.fixture
def wachtrij(tmp_path: Path) -> Iterator[Wachtrij]:
    """The Celery application of this process speaks to a broker of its own."""
    server = Wachtrij(tmp_path / "wachtrij")
    server.start()
    oud = app.conf.broker_write_url
    app.conf.broker_write_url, app.amqp._producer_pool = server.adres(0, broker=True), None
    try:
        yield server
    finally:
        app.amqp.producer_pool.force_close_all()
        app.conf.broker_write_url, app.amqp._producer_pool = oud, None
        server.stop()


@pytest.fixture
def werk(wachtrij: Wachtrij, tmp_path: Path, settings: Any) -> Callable[[], AbstractContextManager[Werker]]:
    """Start a worker on that broker, with the clock and the subscribers of this test."""

    def doe() -> AbstractContextManager[Werker]:
        omgeving = {"PEILDATUM": settings.PEILDATUM, "WEBHOOK_CA": settings.WEBHOOK_CA}
        hosts = ",".join(settings.WEBHOOK_HOSTS)
        return werkend(tmp_path / "werker.log", WEBHOOK_HOSTS=hosts, REDIS_URL=wachtrij.adres(0), **omgeving)

    return doe


@contextmanager
def houd_vast(opdracht: str, *waarden: Any) -> Iterator[Callable[[], int]]:
    """Hold a lock in a session of its own; what it yields tells how many sessions wait for it now."""
    eigen = connections["default"].copy()
    try:
        eigen.set_autocommit(False)
        with eigen.cursor() as cursor:
            cursor.execute(opdracht, waarden)
            cursor.execute("SELECT pg_backend_pid()")
            houder = cursor.fetchone()[0]

        def wachtenden() -> int:
            with connection.cursor() as cursor:
                cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))", [houder])
                return int(cursor.fetchone()[0])

        yield wachtenden
    finally:
        eigen.rollback()
        eigen.close()


def lopen(taak: str = TAAK) -> list[str]:
    """How the runs of a job ended, oldest first."""
    return list(Taakloop.objects.filter(taak=taak).order_by("pk").values_list("status", flat=True))


# --- Sent twice --------------------------------------------------------------------------------------------------


@pytest.mark.eis("R044", "dezelfde sleutel twee keer en acht keer tegelijk over HTTP: één aanmelding, één gebeurtenis")
def test_dezelfde_sleutel_over_http_geeft_een_aanmelding(afzender: Afzender) -> None:
    inhoud = lichaam()
    with ThreadPoolExecutor(8) as ploeg:
        antwoorden = list(ploeg.map(lambda _: afzender.houd_vol(inhoud, "een-sleutel"), range(8)))
    status, nog_eens, koppen = afzender.meld_aan(inhoud, "een-sleutel")
    assert (status, koppen["Idempotency-Replayed"]) == (201, "true")
    assert all(antwoord == nog_eens for antwoord in antwoorden)
    rij = Aanmelding.objects.get()
    assert nog_eens["id"] == str(rij.kenmerk)
    assert Gebeurtenis.objects.get().onderwerp == str(rij.kenmerk)
    assert Werkvoorraad.objects.get().sleutel == f"aanmelding:{rij.pk}"
    assert Idempotentie.objects.count() == 1


# --- The worker is killed ----------------------------------------------------------------------------------------


@pytest.fixture
def over_te_dragen(intake: ApiClient, gemeente: Any, settings: Any) -> list[Aanmelding]:
    """Referrals without a team, and referrals with a question that waits too long on 10 March."""
    settings.PEILDATUM = "2026-03-02"
    rijen = [maak_aanmelding(intake) for _ in range(ZONDER_TEAM + MET_VRAAG)]
    with handeling(FABRIEK):
        Aanmelding.objects.filter(pk__in=[rij.pk for rij in rijen[:ZONDER_TEAM]]).update(team=None)
    for rij in rijen[ZONDER_TEAM:]:
        services.vraag_aanvulling(rij, ["talen"], "Welke taal?", actor=FABRIEK)
    settings.PEILDATUM = "2026-03-10"
    return list(Aanmelding.objects.order_by("pk"))


def alles_precies_een_keer(rijen: list[Aanmelding], team: Any) -> None:
    """Every referral was handed over once, has one row in the work list, and every sender got one mail."""
    versies = {rij.pk: rij.versie for rij in rijen}
    nu = list(Aanmelding.objects.order_by("pk"))
    assert [rij.team_id for rij in nu] == [team.pk] * len(rijen)
    assert [rij.versie - versies[rij.pk] for rij in nu] == [1] * ZONDER_TEAM + [0] * MET_VRAAG
    assert [rij.herinneringen for rij in nu] == [0] * ZONDER_TEAM + [1] * MET_VRAAG
    werk = Counter(Werkvoorraad.objects.values_list("sleutel", "voor_team_id"))
    assert werk == {(f"aanmelding:{rij.pk}", team.pk): 1 for rij in rijen}
    onderwerpen = Counter(Bericht.objects.values_list("onderwerp", flat=True))
    verwacht = {f"Onze vraag over aanmelding {rij.volgnummer} staat nog open": 1 for rij in rijen[ZONDER_TEAM:]}
    assert onderwerpen == verwacht


RIJ_VAN_VIJF = "SELECT 1 FROM kern_werkvoorraad WHERE sleutel = %s FOR UPDATE"


@pytest.mark.kill
def test_werker_gedood_midden_in_de_overdracht(
    over_te_dragen: list[Aanmelding],
    wachtrij: Wachtrij,
    werk: Any,
    team: Any,
) -> None:
    """Killed twice: in the middle of giving teams, and between noting a reminder and writing its mail."""
    assert zet_in_wachtrij(TAAK, over_te_dragen[0].gemeente_id)
    sloten = [
        (RIJ_VAN_VIJF, [f"aanmelding:{over_te_dragen[4].pk}"], 4),
        ("LOCK TABLE kern_bericht IN SHARE ROW EXCLUSIVE MODE", [], ZONDER_TEAM),
    ]
    for slot, waarden, gedaan in sloten:
        with (
            houd_vast(slot, *waarden) as wachtenden,
            werk() as werker,
        ):
            wacht_tot(wachtenden, "de werker zit midden in de overdracht")
            werker.dood()
            assert Aanmelding.objects.filter(team=team).count() == gedaan + MET_VRAAG
            assert Aanmelding.objects.filter(herinneringen__gt=0).count() == Bericht.objects.count() == 0
        assert wachtrij.stand() == (0, 1), "de opdracht is niet afgemeld"
        wachtrij.lever_opnieuw()
        assert wachtrij.stand() == (1, 0)
    with werk():
        wacht_tot(lambda: lopen()[-1] == "gelukt", "de taak loopt opnieuw en slaagt")
        wacht_tot(lambda: wachtrij.stand() == (0, 0), "de opdracht is afgemeld")
    assert lopen() == ["afgebroken", "afgebroken", "gelukt"]
    alles_precies_een_keer(over_te_dragen, team)


@pytest.mark.kill
def test_alleen_het_kind_van_de_werker_gedood(
    over_te_dragen: list[Aanmelding],
    wachtrij: Wachtrij,
    werk: Any,
    team: Any,
) -> None:
    """The worker hands the job out again at once, while the session of the dead child still holds its locks."""
    assert zet_in_wachtrij(TAAK, over_te_dragen[0].gemeente_id)
    slot = houd_vast(RIJ_VAN_VIJF, f"aanmelding:{over_te_dragen[4].pk}")
    with werk():
        with slot as wachtenden:
            wacht_tot(wachtenden, "de werker zit midden in de overdracht")
            with app.connection_for_write() as verbinding:
                stand = app.control.inspect(limit=1, timeout=20, connection=verbinding).stats()
            (kind,) = next(iter(stand.values()))["pool"]["processes"]
            os.kill(kind, signal.SIGKILL)
            wacht_tot(lambda: lopen() == ["afgebroken", "loopt"], "een tweede loop begint")
        wacht_tot(lambda: lopen() == ["afgebroken", "gelukt"], "de tweede loop slaagt")
        wacht_tot(lambda: wachtrij.stand() == (0, 0), "de opdracht is afgemeld")
    alles_precies_een_keer(over_te_dragen, team)


# --- The broker is gone ------------------------------------------------------------------------------------------


@pytest.fixture
def ontvanger(tmp_path: Path, settings: Any, intake: ApiClient) -> Iterator[Ontvanger]:
    """A subscriber outside, to whom we send every received referral."""
    ontvanger = Ontvanger(tmp_path)
    settings.WEBHOOK_HOSTS, settings.WEBHOOK_CA = ["127.0.0.1:intern"], ontvanger.ca
    webhooks.abonneer(intake, ontvanger.adres, [ONTVANGEN], actor=FABRIEK)
    yield ontvanger
    ontvanger.server.shutdown()
    ontvanger.server.server_close()


@pytest.fixture
def meld_aan(afzender: Afzender) -> Callable[[int, str], None]:
    """Send so many referrals at the same time; each must be taken, and soon."""

    def doe(aantal: int, voor: str) -> None:
        def een(nummer: int) -> tuple[int, float]:
            begin = time.monotonic()
            return afzender.meld_aan(inhouden[nummer], f"{voor}-{nummer}")[0], time.monotonic() - begin

        inhouden = [lichaam() for _ in range(aantal)]
        with ThreadPoolExecutor(aantal) as ploeg:
            uitkomst = list(ploeg.map(een, range(aantal)))
        assert [status for status, _ in uitkomst] == [201] * aantal
        assert max(duur for _, duur in uitkomst) < MAG_DUREN, uitkomst

    return doe


def alles_aangekomen(lezer: Lezer, ontvanger: Ontvanger, aantal: int) -> None:
    """Numbered 1, 2, 3 …; the cursor reader and the subscriber each got all of them, the reader in order."""
    rijen = [(g.volgnummer, str(g.kenmerk)) for g in Gebeurtenis.objects.filter(type=ONTVANGEN).order_by("volgnummer")]
    assert len(rijen) == aantal == Aanmelding.objects.count() == Werkvoorraad.objects.count()
    alle = Gebeurtenis.objects.order_by("volgnummer").values_list("volgnummer", flat=True)
    assert list(alle) == list(range(1, len(alle) + 1))
    assert lezer.klaar() == rijen
    gestuurd = [(int(b["sequence"]), b["id"]) for b in (json.loads(inhoud) for _, inhoud in ontvanger.berichten)]
    assert sorted(gestuurd) == rijen
    assert [koppen["Webhook-Id"] for koppen, _ in ontvanger.berichten] == [kenmerk for _, kenmerk in gestuurd]


@pytest.mark.kill
def test_wachtrij_weg_tijdens_het_aanmelden(
    afzender: Afzender,
    meld_aan: Callable[[int, str], None],
    wachtrij: Wachtrij,
    werk: Any,
    ontvanger: Ontvanger,
) -> None:
    """The broker is killed with messages waiting and one in hand, and comes back with its file."""
    lezer = Lezer(afzender)
    lezer.start()
    with werk() as werker:
        with houd_vast("SELECT pg_advisory_xact_lock(hashtextextended('kern.uitbak.nummer', 0))") as wachtenden:
            meld_aan(2, "ervoor")
            wacht_tot(wachtenden, "de werker nummert")
            wacht_tot(lambda: wachtrij.stand() == (1, 1), "een opdracht wacht, een is in handen")
            wachtrij.dood()
            meld_aan(5, "tijdens")
            assert not Gebeurtenis.objects.filter(volgnummer__isnull=False).exists()
            wachtrij.start()
            assert sum(wachtrij.stand()) == 2, "het bestand van de wachtrij houdt de opdrachten vast"
        wacht_tot(lambda: Aflevering.objects.filter(afgeleverd_op__isnull=False).count() == 7, "alles is afgeleverd")
        meld_aan(1, "erna")
        wacht_tot(lambda: Aflevering.objects.filter(afgeleverd_op__isnull=False).count() == 8, "het nieuwe ook")
        assert werker.proces.poll() is None, "dezelfde werker, die zelf weer verbinding maakte"
        wachtrij.lever_opnieuw()  # what the worker could not sign off comes again, and changes nothing
        wacht_tot(lambda: wachtrij.stand() == (0, 0), "niets blijft liggen")
    alles_aangekomen(lezer, ontvanger, 8)


@pytest.mark.kill
def test_werker_en_wachtrij_weg_en_een_nieuwe_werker(
    afzender: Afzender,
    meld_aan: Callable[[int, str], None],
    wachtrij: Wachtrij,
    werk: Any,
    ontvanger: Ontvanger,
) -> None:
    """Nobody is there and no message is left: the scheduled run finds every event in the outbox."""
    wachtrij.stop()
    meld_aan(5, "alleen")
    assert not zet_in_wachtrij("kern.uitbak")
    wachtrij.start()
    assert wachtrij.stand() == (0, 0)
    lezer = Lezer(afzender)
    lezer.start()
    with werk():
        assert zet_in_wachtrij("kern.uitbak")  # what the schedule does every minute
        wacht_tot(lambda: Aflevering.objects.filter(afgeleverd_op__isnull=False).count() == 5, "alles is afgeleverd")
    alles_aangekomen(lezer, ontvanger, 5)


# --- A listener fails --------------------------------------------------------------------------------------------


@pytest.mark.kill
def test_een_luisteraar_die_faalt_houdt_de_andere_niet_op(
    afzender: Afzender,
    meld_aan: Callable[[int, str], None],
    wachtrij: Wachtrij,
    werk: Any,
    ontvanger: Ontvanger,
) -> None:
    """An event that a real listener chokes on stays open and visible; those around it arrive."""
    meld_aan(2, "ervoor")
    with handeling(FABRIEK):
        kapot = Gebeurtenis.objects.create(type=trajecten.GESTART, onderwerp="kapot", tijdstip=klok.nu(), data={})
    meld_aan(2, "erna")
    lezer = Lezer(afzender)
    lezer.start()
    open_ = Gebeurtenis.objects.filter(verwerkt_op__isnull=True)
    with werk():
        wacht_tot(lambda: Aflevering.objects.filter(afgeleverd_op__isnull=False).count() == 4, "de rest komt aan")
        assert [g.pk for g in open_.order_by("pk")] == [kapot.pk]
        mislukt = wacht_tot(
            lambda: Taakloop.objects.filter(taak="kern.uitbak", status="mislukt").order_by("pk").first(),
            "het register toont de mislukte loop",
        )
        assert mislukt.fout.startswith("RuntimeError: 1 gebeurtenissen")
        with handeling(FABRIEK):  # the cause is taken away
            Gebeurtenis.objects.filter(pk=kapot.pk).update(data={"traject": 0})
        assert zet_in_wachtrij("kern.uitbak")
        wacht_tot(lambda: not open_.exists(), "ook de kapotte is verwerkt")
    alles_aangekomen(lezer, ontvanger, 4)
