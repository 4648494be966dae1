"""What this room writes on the timeline."""

from __future__ import annotations

from collections.abc import Iterable

from kern import klok
from kern.aansluitingen import tijdlijn
from kern.models.aansluiting import Categorie, TijdlijnRegel
from kern.weergave import datum
from loonkostensubsidie import aanvraagregels, bezwaarregels
from loonkostensubsidie.models import Subsidie

KAMER = "loonkostensubsidie"


def subsidieregel(rij: Subsidie) -> TijdlijnRegel:
    """The scheme and the employer, never an amount: that is between us and the employer."""
    einde = f", tot en met {datum(rij.einddatum)}" if rij.einddatum else ""
    return tijdlijn.regel(
        KAMER,
        f"subsidie:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.BESLUIT,
        op=klok.middag(rij.begindatum),
        titel=f"{rij.regeling.naam} aan {rij.werkgever.naam}{einde}",
        tekst=rij.get_status_display() if rij.status == "ingetrokken" else "",
        icoon="document",
    )


def alle_regels(betrokkene_id: int) -> Iterable[TijdlijnRegel]:
    """All lines of this room about one person."""
    rijen = Subsidie.objects.filter(deelnemer=betrokkene_id).select_related("regeling", "werkgever")
    yield from map(subsidieregel, rijen.order_by("pk"))
    yield from aanvraagregels.regels(betrokkene_id)
    yield from bezwaarregels.regels(betrokkene_id)
