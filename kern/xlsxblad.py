"""A spreadsheet to take along: sheets with headings, texts, amounts and days. Beside `csvblad`, for who wants Excel."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from tempfile import TemporaryFile
from typing import Any

import xlsxwriter
from django.http import FileResponse

Waarde = str | int | Decimal | dt.date | None
_BREEDTE = 22  # letters


@dataclass(frozen=True)
class Blad:
    """One sheet: its name, and the first row that stays in view. None is an empty cell, a Decimal has two decimals."""

    naam: str
    koppen: Sequence[str]
    rijen: Iterable[Sequence[Waarde]]


def bestand(naam: str, *bladen: Blad) -> FileResponse:
    """The file `naam`, to download. No text is ever taken for a formula or a link."""
    uit = TemporaryFile()  # noqa: SIM115 - FileResponse closes it
    with xlsxwriter.Workbook(uit, {"strings_to_formulas": False, "strings_to_urls": False}) as boek:
        vet = boek.add_format({"bold": True})
        vorm = {
            Decimal: boek.add_format({"num_format": "#,##0.00"}),
            dt.date: boek.add_format({"num_format": "d-m-yyyy"}),
        }
        for blad in bladen:
            plek = boek.add_worksheet(blad.naam)
            plek.set_column(0, len(blad.koppen) - 1, _BREEDTE)
            plek.freeze_panes(1, 0)
            for kolom, kop in enumerate(blad.koppen):
                plek.write_string(0, kolom, kop, vet)
            for nummer, rij in enumerate(blad.rijen, 1):
                for kolom, waarde in enumerate(rij):
                    _schrijf(plek, nummer, kolom, waarde, vorm)
    uit.seek(0)
    return FileResponse(uit, as_attachment=True, filename=naam)


def _schrijf(plek: Any, nummer: int, kolom: int, waarde: Waarde, vorm: dict[type, Any]) -> None:
    if isinstance(waarde, str):
        plek.write_string(nummer, kolom, waarde)
    elif isinstance(waarde, dt.date):
        moment = dt.datetime.combine(waarde, dt.time())
        plek.write_datetime(nummer, kolom, moment, vorm[dt.date])
    elif waarde is not None:
        plek.write_number(nummer, kolom, waarde, vorm.get(type(waarde)))
