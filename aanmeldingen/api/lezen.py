"""What of a list of referrals goes into the read log."""

from __future__ import annotations

from collections.abc import Iterable

from rest_framework.request import Request

from aanmeldingen.models import Aanmelding


def lees_lijst(request: Request, verwerking: str, grond: str, rijen: Iterable[Aanmelding]) -> None:
    """Log a list of referrals: also one without names says of a person that she is known here (R223)."""
    rijen = list(rijen)
    request.lezing.toon(verwerking, [rij.deelnemer_id for rij in rijen], grond=grond)
    zonder = [str(rij.kenmerk) for rij in rijen if rij.deelnemer_id is None]
    request.lezing.toon_zonder_persoon(verwerking, zonder, grond=grond)
