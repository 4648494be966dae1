"""Questions about the diagnosis: the advice on the route, and what ages in a caseload."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db.models import F, Q, QuerySet

from deelnemers.models import (
    Belemmering,
    Beschikbaarheid,
    Beschutadvies,
    Competentiemeting,
    Deelnemer,
    Diagnosegegeven,
    Doelgroeplidmaatschap,
    Dossiervraag,
    Inhaalcampagne,
    Inhaaldeelname,
    Opleiding,
    Routekeuze,
    Taalbeheersing,
    Versheid,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.routeadvies import Advies, advies_voor
from deelnemers.toegang import DOSSIER
from deelnemers.vraagkeuzes import Vraagaan
from kern import klok
from kern.beperking import niet_beperkt
from kern.models import geldig_op

#: Name of each kind of item in an address and in a sentence.
NAAM_VAN: dict[type[Diagnosegegeven], str] = {
    Opleiding: "opleiding",
    Werkervaring: "werkervaring",
    Taalbeheersing: "taal",
    Zoekberoep: "zoekberoep",
    Beschikbaarheid: "beschikbaarheid",
    Werkvermogen: "werkvermogen",
    Competentiemeting: "competentie",
}
#: Days before the end of its life that an item belongs in the round of this week.
RONDE_VOORAF = dt.timedelta(days=14)


def routeadvies(deelnemer: Deelnemer) -> Advies:
    """The advice intern or extern for this person today; always from everything, whoever reads it."""
    vandaag = klok.vandaag()
    metingen = Competentiemeting.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True)
    belemmeringen = Belemmering.objects.filter(deelnemer=deelnemer).exclude(status="opgelost")
    groepen = Doelgroeplidmaatschap.objects.filter(geldig_op(vandaag), deelnemer=deelnemer)
    return advies_voor(
        {m.competentie: m for m in metingen.order_by("vastgesteld_op", "id")},
        list(belemmeringen.order_by("id")),
        list(groepen.order_by("id")),
        vandaag,
    )


def zachte_stand(deelnemer_ids: Collection[int]) -> dict[int, dict[str, Competentiemeting]]:
    """The present measurement per person and scale, for a screen with many people."""
    rijen = Competentiemeting.objects.filter(deelnemer__in=deelnemer_ids, vervangen_op__isnull=True)
    uit: dict[int, dict[str, Competentiemeting]] = {pk: {} for pk in deelnemer_ids}
    for rij in rijen.order_by("vastgesteld_op", "id"):
        uit[rij.deelnemer_id][rij.competentie] = rij
    return uit


def routekeuzes(deelnemer: Deelnemer) -> QuerySet[Routekeuze]:
    """Choices intern or extern, newest first."""
    rijen = Routekeuze.objects.filter(deelnemer=deelnemer).select_related("gekozen_door")
    return rijen.order_by("-gekozen_op", "-id")


def _levend(soort: type[Diagnosegegeven]) -> QuerySet[Any]:
    return soort.objects.filter(vervangen_op__isnull=True)  # type: ignore[misc]


def toe_aan_ronde(deelnemer_ids: Any, *, bijzonder: bool) -> dict[int, list[Diagnosegegeven]]:
    """Per person the items that are not fresh or wait for confirmation, the oldest first (R050)."""
    uit: dict[int, list[Diagnosegegeven]] = {}
    for soort in NAAM_VAN:
        if soort is Werkvermogen and not bijzonder:
            continue
        rijen = _levend(soort).filter(deelnemer__in=deelnemer_ids).order_by("houdbaar_tot", "id")
        for rij in rijen:
            if rij.te_bevestigen or rij.versheid != Versheid.ACTUEEL:
                uit.setdefault(rij.deelnemer_id, []).append(rij)
    for rijen in uit.values():
        rijen.sort(key=lambda r: (r.houdbaar_tot, NAAM_VAN[type(r)], r.pk))
    return uit


def regievoerders_met_ronde() -> list[Any]:
    """Members of staff with somebody in a trajectory of whom something runs out soon, ran out or waits."""
    from organisatie.models import Medewerker

    grens = klok.vandaag() + RONDE_VOORAF
    mensen: Any = None
    for soort in NAAM_VAN:
        if soort is Werkvermogen:  # not everybody may see it: it never makes a round by itself
            continue
        ids = _levend(soort).filter(Q(te_bevestigen=True) | Q(houdbaar_tot__lte=grens)).order_by()
        ids = ids.values_list("deelnemer_id", flat=True)
        mensen = ids if mensen is None else mensen.union(ids)
    in_traject = Deelnemer.objects.filter(
        pk__in=mensen, in_traject=True, overleden_op__isnull=True, samengevoegd_met__isnull=True
    )
    rijen = Medewerker.objects.filter(pk__in=in_traject.values("regievoerder"), gebruiker__isnull=False)
    return list(rijen.select_related("gebruiker").order_by("pk"))


def rondemensen(medewerker: Any, ids: Collection[int]) -> list[Deelnemer]:
    """These people of the own caseload who are in a trajectory, by name."""
    from deelnemers.querysets import caseload

    return list(caseload(medewerker).filter(pk__in=ids, in_traject=True).order_by("sorteernaam", "id"))


def inhaalcampagnes() -> QuerySet[Inhaalcampagne]:
    """Catch-up campaigns, the ones that run first, then newest first."""
    rijen = Inhaalcampagne.objects.select_related("team")
    return rijen.order_by(F("gesloten_op").desc(nulls_first=True), "-begindatum", "-id")


def inhaaldeelnames(campagne: Inhaalcampagne, medewerker: Any) -> QuerySet[Inhaaldeelname]:
    """Who takes part, as far as this reader may see the dossier; what waits first."""
    rijen = Inhaaldeelname.objects.filter(DOSSIER.op_betrokkene(medewerker), campagne=campagne)
    rijen = rijen.select_related("deelnemer__regievoerder")
    return rijen.order_by(F("bijgewerkt_op").asc(nulls_first=True), "deelnemer__sorteernaam", "id")


def vragen_in(deelnemer: Deelnemer, *, bijzonder: bool) -> QuerySet[Dossiervraag]:
    """Questions about this person, newest first; sensitive ones only with the right."""
    rijen = Dossiervraag.objects.filter(deelnemer=deelnemer)
    rijen = rijen if bijzonder else rijen.filter(bijzonder=False)
    return rijen.select_related("deelnemer", "gesteld_door", "beantwoord_door").order_by("-gesteld_op", "-id")


def vragen_aan_inkomen(medewerker: Any) -> QuerySet[Dossiervraag]:
    """Open questions to income, but never about who bars this reader, nor data that may only be stored (art. 18)."""
    rijen = Dossiervraag.objects.filter(aan=Vraagaan.INKOMEN, beantwoord_op__isnull=True)
    rijen = rijen.filter(DOSSIER.niet_verboden(medewerker, "deelnemer") & niet_beperkt("deelnemer"))
    return rijen.select_related("deelnemer", "gesteld_door").order_by("termijn", "id")


def beschutadviezen(deelnemer: Deelnemer) -> QuerySet[Beschutadvies]:
    """Requests to UWV and its answers, newest first."""
    rijen = Beschutadvies.objects.filter(deelnemer=deelnemer).select_related("brief", "aangevraagd_door")
    return rijen.order_by("-aangevraagd_op", "-id")
