"""The routes that come with the program; a gemeente changes them by new versions, never by editing these."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from aanmeldingen.keuzes import EIGEN_BRON, Documentsoort, Onderdeel, Versiestatus
from aanmeldingen.models import Route, Routeversie
from kern.handeling import Actor, service

BEGIN = dt.date(2013, 1, 1)
_ADVIES = (
    Onderdeel.OPLEIDINGEN,
    Onderdeel.TALEN,
    Onderdeel.BESCHIKBAARHEID,
    Onderdeel.TREDE,
    Onderdeel.ZOEKBEROEP,
)
_BASIS = (Onderdeel.BSN, Onderdeel.CONTACT, Onderdeel.ADRES)
_GEWENST = (
    Onderdeel.WERKERVARING,
    Onderdeel.WERKVERMOGEN,
    Onderdeel.BELEMMERINGEN,
    Onderdeel.HUISHOUDEN,
    Onderdeel.WERKVERDELING,
    Onderdeel.TOELICHTING,
)


@dataclass(frozen=True)
class Standaardroute:
    """One route: source, what it asks, its admission rules (see `aanmeldingen.regels`) and its terms."""

    code: str
    naam: str
    bron: str
    verplicht: tuple[str, ...]
    gewenst: tuple[str, ...] = _GEWENST
    documenten: tuple[str, ...] = ()
    regels: dict[str, int] = field(default_factory=dict)
    werkdagen: int = 5
    jongerenpoort: bool = False
    arbeidsbeperking: bool = False
    uitkomst_delen: bool = True
    vanaf: dt.date = BEGIN
    richting: str = "inkomend"
    minimaal: bool = False


ROUTES = (
    Standaardroute(
        "intake",
        "Intake",
        "intake",
        (*_BASIS, *_ADVIES, Onderdeel.UITKERING),
        regels={"hoogstens_maanden_begeleid": 6},
    ),
    Standaardroute(
        "intake-arbeidsbeperking",
        "Intake, arbeidsbeperking",
        "intake",
        (*_BASIS, Onderdeel.TREDE, Onderdeel.WERKVERMOGEN, Onderdeel.ARBEIDSBEPERKING),
        arbeidsbeperking=True,
        werkdagen=10,
    ),
    Standaardroute(
        "koers-naar-werk",
        "Koers naar Werk",
        "koers_naar_werk",
        (*_BASIS, *_ADVIES, Onderdeel.UITKERING, Onderdeel.BEGELEIDING),
        regels={"hoogstens_maanden_begeleid": 6, "trede_minimaal": 3},
    ),
    Standaardroute(
        "aan-het-werk",
        "Koers naar Werk, Aan het Werk",
        "koers_naar_werk",
        (*_BASIS, *_ADVIES, Onderdeel.UITKERING),
        regels={"trede_minimaal": 4},
        werkdagen=3,
    ),
    Standaardroute(
        "activering",
        "Activering",
        "activering",
        (*_BASIS, Onderdeel.TREDE, Onderdeel.TALEN, Onderdeel.BESCHIKBAARHEID, Onderdeel.BEGELEIDING),
        regels={"hoogstens_maanden_begeleid": 6, "trede_minimaal": 3},
    ),
    Standaardroute(
        "kanstraject",
        "Activering, Kanstraject",
        "activering",
        (*_BASIS, Onderdeel.TREDE, Onderdeel.BEGELEIDING),
        regels={"trede_minimaal": 2},
    ),
    Standaardroute(
        "werk-en-opleiding-jongeren",
        "Werk en Opleiding Jongeren",
        "werk_en_opleiding_jongeren",
        (
            *_BASIS,
            Onderdeel.OPLEIDINGEN,
            Onderdeel.TREDE,
            Onderdeel.BESCHIKBAARHEID,
            Onderdeel.BEGELEIDING,
            Onderdeel.KLANTMANAGER,
        ),
        regels={"niet_uitgestroomd_na_maanden": 6, "trede_minimaal": 3, "jonger_dan": 27},
        jongerenpoort=True,
    ),
    Standaardroute(
        "jongeren-arbeidsbeperking",
        "Werk en Opleiding Jongeren, arbeidsbeperking",
        "werk_en_opleiding_jongeren",
        (
            *_BASIS,
            Onderdeel.TREDE,
            Onderdeel.WERKVERMOGEN,
            Onderdeel.ARBEIDSBEPERKING,
            Onderdeel.KLANTMANAGER,
        ),
        documenten=(Documentsoort.INDICATIE,),
        regels={"jonger_dan": 27},
        arbeidsbeperking=True,
        werkdagen=10,
    ),
    Standaardroute(
        "bijzondere-doelgroepen",
        "Bijzondere Doelgroepen",
        "bijzondere_doelgroepen",
        (*_BASIS, Onderdeel.TREDE, Onderdeel.UITKERING, Onderdeel.KLANTMANAGER, Onderdeel.TOELICHTING),
    ),
    Standaardroute(
        "parttimers",
        "Al parttime aan het werk",
        "intake",
        (*_BASIS, Onderdeel.UITKERING, Onderdeel.HUIDIG_WERK),
        vanaf=dt.date(2013, 9, 1),
    ),
    Standaardroute(
        "onderwijs",
        "Praktijkonderwijs en vso",
        "onderwijs",
        (*_BASIS, Onderdeel.SCHOOL, Onderdeel.TOELICHTING),
        uitkomst_delen=False,
        werkdagen=10,
    ),
    Standaardroute("uwv", "UWV", "uwv", (*_BASIS, Onderdeel.TREDE, Onderdeel.TOELICHTING), uitkomst_delen=False),
    Standaardroute(
        "reclassering",
        "Reclassering",
        "reclassering",
        (Onderdeel.BSN, Onderdeel.CONTACT, Onderdeel.TOELICHTING),
        gewenst=(),
        uitkomst_delen=False,
        minimaal=True,
    ),
    Standaardroute(
        "top-600",
        "Top 600",
        "bijzondere_doelgroepen",
        (Onderdeel.BSN, Onderdeel.CONTACT, Onderdeel.KLANTMANAGER),
        gewenst=(Onderdeel.TOELICHTING,),
        uitkomst_delen=False,
        minimaal=True,
    ),
    Standaardroute(
        "netwerkschool",
        "Netwerkschool",
        "onderwijs",
        (Onderdeel.BSN, Onderdeel.CONTACT, Onderdeel.SCHOOL),
        gewenst=(Onderdeel.TOELICHTING,),
        uitkomst_delen=False,
        minimaal=True,
    ),
    Standaardroute(
        "bekende-arbeidsbeperking",
        "Andere aanmelders met een arbeidsbeperking",
        "intake",
        (*_BASIS, Onderdeel.ARBEIDSBEPERKING, Onderdeel.TOELICHTING),
        arbeidsbeperking=True,
        werkdagen=10,
    ),
    Standaardroute("samen-doen", "Samen Doen", "samen_doen", (*_BASIS, Onderdeel.TOELICHTING), uitkomst_delen=False),
    Standaardroute("stadsdeel", "Stadsdeel", "stadsdeel", (*_BASIS, Onderdeel.TOELICHTING), uitkomst_delen=False),
    Standaardroute(
        "zelf", "Zelf aangemeld", "zelf", (*_BASIS, Onderdeel.TOELICHTING), gewenst=(), uitkomst_delen=False
    ),
    # By us to a partner: `verplicht` always goes along, `gewenst` only when chosen, nothing else ever.
    Standaardroute(
        "naar-school",
        "Verwijzing naar school",
        EIGEN_BRON,
        (Onderdeel.CONTACT, Onderdeel.TOELICHTING),
        gewenst=(
            Onderdeel.BSN,
            Onderdeel.OPLEIDINGEN,
            Onderdeel.TALEN,
            Onderdeel.BESCHIKBAARHEID,
            Onderdeel.ZOEKBEROEP,
        ),
        uitkomst_delen=False,
        richting="uitgaand",
    ),
    Standaardroute(
        "naar-zorg",
        "Verwijzing naar zorg en hulp",
        EIGEN_BRON,
        (Onderdeel.CONTACT, Onderdeel.TOELICHTING),
        gewenst=(Onderdeel.BSN, Onderdeel.ADRES),
        uitkomst_delen=False,
        richting="uitgaand",
    ),
    Standaardroute(
        "naar-activering",
        "Verwijzing naar Activering",
        EIGEN_BRON,
        (Onderdeel.CONTACT, Onderdeel.TOELICHTING, Onderdeel.TREDE),
        gewenst=(
            *(Onderdeel.BSN, Onderdeel.ADRES, Onderdeel.OPLEIDINGEN, Onderdeel.WERKERVARING),
            *(Onderdeel.TALEN, Onderdeel.BESCHIKBAARHEID, Onderdeel.ZOEKBEROEP),
        ),
        uitkomst_delen=False,
        richting="uitgaand",
    ),
)


@service
def zet_standaardroutes(*, actor: Actor) -> int:
    """Add the routes that this gemeente does not have yet, with their first version; returns how many
    were added.
    """
    bekend = set(Route.objects.values_list("code", flat=True).order_by("code"))
    nieuw = [route for route in ROUTES if route.code not in bekend]
    for r in nieuw:
        route = Route.objects.create(
            code=r.code,
            naam=r.naam,
            bron=r.bron,
            richting=r.richting,
            jongerenpoort=r.jongerenpoort,
            arbeidsbeperking=r.arbeidsbeperking,
            uitkomst_delen=r.uitkomst_delen,
            begindatum=r.vanaf,
        )
        Routeversie.objects.create(
            route=route,
            nummer=1,
            verplicht=[str(o) for o in r.verplicht],
            gewenst=[str(o) for o in r.gewenst if o not in r.verplicht],
            documenten=[str(d) for d in r.documenten],
            minimaal=r.minimaal,
            regels=r.regels,
            sla_werkdagen=r.werkdagen,
            status=Versiestatus.GOEDGEKEURD,
            begindatum=r.vanaf,
            toelichting="Meegeleverd met het programma.",
        )
    return len(nieuw)
