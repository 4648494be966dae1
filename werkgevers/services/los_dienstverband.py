"""An employment that did not come from a placement: somebody already works, or found the job himself (R108)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.models import Aanleiding, Deelnemer
from deelnemers.services.inkomen import lopende_uitkering, meld_aan_inkomen
from kern.beperking import eis_onbeperkt
from kern.handeling import Actor, service
from werkgevers.models import Dienstverband, Werkgever
from werkgevers.services.dienstverband import begin_dienstverband


@service
def begin_los_dienstverband(
    deelnemer: Deelnemer, soort: str, werkgever: Werkgever, *, actor: Actor, **velden: Any
) -> Dienstverband:
    """Start an employment of any kind; income hears it when there is a benefit (ONTWERP 3.11).

    Raises what `begin_dienstverband` raises, and ValidationError for who died.
    """
    eis_onbeperkt(deelnemer.pk)
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden. Er kan geen nieuw werk beginnen.")
    begin = velden.pop("begindatum")
    rij = begin_dienstverband(deelnemer, soort, werkgever, begin, actor=actor, **velden)
    if lopende_uitkering(deelnemer, begin) is not None:
        meld_aan_inkomen(
            deelnemer,
            Aanleiding.PLAATSING,
            f"dienstverband:{rij.pk}",
            begin,
            actor=actor,
            uren_per_week=rij.uren_per_week,
            bruto_uurloon=rij.bruto_uurloon,
            toelichting=f"{rij.functie} bij {werkgever.naam}",
        )
    return rij
