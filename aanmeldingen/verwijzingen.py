"""Referrals by us: what of the dossier may go along, and what they write on Vandaag and the timeline (R045)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from aanmeldingen.keuzes import TERUGSTUURREDENEN_PARTNER, VERWIJSREDENEN_UIT, Onderdeel, Richting
from aanmeldingen.models import Aanmelding
from deelnemers.models import (
    Beschikbaarheid,
    Deelnemer,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Zoekberoep,
)
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad
from kern.weergave import datum
from regelgeving import opzoeken

KAMER = "aanmeldingen"
#: Never by a link: who opens it proves no more than having the mail.
NIET_MET_LINK = frozenset({Onderdeel.BSN})
_NAMEN = ("voornamen", "roepnaam", "voorletters", "voorvoegsel", "geslachtsnaam", "geboortedatum", "geslacht")
_CONTACT = ("telefoon", "email", "voorkeurskanaal", "tolk_taal")
_ADRES = ("straat", "huisnummer", "postcode", "woonplaats")


def _geldend(model: type[Any], deelnemer: Deelnemer) -> list[Any]:
    return list(model.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True).order_by("pk"))


def _opleidingen(d: Deelnemer) -> Any:
    return [
        {"niveau": o.niveau, "naam": o.naam, "status": o.status, **({"jaar": o.jaar} if o.jaar else {})}
        for o in _geldend(Opleiding, d)
    ]


def _werkervaring(d: Deelnemer) -> Any:
    return [
        {"functie": w.functie, "werkgever": w.werkgever_naam, "maanden": w.maanden} for w in _geldend(Werkervaring, d)
    ]


def _talen(d: Deelnemer) -> Any:
    return [
        {"taal": t.taal, "mondeling": t.mondeling, "schriftelijk": t.schriftelijk} for t in _geldend(Taalbeheersing, d)
    ]


def _beschikbaarheid(d: Deelnemer) -> Any:
    rijen = _geldend(Beschikbaarheid, d)
    if not rijen:
        return {}
    b = rijen[-1]
    return {
        "urenMin": b.uren_min,
        "urenMax": b.uren_max,
        "dagdelen": b.dagdelen,
        "vanaf": b.beschikbaar_vanaf.isoformat(),
        "reistijdMax": b.reistijd_max,
        "vervoer": b.vervoer,
    }


def _trede(d: Deelnemer) -> Any:
    return {"waarde": d.trede_nu, "sinds": d.trede_sinds.isoformat()} if d.trede_nu and d.trede_sinds else {}


def _zoekberoep(d: Deelnemer) -> Any:
    return [{"naam": z.naam} for z in _geldend(Zoekberoep, d)]


_RAPPORT = {
    Onderdeel.OPLEIDINGEN: ("opleidingen", _opleidingen),
    Onderdeel.WERKERVARING: ("werkervaring", _werkervaring),
    Onderdeel.TALEN: ("talen", _talen),
    Onderdeel.BESCHIKBAARHEID: ("beschikbaarheid", _beschikbaarheid),
    Onderdeel.TREDE: ("trede", _trede),
    Onderdeel.ZOEKBEROEP: ("zoekberoep", _zoekberoep),
}


def uit_dossier(deelnemer: Deelnemer, onderdelen: Iterable[str]) -> dict[str, Any]:
    """Columns of Aanmelding with the chosen parts of the dossier, and nothing of the parts that were not chosen.

    A secret address never goes along. Health, debts, justice and safety have no part here at all.
    """
    gekozen = set(onderdelen)
    velden: dict[str, Any] = {naam: getattr(deelnemer, naam) for naam in _NAMEN}
    velden |= {naam: getattr(deelnemer, naam) if Onderdeel.CONTACT in gekozen else "" for naam in _CONTACT}
    adres = Onderdeel.ADRES in gekozen and not deelnemer.adres_geheim
    velden |= {naam: getattr(deelnemer, naam) if adres else "" for naam in _ADRES}
    rapport = {naam: maak(deelnemer) for onderdeel, (naam, maak) in _RAPPORT.items() if onderdeel in gekozen}
    velden["adviesrapport"] = {naam: waarde for naam, waarde in rapport.items() if waarde}
    return velden


def reden(aanmelding: Aanmelding) -> str:
    """Why we refer, in words."""
    return opzoeken.label(VERWIJSREDENEN_UIT, aanmelding.verwijsreden)


def terugreden(aanmelding: Aanmelding) -> str:
    """Why the partner sent it back, in words."""
    return opzoeken.label(TERUGSTUURREDENEN_PARTNER, aanmelding.terugstuurreden) if aanmelding.terugstuurreden else ""


def adres(aanmelding: Aanmelding) -> str:
    """Where the referral is on screen."""
    return f"/verwijzingen/{aanmelding.kenmerk}"


def werkregels(aanmelding: Aanmelding) -> list[Werkvoorraad]:
    """What waits at a referral by us: the receipt at the partner, or a referral that came back; for who sent it."""
    verzending, partner = aanmelding.verzending, aanmelding.ketenpartner
    if partner is None or aanmelding.behandelaar is None:
        return []
    gemeen: dict[str, Any] = {
        "url": adres(aanmelding),
        "betrokkene_id": aanmelding.deelnemer_id,
        "voor_id": aanmelding.behandelaar.gebruiker_id,
        "wacht_sinds": aanmelding.status_sinds,
    }
    if aanmelding.status == "verstuurd" and verzending.bevestigen_voor:
        return [
            werkvoorraad.regel(
                KAMER,
                f"verwijzing:{aanmelding.pk}",
                soort="verwijzing",
                titel=f"Vraag {partner.naam} of de verwijzing van {aanmelding.naam} er is",
                toelichting=f"Ontvangst bevestigen voor {datum(verzending.bevestigen_voor)}",
                waarom=f"Je verwees naar {partner.naam}. Binnen {aanmelding.sla_werkdagen} werkdagen "
                "hoort de ontvangst bevestigd te zijn.",
                knop="Bekijken",
                icoon="zandloper",
                op=verzending.bevestigen_voor + dt.timedelta(days=1),
                wacht_op=partner.naam,
                norm_dagen=aanmelding.sla_werkdagen,
                **gemeen,
            )
        ]
    if aanmelding.status == "teruggestuurd" and verzending.gezien_op is None:
        return [
            werkvoorraad.regel(
                KAMER,
                f"verwijzing:{aanmelding.pk}",
                soort="verwijzing_terug",
                titel=f"Lees waarom {partner.naam} {aanmelding.naam} terugstuurde",
                toelichting=terugreden(aanmelding),
                waarom="De partner nam je verwijzing niet aan. Bespreek met de persoon wat nu het beste is.",
                knop="Lezen",
                icoon="herstel",
                op=aanmelding.status_sinds,
                **gemeen,
            )
        ]
    return []


def tijdlijnregels(aanmelding: Aanmelding) -> list[TijdlijnRegel]:
    """The referral in the timeline of the person: sent, received, and how it ended. A concept is not in it."""
    verzending, partner = aanmelding.verzending, aanmelding.ketenpartner
    if aanmelding.deelnemer_id is None or partner is None or verzending.verstuurd_op is None:
        return []
    punten = [("verwezen", verzending.verstuurd_op, f"Verwezen naar {partner.naam}", reden(aanmelding))]
    if aanmelding.ontvangst_bevestigd_op is not None:
        wie = f"{verzending.bevestigd_door}, {verzending.get_bevestigd_wijze_display().lower()}"
        punten.append(("bevestigd", aanmelding.ontvangst_bevestigd_op, f"{partner.naam} bevestigde de ontvangst", wie))
    einde = {
        "aangenomen": (f"{partner.naam} nam de verwijzing aan", ""),
        "teruggestuurd": (f"{partner.naam} stuurde de verwijzing terug", terugreden(aanmelding)),
        "ingetrokken": (f"Verwijzing naar {partner.naam} ingetrokken", aanmelding.intrekreden),
    }.get(aanmelding.status)
    if einde and aanmelding.beslist_op:
        punten.append(("einde", aanmelding.beslist_op, *einde))
    return [
        tijdlijn.regel(
            KAMER,
            f"verwijzing-{soort}:{aanmelding.pk}",
            aanmelding.deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=op,
            titel=titel,
            tekst=tekst,
            icoon="koppel",
            url=adres(aanmelding),
        )
        for soort, op, titel, tekst in punten
    ]


def _alle(**filters: Any) -> Any:
    rijen = Aanmelding.objects.filter(richting=Richting.UITGAAND, verzending__isnull=False, **filters)
    return rijen.select_related("verzending", "ketenpartner", "behandelaar").order_by("pk")


def alle_werkregels() -> Iterable[Werkvoorraad]:
    """Every row of the referrals by us (nightly check and repair)."""
    for aanmelding in _alle(status__in=["verstuurd", "teruggestuurd"]):
        yield from werkregels(aanmelding)


def met_deelnemer(deelnemer_id: int) -> Any:
    """The referrals by us about one person, with what their rows show."""
    return _alle(deelnemer=deelnemer_id, status__in=["verstuurd", "teruggestuurd"])


def regels_van_persoon(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Every line of the referrals by us about one person."""
    for aanmelding in _alle(deelnemer=deelnemer_id):
        yield from tijdlijnregels(aanmelding)
