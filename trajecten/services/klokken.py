"""The clocks of this room: what became due since yesterday shows on the lists, person by person (R080)."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, handeling
from kern.models import Werkvoorraad
from kern.taken import Loop, taak
from trajecten.models import Afspraak, PlanVanAanpak, Traject, Trajectonderdeel
from trajecten.onderdeelwerk import SLUITEND_DAGEN
from trajecten.services.hulp import KAMER, lijstwaarden, werk_bij
from trajecten.werkvoorraad import personen, rijen, sneden


@taak(
    "trajecten.klokken",
    "Zet op de lijst wat te lang stil ligt: onderdelen, afspraken en plannen.",
    nacht=True,
)
def klokken(loop: Loop) -> None:
    """Nightly: slices compared at once, one small transaction per person that changed, locked ones wait."""
    gedaan = 0
    for snee in sneden(te_bekijken()):
        for pk in achterstallig(snee):
            loop.tel("bijgewerkt" if merk_traject_sluitend(pk, loop.actor) else "overgeslagen")
        gedaan += len(snee)
        loop.meld("Klokken van trajecten", gedaan)


def achterstallig(ids: list[int]) -> list[int]:
    """Which of these persons have rows or list columns that are not what the day asks; without locks."""
    anders = werkvoorraad.achterstallig(KAMER, ids, rijen(personen(ids)))
    return sorted(anders | lijstkolommen.afwijkend(lijstwaarden(ids)))


def merk_traject_sluitend(deelnemer_id: int, actor: Actor) -> bool:
    """Bring the lists of one person up to date; False when somebody is working in this dossier right now."""
    with transaction.atomic():
        rij = Deelnemer.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=deelnemer_id).first()
        if rij is None:
            return False
        with handeling(actor):
            werk_bij(deelnemer_id)
    return True


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
