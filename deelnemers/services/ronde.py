"""The two minutes a week in which a consulent goes through what ages in the own caseload (R050, leap 8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from deelnemers.diagnosevragen import regievoerders_met_ronde
from deelnemers.models import Diagnoseronde
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.models import Werkvoorraad
from organisatie.models import Medewerker

#: Room of the rows of Vandaag about the round: they are about no person, so they are rebuilt apart.
KAMER = "diagnoseronde"
_VRIJDAG = dt.timedelta(days=4)


def maandag(dag: dt.date) -> dt.date:
    """The Monday of the week of a day."""
    return dag - dt.timedelta(days=dag.weekday())


def is_klaar(medewerker: Medewerker) -> bool:
    """Whether the round of this week is done."""
    return Diagnoseronde.objects.filter(medewerker=medewerker, week=maandag(klok.vandaag())).exists()


def _regel(medewerker: Medewerker) -> Werkvoorraad:
    return werkvoorraad.regel(
        KAMER,
        f"ronde:{medewerker.pk}",
        soort="diagnoseronde",
        titel="Doe je ronde van twee minuten",
        toelichting="Klopt nog wat we van je mensen weten?",
        waarom="Er zijn gegevens in je caseload die verouderen of nog bevestigd moeten worden. Eén klik per gegeven.",
        url="/diagnoseronde",
        knop="Beginnen",
        icoon="klok",
        op=maandag(klok.vandaag()) + _VRIJDAG,
        voor_id=medewerker.gebruiker_id,
    )


def alle_werkregels() -> Iterator[Werkvoorraad]:
    """One row for everybody with something to go through and no round this week yet."""
    rondes = Diagnoseronde.objects.filter(week=maandag(klok.vandaag())).order_by("id")
    klaar = set(rondes.values_list("medewerker_id", flat=True))
    for medewerker in regievoerders_met_ronde():
        if medewerker.pk not in klaar:
            yield _regel(medewerker)


@service
def werk_rondes_bij(*, actor: Actor) -> int:
    """Make the rows the wanted ones; returns how many changed."""
    staat = Werkvoorraad.objects.filter(kamer=KAMER).order_by("id")
    anders, weg = werkvoorraad.verschil(staat, list(alle_werkregels()))
    if anders:
        werkvoorraad.schrijf(*anders)
    werkvoorraad.klaar(KAMER, *(rij.sleutel for rij in weg))
    return len(anders) + len(weg)


@service
def rond_af(medewerker: Medewerker, *, actor: Actor) -> Diagnoseronde:
    """The round of this week is done; doing it twice changes nothing."""
    ronde, _ = Diagnoseronde.objects.get_or_create(
        medewerker=medewerker, week=maandag(klok.vandaag()), defaults={"klaar_op": klok.nu()}
    )
    werkvoorraad.klaar(KAMER, f"ronde:{medewerker.pk}")
    return ronde
