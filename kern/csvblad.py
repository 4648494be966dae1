"""Tables that another system or a spreadsheet reads and writes: CSV with semicolons, safe to open, read with care."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError

MEDIATYPE = "text/csv"
MAXIMUM_REGELS = 20_000
MAXIMUM_BYTES = 5 * 1024 * 1024
#: A cell that begins so could run as a formula in a spreadsheet.
_FORMULE = ("=", "+", "-", "@", "\t", "\r")
#: An amount below zero begins with a minus and is no formula.
_GETAL = re.compile(r"-\d+(,\d+)?")


def veilig(tekst: str) -> str:
    """The text of a cell that no spreadsheet takes for a formula."""
    gevaarlijk = tekst.startswith(_FORMULE) and not _GETAL.fullmatch(tekst)
    return f"'{tekst}" if gevaarlijk else tekst


def schrijf(koppen: Sequence[str], rijen: Iterable[Sequence[str]]) -> bytes:
    """UTF-8 with a byte order mark and CRLF, as Excel opens it; the same rows give the same bytes."""
    uit = io.StringIO(newline="")
    schrijver = csv.writer(uit, delimiter=";", lineterminator="\r\n")
    schrijver.writerow(koppen)
    for rij in rijen:
        schrijver.writerow([veilig(waarde) for waarde in rij])
    return "\ufeff".encode() + uit.getvalue().encode()


def lees(inhoud: bytes, kolommen: Sequence[str]) -> list[tuple[int, dict[str, str]]]:
    """Line number and cells of every row; columns in any order, more columns are allowed.

    Raises ValidationError when the file as a whole cannot be read: too large, no CSV, or a column missing.
    """
    tekst = _tekst(inhoud)
    scheiding = ";" if ";" in tekst.partition("\n")[0] else ","
    lezer = csv.DictReader(io.StringIO(tekst), delimiter=scheiding, strict=True)
    try:
        koppen = [kop.strip().lower() for kop in lezer.fieldnames or ()]
    except csv.Error as fout:
        raise ValidationError("De eerste regel van dit bestand is niet te lezen.") from fout
    mist = [kolom for kolom in kolommen if kolom not in koppen]
    if mist:
        raise ValidationError(f"Deze kolommen ontbreken: {', '.join(mist)}.")
    lezer.fieldnames = koppen
    uit: list[tuple[int, dict[str, str]]] = []
    try:
        for nummer, rij in enumerate(lezer, 2):
            if nummer > MAXIMUM_REGELS:
                raise ValidationError(f"Een bestand heeft hoogstens {MAXIMUM_REGELS} regels.")
            uit.append((nummer, {kolom: str(rij.get(kolom) or "").strip().lstrip("'") for kolom in kolommen}))
    except csv.Error as fout:
        raise ValidationError("Dit is geen CSV die we kunnen lezen.") from fout
    return uit


def _tekst(inhoud: bytes) -> str:
    if len(inhoud) > MAXIMUM_BYTES:
        raise ValidationError("Dit bestand is te groot. Het is hoogstens 5 MiB.")
    for codering in ("utf-8-sig", "cp1252"):
        try:
            tekst = inhoud.decode(codering)
        except UnicodeDecodeError:
            continue
        if "\0" not in tekst:
            return tekst
    raise ValidationError("Dit is geen CSV die we kunnen lezen.")
