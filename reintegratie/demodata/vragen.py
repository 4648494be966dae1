"""Questions about people to income and to experts: open, late and answered."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Dossiervraag
from deelnemers.services.tijdlijn import vraagregel
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop

_RACHID = "Rachid Amrani"
_INKOMEN = (
    ("Hoeveel mag er bijverdiend worden naast de uitkering?", "De vrijlating loopt tot en met de volgende maand."),
    (
        "Wat gebeurt er met de uitkering bij 20 uur werk per week?",
        "Stuur de loonstrook elke maand door, dan vullen wij aan.",
    ),
    ("Is de aanvraag voor de kosten van kinderopvang al binnen?", "Ja, het besluit gaat deze week de deur uit."),
)
_EXPERT = (
    ("arbo", "Welke aanpassing helpt bij lang staan aan de band?", "Een sta-steun en elk uur even wisselen.", "E. Vos"),
    (
        "mobiliteit",
        "Welke werkgever zoekt mensen met ervaring in groen?",
        "Bel de afdeling groen van het stadsdeel.",
        "J. Kok",
    ),
    ("ontwikkeling", "Is er een korte cursus om met planningen te werken?", "Ja, twee dagdelen, elke maand.", "S. Bos"),
)


def maak(c: Context, d: Dossier, loop: Loop) -> None:
    """For one in twelve people a question to income or to an expert; half of them answered."""
    if not loop.loopt or c.volume:
        return
    if d.mens.persona == "samira":
        _voeg(c, d, loop, "mobiliteit", _EXPERT[1][1], dagen=3)
        _voeg(c, d, loop, "inkomen", _INKOMEN[1][0], dagen=2)
        _voeg(c, d, loop, "inkomen", _INKOMEN[2][0], dagen=20, antwoord=_INKOMEN[2][1], wie=_RACHID)
        return
    rng = c.rng("vragen")
    if rng.random() > 0.08 or loop.netjes:
        return
    antwoord, dagen = rng.random() < 0.5, rng.randint(1, 12)
    if rng.random() < 0.6:
        vraag, zegt = rng.choice(_INKOMEN)
        _voeg(c, d, loop, "inkomen", vraag, dagen=dagen, antwoord=zegt if antwoord else "", wie=_RACHID)
    else:
        aan, vraag, zegt, wie = rng.choice(_EXPERT)
        _voeg(c, d, loop, aan, vraag, dagen=dagen, antwoord=zegt if antwoord else "", wie=wie)


def _voeg(
    c: Context, d: Dossier, loop: Loop, aan: str, vraag: str, *, dagen: int, antwoord: str = "", wie: str = ""
) -> None:
    op, consulent = c.peildatum - dt.timedelta(days=dagen), c.consulent(loop)
    rij = c.s.voeg(
        snel(
            Dossiervraag,
            deelnemer_id=d.deelnemer.pk,
            aan=aan,
            vraag=vraag,
            gesteld_door=consulent,
            gesteld_op=op,
            termijn=op + dt.timedelta(days=7),
            antwoord=antwoord,
            antwoord_van=wie if antwoord else "",
            beantwoord_door=consulent if antwoord else None,
            beantwoord_op=op + dt.timedelta(days=1) if antwoord else None,
            gelezen_op=op + dt.timedelta(days=1) if antwoord else None,
        ),
        op,
    )
    c.tijdlijn(vraagregel(rij))
