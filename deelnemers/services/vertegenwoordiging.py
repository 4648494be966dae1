"""Who acts for the person and what goes to whom; and on what ground we know a minor beforehand."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.instellingen import volwassen_vanaf
from deelnemers.kwetsbaar import OUDERS, Ontvanger, Vertegenwoordigersoort
from deelnemers.models import BetrokkenPartij, Deelnemer, Vertegenwoordiger, Voorinschrijving
from deelnemers.services import partijregels
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import klok
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.weigering import IntussenGewijzigd, eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker


def minderjarig(deelnemer: Deelnemer, op: dt.date | None = None) -> bool:
    """Whether somebody has not reached the age of the setting yet."""
    op = op or klok.vandaag()
    return deelnemer.leeftijd_op(op) < volwassen_vanaf(op)


@service
def leg_vertegenwoordiger_vast(
    deelnemer: Deelnemer, soort: str, naam: str, begindatum: dt.date, *, actor: Actor, **velden: Any
) -> Vertegenwoordiger:
    """Record who acts for the person from `begindatum`. Raises ValidationError per field, and for the same twice.

    `velden`: einddatum, organisatie, telefoon, email, postadres, postcode, woonplaats, brieven, uitnodigingen,
    gezien_in.
    """
    rij = Vertegenwoordiger(deelnemer=deelnemer, soort=soort, naam=naam.strip(), begindatum=begindatum, **velden)
    _bewaar(rij)
    ververs_met_lijst(deelnemer.pk)
    return rij


@service
def wijzig_vertegenwoordiger(
    rij: Vertegenwoordiger, *, actor: Actor, versie: int | None = None, **velden: Any
) -> Vertegenwoordiger:
    """Change how to reach, what goes to whom, or until when.

    Raises IntussenGewijzigd when somebody saved after the form with `versie` was made.
    """
    rij = Vertegenwoordiger.objects.select_for_update(of=("self",)).get(pk=rij.pk)
    if versie is not None and rij.versie != versie:
        raise IntussenGewijzigd({n: getattr(rij, n) for n, w in velden.items() if getattr(rij, n) != w}, rij.versie)
    rij.versie += 1
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    _bewaar(rij)
    for partij in BetrokkenPartij.objects.filter(vertegenwoordiger=rij).order_by("pk"):
        partijregels.schrijf(partij)  # the timeline calls this one by name
    ververs_met_lijst(rij.deelnemer_id)
    return rij


def _bewaar(rij: Vertegenwoordiger) -> None:
    if rij.uitnodigingen != Ontvanger.PERSOON and not (rij.telefoon or rij.email):
        raise ValidationError(
            {"telefoon": "Vul een telefoonnummer of e-mailadres in: uitnodigingen gaan ook daarheen."}
        )
    if rij.brieven == Ontvanger.VERTEGENWOORDIGER and not (rij.postadres or rij.email):
        raise ValidationError({"postadres": "Vul een adres of e-mailadres in: brieven gaan alleen daarheen."})
    rij.full_clean()
    rij.save()


@dataclass(frozen=True)
class Geadresseerde:
    """Somebody to whom something goes, and as what; `adres` in lines, as it stands on a letter."""

    naam: str
    als: str
    telefoon: str = ""
    email: str = ""
    adres: tuple[str, ...] = ()

    def namens(self, deelnemer: Deelnemer) -> str:
        """The sentence that tells somebody else why this comes to them; empty for the person."""
        if self.als == ZELF:
            return ""
        return f"U krijgt dit als {self.als} van {deelnemer.naam}. Hieronder staat wat wij {deelnemer.naam} schrijven."


#: As what the person is addressed.
ZELF = "zelf"


def wie_krijgt(deelnemer: Deelnemer, wat: str, op: dt.date | None = None) -> list[Geadresseerde]:
    """To whom `brieven` or `uitnodigingen` go today: the person, who acts for the person, or both."""
    lopend = Vertegenwoordiger.objects.filter(geldig_op(op or klok.vandaag()), deelnemer=deelnemer).order_by("pk")
    rijen = [rij for rij in lopend if getattr(rij, wat) != Ontvanger.PERSOON]
    uit = [
        Geadresseerde(
            rij.naam,
            rij.get_soort_display(),
            rij.telefoon,
            rij.email,
            tuple(
                deel for deel in (rij.organisatie, *adresregels(rij.postadres, rij.postcode, rij.woonplaats)) if deel
            ),
        )
        for rij in rijen
    ]
    if not any(getattr(rij, wat) == Ontvanger.VERTEGENWOORDIGER for rij in rijen):
        d = deelnemer
        straat = f"{d.straat} {d.huisnummer}".strip()
        adres = () if d.adres_geheim else adresregels(straat, d.postcode, d.woonplaats)
        uit.insert(0, Geadresseerde(d.naam, ZELF, d.telefoon, d.email, adres))
    return uit


def adresregels(straat: str, postcode: str, woonplaats: str) -> tuple[str, ...]:
    """An address as it stands on a letter: street, then `1018 VN Amsterdam`."""
    plaats = f"{postcode[:4]} {postcode[4:]} {woonplaats}".strip() if postcode else woonplaats
    return tuple(regel for regel in (straat, plaats) if regel)


def voorinschrijving_van(deelnemer: Deelnemer, op: dt.date | None = None) -> Voorinschrijving | None:
    """Why we know this minor, as it holds on that day."""
    rijen = Voorinschrijving.objects.filter(geldig_op(op or klok.vandaag()), deelnemer=deelnemer)
    return rijen.select_related("ouder", "vastgelegd_door").order_by("pk").first()


def voorinschrijvingversie(deelnemer: Deelnemer) -> int:
    """The counter against lost changes of why we know this minor; 0 when nobody recorded it."""
    return nieuwste(Voorinschrijving.objects.filter(deelnemer=deelnemer))


@service
def leg_voorinschrijving_vast(
    deelnemer: Deelnemer,
    grondslag: str,
    toelichting: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    ouder: Vertegenwoordiger | None = None,
    ouder_ingelicht_op: dt.date | None = None,
    versie: int | None = None,
) -> Voorinschrijving:
    """Record on what ground we know a minor and which parent was told; a running one is replaced from today.

    `versie` is `voorinschrijvingversie` of when the form was made: IntussenGewijzigd when a colleague saved since.
    Raises ValidationError when the person is of age, when the parent belongs to somebody else or is none, or when
    a parent was told on a day to come.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(
        Voorinschrijving.objects.filter(deelnemer=deelnemer).select_related("ouder"),
        versie,
        lambda rij: {n: getattr(rij, n) for n in ("grondslag", "toelichting", "ouder", "ouder_ingelicht_op")},
    )
    vandaag = klok.vandaag()
    if not minderjarig(deelnemer):
        raise ValidationError("Deze persoon is volwassen. Een voorinschrijving is dan niet nodig.")
    if ouder is not None and (ouder.deelnemer_id != deelnemer.pk or ouder.soort not in OUDERS):
        raise ValidationError({"ouder": "Kies een ouder of voogd van deze persoon."})
    if ouder_ingelicht_op and ouder_ingelicht_op > vandaag:
        raise ValidationError({"ouder_ingelicht_op": "Deze dag moet nog komen."})
    if ouder_ingelicht_op and ouder is None:
        raise ValidationError({"ouder": "Kies welke ouder of voogd is ingelicht."})
    nu = voorinschrijving_van(deelnemer)
    if nu is not None and nu.begindatum == vandaag:
        nu.delete()
    elif nu is not None:
        nu.einddatum = vandaag - dt.timedelta(days=1)
        nu.save(update_fields=["einddatum"])
    rij = Voorinschrijving(
        deelnemer=deelnemer, grondslag=grondslag, toelichting=toelichting.strip(), begindatum=vandaag, ouder=ouder,
        ouder_ingelicht_op=ouder_ingelicht_op, vastgelegd_door=medewerker,
    )  # fmt: skip
    rij.full_clean()
    rij.save()
    ververs_met_lijst(deelnemer.pk)
    return rij


def ouders_van(deelnemer: Deelnemer) -> list[Vertegenwoordiger]:
    """The parents and guardians of today."""
    rijen = Vertegenwoordiger.objects.filter(geldig_op(klok.vandaag()), deelnemer=deelnemer, soort__in=OUDERS)
    return list(rijen.order_by("pk"))


__all__ = [
    "ZELF", "Geadresseerde", "Vertegenwoordigersoort", "adresregels", "leg_vertegenwoordiger_vast",
    "leg_voorinschrijving_vast", "minderjarig", "ouders_van", "voorinschrijving_van",
    "voorinschrijvingversie", "wie_krijgt",
    "wijzig_vertegenwoordiger",
]  # fmt: skip
