"""The rows that matching reads: kept by events, checked and repaired every night (ONTWERP 4)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from deelnemers.models import Deelnemer
from kern.handeling import Actor, handeling, service
from kern.models import Gebeurtenis
from werkgevers.matching.profiel import NIET_VERGELIJKEN, bouw
from werkgevers.models import Kandidaatprofiel

_VELDEN = [v.name for v in Kandidaatprofiel._meta.concrete_fields if v.name not in NIET_VERGELIJKEN]
_KOLOMMEN = [v.attname for v in Kandidaatprofiel._meta.concrete_fields if v.name not in NIET_VERGELIJKEN]
_PER_KEER = 1000


@dataclass(frozen=True)
class Verschil:
    """What the check found: rows that were missing, and rows with other values than the sources say."""

    bekeken: int
    nieuw: int
    hersteld: int


@service
def werk_profielen_bij(deelnemer_ids: Sequence[int], *, actor: Actor) -> Verschil:
    """Bring the rows of these people in line with the sources; writes only what differs."""
    nu = {p.deelnemer_id: p for p in Kandidaatprofiel.objects.filter(deelnemer__in=deelnemer_ids).order_by("pk")}
    gebouwd = bouw(deelnemer_ids)
    nieuw = [p for p in gebouwd if p.deelnemer_id not in nu]
    anders = []
    for profiel in gebouwd:
        oud = nu.get(profiel.deelnemer_id)
        if oud is not None and any(getattr(oud, k) != getattr(profiel, k) for k in _KOLOMMEN):
            profiel.pk = oud.pk
            anders.append(profiel)
    Kandidaatprofiel.objects.bulk_create(nieuw)
    if anders:
        Kandidaatprofiel.objects.bulk_update(anders, [*_VELDEN, "bijgewerkt_op"], batch_size=200)
    return Verschil(len(gebouwd), len(nieuw), len(anders))


def verifieer_profielen(actor: Actor) -> Verschil:
    """Check everybody who is or was a candidate, a thousand people per transaction; repairs and reports."""
    bekeken = nieuw = hersteld = 0
    for ids in _groepen():
        with handeling(actor):
            verschil = werk_profielen_bij(ids, actor=actor)
        bekeken, nieuw, hersteld = (
            bekeken + verschil.bekeken,
            nieuw + verschil.nieuw,
            hersteld + verschil.hersteld,
        )
    return Verschil(bekeken, nieuw, hersteld)


def _groepen() -> Iterator[list[int]]:
    """People in a trajectory, and people with a row, in groups by primary key."""
    ids = sorted(
        set(Deelnemer.objects.filter(in_traject=True).order_by("pk").values_list("pk", flat=True))
        | set(Kandidaatprofiel.objects.order_by("pk").values_list("deelnemer_id", flat=True))
    )
    for begin in range(0, len(ids), _PER_KEER):
        yield ids[begin : begin + _PER_KEER]


#: Events after which the row of the person is built again.
GEBEURTENISSEN = (
    "diagnose.gewijzigd",
    "trede.gewijzigd",
    "regie.gewijzigd",
    "traject.gestart",
    "traject.beeindigd",
    "traject.heropend",
    "inkomen.beantwoord",
    "inkomen.heropend",
    "deelnemer.overleden",
    "persoon.gewijzigd",
    "huishouden.gewijzigd",
)


def bij_gebeurtenis(gebeurtenis: Gebeurtenis) -> None:
    """Listener of the outbox; doing it twice changes nothing."""
    if gebeurtenis.betrokkene_id is not None:
        werk_profielen_bij([gebeurtenis.betrokkene_id], actor=Actor.taak("werkgevers.profielen"))


def naar_register(verschil: Verschil, tel: Any) -> None:
    """Counts for the job register."""
    tel("bekeken", verschil.bekeken)
    tel("nieuw", verschil.nieuw)
    tel("hersteld", verschil.hersteld)
