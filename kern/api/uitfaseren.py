"""What disappears from the API: one register for the headers, the description and the page (NL GOV ADR).

Six months lie between the announcement and the last day at the least; the register refuses anything sooner.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from email.utils import format_datetime
from typing import Any

from django.conf import settings

MAANDEN = 6
#: For a whole version of the API instead of one operation.
ALLES = "*"
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def _plus_maanden(dag: dt.date, aantal: int) -> dt.date:
    jaar, maand = divmod(dag.year * 12 + dag.month - 1 + aantal, 12)
    return dt.date(jaar, maand + 1, min(dag.day, calendar.monthrange(jaar, maand + 1)[1]))


@dataclass(frozen=True)
class Uitfasering:
    """An operation (`GET /aanmeldingen/{kenmerk}`, or `*` for all of /v1) that goes away after `laatste_dag`.

    Raises ValueError when `laatste_dag` is less than six months after `aangekondigd`.
    """

    operatie: str
    aangekondigd: dt.date
    laatste_dag: dt.date
    in_plaats: str

    def __post_init__(self) -> None:
        vroegst = _plus_maanden(self.aangekondigd, MAANDEN)
        if self.laatste_dag < vroegst:
            raise ValueError(f"{self.operatie}: kondig zes maanden vooraf aan, dus niet voor {vroegst.isoformat()}")

    @property
    def koppen(self) -> dict[str, str]:
        """Deprecation (RFC 9745), Sunset (RFC 8594) and where to read about it."""
        sinds = dt.datetime.combine(self.aangekondigd, dt.time(), dt.UTC)
        einde = dt.datetime.combine(self.laatste_dag + dt.timedelta(days=1), dt.time(), dt.UTC)
        return {
            "Deprecation": f"@{int(sinds.timestamp())}",
            "Sunset": format_datetime(einde, usegmt=True),
            "Link": f'<{settings.BASIS_URL}/api/v1/wijzigingen>; rel="deprecation"; type="text/html"',
        }


#: Nothing goes away now. A line here is enough for the headers, `deprecated` in openapi.json, and the page.
REGISTER: tuple[Uitfasering, ...] = ()


def van(methode: str, pad: str) -> Uitfasering | None:
    """Whether this operation goes away; `pad` as in the description, such as /aanmeldingen/{kenmerk}."""
    naam = f"{methode.upper()} {pad}"
    return next((u for u in REGISTER if u.operatie in {naam, ALLES}), None)


def merk(request: Any, response: Any) -> None:
    """Put the headers on an answer of an operation that goes away."""
    route = getattr(request.resolver_match, "route", "") or ""
    pad = _PARAMETER.sub(r"{\1}", route).removeprefix("api/v1")
    weg = van("GET" if request.method == "HEAD" else request.method, pad)
    if weg is None:
        return
    for naam, waarde in weg.koppen.items():
        eerder = response.headers.get(naam, "") if naam == "Link" else ""
        response.headers[naam] = f"{eerder}, {waarde}" if eerder else waarde
