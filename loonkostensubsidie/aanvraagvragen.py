"""Every question that the pages of applications, decisions and subsidies ask."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Q, QuerySet

from loonkostensubsidie.aanvraagkeuzes import Besluitsoort, Controlesoort
from loonkostensubsidie.aanvraagtoestanden import OPEN_AANVRAAG, OPEN_BESCHIKKING
from loonkostensubsidie.models import (
    Aanvraag,
    Aanvraagcontrole,
    Aanvraagpauze,
    Aanvraagstuk,
    Berekening,
    Beschikking,
    Subsidie,
)
from loonkostensubsidie.toegang import AANVRAAG, BESCHIKKING, SUBSIDIE
from werkgevers.models import Dienstverband

#: What the filter of the work list calls a state.
STANDEN = {
    "open": OPEN_AANVRAAG,
    "nieuw": ("ingediend",),
    "behandeling": ("in_behandeling",),
    "aanvulling": ("aanvulling_gevraagd",),
    "concept": ("concept",),
    "klaar": ("toegekend", "afgewezen", "ingetrokken", "buiten_behandeling"),
}


# --- Applications ----------------------------------------------------------------------------------------------------
def aanvragen(medewerker: Any, *, stand: str = "open", zoek: str = "", van_mij: bool = False) -> QuerySet[Aanvraag]:
    """The work list: what must be decided first stands on top."""
    rijen = AANVRAAG.beperk(Aanvraag.objects.filter(status__in=STANDEN.get(stand, OPEN_AANVRAAG)), medewerker)
    if van_mij:
        rijen = rijen.filter(behandelaar=medewerker)
    if zoek := zoek.strip():
        rijen = rijen.filter(
            Q(deelnemer__sorteernaam__icontains=zoek) | Q(werkgever__naam__icontains=zoek) | Q(nummer__iexact=zoek)
        )
    rijen = rijen.select_related("deelnemer", "werkgever", "behandelaar")
    if stand == "klaar":
        return rijen.order_by("-afgerond_op", "-pk")
    return rijen.order_by(F("beslis_voor").asc(nulls_last=True), "ontvangen_op", "pk")


def tellingen(medewerker: Any) -> dict[str, int]:
    """How many applications there are per part of the work list."""
    rijen = AANVRAAG.beperk(Aanvraag.objects.all(), medewerker).order_by("status")
    per_status = dict(rijen.values_list("status").annotate(aantal=Count("pk")))
    return {naam: sum(per_status.get(status, 0) for status in codes) for naam, codes in STANDEN.items()}


def alle_aanvragen(medewerker: Any) -> QuerySet[Aanvraag]:
    """Every application that this member of staff may open, with what the page shows."""
    rijen = Aanvraag.objects.select_related(
        "deelnemer", "werkgever", "behandelaar", "dienstverband__feitelijke_werkgever"
    )
    return AANVRAAG.beperk(rijen, medewerker).order_by("pk")


def controles(aanvraag: Aanvraag) -> list[Aanvraagcontrole]:
    """In the order of the page."""
    volgorde = {soort.value: nummer for nummer, soort in enumerate(Controlesoort)}
    rijen = Aanvraagcontrole.objects.filter(aanvraag=aanvraag).select_related("beoordeeld_door").order_by("pk")
    return sorted(rijen, key=lambda rij: volgorde[rij.soort])


def stukken(aanvraag: Aanvraag) -> list[Aanvraagstuk]:
    return list(Aanvraagstuk.objects.filter(aanvraag=aanvraag).select_related("document").order_by("pk"))


def pauzes(aanvraag: Aanvraag) -> list[Aanvraagpauze]:
    return list(Aanvraagpauze.objects.filter(aanvraag=aanvraag).order_by("begindatum", "pk"))


def besluiten_op(aanvraag: Aanvraag) -> list[Beschikking]:
    """What was decided, or lies ready, on this application; the latest first."""
    rijen = Beschikking.objects.filter(aanvraag=aanvraag).select_related("opgesteld_door", "goedgekeurd_door")
    return list(rijen.order_by("-pk"))


def banen_van(aanvraag: Aanvraag) -> QuerySet[Dienstverband]:
    """Employments of this person that the application may be for; the latest first."""
    rijen = Dienstverband.objects.filter(deelnemer=aanvraag.deelnemer_id, soort__in=["lks", "beschut"])
    return rijen.select_related("feitelijke_werkgever").order_by("-begindatum", "-pk")


# --- Decisions -------------------------------------------------------------------------------------------------------
def beschikkingen(medewerker: Any) -> QuerySet[Beschikking]:
    """Every decision that this member of staff may open."""
    rijen = Beschikking.objects.select_related(
        "deelnemer",
        "werkgever",
        "aanvraag",
        "subsidie",
        "regeling",
        "dienstverband__vestiging",
        "opgesteld_door",
        "goedgekeurd_door",
        "brief",
        "gemeente",
    )
    return BESCHIKKING.beperk(rijen, medewerker).order_by("pk")


def te_beoordelen(medewerker: Any) -> QuerySet[Beschikking]:
    """Decisions that wait for a second person, the oldest first; a revision per 1 January waits as one round."""
    rijen = beschikkingen(medewerker).filter(status="voorgelegd").exclude(soort=Besluitsoort.HERZIENING)
    return rijen.order_by("voorgelegd_op", "pk")


# --- Subsidies -------------------------------------------------------------------------------------------------------
def subsidies(medewerker: Any, *, stand: str = "lopend", zoek: str = "", regeling: str = "") -> QuerySet[Subsidie]:
    """The list: in order of name."""
    rijen = SUBSIDIE.beperk(Subsidie.objects.select_related("deelnemer", "werkgever", "regeling"), medewerker)
    if stand:
        rijen = rijen.filter(status=stand)
    if regeling:
        rijen = rijen.filter(regeling__code=regeling)
    if zoek := zoek.strip():
        rijen = rijen.filter(
            Q(deelnemer__sorteernaam__icontains=zoek) | Q(werkgever__naam__icontains=zoek) | Q(nummer__iexact=zoek)
        )
    return rijen.order_by("deelnemer__sorteernaam", "pk")


def met_bedrag(rijen: list[Subsidie]) -> list[Subsidie]:
    """Each with `bedrag`: what was last booked for a month, or else decided (two queries for all)."""
    besloten = (
        Beschikking.objects.filter(subsidie__in=rijen, status="vastgesteld", totaal__isnull=False)
        .order_by("subsidie_id", "-ingangsdatum", "-pk")
        .distinct("subsidie_id")
    )
    geboekt = (
        Berekening.objects.filter(subsidie__in=rijen).order_by("subsidie_id", "-maand", "-pk").distinct("subsidie_id")
    )
    per = dict(besloten.values_list("subsidie_id", "totaal")) | dict(geboekt.values_list("subsidie_id", "totaal"))
    for rij in rijen:
        rij.bedrag = per.get(rij.pk)  # type: ignore[attr-defined]
    return rijen


def besluiten_over(subsidie: Subsidie) -> QuerySet[Beschikking]:
    """All decisions about one right and the employment, the latest first."""
    rijen = Beschikking.objects.filter(Q(subsidie=subsidie) | Q(dienstverband=subsidie.dienstverband_id))
    return rijen.exclude(status="vervallen").order_by("-ingangsdatum", "-pk")


def open_besluiten(subsidie: Subsidie) -> QuerySet[Beschikking]:
    return Beschikking.objects.filter(subsidie=subsidie, status__in=OPEN_BESCHIKKING).order_by("pk")


def van_dienstverband(medewerker: Any, dienstverband: Dienstverband) -> tuple[list[Aanvraag], list[Subsidie]]:
    """Applications and rights of one employment, the latest first."""
    aanvragen_ = AANVRAAG.beperk(Aanvraag.objects.filter(dienstverband=dienstverband), medewerker).order_by("-pk")
    rechten = SUBSIDIE.beperk(Subsidie.objects.filter(dienstverband=dienstverband), medewerker)
    return list(aanvragen_[:5]), list(rechten.select_related("regeling").order_by("-begindatum", "-pk")[:5])
