"""The access log of the website, without what somebody typed into the address bar by mistake."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from kern.bsn import verberg
from kern.logregels import verberg_sleutels


class Toegangslog(Logger):
    """Hides numbers that may be a BSN, and keys of one-time links, in every part of a line."""

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        delen = super().atoms(resp, req, environ, request_time)
        return {
            naam: verberg(verberg_sleutels(deel)) if isinstance(deel, str) else deel for naam, deel in delen.items()
        }
