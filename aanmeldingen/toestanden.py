"""States of a referral (STANDAARDEN 3.1): VNG Verzoeken values and three of our own."""

from kern.toestanden import Stap, Toestand, Toestandstabel

#: Not a right of a role: the client that sent the referral.
AFZENDER = "aanmelding.afzender"
BEHANDELEN = frozenset({"aanmelding.behandelen"})
_AFZENDER = frozenset({AFZENDER})
INDIENEN = Stap("indienen", ("",), "ontvangen", _AFZENDER, "Aanmelden", bron="R021")

AANMELDING = Toestandstabel(
    soort="aanmelding",
    toestanden=(
        Toestand("ontvangen", "Ontvangen", "Bekijk de aanmelding. Neem haar aan, stel een vraag of stuur haar terug.", "info"),
        Toestand("wacht_op_document", "Wacht op document", "De verwijzer stuurt nog een verplicht document. Onze klok staat stil.", "let-op"),
        Toestand("aanvulling_gevraagd", "Vraag gesteld", "De verwijzer is aan zet. Onze klok staat stil.", "let-op"),
        Toestand("in_behandeling", "In behandeling", "Iemand van ons bekijkt de aanmelding. Onze klok loopt.", "info"),
        Toestand("geaccepteerd", "Aangenomen", "De persoon heeft een dossier en een regievoerder.", "goed"),
        Toestand("teruggestuurd", "Teruggestuurd", "De verwijzer kan een nieuwe, verbeterde aanmelding doen.", "fout", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "De verwijzer heeft de aanmelding ingetrokken.", "neutraal", eind=True),
        Toestand("afgehandeld", "Afgerond", "Het traject dat uit deze aanmelding kwam, is klaar.", "neutraal", eind=True),
    ),
    stappen=(
        INDIENEN,
        Stap("op_document_wachten", ("ontvangen",), "wacht_op_document", _AFZENDER, "Wachten op een document", bron="R022"),
        Stap("documenten_compleet", ("wacht_op_document",), "ontvangen", _AFZENDER, "Documenten compleet", bron="R022"),
        Stap("oppakken", ("ontvangen",), "in_behandeling", BEHANDELEN, "Oppakken"),
        Stap("vraag_stellen", ("ontvangen", "in_behandeling"), "aanvulling_gevraagd", BEHANDELEN, "Vraag stellen", bron="R024"),
        Stap("aanvullen", ("aanvulling_gevraagd",), "in_behandeling", _AFZENDER, "Aanvullen", bron="R024"),
        Stap("accepteren", ("ontvangen", "in_behandeling"), "geaccepteerd", BEHANDELEN, "Aannemen", bron="R024"),
        Stap(
            "terugsturen", ("ontvangen", "wacht_op_document", "in_behandeling"), "teruggestuurd", BEHANDELEN, "Terugsturen",
            reden_verplicht=True, bron="R024",
        ),
        Stap(
            "intrekken", ("ontvangen", "wacht_op_document", "aanvulling_gevraagd", "in_behandeling"), "ingetrokken", _AFZENDER, "Intrekken",
            reden_verplicht=True,
        ),
        # Only by the night, on the day that was agreed when it was sent back.
        Stap("heropenen", ("teruggestuurd",), "ontvangen", frozenset(), "Weer oppakken", bron="R028"),
        Stap("trajecteinde", ("geaccepteerd",), "afgehandeld", frozenset(), "Afronden", bron="R040"),
    ),
)  # fmt: skip

OPEN = ("ontvangen", "wacht_op_document", "aanvulling_gevraagd", "in_behandeling")
TE_WIJZIGEN = ("ontvangen", "wacht_op_document", "aanvulling_gevraagd")
#: The sender is at turn: our clock stands still, and the sender is reminded.
BIJ_AFZENDER = ("wacht_op_document", "aanvulling_gevraagd")

#: What an end state brings along: the same table clears, fills and constrains the columns.
BIJ_EINDE: dict[str, tuple[str, ...]] = {
    "teruggestuurd": ("terugstuurreden", "terugstuurtekst"),
    "ingetrokken": ("intrekreden",),
}

#: Not a right of a role: the partner to whom we refer, by its own system or by a link.
ONTVANGER = "verwijzing.ontvanger"
_ONTVANGER = BEHANDELEN | {ONTVANGER}
OPSTELLEN = Stap("opstellen", ("",), "concept", BEHANDELEN, "Opstellen", bron="R045")

#: The same object in the other direction: we refer to school, care or Activering (R025, R045).
VERWIJZING = Toestandstabel(
    soort="verwijzing",
    toestanden=(
        Toestand("concept", "Concept", "Nog niet verstuurd. Kijk na wat er meegaat en verstuur.", "neutraal"),
        Toestand("verstuurd", "Verstuurd", "De partner bevestigt de ontvangst. De klok loopt.", "info"),
        Toestand("ontvangst_bevestigd", "Ontvangst bevestigd", "De partner bekijkt de verwijzing.", "info"),
        Toestand("aangenomen", "Aangenomen", "De partner gaat met deze persoon verder.", "goed", eind=True),
        Toestand("teruggestuurd", "Teruggestuurd", "De partner nam de verwijzing niet aan. Lees waarom.", "fout", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "We hebben de verwijzing ingetrokken.", "neutraal", eind=True),
    ),
    stappen=(
        OPSTELLEN,
        Stap("versturen", ("concept",), "verstuurd", BEHANDELEN, "Versturen", bron="R045"),
        Stap("bevestigen", ("verstuurd",), "ontvangst_bevestigd", _ONTVANGER, "Ontvangst bevestigen", bron="R045"),
        Stap("aannemen", ("verstuurd", "ontvangst_bevestigd"), "aangenomen", _ONTVANGER, "Aannemen", bron="R025"),
        Stap(
            "terugsturen", ("verstuurd", "ontvangst_bevestigd"), "teruggestuurd", _ONTVANGER, "Terugsturen",
            reden_verplicht=True, bron="R025",
        ),
        Stap(
            "intrekken", ("concept", "verstuurd", "ontvangst_bevestigd"), "ingetrokken", BEHANDELEN, "Intrekken",
            reden_verplicht=True,
        ),
    ),
)  # fmt: skip

#: Somebody outside is at turn.
BIJ_PARTNER = ("verstuurd", "ontvangst_bevestigd")
#: What the column of a referral may hold, in either direction.
STATUSKEUZES = list(dict([*AANMELDING.keuzes, *VERWIJZING.keuzes]).items())

SCHOOL_WIJZIGEN = frozenset({"schoolverlater.wijzigen"})
NOTEREN = Stap("noteren", ("",), "op_school", SCHOOL_WIJZIGEN, "Op de lijst zetten", bron="R036")
#: Somebody who leaves school within some time: fetched well before the end of the last school year (R036, R217).
SCHOOLVERLATER = Toestandstabel(
    soort="schoolverlater",
    toestanden=(
        Toestand("op_school", "Nog op school", "Op de ophaaldag komt deze leerling bij Vandaag. Spreek dan met de school.", "info"),
        Toestand("opgehaald", "In gesprek", "We spraken de leerling. Regel wat er na school komt.", "info"),
        Toestand("geregeld", "Geregeld", "Na school is er werk, een opleiding of begeleiding.", "goed", eind=True),
        Toestand("vervallen", "Vervallen", "Deze leerling komt niet bij ons.", "neutraal", eind=True),
    ),
    stappen=(
        NOTEREN,
        Stap("ophalen", ("op_school",), "opgehaald", SCHOOL_WIJZIGEN, "Leerling gesproken", bron="R036"),
        Stap("regelen", ("opgehaald",), "geregeld", SCHOOL_WIJZIGEN, "Geregeld"),
        Stap(
            "vervallen", ("op_school", "opgehaald"), "vervallen", SCHOOL_WIJZIGEN, "Van de lijst halen",
            reden_verplicht=True,
        ),
        Stap("heropenen", ("geregeld", "vervallen"), "opgehaald", SCHOOL_WIJZIGEN, "Weer oppakken"),
    ),
)  # fmt: skip
#: States in which somebody is on the list.
SCHOOL_OPEN = ("op_school", "opgehaald")

HANDHAVING = frozenset({"handhaving.wijzigen"})
SIGNAAL_STUREN = Stap("sturen", ("",), "verstuurd", HANDHAVING, "Signaal sturen", bron="R215")
#: A signal between us and Handhaving about who works beside a benefit, in either direction (R215).
SIGNAAL = Toestandstabel(
    soort="handhavingssignaal",
    toestanden=(
        Toestand("verstuurd", "Verstuurd", "De ander leest het signaal en geeft antwoord.", "info"),
        Toestand("beantwoord", "Beantwoord", "Lees het antwoord en spreek af wat er gebeurt.", "goed", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Dit signaal klopte niet. Gebruik het niet.", "neutraal", eind=True),
    ),
    stappen=(
        SIGNAAL_STUREN,
        Stap("beantwoorden", ("verstuurd",), "beantwoord", HANDHAVING, "Antwoord geven", bron="R215"),
        Stap("intrekken", ("verstuurd",), "ingetrokken", HANDHAVING, "Intrekken", reden_verplicht=True),
    ),
)
PLANNEN = Stap("plannen", ("", "vervallen", "afgerond", "overgedragen"), "gepland", BEHANDELEN, "Plannen", bron="R028")

#: Somebody goes to a team on a day: by the rule of the route, or as agreed at the decision (R026, R028).
TEAMOVERDRACHT = Toestandstabel(
    soort="teamoverdracht",
    toestanden=(
        Toestand("gepland", "Gepland", "Op deze dag gaat de persoon vanzelf naar het team.", "info"),
        Toestand("overgedragen", "Overgedragen", "Het team is aan zet.", "let-op"),
        Toestand("afgerond", "Overgenomen", "Een collega van het team heeft het overgenomen.", "goed", eind=True),
        Toestand("vervallen", "Vervallen", "De overdracht gaat niet door.", "neutraal", eind=True),
    ),
    stappen=(
        PLANNEN,
        Stap("overdragen", ("gepland",), "overgedragen", frozenset(), "Overdragen", bron="R028"),
        Stap("afronden", ("overgedragen",), "afgerond", BEHANDELEN, "Overnemen", bron="R043"),
        Stap("vervallen", ("gepland", "overgedragen"), "vervallen", frozenset(), "Laten vervallen", reden_verplicht=True),
    ),
)  # fmt: skip
