"""Contracts under older schemes, of every kind and in every state, with a file that was tried out and invoices.

The employments are there already. The old amounts are ours with a small difference here and there: that is what
people look at. ID and WIW come from before 2004; where the employment in the demo is younger, the contract is so too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from kern import klok
from kern.handeling import Actor, handeling
from kern.toestanden import leg_overgang_vast
from loonkostensubsidie.keuzes import Richting, Schaduwstand
from loonkostensubsidie.models import Contract, Regeling, Schaduwbedrag
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from loonkostensubsidie.services import contract as dienst
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.factuur import maak_facturen
from loonkostensubsidie.services.levering import ontvang, verwerk
from loonkostensubsidie.services.schaduw import vergelijk
from loonkostensubsidie.toestanden import CONTRACT
from organisatie.models import Rolvervulling
from organisatie.rechten import Rol
from reintegratie.demodata.subsidies import op_dag
from reintegratie.demodata.wegschrijven import ACTOR
from werkgevers.models import Dienstverband, Werkgever

_NUL, _CENT = Decimal("0.00"), Decimal("0.01")
#: Scheme → how it is computed, what is agreed, and what the amounts of the old system differ from ours, in order.
_PLAN: dict[str, tuple[str, dict[str, Any], tuple[Decimal, ...]]] = {
    "id-baan": (
        "deel_loonkosten",
        {"loonkosten": "2640", "percentage": "75", "loongrens": "instroombaan"},
        (_NUL, _CENT, Decimal("41.20")),
    ),
    "wiw": ("vast_maand", {"bedrag": "980", "naar_uren": True}, (_NUL, _NUL)),
    "begeleid-werken": (
        "deel_loonkosten",
        {"loonkosten": "2410", "percentage": "55", "maximum": "14400", "maximum_per": "jaar"},
        (_NUL, -_CENT, _NUL, Decimal("-18.75")),
    ),
    "wwb-detachering": ("vast_maand", {"bedrag": "465"}, (_NUL, _NUL)),
    "sw-detachering": (
        "per_uur",
        {"bedrag": "9.85", "verlofweken": "5", "ziekte": "0"},
        (_NUL, _NUL, _NUL, Decimal("12.50"), _NUL),
    ),
}
#: Scheme → how the old system begins its numbers.
_AFKORTING = {"id-baan": "ID", "wiw": "WIW", "begeleid-werken": "BW", "wwb-detachering": "WWB", "sw-detachering": "SW"}
_BRON = "overeenkomst met de werkgever"
_KOP = (
    "contractnummer;bsn;regeling;kvk_nummer;loonheffingennummer;begindatum;uren_per_week;rekenwijze;maand;"
    "bedrag_oud;bedrag"
)
#: Lines of a file that was only tried out: nobody we know, and two faults.
_PROEF = (
    "PV-90001;999990019;id-baan;{kvk};;2001-05-01;32;vast_maand;2014-03;850,00;850",
    "PV-90002;999990032;begeleid-werken;12;;01-02-2009;24;vast_maand;2014-03;1.100,00;1100",
    "PV-90003;999990044;wiw;12345678;;2002-13-01;36;vast_maand;2014-03;900,00;900",
)


def maak(peildatum: dt.date) -> None:
    """Call when the employments and the schemes are there."""
    rollen = Rolvervulling.objects.filter(rol=Rol.MEDEWERKER_SUBSIDIES, einddatum=None).select_related("medewerker")
    mensen = [rol.medewerker for rol in rollen.order_by("pk") if rol.medewerker.gebruiker_id is not None]
    if len(mensen) < 2:
        return
    een, twee = (Actor.van_gebruiker(mens.gebruiker) for mens in mensen[:2])
    with op_dag(peildatum):
        maand = plus_maanden(peildatum.replace(day=1), -1)
        rijen = list(_contracten(maand))
        _zet_verder(rijen, maand, een, twee)
        bekend = Werkgever.objects.exclude(kvk_nummer="").order_by("pk").first()
        tekst = "\r\n".join((_KOP, *_PROEF, "")).format(kvk=bekend.kvk_nummer if bekend else "")
        proef = ontvang(tekst.encode(), "pview-2014-03.csv", actor=een)
        verwerk(proef, actor=ACTOR)


def _contracten(maand: dt.date) -> Iterator[tuple[Contract, Decimal]]:
    """Per scheme the oldest employments of its kind, beside the old system for one month."""
    for code, (rekenwijze, termen, verschillen) in _PLAN.items():
        regeling = Regeling.objects.filter(code=code).order_by("pk").first()
        if regeling is None:
            continue
        for nummer, (baan, verschil) in enumerate(zip(_banen(regeling), verschillen, strict=False)):
            yield (
                _contract(baan, regeling, f"{_AFKORTING[code]}-{nummer + 1:04d}", rekenwijze, termen, maand, verschil),
                verschil,
            )


def _banen(regeling: Regeling) -> list[Dienstverband]:
    rijen = Dienstverband.objects.filter(
        soort=regeling.dienstverbandsoort, einddatum=None, deelnemer__overleden_op=None
    ).select_related("deelnemer", "feitelijke_werkgever", "formele_werkgever")
    if regeling.dienstverbandsoort == "sw":
        rijen = rijen.filter(werkvorm="individuele_detachering")
    return list(rijen.order_by("begindatum", "pk")[:6])


def _contract(
    baan: Dienstverband,
    regeling: Regeling,
    sleutel: str,
    rekenwijze: str,
    termen: dict[str, Any],
    maand: dt.date,
    verschil: Decimal,
) -> Contract:
    factureren = regeling.soort == "detachering"
    with handeling(ACTOR):
        rij = Contract.objects.create(
            extern_nummer=sleutel,
            deelnemer=baan.deelnemer,
            dienstverband=baan,
            werkgever=baan.feitelijke_werkgever if factureren else baan.formele_werkgever,
            regeling=regeling,
            richting=Richting.FACTUREREN if factureren else Richting.BETALEN,
            begindatum=baan.begindatum,
            status_sinds=klok.vandaag(),
        )
        begin = CONTRACT.stap("", "inlezen")
        if begin is not None:
            leg_overgang_vast("contract", rij, "", begin, actor=ACTOR)
        dienst.leg_voorwaarde_vast(
            rij, rij.begindatum, rekenwijze, termen, "overeenkomst met de werkgever", actor=ACTOR
        )
        bedrag = Schaduwbedrag.objects.create(
            contract=rij,
            deelnemer=baan.deelnemer,
            maand=maand,
            oud_bedrag=_NUL,
            stand=Schaduwstand.NIET,
            berekend_op=klok.nu(),
        )
        vergelijk([rij], actor=ACTOR)
        bedrag.refresh_from_db()
        if bedrag.nieuw_bedrag is not None:
            bedrag.oud_bedrag = bedrag.nieuw_bedrag - verschil
            bedrag.nieuw_bedrag = bedrag.verschil = None
            bedrag.stand = Schaduwstand.NIET
            bedrag.save()
            vergelijk([rij], actor=ACTOR)
    return rij


def _zet_verder(rijen: list[tuple[Contract, Decimal]], maand: dt.date, een: Actor, twee: Actor) -> None:
    """Of every scheme the first contract goes on: nominated, and where the scheme still runs, taken over."""
    gezien: set[int] = set()
    subsidies = []
    volgende = plus_maanden(maand, 1)  # the old system paid `maand`
    for rij, verschil in rijen:
        if rij.regeling_id in gezien or verschil:
            continue
        gezien.add(rij.regeling_id)
        dienst.draag_voor(rij, "Zelfde bedrag als in het oude systeem.", actor=een)
        if rij.regeling.code in {"sw-detachering", "begeleid-werken"}:
            over = dienst.neem_over(rij, volgende, actor=twee)
            subsidies.append(over.subsidie_id)
    boek(subsidies, volgende, actor=ACTOR)
    maak_facturen(volgende, actor=een)
    anders = [rij for rij, verschil in rijen if abs(verschil) > 1 and rij.regeling.code == "begeleid-werken"]
    if anders:
        termen = {"loonkosten": "2410", "percentage": "55", "maximum": "14625", "maximum_per": "jaar"}
        dienst.stel_voorwaarde_voor(anders[0], maand, "deel_loonkosten", termen, "brief aan de werkgever", actor=een)
