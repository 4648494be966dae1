"""States of the room werkgevers. Each kind of demand has its own life cycle (R127)."""

from kern.toestanden import Stap, Toestand, Toestandstabel

_VACATURE = frozenset({"vacature.wijzigen"})
_BEMIDDELEN = frozenset({"matching.gebruiken", "plaatsing.wijzigen"})
_PLAATSEN = frozenset({"plaatsing.wijzigen"})

REGULIER = Toestandstabel(
    soort="vacature",
    toestanden=(
        Toestand("concept", "Concept", "Maak de vacature af en zet hem open. Nu zoekt nog niemand mee.", "neutraal"),
        Toestand("open", "Open", "Je kunt kandidaten zoeken en voordragen.", "goed"),
        Toestand("aangehouden", "Aangehouden", "De werkgever wacht even. Voordragen kan weer als je hem openzet.", "let-op"),
        Toestand("vervuld", "Vervuld", "Alle plekken zijn bezet.", "info", eind=True),
        Toestand("vervallen", "Vervallen", "De werkgever zoekt niemand meer. De reden staat erbij.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("openen", ("concept", "aangehouden"), "open", _VACATURE, "Openzetten"),
        Stap("aanhouden", ("open",), "aangehouden", _VACATURE, "Aanhouden", reden_verplicht=True),
        Stap("vervullen", ("open",), "vervuld", frozenset(), "Alle plekken bezet"),
        Stap("heropenen", ("vervuld",), "open", _VACATURE, "Weer openzetten", reden_verplicht=True),
        Stap("sluiten", ("concept", "open", "aangehouden"), "vervallen", _VACATURE, "Sluiten", reden_verplicht=True),
    ),
)  # fmt: skip

#: A place, of either kind, is filled again when somebody leaves it; a vacancy is filled once.
_PLEK_TOESTANDEN = (
    Toestand("open", "Open", "Je kunt mensen zoeken en voordragen.", "goed"),
    Toestand("bezet", "Bezet", "Alle plekken zijn bezet. Komt er een vrij, dan gaat de plek weer open.", "info"),
)
_PLEK_STAPPEN = (
    Stap("vervullen", ("open",), "bezet", frozenset(), "Alle plekken bezet"),
    Stap("heropenen", ("bezet",), "open", _VACATURE, "Plek is weer vrij"),
    Stap("beeindigen", ("open", "bezet"), "beeindigd", _VACATURE, "Beëindigen", reden_verplicht=True),
)

DETACHERINGSPLEK = Toestandstabel(
    soort="detacheringsplek",
    toestanden=(
        Toestand("concept", "Concept", "Maak de plek af en spreek een tarief af.", "neutraal"),
        Toestand("tarief", "Tarief afspreken", "De werkgever is aan zet: het tarief per uur is nog niet akkoord.", "let-op"),
        *_PLEK_TOESTANDEN,
        Toestand("beeindigd", "Beëindigd", "De afspraak met de werkgever is gestopt.", "neutraal", eind=True),
        Toestand("vervallen", "Vervallen", "De plek is er niet gekomen. De reden staat erbij.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("tarief_voorstellen", ("concept",), "tarief", _VACATURE, "Tarief voorstellen"),
        Stap("openen", ("tarief",), "open", _VACATURE, "Tarief akkoord, openzetten"),
        *_PLEK_STAPPEN,
        Stap("sluiten", ("concept", "tarief"), "vervallen", _VACATURE, "Sluiten", reden_verplicht=True),
    ),
)  # fmt: skip

TRAJECTPLEK = Toestandstabel(
    soort="trajectplek",
    toestanden=(
        Toestand("concept", "Concept", "Maak de plek af en vraag een collega om hem te bekijken.", "neutraal"),
        Toestand("beoordelen", "Te beoordelen", "Bekijk of de plek leerzaam is en geen gewoon werk verdringt.", "let-op"),
        *_PLEK_TOESTANDEN,
        Toestand("beeindigd", "Beëindigd", "De werkgever biedt deze plek niet meer aan.", "neutraal", eind=True),
        Toestand("vervallen", "Afgekeurd of vervallen", "De plek is er niet gekomen. De reden staat erbij.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("aanbieden", ("concept",), "beoordelen", _VACATURE, "Laten beoordelen"),
        Stap("openen", ("beoordelen",), "open", _VACATURE, "Goed bevonden, openzetten", bron="R142"),
        *_PLEK_STAPPEN,
        Stap("sluiten", ("concept", "beoordelen"), "vervallen", _VACATURE, "Afkeuren of sluiten", reden_verplicht=True),
    ),
)  # fmt: skip

VACATURETABELLEN: dict[str, Toestandstabel] = {
    "regulier": REGULIER,
    "detacheringsplek": DETACHERINGSPLEK,
    "trajectplek": TRAJECTPLEK,
}

BEMIDDELING = Toestandstabel(
    soort="bemiddeling",
    toestanden=(
        Toestand("voorgedragen", "Voorgedragen", "Stel de kandidaat voor bij de werkgever, of plan meteen een gesprek.", "info"),
        Toestand("voorgesteld", "Voorgesteld", "De werkgever is aan zet. Hoor je niets, bel dan na.", "let-op"),
        Toestand("gesprek", "Gesprek", "Er is een gesprek gepland of geweest. Leg vast hoe het afliep.", "info"),
        Toestand("proefplaats", "Proefplaats", "De kandidaat werkt op proef. Spreek op tijd af hoe het verdergaat.", "info"),
        Toestand("geplaatst", "Geplaatst", "De kandidaat werkt. De nazorg staat gepland.", "goed", eind=True),
        Toestand("afgewezen", "Afgewezen", "De werkgever koos niet voor deze kandidaat. De reden staat erbij.", "neutraal", eind=True),
        Toestand("teruggetrokken_kandidaat", "Teruggetrokken", "De kandidaat wil niet verder. De reden staat erbij.", "neutraal", eind=True),
        Toestand("vacature_vervallen", "Vacature vervallen", "De plek is vol of bestaat niet meer.", "neutraal", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "De voordracht is ongedaan gemaakt.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("voorstellen", ("voorgedragen",), "voorgesteld", _BEMIDDELEN, "Voorgesteld bij de werkgever"),
        Stap("gesprek_plannen", ("voorgedragen", "voorgesteld"), "gesprek", _BEMIDDELEN, "Gesprek gepland"),
        Stap("proefplaats_starten", ("gesprek",), "proefplaats", _PLAATSEN, "Proefplaats begint"),
        Stap("plaatsen", ("voorgedragen", "voorgesteld", "gesprek", "proefplaats"), "geplaatst", _PLAATSEN, "Plaatsen"),
        Stap("afwijzen", ("voorgedragen", "voorgesteld", "gesprek", "proefplaats"), "afgewezen", _BEMIDDELEN, "Afgewezen"),
        Stap("terugtrekken", ("voorgedragen", "voorgesteld", "gesprek", "proefplaats"), "teruggetrokken_kandidaat", _BEMIDDELEN, "Kandidaat trekt zich terug"),
        Stap("laten_vervallen", ("voorgedragen", "voorgesteld", "gesprek", "proefplaats"), "vacature_vervallen", frozenset(), "Vacature vervallen"),
        Stap("intrekken", ("voorgedragen",), "ingetrokken", _BEMIDDELEN, "Ongedaan maken"),
    ),
)  # fmt: skip

OPEN_BEMIDDELING = ("voorgedragen", "voorgesteld", "gesprek", "proefplaats")
MET_REDEN = ("afgewezen", "teruggetrokken_kandidaat", "vacature_vervallen")

_REKENING = frozenset({"subsidie.behandelen"})
_TWEEDE = frozenset({"subsidie.goedkeuren"})

REKENING = Toestandstabel(
    soort="rekeningwijziging",
    toestanden=(
        Toestand("voorgesteld", "Wacht op een tweede persoon", "Bel de werkgever op een bekend nummer. Daarna beslist een collega. Tot dan betalen we niet.", "let-op"),
        Toestand("goedgekeurd", "Goedgekeurd", "We betalen op dit nummer vanaf de datum die erbij staat.", "goed", eind=True),
        Toestand("afgewezen", "Afgewezen", "Het oude nummer blijft gelden. De reden staat erbij.", "fout", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Het oude nummer blijft gelden.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("voorstellen", ("",), "voorgesteld", _REKENING, "Nieuw rekeningnummer"),
        Stap("goedkeuren", ("voorgesteld",), "goedgekeurd", _TWEEDE, "Goedkeuren"),
        Stap("afwijzen", ("voorgesteld",), "afgewezen", _TWEEDE, "Afwijzen", reden_verplicht=True),
        Stap("intrekken", ("voorgesteld",), "ingetrokken", _REKENING, "Intrekken"),
    ),
)  # fmt: skip
