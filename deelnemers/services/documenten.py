"""Files in a dossier: keep, replace, scan again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from deelnemers.keuzes import BIJZONDERE_DOSSIERDOCUMENTEN, Dossierdocument, Viruscontrole
from deelnemers.models import Deelnemer, Document
from deelnemers.services.tijdlijn import KAMER, documentregel
from kern import bestanden, klok, virusscan
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from kern.taken import Loop
from organisatie.models import Medewerker

#: The protected class has a folder of its own, so that it can have rights and a backup of its own.
KAMER_BIJZONDER = f"{KAMER}-bijzonder"
VIRUS = "In dit bestand zit een virus. Het is niet bewaard. Vraag om een schoon bestand."
_CONTROLE = {
    virusscan.Uitslag.SCHOON: Viruscontrole.SCHOON,
    virusscan.Uitslag.ZONDER: Viruscontrole.ZONDER,
    virusscan.Uitslag.ONBEKEND: Viruscontrole.WACHT,
    virusscan.Uitslag.BESMET: Viruscontrole.BESMET,
}


@dataclass(frozen=True)
class Upload:
    """A file that we take, with what the scanner said of it."""

    inhoud: bestanden.Inhoud
    controle: Viruscontrole


def lees_upload(bestand: Any) -> Upload:
    """Check size, content and virus of what somebody sent; asks the scanner, so call it before the transaction.

    Raises ValidationError with a sentence for the field.
    """
    if not bestand.size:
        raise ValidationError("Dit bestand is leeg. Kies een ander bestand.", code="leeg")
    return keur(bestanden.lees_in(bestand))


def vraag_scanner(inhoud: bytes) -> Viruscontrole:
    """What the scanner says of a file, also for the files of a higher room. Call it outside a transaction."""
    return _CONTROLE[virusscan.controleer(inhoud)]


def keur(inhoud: bestanden.Inhoud) -> Upload:
    """Ask the scanner about a file that we recognised (or made); raises ValidationError for a virus."""
    controle = vraag_scanner(inhoud.bytes)
    if controle == Viruscontrole.BESMET:
        raise ValidationError(VIRUS, code="virus")
    return Upload(inhoud, controle)


@service
def voeg_document_toe(
    deelnemer: Deelnemer,
    upload: Upload,
    *,
    soort: Dossierdocument | str,
    naam: str,
    actor: Actor,
    medewerker: Medewerker | None = None,
    datum: dt.date | None = None,
    toelichting: str = "",
    bijzonder: bool = False,
    vervangt: Document | None = None,
) -> Document:
    """Keep a file with a person, inside `bestanden.weg_bij_mislukken()`. With `vervangt` it is the next version.

    A file about health, debt or justice is protected whatever the caller says. Raises ValidationError when the same
    file is there already, or when somebody else replaced the old version.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    bijzonder = bijzonder or soort in BIJZONDERE_DOSSIERDOCUMENTEN
    if vervangt is not None:
        vervangt = _sluit_oude_versie(vervangt)
        bijzonder = bijzonder or vervangt.bijzonder
    geldend = Document.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True)
    if geldend.filter(sha256=upload.inhoud.sha256).exclude(controle=Viruscontrole.BESMET).exists():
        raise ValidationError({"bestand": "Dit document zit al in het dossier."})
    document = Document(
        deelnemer=deelnemer,
        soort=soort,
        naam=bestanden.nette_naam(naam, upload.inhoud.mediatype),
        toelichting=toelichting,
        mediatype=upload.inhoud.mediatype,
        grootte=upload.inhoud.grootte,
        sha256=upload.inhoud.sha256,
        datum=datum or klok.vandaag(),
        bijzonder=bijzonder,
        controle=upload.controle,
        gecontroleerd_op=None if upload.controle == Viruscontrole.WACHT else klok.nu(),
        toegevoegd_door=medewerker,
        vervangt=vervangt,
    )
    document.full_clean(exclude=["bestand"])
    document.bestand = bestanden.bewaar(KAMER_BIJZONDER if bijzonder else KAMER, upload.inhoud)
    document.save()
    tijdlijn.schrijf(documentregel(document))
    return document


def _sluit_oude_versie(oud: Document) -> Document:
    rij = Document.objects.select_for_update(of=("self",)).get(pk=oud.pk)
    if rij.vervangen_op is not None:
        raise ValidationError("Iemand heeft dit document intussen vervangen. Kijk eerst naar de nieuwe versie.")
    rij.vervangen_op = klok.nu()
    rij.save(update_fields=["vervangen_op"])
    return rij


def wachtend() -> list[int]:
    """Documents that no scanner has seen yet, oldest first."""
    return list(Document.objects.filter(controle=Viruscontrole.WACHT).order_by("id").values_list("pk", flat=True))


def vraag_opnieuw(document: Any) -> Viruscontrole:
    """What the scanner says now of a stored file, of whatever room; WACHT when it does not know."""
    inhoud = bestanden.haal(document.bestand, document.sha256)
    return vraag_scanner(inhoud) if inhoud is not None else Viruscontrole.WACHT


def zet_controle(rij: Any, uitslag: Viruscontrole) -> bool:
    """Keep on a locked row what the scanner said; False when that was known. A file with a virus goes after the commit;
    its row stays and says so.
    """
    if rij.controle != Viruscontrole.WACHT or uitslag == Viruscontrole.WACHT:
        return False
    rij.controle, rij.gecontroleerd_op = uitslag, klok.nu()
    rij.save(update_fields=["controle", "gecontroleerd_op"])
    if uitslag == Viruscontrole.BESMET:
        transaction.on_commit(lambda: bestanden.gooi_weg(rij.bestand))
    return True


def scan_wachtende(loop: Loop, wachtend_: Iterable[int], opnieuw: Callable[[int, Actor], Viruscontrole]) -> None:
    """One small transaction per file; what the scanner still does not know waits for the next time."""
    for pk in wachtend_:
        uitslag = opnieuw(pk, loop.actor)
        if uitslag != Viruscontrole.WACHT:
            loop.tel(uitslag.label.lower())


def scan_opnieuw(document_id: int, actor: Actor) -> Viruscontrole:
    """Ask the scanner about a file that waits; the question goes outside the transaction that keeps the answer."""
    document = Document.objects.get(pk=document_id)
    return leg_controle_vast(document, vraag_opnieuw(document), actor=actor)


@service
def leg_controle_vast(document: Document, uitslag: Viruscontrole, *, actor: Actor) -> Viruscontrole:
    """Keep what the scanner said, and say so on the timeline."""
    rij = Document.objects.select_for_update(of=("self",)).get(pk=document.pk)
    if zet_controle(rij, uitslag):
        tijdlijn.schrijf(documentregel(rij))
    return Viruscontrole(rij.controle)


def plaatsen(*, bijzonder: bool) -> QuerySet[Document, str]:
    """Where the files of this gemeente are that must stay; one with a virus was removed on purpose."""
    rijen = Document.objects.filter(bijzonder=bijzonder).exclude(controle=Viruscontrole.BESMET)
    return rijen.order_by("pk").values_list("bestand", flat=True)
