"""How payments join in on the sockets of kern; beside the room itself, because they are about money."""

from __future__ import annotations

from typing import Any

from kern.aansluitingen import bestanden, menu, werkvoorraad, wissen
from loonkostensubsidie import betaalwerk
from loonkostensubsidie.models import Betaalrun
from loonkostensubsidie.services.aanbieden import BESTAND_KAMER, LIJST_KAMER


def _betaalbestanden() -> Any:
    return Betaalrun.objects.exclude(bestand_plaats="").order_by("pk").values_list("bestand_plaats", flat=True)


def _lijsten() -> Any:
    return Betaalrun.objects.exclude(lijst_plaats="").order_by("pk").values_list("lijst_plaats", flat=True)


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    werkvoorraad.sluit_aan(betaalwerk.KAMER, betaalwerk.alle_werk)
    bestanden.sluit_aan(BESTAND_KAMER, _betaalbestanden)
    bestanden.sluit_aan(LIJST_KAMER, _lijsten)
    wissen.sluit_aan(betaalwerk.KAMER, bestanden=((Betaalrun, "bestand_plaats"), (Betaalrun, "lijst_plaats")))
    menu.punt("Betalingen", "betaalruns", "euro", "subsidie.zien", "subsidie.betalen", blok="Subsidies", volgorde=60)
