"""Referrals in every state: what came in, what went back and why, and what waits today."""

from __future__ import annotations

import datetime as dt
import uuid
from random import Random
from typing import Any

from aanmeldingen.aansluiting import tijdlijnregels
from aanmeldingen.models import Aanmelding, AanmeldingVeiligheid, Aanvullingsvraag
from kern import bsn as bsn_
from organisatie.models import Medewerker, Team
from regelgeving.rekenen.werkdagen import plus_werkdagen
from reintegratie.demodata import adressen, documenten, namen, plan
from reintegratie.demodata.context import Context, Dossier, werkdag
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.snel import snel
from reintegratie.demodata.stromen import Loop
from reintegratie.demodata.teams import DEMOTEAM, PLAATS
from reintegratie.demodata.wegschrijven import tijdstip

_DAG = dt.timedelta(days=1)
_ROUTE = {
    "intake": "intake",
    "koers_naar_werk": "koers-naar-werk",
    "activering": "activering",
    "uwv": "uwv",
    "reclassering": "reclassering",
    "werk_en_opleiding_jongeren": "werk-en-opleiding-jongeren",
    "bijzondere_doelgroepen": "bijzondere-doelgroepen",
    "onderwijs": "onderwijs",
    "stadsdeel": "stadsdeel",
    "samen_doen": "samen-doen",
}
_TERUG = {
    "adviesrapport_ontbreekt": "Het adviesrapport zit er niet bij. Stuur het mee.",
    "geen_werkvermogen": "Er is nu geen werkvermogen. Begin met zorg.",
    "verkeerde_trede": "De trede past niet bij het advies. Kijk die samen na.",
    "kinderopvang_niet_geregeld": "De opvang is nog niet geregeld.",
    "niet_akkoord_of_onbekend": "De persoon weet niet van deze aanmelding.",
    "al_in_traject": "Deze persoon heeft al een traject bij ons.",
}
_UITKOMST = {"werk": "werk", "deeltijd": "werk_deels", "overloop": "werk"}
#: Who waits for the consulent who logs in: name, source, state, working days that are left.
_WACHTEN = (
    (("Yara", "", "Misiedjan"), "intake", "in_behandeling", 0, "Wil in de horeca werken."),
    (("Dennis", "van", "Leeuwen"), "koers_naar_werk", "in_behandeling", 3, "Werkt al 12 uur als koerier."),
    (("Naima", "", "Chaoui"), "activering", "aanvulling_gevraagd", 0, "Wil eerst een paar dagdelen beginnen."),
)
#: Open per year of inflow, per state.
_OPEN = (("ontvangen", 18), ("in_behandeling", 14), ("aanvulling_gevraagd", 10), ("ingetrokken", 12))


def _rapport(rng: Any) -> dict[str, Any]:
    """An advice report in the shape of the API, as Intake sends it."""
    beroep = rng.choice(("schoonmaker", "orderpicker", "zorghulp", "kok", "hovenier"))
    uren = rng.choice((16, 20, 24, 28))
    return {
        "opleidingen": [{"niveau": rng.choice((1, 2, 4)), "status": rng.choice(("diploma", "zonder"))}],
        "talen": [{"taal": "nld", "mondeling": rng.choice((2, 3, 4)), "schriftelijk": 2}],
        "beschikbaarheid": {"urenMin": uren - 8, "urenMax": uren + 8, "vervoer": rng.choice(("fiets", "ov"))},
        "trede": {"waarde": rng.choice((3, 3, 4))},
        "zoekberoep": [{"naam": beroep}],
    }


#: Who stays in view at the sender.
_KLANTMANAGER: dict[str, dict[str, Any]] = {
    "werk_en_opleiding_jongeren": {"naam": "Els de Wit", "email": adres("Els de Wit"), "blijftKlantmanager": True},
    "bijzondere_doelgroepen": {"naam": "Inge Vos", "telefoon": "0201234567", "rol": "inkomensbeheer"},
}


def _erbij(bron: str, nummer: int, ontvangen: dt.date) -> dict[str, Any]:
    """What a sender tells besides the report; now and then something is missing."""
    sinds, begeleid = ontvangen - (200 + nummer * 53 % 900) * _DAG, ontvangen - (40 + nummer * 37 % 130) * _DAG
    return {
        "uitkering": {"regeling": "01", "ingangsdatum": sinds.isoformat()} if nummer % 9 else {},
        "eerdere_begeleiding": [{"afdeling": bron, "van": begeleid.isoformat()}],
        "klantmanager": _KLANTMANAGER.get(bron, {"naam": "Team klantmanagement"}) if nummer % 3 else {},
        "werkverdeling": {"kinderopvang": "verwijzer", "werktijden": "wij"} if nummer % 4 else {},
    }


def bij_traject(c: Context, d: Dossier, loop: Loop) -> None:
    """The accepted referral of this trajectory, and what went before it."""
    if loop.mens.dubbel_van is not None or c.inbak is None or not loop.bron or loop.start < c.peildatum - 730 * _DAG:
        return
    rng = c.rng("aanmeldingen")
    traject = d.extra["traject"]
    fout = 1 - plan.IN_EEN_KEER_GOED.get(loop.bron, plan.ANDERS_GOED)
    mis = rng.random() < fout / (1 - fout / 2)
    terug = 2 if d.mens.persona == "heen_en_weer" else int(mis and rng.random() < 0.5)
    aangenomen = loop.start - dt.timedelta(days=rng.randint(1, 9))
    ontvangen = werkdag(aangenomen - dt.timedelta(days=rng.randint(2, 6)))
    ontvangen = min(ontvangen, aangenomen)
    eerdere = None
    for keer in range(terug, 0, -1):
        op = werkdag(ontvangen - dt.timedelta(days=12 * keer))
        reden = rng.choices(list(plan.TERUGSTUURREDENEN), list(plan.TERUGSTUURREDENEN.values()))[0]
        eerdere = _van_dossier(
            c,
            rng,
            d,
            loop,
            op,
            status="teruggestuurd",
            status_sinds=op + 3 * _DAG,
            terugstuurreden=reden,
            terugstuurtekst=_TERUG[reden],
            in_een_keer_goed=False,
            beslist_op=tijdstip(op + 3 * _DAG, 15),
            eerdere_aanmelding=eerdere,
        )
    klaar = loop.eind is not None and not loop.wacht
    vraag = mis and not terug
    rij = _van_dossier(
        c,
        rng,
        d,
        loop,
        ontvangen,
        status="afgehandeld" if klaar else "geaccepteerd",
        status_sinds=loop.eind if klaar else aangenomen,
        in_een_keer_goed=not vraag,
        beslist_op=tijdstip(aangenomen, 11),
        eerdere_aanmelding=eerdere,
        traject_start=loop.start,
        uitkomst=_uitkomst(loop) if klaar else "",
        behandelaar=c.consulent(loop),
    )
    if vraag:
        c.s.voeg(
            Aanvullingsvraag(
                kenmerk=_kenmerk(rng),
                aanmelding=rij,
                deelnemer_id=d.deelnemer.pk,
                onderdelen=[
                    rng.choice(("adviesrapport_", "trede", "talen", "beschikbaarheid")).replace(
                        "adviesrapport_", "document"
                    )
                ],
                vraag="Kun je dit aanvullen? Dan kunnen we beslissen.",
                gesteld_door=c.consulent(loop),
                gesteld_op=tijdstip(ontvangen, 14),
                beantwoord_op=tijdstip(aangenomen, 9),
                antwoord="Aangevuld.",
            ),
            ontvangen,
        )
    traject.aanmelding = rij.kenmerk


def _uitkomst(loop: Loop) -> str:
    einde = loop.einde
    if einde is None:
        return ""
    if einde.uitkomst in {"school", "zorg"}:
        return {"school": "onderwijs", "zorg": "zorg"}[einde.uitkomst]
    return _UITKOMST.get(einde.groep, "gestopt" if einde.groep == "geen" else "anders")


def _kenmerk(rng: Random) -> uuid.UUID:
    return uuid.UUID(int=rng.getrandbits(128), version=4)


def _van_dossier(c: Context, rng: Random, d: Dossier, loop: Loop, ontvangen: dt.date, **velden: Any) -> Aanmelding:
    p = d.deelnemer
    persoon = {
        k: getattr(p, k)
        for k in (
            "voornamen",
            "roepnaam",
            "voorletters",
            "voorvoegsel",
            "geslachtsnaam",
            "geboortedatum",
            "geslacht",
            "telefoon",
            "email",
            "straat",
            "huisnummer",
            "postcode",
            "woonplaats",
        )
    }
    rij = _rij(
        c,
        rng,
        persoon,
        loop.bron,
        ontvangen,
        c.team(loop).team,
        deelnemer=p,
        bsn_zoeksleutel=c.zoeksleutels.get(p.pk),
        **velden,
    )
    c.tijdlijn(*tijdlijnregels(rij))
    return rij


def _rij(
    c: Context,
    rng: Random,
    persoon: dict[str, Any],
    bron: str,
    ontvangen: dt.date,
    team: Team | None,
    *,
    over: int = 0,
    **velden: Any,
) -> Aanmelding:
    route, versie = c.inbak.routes[_ROUTE[bron]]
    c.inbak.teller += 1
    moment = tijdstip(ontvangen, rng.randint(8, 16), rng.randrange(60))
    gevraagd = len(versie.verplicht) + len(versie.gewenst)
    status = velden["status"]
    loopt = status in {"ontvangen", "in_behandeling"}
    jong = route.jongerenpoort or (ontvangen - persoon["geboortedatum"]).days < 27 * 365
    return c.s.voeg(
        snel(
            Aanmelding,
            kenmerk=_kenmerk(rng),
            client=c.inbak.clients.get(bron),
            externe_referentie=f"{bron[:3].upper()}-{c.snede}-{c.inbak.teller:06d}" if bron in c.inbak.clients else "",
            bron=bron,
            route=route,
            routeversie=versie,
            verwijsreden="jongere" if jong else rng.choice(("bemiddeling", "ontwikkeling")),
            toelichting="" if c.volume else "Wil graag aan het werk en kan op afspraken komen.",
            verwijzer_naam=f"{rng.choice(namen.VROUWEN)} {rng.choice(namen.ACHTERNAMEN)[1]}",
            verwijzer_email=adres(f"{bron} {rng.randint(1, 40)}"),
            verwijzer_team="Balie " + rng.choice(("A", "B", "C")),
            ontvangen_op=moment,
            gewijzigd_op=moment,
            adviesrapport={} if c.volume else _rapport(rng),
            **({} if c.volume else _erbij(bron, c.inbak.teller, ontvangen)),
            onderdelen_gevraagd=gevraagd,
            onderdelen_aanwezig=gevraagd - rng.choice((0, 0, 1)) if status != "teruggestuurd" else max(gevraagd - 2, 0),
            sla_werkdagen=versie.sla_werkdagen,
            klok_sinds=ontvangen if loopt else None,
            uiterlijk_op=plus_werkdagen(c.peildatum, over) if loopt else None,
            jongerenpoort=jong,
            team=team,
            **persoon,
            **velden,
        ),
        moment,
    )


def open_vandaag(c: Context) -> None:
    """What waits today; three of them for the consulent who logs in."""
    rng, wie = c.rng("openstaand"), c.org.inloggers.get("consulent")
    if c.snede == 0 and wie is not None:
        team = next(t.team for t in c.org.teams if t.team.code == DEMOTEAM)
        for naam, bron, status, over, tekst in _WACHTEN:
            _open(c, rng, naam, bron, status, over, wie, team, tekst)
    for status, aantal in _OPEN:
        for _ in range(plan.geschaald(aantal, c.schaal)):
            bron = rng.choices(list(plan.BRONNEN), list(plan.BRONNEN.values()))[0]
            plek = rng.choice([t for t in c.org.begeleidend if t.team.code != DEMOTEAM])
            _open(
                c,
                rng,
                namen.trek(rng, rng.random() < 0.5),
                bron,
                status,
                rng.randint(0, 4),
                rng.choice(plek.consulenten),
                plek.team,
                "",
            )


def _open(
    c: Context,
    rng: Random,
    naam: tuple[str, str, str],
    bron: str,
    status: str,
    over: int,
    wie: Medewerker,
    team: Team,
    tekst: str,
) -> None:
    voor, tussen, achter = naam
    straat, huisnummer, postcode = adressen.trek(rng, "T")
    jong = bron in {"werk_en_opleiding_jongeren", "onderwijs"}
    persoon = {
        "voornamen": voor,
        "roepnaam": voor,
        "voorletters": f"{voor[0]}.",
        "voorvoegsel": tussen,
        "geslachtsnaam": achter,
        "straat": straat,
        "geboortedatum": c.peildatum
        - dt.timedelta(days=rng.randint(19 * 366, 25 * 366) if jong else rng.randint(28 * 366, 58 * 366)),
        "geslacht": "2" if voor in namen.VROUWEN else "1",
        "telefoon": adressen.telefoon(rng),
        "email": adres(f"{voor} {achter} {rng.randint(10, 99)}"),
        "huisnummer": huisnummer,
        "postcode": postcode,
        "woonplaats": PLAATS,
    }
    sinds = c.peildatum - dt.timedelta(days=5 if tekst else rng.randint(1, 6))
    bsn = next(c.bsn, None)
    velden: dict[str, Any] = {
        "status": status,
        "status_sinds": sinds,
        "in_een_keer_goed": False if status == "aanvulling_gevraagd" else None,
    }
    if status == "ingetrokken":
        velden["intrekreden"] = "De persoon heeft zelf werk gevonden."
    if status in {"in_behandeling", "aanvulling_gevraagd"}:
        velden["behandelaar"] = wie
    rij = _rij(
        c,
        rng,
        persoon,
        bron,
        sinds,
        team,
        over=over,
        bsn_zoeksleutel=bsn_.te_bewaren(bsn_.zoeksleutel(bsn)) if bsn else None,
        **velden,
    )
    if tekst:
        rij.toelichting = tekst
        documenten.voeg_toe(c, rij, voor, sinds, _kenmerk(rng))
    if tekst and bron == "koers_naar_werk":
        rij.veiligheidsmelding_aanwezig = True
        melding = AanmeldingVeiligheid(
            aanmelding=rij,
            gedrag="Schreeuwde en gooide een stoel om toen een gesprek niet doorging.",
            maatregel="Eerste gesprek met twee collega’s, in een kamer met twee deuren.",
            gemeld_door="Rob Visser",
            vastgesteld_op=sinds - 60 * _DAG,
            geldig_tot=sinds + 200 * _DAG,
        )
        c.s.voeg(melding, sinds)
    if status == "aanvulling_gevraagd":
        c.s.voeg(
            Aanvullingsvraag(
                kenmerk=_kenmerk(rng),
                aanmelding=rij,
                onderdelen=["document"],
                vraag="Het adviesrapport zit er niet bij. Kun je dat sturen?",
                gesteld_door=wie,
                gesteld_op=tijdstip(sinds, 15),
            ),
            sinds,
        )
