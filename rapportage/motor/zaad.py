"""The definitions that come with the product: the management contract 2014 by the decisions in EISEN.

One list of rules for all figures about ends. Rule 13 is the same condition everywhere; an indicator only says whether
it counts. That is why 1.0 = 1.1 + overige holds for any data.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from rapportage.keuzes import Feitsoort, Meting
from rapportage.motor.definitie import MEE, NIET, NOEMER, Definitie, Regel


def _is(veld: str, *waarden: Any) -> dict[str, Any]:
    return {"veld": veld, "is": waarden[0]} if len(waarden) == 1 else {"veld": veld, "in": list(waarden)}


ALTIJD = {"altijd": True}
_NA = _is("nagekomen", True)
#: number, condition, sentence, source. The order is the order of judgement.
_REGELS: tuple[tuple[int, dict[str, Any], str, str], ...] = (
    (1, _is("status", "ingetrokken"), "Dit einde is heropend. Het telt niet meer.", "besluit 14"),
    (2, _is("status", "dubbel"), "Dubbel dossier. Deze persoon telt bij het andere dossier.", "besluit 9"),
    (3, _is("status", "overleden"), "Overlijden is nooit uitstroom, ook niet in de noemer.", "besluit 15"),
    (4, _is("status", "wacht"), "Wacht op inkomen: de laatste dag met uitkering is niet bevestigd.", "besluit 8"),
    (5, _is("status", "loopt_door"), "De uitkering loopt door.", "besluit 4"),
    (6, _is("status", "geen_uitkering"), "Er was geen uitkering die kon stoppen.", "besluit 9"),
    (7, _is("status", "buiten_venster"), "De uitkering stopte te lang na het traject, of ervoor.", "besluit 11"),
    (8, {"veld": "volgorde", "minstens": 2}, "Zelfde uitkering als een ander einde. Die telt al één keer.", "besluit 10"),
    (9, _is("overloop", True), "Overloop: het werk begon in het jaar ervoor. Staat apart.", "besluit 3"),
    (10, {"alle": [_is("groep", "sw"), _NA]}, "SW, begonnen in dit jaar. De uitkering stopte in het jaar erna: nagekomen.", "besluit 3"),
    (11, _is("groep", "sw"), "SW of beschut werk, en de uitkering is gestopt.", "besluit 9"),
    (12, {"alle": [_is("groep", "werk"), _NA]}, "Werk, begonnen in dit jaar. De uitkering stopte in het jaar erna: nagekomen.", "besluit 3"),
    (13, {"alle": [_is("groep", "werk"), _is("uitkomst", "werk_voltijd")]}, "Voltijd werk, en de uitkering is gestopt.", "besluit 8"),
    (14, {"alle": [_is("groep", "werk"), _is("uitkomst", "werk_deeltijd_uit")]}, "Deeltijd met genoeg uren. De uitkering is gestopt.", "besluit 8"),
    (15, _is("groep", "werk"), "Eerst deeltijd met uitkering, daarna is de uitkering gestopt door werk.", "besluit 12"),
    (16, _is("groep", "werk_onbekend"), "De uitkering stopte door werk, maar het traject heeft nog geen uitkomst.", "besluit 11"),
    (17, _is("groep", "stop"), "Stopgezet: niet verschenen, geen inlichtingen of na Handhaving. Nooit ‘naar werk’.", "besluit 13"),
    (18, _is("groep", "onderwijs"), "Naar school, en de uitkering is gestopt.", "besluit 4"),
    (19, _is("groep", "inkomen"), "De uitkering is gestopt: ander inkomen of een andere uitkering.", "besluit 9"),
    (20, _is("groep", "extern"), "De uitkering is gestopt door iets buiten het traject.", "besluit 9"),
    (21, _is("groep", "partner"), "De uitkering is gestopt door de partner.", "besluit 10"),
    (22, _is("groep", "uitval", "anders"), "De uitkering is gestopt om een andere reden.", "besluit 9"),
    (23, _is("uitkomst", "werk_deeltijd_met"), "Werkt in deeltijd en houdt een deel van de uitkering.", "besluit 12"),
    (24, ALTIJD, "Het traject eindigde. De uitkering stopte niet.", "besluit 1"),
)  # fmt: skip
SW = {10, 11}
WERK = {10, 11, 12, 13, 14, 15}
OVERIG = {17, 18, 19, 20, 21, 22}
UIT = WERK | OVERIG
DEELTIJD = {23}
STOPS = {17}
#: Codes of what stands beside outflow (R017).
STOPGEZET, MAATREGELEN = "stopgezet", "maatregelen"
#: Outside numerator and denominator: withdrawn, double, death, waiting, second partner, overloop, no outcome yet.
BUITEN_NOEMER = {1, 2, 3, 4, 8, 9, 16}
_KANDIDAAT = {"veld": "status", "leeg": False}
_NAIEF = {
    "niet": {
        "een": [
            _is("status", "ingetrokken", "dubbel", "wacht", "loopt_door", "geen_uitkering"),
            _is("groep", "werk_onbekend"),
            _NA,
        ]
    }
}
_NAIEF_WERK = {"alle": [_NAIEF, _is("groep", "werk", "sw")]}
_EEN_KEER = "Deze persoon telt dit jaar al één keer."
_LAAG = {"veld": "trede_start", "hoogstens": 3}
_EINDE = _is("heeft_einde", True)


def _einde(teller: set[int], *, selectie: dict[str, Any], noemer: bool = False, **velden: Any) -> Definitie:
    def telt(nummer: int) -> str:
        if nummer in teller:
            return MEE
        return NOEMER if noemer and nummer not in BUITEN_NOEMER else NIET

    regels = tuple(Regel(n, als, telt(n), zin, bron) for n, als, zin, bron in _REGELS)
    velden = {"eenheid": "procent" if noemer else "uitkeringen"} | velden
    return Definitie(
        Feitsoort.TRAJECTEINDE.value,
        Meting.STROOM.value,
        selectie=selectie,
        regels=regels,
        ratio=noemer,
        **velden,
    )


def _werk(vorm: str, wat: str, meting: Meting) -> Definitie:
    regels = (
        Regel(1, _is("status", "elders"), NIET, "Een andere organisatie begeleidt dit dienstverband. Dat is een andere teller.", "besluit 18"),
        Regel(2, ALTIJD, MEE, f"{wat}, begeleid door onze afdeling.", "besluit 5"),
    )  # fmt: skip
    return Definitie(
        Feitsoort.DIENSTVERBAND.value, meting.value, "personen", _is("vorm", vorm), regels, eenmaal="teller",
        eenmaal_zin="Deze persoon telt al met een ander dienstverband.", eenmaal_bron="besluit 9",
        wat=f"{wat}: mensen die we begeleiden.",
    )  # fmt: skip


@dataclass(frozen=True)
class Zaad:
    """An indicator that comes with the product."""

    code: str
    naam: str
    kort: str
    definitie: Definitie
    op_dashboard: bool = False
    bestuurlijk: bool = False


def _einden() -> list[Zaad]:
    deeltijd = Definitie(
        Feitsoort.TRAJECTEINDE.value, Meting.STROOM.value, "personen",
        _is("uitkomst", "werk_deeltijd_met", "werk_deeltijd_uit"),
        (
            Regel(1, _is("status", "ingetrokken"), NIET, "Dit einde is heropend. Het telt niet meer.", "besluit 14"),
            Regel(2, _is("status", "dubbel"), NIET, "Dubbel dossier. Deze persoon telt bij het andere dossier.", "besluit 9"),
            Regel(3, _is("uitkomst", "werk_deeltijd_uit"), NIET, "Genoeg uren om uit de uitkering te zijn. Hoort bij 1.1.", "R156"),
            Regel(4, ALTIJD, MEE, "Werkt in deeltijd en houdt een deel van de uitkering.", "besluit 12"),
        ),
        datumveld="traject_einde", eenmaal="teller", eenmaal_zin=_EEN_KEER, eenmaal_bron="besluit 12",
        wat="Mensen die in deeltijd gaan werken en een deel van hun uitkering houden. Zij tellen niet in 1.0.",
    )  # fmt: skip
    return [
        Zaad("1.0", "Uit de uitkering, totaal", "1.0 = naar werk + overig", _einde(
            UIT, selectie=_KANDIDAAT, naief=_NAIEF,
            wat="Uitkeringen die stopten terwijl er een traject liep, of hoogstens 30 dagen daarna. Een gezin telt één keer."),
            True, True),
        Zaad("1.1", "Naar werk", "1.1, met SW, zonder overloop", _einde(
            WERK, selectie=_KANDIDAAT, naief=_NAIEF_WERK,
            wat="Uitkeringen die stopten door werk of SW. Overloop staat apart."), True, True),
        Zaad("overige", "Overige uitstroom", "altijd uitgesplitst naar reden", _einde(
            OVERIG, selectie=_KANDIDAAT, wat="Uitkeringen die stopten om een andere reden dan werk."), True),
        Zaad("1.2", "Deeltijd met uitkering", "1.2, telt niet mee in 1.0", deeltijd, True),
        Zaad("sw", "Naar werk: SW", "deel van 1.1", _einde(
            SW, selectie={"alle": [_KANDIDAAT, _is("uitkomst", "sw")]}, wat="Het deel van 1.1 dat naar SW of beschut werk ging."), True),
        Zaad("1.4-strikt", "Succes trede 3", "1.4, strikt: alleen uit de uitkering", _einde(
            UIT, noemer=True, selectie={"alle": [_EINDE, _LAAG]},
            wat="Hoeveel van de eindes, bij trede 3 of lager aan de start, ging uit de uitkering."), True),
        Zaad("1.4-ruim", "Succes trede 3, ruim", "1.4 met deeltijd", _einde(
            UIT | DEELTIJD, noemer=True, selectie={"alle": [_EINDE, _LAAG]}, eenmaal="teller", eenmaal_zin=_EEN_KEER,
            eenmaal_bron="besluit 1", wat="Als 1.4 strikt, maar werk in deeltijd met uitkering telt ook. Een persoon telt één keer.")),
        Zaad("1.4-alle-tredes", "Succes alle tredes", "zelfde, over alle tredes", _einde(
            UIT, noemer=True, selectie=_EINDE, wat="Hoeveel van alle eindes ging uit de uitkering.")),
        Zaad("1.4-zonder-stops", "Succes alle tredes, zonder stops", "stopgezet telt niet als succes", _einde(
            UIT - STOPS, noemer=True, selectie=_EINDE,
            wat="Hoeveel van alle eindes ging uit de uitkering, zonder wie is stopgezet.")),
        Zaad("positief", "Positief geëindigd", "werk, deeltijd of anders uit de uitkering", _einde(
            UIT | DEELTIJD, noemer=True, selectie=_EINDE, eenmaal="beide", eenmaal_zin=_EEN_KEER, eenmaal_bron="besluit 9",
            wat="Hoeveel mensen met een einde gingen werken of gingen anders uit de uitkering. Een persoon telt één keer.")),
        Zaad("overloop", "Overloop", "werk begon in het jaar ervoor", _einde(
            {9}, selectie=_is("overloop", True), wat="Het werk begon in het jaar ervoor, de uitkering stopte in dit jaar.")),
        Zaad("overlijden", "Overleden", "nooit uitstroom", _einde(
            {3}, selectie={"een": [_is("status", "overleden"), {"alle": [_is("status", "ingetrokken"), _is("uitkomst", "overleden")]}]}, eenheid="personen", eenmaal="teller", eenmaal_zin=_EEN_KEER,
            eenmaal_bron="besluit 15", wat="Mensen die overleden. Zij staan buiten elke teller en noemer.")),
        Zaad("wacht", "Wacht op inkomen", "telt nog nergens", _einde(
            {4, 16}, selectie={"een": [_is("status", "wacht"), _is("groep", "werk_onbekend")]},
            wat="Eindes die pas tellen als inkomen de laatste dag bevestigt.")),
        Zaad(STOPGEZET, "Stopgezet", "deel van 1.0, nooit naar werk", _einde(
            STOPS, selectie=_KANDIDAAT,
            wat="Het deel van 1.0 waarbij de uitkering is stopgezet: niet verschenen, geen inlichtingen of na Handhaving.")),
    ]  # fmt: skip


def zaden() -> list[Zaad]:
    """All indicators that come with the product, in the order of the contract."""
    from rapportage.motor.diagnosezaad import diagnosezaden, inhaalzaden

    einden = {zaad.code: zaad for zaad in _einden()}
    werk = [
        Zaad("1.6", "SW-dienstverbanden", "1.6, stand op de dag", _werk("sw", "SW-dienstverband", Meting.STAND), True),
        Zaad("1.7", "Begeleid werken", "1.7, stand op de dag", _werk("begeleid_werken", "Begeleid Werken", Meting.STAND), True),
        Zaad("1.8", "LKS naar loonwaarde", "1.8, stand op de dag", _werk("lks", "Werk met loonkostensubsidie naar loonwaarde", Meting.STAND), True),
        Zaad("1.6-jaar", "SW-dienstverbanden in het jaar", "1.6, personen", _werk("sw", "SW-dienstverband", Meting.PERSONEN)),
        Zaad("1.7-jaar", "Begeleid werken in het jaar", "1.7, personen", _werk("begeleid_werken", "Begeleid Werken", Meting.PERSONEN)),
        Zaad("1.8-jaar", "LKS naar loonwaarde in het jaar", "1.8, personen", _werk("lks", "Werk met loonkostensubsidie naar loonwaarde", Meting.PERSONEN)),
    ]  # fmt: skip
    instroom = Zaad(
        "instroom", "Nieuwe trajecten", "begonnen in het jaar",
        Definitie(
            Feitsoort.TRAJECT.value, Meting.STROOM.value, "personen", ALTIJD,
            (Regel(1, ALTIJD, MEE, "Dit traject begon in het jaar.", "R001"),),
            wat="Trajecten die in het jaar begonnen.",
        ),
    )  # fmt: skip
    return [
        *einden.values(), *werk, instroom, _eerste_keer_goed(), _beloften(), _maatregelen(), *diagnosezaden(), *inhaalzaden(),
    ]  # fmt: skip


#: Code of the figure about our own promises.
BELOFTEN = "beloften"


def _beloften() -> Zaad:
    """Whether we do what we say: our own promises, kept in time (R013)."""
    definitie = Definitie(
        Feitsoort.BELOFTE.value, Meting.STROOM.value, "procent", ALTIJD,
        (
            Regel(1, _is("status", "vervallen"), NIET, "Voor de dag zelf spraken we samen af dat het niet meer hoeft.", "R013"),
            Regel(2, _is("status", "op_tijd"), MEE, "Op tijd gedaan.", "R013"),
            Regel(3, _is("status", "te_laat"), NOEMER, "Gedaan, maar later dan afgesproken.", "R013"),
            Regel(4, ALTIJD, NOEMER, "Niet gedaan, en de dag is voorbij.", "R013"),
        ),
        ratio=True, wat="Hoeveel van wat wij aan mensen beloofden, we op tijd deden.",
    )  # fmt: skip
    return Zaad(BELOFTEN, "Beloften op tijd", "wat wij beloofden, op de afgesproken dag gedaan", definitie)


def _maatregelen() -> Zaad:
    """What income imposed: a count beside outflow, in no other figure and without a target (R016, R017)."""
    definitie = Definitie(
        Feitsoort.MAATREGEL.value, Meting.STROOM.value, "maatregelen", ALTIJD,
        (
            Regel(1, _is("status", "gewaarschuwd"), NIET, "Inkomen heeft de persoon alleen gewaarschuwd.", "R017"),
            Regel(2, _is("status", "niet_opgelegd"), NIET, "Inkomen legde niets op.", "R017"),
            Regel(3, ALTIJD, MEE, "Inkomen legde een maatregel op.", "R017"),
        ),
        wat="Maatregelen die inkomen oplegde na een advies van ons. Dit cijfer is geen succes en telt nergens bij op.",
    )  # fmt: skip
    return Zaad(MAATREGELEN, "Maatregelen", "door inkomen opgelegd, telt nergens bij op", definitie)


def _eerste_keer_goed() -> Zaad:
    """First-time-right: a referral that was accepted without a question and without being sent back (R023)."""
    definitie = Definitie(
        Feitsoort.AANMELDING.value, Meting.STROOM.value, "procent", ALTIJD,
        (
            Regel(1, _is("status", "teruggetrokken"), NIET, "De verwijzer trok de aanmelding zelf in. Er was geen besluit.", "R023"),
            Regel(2, _is("status", "goed"), MEE, "Aangenomen zonder vraag en zonder terugsturen.", "R023"),
            Regel(3, _is("status", "na_vraag"), NOEMER, "Aangenomen, maar eerst was er een vraag aan de verwijzer.", "R023"),
            Regel(4, ALTIJD, NOEMER, "Teruggestuurd naar de verwijzer, met een reden.", "R023"),
        ),
        ratio=True, wat="Hoeveel van de aanmeldingen waarover we besloten, was in één keer goed.",
    )  # fmt: skip
    return Zaad("eerste-keer-goed", "Eerste keer goed", "aangenomen zonder vraag of terugsturen", definitie)


#: Codes of the command `kpi`, in this order.
CONTRACT = (
    "1.0", "1.1", "overige", "1.2", "sw", "1.4-strikt", "1.4-ruim", "1.4-alle-tredes", "1.4-zonder-stops", "positief",
    "1.6", "1.7", "1.8", "overloop", "overlijden",
)  # fmt: skip
VERSIE, GELDIG_VAN = "2014.1", dt.date(2010, 1, 1)
#: The management contract of 2014 (FEITEN 3.9).
STREEFWAARDEN = {
    2014: {
        "1.0": 1250,
        "1.1": 650,
        "overige": 600,
        "1.2": 250,
        "sw": 75,
        "1.4-strikt": 50,
        "1.6": 725,
        "1.7": 330,
        "1.8": 70,
    }
}
