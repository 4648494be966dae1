"""Diagnosis, barriers and target groups of people in a trajectory."""

from __future__ import annotations

import datetime as dt
import math
from random import Random
from typing import Any

from deelnemers.houdbaarheid import houdbaar_maanden, na_maanden
from deelnemers.keuzes import Bron
from deelnemers.models import (
    Belemmering,
    Beschikbaarheid,
    Competentiemeting,
    Diagnose,
    Diagnosegegeven,
    Doelgroeplidmaatschap,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.services.diagnose import BIJZONDERE_BELEMMERINGEN, HARD, ZACHTE_COMPETENTIES
from deelnemers.services.tijdlijn import belemmeringregel
from reintegratie.demodata import scores
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop

#: occupation code, name, sector.
BEROEPEN: tuple[tuple[str, str, str], ...] = (
    ("5223.6", "verkoopmedewerker winkel", "detailhandel"),
    ("9334.1", "vakkenvuller", "detailhandel"),
    ("9412.1", "keukenhulp", "horeca"),
    ("5131.2", "medewerker bediening", "horeca"),
    ("9112.2", "schoonmaker", "schoonmaak"),
    ("9111.1", "hulp in de huishouding", "zorg"),
    ("5321.1", "zorghulp", "zorg"),
    ("9333.8.1", "orderpicker", "logistiek"),
    ("8322.2", "chauffeur bestelbus", "logistiek"),
    ("9214.1", "medewerker groenvoorziening", "groen"),
    ("7112.1", "metselaar", "bouw_en_techniek"),
    ("7131.1", "schilder", "bouw_en_techniek"),
    ("9329.1", "productiemedewerker", "productie"),
    ("9321.2", "inpakker", "productie"),
    ("4110.1", "administratief medewerker", "kantoor"),
    ("4226.1", "receptionist", "kantoor"),
    ("7512.1", "bakker", "productie"),
    ("5414.1", "beveiliger", "overheid"),
    ("4412.2", "postbezorger", "logistiek"),
    ("5153.1", "conciërge", "overheid"),
)
_BELEMMERING = {
    "schulden": 46,
    "psychosociaal": 33,
    "lichamelijk": 29,
    "taal": 25,
    "kinderopvang": 17,
    "netwerk": 16,
    "huisvesting": 11,
    "verslaving": 7,
    "detentieverleden": 5,
}
_NIVEAU = (
    (1, "zonder", "basisonderwijs", 27),
    (2, "diploma", "vmbo", 29),
    (4, "diploma", "mbo 2", 21),
    (4, "diploma", "mbo 4", 15),
    (5, "diploma", "hbo", 8),
)
_TAAL = ((1, 8), (2, 19), (3, 27), (4, 46))
_DOELGROEP = (
    ("lvb_jongere", 0.03, True),
    ("ex_dakloos", 0.04, None),
    ("zwerfjongere", 0.015, True),
    ("multiprobleem_jongere", 0.03, True),
    ("top_600", 0.01, None),
    ("school2work", 0.02, True),
    ("ex_prostituee", 0.006, False),
    ("verminderde_loonwaarde", 0.08, None),
    ("deeltijd_uitgestroomd", 0.09, None),
)
_AFGESCHERMD = {"top_600", "ex_prostituee", "ex_gedetineerd"}
_DAGDELEN = [f"{dag}-{deel}" for dag in ("ma", "di", "wo", "do", "vr") for deel in ("o", "m")]


def maak(c: Context, d: Dossier, loop: Loop) -> None:
    """Everything about what this person can and wants, at this trajectory."""
    rng = c.rng("diagnose")
    _doelgroepen(c, rng, d, loop)
    _belemmeringen(c, rng, d, loop)
    stand = _versheid(rng, loop)
    _gegevens(c, rng, d, loop, stand)


def _houdbaar_tot(c: Context, soort: type[Diagnosegegeven], op: dt.date) -> dt.date:
    if soort not in c.houdbaar:
        c.houdbaar[soort] = houdbaar_maanden(soort, c.peildatum)
    return na_maanden(op, c.houdbaar[soort])


def _versheid(rng: Random, loop: Loop) -> str:
    """fresh | stale | incomplete"""
    if loop.netjes:
        return str(loop.mens.vast.get("diagnose_", "vers"))
    if loop.trede == 4:
        return "verouderd" if loop.verouderd else "vers"
    return rng.choices(("vers", "verouderd", "onvolledig"), (64, 7, 29))[0]


def _doelgroepen(c: Context, rng: Random, d: Dossier, loop: Loop) -> None:
    leeftijd = d.deelnemer.leeftijd_op(loop.start)
    codes = [
        code
        for code, kans, jong in _DOELGROEP
        if rng.random() < kans * (5 if jong else 1) and (jong is None or jong == d.mens.jong)
    ]
    if loop.trede == 2:
        codes.append("wem")
    if leeftijd >= 50:
        codes.append("vijftig_plus")
    huishouden = d.extra.get("huishouden")
    if huishouden is not None and huishouden.leefvorm == "2":
        codes.append("alleenstaande_ouder")
    codes = [k for k in codes if not d.mens.persona] + list(d.mens.vast.get("doelgroepen_", ()))
    d.extra["intern_door"] = "lvb" if "lvb_jongere" in codes else ""
    for code in dict.fromkeys(codes):
        c.s.voeg(
            snel(
                Doelgroeplidmaatschap,
                deelnemer_id=d.deelnemer.pk,
                doelgroep=code,
                begindatum=loop.start,
                afgeschermd=code in _AFGESCHERMD,
            ),
            loop.start,
        )


def _poisson(rng: Random, gemiddeld: float) -> int:
    grens, k, p = math.exp(-gemiddeld), 0, rng.random()
    while p > grens:
        k += 1
        p *= rng.random()
    return k


def _belemmeringen(c: Context, rng: Random, d: Dossier, loop: Loop) -> None:
    soorten = dict(_BELEMMERING)
    d.extra["belemmeringen"] = []
    for _ in range(min(_poisson(rng, 1.9), 5)):
        soort = rng.choices(list(soorten), list(soorten.values()))[0]
        del soorten[soort]
        status = rng.choices(("open", "bezig", "opgelost"), (35, 45, 20))[0]
        tot = loop.eind or c.peildatum
        opgelost = loop.start + (tot - loop.start) * rng.random() if status == "opgelost" else None
        wij = rng.random() < 0.6
        actie = status != "opgelost" and loop.loopt and not loop.netjes and rng.random() < 0.4
        partner = {
            "schulden": "Budgethulp De Regenboog",
            "verslaving": "GGZ De Overbrug",
            "psychosociaal": "GGZ De Overbrug",
            "huisvesting": "Woonstichting De Sluis",
        }.get(soort)
        rij = c.s.voeg(
            snel(
                Belemmering,
                deelnemer_id=d.deelnemer.pk,
                soort=soort,
                bijzonder=soort in BIJZONDERE_BELEMMERINGEN,
                status=status,
                ernst=rng.choices(("licht", "midden", "zwaar"), (30, 48, 22))[0],
                eigenaar_wij=wij or partner is None,
                partner_id=c.org.partners[partner].pk if partner and not wij else None,
                actie="Afspraak over de volgende stap" if actie else "",
                actie_voor=c.peildatum + dt.timedelta(days=rng.randint(-6, 30)) if actie else None,
                begindatum=loop.start,
                opgelost_op=opgelost,
            ),
            loop.start,
        )
        d.extra["belemmeringen"].append(rij)
        if opgelost is not None:
            c.tijdlijn(belemmeringregel(rij))
        elif soort == "psychosociaal" and rij.ernst == "zwaar":
            d.extra["intern_door"] = soort


def _gegevens(c: Context, rng: Random, d: Dossier, loop: Loop, stand: str) -> None:
    tot = min(loop.eind or c.peildatum, c.peildatum)
    pk, gezet = d.deelnemer.pk, {}
    weglaten = rng.choice((Zoekberoep, Werkvermogen, Taalbeheersing)) if stand == "onvolledig" else None

    def voeg(soort: type[Diagnosegegeven], hoogstens_dagen: int, **velden: Any) -> None:
        if soort is weglaten:
            return
        dagen = rng.randint(5, hoogstens_dagen)
        if stand == "verouderd" and soort is Beschikbaarheid:
            dagen = rng.randint(200, 420)
        op = tot - dt.timedelta(days=dagen)
        rij = snel(
            soort,
            deelnemer_id=pk,
            vastgesteld_op=op,
            houdbaar_tot=_houdbaar_tot(c, soort, op),
            bron=rng.choice(_BRONNEN),
            **velden,
        )
        c.s.voeg(rij, op)
        eerder = gezet.get(soort)
        gezet[soort] = (min(eerder[0], rij.houdbaar_tot), max(eerder[1], op)) if eerder else (rij.houdbaar_tot, op)

    jaar = loop.start.year - rng.randint(2, 20)
    niveau, status, naam, _ = rng.choices(_NIVEAU, [n[3] for n in _NIVEAU])[0]
    voeg(Opleiding, 600, niveau=niveau, status=status, naam=naam, jaar=jaar if not d.mens.jong else loop.start.year - 1)
    taal = rng.choices(_TAAL, [g for _, g in _TAAL])[0][0]
    voeg(Taalbeheersing, 400, mondeling=taal, schriftelijk=max(taal - (rng.random() < 0.4), 0))
    vak = rng.randrange(len(BEROEPEN))
    for _ in range(rng.choices((0, 1, 2, 3), (22, 38, 28, 12))[0] if not d.mens.jong else rng.choice((0, 1))):
        code, functie, sector = BEROEPEN[vak if rng.random() < 0.6 else rng.randrange(len(BEROEPEN))]
        voeg(
            Werkervaring,
            300,
            functie=functie,
            beroep_code=code,
            sector=sector,
            maanden=rng.choice((3, 6, 8, 14, 24, 40, 72)),
            tot_jaar=jaar,
        )
    uren = rng.choices((12, 20, 24, 28, 32, 36), (5, 14, 16, 20, 22, 23))[0]
    voeg(
        Beschikbaarheid,
        140,
        uren_min=max(uren - rng.choice((4, 8, 12)), 4),
        uren_max=uren,
        dagdelen=_DAGDELEN[: max(uren // 4, 4)],
        avond=rng.random() < 0.35,
        weekend=rng.random() < 0.4,
        beschikbaar_vanaf=min(loop.start + dt.timedelta(days=30), c.peildatum),
        reistijd_max=rng.choice((30, 45, 60, 60, 75)),
        vervoer=rng.choices(("fiets", "ov", "brommer", "auto", "lopend"), (38, 44, 6, 9, 3))[0],
        rijbewijzen=["B"] if rng.random() < 0.3 else [],
        vog_mogelijk=rng.random() > 0.05,
    )
    for volgorde in range(1, rng.choice((2, 3))):
        code, naam, sector = BEROEPEN[(vak + (volgorde - 1) * 7) % len(BEROEPEN)]
        voeg(Zoekberoep, 300, beroep_code=code, naam=naam, sector=sector, volgorde=volgorde)
    voeg(
        Werkvermogen,
        300,
        arbeidsvermogen=rng.choices(("20", "11", "10", "40"), (48, 26, 14, 12))[0],
        uren_max=uren if rng.random() < 0.4 else None,
        lichamelijk=rng.choices(("vol", "licht", "onbekend"), (58, 30, 12))[0],
        mentaal=rng.choices(("vol", "licht", "onbekend"), (55, 30, 15))[0],
        tillen_tot=rng.choice((None, None, 5, 10, 15)),
    )
    _competenties(c, rng, d, loop, tot, stand, gezet)
    _stand(c, d, tot, gezet)


_BRONNEN = (Bron.GESPREK, Bron.GESPREK, Bron.DEELNEMER, Bron.DOCUMENT, Bron.TOETS)


def _competenties(
    c: Context, rng: Random, d: Dossier, loop: Loop, tot: dt.date, stand: str, gezet: dict[Any, Any]
) -> None:
    if stand == "onvolledig" and rng.random() < 0.5:
        return
    op = tot - dt.timedelta(days=rng.randint(5, 200))
    trainer = scores.mentor(c, loop, op)
    rijen: list[Competentiemeting] = []
    for competentie in ZACHTE_COMPETENTIES:
        score = rng.choices((1, 2, 3, 4, 5), (6, 20, 36, 28, 10))[0]
        rij = snel(
            Competentiemeting,
            deelnemer_id=d.deelnemer.pk,
            competentie=competentie,
            score=score,
            vastgesteld_op=op,
            houdbaar_tot=_houdbaar_tot(c, Competentiemeting, op),
            **(scores.herkomst(trainer) if trainer else {"gemeten_door_id": d.extra.get("consulent")}),
        )
        c.s.voeg(rij, op)
        gezet[competentie] = (rij.houdbaar_tot, op)
        d.extra.setdefault("scores", {})[competentie] = (score, op)
        rijen += [rij, *_eerdere_metingen(c, d, rij, loop.start)]
    if trainer:
        scores.tijdlijn(c, d, rijen)


def _eerdere_metingen(c: Context, d: Dossier, nu: Competentiemeting, begin: dt.date) -> list[Competentiemeting]:
    """The line before the present measurement: at most two earlier ones, mostly a little lower."""
    uit: list[Competentiemeting] = []
    if c.volume:
        return uit
    rng, op = c.rng("metingen"), nu.vastgesteld_op
    score, vervangen = nu.score, nu.vastgesteld_op
    for _ in range(2):
        op -= dt.timedelta(days=rng.randint(80, 130))
        if op < begin:
            break
        score = min(5, max(1, score - rng.choice((0, 0, 1, 1, -1))))
        rij = snel(
            Competentiemeting,
            deelnemer_id=d.deelnemer.pk,
            competentie=nu.competentie,
            score=score,
            vastgesteld_op=op,
            vervangen_op=vervangen,
            houdbaar_tot=_houdbaar_tot(c, Competentiemeting, op),
            gemeten_door_id=nu.gemeten_door_id,
        )
        uit.append(c.s.voeg(rij, op))
        vervangen = op
    return uit


def _stand(c: Context, d: Dossier, tot: dt.date, gezet: dict[Any, Any]) -> None:
    """Completeness and freshness as `deelnemers.services.diagnose` keeps them."""
    hard = [gezet[soort] for soort in HARD if soort in gezet]
    zacht = [gezet[k] for k in ZACHTE_COMPETENTIES if k in gezet]
    hard_op = max(op for _, op in hard) if len(hard) == len(HARD) else None
    zacht_op = max(op for _, op in zacht) if zacht else None
    vers = min(h for h, _ in [*hard, *zacht]) if hard_op and zacht_op else None
    c.s.voeg(
        snel(
            Diagnose, deelnemer_id=d.deelnemer.pk, hard_compleet_op=hard_op, zacht_compleet_op=zacht_op, vers_tot=vers
        ),
        tot,
    )
    d.deelnemer.diagnose_vers_tot = vers
