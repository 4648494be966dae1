"""States of a proposal that two people must agree on."""

from kern.toestanden import Stap, Toestand, Toestandstabel

BEHEER = frozenset({"regelgeving.beheren"})
TWEEDE_PERSOON = frozenset({"regelgeving.goedkeuren"})

VOORSTEL = Toestandstabel(
    soort="voorstel",
    toestanden=(
        Toestand(
            "voorgesteld",
            "Wacht op een tweede persoon",
            "Een collega keurt dit goed of wijst het af.",
            "let-op",
        ),
        Toestand("goedgekeurd", "Goedgekeurd", "Het voorstel is uitgevoerd.", "goed", eind=True),
        Toestand(
            "afgewezen",
            "Afgewezen",
            "Er is niets veranderd. Doe zo nodig een nieuw voorstel.",
            "fout",
            eind=True,
        ),
        Toestand("ingetrokken", "Ingetrokken", "Er is niets veranderd.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("voorstellen", ("",), "voorgesteld", BEHEER, "Voorstellen"),
        Stap("goedkeuren", ("voorgesteld",), "goedgekeurd", TWEEDE_PERSOON, "Goedkeuren"),
        Stap("afwijzen", ("voorgesteld",), "afgewezen", TWEEDE_PERSOON, "Afwijzen", reden_verplicht=True),
        Stap("intrekken", ("voorgesteld",), "ingetrokken", BEHEER, "Intrekken"),
    ),
)
