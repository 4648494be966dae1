"""About the diagnosis: the choice intern or extern, what began without one, and what an assessment found."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deelnemers.keuzes import Route
from deelnemers.models import Routekeuze
from deelnemers.routeadvies import LVB, PSYCHOSOCIAAL, VAARDIGHEDEN, Criterium, weeg
from deelnemers.services.tijdlijn import routeregel
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop
from trajecten.models import Onderzoeksuitslag, Traject, Trajectonderdeel
from trajecten.tijdlijn import onderdeelregels, uitslagregel

_ANDERS = {
    Route.EXTERN: (
        "Kan meteen beginnen bij een werkgever die hem al kent.",
        "Werkt al een dag per week buiten en dat gaat goed.",
        "Heeft thuis steun en een vaste begeleider op de werkplek.",
    ),
    Route.INTERN: (
        "Wil eerst wennen aan vaste dagen.",
        "De reis naar een werkgever lukt nog niet.",
        "Begint liever in een groep die zij kent.",
    ),
}
_MINSTENS = 3


def maak(c: Context, d: Dossier, loop: Loop) -> None:
    """One choice for most people with measurements; one in eight other than the advice."""
    rng, scores = c.rng("routekeuzes"), d.extra.pop("scores", {})
    soort = d.extra.pop("intern_door", "")
    if not scores or rng.random() > 0.7:
        return
    op = max(*(dag for _, dag in scores.values()), loop.start)
    if loop.loopt:  # the day to look again lies ahead: the lists of Vandaag stay as the plan has them
        op = max(op, c.peildatum - dt.timedelta(days=rng.randint(3, 80)))
    criteria = [
        Criterium(code, "goed" if scores[code][0] >= _MINSTENS else "tekort", f"{scores[code][0]} van 5.")
        for code, _ in VAARDIGHEDEN
    ]
    if soort in {PSYCHOSOCIAAL, LVB}:
        criteria.append(Criterium(soort, "tekort", "Dit staat open en weegt zwaar.", bijzonder=True))
    advies = weeg(criteria)
    assert advies.route is not None  # noqa: S101 - every skill was measured
    anders = Route.EXTERN if advies.route == Route.INTERN else Route.INTERN
    gekozen = anders if rng.random() < 0.12 else advies.route
    keuze = c.s.voeg(
        snel(
            Routekeuze,
            deelnemer_id=d.deelnemer.pk,
            advies=advies.route,
            criterium=advies.code,
            bijzonder=advies.beslist is not None and advies.beslist.bijzonder,
            criteria=[{"code": k.code, "oordeel": k.oordeel, "zin": k.zin} for k in criteria],
            gekozen=gekozen,
            afwijkreden=rng.choice(_ANDERS[gekozen]) if gekozen != advies.route else "",
            gekozen_op=op,
            gekozen_door=c.consulent(loop),
            herbeoordelen_op=op + dt.timedelta(weeks=13) if gekozen == Route.INTERN else None,
        ),
        op,
    )
    c.tijdlijn(routeregel(keuze))


_ZONDER_DIAGNOSE = (
    "De groep begint maandag en het gesprek is pas volgende week.",
    "De plek komt anders vrij voor een ander.",
    "De diagnose is net verlopen, het beeld is hetzelfde.",
)


def zonder_diagnose(c: Context, d: Dossier, instrument: Any, status: str) -> str:
    """Why a part began without a current diagnosis; of those that stopped early it was so more often."""
    rng = c.rng("zonder_diagnose")
    deel = rng.random()
    if status == "gepland" or instrument.zonder_diagnose or d.extra.get("netjes"):
        return ""
    return rng.choice(_ZONDER_DIAGNOSE) if deel < (0.13 if status == "gestopt" else 0.05) else ""


_UITSLAGEN = (
    ("extern", ("regulier_kan",), "Kan goed zelfstandig werken en vraagt op tijd om hulp."),
    ("extern", ("met_begeleiding", "taal_eerst"), "Met een vaste begeleider gaat het werk goed."),
    ("intern", ("opbouw_uren", "vaste_structuur"), "Begint met vier dagdelen en bouwt dat op."),
    ("intern", ("lager_tempo", "met_begeleiding"), "Werkt nauwkeurig en neemt de tijd."),
    ("scholing", ("regulier_kan", "taal_eerst"), "Leert snel en wil een vak leren."),
    ("beschut", ("lager_tempo", "aanpassing_werkplek", "loonwaarde_meten"), "Heeft elke dag begeleiding nodig."),
)


def uitslag(c: Context, d: Dossier, onderdeel: Any, tot: dt.date) -> None:
    """The result of a Startmeter or Zeehoeve that was finished."""
    if onderdeel.instrument.soort != "diagnose" or onderdeel.status != "afgerond" or c.volume:
        return
    rng = c.rng("uitslagen")
    advies, conclusies, zin = rng.choice(_UITSLAGEN)
    rij = c.s.voeg(
        snel(
            Onderzoeksuitslag,
            deelnemer_id=d.deelnemer.pk,
            onderdeel=onderdeel,
            afgenomen_op=tot,
            beoordelaar=f"Team onderzoek {onderdeel.instrument.naam}",
            scores={},
            conclusies=list(conclusies),
            advies=advies,
            toelichting=zin,
        ),
        tot,
    )
    c.tijdlijn(uitslagregel(rij))


def startmeter(c: Context, d: Dossier, loop: Loop, traject: Traject) -> None:
    """A Startmeter in the first weeks of a trajectory, with its result."""
    instrument, van = c.aanbod.instrument["startmeter"], loop.start + dt.timedelta(days=10)
    tot = van + dt.timedelta(days=11)
    onderdeel = c.s.voeg(
        snel(
            Trajectonderdeel,
            deelnemer_id=d.deelnemer.pk,
            traject_id=traject.pk,
            instrument=instrument,
            route=instrument.route,
            dagdelen=instrument.dagdelen,
            status="afgerond",
            status_sinds=tot,
            begindatum=van,
            einddatum=tot,
            resultaat="Weet welk werk past.",
            kosten=instrument.kosten,
        ),
        van,
    )
    c.tijdlijn(*onderdeelregels(onderdeel))
    d.extra["delen"].append(onderdeel)
    uitslag(c, d, onderdeel, tot)
