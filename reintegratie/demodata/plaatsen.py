"""From proposal to placement: mediations, placements, aftercare, and the employments that are guided."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from random import Random

from deelnemers.models import Regie
from deelnemers.services.tijdlijn import regieregel
from organisatie.models import Medewerker
from reintegratie.demodata import werkperioden
from reintegratie.demodata.context import Context, Dossier, toevallige_dag
from reintegratie.demodata.diagnose import BEROEPEN
from reintegratie.demodata.organisatie import Teamwerk
from reintegratie.demodata.personen import opnieuw_in_uitkering
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Baan, Loop
from reintegratie.demodata.wegschrijven import tijdstip
from reintegratie.demodata.werkgevers import loon
from werkgevers import regels
from werkgevers.keuzes import NAZORG_DAGEN, RITME_WEKEN
from werkgevers.models import (
    Bemiddeling,
    Dienstverband,
    Loonwaardemeting,
    Nazorgmoment,
    Plaatsing,
    Werkvormperiode,
    Ziekteperiode,
)

_DAG = dt.timedelta(days=1)
#: Where a mediation stops that does not end in a placement: the funnel of the balance sheet.
_TRECHTER = (("voorgedragen", 5400), ("voorgesteld", 1800), ("gesprek", 1445))
_AFWIJZEN = {
    "ervaring": 24,
    "uren": 18,
    "afstand": 14,
    "taal": 13,
    "motivatie": 12,
    "belastbaarheid": 11,
    "vacature_weg": 8,
}
_TEAM_VAN = {
    "sw": ("sw-1", "sw-2"),
    "beschut": ("sw-1", "sw-2"),
    "begeleid_werken": ("begeleid-werken",),
    "lks": ("lks",),
    "id": ("gesubsidieerd",),
    "wiw": ("gesubsidieerd",),
    "wwb_detachering": ("gesubsidieerd",),
}
#: Back in benefit within a year, of those whose job stopped within that year (11 of 29).
_TERUG = 11 / 29


def plaats(c: Context, d: Dossier, loop: Loop) -> int | None:
    """The placement behind an end in work, with its vacancy, mediation and aftercare. Returns its key."""
    if loop.werk_op is None or loop.einde is None or (loop.wacht and loop.nr % 2):
        return None
    rng, pk, vol = c.rng("plaatsingen"), d.deelnemer.pk, loop.einde.uitkomst == "werk_voltijd"
    d.extra["uren"] = Decimal(
        rng.choice((32, 36, 36, 38))
        if vol
        else rng.choice((22, 24, 28))
        if loop.einde.groep == "werk"
        else rng.choice((10, 12, 16, 18))
    )
    d.extra["uurloon"] = Decimal(str(loon(rng, loop.werk_op)))
    if loop.einde.uitkomst == "sw":
        return None
    vacature = None if loop.dun else c.vraag.vacature(rng, "regulier", loop.werk_op)
    if vacature is not None and vacature.pk in c.vraag.gevuld:
        vacature = None
    werkgever, vestiging = (vacature.werkgever, vacature.vestiging) if vacature is not None else c.vraag.werkgever(rng)
    if loop.mens.vast.get("werkgever_"):
        werkgever, vestiging = c.vraag.vast[loop.mens.vast["werkgever_"]]
        vacature = None
    bemiddeling = None
    if vacature is not None:
        c.vraag.gevuld[vacature.pk] = pk
        bemiddeling = c.s.voeg(
            snel(
                Bemiddeling,
                deelnemer_id=pk,
                vacature=vacature,
                medewerker=vacature.accountmanager,
                status="geplaatst",
                status_sinds=loop.werk_op,
                voorgedragen_op=tijdstip(loop.werk_op - dt.timedelta(days=rng.randint(10, 24)), 10),
                score=rng.randint(58, 96),
                besloten_op=loop.werk_op,
            ),
            loop.werk_op,
        )
        c.tijdlijn(regels.bemiddelingregel(bemiddeling))
    eind, reden = _einde_werk(c, rng, loop)
    plaatsing = snel(
        Plaatsing,
        deelnemer_id=pk,
        bemiddeling=bemiddeling,
        vacature=vacature,
        werkgever=werkgever,
        vestiging=vestiging,
        soort="regulier",
        accountmanager_id=werkgever.relatiebeheerder_id,
        functie=vacature.titel if vacature is not None else rng.choice(BEROEPEN)[1].capitalize(),
        uren_per_week=d.extra["uren"],
        bruto_uurloon=d.extra["uurloon"],
        contractvorm="bepaald",
        begindatum=loop.werk_op,
        einddatum=eind,
        einde_reden=reden,
        contract_tot=max(loop.werk_op + dt.timedelta(days=rng.choice((182, 213, 364))), eind or loop.werk_op),
    )
    c.s.voeg(plaatsing, loop.werk_op)
    c.tijdlijn(regels.plaatsingregel(plaatsing))
    d.extra["plaatsing"] = plaatsing
    if not loop.dun:
        nazorg(c, rng, d, plaatsing)
    if (
        eind is not None
        and loop.laatste_dag is not None
        and loop is loop.mens.lopen[-1]
        and (eind - loop.werk_op).days < 366
        and rng.random() < _TERUG
    ):
        opnieuw_in_uitkering(c, d, min(eind + dt.timedelta(days=rng.randint(3, 30)), c.peildatum))
    return plaatsing.pk


def _einde_werk(c: Context, rng: Random, loop: Loop) -> tuple[dt.date | None, str]:
    """Retention: 78 % after six months, 71 % after twelve, 66 % after eighteen."""
    baan = next((b for b in loop.mens.banen if b.loop is loop), None)
    if baan is not None:
        return baan.eind, "contract_af" if baan.eind else ""
    kans = rng.random()
    dagen = (
        rng.randint(20, 182)
        if kans < 0.22
        else rng.randint(183, 364)
        if kans < 0.29
        else rng.randint(365, 547)
        if kans < 0.34
        else 0
    )
    eind = loop.werk_op + dt.timedelta(days=dagen)
    if not dagen or eind > c.peildatum or loop.mens.persona:
        return None, ""
    return eind, rng.choices(("contract_af", "werkgever", "deelnemer", "ander_werk", "ziek"), (45, 15, 18, 14, 8))[0]


def nazorg(c: Context, rng: Random, d: Dossier, plaatsing: Plaatsing, *, alles_gedaan: bool = False) -> None:
    """Ten moments of aftercare; with `alles_gedaan` only what is due today or later is still open."""
    wie = d.extra.get("consulent")
    for moment, dagen in NAZORG_DAGEN.items():
        dag = plaatsing.begindatum + dt.timedelta(days=dagen)
        for kant in ("deelnemer", "werkgever"):
            gedaan = uitkomst = vervallen = door = None
            if plaatsing.einddatum is not None and dag > plaatsing.einddatum:
                vervallen = plaatsing.einddatum
            elif dag < c.peildatum - (0 if alles_gedaan else 3) * _DAG or (
                alles_gedaan and kant == "werkgever" and dag <= c.peildatum
            ):
                gedaan = min(dag + dt.timedelta(days=rng.choice((0, 0, 1, 2))), c.peildatum - _DAG)
                uitkomst = rng.choices(("goed", "aandacht", "geen_contact"), (80, 14, 6))[0]
                door = wie if kant == "deelnemer" else plaatsing.accountmanager_id
            moment_rij = c.s.voeg(
                snel(
                    Nazorgmoment,
                    deelnemer_id=plaatsing.deelnemer_id,
                    plaatsing_id=plaatsing.pk,
                    kant=kant,
                    moment=moment,
                    gepland_op=dag,
                    gedaan_op=gedaan,
                    gedaan_door_id=door,
                    uitkomst=uitkomst or "",
                    vervallen_op=vervallen,
                ),
                plaatsing.begindatum,
            )
            if gedaan is not None:
                c.tijdlijn(regels.nazorgregel(moment_rij))


def bemiddel(c: Context, d: Dossier, loop: Loop) -> None:
    """Proposals that did not end in a placement, and those still open."""
    rng = c.rng("bemiddelingen")
    van, tot = max(loop.start, c.venster), loop.eind or c.peildatum
    if c.volume or van >= tot or loop.netjes or loop.trede == 2:
        return
    keer = 4.6 * (tot - van).days / 365
    gehad: set[int] = set()
    for _ in range(int(keer) + (rng.random() < keer - int(keer))):
        dag = toevallige_dag(rng, van, tot)
        vacature = c.vraag.vacature(rng, "regulier", dag)
        if vacature is None or vacature.pk in gehad or vacature.geopend_op is None:
            continue
        gehad.add(vacature.pk)
        trede = rng.choices([s for s, _ in _TRECHTER], [n for _, n in _TRECHTER])[0]
        loopt = loop.loopt and vacature.status == "open" and dag > c.peildatum - 21 * _DAG
        besloten = None if loopt else min(dag + dt.timedelta(days=rng.randint(2, 15)), tot)
        reden = "" if loopt else rng.choices(list(_AFWIJZEN), list(_AFWIJZEN.values()))[0]
        status = (
            trede
            if loopt
            else "vacature_vervallen"
            if reden == "vacature_weg"
            else "teruggetrokken_kandidaat"
            if reden in {"uren", "motivatie"} and rng.random() < 0.5
            else "afgewezen"
        )
        rij = c.s.voeg(
            snel(
                Bemiddeling,
                deelnemer_id=d.deelnemer.pk,
                vacature=vacature,
                medewerker=vacature.accountmanager,
                status=status,
                status_sinds=besloten or dag,
                voorgedragen_op=tijdstip(dag, 11),
                score=rng.randint(45, 95),
                uitleg={"ver": trede},
                reden=reden,
                besloten_op=besloten,
                volgende_actie="Nabellen" if loopt else "",
                volgende_actie_op=c.peildatum + dt.timedelta(days=rng.randint(0, 6)) if loopt else None,
            ),
            dag,
        )
        c.tijdlijn(regels.bemiddelingregel(rij))


def dienstverbanden(c: Context, d: Dossier) -> None:
    """Employments with work form, wage value, sickness and the jobcoach who has the regie."""
    for baan in d.mens.banen:
        _dienstverband(c, d, baan)


def _dienstverband(c: Context, d: Dossier, baan: Baan) -> None:
    rng = c.rng("dienstverbanden")
    team = _team(c, rng, baan)
    coach = team.consulenten[rng.randrange(len(team.consulenten))]
    werkgever, vestiging = c.vraag.werkgever(rng)
    if d.mens.vast.get("werkgever_"):
        werkgever, vestiging = c.vraag.vast[d.mens.vast["werkgever_"]]
    plaatsing = d.extra.get("plaatsing") if baan.loop is not None else None
    if plaatsing is not None:
        werkgever, vestiging = plaatsing.werkgever, plaatsing.vestiging
    sw = baan.soort in {"sw", "beschut"}
    formeel = c.vraag.werkgevers[5][0] if sw or baan.soort in {"wiw", "wwb_detachering"} else werkgever
    werkvorm = rng.choices(("intern", "individuele_detachering", "groepsdetachering"), (278, 300, 140))[0] if sw else ""
    laatste = c.peildatum - dt.timedelta(days=rng.randint(3, RITME_WEKEN[baan.soort] * 8))
    rij = snel(
        Dienstverband,
        deelnemer_id=d.deelnemer.pk,
        plaatsing=plaatsing,
        soort=baan.soort,
        formele_werkgever=formeel,
        feitelijke_werkgever=formeel if werkvorm == "intern" else werkgever,
        vestiging=vestiging,
        functie=rng.choice(BEROEPEN)[1].capitalize(),
        uren_per_week=plaatsing.uren_per_week
        if plaatsing and plaatsing.uren_per_week <= 36
        else Decimal(rng.choice((20, 24, 28, 32, 36))),
        bruto_uurloon=Decimal(str(loon(rng, max(baan.begin, c.peildatum - 400 * _DAG)))),
        begindatum=baan.begin,
        einddatum=baan.eind,
        einde_reden="Contract liep af." if baan.eind else "",
        contract_tot=baan.eind
        or (c.peildatum + dt.timedelta(days=rng.randint(10, 360)) if rng.random() < 0.18 else None),
        werkvorm=werkvorm,
        jobcoach=coach,
        team=team.team,
        ritme_weken=RITME_WEKEN[baan.soort],
        laatste_contact_op=max(min(laatste, baan.eind or laatste), baan.begin),
        loonwaarderoute="meting" if baan.soort in {"lks", "beschut", "begeleid_werken"} else "geen",
        banenafspraak=baan.soort in {"lks", "beschut"},
    )
    c.s.voeg(rij, baan.begin)
    d.extra["dienstverband"] = rij
    werkperioden.perioden(c, rij)
    if plaatsing is None:
        c.tijdlijn(regels.dienstverbandregel(rij))
    if sw:
        c.s.voeg(
            Werkvormperiode(
                deelnemer_id=d.deelnemer.pk,
                dienstverband_id=rij.pk,
                werkvorm=werkvorm,
                begindatum=baan.begin,
                einddatum=baan.eind,
                inlener_id=None if werkvorm == "intern" else werkgever.pk,
                reden="Bij het begin gekozen.",
            ),
            baan.begin,
        )
    if rij.loonwaarderoute == "meting":
        _loonwaarde(c, rng, d, rij)
    if baan.eind is None:
        if rng.random() < 0.09 and not d.mens.persona:
            begin = max(c.peildatum - dt.timedelta(days=rng.randint(2, 90)), baan.begin)
            c.s.voeg(
                Ziekteperiode(
                    deelnemer_id=d.deelnemer.pk,
                    dienstverband_id=rij.pk,
                    begindatum=begin,
                    percentage=rng.choice((50, 100, 100)),
                    no_risk=werkperioden.wie_betaalt(c, rij),
                ),
                begin,
            )
        _regie(c, d, baan, coach, team)


def _team(c: Context, rng: Random, baan: Baan) -> Teamwerk:
    code = rng.choice(_TEAM_VAN[baan.soort])
    return next(t for t in c.org.langdurig if t.team.code.startswith(code))


def _loonwaarde(c: Context, rng: Random, d: Dossier, rij: Dienstverband) -> None:
    """Measured again every year; persona rows set their own series."""
    reeks = d.mens.vast.get("loonwaarde_")
    waarde = min(max(round(rng.gauss(52, 13)), 30), 85)
    tot = rij.einddatum or c.peildatum
    dag = rij.begindatum + dt.timedelta(days=rng.randint(30, 90))
    if (tot - dag).days > 4 * 365:
        dag = tot - dt.timedelta(days=3 * 365 + rng.randint(40, 300))
    nummer = 0
    while dag <= tot:
        waarde = (
            reeks[min(nummer, len(reeks) - 1)] if reeks else min(max(waarde + rng.choice((-3, 0, 2, 3, 5)), 30), 90)
        )
        volgende = dag + dt.timedelta(days=365)
        meting = c.s.voeg(
            Loonwaardemeting(
                deelnemer_id=d.deelnemer.pk,
                dienstverband_id=rij.pk,
                gemeten_op=dag,
                percentage=waarde,
                deskundige="Loonwaarde-expert Het Baken",
                geldig_vanaf=dag,
                methode="landelijke methode",
                oordeel_werkgever="akkoord",
                taken=[] if c.volume else werkperioden.taken(rij, waarde),
                volgende_op=volgende,
            ),
            dag,
        )
        c.tijdlijn(regels.loonwaarderegel(meting))
        if d.mens.vast.get("meting_verlopen_"):
            meting.volgende_op = c.peildatum - 12 * _DAG
            break
        dag, nummer = volgende - dt.timedelta(days=rng.randint(0, 25)), nummer + 1


def _regie(c: Context, d: Dossier, baan: Baan, coach: Medewerker, team: Teamwerk) -> None:
    """A guided employee without a trajectory has the jobcoach as regievoerder."""
    if any(k.loopt or k.wacht for k in d.mens.lopen) or d.deelnemer.regievoerder_id is not None:
        return
    laatste = max((k.eind for k in d.mens.lopen if k.eind is not None), default=None)
    begin = max(baan.begin, laatste + _DAG) if laatste else baan.begin
    if begin > c.peildatum:
        return
    regie = snel(
        Regie,
        deelnemer_id=d.deelnemer.pk,
        medewerker=coach,
        team=team.team,
        begindatum=begin,
        reden="Jobcoach bij het dienstverband.",
    )
    c.s.voeg(regie, begin)
    c.tijdlijn(regieregel(regie))
    d.deelnemer.regievoerder, d.deelnemer.team = coach, team.team
