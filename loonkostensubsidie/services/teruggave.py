"""Money that an employer paid back, or that was set off, goes to him again when the recovery does not stand (Awb 7:11).

The ledger of a month does not change by that. A pair of lines says it, together nothing: one is open, so the next
payment run takes it along; the other one is held by the recovery. What a recovery that does not stand holds is minus
what came in (`ontvangen`) and what the employer need not pay (`vrijgesteld`): the nightly check compares the two.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Max, Sum

from kern import klok
from loonkostensubsidie.keuzes import Boeksoort
from loonkostensubsidie.models import Berekening, Boekregel, Terugvordering
from loonkostensubsidie.services.vasthouden import houd_vast

NUL = Decimal("0.00")
_CENT = Decimal("0.01")
Maand = tuple[int, dt.date]


@dataclass
class _Groep:
    """One month of one subsidy within a recovery, in euro.

    `vordering`: what was asked back for it. `vast`: the lines that the recovery holds now. `later`: what was booked for
    this month after it, by itself.
    """

    sleutel: Maand
    vordering: Decimal = NUL
    lasten: Decimal = NUL
    nummer: int = 0
    vast: Decimal = NUL
    later: Decimal = NUL

    @property
    def vrij_te_stellen(self) -> Decimal:
        """What the employer need not pay: not what a later calculation of the month gave him already."""
        return max(self.vordering - max(self.later, NUL), NUL)


def stel_bij(rij: Terugvordering, *, begin: bool = False) -> None:
    """Bring the lines of a recovery that does not stand in line; doing it again changes nothing.

    With `begin` it ends now: all that was asked is set free. Afterwards that only becomes less, when the month itself
    is computed higher: nobody gets the same money twice. Call inside a service, with the recovery locked.
    """
    groepen = _groepen(rij)
    kas, paren, vrijgesteld = _verdeel(rij, groepen), [], NUL
    for groep in groepen:
        nu = -groep.vast - kas[groep.sleutel]
        vrij = groep.vrij_te_stellen if rij.status == "herroepen" else NUL
        vrij = vrij if begin else min(vrij, nu)
        if vrij != nu:
            paren += _paar(rij, groep, vrij - nu)
        vrijgesteld += vrij
    Boekregel.objects.bulk_create(paren)
    houd_vast(paren[1::2], terugvordering=rij)
    rij.vrijgesteld, rij.aantal_regels = vrijgesteld, rij.regels.filter(vrij_op__isnull=True).count()
    rij.save(update_fields=["vrijgesteld", "aantal_regels"])


def volg_boeking(maanden: Iterable[Maand]) -> None:
    """Months were computed again: what was set free before is not paid once more. Call inside a service."""
    geboekt = set(maanden)
    herroepen = Terugvordering.objects.filter(
        status="herroepen",
        regels__boekregel__subsidie__in={subsidie for subsidie, _ in geboekt},
        regels__boekregel__maand__in={maand for _, maand in geboekt},
    )
    sleutels = sorted(set(herroepen.values_list("pk", flat=True)))
    for rij in Terugvordering.objects.select_for_update(of=("self",)).filter(pk__in=sleutels).order_by("pk"):
        stel_bij(rij)


def terug_naar_werkgever(rij: Terugvordering) -> Decimal:
    """What the employer gets of us because this recovery does not stand, in euro; also after it was paid."""
    regels = Boekregel.objects.filter(opdrachtregels__terugvordering=rij, **_tegenhangers(rij))
    return -(regels.aggregate(som=Sum("totaal"))["som"] or NUL)


def _groepen(rij: Terugvordering) -> list[_Groep]:
    """The months of a recovery in order, in three queries."""
    groepen: dict[Maand, _Groep] = {}
    van_deze = Boekregel.objects.filter(opdrachtregels__terugvordering=rij)
    eigen = van_deze.exclude(**_tegenhangers(rij)).distinct().order_by("subsidie_id", "maand", "volgnummer")
    for regel in eigen:
        groep = groepen.setdefault(_sleutel(regel), _Groep(_sleutel(regel)))
        groep.vordering -= regel.totaal
        groep.lasten -= regel.werkgeverslasten
        groep.nummer = regel.volgnummer
    vast = Boekregel.objects.filter(opdrachtregels__terugvordering=rij, opdrachtregels__vrij_op__isnull=True)
    for regel in vast.order_by("pk"):
        groepen[_sleutel(regel)].vast += regel.totaal
    alle = Boekregel.objects.filter(
        subsidie__in={subsidie for subsidie, _ in groepen}, maand__in={maand for _, maand in groepen}
    )
    for regel in alle.exclude(soort=Boeksoort.TERUGGAVE).order_by("pk"):
        van = groepen.get(_sleutel(regel))
        if van is not None and regel.volgnummer > van.nummer:
            van.later += regel.totaal
    return list(groepen.values())


def _tegenhangers(rij: Terugvordering) -> dict[str, str]:
    """Which lines this recovery holds since it does not stand. A line that goes back to the employer after another
    recovery is an open line like any other.
    """
    return {"soort": Boeksoort.TERUGGAVE, "uitleg": f"Staat tegenover de regel hiervoor, bij {rij.nummer}."}


def _sleutel(regel: Boekregel) -> Maand:
    return regel.subsidie_id, regel.maand


def _verdeel(rij: Terugvordering, groepen: list[_Groep]) -> dict[Maand, Decimal]:
    """What came in, over the months in proportion to what was asked; the last month gets the odd cents."""
    deel = {g.sleutel: (rij.ontvangen * g.vordering / rij.bedrag).quantize(_CENT, ROUND_HALF_UP) for g in groepen}
    # After somebody was erased the months are not the whole recovery any more: then no cents to round.
    if groepen and sum(g.vordering for g in groepen) == rij.bedrag:
        deel[groepen[-1].sleutel] += rij.ontvangen - sum(deel.values(), NUL)
    return deel


def _paar(rij: Terugvordering, groep: _Groep, bedrag: Decimal) -> list[Boekregel]:
    """Two lines that are nothing together: the first is open, the second is for the recovery to hold."""
    subsidie, maand = groep.sleutel
    regels = Boekregel.objects.filter(subsidie=subsidie, maand=maand)
    nummer = regels.aggregate(n=Max("volgnummer"))["n"] or 1
    berekening = Berekening.objects.filter(subsidie=subsidie, maand=maand).order_by("-pk").first()
    if berekening is None:
        raise LookupError("een geboekte maand heeft een berekening")
    lasten = (bedrag * groep.lasten / groep.vordering).quantize(_CENT, ROUND_HALF_UP) if groep.vordering else NUL
    zin = (
        f"Terug na {rij.nummer}: dit gaat mee met de volgende betaling."
        if bedrag > 0
        else f"De maand is opnieuw berekend. Wat na {rij.nummer} niet hoefde, is daarin al meegeteld."
    )
    return [
        Boekregel(
            subsidie_id=subsidie,
            berekening=berekening,
            maand=maand,
            volgnummer=nummer + plek,
            soort=Boeksoort.TERUGGAVE,
            subsidiebedrag=teken * (bedrag - lasten),
            werkgeverslasten=teken * lasten,
            totaal=teken * bedrag,
            uitleg=uitleg,
            geboekt_op=klok.nu(),
        )
        for plek, teken, uitleg in ((1, 1, zin), (2, -1, _tegenhangers(rij)["uitleg"]))
    ]
