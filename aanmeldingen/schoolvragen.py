"""What pages and the night ask about school leavers and the pool, and their rows on Vandaag (R031, R036, R217)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from aanmeldingen.models import Aanmelding, Poollid, Route, Schoolverlater
from aanmeldingen.toegang import SCHOOLVERLATERS
from aanmeldingen.toestanden import OPEN, SCHOOL_OPEN
from deelnemers.models import Deelnemer
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad, geldig_op
from kern.weergave import datum
from organisatie.models import Afwezigheid, Medewerker
from organisatie.querysets import in_dienst
from organisatie.rechten import Rol
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_maanden

KAMER = "aanmeldingen"
OPHALEN_MAANDEN = "school.ophalen_maanden"


def ophalen_op(verwacht_op: dt.date, schooljaar_tot: dt.date | None) -> dt.date:
    """The day from which we talk with the school: so many months before the pupil leaves, by the setting of today."""
    maanden = int(opzoeken.getal(OPHALEN_MAANDEN, klok.vandaag()))
    return plus_maanden(min(verwacht_op, schooljaar_tot or verwacht_op), -maanden)


def schoolverlaters(
    medewerker: Any, *, wat: str = "", soort: str = "", uitvoerder: str = "", van_mij: bool = False
) -> QuerySet[Schoolverlater]:
    """The list: who must be fetched first stands on top."""
    rijen = SCHOOLVERLATERS.beperk(Schoolverlater.objects.all(), medewerker)
    if wat == "ophalen":
        rijen = rijen.filter(status="op_school", ophalen_op__lte=klok.vandaag())
    elif wat != "alles":
        rijen = rijen.filter(status=wat) if wat else rijen.filter(status__in=SCHOOL_OPEN)
    if soort:
        rijen = rijen.filter(soort=soort)
    if uitvoerder:
        rijen = rijen.filter(uitvoerder=uitvoerder)
    if van_mij:
        rijen = rijen.filter(klantmanager=medewerker)
    return rijen.select_related("aanmelding", "deelnemer", "klantmanager").order_by("ophalen_op", "pk")


def met_uwv(medewerker: Any, *, alle: bool = False) -> QuerySet[Schoolverlater]:
    """The list that we share with UWV: who leaves practical education and is not ready yet (R217)."""
    rijen = SCHOOLVERLATERS.beperk(Schoolverlater.objects.filter(soort__in=["pro", "vso"]), medewerker)
    rijen = rijen if alle else rijen.filter(status__in=SCHOOL_OPEN)
    return rijen.select_related("aanmelding", "deelnemer", "klantmanager").order_by("verwacht_op", "pk")


# --- Pool --------------------------------------------------------------------------------------------------------
def pool(route: Route) -> QuerySet[Poollid]:
    """The klantmanagers of this route today and later, with what they have now (`mensen`, `wachtend`), by name."""
    loopt = Q(einddatum__isnull=True) | Q(einddatum__gte=klok.vandaag())
    rijen = Poollid.objects.filter(loopt, route=route).select_related("medewerker")
    return _met_last(rijen, "medewerker").order_by("medewerker__achternaam", "medewerker__voornaam", "pk")


def _met_last(rijen: QuerySet[Any], kolom: str) -> QuerySet[Any]:
    def tel(vraag: QuerySet[Any], veld: str) -> Coalesce:
        per = vraag.filter(**{veld: OuterRef(kolom)}).order_by().values(veld).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(per), 0)

    mensen = tel(Deelnemer.objects.filter(in_traject=True, samengevoegd_met__isnull=True), "regievoerder")
    return rijen.annotate(mensen=mensen, wachtend=tel(Aanmelding.objects.filter(status__in=OPEN), "behandelaar"))


def minst_belast(route: Route) -> Medewerker | None:
    """Of the pool of this route who has the fewest people and open referrals, and is in service and not away today."""
    vandaag = klok.vandaag()
    weg = Afwezigheid.objects.filter(geldig_op(vandaag)).values("medewerker")
    leden = Poollid.objects.filter(geldig_op(vandaag), route=route).exclude(medewerker__in=weg)
    leden = leden.filter(medewerker__in=Medewerker.objects.filter(in_dienst(vandaag), gebruiker__actief=True))
    rijen = _met_last(leden, "medewerker").select_related("medewerker")
    eerste = rijen.order_by(F("mensen") + F("wachtend"), "medewerker", "pk").first()
    return eerste.medewerker if eerste else None


# --- Vandaag -----------------------------------------------------------------------------------------------------
def ophaalregel(rij: Schoolverlater) -> Werkvoorraad | None:
    """Time to talk with the school, for the klantmanager or else the team of the route (R036)."""
    if rij.status != "op_school" or rij.ophalen_op > klok.vandaag():
        return None
    klantmanager, team_id = rij.klantmanager, rij.aanmelding.team_id
    einde = rij.schooljaar_tot or rij.verwacht_op
    return werkvoorraad.regel(
        KAMER,
        f"school:{rij.pk}",
        soort="school",
        titel=f"Spreek {rij.naam} en de school over wat er na school komt",
        toelichting=f"{rij.school}, gaat op {datum(rij.verwacht_op)} van school",
        waarom=f"We beginnen ruim voor het einde van het laatste schooljaar. Dat eindigt op {datum(einde)}.",
        url=f"/schoolverlaters/{rij.kenmerk}",
        knop="Bekijken",
        icoon="mensen",
        op=rij.ophalen_op,
        betrokkene_id=rij.deelnemer_id,
        voor_id=klantmanager.gebruiker_id if klantmanager else None,
        voor_team_id=team_id,
        voor_rol="" if klantmanager or team_id else Rol.TEAMMANAGER,
        wacht_sinds=rij.ophalen_op,
    )


def ophaalregels() -> Iterable[Werkvoorraad]:
    """The rows of everybody whose day has come."""
    rijen = Schoolverlater.objects.filter(status="op_school", ophalen_op__lte=klok.vandaag())
    for rij in rijen.select_related("aanmelding", "deelnemer", "klantmanager").order_by("pk"):
        werkrij = ophaalregel(rij)
        if werkrij is not None:
            yield werkrij
