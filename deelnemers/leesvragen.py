"""Who looked at a person, when and why: the read log in plain words, and in the form for machines.

The person reads a role and a reason, not a name (AVG art. 15); the privacy officer sees the name on the screen.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from deelnemers.models import Deelnemer
from kern import klok
from kern.handeling import huidige_gemeente_id
from kern.models import ApiClient, Leesregel
from kern.weergave import tijd
from organisatie.models import Rolvervulling
from regelgeving import querysets as wet

#: Why somebody may read, as the person reads it. The access rule and the rooms give the codes.
GRONDEN = {
    "regie": "begeleidt jou",
    "waarneming": "valt in voor wie jou begeleidt",
    "team": "hoort bij het team dat jou begeleidt",
    "betrokken": "werkt met jou, bijvoorbeeld bij een afspraak of op het werk",
    "doorbreking": "schreef op waarom het nodig was; een ander controleert dat",
    "beoordeling": "controleert of collega’s terecht keken",
    "beheer": "herstelt gegevens over jou die niet klopten",
    "samenvoegen": "zorgt dat je maar één dossier hebt",
    "aanmelder": "meldde jou aan",
    "afzender": "stuurde gegevens over jou",
    "ontvanger": "kreeg je verwijzing",
    "profiellink": "kreeg de link naar je profiel",
    "werkgeverslink": "is je werkgever en kreeg een link om iets door te geven of een besluit te lezen",
    "betaallink": "is je werkgever en kreeg een link naar wat er aan subsidie is betaald",
    "bewaartermijn": "keek of je gegevens weg mogen of moeten blijven",
    "privacy": "behandelt een verzoek of houdt toezicht op privacy",
    "rol": "beantwoordt vragen over inkomen",
    "taak": "had dit nodig voor zijn werk",
}
#: At most so many lines of the log at once; the page asks for a shorter period when there are more.
HOOGSTENS = 5000


@dataclass(frozen=True)
class Kijker:
    """Who looked: the role that the person reads, and the name for who watches over reading."""

    rol: str
    naam: str


@dataclass
class Keer:
    """The same person reading in the same way on one day."""

    rol: str
    naam: str
    wat: str
    waarom: str
    verwerking: str
    tijden: list[dt.datetime] = field(default_factory=list)

    @property
    def wanneer(self) -> str:
        """First and last time of that day."""
        eerste, laatste = tijd(min(self.tijden)), tijd(max(self.tijden))
        return f"{eerste} uur" if eerste == laatste else f"{eerste} tot {laatste} uur, {len(self.tijden)} keer"


@dataclass(frozen=True)
class Leesdag:
    dag: dt.date
    keren: list[Keer]


def alle_ids(deelnemer: Deelnemer) -> list[int]:
    """This person, and the dossiers that were merged into this one."""
    oud = Deelnemer.objects.filter(samengevoegd_met=deelnemer).order_by("pk").values_list("pk", flat=True)
    return [deelnemer.pk, *oud]


def leesregels(deelnemer: Deelnemer, van: dt.date | None = None, tot: dt.date | None = None) -> QuerySet[Leesregel]:
    """The lines of the read log in which this person was shown, newest first; whole days, both included."""
    rijen = Leesregel.objects.filter(gemeente_id=huidige_gemeente_id(), betrokkenen__overlap=alle_ids(deelnemer))
    if van is not None:
        rijen = rijen.filter(tijdstip__gte=_begin(van))
    if tot is not None:
        rijen = rijen.filter(tijdstip__lt=_begin(tot + dt.timedelta(days=1)))
    return rijen.order_by("-tijdstip", "-id")


def _begin(dag: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(dag, dt.time()))


def per_dag(regels: Iterable[Leesregel]) -> list[Leesdag]:
    """The log in plain words, newest day first; the same reading of one day is one line."""
    lijst = list(regels)
    wie, namen = _Kijkers(lijst), _Namen()
    dagen: dict[dt.date, dict[tuple[str, ...], Keer]] = {}
    for regel in lijst:
        lokaal = timezone.localtime(regel.tijdstip)
        kijker = wie.van(regel, lokaal.date())
        wat, verwerking = namen.van(regel.verwerking, lokaal.date())
        waarom = _waarom(regel)
        sleutel = (regel.actor_soort, regel.actor_id, wat, waarom)
        keren = dagen.setdefault(lokaal.date(), {})
        keer = keren.setdefault(sleutel, Keer(kijker.rol, kijker.naam, wat, waarom, verwerking))
        keer.tijden.append(lokaal)
    return [
        Leesdag(dag, sorted(keren.values(), key=lambda k: (min(k.tijden), k.rol, k.wat)))
        for dag, keren in sorted(dagen.items(), reverse=True)
    ]


def waar_gezien(gebruiker_id: int, dag: dt.date, hoogstens: int = 3) -> list[tuple[str, int]]:
    """In which lists, searches and exports somebody saw most people that day: in words, and how many."""
    rijen = Leesregel.objects.filter(
        gemeente_id=huidige_gemeente_id(), actor_soort="gebruiker", actor_id=str(gebruiker_id),
        tijdstip__gte=_begin(dag), tijdstip__lt=_begin(dag + dt.timedelta(days=1)), betrokkenen__len__gt=1,
    )  # fmt: skip
    per: dict[str, set[int]] = {}
    for naam, mensen in rijen.order_by("id").values_list("verwerking", "betrokkenen"):
        per.setdefault(naam, set()).update(mensen)
    namen = _Namen()
    meest = sorted(per.items(), key=lambda p: (-len(p[1]), p[0]))[:hoogstens]
    return [(namen.van(naam, dag)[0], len(mensen)) for naam, mensen in meest]


def _waarom(regel: Leesregel) -> str:
    zin = GRONDEN.get(regel.grond, GRONDEN["taak"])
    return f"{zin}. Reden: {regel.reden}" if regel.reden and regel.grond == "doorbreking" else zin


class _Namen:
    """What every name in the log means, on the day that it was written."""

    def __init__(self) -> None:
        self._handelingen = list(wet.leeshandelingen())
        self._activiteiten = list(wet.verwerkingen())

    def van(self, naam: str, dag: dt.date) -> tuple[str, str]:
        handeling = _op(self._handelingen, "naam", naam, dag)
        if handeling is None:
            return "bekeek gegevens van jou", ""
        activiteit = _op(self._activiteiten, "code", handeling.verwerking, dag)
        return handeling.omschrijving, activiteit.naam if activiteit else ""

    def code(self, naam: str, dag: dt.date) -> str:
        handeling = _op(self._handelingen, "naam", naam, dag)
        return handeling.verwerking if handeling else ""


def _op(rijen: list[Any], veld: str, waarde: str, dag: dt.date) -> Any:
    return next(
        (
            rij
            for rij in rijen
            if getattr(rij, veld) == waarde
            and rij.geldig_van <= dag
            and (rij.geldig_tot is None or rij.geldig_tot >= dag)
        ),
        None,
    )


class _Kijkers:
    """The role of every reader on the day of reading, in two questions."""

    def __init__(self, regels: list[Leesregel]) -> None:
        gebruikers = {int(r.actor_id) for r in regels if r.actor_soort == "gebruiker" and r.actor_id.isdecimal()}
        clients = {int(r.actor_id) for r in regels if r.actor_soort == "client" and r.actor_id.isdecimal()}
        rollen = Rolvervulling.objects.filter(medewerker__gebruiker__in=gebruikers)
        self._rollen: dict[int, list[Rolvervulling]] = {}
        for rij in rollen.select_related("medewerker", "team").order_by("begindatum", "id"):
            self._rollen.setdefault(rij.medewerker.gebruiker_id, []).append(rij)
        self._clients = dict(ApiClient.objects.filter(pk__in=clients).order_by("pk").values_list("pk", "naam"))

    def van(self, regel: Leesregel, dag: dt.date) -> Kijker:
        if regel.actor_soort == "client":
            naam = self._clients.get(int(regel.actor_id), regel.actor_naam)
            return Kijker(f"het systeem van {naam}", naam)
        if regel.actor_soort == "taak":
            return Kijker("dit systeem zelf, zonder dat iemand keek", regel.actor_naam)
        rollen = self._rollen.get(int(regel.actor_id), []) if regel.actor_id.isdecimal() else []
        toen = [r for r in rollen if r.begindatum <= dag and (r.einddatum is None or r.einddatum >= dag)]
        rol = next(iter(toen or rollen), None)
        if rol is None:
            return Kijker("een medewerker", regel.actor_naam)
        team = f", {rol.team.naam}" if rol.team else ""
        return Kijker(f"{rol.get_rol_display().lower()}{team}", regel.actor_naam)


# --- For machines -----------------------------------------------------------------------------------------------
def pseudoniem(deelnemer_id: int) -> str:
    """The person in the log of processing: the same every time, and nobody can turn it back."""
    sleutel = f"ldv:{settings.BSN_ZOEKSLEUTEL}".encode()
    return hmac.new(sleutel, f"{huidige_gemeente_id()}:{deelnemer_id}".encode(), hashlib.sha256).hexdigest()[:32]


def logboekregels(deelnemer: Deelnemer, regels: Iterable[Leesregel], register: str) -> Iterator[dict[str, Any]]:
    """One line per reading in the form of the Logboek Dataverwerkingen; who read stays in our own trail.

    `register` is the address of the register of processing activities, to which every line points.
    """
    namen, wie = _Namen(), pseudoniem(deelnemer.pk)
    for regel in regels:
        moment = int(regel.tijdstip.timestamp() * 1000)
        span = hashlib.sha256(f"{regel.pk}:{wie}".encode()).hexdigest()
        code = namen.code(regel.verwerking, timezone.localdate(regel.tijdstip))
        attributen = {
            "dpl.core.processing_activity_id": f"{register}/{code}" if code else register,
            "dpl.core.data_subject_id": wie,
            "dpl.core.data_subject_id_type": "pseudoniem",
        }
        if regel.actor_soort == "client":
            attributen["dpl.core.foreign_operation.processor"] = regel.actor_id
        yield {
            "trace_id": regel.verzoek if len(regel.verzoek) == 32 else span[32:],  # noqa: PLR2004
            "span_id": span[:16],
            "parent_span_id": None,
            "status": "Ok",
            "name": regel.verwerking,
            "start_time": moment,
            "end_time": moment,
            "resource": {"service.name": "reintegratie"},
            "attributes": attributen,
        }


def standaardperiode() -> tuple[dt.date, dt.date]:
    """The last three months."""
    return klok.vandaag() - dt.timedelta(days=91), klok.vandaag()
