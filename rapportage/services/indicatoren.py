"""Definitions and targets: seeding, proposing, approving by a second person (R164)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from kern import klok
from kern.handeling import Actor, service
from rapportage.keuzes import Versiestatus
from rapportage.models import Indicator, Indicatorversie, Streefwaarde
from rapportage.motor.definitie import Definitie
from rapportage.motor.taal import OnjuisteDefinitie
from rapportage.motor.zaad import GELDIG_VAN, STREEFWAARDEN, VERSIE, zaden


@service
def zorg_voor_indicatoren(*, actor: Actor) -> int:
    """Make the indicators that come with the product where they are missing; returns how many were made."""
    bekend = set(Indicator.objects.values_list("code", flat=True))
    gemaakt = 0
    for volgorde, zaad in enumerate(zaden(), start=1):
        if zaad.code in bekend:
            continue
        indicator = Indicator.objects.create(
            code=zaad.code,
            naam=zaad.naam,
            kort=zaad.kort,
            volgorde=volgorde * 10,
            op_dashboard=zaad.op_dashboard,
            bestuurlijk=zaad.bestuurlijk,
            eigenaar="Controller",
            afgestemd=True,
        )
        Indicatorversie.objects.create(
            indicator=indicator,
            nummer=VERSIE,
            geldig_van=GELDIG_VAN,
            definitie=zaad.definitie.als_json(),
            vingerafdruk=zaad.definitie.vingerafdruk,
            status=Versiestatus.GOEDGEKEURD,
            meegeleverd=True,
            goedgekeurd_op=GELDIG_VAN,
            toelichting="Prestatiecontract 2014.",
        )
        gemaakt += 1
    if gemaakt:
        for jaar, waarden in STREEFWAARDEN.items():
            zet_streefwaarden(jaar, waarden, actor=actor, alleen_nieuw=True)
    return gemaakt


@service
def zet_streefwaarden(
    jaar: int,
    waarden: Mapping[str, Any],
    *,
    actor: Actor,
    team: Any = None,
    pijler: Any = None,
    alleen_nieuw: bool = False,
) -> None:
    """Set the targets of a year, for all, a team or a pillar; `alleen_nieuw` leaves what is there."""
    codes = {i.code: i for i in Indicator.objects.filter(code__in=waarden)}
    onbekend = set(waarden) - set(codes)
    if onbekend:
        raise ValidationError(f"Deze indicator bestaat niet: {', '.join(sorted(onbekend))}.")
    for code, waarde in waarden.items():
        rij, nieuw = Streefwaarde.objects.get_or_create(
            jaar=jaar,
            indicator=codes[code],
            team=team,
            pijler=pijler,
            defaults={"waarde": Decimal(str(waarde))},
        )
        if not nieuw and not alleen_nieuw and rij.waarde != Decimal(str(waarde)):
            rij.waarde, rij.versie = Decimal(str(waarde)), rij.versie + 1
            rij.save(update_fields=["waarde", "versie"])


@service
def stel_versie_voor(
    indicator: Indicator,
    *,
    nummer: str,
    geldig_van: dt.date,
    definitie: Mapping[str, Any],
    toelichting: str,
    actor: Actor,
    opsteller: Any,
) -> Indicatorversie:
    """Propose a version of a definition. Raises ValidationError when it cannot be computed (R164)."""
    try:
        gelezen = Definitie.uit_json(definitie)
    except OnjuisteDefinitie as fout:
        raise ValidationError({"definitie": str(fout)}) from None
    versie = Indicatorversie(
        indicator=indicator,
        nummer=nummer,
        geldig_van=geldig_van,
        definitie=gelezen.als_json(),
        vingerafdruk=gelezen.vingerafdruk,
        toelichting=toelichting,
        status=Versiestatus.VOORGESTELD,
        opgesteld_door=opsteller,
    )
    versie.full_clean(exclude=["gemeente"])
    versie.save()
    return versie


@service
def maak_indicator(code: str, naam: str, *, actor: Actor, kort: str = "", volgorde: int = 500) -> Indicator:
    """Add a figure without code; it shows once a version is approved, over the whole history (R168)."""
    indicator = Indicator(code=code, naam=naam, kort=kort, volgorde=volgorde)
    indicator.full_clean(exclude=["gemeente"])
    indicator.save()
    return indicator


@service
def beoordeel_versie(versie: Indicatorversie, *, akkoord: bool, beoordelaar: Any, actor: Actor) -> Indicatorversie:
    """Approve or refuse as second person; the author cannot (R164)."""
    versie = Indicatorversie.objects.select_for_update(of=("self",)).get(pk=versie.pk)
    if versie.status != Versiestatus.VOORGESTELD:
        raise ValidationError("Over deze versie is al besloten.")
    if beoordelaar is None or beoordelaar.pk == versie.opgesteld_door_id:
        raise ValidationError("Iemand anders dan de opsteller keurt een definitie goed.")
    versie.beoordeeld_door = beoordelaar
    versie.status = Versiestatus.GOEDGEKEURD if akkoord else Versiestatus.AFGEWEZEN
    versie.goedgekeurd_op = klok.vandaag() if akkoord else None
    versie.versie += 1
    versie.save(update_fields=["beoordeeld_door", "status", "goedgekeurd_op", "versie"])
    return versie
