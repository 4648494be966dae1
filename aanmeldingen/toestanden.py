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
