"""A person: name, address, household, benefits, number, step of the ladder. Drawn after the outcome."""

from __future__ import annotations

import datetime as dt
from random import Random

from deelnemers.keuzes import Geslacht, HuishoudRol, Identiteitscontrole, Leefvorm, Regeling
from deelnemers.models import (
    Burgerservicenummer,
    Deelnemer,
    Huishouden,
    Huishoudlid,
    Trede,
    Uitkering,
    Uitkeringsgerechtigde,
)
from deelnemers.services.tijdlijn import trederegel
from kern import bsn as bsn_
from reintegratie.demodata import adressen, namen
from reintegratie.demodata.context import Context, Dossier
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Mens
from reintegratie.demodata.teams import PLAATS

_DAG = dt.timedelta(days=1)
_LEEFTIJD = (((27, 34), 20), ((35, 44), 26), ((45, 54), 24), ((55, 63), 11))
#: What a story sets on the household instead of the person.
_GEZIN = {"leefvorm", "kinderen", "jongste_kind_geboren_op", "gebiedscode"}
_KANALEN = ("telefoon", "telefoon", "email", "sms", "")


def maak(c: Context, mens: Mens) -> Dossier:
    """The person with number, household, benefits and steps."""
    rng = c.rng("personen")
    eerste = min([k.start for k in mens.lopen] + [b.begin for b in mens.banen])
    geopend = eerste - dt.timedelta(days=rng.randint(0, 12))
    deelnemer = _persoon(c, rng, mens, geopend)
    c.s.voeg(deelnemer, geopend)
    c.deelnemers[mens.nr] = deelnemer
    if mens.persona:
        c.persona_pk[mens.persona] = deelnemer.pk
    d = Dossier(mens, deelnemer)
    if mens.dubbel_van is None:
        _nummer(c, deelnemer, geopend)
    elif (origineel := c.deelnemers.get(mens.dubbel_van.nr)) is not None:
        deelnemer.samengevoegd_met_id = origineel.pk
    _huishouden(c, d, eerste)
    _tredes(c, d)
    return d


def _persoon(c: Context, rng: Random, mens: Mens, geopend: dt.date) -> Deelnemer:
    vrouw = rng.random() < 0.51
    origineel = c.deelnemers.get(mens.dubbel_van.nr) if mens.dubbel_van else None
    geboren = _geboren(c, rng, mens)
    voor, tussen, achter = namen.trek(rng, vrouw)
    if origineel is not None:
        voor, tussen, achter, geboren = (
            origineel.roepnaam,
            origineel.voorvoegsel,
            origineel.geslachtsnaam,
            origineel.geboortedatum,
        )
        if len(achter) > 4 and achter[-1] != "s":
            achter += "s"
    gebied = mens.vast.get("gebiedscode") or _gebied(c, rng, mens)
    straat, huisnummer, postcode = adressen.trek(rng, gebied)
    tweede = rng.choice(namen.VROUWEN if vrouw else namen.MANNEN) if rng.random() < 0.4 else ""
    gezet = bool(mens.lopen and mens.lopen[-1].einde and mens.lopen[-1].einde.uitkomst == "overleden")
    velden = dict(
        dossiernummer=c.dossiernummer(geopend.year),
        voornamen=f"{voor} {tweede}".strip(),
        roepnaam=voor,
        voorletters=f"{voor[0]}.{tweede[:1]}{'.' if tweede else ''}",
        voorvoegsel=tussen,
        geslachtsnaam=achter,
        partnernaam=namen.meisjesnaam(rng, achter) if vrouw and rng.random() < 0.12 else "",
        geboortedatum=geboren,
        geslacht=Geslacht.VROUW if vrouw else Geslacht.MAN,
        telefoon=adressen.telefoon(rng),
        email=adres(f"{voor} {achter} {rng.randint(10, 99)}") if rng.random() < 0.7 else "",
        straat=straat,
        huisnummer=huisnummer,
        postcode=postcode,
        woonplaats=PLAATS,
        gebied=c.org.gebieden[gebied],
        adres_geheim=rng.random() < 0.006,
        tolk_taal="Tigrinya" if rng.random() < 0.01 else "",
        voorkeurskanaal=rng.choice(_KANALEN),
        overleden_op=mens.lopen[-1].laatste_dag if gezet else None,
        identiteit=Identiteitscontrole.DOCUMENT if rng.random() < 0.85 else Identiteitscontrole.BRP,
        identiteit_op=geopend,
        # Who recorded it is kept since a few years.
        identiteit_door=c.consulent(mens.lopen[0]).naam if mens.lopen and geopend.year >= c.peildatum.year - 3 else "",
        persona=mens.persona,
    )
    return snel(Deelnemer, **(velden | {k: v for k, v in mens.vast.items() if k not in _GEZIN and not k.endswith("_")}))


def _geboren(c: Context, rng: Random, mens: Mens) -> dt.date:
    if mens.aow:
        dag = next(k.laatste_dag for k in mens.lopen if k.einde and k.einde.bus == "03")
        return dag - dt.timedelta(days=round(66.6 * 365.25) + rng.randint(0, 27))
    op = mens.lopen[0].start if mens.lopen else mens.banen[0].begin
    if mens.jong:
        return op - dt.timedelta(days=rng.randint(18 * 366, 26 * 365))
    if not mens.lopen:
        leeftijd = min(max(rng.gauss(47, 9), 25), 64)
        dienst = (c.peildatum - op).days / 365.25
        return c.peildatum - dt.timedelta(days=round(max(leeftijd, 20 + dienst) * 365.25) + rng.randint(0, 300))
    (van, tot), _ = rng.choices(_LEEFTIJD, [w for _, w in _LEEFTIJD])[0]
    return op - dt.timedelta(days=rng.randint(van * 366, tot * 365))


def _gebied(c: Context, rng: Random, mens: Mens) -> str:
    if mens.partner and mens.partner.nr in c.deelnemers:
        ander = c.deelnemers[mens.partner.nr]
        return next(code for code, g in c.org.gebieden.items() if g.pk == ander.gebied_id)
    gebieden = c.team(mens.lopen[-1]).gebieden if mens.lopen and mens.lopen[-1].team >= 0 else ""
    keus = {code: adressen.GEWICHTEN[code] for code in (gebieden or adressen.GEWICHTEN)}
    return rng.choices(list(keus), list(keus.values()))[0]


def _nummer(c: Context, deelnemer: Deelnemer, op: dt.date) -> None:
    bsn = next(c.bsn, None)
    if bsn is None:
        deelnemer.identiteit, deelnemer.identiteit_op, deelnemer.identiteit_door = Identiteitscontrole.NIET, None, ""
        return
    c.zoeksleutels[deelnemer.pk] = bsn_.te_bewaren(bsn_.zoeksleutel(bsn))
    c.s.voeg(
        snel(
            Burgerservicenummer,
            deelnemer_id=deelnemer.pk,
            waarde=bsn_.versleutel(bsn, f"deelnemer:{deelnemer.pk}"),
            zoeksleutel=c.zoeksleutels[deelnemer.pk],
        ),
        op,
    )


def _huishouden(c: Context, d: Dossier, eerste: dt.date) -> None:
    mens, rng = d.mens, c.rng("huishoudens")
    if mens.partner is not None and mens.partner.nr in c.gezinnen:
        huishouden, uitkering = c.gezinnen[mens.partner.nr]
        _lid(c, d, huishouden, HuishoudRol.PARTNER)
        _gerechtigd(c, d, uitkering, uitkering.begindatum, uitkering.laatste_dag)
        d.uitkering = uitkering
        return
    leefvorm = rng.choices((Leefvorm.ALLEENSTAAND, Leefvorm.ALLEENSTAANDE_OUDER, Leefvorm.SAMENWONEND), (62, 22, 16))[0]
    if mens.partner is not None:
        leefvorm = Leefvorm.SAMENWONEND
        eerste = min(eerste, *(k.start for k in mens.partner.lopen))
    elif mens.jong and leefvorm == Leefvorm.ALLEENSTAANDE_OUDER and rng.random() < 0.6:
        leefvorm = Leefvorm.ALLEENSTAAND
    leefvorm = mens.vast.get("leefvorm", leefvorm)
    ouder = leefvorm == Leefvorm.ALLEENSTAANDE_OUDER
    kinderen = (
        rng.choices((1, 2, 3, 4), (46, 34, 14, 6))[0]
        if ouder
        else rng.choice((0, 0, 1, 2))
        if leefvorm == Leefvorm.SAMENWONEND
        else 0
    )
    kinderen = mens.vast.get("kinderen", kinderen)
    maanden = min(max(rng.lognormvariate(3.26, 1.45), 0.5), 260)
    volwassen = d.deelnemer.geboortedatum.replace(day=1) + dt.timedelta(days=18 * 366)
    begin = max(eerste - dt.timedelta(days=round(maanden * 30.4)), min(volwassen, eerste - 20 * _DAG))
    huishouden = c.s.voeg(
        snel(
            Huishouden,
            leefvorm=leefvorm,
            kinderen=kinderen,
            begindatum=begin,
            jongste_kind_geboren_op=c.peildatum - dt.timedelta(days=rng.randint(200, 4000)) if kinderen else None,
            kostendelers=rng.choices((1, 2, 3), (88, 9, 3))[0] if leefvorm != Leefvorm.SAMENWONEND else 2,
        ),
        begin,
    )
    _lid(c, d, huishouden, HuishoudRol.HOOFD)
    d.extra["huishouden"] = huishouden
    _uitkeringen(c, d, huishouden, begin)


def _lid(c: Context, d: Dossier, huishouden: Huishouden, rol: str) -> None:
    c.s.voeg(
        snel(
            Huishoudlid,
            huishouden_id=huishouden.pk,
            deelnemer_id=d.deelnemer.pk,
            rol=rol,
            begindatum=huishouden.begindatum,
        ),
        huishouden.begindatum,
    )


def _uitkeringen(c: Context, d: Dossier, huishouden: Huishouden, begin: dt.date) -> None:
    rng, u = c.rng("uitkeringen"), None
    for loop in d.mens.lopen:
        if loop.nug:
            continue
        if u is None or u.laatste_dag is not None:
            if u is not None:
                begin = max(u.laatste_dag + 15 * _DAG, loop.start - dt.timedelta(days=rng.randint(20, 150)))
            regeling = Regeling.IOAW if rng.random() < 0.02 and not d.mens.jong else Regeling.BIJSTAND
            u = c.s.voeg(
                snel(
                    Uitkering,
                    regeling=regeling,
                    huishouden_id=huishouden.pk,
                    begindatum=min(begin, loop.start),
                    extern_nummer=f"U{rng.randint(10**7, 10**8 - 1)}",
                ),
                begin,
            )
        if loop.laatste_dag is not None and loop.einde is not None:
            u.laatste_dag, u.reden_einde, u.einde_bevestigd_op = loop.laatste_dag, loop.einde.bus, loop.bevestigd
            if loop.tweede_partner is not None or loop.eerste_partner is not None:
                u.reden_einde = "11"
        d.extra.setdefault("uitkering_van", {})[loop.nr] = u
        _gerechtigd(c, d, u, u.begindatum, None) if u.laatste_dag is None and loop is d.mens.lopen[-1] else None
        if u.laatste_dag is not None:
            _gerechtigd(c, d, u, u.begindatum, u.laatste_dag)
    d.uitkering = u
    if d.mens.partner is not None and u is not None:
        c.gezinnen[d.mens.nr] = (huishouden, u)


def _gerechtigd(c: Context, d: Dossier, u: Uitkering, begin: dt.date, eind: dt.date | None) -> None:
    c.s.voeg(
        snel(Uitkeringsgerechtigde, uitkering_id=u.pk, deelnemer_id=d.deelnemer.pk, begindatum=begin, einddatum=eind),
        begin,
    )


def opnieuw_in_uitkering(c: Context, d: Dossier, dag: dt.date) -> None:
    """The job stopped and the person is back in benefit."""
    huishouden = d.extra.get("huishouden")
    if huishouden is None or d.uitkering is None or d.uitkering.laatste_dag is None or dag <= d.uitkering.laatste_dag:
        return
    u = c.s.voeg(snel(Uitkering, regeling=Regeling.BIJSTAND, huishouden_id=huishouden.pk, begindatum=dag), dag)
    _gerechtigd(c, d, u, dag, None)


_TREDEREDEN = {
    2: "Komt binnen via een Kanstraject.",
    3: "Kan met begeleiding werken aan vaardigheden voor werk.",
    4: "Kan met hulp direct naar werk zoeken.",
}


def _tredes(c: Context, d: Dossier) -> None:
    """One step per trajectory; some grow one step on the way, after the start so that the start stays as counted."""
    rng, vorige, rijen = c.rng("tredes"), None, []
    for loop in d.mens.lopen:
        if loop.nug and not d.mens.persona:
            pass
        if vorige is not None and vorige.waarde == loop.trede:
            continue
        if vorige is not None:
            vorige.einddatum = loop.start - _DAG
        wie = c.consulent(loop) if loop.team >= 0 else None
        vorige = snel(
            Trede,
            deelnemer_id=d.deelnemer.pk,
            waarde=loop.trede,
            begindatum=loop.start,
            reden=_TREDEREDEN[loop.trede],
            vastgesteld_door=wie,
        )
        rijen.append(vorige)
        tot = loop.eind or c.peildatum
        if loop is d.mens.lopen[-1] and loop.trede < 4 and (tot - loop.start).days > 150 and rng.random() < 0.15:
            dag = loop.start + dt.timedelta(days=rng.randint(90, 140))
            vorige.einddatum = dag - _DAG
            vorige = snel(
                Trede,
                deelnemer_id=d.deelnemer.pk,
                waarde=loop.trede + 1,
                begindatum=dag,
                reden="Is gegroeid en kan een stap verder.",
                vastgesteld_door=wie,
            )
            rijen.append(vorige)
    for trede in rijen:
        c.s.voeg(trede, trede.begindatum)
        c.tijdlijn(trederegel(trede))
    if vorige is not None:
        d.deelnemer.trede_nu, d.deelnemer.trede_sinds = vorige.waarde, vorige.begindatum
