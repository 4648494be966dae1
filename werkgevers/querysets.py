"""Every question that the pages ask about employers, demand, mediation and placement."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from kern import klok
from organisatie.models import Medewerker
from werkgevers.models import (
    Bemiddeling,
    Jobhunt,
    Jobhuntbenadering,
    Kandidaatprofiel,
    Nazorgmoment,
    Plaatsing,
    Relatiecontact,
    Vacature,
    Werkgever,
    Werkgeversafspraak,
)
from werkgevers.toegang import AFSPRAAK, BEMIDDELING, JOBHUNT, KANDIDAAT, PLAATSING
from werkgevers.toestanden import OPEN_BEMIDDELING

#: A colleague who spoke to the employer this recently is asked first (R126).
AFSTEMMEN_DAGEN = 14
DEELTIJD_TOT = 32


def recent_contact(
    werkgever: Werkgever, medewerker: Medewerker, moment: dt.datetime | None = None
) -> Relatiecontact | None:
    """The latest contact of a colleague in the fourteen days before `moment`."""
    moment = moment or klok.nu()
    return (
        Relatiecontact.objects.filter(
            werkgever=werkgever, op__gt=moment - dt.timedelta(days=AFSTEMMEN_DAGEN), op__lte=moment
        )
        .exclude(medewerker=medewerker)
        .select_related("medewerker", "contactpersoon")
        .order_by("-op", "-id")
        .first()
    )


# --- Employers
# -------------------------------------------------------------------------------------------------
_WERKGEVERVOLGORDE = {"naam": "naam", "contact": "laatste_contact_op", "plekken": "open_plekken"}


def werkgevers(keuze: dict[str, Any], volgorde: str, medewerker: Medewerker) -> QuerySet[Werkgever]:
    """The list of employers, by the filters and in the order of the page."""
    rijen = Werkgever.objects.filter(actief=True).select_related("relatiebeheerder", "laatste_contact_door")
    if keuze.get("van_mij"):
        rijen = rijen.filter(relatiebeheerder=medewerker)
    if sector := keuze.get("sector"):
        rijen = rijen.filter(sector=sector)
    if label := keuze.get("label"):
        rijen = rijen.filter(labels__contains=[label])
    if keuze.get("met_plek"):
        rijen = rijen.filter(open_plekken__gt=0)
    if zoek := (keuze.get("zoek") or "").strip():
        rijen = rijen.filter(naam__icontains=zoek)
    veld = _WERKGEVERVOLGORDE[volgorde.removeprefix("-")]
    return rijen.order_by(f"-{veld}" if volgorde.startswith("-") else veld, "id")


def contacten(werkgever: Werkgever) -> QuerySet[Relatiecontact]:
    return (
        Relatiecontact.objects.filter(werkgever=werkgever)
        .select_related("medewerker", "contactpersoon")
        .order_by("-op", "-id")
    )


def afspraken(werkgever: Werkgever, medewerker: Medewerker) -> QuerySet[Werkgeversafspraak]:
    """What we and the employer promised; about one person only for who may see that placement."""
    rijen = alle_afspraken(medewerker).filter(werkgever=werkgever, vervallen_op=None)
    return rijen.order_by("nagekomen_op", "voor", "id")


def alle_afspraken(medewerker: Medewerker) -> QuerySet[Werkgeversafspraak]:
    """Promises about nobody, and those about a person whose placement this reader may see."""
    return Werkgeversafspraak.objects.filter(Q(deelnemer__isnull=True) | AFSPRAAK.filter(medewerker))


def lopende_plaatsingen(werkgever: Werkgever, medewerker: Medewerker) -> QuerySet[Plaatsing]:
    return PLAATSING.beperk(
        Plaatsing.objects.filter(werkgever=werkgever, einddatum=None).select_related("deelnemer"), medewerker
    ).order_by("-begindatum", "-id")


def verdringing(werkgever: Werkgever) -> tuple[int, int]:
    """(unpaid places that started, people hired) at this employer in the past year (R142)."""
    sinds = klok.vandaag() - dt.timedelta(days=365)
    telling = Plaatsing.objects.filter(werkgever=werkgever, begindatum__gte=sinds).aggregate(
        onbetaald=Count("pk", filter=Q(soort="trajectplek")),
        betaald=Count("pk", filter=~Q(soort="trajectplek")),
    )
    return telling["onbetaald"], telling["betaald"]


# --- Demand
# ----------------------------------------------------------------------------------------------------
_VACATUREVOLGORDE = {"open": "geopend_op", "uren": "uren_max", "titel": "titel"}


def vacatures(keuze: dict[str, Any], volgorde: str, medewerker: Medewerker) -> QuerySet[Vacature]:
    """The list of demand; without a state only what is open."""
    rijen = Vacature.objects.select_related("werkgever", "vestiging__gebied", "accountmanager")
    rijen = rijen.annotate(lopend=Count("bemiddelingen", filter=Q(bemiddelingen__status__in=OPEN_BEMIDDELING)))
    rijen = rijen.filter(status=keuze.get("status") or "open")
    if soort := keuze.get("soort"):
        rijen = rijen.filter(soort=soort)
    if sector := keuze.get("sector"):
        rijen = rijen.filter(sector=sector)
    if keuze.get("deeltijd"):
        rijen = rijen.filter(uren_min__lte=DEELTIJD_TOT)
    if keuze.get("van_mij"):
        rijen = rijen.filter(accountmanager=medewerker)
    if zoek := (keuze.get("zoek") or "").strip():
        rijen = rijen.filter(Q(titel__icontains=zoek) | Q(werkgever__naam__icontains=zoek))
    veld = _VACATUREVOLGORDE[volgorde.removeprefix("-")]
    return rijen.order_by(f"-{veld}" if volgorde.startswith("-") else veld, "id")


def vacature(pk: int) -> QuerySet[Vacature]:
    return Vacature.objects.filter(pk=pk).select_related(
        "werkgever__relatiebeheerder", "vestiging__gebied", "contactpersoon", "accountmanager"
    )


def open_vacatures() -> QuerySet[Vacature]:
    return Vacature.objects.filter(status="open").select_related("werkgever", "vestiging__gebied")


# --- Candidates
# ------------------------------------------------------------------------------------------------
def kandidaten(medewerker: Medewerker) -> QuerySet[Kandidaatprofiel]:
    """The candidates whom this member of staff may see in a match."""
    return Kandidaatprofiel.objects.filter(KANDIDAAT.filter(medewerker))


def op_kaart(profielen: QuerySet[Kandidaatprofiel]) -> QuerySet[Kandidaatprofiel]:
    """With what the limited card shows."""
    return profielen.select_related("deelnemer__gebied", "regievoerder")


# --- Mediation and placement
# -----------------------------------------------------------------------------------
def bemiddelingen(medewerker: Medewerker) -> QuerySet[Bemiddeling]:
    return BEMIDDELING.beperk(
        Bemiddeling.objects.select_related(
            "deelnemer__regievoerder", "vacature__werkgever", "vacature__vestiging", "medewerker"
        ),
        medewerker,
    )


def lopend(medewerker: Medewerker, *, van_mij: bool = False) -> QuerySet[Bemiddeling]:
    """Running mediations, the one whose next step is nearest first."""
    rijen = bemiddelingen(medewerker).filter(status__in=OPEN_BEMIDDELING)
    if van_mij:
        rijen = rijen.filter(Q(medewerker=medewerker) | Q(vacature__accountmanager=medewerker))
    return rijen.order_by("volgende_actie_op", "id")


def voor_vacature(vacature: Vacature) -> dict[int, Bemiddeling]:
    """The latest mediation per person for this vacancy, introductions that were undone left out."""
    rijen = Bemiddeling.objects.filter(vacature=vacature).exclude(status="ingetrokken").order_by("id")
    return {rij.deelnemer_id: rij for rij in rijen}


def plaatsingen(medewerker: Medewerker) -> QuerySet[Plaatsing]:
    return PLAATSING.beperk(
        Plaatsing.objects.select_related(
            "deelnemer", "werkgever", "vestiging", "accountmanager", "vacature", "melding"
        ),
        medewerker,
    ).order_by("-begindatum", "-id")


def nazorg_van(plaatsing: Plaatsing) -> QuerySet[Nazorgmoment]:
    return plaatsing.nazorg.select_related("gedaan_door").order_by("gepland_op", "kant", "id")


def nazorg_te_laat(medewerker: Medewerker) -> QuerySet[Nazorgmoment]:
    """Overdue aftercare of the placements of this accountmanager."""
    return (
        Nazorgmoment.objects.filter(
            plaatsing__accountmanager=medewerker,
            gedaan_op=None,
            vervallen_op=None,
            gepland_op__lt=klok.vandaag(),
        )
        .select_related("deelnemer", "plaatsing__werkgever")
        .order_by("gepland_op", "id")
    )


# --- Home of the accountmanager
# --------------------------------------------------------------------------------
def portefeuille(medewerker: Medewerker) -> QuerySet[Werkgever]:
    """The employers of this accountmanager, the longest silence first (R138)."""
    return Werkgever.objects.filter(relatiebeheerder=medewerker, actief=True).order_by("laatste_contact_op", "id")


def jobhunts(medewerker: Medewerker) -> QuerySet[Jobhunt]:
    benaderingen = Jobhuntbenadering.objects.select_related("werkgever").order_by("-benaderd_op", "-id")
    return (
        JOBHUNT.beperk(Jobhunt.objects.filter(medewerker=medewerker, einddatum=None), medewerker)
        .select_related("deelnemer")
        .prefetch_related(Prefetch("benaderingen", queryset=benaderingen))
        .order_by("begindatum", "id")
    )
