"""The supervisor of the demo: restarts what dies, gives up on what keeps dying, stops in order."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reintegratie.lokaal import start
from reintegratie.lokaal.melding import LokaalFout
from reintegratie.lokaal.paden import CHECKOUT
from reintegratie.lokaal.toezicht import Kind, Toezicht

SLAAP = [sys.executable, "-c", "import time; time.sleep(60)"]
STERF = [sys.executable, "-c", "print('de oorzaak'); raise SystemExit(3)"]


def kind(tmp_path: Path, opdracht: list[str]) -> Kind:
    return Kind("Het kind", opdracht, tmp_path / "kind.log", dict(os.environ))


def test_gestorven_kind_start_opnieuw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    toezicht = Toezicht([kind(tmp_path, SLAAP)], lambda: [])
    toezicht.start()
    proces = toezicht.kinderen[0].proces
    assert proces is not None
    proces.kill()
    proces.wait()
    toezicht.ronde()
    assert toezicht.kinderen[0].leeft()
    assert "is gestopt" in capsys.readouterr().err
    begin = time.monotonic()
    toezicht.stop()
    assert not toezicht.kinderen[0].leeft()
    assert time.monotonic() - begin < 5


def test_kind_dat_steeds_sterft_stopt_de_demo_met_de_oorzaak(tmp_path: Path) -> None:
    toezicht = Toezicht([kind(tmp_path, STERF)], lambda: [])
    toezicht.start()

    def tot_het_opgeeft() -> None:
        for _ in range(5):
            assert toezicht.kinderen[0].proces is not None
            toezicht.kinderen[0].proces.wait()
            toezicht.ronde()

    with pytest.raises(LokaalFout, match=r"(?s)stopt steeds.*de oorzaak"):
        tot_het_opgeeft()


def test_gestopte_server_wordt_gemeld(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Toezicht([], lambda: ["PostgreSQL"]).ronde()
    assert "PostgreSQL was gestopt en is opnieuw gestart." in capsys.readouterr().err


def test_bezette_poort_krijgt_duidelijke_melding(tmp_path: Path) -> None:
    with socket.socket() as bezet:
        bezet.bind(("127.0.0.1", 0))
        bezet.listen()
        poort = bezet.getsockname()[1]
        uit = subprocess.run(
            [sys.executable, "-m", "reintegratie.lokaal.start", "--poort", str(poort)],
            capture_output=True,
            text=True,
            cwd=CHECKOUT,
            env=os.environ | {"LOKAAL": str(tmp_path)},
        )
    assert uit.returncode == 1
    assert f"Poort {poort} is al in gebruik" in uit.stderr
    assert uit.stdout == ""


def test_tweede_demo_in_dezelfde_map_wordt_geweigerd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LOKAAL", str(tmp_path))
    with start.enige_demo(), pytest.raises(LokaalFout, match="draait al"), start.enige_demo():
        pytest.fail("dit mag niet lukken")


@pytest.mark.kill
def test_demo_start_houdt_gegevens_en_stopt_netjes(tmp_path: Path) -> None:
    """The whole command twice: the address appears, Ctrl-C stops everything, the second start is quick."""
    for _ in range(2):
        proces, regels = start_demo(tmp_path)
        try:
            assert any("De demo draait op http://127.0.0.1:" in regel for regel in regels)
            proces.send_signal(signal.SIGINT)
            assert proces.wait(60) == 0
        finally:
            if proces.poll() is None:
                proces.terminate()
                proces.wait(60)
            assert proces.stdout is not None
            proces.stdout.close()
    over = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True).stdout
    assert str(tmp_path) not in over


def start_demo(folder: Path) -> tuple[subprocess.Popen[str], list[str]]:
    """Start the demo on a free port and return its first lines of output."""
    with socket.socket() as vrij:
        vrij.bind(("127.0.0.1", 0))
        poort = vrij.getsockname()[1]
    eigen = ("DATABASE_URL", "DATABASE_URL_EIGENAAR", "DATABASE_URL_WISSER", "REDIS_URL", "CACHE_URL")
    env = {n: w for n, w in os.environ.items() if n not in eigen} | {"LOKAAL": str(folder)}
    with (folder / "demo.err").open("w") as fouten:
        proces = subprocess.Popen(
            [sys.executable, "-m", "reintegratie.lokaal.start", "--poort", str(poort)],
            stdout=subprocess.PIPE,
            stderr=fouten,
            text=True,
            cwd=CHECKOUT,
            env=env,
        )
    regels: list[str] = []
    assert proces.stdout is not None
    for regel in proces.stdout:
        regels.append(regel)
        if "Ctrl-C" in regel:
            break
    if not regels:
        proces.stdout.close()
        proces.wait(60)
    assert regels, (folder / "demo.err").read_text()
    return proces, regels
