"""Who sees what of the work with Handhaving, the lists, and the rows on Vandaag (R215)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from aanmeldingen.keuzes import Rappelsoort, Signaalrichting
from aanmeldingen.models import Aanpakafspraak, Handhavingssignaal, Rappel, Samenaanpak
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.beperking import niet_beperkt
from kern.models import Werkvoorraad
from kern.toegang import Toegangsregel
from kern.weergave import datum
from organisatie.querysets import rollen_van
from organisatie.rechten import Rol

KAMER = "aanmeldingen"
TERMIJN = "handhaving.antwoord_werkdagen"


def is_handhaver(medewerker: Any) -> bool:
    """Whether this is somebody of Handhaving: the other side."""
    return Rol.HANDHAVER in rollen_van(medewerker)


class Handhavingsregel(Toegangsregel):
    """Handhaving sees what was shared with it, and nothing of the dossier; we see the people we work with."""

    def filter(self, medewerker: Any) -> Q:
        """Condition on a signal or a joint plan for a member of staff with the right."""
        if medewerker is None:
            return Q(pk__in=[])
        if is_handhaver(medewerker):
            # What may only be stored is not shared either (AVG art. 18).
            return DOSSIER.niet_verboden(medewerker, "deelnemer") & niet_beperkt("deelnemer")
        return DOSSIER.op_relatie(medewerker)


REGEL = Handhavingsregel()


def signalen(medewerker: Any, *, wat: str = "", richting: str = "") -> QuerySet[Handhavingssignaal]:
    """The list; what must be answered first stands on top."""
    rijen = REGEL.beperk(Handhavingssignaal.objects.all(), medewerker)
    if wat != "alles":
        rijen = rijen.filter(status=wat or "verstuurd")
    if richting:
        rijen = rijen.filter(richting=richting)
    open_eerst = Case(When(status="verstuurd", then=Value(0)), default=Value(1), output_field=IntegerField())
    rijen = rijen.select_related("deelnemer", "verstuurd_door", "beantwoord_door", "aanpak")
    return rijen.order_by(open_eerst, "antwoord_voor", "pk")


def rappels(signaal: Handhavingssignaal) -> QuerySet[Rappel]:
    """The reminders of one signal, the first on top."""
    return Rappel.objects.filter(soort=Rappelsoort.SIGNAAL, over=signaal.pk).order_by("pk")


def aanpakken(medewerker: Any) -> QuerySet[Samenaanpak]:
    """Joint plans, the running ones first."""
    rijen = REGEL.beperk(Samenaanpak.objects.all(), medewerker).select_related("deelnemer__regievoerder")
    return rijen.order_by(F("einddatum").desc(nulls_first=True), "-begindatum", "-pk")


def afspraken(aanpak: Samenaanpak) -> QuerySet[Aanpakafspraak]:
    """The lines of a joint plan: what is not done yet first."""
    return Aanpakafspraak.objects.filter(aanpak=aanpak).order_by(
        F("gedaan_op").desc(nulls_first=True), F("voor").asc(nulls_last=True), "pk"
    )


# --- Vandaag -----------------------------------------------------------------------------------------------------
def signaalregel(rij: Handhavingssignaal) -> Werkvoorraad | None:
    """An unanswered signal, for the other side. What it says is only on its own page."""
    if rij.status != "verstuurd":
        return None
    naar = rij.richting == Signaalrichting.NAAR
    regie = rij.deelnemer.regievoerder
    van = "Werk en Re-integratie" if naar else "Handhaving"
    return werkvoorraad.regel(
        KAMER,
        f"signaal:{rij.pk}",
        soort="handhaving",
        titel=f"Beantwoord het bericht van {van} over {rij.deelnemer.naam}",
        toelichting="Samen met Handhaving" if not naar else "Samen met Werk en Re-integratie",
        waarom=f"We spraken af dat er voor {datum(rij.antwoord_voor)} antwoord is.",
        url=f"/handhaving/signalen/{rij.kenmerk}",
        knop="Bekijken",
        icoon="brief",
        op=rij.antwoord_voor,
        betrokkene_id=rij.deelnemer_id,
        voor_id=regie.gebruiker_id if regie and not naar else None,
        voor_team_id=None if naar else rij.deelnemer.team_id,
        voor_rol=_rol(naar, rij),
        wacht_sinds=klok.vandaag() if rij.status_sinds is None else rij.status_sinds,
    )


def _rol(naar: bool, rij: Handhavingssignaal) -> str:
    if naar:
        return str(Rol.HANDHAVER)
    return "" if rij.deelnemer.regievoerder or rij.deelnemer.team_id else str(Rol.TEAMMANAGER)


def signaalregels(betrokkene_id: int | None = None) -> Iterable[Werkvoorraad]:
    """The rows of every unanswered signal, or of those about one person."""
    rijen = Handhavingssignaal.objects.filter(status="verstuurd")
    if betrokkene_id is not None:
        rijen = rijen.filter(deelnemer=betrokkene_id)
    for rij in rijen.select_related("deelnemer__regievoerder").order_by("pk"):
        werkrij = signaalregel(rij)
        if werkrij is not None:
            yield werkrij
