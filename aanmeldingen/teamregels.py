"""What a hand-over to a team writes on Vandaag and on the timeline (R026, R028)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from aanmeldingen.keuzes import Overdrachtsgrond
from aanmeldingen.models import Aanmelding, Teamoverdracht
from aanmeldingen.toestanden import OPEN
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad
from kern.weergave import datum
from organisatie.rechten import Rol

KAMER = "aanmeldingen"
SOORT = "teamoverdracht"
#: So many days before the day it comes on Vandaag.
DAGEN_VOORAF = 14

_WAAROM = {
    Overdrachtsgrond.REGEL: "In trede 4 komt iemand na zes maanden begeleiding naar ons.",
    Overdrachtsgrond.AFSPRAAK: "Deze dag is bij het besluit over de aanmelding afgesproken.",
}


def sleutel(rij: Teamoverdracht) -> str:
    """Key of the row on Vandaag."""
    return f"{SOORT}:{rij.pk}"


def werkregel(rij: Teamoverdracht) -> Werkvoorraad | None:
    """Two weeks before the day for who has the person now; from the day itself for the colleague with most room."""
    if rij.status == "overgedragen":
        return _taak(rij)
    if rij.status != "gepland" or rij.op - dt.timedelta(days=DAGEN_VOORAF) > klok.vandaag():
        return None
    aanmelding = rij.aanmelding
    behandelaar = aanmelding.behandelaar if aanmelding.status != "teruggestuurd" else None
    team_id = aanmelding.team_id
    return werkvoorraad.regel(
        KAMER,
        sleutel(rij),
        soort=SOORT,
        titel=f"{aanmelding.naam} gaat op {datum(rij.op)} naar het team",
        toelichting=rij.get_grond_display(),
        waarom=f"{_WAAROM[Overdrachtsgrond(rij.grond)]} Het systeem draagt op die dag vanzelf over.",
        url=f"/aanmeldingen/{aanmelding.kenmerk}#team",
        knop="Bekijken",
        icoon="klok",
        op=rij.op,
        betrokkene_id=rij.deelnemer_id,
        voor_id=behandelaar.gebruiker_id if behandelaar else None,
        voor_team_id=team_id,
        voor_rol="" if behandelaar or team_id else Rol.TEAMMANAGER,
        wacht_sinds=rij.status_sinds,
    )


def _taak(rij: Teamoverdracht) -> Werkvoorraad:
    aanmelding, naar = rij.aanmelding, rij.naar
    is_open = aanmelding.status in OPEN
    ruimte = " Jij hebt nu de meeste ruimte in het team." if naar else ""
    return werkvoorraad.regel(
        KAMER,
        sleutel(rij),
        soort=SOORT,
        titel=f"{'Beoordeel de aanmelding van' if is_open else 'Neem'} {aanmelding.naam}{'' if is_open else ' over'}",
        toelichting=f"{rij.get_grond_display()}: {datum(rij.op)}",
        waarom=f"{_WAAROM[Overdrachtsgrond(rij.grond)]}{ruimte}",
        url=f"/aanmeldingen/{aanmelding.kenmerk}#team",
        knop="Beoordelen" if is_open else "Overnemen",
        icoon="klok",
        op=rij.op,
        betrokkene_id=rij.deelnemer_id,
        voor_id=naar.gebruiker_id if naar else None,
        voor_team_id=rij.team_id,
        voor_rol="",
        wacht_sinds=rij.status_sinds,
    )


def alle(**filters: object) -> Iterable[Teamoverdracht]:
    """Hand-overs with what their rows show."""
    rijen = Teamoverdracht.objects.filter(**filters)
    return rijen.select_related("aanmelding__behandelaar", "naar", "team").order_by("pk")


def werkregels(**filters: object) -> Iterable[Werkvoorraad]:
    """The rows of Vandaag that should be there now."""
    for rij in alle(status__in=["gepland", "overgedragen"], **filters):
        regel = werkregel(rij)
        if regel is not None:
            yield regel


def tijdlijnregels(rij: Teamoverdracht) -> list[TijdlijnRegel]:
    """The hand-over in the timeline of the person."""
    if rij.deelnemer_id is None or rij.team is None or rij.overgedragen_op is None:
        return []
    return [
        tijdlijn.regel(
            KAMER,
            sleutel(rij),
            rij.deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=rij.overgedragen_op,
            titel=f"Overgedragen aan {rij.team.naam}",
            tekst=rij.get_grond_display(),
            icoon="klok",
            url=f"/aanmeldingen/{rij.aanmelding.kenmerk}",
        )
    ]


def met_rij(aanmelding: Aanmelding) -> Teamoverdracht | None:
    """The hand-over of this referral, locked; None without one."""
    rijen = Teamoverdracht.objects.select_for_update(of=("self",)).filter(aanmelding=aanmelding)
    rij = rijen.order_by("pk").first()
    if rij is not None:
        rij.aanmelding = aanmelding
    return rij
