"""States of an objection and of a reported change."""

from kern.toestanden import Stap, Toestand, Toestandstabel
from loonkostensubsidie.aanvraagtoestanden import AANVRAGEN
from loonkostensubsidie.toestanden import BEHANDELEN, GOEDKEUREN

#: An objection against a decision (Awb hoofdstuk 6 en 7).
BEZWAAR = Toestandstabel(
    soort="lks_bezwaar",
    toestanden=(
        Toestand("ontvangen", "Ontvangen", "Een ander dan wie het besluit schreef, neemt het bezwaar in behandeling.", "info"),
        Toestand("in_behandeling", "In behandeling", "Bied een hoorzitting aan, leg vast hoe er is gehoord, en beslis voor de termijn voorbij is.", "info"),
        Toestand("beslist", "Beslist", "Over dit bezwaar is beslist.", "goed", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Wie bezwaar maakte, heeft het ingetrokken.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("ontvangen", ("",), "ontvangen", BEHANDELEN, "Bezwaar vastleggen", bron="Awb 6:4"),
        Stap("behandelen", ("ontvangen",), "in_behandeling", GOEDKEUREN, "In behandeling nemen", bron="Awb 7:5"),
        Stap("beslissen", ("in_behandeling",), "beslist", GOEDKEUREN, "Beslissen op het bezwaar", bron="Awb 7:10, 7:11"),
        Stap("intrekken", ("ontvangen", "in_behandeling"), "ingetrokken", BEHANDELEN, "Bezwaar intrekken", reden_verplicht=True, bron="Awb 6:21"),
    ),
)  # fmt: skip

#: What an employer reports; handling it changes the employment.
MELDING = Toestandstabel(
    soort="lks_melding",
    toestanden=(
        Toestand("ontvangen", "Ontvangen", "Kijk of het klopt en verwerk het, of leg het naast je neer met een reden.", "info"),
        Toestand("verwerkt", "Verwerkt", "Het staat bij het dienstverband.", "goed", eind=True),
        Toestand("afgewezen", "Niet verwerkt", "Het klopte niet, of het heeft geen gevolg.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("ontvangen", ("",), "ontvangen", AANVRAGEN, "Wijziging doorgeven", bron="R149"),
        Stap("verwerken", ("ontvangen",), "verwerkt", BEHANDELEN, "Verwerken", bron="R149"),
        Stap("afwijzen", ("ontvangen",), "afgewezen", BEHANDELEN, "Niet verwerken", reden_verplicht=True, bron="R149"),
    ),
)  # fmt: skip
