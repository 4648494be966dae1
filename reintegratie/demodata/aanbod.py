"""The catalogue of instruments and the providers, one of them not verified."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from reintegratie.demodata import adressen
from reintegratie.demodata.context import Context
from reintegratie.demodata.inloggen import adres
from reintegratie.demodata.teams import PLAATS
from reintegratie.demodata.wegschrijven import Schrijver
from trajecten.models import Aanbieder, Aanbiederscontact, Instrument

#: code, name, kind, route, SRG code, day parts, weeks, cost, explanation.
_INSTRUMENTEN: tuple[tuple[str, str, str, str, str, int, int, int, str], ...] = (
    ("intake", "Intake Werk en Re-integratie", "instroom", "extern", "99", 1, 2, 0, "Kennismaken en de route kiezen."),
    (
        "instroomgroep",
        "Instroomgroep",
        "groep",
        "intern",
        "99",
        6,
        6,
        0,
        "In zes weken je eigen kracht vinden en meteen zoeken naar werk.",
    ),
    ("startmeter", "Startmeter", "diagnose", "intern", "99", 2, 2, 180, "Kort onderzoek naar wat iemand kan."),
    ("zeehoeve", "Assessment Zeehoeve", "diagnose", "intern", "99", 8, 4, 650, "Vier weken werken en kijken wat past."),
    (
        "groepsaanpak",
        "Groepsaanpak werknemersvaardigheden",
        "groep",
        "intern",
        "99",
        6,
        13,
        0,
        "Op tijd komen, samenwerken, afspraken nakomen.",
    ),
    (
        "begeleiding",
        "Individuele begeleiding",
        "begeleiding",
        "extern",
        "99",
        1,
        16,
        0,
        "Gesprekken met een vaste consulent.",
    ),
    (
        "jobcenter",
        "Jobcenter",
        "bemiddeling",
        "extern",
        "99",
        4,
        12,
        0,
        "Elke ochtend zoeken naar werk, met hulp ernaast.",
    ),
    ("cv-dokter", "CV-dokter", "training", "extern", "99", 1, 2, 0, "Een cv dat klopt."),
    (
        "solliciteren",
        "Solliciteren",
        "groep",
        "extern",
        "99",
        2,
        8,
        120,
        "Acht keer oefenen met brieven en gesprekken.",
    ),
    (
        "taal",
        "Taaltraining op de werkvloer",
        "taal",
        "extern",
        "99",
        3,
        20,
        900,
        "Nederlands leren met woorden van het werk.",
    ),
    (
        "leerwerkplek",
        "Leerwerkplek",
        "leerwerkplek",
        "intern",
        "03",
        7,
        26,
        0,
        "Werken en leren bij een werkgever of in eigen huis.",
    ),
    ("proefplaats", "Proefplaats", "proefplaats", "extern", "99", 8, 8, 0, "Twee maanden laten zien wat je kunt."),
    (
        "bemiddeling",
        "Bemiddeling naar werk",
        "bemiddeling",
        "extern",
        "99",
        2,
        20,
        0,
        "Samen met de accountmanager naar een baan.",
    ),
    ("metselen", "Metselen", "groep", "intern", "99", 6, 13, 300, "Een vak leren in de werkplaats."),
    ("schilderen", "Schilderen", "groep", "intern", "99", 6, 13, 300, "Een vak leren in de werkplaats."),
    (
        "horeca",
        "Leerbedrijf horeca",
        "groep",
        "intern",
        "99",
        6,
        13,
        250,
        "Bediening en keuken in het eigen restaurant.",
    ),
    ("groen", "Leerbedrijf groen", "groep", "intern", "99", 6, 13, 200, "Tuinen en plantsoenen onderhouden."),
    (
        "wem",
        "WEM: empowerment en werk",
        "groep",
        "intern",
        "99",
        2,
        16,
        150,
        "Beginnen met twee dagdelen en rustig groeien.",
    ),
    (
        "school2work",
        "School2Work",
        "training",
        "extern",
        "99",
        3,
        26,
        400,
        "Met de school terug naar een opleiding of werk.",
    ),
    (
        "scholing",
        "Scholing bij een aanbieder",
        "scholing",
        "extern",
        "99",
        6,
        20,
        1400,
        "Een opleiding die past bij een beroep met werk.",
    ),
    ("jobcoaching", "Jobcoaching", "jobcoaching", "extern", "06", 1, 26, 0, "Begeleiding op de werkplek."),
    ("schuldhulp", "Hulp bij schulden", "hulp", "extern", "99", 1, 26, 0, "Loopt naast de andere onderdelen."),
    ("kinderopvang", "Kinderopvang regelen", "hulp", "extern", "99", 1, 6, 0, "Loopt naast de andere onderdelen."),
    (
        "vinkebrug",
        "Leerwerkplek Vinkebrug",
        "leerwerkplek",
        "intern",
        "03",
        8,
        26,
        0,
        "Werkplaats met extra begeleiding.",
    ),
    (
        "belastbaarheid",
        "Onderzoek naar belastbaarheid",
        "diagnose",
        "extern",
        "99",
        1,
        3,
        320,
        "De arboarts kijkt wat iemand aankan.",
    ),
)
_AANBIEDERS = (
    ("ROC De Amstellanden", "Inschrijfbalie"),
    ("Taalhuis De Letterboom", "Planning"),
    ("Vakschool Het Gilde", "Administratie"),
    ("Zorgacademie De Kastanje", "Instroom"),
    ("Rijschool en Logistiek De Lading", "Planning"),
    ("Cursuscentrum De Springplank", "Aanmelding"),
)
#: Not in the trade register, so nobody can order there.
NEP = "Opleidingsinstituut Nova Praxis"
#: Groups at work, in turn.
GROEPSCODES = ("instroomgroep", "groepsaanpak", "solliciteren", "metselen", "horeca", "groen", "schilderen", "wem")


@dataclass
class Aanbod:
    """Instruments by code, and providers with their contact."""

    instrument: dict[str, Instrument] = field(default_factory=dict)
    aanbieders: list[tuple[Aanbieder, Aanbiederscontact]] = field(default_factory=list)
    nep: Aanbieder | None = None


def maak(c: Context) -> Aanbod:
    """All rows of the catalogue."""
    rng, s, uit = c.rng("aanbod"), c.s, Aanbod()
    sinds = dt.date(c.peildatum.year - 4, 1, 1)
    scholing = c.org.rol["accountmanager_scholing"][0]
    tweede = c.org.rol["controller"][0]
    for nummer, (naam, afdeling) in enumerate(_AANBIEDERS):
        straat, huisnummer, postcode = adressen.trek(rng, "M")
        aanbieder = s.voeg(
            Aanbieder(
                naam=naam,
                kvk_nummer=f"0099{nummer:04d}",
                straat=straat,
                huisnummer=huisnummer,
                postcode=postcode,
                woonplaats=PLAATS,
                keurmerk="Keurmerk Blik op Leren",
                status="gecontroleerd",
                status_sinds=sinds,
                gecontroleerd_door=scholing,
                goedgekeurd_door=tweede,
            ),
            sinds,
        )
        contact = Aanbiederscontact(
            aanbieder=aanbieder,
            vestiging="Hoofdlocatie",
            afdeling=afdeling,
            naam="",
            email=adres(naam),
            telefoon=adressen.telefoon(rng),
            laatst_geantwoord_op=c.peildatum - dt.timedelta(days=rng.randint(3, 60)),
        )
        uit.aanbieders.append((aanbieder, s.voeg(contact, sinds)))
    uit.nep = s.voeg(
        Aanbieder(
            naam=NEP,
            straat="Weesperstraat",
            huisnummer="999",
            postcode="1018XX",
            woonplaats=PLAATS,
            status="nieuw",
            status_sinds=c.peildatum - dt.timedelta(days=34),
        ),
        c.peildatum - dt.timedelta(days=34),
    )
    for code, naam, soort, route, srg, dagdelen, weken, kosten, uitleg in _INSTRUMENTEN:
        _instrument(
            s,
            uit,
            sinds,
            code,
            naam,
            soort=soort,
            route=route,
            srg_type=srg,
            dagdelen=dagdelen,
            weken=weken,
            kosten=Decimal(kosten),
            uitleg=uitleg,
        )
    _instrument(
        s,
        uit,
        sinds,
        "coaching-oud",
        "Training en coaching (oud)",
        soort="training",
        route="extern",
        srg_type="99",
        dagdelen=2,
        weken=10,
        kosten=Decimal(800),
        uitleg="Stopt: te weinig mensen vonden werk.",
        status="uitlopend",
        einddatum=c.peildatum + dt.timedelta(days=40),
    )
    for code, plaatsen in (("startmeter", 80), ("zeehoeve", 60)):
        uit.instrument[code].capaciteit = max(4, int(plaatsen * c.schaal))
    return uit


def _instrument(s: Schrijver, uit: Aanbod, sinds: dt.date, code: str, naam: str, **velden: object) -> None:
    aanbieder = uit.aanbieders[1][0] if code == "taal" else uit.aanbieders[0][0] if code == "school2work" else None
    bijzonder = code in {"schuldhulp", "belastbaarheid"}
    uit.instrument[code] = s.voeg(
        Instrument(
            code=code, naam=naam, aanbieder=aanbieder, bijzonder=bijzonder, afgeschermd=code == "vinkebrug", **velden
        ),
        sinds,
    )
