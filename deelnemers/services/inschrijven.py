"""A person comes in: found by BSN or made once, with household and benefit (R001, R003, R044)."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection
from django.db.models import IntegerField, Max, Model
from django.db.models.functions import Cast, Substr

from deelnemers.keuzes import Geslacht, Identiteitscontrole
from deelnemers.models import (
    Burgerservicenummer,
    Deelnemer,
    Huishouden,
    Uitkering,
    Uitkeringsgerechtigde,
)
from deelnemers.services.geheimadres import ADRES_AFGESCHERMD, scherm_af
from deelnemers.services.regie import wijs_regie_toe
from deelnemers.services.tijdlijn import zoekingang
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import gebeurtenis, zoeken
from kern.handeling import Actor, huidige_gemeente_id, service
from kern.models import geldig_op
from kern.weigering import eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker
from organisatie.querysets import gebied_van

#: The address of somebody became secret: whoever keeps something made from it throws that away at once.


class AlBekend(ValidationError):
    """Somebody has this number already; the sentence says no more than that."""

    def __init__(self, deelnemer: Deelnemer) -> None:
        super().__init__({"burgerservicenummer": "Deze persoon is al bekend."})
        self.deelnemer = deelnemer


@dataclass(frozen=True)
class Persoonsgegevens:
    """What is known of a person who comes in; empty strings where unknown."""

    geslachtsnaam: str
    geboortedatum: dt.date
    roepnaam: str = ""
    voornamen: str = ""
    voorletters: str = ""
    voorvoegsel: str = ""
    geslacht: str = Geslacht.ANDERS
    telefoon: str = ""
    email: str = ""
    straat: str = ""
    huisnummer: str = ""
    postcode: str = ""
    woonplaats: str = ""
    tolk_taal: str = ""
    adres_geheim: bool = False


def vind_op_bsn(bsn: str) -> Deelnemer | None:
    """The person with this BSN in this gemeente, after merging; None when unknown."""
    return vind_op_zoeksleutel(bsn_.zoeksleutel(bsn))


def vind_op_zoeksleutel(zoeksleutel: bytes) -> Deelnemer | None:
    """The same by the keyed hash, for what does not keep the number itself."""
    rij = (
        Burgerservicenummer.objects.filter(zoeksleutel__in=bsn_.mogelijk(zoeksleutel))
        .select_related("deelnemer__samengevoegd_met")
        .first()
    )
    if rij is None:
        return None
    return rij.deelnemer.samengevoegd_met or rij.deelnemer


def mogelijk_dezelfde(persoon: Persoonsgegevens) -> list[Deelnemer]:
    """People with the same birth date and nearly the same family name, also as a partner's name
    (dubbelcheck).
    """
    klank = zoeken.klank(persoon.geslachtsnaam)
    zelfde_dag = Deelnemer.objects.filter(geboortedatum=persoon.geboortedatum, samengevoegd_met__isnull=True)
    return [
        d for d in zelfde_dag.order_by("id") if klank in {zoeken.klank(d.geslachtsnaam), zoeken.klank(d.partnernaam)}
    ]


@service
def schrijf_in(persoon: Persoonsgegevens, bsn: str | None, *, actor: Actor) -> tuple[Deelnemer, bool]:
    """Find the person by BSN, or open a dossier. Returns the person and whether the dossier is new.

    Raises ValidationError at `burgerservicenummer` when the 11-test fails. Two at once give one dossier:
    the number
    is locked for the length of the transaction (R044).
    """
    if bsn:
        bsn = controleer_en_vergrendel(bsn)
        gevonden = vind_op_bsn(bsn)
        if gevonden is not None:
            return _vul_aan(gevonden, persoon), False
    deelnemer = Deelnemer(dossiernummer=_volgend_dossiernummer(), **asdict(persoon))
    deelnemer.gebied = gebied_van(persoon.postcode)
    deelnemer.full_clean()
    deelnemer.save()
    if bsn:
        leg_bsn_vast(deelnemer, bsn, actor=actor, controle=Identiteitscontrole.VERWIJZER)
    zoeken.schrijf(zoekingang(deelnemer))
    return deelnemer, True


@service
def meld_zelf_aan(persoon: Persoonsgegevens, bsn: str, medewerker: Medewerker, *, actor: Actor) -> Deelnemer:
    """Register somebody by hand: who opened the dossier gets the regie, so that nobody is without (R004).

    Without a team of one's own the person waits on the list of the teammanager. Raises AlBekend when somebody has
    this number: what is typed here never goes into a dossier that the typist perhaps may not see (R223).
    """
    if bsn:
        bekend = vind_op_bsn(controleer_en_vergrendel(bsn))
        if bekend is not None:
            raise AlBekend(bekend)
    deelnemer, _ = schrijf_in(persoon, bsn or None, actor=actor)
    if medewerker.rollen.filter(geldig_op(klok.vandaag()), team__isnull=False).exists():
        wijs_regie_toe(deelnemer, medewerker, klok.vandaag(), reden="Opende het dossier", actor=actor)
    return deelnemer


@service
def leg_bsn_vast(deelnemer: Deelnemer, bsn: str, *, actor: Actor, controle: Identiteitscontrole) -> None:
    """Store the BSN encrypted; raises ValidationError when somebody else in the gemeente has it."""
    bsn = controleer_en_vergrendel(bsn)
    anders = vind_op_bsn(bsn)
    if anders is not None and anders.pk != deelnemer.pk:
        raise ValidationError({"burgerservicenummer": "Iemand met dit burgerservicenummer heeft al een dossier."})
    Burgerservicenummer.objects.update_or_create(
        deelnemer=deelnemer,
        defaults={
            "waarde": bsn_.versleutel(bsn, f"deelnemer:{deelnemer.pk}"),
            "zoeksleutel": bsn_.te_bewaren(bsn_.zoeksleutel(bsn)),
        },
    )
    deelnemer.save(update_fields=zet_identiteit(deelnemer, controle, actor))


def zet_identiteit(deelnemer: Deelnemer, controle: Identiteitscontrole, actor: Actor) -> list[str]:
    """How, when and by whom the identity was verified, not saved yet; returns the columns."""
    vast = controle != Identiteitscontrole.NIET
    deelnemer.identiteit = controle
    deelnemer.identiteit_op = klok.vandaag() if vast else None
    deelnemer.identiteit_door = actor.naam if vast else ""
    return ["identiteit", "identiteit_op", "identiteit_door"]


def controleer_en_vergrendel(bsn: str) -> str:
    """The number after the 11-test, locked for this gemeente until the transaction ends."""
    try:
        bsn = bsn_.controleer(bsn)
    except ValidationError as fout:
        raise ValidationError({"burgerservicenummer": fout}) from fout
    vergrendel_bsn(bsn_.zoeksleutel(bsn))
    return bsn


def vergrendel_bsn(zoeksleutel: bytes) -> None:
    """One at a time for this number, until the transaction ends: a referral and a merge never cross."""
    _vergrendel(f"bsn:{huidige_gemeente_id()}:{bsn_.te_bewaren(zoeksleutel).hex()}")


def bsn_van(deelnemer: Deelnemer) -> str | None:
    """The BSN in plain text; only for letters and exchanges that must carry it. Log the reading."""
    rij = Burgerservicenummer.objects.filter(deelnemer=deelnemer).first()
    return bsn_.ontsleutel(bytes(rij.waarde), f"deelnemer:{deelnemer.pk}") if rij else None


def uitkeringversie(deelnemer: Deelnemer) -> int:
    """The counter against lost changes of the benefits of one person; 0 when there is none."""
    return nieuwste(Uitkeringsgerechtigde.objects.filter(deelnemer=deelnemer))


def _bewaar(rij: Model) -> None:
    """Save with the sentence of the constraint instead of an error of the database."""
    rij.full_clean()
    rij.save()


@service
def leg_uitkering_vast(
    deelnemer: Deelnemer,
    regeling: str,
    begindatum: dt.date,
    *,
    actor: Actor,
    huishouden: Huishouden | None = None,
    extern_nummer: str = "",
    versie: int | None = None,
) -> Uitkering:
    """Record the running benefit of the person; a partner in the same household joins the one that is there (R003).

    `versie` is `uitkeringversie` of when the form was made: IntussenGewijzigd when a colleague recorded one since.
    Without it (a referral that says the same again) the running benefit is kept. Raises ValidationError at `regeling`.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(
        Uitkeringsgerechtigde.objects.filter(deelnemer=deelnemer).select_related("uitkering"),
        versie,
        lambda rij: {"regeling": rij.uitkering.regeling, "begindatum": rij.begindatum},
    )
    loopt = (
        Uitkeringsgerechtigde.objects.filter(deelnemer=deelnemer, einddatum__isnull=True)
        .select_related("uitkering")
        .first()
    )
    if loopt is not None and loopt.uitkering.regeling == regeling and versie is None:
        return loopt.uitkering
    if loopt is not None:
        raise ValidationError(
            {"regeling": f"Deze persoon heeft al een uitkering: {loopt.uitkering.get_regeling_display()}."}
        )
    uitkering = None
    if huishouden is not None:
        uitkering = huishouden.uitkeringen.filter(regeling=regeling, laatste_dag__isnull=True).order_by("id").first()
    if uitkering is None:
        uitkering = Uitkering(
            regeling=regeling, begindatum=begindatum, huishouden=huishouden, extern_nummer=extern_nummer
        )
        _bewaar(uitkering)
    vanaf = max(begindatum, uitkering.begindatum)
    _bewaar(Uitkeringsgerechtigde(uitkering=uitkering, deelnemer=deelnemer, begindatum=vanaf))
    return uitkering


def _vergrendel(sleutel: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [sleutel])


def _volgend_dossiernummer() -> str:
    """Next number of this year: 2026-00001. Serialised per gemeente by an advisory lock."""
    jaar = klok.vandaag().year
    _vergrendel(f"dossiernummer:{huidige_gemeente_id()}")
    hoogste = (
        Deelnemer.objects.filter(dossiernummer__startswith=f"{jaar}-")
        .annotate(volg=Cast(Substr("dossiernummer", 6), IntegerField()))
        .aggregate(hoogste=Max("volg"))["hoogste"]
    )
    return f"{jaar}-{(hoogste or 0) + 1:05d}"


#: What a sender may complete in an existing dossier: only what is still empty.
_AANVULBAAR = (
    "roepnaam",
    "voornamen",
    "voorletters",
    "telefoon",
    "email",
    "straat",
    "huisnummer",
    "postcode",
    "woonplaats",
)


def _vul_aan(deelnemer: Deelnemer, persoon: Persoonsgegevens) -> Deelnemer:
    """Fill what is empty with what came in; what is known is never overwritten by a sender."""
    deelnemer = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    nieuw: dict[str, Any] = {
        veld: getattr(persoon, veld) for veld in _AANVULBAAR if getattr(persoon, veld) and not getattr(deelnemer, veld)
    }
    if persoon.adres_geheim and not deelnemer.adres_geheim:
        nieuw["adres_geheim"] = True  # whoever says so first: a secret address is never made public by a sender
    if not nieuw:
        return deelnemer
    for veld, waarde in nieuw.items():
        setattr(deelnemer, veld, waarde)
    deelnemer.gebied = deelnemer.gebied or gebied_van(deelnemer.postcode)
    deelnemer.versie += 1
    deelnemer.save(update_fields=[*nieuw, "gebied", "versie"])
    zoeken.schrijf(zoekingang(deelnemer))
    if "adres_geheim" in nieuw:
        gebeurtenis.meld(ADRES_AFGESCHERMD, deelnemer.pk, betrokkene_id=deelnemer.pk)
    scherm_af(deelnemer)
    return deelnemer
