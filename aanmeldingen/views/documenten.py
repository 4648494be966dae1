"""Files that came with a referral: their lines on its page, and the download."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aanmeldingen import querysets
from aanmeldingen.models import Aanmelding
from aanmeldingen.views.postvak import toon
from deelnemers.keuzes import Viruscontrole
from deelnemers.toegang import mag_bijzonder
from kern import bestanden
from kern.onderdelen import Merk
from kern.toegang import toegang
from kern.weergave import datum


@dataclass(frozen=True)
class Documentregel:
    """A file on the page; without `url` it is there, but not for this reader."""

    soort: str
    naam: str = ""
    onder: str = ""
    url: str = ""
    merk: Merk | None = None


_MERK = {
    Viruscontrole.WACHT: Merk(
        "Nog niet gecontroleerd", "let-op", uitleg="De virusscanner heeft dit nog niet gezien. Het gaat daarna open."
    ),
    Viruscontrole.BESMET: Merk(
        "Virus gevonden", "fout", uitleg="Het bestand is weg. De verwijzer weet dat en stuurt een schoon bestand."
    ),
}


def regels(aanmelding: Aanmelding, *, bijzonder: bool) -> list[Documentregel]:
    """The files of a referral, oldest first; health data only with the right."""
    return [
        Documentregel(
            rij.get_soort_display(),
            rij.naam,
            f"{_grootte(rij.grootte)}, {datum(rij.aangemaakt_op)}",
            reverse("aanmelding_document", args=[aanmelding.kenmerk, rij.kenmerk]) if rij.te_openen else "",
            _MERK.get(Viruscontrole(rij.controle)),
        )
        if bijzonder or not rij.is_bijzonder
        else Documentregel(rij.get_soort_display())
        for rij in aanmelding.documenten.order_by("aangemaakt_op", "pk")
    ]


def _grootte(aantal_bytes: int) -> str:
    if aantal_bytes >= bestanden.MIB:
        return f"{aantal_bytes / bestanden.MIB:.1f} MB".replace(".", ",")
    return f"{max(1, round(aantal_bytes / 1024))} kB"


@toegang("aanmelding.zien")
@require_safe
@never_cache
def document(request: HttpRequest, kenmerk: uuid.UUID, document: uuid.UUID) -> HttpResponse:
    """Download; always as a file, never inside the page."""
    zichtbaar = querysets.zichtbaar_voor(request.medewerker)  # type: ignore[attr-defined]
    aanmelding = get_object_or_404(zichtbaar, kenmerk=kenmerk)
    rij = get_object_or_404(aanmelding.documenten, kenmerk=document)
    if rij.is_bijzonder and not mag_bijzonder(request.rechten):  # type: ignore[attr-defined]
        raise PermissionDenied("Voor dit document is het recht op bijzondere gegevens nodig.")
    if not rij.te_openen:
        raise PermissionDenied("Dit document is nog niet op virussen gecontroleerd. Het gaat daarna vanzelf open.")
    inhoud = bestanden.haal(rij.bestand, rij.sha256)
    if inhoud is None:
        raise Http404("Dit document is er niet meer.")
    toon(request, [aanmelding], "aanmelding.document")
    response = HttpResponse(inhoud, content_type=rij.mediatype)
    response.headers["Content-Disposition"] = content_disposition_header(True, rij.naam)
    return response
