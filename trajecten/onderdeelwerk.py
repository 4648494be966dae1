"""What waits about the parts of a trajectory, and why: rows for Vandaag."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kern import klok
from kern.models import Werkvoorraad
from kern.weergave import datum, hoofdletter
from trajecten.keuzes import Vrijdoor
from trajecten.labels import HULP, is_bijzonder, onderdeelnaam
from trajecten.models import Trajectonderdeel
from trajecten.wachten import NEUTRAAL, belemmeringnaam, blokkades, blokkades_nu

if TYPE_CHECKING:
    from trajecten.werkvoorraad import Persoon

#: Days without an active part before it shows (R080).
SLUITEND_DAGEN = 14
#: Days that somebody else, or a barrier, may take before we ask again.
WACHT_DAGEN = 14
_WACHT = dt.timedelta(days=WACHT_DAGEN)
_DAG = dt.timedelta(days=1)


def niet_sluitend(p: Persoon) -> Iterable[Werkvoorraad]:
    """No part has run for too long (R080)."""
    if p.traject is None:
        return
    if any(o.status == "loopt" for o in p.onderdelen):
        return
    klaar = [o.einddatum for o in p.onderdelen if o.status in {"afgerond", "gestopt"} and o.einddatum]
    sinds = max([p.traject.begindatum, *klaar])
    dagen = (klok.vandaag() - sinds).days
    if dagen > SLUITEND_DAGEN:
        wacht = next((zin for zin in map(_wacht_op, p.onderdelen) if zin), "")
        yield p.regel(
            f"sluitend:{p.traject.pk}",
            "niet_sluitend",
            f"Start een onderdeel met {p.deelnemer.naam}",
            f"Er loopt al {dagen} dagen geen onderdeel. Langer dan {SLUITEND_DAGEN} dagen zonder onderdeel is te lang.",
            p.plan_url,
            "Plan openen",
            sinds + dt.timedelta(days=SLUITEND_DAGEN + 1),
            icoon="zandloper",
            toelichting=f"Wacht op {wacht}" if wacht else f"Geen onderdeel sinds {datum(sinds)}",
        )


def _wacht_op(o: Trajectonderdeel) -> str:
    """Whom or what a part waits for; a list of work never names a protected barrier (R228)."""
    if o.status == "wacht":
        return o.wacht_op
    namen = [NEUTRAAL if b.bijzonder else belemmeringnaam(b.soort) for b in blokkades_nu(o)]
    return ", ".join(dict.fromkeys(namen))


def onderdelen(p: Persoon) -> Iterable[Werkvoorraad]:
    """Begun, finished, waiting for somebody, held up by a barrier, or free to begin."""
    vandaag = klok.vandaag()
    for o in p.onderdelen:
        naam = HULP.lower() if is_bijzonder(o.instrument) else onderdeelnaam(o)
        if o.status == "gepland" and blokkades_nu(o):
            yield _geblokkeerd(p, o, naam)
        elif o.status == "gepland":
            rij = _vrij(p, o, naam) or _begonnen(p, o, naam)
            if rij is not None:
                yield rij
        elif o.status == "loopt" and o.einddatum and o.einddatum < vandaag:
            yield p.regel(
                f"onderdeel:{o.pk}",
                "onderdeel_eind",
                f"Rond {naam} met {p.deelnemer.naam} af",
                "De einddatum is voorbij, maar het onderdeel loopt nog. Rond het af of verleng het.",
                p.plan_url,
                "Plan openen",
                o.einddatum + _DAG,
                icoon="klok",
            )
        elif o.status == "wacht" and o.wacht_sinds:
            yield p.regel(
                f"onderdeel:{o.pk}",
                "onderdeel_wacht",
                f"{p.deelnemer.naam}: {naam}",
                f"Dit onderdeel wacht op een ander. Vraag het na als het langer duurt dan {WACHT_DAGEN} dagen.",
                p.plan_url,
                "Bekijken",
                o.wacht_sinds + _WACHT,
                icoon="zandloper",
                wacht_op=o.wacht_op,
                wacht_sinds=o.wacht_sinds,
                norm_dagen=WACHT_DAGEN,
            )


def _begonnen(p: Persoon, o: Trajectonderdeel, naam: str) -> Werkvoorraad | None:
    if o.begindatum >= klok.vandaag():
        return None
    return p.regel(
        f"onderdeel:{o.pk}",
        "onderdeel_begin",
        f"Is {naam} met {p.deelnemer.naam} begonnen?",
        "De geplande begindatum is voorbij, maar het onderdeel staat nog op gepland.",
        p.plan_url,
        "Plan openen",
        o.begindatum + _DAG,
        icoon="start",
    )


def _geblokkeerd(p: Persoon, o: Trajectonderdeel, naam: str) -> Werkvoorraad:
    """It waits for a barrier: look again when the day of the next step has passed, or after two weeks (R009)."""
    wacht = blokkades_nu(o)
    sinds = min(b.sinds for b in wacht)
    dagen = [b.actie_voor for b in wacht if b.actie_voor]
    op = min(dagen) + _DAG if dagen else sinds + _WACHT
    waarop = _wacht_op(o)
    if op <= klok.vandaag():
        return p.regel(
            f"onderdeel:{o.pk}",
            "onderdeel_wacht",
            f"{p.deelnemer.naam}: {naam} wacht nog",
            "Dit onderdeel kan niet beginnen. De dag waarop dat opgelost zou zijn, is voorbij. Kijk wat er nodig is.",
            p.plan_url,
            "Bekijken",
            op,
            icoon="zandloper",
            toelichting=f"Wacht op {waarop} sinds {datum(sinds)}",
        )
    return p.regel(
        f"onderdeel:{o.pk}",
        "onderdeel_wacht",
        f"{p.deelnemer.naam}: {naam}",
        "Dit onderdeel kan nog niet beginnen, want er staat iets in de weg.",
        p.plan_url,
        "Bekijken",
        op,
        icoon="zandloper",
        wacht_op=waarop,
        wacht_sinds=sinds,
        norm_dagen=(op - sinds).days,
    )


def _vrij(p: Persoon, o: Trajectonderdeel, naam: str) -> Werkvoorraad | None:
    """Nothing holds it up any more: it can begin (R009). Two weeks long, and from then on only when it is time."""
    vrij = [(b.vrij_op, b) for b in blokkades(o) if b.vrij_op and b.vrij_door in {Vrijdoor.OPGELOST, Vrijdoor.LOS}]
    vrij_op, laatste = max(vrij, key=lambda paar: paar[0], default=(None, None))
    if vrij_op is None or laatste is None or vrij_op + _WACHT < klok.vandaag():
        return None
    waarop = NEUTRAAL if laatste.bijzonder else belemmeringnaam(laatste.soort)
    return p.regel(
        f"onderdeel:{o.pk}",
        "onderdeel_vrij",
        f"Kan beginnen: {naam} met {p.deelnemer.naam}",
        "Waar dit onderdeel op wachtte, staat niet meer in de weg.",
        p.plan_url,
        "Plan openen",
        vrij_op,
        icoon="start",
        toelichting=f"{hoofdletter(waarop)}: {Vrijdoor(laatste.vrij_door).label}. Gepland vanaf {datum(o.begindatum)}",
    )
