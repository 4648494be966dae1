"""A catch-up campaign that began six weeks ago, with its progress."""

from __future__ import annotations

import datetime as dt

from deelnemers.inhaalkeuzes import Inhaalreden
from deelnemers.models import Inhaalcampagne, Inhaaldeelname
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop

_GELEDEN = dt.timedelta(weeks=6)


def onthoud(c: Context, d: Dossier, loop: Loop) -> None:
    """Who was in a trajectory on the first day of the campaign."""
    begin = c.peildatum - _GELEDEN
    if loop.start <= begin and (loop.eind is None or loop.eind >= begin):
        c.inhaal.append((d.deelnemer.pk, d.deelnemer.diagnose_vers_tot))


def maak(c: Context) -> None:
    """Who was not complete or fresh takes part, and so does a quarter of those who are now: they were done."""
    rng, begin = c.rng("inhaalslag"), c.peildatum - _GELEDEN
    campagne = c.s.voeg(
        snel(
            Inhaalcampagne,
            naam="Diagnoses op orde",
            begindatum=begin,
            klaar_voor=c.peildatum + dt.timedelta(weeks=4),
        ),
        begin,
    )
    for pk, vers_tot in c.inhaal:
        klaar = vers_tot is not None and vers_tot >= c.peildatum
        if klaar and rng.random() > 0.3:
            continue
        c.s.voeg(
            snel(
                Inhaaldeelname,
                deelnemer_id=pk,
                campagne_id=campagne.pk,
                reden=Inhaalreden.VEROUDERD if vers_tot else Inhaalreden.NIET_COMPLEET,
                bijgewerkt_op=begin + dt.timedelta(days=rng.randint(2, 40)) if klaar else None,
            ),
            begin,
        )
