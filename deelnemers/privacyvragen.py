"""The questions of the pages about privacy: requests, signals, break-glass, and who may not open which dossier."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from deelnemers.models import Deelnemer, Doorbreking, Leessignaal, Leesverbod, Privacyverzoek
from deelnemers.services import vernietigen
from deelnemers.services.leestoezicht import OPEN
from deelnemers.toegang import lopende_beperkingen, zonder_verboden
from kern import klok
from kern.models import Taakloop, geldig_op


def alle_verzoeken(medewerker: Any) -> QuerySet[Privacyverzoek]:
    """Every request, with its person; not those of persons whose dossier this reader may not open."""
    return zonder_verboden(Privacyverzoek.objects.select_related("deelnemer"), medewerker)


def verzoeken(medewerker: Any, *, klaar: bool = False) -> QuerySet[Privacyverzoek]:
    """Open requests, the first term first; or those that are done, newest first."""
    if klaar:
        return alle_verzoeken(medewerker).exclude(status__in=OPEN).order_by("-status_sinds", "-pk")
    return alle_verzoeken(medewerker).filter(status__in=OPEN).order_by("termijn", "pk")


def voortgang(rij: Privacyverzoek) -> str:
    """How far the job is with this overview, in words."""
    loop = Taakloop.objects.filter(taak="deelnemers.inzage", gemeente=rij.gemeente_id).order_by("-pk").first()
    gevraagd = rij.samenstellen_sinds
    if loop is None or gevraagd is None or (loop.klaar_op is not None and loop.gestart_op < gevraagd):
        return "Staat in de wachtrij"
    if loop.klaar_op is None:
        return f"{loop.stap or 'Begonnen'} ({loop.gedaan} van {loop.totaal})" if loop.totaal else "Begonnen"
    return "Niet gelukt. Vraag de beheerder om in het takenregister te kijken." if loop.fout else "Bijna klaar"


def alle_signalen(medewerker: Any) -> QuerySet[Leessignaal]:
    """Every signal about persons whom this reader may know."""
    return zonder_verboden(Leessignaal.objects.select_related("medewerker", "deelnemer", "beoordeeld_door"), medewerker)


def signalen(medewerker: Any, *, open_: bool = True) -> QuerySet[Leessignaal]:
    """Signals that nobody looked at, newest first; or those with an outcome."""
    return alle_signalen(medewerker).filter(beoordeeld_op__isnull=open_).order_by("-dag", "-pk")


def doorbrekingen(medewerker: Any) -> QuerySet[Doorbreking]:
    """Every break-glass: what waits for a review first, oldest on top, then the newest reviews."""
    rijen = Doorbreking.objects.select_related("medewerker", "deelnemer__team", "beoordeeld_door")
    return zonder_verboden(rijen, medewerker).order_by(F("beoordeeld_op").desc(nulls_first=True), "aangemaakt_op", "pk")


def verboden(medewerker: Any) -> QuerySet[Leesverbod]:
    """Who may not open which dossier today; nothing about the persons whom this reader may not know herself."""
    rijen = Leesverbod.objects.filter(geldig_op(klok.vandaag())).select_related("medewerker", "deelnemer")
    rijen = zonder_verboden(rijen, medewerker)
    return rijen.order_by("medewerker__achternaam", "medewerker__voornaam", "pk")


def met_beperking(rijen: QuerySet[Deelnemer]) -> QuerySet[Deelnemer]:
    """Each person with `beperkt`: whether the use of the data is restricted now (AVG art. 18)."""
    return rijen.annotate(beperkt=Exists(lopende_beperkingen().filter(deelnemer=OuterRef("pk"))))


def gebruik_beperkt(deelnemer: Deelnemer) -> bool:
    """The same for one person; no question when `met_beperking` asked it already."""
    if "beperkt" in deelnemer.__dict__:
        return bool(deelnemer.__dict__["beperkt"])
    return lopende_beperkingen().filter(deelnemer=deelnemer).exists()


def lopende_termijnen(rij: Privacyverzoek) -> str:
    """Which records of this person are within their own term, in words."""
    mensen = Deelnemer.objects.filter(Q(pk=rij.deelnemer_id) | Q(samengevoegd_met=rij.deelnemer_id)).order_by("pk")
    return vernietigen.in_woorden(vernietigen.lopende_termijnen(mensen.values_list("pk", flat=True), klok.vandaag()))
