"""States of an application and of a decision: who may do what, when, and what you can do now."""

from kern.toestanden import Stap, Toestand, Toestandstabel
from loonkostensubsidie.toestanden import BEHANDELEN, GOEDKEUREN

AANVRAGEN = frozenset({"subsidie.aanvragen", "subsidie.behandelen"})
#: The employer with a link, a decision, or a job: nobody has a button for it.
SYSTEEM: frozenset[str] = frozenset()

#: An application for loonkostensubsidie (preferent proces).
AANVRAAG = Toestandstabel(
    soort="lks_aanvraag",
    toestanden=(
        Toestand("concept", "Concept", "Vul de aanvraag aan en dien haar in. Wat je invult, blijft bewaard.", "neutraal"),
        Toestand("ingediend", "Ingediend", "Kijk of alles er is. Neem de aanvraag in behandeling of vraag een aanvulling.", "info"),
        Toestand("aanvulling_gevraagd", "Aanvulling gevraagd", "De klok staat stil tot de werkgever aanvult of de termijn voorbij is.", "let-op"),
        Toestand("in_behandeling", "In behandeling", "Loop de controles na en maak een besluit.", "info"),
        Toestand("toegekend", "Toegekend", "De werkgever krijgt subsidie. Wijzigingen lopen via de subsidie.", "goed", eind=True),
        Toestand("afgewezen", "Afgewezen", "De werkgever kan bezwaar maken.", "fout", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "De werkgever of een medewerker heeft de aanvraag ingetrokken.", "neutraal", eind=True),
        Toestand("buiten_behandeling", "Niet behandeld", "De aanvulling kwam niet. De werkgever kan opnieuw aanvragen.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("beginnen", ("",), "concept", AANVRAGEN, "Aanvraag maken", bron="R149"),
        Stap("indienen", ("concept",), "ingediend", AANVRAGEN, "Indienen", bron="R149"),
        Stap("in_behandeling_nemen", ("ingediend",), "in_behandeling", BEHANDELEN, "In behandeling nemen", bron="R149"),
        Stap("aanvulling_vragen", ("ingediend", "in_behandeling"), "aanvulling_gevraagd", BEHANDELEN, "Aanvulling vragen", reden_verplicht=True, bron="Awb 4:5, 4:15"),
        Stap("aanvullen", ("aanvulling_gevraagd",), "in_behandeling", AANVRAGEN, "Aanvulling is binnen", bron="Awb 4:15"),
        Stap("buiten_behandeling_laten", ("aanvulling_gevraagd",), "buiten_behandeling", BEHANDELEN, "Niet behandelen", reden_verplicht=True, bron="Awb 4:5 lid 4"),
        Stap("intrekken", ("concept", "ingediend", "aanvulling_gevraagd", "in_behandeling"), "ingetrokken", AANVRAGEN, "Aanvraag intrekken", reden_verplicht=True, bron="R149"),
        Stap("toekennen", ("in_behandeling",), "toegekend", SYSTEEM, "Toekennen", bron="R149"),
        Stap("heropenen", ("afgewezen",), "in_behandeling", SYSTEEM, "Weer in behandeling na bezwaar", reden_verplicht=True, bron="Awb 7:11"),
        Stap("afwijzen", ("in_behandeling",), "afgewezen", SYSTEEM, "Afwijzen", bron="R149"),
    ),
)  # fmt: skip

#: Here somebody of us, or the employer, still has to do something.
OPEN_AANVRAAG = ("concept", "ingediend", "aanvulling_gevraagd", "in_behandeling")

#: A decision: written by one, approved by another.
BESCHIKKING = Toestandstabel(
    soort="lks_beschikking",
    toestanden=(
        Toestand("concept", "Concept", "Kijk het bedrag en de brief na en leg het besluit voor aan een collega.", "neutraal"),
        Toestand("voorgelegd", "Wacht op een collega", "Een andere medewerker keurt het besluit goed of geeft het terug.", "let-op"),
        Toestand("teruggegeven", "Teruggegeven", "Een collega gaf het besluit terug. Pas het aan en leg het opnieuw voor.", "fout"),
        Toestand("vastgesteld", "Vastgesteld", "De brief is gemaakt. Bezwaar kan zes weken.", "goed", eind=True),
        Toestand("vervallen", "Vervallen", "Dit besluit is niet genomen.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("opstellen", ("",), "concept", BEHANDELEN, "Besluit maken", bron="R149"),
        Stap("voorleggen", ("concept", "teruggegeven"), "voorgelegd", BEHANDELEN, "Voorleggen aan een collega", bron="R149"),
        Stap("vaststellen", ("voorgelegd",), "vastgesteld", GOEDKEUREN, "Goedkeuren", bron="R149"),
        Stap("teruggeven", ("voorgelegd",), "teruggegeven", GOEDKEUREN, "Teruggeven", reden_verplicht=True, bron="R149"),
        Stap("laten_vervallen", ("concept", "teruggegeven", "voorgelegd"), "vervallen", BEHANDELEN, "Laten vervallen", reden_verplicht=True, bron="R149"),
    ),
)  # fmt: skip

OPEN_BESCHIKKING = ("concept", "voorgelegd", "teruggegeven")
