"""Fictitious data for the component page: every component full, empty and with faults."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from kern import grafieken as g
from kern import onderdelen as o

PLAATSELIJK = ZoneInfo("Europe/Amsterdam")

PEILDATUM = date(2026, 11, 19)

KAART = o.Persoonskaart(
    naam="Samira de Groot",
    sub="34 jaar · alleenstaande ouder · Zuidoost · dossier 2024-10482 · belt het liefst na 14.00 uur",
    merken=(o.Merk("Adres afgeschermd", "veilig", url="#veilig"),),
    feiten=(
        o.Feit("Regievoerder", "Chantal Brouwer"),
        o.Feit("Trede", "4, sinds 2 juni"),
        o.Feit("Nu actief", "4 onderdelen, 18 uur werk"),
        o.Feit("Laatste contact", "2 dagen geleden"),
        o.Feit("Volgende afspraak", "Do 26 nov, 10.00"),
        o.Feit("Keken mee deze maand", "3 collega’s", url="#inzage", alleen_breed=True),
    ),
    knoppen=(
        o.Knop("Dossier afdrukken", "#print", "print", alleen_breed=True, alleen_icoon=True),
        o.Knop("Gespreksmodus", "#gesprek", alleen_breed=True),
        o.Knop("Afspraak", "#afspraak", "agenda"),
        o.Knop("Notitie", "#notitie", "pen", hoofd=True),
    ),
    tabs=(
        o.Verwijzing("Overzicht", "#overzicht", gekozen=True),
        o.Verwijzing("Diagnose", "#diagnose"),
        o.Verwijzing("Plan", "#plan"),
        o.Verwijzing("Uitkering en huishouden", "#uitkering"),
        o.Verwijzing("Bemiddeling", "#bemiddeling"),
        o.Verwijzing("Documenten", "#documenten"),
        o.Verwijzing("Historie", "#historie"),
    ),
)

TAKEN = (
    o.Takengroep(
        "Te laat",
        (
            o.Taak(
                "Bel Kevin Pinas over zijn gemiste afspraak",
                "#kevin",
                "2e keer niet verschenen bij metselen",
                "Kevin was op 16 november voor de 2e keer afwezig zonder bericht. De afspraak in je team is: "
                "bel binnen 1 werkdag, voordat er een brief gaat. Jij bent regievoerder.",
                "2 dagen te laat",
                "fout",
                "telefoon",
                "Bellen",
            ),
            o.Taak(
                "Bel de naschoolse opvang voor Samira de Groot",
                "#samira",
                "Jouw belofte van 12 november",
                "Dit heb je met Samira afgesproken op 12 november.",
                "1 dag te laat",
                "fout",
                "hand",
                "Afhandelen",
            ),
        ),
    ),
    o.Takengroep(
        "Vandaag",
        (
            o.Taak(
                "Beoordeel de aanmelding van Yara Misiedjan",
                "#yara",
                "Van Intake · alle 9 gegevens compleet",
                "Een aanmelding beoordelen we binnen 5 werkdagen. Vandaag is werkdag 5.",
                "Vandaag 17.00",
                "let-op",
                "document",
                "Beoordelen",
            ),
            o.Taak(
                "Bel Ewa Kowalski: week 6 in haar nieuwe baan",
                "#ewa",
                "Bakkerij De Gouden Aar Noord · 28 uur",
                "Nazorg is op dag 3 en in week 2, 6, 13 en 26.",
                "Vandaag",
                "let-op",
                "ster",
                "Bellen",
            ),
        ),
    ),
    o.Takengroep(
        "Deze week",
        (o.Taak("Spreek Marja Dekker: 6 weken geen contact", "#marja", "Trede 4", "", "Ma 23 nov"),),
    ),
)

TIJDLIJN = (
    o.Tijdlijnpunt(
        date(2026, 11, 17),
        "Gebeld door Samira",
        "Chantal Brouwer · 6 min",
        "Werk gaat goed, zij vindt de ochtenden prettig. Opvang op dinsdag en donderdag is nog niet rond.",
        "contact",
    ),
    o.Tijdlijnpunt(
        date(2026, 11, 14),
        "6 keer aanwezig bij Taal op de werkvloer",
        "28 okt – 14 nov",
        soort="traject",
        reeks=("28 oktober, op tijd", "31 oktober, op tijd", "4 november, op tijd"),
        reeks_titel="Toon de 6 bijeenkomsten",
    ),
    o.Tijdlijnpunt(
        date(2026, 11, 7),
        "Scholing aangevraagd: mbo-2 helpende zorg",
        "€ 2.480 · goedgekeurd door Rob Visser",
        "ROC moet voor 5 december laten weten of er plek is.",
        "besluit",
        url="#besluit",
        url_tekst="Bekijk het besluit",
    ),
    o.Tijdlijnpunt(date(2026, 10, 1), "Schuldhulp gestart", "Schuldhulp Zuidoost", toestand="goed", icoon="vink"),
    o.Tijdlijnpunt(
        date(2025, 12, 2),
        "Niet verschenen bij taaltraining",
        "met bericht: dochter ziek",
        toestand="fout",
        icoon="kruis",
    ),
)

AGENDA = (
    o.Afspraakpunt(datetime(2026, 11, 19, 8, 52, tzinfo=PLAATSELIJK), "", nu=True),
    o.Afspraakpunt(
        datetime(2026, 11, 19, 9, 30, tzinfo=PLAATSELIJK),
        "Fatima El Idrissi",
        "Eerste gesprek · kamer 2.14 · 45 min",
        "#a",
    ),
    o.Afspraakpunt(
        datetime(2026, 11, 19, 11, 0, tzinfo=PLAATSELIJK),
        "Karim Bouali",
        "Voortgang · kamer 0.03 · 30 min",
        "#b",
        o.Merk("Samen met Rob Visser", "veilig", "schild"),
    ),
    o.Afspraakpunt(
        datetime(2026, 11, 19, 14, 0, tzinfo=PLAATSELIJK),
        "Groep Solliciteren",
        "Sessie 4 van 8 · zaal Hoogoord · 11 mensen",
    ),
)

BELOFTEN = (
    o.Beloftegroep(
        "Wij doen",
        (
            o.Belofte("Bellen met opvang De Regenboog over dinsdag en donderdag", "Chantal", "laat", "1 dag te laat"),
            o.Belofte("Winston vragen om het gesprek te plannen", "Chantal · voor 27 nov"),
            o.Belofte("Reiskosten voor de taaltraining aanvragen", "Gedaan op 13 nov", "gedaan"),
        ),
        "9 van 11 op tijd",
    ),
    o.Beloftegroep("Samira doet", (o.Belofte("Rooster van januari sturen", "Samira · voor 1 dec"),), "7 van 7 op tijd"),
)

VERSHEID = (
    o.Versheid("Werkcapaciteit", "28 mrt 2025, arboarts", o.Merk("Verouderd", "fout"), 100),
    o.Versheid("Beschikbaarheid", "2 jun, intake", o.Merk("Verouderend", "let-op"), 82),
    o.Versheid("Taal: B1", "10 sep, toets", o.Merk("Actueel", "goed"), 34),
)

TEGELS = (
    o.Tegel(
        "Uit de uitkering, totaal",
        "1.016",
        "#1.0",
        "1.0 = naar werk + overig",
        "van 1.250",
        o.Merk("15 achter", "let-op"),
        "Op 31 dec 1.212 tot 1.250",
        1016,
        1250,
        1031,
        (1212, 1250),
        uitleg="Elke uitkering die in 2026 is gestopt en waarvan Inkomen de einddatum heeft bevestigd.",
    ),
    o.Tegel(
        "Naar werk",
        "548",
        "#1.1",
        "1.1, met SW, zonder overloop",
        "van 650",
        o.Merk("12 voor", "goed"),
        "Op 31 dec 645 tot 683",
        548,
        650,
        536,
        (645, 683),
        gekozen=True,
    ),
    o.Tegel(
        "Succes trede 3",
        "48,6 %",
        "#1.4",
        "1.4, strikt: 638 van 1.313",
        "doel 50 %",
        o.Merk("1,4 punt onder", "let-op"),
        "Ruim geteld 54,0 %",
        48.6,
        50,
    ),
    o.Tegel(
        "SW-dienstverbanden",
        "712",
        "#1.6",
        "1.6, stand op de dag",
        "van 725",
        o.Merk("13 onder", "fout"),
        "",
        712,
        725,
    ),
    o.Tegel(
        "Begeleid werken",
        "331",
        "#1.7",
        "1.7, stand op de dag",
        "van 330",
        o.Merk("Gehaald", "goed"),
        "",
        331,
        330,
    ),
    o.Tegel(
        "Afspraakbanen",
        "–",
        "#nog",
        "nog geen cijfer",
        "",
        o.Merk("Wacht op de nacht"),
        "Eerste cijfer morgen",
    ),
)

CRITERIA = (
    o.Criterium("Vaardigheden", "5 van 5 taken", "goed", "5 taken", "Kan 5 van 5", "3 jaar wasserij", "40 van 40"),
    o.Criterium("Uren", "Kan 28–36 uur", "goed", "24 tot 32", "Kan 28 tot 36", "intake, 4 nov", "20 van 20"),
    o.Criterium("Reistijd", "38 min reizen", "minder", "tot 45 min", "38 min met de metro", "van 1104", "8 van 20"),
    o.Criterium("Diagnose", "Diagnose 14 maanden oud", "tekort", "actueel", "14 maanden oud", "", "telt niet mee"),
)

UREN_KANDIDAAT = g.urenbalk(
    grens=21,
    kan=(28, 36),
    vraag=(24, 32),
    wie="Priya",
    kop="Uit de uitkering bij elk aantal uren in deze vacature",
    naast="28 tot 32 uur mogelijk",
)

PLAN = g.gantt(
    (
        g.Planregel(
            "Werk bij Zorgcentrum Kastanjehof",
            date(2026, 9, 1),
            date(2027, 5, 31),
            "18 uur per week, gastenservice",
            "#deel",
            bijschrift="contract tot 31 mei",
        ),
        g.Planregel(
            "Taal op de werkvloer",
            date(2026, 9, 14),
            date(2027, 1, 29),
            "B1 naar B2, 2 dagdelen, intern",
            "#deel",
        ),
        g.Planregel(
            "Schuldhulp: rust in de financiën",
            date(2026, 10, 1),
            date(2027, 4, 1),
            "Schuldhulp, extern",
            "#deel",
            "partner",
        ),
        g.Planregel(
            "Naschoolse opvang regelen",
            date(2026, 11, 2),
            date(2026, 12, 18),
            "Houdt meer uren tegen",
            "#deel",
            "blok",
        ),
        g.Planregel(
            "Van 18 naar 23 uur per week",
            date(2027, 1, 4),
            date(2027, 3, 1),
            "Na opvang",
            "#deel",
            "plan",
            "na opvang",
        ),
        g.Planregel(
            "Mbo-2 helpende zorg",
            date(2027, 2, 1),
            None,
            "Instroom februari",
            "#deel",
            "wacht",
            "wacht 12 dagen",
        ),
    ),
    PEILDATUM,
)

_MAANDEN = ("jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
LIJN = g.lijngrafiek(
    _MAANDEN,
    (
        g.Reeks("2026", (-7, -8, -7, -7, -4, -7, -3, -8, -13, -15, None, None)),
        g.Reeks("2025, doel 1.200", (6, 6, 8, 6, 5, 11, 11, 12, 12, 13, 12, 13), "vorig"),
        g.Reeks("Verwachting", (None,) * 9 + (-15, -17, -19), "verwacht"),
    ),
    titel="Voor of achter op het tempo, per maand, 2026",
    beschrijving="In 2026 liep de uitstroom het hele jaar iets achter: 7 in januari, 15 eind oktober. De verwachting "
    "voor 31 december is 19 achter, met 80 procent kans tussen 38 achter en precies gehaald.",
    nul_label="0 = op tempo voor 1.250",
    band=(None,) * 9 + ((-15, -15), (-31, -3), (-38, 0)),
    legenda_band="Verwachting, 80 % kans",
    puntlabel="15 achter",
)
