"""One family, one plan, one regisseur: who keeps the overview of a household with several regievoerders (R005)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from deelnemers.models import Huishouden, Huishoudlid
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
def kies_gezinsregisseur(huishouden: Huishouden, medewerker: Medewerker | None, *, actor: Actor) -> Huishouden:
    """One of the regievoerders keeps the overview; None takes it away. The regie of each person stays where it is.

    Raises ValidationError for somebody who guides nobody of this household.
    """
    rij = Huishouden.objects.select_for_update(of=("self",)).get(pk=huishouden.pk)
    if medewerker is not None and medewerker not in regievoerders(rij):
        raise ValidationError({"medewerker": f"{medewerker.naam} begeleidt niemand van dit huishouden."})
    rij.gezinsregisseur = medewerker
    rij.save(update_fields=["gezinsregisseur"])
    return rij
