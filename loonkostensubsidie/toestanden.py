"""States of this room: who may do what, when, and one sentence that says what you can do now."""

from kern.toestanden import Stap, Toestand, Toestandstabel

BEHANDELEN = frozenset({"subsidie.behandelen"})
GOEDKEUREN = frozenset({"subsidie.goedkeuren"})

#: A running right to money. Only an approved decision moves it.
SUBSIDIE = Toestandstabel(
    soort="subsidie",
    toestanden=(
        Toestand("lopend", "Loopt", "De werkgever krijgt elke maand achteraf een bedrag.", "goed"),
        Toestand("beeindigd", "Beëindigd", "De laatste maand wordt nog verrekend. Daarna is de subsidie klaar.", "neutraal"),
        Toestand("ingetrokken", "Ingetrokken", "De werkgever had geen recht. Wat is betaald, vorderen we terug.", "fout"),
    ),
    stappen=(
        Stap("beginnen", ("",), "lopend", GOEDKEUREN, "Toekennen", bron="R149"),
        Stap("beeindigen", ("lopend",), "beeindigd", GOEDKEUREN, "Beëindigen", bron="R149"),
        Stap("heropenen", ("beeindigd", "ingetrokken"), "lopend", GOEDKEUREN, "Weer laten lopen", reden_verplicht=True, bron="R149"),
        Stap("intrekken", ("lopend", "beeindigd"), "ingetrokken", GOEDKEUREN, "Intrekken", reden_verplicht=True, bron="R149"),
    ),
)  # fmt: skip

#: A contract under an older scheme: first it runs beside the old system, then two people take it over.
CONTRACT = Toestandstabel(
    soort="contract",
    toestanden=(
        Toestand("schaduw", "Wordt vergeleken", "We rekenen mee met het oude systeem. Er wordt nog niets betaald.", "info"),
        Toestand("voorgedragen", "Wacht op een tweede persoon", "Een collega bekijkt het verschil en neemt het contract over.", "let-op"),
        Toestand("in_bedrijf", "In bedrijf", "Het bedrag komt uit dit systeem. Afspraken wijzigen doe je met twee mensen.", "goed", eind=True),
        Toestand("vervallen", "Vervallen", "Dit contract nemen we niet over.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("inlezen", ("",), "schaduw", BEHANDELEN, "Inlezen", bron="R234"),
        Stap("voordragen", ("schaduw",), "voorgedragen", BEHANDELEN, "Voordragen", reden_verplicht=True, bron="R111"),
        Stap("terugnemen", ("voorgedragen",), "schaduw", BEHANDELEN | GOEDKEUREN, "Terug naar vergelijken", reden_verplicht=True, bron="R111"),
        Stap("overnemen", ("voorgedragen",), "in_bedrijf", GOEDKEUREN, "In bedrijf nemen", bron="R111"),
        Stap("laten_vervallen", ("schaduw",), "vervallen", BEHANDELEN, "Niet overnemen", reden_verplicht=True, bron="R111"),
    ),
)  # fmt: skip
