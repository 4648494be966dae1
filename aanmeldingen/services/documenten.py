"""A file comes with a referral that is still open (STANDAARDEN 3.1)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from aanmeldingen.aansluiting import KAMER
from aanmeldingen.gebeurtenissen import GEWEIGERD, meld
from aanmeldingen.keuzes import Documentsoort
from aanmeldingen.models import Aanmelding, AanmeldingDocument
from aanmeldingen.services.indienen import vergrendel, weeg_documenten
from aanmeldingen.toestanden import AANMELDING
from deelnemers.keuzes import Viruscontrole
from deelnemers.services.documenten import vraag_opnieuw, zet_controle
from kern import bestanden, klok
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
    aanmelding: Aanmelding,
    inhoud: bestanden.Inhoud,
    *,
    soort: str,
    naam: str,
    actor: Actor,
    controle: Viruscontrole = Viruscontrole.WACHT,
) -> AanmeldingDocument:
    """Keep a file with an open referral. `controle` is what the scanner said of it; while it waits nobody opens it.

    Raises OvergangGeweigerd when it is no longer open, DocumentBestaatAl for the same file again, and
    ValidationError for the twenty-first.
    """
    aanmelding = vergrendel(aanmelding)
    if not aanmelding.is_open:
        label = AANMELDING.toestand(aanmelding.status).label
        raise OvergangGeweigerd(f"Een document toevoegen kan niet meer: de status is ‘{label}’.")
    bekend = list(aanmelding.documenten.exclude(controle=Viruscontrole.BESMET).order_by("pk"))
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
        controle=controle,
        gecontroleerd_op=None if controle == Viruscontrole.WACHT else klok.nu(),
    )
    weeg_documenten(aanmelding, actor=actor)
    return document


def wachtend() -> list[int]:
    """Files that no scanner has seen yet, oldest first."""
    rijen = AanmeldingDocument.objects.filter(controle=Viruscontrole.WACHT).order_by("pk")
    return list(rijen.values_list("pk", flat=True))


def scan_opnieuw(document_id: int, actor: Actor) -> Viruscontrole:
    """Ask the scanner about a file that waits; the question goes outside the transaction that keeps the answer."""
    document = AanmeldingDocument.objects.get(pk=document_id)
    return leg_controle_vast(document, vraag_opnieuw(document), actor=actor)


@service
def leg_controle_vast(document: AanmeldingDocument, uitslag: Viruscontrole, *, actor: Actor) -> Viruscontrole:
    """Keep what the scanner said. The sender of a file with a virus hears that it was refused.

    Was it a document that the route requires, then the sender is at turn again.
    """
    aanmelding = vergrendel(document.aanmelding)
    rij = AanmeldingDocument.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if zet_controle(rij, uitslag) and uitslag == Viruscontrole.BESMET:
        if aanmelding.client_id is not None:
            meld(GEWEIGERD, aanmelding, aanmelding.status, documentId=str(rij.kenmerk), soort=rij.soort)
        weeg_documenten(aanmelding, actor=actor)
    return Viruscontrole(rij.controle)


def plaatsen() -> QuerySet[AanmeldingDocument, str]:
    """Where the files are that must stay; one with a virus was removed on purpose."""
    rijen = AanmeldingDocument.objects.exclude(controle=Viruscontrole.BESMET)
    return rijen.order_by("pk").values_list("bestand", flat=True)
