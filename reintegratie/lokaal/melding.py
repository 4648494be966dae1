"""Messages of the local servers: progress on standard error, and the error that stops with a plain text."""

from __future__ import annotations

import sys


class LokaalFout(Exception):
    """A local server can not be brought up; the text is for the user and shown as it is."""


def meld(tekst: str) -> None:
    """Show one line of progress; standard output stays free for results."""
    print(tekst, file=sys.stderr, flush=True)
