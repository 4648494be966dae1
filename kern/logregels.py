"""One JSON object per log line: action, object, result, origin, actor, time (BIO2 8.15.01). Never a BSN."""

from __future__ import annotations

import json
import logging
import re

from kern.handeling import verzoek_kenmerk

_STANDAARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}
#: The key of a one-time link is a part of its address; nothing else in an address is this long.
_SLEUTEL = re.compile(r"(?<=/)[A-Za-z0-9_-]{40,}")
_NEGEN_CIJFERS = re.compile(r"(?<!\d)\d{9}(?!\d)")


class JsonRegel(logging.Formatter):
    """Formats a record as JSON; anything that looks like a BSN becomes `[nummer]`, the key of a link `[sleutel]`."""

    def format(self, record: logging.LogRecord) -> str:
        regel = {
            "tijd": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "niveau": record.levelname,
            "bron": record.name,
            "bericht": record.getMessage(),
            "verzoek": verzoek_kenmerk(),
        }
        regel |= {naam: str(waarde) for naam, waarde in vars(record).items() if naam not in _STANDAARD}
        if record.exc_info:
            regel["fout"] = self.formatException(record.exc_info)
        return _NEGEN_CIJFERS.sub("[nummer]", verberg_sleutels(json.dumps(regel, ensure_ascii=False)))


def verberg_sleutels(tekst: str) -> str:
    """The text without the keys of one-time links: who reads a log must not be able to use them."""
    return _SLEUTEL.sub("[sleutel]", tekst)
