"""Fills the database: the demo municipality slice by slice, a second small one, and the stored columns."""

from __future__ import annotations

import datetime as dt
import gc
import itertools
import time
from collections.abc import Callable
from fractions import Fraction

from kern.handeling import handeling, met_verzoek, voor_gemeente
from kern.models import Gemeente
from rapportage.services.nacht import bereken_nu
from reintegratie.demodata import (
    aanbod,
    aanleveringen,
    aanmeldingen,
    activiteit,
    banen,
    begeleiding,
    beschut,
    betalingen,
    blokkades,
    bsn,
    contracten,
    diagnose,
    dubbelen,
    gereedschap,
    gesprekken,
    groei,
    groepen,
    inbak,
    inhaalslag,
    lijsten,
    maatregelen,
    overdragen,
    partijen,
    persona,
    personen,
    plaatsen,
    plan,
    privacy,
    rondom,
    routekeuzes,
    routes,
    salaris,
    speciaal,
    streefwaarden,
    stromen,
    subsidies,
    teamoverdracht,
    terugkeer,
    toewijzing,
    trajecten,
    valkuilen,
    veiligheid,
    vernietigen,
    verwijzingen,
    vragen,
    waarderingen,
    werkgevers,
    werkperioden,
)
from reintegratie.demodata.context import Context
from reintegratie.demodata.organisatie import Bouwer, Organisatie
from reintegratie.demodata.snel import snelle_regels
from reintegratie.demodata.wegschrijven import ACTOR, KENMERK, Schrijver, middag, werk_statistiek_bij

Meld = Callable[[str], None]
#: code, name, whether it is the small neighbour.
GEMEENTE, BUURGEMEENTE = ("9001", "Amstelstad"), ("9002", "Sluisdam")
BUUR_SCHAAL = Fraction(1, 110)
_PER_KEER = 400


def vul(schaal: str, peildatum: dt.date, zaad: str, meld: Meld, *, cijfers: bool = True) -> dict[str, int]:
    """Make both municipalities; returns the rows per table. Without `cijfers` the figures are left to a job."""
    hoofd = _gemeente(*GEMEENTE)
    s = Schrijver(middag(peildatum))
    drempels = gc.get_threshold()
    gc.set_threshold(200_000, 20, 50)  # a million rows without cycles: looking for them costs a sixth of the time
    try:
        with snelle_regels():
            tellingen = _beide(s, hoofd, schaal, peildatum, zaad, meld, cijfers)
    finally:
        gc.set_threshold(*drempels)
        s.sluit()
    if plan.SCHALEN[schaal] <= 1:
        with voor_gemeente(hoofd), met_verzoek(KENMERK):
            maatregelen.maak(peildatum)
            if cijfers:
                meld("Cijfers berekenen")
                bereken_nu(peildatum)
            dubbelen.maak(peildatum)
            gesprekken.maak(peildatum)
            beschut.maak()
            werkperioden.wachtend(peildatum)
            privacy.maak(peildatum)
            veiligheid.maak(peildatum)
            vernietigen.maak(peildatum)
            speciaal.maak(peildatum)
            overdragen.maak(peildatum)
            subsidies.maak(peildatum)
            begeleiding.maak(peildatum)
            groei.maak(peildatum)
            terugkeer.maak(peildatum)
            partijen.maak()
            waarderingen.maak(peildatum, zaad)
            betalingen.maak(peildatum)
            rondom.vangnet(peildatum)
            contracten.maak(peildatum)
            salaris.maak(peildatum)
    return tellingen


def _beide(
    s: Schrijver, hoofd: Gemeente, schaal: str, peildatum: dt.date, zaad: str, meld: Meld, cijfers: bool
) -> dict[str, int]:
    deel = plan.SCHALEN[schaal]
    volume = deel > 1
    sneden, per_snede = (int(deel), Fraction(1)) if volume else (1, deel)
    nummers, dossiers = bsn.nummers(), {}
    gedeeld: Organisatie | None = None
    with voor_gemeente(hoofd), met_verzoek(KENMERK):
        for snede in range(sneden):
            meld(f"Deel {snede + 1} van {sneden}" if volume else "Mensen en trajecten bedenken")
            gedeeld = _snede(
                s,
                hoofd,
                f"{zaad}:{snede}" if snede else zaad,
                per_snede,
                peildatum,
                snede,
                volume,
                nummers,
                dossiers,
                gedeeld,
                meld,
            )
        if not volume and gedeeld is not None:
            aanleveringen.maak(gedeeld.inbak, peildatum)
        streefwaarden.zet(deel, peildatum.year - 4, peildatum.year)
        meld("Lijsten bijwerken")
        werk_statistiek_bij()
        lijsten.werk_bij(s, peildatum)
        routes.zet_in_beweging(gedeeld)
        if not volume and gedeeld is not None:
            verwijzingen.maak(gedeeld, gedeeld.inbak, peildatum)
            teamoverdracht.maak(gedeeld, peildatum)
    meld(f"Buurgemeente {BUURGEMEENTE[1]}")
    buur = _gemeente(*BUURGEMEENTE)
    with voor_gemeente(buur), met_verzoek(KENMERK):
        _snede(
            s,
            buur,
            f"{zaad}:buur",
            BUUR_SCHAAL,
            peildatum,
            0,
            False,
            bsn.nummers(),
            {},
            None,
            meld,
            buur=True,
        )
        streefwaarden.zet(BUUR_SCHAAL, peildatum.year - 1, peildatum.year)
        lijsten.werk_bij(s, peildatum)
        if cijfers:
            bereken_nu(peildatum)
    return s.tellingen()


def _gemeente(code: str, naam: str) -> Gemeente:
    with handeling(ACTOR):
        return Gemeente.objects.create(code=code, naam=naam, arbeidsmarktregio="Amstelregio", fictief=True)


def _snede(
    s: Schrijver,
    gemeente: Gemeente,
    zaad: str,
    schaal: Fraction,
    peildatum: dt.date,
    snede: int,
    volume: bool,
    nummers: itertools.chain[str],
    dossiers: dict[int, int],
    gedeeld: Organisatie | None,
    meld: Meld,
    *,
    buur: bool = False,
) -> Organisatie:
    begin = time.perf_counter()
    dunne_jaren = 0 if volume else plan.DUNNE_JAREN if not buur else 1
    st = stromen.maak(zaad, schaal, peildatum, dunne_jaren, volume)
    valkuilen.zet(zaad, st)
    banen.maak(zaad, st, peildatum.year - 1 - dunne_jaren)
    org = Bouwer(s, gemeente, zaad, schaal, peildatum, snede, met_inloggers=not buur).bouw(gedeeld)
    c = Context(s, org, peildatum, schaal, zaad, volume, nummers, dossiers, snede)
    toewijzing.wijs_toe(zaad, st, org)
    if not snede and not buur:
        persona.kies(c, st)
    c.aanbod = aanbod.maak(c) if gedeeld is None else gedeeld.aanbod
    org.aanbod = c.aanbod
    if gedeeld is None:
        s.wacht()
    c.inbak = inbak.maak(c) if gedeeld is None else gedeeld.inbak
    org.inbak = c.inbak
    c.vraag = werkgevers.maak(c)
    s.schrijf()
    c.groepen = groepen.maak(c, st.lopen)
    s.schrijf()
    meld(f"{len(st.mensen)} mensen, {len(st.lopen)} trajecten ({time.perf_counter() - begin:.1f} s)")
    volgorde = sorted(st.mensen, key=lambda m: m.dubbel_van is not None)
    for nummer, mens in enumerate(volgorde, 1):
        _mens(c, mens)
        if nummer % _PER_KEER == 0:
            s.schrijf()
            if nummer % (_PER_KEER * 10) == 0:
                meld(f"{nummer} van {len(volgorde)} dossiers ({time.perf_counter() - begin:.1f} s)")
    aanmeldingen.open_vandaag(c)
    groepen.campagne(c, st.lopen)
    if not snede and not buur:
        inhaalslag.maak(c)
        gereedschap.maak(c)
        persona.na(c, st)
    s.wacht()
    meld(f"Klaar met {len(volgorde)} dossiers ({time.perf_counter() - begin:.1f} s)")
    return org


def _mens(c: Context, mens: stromen.Mens) -> None:
    d = personen.maak(c, mens)
    laatste = mens.lopen[-1] if mens.lopen else None
    for loop in mens.lopen:
        d.extra["netjes"] = loop.netjes
        for sleutel in ("uren", "uurloon", "plaatsing"):
            d.extra.pop(sleutel, None)
        traject = trajecten.maak(c, d, loop)
        plaatsing = plaatsen.plaats(c, d, loop) if mens.dubbel_van is None else None
        trajecten.sluit(c, d, loop, traject, plaatsing)
        if not loop.dun:
            if loop is laatste and (not c.volume or loop.loopt):
                diagnose.maak(c, d, loop)
                if mens.persona == "samira":
                    routekeuzes.startmeter(c, d, loop, traject)
                routekeuzes.maak(c, d, loop)
                blokkades.maak(c, d, loop)
                inhaalslag.onthoud(c, d, loop)
                vragen.maak(c, d, loop)
            activiteit.maak(c, d, loop)
            plaatsen.bemiddel(c, d, loop)
            groepen.scholing(c, d, loop)
        aanmeldingen.bij_traject(c, d, loop)
        if mens.persona:
            persona.bij(c, d, loop)
        if loop.loopt:
            d.deelnemer.onderdelen_actief = sum(1 for o in d.extra["delen"] if o.status == "loopt")
    plaatsen.dienstverbanden(c, d)
