"""What became of the referrals over one route in a period: numbers, lead times, and how people stand later (R038).

Counted on the facts of the last night. First-time-right and “ended well” are the definitions of the figures
*eerste-keer-goed* and *positief*; nothing is defined a second time here. The answer goes to the sender too, so small
numbers are always left out, with what would give them away.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from kern.aansluitingen.cijfers import Spreiding, Verloop, Vervolg
from rapportage import klein
from rapportage.cijfers import bekend_moment, waarde
from rapportage.keuzes import Aanmeldstand, Dimensie
from rapportage.motor.route import Routevraag
from rapportage.motor.standen import actuele_versies
from rapportage.motor.vraag import Telling, Vraag

GOED, POSITIEF = "eerste-keer-goed", "positief"
MAANDEN = (6, 12)


def verloop(route: str, *, van: dt.date, tot: dt.date) -> Verloop | None:
    """Source of the socket; None when the figures do not exist."""
    actueel = {a.versie.indicator.code: a.definitie for a in actuele_versies(tot)}
    if GOED not in actueel or POSITIEF not in actueel:
        return None
    bekend, grens = bekend_moment(), klein.drempel()
    vraag = Vraag(actueel[GOED], tot, bekend, {Dimensie.ROUTE.value: route}, vanaf=van)
    telling = vraag.telling()
    over = Routevraag(route, van, tot, bekend)
    besluiten = over.besluiten()
    standen = Counter(stand for stand, _ in besluiten)
    antwoord = [dagen for stand, dagen in besluiten if stand != Aanmeldstand.INGETROKKEN]
    besloten = _toon(telling.noemer, grens)
    goed = telling.teller if besloten is not None and not klein.is_klein(telling, grens) else None
    # Right and not right add up to what was decided: the two kinds of “not right” show or hide together.
    na_vraag, terug = standen[Aanmeldstand.NA_VRAAG], standen[Aanmeldstand.TERUG]
    samen = goed is not None and _toon(na_vraag, grens) is not None and _toon(terug, grens) is not None
    redenen, verborgen = _redenen(vraag.redenen(), grens)
    return Verloop(
        besloten=besloten,
        goed=goed,
        percentage=waarde(actueel[GOED], telling) if goed is not None else None,
        na_vraag=na_vraag if samen else None,
        teruggestuurd=terug if samen else None,
        ingetrokken=_toon(standen[Aanmeldstand.INGETROKKEN], grens),
        redenen=redenen,
        redenen_verborgen=verborgen,
        antwoord=_spreiding(antwoord, grens),
        start=_spreiding(over.starts(), grens),
        vervolg=tuple(_vervolg(m, over.vervolg(m, actueel[POSITIEF]), grens) for m in MAANDEN),
        bekend_op=bekend,
    )


def _toon(aantal: int, grens: int) -> int | None:
    return None if 0 < aantal < grens else aantal


def _redenen(alle: Mapping[str, int], grens: int) -> tuple[tuple[tuple[str, int], ...], int]:
    """The reasons to show; each return has one reason, so of those a second one hides along with a small one."""
    terug = {code: Telling(n, n) for code, n in alle.items() if code.startswith("terug:")}
    weg = klein.onderdrukt(terug, grens) | {code for code, n in alle.items() if n < grens}
    return tuple((code, n) for code, n in alle.items() if code not in weg), len(weg)


def _spreiding(dagen: Sequence[int], grens: int) -> Spreiding:
    """Median and the value that nine out of ten stay within (nearest rank)."""
    if len(dagen) < grens:
        return Spreiding(len(dagen), None, None)
    rij = sorted(dagen)
    return Spreiding(len(rij), rij[(len(rij) + 1) // 2 - 1], rij[-(-9 * len(rij) // 10) - 1])


def _vervolg(maanden: int, rijen: Sequence[tuple[str, str, int]], grens: int) -> Vervolg:
    delen = dict.fromkeys(("niet", "loopt", "positief", "anders"), 0)
    for stand, _, n in rijen:
        delen[stand] += n
    aantal = sum(delen.values())
    weg = klein.onderdrukt({d: Telling(n, n) for d, n in delen.items()}, grens) if aantal >= grens else set(delen)
    zien = {d: None if d in weg and aantal else n for d, n in delen.items()}
    eindes = [(uitkomst, n) for stand, uitkomst, n in rijen if stand in ("positief", "anders")]
    heel = not weg and all(n >= grens for _, n in eindes)
    return Vervolg(
        maanden=maanden,
        aantal=_toon(aantal, grens),
        niet_begonnen=zien["niet"],
        loopt=zien["loopt"],
        positief=zien["positief"],
        anders=zien["anders"],
        uitkomsten=tuple(eindes) if heel else (),
    )
