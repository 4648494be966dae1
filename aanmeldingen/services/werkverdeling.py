"""Who does what, after accepting: kept with the referral, so that the sender reads it too (R039, R041)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.core.exceptions import ValidationError

from aanmeldingen.dossier import WERKVERDELING
from aanmeldingen.keuzes import Verdeling
from aanmeldingen.models import Aanmelding
from aanmeldingen.services.indienen import vergrendel
from deelnemers.models import Deelnemer
from kern import klok
from kern.handeling import Actor, service
from kern.weigering import IntussenGewijzigd
from werkgevers.services.urenbewaking import neem_opgegeven_uren_over


@service
def zet_werkverdeling(aanmelding: Aanmelding, verdeling: Mapping[str, str], *, versie: int, actor: Actor) -> Aanmelding:
    """Childcare, hours, zoekberoep and Dutch: done, by the sender, by us, or not agreed (empty).

    Raises ValidationError for anything else, IntussenGewijzigd when the sender or a colleague was first.
    """
    rij = vergrendel(aanmelding)
    if rij.versie != versie:
        anders = {n: rij.werkverdeling.get(n, "") for n in verdeling if rij.werkverdeling.get(n, "") != verdeling[n]}
        raise IntussenGewijzigd(anders, rij.versie)
    if verdeling.keys() - WERKVERDELING.keys() or set(verdeling.values()) - {"", *Verdeling.values}:
        raise ValidationError("Kies wie wat doet uit de lijst.")
    rij.werkverdeling = {naam: wie for naam, wie in verdeling.items() if wie}
    rij.gewijzigd_op = klok.nu()
    rij.versie += 1
    rij.save(update_fields=["werkverdeling", "gewijzigd_op", "versie"])
    return rij


def neem_werk_over(aanmelding: Aanmelding, deelnemer: Deelnemer, actor: Actor) -> None:
    """Who works already when referred is followed from the first day; inside accepting (R034, R041)."""
    werk = aanmelding.huidig_werk
    if werk:
        deelnemer.refresh_from_db()
        neem_opgegeven_uren_over(deelnemer, Decimal(str(werk["urenPerWeek"])), werk["werkgever"], actor=actor)
