"""The clocks of this room: what became due since yesterday shows on the lists, person by person (R080)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from deelnemers.models import Deelnemer
from kern import klok
from kern.handeling import Actor, handeling
from kern.models import Werkvoorraad
from kern.taken import Loop, taak
from trajecten.models import Afspraak, PlanVanAanpak, Traject, Trajectonderdeel
from trajecten.services.hulp import KAMER, lijstwaarden, werk_bij
from trajecten.werkvoorraad import SLUITEND_DAGEN

SNEE = 500


@taak(
    "trajecten.klokken",
    "Zet op de lijst wat te lang stil ligt: onderdelen, afspraken en plannen.",
    nacht=True,
)
def klokken(loop: Loop) -> None:
    """Nightly: bounded slices by primary key, one small transaction per person, locked ones wait."""
    gedaan = 0
    for personen in _sneden():
        for pk in personen:
            loop.tel("bijgewerkt" if merk_traject_sluitend(pk, loop.actor) else "overgeslagen")
        gedaan += len(personen)
        loop.meld("Klokken van trajecten", gedaan)


def merk_traject_sluitend(deelnemer_id: int, actor: Actor) -> bool:
    """Bring the lists of one person up to date; False when somebody is working in this dossier right now."""
    with transaction.atomic():
        rij = Deelnemer.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=deelnemer_id).first()
        if rij is None:
            return False
        with handeling(actor):
            werk_bij(deelnemer_id)
    return True


def _sneden() -> Iterator[list[int]]:
    """Persons for whom something may be due, in slices."""
    na = 0
    while True:
        snee = list(te_bekijken().filter(pk__gt=na).order_by("pk").values_list("pk", flat=True)[:SNEE])
        if not snee:
            return
        yield snee
        na = snee[-1]


def te_bekijken() -> QuerySet[Deelnemer]:
    """Persons with a row of this room, or with something of which the day has come."""
    vandaag, nu = klok.vandaag(), klok.nu()
    grens = vandaag - dt.timedelta(days=SLUITEND_DAGEN)
    van = {"deelnemer": OuterRef("pk")}
    deel = Trajectonderdeel.objects.filter(traject=OuterRef("pk"))
    stil = Traject.objects.filter(**van, status="loopt", begindatum__lt=grens).exclude(
        Exists(deel.filter(status="loopt"))
    )
    delen = Trajectonderdeel.objects.filter(**van, traject__status="loopt").filter(
        Q(status="gepland", begindatum__lt=vandaag) | Q(status="loopt", einddatum__lt=vandaag) | Q(status="wacht")
    )
    afspraken = Afspraak.objects.filter(**van).filter(
        Q(status="gepland", eindigt_op__lt=nu) | Q(status="niet_verschenen")
    )
    plannen = PlanVanAanpak.objects.filter(**van, traject__status="loopt", evaluatie_op__lte=vandaag)
    rijen = Werkvoorraad.objects.filter(kamer=KAMER, betrokkene_id=OuterRef("pk"))
    voorbij = Q(volgende_afspraak_op__lt=nu)
    return Deelnemer.objects.filter(
        Exists(stil) | Exists(delen) | Exists(afspraken) | Exists(plannen) | Exists(rijen) | voorbij
    )


def kloppen_de_lijsten(deelnemer_id: int) -> bool:
    """Whether the stored list columns equal what the tables say (nightly check, ONTWERP 3.7)."""
    deelnemer = Deelnemer.objects.get(pk=deelnemer_id)
    return all(getattr(deelnemer, naam) == waarde for naam, waarde in lijstwaarden(deelnemer_id).items())
