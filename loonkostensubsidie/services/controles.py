"""The checks of an application: run again, and judged by who handles it (R149)."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie.aanvraagcontroles import controleer
from loonkostensubsidie.aanvraagkeuzes import Controlesoort, Uitkomst
from loonkostensubsidie.models import Aanvraag, Aanvraagcontrole


def ververs_controles(aanvraag: Aanvraag) -> list[Aanvraagcontrole]:
    """Look again. What somebody judged stays as long as the program finds the same. Call inside a service."""
    staat = {rij.soort: rij for rij in Aanvraagcontrole.objects.filter(aanvraag=aanvraag).order_by("pk")}
    uit = []
    for bevinding in controleer(aanvraag):
        rij = staat.get(bevinding.soort) or Aanvraagcontrole(
            aanvraag=aanvraag, deelnemer_id=aanvraag.deelnemer_id, soort=bevinding.soort
        )
        uit.append(rij)
        if rij.pk and (rij.gevonden, rij.uitleg) == (bevinding.uitkomst, bevinding.uitleg[:400]):
            continue
        rij.gevonden = rij.uitkomst = bevinding.uitkomst
        rij.uitleg, rij.reden, rij.beoordeeld_door_id, rij.op = bevinding.uitleg[:400], "", None, klok.nu()
        rij.save()
    return uit


@service
def kijk_opnieuw(aanvraag: Aanvraag, *, actor: Actor) -> list[Aanvraagcontrole]:
    """Run the checks again after something changed elsewhere."""
    from loonkostensubsidie.services.aanvraag import vergrendel

    rij = vergrendel(aanvraag)
    if not rij.is_open or rij.status == "concept":
        raise OvergangGeweigerd("De controles lopen zolang de aanvraag is ingediend en nog niet klaar is.")
    return ververs_controles(rij)


@service
def beoordeel_controle(
    aanvraag: Aanvraag, soort: Controlesoort | str, uitkomst: Uitkomst | str, reden: str, *, actor: Actor
) -> Aanvraagcontrole:
    """Who handles it sees it differently than the program, with the reason."""
    if actor.gebruiker_id is None:
        raise ValidationError("Een controle beoordeelt een medewerker, niet een taak of koppeling.")
    if not reden.strip():
        raise ValidationError({"reden": "Geef een reden: wat heb je gezien of nagevraagd?"})
    rijen = Aanvraagcontrole.objects.select_for_update(of=("self",)).select_related("aanvraag")
    rij = rijen.get(aanvraag=aanvraag, soort=soort)
    if not rij.aanvraag.is_open:
        raise OvergangGeweigerd("Op deze aanvraag is al beslist.")
    rij.uitkomst, rij.reden, rij.beoordeeld_door_id, rij.op = uitkomst, reden[:400], actor.gebruiker_id, klok.nu()
    rij.full_clean()
    rij.save()
    return rij


def tegenhouders(aanvraag: Aanvraag) -> list[Aanvraagcontrole]:
    """The checks that are not in order, so that an award is not possible yet."""
    rijen = Aanvraagcontrole.objects.filter(aanvraag=aanvraag, uitkomst=Uitkomst.FOUT)
    volgorde = [soort.value for soort in Controlesoort]
    return sorted(rijen, key=lambda rij: volgorde.index(rij.soort))
