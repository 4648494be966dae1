"""The facts of an older scheme as they are stored with a calculation, so that it can be done again."""

from __future__ import annotations

import datetime as dt
from typing import Any

from loonkostensubsidie.rekenen.ouder import GEEN_VOORWAARDEN, Vak
from loonkostensubsidie.rekenen.voorwaarden import als_json, lees_termen
from regelgeving.rekenen.breuken import breuk, decimaal


def is_ouder(vak: dict[str, Any]) -> bool:
    """Whether stored facts are those of an older scheme."""
    return "rekenwijze" in vak


def vak_als_json(vak: Vak) -> dict[str, Any]:
    """A part of a month as it is stored."""
    return {
        "van": vak.van.isoformat(),
        "tot": vak.tot.isoformat(),
        "opgeschort": "" if vak.termen else GEEN_VOORWAARDEN,
        "geboortedatum": vak.geboortedatum.isoformat(),
        "start": vak.start.isoformat(),
        "uren": str(decimaal(vak.uren, 2)),
        "voltijd": str(decimaal(vak.voltijd, 2)),
        "rekenwijze": vak.termen.wijze.value if vak.termen else "",
        "termen": als_json(vak.termen) if vak.termen else {},
        "ziek": vak.ziek,
        "factureren": vak.factureren,
    }


def vak_uit_json(vak: dict[str, Any]) -> Vak:
    """The part that `vak_als_json` wrote."""
    return Vak(
        van=dt.date.fromisoformat(vak["van"]),
        tot=dt.date.fromisoformat(vak["tot"]),
        geboortedatum=dt.date.fromisoformat(vak["geboortedatum"]),
        start=dt.date.fromisoformat(vak["start"]),
        uren=breuk(vak["uren"]),
        voltijd=breuk(vak["voltijd"]),
        termen=lees_termen(vak["rekenwijze"], vak["termen"]) if vak["rekenwijze"] else None,
        ziek=vak["ziek"],
        factureren=vak["factureren"],
    )
