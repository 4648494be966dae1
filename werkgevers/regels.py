"""Lines in the timeline, rows of Vandaag and entries of the palette, made from the rows of this room.

The services write them, the rebuild and the nightly check make them again from the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad, zoeken
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad, Zoekingang
from kern.weergave import datum, uren
from werkgevers.dienstverbandwerk import SOORTEN, dienstverbandregels, rekeningregels
from werkgevers.models import (
    Bemiddeling,
    Dienstverband,
    Loonwaardemeting,
    Nazorgmoment,
    Plaatsing,
    Relatiecontact,
    Vacature,
    Werkgever,
    Werkgeversafspraak,
)
from werkgevers.proefplaatswerk import proefplaatsregels
from werkgevers.toestanden import BEMIDDELING, OPEN_BEMIDDELING
from werkgevers.urenvragen import urenregels

KAMER = "werkgevers"


# --- Timeline
# --------------------------------------------------------------------------------------------------
def bemiddelingregel(rij: Bemiddeling) -> TijdlijnRegel:
    toestand = BEMIDDELING.toestand(rij.status)
    reden = f" Reden: {rij.get_reden_display()}." if rij.reden else ""
    return tijdlijn.regel(
        KAMER,
        f"bemiddeling:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=rij.voorgedragen_op,
        titel=f"Voorgedragen: {rij.vacature.titel} bij {rij.vacature.werkgever.naam}",
        icoon="koppel",
        tekst=f"{toestand.label}.{reden}",
        url=f"/bemiddelingen/{rij.pk}",
        actor_naam=rij.medewerker.naam,
    )


def plaatsingregel(rij: Plaatsing) -> TijdlijnRegel:
    einde = f" Gestopt: {rij.get_einde_reden_display()}." if rij.einde_reden else ""
    wat = "Aan het werk" if rij.bruto_uurloon else "Begonnen op een trajectplek"
    return tijdlijn.regel(
        KAMER,
        f"plaatsing:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=klok.middag(rij.begindatum),
        titel=f"{wat} bij {rij.werkgever.naam}",
        tekst=f"{rij.functie}, {uren(rij.uren_per_week)} per week.{einde}",
        icoon="gebouw",
        url=f"/plaatsingen/{rij.pk}",
    )


def dienstverbandregel(rij: Dienstverband) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"dienstverband:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=klok.middag(rij.begindatum),
        titel=f"{rij.get_soort_display()} bij {rij.feitelijke_werkgever.naam}",
        tekst=rij.functie,
        icoon="gebouw",
        url=f"/dienstverbanden/{rij.pk}",
    )


def nazorgregel(rij: Nazorgmoment) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"nazorg:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.CONTACT,
        op=klok.middag(rij.gedaan_op),
        titel=f"Nazorg {rij.get_moment_display()} met {rij.get_kant_display()}: {rij.get_uitkomst_display()}",
        tekst=rij.notitie,
        icoon="hand",
        url=f"/plaatsingen/{rij.plaatsing_id}",
    )


def loonwaarderegel(rij: Loonwaardemeting) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"loonwaarde:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.TRAJECT,
        op=klok.middag(rij.gemeten_op),
        titel=f"Loonwaarde gemeten: {rij.percentage} %",
        tekst=f"Door {rij.deskundige}.",
        icoon="grafiek",
        url=f"/dienstverbanden/{rij.dienstverband_id}",
    )


def alle_regels(betrokkene_id: int) -> Iterable[TijdlijnRegel]:
    """All lines of this room about one person."""
    van = {"deelnemer": betrokkene_id}
    bemiddelingen = Bemiddeling.objects.filter(**van).exclude(status="ingetrokken")
    yield from map(bemiddelingregel, bemiddelingen.select_related("vacature__werkgever", "medewerker").order_by("pk"))
    yield from map(plaatsingregel, Plaatsing.objects.filter(**van).select_related("werkgever").order_by("pk"))
    yield from map(
        dienstverbandregel,
        Dienstverband.objects.filter(plaatsing=None, **van).select_related("feitelijke_werkgever").order_by("pk"),
    )
    yield from map(nazorgregel, Nazorgmoment.objects.filter(gedaan_op__isnull=False, **van).order_by("pk"))
    yield from map(loonwaarderegel, Loonwaardemeting.objects.filter(vervangen_op=None, **van).order_by("pk"))


# --- Vandaag
# ---------------------------------------------------------------------------------------------------
def stapwerk(rij: Bemiddeling) -> Werkvoorraad:
    """The next step of a running mediation."""
    return werkvoorraad.regel(
        KAMER,
        f"bemiddeling:{rij.pk}",
        soort="bemiddeling",
        titel=f"{rij.volgende_actie}: {rij.deelnemer.naam}",
        toelichting=f"{rij.vacature.titel} bij {rij.vacature.werkgever.naam}",
        waarom="Dit is de volgende stap die jij bij deze voordracht hebt gezet.",
        url=f"/bemiddelingen/{rij.pk}",
        knop="Openen",
        icoon="koppel",
        op=rij.volgende_actie_op,
        betrokkene_id=rij.deelnemer_id,
        voor_id=rij.medewerker.gebruiker_id,
    )


def voordrachtwerk(rij: Bemiddeling) -> list[Werkvoorraad]:
    """The regievoerder hears that somebody else introduced her person."""
    regievoerder = rij.deelnemer.regievoerder
    if regievoerder is None or regievoerder.pk == rij.medewerker_id:
        return []
    return [
        werkvoorraad.regel(
            KAMER,
            f"voordracht:{rij.pk}",
            soort="voordracht",
            titel=f"Bespreek een vacature met {rij.deelnemer.naam}",
            toelichting=f"{rij.vacature.titel} bij {rij.vacature.werkgever.naam}",
            waarom=f"{rij.medewerker.naam} heeft {rij.deelnemer.naam} voorgedragen. Jij bent regievoerder.",
            url=f"/bemiddelingen/{rij.pk}",
            knop="Bekijken",
            icoon="koppel",
            op=timezone.localtime(rij.voorgedragen_op).date(),
            betrokkene_id=rij.deelnemer_id,
            voor_id=regievoerder.gebruiker_id,
        )
    ]


def nazorgwerk(rij: Nazorgmoment) -> list[Werkvoorraad]:
    """Aftercare: the accountmanager calls the employer, the regievoerder the person (else the other one)."""
    plaatsing = rij.plaatsing
    regievoerder, manager = rij.deelnemer.regievoerder, plaatsing.accountmanager
    wie = (regievoerder or manager) if rij.kant == "deelnemer" else (manager or regievoerder)
    if wie is None:
        return []
    met = rij.deelnemer.naam if rij.kant == "deelnemer" else plaatsing.werkgever.naam
    return [
        werkvoorraad.regel(
            KAMER,
            f"nazorg:{rij.pk}",
            soort="nazorg",
            titel=f"Bel {met}: hoe gaat het op het werk?",
            toelichting=f"{rij.deelnemer.naam} bij {plaatsing.werkgever.naam}, {rij.get_moment_display()}",
            waarom=(
                f"Na een plaatsing houden we contact op dag 3 en in week 2, 6, 13 en "
                f"26. Dit is {rij.get_moment_display()}."
            ),
            url=f"/plaatsingen/{plaatsing.pk}",
            knop="Vastleggen",
            icoon="telefoon",
            op=rij.gepland_op,
            betrokkene_id=rij.deelnemer_id,
            voor_id=wie.gebruiker_id,
        )
    ]


def relatiewerk(rij: Relatiecontact) -> list[Werkvoorraad]:
    """Somebody said to come back to an employer, and has not yet."""
    if rij.terugkomen_op is None or rij.teruggekomen_op is not None:
        return []
    return [
        werkvoorraad.regel(
            KAMER,
            f"relatie:{rij.pk}",
            soort="terugkomen",
            titel=f"Kom terug bij {rij.werkgever.naam}",
            toelichting=rij.onderwerp,
            waarom=f"Je schreef op {datum(timezone.localdate(rij.op))} dat je hier op terugkomt.",
            url=f"/werkgevers/{rij.werkgever_id}",
            knop="Openen",
            icoon="gebouw",
            op=rij.terugkomen_op,
            voor_id=rij.medewerker.gebruiker_id,
        )
    ]


def afspraakwerk(rij: Werkgeversafspraak) -> list[Werkvoorraad]:
    """What one of us promised an employer, on its day."""
    if not rij.van_ons or rij.voor is None or rij.medewerker is None or rij.nagekomen_op or rij.vervallen_op:
        return []
    return [
        werkvoorraad.regel(
            KAMER,
            f"afspraak:{rij.pk}",
            soort="toezegging",
            titel=rij.wat,
            toelichting=f"Jouw belofte aan {rij.werkgever.naam}",
            waarom=f"Dit heb je op {datum(rij.gemaakt_op)} afgesproken met {rij.werkgever.naam}.",
            url=f"/werkgevers/{rij.werkgever_id}",
            knop="Afhandelen",
            icoon="hand",
            op=rij.voor,
            betrokkene_id=rij.deelnemer_id,
            voor_id=rij.medewerker.gebruiker_id,
        )
    ]


def alle_werk() -> Iterable[Werkvoorraad]:
    """All rows of Vandaag of this room."""
    bemiddelingen = Bemiddeling.objects.select_related(
        "deelnemer__regievoerder", "medewerker", "vacature__werkgever"
    ).order_by("pk")
    for bemiddeling in bemiddelingen.filter(status__in=OPEN_BEMIDDELING).exclude(volgende_actie=""):
        yield stapwerk(bemiddeling)
    # The first step of whoever introduced the person ends the message to the regievoerder.
    for bemiddeling in bemiddelingen.filter(status="voorgedragen"):
        yield from voordrachtwerk(bemiddeling)
    for contact in (
        Relatiecontact.objects.filter(terugkomen_op__isnull=False, teruggekomen_op__isnull=True)
        .order_by("pk")
        .select_related("werkgever", "medewerker")
    ):
        yield from relatiewerk(contact)
    for afspraak in (
        Werkgeversafspraak.objects.filter(nagekomen_op__isnull=True, vervallen_op__isnull=True)
        .order_by("pk")
        .select_related("werkgever", "medewerker")
    ):
        yield from afspraakwerk(afspraak)
    nazorg = Nazorgmoment.objects.filter(gedaan_op__isnull=True, vervallen_op__isnull=True)
    verwant = ("deelnemer__regievoerder", "plaatsing__accountmanager", "plaatsing__werkgever")
    for moment in nazorg.select_related(*verwant).order_by("pk"):
        yield from nazorgwerk(moment)
    yield from proefplaatsregels()
    yield from urenregels()
    yield from dienstverbandregels()
    yield from rekeningregels()


# --- Palette
# ---------------------------------------------------------------------------------------------------
def werkgeveringang(rij: Werkgever) -> Zoekingang:
    return zoeken.ingang(
        KAMER,
        f"werkgever:{rij.pk}",
        "werkgever",
        rij.naam,
        woorden=f"{rij.kvk_nummer} {rij.get_sector_display()}",
        toelichting=rij.get_sector_display(),
        url=f"/werkgevers/{rij.pk}",
        icoon="gebouw",
    )


def vacatureingang(rij: Vacature) -> Zoekingang:
    return zoeken.ingang(
        KAMER,
        f"vacature:{rij.pk}",
        "vacature",
        f"{rij.titel} bij {rij.werkgever.naam}",
        woorden=f"{rij.nummer} {rij.beroep_naam} {rij.get_soort_display()}",
        toelichting=f"{rij.nummer} · {rij.toestand.label}",
        url=f"/vacatures/{rij.pk}",
        icoon="document",
    )


def alle_werkgevers() -> Iterable[Zoekingang]:
    return map(werkgeveringang, Werkgever.objects.filter(actief=True).order_by("pk"))


def alle_vacatures() -> Iterable[Zoekingang]:
    return map(vacatureingang, Vacature.objects.select_related("werkgever").order_by("pk"))


def draag_over(betrokkene_id: int, van_gebruiker_id: int | None, naar_gebruiker_id: int) -> None:
    """Rows of Vandaag about this person move along with the regie; those of the jobcoach stay with the jobcoach."""
    if van_gebruiker_id is not None:
        rijen: Any = Werkvoorraad.objects.filter(kamer=KAMER, betrokkene_id=betrokkene_id, voor_id=van_gebruiker_id)
        rijen.exclude(soort__in=["bemiddeling", *SOORTEN]).update(voor_id=naar_gebruiker_id)


def werk_van_persoon(betrokkene_id: int) -> Iterable[Werkvoorraad]:
    """The rows of Vandaag of this room about one person."""
    van = {"deelnemer": betrokkene_id}
    verwant = ("deelnemer__regievoerder", "medewerker", "vacature__werkgever")
    bemiddelingen = Bemiddeling.objects.filter(**van, status__in=OPEN_BEMIDDELING).select_related(*verwant)
    for bemiddeling in bemiddelingen.order_by("pk"):
        if bemiddeling.volgende_actie:
            yield stapwerk(bemiddeling)
        if bemiddeling.status == "voorgedragen":
            yield from voordrachtwerk(bemiddeling)
    open_ = {"nagekomen_op__isnull": True, "vervallen_op__isnull": True}
    afspraken = Werkgeversafspraak.objects.filter(**van, **open_).select_related("werkgever", "medewerker")
    for afspraak in afspraken.order_by("pk"):
        yield from afspraakwerk(afspraak)
    nazorg = Nazorgmoment.objects.filter(**van, gedaan_op__isnull=True, vervallen_op__isnull=True)
    verwant = ("deelnemer__regievoerder", "plaatsing__accountmanager", "plaatsing__werkgever")
    for moment in nazorg.select_related(*verwant).order_by("pk"):
        yield from nazorgwerk(moment)
    yield from proefplaatsregels(betrokkene_id)
    yield from urenregels(betrokkene_id)
    yield from dienstverbandregels(betrokkene_id)
