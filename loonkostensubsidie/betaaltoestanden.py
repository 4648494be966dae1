"""States of payments: a run, an order in it, and money that comes back."""

from kern.toestanden import Stap, Toestand, Toestandstabel
from loonkostensubsidie.toestanden import GOEDKEUREN

BETALEN = frozenset({"subsidie.betalen"})

#: A payment run of one month. Only one at a time is under way per month (LOOPT).
BETAALRUN = Toestandstabel(
    soort="betaalrun",
    toestanden=(
        Toestand("wordt_opgesteld", "Wordt opgesteld", "We boeken alle maanden en maken de opdrachten. Dat gaat vanzelf.", "info"),
        Toestand("opgesteld", "Opgesteld", "Kijk de opdrachten na. Een collega keurt de run goed.", "info"),
        Toestand("goedgekeurd", "Goedgekeurd", "Maak het betaalbestand en bied het aan bij Subsidies en Inkoop Sociaal.", "info"),
        Toestand("aangeboden", "Aangeboden", "Het bestand is gemaakt. Verwerk van elke opdracht of er is betaald.", "info"),
        Toestand("afgerond", "Afgerond", "Van elke opdracht is bekend of er is betaald.", "goed", eind=True),
        Toestand("vervallen", "Vervallen", "Deze run betaalt niets. De bedragen staan weer open.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("beginnen", ("",), "wordt_opgesteld", BETALEN, "Opstellen", bron="R149"),
        Stap("klaarzetten", ("wordt_opgesteld",), "opgesteld", frozenset(), "Klaarzetten", bron="R149"),
        Stap("goedkeuren", ("opgesteld",), "goedgekeurd", GOEDKEUREN, "Goedkeuren", bron="R149"),
        Stap("terugnemen", ("goedgekeurd",), "opgesteld", GOEDKEUREN | BETALEN, "Terug naar nakijken", reden_verplicht=True, bron="R149"),
        Stap("aanbieden", ("goedgekeurd",), "aangeboden", BETALEN, "Betaalbestand maken", bron="R149"),
        Stap("afronden", ("aangeboden",), "afgerond", frozenset(), "Afronden", bron="R149"),
        Stap("vervallen", ("wordt_opgesteld", "opgesteld", "goedgekeurd"), "vervallen", BETALEN, "Laten vervallen", reden_verplicht=True, bron="R149"),
    ),
)  # fmt: skip
#: States in which a second run for the same month is refused.
LOOPT = ("wordt_opgesteld", "opgesteld", "goedgekeurd", "aangeboden")

#: What one employer gets in one run.
BETAALOPDRACHT = Toestandstabel(
    soort="betaalopdracht",
    toestanden=(
        Toestand("klaar", "Klaar", "Deze opdracht gaat mee in het betaalbestand.", "info"),
        Toestand("aangehouden", "Aangehouden", "Deze opdracht gaat niet mee zolang de reden er is.", "let-op"),
        Toestand("aangeboden", "Aangeboden", "De opdracht staat in het betaalbestand. We wachten op bericht.", "info"),
        Toestand("betaald", "Betaald", "De werkgever heeft het geld.", "goed"),
        Toestand("geweigerd", "Geweigerd", "De bank betaalde niet. Het bedrag gaat mee met een volgende run.", "fout", eind=True),
        Toestand("vervallen", "Vervallen", "Deze opdracht is niet betaald. Het bedrag gaat mee met een volgende run.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("opstellen", ("",), "klaar", BETALEN, "Opstellen", bron="R149"),
        Stap("tegenhouden", ("",), "aangehouden", BETALEN, "Opstellen en aanhouden", bron="R149"),
        Stap("aanhouden", ("klaar",), "aangehouden", BETALEN, "Aanhouden", reden_verplicht=True, bron="R149"),
        Stap("vrijgeven", ("aangehouden",), "klaar", BETALEN, "Vrijgeven", bron="R149"),
        Stap("aanbieden", ("klaar",), "aangeboden", frozenset(), "Aanbieden", bron="R149"),
        Stap("betalen", ("aangeboden",), "betaald", BETALEN, "Is betaald", bron="R149"),
        Stap("weigeren", ("aangeboden", "betaald"), "geweigerd", BETALEN, "Is geweigerd", reden_verplicht=True, bron="R149"),
        Stap("vervallen", ("klaar", "aangehouden"), "vervallen", BETALEN, "Laten vervallen", reden_verplicht=True, bron="R149"),
    ),
)  # fmt: skip
#: States in which an order holds its lines.
HOUDT_VAST = ("klaar", "aangehouden", "aangeboden", "betaald")

#: Money that an employer got too much.
TERUGVORDERING = Toestandstabel(
    soort="terugvordering",
    toestanden=(
        Toestand("open", "Voornemen", "De werkgever mag eerst reageren. Daarna beslist een collega.", "info"),
        Toestand("aangezegd", "Besluit verstuurd", "De werkgever betaalt terug, of we verrekenen het bedrag.", "let-op"),
        Toestand("betaald", "Terugbetaald", "Het bedrag is terug.", "goed"),
        Toestand("verrekend", "Verrekend", "Het bedrag is afgetrokken van wat de werkgever nog kreeg.", "goed"),
        Toestand("ingetrokken", "Ingetrokken", "We vorderen dit bedrag zo niet terug. De regels staan weer open.", "neutraal", eind=True),
        Toestand("herroepen", "Herroepen na bezwaar", "De werkgever hoeft dit bedrag niet terug te betalen. Wat al was betaald of verrekend, gaat mee met de volgende betaling.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("herroepen", ("aangezegd", "betaald", "verrekend"), "herroepen", GOEDKEUREN, "Herroepen na bezwaar", bron="Awb 7:11"),
        Stap("voornemen", ("",), "open", BETALEN, "Terugvorderen", bron="R149"),
        Stap("aanzeggen", ("open",), "aangezegd", GOEDKEUREN, "Besluit nemen", bron="R149"),
        Stap("ontvangen", ("aangezegd",), "betaald", BETALEN, "Is terugbetaald", bron="R149"),
        Stap("verrekenen", ("aangezegd",), "verrekend", frozenset(), "Verrekenen", bron="R149"),
        Stap("intrekken", ("open", "aangezegd"), "ingetrokken", BETALEN, "Intrekken", reden_verplicht=True, bron="R149"),
    ),
)  # fmt: skip
