"""Reads the text of a PDF; skips clearly where the program for it is not there."""

from __future__ import annotations

import shutil
import subprocess

import pytest


def tekst_van(inhoud: bytes) -> str:
    """All words on all pages, in reading order, with single spaces."""
    programma = shutil.which("pdftotext")
    if programma is None:
        pytest.skip("pdftotext (poppler-utils) is er niet.")
    uit = subprocess.run([programma, "-", "-"], input=inhoud, capture_output=True, check=True)
    return " ".join(uit.stdout.decode().split())


def bladen(inhoud: bytes) -> int:
    """How many pages there are."""
    programma = shutil.which("pdftotext")
    if programma is None:
        pytest.skip("pdftotext (poppler-utils) is er niet.")
    return subprocess.run([programma, "-", "-"], input=inhoud, capture_output=True, check=True).stdout.count(b"\f")
