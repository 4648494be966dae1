"""Demand: from concept to open, filled or closed, each kind by its own life cycle (R127)."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Sum

from kern import klok
from kern.aansluitingen import gebeurtenis, zoeken
from kern.handeling import Actor, service
from kern.toestanden import Stap, leg_overgang_vast, verzet
from werkgevers.models import Bemiddeling, Vacature, Werkgever
from werkgevers.regels import vacatureingang
from werkgevers.services.werkgevers import controleer_versie
from werkgevers.toestanden import OPEN_BEMIDDELING

GEPLAATST = "vacature.geplaatst"
GEWIJZIGD = "vacature.gewijzigd"


def vergrendel(vacature: Vacature) -> Vacature:
    """The row itself, locked: everything that counts places comes after this."""
    rijen = Vacature.objects.select_for_update(of=("self",)).select_related("werkgever", "vestiging")
    return rijen.get(pk=vacature.pk)


@service
def plaats_vacature(*, actor: Actor, **velden: Any) -> Vacature:
    """Record demand as a concept; raises ValidationError per field. `zet_vacature` opens it."""
    vacature = Vacature(status="concept", status_sinds=klok.vandaag(), **velden)
    vacature.vul_afgeleid()
    vacature.full_clean()
    vacature.save()
    leg_overgang_vast(
        vacature.tabel.soort, vacature, "", Stap("maken", ("",), "concept", frozenset(), "Maken"), actor=actor
    )
    zoeken.schrijf(vacatureingang(vacature))
    gebeurtenis.meld(GEPLAATST, vacature.pk, data={"vacature": vacature.pk})
    return vacature


@service
def wijzig_vacature(vacature: Vacature, *, actor: Actor, versie: int | None = None, **velden: Any) -> Vacature:
    """Change what is asked; `versie` guards against overwriting somebody else's change."""
    rij = vergrendel(vacature)
    controleer_versie(rij, versie)
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.versie += 1
    rij.vul_afgeleid()
    rij.full_clean()
    rij.save()
    _na(rij)
    return rij


@service
def zet_vacature(vacature: Vacature, actie: str, *, actor: Actor, reden: str = "") -> Vacature:
    """One step in the life cycle of this kind; raises OvergangGeweigerd when it cannot be done now.

    Opening sets the date; closing ends the mediations that still run.
    """
    rij = vergrendel(vacature)
    ook = []
    stap = rij.tabel.stap(rij.status, actie)
    if stap is not None and stap.naar == "open" and rij.geopend_op is None:
        rij.geopend_op = klok.vandaag()
        ook.append("geopend_op")
    if stap is not None and stap.naar == "vervallen":
        rij.sluitreden = reden[:200]
        ook.append("sluitreden")
    verzet(rij.tabel, rij, actie, actor=actor, reden=reden, ook=ook)
    if rij.status in {"vervallen", "beeindigd", "vervuld", "bezet"}:
        laat_bemiddelingen_vervallen(rij, actor=actor)
    _na(rij)
    return rij


@service
def sluit_vacature(vacature: Vacature, reden: str, *, actor: Actor) -> Vacature:
    """Nobody is asked any more, with the reason; running mediations end as *vacature vervallen*."""
    actie = "sluiten" if vacature.tabel.stap(vacature.status, "sluiten") else "beeindigen"
    return zet_vacature(vacature, actie, actor=actor, reden=reden)


def laat_bemiddelingen_vervallen(vacature: Vacature, *, actor: Actor) -> int:
    """End what still runs for this demand; returns how many. Call inside a service that locked the
    vacancy.
    """
    from werkgevers.services.bemiddeling import sluit_bemiddeling

    open_ = Bemiddeling.objects.filter(vacature=vacature, status__in=OPEN_BEMIDDELING).order_by("id")
    open_ = open_.select_for_update(of=("self",)).select_related("deelnemer", "medewerker", "vacature__werkgever")
    rijen = list(open_)
    for bemiddeling in rijen:
        sluit_bemiddeling(bemiddeling, "laten_vervallen", "vacature_weg", actor=actor)
    return len(rijen)


def tel_open_plekken(werkgever_id: int) -> None:
    """Keep the column for lists of the employer."""
    open_ = Vacature.objects.filter(werkgever=werkgever_id, status="open").aggregate(n=Sum(F("plekken") - F("vervuld")))
    Werkgever.objects.filter(pk=werkgever_id).update(open_plekken=open_["n"] or 0)


def _na(vacature: Vacature) -> None:
    tel_open_plekken(vacature.werkgever_id)
    zoeken.schrijf(vacatureingang(vacature))
    gebeurtenis.meld(GEWIJZIGD, vacature.pk, data={"vacature": vacature.pk})
