"""Small numbers: below the threshold tile and list are withheld together, and a second part with them.

Otherwise the one part that is hidden follows from the whole minus the other parts.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kern import klok
from kern.models import Instellingswaarde
from organisatie.models import Team
from rapportage.keuzes import KOLOM, Dimensie, Meting
from rapportage.models import Cijferstand
from rapportage.motor.standen import Actueel
from rapportage.motor.vraag import Telling

INSTELLING = "rapportage.kleine_getallen"
STANDAARD = 5
#: Figures of which two give the third.
SAMEN = ({"1.0", "1.1", "overige"},)


def drempel() -> int:
    """Numbers from 1 up to this one, exclusive, are small (setting of the gemeente)."""
    rij = (
        Instellingswaarde.objects.filter(sleutel=INSTELLING, geldig_van__lte=klok.vandaag())
        .order_by("-geldig_van", "-id")
        .first()
    )
    return int(rij.waarde) if rij else STANDAARD


def is_klein(telling: Telling, grens: int) -> bool:
    """Whether the numerator, or what is left of the denominator, is small."""
    return 0 < telling.teller < grens or 0 < telling.noemer - telling.teller < grens


def onderdrukt(delen: Mapping[Any, Telling], grens: int) -> set[Any]:
    """The parts to withhold: the small ones, and enough others that none can be computed back."""
    uit = {sleutel for sleutel, telling in delen.items() if is_klein(telling, grens)}
    rest = sorted(
        ((t.noemer, str(s), s) for s, t in delen.items() if s not in uit and t.noemer > 0),
        key=lambda drie: drie[:2],
    )
    while uit and rest and (len(uit) == 1 or sum(delen[s].teller for s in uit) < grens):
        uit.add(rest.pop(0)[2])
    return uit


def verborgen(
    actueel: Mapping[str, Actueel],
    tellingen: Mapping[tuple[str, str, str], Telling],
    dimensie: str,
    waarde: str,
) -> set[str]:
    """Codes to withhold for one split, given the counts of all parts: (code, dimension, value) → count."""
    if dimensie == Dimensie.HEEL:
        return {
            code for code in actueel if is_klein(tellingen.get((code, Dimensie.HEEL, ""), Telling(0, 0)), drempel())
        }
    teams = _pijlers() if dimensie == Dimensie.TEAM else {}
    return _verborgen(actueel, tellingen, dimensie, waarde, teams=teams, grens=drempel())


def verborgen_per_team(actueel: Mapping[str, Actueel], dag: dt.date) -> dict[int, set[str]]:
    """For every team the codes to withhold when all teams stand beside each other; a fixed number of queries."""
    tellingen, teams, grens = delen_van(actueel.values(), dag), _pijlers(), drempel()
    return {int(team): _verborgen(actueel, tellingen, Dimensie.TEAM, team, teams=teams, grens=grens) for team in teams}


def _pijlers() -> dict[str, str]:
    """The pillar of every team, as a figure keeps them."""
    return {str(t): str(p) for t, p in Team.objects.order_by("pk").values_list("pk", "pijler_id")}


def _verborgen(
    actueel: Mapping[str, Actueel],
    tellingen: Mapping[tuple[str, str, str], Telling],
    dimensie: str,
    waarde: str,
    *,
    teams: Mapping[str, str],
    grens: int,
) -> set[str]:
    pijler, uit = teams.get(waarde, ""), set()
    for code in actueel:
        delen = {w: t for (c, d, w), t in tellingen.items() if c == code and d == dimensie}
        if dimensie == Dimensie.TEAM:
            pijlers = {w: t for (c, d, w), t in tellingen.items() if c == code and d == Dimensie.PIJLER}
            if pijler in onderdrukt(pijlers, grens):
                uit.add(code)
            delen = {w: t for w, t in delen.items() if teams.get(w, "") == pijler}
        if waarde in onderdrukt(delen, grens):
            uit.add(code)
    for groep in SAMEN:
        if uit & groep:
            uit |= groep & set(actueel)
    return uit


def delen_van(versies: Iterable[Actueel], dag: Any) -> dict[tuple[str, str, str], Telling]:
    """All stored parts of one day, for the comparison between siblings."""
    codes = {a.versie.pk: a.versie.indicator.code for a in versies}
    rijen = Cijferstand.objects.filter(versie__in=codes, dag=dag, dimensie__in=[Dimensie.HEEL, *KOLOM])
    velden = rijen.order_by("pk").values_list("versie_id", "dimensie", "waarde", "teller", "noemer", "stopgezet")
    return {(codes[v], d, w): Telling(t, n, s) for v, d, w, t, n, s in velden}


def is_klein_getal(getal: int, grens: int) -> bool:
    """Whether this number by itself says something about a few people."""
    return 0 < getal < grens


def kleine_regels(per_regel: Mapping[int, int], grens: int) -> frozenset[int]:
    """Rules of a figure to withhold: the small ones, and so many others that the sum does not give them away."""
    uit = {regel for regel, getal in per_regel.items() if is_klein_getal(getal, grens)}
    rest = sorted((getal, regel) for regel, getal in per_regel.items() if regel not in uit and getal)
    while uit and rest and (len(uit) == 1 or sum(per_regel[r] for r in uit) < grens):
        uit.add(rest.pop(0)[1])
    return frozenset(uit)


def te_tonen(punten: Sequence[int | None], grens: int) -> list[int | None]:
    """A line that only rises, without the points of which the step from the point before is small.

    A month minus the month before it is a number too: the last point stays, and each point before it when the step
    to what follows is nothing or large enough. What is left may not begin small either.
    """
    uit: list[int | None] = [None] * len(punten)
    volgende: int | None = None
    for plek in range(len(punten) - 1, -1, -1):
        punt = punten[plek]
        if punt is None or is_klein_getal(punt, grens):
            continue
        if volgende is None or not is_klein_getal(volgende - punt, grens):
            uit[plek] = volgende = punt
    return uit


def kleine_stap(actueel: Mapping[str, Actueel], keuze: Any, laatste: dt.date) -> set[str]:
    """Codes of which this day of the year gives, beside the other months, a small number away."""
    codes = {a.versie.pk: code for code, a in actueel.items() if a.definitie.meting == Meting.STROOM}
    rijen = Cijferstand.objects.filter(
        versie__in=codes, dimensie=keuze.dimensie, waarde=keuze.waarde, dag__year=keuze.peildatum.year, dag__lte=laatste
    )
    reeksen: dict[str, list[tuple[dt.date, int]]] = {}
    for versie, dag, teller in rijen.order_by("dag", "pk").values_list("versie_id", "dag", "teller"):
        reeksen.setdefault(codes[versie], []).append((dag, teller))
    grens, uit = drempel(), set()
    for code, punten in reeksen.items():
        getoond = te_tonen([teller for _, teller in punten], grens)
        op = next((plek for plek, (dag, _) in enumerate(punten) if dag == keuze.peildatum), None)
        if op is not None and getoond[op] is None and punten[op][1]:
            uit.add(code)
    return uit
