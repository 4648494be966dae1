"""Daily work in the year before the peildatum: appointments, contacts, promises, safety notices."""

from __future__ import annotations

import datetime as dt
from random import Random

from deelnemers.incidentkeuzes import Incidentsoort, Meldingbesluit
from deelnemers.keuzes import Kanaal
from deelnemers.models import Contactmoment, Incident, Toezegging, Veiligheidsmelding
from deelnemers.services.tijdlijn import belofteregel, contactregel
from organisatie.models import Medewerker
from reintegratie.demodata import teksten
from reintegratie.demodata.context import Context, Dossier, toevallige_dag, werkdag
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop
from reintegratie.demodata.wegschrijven import tijdstip
from trajecten.models import Afspraak
from trajecten.tijdlijn import afspraakregels

_DAG = dt.timedelta(days=1)
#: Per person and year in a trajectory, so that the municipality has 46,000 and 38,000.
AFSPRAKEN_PER_JAAR, CONTACTEN_PER_JAAR = 22.0, 18.4
_BEREIKT = {Kanaal.TELEFOON, Kanaal.GESPREK, Kanaal.VIDEO, Kanaal.EMAIL, Kanaal.SMS, Kanaal.HUISBEZOEK}
_STAND = ("verschenen", "afgemeld", "niet_verschenen")
_ICOON_DUUR = {"eerste": 60, "voortgang": 30, "bellen": 15, "evaluatie": 45}


def maak(c: Context, d: Dossier, loop: Loop) -> None:
    """Appointments and contacts of this trajectory in the window, and the next appointment."""
    van, tot = max(loop.start, c.venster), loop.eind or c.peildatum
    if van > tot or loop.mens.dubbel_van is not None:
        return
    if not c.volume or loop.loopt:
        _afspraken(c, d, loop, van, tot)
    _contacten(c, d, loop, van, tot)
    if loop.loopt:
        _toezeggingen(c, d, loop, van)
        _veiligheid(c, d, loop)


def _afspraken(c: Context, d: Dossier, loop: Loop, van: dt.date, tot: dt.date) -> None:
    rng, wie = c.rng("afspraken"), c.consulent(loop)
    dagen = (tot - van).days
    keer = AFSPRAKEN_PER_JAAR * dagen / 365 * (0.3 if c.volume else 1.0)
    aantal = int(keer) + (rng.random() < keer - int(keer))
    momenten = sorted(toevallige_dag(rng, van, tot - _DAG if tot == c.peildatum else tot) for _ in range(aantal))
    kans = 0.18 if d.mens.jong else 0.105
    geweest = 0
    uitgevallen = loop.einde is not None and loop.einde.uitkomst == "niet_verschenen" and not loop.wacht
    for nummer, dag in enumerate(momenten):
        eerste = nummer == 0 and dag <= loop.start + 21 * _DAG
        stand = rng.choices(_STAND, (0.79, 0.10, 0.15 if eerste else kans))[0]
        if (loop.netjes or uitgevallen) and nummer >= len(momenten) - 3:
            stand = "verschenen"
        if loop.eind is not None and nummer == len(momenten) - 1:
            stand = "verschenen"
        geweest = geweest + 1 if stand == "niet_verschenen" else 0 if stand == "verschenen" else geweest
        soort = "eerste" if eerste else rng.choices(("voortgang", "bellen", "evaluatie"), (74, 18, 8))[0]
        if momenten and nummer == len(momenten) - 1 and loop.loopt and not loop.netjes and rng.random() < 0.012:
            stand = "gepland"
        _afspraak(c, rng, d, wie, dag, soort, stand, min(geweest, 3) if stand == "niet_verschenen" else 0)
    if uitgevallen:
        _ladder(c, rng, d, loop, wie)
    elif loop.loopt and (loop.netjes or rng.random() < 0.8) and not d.mens.vast.get("geen_afspraak_"):
        _volgende(c, rng, d, wie)


def _ladder(c: Context, rng: Random, d: Dossier, loop: Loop, wie: Medewerker) -> None:
    """Three times not there, another way tried, and then a person decided."""
    for stap in (1, 2, 3):
        dag = werkdag(loop.eind - dt.timedelta(days=(4 - stap) * 8 + 2))
        afspraak = _rij(c, rng, d, wie, dag, "huisbezoek" if stap == 3 else "voortgang", "niet_verschenen", stap)
        if stap == 3:
            afspraak.vervolg, afspraak.vervolg_reden = (
                "afsluiten",
                "Drie keer niet gekomen, ook op huisbezoek niet bereikt.",
            )
            afspraak.vervolg_op, afspraak.vervolg_door = loop.eind, c.team(loop).manager
        c.s.voeg(afspraak, dag)
        c.tijdlijn(*afspraakregels(afspraak))


def _volgende(c: Context, rng: Random, d: Dossier, wie: Medewerker) -> None:
    if d.mens.vast.get("afspraak_"):
        uur, minuut, soort, minuten = d.mens.vast["afspraak_"]
        afspraak = _rij(c, rng, d, wie, c.peildatum, soort, "gepland", 0)
        afspraak.begint_op = tijdstip(c.peildatum, uur, minuut)
        afspraak.eindigt_op = afspraak.begint_op + dt.timedelta(minutes=minuten)
        c.agenda[wie.pk].add(afspraak.begint_op)
        c.s.voeg(afspraak, c.peildatum - 6 * _DAG)
        zet_volgende(d, afspraak)
        return
    dag = werkdag(
        c.peildatum + dt.timedelta(days=rng.choices((0, 1, 2, 3, 6, 9, 14, 20), (6, 10, 10, 10, 20, 20, 14, 10))[0])
    )
    afspraak = _rij(c, rng, d, wie, dag, "voortgang", "gepland", 0, uniek=True)
    c.s.voeg(afspraak, c.peildatum - dt.timedelta(days=rng.randint(0, 8)))
    zet_volgende(d, afspraak)


def zet_volgende(d: Dossier, afspraak: Afspraak) -> None:
    """Keep the stored column of the list."""
    nu = d.deelnemer.volgende_afspraak_op
    d.deelnemer.volgende_afspraak_op = min(nu, afspraak.begint_op) if nu else afspraak.begint_op


def _afspraak(
    c: Context, rng: Random, d: Dossier, wie: Medewerker, dag: dt.date, soort: str, stand: str, stap: int
) -> None:
    afspraak = _rij(c, rng, d, wie, dag, soort, stand, stap)
    c.s.voeg(afspraak, dag - dt.timedelta(days=rng.randint(2, 12)))
    c.tijdlijn(*afspraakregels(afspraak))


def _rij(
    c: Context,
    rng: Random,
    d: Dossier,
    wie: Medewerker,
    dag: dt.date,
    soort: str,
    stand: str,
    stap: int,
    *,
    uniek: bool = False,
) -> Afspraak:
    begin = tijdstip(dag, rng.randint(9, 15), rng.choice((0, 15, 30, 45)))
    if uniek:
        bezet = c.agenda[wie.pk]
        for _ in range(12):
            if begin not in bezet:
                break
            begin = tijdstip(dag, rng.randint(9, 16), rng.choice((0, 15, 30, 45)))
        bezet.add(begin)
    return snel(
        Afspraak,
        deelnemer_id=d.deelnemer.pk,
        medewerker=wie,
        soort=soort,
        begint_op=begin,
        eindigt_op=begin + dt.timedelta(minutes=_ICOON_DUUR.get(soort, 30)),
        status=stand,
        status_sinds=dag if stand != "gepland" else c.peildatum - 9 * _DAG,
        stap=stap,
        locatie=rng.choice(c.org.kamers) if soort not in {"bellen", "huisbezoek"} else None,
    )


def _contacten(c: Context, d: Dossier, loop: Loop, van: dt.date, tot: dt.date) -> None:
    rng, wie = c.rng("contacten"), c.consulent(loop)
    keer = CONTACTEN_PER_JAAR * (tot - van).days / 365 * (0.25 if c.volume else 1.0)
    aantal = int(keer) + (rng.random() < keer - int(keer))
    if loop.netjes:
        aantal = max(aantal, 2)
    stil = d.mens.vast.get("contact_dagen_", 0)
    tot = max(tot - stil * _DAG, van)
    for nummer in range(aantal):
        dag = toevallige_dag(rng, van, tot)
        if loop.netjes and nummer == 0:
            dag = max(van, werkdag(c.peildatum - dt.timedelta(days=rng.randint(2, 24))))
            dag = tot if stil else min(dag, c.peildatum)
        kanaal, onderwerp, tekst = teksten.notitie(rng, d.deelnemer.roepnaam)
        if loop.netjes and nummer == 0:
            kanaal = Kanaal.TELEFOON
        schrijf_contact(
            c,
            d,
            wie,
            dag,
            kanaal,
            onderwerp,
            "" if c.volume else tekst,
            rng.randint(9, 16),
            gelukt=onderwerp != "Geen gehoor",
        )


def schrijf_contact(
    c: Context,
    d: Dossier,
    wie: Medewerker,
    dag: dt.date,
    kanaal: str,
    onderwerp: str,
    tekst: str,
    uur: int,
    *,
    gelukt: bool = True,
) -> Contactmoment:
    """A contact with its line in the timeline and the stored column of the list."""
    moment = tijdstip(dag, uur if dag < c.peildatum else 8, 5)
    contact = snel(
        Contactmoment,
        deelnemer_id=d.deelnemer.pk,
        medewerker=wie,
        kanaal=kanaal,
        onderwerp=onderwerp,
        inhoud=tekst or onderwerp,
        plaatsgevonden_op=moment,
        minuten=15 if kanaal == Kanaal.TELEFOON else 30,
        contact_gelukt=gelukt,
    )
    c.s.voeg(contact, moment)
    c.tijdlijn(contactregel(contact))
    if gelukt and kanaal in _BEREIKT:
        dag = contact.plaatsgevonden_op.date()
        nu = d.deelnemer.laatste_contact_op
        d.deelnemer.laatste_contact_op = max(nu, dag) if nu else dag
    return contact


_WAT = {
    "wij": (
        "De opvang bellen.",
        "Vragen naar de vergoeding.",
        "Het contract nakijken.",
        "Een proefdag regelen.",
        "Het verslag sturen.",
    ),
    "deelnemer": ("Het cv aanvullen.", "Twee werkgevers bellen.", "Het diploma meenemen.", "De reis uitproberen."),
}


def _toezeggingen(c: Context, d: Dossier, loop: Loop, van: dt.date) -> None:
    rng, wie = c.rng("toezeggingen"), c.consulent(loop)
    for _ in range(rng.choice((0, 1, 1, 2, 3))):
        partij = rng.choice(("wij", "deelnemer"))
        gemaakt = toevallige_dag(rng, van, c.peildatum)
        voor = gemaakt + dt.timedelta(days=rng.randint(3, 20))
        gedaan = voor + dt.timedelta(days=rng.choice((-2, -1, 0, 0, 0, 4))) if voor < c.peildatum else None
        if gedaan is not None:
            gedaan = min(max(gedaan, gemaakt), c.peildatum)
        if partij == "wij" and gedaan is None:
            continue  # open promises of ours are in the stories, with their row on the list
        niet = gedaan is not None and rng.random() < 0.06
        rij = c.s.voeg(
            Toezegging(
                deelnemer_id=d.deelnemer.pk,
                partij=partij,
                medewerker=wie if partij == "wij" else None,
                wat=rng.choice(_WAT[partij]),
                gemaakt_op=gemaakt,
                voor=voor,
                nagekomen_op=None if niet else gedaan,
                niet_gedaan_op=gedaan if niet else None,
                toelichting="Was op vakantie." if niet else "",
            ),
            gemaakt,
        )
        if regel := belofteregel(rij):
            c.tijdlijn(regel)


def _veiligheid(c: Context, d: Dossier, loop: Loop) -> None:
    rng = c.rng("veiligheid")
    if loop.netjes or rng.random() >= 0.018:
        return
    op = max(loop.start, c.peildatum - dt.timedelta(days=rng.randint(30, 500)))
    verlopen = rng.random() < 1 / 3
    tot = (
        c.peildatum - dt.timedelta(days=rng.randint(1, 60))
        if verlopen
        else c.peildatum + dt.timedelta(days=rng.randint(20, 250))
    )
    wie, tweede = c.consulent(loop), c.team(loop).manager
    if tweede is None or tweede is wie:
        return
    c.s.voeg(
        Veiligheidsmelding(
            deelnemer_id=d.deelnemer.pk,
            gedrag="Schold en sloeg met de deur tijdens een gesprek.",
            bron="Gesprek op kantoor",
            maatregel="Spreek met twee mensen, in een kamer op de begane grond.",
            vastgesteld_op=min(op, tot - _DAG),
            vastgesteld_door=wie,
            tweede_persoon=tweede,
            geldig_tot=tot,
            persoon_ingelicht_op=op,
            herzien_op=tot if tot <= c.peildatum + dt.timedelta(days=30) else None,
        ),
        op,
    )
    _incident(c, d, loop, wie, tweede, op)


def _incident(c: Context, d: Dossier, loop: Loop, wie: Medewerker, manager: Medewerker, notitie: dt.date) -> None:
    """Some notices came out of an incident; some incidents came after a notice, and one waits to be closed."""
    rng = c.rng("incident")
    dag = notitie + dt.timedelta(days=rng.choice((-3, -2, 20, 45)))
    if rng.random() < 1 / 3 or not loop.start <= dag < c.peildatum:
        return
    klaar = dag + dt.timedelta(days=4)
    open_ = klaar >= c.peildatum - dt.timedelta(days=30)
    velden = (
        {}
        if open_
        else {
            "uitkomst": "Met de persoon gesproken. De afspraak over twee collega’s is uitgelegd.",
            "meldingbesluit": Meldingbesluit.NIEUW if dag < notitie else Meldingbesluit.BLIJFT,
            "persoon_ingelicht_op": klaar,
            "afgehandeld_op": klaar,
            "afgehandeld_door": manager,
            "nazorg": "Gesprek over wat er is gebeurd.",
            "nazorg_door": manager,
            "nazorg_voor": klaar,
            "nazorg_gedaan_op": klaar,
        }
    )
    c.s.voeg(
        Incident(
            deelnemer_id=d.deelnemer.pk,
            soort=rng.choice((Incidentsoort.SCHELDEN, Incidentsoort.DREIGEN)),
            gebeurd_op=tijdstip(dag, 10, 30),
            waar="Spreekkamer",
            gebeurd="Werd boos over een brief, schold en sloeg met de deur.",
            gemeld_door=wie,
            melding_vooraf=dag > notitie,
            **velden,
        ),
        dag,
    )
