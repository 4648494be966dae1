"""A request to determine the doelgroep: at most once per term, decided by people (Participatiewet art. 10c)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer
from deelnemers.services import lijstkolommen
from deelnemers.services.contact import voeg_doelgroep_toe
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from kern.weergave import datum
from loonkostensubsidie.aanvraagkeuzes import Doelgroepbron
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.aanvraagtoestanden import OPEN_AANVRAAG
from loonkostensubsidie.doelgroepkeuzes import Doelgroepuitkomst, Vrager
from loonkostensubsidie.models import Aanvraag, Doelgroepverzoek
from loonkostensubsidie.services.controles import ververs_controles
from organisatie.rechten import Rol
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_maanden

TERMIJN = "LKS_DOELGROEP_12M"
_GROEP = "verminderde_loonwaarde"


def weer_mogelijk(deelnemer: int, op: dt.date) -> dt.date | None:
    """The day from which a request can be made again when `op` is too early; None when it is not."""
    vorige = Doelgroepverzoek.objects.filter(deelnemer=deelnemer).order_by("-gevraagd_op", "-pk").first()
    if vorige is None:
        return None
    try:
        termijn = opzoeken.termijn(TERMIJN, vorige.gevraagd_op)
    except opzoeken.GegevenOntbreekt:
        return None
    vanaf = plus_maanden(vorige.gevraagd_op, termijn.aantal or 0)
    return vanaf if op < vanaf else None


@service
def leg_verzoek_vast(
    deelnemer: Deelnemer,
    gevraagd_op: dt.date,
    vrager: Vrager | str,
    naam: str,
    *,
    actor: Actor,
    aanvraag: Aanvraag | None = None,
) -> Doelgroepverzoek:
    """Record that the person or the employer asks; ValidationError with the first day on which it is possible again."""
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    if gevraagd_op > klok.vandaag():
        raise ValidationError({"gevraagd_op": "Deze dag moet nog komen."})
    vanaf = weer_mogelijk(deelnemer.pk, gevraagd_op)
    if vanaf is not None:
        raise ValidationError({"gevraagd_op": _te_vroeg(vanaf)})
    rij = Doelgroepverzoek(
        deelnemer=deelnemer, gevraagd_op=gevraagd_op, vrager=vrager, naam=naam.strip(), aanvraag=aanvraag
    )
    rij.full_clean()
    rij.save()
    _ververs(rij)
    return rij


def _te_vroeg(vanaf: dt.date) -> str:
    return (
        "Dit kan hoogstens eens in de twaalf maanden (Participatiewet art. 10c lid 2). "
        f"Een nieuw verzoek kan vanaf {datum(vanaf)}."
    )


@service
def volg_aanvraag(aanvraag: Aanvraag, *, actor: Actor) -> None:
    """An application of which the doelgroep must still be determined, asks for that too.

    What is being decided, or was decided to be so, is not asked again. After a refusal it is, and ValidationError at
    `doelgroepbron` says from which day.
    """
    if aanvraag.doelgroepbron != Doelgroepbron.AANVRAAG or aanvraag.ontvangen_op is None:
        return
    eerder = Doelgroepverzoek.objects.filter(deelnemer=aanvraag.deelnemer_id).order_by("-gevraagd_op", "-pk").first()
    if eerder is not None and eerder.uitkomst != Doelgroepuitkomst.NIET:
        return
    try:
        leg_verzoek_vast(
            aanvraag.deelnemer,
            aanvraag.ontvangen_op,
            Vrager.WERKGEVER,
            aanvraag.werkgever.naam[:150],
            aanvraag=aanvraag,
            actor=actor,
        )
    except ValidationError as fout:
        raise ValidationError({"doelgroepbron": fout.messages}) from fout


@service
def beslis_over_doelgroep(
    verzoek: Doelgroepverzoek, uitkomst: Doelgroepuitkomst | str, waarom: str, *, actor: Actor
) -> Doelgroepverzoek:
    """The outcome. Who belongs to it, gets that in the dossier from today; open applications are checked again.

    Who comes second gets OvergangGeweigerd.
    """
    if actor.gebruiker_id is None:
        raise ValidationError("Dit beslist een medewerker, niet een taak of koppeling.")
    rij = Doelgroepverzoek.objects.select_for_update(of=("self",)).select_related("deelnemer").get(pk=verzoek.pk)
    if rij.uitkomst:
        raise OvergangGeweigerd("Over dit verzoek is al beslist.")
    rij.uitkomst, rij.waarom = uitkomst, waarom.strip()
    rij.besloten_op, rij.besloten_door_id = klok.vandaag(), actor.gebruiker_id
    rij.versie += 1
    rij.full_clean()
    rij.save()
    if uitkomst == Doelgroepuitkomst.WEL:
        voeg_doelgroep_toe(rij.deelnemer, _GROEP, klok.vandaag(), actor=actor)
    for aanvraag in Aanvraag.objects.filter(deelnemer=rij.deelnemer_id, status__in=OPEN_AANVRAAG).order_by("pk"):
        if aanvraag.status != "concept":
            ververs_controles(aanvraag)
    _ververs(rij)
    return rij


# --- Vandaag ---------------------------------------------------------------------------------------------------------
def verzoekwerk(rij: Doelgroepverzoek) -> list[Werkvoorraad]:
    """A request that waits for an outcome, with the general term to decide (Awb 4:13)."""
    if rij.uitkomst:
        return []
    try:
        uiterlijk = opzoeken.einde_termijn("AWB_BESLIS", rij.gevraagd_op)
        waarom = f"Beslis uiterlijk op {datum(uiterlijk)} (Participatiewet art. 10c, Awb 4:13)."
    except opzoeken.GegevenOntbreekt:
        uiterlijk, waarom = rij.gevraagd_op, "Dit verzoek wacht nog op een uitkomst (Participatiewet art. 10c)."
    return [
        werkvoorraad.regel(
            KAMER,
            _sleutel(rij),
            soort="lks_doelgroep",
            titel=f"Stel vast of {rij.deelnemer.naam} bij de doelgroep hoort",
            toelichting=f"Gevraagd op {datum(rij.gevraagd_op)} door {rij.naam}",
            waarom=waarom,
            url=f"/subsidies/doelgroep/{rij.pk}",
            knop="Openen",
            icoon="document",
            op=uiterlijk,
            betrokkene_id=rij.deelnemer_id,
            voor_rol=Rol.MEDEWERKER_SUBSIDIES,
        )
    ]


def werk(**van: Any) -> Iterable[Werkvoorraad]:
    """All rows of Vandaag of these requests."""
    for rij in Doelgroepverzoek.objects.filter(uitkomst="", **van).select_related("deelnemer").order_by("pk"):
        yield from verzoekwerk(rij)


def _sleutel(rij: Doelgroepverzoek) -> str:
    return f"doelgroep:{rij.pk}"


def _ververs(rij: Doelgroepverzoek) -> None:
    regels = verzoekwerk(rij)
    if regels:
        werkvoorraad.schrijf(*regels)
    else:
        werkvoorraad.klaar(KAMER, _sleutel(rij))
    lijstkolommen.werk_bij(rij.deelnemer_id)
