"""A file comes with a referral that is still open (STANDAARDEN 3.1)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from aanmeldingen.aansluiting import KAMER
from aanmeldingen.keuzes import Documentsoort
from aanmeldingen.models import Aanmelding, AanmeldingDocument
from aanmeldingen.services.indienen import vergrendel, weeg_documenten
from aanmeldingen.toestanden import AANMELDING
from kern import bestanden
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd

MAX_DOCUMENTEN = 20


class DocumentBestaatAl(Exception):
    """The same file is already with this referral; `document` is the existing one."""

    def __init__(self, document: AanmeldingDocument) -> None:
        super().__init__("Dit document zit al bij de aanmelding.")
        self.document = document


@service
def voeg_document_toe(
    aanmelding: Aanmelding, inhoud: bestanden.Inhoud, *, soort: str, naam: str, actor: Actor
) -> AanmeldingDocument:
    """Keep a file with an open referral.

    Raises OvergangGeweigerd when it is no longer open, DocumentBestaatAl for the same file again, and
    ValidationError for the twenty-first.
    """
    aanmelding = vergrendel(aanmelding)
    if not aanmelding.is_open:
        label = AANMELDING.toestand(aanmelding.status).label
        raise OvergangGeweigerd(f"Een document toevoegen kan niet meer: de status is ‘{label}’.")
    bekend = list(aanmelding.documenten.order_by("pk"))
    zelfde = next((d for d in bekend if d.sha256 == inhoud.sha256), None)
    if zelfde is not None:
        raise DocumentBestaatAl(zelfde)
    if len(bekend) >= MAX_DOCUMENTEN:
        raise ValidationError({"bestand": f"Bij een aanmelding passen hoogstens {MAX_DOCUMENTEN} documenten."})
    if soort not in Documentsoort.values:
        raise ValidationError({"soort": "Kies een soort uit de lijst."})
    document = AanmeldingDocument.objects.create(
        aanmelding=aanmelding,
        deelnemer_id=aanmelding.deelnemer_id,
        soort=soort,
        naam=bestanden.nette_naam(naam, inhoud.mediatype),
        bestand=bestanden.bewaar(KAMER, inhoud),
        mediatype=inhoud.mediatype,
        grootte=inhoud.grootte,
        sha256=inhoud.sha256,
    )
    weeg_documenten(aanmelding, actor=actor)
    return document
