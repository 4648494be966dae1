"""Work groups with sessions and attendance, the bought training, and the call-up campaign."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from reintegratie.demodata import plan
from reintegratie.demodata.aanbod import GROEPSCODES
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop
from reintegratie.demodata.wegschrijven import tijdstip
from trajecten.models import (
    Aanwezigheid,
    Bijeenkomst,
    Groep,
    Groepsdeelname,
    Oproep,
    Oproepcampagne,
    Scholingsorder,
    Traject,
    Trajectonderdeel,
)
from trajecten.tijdlijn import aanwezigheidsregel, onderdeelregels

_DAG = dt.timedelta(days=1)
_WEKEN = 13
_STAND = ("aanwezig", "te_laat", "afgemeld", "ziek", "niet_verschenen")
_CODES = tuple(k for k in GROEPSCODES if k != "wem")


@dataclass
class Groepen:
    """Groups with their sessions; people join while their own rows are made."""

    groepen: list[tuple[Groep, list[Bijeenkomst]]] = field(default_factory=list)

    def neem_deel(
        self,
        c: Context,
        d: Dossier,
        traject: Traject,
        nummer: int,
        van: dt.date,
        tm: dt.date,
        afloop: tuple[str, ...] = (),
    ) -> None:
        """The part, the place in the group and the attendance."""
        groep, bijeenkomsten = self.groepen[nummer]
        rng, pk, klaar = c.rng("aanwezigheid"), d.deelnemer.pk, tm <= c.peildatum
        onderdeel = snel(
            Trajectonderdeel,
            deelnemer_id=pk,
            traject_id=traject.pk,
            instrument=groep.instrument,
            route=groep.instrument.route,
            dagdelen=groep.instrument.dagdelen,
            status="afgerond" if klaar else "loopt",
            status_sinds=tm if klaar else van,
            begindatum=van,
            einddatum=tm,
            resultaat="Heeft de groep afgemaakt." if klaar else "",
            kosten=groep.instrument.kosten,
        )
        c.s.voeg(onderdeel, van)
        c.tijdlijn(*onderdeelregels(onderdeel))
        d.extra["delen"].append(onderdeel)
        c.s.voeg(
            snel(
                Groepsdeelname,
                deelnemer_id=pk,
                groep_id=groep.pk,
                onderdeel_id=onderdeel.pk,
                begindatum=van,
                einddatum=tm if klaar else None,
            ),
            van,
        )
        gewicht = (68, 6, 10, 5, 11) if not d.mens.jong else (60, 8, 9, 5, 18)
        vorige = ""
        geweest = [b for b in bijeenkomsten if van <= b.begint_op.date() <= tm and b.begint_op.date() < c.peildatum]
        for volg, bijeenkomst in enumerate(geweest):
            stand = rng.choices(_STAND, gewicht)[0]
            if stand == "niet_verschenen" and vorige == stand and not klaar and rng.random() < 0.9:
                stand = "aanwezig"
            if d.extra.get("netjes"):
                stand = "aanwezig" if stand == "niet_verschenen" else stand
            if afloop and len(geweest) - volg <= len(afloop):
                stand = afloop[volg - len(geweest)]
            elif afloop:
                stand = "aanwezig" if volg == len(geweest) - len(afloop) - 1 else stand
            vorige = stand
            rij = snel(Aanwezigheid, deelnemer_id=pk, bijeenkomst=bijeenkomst, stand=stand)
            c.s.voeg(rij, bijeenkomst.eindigt_op)
            c.tijdlijn(aanwezigheidsregel(rij))


def maak(c: Context, lopen: list[Loop]) -> Groepen:
    """Groups one after the other in every slot of the year, filled with people who were there."""
    rng, uit = c.rng("groepen"), Groepen()
    if c.volume:
        return uit
    plekken = max(plan.rond(plan.ACTIVITEIT["groepen"] * c.schaal), 7)
    begin = c.venster - dt.timedelta(days=c.venster.weekday())
    teams = [t for t in c.org.begeleidend if t.pijler == 0] + [t for t in c.org.begeleidend if t.pijler == 1]
    kan = [
        k
        for k in lopen
        if k.mens.dubbel_van is None and not k.dun and (k.eind is None or k.eind > c.venster) and not k.wacht
    ]
    for plek in range(plekken):
        code = _CODES[plek % len(_CODES)]
        team = teams[plek % len(teams)]
        trainer = rng.choice(team.werkleiders or team.consulenten)
        if code == "metselen" and c.snede == 0 and plek < len(_CODES):
            trainer, team = c.org.rol["werkleider"][0], next(t for t in teams if t.team.code == "horeca-bouw")
        dagen = (plek % 4, plek % 4 + (1 if plek % 2 else 0) + (0 if plek % 2 else 1))
        uur = 9 if plek % 3 else 13
        start = begin + dt.timedelta(weeks=plek % 5)
        editie = 0
        while start < c.peildatum:
            editie += 1
            eind = start + dt.timedelta(weeks=_WEKEN, days=-3)
            leden = _leden(rng, kan, start, eind, c.peildatum)
            nummer = len(uit.groepen)
            instrument = c.aanbod.instrument[code]
            naam = instrument.naam.split(" werknemers")[0].removeprefix("Leerbedrijf ").capitalize()
            groep = c.s.voeg(
                Groep(
                    naam=f"{naam} {plek // len(_CODES) + 1}.{editie}" if plek >= len(_CODES) else naam,
                    instrument=instrument,
                    team=team.team,
                    trainer=trainer,
                    locatie=rng.choice(c.org.zalen),
                    capaciteit=14,
                    begindatum=start,
                    einddatum=eind,
                ),
                start,
            )
            rijen, volg = [], 0
            for week in range(_WEKEN):
                for dag in dagen:
                    volg += 1
                    op = start + dt.timedelta(weeks=week, days=dag)
                    rijen.append(
                        c.s.voeg(
                            snel(
                                Bijeenkomst,
                                groep=groep,
                                begint_op=tijdstip(op, uur),
                                eindigt_op=tijdstip(op, uur + 3),
                                nummer=volg,
                            ),
                            start,
                        )
                    )
            uit.groepen.append((groep, rijen))
            for loop in leden:
                loop.groepen.append((nummer, max(start, loop.start), min(eind, loop.eind or eind)))
            start += dt.timedelta(weeks=_WEKEN)
    return uit


def _leden(rng: Random, kan: list[Loop], start: dt.date, eind: dt.date, peildatum: dt.date) -> list[Loop]:
    """Eleven people who are in a trajectory for most of the group, in at most two groups over the year."""
    gekozen: list[Loop] = []
    for _ in range(160):
        if len(gekozen) == plan.ACTIVITEIT["per_groep"]:
            break
        loop = kan[rng.randrange(len(kan))] if kan else None
        if loop is None:
            break
        past = loop.start <= start + 35 * _DAG and (
            loop.eind is None or loop.eind >= max(min(eind, peildatum) - 30 * _DAG, start + 7 * _DAG)
        )
        vrij = len(loop.groepen) < 3 and all(tm < start or van > eind for _, van, tm in loop.groepen)
        if past and vrij and loop not in gekozen and not loop.netjes and loop.start < eind:
            gekozen.append(loop)
    return gekozen


def scholing(c: Context, d: Dossier, loop: Loop) -> None:
    """A bought training for some, in every state; the wait for the placement notice has a long tail."""
    rng = c.rng("scholing")
    traject, delen = d.extra["traject"], d.extra["delen"]
    if c.volume or loop.netjes or rng.random() >= 0.13:
        return
    van = max(loop.start + 20 * _DAG, c.venster)
    tot = loop.eind or c.peildatum
    if van >= tot:
        return
    aangevraagd = van + dt.timedelta(days=rng.randint(0, (tot - van).days))
    wacht = max(2, round(rng.lognormvariate(2.94, 0.85)))
    besteld, bericht = aangevraagd + 6 * _DAG, aangevraagd + dt.timedelta(days=6 + wacht)
    eind = bericht + dt.timedelta(weeks=20)
    dag = tot
    status = (
        "aangevraagd"
        if dag < aangevraagd + 3 * _DAG
        else "goedgekeurd"
        if dag < besteld
        else "besteld"
        if dag < bericht
        else "geplaatst"
        if dag < bericht + 10 * _DAG
        else "gestart"
        if dag < eind
        else "afgerond"
    )
    if loop.eind is not None and status not in {"afgerond", "gestart"}:
        status = "gestopt" if status != "aangevraagd" else "afgewezen"
    if loop.eind is not None and status == "gestart":
        status = "gestopt"
    order_van(c, d, traject, delen, loop, status, aangevraagd, besteld, bericht, eind)


def order_van(
    c: Context,
    d: Dossier,
    traject: Traject,
    delen: list[Trajectonderdeel],
    loop: Loop,
    status: str,
    aangevraagd: dt.date,
    besteld: dt.date,
    bericht: dt.date,
    eind: dt.date,
) -> Scholingsorder:
    """The part and its order in this state."""
    rng, instrument = c.rng("scholing"), c.aanbod.instrument["scholing"]
    klaar, tot = status in {"afgerond", "gestopt", "afgewezen"}, loop.eind or c.peildatum
    deelstatus = {
        "gestart": "loopt",
        "afgerond": "afgerond",
        "gestopt": "gestopt",
        "besteld": "wacht",
        "afgewezen": "vervallen",
    }.get(status, "gepland")
    begin = (
        max(min(bericht, tot), c.peildatum + 5 * _DAG)
        if deelstatus == "gepland"
        else min(max(bericht, besteld), tot)
        if klaar
        else bericht
    )
    if deelstatus == "wacht":
        begin = c.peildatum + 14 * _DAG
    begin = max(begin, traject.begindatum)
    onderdeel = snel(
        Trajectonderdeel,
        deelnemer_id=d.deelnemer.pk,
        traject_id=traject.pk,
        instrument=instrument,
        route="extern",
        dagdelen=6,
        status=deelstatus,
        omschrijving=rng.choice(
            ("mbo-2 helpende zorg", "Heftruckcertificaat", "Basis horeca", "VCA", "Schilder basis")
        ),
        status_sinds=min(besteld if deelstatus == "wacht" else begin, c.peildatum),
        begindatum=begin,
        einddatum=min(max(begin, tot), max(eind, begin))
        if klaar and deelstatus != "vervallen"
        else max(eind, c.peildatum + 7 * _DAG, begin + 7 * _DAG)
        if deelstatus != "vervallen"
        else None,
        wacht_op="Inschrijfbalie ROC" if deelstatus == "wacht" else "",
        wacht_sinds=besteld if deelstatus == "wacht" else None,
        kosten=instrument.kosten,
        resultaat="Gestopt bij het einde van het traject."
        if deelstatus in {"gestopt", "vervallen"}
        else "Diploma gehaald."
        if deelstatus == "afgerond"
        else "",
    )
    if deelstatus == "wacht" and besteld > c.peildatum:
        onderdeel.wacht_sinds = c.peildatum
    c.s.voeg(onderdeel, aangevraagd)
    c.tijdlijn(*onderdeelregels(onderdeel))
    delen.append(onderdeel)
    aanbieder, contact = rng.choice(c.aanbod.aanbieders)
    wie = c.consulent(loop)
    manager = c.team(loop).manager
    gevraagd = status in {"aangevraagd", "afgewezen"}
    geleverd = status in {"geplaatst", "gestart", "afgerond"} or (status == "gestopt" and bericht <= tot)
    wacht_dagen = (c.peildatum - besteld).days if status == "besteld" else 0
    return c.s.voeg(
        Scholingsorder(
            deelnemer_id=d.deelnemer.pk,
            onderdeel_id=onderdeel.pk,
            aanbieder=aanbieder,
            contact=contact,
            status=status,
            status_sinds=min(
                {"aangevraagd": aangevraagd, "besteld": besteld, "geplaatst": bericht}.get(status, begin), c.peildatum
            ),
            aangevraagd_door=wie,
            goedgekeurd_door=None if gevraagd else manager,
            besteld_op=None if status in {"aangevraagd", "afgewezen", "goedgekeurd"} else min(besteld, c.peildatum),
            plaatsingsbericht_op=bericht if geleverd else None,
            herinneringen=wacht_dagen // 28,
            laatst_herinnerd_op=c.peildatum - 9 * _DAG if wacht_dagen >= 28 else None,
            bedrag=Decimal(rng.choice((450, 900, 1400, 1850))),
        ),
        aangevraagd,
    )


def campagne(c: Context, lopen: list[Loop]) -> None:
    """The spring call-up with its frozen expectation; the outcomes add up to the number called."""
    rng = c.rng("campagne")
    jaar = c.peildatum.year if c.peildatum >= dt.date(c.peildatum.year, 6, 1) else c.peildatum.year - 1
    begin = dt.date(jaar, 3, 17)
    n = {uitkomst: plan.geschaald(aantal, c.schaal) for uitkomst, aantal in plan.CAMPAGNE.items()}
    rij = c.s.voeg(
        Oproepcampagne(
            naam=f"Voorjaarsoproep {jaar}",
            doel="Iedereen die lang niet is gesproken, krijgt een gesprek.",
            selectie={"geen_contact_weken": 12, "niet": ["medisch", "lopend onderdeel", "veiligheid"]},
            verwachte_opkomst=75,
            bevroren_op=begin - 20 * _DAG,
            gestart_op=begin,
            gesloten_op=begin + 60 * _DAG,
        ),
        begin,
    )
    keus = [
        k
        for k in lopen
        if k.mens.dubbel_van is None
        and k.start <= begin + 30 * _DAG
        and (k.eind is None or k.eind >= begin)
        and k.mens.nr in c.deelnemers
    ]
    rng.shuffle(keus)
    uitkomsten = [u for u, aantal in n.items() for _ in range(aantal)]
    gehad: set[int] = set()
    for loop in keus:
        if not uitkomsten:
            break
        if loop.mens.nr not in gehad:
            gehad.add(loop.mens.nr)
            uitkomst = uitkomsten.pop()
            c.s.voeg(
                Oproep(
                    deelnemer_id=c.deelnemers[loop.mens.nr].pk, campagne=rij, golf=1 + len(gehad) % 4, uitkomst=uitkomst
                ),
                begin,
            )
