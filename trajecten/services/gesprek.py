"""The agreement of a talk on one page: made, kept as a document, signed by both."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Dossierdocument, Viruscontrole
from deelnemers.models import Deelnemer
from deelnemers.services.documenten import Upload, voeg_document_toe
from kern import bestanden, klok, pdf
from kern.handeling import Actor, service
from organisatie.models import Medewerker
from trajecten import gesprek
from trajecten.models import Afspraakblad, Traject
from trajecten.services.hulp import vergrendel_persoon


@service
def maak_afspraakblad(deelnemer: Deelnemer, medewerker: Medewerker, *, actor: Actor) -> Afspraakblad:
    """Put what was agreed on one page and keep it as a document, inside `bestanden.weg_bij_mislukken()`.

    The same agreements on the same day give the page that is there. Raises ValidationError when nothing was agreed.
    """
    vergrendel_persoon(deelnemer.pk)
    beeld = gesprek.inhoud(deelnemer)
    papier = gesprek.voor_papier(beeld, medewerker.naam)
    if not papier["afspraken"]:
        raise ValidationError("Er is nog geen afspraak om op papier te zetten. Spreek eerst samen iets af.")
    inhoud = bestanden.van_bytes(pdf.maak("trajecten/afspraken.typ", papier, moment=klok.middag(klok.vandaag())))
    zelfde = Afspraakblad.objects.filter(deelnemer=deelnemer, document__sha256=inhoud.sha256)
    if (blad := zelfde.filter(document__vervangen_op__isnull=True).first()) is not None:
        return blad
    document = voeg_document_toe(
        deelnemer,
        Upload(inhoud, Viruscontrole.SCHOON),  # made here: there is nothing in it that came from outside
        soort=Dossierdocument.AFSPRAKEN,
        naam=f"afspraken-{klok.vandaag():%d-%m-%Y}.pdf",
        medewerker=medewerker,
        actor=actor,
    )
    return Afspraakblad.objects.create(
        deelnemer=deelnemer,
        traject=Traject.objects.filter(deelnemer=deelnemer, status="loopt").first(),
        document=document,
        inhoud=papier,
        gemaakt_op=klok.nu(),
        gemaakt_door=medewerker,
    )


@service
def teken_afspraakblad(
    blad: Afspraakblad, *, actor: Actor, deelnemer: bool = False, medewerker: Medewerker | None = None
) -> Afspraakblad:
    """Record the signature of the person, or of `medewerker` for the department; the first day of each stays."""
    rij = Afspraakblad.objects.select_for_update(of=("self",)).get(pk=blad.pk)
    if deelnemer and rij.getekend_deelnemer_op is None:
        rij.getekend_deelnemer_op = klok.vandaag()
    if medewerker is not None and rij.getekend_afdeling_op is None:
        rij.getekend_afdeling_op, rij.getekend_door = klok.vandaag(), medewerker
    rij.save(update_fields=["getekend_deelnemer_op", "getekend_afdeling_op", "getekend_door"])
    return rij
