"""States of the room deelnemers."""

from kern.toestanden import Stap, Toestand, Toestandstabel

MELDING = Toestandstabel(
    soort="melding_aan_inkomen",
    toestanden=(
        Toestand("verstuurd", "Verstuurd", "Inkomen heeft deze melding nog niet opgepakt. De klok loopt.", "info"),
        Toestand("ontvangen", "Ontvangen door inkomen", "Inkomen zoekt uit wat dit voor de uitkering betekent.", "info"),
        Toestand("beeindigd", "Uitkering beëindigd", "Inkomen heeft de laatste dag bevestigd. De uitkomst telt mee.", "goed", eind=True),
        Toestand("loopt_door", "Uitkering loopt door", "Inkomen heeft bevestigd dat er een uitkering blijft.", "neutraal", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Deze melding geldt niet meer.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("ontvangen", ("verstuurd",), "ontvangen", frozenset({"inkomen.bevestigen"}), "Oppakken", bron="ONTWERP 3.11"),
        Stap("beeindigen", ("verstuurd", "ontvangen"), "beeindigd", frozenset({"inkomen.bevestigen"}), "Uitkering is beëindigd"),
        Stap("laten_doorlopen", ("verstuurd", "ontvangen"), "loopt_door", frozenset({"inkomen.bevestigen"}), "Uitkering loopt door"),
        Stap(
            "intrekken", ("verstuurd", "ontvangen"), "ingetrokken", frozenset({"inkomen.melden"}),
            "Melding intrekken", reden_verplicht=True,
        ),
        Stap(
            "heropenen", ("beeindigd", "loopt_door"), "ontvangen", frozenset({"inkomen.bevestigen"}), "Antwoord terugnemen",
            reden_verplicht=True, bron="EISEN besluit 14",
        ),
    ),
)  # fmt: skip
