"""The traps on purpose: what a careless count would get wrong, and what quality lists should find."""

from __future__ import annotations

import datetime as dt
from random import Random

from reintegratie.demodata import plan
from reintegratie.demodata.stromen import Loop, Stromen, kies

_DAG = dt.timedelta(days=1)


def zet(zaad: str, s: Stromen) -> None:
    """Mark the trajectories that play a trap; couples and overloop are in the flows already."""
    rng = Random(f"{zaad}:valkuilen")
    n = {naam: plan.geschaald(aantal, s.schaal) for naam, aantal in plan.VALKUILEN.items()}
    oud_genoeg = [k for k in s.lopend if k.mens.partner is None and k.start <= s.peildatum - 70 * _DAG]
    for loop in kies(rng, oud_genoeg, n["wacht_op_inkomen"]):
        _laat_wachten(rng, s, loop)
    for loop in kies(rng, oud_genoeg, n["heropend"]):
        loop.heropend = True
    _laat_ingevoerd(rng, s, n["laat_ingevoerd"])
    for loop in kies(rng, oud_genoeg, n["van_team_gewisseld"]):
        loop.gewisseld = True
    for loop in kies(rng, oud_genoeg, n["zonder_regie"]):
        loop.zonder_regie = True
    enkel = [k for k in s.lopend if k.mens.partner is None and len(k.mens.lopen) == 1 and not k.mens.jong]
    for loop in kies(rng, enkel, n["nug"]):
        loop.nug = not (loop.wacht or loop.heropend)
    paren = [k for k in enkel if not (k.nug or k.wacht or k.heropend)]
    for _ in range(n["beide_in_traject"]):
        twee = list(kies(rng, paren, 2))
        if len(twee) == 2:
            twee[0].mens.partner, twee[1].mens.partner = twee[1].mens, twee[0].mens
    vier = [k for k in s.lopend if k.trede == 4]
    for loop in kies(rng, vier, n["verouderd_trede_4"]):
        loop.verouderd = True
    _dubbelen(rng, s, n["dubbel"])


def _laat_wachten(rng: Random, s: Stromen, loop: Loop) -> None:
    """An end of which income has not answered yet: it counts nowhere."""
    einden = [e for e in plan.EINDEN if e.uitkomst in {"werk_voltijd", "werk_deeltijd_uit"} and e.groep == "werk"]
    loop.einde = rng.choice(einden)
    loop.eind = s.peildatum - dt.timedelta(days=rng.randint(1, 18))
    loop.werk_op, loop.vastgelegd = loop.eind, loop.eind
    loop.wacht = rng.choice(("verstuurd", "ontvangen"))


def _laat_ingevoerd(rng: Random, s: Stromen, n: int) -> None:
    """Ends of October that were entered in the last week of the year."""
    for jaar in {s.peildatum.year, s.peildatum.year - 1}:
        week = dt.date(jaar, 12, 26)
        if s.peildatum < week:
            continue
        keus = [
            k
            for k in s.lopen
            if k.einde is not None
            and k.einde.groep == "overig"
            and k.laatste_dag is not None
            and k.mens.partner is None
            and dt.date(jaar, 10, 1) <= k.laatste_dag <= dt.date(jaar, 11, 10)
        ]
        for loop in kies(rng, keus, n):
            loop.laat = True
            loop.vastgelegd = loop.bevestigd = min(week + dt.timedelta(days=rng.randrange(5)), s.peildatum)


def _dubbelen(rng: Random, s: Stromen, n: int) -> None:
    """The same person twice, merged later; the double end is in the database and counts nowhere."""
    keus = [
        k
        for k in s.lopen
        if k.eind is not None
        and k.eind.year == s.peildatum.year
        and k.einde is not None
        and k.einde.groep in {"werk", "geen"}
        and k.mens.partner is None
        and len(k.mens.lopen) == 1
        and not k.wacht
        and k.einde.uitkomst != "sw"
    ]
    for loop in kies(rng, keus, n):
        dubbel = s.mens()
        dubbel.dubbel_van, dubbel.jong = loop.mens, loop.mens.jong
        tweede = s.loop(dubbel, loop.start + dt.timedelta(days=rng.randint(1, 9)))
        for veld in ("bron", "trede", "einde", "eind", "laatste_dag", "werk_op", "vastgelegd", "bevestigd"):
            setattr(tweede, veld, getattr(loop, veld))
        tweede.dun = True
