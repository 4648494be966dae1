"""Who may read in a dossier what changed in the tables of this room (R227, R228)."""

from __future__ import annotations

from kern.aansluitingen.historie import iedereen, met_recht
from werkgevers import models as m


def sluit_aan() -> None:
    iedereen(m.Bemiddeling, m.Dienstverband, m.Dienstverbandperiode, m.Plaatsing, m.Proefplaats, waarden=True)
    iedereen(
        m.Jobhunt, m.Jobhuntbenadering, m.Kandidaatprofiel, m.Nazorgmoment, m.Werkgeversafspraak, m.Werkvormperiode
    )
    met_recht(["dossier.bijzonder"], m.Urenbewaking, m.Urenbeoordeling)
    met_recht(["dossier.bijzonder", "subsidie.behandelen"], m.Ziekteperiode)
    met_recht(["dossier.bijzonder", "loonwaarde.wijzigen"], m.Loonwaardemeting)
    met_recht(["salaris.leveren"], m.Salarismutatie)
