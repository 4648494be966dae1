"""States of the room trajecten."""

from kern.toestanden import Stap, Toestand, Toestandstabel

_WIJZIGEN = frozenset({"traject.wijzigen"})
_AFSPRAAK = frozenset({"afspraak.wijzigen", "traject.wijzigen"})

TRAJECT = Toestandstabel(
    soort="traject",
    toestanden=(
        Toestand("loopt", "Loopt", "Je kunt onderdelen toevoegen, het plan bijstellen en het traject afsluiten.", "info"),
        Toestand("wacht_op_inkomen", "Wacht op inkomen", "Het traject is klaar. De uitkomst telt pas mee als inkomen de laatste dag met uitkering bevestigt.", "let-op"),
        Toestand("beeindigd", "Beëindigd", "Dit traject is afgesloten. Klopt de uitkomst niet, dan kun je het heropenen.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("afsluiten", ("loopt",), "beeindigd", _WIJZIGEN, "Afsluiten", bron="R079"),
        Stap("afsluiten_en_wachten", ("loopt",), "wacht_op_inkomen", _WIJZIGEN, "Afsluiten", bron="ONTWERP 3.11"),
        Stap("inkomen_bevestigt", ("wacht_op_inkomen",), "beeindigd", frozenset({"inkomen.bevestigen"}), "Bevestigd door inkomen"),
        Stap("inkomen_neemt_terug", ("beeindigd",), "wacht_op_inkomen", frozenset({"inkomen.bevestigen"}), "Teruggenomen door inkomen", bron="EISEN besluit 14"),
        Stap("heropenen", ("wacht_op_inkomen", "beeindigd"), "loopt", _WIJZIGEN, "Heropenen", reden_verplicht=True, bron="EISEN besluit 14"),
    ),
)  # fmt: skip

ONDERDEEL = Toestandstabel(
    soort="trajectonderdeel",
    toestanden=(
        Toestand("gepland", "Gepland", "Dit onderdeel begint nog. Je kunt het starten, verschuiven of laten vervallen.", "neutraal"),
        Toestand("wacht", "Wacht op bericht", "Een ander is aan zet. Komt er geen antwoord, vraag het dan na.", "let-op"),
        Toestand("loopt", "Loopt", "Je kunt het afronden of stoppen. Andere onderdelen mogen tegelijk lopen.", "info"),
        Toestand("afgerond", "Afgerond", "Dit onderdeel is klaar. Het resultaat staat in de tijdlijn.", "goed", eind=True),
        Toestand("gestopt", "Gestopt", "Dit onderdeel is eerder gestopt. De reden staat erbij.", "neutraal", eind=True),
        Toestand("vervallen", "Vervallen", "Dit onderdeel is niet begonnen.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("wachten", ("gepland",), "wacht", _WIJZIGEN, "Wachten op een ander"),
        Stap("starten", ("gepland", "wacht"), "loopt", _WIJZIGEN, "Starten"),
        Stap("afronden", ("loopt",), "afgerond", _WIJZIGEN, "Afronden"),
        Stap("stoppen", ("loopt",), "gestopt", _WIJZIGEN, "Stoppen", reden_verplicht=True, bron="R078"),
        Stap("laten_vervallen", ("gepland", "wacht"), "vervallen", _WIJZIGEN, "Laten vervallen", reden_verplicht=True),
    ),
)  # fmt: skip

AFSPRAAK = Toestandstabel(
    soort="afspraak",
    toestanden=(
        Toestand("gepland", "Gepland", "Na de afspraak vul je in of de persoon er was.", "info"),
        Toestand("verschenen", "Geweest", "De persoon was er. Schrijf op wat jullie hebben afgesproken.", "goed", eind=True),
        Toestand("afgemeld", "Afgemeld", "De persoon heeft afgezegd. Maak een nieuwe afspraak.", "neutraal", eind=True),
        Toestand("niet_verschenen", "Niet verschenen", "De persoon was er niet. Bel eerst; stoppen gebeurt nooit vanzelf.", "let-op"),
        Toestand("verzet", "Verzet", "Er is een nieuwe datum.", "neutraal", eind=True),
        Toestand("vervallen", "Vervallen", "Deze afspraak gaat niet door.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("geweest", ("gepland", "niet_verschenen"), "verschenen", _AFSPRAAK, "Was er"),
        Stap("afmelden", ("gepland", "niet_verschenen"), "afgemeld", _AFSPRAAK, "Afgemeld"),
        Stap("niet_verschijnen", ("gepland",), "niet_verschenen", _AFSPRAAK, "Niet verschenen", bron="R105"),
        Stap("verzetten", ("gepland",), "verzet", _AFSPRAAK, "Verzetten"),
        Stap("herstellen", ("verschenen", "afgemeld", "niet_verschenen"), "gepland", _AFSPRAAK, "Toch anders", bron="EISEN patroon 9"),
        Stap("laten_vervallen", ("gepland",), "vervallen", _AFSPRAAK, "Laten vervallen", reden_verplicht=True),
    ),
)  # fmt: skip

AANBIEDER = Toestandstabel(
    soort="aanbieder",
    toestanden=(
        Toestand("nieuw", "Nog niet gecontroleerd", "Bij deze aanbieder kun je niet bestellen tot twee collega’s hem hebben gecontroleerd.", "let-op"),
        Toestand("gecontroleerd", "Gecontroleerd", "Bij deze aanbieder kun je bestellen.", "goed"),
        Toestand("uitlopend", "Uitlopend", "Geen nieuwe bestellingen; wie bezig is, mag het afmaken.", "let-op"),
        Toestand("gestopt", "Gestopt", "Met deze aanbieder werken we niet meer.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("goedkeuren", ("nieuw",), "gecontroleerd", frozenset({"aanbieder.verifieren"}), "Goedkeuren", bron="R089"),
        Stap("laten_uitlopen", ("gecontroleerd",), "uitlopend", frozenset({"aanbieder.beheren"}), "Laten uitlopen", reden_verplicht=True, bron="R090"),
        Stap("stoppen", ("nieuw", "gecontroleerd", "uitlopend"), "gestopt", frozenset({"aanbieder.beheren"}), "Stoppen", reden_verplicht=True),
    ),
)  # fmt: skip

SCHOLINGSORDER = Toestandstabel(
    soort="scholingsorder",
    toestanden=(
        Toestand("aangevraagd", "Aangevraagd", "De teammanager keurt de aanvraag goed of wijst hem af.", "info"),
        Toestand("goedgekeurd", "Goedgekeurd", "De accountmanager scholing kan bestellen.", "info"),
        Toestand("besteld", "Besteld", "De school is aan zet en stuurt het plaatsingsbericht.", "let-op"),
        Toestand("geplaatst", "Geplaatst", "Het plaatsingsbericht is binnen. De scholing kan beginnen.", "info"),
        Toestand("gestart", "Gestart", "De scholing loopt. De aanwezigheid wordt bijgehouden.", "info"),
        Toestand("afgerond", "Afgerond", "Het certificaat is binnen.", "goed", eind=True),
        Toestand("afgewezen", "Afgewezen", "De aanvraag gaat niet door. De reden staat erbij.", "neutraal", eind=True),
        Toestand("gestopt", "Gestopt", "De scholing is eerder gestopt.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("goedkeuren", ("aangevraagd",), "goedgekeurd", frozenset({"scholing.goedkeuren"}), "Goedkeuren", bron="R085"),
        Stap("afwijzen", ("aangevraagd",), "afgewezen", frozenset({"scholing.goedkeuren"}), "Afwijzen", reden_verplicht=True),
        Stap("bestellen", ("goedgekeurd",), "besteld", frozenset({"scholing.behandelen"}), "Bestellen", bron="R089"),
        Stap("plaatsen", ("besteld",), "geplaatst", frozenset({"scholing.behandelen"}), "Plaatsingsbericht binnen", bron="R086"),
        Stap("starten", ("geplaatst",), "gestart", frozenset({"scholing.behandelen", "traject.wijzigen"}), "Starten"),
        Stap("afronden", ("gestart",), "afgerond", frozenset({"scholing.behandelen", "traject.wijzigen"}), "Certificaat binnen"),
        Stap("stoppen", ("goedgekeurd", "besteld", "geplaatst", "gestart"), "gestopt", frozenset({"scholing.behandelen", "traject.wijzigen"}), "Stoppen", reden_verplicht=True),
    ),
)  # fmt: skip
