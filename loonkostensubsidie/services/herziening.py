"""The yearly revision: started by one, written by a job in small steps, approved by another (art. 10d lid 7).

Each step is one transaction, and what was done is seen from the decisions themselves: a job that was cut off goes on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from kern import bestanden, klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, handeling, service
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from kern.weigering import GEWEIGERD, zin
from loonkostensubsidie import bezwaarregels
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.besluitcorrecties import blijft_gelijk
from loonkostensubsidie.models import Beschikking, Herzieningsronde, Subsidie
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven
from loonkostensubsidie.services.beschikking import laat_vervallen, leg_voor, stel_besluit_op, stel_vast
from loonkostensubsidie.wetgeving import huidige_wetgeving

_WIJZEN = ("lks_10d", "lks_forfait")
_VOLWASSEN = 30
_WAAROM = (
    "Elk jaar stellen wij het bedrag op 1 januari opnieuw vast. Het minimumloon verandert dan, en soms ook de "
    "vergoeding voor werkgeverslasten."
)
Meld = Callable[[str, int | None, int | None], None]


@service
def start_herziening(jaar: int, *, actor: Actor) -> Herzieningsronde:
    """Begin the revision of 1 January; raises ValidationError when the minimum wage of that day is not known."""
    if actor.gebruiker_id is None:
        raise ValidationError("Een herziening start een medewerker, niet een taak of koppeling.")
    dag = dt.date(jaar, 1, 1)
    try:
        huidige_wetgeving().loon(dag, _VOLWASSEN)
    except OntbrekendGegeven as fout:
        raise ValidationError({"jaar": f"{fout} Vul eerst de bedragen van {datum(dag)} in."}) from fout
    rij = Herzieningsronde(ingangsdatum=dag, gestart_door_id=actor.gebruiker_id, gestart_op=klok.nu())
    rij.full_clean()
    rij.save()
    return rij


def te_herzien(ronde: Herzieningsronde) -> list[Subsidie]:
    """The rights that ran before and on this day, and have no decision of this round yet."""
    dag = ronde.ingangsdatum
    klaar = Beschikking.objects.filter(soort=Besluitsoort.HERZIENING, ingangsdatum=dag).values("subsidie")
    rijen = Subsidie.objects.filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=dag),
        begindatum__lt=dag,
        regeling__rekenwijze__in=_WIJZEN,
    ).exclude(status="ingetrokken")
    return list(rijen.exclude(pk__in=klaar).select_related("regeling").order_by("pk"))


def stel_herziening_op(ronde: Herzieningsronde, *, taak: Actor, meld: Meld) -> tuple[int, int]:
    """Write every decision; returns how many lie ready and how many failed. Run it outside a transaction."""
    schrijver = Actor.van_gebruiker(ronde.gestart_door)
    rijen = te_herzien(ronde)
    gelijk, fouten = ronde.gelijk, []
    for nummer, subsidie in enumerate(rijen, 1):
        meld("Besluiten opstellen", nummer, len(rijen))
        try:
            gelijk += _een(ronde, subsidie, schrijver)
        except GEWEIGERD as fout:
            fouten.append([subsidie.nummer, zin(fout)])
    _sluit_opstellen(ronde, gelijk, fouten, actor=taak)
    return besluiten_van(ronde, "voorgelegd").count(), len(fouten)


@service
def _sluit_opstellen(ronde: Herzieningsronde, gelijk: int, fouten: list[list[str]], *, actor: Actor) -> None:
    rij = Herzieningsronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    rij.gelijk, rij.fouten, rij.opgesteld_op = gelijk, fouten, klok.nu()
    rij.versie += 1
    rij.save()
    werkvoorraad.schrijf(*bezwaarregels.herzieningwerk(rij))


def _een(ronde: Herzieningsronde, subsidie: Subsidie, schrijver: Actor) -> int:
    """One decision, put before a colleague; 1 when the amount stays the same, and then there is none."""
    with handeling(schrijver):
        besluit = stel_besluit_op(subsidie, Besluitsoort.HERZIENING, ronde.ingangsdatum, _WAAROM, actor=schrijver)
        if blijft_gelijk(besluit):
            laat_vervallen(besluit, "Het bedrag blijft hetzelfde.", actor=schrijver)
            return 1
        leg_voor(besluit, actor=schrijver)
    return 0


@service
def keur_herziening_goed(ronde: Herzieningsronde, *, actor: Actor) -> Herzieningsronde:
    """The second person approves all that lies ready; the job makes the letters. Who came first, counts."""
    rij = Herzieningsronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    if actor.gebruiker_id is None:
        raise ValidationError("Een herziening keurt een medewerker goed, niet een taak of koppeling.")
    if rij.gestart_door_id == actor.gebruiker_id:
        raise ValidationError("Je hebt deze herziening zelf gestart. Een collega keurt haar goed.")
    if rij.opgesteld_op is None:
        raise OvergangGeweigerd("De besluiten worden nog opgesteld.")
    if rij.goedkeurder_id is not None:
        raise OvergangGeweigerd("Een collega heeft deze herziening al goedgekeurd.")
    rij.goedkeurder_id = actor.gebruiker_id
    rij.versie += 1
    rij.full_clean()
    rij.save()
    werkvoorraad.klaar(KAMER, bezwaarregels.herzieningsleutel(rij))
    return rij


def stel_herziening_vast(ronde: Herzieningsronde, *, taak: Actor, meld: Meld) -> tuple[int, int]:
    """Approve one by one, each with its letter, in the name of the second person; returns done and refused."""
    if ronde.goedkeurder is None:
        return 0, 0
    actor, gedaan, fouten = Actor.van_gebruiker(ronde.goedkeurder), 0, list(ronde.fouten)
    rijen = list(besluiten_van(ronde, "voorgelegd"))
    for nummer, besluit in enumerate(rijen, 1):
        meld("Brieven maken", nummer, len(rijen))
        try:
            with bestanden.weg_bij_mislukken():
                stel_vast(besluit, actor=actor)
            gedaan += 1
        except GEWEIGERD as fout:
            fouten.append([besluit.nummer, zin(fout)])
    _sluit_vaststellen(ronde, fouten, actor=taak)
    return gedaan, len(fouten) - len(ronde.fouten)


@service
def _sluit_vaststellen(ronde: Herzieningsronde, fouten: list[list[str]], *, actor: Actor) -> None:
    rij = Herzieningsronde.objects.select_for_update(of=("self",)).get(pk=ronde.pk)
    rij.fouten, rij.vastgesteld_op = fouten, klok.nu()
    rij.versie += 1
    rij.save()


def besluiten_van(ronde: Herzieningsronde, *statussen: str) -> QuerySet[Beschikking]:
    """The decisions of this round."""
    rijen = Beschikking.objects.filter(soort=Besluitsoort.HERZIENING, ingangsdatum=ronde.ingangsdatum)
    rijen = rijen.filter(status__in=statussen) if statussen else rijen.exclude(status="vervallen")
    return rijen.select_related("deelnemer", "werkgever", "opgesteld_door").order_by("pk")
