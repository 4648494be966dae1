"""Employments over the years: stocks by the balance sheet, law by date, starts from trajectories that ended."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from random import Random

from reintegratie.demodata import plan
from reintegratie.demodata.stromen import Baan, Loop, Mens, Stromen

_SOORTEN = ("sw", "begeleid_werken", "lks", "id", "wiw", "wwb_detachering", "beschut")
#: From this day nobody comes into the Wsw, ID and WIW (Participatiewet).
PARTICIPATIEWET = dt.date(2015, 1, 1)
_GESLOTEN = {"sw", "id", "wiw"}


def maak(zaad: str, s: Stromen, eerste_jaar: int) -> None:
    """Fill `s.banen` so that the stock at each year end, and on the peildatum, is that of the plan."""
    rng = Random(f"{zaad}:banen")
    _kies_lks(rng, s)
    per_jaar = _uit_trajecten(s)
    for soort in _SOORTEN:
        lopend = [
            _oude_baan(rng, s, soort, eerste_jaar) for _ in range(_stand(s, soort, dt.date(eerste_jaar - 1, 12, 31)))
        ]
        for jaar in range(eerste_jaar, s.peildatum.year + 1):
            laatste = min(dt.date(jaar, 12, 31), s.peildatum)
            lopend += per_jaar.get((soort, jaar), [])
            teveel = len(lopend) - _stand(s, soort, laatste)
            if teveel > 0:
                _beeindig(rng, lopend, teveel, jaar, laatste)
                lopend = [b for b in lopend if b.eind is None]
            elif teveel < 0 and (soort not in _GESLOTEN or jaar < PARTICIPATIEWET.year):
                for _ in range(-teveel):
                    begin = _dag_in(rng, dt.date(jaar, 10 if (soort, jaar) == ("lks", 2013) else 1, 1), laatste)
                    lopend.append(_baan(s, s.mens(), soort, begin))


def _stand(s: Stromen, soort: str, dag: dt.date) -> int:
    """Stock on a day: between two year ends it moves evenly; LKS moves per quarter."""
    voor, na = (getattr(plan.standen(j), soort) for j in (dag.year - 1, dag.year))
    deel = Fraction((dag - dt.date(dag.year - 1, 12, 31)).days, 366 if dag.year % 4 == 0 else 365)
    if (dag.month, dag.day) == (12, 31):
        deel = Fraction(1)
    return plan.geschaald(1, (voor + (na - voor) * deel) * s.schaal, 0)


def _kies_lks(rng: Random, s: Stromen) -> None:
    """Which of the people who found work started with loonkostensubsidie, per quarter."""
    for jaar in sorted({k.werk_op.year for k in s.lopen if k.werk_op}):
        if jaar < 2014:
            continue
        quota = plan.verdeel(dict(enumerate(plan.LKS_NIEUW)), plan.rond(sum(plan.LKS_NIEUW) * s.schaal), minstens=1)
        for kwartaal, n in quota.items():
            begin = dt.date(jaar, kwartaal * 3 + 1, 1)
            eind = dt.date(jaar, kwartaal * 3 + 3, 30 if kwartaal in {1, 2} else 31)
            kan = [
                k
                for k in s.lopen
                if k.werk_op is not None
                and begin <= k.werk_op <= eind
                and k.einde is not None
                and k.mens.dubbel_van is None
                and k.einde.groep in {"werk", "deeltijd"}
                and k.einde.uitkomst != "sw"
                and not k.wacht
                and k.mens.partner is None
            ]
            deel = Fraction(max((min(s.peildatum, eind) - begin).days + 1, 0), (eind - begin).days + 1)
            for loop in rng.sample(kan, min(plan.rond(n * deel), len(kan))):
                loop.lks = True


def _uit_trajecten(s: Stromen) -> dict[tuple[str, int], list[Baan]]:
    uit: dict[tuple[str, int], list[Baan]] = {}
    for loop in s.lopen:
        if loop.werk_op is None or loop.einde is None or loop.wacht or loop.mens.dubbel_van is not None:
            continue
        soort = "lks" if loop.lks else ""
        if loop.einde.uitkomst == "sw":
            soort = "sw" if loop.werk_op < PARTICIPATIEWET else "beschut"
        if soort:
            baan = _baan(s, loop.mens, soort, loop.werk_op, loop)
            uit.setdefault((soort, loop.werk_op.year), []).append(baan)
    return uit


def _baan(s: Stromen, mens: Mens, soort: str, begin: dt.date, loop: Loop | None = None) -> Baan:
    baan = Baan(mens, soort, begin, loop=loop)
    mens.banen.append(baan)
    s.banen.append(baan)
    return baan


def _oude_baan(rng: Random, s: Stromen, soort: str, jaar: int) -> Baan:
    """Somebody who already worked: the median is seven years."""
    dagen = int(rng.lognormvariate(7.85, 0.55))
    begin = dt.date(jaar, 1, 1) - dt.timedelta(days=min(dagen, 365 * 24))
    if soort in _GESLOTEN:
        begin = min(begin, PARTICIPATIEWET - dt.timedelta(days=rng.randint(20, 1500)))
    if soort in {"beschut", "lks"}:
        begin = max(
            begin, dt.date(2015 if soort == "beschut" else 2013, 10 if soort == "lks" else 3, 1 + rng.randrange(28))
        )
    return _baan(s, s.mens(), soort, begin)


def _beeindig(rng: Random, lopend: list[Baan], n: int, jaar: int, laatste: dt.date) -> None:
    """End `n`, spread over the quarters; who began this year stays if possible, and one old one always."""
    oud = [b for b in lopend if b.begin.year < jaar]
    blijft = oud[:1] if n < len(lopend) else []
    oud = oud[len(blijft) :]
    gekozen = rng.sample(oud if len(oud) >= n else [b for b in lopend if b not in blijft], n)
    for nummer, baan in enumerate(gekozen):
        kwartaal = nummer % (1 + (laatste.month - 1) // 3)
        van = max(dt.date(jaar, kwartaal * 3 + 1, 1), baan.begin)
        tot = min(dt.date(jaar, kwartaal * 3 + 3, 28), laatste)
        baan.eind = _dag_in(rng, van, max(tot, van)) if van < laatste else laatste - dt.timedelta(days=1)
        baan.eind = max(baan.eind, baan.begin)
        if baan.eind >= laatste:
            baan.eind = max(laatste - dt.timedelta(days=1), baan.begin)


def _dag_in(rng: Random, van: dt.date, tot: dt.date) -> dt.date:
    return van + dt.timedelta(days=rng.randint(0, max((tot - van).days, 0)))
