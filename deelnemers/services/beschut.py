"""Asking UWV for the advice on beschut werk, recording its letter, and the gate that follows from it (R063)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

from deelnemers.keuzes import Dossierdocument
from deelnemers.models import Beschutadvies, Deelnemer
from deelnemers.services.documenten import Upload, voeg_document_toe
from deelnemers.services.tijdlijn import beschutregel
from deelnemers.vraagkeuzes import Beschutuitkomst
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from kern.weergave import datum
from kern.weigering import eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker

GEEN_ADVIES = (
    "Beschut werk kan alleen met een positief advies van UWV. Vraag dat eerst aan, of leg de brief van UWV vast."
)


def beschutversie(deelnemer: Deelnemer) -> int:
    """The counter against two requests for the same; 0 when UWV was never asked."""
    return nieuwste(Beschutadvies.objects.filter(deelnemer=deelnemer))


@service
def vraag_beschutadvies_aan(
    deelnemer: Deelnemer,
    aangevraagd_op: dt.date,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    versie: int | None = None,
) -> Beschutadvies:
    """UWV was asked on this day; one request at a time. Raises ValidationError for a second one or a day to come.

    `versie` is `beschutversie` of when the form was made: IntussenGewijzigd when a colleague asked since.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(
        Beschutadvies.objects.filter(deelnemer=deelnemer), versie, lambda rij: {"aangevraagd_op": rij.aangevraagd_op}
    )
    if aangevraagd_op > klok.vandaag():
        raise ValidationError({"aangevraagd_op": "Deze dag ligt in de toekomst. Kies vandaag of eerder."})
    rij = Beschutadvies(deelnemer=deelnemer, aangevraagd_op=aangevraagd_op, aangevraagd_door=medewerker)
    rij.full_clean(exclude=["gemeente"])
    rij.save()
    tijdlijn.schrijf(beschutregel(rij))
    return rij


@service
def leg_beschutadvies_vast(
    advies: Beschutadvies,
    uitkomst: Beschutuitkomst | str,
    *,
    advies_op: dt.date,
    kenmerk: str,
    upload: Upload | None,
    actor: Actor,
    briefnaam: str = "",
    medewerker: Medewerker | None = None,
) -> Beschutadvies:
    """What UWV decided, with its letter as a protected document; call inside `bestanden.weg_bij_mislukken()`.

    Without the letter there is no outcome: the municipality cannot set it itself.
    """
    rij = Beschutadvies.objects.select_for_update(of=("self",)).get(pk=advies.pk)
    if rij.uitkomst:
        raise ValidationError(
            {
                NON_FIELD_ERRORS: "Het advies van UWV is al vastgelegd. "
                "Vraag een nieuw advies aan als er iets verandert.",
                "uitkomst": f"Vastgelegd is: {rij.get_uitkomst_display()}.",
                "advies_op": f"Vastgelegd is: {datum(rij.advies_op)}.",
                "kenmerk": f"Vastgelegd is: {rij.kenmerk}.",
            }
        )
    if upload is None:
        raise ValidationError({"brief": "Voeg de brief van UWV toe. Zonder brief is er geen advies."})
    if not rij.aangevraagd_op <= advies_op <= klok.vandaag():
        raise ValidationError({"advies_op": "Kies een dag vanaf de aanvraag tot en met vandaag."})
    rij.uitkomst, rij.advies_op, rij.kenmerk = uitkomst, advies_op, kenmerk.strip()
    rij.vastgelegd_door = medewerker
    rij.brief = voeg_document_toe(
        rij.deelnemer, upload, soort=Dossierdocument.INDICATIE, naam=briefnaam or "advies uwv", datum=advies_op,
        toelichting="Advies van UWV over beschut werk", bijzonder=True, medewerker=medewerker, actor=actor,
    )  # fmt: skip
    rij.full_clean(exclude=["gemeente"])
    rij.save()
    tijdlijn.schrijf(beschutregel(rij))
    return rij


def eis_beschutadvies(deelnemer: Deelnemer, begindatum: dt.date) -> None:
    """Raise ValidationError unless the last advice of UWV on that day is positive."""
    laatste = (
        Beschutadvies.objects.filter(deelnemer=deelnemer, advies_op__lte=begindatum)
        .exclude(uitkomst="")
        .order_by("-advies_op", "-id")
        .first()
    )
    if laatste is None or laatste.uitkomst != Beschutuitkomst.POSITIEF:
        raise ValidationError(GEEN_ADVIES, code="beschut")
