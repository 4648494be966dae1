"""What applications and decisions put at Vandaag and on the timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Werkvoorraad
from kern.models.aansluiting import Categorie, TijdlijnRegel
from kern.weergave import datum
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagklok import waarschuw
from loonkostensubsidie.models import Aanvraag, Aanvraagpauze, Beschikking
from organisatie.rechten import Rol

KAMER = "loonkostensubsidie"
_ROL = Rol.MEDEWERKER_SUBSIDIES


# --- Vandaag ---------------------------------------------------------------------------------------------------------
def aanvraagsleutel(aanvraag: Aanvraag) -> str:
    return f"aanvraag:{aanvraag.pk}"


def aanvraagwerk(rij: Aanvraag, pauze: Aanvraagpauze | None) -> list[Werkvoorraad]:
    """The next step of an application: for who handles it, else for everybody who handles subsidies."""
    wat = _wat_nu(rij, pauze)
    if wat is None:
        return []
    titel, waarom, op = wat
    wie = rij.behandelaar
    return [
        werkvoorraad.regel(
            KAMER,
            aanvraagsleutel(rij),
            soort="lks_aanvraag",
            titel=titel,
            toelichting=f"{rij.deelnemer.naam} bij {rij.werkgever.naam}, {rij.nummer}",
            waarom=waarom,
            url=f"/subsidies/aanvragen/{rij.kenmerk}",
            knop="Openen",
            icoon="document",
            op=op,
            betrokkene_id=rij.deelnemer_id,
            voor_id=wie.gebruiker_id if wie else None,
            voor_rol="" if wie else _ROL,
        )
    ]


def _wat_nu(rij: Aanvraag, pauze: Aanvraagpauze | None) -> tuple[str, str, dt.date] | None:
    if rij.status == "ingediend":
        ontvangen = rij.ontvangen_op or rij.status_sinds
        return "Neem een aanvraag van subsidie in behandeling", f"Zij kwam binnen op {datum(ontvangen)}.", ontvangen
    if rij.status == "aanvulling_gevraagd" and pauze is not None:
        waarom = f"De werkgever kan aanvullen tot en met {datum(pauze.aanvullen_voor)}. Daarna loopt de termijn weer."
        return "Kijk of de aanvulling binnen is", waarom, pauze.aanvullen_voor + dt.timedelta(days=1)
    if rij.status == "in_behandeling" and rij.beslis_voor is not None:
        waarom = f"Beslis uiterlijk op {datum(rij.beslis_voor)} (Participatiewet art. 10d lid 12)."
        return "Beslis op een aanvraag van subsidie", waarom, rij.beslis_voor - waarschuw(klok.vandaag())
    if rij.status == "in_behandeling":
        return (
            "Laat de loonwaarde meten voor een aanvraag",
            "Zonder meting kan er geen besluit komen. De termijn begint bij de meting.",
            rij.status_sinds,
        )
    return None


def besluitsleutel(beschikking: Beschikking) -> str:
    return f"beschikking:{beschikking.pk}"


def besluitwerk(rij: Beschikking) -> list[Werkvoorraad]:
    """A decision that waits for the second person, or that came back."""
    # A revision per 1 January waits as one round, not decision by decision.
    in_ronde = rij.status == "voorgelegd" and rij.soort == Besluitsoort.HERZIENING
    if rij.status not in {"voorgelegd", "teruggegeven"} or in_ronde:
        return []
    terug = rij.status == "teruggegeven"
    schrijver = rij.opgesteld_door.naam
    return [
        werkvoorraad.regel(
            KAMER,
            besluitsleutel(rij),
            soort="lks_besluit",
            titel=("Pas een besluit over subsidie aan" if terug else "Beoordeel een besluit over subsidie"),
            toelichting=f"{rij.get_soort_display()}: {rij.deelnemer.naam} bij {rij.werkgever.naam}",
            waarom=f"Een collega gaf het terug: {rij.teruggeefreden}"[:200]
            if terug
            else f"{schrijver} legt dit voor. Een ander dan de schrijver keurt het goed.",
            url=f"/subsidies/besluiten/{rij.kenmerk}",
            knop="Openen",
            icoon="vink",
            op=rij.status_sinds,
            betrokkene_id=rij.deelnemer_id,
            voor_id=rij.opgesteld_door_id if terug else None,
            voor_rol="" if terug else _ROL,
        )
    ]


# --- Timeline --------------------------------------------------------------------------------------------------------
def aanvraagregel(rij: Aanvraag) -> list[TijdlijnRegel]:
    """That the employer applied; never a draft, and never an amount."""
    if rij.ontvangen_op is None:
        return []
    return [
        tijdlijn.regel(
            KAMER,
            f"aanvraag:{rij.pk}",
            rij.deelnemer_id,
            categorie=Categorie.BESLUIT,
            op=klok.middag(rij.ontvangen_op),
            titel=f"{rij.werkgever.naam} vroeg loonkostensubsidie aan",
            tekst=rij.get_status_display(),
            icoon="document",
        )
    ]


def besluitregel(rij: Beschikking) -> list[TijdlijnRegel]:
    """A decision that was taken."""
    if rij.status != "vastgesteld" or rij.vastgesteld_op is None:
        return []
    return [
        tijdlijn.regel(
            KAMER,
            f"beschikking:{rij.pk}",
            rij.deelnemer_id,
            categorie=Categorie.BESLUIT,
            op=rij.vastgesteld_op,
            titel=f"Besluit over loonkostensubsidie: {rij.get_soort_display().lower()}",
            tekst=f"{rij.werkgever.naam}, vanaf {datum(rij.ingangsdatum)}. Nummer {rij.nummer}.",
            icoon="document",
        )
    ]


# --- All of it -------------------------------------------------------------------------------------------------------
def _aanvragen(**van: Any) -> Iterable[tuple[Aanvraag, Aanvraagpauze | None]]:
    rijen = list(Aanvraag.objects.filter(**van).select_related("deelnemer", "werkgever", "behandelaar").order_by("pk"))
    open_ = Aanvraagpauze.objects.filter(aanvraag__in=rijen, einddatum__isnull=True)
    pauzes = {pauze.aanvraag_id: pauze for pauze in open_.order_by("pk")}
    return [(rij, pauzes.get(rij.pk)) for rij in rijen]


def _besluiten(**van: Any) -> Iterable[Beschikking]:
    return Beschikking.objects.filter(**van).select_related("deelnemer", "werkgever", "opgesteld_door").order_by("pk")


def werk(**van: Any) -> Iterable[Werkvoorraad]:
    """All rows of Vandaag of applications and decisions."""
    for aanvraag, pauze in _aanvragen(afgerond_op__isnull=True, **van):
        yield from aanvraagwerk(aanvraag, pauze)
    for besluit in _besluiten(status__in=["voorgelegd", "teruggegeven"], **van):
        yield from besluitwerk(besluit)


def regels(betrokkene_id: int) -> Iterable[TijdlijnRegel]:
    """All lines on the timeline about one person."""
    for aanvraag, _ in _aanvragen(deelnemer=betrokkene_id):
        yield from aanvraagregel(aanvraag)
    for besluit in _besluiten(deelnemer=betrokkene_id):
        yield from besluitregel(besluit)
