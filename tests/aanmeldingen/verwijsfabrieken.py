"""Referrals by us, made by the services."""

from __future__ import annotations

import datetime as dt
from typing import Any

from aanmeldingen.models import Aanmelding, Routeversie
from aanmeldingen.querysets import uitgaande_versies
from aanmeldingen.services import verwijzen
from deelnemers.services.inschrijven import Persoonsgegevens, schrijf_in
from deelnemers.services.regie import wijs_regie_toe
from kern import klok
from tests.aanmeldingen.fabrieken import bsn_nummer
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import ContactpersoonFabriek, KetenpartnerFabriek

_NAAR = {"naar-school": "opleiding", "naar-zorg": "begeleiding_zorg", "naar-activering": "activering_eerst"}


def persoon(medewerker: Any, team: Any, nummer: int = 900, **velden: Any) -> Any:
    """A person with a BSN whose regie this member of staff has."""
    gegevens = {
        "geslachtsnaam": "Groot",
        "geboortedatum": dt.date(1999, 5, 12),
        "roepnaam": "Samira",
        "telefoon": "0612345678",
        "email": "samira@voorbeeld.example",
        "straat": "Dorpsstraat",
        "huisnummer": "12",
        "postcode": "1102AB",
        "woonplaats": "Amsterdam",
    } | velden
    deelnemer, _ = schrijf_in(Persoonsgegevens(geslacht="2", **gegevens), bsn_nummer(nummer), actor=FABRIEK)
    wijs_regie_toe(deelnemer, medewerker, klok.vandaag(), actor=FABRIEK, team=team, reden="Toets")
    deelnemer.refresh_from_db()
    return deelnemer


def route(code: str = "naar-school") -> Routeversie:
    """What may go along on this route today."""
    return uitgaande_versies(klok.vandaag()).get(route__code=code)


def school(**velden: Any) -> Any:
    """A school with one person who can be mailed."""
    partner = KetenpartnerFabriek(**({"naam": "ROC De Amstellanden", "soort": "onderwijs"} | velden))
    ContactpersoonFabriek(ketenpartner=partner, naam="Rob Visser", email="rob@roc.example")
    return partner


def inhoud(partner: Any, **anders: Any) -> verwijzen.Inhoud:
    """What a consulent fills in."""
    velden: dict[str, Any] = {
        "partner": partner,
        "reden": "opleiding",
        "toelichting": "Wil de opleiding Zorg niveau 2 afmaken.",
        "grond": "toestemming",
        "toestemming_op": klok.vandaag(),
    }
    return verwijzen.Inhoud(**(velden | anders))


def concept(deelnemer: Any, partner: Any, medewerker: Any, *, code: str = "naar-school", **anders: Any) -> Aanmelding:
    """A referral that was not sent yet."""
    velden = {"reden": _NAAR[code]} | anders
    return verwijzen.stel_verwijzing_op(
        deelnemer, route(code), inhoud(partner, **velden), actor=FABRIEK, medewerker=medewerker
    )


def verstuurd(deelnemer: Any, partner: Any, medewerker: Any, **anders: Any) -> Aanmelding:
    """A referral that lies at the partner."""
    return verwijzen.verstuur(concept(deelnemer, partner, medewerker, **anders), actor=FABRIEK)
