"""manage.py on a bare machine: its own .venv, clear messages, recovery of what was half done."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]


@pytest.fixture
def manage(tmp_path: Path) -> ModuleType:
    """The bootstrap as a module, working on an empty checkout."""
    spec = importlib.util.spec_from_file_location("manage_onder_toets", CHECKOUT / "manage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.ROOT = tmp_path
    module.VENV = tmp_path / ".venv"
    folder = tmp_path / "reintegratie" / "lock"
    folder.mkdir(parents=True)
    for groep in module.GROUPS:
        (folder / f"{groep}.txt").write_text(f"# {groep}\n")
    return module


@pytest.fixture
def nep_venv(manage: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Replace the two slow steps: make a folder that looks like a venv, and note each install."""
    gedaan: list[str] = []

    def make_venv() -> None:
        gedaan.append("venv")
        python = manage.venv_python()
        python.parent.mkdir(parents=True, exist_ok=True)
        python.unlink(missing_ok=True)
        python.symlink_to(sys.executable)
        (manage.VENV / "pyvenv.cfg").write_text(f"version = {sys.version.split()[0]}\n")

    def install(group: str) -> bool:
        gedaan.append(f"install {group}")
        return True

    monkeypatch.setattr(manage, "make_venv", make_venv)
    monkeypatch.setattr(manage, "install", install)
    return gedaan


def test_groep_is_ook_wat_eronder_ligt(manage: ModuleType, nep_venv: list[str]) -> None:
    manage.fill_venv("test")
    assert nep_venv == ["venv", "install test"]
    assert manage.is_complete("app")
    assert manage.is_complete("test")
    assert not manage.is_complete("controle")


def test_gewijzigd_slotbestand_installeert_opnieuw(manage: ModuleType, nep_venv: list[str]) -> None:
    manage.fill_venv("app")
    manage.lock_file("app").write_text("# nieuwer\n")
    assert not manage.is_complete("app")
    manage.fill_venv("app")
    assert nep_venv == ["venv", "install app", "install app"]


def test_halve_venv_wordt_opnieuw_gemaakt(
    manage: ModuleType,
    nep_venv: list[str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    manage.make_venv()
    nep_venv.clear()
    uitkomst = iter([False, True])
    monkeypatch.setattr(manage, "install", lambda group: next(uitkomst))
    manage.fill_venv("app")
    assert nep_venv == ["venv"]
    assert manage.is_complete("app")
    assert capsys.readouterr().out == ""


def test_venv_van_een_verdwenen_python_wordt_opnieuw_gemaakt(manage: ModuleType, nep_venv: list[str]) -> None:
    manage.fill_venv("app")
    manage.venv_python().unlink()
    manage.venv_python().symlink_to("/bestaat/niet/python3.11")
    assert not manage.is_complete("app")
    manage.fill_venv("app")
    assert nep_venv.count("venv") == 2


def test_systeem_met_nieuwere_python_maakt_de_venv_opnieuw(manage: ModuleType, nep_venv: list[str]) -> None:
    manage.fill_venv("app")
    (manage.VENV / "pyvenv.cfg").write_text("version = 3.9.1\n")
    assert not manage.is_complete("app")


def test_geen_schrijfrecht(manage: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage.os, "access", lambda pad, hoe: False)
    with pytest.raises(manage.BootstrapError, match="Geen schrijfrecht"):
        manage.fill_venv("app")


def test_te_oude_python(manage: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manage, "SUPPORTED", ((4, 0), (4, 1)))
    monkeypatch.setattr(manage.shutil, "which", lambda naam: None)
    with pytest.raises(manage.BootstrapError, match=r"Python 4\.0 tot en met 4\.1 is nodig"):
        manage.check_version()


def test_andere_python_op_het_pad_neemt_het_over(manage: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    gekozen: list[str] = []
    monkeypatch.setattr(manage, "SUPPORTED", ((4, 0), (4, 1)))
    monkeypatch.setattr(manage.shutil, "which", lambda naam: f"/usr/bin/{naam}")
    monkeypatch.setattr(manage.sys, "version_info", (3, 9, 0))
    monkeypatch.setattr(manage.os, "execv", lambda pad, argv: gekozen.append(pad) or sys.exit(0))
    manage.SUPPORTED = ((3, 11), (3, 14))
    with pytest.raises(SystemExit):
        manage.check_version()
    assert gekozen == ["/usr/bin/python3.14"]


def test_zonder_venv_gebeurt_er_niets(manage: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REINTEGRATIE_ZONDER_VENV", "1")
    manage.bootstrap("app")
    assert not manage.VENV.exists()


def test_twee_tegelijk_wachten_op_elkaar(manage: ModuleType) -> None:
    """A second process cannot take the lock that the first one holds."""
    poging = "import fcntl, os, sys; fcntl.flock(os.open(sys.argv[1], os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    with manage.exclusive():
        uit = subprocess.run([sys.executable, "-c", poging, str(manage.ROOT)], capture_output=True)
        assert b"BlockingIOError" in uit.stderr
    assert subprocess.run([sys.executable, "-c", poging, str(manage.ROOT)]).returncode == 0


def test_onbekende_groep_krijgt_uitleg(manage: ModuleType) -> None:
    with pytest.raises(manage.BootstrapError, match="Kies uit: app, test, controle"):
        manage.execute(["manage.py", "omgeving", "iets"])


def test_opdracht_op_een_verse_map_houdt_standaarduitvoer_schoon(tmp_path: Path) -> None:
    """Servers and migrations come up by themselves; standard output holds the result and nothing else."""
    eigen = ("DATABASE_URL", "DATABASE_URL_EIGENAAR", "DATABASE_URL_WISSER", "REDIS_URL", "CACHE_URL")
    env = {n: w for n, w in os.environ.items() if n not in eigen} | {"LOKAAL": str(tmp_path)}
    code = "from kern.models import Gemeente; print(Gemeente.objects.count())"
    opdracht = [sys.executable, str(CHECKOUT / "manage.py"), "shell", "--verbosity=0", "-c", code]
    uit = subprocess.run(opdracht, capture_output=True, text=True, env=env, stdin=subprocess.DEVNULL)
    assert uit.returncode == 0, uit.stderr
    assert uit.stdout == "0\n"
    assert "Database aanmaken" in uit.stderr
    assert not list(tmp_path.glob("demo/postgres/.s.PGSQL.*")), "de servers zijn blijven draaien"
