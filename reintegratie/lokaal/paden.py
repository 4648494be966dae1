"""Where the embedded data lives, and the locks that let several commands share one set of servers."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from reintegratie.lokaal.melding import LokaalFout

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows has no embedded servers
    fcntl = None  # type: ignore[assignment]

CHECKOUT = Path(__file__).resolve().parents[2]
# sun_path holds 107 bytes; the longest name we put in a folder is ".s.PGSQL.5432.lock".
SOCKET_LIMIT = 107 - len("/.s.PGSQL.5432.lock")


def lokaal() -> Path:
    """Return the folder with the embedded data (`LOKAAL`, or `.lokaal/` in the checkout)."""
    return Path(os.environ.get("LOKAAL") or CHECKOUT / ".lokaal").expanduser().resolve()


def maak_map(pad: Path) -> Path:
    """Make a private folder, or say clearly why that is not possible."""
    try:
        pad.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not os.access(pad, os.W_OK | os.X_OK):
            raise PermissionError
    except (PermissionError, FileExistsError, NotADirectoryError, OSError) as fout:
        raise LokaalFout(
            f"Geen schrijfrecht in {pad}. Zet LOKAAL op een map waar u mag schrijven, "
            "bijvoorbeeld: LOKAAL=~/reintegratie-data"
        ) from fout
    return pad


def socketmap(pad: Path) -> Path:
    """Return the folder itself, or a short private temporary one when its path is too long."""
    if len(os.fsencode(pad)) <= SOCKET_LIMIT:
        return pad
    merk = hashlib.sha256(os.fsencode(pad)).hexdigest()[:12]
    kort = Path(tempfile.gettempdir()) / f"reintegratie-{os.geteuid()}-{merk}"
    kort.mkdir(mode=0o700, exist_ok=True)
    gegevens = kort.lstat()
    if not stat.S_ISDIR(gegevens.st_mode) or gegevens.st_mode & 0o077:
        raise LokaalFout(f"De map {kort} is niet van u alleen. Haal haar weg en probeer het opnieuw.")
    return kort


@contextlib.contextmanager
def slot(pad: Path) -> Iterator[None]:
    """Hold an exclusive lock on a file; a killed holder lets go by itself."""
    with pad.open("a") as bestand:
        fcntl.flock(bestand, fcntl.LOCK_EX)
        yield


class Gebruik:
    """A shared lock that says: I use these servers. The last one to leave may stop them."""

    def __init__(self, pad: Path) -> None:
        self._bestand = pad.open("a")
        fcntl.flock(self._bestand, fcntl.LOCK_SH)

    def laatste(self) -> bool:
        """Tell whether nobody else uses the servers; keeps the lock exclusively when that is so."""
        try:
            fcntl.flock(self._bestand, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def los(self) -> None:
        """Let go."""
        self._bestand.close()
