"""People who came in a second time by hand, without a number: the list *Mogelijk dubbel* has something to show."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Deelnemer
from deelnemers.services.contact import leg_contact_vast
from deelnemers.services.dubbelen import werk_lijst_bij
from deelnemers.services.inschrijven import Persoonsgegevens, schrijf_in
from deelnemers.services.regie import wijs_regie_toe
from deelnemers.services.samenvoegen import voeg_samen
from kern.handeling import Actor
from organisatie.models import Rolvervulling
from organisatie.rechten import Rol
from reintegratie.demodata.wegschrijven import ACTOR

_NOTITIES = (
    "Kwam zonder afspraak aan de balie. Wil weten wie de consulent is.",
    "Belde over een sollicitatie. Geen identiteitsbewijs gezien.",
    "Aan de balie geholpen met een formulier.",
    "Stond op de lijst van de banenmarkt.",
)


def maak(peildatum: dt.date) -> None:
    """Three pairs to judge, and one that was merged last week. Call when all dossiers are there."""
    gewoon = Deelnemer.objects.filter(in_traject=True, persona="", samengevoegd_met=None, adres_geheim=False)
    gewoon = gewoon.filter(regievoerder__isnull=False).exclude(roepnaam="").select_related("regievoerder", "team")
    mensen = list(gewoon.order_by("pk")[10:90:20])
    if len(mensen) < len(_NOTITIES):
        return
    tweede = [_nog_eens(nummer, origineel, peildatum) for nummer, origineel in enumerate(mensen)]
    werk_lijst_bij(actor=ACTOR)
    voeg_samen(mensen[3], tweede[3], {}, actor=_beheer(), reden="Identiteitsbewijs gezien aan de balie.")


def _beheer() -> Actor:
    """Who merges in real life; the demo itself when nobody has the role."""
    rollen = Rolvervulling.objects.filter(rol=Rol.FUNCTIONEEL_BEHEERDER, medewerker__gebruiker__isnull=False)
    rol = rollen.select_related("medewerker__gebruiker").order_by("pk").first()
    return Actor.van_gebruiker(rol.medewerker.gebruiker) if rol else ACTOR


def _nog_eens(nummer: int, origineel: Deelnemer, peildatum: dt.date) -> Deelnemer:
    """The same person as somebody else wrote it down: another spelling, another day, another family name."""
    achter, geboren, telefoon = origineel.geslachtsnaam, origineel.geboortedatum, ""
    if nummer in {0, 3}:
        achter, telefoon = f"{achter}{achter[-1]}", origineel.telefoon
    elif nummer == 1:
        geboren = geboren.replace(day=geboren.day - 10 if geboren.day > 10 else geboren.day + 10)
    else:
        achter = "Kuiper"
    persoon = Persoonsgegevens(
        geslachtsnaam=achter,
        voorvoegsel=origineel.voorvoegsel if achter != "Kuiper" else "",
        roepnaam=origineel.roepnaam,
        geboortedatum=geboren,
        geslacht=origineel.geslacht,
        telefoon=telefoon or f"06-0{7_100_000 + nummer}",
        straat=origineel.straat,
        huisnummer=origineel.huisnummer,
        postcode=origineel.postcode,
        woonplaats=origineel.woonplaats,
    )
    deelnemer, _ = schrijf_in(persoon, None, actor=ACTOR)
    regievoerder = origineel.regievoerder
    if regievoerder is not None and nummer != 1:
        wijs_regie_toe(deelnemer, regievoerder, peildatum, team=origineel.team, reden="Opende het dossier", actor=ACTOR)
    leg_contact_vast(deelnemer, _NOTITIES[nummer], kanaal="gesprek", medewerker=regievoerder, actor=ACTOR)
    return deelnemer
