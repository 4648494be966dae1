"""A referral can say by itself what must not show: a source or a target group of which the name already tells (R007).

Stored lines (Vandaag, timeline, reasons) know no reader and always say it neutrally; a page gives the name to who may.
"""

from __future__ import annotations

from typing import Any

from aanmeldingen.keuzes import BRONNEN, DOELGROEPEN, EIGEN_BRON, EIGEN_NAAM
from aanmeldingen.models import Aanmelding
from deelnemers.toegang import is_direct, mag_afgeschermd
from regelgeving import opzoeken

NEUTRALE_BRON = "een andere afdeling"
NEUTRALE_ROUTE = "Afgeschermde route"


def _afgeschermd(lijst: str, sleutel: str) -> bool:
    code = opzoeken.code(lijst, sleutel) if sleutel else None
    return code is not None and code.afgeschermd


def is_beschermd(aanmelding: Aanmelding) -> bool:
    """Whether source, route or target group of this referral may only show with the right."""
    return _afgeschermd(BRONNEN, aanmelding.bron) or _afgeschermd(DOELGROEPEN, aanmelding.doelgroep)


def mag_zien(aanmelding: Aanmelding, request: Any) -> bool:
    """Whether this reader may know from where and as which group somebody was referred.

    While there is no dossier the right decides, for whoever handles the referral must know; after that a relation
    with the person too, as in the dossier itself (R007).
    """
    if not is_beschermd(aanmelding):
        return True
    persoon = aanmelding.deelnemer
    return mag_afgeschermd(request.rechten) and (persoon is None or is_direct(persoon, request.medewerker))


def bronnaam(bron: str, *, voluit: bool) -> str:
    """Name of a department by its code; neutral where the name says too much, unless `voluit`."""
    return opzoeken.label(BRONNEN, bron) if voluit or not _afgeschermd(BRONNEN, bron) else NEUTRALE_BRON


def mag_bronnen(request: Any) -> bool:
    """Whether this reader may know every department by name."""
    return mag_afgeschermd(request.rechten)


def bronlabel(aanmelding: Aanmelding, *, voluit: bool = False) -> str:
    """Name of the sending department; neutral where it says too much, unless the reader may know (`voluit`)."""
    if aanmelding.bron == EIGEN_BRON:
        return EIGEN_NAAM
    if not voluit and is_beschermd(aanmelding):
        return NEUTRALE_BRON
    return opzoeken.label(BRONNEN, aanmelding.bron)


def routelabel(aanmelding: Aanmelding, *, voluit: bool = False) -> str:
    """Name of the route, by the same rule."""
    return aanmelding.route.naam if voluit or not is_beschermd(aanmelding) else NEUTRALE_ROUTE
