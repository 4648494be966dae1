"""People in arbeidsmatige dagbesteding, with what their consulent saw; made by the service itself (R062)."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Deelnemer, Groeipotentie
from deelnemers.services.groei import leg_groei_vast
from deelnemers.services.tijdlijn import groeiregel
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern.aansluitingen import tijdlijn
from kern.handeling import handeling
from reintegratie.demodata.wegschrijven import ACTOR

_PLEKKEN = ("Dagcentrum De Werf", "Buurttuin Het Plein", "Atelier Zuid", "Kringloop De Draad")
#: signal, why, weeks since the look, weeks until the next one.
_BLIKKEN = (
    ("duidelijk", "Komt vier dagen op tijd, vraagt zelf om meer uren en leidt een nieuwe collega in.", 8, 18),
    ("mogelijk", "Werkt nu twee dagdelen zelfstandig. Wil graag een keer meekijken in een winkel.", 27, -1),
    ("mogelijk", "Kan een hele ochtend achter elkaar werken. Praten over werk gaat nog moeilijk.", 4, 22),
    ("geen", "", 12, 14),
    ("duidelijk", "Regelt de voorraad alleen en belt af als iets niet lukt.", 26, 0),
)


def maak(peildatum: dt.date) -> None:
    """Persons on the lower steps who are in a trajectory, in the order of their dossier."""
    mensen = Deelnemer.objects.filter(
        in_traject=True, trede_nu__lte=2, overleden_op__isnull=True, samengevoegd_met__isnull=True,
        regievoerder__isnull=False, persona="",
    )  # fmt: skip
    lijst = list(mensen.select_related("regievoerder").order_by("pk"))
    for nummer, mens in enumerate(lijst[:: max(len(lijst) // 25, 1)]):
        signaal, reden, geleden, tot = _BLIKKEN[nummer % len(_BLIKKEN)]
        rij = leg_groei_vast(
            mens, signaal, plek=_PLEKKEN[nummer % len(_PLEKKEN)], reden=reden, medewerker=mens.regievoerder,
            herzien_op=peildatum + dt.timedelta(weeks=26), actor=ACTOR,
        )  # fmt: skip
        rij.vastgesteld_op = peildatum - dt.timedelta(weeks=geleden)
        rij.herzien_op = peildatum + dt.timedelta(weeks=tot)
        with handeling(ACTOR):
            rij.save(update_fields=["vastgesteld_op", "herzien_op"])
            tijdlijn.schrijf(groeiregel(Groeipotentie.objects.select_related("vastgesteld_door").get(pk=rij.pk)))
            ververs_met_lijst(mens.pk)
