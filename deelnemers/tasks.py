"""Jobs of this room: the clocks, and the check of what is stored twice."""

from __future__ import annotations

import datetime as dt

from deelnemers.instellingen import dagen_bericht
from deelnemers.models import Deelnemer, Privacyverzoek
from deelnemers.services import (
    concept,
    documenten,
    dubbelen,
    herbouw,
    inzage,
    klokken,
    leestoezicht,
    ronde,
    vernietigen,
    wisregister,
    wissen,
)
from deelnemers.services.werkvoorraad import sneden
from kern import berichten, klok
from kern.taken import Loop, taak

#: The timeline of every person is compared once in so many nights.
NACHTEN = 7
#: At most this many people a night, so that the check stays short at any size.
TIJDLIJNEN_PER_NACHT = 300


@taak(
    "deelnemers.klokken",
    "Zet op Vandaag wat er voor mensen te doen is: contact, diagnose, beloften.",
    nacht=True,
)
def klokken_bijwerken(loop: Loop) -> None:
    """Regie and trede of today, then the work lists; one small transaction per person that changed."""
    for pk in klokken.begint_vandaag():
        gelukt = klokken.per_persoon(pk, loop.actor, klokken.herstel)
        loop.tel("regie en trede ingegaan" if gelukt else "overgeslagen")
    for gedaan, pk in enumerate(klokken.verouderd_werk()):
        gewijzigd = klokken.per_persoon(pk, loop.actor, klokken.werk_van)
        loop.tel("overgeslagen" if gewijzigd is None else "regels op Vandaag", gewijzigd or 1)
        if gedaan % 200 == 0:
            loop.meld("Werklijsten bijwerken", gedaan)
    if oud := concept.wis_oude_concepten(actor=loop.actor):
        loop.tel("oude concepten gewist", oud)
    if oud := berichten.ruim_verstuurde_op(dagen_bericht(), actor=loop.actor):
        loop.tel("oude berichten gewist", oud)


@taak(
    "deelnemers.controle",
    "Vergelijkt wat bewaard is voor lijsten met de dossiers zelf en herstelt het.",
    nacht=True,
)
def controleren(loop: Loop) -> None:
    """Stored columns are repaired; timeline, work lists and search are compared and counted
    (`herbouw` repairs).
    """
    # Bounded: however large the file, one night looks at the timelines of a few hundred people.
    nachten = max(NACHTEN, Deelnemer.objects.count() // TIJDLIJNEN_PER_NACHT + 1)
    for snee in sneden():
        for pk, anders in klokken.afwijkingen(snee).items():
            for kolom in anders:
                loop.tel(f"afwijking {kolom.removesuffix('_id')}")
            hersteld = klokken.per_persoon(pk, loop.actor, klokken.herstel)
            loop.tel("hersteld" if hersteld else "overgeslagen", hersteld or 1)
        loop.meld("Kolommen vergelijken", snee[-1])
        vanavond = [pk for pk in snee if pk % nachten == klok.vandaag().toordinal() % nachten]
        _tel(loop, "tijdlijn", sum(herbouw.tijdlijn_van(pk, loop.actor, schrijf=False) for pk in vanavond))
    for wat, aantal in (
        herbouw.werk(loop.actor, schrijf=False) | herbouw.zoekingangen(loop.actor, schrijf=False)
    ).items():
        _tel(loop, wat, aantal)


def _tel(loop: Loop, wat: str, aantal: int) -> None:
    if aantal:
        loop.tel(f"wijkt af: {wat}", aantal)


@taak(
    "deelnemers.herbouw",
    "Bouwt tijdlijn, werklijsten en zoeken opnieuw op uit de dossiers.",
    met_de_hand=True,
)
def herbouwen(loop: Loop) -> None:
    totaal, gedaan = Deelnemer.objects.count(), 0
    for snee in sneden():
        for pk in snee:
            if fout := herbouw.tijdlijn_van(pk, loop.actor):
                loop.tel("tijdlijn", fout)
        gedaan += len(snee)
        loop.meld("Tijdlijn opbouwen", gedaan, totaal)
    for wat, aantal in (herbouw.werk(loop.actor) | herbouw.zoekingangen(loop.actor)).items():
        if aantal:
            loop.tel(wat, aantal)


@taak(
    "deelnemers.dubbelen",
    "Zoekt dossiers die van één persoon kunnen zijn, voor de lijst Mogelijk dubbel.",
    nacht=True,
)
def zoek_dubbelen(loop: Loop) -> None:
    """One statement finds the pairs; only what changed is written."""
    for wat, aantal in dubbelen.nacht(loop.actor).items():
        if aantal:
            loop.tel(wat, aantal)


@taak(
    "deelnemers.bewaartermijnen",
    "Stelt voor welke gegevens gewist mogen worden omdat de bewaartermijn voorbij is.",
    nacht=True,
)
def stel_vernietiging_voor(loop: Loop) -> None:
    """One list per kind of record; nothing goes before two people agree."""
    for wat, aantal in vernietigen.stel_voor(klok.vandaag(), actor=loop.actor).items():
        loop.tel(wat, aantal)


@taak(
    "deelnemers.wissen",
    "Wist wat twee mensen goedkeurden en waarvan de wachttijd voorbij is.",
    nacht=True,
)
def wis(loop: Loop) -> None:
    """After the figures: what happened today is in the facts before they are detached."""
    wissen.voer_uit(loop)
    if aantal := wisregister.leg_weg():
        loop.tel("regels in het wisregister", aantal)


@taak(
    "deelnemers.documenten",
    "Laat documenten die nog wachten door de virusscanner nakijken.",
    stil=True,
)
def scan_documenten(loop: Loop) -> None:
    """Every few minutes, until the scanner has seen them all."""
    documenten.scan_wachtende(loop, documenten.wachtend(), documenten.scan_opnieuw)


@taak(
    "deelnemers.leestoezicht",
    "Zoekt in het leeslog naar wat opvalt, en ruimt verlopen overzichten op.",
    nacht=True,
)
def leestoezicht_houden(loop: Loop) -> None:
    """The days of the last week, so that a night that was missed is made up for; then the list of the officer."""
    vandaag = klok.vandaag()
    for terug in range(leestoezicht.TERUG, 0, -1):
        dag = vandaag - dt.timedelta(days=terug)
        if nieuw := leestoezicht.zoek_signalen(dag, actor=loop.actor):
            loop.tel("signalen", nieuw)
        loop.meld("Leeslog bekijken", leestoezicht.TERUG - terug + 1, leestoezicht.TERUG)
    if weg := inzage.wis_verlopen(loop.actor):
        loop.tel("verlopen overzichten gewist", weg)
    if anders := leestoezicht.werk_lijst_bij(actor=loop.actor):
        loop.tel("regels op de lijst van de privacy officer", anders)


@taak(
    inzage.TAAK,
    "Stelt het overzicht samen van alles wat we van iemand weten, voor wie dat vraagt.",
    met_de_hand=True,
)
def inzage_samenstellen(loop: Loop) -> None:
    """Every request that waits, one transaction each; what was done before a stop stays."""
    wachtend = Privacyverzoek.objects.filter(samenstellen_sinds__isnull=False, status="in_behandeling")
    for pk in list(wachtend.order_by("samenstellen_sinds", "pk").values_list("pk", flat=True)):
        inzage.stel_samen(pk, loop.actor, loop.meld)
        loop.tel("overzichten")


@taak(
    "deelnemers.rondes",
    "Zet de wekelijkse ronde van twee minuten langs de diagnoses op Vandaag.",
    nacht=True,
)
def rondes_bijwerken(loop: Loop) -> None:
    """One row for each regievoerder with something that ages and no round this week yet."""
    if anders := ronde.werk_rondes_bij(actor=loop.actor):
        loop.tel("regels op Vandaag", anders)
