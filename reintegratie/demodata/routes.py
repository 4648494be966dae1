"""Routes that change: two versions are planned, one waits for a second person, and one route was evaluated."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from aanmeldingen.evaluatie import Periode
from aanmeldingen.models import Route
from aanmeldingen.querysets import geldende_versie
from aanmeldingen.services import (
    dien_in,
    herinner_aan_evaluaties,
    keur_routeversie_goed,
    leg_evaluatie_vast,
    spreek_af,
    stel_routeversie_voor,
    werk_afspraak_bij,
)
from aanmeldingen.services.routes import routeversie_van
from kern import klok
from kern.handeling import Actor
from kern.models import ApiClient
from organisatie.rechten import Rol
from regelgeving.models import Voorstel
from reintegratie.demodata.organisatie import Organisatie
from reintegratie.demodata.wegschrijven import ACTOR


def zet_in_beweging(org: Organisatie | None) -> None:
    """Koers naar Werk asks more from next month but one; a change for Intake waits at who may decide."""
    wie = org.inloggers if org else {}
    beheer, tweede = wie.get(Rol.FUNCTIONEEL_BEHEERDER), wie.get(Rol.AFDELINGSMANAGER)
    if beheer is None or tweede is None or beheer.gebruiker is None or tweede.gebruiker is None:
        return
    actor = Actor.van_gebruiker(beheer.gebruiker)
    gepland = _stel_voor(
        "koers-naar-werk",
        actor,
        erbij="klantmanager",
        toelichting="We moesten te vaak bellen om te weten wie de klantmanager is.",
    )
    if gepland is not None:
        keur_routeversie_goed(gepland, actor=Actor.van_gebruiker(tweede.gebruiker), reden="Zo afgesproken met Koers.")
    wacht = _stel_voor(
        "intake",
        actor,
        erbij="werkverdeling",
        sla_werkdagen=4,
        toelichting="Wie de kinderopvang regelt, is nu vaak niet duidelijk. Wij beslissen een dag eerder.",
    )
    document = _stel_voor(
        "onderwijs",
        actor,
        documenten=["plan"],
        toelichting="De school stuurt voortaan het verslag van de begeleiding mee.",
    )
    if document is not None:
        keur_routeversie_goed(
            document, actor=Actor.van_gebruiker(tweede.gebruiker), reden="Afgesproken met de scholen."
        )
    _meld_aan_zonder_document()
    _evalueer(actor, wacht)
    herinner_aan_evaluaties(actor=actor)


def _meld_aan_zonder_document() -> None:
    """A referral that waits for the indication of UWV, which its route requires."""
    versie = geldende_versie("jongeren-arbeidsbeperking", klok.vandaag())
    if versie is None:
        return
    dien_in(
        {
            "kenmerk": uuid.UUID(int=0x5EED, version=4),
            "bron": versie.route.bron,
            "verwijsreden": "bemiddeling",
            "voorletters": "J.",
            "roepnaam": "Joris",
            "geslachtsnaam": "Vink",
            "geboortedatum": klok.vandaag() - dt.timedelta(days=20 * 365),
            "geslacht": "1",
            "verwijzer_naam": "Els de Wit",
            "verwijzer_team": "Jongerenloket",
            "verwijzer_email": "els.dewit@voorbeeld.example",
            "klantmanager": {"naam": "Els de Wit", "blijftKlantmanager": True},
            "toelichting": "De indicatie van UWV is aangevraagd en komt deze week.",
        },
        versie,
        actor=ACTOR,
        client=ApiClient.objects.filter(bron=versie.route.bron).order_by("pk").first(),
    )


def _evalueer(actor: Actor, voorstel: Voorstel | None) -> None:
    """The talk with Intake over the last quarter: minutes, two agreements, one of which led to the new version."""
    route, periode = Route.objects.filter(code="intake").first(), Periode.laatste_kwartaal(klok.vandaag())
    if route is None:
        return
    gesprek = periode.volgende.van + dt.timedelta(days=8)
    if gesprek > klok.vandaag():
        return
    leg_evaluatie_vast(
        route,
        periode,
        gesprek_op=gesprek,
        aanwezigen="Kees Bakker (Intake), teammanager Oost en de functioneel beheerder",
        verslag=(
            "De adviesrapporten zijn duidelijker dan een kwartaal geleden. Beide kanten zien hetzelfde cijfer.\n"
            "Wie de kinderopvang regelt, staat er vaak niet in. Daar gaan de meeste vragen over."
        ),
        versie=0,
        actor=actor,
    )
    afspraak = spreek_af(
        route,
        periode,
        wat="Wie doet wat wordt verplicht bij een aanmelding",
        eigenaar="Functioneel beheerder",
        uiterlijk_op=gesprek + dt.timedelta(days=30),
        actor=actor,
    )
    werk_afspraak_bij(
        afspraak,
        gedaan_op=klok.vandaag(),
        routeversie=routeversie_van(voorstel) if voorstel is not None else None,
        actor=actor,
    )
    spreek_af(
        route,
        periode,
        wat="Intake bespreekt de redenen van terugsturen elke maand in het teamoverleg",
        eigenaar="Kees Bakker, Intake",
        uiterlijk_op=klok.vandaag() + dt.timedelta(days=21),
        actor=actor,
    )


def _stel_voor(code: str, actor: Actor, *, erbij: str = "", toelichting: str, **anders: Any) -> Voorstel | None:
    vandaag = klok.vandaag()
    nu, route = geldende_versie(code, vandaag), Route.objects.filter(code=code).first()
    if nu is None or route is None:
        return None
    velden: dict[str, Any] = {
        "verplicht": [*nu.verplicht, *filter(None, [erbij])],
        "gewenst": [o for o in nu.gewenst if o != erbij],
        "documenten": nu.documenten,
        "regels": nu.regels,
        "sla_werkdagen": nu.sla_werkdagen,
        "antwoord_werkdagen": nu.antwoord_werkdagen,
    }
    begin = (vandaag.replace(day=1) + dt.timedelta(days=63)).replace(day=1)
    return stel_routeversie_voor(route, begindatum=begin, toelichting=toelichting, actor=actor, **(velden | anders))
