"""Documents as an accessible PDF (PDF/UA-1), made by typst from a template and data.

Data goes in as JSON (`sys.inputs.gegevens`) and never becomes part of the template, so a text can not become markup.
Templates stand in `templates/<room>/*.typ` and take their look from `templates/kern/huisstijl.typ`.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import typst
from django.conf import settings

from kern import klok


def maak(sjabloon: str, gegevens: dict[str, Any], *, moment: dt.datetime | None = None) -> bytes:
    """The PDF of `templates/<sjabloon>`; the same data and moment give the same bytes.

    Only the fonts that come with typst: the document looks the same on every machine.
    """
    wortel = settings.BASE_DIR / "templates"
    uit = typst.compile(
        str(wortel / sjabloon),
        root=str(wortel),
        format="pdf",
        sys_inputs={"gegevens": json.dumps(gegevens, ensure_ascii=False)},
        pdf_standards="ua-1",
        ignore_system_fonts=True,
        timestamp=int((moment or klok.nu()).timestamp()),
    )
    if not isinstance(uit, bytes):
        raise TypeError("typst geeft één bestand")
    return uit
