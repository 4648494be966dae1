"""Dossiers that may be one person, found in the database every night; a colleague can name two as well (R044).

A wrong digit in a BSN never gives another valid one: the 11-test refuses every single wrong digit and every swap of
two digits. So what differs by one digit is the birth date, and that is what is looked at here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection

from deelnemers.keuzes import Dubbelreden, Dubbelstand
from deelnemers.models import Deelnemer, Dubbelpaar
from deelnemers.services.samenvoegen import paar_van
from kern import klok
from kern.aansluitingen.zoeken import klank
from kern.handeling import Actor, handeling, huidige_gemeente_id, service

#: Reasons that only a person can give: the night does not take them away.
_VAN_MENSEN = frozenset({Dubbelreden.BSN, Dubbelreden.COLLEGA})
#: How long after a merge the night looks for rows that another session was writing at that moment.
_ACHTERBLIJVERS = dt.timedelta(days=7)
#: Two people who both showed who they are, with two numbers, are two people.
_PAREN = """
WITH p AS MATERIALIZED (
    SELECT d.id, d.geboortedatum AS dag, extract(year FROM d.geboortedatum) AS jaar, z.klank,
           extract(month FROM d.geboortedatum) AS maand, extract(day FROM d.geboortedatum) AS dagnummer,
           string_to_array(NULLIF(z.klank, ''), ' ') AS woorden, NULLIF(lower(d.email), '') AS email,
           NULLIF(right(regexp_replace(d.telefoon, '[^0-9]', '', 'g'), 9), '') AS telefoon,
           kern_kaal(d.geslachtsnaam) AS achternaam, kern_kaal(d.partnernaam) AS partner,
           b.id IS NOT NULL AND d.identiteit IN ('document', 'brp') AS zeker
    FROM deelnemers_deelnemer d
    JOIN kern_zoekingang z
        ON z.gemeente_id = d.gemeente_id AND z.kamer = 'deelnemers' AND z.sleutel = 'deelnemer:' || d.id
    LEFT JOIN deelnemers_burgerservicenummer b ON b.gemeente_id = d.gemeente_id AND b.deelnemer_id = d.id
    WHERE d.gemeente_id = %(gemeente)s AND d.samengevoegd_met_id IS NULL AND d.geanonimiseerd_op IS NULL
)
SELECT LEAST(a.id, b.id), GREATEST(a.id, b.id)
FROM p a JOIN p b ON b.dag = a.dag AND b.id <> a.id
WHERE NOT a.zeker AND (b.zeker OR a.id < b.id)
  AND (a.woorden && b.woorden OR a.telefoon = b.telefoon OR a.email = b.email
       OR a.partner = b.achternaam OR b.partner = a.achternaam)
UNION
SELECT LEAST(a.id, b.id), GREATEST(a.id, b.id)
FROM p a JOIN p b ON b.klank = a.klank AND b.id <> a.id
WHERE NOT a.zeker AND (b.zeker OR a.id < b.id) AND a.klank <> '' AND a.dag <> b.dag
  AND ((a.jaar = b.jaar)::int + (a.maand = b.maand)::int + (a.dagnummer = b.dagnummer)::int = 2
       OR a.jaar = b.jaar AND a.maand = b.dagnummer AND a.dagnummer = b.maand)
ORDER BY 1, 2
"""


def redenen(een: Deelnemer, ander: Deelnemer) -> list[str]:
    """Why these two look like one person, strongest first; empty when they do not."""
    if een.geboortedatum != ander.geboortedatum:
        zelfde = klank(een.naam) == klank(ander.naam) != ""
        return [Dubbelreden.DATUM] if zelfde and _bijna(een, ander) else []
    uit: list[str] = []
    achter, voor = _overlap(_achternamen(een), _achternamen(ander)), _overlap(_voornamen(een), _voornamen(ander))
    if achter and voor:
        uit.append(Dubbelreden.NAAM)
    elif achter:
        uit.append(Dubbelreden.ACHTERNAAM)
    elif voor:
        uit.append(Dubbelreden.VOORNAAM)
    if _cijfers(een.telefoon) and _cijfers(een.telefoon) == _cijfers(ander.telefoon):
        uit.append(Dubbelreden.TELEFOON)
    if een.email and een.email.lower() == ander.email.lower():
        uit.append(Dubbelreden.EMAIL)
    return uit


def _overlap(een: set[str], ander: set[str]) -> bool:
    return bool(een & ander)


def _achternamen(d: Deelnemer) -> set[str]:
    return {klank(naam) for naam in (d.geslachtsnaam, d.partnernaam)} - {""}


def _voornamen(d: Deelnemer) -> set[str]:
    eerste = d.voornamen.split()
    return {klank(naam) for naam in (d.roepnaam, *eerste[:1])} - {""}


def _cijfers(nummer: str) -> str:
    return "".join(teken for teken in nummer if teken.isdigit())[-9:]


def _bijna(een: Deelnemer, ander: Deelnemer) -> bool:
    """One digit of the birth date is different, or day and month are the other way round."""
    a, b = (f"{d.geboortedatum:%Y%m%d}" for d in (een, ander))
    return sum(x != y for x, y in zip(a, b, strict=True)) == 1 or a[:4] + a[6:] + a[4:6] == b


def kandidaten() -> Iterable[tuple[int, int, list[str]]]:
    """Every pair of this gemeente that looks like one person, with why. One statement, however large the file."""
    with connection.cursor() as cursor:
        cursor.execute(_PAREN, {"gemeente": huidige_gemeente_id()})
        paren = cursor.fetchall()
    mensen = Deelnemer.objects.in_bulk({pk for paar in paren for pk in paar})
    for een, ander in paren:
        if waarom := redenen(mensen[een], mensen[ander]):
            yield een, ander, waarom


@service
def werk_lijst_bij(*, actor: Actor) -> dict[str, int]:
    """Add new pairs, take away those that no longer look alike; what people decided stays. Gives counts."""
    nu = {(een, ander): waarom for een, ander, waarom in kandidaten()}
    er = {(p.deelnemer_id, p.ander_id): p for p in Dubbelpaar.objects.order_by("pk")}
    nieuw = [
        Dubbelpaar(deelnemer_id=paar[0], ander_id=paar[1], redenen=waarom, gevonden_op=klok.vandaag())
        for paar, waarom in nu.items()
        if paar not in er
    ]
    Dubbelpaar.objects.bulk_create(nieuw, batch_size=500, ignore_conflicts=True)
    anders = weg = 0
    for sleutel, paar in er.items():
        if paar.stand != Dubbelstand.OPEN:
            continue
        waarom = [*nu.get(sleutel, ()), *(r for r in paar.redenen if r in _VAN_MENSEN)]
        if not waarom:
            paar.delete()
            weg += 1
        elif waarom != paar.redenen:
            paar.redenen = waarom
            paar.save(update_fields=["redenen"])
            anders += 1
    return {"nieuw": len(nieuw), "gewijzigd": anders, "niet meer": weg}


@service
def noem_dubbel(
    een: Deelnemer, ander: Deelnemer, reden: Dubbelreden, *, actor: Actor, toelichting: str = ""
) -> Dubbelpaar:
    """Put two dossiers on the list by hand; also when somebody said before that they are not the same."""
    if een.pk == ander.pk:
        raise ValidationError("Kies een ander dossier: dit is hetzelfde.")
    laag, hoog = sorted((een, ander), key=lambda d: d.pk)
    rij = Dubbelpaar.objects.select_for_update(of=("self",)).filter(paar_van(laag, hoog)).first()
    if rij is None:
        rij = Dubbelpaar(deelnemer=laag, ander=hoog, redenen=[], gevonden_op=klok.vandaag())
    rij.redenen = list(dict.fromkeys([*rij.redenen, reden]))
    rij.stand, rij.besloten_op, rij.besloten_door, rij.toelichting = Dubbelstand.OPEN, None, "", toelichting[:300]
    rij.save()
    return rij


@service
def zijn_niet_dezelfde(paar: Dubbelpaar, *, actor: Actor, reden: str) -> Dubbelpaar:
    """Remember that these are two people: the list does not offer them again."""
    rij = Dubbelpaar.objects.select_for_update(of=("self",)).get(pk=paar.pk)
    if rij.stand != Dubbelstand.OPEN:
        raise ValidationError("Een collega heeft dit net beoordeeld.")
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom dit twee verschillende mensen zijn."})
    rij.stand, rij.toelichting = Dubbelstand.NIET_DEZELFDE, reden.strip()[:300]
    rij.besloten_op, rij.besloten_door = klok.nu(), actor.naam
    rij.save(update_fields=["stand", "toelichting", "besloten_op", "besloten_door"])
    return rij


def nacht(actor: Actor) -> dict[str, Any]:
    """What the nightly job does: the list, and rows that came to an old dossier at the moment of a merge."""
    from deelnemers.models import Samenvoeging
    from deelnemers.services.samenvoegen import haal_achterblijvers_op

    with handeling(actor):
        tellingen = werk_lijst_bij(actor=actor)
    gevolgd = 0
    vers = Samenvoeging.objects.filter(ongedaan_op__isnull=True, aangemaakt_op__gt=klok.echt_nu() - _ACHTERBLIJVERS)
    for rij in vers.order_by("pk"):
        gevolgd += haal_achterblijvers_op(rij, actor=actor)
    return {**{f"paren {wat}": n for wat, n in tellingen.items()}, "rijen die alsnog volgden": gevolgd}
