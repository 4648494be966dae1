"""The report of an erasure (verklaring van vernietiging) as a PDF in the house style."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps

from deelnemers.models import Vernietiging
from kern import klok, pdf
from kern.models import Gemeente
from kern.weergave import datum, getal, hoofdletter


def tabelnamen(rijen: Mapping[str, int]) -> list[tuple[str, int]]:
    """Per table, in words, how many rows went; the most first."""
    namen = {m._meta.db_table: str(m._meta.verbose_name_plural) for m in apps.get_models()}
    regels = [(namen.get(tabel, tabel), aantal) for tabel, aantal in rijen.items()]
    return sorted(((hoofdletter(naam), aantal) for naam, aantal in regels), key=lambda r: (-r[1], r[0]))


def maak_pdf(lijst: Vernietiging, feiten: list[tuple[str, str]]) -> bytes:
    """The same words and counts as the page."""
    gegevens = {
        "gemeente": Gemeente.objects.get(pk=lijst.gemeente_id).naam,
        "titel": "Verklaring van vernietiging",
        "onder": f"Nummer {lijst.pk}: {lijst.wat}",
        "grondslag": lijst.grondslag,
        "gewist": getal(lijst.gewist),
        "feiten": [list(regel) for regel in feiten],
        "rijen": [[naam, getal(aantal)] for naam, aantal in tabelnamen(lijst.rijen)],
        "gemaakt": datum(klok.vandaag()),
    }
    return pdf.maak("deelnemers/verklaring.typ", gegevens, moment=lijst.uitgevoerd_op)
