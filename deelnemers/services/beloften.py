"""What became of a promise: kept, not kept, or not needed any more (R013)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.beloftekeuzes import Belofteafloop
from deelnemers.models import Toezegging
from deelnemers.services import werkvoorraad as werk
from deelnemers.services.tijdlijn import KAMER, belofteregel
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd

#: Which day says how it ended.
DAG = {
    Belofteafloop.GEDAAN: "nagekomen_op",
    Belofteafloop.NIET_GEDAAN: "niet_gedaan_op",
    Belofteafloop.VERVALLEN: "vervallen_op",
}


@service
def wijzig_toezegging(
    toezegging: Toezegging,
    wat: str,
    voor: dt.date | None,
    afloop: Belofteafloop | str,
    *,
    actor: Actor,
    toelichting: str = "",
    voor_huishouden: bool | None = None,
    versie: int | None = None,
) -> Toezegging:
    """Change what was promised, or say how it ended.

    A day that has passed stays: else a promise would be kept in time afterwards. Raises ValidationError at `voor` or
    `toelichting`, and IntussenGewijzigd when a colleague saved after the form with `versie` was made.
    """
    rij = _vergrendel(toezegging)
    nieuw = {"wat": wat, "voor": voor, "toelichting": toelichting}
    if versie is not None and rij.versie != versie:
        raise IntussenGewijzigd({n: getattr(rij, n) for n, w in nieuw.items() if getattr(rij, n) != w}, rij.versie)
    if rij.voor is not None and rij.voor < klok.vandaag() and voor != rij.voor:
        raise ValidationError({"voor": "Deze dag is voorbij. Zeg hoe het afliep en spreek daarna iets nieuws af."})
    rij.wat, rij.voor, rij.toelichting = wat, voor, toelichting.strip()
    if voor_huishouden is not None:
        rij.voor_huishouden = voor_huishouden
    _zet_afloop(rij, Belofteafloop(afloop))
    return rij


@service
def kom_toezegging_na(toezegging: Toezegging, *, actor: Actor, nagekomen: bool = True) -> None:
    """Mark a promise as kept, or open again (undo): then it waits again."""
    rij = _vergrendel(toezegging)
    _zet_afloop(rij, Belofteafloop.GEDAAN if nagekomen else Belofteafloop.OPEN)


def _vergrendel(toezegging: Toezegging) -> Toezegging:
    rijen = Toezegging.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer__regievoerder", "medewerker").get(pk=toezegging.pk)


def _zet_afloop(rij: Toezegging, afloop: Belofteafloop) -> None:
    """Save with its end, the row on Vandaag and the line in the timeline; an end that was known keeps its day."""
    for soort, veld in DAG.items():
        setattr(rij, veld, (getattr(rij, veld) or klok.vandaag()) if soort == afloop else None)
    rij.versie += 1
    rij.full_clean()
    rij.save()
    if regel := werk.belofteregel(rij):
        werkvoorraad.schrijf(regel)
    else:
        werkvoorraad.klaar(KAMER, f"toezegging:{rij.pk}")
    if afgelopen := belofteregel(rij):
        tijdlijn.schrijf(afgelopen)
    else:
        tijdlijn.wis(KAMER, f"toezegging:{rij.pk}")
