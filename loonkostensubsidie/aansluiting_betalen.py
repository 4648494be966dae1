"""How payments join in on the sockets of kern; beside the room itself, because they are about money."""

from __future__ import annotations

from typing import Any

from kern.aansluitingen import bestanden, menu, werkvoorraad, wissen
from kern.wissen import Opdracht
from loonkostensubsidie import betaalwerk
from loonkostensubsidie.models import Betaalrun, Opdrachtregel, Terugvorderstuk
from loonkostensubsidie.services.aanbieden import BESTAND_KAMER, LIJST_KAMER
from loonkostensubsidie.terugvorderbrief import STUK_KAMER


def _betaalbestanden() -> Any:
    return Betaalrun.objects.exclude(bestand_plaats="").order_by("pk").values_list("bestand_plaats", flat=True)


def _lijsten() -> Any:
    return Betaalrun.objects.exclude(lijst_plaats="").order_by("pk").values_list("lijst_plaats", flat=True)


def _terugvorderbrieven() -> Any:
    return Terugvorderstuk.objects.order_by("pk").values_list("plaats", flat=True)


def _brieven_met_wie_gaat(opdracht: Opdracht) -> None:
    """A letter about a recovery goes with the first person that it names: the table itself names nobody."""
    regels = opdracht.van(Opdrachtregel)
    rijen = opdracht.vraag(
        "SELECT s.id FROM loonkostensubsidie_terugvorderstuk s JOIN loonkostensubsidie_opdrachtregel r "
        "ON r.terugvordering_id = s.terugvordering_id WHERE r.id = ANY(%s)",
        [regels],
    )
    opdracht.voeg_toe(Terugvorderstuk, [rij[0] for rij in rijen])


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    werkvoorraad.sluit_aan(betaalwerk.KAMER, betaalwerk.alle_werk)
    bestanden.sluit_aan(BESTAND_KAMER, _betaalbestanden)
    bestanden.sluit_aan(LIJST_KAMER, _lijsten)
    bestanden.sluit_aan(STUK_KAMER, _terugvorderbrieven)
    wissen.sluit_aan(
        betaalwerk.KAMER,
        bestanden=((Betaalrun, "bestand_plaats"), (Betaalrun, "lijst_plaats"), (Terugvorderstuk, "plaats")),
        verzamel=_brieven_met_wie_gaat,
    )
    menu.punt("Betalingen", "betaalruns", "euro", "subsidie.zien", "subsidie.betalen", blok="Subsidies", volgorde=60)
