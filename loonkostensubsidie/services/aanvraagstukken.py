"""Files with an application: kept in the dossier, with its checks on kind, size and virus."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Dossierdocument
from deelnemers.models import Document
from deelnemers.services.documenten import Upload, voeg_document_toe
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.aanvraagkeuzes import Stuksoort
from loonkostensubsidie.models import Aanvraag, Aanvraagstuk
from loonkostensubsidie.services.aanvraag import vergrendel, ververs
from loonkostensubsidie.services.controles import ververs_controles
from organisatie.models import Medewerker

_DOSSIERSOORT = {Stuksoort.CONTRACT: Dossierdocument.CONTRACT, Stuksoort.LOONSTROOK: Dossierdocument.LOONSTROOK}
#: Files of one application that an employer can send by a link; a link must not fill our disk.
HOOGSTENS = 20


@service
def voeg_stuk_toe(
    aanvraag: Aanvraag,
    upload: Upload,
    soort: Stuksoort | str,
    naam: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
) -> Aanvraagstuk:
    """Keep a file with an application, inside `bestanden.weg_bij_mislukken()`; the same file twice is one file.

    Raises ValidationError at `bestand` when an employer (no `medewerker`) sends more than `HOOGSTENS` files.
    """
    rij = vergrendel(aanvraag)
    if not rij.is_open:
        raise OvergangGeweigerd("Op deze aanvraag is al beslist.")
    zelfde = Document.objects.filter(
        deelnemer=rij.deelnemer_id, sha256=upload.inhoud.sha256, vervangen_op__isnull=True
    ).exclude(controle="besmet")
    document = zelfde.order_by("pk").first()
    if document is None:
        if medewerker is None and Aanvraagstuk.objects.filter(aanvraag=rij).count() >= HOOGSTENS:
            raise ValidationError({"bestand": f"Er zijn al {HOOGSTENS} bestanden. Bel ons als er meer nodig is."})
        document = voeg_document_toe(
            rij.deelnemer,
            upload,
            soort=_DOSSIERSOORT.get(Stuksoort(soort), Dossierdocument.OVERIG),
            naam=naam,
            toelichting=f"{Stuksoort(soort).label} bij aanvraag {rij.nummer}",
            medewerker=medewerker,
            actor=actor,
        )
    elif Aanvraagstuk.objects.filter(document=document).exclude(aanvraag=rij).exists():
        raise ValidationError({"bestand": "Dit bestand hoort al bij een andere aanvraag."})
    stuk, nieuw = Aanvraagstuk.objects.get_or_create(
        document=document, defaults={"aanvraag": rij, "deelnemer_id": rij.deelnemer_id, "soort": soort}
    )
    if nieuw and rij.status != "concept":
        ververs_controles(rij)
        ververs(rij)
    return stuk
