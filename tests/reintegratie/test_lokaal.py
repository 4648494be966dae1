"""The embedded servers: first start, second start, killed servers, half-made clusters."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from regelgeving.gegevens.laden import begindagen
from regelgeving.rekenen.minimumloon import halfjaar_na
from reintegratie.demodata import standaarddag
from reintegratie.lokaal import binair, omgeving, paden, postgres, start, vulling
from reintegratie.lokaal.melding import LokaalFout
from reintegratie.lokaal.postgres import TESTOPTIES, Postgres
from reintegratie.lokaal.valkey import Valkey

DAG = dt.timedelta(days=1)


@pytest.fixture
def pg(tmp_path: Path) -> Iterator[Postgres]:
    """A cluster of its own, stopped afterwards."""
    cluster = Postgres(tmp_path / "postgres", TESTOPTIES)
    yield cluster
    cluster.stop()


def voer_uit(cluster: Postgres, sql: str) -> list[tuple[object, ...]]:
    """Run one statement as the superuser of the cluster."""
    with contextlib.closing(psycopg2.connect(cluster.dsn())) as verbinding:
        verbinding.autocommit = True
        with verbinding.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []


def test_tweede_start_houdt_gegevens_en_eerste_half_af_herstelt(pg: Postgres) -> None:
    """One walk, since a cluster costs half a second: half initdb, start, stop, start again."""
    half = pg.map / "data.init"
    half.mkdir(parents=True)
    (half / "rommel").write_text("een onderbroken initdb")
    assert pg.start() is True
    assert not half.exists()
    omgeving.richt_cluster_in(pg, "demo")
    voer_uit(pg, "CREATE TABLE bewaard AS SELECT 42 AS getal")
    assert pg.start() is False, "draait al"
    pg.stop()
    assert not pg.klaar()
    opnieuw = Postgres(pg.map, TESTOPTIES)
    assert opnieuw.start() is True
    omgeving.richt_cluster_in(opnieuw, "demo")
    assert voer_uit(opnieuw, "SELECT getal FROM bewaard") == [(42,)]
    rollen = voer_uit(
        opnieuw, "SELECT rolname, rolsuper, rolcreatedb FROM pg_roles WHERE rolname LIKE 'reint%' ORDER BY 1"
    )
    assert rollen == [
        ("reintegratie", False, True),
        ("reintegratie_app", False, False),
        ("reintegratie_wis", False, False),
    ]
    taal = voer_uit(opnieuw, "SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'reintegratie'")
    assert taal == [("b", "C.UTF-8")]
    opnieuw.stop()


@pytest.mark.kill
def test_kill_9_verliest_niets(tmp_path: Path) -> None:
    """Every committed row is there after kill -9 of the postmaster while rows are written."""
    pg = Postgres(tmp_path / "postgres", ())
    pg.start()
    try:
        voer_uit(pg, "CREATE TABLE rij (nummer int)")
        for ronde in range(3):
            with contextlib.closing(psycopg2.connect(pg.dsn())) as verbinding:
                verbinding.autocommit = True
                with verbinding.cursor() as cursor:
                    for _ in range(20):
                        cursor.execute("INSERT INTO rij VALUES (%s)", [ronde])
                os.kill(pg.pid() or 0, signal.SIGKILL)
            begin = time.monotonic()
            assert pg.start() is True
            assert time.monotonic() - begin < 20
            assert voer_uit(pg, "SELECT count(*) FROM rij") == [((ronde + 1) * 20,)]
    finally:
        pg.stop()


@pytest.mark.kill
def test_pidbestand_van_vreemd_proces_houdt_start_niet_tegen(pg: Postgres) -> None:
    """After a crash of the machine the number in postmaster.pid may belong to another program."""
    pg.start()
    pidbestand = pg.data / "postmaster.pid"
    inhoud = pidbestand.read_text().splitlines()
    pg.stop()
    pidbestand.write_text("\n".join([str(os.getpid()), *inhoud[1:]]) + "\n")
    assert pg.start() is True


def test_valkey_bewaart_de_rij_en_herstart(tmp_path: Path) -> None:
    valkey = Valkey(tmp_path / "valkey")
    try:
        assert valkey.start() is True
        assert valkey._vraag("RPUSH taken een").startswith(":1")
        os.kill(valkey.pid() or 0, signal.SIGTERM)
        while valkey.klaar():
            time.sleep(0.01)
        assert valkey.start() is True
        assert valkey._vraag("LLEN taken").strip() == ":1"
        assert "noeviction" in valkey._vraag("CONFIG GET maxmemory-policy")
    finally:
        valkey.stop()
    assert not valkey.klaar()


def test_servers_stoppen_pas_bij_de_laatste(tmp_path: Path) -> None:
    pad = tmp_path / "gebruik.lock"
    een, twee = paden.Gebruik(pad), paden.Gebruik(pad)
    assert een.laatste() is False
    een.los()
    assert twee.laatste() is True
    twee.los()


def test_lang_pad_krijgt_een_korte_socketmap(tmp_path: Path) -> None:
    lang = tmp_path / ("x" * 90)
    kort = paden.socketmap(lang)
    assert len(str(kort)) < paden.SOCKET_LIMIT
    assert kort == paden.socketmap(lang)
    assert kort.stat().st_mode & 0o077 == 0
    assert paden.socketmap(Path("/x")) == Path("/x")
    kort.rmdir()


def test_map_zonder_schrijfrecht_geeft_duidelijke_melding(tmp_path: Path) -> None:
    (tmp_path / "bestand").write_text("")
    with pytest.raises(LokaalFout, match=r"Geen schrijfrecht in .*LOKAAL"):
        paden.maak_map(tmp_path / "bestand" / "eronder")


def test_geen_postgres_te_vinden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binair, "pakketmap", lambda naam: None)
    monkeypatch.setattr(binair.glob, "glob", lambda patroon: ["/usr/lib/postgresql/15/bin"])
    monkeypatch.delenv("POSTGRES_BIN", raising=False)
    with pytest.raises(LokaalFout, match="Zet DATABASE_URL"):
        binair.postgres_bin()


def test_root_zonder_uitweg_krijgt_uitleg(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres.os, "geteuid", lambda: 0)
    monkeypatch.setattr(postgres, "lukt", lambda voorvoegsel: False)
    with pytest.raises(LokaalFout, match="gewone gebruiker"):
        postgres.kies_voorvoegsel(tmp_path / "nieuw")


def test_zombie_heet_niet_levend() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    while postgres.toestand(pid) not in ("Z", ""):
        time.sleep(0.01)
    assert not postgres.is_postgres(pid)
    os.waitpid(pid, 0)
    assert postgres.toestand(pid) in ("X", "")


def test_gezette_adressen_winnen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """With servers of your own nothing is started, and the other roles fall back on the one address."""
    monkeypatch.setenv("LOKAAL", str(tmp_path))
    for naam in omgeving.ROL_VAN_VARIABELE:
        monkeypatch.delenv(naam, raising=False)
    monkeypatch.setenv("DATABASE_URL", "postgres://een@server/db")
    monkeypatch.setenv("REDIS_URL", "redis://server/0")
    monkeypatch.setenv("CACHE_URL", "redis://server/1")
    servers = omgeving.Servers("demo")
    assert servers.postgres is None
    assert servers.valkey is None
    assert set(servers.adressen().values()) == {"postgres://een@server/db"}


def test_url_is_leesbaar_voor_settings(tmp_path: Path) -> None:
    import environ

    map_met_spatie = tmp_path / "met spatie"
    url = omgeving.database_url(Postgres(map_met_spatie), "reintegratie_app")
    gelezen = environ.Env.db_url_config(url)
    assert gelezen["OPTIONS"]["host"] == str(map_met_spatie)
    assert (gelezen["USER"], gelezen["NAME"]) == ("reintegratie_app", "reintegratie")


def test_zonder_minimumloon_speelt_de_demo_op_de_laatste_dag_die_we_kennen(settings: Any) -> None:
    """A clone of years later starts too, without amounts that nobody published."""
    bekend = max(begindagen("minimumloon"))
    for vandaag, demodag in (
        (bekend, bekend),
        (halfjaar_na(bekend) - DAG, halfjaar_na(bekend) - DAG),
        (halfjaar_na(bekend), halfjaar_na(bekend) - DAG),
        (bekend + 5 * 365 * DAG, halfjaar_na(bekend) - DAG),
    ):
        settings.PEILDATUM = vandaag.isoformat()
        assert standaarddag() == demodag


def test_halve_vulling_wordt_herkend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOKAAL", str(tmp_path))
    assert vulling.lees() == {}
    with pytest.raises(ZeroDivisionError), vulling.vullen(schaal="1:20"):
        raise ZeroDivisionError
    assert vulling.lees()["staat"] == "bezig"
    with vulling.vullen(schaal="1:4"):
        pass
    assert vulling.lees() == {"staat": "klaar", "schaal": "1:4"}
    with vulling.vullen(schaal="1:4"), vulling.vullen(schaal="1:4", peildatum="2013-06-30"):
        pass
    assert vulling.klok() == {"PEILDATUM": "2013-06-30"}
    vulling.vergeet()
    assert vulling.lees() == {}
    assert vulling.klok() == {}


@pytest.mark.kill
def test_halve_vulling_wordt_weggegooid(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOKAAL", str(tmp_path))
    for naam in (*omgeving.ROL_VAN_VARIABELE, *omgeving.REDIS_VARIABELEN):
        monkeypatch.delenv(naam, raising=False)
    servers = omgeving.Servers("demo")
    servers.start()
    assert servers.postgres is not None
    try:
        eigenaar = servers.postgres.dsn("reintegratie", "reintegratie")
        with psycopg2.connect(eigenaar) as verbinding, verbinding.cursor() as cursor:
            cursor.execute("CREATE TABLE half ()")
        verbinding.close()
        monkeypatch.setenv("DATABASE_URL", "voor het merk")
        with contextlib.suppress(ZeroDivisionError), vulling.vullen(schaal="1:20"):
            raise ZeroDivisionError
        start.gooi_weg(servers, alles=False)
        assert vulling.lees() == {}
        with contextlib.closing(psycopg2.connect(eigenaar)) as verbinding, verbinding.cursor() as cursor:
            cursor.execute("SELECT to_regclass('half')")
            assert cursor.fetchone() == (None,)
    finally:
        assert servers.stop() is True


def test_tijdelijke_map_is_kort_genoeg() -> None:
    assert len(tempfile.gettempdir()) < paden.SOCKET_LIMIT - 40
