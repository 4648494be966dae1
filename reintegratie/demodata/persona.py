"""The people with a story, with stable names: who plays which part, and the rows that make the story."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from deelnemers.models import Aanleiding, MeldingAanInkomen, Toezegging
from deelnemers.services.inkomen import ANTWOORDTERMIJN
from deelnemers.services.tijdlijn import meldingregel
from organisatie.rechten import Rol
from reintegratie.demodata import groepen, plaatsen
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.rollen import BIJ_CHANTAL, ELDERS, naam
from reintegratie.demodata.stromen import Loop, Mens, Stromen
from reintegratie.demodata.teams import DEMOTEAM
from trajecten.models import Trajectonderdeel
from trajecten.tijdlijn import onderdeelregels
from werkgevers import regels
from werkgevers.models import Jobhunt, Jobhuntbenadering, Plaatsing

_DAG = dt.timedelta(days=1)


def kies(c: Context, s: Stromen) -> None:
    """Choose who plays which part; outcomes, dates and quota stay as they were."""
    demo = next(n for n, t in enumerate(c.org.teams) if t.team.code == DEMOTEAM)
    van_haar = [k for k in s.lopend if (k.team, k.consulent) == (demo, 0)]
    for loop in van_haar:
        loop.netjes = True
    vrij = [k for k in van_haar if _gewoon(k)]
    for code, vast in BIJ_CHANTAL.items():
        kan = [k for k in vrij if code != "kevin" or k.mens.jong] or vrij
        if kan:
            loop = kan[0]
            vrij.remove(loop)
            loop.nug = False
            _geef(c, loop.mens, code, vast)
            if code == "kevin":
                loop.mens.jong, loop.bron = True, "werk_en_opleiding_jongeren"
            elif loop.mens.jong:
                loop.mens.jong, loop.bron = False, "intake"
            loop.start = min(loop.start, c.peildatum - 100 * _DAG)
    _kaya(c, s)
    _anderen(c, s, demo)
    _dubbele_namen(c, s)


def _gewoon(loop: Loop) -> bool:
    return (
        not (loop.heropend or loop.gewisseld or loop.zonder_regie or loop.wacht or loop.nug or loop.mens.partner)
        and len(loop.mens.lopen) == 1
        and not loop.mens.banen
    )


def _geef(c: Context, mens: Mens, code: str, vast: dict[str, Any]) -> None:
    mens.persona = code
    mens.vast = {k: v for k, v in vast.items() if k != "leeftijd_"}
    if vast.get("leeftijd_"):
        mens.vast["geboortedatum"] = (
            dt.date(c.peildatum.year - vast["leeftijd_"], 3, 1 + len(code))
            if c.peildatum.month > 3
            else dt.date(c.peildatum.year - vast["leeftijd_"] - 1, 9, 1 + len(code))
        )


def _kaya(c: Context, s: Stromen) -> None:
    """Both in a trajectory, one benefit; it ends on 1 September and counts once."""
    jaar = c.peildatum.year if c.peildatum >= dt.date(c.peildatum.year, 9, 15) else c.peildatum.year - 1
    dag = dt.date(jaar, 9, 1)
    paren = [
        k
        for k in s.lopen
        if k.tweede_partner is not None and k.laatste_dag is not None and k.laatste_dag.year == jaar and not k.lks
    ]
    paren = [k for k in paren if max(k.start, k.tweede_partner.start) <= dag - 45 * _DAG] or paren
    if not paren:
        return
    eerste, tweede = paren[0], paren[0].tweede_partner
    if max(eerste.start, tweede.start) <= dag - 30 * _DAG:
        eerste.laatste_dag = eerste.eind = tweede.laatste_dag = dag
        eerste.werk_op, tweede.eind = dag + _DAG, dag + 4 * _DAG
        eerste.bevestigd = tweede.bevestigd = dag + 9 * _DAG
        eerste.vastgelegd, tweede.vastgelegd = dag + 2 * _DAG, dag + 5 * _DAG
    _geef(c, eerste.mens, "kaya_emre", ELDERS["kaya_emre"])
    _geef(c, tweede.mens, "kaya_elif", ELDERS["kaya_elif"])


def _anderen(c: Context, s: Stromen, demo: int) -> None:
    vinkebrug = next(n for n, t in enumerate(c.org.teams) if t.team.code == "vinkebrug")
    keus: dict[str, Callable[[Loop], bool]] = {
        "top600": lambda k: k.team == vinkebrug and k.loopt and _gewoon(k),
        "nova": lambda k: k.team != demo and k.loopt and _gewoon(k) and not k.mens.jong,
        "overleden": lambda k: (
            k.einde is not None and k.einde.uitkomst == "overleden" and k.eind.year == c.peildatum.year
        ),
        "heen_en_weer": lambda k: k.loopt and k.bron == "activering" and _gewoon(k),
    }
    for code, past in keus.items():
        loop = next((k for k in s.lopen if past(k) and not k.mens.persona), None)
        if loop is not None:
            _geef(c, loop.mens, code, ELDERS[code])
    for code, soort, begin in (
        ("wilma", "begeleid_werken", dt.date(c.peildatum.year - 14, 3, 1)),
        ("ricardo", "lks", dt.date(c.peildatum.year - 1, 11, 1)),
    ):
        baan = next(
            (
                b
                for b in s.banen
                if b.soort == soort and b.eind is None and not b.mens.lopen and b.begin.year < c.peildatum.year
            ),
            None,
        )
        if baan is not None:
            baan.begin = begin
            _geef(c, baan.mens, code, ELDERS[code])


def _dubbele_namen(c: Context, s: Stromen) -> None:
    """Every team has two people called De Vries, J."""
    for n, _ in enumerate(c.org.begeleidend):
        van_team = [
            k for k in s.lopend if k.team == n and not k.mens.persona and not k.mens.vast and k.mens.dubbel_van is None
        ]
        for loop, voor in zip(van_team[:2], ("Johan", "Jaap"), strict=False):
            loop.mens.vast = naam(voor, "de", "Vries", "1")


def bij(c: Context, d: Dossier, loop: Loop) -> None:
    """Rows that belong to the story of this person."""
    verhaal = _VERHALEN.get(d.mens.persona)
    if verhaal is not None and loop is d.mens.lopen[-1]:
        verhaal(c, d, loop)


def _samira(c: Context, d: Dossier, loop: Loop) -> None:
    _werk(c, d, loop, "Zorgcentrum Kastanjehof", 22, 95)
    c.s.voeg(
        Toezegging(
            deelnemer_id=d.deelnemer.pk,
            partij="wij",
            medewerker=c.consulent(loop),
            wat="Bel de naschoolse opvang voor Samira de Groot",
            gemaakt_op=c.peildatum - 7 * _DAG,
            voor=c.peildatum - _DAG,
        ),
        c.peildatum - 7 * _DAG,
    )


def _ewa(c: Context, d: Dossier, loop: Loop) -> None:
    _werk(c, d, loop, "Bakkerij De Gouden Aar Noord", 28, 42)


def _aicha(c: Context, d: Dossier, loop: Loop) -> None:
    _werk(c, d, loop, "Zorgcentrum Kastanjehof", 24, 180)


def _werk(c: Context, d: Dossier, loop: Loop, werkgever: str, uren: int, dagen: int) -> None:
    """A part-time job beside the benefit: income has said that the benefit goes on."""
    baas, vestiging = c.vraag.vast[werkgever]
    begin = max(c.peildatum - dagen * _DAG, loop.start)
    plaatsing = c.s.voeg(
        Plaatsing(
            deelnemer_id=d.deelnemer.pk,
            werkgever=baas,
            vestiging=vestiging,
            soort="regulier",
            accountmanager_id=baas.relatiebeheerder_id,
            functie="Medewerker",
            uren_per_week=Decimal(uren),
            bruto_uurloon=Decimal("16.20") if c.peildatum.year > 2020 else Decimal("10.40"),
            contractvorm="bepaald",
            contract_tot=begin + 364 * _DAG,
            begindatum=begin,
        ),
        begin,
    )
    c.tijdlijn(regels.plaatsingregel(plaatsing))
    melding = c.s.voeg(
        MeldingAanInkomen(
            deelnemer=d.deelnemer,
            uitkering_id=d.uitkering.pk if d.uitkering else None,
            aanleiding=Aanleiding.PLAATSING,
            verwijzing=f"plaatsing:{plaatsing.pk}",
            ingangsdatum=begin,
            uren_per_week=Decimal(uren),
            bruto_uurloon=plaatsing.bruto_uurloon,
            status="loopt_door",
            status_sinds=begin + 6 * _DAG,
            termijn=begin + dt.timedelta(days=ANTWOORDTERMIJN),
            beantwoord_op=begin + 6 * _DAG,
            beantwoord_door="Rachid Amrani",
            versie=2,
        ),
        begin,
    )
    plaatsing.melding_id = melding.pk
    c.tijdlijn(meldingregel(melding))
    plaatsen.nazorg(c, c.rng("persona"), d, plaatsing, alles_gedaan=True)


def _kevin(c: Context, d: Dossier, loop: Loop) -> None:
    kan = [
        n
        for n, (g, rijen) in enumerate(c.groepen.groepen)
        if g.begindatum <= c.peildatum - 15 * _DAG and g.einddatum >= c.peildatum
    ]
    metselen = [n for n in kan if c.groepen.groepen[n][0].instrument.code == "metselen"]
    for nummer in (metselen or kan)[:1]:
        groep = c.groepen.groepen[nummer][0]
        van = max(groep.begindatum, loop.start)
        c.groepen.neem_deel(
            c, d, d.extra["traject"], nummer, van, groep.einddatum, afloop=("niet_verschenen", "niet_verschenen")
        )


def _sharda(c: Context, d: Dossier, loop: Loop) -> None:
    besteld = c.peildatum - 71 * _DAG
    order = groepen.order_van(
        c,
        d,
        d.extra["traject"],
        d.extra["delen"],
        loop,
        "besteld",
        besteld - 8 * _DAG,
        besteld,
        c.peildatum + 20 * _DAG,
        c.peildatum + 160 * _DAG,
    )
    order.aanbieder, order.contact = c.aanbod.aanbieders[0]
    order.herinneringen, order.laatst_herinnerd_op = 2, c.peildatum - 9 * _DAG
    d.extra["delen"][-1].omschrijving = "mbo-2 helpende zorg"


def _wacht(c: Context, d: Dossier, code: str, op: str, dagen: int, omschrijving: str = "") -> None:
    """A part for which somebody else is at turn."""
    instrument = c.aanbod.instrument[code]
    sinds = c.peildatum - dagen * _DAG
    onderdeel = c.s.voeg(
        Trajectonderdeel(
            deelnemer_id=d.deelnemer.pk,
            traject_id=d.extra["traject"].pk,
            instrument=instrument,
            omschrijving=omschrijving,
            route=instrument.route,
            dagdelen=instrument.dagdelen,
            status="wacht",
            status_sinds=sinds,
            wacht_op=op,
            wacht_sinds=sinds,
            begindatum=c.peildatum + 10 * _DAG,
            kosten=instrument.kosten,
        ),
        sinds,
    )
    c.tijdlijn(*onderdeelregels(onderdeel))
    d.extra["delen"].append(onderdeel)


def _orlando(c: Context, d: Dossier, loop: Loop) -> None:
    _wacht(c, d, "belastbaarheid", "Arboarts van Het Kompas", 14)


def _abena(c: Context, d: Dossier, loop: Loop) -> None:
    _wacht(c, d, "leerwerkplek", "Logistiek Sloterhaven", 3, "Inpakwerk bij Logistiek Sloterhaven")


def _nova(c: Context, d: Dossier, loop: Loop) -> None:
    op = c.peildatum - 30 * _DAG
    order = groepen.order_van(
        c,
        d,
        d.extra["traject"],
        d.extra["delen"],
        loop,
        "goedgekeurd",
        op,
        op + 6 * _DAG,
        c.peildatum + 30 * _DAG,
        c.peildatum + 170 * _DAG,
    )
    order.aanbieder, order.contact, order.status_sinds = c.aanbod.nep, None, op + 4 * _DAG


def _top600(c: Context, d: Dossier, loop: Loop) -> None:
    instrument = c.aanbod.instrument["vinkebrug"]
    van = max(loop.start, c.peildatum - 50 * _DAG)
    onderdeel = c.s.voeg(
        Trajectonderdeel(
            deelnemer_id=d.deelnemer.pk,
            traject_id=d.extra["traject"].pk,
            instrument=instrument,
            route="intern",
            dagdelen=8,
            status="loopt",
            status_sinds=van,
            begindatum=van,
            einddatum=c.peildatum + 100 * _DAG,
        ),
        van,
    )
    c.tijdlijn(*onderdeelregels(onderdeel))
    d.extra["delen"].append(onderdeel)


_VERHALEN: dict[str, Callable[[Context, Dossier, Loop], None]] = {
    "samira": _samira,
    "ewa": _ewa,
    "aicha": _aicha,
    "kevin": _kevin,
    "sharda": _sharda,
    "orlando": _orlando,
    "abena": _abena,
    "nova": _nova,
    "top600": _top600,
}


def na(c: Context, s: Stromen) -> None:
    """Jobhunting, and one employer approached three times by two accountmanagers in one week."""
    rng = c.rng("jobhunt")
    managers = c.org.rol[Rol.ACCOUNTMANAGER_WSP]
    kan = [k for k in s.lopend if k.trede == 4 and not k.netjes and not k.mens.partner and not k.nug]
    winkels = c.vraag.werkgevers
    for nummer, loop in enumerate(kan[: len(managers) * 14]):
        begin = max(loop.start, c.peildatum - dt.timedelta(days=rng.randint(10, 70)))
        deelnemer, wie = c.deelnemers[loop.mens.nr], managers[nummer % len(managers)]
        hunt = c.s.voeg(
            Jobhunt(deelnemer_id=deelnemer.pk, medewerker=wie, zoekt="Werk dichtbij, overdag", begindatum=begin), begin
        )
        benaderd = {winkels[6][0].pk: winkels[6][0]} if nummer < 3 else {}
        benaderd |= {w.pk: w for w, _ in (c.vraag.werkgever(rng) for _ in range(3))}
        for pk, werkgever in benaderd.items():
            dag = (
                c.peildatum - (2 + nummer) * _DAG
                if pk == winkels[6][0].pk and nummer < 3
                else max(begin, c.peildatum - dt.timedelta(days=rng.randint(1, 40)))
            )
            c.s.voeg(
                Jobhuntbenadering(
                    deelnemer_id=deelnemer.pk,
                    jobhunt_id=hunt.pk,
                    werkgever=werkgever,
                    benaderd_op=dag,
                    resultaat=rng.choice(("loopt", "interesse", "nu_niet", "nee")),
                ),
                dag,
            )
