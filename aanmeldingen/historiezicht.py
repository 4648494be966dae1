"""Who may read in a dossier what changed in the tables of this room (R227, R228)."""

from __future__ import annotations

from aanmeldingen import models as m
from kern.aansluitingen.historie import met_recht, niemand


def sluit_aan() -> None:
    met_recht(
        ["aanmelding.zien"],
        *(m.Aanmelding, m.AanmeldingDocument, m.Aanvullingsvraag, m.Linkopening, m.Overdrachtsmoment, m.Rappel),
        *(m.Teamoverdracht, m.Verzending),
    )
    met_recht(["dossier.bijzonder"], m.AanmeldingBijzonder)
    met_recht(["handhaving.zien"], m.Handhavingssignaal, m.Samenaanpak, m.Aanpakafspraak)
    met_recht(["schoolverlater.zien"], m.Schoolverlater)
    niemand(m.AanmeldingVeiligheid)
