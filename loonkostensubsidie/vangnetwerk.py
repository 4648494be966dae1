"""What the illness of an employee with subsidy puts at Vandaag: judgement, plan and reviews, with their last days.

The college, not UWV, helps him back to work, also for a time after the subsidy ended (Participatiewet art. 7 lid 1 a
and lid 3 c; FEITEN 5.3). The rows do not say why somebody does not work (R228).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import F, Q

from deelnemers.services import lijstkolommen
from kern.aansluitingen import werkvoorraad
from kern.models import Gebeurtenis, Werkvoorraad
from kern.weergave import datum
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.models import Subsidie, Vangnetstap
from loonkostensubsidie.vangnetkeuzes import Vangnetsoort
from organisatie.rechten import Rol
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_maanden
from werkgevers.keuzes import NoRisk
from werkgevers.models import Ziekteperiode

_WIJZEN = ("lks_10d", "lks_forfait")
#: Step → the term of it, the article, and the words of the task.
_STAP: dict[Vangnetsoort, tuple[str, str, str]] = {
    Vangnetsoort.OORDEEL: ("ZIEK_OORDEEL", "art. 3", "Geef een oordeel over {naam}"),
    Vangnetsoort.PLAN: ("ZIEK_PVA", "art. 5", "Maak een plan van aanpak met {naam}"),
    Vangnetsoort.HERIJKING: ("ZIEK_HERIJK", "art. 6", "Bekijk het plan van aanpak opnieuw met {naam}"),
}


def volgen_tot(subsidie: Subsidie) -> dt.date | None:
    """The last day on which we follow somebody after the subsidy; None while it runs or when it never was."""
    if subsidie.einddatum is None or subsidie.status == "ingetrokken" or subsidie.regeling.rekenwijze not in _WIJZEN:
        return None
    return plus_maanden(subsidie.einddatum, int(opzoeken.getal("lks.navolgen_maanden", subsidie.einddatum)))


def hoort_erbij(ziekte: Ziekteperiode, rechten: Iterable[Subsidie]) -> bool:
    """Whether the first sick day falls in a subsidy for wage, or in the time after it, of any employer."""
    for recht in rechten:
        tot = volgen_tot(recht)
        if recht.begindatum <= ziekte.begindatum and (tot is None or ziekte.begindatum <= tot):
            return True
    return False


def volgende(ziekte: Ziekteperiode, stappen: list[Vangnetstap]) -> tuple[Vangnetsoort, dt.date] | None:
    """The next step and its last day; None when there is none (any more), or before the regulation.

    `stappen` in order of day.
    """
    if _hersteld(ziekte) or any(stap.soort == Vangnetsoort.EINDE for stap in stappen):
        return None
    oordeel = next((stap for stap in stappen if stap.soort == Vangnetsoort.OORDEEL), None)
    if oordeel is None:
        soort, vanaf = Vangnetsoort.OORDEEL, ziekte.begindatum
    elif not oordeel.langdurig:
        return None
    elif stappen[-1].soort == Vangnetsoort.OORDEEL:
        soort, vanaf = Vangnetsoort.PLAN, oordeel.gedaan_op
    else:
        soort, vanaf = Vangnetsoort.HERIJKING, stappen[-1].gedaan_op
    try:
        return soort, opzoeken.einde_termijn(_STAP[soort][0], vanaf)
    except opzoeken.GegevenOntbreekt:
        return None


def _hersteld(ziekte: Ziekteperiode) -> bool:
    """A period that ends because the job ended is not over: only a day before that is recovery."""
    return ziekte.einddatum is not None and ziekte.einddatum != ziekte.dienstverband.einddatum


def stappen_van(ziekten: Iterable[int]) -> dict[int, list[Vangnetstap]]:
    """The steps of these periods, each in order of day (one query)."""
    uit: dict[int, list[Vangnetstap]] = defaultdict(list)
    for stap in Vangnetstap.objects.filter(ziekte__in=list(ziekten)).select_related("door").order_by("gedaan_op", "pk"):
        uit[stap.ziekte_id].append(stap)
    return uit


def vangnetten(**van: Any) -> list[tuple[Ziekteperiode, list[Vangnetstap]]]:
    """Every period of sickness that the gemeente is responsible for, with its steps, in three queries.

    UWV pays Ziektewet, or it is not known yet; where UWV does not pay, the employer is the one (FEITEN 5.3).
    """
    open_ = Q(einddatum__isnull=True) | Q(einddatum=F("dienstverband__einddatum"))
    rijen = Ziekteperiode.objects.filter(open_, deelnemer__overleden_op=None, **van).exclude(no_risk=NoRisk.NEE)
    ziekten = list(
        rijen.select_related("deelnemer", "dienstverband__jobcoach", "dienstverband__feitelijke_werkgever").order_by(
            "pk"
        )
    )
    if not ziekten:
        return []
    per_persoon = _rechten(z.deelnemer_id for z in ziekten)
    erbij = [z for z in ziekten if hoort_erbij(z, per_persoon[z.deelnemer_id])]
    stappen = stappen_van(z.pk for z in erbij)
    return [(z, stappen[z.pk]) for z in erbij]


def van_toepassing(ziekte: Ziekteperiode) -> bool:
    """Whether the gemeente is responsible for this period, also when it is over."""
    if ziekte.no_risk == NoRisk.NEE:
        return False
    return hoort_erbij(ziekte, _rechten([ziekte.deelnemer_id])[ziekte.deelnemer_id])


def _rechten(deelnemers: Iterable[int]) -> dict[int, list[Subsidie]]:
    """The subsidies for wage of these people, by person; what was withdrawn never was."""
    uit: dict[int, list[Subsidie]] = defaultdict(list)
    rijen = Subsidie.objects.filter(deelnemer__in=set(deelnemers), regeling__rekenwijze__in=_WIJZEN)
    for recht in rijen.exclude(status="ingetrokken").select_related("regeling").order_by("pk"):
        uit[recht.deelnemer_id].append(recht)
    return uit


def werk(**van: Any) -> Iterable[Werkvoorraad]:
    """The rows of Vandaag: one per period, for its next step."""
    for ziekte, stappen in vangnetten(**van):
        stap = volgende(ziekte, stappen)
        if stap is not None:
            yield _regel(ziekte, *stap)


def _regel(ziekte: Ziekteperiode, soort: Vangnetsoort, uiterlijk: dt.date) -> Werkvoorraad:
    _, artikel, titel = _STAP[soort]
    coach = ziekte.dienstverband.jobcoach
    return werkvoorraad.regel(
        KAMER,
        sleutel(ziekte.pk),
        soort="lks_vangnet",
        titel=titel.format(naam=ziekte.deelnemer.naam),
        toelichting=f"Vangnet, werkt bij {ziekte.dienstverband.feitelijke_werkgever.naam}",
        waarom=f"Uiterlijk op {datum(uiterlijk)} (Regeling procesgang vangnetters {artikel}).",
        url=f"/subsidies/vangnet/{ziekte.pk}",
        knop="Openen",
        icoon="hand",
        op=uiterlijk,
        betrokkene_id=ziekte.deelnemer_id,
        voor_id=coach.gebruiker_id if coach else None,
        voor_rol="" if coach else Rol.MEDEWERKER_SUBSIDIES,
    )


def sleutel(ziekte: int) -> str:
    return f"vangnet:{ziekte}"


def ververs(deelnemer: int) -> None:
    """Bring the rows of one person in line. Call inside an action."""
    regels = list(werk(deelnemer=deelnemer))
    mogelijk = {sleutel(pk) for pk in Ziekteperiode.objects.filter(deelnemer=deelnemer).values_list("pk", flat=True)}
    werkvoorraad.klaar(KAMER, *(mogelijk - {regel.sleutel for regel in regels}))
    if regels:
        werkvoorraad.schrijf(*regels)
    lijstkolommen.werk_bij(deelnemer)


def bij_wijziging(gebeurtenis: Gebeurtenis) -> None:
    """Somebody became ill or better, a job ended, or a right began or ended."""
    if gebeurtenis.betrokkene_id is not None:
        ververs(gebeurtenis.betrokkene_id)
