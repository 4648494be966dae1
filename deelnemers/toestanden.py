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

_INKOMEN = frozenset({"inkomen.bevestigen"})
#: One answer of income as it came by file or API.
ANTWOORD = Toestandstabel(
    soort="inkomensantwoord",
    toestanden=(
        Toestand("niet_gekoppeld", "Niet te koppelen", "Zoek de melding waar dit antwoord bij hoort, of wijs het af.", "let-op"),
        Toestand("verwerkt", "Verwerkt", "Het antwoord hoort bij een melding en is verwerkt.", "goed", eind=True),
        Toestand("afgewezen", "Afgewezen", "We doen niets met dit antwoord. De afzender leest waarom.", "fout", eind=True),
        Toestand("onjuist", "Onjuist", "Er staat een fout in. De afzender stuurt het verbeterd opnieuw.", "fout", eind=True),
    ),
    stappen=(
        Stap("ontvangen", ("",), "niet_gekoppeld", frozenset(), "Ontvangen", bron="ONTWERP 3.11"),
        Stap("koppelen", ("niet_gekoppeld",), "verwerkt", _INKOMEN, "Koppelen", bron="ONTWERP 3.11"),
        Stap("afwijzen", ("niet_gekoppeld",), "afgewezen", _INKOMEN, "Afwijzen", reden_verplicht=True),
    ),
)  # fmt: skip

_BEHEER = frozenset({"bewaartermijnen.beheren"})
_TWEEDE = frozenset({"bewaartermijnen.goedkeuren"})
VERNIETIGING = Toestandstabel(
    soort="vernietiging",
    toestanden=(
        Toestand("voorgesteld", "Voorstel", "Nog niemand gaf akkoord. Klopt deze lijst? Geef dan het eerste akkoord.", "info"),
        Toestand("ingediend", "Wacht op tweede akkoord", "Een collega moet ook kijken. De lijst verandert niet meer.", "let-op"),
        Toestand("aangekondigd", "Aangekondigd", "Twee mensen zijn akkoord. Wissen begint na de wachttijd. Stoppen kan nog.", "let-op"),
        Toestand("bezig", "Wordt gewist", "Het wissen is begonnen. Het gaat vannacht verder waar het bleef.", "let-op"),
        Toestand("uitgevoerd", "Gewist", "Klaar. De verklaring zegt wat er is gewist, nooit van wie.", "goed", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Er is niets gewist. Wat mag, komt op een volgend voorstel.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("indienen", ("voorgesteld",), "ingediend", _BEHEER, "Eerste akkoord geven"),
        Stap("terugnemen", ("ingediend",), "voorgesteld", _BEHEER | _TWEEDE, "Terug naar voorstel", reden_verplicht=True),
        Stap("goedkeuren", ("ingediend",), "aangekondigd", _TWEEDE, "Tweede akkoord geven"),
        Stap("intrekken", ("voorgesteld", "ingediend", "aangekondigd"), "ingetrokken", _BEHEER | _TWEEDE, "Niet wissen", reden_verplicht=True),
        Stap("beginnen", ("aangekondigd",), "bezig", frozenset(), "Beginnen met wissen"),
        Stap("afronden", ("bezig",), "uitgevoerd", frozenset(), "Klaar"),
    ),
)  # fmt: skip

_PRIVACY = frozenset({"inzage.verstrekken"})
PRIVACYVERZOEK = Toestandstabel(
    soort="privacyverzoek",
    toestanden=(
        Toestand("ontvangen", "Ontvangen", "Stel eerst vast wie het verzoek doet. De klok loopt.", "info"),
        Toestand("in_behandeling", "In behandeling", "We weten wie het vraagt. Zoek het uit en beslis.", "info"),
        Toestand("toegewezen", "Toegewezen", "De persoon krijgt wat is gevraagd.", "goed", eind=True),
        Toestand("deels", "Deels toegewezen", "De persoon krijgt een deel, met uitleg waarom niet alles.", "let-op", eind=True),
        Toestand("afgewezen", "Afgewezen", "De persoon krijgt uitleg en kan bezwaar maken.", "neutraal", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "De persoon wil dit niet meer.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("vaststellen", ("ontvangen",), "in_behandeling", _PRIVACY, "Identiteit vastgesteld", bron="AVG art. 12 lid 6"),
        Stap("toewijzen", ("in_behandeling",), "toegewezen", _PRIVACY, "Toewijzen", reden_verplicht=True),
        Stap("deels", ("in_behandeling",), "deels", _PRIVACY, "Deels toewijzen", reden_verplicht=True),
        Stap("afwijzen", ("ontvangen", "in_behandeling"), "afgewezen", _PRIVACY, "Afwijzen", reden_verplicht=True),
        Stap("intrekken", ("ontvangen", "in_behandeling"), "ingetrokken", _PRIVACY, "Intrekken", reden_verplicht=True),
    ),
)  # fmt: skip

_REGIE = frozenset({"caseload.zien", "caseload.toewijzen"})
#: A person goes from one regievoerder to another. Who of those with the right may, says `services.overdragen`.
OVERDRACHT = Toestandstabel(
    soort="overdracht",
    toestanden=(
        Toestand("aangeboden", "Aangeboden", "De collega bekijkt de kaart en neemt aan of niet. Tot dan blijft de regie waar zij is.", "info"),
        Toestand("aangenomen", "Aangenomen", "De regie gaat over op de dag die is afgesproken.", "goed", eind=True),
        Toestand("geweigerd", "Niet aangenomen", "De regie blijft waar zij was. Lees waarom en kies een ander.", "let-op", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Deze overdracht gaat niet door.", "neutraal", eind=True),
        Toestand("vervallen", "Vervallen", "De regie ging op een andere manier over, dus dit was niet meer nodig.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("aanbieden", ("",), "aangeboden", _REGIE, "Aanbieden", reden_verplicht=True, bron="R019"),
        Stap("aannemen", ("aangeboden",), "aangenomen", _REGIE, "Aannemen", bron="R019"),
        Stap("weigeren", ("aangeboden",), "geweigerd", _REGIE, "Niet aannemen", reden_verplicht=True, bron="R019"),
        Stap("intrekken", ("aangeboden",), "ingetrokken", _REGIE, "Intrekken"),
        Stap("vervallen", ("aangeboden",), "vervallen", frozenset(), "Vervallen"),
    ),
)  # fmt: skip

_BELLEN = frozenset({"dossier.wijzigen", "terugbelverzoek.zien"})
TERUGBELVERZOEK = Toestandstabel(
    soort="terugbelverzoek",
    toestanden=(
        Toestand("open", "Nog terugbellen", "Bel terug voor het einde van de afgesproken dag. De klok loopt.", "info"),
        Toestand("gebeld", "Teruggebeld", "Er is contact geweest.", "goed", eind=True),
        Toestand("vervallen", "Niet meer nodig", "Terugbellen hoeft niet meer.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("aannemen", ("",), "open", frozenset({"terugbelverzoek.zien"}), "Aannemen"),
        Stap("bellen", ("open",), "gebeld", _BELLEN, "Teruggebeld"),
        Stap("geen_gehoor", ("open",), "open", _BELLEN, "Geen gehoor"),
        Stap("vervallen", ("open",), "vervallen", _BELLEN, "Niet meer nodig", reden_verplicht=True),
    ),
)  # fmt: skip

_MELDEN = frozenset({"dossier.wijzigen"})
#: A warning is given or taken back; it leads to nothing by itself (R016).
WAARSCHUWING = Toestandstabel(
    soort="waarschuwing",
    toestanden=(
        Toestand("gegeven", "Gegeven", "De persoon weet wat er nu nodig is. Schrijf op wat de persoon ervan vindt.", "info"),
        Toestand("ingetrokken", "Ingetrokken", "Deze waarschuwing geldt niet meer.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("geven", ("",), "gegeven", _MELDEN, "Geven", bron="R016"),
        Stap("intrekken", ("gegeven",), "ingetrokken", _MELDEN, "Intrekken", reden_verplicht=True, bron="R016"),
    ),
)  # fmt: skip
#: We advise, income decides (Participatiewet art. 18).
MAATREGELADVIES = Toestandstabel(
    soort="maatregeladvies",
    toestanden=(
        Toestand("verstuurd", "Verstuurd", "Inkomen heeft dit advies nog niet opgepakt. De klok loopt.", "info"),
        Toestand("ontvangen", "Ontvangen door inkomen", "Inkomen zoekt het uit en beslist.", "info"),
        Toestand("opgelegd", "Maatregel opgelegd", "Inkomen heeft dit besloten. Het is geen einde van de uitkering.", "let-op", eind=True),
        Toestand("gewaarschuwd", "Alleen een waarschuwing", "Inkomen heeft de persoon alleen gewaarschuwd.", "neutraal", eind=True),
        Toestand("niet_opgelegd", "Geen maatregel", "Inkomen legt niets op.", "neutraal", eind=True),
        Toestand("ingetrokken", "Ingetrokken", "Dit advies geldt niet meer.", "neutraal", eind=True),
    ),
    stappen=(
        Stap("sturen", ("",), "verstuurd", _MELDEN, "Sturen", bron="R016"),
        Stap("ontvangen", ("verstuurd",), "ontvangen", _INKOMEN, "Oppakken", bron="R016"),
        Stap("opleggen", ("verstuurd", "ontvangen"), "opgelegd", _INKOMEN, "Maatregel opgelegd", bron="Participatiewet art. 18"),
        Stap("waarschuwen", ("verstuurd", "ontvangen"), "gewaarschuwd", _INKOMEN, "Alleen een waarschuwing"),
        Stap("niet_opleggen", ("verstuurd", "ontvangen"), "niet_opgelegd", _INKOMEN, "Geen maatregel"),
        Stap("bezwaar", ("opgelegd",), "opgelegd", _INKOMEN, "Bezwaar vastleggen"),
        Stap("bezwaar", ("gewaarschuwd",), "gewaarschuwd", _INKOMEN, "Bezwaar vastleggen"),
        Stap(
            "heropenen", ("opgelegd", "gewaarschuwd", "niet_opgelegd"), "ontvangen", _INKOMEN, "Antwoord terugnemen",
            reden_verplicht=True,
        ),
        Stap("intrekken", ("verstuurd", "ontvangen"), "ingetrokken", _MELDEN, "Intrekken", reden_verplicht=True, bron="R016"),
    ),
)  # fmt: skip
