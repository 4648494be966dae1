"""What the bank did with the orders: receipt or refusal, by form or by file (R149)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import verzet
from kern.weergave import datum, euro
from loonkostensubsidie import betaalwerk
from loonkostensubsidie.betaaltoestanden import BETAALOPDRACHT, BETAALRUN
from loonkostensubsidie.models import Betaalopdracht, Betaalrun
from loonkostensubsidie.services.vasthouden import laat_los
from loonkostensubsidie.terugmeldbestand import BETAALD, GEWEIGERD, Terugmelding

_ACTIE = {BETAALD: "betalen", GEWEIGERD: "weigeren"}


@dataclass
class Terugmeldverslag:
    """How many orders changed, and how many said what we knew already."""

    betaald: int = 0
    geweigerd: int = 0
    al_bekend: int = 0


@service
def verwerk_terugmelding(
    regels: Iterable[Terugmelding], *, actor: Actor, run: Betaalrun | None = None
) -> Terugmeldverslag:
    """Receipts and refusals; with a fault nothing is stored and ValidationError names them all.

    An order may come once; its amount must be ours to the cent; what we know already changes nothing. The lines of a
    refused order are open again. With `run` only orders of that run are accepted.
    """
    lijst = list(regels)
    kenmerken = [r.kenmerk for r in lijst]
    runs = Betaalrun.objects.select_for_update(of=("self",)).order_by("pk")
    op_slot = list(runs.filter(pk__in=Betaalopdracht.objects.filter(eindkenmerk__in=kenmerken).values("run")))
    rijen = Betaalopdracht.objects.select_for_update(of=("self",)).select_related("werkgever", "run")
    rijen = rijen.filter(eindkenmerk__in=kenmerken)
    if run is not None:
        rijen = rijen.filter(run=run)
    opdrachten = {rij.eindkenmerk: rij for rij in rijen.order_by("pk")}
    fouten, gezien, verslag = [], set(), Terugmeldverslag()
    for regel in lijst:
        fouten += _fouten(regel, opdrachten.get(regel.kenmerk), dubbel=regel.kenmerk in gezien)
        gezien.add(regel.kenmerk)
    if fouten:
        raise ValidationError(fouten)
    for regel in lijst:
        _verwerk(opdrachten[regel.kenmerk], regel, verslag, actor)
    for geraakt in op_slot:
        _rond_af(geraakt, actor)
    return verslag


def _fouten(regel: Terugmelding, opdracht: Betaalopdracht | None, *, dubbel: bool) -> list[str]:
    voor = f"{regel.waar}: " if regel.waar else ""
    if dubbel:
        return [f"{voor}{regel.kenmerk} staat er meer dan één keer in."]
    if opdracht is None:
        return [f"{voor}{regel.kenmerk} is geen opdracht die we kennen."]
    uit = []
    if regel.bedrag != opdracht.bedrag:
        uit.append(f"{voor}{regel.kenmerk} was {euro(opdracht.bedrag)}, niet {euro(regel.bedrag)}.")
    if regel.datum > klok.vandaag():
        uit.append(f"{voor}{regel.kenmerk} heeft een datum die nog moet komen: {datum(regel.datum)}.")
    if opdracht.status != regel.uitkomst and BETAALOPDRACHT.stap(opdracht.status, _ACTIE[regel.uitkomst]) is None:
        label = BETAALOPDRACHT.toestand(opdracht.status).label
        uit.append(f"{voor}{regel.kenmerk} kan niet ‘{regel.uitkomst}’ worden: de opdracht is ‘{label}’.")
    return uit


def _verwerk(opdracht: Betaalopdracht, regel: Terugmelding, verslag: Terugmeldverslag, actor: Actor) -> None:
    if opdracht.status == regel.uitkomst:
        verslag.al_bekend += 1
        return
    opdracht.bankdatum = regel.datum
    if regel.uitkomst == BETAALD:
        opdracht.betaald_op = klok.nu()
        verzet(BETAALOPDRACHT, opdracht, "betalen", actor=actor, ook=["bankdatum", "betaald_op"])
        verslag.betaald += 1
        return
    opdracht.reden = regel.reden
    verzet(BETAALOPDRACHT, opdracht, "weigeren", actor=actor, reden=regel.reden, ook=["bankdatum", "reden"])
    laat_los(opdracht)
    betaalwerk.breng_bij(f"geweigerd:{opdracht.pk}", betaalwerk.weigerwerk(opdracht))
    verslag.geweigerd += 1


def _rond_af(run: Betaalrun, actor: Actor) -> None:
    """A run is done when every order in it has an answer."""
    if run.status != "aangeboden" or Betaalopdracht.objects.filter(run=run, status="aangeboden").exists():
        return
    verzet(BETAALRUN, run, "afronden", actor=actor)
    betaalwerk.breng_bij(f"run:{run.pk}", None)
