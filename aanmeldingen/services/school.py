"""School leavers: put on the list, assign, fetch on time, agree with UWV (R031, R036, R217)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from aanmeldingen import schoolvragen
from aanmeldingen.models import Aanmelding, Poollid, Route, Schoolverlater
from aanmeldingen.schoolvragen import KAMER, ophaalregel
from aanmeldingen.toestanden import NOTEREN, SCHOOL_OPEN, SCHOOLVERLATER
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import Werkvoorraad
from kern.toestanden import leg_overgang_vast, verzet
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker


def _dag(waarde: Any) -> dt.date | None:
    return dt.date.fromisoformat(waarde) if isinstance(waarde, str) and waarde else None


def bij_aanmelding(aanmelding: Aanmelding, *, actor: Actor) -> Schoolverlater | None:
    """Put who is referred by a school on the list, or bring the dates in line; inside a service.

    Without a day on which the pupil leaves there is nothing to fetch for.
    """
    school, verwacht = aanmelding.school, _dag(aanmelding.school.get("verwachteUitstroomdatum"))
    if verwacht is None:
        return None
    ouder, tot = school.get("ouder") or {}, _dag(school.get("eindeLaatsteSchooljaar"))
    velden = {
        "school": school["naam"],
        "soort": school.get("soort") or "anders",
        "verwacht_op": verwacht,
        "schooljaar_tot": tot,
        "ophalen_op": schoolvragen.ophalen_op(verwacht, tot),
        "ouder_naam": ouder.get("naam", ""),
        "ouder_telefoon": ouder.get("telefoon", ""),
    }
    rij = Schoolverlater.objects.select_for_update(of=("self",)).filter(aanmelding=aanmelding).order_by("pk").first()
    if rij is None:
        rij = Schoolverlater(aanmelding=aanmelding, status_sinds=klok.vandaag(), klantmanager=aanmelding.behandelaar)
    nieuw = rij.pk is None
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    rij.versie += 0 if nieuw else 1
    rij.save()
    if nieuw:
        leg_overgang_vast(SCHOOLVERLATER.soort, rij, "", NOTEREN, actor=actor)
    zet_op_vandaag(rij)
    return rij


def zet_op_vandaag(rij: Schoolverlater) -> bool:
    """The row on Vandaag as it must be now; whether there is one."""
    werkrij = ophaalregel(rij)
    if werkrij is None:
        werkvoorraad.klaar(KAMER, f"school:{rij.pk}")
        return False
    werkvoorraad.schrijf(werkrij)
    return True


def na_besluit(aanmelding: Aanmelding, *, actor: Actor) -> None:
    """After accepting the row carries the person; after sending back or withdrawing it is off the list."""
    rij = Schoolverlater.objects.select_for_update(of=("self",)).filter(aanmelding=aanmelding).order_by("pk").first()
    if rij is None:
        return
    rij.aanmelding = aanmelding
    if aanmelding.status in {"teruggestuurd", "ingetrokken"}:
        if rij.status in SCHOOL_OPEN:
            verzet(
                SCHOOLVERLATER, rij, "vervallen", actor=actor, reden="De aanmelding is teruggestuurd of ingetrokken."
            )
    else:
        rij.deelnemer, rij.klantmanager = aanmelding.deelnemer, aanmelding.behandelaar
        rij.versie += 1
        rij.save(update_fields=["deelnemer", "klantmanager", "versie"])
    zet_op_vandaag(rij)


def _vergrendel(rij: Schoolverlater) -> Schoolverlater:
    rijen = Schoolverlater.objects.select_for_update(of=("self",))
    return rijen.select_related("aanmelding", "deelnemer", "klantmanager").get(pk=rij.pk)


@service
def zet_schoolstap(rij: Schoolverlater, actie: str, *, actor: Actor, reden: str = "") -> Schoolverlater:
    """Take a step of the table; raises OvergangGeweigerd when it cannot be taken now or misses a reason."""
    rij = _vergrendel(rij)
    verzet(SCHOOLVERLATER, rij, actie, actor=actor, reden=reden)
    zet_op_vandaag(rij)
    return rij


@service
def wijzig_schoolverlater(rij: Schoolverlater, *, versie: int, actor: Actor, **velden: Any) -> Schoolverlater:
    """The dates, who guides, and what UWV told; raises ValidationError at the field, IntussenGewijzigd when a
    colleague saved after version `versie` was shown (R036, R217).
    """
    rij = _vergrendel(rij)
    if rij.versie != versie:
        anders = {naam: getattr(rij, naam) for naam, waarde in velden.items() if getattr(rij, naam) != waarde}
        raise IntussenGewijzigd(anders, rij.versie)
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    if rij.uwv_gehoord_op is not None and rij.uwv_gehoord_op > klok.vandaag():
        raise ValidationError({"uwv_gehoord_op": "Deze dag ligt in de toekomst."})
    rij.ophalen_op = schoolvragen.ophalen_op(rij.verwacht_op, rij.schooljaar_tot)
    rij.versie += 1
    rij.full_clean(exclude=["gemeente", "aanmelding", "deelnemer", "klantmanager"])
    rij.save()
    zet_op_vandaag(rij)
    return rij


@service
def haal_leerlingen_op(*, actor: Actor) -> int:
    """The night: the fetch days by the setting of today, a klantmanager for who has none, and the rows on Vandaag.

    Returns how many rows changed on Vandaag; a second run the same day changes nothing.
    """
    rijen = Schoolverlater.objects.filter(status__in=SCHOOL_OPEN).select_for_update(of=("self",))
    for rij in rijen.select_related("aanmelding__route").order_by("pk"):
        dag, velden = schoolvragen.ophalen_op(rij.verwacht_op, rij.schooljaar_tot), []
        if rij.ophalen_op != dag:
            rij.ophalen_op = dag
            velden.append("ophalen_op")
        if rij.klantmanager_id is None and (wie := schoolvragen.minst_belast(rij.aanmelding.route)):
            rij.klantmanager = wie
            velden.append("klantmanager")
        if velden:
            rij.versie += 1
            rij.save(update_fields=[*velden, "versie"])
    staat = Werkvoorraad.objects.filter(kamer=KAMER, soort="school").order_by("pk")
    anders, weg = werkvoorraad.verschil(staat, schoolvragen.ophaalregels())
    werkvoorraad.schrijf(*anders)
    werkvoorraad.klaar(KAMER, *(rij.sleutel for rij in weg))
    return len(anders) + len(weg)


# --- Pool --------------------------------------------------------------------------------------------------------
@service
def zet_in_pool(route: Route, medewerker: Medewerker, vanaf: dt.date, *, actor: Actor) -> Poollid:
    """A colleague takes the people of this route from a day on (R031)."""
    rij = Poollid(route=route, medewerker=medewerker, begindatum=vanaf)
    rij.full_clean(exclude=["gemeente"], validate_constraints=False)
    rij.validate_constraints()
    rij.save()
    return rij


@service
def haal_uit_pool(lid: Poollid, laatste_dag: dt.date, *, actor: Actor) -> Poollid:
    """The last day; who was given already stays with this colleague."""
    lid = Poollid.objects.select_for_update(of=("self",)).get(pk=lid.pk)
    lid.einddatum = laatste_dag
    lid.full_clean(exclude=["gemeente", "route", "medewerker"])
    lid.save(update_fields=["einddatum"])
    return lid
