"""One family, one plan, one regisseur: who keeps the overview of a household with several regievoerders (R005)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db.models import Q

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Betrokkenheid, Deelnemer, Huishouden, Huishoudlid, Leesverbod
from kern import klok
from kern.handeling import Actor, service
from kern.models import geldig_op
from organisatie.models import Medewerker


def regievoerders(huishouden: Huishouden) -> list[Medewerker]:
    """The regievoerders of the members of today, each once."""
    leden = Huishoudlid.objects.filter(geldig_op(klok.vandaag()), huishouden=huishouden)
    rijen = leden.select_related("deelnemer__regievoerder").order_by("rol", "pk")
    return list({lid.deelnemer.regievoerder: None for lid in rijen if lid.deelnemer.regievoerder})


@service
def kies_gezinsregisseur(
    huishouden: Huishouden, medewerker: Medewerker | None, *, actor: Actor, gezien: int | None = None
) -> Huishouden:
    """One of the regievoerders keeps the overview; None takes it away. The regie of each person stays where it is.

    `gezien` is the key of who it was on the page, 0 for nobody. Raises ValidationError for somebody who guides nobody
    of this household, and when a colleague chose another one since.
    """
    rij = Huishouden.objects.select_for_update(of=("self",)).get(pk=huishouden.pk)
    if gezien is not None and gezien != (rij.gezinsregisseur_id or 0):
        wie = f"{rij.gezinsregisseur.naam} is nu gezinsregisseur" if rij.gezinsregisseur else "Er is nu niemand"
        raise ValidationError(f"Een collega heeft dit net gewijzigd. {wie}. Klopt dat niet, kies dan opnieuw.")
    if medewerker is not None and medewerker not in regievoerders(rij):
        raise ValidationError({"medewerker": f"{medewerker.naam} begeleidt niemand van dit huishouden."})
    rij.gezinsregisseur = medewerker
    rij.save(update_fields=["gezinsregisseur"])
    stem_gezinsregie_af(rij)
    return rij


def stem_gezinsregie_af(huishouden: Huishouden) -> None:
    """Whoever keeps the overview works with every member of today; who guides nobody there any more stops (R005).

    Call it inside a service, after a change of the household or of the regie of a member.
    """
    vandaag, herkomst = klok.vandaag(), f"gezin:{huishouden.pk}"
    if huishouden.gezinsregisseur is not None and huishouden.gezinsregisseur not in regievoerders(huishouden):
        huishouden.gezinsregisseur = None
        huishouden.save(update_fields=["gezinsregisseur"])
    wie = huishouden.gezinsregisseur
    nodig: set[int] = set()
    if wie is not None:
        leden = Huishoudlid.objects.filter(geldig_op(vandaag), huishouden=huishouden)
        verboden = Leesverbod.objects.filter(geldig_op(vandaag), medewerker=wie).values("deelnemer")
        nodig = set(
            leden.exclude(deelnemer__regievoerder=wie)
            .exclude(deelnemer__in=verboden)
            .order_by("pk")
            .values_list("deelnemer", flat=True)
        )
    open_ = Betrokkenheid.objects.filter(Q(einddatum__isnull=True) | Q(einddatum__gte=vandaag), herkomst=herkomst)
    for rij in open_.order_by("pk"):
        if wie is not None and rij.medewerker_id == wie.pk and rij.deelnemer_id in nodig:
            nodig.discard(rij.deelnemer_id)
        elif rij.begindatum >= vandaag:
            rij.delete()
        else:
            rij.einddatum = vandaag - dt.timedelta(days=1)
            rij.save(update_fields=["einddatum"])
    for pk in sorted(nodig):
        Betrokkenheid.objects.create(
            deelnemer_id=pk, medewerker=wie, rol=Betrokkenrol.GEZIN, herkomst=herkomst, begindatum=vandaag
        )


def na_regie(deelnemer: Deelnemer) -> None:
    """The regie of a member changed: the overview of the household follows."""
    lid = deelnemer.huishoudens.filter(geldig_op(klok.vandaag())).select_related("huishouden").first()
    if lid is not None and lid.huishouden.gezinsregisseur_id is not None:
        stem_gezinsregie_af(lid.huishouden)
