"""Health checks of the containers: `python reintegratie/productie/gezond.py web|beat`. Needs no package."""

from __future__ import annotations

import http.client
import os
import sys
import time
from pathlib import Path

ROOSTER = Path("/tmp/rooster")  # noqa: S108 - a private tmpfs in the container
#: Beat writes its file every three minutes.
STIL_NA = 600


def web() -> bool:
    """Ask the web process itself, as the proxy would: with the name of the site and over https."""
    host = os.environ.get("TOEGESTANE_HOSTS", "localhost").split(",")[0].strip()
    lijn = http.client.HTTPConnection("127.0.0.1", 8000, timeout=5)
    lijn.request("GET", "/gezond", headers={"Host": host, "X-Forwarded-Proto": "https"})
    return lijn.getresponse().status == http.HTTPStatus.OK


def beat() -> bool:
    """Tell whether the scheduler still writes its file."""
    stempels = [pad.stat().st_mtime for pad in ROOSTER.parent.glob(f"{ROOSTER.name}*")]
    return bool(stempels) and time.time() - max(stempels) < STIL_NA


if __name__ == "__main__":
    try:
        goed = {"web": web, "beat": beat}[sys.argv[1]]()
    except OSError:
        goed = False
    sys.exit(0 if goed else 1)
