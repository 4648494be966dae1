"""The letter of a decision: made once, kept in the dossier, and told to the employer (Awb 3:41, 3:45)."""

from __future__ import annotations

import datetime as dt

from deelnemers.keuzes import Dossierdocument, Viruscontrole
from deelnemers.models import Document
from deelnemers.services.documenten import Upload, voeg_document_toe
from kern import bestanden, klok, pdf
from kern.handeling import Actor
from loonkostensubsidie.besluittekst import gegevens_van
from loonkostensubsidie.models import Beschikking
from loonkostensubsidie.services.werkgeverslink import geef_link
from regelgeving import opzoeken


def maak_pdf(rij: Beschikking, verzonden_op: dt.date) -> bytes:
    """The letter as it is, or would be, sent on this day."""
    moment = rij.vastgesteld_op or klok.middag(verzonden_op)
    return pdf.maak("loonkostensubsidie/besluit.typ", gegevens_van(rij, verzonden_op), moment=moment)


def maak_brief(rij: Beschikking, *, actor: Actor) -> Document:
    """Keep the letter with the person. Call inside a service and `bestanden.weg_bij_mislukken()`."""
    inhoud = bestanden.van_bytes(maak_pdf(rij, klok.vandaag()))
    return voeg_document_toe(
        rij.deelnemer,
        Upload(inhoud, Viruscontrole.SCHOON),  # made here: there is nothing in it that came from outside
        soort=Dossierdocument.BRIEF,
        naam=f"besluit-{rij.nummer}.pdf",
        toelichting=f"{rij.get_soort_display()}, {rij.werkgever.naam}"[:200],
        actor=actor,
    )


def verstuur(rij: Beschikking, *, actor: Actor) -> tuple[dt.date, dt.date]:
    """Tell the employer by a link in the mail; without an address it goes by post. Returns the day of sending and the
    last day for an objection (Awb 6:7, 6:8).
    """
    vandaag = klok.vandaag()
    naam, email = ontvanger(rij)
    if email:
        geef_link(rij, naam, email, actor=actor)
    return vandaag, opzoeken.einde_termijn("AWB_BEZWAAR", vandaag)


def ontvanger(rij: Beschikking) -> tuple[str, str]:
    """Name and mail address at the employer: of this application, else of the last one for this employment."""
    aanvraag = rij.aanvraag
    if aanvraag is None:
        eerder = Beschikking.objects.filter(dienstverband=rij.dienstverband_id, aanvraag__isnull=False)
        laatste = eerder.select_related("aanvraag").order_by("-pk").first()
        aanvraag = laatste.aanvraag if laatste is not None else None
    if aanvraag is not None and aanvraag.contact_email:
        return aanvraag.contact_naam, aanvraag.contact_email
    return rij.werkgever.naam, ""
