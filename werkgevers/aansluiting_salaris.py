"""How deliveries to payroll join in on the sockets of kern (R110); merging and the extract are with the room itself."""

from __future__ import annotations

from typing import Any

from kern.aansluitingen import bewaartermijnen, menu, panelen, werkvoorraad
from werkgevers import salariswerk
from werkgevers.regels import KAMER

_RECHT = "salaris.leveren"


def _paneel(request: Any, dienstverband: Any) -> dict[str, Any] | None:
    # The views need the URLs, which are not there yet when the apps start.
    from werkgevers.views.salaris import paneel

    return paneel(request, dienstverband)


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    werkvoorraad.sluit_aan(salariswerk.KAMER, salariswerk.alle_werk)
    menu.punt("Salaris", "salarisleveringen", "document", _RECHT, blok="Werkgevers", volgorde=70)
    panelen.sluit_aan(
        "dienstverband",
        panelen.Paneel("salaris", 40, "zij", "werkgevers/onderdelen/paneel_salaris.html", _paneel, frozenset({_RECHT})),
    )
    bewaartermijnen.sluit_aan(
        # Sickness goes as soon as the period itself; every other line goes with the dossier.
        bewaartermijnen.Bewaartermijn(
            KAMER,
            "werkgevers_salarismutatie",
            "8.1",
            2,
            "ziek_tot",
            apart=True,
            loopt=True,
            waar="t.soort IN ('ziek', 'hersteld')",
            wat="Ziek en hersteld in leveringen aan salaris",
        )
    )
