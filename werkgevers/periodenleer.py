"""How a change splits the periods of an employment. Sets and saves rows; the service has locked the employment.

From its first day on, a new value goes on until the same thing was changed again: hours that somebody gave from June
stay when the hours of March turn out to be others.
"""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from werkgevers.keuzes import Wijzigingsbron
from werkgevers.models import Dienstverband, Dienstverbandperiode

#: What a period holds, and what the employment keeps of today.
KOLOMMEN = (
    "formele_werkgever_id",
    "feitelijke_werkgever_id",
    "functie",
    "uren_per_week",
    "uren_voltijd",
    "functieloon_percentage_wml",
)
#: As a caller names them.
VELDEN = tuple(naam.removesuffix("_id") for naam in KOLOMMEN)
_DAG = dt.timedelta(days=1)


def eerste(rij: Dienstverband) -> Dienstverbandperiode:
    """The period with which an employment begins."""
    return Dienstverbandperiode(
        deelnemer_id=rij.deelnemer_id,
        dienstverband=rij,
        begindatum=rij.begindatum,
        einddatum=rij.einddatum,
        reden="Bij het begin.",
        bron=Wijzigingsbron.CONTRACT,
        **{naam: getattr(rij, naam) for naam in KOLOMMEN},
    )


def van_vandaag(perioden: list[Dienstverbandperiode], vandaag: dt.date) -> Dienstverbandperiode:
    """The period of today; before the first day the first one, after the last day the last one."""
    begonnen = [p for p in perioden if p.begindatum <= vandaag]
    return begonnen[-1] if begonnen else perioden[0]


def wijzig(
    perioden: list[Dienstverbandperiode],
    rij: Dienstverband,
    vanaf: dt.date,
    velden: dict[str, Any],
    herkomst: dict[str, Any],
) -> list[Dienstverbandperiode]:
    """The periods after the change; raises ValidationError when the day or nothing in it is right."""
    onbekend = set(velden) - set(VELDEN)
    if onbekend:
        raise TypeError(f"geen deel van een periode: {sorted(onbekend)}")
    _controleer_dag(rij, vanaf)
    plek = next(i for i, p in enumerate(perioden) if p.einddatum is None or p.einddatum >= vanaf)
    oud = perioden[plek]
    anders = {naam: waarde for naam, waarde in velden.items() if getattr(oud, naam) != waarde}
    if not anders:
        raise ValidationError("Er verandert niets. Vul in wat anders is vanaf deze dag.")
    vroeger = {naam: getattr(oud, naam) for naam in anders}
    if oud.begindatum < vanaf:
        plek = _splits(perioden, plek, vanaf)
    _zet(perioden[plek], anders | herkomst)
    _draag_door(perioden[plek + 1 :], anders, vroeger)
    return _voeg_samen(perioden)


def _controleer_dag(rij: Dienstverband, vanaf: dt.date) -> None:
    if vanaf < rij.begindatum:
        raise ValidationError({"vanaf": "Kies een dag op of na het begin van het dienstverband."})
    if rij.einddatum is not None and vanaf > rij.einddatum:
        raise ValidationError({"vanaf": "Op deze dag is het dienstverband al beëindigd."})


def _splits(perioden: list[Dienstverbandperiode], plek: int, vanaf: dt.date) -> int:
    """End the period the day before; gives the place of the new one."""
    oud = perioden[plek]
    nieuw = copy.copy(oud)
    nieuw._state = copy.copy(oud._state)
    nieuw.pk, nieuw._state.adding, nieuw.begindatum = None, True, vanaf
    oud.einddatum = vanaf - _DAG
    oud.save(update_fields=["einddatum"])
    perioden.insert(plek + 1, nieuw)
    return plek + 1


#: The sentences of the constraints, at the field that they are about.
_AAN_VELD = {
    "uren": "uren_per_week",
    "voltijd": "uren_voltijd",
    "functieloon": "functieloon_percentage_wml",
}


def _controleer_waarden(periode: Dienstverbandperiode) -> None:
    zinnen: dict[str, str] = {}
    for regel in Dienstverbandperiode._meta.constraints:
        veld = _AAN_VELD.get(regel.name.removeprefix("dienstverbandperiode_"))
        if veld is not None:
            try:
                regel.validate(Dienstverbandperiode, periode)
            except ValidationError as fout:
                zinnen[veld] = fout.messages[0]
    if zinnen:
        raise ValidationError(zinnen)


def _zet(periode: Dienstverbandperiode, waarden: dict[str, Any]) -> None:
    for naam, waarde in waarden.items():
        setattr(periode, naam, waarde)
    _controleer_waarden(periode)
    periode.full_clean()
    periode.save()


def _draag_door(later: list[Dienstverbandperiode], anders: dict[str, Any], vroeger: dict[str, Any]) -> None:
    """Later periods take a new value over, up to the first one in which the same thing was changed."""
    open_ = dict(anders)
    for periode in later:
        open_ = {naam: waarde for naam, waarde in open_.items() if getattr(periode, naam) == vroeger[naam]}
        if not open_:
            return
        _zet(periode, open_)


def _voeg_samen(perioden: list[Dienstverbandperiode]) -> list[Dienstverbandperiode]:
    """Two periods in a row that say the same are one; what was there stays in the history."""
    uit = perioden[:1]
    for periode in perioden[1:]:
        vorige = uit[-1]
        if all(getattr(vorige, naam) == getattr(periode, naam) for naam in KOLOMMEN):
            einde = periode.einddatum
            periode.delete()
            vorige.einddatum = einde
            vorige.save(update_fields=["einddatum"])
        else:
            uit.append(periode)
    return uit
