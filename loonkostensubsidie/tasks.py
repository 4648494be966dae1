"""Jobs of this room: composing payment runs, the agreement of payments with the ledger, and the monthly sample."""

from __future__ import annotations

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.taken import Loop, taak
from loonkostensubsidie import besluitaansluiting, betaalaansluiting, betaalwerk, subsidiewerk
from loonkostensubsidie.models import Betaalrun, Herzieningsronde
from loonkostensubsidie.querysets import aflopende_subsidies
from loonkostensubsidie.services.betaalrun import stel_op
from loonkostensubsidie.services.herziening import stel_herziening_op, stel_herziening_vast
from loonkostensubsidie.services.steekproef import trek_steekproef, vorige_maand
from loonkostensubsidie.services.subsidie import sluit_afgelopen

RUN_TAAK = "loonkostensubsidie.betaalrun"
HERZIENING_TAAK = "loonkostensubsidie.herziening"


@taak(RUN_TAAK, "Boekt alle maanden en maakt de opdrachten van betaalruns die worden opgesteld.", stil=True)
def betaalruns(loop: Loop) -> None:
    """Every run that is being composed, the oldest first; a run that was cut off goes on where it stopped."""
    for run in Betaalrun.objects.filter(status="wordt_opgesteld").order_by("pk"):
        klaar = stel_op(run, actor=loop.actor, meld=loop.meld)
        loop.tel("opdrachten", klaar.aantal)
        if klaar.fouten:
            loop.tel("niet berekend", len(klaar.fouten))


@taak("loonkostensubsidie.eindes", "Beëindigt subsidies waarvan de laatste dag voorbij is.", nacht=True)
def eindes(loop: Loop) -> None:
    """The forfait is over or the job ended: the right ends too and comes at the final settlements."""
    for rij in aflopende_subsidies(klok.vandaag()):
        if sluit_afgelopen(rij, actor=loop.actor) is not None:
            loop.tel("beëindigd")
    with handeling(loop.actor):
        loop.tel("op Vandaag", subsidiewerk.ververs_alle())


@taak("loonkostensubsidie.aansluiting", "Vergelijkt wat is besloten met wat is betaald en open staat.", nacht=True)
def aansluiting(loop: Loop) -> None:
    """A difference is something that somebody must look at in the morning."""
    aantal = betaalaansluiting.aantal_verschillen() + len(besluitaansluiting.verschillen())
    with handeling(loop.actor):
        if aantal:
            werkvoorraad.schrijf(betaalwerk.verschilwerk(aantal))
        else:
            werkvoorraad.klaar(betaalwerk.KAMER, betaalwerk.AANSLUITING)
    if aantal:
        loop.tel("verschillen", aantal)


@taak(
    "loonkostensubsidie.steekproef",
    "Trekt elke maand een steekproef van subsidies om loonstroken na te kijken.",
    nacht=True,
)
def steekproef(loop: Loop) -> None:
    """Of the month before, once; the next night there is nothing to do."""
    rij = trek_steekproef(vorige_maand(klok.vandaag()), actor=loop.actor)
    if rij is not None:
        loop.tel("getrokken", rij.omvang)


@taak(
    HERZIENING_TAAK,
    "Stelt de besluiten van de herziening per 1 januari op, en maakt de brieven na goedkeuring.",
    stil=True,
)
def herziening(loop: Loop) -> None:
    """Every round that was started or approved; one that was cut off goes on where it stopped."""
    for ronde in Herzieningsronde.objects.filter(opgesteld_op=None).select_related("gestart_door").order_by("pk"):
        klaar, mis = stel_herziening_op(ronde, taak=loop.actor, meld=loop.meld)
        loop.tel("besluiten", klaar)
        loop.tel("niet berekend", mis)
    rondes = Herzieningsronde.objects.filter(goedkeurder__isnull=False, vastgesteld_op=None)
    for ronde in rondes.select_related("goedkeurder").order_by("pk"):
        gedaan, mis = stel_herziening_vast(ronde, taak=loop.actor, meld=loop.meld)
        loop.tel("vastgesteld", gedaan)
        loop.tel("geweigerd", mis)
