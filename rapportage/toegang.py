"""Who sees which person behind a figure (R163, R171).

With a right on dossiers the rule of the dossier decides. Who answers for a team also sees name and dossier number
of the people that team guided last, after the regie ended: the figure is about them. Controller and auditor have no
dossiers, and follow a figure down to the person by `kpi.personen`: name and dossier number, nothing more.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q

from aanmeldingen.models import Aanmelding
from aanmeldingen.querysets import zichtbaar_voor as aanmeldingen_zichtbaar_voor
from deelnemers.models import Deelnemer
from deelnemers.toegang import DOSSIER, mag_bijzonder, zonder_verboden
from kern.beperking import niet_beperkt
from organisatie.querysets import mijn_team_ids
from rapportage.keuzes import Feitsoort
from rapportage.motor.definitie import Definitie
from rapportage.motor.vraag import Rij


def mag_personen(rechten: Collection[str]) -> bool:
    """Whether small numbers and lists of persons may show."""
    return "kpi.personen" in rechten


def mag_soort(rechten: Collection[str], definitie: Definitie) -> bool:
    """Whether who is behind facts of this kind may show: a maatregel is for who may see special data (R016, R228)."""
    return definitie.soort != Feitsoort.MAATREGEL or mag_bijzonder(frozenset(rechten))


def zichtbaar(medewerker: Any, rechten: Collection[str], ids: Collection[int]) -> dict[int, Deelnemer]:
    """The persons of `ids` that this reader may identify."""
    rijen = Deelnemer.objects.filter(pk__in=ids, geanonimiseerd_op__isnull=True).order_by("pk")
    rijen = zonder_verboden(rijen, medewerker, "pk").filter(niet_beperkt("pk"))
    if "dossier.zien" in rechten:
        wie = DOSSIER.filter(medewerker)
        if mag_personen(rechten):
            wie |= Q(team__in=mijn_team_ids(medewerker))
        rijen = rijen.filter(wie)
    elif not mag_personen(rechten):
        return {}
    return {rij.pk: rij for rij in rijen}


def aanmeldingen_achter(
    medewerker: Any, rechten: Collection[str], definitie: Definitie, rijen: Iterable[Rij]
) -> dict[str, Aanmelding]:
    """Of a figure about referrals, those behind `rijen` that this reader may open, by the key of the fact."""
    if definitie.soort != Feitsoort.AANMELDING or "aanmelding.zien" not in rechten:
        return {}
    # A referral that came in again has two decisions: `aanmelding:7` and `aanmelding:7:opnieuw`.
    nummers = {r.sleutel: int(r.sleutel.split(":")[1]) for r in rijen if r.sleutel.startswith("aanmelding:")}
    gezien = aanmeldingen_zichtbaar_voor(medewerker).filter(pk__in=nummers.values()).order_by("pk")
    op_nummer = {a.pk: a for a in gezien}
    return {sleutel: op_nummer[pk] for sleutel, pk in nummers.items() if pk in op_nummer}
