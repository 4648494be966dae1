"""Who may read in a dossier what changed in the tables of this room (R227, R228)."""

from __future__ import annotations

from kern.aansluitingen.historie import met_recht
from loonkostensubsidie import models as m


def sluit_aan() -> None:
    met_recht(
        ["subsidie.zien", "subsidie.aanvragen"],
        *(m.Aanvraag, m.Aanvraagcontrole, m.Aanvraagpauze, m.Aanvraagstuk, m.Beschikking, m.Bezwaar, m.Contract),
        *(m.Contractvoorwaarde, m.Factuurregel, m.Schaduwbedrag, m.Steekproefgeval, m.Subsidie, m.Werkgeverslink),
        *(m.Doelgroepverzoek, m.Wijzigingsmelding),
    )
    met_recht(["dossier.bijzonder", "subsidie.behandelen"], m.Vangnetstap)
