"""The night of this room: what time itself changed, and whether the stored columns still tell the truth."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from deelnemers.models import Contactmoment, Deelnemer, Diagnose, Regie, Trede
from deelnemers.services.contact import BEREIKT
from deelnemers.services.tijdlijn import KAMER
from deelnemers.services.werkvoorraad import gaten, sneden, ververs, werkregels
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, handeling
from kern.models import geldig_op

#: A gap in the regie is shown as long as it lies this near: later nobody can repair it any more.
GAT_ZICHTBAAR = dt.timedelta(days=92)


def per_persoon(deelnemer_id: int, actor: Actor, doe: Callable[[Deelnemer], Any]) -> Any:
    """Do something in one small transaction; None when somebody works in this dossier right now."""
    with transaction.atomic():
        vrij = Deelnemer.objects.select_for_update(of=("self",), skip_locked=True)
        deelnemer = vrij.filter(pk=deelnemer_id).first()
        if deelnemer is None:
            return None
        with handeling(actor):
            return doe(deelnemer)


def verouderd_werk() -> Iterator[int]:
    """Persons whose rows at Vandaag are not what they should be today."""
    for snee in sneden():
        yield from sorted(werkvoorraad.achterstallig(KAMER, snee, werkregels(snee)))


def werk_van(deelnemer: Deelnemer) -> int:
    """Bring the rows of one person up to date."""
    return ververs(deelnemer.pk)


def _werkelijk() -> dict[str, Callable[[list[int]], dict[int, Any]]]:
    """Per stored column: the truth for these persons, from the rows."""
    vandaag = klok.vandaag()

    def contact(ids: list[int]) -> dict[int, Any]:
        rijen = Contactmoment.objects.filter(deelnemer__in=ids, contact_gelukt=True, kanaal__in=BEREIKT)
        rijen = rijen.filter(ingetrokken_op__isnull=True)
        laatste = rijen.order_by().values_list("deelnemer_id").annotate(Max("plaatsgevonden_op"))
        return {pk: timezone.localtime(op).date() for pk, op in laatste}

    def regie(kolom: str) -> Callable[[list[int]], dict[int, Any]]:
        def zoek(ids: list[int]) -> dict[int, Any]:
            rijen = Regie.objects.filter(geldig_op(vandaag), deelnemer__in=ids).order_by("id")
            return dict(rijen.values_list("deelnemer_id", kolom))

        return zoek

    def trede(kolom: str) -> Callable[[list[int]], dict[int, Any]]:
        def zoek(ids: list[int]) -> dict[int, Any]:
            rijen = Trede.objects.filter(geldig_op(vandaag), deelnemer__in=ids).order_by("id")
            return dict(rijen.values_list("deelnemer_id", kolom))

        return zoek

    def vers(ids: list[int]) -> dict[int, Any]:
        rijen = Diagnose.objects.filter(deelnemer__in=ids).order_by("id")
        return dict(rijen.values_list("deelnemer_id", "vers_tot"))

    return {
        "laatste_contact_op": contact,
        "regievoerder_id": regie("medewerker_id"),
        "team_id": regie("team_id"),
        "trede_nu": trede("waarde"),
        "trede_sinds": trede("begindatum"),
        "diagnose_vers_tot": vers,
    }


#: The team of somebody without regie stays: it says whose list the person stands on.
_BLIJFT_ZONDER = frozenset({"team_id"})


def afwijkingen(ids: list[int]) -> dict[int, dict[str, Any]]:
    """Stored columns that differ from the rows: per person the column and what it should be."""
    waar = {kolom: zoek(ids) for kolom, zoek in _werkelijk().items()}
    uit: dict[int, dict[str, Any]] = {}
    for rij in Deelnemer.objects.filter(pk__in=ids).order_by("pk").values("id", *waar):
        pk = rij["id"]
        for kolom, waarden in waar.items():
            if pk not in waarden and kolom in _BLIJFT_ZONDER:
                continue
            if rij[kolom] != waarden.get(pk):
                uit.setdefault(pk, {})[kolom] = waarden.get(pk)
    return uit


def herstel(deelnemer: Deelnemer) -> int:
    """Put right the stored columns of one locked person; returns how many changed."""
    anders = afwijkingen([deelnemer.pk]).get(deelnemer.pk, {})
    for kolom, waarde in anders.items():
        setattr(deelnemer, kolom, waarde)
    if anders:
        deelnemer.save(update_fields=[kolom.removesuffix("_id") for kolom in anders])
    return len(anders)


def begint_vandaag() -> Iterator[int]:
    """Persons for whom a regie or a step of the ladder began or ended, so that the columns are behind."""
    vandaag = klok.vandaag()
    van = {"deelnemer": OuterRef("pk")}
    regie = Regie.objects.filter(geldig_op(vandaag), **van)
    trede = Trede.objects.filter(geldig_op(vandaag), **van)
    anders = ~Exists(regie.filter(medewerker=OuterRef("regievoerder"))) & (
        Exists(regie) | Q(regievoerder__isnull=False)
    )
    stap = ~Exists(trede.filter(waarde=OuterRef("trede_nu"))) & (Exists(trede) | Q(trede_nu__isnull=False))
    na = 0
    while True:
        rijen = Deelnemer.objects.filter(anders | stap, pk__gt=na).order_by("pk").values_list("pk", flat=True)
        snee = list(rijen[:500])
        if not snee:
            return
        yield from snee
        na = snee[-1]


def gaten_in_regie(
    team_ids: Iterable[int], onder: QuerySet[Deelnemer] | None = None
) -> list[tuple[Deelnemer, dt.date, dt.date]]:
    """People of these teams with days without regievoerder in the last months: person, first and last
    day (R004).
    """
    grens = klok.vandaag() - GAT_ZICHTBAAR
    mensen = (Deelnemer.objects.all() if onder is None else onder).filter(
        team__in=team_ids, samengevoegd_met__isnull=True
    )
    laat_begonnen = Regie.objects.filter(deelnemer=OuterRef("pk"), begindatum__gt=grens)
    eerder_geeindigd = Regie.objects.filter(deelnemer=OuterRef("pk"), einddatum__gte=grens)
    mogelijk = mensen.filter(Exists(laat_begonnen), Exists(eerder_geeindigd)).order_by("sorteernaam", "id")
    regies: dict[int, list[Regie]] = {}
    for rij in Regie.objects.filter(deelnemer__in=mogelijk.values("pk")).order_by("begindatum", "id"):
        regies.setdefault(rij.deelnemer_id, []).append(rij)
    return [
        (deelnemer, eerste, laatste)
        for deelnemer in mogelijk
        for eerste, laatste in gaten(regies[deelnemer.pk])
        if laatste >= grens
    ]
