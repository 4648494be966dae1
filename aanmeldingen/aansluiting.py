"""Rows of Vandaag and lines of the timeline that this room writes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from aanmeldingen import handhavingsvragen, querysets, regels, schoolvragen, teamregels, verwijzingen
from aanmeldingen.bescherming import bronlabel, routelabel
from aanmeldingen.evaluatie import Periode
from aanmeldingen.keuzes import ROUTEVERSIE, TERUGSTUURREDENEN, Richting
from aanmeldingen.models import Aanmelding, Overdrachtsmoment, Route, Routeversie
from aanmeldingen.toestanden import BIJ_AFZENDER, OPEN
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad
from kern.weergave import datum
from organisatie.rechten import ROLRECHTEN, Rol
from regelgeving import opzoeken
from regelgeving.models import Voorstel

KAMER = "aanmeldingen"
OVERDRACHT_ROOD_NA = 10  # days (R043)
#: So many days before six months of guidance are over it comes on Vandaag.
ZES_MAANDEN_VOORAF = 14
EVALUEREN_BINNEN = 30  # days after the end of a quarter (R038)
_EVALUATIE = "evaluatie:"
#: Who may decide on a new version of a route, by role.
BEOORDELAARS = tuple(
    rol for rol, rechten in ROLRECHTEN.items() if {"regelgeving.goedkeuren", "vandaag.zien"} <= rechten
)


#: What a referral waits for: an answer, or a document.
_WACHT = {False: "Wacht op antwoord over", True: "Wacht op een document over"}
_WAAROM = {False: "we hebben een vraag gesteld", True: "een verplicht document is er nog niet"}


def werkregel(aanmelding: Aanmelding) -> Werkvoorraad:
    """What waits at an open referral: for the team that it came in at, or for who picked it up."""
    wacht, document = aanmelding.status in BIJ_AFZENDER, aanmelding.status == "wacht_op_document"
    van, route = bronlabel(aanmelding), routelabel(aanmelding)
    behandelaar = aanmelding.behandelaar
    return werkvoorraad.regel(
        KAMER,
        f"aanmelding:{aanmelding.pk}",
        soort="vraag_gesteld" if wacht else "aanmelding",
        titel=f"{_WACHT[document] if wacht else 'Beoordeel de aanmelding van'} {aanmelding.naam}",
        toelichting=f"Van {van}" + (f", {route}" if route != van else ""),
        waarom=(
            f"{van} is aan zet: {_WAAROM[document]}. Onze klok staat stil."
            if wacht
            else f"{van} meldt deze persoon aan. We beslissen binnen {aanmelding.sla_werkdagen} werkdagen."
        ),
        url=f"/aanmeldingen/{aanmelding.kenmerk}",
        knop="Bekijken" if wacht else "Beoordelen",
        icoon="inbak",
        op=aanmelding.uiterlijk_op or aanmelding.status_sinds,
        betrokkene_id=aanmelding.deelnemer_id,
        voor_id=behandelaar.gebruiker_id if behandelaar else None,
        voor_team_id=aanmelding.team_id,
        voor_rol="" if behandelaar or aanmelding.team_id else Rol.TEAMMANAGER,
        wacht_op=van if wacht else "",
        wacht_sinds=aanmelding.status_sinds,
        norm_dagen=aanmelding.sla_werkdagen,
    )


def zesmaandenregel(aanmelding: Aanmelding) -> Werkvoorraad | None:
    """Six months of guidance in trede 4 are nearly over, for the team where it came in (R026, R028)."""
    gegevens = {"adviesrapport": aanmelding.adviesrapport, "eerdereBegeleiding": aanmelding.eerdere_begeleiding}
    dag = regels.zes_maanden_op(gegevens, aanmelding.routeversie.regels)
    if dag is None or dag - dt.timedelta(days=ZES_MAANDEN_VOORAF) > klok.vandaag():
        return None
    behandelaar = aanmelding.behandelaar
    jong = "niet_uitgestroomd_na_maanden" in aanmelding.routeversie.regels
    return werkvoorraad.regel(
        KAMER,
        f"zesmaanden:{aanmelding.pk}",
        soort="zes_maanden",
        titel=f"{aanmelding.naam} is op {datum(dag)} zes maanden begeleid",
        toelichting=f"Trede 4, aangemeld door {bronlabel(aanmelding)}",
        waarom=(
            "Een jongere in trede 4 komt naar ons als hij na zes maanden geen werk heeft."
            if jong
            else "In trede 4 hoort iemand na hoogstens zes maanden begeleiding naar ons te komen."
        ),
        url=f"/aanmeldingen/{aanmelding.kenmerk}",
        knop="Beoordelen",
        icoon="klok",
        op=dag,
        betrokkene_id=aanmelding.deelnemer_id,
        voor_id=behandelaar.gebruiker_id if behandelaar else None,
        voor_team_id=aanmelding.team_id,
        voor_rol="" if behandelaar or aanmelding.team_id else Rol.TEAMMANAGER,
        wacht_sinds=aanmelding.status_sinds,
    )


def zesmaandenregels() -> Iterable[Werkvoorraad]:
    """The rows of all open referrals whose six months are nearly over; on the day the hand-over has its own row."""
    open_ = Aanmelding.objects.filter(status__in=OPEN, adviesrapport__trede__waarde=4, teamoverdracht__isnull=True)
    for aanmelding in open_.select_related("routeversie", "behandelaar").order_by("pk"):
        rij = zesmaandenregel(aanmelding)
        if rij is not None:
            yield rij


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
    momenten = Overdrachtsmoment.objects.filter(gehouden_op__isnull=True, deelnemer__overleden_op__isnull=True)
    momenten = momenten.select_related("aanmelding", "naar").order_by("pk")
    yield from (overdrachtregel(moment) for moment in momenten.iterator())
    yield from _alle_routevoorstellen()
    yield from verwijzingen.alle_werkregels()
    yield from zesmaandenregels()
    yield from teamregels.werkregels()
    yield from evaluatieregels()
    yield from schoolvragen.ophaalregels()
    yield from handhavingsvragen.signaalregels()


def tijdlijnregels(aanmelding: Aanmelding) -> list[TijdlijnRegel]:
    """The referral in the timeline of the person: received, and what was decided."""
    if aanmelding.deelnemer_id is None or aanmelding.richting == Richting.UITGAAND:
        return []
    basis = {"icoon": "inbak", "url": f"/aanmeldingen/{aanmelding.kenmerk}"}
    punten = [
        tijdlijn.regel(
            KAMER,
            f"aanmelding:{aanmelding.pk}",
            aanmelding.deelnemer_id,
            categorie=Categorie.TRAJECT,
            op=aanmelding.ontvangen_op,
            titel=f"Aangemeld door {bronlabel(aanmelding)}",
            tekst=routelabel(aanmelding),
            **basis,
        )
    ]
    if aanmelding.beslist_op is not None:
        titel = "Aanmelding aangenomen"
        if aanmelding.status == "teruggestuurd":
            titel = f"Aanmelding teruggestuurd: {opzoeken.label(TERUGSTUURREDENEN, aanmelding.terugstuurreden)}"
        punten.append(
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
    return punten


def regels_van_persoon(deelnemer_id: int) -> Iterable[TijdlijnRegel]:
    """Every line of this room about one person."""
    for aanmelding in Aanmelding.objects.filter(deelnemer=deelnemer_id).select_related("route").order_by("pk"):
        yield from tijdlijnregels(aanmelding)
    yield from verwijzingen.regels_van_persoon(deelnemer_id)
    for rij in teamregels.alle(deelnemer=deelnemer_id):
        yield from teamregels.tijdlijnregels(rij)
