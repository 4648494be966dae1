"""Booking: bring the ledger in line with what the facts say now. Lines are added, never changed (R148)."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from kern import klok
from kern.handeling import Actor, service
from kern.weergave import maand as maandnaam
from loonkostensubsidie.aanspraken import feiten_van
from loonkostensubsidie.keuzes import Boeksoort
from loonkostensubsidie.maandrekenen import NIETS, reken_maand, te_rekenen
from loonkostensubsidie.models import Berekening, Boekregel, Subsidie
from loonkostensubsidie.querysets import laatste_berekeningen, standen
from loonkostensubsidie.rekenen.aanspraak import Feiten
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.maandbedrag import Afgerond
from loonkostensubsidie.rekenen.verschil import leg_uit
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.rekenwijzen import REKENVERSIE, Maandrekening
from loonkostensubsidie.services.teruggave import volg_boeking
from loonkostensubsidie.wetgeving import huidige_wetgeving

log = logging.getLogger(__name__)
_ONBEREKENBAAR = "De gegevens van dit dienstverband passen niet bij elkaar. Kijk de uren, ziekte en loonwaarde na."


@dataclass
class Boekverslag:
    """What a run booked; `fouten` gives per subsidy why nothing of it was booked."""

    regels: int = 0
    maanden: int = 0
    fouten: dict[int, str] = field(default_factory=dict)


@service
def boek(subsidies: Iterable[int], tot_en_met: dt.date, *, actor: Actor, wet: Wetgeving | None = None) -> Boekverslag:
    """Book every month up to the one of `tot_en_met` for these subsidies (primary keys), also changed months before.

    Running it twice adds nothing. Of a subsidy that cannot be computed (a missing table, a wrong fact) nothing is
    booked: the report says why. Rows are locked, so two who book at the same time follow each other.
    """
    wet = wet or huidige_wetgeving()
    rijen = list(
        Subsidie.objects.select_for_update(of=("self",))
        .select_related("deelnemer", "dienstverband", "regeling")
        .filter(pk__in=list(subsidies))
        .order_by("pk")
    )
    geboekt = standen([rij.pk for rij in rijen])
    verslag, anders = Boekverslag(), []
    for rij, feiten in zip(rijen, feiten_van(rijen).values(), strict=True):
        try:
            rekeningen = _reken(rij, feiten, tot_en_met, wet, set(geboekt.get(rij.pk, {})))
        except (OnjuisteInvoer, OntbrekendGegeven) as fout:
            verslag.fouten[rij.pk] = str(fout)
            continue
        except (ArithmeticError, LookupError, ValueError):
            # One odd fact never stops the payment of everybody else.
            log.exception("subsidie %s is niet te berekenen", rij.pk)
            verslag.fouten[rij.pk] = _ONBEREKENBAAR
            continue
        verslag.maanden += len(rekeningen)
        for rekening in rekeningen:
            stand, nummer = geboekt.get(rij.pk, {}).get(rekening.maand, (NIETS, 0))
            if rekening.bedrag != stand:
                anders.append((rij, rekening, stand, nummer))
    vorige = laatste_berekeningen({rij.pk for rij, _, _, nummer in anders if nummer})
    nieuw = [
        _regel(rij, rekening, stand, nummer, vorige.get((rij.pk, rekening.maand), []))
        for rij, rekening, stand, nummer in anders
    ]
    Berekening.objects.bulk_create([berekening for berekening, _ in nieuw], batch_size=500)
    Boekregel.objects.bulk_create([regel for _, regel in nieuw], batch_size=500)
    verslag.regels = len(nieuw)
    correcties = [(regel.subsidie_id, regel.maand) for _, regel in nieuw if regel.soort == Boeksoort.CORRECTIE]
    if correcties:
        volg_boeking(correcties)
    return verslag


def _reken(
    subsidie: Subsidie, feiten: Feiten, tot_en_met: dt.date, wet: Wetgeving, geboekte: set[dt.date]
) -> list[Maandrekening]:
    """Every month with a right or with a line; a month without right comes to nothing."""
    maanden = te_rekenen(subsidie, feiten, tot_en_met, geboekte)
    return [reken_maand(subsidie, feiten, maand, wet) for maand in maanden]


def _regel(
    subsidie: Subsidie, rekening: Maandrekening, stand: Afgerond, nummer: int, vorige: list[dict[str, Any]]
) -> tuple[Berekening, Boekregel]:
    """The calculation and the line that bring a month from `stand` to its new amount."""
    bedrag, nu = rekening.bedrag, klok.nu()
    berekening = Berekening(
        subsidie=subsidie,
        maand=rekening.maand,
        feiten=rekening.feiten,
        specificatie=rekening.specificatie,
        subsidiebedrag=bedrag.lks,
        werkgeverslasten=bedrag.werkgeverslasten,
        totaal=bedrag.totaal,
        rekenversie=REKENVERSIE,
        berekend_op=nu,
    )
    eerste = nummer == 0
    regel = Boekregel(
        subsidie=subsidie,
        berekening=berekening,
        maand=rekening.maand,
        volgnummer=nummer + 1,
        soort=Boeksoort.MAAND if eerste else Boeksoort.CORRECTIE,
        subsidiebedrag=bedrag.lks - stand.lks,
        werkgeverslasten=bedrag.werkgeverslasten - stand.werkgeverslasten,
        totaal=bedrag.totaal - stand.totaal,
        uitleg=f"Bedrag van {maandnaam(rekening.maand)}." if eerste else leg_uit(vorige, rekening.feiten),
        geboekt_op=nu,
    )
    return berekening, regel
