"""What the services of this room share: locking, saving with the sentences of the database, owners."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Min
from django.utils import timezone

from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor
from kern.toestanden import Stap, Toestandstabel, leg_overgang_vast
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker
from trajecten.models import Afspraak, Traject, Trajectonderdeel

KAMER = "trajecten"
M = TypeVar("M", bound=models.Model)


def bewaar(obj: M, update_fields: list[str] | None = None) -> M:
    """Save; a refused constraint becomes a ValidationError with the Dutch sentence of that constraint.

    Asking the database beats asking before: two people at the same time are refused as well.
    """
    try:
        with transaction.atomic():
            obj.save(update_fields=update_fields)
    except IntegrityError as fout:
        naam = getattr(getattr(fout.__cause__, "diag", None), "constraint_name", None)
        for regel in obj._meta.constraints:
            if regel.name == naam:
                raise ValidationError(str(regel.get_violation_error_message()), code=naam) from fout
        raise
    return obj


def vergrendel(model: type[M], pk: int, *, versie: int | None = None) -> M:
    """The row, locked; IntussenGewijzigd with what it holds now when somebody saved it after the form with `versie`
    was made.
    """
    obj: Any = model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    if versie is not None and obj.versie != versie:
        velden = [veld.name for veld in model._meta.concrete_fields]
        raise IntussenGewijzigd({naam: getattr(obj, naam) for naam in velden}, obj.versie)
    rij: M = obj
    return rij


def vergrendel_persoon(pk: int) -> Deelnemer:
    """Lock the person: the first lock of every service here, so that no two wait for each other."""
    return Deelnemer.objects.select_for_update(of=("self",)).get(pk=pk)


def begin_toestand(tabel: Toestandstabel, obj: Any, actie: str, *, actor: Actor, reden: str = "") -> None:
    """Write the first state of a new row in the transition log."""
    stap = Stap(actie, ("",), obj.status, frozenset(), "")
    leg_overgang_vast(tabel.soort, obj, "", stap, actor=actor, reden=reden)


def medewerker_van(actor: Actor) -> Medewerker | None:
    """The member of staff behind the actor; None for a job or a client."""
    return Medewerker.objects.filter(gebruiker_id=actor.gebruiker_id).first() if actor.gebruiker_id else None


def voor_wie(deelnemer: Deelnemer) -> dict[str, Any]:
    """Owner of a werkvoorraad row: the regievoerder, else the manager of the team, else all managers."""
    if deelnemer.regievoerder is not None:
        return {"voor_id": deelnemer.regievoerder.gebruiker_id}
    return {"voor_team_id": deelnemer.team_id, "voor_rol": "teammanager"}


def lijst_bij(deelnemer_id: int) -> None:
    """Bring the stored list columns of this person up to date (ONTWERP 3.7)."""
    lijstkolommen.werk_bij(deelnemer_id, **lijstwaarden([deelnemer_id])[deelnemer_id])


def lijstwaarden(ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """What the list columns of these persons should hold now, computed from the tables of this room."""
    van = {"deelnemer__in": ids}
    in_traject = set(Traject.objects.filter(**van, status="loopt").values_list("deelnemer_id", flat=True))
    delen = Trajectonderdeel.objects.filter(**van, status="loopt", traject__status="loopt").order_by()
    actief = dict(delen.values_list("deelnemer_id").annotate(Count("pk")))
    afspraken = Afspraak.objects.filter(**van, status="gepland", begint_op__gte=begin_van_vandaag()).order_by()
    eerste = dict(afspraken.values_list("deelnemer_id").annotate(Min("begint_op")))
    return {
        pk: {
            "in_traject": pk in in_traject,
            "onderdelen_actief": actief.get(pk, 0),
            "volgende_afspraak_op": eerste.get(pk),
        }
        for pk in ids
    }


def begin_van_vandaag() -> dt.datetime:
    """Midnight of today, local time."""
    return timezone.make_aware(dt.datetime.combine(klok.vandaag(), dt.time.min))


def werk_bij(deelnemer_id: int) -> None:
    """After a change: what waits for this person, and the columns of lists. Call it last in a service."""
    from trajecten.werkvoorraad import personen, rijen  # it builds on this module

    werkvoorraad.breng_bij(KAMER, deelnemer_id, rijen(personen([deelnemer_id])))
    lijst_bij(deelnemer_id)
