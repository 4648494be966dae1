"""Parts that wait for a barrier: choose it, let go of it, and what follows when it is out of the way (R009)."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from deelnemers.keuzes import Belemmeringstatus
from deelnemers.models import Belemmering
from deelnemers.services.contact import wijzig_belemmering
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, service
from kern.models import Gebeurtenis
from kern.toestanden import OvergangGeweigerd
from kern.weergave import hoofdletter
from kern.weigering import IntussenGewijzigd
from trajecten.keuzes import Vrijdoor
from trajecten.models import Blokkade, Trajectonderdeel
from trajecten.services.hulp import KAMER, bewaar, vergrendel, vergrendel_persoon, werk_bij
from trajecten.tijdlijn import blokkaderegels
from trajecten.wachten import belemmeringnaam

#: A part that still has to begin can wait.
NOG_NIET_BEGONNEN = ("gepland", "wacht")


def open_blokkades(onderdeel: Trajectonderdeel) -> QuerySet[Blokkade]:
    """What this part waits for now."""
    rijen = Blokkade.objects.filter(onderdeel=onderdeel, vrij_op__isnull=True)
    return rijen.select_related("belemmering", "onderdeel__instrument").order_by("id")


@service
def kies_blokkades(
    onderdeel: Trajectonderdeel,
    gekozen: Collection[Belemmering],
    *,
    actor: Actor,
    bijzonder: bool = True,
    versie: int | None = None,
) -> Trajectonderdeel:
    """Let this part wait for exactly these open barriers; choosing one marks it as blocking (R009).

    With `bijzonder` false the chooser does not see protected barriers, and what waits for those stays. Raises
    ValidationError for a barrier that is solved or of somebody else, OvergangGeweigerd for a part that began, and
    IntussenGewijzigd when somebody saved the part after the form with `versie` was made.
    """
    vergrendel_persoon(onderdeel.deelnemer_id)
    onderdeel = vergrendel(Trajectonderdeel, onderdeel.pk)
    nu = {rij.belemmering_id: rij for rij in open_blokkades(onderdeel) if bijzonder or not rij.belemmering.bijzonder}
    kies = {rij.pk: rij for rij in gekozen}
    if versie is not None and onderdeel.versie != versie:
        namen = ", ".join(belemmeringnaam(rij.belemmering.soort) for rij in nu.values()) or "niets"
        anders = {"wacht_op_belemmeringen": namen} if nu.keys() != kies.keys() else {}
        raise IntussenGewijzigd(anders, onderdeel.versie)
    if onderdeel.status not in NOG_NIET_BEGONNEN:
        raise OvergangGeweigerd("Dit onderdeel is al begonnen of klaar. Het kan niet meer wachten.")
    for pk in nu.keys() - kies.keys():
        _haal_weg(nu[pk])
    laat_wachten(onderdeel, [rij for pk, rij in kies.items() if pk not in nu], actor)
    onderdeel.versie += 1
    onderdeel.save(update_fields=["versie"])
    werk_bij(onderdeel.deelnemer_id)
    return onderdeel


def laat_wachten(onderdeel: Trajectonderdeel, belemmeringen: Iterable[Belemmering], actor: Actor) -> None:
    """Add these; the caller locked the person and brings the lists up to date."""
    for belemmering in belemmeringen:
        rij = Belemmering.objects.select_for_update(of=("self",)).get(pk=belemmering.pk)
        if rij.deelnemer_id != onderdeel.deelnemer_id:
            raise ValidationError({"wacht_op_belemmeringen": "Deze belemmering hoort bij iemand anders."})
        if rij.status == Belemmeringstatus.OPGELOST:
            zin = f"{hoofdletter(belemmeringnaam(rij.soort))} is al opgelost. Daar hoeft dit niet op te wachten."
            raise ValidationError({"wacht_op_belemmeringen": zin})
        if not rij.blokkerend:
            rij = wijzig_belemmering(rij, blokkerend=True, actor=actor)
        blokkade = Blokkade(
            deelnemer_id=onderdeel.deelnemer_id, onderdeel=onderdeel, belemmering=rij, sinds=klok.vandaag()
        )
        tijdlijn.schrijf(*blokkaderegels(bewaar(blokkade)))


def _haal_weg(rij: Blokkade) -> None:
    """It was no reason to wait after all; the history keeps that it was chosen."""
    for regel in blokkaderegels(rij):
        tijdlijn.wis(KAMER, regel.sleutel)
    rij.delete()


def laat_vrij(rijen: Iterable[Blokkade], door: Vrijdoor, toelichting: str = "") -> None:
    """These no longer wait; the caller locked the person and brings the lists up to date."""
    for rij in rijen:
        rij.vrij_op, rij.vrij_door, rij.toelichting = klok.vandaag(), door, toelichting.strip()[:300]
        rij.save(update_fields=["vrij_op", "vrij_door", "toelichting"])
        tijdlijn.schrijf(*blokkaderegels(rij))


def eis_vrij_of_reden(onderdeel: Trajectonderdeel, reden: str) -> None:
    """A part that waits begins only with a reason; raises ValidationError at `reden` (R009)."""
    if not reden.strip() and open_blokkades(onderdeel).exists():
        zin = "Dit onderdeel wacht nog op een belemmering. Schrijf op waarom het toch begint."
        raise ValidationError({"reden": zin}, code="wacht")


def bij_belemmering(bericht: Gebeurtenis) -> None:
    """A barrier that held parts up changed: what waits for it goes on, or waits until another day."""
    rijen = Blokkade.objects.filter(belemmering=bericht.data["belemmering"], vrij_op__isnull=True)
    wachtend = list(rijen.select_related("belemmering", "onderdeel__instrument").order_by("id"))
    for rij in wachtend:
        if not rij.belemmering.blokkerend:
            opgelost = rij.belemmering.status == Belemmeringstatus.OPGELOST
            laat_vrij([rij], Vrijdoor.OPGELOST if opgelost else Vrijdoor.LOS)
    for deelnemer_id in {rij.deelnemer_id for rij in wachtend}:
        werk_bij(deelnemer_id)
