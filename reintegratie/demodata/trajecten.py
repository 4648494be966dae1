"""Rows of a trajectory: regie, the trajectory itself, its parts, plan, notice to income and end."""

from __future__ import annotations

import datetime as dt
from random import Random

from deelnemers.keuzes import Bewijssoort
from deelnemers.models import Aanleiding, Bewijs, MeldingAanInkomen, Regie
from deelnemers.services.inkomen import ANTWOORDTERMIJN
from deelnemers.services.tijdlijn import meldingregel, regieregel
from organisatie.models import Medewerker
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.routekeuzes import uitslag, zonder_diagnose
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop
from trajecten.keuzes import NAAR_WERK
from trajecten.models import PlanVanAanpak, Traject, Trajecteinde, Trajectonderdeel
from trajecten.tijdlijn import eindregels, onderdeelregels, planregel, trajectregel

_DAG = dt.timedelta(days=1)
_DOEL = {
    "werk": ("werk_voltijd", "Ik wil weer werken en mijn eigen geld verdienen."),
    "deeltijd": ("werk_deeltijd", "Ik wil werken naast de zorg voor mijn kinderen."),
    "sw": ("werk_met_steun", "Ik wil werk met hulp dichtbij."),
    "school": ("school", "Ik wil een diploma halen."),
    "meedoen": ("participatie", "Ik wil mijn dag weer vullen en mensen zien."),
    "schade": ("schadepreventie", "Ik wil een vaste dag en rust."),
}
_EERSTE_STAP = (
    "Een cv maken.",
    "Drie dagen meelopen.",
    "De opvang regelen.",
    "Elke ochtend op tijd beginnen.",
    "Met twee werkgevers praten.",
)


def maak(c: Context, d: Dossier, loop: Loop) -> Traject:
    """The trajectory with everything that hangs directly under it."""
    rng, pk = c.rng("trajecten"), d.deelnemer.pk
    _regie(c, rng, d, loop)
    wacht = bool(loop.wacht)
    doel, tekst = _DOEL[_doelsoort(rng, loop)]
    traject = snel(
        Traject,
        deelnemer_id=pk,
        doel=doel,
        doeltekst="" if loop.dun or c.volume else tekst,
        trede_bij_start=loop.trede,
        eerste_stap="" if loop.dun or c.volume else rng.choice(_EERSTE_STAP),
        team_id=c.team(loop).team.pk,
        bron=loop.bron,
        begindatum=loop.start,
        einddatum=loop.eind,
        verwacht_einde=loop.start + dt.timedelta(days=290),
        status="wacht_op_inkomen" if wacht else "beeindigd" if loop.eind else "loopt",
        status_sinds=loop.vastgelegd or loop.start,
        project="Jongerenpoort" if d.mens.jong and rng.random() < 0.3 else "",
    )
    c.s.voeg(traject, loop.start)
    c.tijdlijn(trajectregel(traject))
    d.extra["traject"], d.extra["delen"] = traject, []
    if not loop.dun and loop.werk_op is None and "nazorg" not in d.extra:
        d.extra["lopend"] = loop.loopt
    if loop.loopt:
        d.deelnemer.in_traject = True
    _onderdelen(c, rng, d, loop, traject)
    if not loop.dun and loop.mens.dubbel_van is None and (not c.volume or loop.loopt):
        _plan(c, rng, d, loop, traject)
    return traject


def _doelsoort(rng: Random, loop: Loop) -> str:
    if loop.einde is not None and loop.einde.uitkomst == "sw":
        return "sw"
    if loop.einde is not None and loop.einde.groep == "deeltijd":
        return "deeltijd"
    if loop.mens.jong and rng.random() < 0.3:
        return "school"
    if loop.trede == 2:
        return "meedoen"
    return rng.choices(("werk", "deeltijd", "meedoen", "schade"), (70, 18, 10, 2))[0]


def _regie(c: Context, rng: Random, d: Dossier, loop: Loop) -> None:
    wie, team = c.consulent(loop), c.team(loop).team
    if loop.mens.dubbel_van is not None:
        return
    eind = loop.eind if not loop.wacht else None
    nazorg = loop.mens.vast.get("regie_open_")
    periodes: list[tuple[dt.date, dt.date | None, Medewerker, object, str]] = [
        (loop.start, None if nazorg else eind, wie, team, "")
    ]
    if loop.gewisseld:
        anders = c.org.begeleidend[(loop.team + 3) % len(c.org.begeleidend)]
        dag = c.peildatum - dt.timedelta(days=10 + rng.randrange(20))
        periodes = [
            (loop.start, dag - _DAG, wie, team, ""),
            (dag, dag + 2 * _DAG, anders.consulenten[0], anders.team, "Verhuisd naar een ander team."),
            (dag + 3 * _DAG, None, wie, team, "Toch terug naar het eerste team."),
        ]
    elif (
        not loop.dun
        and eind is None
        and (c.peildatum - loop.start).days > 120
        and rng.random() < 0.1
        and not loop.netjes
    ):
        collega = rng.choice(c.team(loop).consulenten)
        if collega is not wie:
            dag = loop.start + dt.timedelta(days=rng.randint(30, 90))
            periodes = [
                (loop.start, dag - _DAG, collega, team, ""),
                (dag, None, wie, team, "Overgenomen van een collega."),
            ]
    if loop.zonder_regie:
        begin, _, wie_nu, team_nu, reden = periodes[-1]
        periodes[-1] = (
            begin,
            c.peildatum - dt.timedelta(days=rng.randint(3, 20)),
            wie_nu,
            team_nu,
            reden or "Consulent is vertrokken.",
        )
    for begin, tot, medewerker, bij, reden in periodes:
        regie = snel(
            Regie,
            deelnemer_id=d.deelnemer.pk,
            medewerker=medewerker,
            team=bij,
            begindatum=begin,
            einddatum=tot,
            reden=reden,
        )
        c.s.voeg(regie, begin)
        c.tijdlijn(regieregel(regie))
        d.deelnemer.team_id = bij.pk  # type: ignore[attr-defined]
        d.deelnemer.regievoerder = medewerker if tot is None or tot >= c.peildatum else None
    d.extra["consulent"] = wie.pk


_ROUTES = {
    0: (
        "instroomgroep",
        "groepsaanpak",
        "leerwerkplek",
        "zeehoeve",
        "startmeter",
        "begeleiding",
        "horeca",
        "groen",
        "metselen",
    ),
    1: (
        "begeleiding",
        "jobcenter",
        "bemiddeling",
        "cv-dokter",
        "solliciteren",
        "taal",
        "proefplaats",
        "schuldhulp",
        "kinderopvang",
    ),
}


def _onderdelen(c: Context, rng: Random, d: Dossier, loop: Loop, traject: Traject) -> None:
    """2.7 parts on average, side by side; without work groups that place their own."""
    pijler = c.team(loop).pijler
    tot = loop.eind or c.peildatum
    if loop.dun:
        code = rng.choice(_ROUTES[pijler][:6])
        _onderdeel(c, rng, d, loop, traject, code, loop.start, tot)
        return
    delen = [("intake", loop.start)]
    dag = loop.start + dt.timedelta(days=rng.randint(8, 20))
    groep_nr = {nr: (van, tm) for nr, van, tm in loop.groepen}
    while dag < tot and len(delen) < 5:
        code = rng.choice(_ROUTES[pijler])
        if loop.trede == 2 and len(delen) == 1:
            code = "wem"
        if code not in {k for k, _ in delen}:
            delen.append((code, dag))
            dag += dt.timedelta(days=rng.choice((0, 7, 14, 50, 80, 110)))
        else:
            dag += 14 * _DAG
    for code, van in delen:
        weken = c.aanbod.instrument[code].weken
        _onderdeel(c, rng, d, loop, traject, code, van, van + dt.timedelta(weeks=weken, days=rng.randint(-3, 10)))
    for nr, (van, tm) in groep_nr.items():
        c.groepen.neem_deel(c, d, traject, nr, van, tm)
    if loop.loopt and not any(o.status == "loopt" for o in d.extra["delen"]) and (loop.netjes or rng.random() < 0.93):
        laatste = max(loop.start, c.peildatum - dt.timedelta(days=rng.randint(2, 40)))
        _onderdeel(
            c, rng, d, loop, traject, "begeleiding", laatste, c.peildatum + dt.timedelta(days=rng.randint(20, 90))
        )


def _onderdeel(
    c: Context, rng: Random, d: Dossier, loop: Loop, traject: Traject, code: str, van: dt.date, tm: dt.date
) -> Trajectonderdeel:
    instrument = c.aanbod.instrument[code]
    einde = min(tm, loop.eind) if loop.eind else tm
    status, resultaat = "loopt", ""
    if loop.eind and tm >= loop.eind:
        goed = loop.einde is not None and (loop.einde.uitkomst in NAAR_WERK or loop.einde.uitkomst == "school")
        status, resultaat = ("afgerond" if goed else "gestopt"), "Afgerond bij het einde van het traject."
    elif einde <= c.peildatum:
        status = "afgerond" if rng.random() < 0.86 else "gestopt"
        resultaat = rng.choice(_RESULTAAT[status])
    elif van > c.peildatum:
        status = "gepland"
    onderdeel = snel(
        Trajectonderdeel,
        deelnemer_id=d.deelnemer.pk,
        traject_id=traject.pk,
        instrument=instrument,
        route=instrument.route,
        dagdelen=instrument.dagdelen,
        status=status,
        status_sinds=van if status in {"loopt", "gepland"} else min(einde, c.peildatum),
        begindatum=van,
        einddatum=max(einde, van),
        resultaat="" if c.volume else resultaat,
        kosten=instrument.kosten,
        uitvoerder_id=d.extra.get("consulent") if instrument.soort == "begeleiding" else None,
        zonder_diagnose_reden=zonder_diagnose(c, d, instrument, status),
    )
    c.s.voeg(onderdeel, van)
    c.tijdlijn(*onderdeelregels(onderdeel))
    d.extra["delen"].append(onderdeel)
    uitslag(c, d, onderdeel, min(onderdeel.einddatum, c.peildatum))
    return onderdeel


_RESULTAAT = {
    "afgerond": (
        "Heeft een cv en oefent gesprekken.",
        "Komt op tijd en werkt goed samen.",
        "Weet welk werk past.",
        "De opvang is geregeld.",
    ),
    "gestopt": ("Paste niet bij de uren.", "Gestopt in overleg, er komt iets anders.", "Gestopt door ziekte."),
}


def _plan(c: Context, rng: Random, d: Dossier, loop: Loop, traject: Traject) -> None:
    op = min(loop.start + dt.timedelta(days=rng.randint(7, 25)), loop.eind or c.peildatum)
    evaluatie = op + dt.timedelta(days=rng.randint(80, 150))
    nummer = 1
    while loop.loopt and evaluatie <= c.peildatum and (loop.netjes or rng.random() < 0.97):
        _versie(c, d, loop, traject, nummer, op, evaluatie)
        nummer, op = nummer + 1, evaluatie
        evaluatie = op + dt.timedelta(days=rng.randint(80, 150))
    if d.mens.vast.get("evaluatie_"):
        evaluatie = c.peildatum
    _versie(c, d, loop, traject, nummer, op, evaluatie)


def _versie(c: Context, d: Dossier, loop: Loop, traject: Traject, nummer: int, op: dt.date, evaluatie: dt.date) -> None:
    plan = snel(
        PlanVanAanpak,
        deelnemer_id=d.deelnemer.pk,
        traject_id=traject.pk,
        nummer=nummer,
        tekst="Samen gemaakt. De stappen staan bij de onderdelen.",
        doelen=[traject.doeltekst] if traject.doeltekst else [],
        evaluatie_op=evaluatie,
        getekend_deelnemer_op=op,
        getekend_afdeling_op=op,
        getekend_door_id=d.extra.get("consulent"),
    )
    c.s.voeg(plan, op)
    c.tijdlijn(planregel(plan))


def sluit(c: Context, d: Dossier, loop: Loop, traject: Traject, plaatsing_pk: int | None) -> None:
    """The end with evidence, and what income was told; also an end that was taken back."""
    if loop.heropend:
        _heropend(c, d, loop, traject)
    if loop.einde is None or loop.eind is None:
        return
    rng, einde, pk = c.rng("eindes"), loop.einde, d.deelnemer.pk
    uitkering = d.extra.get("uitkering_van", {}).get(loop.nr) or d.uitkering
    melding = None
    if (
        not loop.dun
        and einde.uitkomst != "overleden"
        and (einde.bus or loop.wacht or einde.uitkomst in {"school", "werk_deeltijd_met"})
    ):
        melding = _melding(c, rng, d, loop, traject, plaatsing_pk)
    bewijs = None
    if einde.uitkomst in NAAR_WERK:
        soort, tekst, verwijzing = Bewijssoort.ARBEIDSCONTRACT, "Arbeidscontract", ""
        if plaatsing_pk:
            soort, tekst, verwijzing = Bewijssoort.PLAATSING, "Plaatsing in dit systeem", f"plaatsing:{plaatsing_pk}"
        bewijs = snel(
            Bewijs, deelnemer_id=pk, soort=soort, omschrijving=tekst, datum=loop.werk_op, verwijzing=verwijzing
        )
    elif einde.uitkomst == "school":
        bewijs = snel(
            Bewijs,
            deelnemer_id=pk,
            soort=Bewijssoort.BERICHT_SCHOOL,
            omschrijving="Bericht van de school",
            datum=loop.eind,
        )
    if bewijs is not None:
        c.s.voeg(bewijs, loop.vastgelegd)
    rij = snel(
        Trajecteinde,
        deelnemer_id=pk,
        traject_id=traject.pk,
        uitkomst=einde.uitkomst,
        datum=loop.eind,
        werk_begonnen_op=loop.werk_op,
        uren_per_week=d.extra.get("uren") if einde.uitkomst in NAAR_WERK else None,
        uitkering_id=uitkering.pk if uitkering else None,
        melding_id=melding.pk if melding and einde.uitkomst != "werk_deeltijd_met" else None,
        na_handhaving=einde.handhaving,
        toelichting=einde.uitleg,
        bewijs_id=bewijs.pk if bewijs else None,
        vastgelegd_op=loop.vastgelegd,
    )
    c.s.voeg(rij, loop.vastgelegd)
    c.tijdlijn(*eindregels(rij))


def _heropend(c: Context, d: Dossier, loop: Loop, traject: Traject) -> None:
    rng = c.rng("eindes")
    dag = max(c.peildatum - dt.timedelta(days=rng.randint(20, 60)), loop.start, dt.date(c.peildatum.year, 1, 1))
    terug = min(dag + dt.timedelta(days=rng.randint(5, 29)), c.peildatum)
    rij = snel(
        Trajecteinde,
        deelnemer_id=d.deelnemer.pk,
        traject_id=traject.pk,
        uitkomst="overig",
        datum=dag,
        toelichting="Zou verhuizen naar een andere gemeente.",
        uitkering_id=d.uitkering.pk if d.uitkering else None,
        vastgelegd_op=dag,
        ingetrokken_op=terug,
        ingetrokken_reden="De verhuizing ging niet door. Het traject gaat verder.",
    )
    c.s.voeg(rij, dag)
    c.tijdlijn(*eindregels(rij))


def _melding(
    c: Context, rng: Random, d: Dossier, loop: Loop, traject: Traject, plaatsing_pk: int | None
) -> MeldingAanInkomen | None:
    """What income was told and answered, as the services leave it."""
    einde = loop.einde
    uitkering = d.extra.get("uitkering_van", {}).get(loop.nr) or d.uitkering
    if uitkering is None or einde is None or loop.vastgelegd is None:
        return None
    sinds = loop.vastgelegd
    status, antwoord = loop.wacht or ("beeindigd" if einde.bus else "loopt_door"), None
    if not loop.wacht:
        antwoord = loop.bevestigd or min(sinds + dt.timedelta(days=rng.randint(3, 14)), c.peildatum)
    plaatsing = plaatsing_pk is not None
    melding = snel(
        MeldingAanInkomen,
        deelnemer=d.deelnemer,
        uitkering_id=uitkering.pk,
        aanleiding=Aanleiding.PLAATSING if plaatsing else Aanleiding.TRAJECTEINDE,
        verwijzing=f"plaatsing:{plaatsing_pk}" if plaatsing else f"traject:{traject.pk}",
        ingangsdatum=loop.werk_op or loop.eind,
        uren_per_week=d.extra.get("uren"),
        bruto_uurloon=d.extra.get("uurloon"),
        status=status,
        status_sinds=max(antwoord or sinds, sinds),
        termijn=sinds + dt.timedelta(days=ANTWOORDTERMIJN),
        laatste_dag=loop.laatste_dag if einde.bus and antwoord else None,
        reden_einde=uitkering.reden_einde if einde.bus and antwoord else "",
        beantwoord_op=antwoord,
        beantwoord_door=c.org.rol["inkomensconsulent"][0].naam if antwoord else "",
        versie=2 if antwoord else 1,
    )
    if antwoord is not None and antwoord < sinds:
        melding.beantwoord_op = sinds
    c.s.voeg(melding, sinds)
    c.tijdlijn(meldingregel(melding))
    d.extra["melding"] = melding
    return melding
