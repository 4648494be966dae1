"""The client of the virus scanner, against a server that speaks the protocol of clamd."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

import pytest

from kern.virusscan import Uitslag, controleer
from tests.hulp.clamd import EICAR, clamd


@pytest.fixture
def kort(tmp_path_factory: Any) -> Path:
    """A short folder: the path of a Unix socket has a hundred bytes."""
    return tmp_path_factory.mktemp("c")


def test_schoon_en_virus(kort: Path, settings: Any) -> None:
    settings.VIRUSSCANNER = f"unix:{kort}/clamd.sock"
    with clamd(kort) as scanner:
        assert controleer(b"%PDF-1.7 gewoon") == Uitslag.SCHOON
        assert controleer(b"x" * 200_000 + EICAR) == Uitslag.BESMET
    assert scanner.gezien == [15, 200_000 + len(EICAR)]


def test_zonder_antwoord_is_het_niet_bekend(kort: Path, settings: Any) -> None:
    settings.VIRUSSCANNER, settings.VIRUSSCANNER_SECONDEN = f"unix:{kort}/clamd.sock", 1
    assert controleer(b"a") == Uitslag.ONBEKEND  # no server
    with clamd(kort, hoogstens=10):
        assert controleer(b"a" * 11) == Uitslag.ONBEKEND  # the scanner refuses so much
    with socket.create_server(("127.0.0.1", 0)) as doof:
        settings.VIRUSSCANNER = f"tcp://127.0.0.1:{doof.getsockname()[1]}"
        assert controleer(b"a") == Uitslag.ONBEKEND  # a server that never answers


@pytest.mark.parametrize(
    ("instelling", "uitslag"), [("geen", Uitslag.ZONDER), ("", Uitslag.ONBEKEND), ("clamd", Uitslag.ONBEKEND)]
)
def test_instelling(settings: Any, instelling: str, uitslag: Uitslag) -> None:
    settings.VIRUSSCANNER = instelling
    assert controleer(EICAR) == uitslag
