"""An employer, a job and an application, with the law of today: a small world to decide in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from deelnemers.keuzes import Viruscontrole
from deelnemers.services.documenten import Upload
from kern import bestanden
from kern.handeling import Actor
from loonkostensubsidie.aanvraagkeuzes import Stuksoort
from loonkostensubsidie.models import Aanvraag, Beschikking
from loonkostensubsidie.services import aanvraag as dienst
from loonkostensubsidie.services import beschikking as besluiten
from loonkostensubsidie.services.aanvraagstukken import voeg_stuk_toe
from loonkostensubsidie.services.inrichten import richt_regelingen_in
from tests.hulp.wet import zet_wet
from tests.werkgevers.fabrieken import ACTOR, DeelnemerFabriek, WerkgeverFabriek, werk
from werkgevers.models import Dienstverband

VANDAAG = "2026-03-02"
BEGIN = dt.date(2026, 2, 1)
FORFAIT_TOT = dt.date(2026, 7, 31)
MOTIVERING = "De werknemer hoort bij de doelgroep en kan het minimumloon nog niet verdienen."
FORMULIER: dict[str, Any] = {
    "functie": "hulp in de linnenkamer",
    "begindatum": BEGIN,
    "uren_per_week": Decimal(24),
    "uren_voltijd": Decimal(36),
    "bruto_uurloon": Decimal("15.40"),
    "route": "forfait",
    "doelgroepbron": "praktijkroute",
    "kvk_nummer": "12345678",
    "loonheffingennummer": "001234560L01",
    "iban": "NL91 ABNA 0417 1643 00",
    "tenaamstelling": "Zorgcentrum Kastanjehof",
    "contact_naam": "Wilma Brouwer",
    "contact_email": "wilma@kastanjehof.example",
    "contact_telefoon": "020-1234567",
    "ondertekend_door": "Wilma Brouwer",
}


def wet() -> None:
    """The shipped law and the schemes."""
    zet_wet()
    richt_regelingen_in(actor=ACTOR)


def pdf(tekst: str) -> Upload:
    """A file that we take."""
    return Upload(bestanden.van_bytes(b"%PDF-1.7\n" + tekst.encode() + b"\n%%EOF"), Viruscontrole.SCHOON)


def actor_van(medewerker: Any) -> Actor:
    return Actor.van_gebruiker(medewerker.gebruiker)


def concept(actor: Actor, **velden: Any) -> Aanvraag:
    """A draft that is filled in but not handed in."""
    werkgever = velden.pop("werkgever", None) or WerkgeverFabriek(telefoon="020-1234567")
    deelnemer = velden.pop("deelnemer", None) or DeelnemerFabriek()
    baan: Dienstverband | None = velden.pop("dienstverband", None)
    rij = dienst.maak_aanvraag(deelnemer, werkgever, dienstverband=baan, actor=actor)
    return dienst.bewaar_aanvraag(rij, actor=actor, **(FORMULIER | velden))


def ingediend(actor: Actor, *, stukken: bool = True, baan: bool = True, **velden: Any) -> Aanvraag:
    """Handed in, with its files and its job."""
    if baan and "dienstverband" not in velden:
        route = "forfait" if velden.get("route", "forfait") == "forfait" else "meting"
        rij = werk(begindatum=BEGIN, loonwaarderoute=route)
        velden |= {"dienstverband": rij, "deelnemer": rij.deelnemer, "werkgever": rij.feitelijke_werkgever}
    aanvraag = concept(actor, **velden)
    if stukken:
        with bestanden.weg_bij_mislukken():
            for soort in (Stuksoort.CONTRACT, Stuksoort.KVK, Stuksoort.BANK):
                voeg_stuk_toe(aanvraag, pdf(f"{soort} {aanvraag.pk}"), soort, f"{soort}.pdf", actor=actor)
    return dienst.dien_in(aanvraag, actor=actor)


def in_behandeling(medewerker: Any, **velden: Any) -> Aanvraag:
    actor = actor_van(medewerker)
    return dienst.neem_in_behandeling(ingediend(actor, **velden), medewerker, actor=actor)


def voorgelegd(medewerker: Any, soort: str = "toekenning", *, project: str = "", **velden: Any) -> Beschikking:
    """A decision that waits for a second person."""
    aanvraag, actor = in_behandeling(medewerker, **velden), actor_van(medewerker)
    return besluiten.leg_voor(besluiten.stel_op(aanvraag, soort, MOTIVERING, actor=actor, project=project), actor=actor)


def vastgesteld(medewerker: Any, collega: Any, soort: str = "toekenning", **velden: Any) -> Beschikking:
    rij = voorgelegd(medewerker, soort, **velden)
    with bestanden.weg_bij_mislukken():
        return besluiten.stel_vast(rij, actor=actor_van(collega))
