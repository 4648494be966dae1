"""Who may read in a dossier what changed in the tables of this room (R227, R228)."""

from __future__ import annotations

from kern.aansluitingen.historie import iedereen, met_recht, niemand, per_rij
from trajecten import models as m

BIJZONDER, AFGESCHERMD = "dossier.bijzonder", "dossier.afgeschermde_doelgroep"


def sluit_aan() -> None:
    iedereen(m.Traject, m.Trajecteinde, waarden=True)
    iedereen(m.Afspraak, m.Afspraakblad, m.Aanwezigheid, m.Groepsdeelname, m.Oproep, m.PlanVanAanpak)
    # The name of a shielded part says what group somebody is in (R007).
    eigen = ("instrument__afgeschermd", AFGESCHERMD)
    van_deel = ("onderdeel__instrument__afgeschermd", AFGESCHERMD)
    per_rij("instrument__bijzonder", [BIJZONDER], m.Trajectonderdeel, waarden=True, ook=eigen)
    per_rij("belemmering__bijzonder", [BIJZONDER], m.Blokkade, ook=van_deel)
    bij_deel = (m.Scholingsorder, m.Onderdeelafhankelijkheid)
    per_rij("onderdeel__instrument__bijzonder", [BIJZONDER], *bij_deel, ook=van_deel)
    met_recht([BIJZONDER], m.Onderzoeksuitslag)
    # Whether somebody was asked for an opinion is of that person (R018).
    niemand(m.Waarderingsvraag)
