"""Trajectory, plan and parts as they were known on a day."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from kern.aansluitingen.terugblik import Onderdeel, Regel, sluit_aan
from kern.terugblik import Blik
from kern.weergave import datum, tijd
from organisatie.models import Medewerker
from trajecten.labels import onderdeelnaam
from trajecten.models import Afspraak, Instrument, PlanVanAanpak, Traject, Trajecteinde, Trajectonderdeel


def _trajecten(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Traject):
        if rij.begindatum <= blik.dag:
            stand = f"{rij.get_status_display()} sinds {datum(rij.status_sinds)}".capitalize()
            yield Regel(str(rij.get_doel_display()), stand, rij.doeltekst)


def _einde(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    for rij in blik.van_persoon(Trajecteinde):
        yield Regel(str(rij.get_uitkomst_display()).capitalize(), f"Laatste dag {datum(rij.datum)}", rij.toelichting)


def _onderdelen(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    rijen = blik.van_persoon(Trajectonderdeel)
    instrumenten = Instrument.objects.in_bulk([rij.instrument_id for rij in rijen])
    for rij in rijen:
        rij.instrument = instrumenten[rij.instrument_id]
        begin = f"vanaf {datum(rij.begindatum)}" if rij.begindatum else ""
        tot = f" tot {datum(rij.einddatum)}" if rij.einddatum else ""
        yield Regel(onderdeelnaam(rij, rechten), str(rij.get_status_display()).capitalize(), f"{begin}{tot}")


def _plan(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    laatste: dict[int, PlanVanAanpak] = {}
    for rij in blik.van_persoon(PlanVanAanpak):
        oud = laatste.get(rij.traject_id)
        laatste[rij.traject_id] = rij if oud is None or rij.nummer > oud.nummer else oud
    for rij in laatste.values():
        getekend = rij.getekend_deelnemer_op
        stand = f"Getekend door de deelnemer op {datum(getekend)}" if getekend else "Nog niet getekend"
        yield Regel(f"Plan, versie {rij.nummer}", stand, rij.tekst)


def _afspraken(blik: Blik, rechten: frozenset[str]) -> Iterator[Regel]:
    """Appointments that were planned on that day, with whom; the subject may be internal."""
    rijen = [rij for rij in blik.van_persoon(Afspraak) if rij.status == "gepland" and rij.eindigt_op >= blik.moment]
    mensen = Medewerker.objects.in_bulk([rij.medewerker_id for rij in rijen])
    for rij in sorted(rijen, key=lambda rij: rij.begint_op):
        begin = timezone.localtime(rij.begint_op)
        wanneer = f"{datum(begin.date())} om {tijd(begin)}"
        yield Regel(str(rij.get_soort_display()).capitalize(), wanneer, f"met {mensen[rij.medewerker_id].naam}")


def sluit_aan_op_terugblik() -> None:
    recht = frozenset({"traject.zien"})
    sluit_aan(
        Onderdeel("Traject", 33, _trajecten, recht),
        Onderdeel("Einde van een traject", 34, _einde, recht),
        Onderdeel("Onderdelen", 35, _onderdelen, recht),
        Onderdeel("Plan van aanpak", 37, _plan, recht),
        Onderdeel("Gesprekken", 67, _afspraken, recht),
    )
