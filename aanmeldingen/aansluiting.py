"""Rows of Vandaag and lines of the timeline that this room writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from aanmeldingen import querysets
from aanmeldingen.evaluatie import Periode
from aanmeldingen.keuzes import BRONNEN, ROUTEVERSIE, TERUGSTUURREDENEN
from aanmeldingen.models import Aanmelding, Overdrachtsmoment, Route, Routeversie
from aanmeldingen.toestanden import BIJ_AFZENDER, OPEN
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad
from organisatie.rechten import ROLRECHTEN, Rol
from regelgeving import opzoeken
from regelgeving.models import Voorstel

KAMER = "aanmeldingen"
OVERDRACHT_ROOD_NA = 10  # days (R043)
EVALUEREN_BINNEN = 30  # days after the end of a quarter (R038)
_EVALUATIE = "evaluatie:"
#: Who may decide on a new version of a route, by role.
BEOORDELAARS = tuple(
    rol for rol, rechten in ROLRECHTEN.items() if {"regelgeving.goedkeuren", "vandaag.zien"} <= rechten
)


#: What a referral waits for: an answer, or a document.
_WACHT = {False: "Wacht op antwoord over", True: "Wacht op een document over"}
_WAAROM = {False: "we hebben een vraag gesteld", True: "een verplicht document is er nog niet"}


def bronlabel(aanmelding: Aanmelding) -> str:
    """Name of the sending department."""
    return opzoeken.label(BRONNEN, aanmelding.bron)


def werkregel(aanmelding: Aanmelding) -> Werkvoorraad:
    """What waits at an open referral: for the team that it came in at, or for who picked it up."""
    wacht, document = aanmelding.status in BIJ_AFZENDER, aanmelding.status == "wacht_op_document"
    van = bronlabel(aanmelding)
    behandelaar = aanmelding.behandelaar
    return werkvoorraad.regel(
        KAMER,
        f"aanmelding:{aanmelding.pk}",
        soort="vraag_gesteld" if wacht else "aanmelding",
        titel=f"{_WACHT[document] if wacht else 'Beoordeel de aanmelding van'} {aanmelding.naam}",
        toelichting=f"Van {van}" + (f", {aanmelding.route.naam}" if aanmelding.route.naam != van else ""),
        waarom=(
            f"{van} is aan zet: {_WAAROM[document]}. Onze klok staat stil."
            if wacht
            else f"{van} meldt deze persoon aan. We beslissen binnen {aanmelding.sla_werkdagen} werkdagen."
        ),
        url=f"/aanmeldingen/{aanmelding.kenmerk}",
        knop="Bekijken" if wacht else "Beoordelen",
        icoon="inbak",
        op=aanmelding.uiterlijk_op or klok.vandaag(),
        betrokkene_id=aanmelding.deelnemer_id,
        voor_id=behandelaar.gebruiker_id if behandelaar else None,
        voor_team_id=aanmelding.team_id,
        voor_rol="" if behandelaar or aanmelding.team_id else Rol.TEAMMANAGER,
        wacht_op=van if wacht else "",
        wacht_sinds=aanmelding.status_sinds,
        norm_dagen=aanmelding.sla_werkdagen,
    )


def overdrachtregel(moment: Overdrachtsmoment) -> Werkvoorraad:
    """An open hand-over, for the new regievoerder; red after ten days."""
    return werkvoorraad.regel(
        KAMER,
        f"overdracht:{moment.pk}",
        soort="overdracht",
        titel=f"Spreek {moment.van_naam} over {moment.aanmelding.naam}",
        toelichting="Overdracht: samen met de verwijzer of zonder",
        waarom=f"Na het aannemen hoort een overdracht. Na {OVERDRACHT_ROOD_NA} dagen is die te laat.",
        url=f"/aanmeldingen/{moment.aanmelding.kenmerk}#overdracht",
        knop="Vastleggen",
        icoon="mensen",
        op=moment.gevraagd_op + dt.timedelta(days=OVERDRACHT_ROOD_NA),
        betrokkene_id=moment.deelnemer_id,
        voor_id=moment.naar.gebruiker_id,
        wacht_sinds=moment.gevraagd_op,
        norm_dagen=OVERDRACHT_ROOD_NA,
    )


def routesleutels(voorstel: Voorstel) -> list[str]:
    """Keys of the rows of one proposal: one per role that may decide."""
    return [f"routevoorstel:{voorstel.pk}:{rol}" for rol in BEOORDELAARS]


def routevoorstelregels(voorstel: Voorstel, route: Route) -> list[Werkvoorraad]:
    """A new version of a route waits for a second person: for every role that may approve; of the team managers
    only the one whose team receives these people, when the route has a team.
    """
    return [
        werkvoorraad.regel(
            KAMER,
            sleutel,
            soort="routevoorstel",
            titel=f"Beoordeel de nieuwe versie van route {route.naam}",
            toelichting=f"Voorgesteld door {voorstel.voorgesteld_door.naam}",
            waarom="Een nieuwe versie van een route geldt pas als een tweede persoon haar goedkeurt.",
            url=f"/beheer/routes/voorstellen/{voorstel.pk}",
            knop="Beoordelen",
            icoon="koppel",
            op=dt.date.fromisoformat(voorstel.inhoud["begindatum"]),
            voor_team_id=route.team_id if rol == Rol.TEAMMANAGER else None,
            voor_rol=rol,
            wacht_sinds=voorstel.status_sinds,
        )
        for rol, sleutel in zip(BEOORDELAARS, routesleutels(voorstel), strict=True)
    ]


def _alle_routevoorstellen() -> Iterable[Werkvoorraad]:
    open_ = Voorstel.objects.filter(soort=ROUTEVERSIE, status="voorgesteld").select_related("voorgesteld_door")
    voorstellen = list(open_.order_by("pk"))
    routes = {
        versie.pk: versie.route
        for versie in Routeversie.objects.filter(pk__in=[v.onderwerp_id for v in voorstellen])
        .select_related("route")
        .order_by("pk")
    }
    for voorstel in voorstellen:
        if voorstel.onderwerp_id in routes:
            yield from routevoorstelregels(voorstel, routes[voorstel.onderwerp_id])


def evaluatieregels() -> Iterable[Werkvoorraad]:
    """One row for who manages the routes, when routes wait for their evaluation over the last quarter (R038)."""
    periode = Periode.laatste_kwartaal(klok.vandaag())
    namen = list(querysets.te_evalueren(periode.van, periode.tot).values_list("naam", flat=True))
    if not namen:
        return
    meer = f" en {len(namen) - 3} andere" if len(namen) > 3 else ""  # noqa: PLR2004 - the row has one line
    yield werkvoorraad.regel(
        KAMER,
        f"{_EVALUATIE}{periode.sleutel}",
        soort="routeevaluatie",
        titel=f"Evalueer de routes over het {periode.naam}",
        toelichting=f"{', '.join(namen[:3])}{meer}",
        waarom="Elk kwartaal bespreken we met de verwijzers hoe hun route werkt. Deze zijn nog niet vastgesteld.",
        url="/beheer/routes/evaluaties",
        knop="Bekijken",
        icoon="koppel",
        op=periode.tot + dt.timedelta(days=EVALUEREN_BINNEN),
        voor_rol=Rol.FUNCTIONEEL_BEHEERDER,
        wacht_sinds=periode.volgende.van,
        norm_dagen=EVALUEREN_BINNEN,
    )


def evaluatiesleutels() -> list[str]:
    """Keys of the rows about evaluations that stand at Vandaag now."""
    rijen = Werkvoorraad.objects.filter(kamer=KAMER, sleutel__startswith=_EVALUATIE)
    return list(rijen.order_by("pk").values_list("sleutel", flat=True))


def alle_werkregels() -> Iterable[Werkvoorraad]:
    """Every row of this room (nightly check and repair)."""
    open_ = Aanmelding.objects.filter(status__in=OPEN).select_related("route", "behandelaar").order_by("pk")
    yield from (werkregel(aanmelding) for aanmelding in open_.iterator())
    momenten = (
        Overdrachtsmoment.objects.filter(gehouden_op__isnull=True).select_related("aanmelding", "naar").order_by("pk")
    )
    yield from (overdrachtregel(moment) for moment in momenten.iterator())
    yield from _alle_routevoorstellen()
    yield from evaluatieregels()


def tijdlijnregels(aanmelding: Aanmelding) -> list[TijdlijnRegel]:
    """The referral in the timeline of the person: received, and what was decided."""
    if aanmelding.deelnemer_id is None:
        return []
    basis = {"icoon": "inbak", "url": f"/aanmeldingen/{aanmelding.kenmerk}"}
    regels = [
        tijdlijn.regel(
            KAMER,
            f"aanmelding:{aanmelding.pk}",
            aanmelding.deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=aanmelding.ontvangen_op,
            titel=f"Aangemeld door {bronlabel(aanmelding)}",
            tekst=aanmelding.route.naam,
            **basis,
        )
    ]
    if aanmelding.beslist_op is not None:
        titel = "Aanmelding aangenomen"
        if aanmelding.status == "teruggestuurd":
            titel = f"Aanmelding teruggestuurd: {opzoeken.label(TERUGSTUURREDENEN, aanmelding.terugstuurreden)}"
        regels.append(
            tijdlijn.regel(
                KAMER,
                f"besluit:{aanmelding.pk}",
                aanmelding.deelnemer_id,
                categorie=Categorie.TRAJECT,
                op=aanmelding.beslist_op,
                titel=titel,
                tekst=aanmelding.terugstuurtekst,
                **basis,
            )
        )
    return regels


def regels_van_persoon(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Every line of this room about one person."""
    for aanmelding in Aanmelding.objects.filter(deelnemer=deelnemer_id).select_related("route").order_by("pk"):
        yield from tijdlijnregels(aanmelding)
