"""What waits for somebody in an employment: rows of Vandaag (R109, R151)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import datum
from organisatie.rechten import Rol
from regelgeving import opzoeken
from werkgevers.dienstverbandvragen import per_dienstverband
from werkgevers.keuzes import BEGELEIDE_SOORTEN, Loonwaarderoute, NoRisk
from werkgevers.loonwaarde import eerste_meting
from werkgevers.models import Dienstverband, Loonwaardemeting, Rekeningwijziging, Ziekteperiode

KAMER = "werkgevers"
SOORTEN = ("loonwaarde", "contracteinde", "wie_betaalt")
#: Periods, sickness and measurements per employment.
Tijdlijnen = tuple[dict[int, Any], dict[int, list[Ziekteperiode]], dict[int, list[Loonwaardemeting]]]


def _vooraf(sleutel: str) -> dt.timedelta:
    return dt.timedelta(days=int(opzoeken.getal(sleutel, klok.vandaag())))


def _rij(rij: Dienstverband, sleutel: str, **velden: Any) -> Werkvoorraad:
    """For the jobcoach; without one for who handles subsidies."""
    coach = rij.jobcoach
    return werkvoorraad.regel(
        KAMER,
        sleutel,
        url=f"/dienstverbanden/{rij.pk}",
        betrokkene_id=rij.deelnemer_id,
        voor_id=coach.gebruiker_id if coach else None,
        voor_rol="" if coach else Rol.MEDEWERKER_SUBSIDIES,
        **velden,
    )


def meten_op(rij: Dienstverband, metingen: list[Loonwaardemeting]) -> dt.date | None:
    """The day on which the wage value must be measured again, or for the first time; None when it need not."""
    if rij.loonwaarderoute == Loonwaarderoute.GEEN:
        return None
    return metingen[-1].volgende_op if metingen else eerste_meting(rij.begindatum, rij.loonwaarderoute)


def meetwerk(rij: Dienstverband, metingen: list[Loonwaardemeting]) -> Iterable[Werkvoorraad]:
    """The next measurement, or the first one before the fixed percentage ends (R151)."""
    dag = meten_op(rij, metingen)
    if dag is None or dag - _vooraf("loonwaarde.vooraf") > klok.vandaag():
        return
    if metingen:
        waarom = f"De loonwaarde is gemeten op {datum(metingen[-1].gemeten_op)}. Op {datum(dag)} meten we opnieuw."
    elif rij.loonwaarderoute == Loonwaarderoute.FORFAIT:
        waarom = f"Het vaste percentage geldt tot {datum(dag)}. Daarna is een meting nodig."
    else:
        waarom = "Bij dit werk hoort een loonwaarde, en er is nog niet gemeten."
    yield _rij(
        rij,
        f"loonwaarde:{rij.pk}",
        soort="loonwaarde",
        titel=f"Laat de loonwaarde meten van {rij.deelnemer.naam}",
        toelichting=f"{rij.functie} bij {rij.feitelijke_werkgever.naam}",
        waarom=waarom,
        knop="Openen",
        icoon="grafiek",
        op=dag,
    )


def contractwerk(rij: Dienstverband) -> Iterable[Werkvoorraad]:
    """The contract ends: what comes after it (R109)."""
    if rij.contract_tot is None or rij.soort not in BEGELEIDE_SOORTEN:
        return
    if rij.contract_tot - _vooraf("dienstverband.contract_vooraf") > klok.vandaag():
        return
    yield _rij(
        rij,
        f"contract:{rij.pk}",
        soort="contracteinde",
        titel=f"Vraag of het contract verder gaat van {rij.deelnemer.naam}",
        toelichting=f"{rij.functie} bij {rij.feitelijke_werkgever.naam}",
        waarom=f"Het contract loopt tot en met {datum(rij.contract_tot)}.",
        knop="Openen",
        icoon="document",
        op=rij.contract_tot,
    )


def betaalwerk(rij: Dienstverband, ziekte: list[Ziekteperiode]) -> Iterable[Werkvoorraad]:
    """Whether UWV pays is not known yet. Why somebody does not work stays unsaid."""
    if rij.loonwaarderoute == Loonwaarderoute.GEEN:
        return
    for periode in ziekte:
        if periode.no_risk == NoRisk.ONBEKEND:
            yield _rij(
                rij,
                f"wiebetaalt:{periode.pk}",
                soort="wie_betaalt",
                titel=f"Vraag of UWV betaalt voor {rij.deelnemer.naam}",
                toelichting=f"Bel {rij.feitelijke_werkgever.naam}",
                waarom="Betaalt UWV, dan wacht de loonkostensubsidie. Dit is nog niet bekend.",
                knop="Vastleggen",
                icoon="telefoon",
                op=periode.begindatum,
            )


def werksleutels(rij: Dienstverband) -> Iterable[str]:
    """Every key that this employment can have in the work list."""
    yield from (f"loonwaarde:{rij.pk}", f"contract:{rij.pk}")
    ziek = Ziekteperiode.objects.filter(dienstverband=rij).order_by("pk").values_list("pk", flat=True)
    yield from (f"wiebetaalt:{pk}" for pk in ziek)


def dienstverbandwerk(rij: Dienstverband, tijdlijnen: Tijdlijnen) -> Iterable[Werkvoorraad]:
    """What waits in one employment; nothing any more when it ended."""
    _, ziekte, metingen = tijdlijnen
    yield from betaalwerk(rij, ziekte[rij.pk])
    if rij.einddatum is None or rij.einddatum > klok.vandaag():
        yield from meetwerk(rij, metingen[rij.pk])
        yield from contractwerk(rij)


def dienstverbandregels(betrokkene_id: int | None = None) -> Iterable[Werkvoorraad]:
    """The rows of every employment, or of one person."""
    rijen = Dienstverband.objects.filter(eigen=True, deelnemer__overleden_op=None)
    if betrokkene_id is not None:
        rijen = rijen.filter(deelnemer=betrokkene_id)
    lijst = list(rijen.select_related("deelnemer", "jobcoach", "feitelijke_werkgever").order_by("pk"))
    tijdlijnen = per_dienstverband(rij.pk for rij in lijst)
    for rij in lijst:
        yield from dienstverbandwerk(rij, tijdlijnen)


def rekeningwerk(rij: Rekeningwijziging) -> Werkvoorraad:
    """Another account number waits: first somebody calls, then a second person decides."""
    bellen = rij.belresultaat in {"", "niet_bereikt"}
    return werkvoorraad.regel(
        KAMER,
        f"rekening:{rij.pk}",
        soort="rekening",
        titel=f"{'Bel terug over' if bellen else 'Beslis over'} het nieuwe rekeningnummer van {rij.werkgever.naam}",
        toelichting="Tot die tijd betalen we deze werkgever niet",
        waarom="Een nieuw rekeningnummer controleren we met twee mensen en een telefoontje naar een bekend nummer.",
        url=f"/werkgevers/{rij.werkgever_id}/rekening",
        knop="Openen",
        icoon="telefoon" if bellen else "vink",
        op=rij.ontvangen_op,
        voor_rol=Rol.MEDEWERKER_SUBSIDIES,
    )


def rekeningregels() -> Iterable[Werkvoorraad]:
    """Every change of an account number that waits."""
    rijen = Rekeningwijziging.objects.filter(status="voorgesteld").select_related("werkgever").order_by("pk")
    return map(rekeningwerk, rijen)
