"""Referrals by us in every state, the people at the partners, and answers of income that fit no notice."""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from typing import Any

from aanmeldingen import verwijzingen
from aanmeldingen.keuzes import EIGEN_BRON, EIGEN_NAAM
from aanmeldingen.models import Aanmelding, Linkopening, Rappel, Verzending
from deelnemers.models import Antwoordlevering, Deelnemer, Inkomensantwoord
from deelnemers.services import lijstkolommen
from deelnemers.services.werkvoorraad import te_koppelen
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Overgang, TijdlijnRegel
from organisatie.models import Contactpersoon, Ketenpartner
from regelgeving.rekenen.werkdagen import plus_werkdagen
from reintegratie.demodata.inbak import Inbak
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.organisatie import Organisatie
from reintegratie.demodata.wegschrijven import ACTOR, tijdstip

_DAG = dt.timedelta(days=1)
_CONTACTEN = (("Rob Visser", "loketmedewerker"), ("Annemiek Bos", "coördinator"))
#: State, route, kind of partner, reason, days ago that it was sent, text.
_RIJEN: tuple[tuple[str, str, str, str, int, str], ...] = (
    ("concept", "naar-school", "onderwijs", "opleiding", 0, "Wil de opleiding Zorg niveau 2 afmaken."),
    ("verstuurd", "naar-zorg", "zorg", "begeleiding_zorg", 2, "Vraagt om begeleiding voor een traject begint."),
    ("verstuurd", "naar-school", "onderwijs", "terug_naar_school", 16, "Wil na het tweede jaar verder leren."),
    ("ontvangst_bevestigd", "naar-activering", "afdeling", "activering_eerst", 9, "Eerst een vast ritme opbouwen."),
    ("aangenomen", "naar-activering", "afdeling", "activering_eerst", 40, "Kan nu twee dagdelen en wil meer doen."),
    ("teruggestuurd", "naar-school", "onderwijs", "opleiding", 20, "Wil een opleiding techniek op niveau 3."),
    ("ingetrokken", "naar-zorg", "schuldhulp", "schulden", 30, "Heeft hulp nodig met post en rekeningen."),
)
_DOOR = "Rob Visser, loketmedewerker"


def _kenmerk(naam: str) -> uuid.UUID:
    return uuid.UUID(bytes=hashlib.md5(naam.encode(), usedforsecurity=False).digest(), version=4)


def maak(org: Organisatie, inbak: Inbak, peildatum: dt.date) -> None:
    """Call after the dossiers are written."""
    wie = org.inloggers.get("consulent")
    if wie is None:
        return
    with handeling(ACTOR):
        _contacten()
        Ketenpartner.objects.filter(soort="afdeling", naam__contains="Activering").update(
            client=inbak.clients["activering"], bsn_toegestaan=True, bsn_grondslag="Wet SUWI, artikel 62"
        )
        mensen = Deelnemer.objects.filter(regievoerder=wie, overleden_op=None, in_traject=True).order_by("pk")
        for nummer, (deelnemer, rij) in enumerate(zip(mensen[3:], _RIJEN, strict=False)):
            _verwijs(inbak, deelnemer, wie, peildatum, nummer, *rij)
        _antwoorden(peildatum)


def _contacten() -> None:
    for partner in Ketenpartner.objects.order_by("pk"):
        for naam, functie in _CONTACTEN:
            Contactpersoon.objects.create(
                ketenpartner=partner, naam=naam, functie=functie, email=adres(f"{naam} {partner.naam}")
            )


def _verwijs(inbak: Inbak, deelnemer: Deelnemer, wie: Any, peildatum: dt.date, nummer: int, *rij: Any) -> None:
    status, code, soort, reden, dagen, tekst = rij
    partner = Ketenpartner.objects.filter(soort=soort).order_by("client", "pk").first()
    if partner is None:
        return
    route, versie = inbak.routes[code]
    op = plus_werkdagen(peildatum - dagen * _DAG, 0)
    moment = tijdstip(op, 10)
    klaar = status in {"aangenomen", "teruggestuurd", "ingetrokken"}
    sinds = min(op + 4 * _DAG, peildatum) if status not in {"concept", "verstuurd"} else op
    bevestigd = status in {"ontvangst_bevestigd", "aangenomen", "teruggestuurd"}
    onderdelen = [*versie.verplicht, "talen"] if "talen" in versie.gewenst else list(versie.verplicht)
    aanmelding = Aanmelding.objects.create(
        kenmerk=_kenmerk(f"verwijzing:{nummer}"),
        richting="uitgaand",
        bron=EIGEN_BRON,
        route=route,
        routeversie=versie,
        ketenpartner=partner,
        deelnemer=deelnemer,
        team=deelnemer.team,
        behandelaar=wie,
        verwijzer_naam=wie.naam,
        verwijzer_team=deelnemer.team.naam if deelnemer.team else EIGEN_NAAM,
        verwijsreden=reden,
        toelichting=tekst,
        status=status,
        status_sinds=sinds,
        ontvangen_op=moment,
        gewijzigd_op=moment,
        sla_werkdagen=versie.sla_werkdagen,
        ontvangst_bevestigd_op=tijdstip(sinds, 11) if bevestigd else None,
        beslist_op=tijdstip(sinds, 14) if klaar else None,
        terugstuurreden="geen_plek" if status == "teruggestuurd" else "",
        terugstuurtekst="De groep is vol. In september is er weer plek." if status == "teruggestuurd" else "",
        intrekreden="Er loopt al hulp via de wijk." if status == "ingetrokken" else "",
        **verwijzingen.uit_dossier(deelnemer, onderdelen),
    )
    Verzending.objects.create(
        aanmelding=aanmelding,
        deelnemer=deelnemer,
        contactpersoon=Contactpersoon.objects.filter(ketenpartner=partner).order_by("pk").first(),
        onderdelen=onderdelen,
        grond="toestemming",
        toestemming_op=op,
        verstuurd_op=None if status == "concept" else moment,
        bevestigen_voor=None if status == "concept" else plus_werkdagen(op, versie.sla_werkdagen),
        bevestigd_wijze=("systeem" if partner.client_id else "link") if bevestigd else "",
        bevestigd_door=_DOOR if bevestigd else "",
        antwoord="Welkom. We bellen deze week." if status == "aangenomen" else "",
    )
    _spoor(aanmelding, op, sinds, wie.naam)
    TijdlijnRegel.objects.bulk_create(verwijzingen.tijdlijnregels(aanmelding))
    werkvoorraad.schrijf(*verwijzingen.werkregels(aanmelding))
    lijstkolommen.werk_bij(deelnemer.pk)
    if status == "verstuurd" and dagen > aanmelding.sla_werkdagen:
        Rappel.objects.create(
            aanmelding=aanmelding, deelnemer=deelnemer, soort="ontvangst", over=aanmelding.verzending.pk, trap=1,
            naar=_CONTACTEN[0][0], op=peildatum - 5 * _DAG,
        )  # fmt: skip
    if status == "teruggestuurd":
        Linkopening.objects.create(
            aanmelding=aanmelding, deelnemer=deelnemer, naam="Rob Visser", functie="loketmedewerker",
            op=tijdstip(sinds, 11),
        )  # fmt: skip


def _spoor(aanmelding: Aanmelding, op: dt.date, sinds: dt.date, naam: str) -> None:
    stappen = [("", "opstellen", "concept", op, naam)]
    if aanmelding.status != "concept":
        stappen.append(("concept", "versturen", "verstuurd", op, naam))
    actie = {
        "ontvangst_bevestigd": "bevestigen",
        "aangenomen": "aannemen",
        "teruggestuurd": "terugsturen",
        "ingetrokken": "intrekken",
    }.get(aanmelding.status)
    if actie:
        door = naam if actie == "intrekken" else "Rob Visser"
        stappen.append(("verstuurd", actie, aanmelding.status, sinds, door))
    for uur, (van, doet, naar, dag, door) in enumerate(stappen, 9):
        Overgang.objects.create(
            gemeente_id=aanmelding.gemeente_id, soort="verwijzing", object_id=aanmelding.pk,
            betrokkene_id=aanmelding.deelnemer_id, van=van, actie=doet, naar=naar, actor_soort="gebruiker",
            actor_naam=door, reden=aanmelding.terugstuurtekst if doet == "terugsturen" else aanmelding.intrekreden,
            op=tijdstip(dag, uur),
        )  # fmt: skip


def _antwoorden(peildatum: dt.date) -> None:
    """One file of two days ago with two answers that fit no notice."""
    dag = peildatum - 2 * _DAG
    levering = Antwoordlevering.objects.create(
        kenmerk=_kenmerk("levering"), wijze="bestand", door="Inkomen, administratie", ontvangen_op=tijdstip(dag, 9)
    )
    rijen = []
    for nummer, waarom in ((90000001, "Deze melding bestaat niet."), (90000002, "Deze melding bestaat niet.")):
        einde = nummer % 2 == 1
        rij = Inkomensantwoord.objects.create(
            kenmerk=_kenmerk(f"antwoord:{nummer}"),
            levering=levering,
            afdruk=hashlib.sha256(f"demo:{nummer}".encode()).hexdigest(),
            meldingnummer=str(nummer),
            besluit="beeindigd" if einde else "loopt_door",
            laatste_dag=dag - 20 * _DAG if einde else None,
            reden_einde="11" if einde else "",
            inkomsten=None if einde else "640.00",
            status="niet_gekoppeld",
            status_sinds=dag,
            waarom=waarom,
        )
        werkvoorraad.schrijf(te_koppelen(rij))
        rijen.append([len(rijen) + 2, rij.pk])
    levering.regels = rijen
    levering.save(update_fields=["regels"])
