"""Toasts on top of Django's messages: a sentence, a small line, and *ongedaan maken*."""

from __future__ import annotations

import json
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Melding:
    tekst: str
    onder: str = ""
    ongedaan: str = ""
    soort: str = "goed"

    @property
    def dringend(self) -> bool:
        return self.soort in {"fout", "let-op"}

    @property
    def woord(self) -> str:
        return {"fout": "Fout", "let-op": "Let op"}.get(self.soort, "")


_SOORT = {messages.ERROR: "fout", messages.WARNING: "let-op", messages.INFO: "info"}


def meld(
    request: HttpRequest, tekst: str, *, onder: str = "", ongedaan: str = "", niveau: int = messages.SUCCESS
) -> None:
    """Show ``tekst`` on the next page. ``ongedaan`` is an own URL that undoes it by POST."""
    if ongedaan and not (ongedaan.startswith("/") and not ongedaan.startswith("//")):
        raise ValueError("Ongedaan maken kan alleen naar een eigen pagina.")
    extra = {sleutel: waarde for sleutel, waarde in (("onder", onder), ("ongedaan", ongedaan)) if waarde}
    messages.add_message(request, niveau, tekst, extra_tags=json.dumps(extra) if extra else "")


def lees_melding(bericht: Message) -> Melding:
    """Back from a message, also one that was not made with ``meld``."""
    extra: dict[str, str] = {}
    if (bericht.extra_tags or "").startswith("{"):
        extra = json.loads(bericht.extra_tags)
    return Melding(
        tekst=str(bericht.message),
        onder=extra.get("onder", ""),
        ongedaan=extra.get("ongedaan", ""),
        soort=_SOORT.get(bericht.level, "goed"),
    )
