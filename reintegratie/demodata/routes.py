"""Routes that change: one version is planned, one waits for a second person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanmeldingen.models import Route
from aanmeldingen.querysets import geldende_versie
from aanmeldingen.services import keur_routeversie_goed, stel_routeversie_voor
from kern import klok
from kern.handeling import Actor
from organisatie.rechten import Rol
from regelgeving.models import Voorstel
from reintegratie.demodata.organisatie import Organisatie


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
    _stel_voor(
        "intake",
        actor,
        erbij="werkverdeling",
        sla_werkdagen=4,
        toelichting="Wie de kinderopvang regelt, is nu vaak niet duidelijk. Wij beslissen een dag eerder.",
    )


def _stel_voor(code: str, actor: Actor, *, erbij: str, toelichting: str, **anders: Any) -> Voorstel | None:
    vandaag = klok.vandaag()
    nu, route = geldende_versie(code, vandaag), Route.objects.filter(code=code).first()
    if nu is None or route is None:
        return None
    velden: dict[str, Any] = {
        "verplicht": [*nu.verplicht, erbij],
        "gewenst": [o for o in nu.gewenst if o != erbij],
        "regels": nu.regels,
        "sla_werkdagen": nu.sla_werkdagen,
        "antwoord_werkdagen": nu.antwoord_werkdagen,
    }
    begin = (vandaag.replace(day=1) + dt.timedelta(days=63)).replace(day=1)
    return stel_routeversie_voor(route, begindatum=begin, toelichting=toelichting, actor=actor, **(velden | anders))
