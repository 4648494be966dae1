"""The advice of UWV behind every beschut employment, with its letter, made by the services themselves."""

from __future__ import annotations

import datetime as dt
import hashlib

from deelnemers.keuzes import Viruscontrole
from deelnemers.services.beschut import leg_beschutadvies_vast, vraag_beschutadvies_aan
from deelnemers.services.documenten import Upload
from kern import bestanden
from reintegratie.demodata.documenten import _pdf
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers.models import Dienstverband

_VOORAF, _BRIEF = dt.timedelta(days=70), dt.timedelta(days=20)


def maak() -> None:
    """Asked ten weeks before the work began, answered three weeks before."""
    gezien: set[int] = set()
    banen = Dienstverband.objects.filter(soort="beschut").select_related("deelnemer").order_by("begindatum", "pk")
    for baan in banen:
        if baan.deelnemer_id in gezien:
            continue
        gezien.add(baan.deelnemer_id)
        tekst = f"Advies van UWV over beschut werk, dossier {baan.deelnemer.dossiernummer} (demo, verzonnen)"
        inhoud = _pdf(tekst)
        upload = Upload(
            bestanden.Inhoud(inhoud, "application/pdf", hashlib.sha256(inhoud).hexdigest()), Viruscontrole.ZONDER
        )
        aanvraag = vraag_beschutadvies_aan(baan.deelnemer, baan.begindatum - _VOORAF, actor=ACTOR)
        with bestanden.weg_bij_mislukken():
            leg_beschutadvies_vast(
                aanvraag, "positief", advies_op=baan.begindatum - _BRIEF, kenmerk=f"BW-{baan.pk:06d}", upload=upload,
                briefnaam="advies uwv.pdf", actor=ACTOR,
            )  # fmt: skip
