"""States of what goes to payroll: a delivery, and each mutation in it (R110)."""

from kern.toestanden import Stap, Toestand, Toestandstabel

LEVEREN = frozenset({"salaris.leveren"})

SALARISLEVERING = Toestandstabel(
    soort="salarislevering",
    toestanden=(
        Toestand("klaar", "Opgesteld", "Geef het bestand aan de salarisadministratie. Leg daarna vast dat zij het hebben.", "info"),
        Toestand("ontvangen", "Ontvangen", "De salarisadministratie heeft het bestand. Leg vast wat zij met elke regel deed.", "info"),
        Toestand("verwerkt", "Verwerkt", "Van elke regel is bekend wat de salarisadministratie deed.", "goed", eind=True),
    ),
    stappen=(
        Stap("opstellen", ("",), "klaar", LEVEREN, "Opstellen", bron="R110"),
        Stap("ontvangen", ("klaar",), "ontvangen", LEVEREN, "Ontvangst vastleggen", bron="R110"),
        Stap("afronden", ("ontvangen",), "verwerkt", frozenset(), "Afronden", bron="R110"),
    ),
)  # fmt: skip

SALARISMUTATIE = Toestandstabel(
    soort="salarismutatie",
    toestanden=(
        Toestand("verstuurd", "Wacht op antwoord", "We weten nog niet wat de salarisadministratie deed.", "info"),
        Toestand("verwerkt", "Verwerkt", "De salarisadministratie heeft deze regel verwerkt.", "goed"),
        Toestand("afgekeurd", "Afgekeurd", "Maak de gegevens goed. De regel gaat vanzelf mee met de volgende levering.", "fout"),
    ),
    stappen=(
        Stap("verwerken", ("verstuurd", "afgekeurd"), "verwerkt", LEVEREN, "Verwerkt", bron="R110"),
        Stap("afkeuren", ("verstuurd", "verwerkt"), "afgekeurd", LEVEREN, "Afgekeurd", reden_verplicht=True, bron="R110"),
    ),
)  # fmt: skip
