"""`python3 manage.py demo`: all up with one command, the address on the screen, a clean stop on Ctrl-C."""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reintegratie.lokaal import vulling
from reintegratie.lokaal.melding import LokaalFout, meld
from reintegratie.lokaal.migraties import stempel
from reintegratie.lokaal.omgeving import Servers, servers_van, verwijder_database, zorg_voor_servers
from reintegratie.lokaal.paden import CHECKOUT, fcntl, lokaal, maak_map
from reintegratie.lokaal.postgres import staart
from reintegratie.lokaal.toezicht import Kind, Toezicht, sterf_met_ouder

HOST = "127.0.0.1"
GEWEIGERD = 2  # exit code of `voorbereiden`: it has told the user why


def main(argv: list[str]) -> int:
    """Start the demo and stay until it is stopped."""
    opties = lees_opties(argv)
    # Until the supervisor watches, SIGTERM must stop in the same orderly way as Ctrl-C.
    signal.signal(signal.SIGTERM, _als_ctrl_c)
    try:
        with enige_demo():
            controleer_poort(opties.poort)
            return draai(opties)
    except LokaalFout as fout:
        meld(str(fout))
        return 1
    except KeyboardInterrupt:
        meld("\nGestopt.")
        return 130


def lees_opties(argv: list[str]) -> argparse.Namespace:
    """Parse the options of the demo."""
    parser = argparse.ArgumentParser(prog="manage.py demo", description="Start de demo op deze machine.")
    parser.add_argument("--poort", type=int, default=8000, help="poort van de website (standaard 8000)")
    parser.add_argument("--schaal", default="", help="grootte van de demogemeente, zoals 1:20, 1:4 of 1:1")
    parser.add_argument("--peildatum", default="", help="de dag waarop de demo speelt (JJJJ-MM-DD)")
    parser.add_argument("--zaad", default="", help="getal dat de fictieve gegevens vastlegt")
    parser.add_argument("--opnieuw", action="store_true", help="gooi de demogegevens weg en vul opnieuw")
    return parser.parse_args(argv)


def _als_ctrl_c(*_: object) -> None:
    raise KeyboardInterrupt


@contextlib.contextmanager
def enige_demo() -> Iterator[None]:
    """Refuse a second demo in the same folder."""
    pad = maak_map(lokaal() / "demo") / "demo.lock"
    with pad.open("a") as bestand:
        try:
            fcntl.flock(bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fout:
            raise LokaalFout(
                "De demo draait al vanuit deze map. Stop haar eerst met Ctrl-C, of gebruik een andere map met LOKAAL."
            ) from fout
        yield


def controleer_poort(poort: int) -> None:
    """Say it clearly when the port is taken, before anything is started."""
    with socket.socket() as proef:
        proef.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            proef.bind((HOST, poort))
        except (OSError, OverflowError) as fout:
            raise LokaalFout(
                f"Poort {poort} is al in gebruik of mag niet. "
                f"Kies een andere poort: python3 manage.py demo --poort {poort % 60000 + 1}"
            ) from fout


def draai(opties: argparse.Namespace) -> int:
    """Start servers, database, website and worker; watch them until the end."""
    meld("Servers starten ...")
    zorg_voor_servers("demo")
    servers = servers_van("demo")
    toezicht = Toezicht([], servers.herstel)
    try:
        gooi_weg(servers, alles=opties.opnieuw)
        with voorbereiding(servers, opties) as proces:
            dag = lees_bericht(proces)["peildatum"]
            toezicht.kinderen = website, taken = kinderen(servers.map, opties.poort, dag)
            website.start()  # takes seconds: beside the filling
            gegevens = lees_bericht(proces)
        toezicht.vang_signalen()
        meld("Website en taken starten ...")
        taken.start()
        wacht_op_website(toezicht, opties.poort)
        if not toezicht.stoppen:
            toon(opties.poort, gegevens)
        toezicht.tot_stop()
    finally:
        for nummer in (signal.SIGINT, signal.SIGTERM):
            signal.signal(nummer, signal.SIG_IGN)  # a second Ctrl-C must not leave servers behind
        toezicht.stop()
        gestopt = servers.stop()
    meld(
        "Gestopt. De gegevens blijven bewaard." if gestopt else "Gestopt. Een andere opdracht gebruikt de servers nog."
    )
    return 0


def gooi_weg(servers: Servers, *, alles: bool) -> None:
    """Throw the database away when asked, or when a fill was never finished."""
    half = vulling.lees().get("staat") == "bezig"
    if not (half or alles):
        return
    if servers.postgres is None:
        raise LokaalFout(
            "De database is uw eigen server, die maken we niet leeg. Maak haar zelf leeg en verwijder dan "
            f"{vulling.bestand()}."
        )
    if half and not alles:
        meld("Het vullen was de vorige keer niet af. We beginnen opnieuw.")
    verwijder_database(servers.postgres)
    stempel(servers.map).unlink(missing_ok=True)
    vulling.vergeet()


@contextlib.contextmanager
def voorbereiding(servers: Servers, opties: argparse.Namespace) -> Iterator[subprocess.Popen[str]]:
    """Migrate and fill in a process of its own, which does not outlive this block."""
    opdracht = [sys.executable, "-m", "reintegratie.lokaal.voorbereiden"]
    opdracht += [f"--{n}={getattr(opties, n)}" for n in ("schaal", "peildatum", "zaad") if getattr(opties, n)]
    env = omgeving(opties.poort) | ({} if servers.eigen_database else {"REINTEGRATIE_EIGEN_SERVER": "1"})
    with subprocess.Popen(
        opdracht,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        cwd=CHECKOUT,
        env=env,
        preexec_fn=_volg_ouder(),
    ) as proces:
        try:
            yield proces
        finally:
            proces.kill()


def lees_bericht(proces: subprocess.Popen[str]) -> dict[str, Any]:
    """Return the next thing the preparation reports; raises LokaalFout when it stopped without."""
    regel = proces.stdout.readline() if proces.stdout is not None else ""
    if regel:
        return dict(json.loads(regel))
    if proces.wait() == GEWEIGERD:  # the process has already said what the matter is
        raise LokaalFout("De demo is niet gestart.")
    raise LokaalFout("Het voorbereiden van de database is niet gelukt. De melding hierboven zegt waarom.")


def _volg_ouder() -> Any:
    return sterf_met_ouder if sys.platform == "linux" else None


def omgeving(poort: int) -> dict[str, str]:
    """Return the environment of the children."""
    folder = lokaal() / "demo"
    extra = {"BASIS_URL": f"http://{HOST}:{poort}", "PYTHONPATH": str(CHECKOUT)}
    extra["STATIC_ROOT"] = str(maak_map(folder / "statisch"))  # empty: the demo serves from the sources
    return extra | os.environ


def kinderen(folder: Path, poort: int, peildatum: str) -> list[Kind]:
    """Return the website and the worker with its scheduler."""
    env = ({"PEILDATUM": peildatum} if peildatum else {}) | omgeving(poort)
    # The program file, not `-m`: settings recognise the web process by its name, and a moved checkout has
    # stale shebangs.
    gunicorn = Path(sys.executable).with_name("gunicorn")
    web = [
        sys.executable,
        str(gunicorn) if gunicorn.exists() else "-mgunicorn",
        "reintegratie.wsgi:application",
    ]
    web += ["--bind", f"{HOST}:{poort}", "--workers", "2", "--worker-class", "gthread", "--threads", "4"]
    web += ["--graceful-timeout", "10", "--access-logfile", "-", "--worker-tmp-dir", str(folder)]
    web += ["--logger-class", "reintegratie.productie.toegangslog.Toegangslog"]
    web += ["--no-control-socket"]  # it would lie in the home folder, shared by every checkout
    werker = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "reintegratie.celery:app",
        "worker",
        "-B",
        "--concurrency",
        "2",
    ]
    werker += [
        "--schedule",
        str(folder / "rooster"),
        "--loglevel",
        "INFO",
        "--without-gossip",
        "--without-mingle",
    ]
    if not os.access("/dev/shm", os.W_OK):
        werker += ["--pool", "threads"]
    return [
        Kind("De website", web, folder / "web.log", env),
        Kind("De taakverwerker", werker, folder / "werker.log", env, grens=10),
    ]


def wacht_op_website(toezicht: Toezicht, poort: int, grens: float = 60.0) -> None:
    """Wait until the website answers."""
    einde = time.monotonic() + grens
    while time.monotonic() < einde and not toezicht.stoppen:
        lijn = http.client.HTTPConnection(HOST, poort, timeout=10)
        try:
            lijn.request("GET", "/gezond")
            lijn.getresponse().read()
            return
        except OSError:
            time.sleep(0.2)
        finally:
            lijn.close()
        toezicht.ronde()
    if not toezicht.stoppen:
        log = toezicht.kinderen[0].log
        raise LokaalFout(f"De website antwoordt niet. Laatste regels van {log}:\n{staart(log)}")


def toon(poort: int, gegevens: dict[str, Any]) -> None:
    """Print the address and the log-ins: the result of this command, so on standard output."""
    print(f"\nDe demo draait op http://{HOST}:{poort}/\n")
    for inlog in gegevens.get("inloggegevens", []):
        velden = inlog.values() if isinstance(inlog, dict) else inlog if isinstance(inlog, list) else [inlog]
        print("  " + "  ".join(f"{veld!s:<24}" for veld in velden).rstrip())
    print("\nStoppen: Ctrl-C", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
