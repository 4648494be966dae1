"""Who may read in a dossier what changed in the tables of this room (R227, R228)."""

from __future__ import annotations

from kern.aansluitingen.historie import iedereen, met_recht, niemand, per_rij
from trajecten import models as m

BIJZONDER = "dossier.bijzonder"


def sluit_aan() -> None:
    iedereen(m.Traject, m.Trajecteinde, waarden=True)
    iedereen(m.Afspraak, m.Afspraakblad, m.Aanwezigheid, m.Groepsdeelname, m.Oproep, m.PlanVanAanpak)
    per_rij("instrument__bijzonder", [BIJZONDER], m.Trajectonderdeel, waarden=True)
    per_rij("belemmering__bijzonder", [BIJZONDER], m.Blokkade)
    per_rij("onderdeel__instrument__bijzonder", [BIJZONDER], m.Scholingsorder, m.Onderdeelafhankelijkheid)
    met_recht([BIJZONDER], m.Onderzoeksuitslag)
    # Whether somebody was asked for an opinion is of that person (R018).
    niemand(m.Waarderingsvraag)
