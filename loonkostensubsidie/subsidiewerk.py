"""What a running right puts at Vandaag: another employer, a forfait that ends, facts that need a decision.

The ledger follows the facts by itself; these rows see to it that the letter does not stay behind (decision 0052).
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils import timezone

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Gebeurtenis, Werkvoorraad
from kern.weergave import datum
from loonkostensubsidie.aanspraken import werkgeverswissel
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.aanvraagtoestanden import OPEN_BESCHIKKING
from loonkostensubsidie.besluitbedrag import geldend
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Beschikking, Subsidie
from loonkostensubsidie.oudefeiten import OUDE_REKENWIJZEN
from loonkostensubsidie.rekenen.aanspraak import uit_json
from organisatie.rechten import Rol
from regelgeving import opzoeken
from werkgevers.dienstverbandvragen import meting_op, per_dienstverband, periode_op

VOORAF = "lks.forfait_vooraf"
_FORFAIT = "lks_forfait"
_SOORTEN = ("werkgever", "forfait", "besluit")


def alle_werk(**van: Any) -> Iterable[Werkvoorraad]:
    """The rows of every running right, or of those that match, in a fixed number of queries."""
    rijen = list(_lopend(**van))
    if not rijen:
        return
    tijdlijnen = per_dienstverband({rij.dienstverband_id for rij in rijen})
    besluiten, klaar = _besluiten(rijen)
    for rij in rijen:
        yield from _werk(rij, tijdlijnen, besluiten[rij.dienstverband_id], klaar[rij.pk])


def _lopend(**van: Any) -> Iterable[Subsidie]:
    """What runs, and a forfait that ended without a decision about what comes after it."""
    rijen = Subsidie.objects.filter(Q(status="lopend") | Q(status="beeindigd", regeling__rekenwijze=_FORFAIT))
    rijen = rijen.filter(richting=Richting.BETALEN, deelnemer__overleden_op=None, **van)
    return rijen.select_related("deelnemer", "werkgever", "regeling", "dienstverband").order_by("pk")


def _besluiten(rijen: list[Subsidie]) -> tuple[dict[int, list[Beschikking]], dict[int, set[str]]]:
    """Approved decisions with an amount per employment, the last one first; and open or ending ones per right."""
    gevonden = Beschikking.objects.filter(dienstverband__in={rij.dienstverband_id for rij in rijen})
    per_werk: dict[int, list[Beschikking]] = defaultdict(list)
    per_recht: dict[int, set[str]] = defaultdict(set)
    for besluit in gevonden.order_by("-ingangsdatum", "-pk"):
        if besluit.status == "vastgesteld" and besluit.totaal is not None:
            per_werk[besluit.dienstverband_id or 0].append(besluit)
        if besluit.subsidie_id and besluit.status in OPEN_BESCHIKKING:
            per_recht[besluit.subsidie_id].add("open")
        if besluit.subsidie_id and besluit.status == "vastgesteld" and besluit.soort == Besluitsoort.BEEINDIGING:
            per_recht[besluit.subsidie_id].add("einde")
    return per_werk, per_recht


def _werk(rij: Subsidie, tijdlijnen: Any, besluiten: list[Beschikking], klaar: set[str]) -> Iterable[Werkvoorraad]:
    perioden, _, metingen = tijdlijnen
    if rij.regeling.rekenwijze == _FORFAIT:
        yield from _forfait(rij, metingen[rij.dienstverband_id], besluiten, klaar)
    if rij.status != "lopend":
        return
    wissel = werkgeverswissel(rij, perioden[rij.dienstverband_id])
    if wissel is not None and (rij.einddatum is None or rij.einddatum >= wissel):
        yield _regel(
            rij,
            "werkgever",
            titel=f"Beëindig de subsidie aan {rij.werkgever.naam}",
            waarom=f"Vanaf {datum(wissel)} betaalt een andere werkgever het loon. Wij betalen {rij.werkgever.naam} "
            "vanaf die dag niet meer. De nieuwe werkgever vraagt zelf subsidie aan.",
            op=min(wissel, klok.vandaag()),
        )
    elif rij.regeling.rekenwijze not in OUDE_REKENWIJZEN and "open" not in klaar:
        yield from _besluit_nodig(rij, perioden[rij.dienstverband_id], metingen[rij.dienstverband_id], besluiten)


def _forfait(
    rij: Subsidie, metingen: list[Any], besluiten: list[Beschikking], klaar: set[str]
) -> Iterable[Werkvoorraad]:
    """The fixed percentage ends: measure in time, and decide about what was measured."""
    werk, einde = rij.dienstverband, rij.einddatum
    if einde is None or klaar & {"open", "einde"} or (werk.einddatum is not None and werk.einddatum <= einde):
        return
    if any(besluit.soort == Besluitsoort.LOONWAARDE for besluit in besluiten):
        return
    vooraf = dt.timedelta(weeks=int(opzoeken.getal(VOORAF, klok.vandaag())))
    if metingen:
        gemeten = metingen[-1].gemeten_op
        yield _regel(
            rij,
            "forfait",
            titel=f"Neem een besluit over de loonwaarde van {rij.deelnemer.naam}",
            waarom=_voor(gemeten, f"De loonwaarde is gemeten op {datum(gemeten)}"),
            op=_termijn(gemeten),
        )
    elif einde - vooraf <= klok.vandaag():
        woord = "liep" if einde < klok.vandaag() else "loopt"
        yield _regel(
            rij,
            "forfait",
            titel=f"Het vaste percentage {woord} af: meet de loonwaarde van {rij.deelnemer.naam}",
            waarom=f"Het vaste percentage geldt tot en met {datum(einde)}. Zonder meting stopt de subsidie "
            "(Participatiewet art. 10d lid 5).",
            op=einde,
        )


def _besluit_nodig(
    rij: Subsidie, perioden: list[Any], metingen: list[Any], besluiten: list[Beschikking]
) -> Iterable[Werkvoorraad]:
    """A day on which the facts are others than the decision that holds then was based on, also in the past.

    Without any decision (what came from an old system) the first day of the right is what the employer knows.
    """
    eigen = [besluit for besluit in besluiten if besluit.subsidie_id == rij.pk]
    eerst = _feiten_op(rij, perioden, metingen, rij.begindatum)
    nieuw: list[tuple[dt.date, dt.date, str]] = []
    for dag in _keerpunten(rij, perioden, metingen, eigen):
        besluit = geldend(eigen, dag)
        nu = _feiten_op(rij, perioden, metingen, dag)
        if nu is None or (besluit is None and eigen):
            continue
        toen = _besloten(besluit) if besluit is not None else eerst
        if toen is not None and nu != toen:
            bekend, zin = _wat_anders(rij, dag, nu, toen, besluit)
            nieuw.append((bekend, dag, zin))
    if not nieuw:
        return
    bekend, _, zin = min(nieuw)
    yield _regel(
        rij,
        "besluit",
        titel=f"Besluit nodig over de subsidie voor {rij.deelnemer.naam}",
        waarom=_voor(bekend, zin),
        op=_termijn(bekend),
    )


@dataclass(frozen=True)
class _Stand:
    """What sets the amount on a day: hours that count, week of the sector, whole percent, day of birth.

    And since when we know of these hours and of this wage value, which is no difference by itself.
    """

    uren: Decimal
    voltijd: Decimal
    loonwaarde: Decimal | None
    geboren: dt.date
    uren_bekend: dt.date = field(default=dt.date.min, compare=False)
    gemeten_op: dt.date | None = field(default=None, compare=False)


def _keerpunten(rij: Subsidie, perioden: list[Any], metingen: list[Any], eigen: list[Beschikking]) -> list[dt.date]:
    """Days within the right on which something begins to hold: the right, a decision, hours, a wage value."""
    dagen = {rij.begindatum, *(b.ingangsdatum for b in eigen), *(p.begindatum for p in perioden)}
    dagen |= {meting.geldig_vanaf for meting in metingen}
    return sorted(dag for dag in dagen if rij.begindatum <= dag and (rij.einddatum is None or dag <= rij.einddatum))


def _feiten_op(rij: Subsidie, perioden: list[Any], metingen: list[Any], dag: dt.date) -> _Stand | None:
    periode = periode_op(perioden, dag)
    if periode is None:
        return None
    meting = None if rij.regeling.rekenwijze == _FORFAIT else meting_op(metingen, dag)
    return _Stand(
        min(periode.uren_per_week, periode.uren_voltijd),
        periode.uren_voltijd,
        None if meting is None else Decimal(meting.percentage),
        rij.deelnemer.geboortedatum,
        periode.doorgegeven_op or timezone.localtime(periode.aangemaakt_op).date(),
        None if meting is None else meting.gemeten_op,
    )


def _besloten(besluit: Beschikking) -> _Stand | None:
    """The facts that were stored with a decision; None for one of another calculation."""
    if not besluit.feiten or "voltijd" not in besluit.feiten[0]:
        return None
    geval = uit_json(besluit.feiten[0]).geval
    return _Stand(min(geval.uren, geval.voltijd), geval.voltijd, geval.loonwaarde, geval.geboortedatum)


def _wat_anders(
    rij: Subsidie, dag: dt.date, nu: _Stand, toen: _Stand, besluit: Beschikking | None
) -> tuple[dt.date, str]:
    """The day since which we know, not before that of the decision itself, and what is others."""
    sinds = rij.begindatum
    if besluit is not None and besluit.vastgesteld_op is not None:
        sinds = timezone.localtime(besluit.vastgesteld_op).date()
    if (nu.uren, nu.voltijd) != (toen.uren, toen.voltijd):
        return max(nu.uren_bekend, sinds), f"De uren zijn anders vanaf {datum(dag)}"
    if nu.loonwaarde != toen.loonwaarde:
        if nu.gemeten_op is None:
            return sinds, f"Er is geen loonwaarde meer vanaf {datum(dag)}"
        return max(nu.gemeten_op, sinds), f"De loonwaarde is gemeten op {datum(nu.gemeten_op)}"
    return sinds, f"De geboortedatum is anders dan in het besluit van {datum(dag)}"


def _termijn(bekend: dt.date) -> dt.date:
    """Last day to decide about what was known on a day; before the term of five weeks was in the law: that day."""
    try:
        return opzoeken.einde_termijn("LKS_BESCHIKKING", bekend)
    except opzoeken.GegevenOntbreekt:
        return bekend


def _voor(bekend: dt.date, zin: str) -> str:
    uiterlijk = _termijn(bekend)
    if uiterlijk == bekend:
        return f"{zin}."
    return f"{zin}. Beslis uiterlijk op {datum(uiterlijk)} (Participatiewet art. 10d lid 12)."


def _regel(rij: Subsidie, soort: str, *, titel: str, waarom: str, op: dt.date) -> Werkvoorraad:
    return werkvoorraad.regel(
        KAMER,
        f"recht:{rij.pk}:{soort}",
        soort=f"lks_{soort}",
        titel=titel,
        toelichting=f"{rij.deelnemer.naam} bij {rij.werkgever.naam}, {rij.nummer}",
        waarom=waarom,
        url=f"/subsidies/{rij.kenmerk}",
        knop="Openen",
        icoon="document",
        op=op,
        betrokkene_id=rij.deelnemer_id,
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


def ververs(dienstverband_id: int) -> None:
    """Bring the rows of one employment in line. Call inside an action."""
    rechten = Subsidie.objects.filter(dienstverband=dienstverband_id).order_by("pk").values_list("pk", flat=True)
    mogelijk = {f"recht:{pk}:{soort}" for pk in rechten for soort in _SOORTEN}
    regels = list(alle_werk(dienstverband=dienstverband_id))
    werkvoorraad.klaar(KAMER, *(mogelijk - {regel.sleutel for regel in regels}))
    if regels:
        werkvoorraad.schrijf(*regels)


def ververs_alle() -> int:
    """Every row; a forfait comes near by time alone. Call inside an action; returns how many there are."""
    regels = list(alle_werk())
    oud = Werkvoorraad.objects.filter(kamer=KAMER, sleutel__startswith="recht:")
    oud.exclude(sleutel__in=[regel.sleutel for regel in regels]).delete()
    if regels:
        werkvoorraad.schrijf(*regels)
    return len(regels)


def bij_werk(gebeurtenis: Gebeurtenis) -> None:
    """Hours, employer, wage value or the end of an employment became others."""
    ververs(gebeurtenis.data["dienstverband"])


def bij_recht(gebeurtenis: Gebeurtenis) -> None:
    """A right began, changed or ended, or a decision about it was taken."""
    werk = Subsidie.objects.filter(pk=gebeurtenis.data["subsidie"]).order_by("pk").values_list("dienstverband_id")
    for (dienstverband_id,) in werk:
        ververs(dienstverband_id)
