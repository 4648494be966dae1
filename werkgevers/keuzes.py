"""Choices of the room werkgevers, and the bit masks that matching reads."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import IntegerChoices, TextChoices


class Sector(TextChoices):
    """Sector of an employer or a vacancy; also the kind of work (R122)."""

    DETAILHANDEL = "detailhandel", "winkel en verkoop"
    HORECA = "horeca", "horeca"
    ZORG = "zorg", "zorg en welzijn"
    LOGISTIEK = "logistiek", "logistiek en vervoer"
    SCHOONMAAK = "schoonmaak", "schoonmaak"
    TECHNIEK = "bouw_en_techniek", "bouw en techniek"
    GROEN = "groen", "groen"
    KANTOOR = "kantoor", "kantoor en administratie"
    PRODUCTIE = "productie", "productie"
    OVERHEID = "overheid", "overheid"
    OVERIG = "overig", "anders"


#: Number of a sector in columns that matching compares; 0 is unknown or another. Never renumber: rows hold
#: these numbers.
SECTORNUMMER: dict[str, int] = {
    code: 0 if code == Sector.OVERIG else nummer for nummer, code in enumerate(Sector.values, start=1)
}


class Grootte(TextChoices):
    """Number of people who work at an employer."""

    ONBEKEND = "", "nog niet bekend"
    MICRO = "1-9", "1 tot 10 mensen"
    KLEIN = "10-49", "10 tot 50 mensen"
    MIDDEN = "50-249", "50 tot 250 mensen"
    GROOT = "250+", "250 mensen of meer"


class Leadbron(TextChoices):
    """How an employer came to know us (R146)."""

    WSP = "wsp", "via het werkgeversservicepunt"
    CONSULENT = "consulent", "via een consulent of jobcoach"
    DEELNEMER = "deelnemer", "via een deelnemer"
    WERKGEVER = "werkgever", "werkgever meldde zichzelf"
    NETWERK = "netwerk", "via een andere werkgever of een bijeenkomst"
    ONBEKEND = "onbekend", "niet bekend"


class Werkgeverslabel(TextChoices):
    """Readiness for people with a lasting limitation (R144)."""

    AANGEPAST_WERK = "aangepast_werk", "kan werk aanpassen"
    BEGELEIDING = "begeleiding", "heeft tijd en mensen voor begeleiding"
    TOEGANKELIJK = "toegankelijk", "gebouw is toegankelijk"
    PRIKKELARM = "prikkelarm", "heeft een rustige werkplek"
    BANENAFSPRAAK = "banenafspraak", "doet mee aan de banenafspraak"


class Vacaturesoort(TextChoices):
    """The three kinds of demand (R127)."""

    REGULIER = "regulier", "vacature"
    DETACHERINGSPLEK = "detacheringsplek", "detacheringsplek"
    TRAJECTPLEK = "trajectplek", "trajectplek"


class Contractvorm(TextChoices):
    """Contract that an employer offers."""

    BEPAALD = "bepaald", "voor bepaalde tijd"
    ONBEPAALD = "onbepaald", "voor onbepaalde tijd"
    UITZEND = "uitzend", "via een uitzendbureau"
    LEERBAAN = "leerbaan", "leerbaan"
    GEEN = "geen", "geen contract (trajectplek)"


class Rijbewijs(IntegerChoices):
    """Driving licences as bits, so that “has all that are asked” is one operation."""

    AM = 1, "AM"
    A = 2, "A"
    B = 4, "B"
    BE = 8, "BE"
    C = 16, "C"
    CE = 32, "CE"
    D = 64, "D"
    T = 128, "T"


DAGDELEN = tuple(f"{dag}-{deel}" for dag in ("ma", "di", "wo", "do", "vr", "za", "zo") for deel in ("o", "m", "a"))
ALLE_DAGDELEN = (1 << len(DAGDELEN)) - 1


def rijbewijsmasker(codes: Iterable[str]) -> int:
    """Bits of these licences; unknown codes are left out."""
    return sum({Rijbewijs[code].value for code in (c.strip().upper() for c in codes) if code in Rijbewijs.names})


def rijbewijscodes(masker: int) -> list[str]:
    """Licences in a mask, e.g. 4 → ["B"]."""
    return [r.name for r in Rijbewijs if masker & r.value]


def dagdelenmasker(codes: Iterable[str]) -> int:
    """Bits of day parts such as `ma-o` (Monday morning)."""
    return sum(1 << DAGDELEN.index(code) for code in set(codes) if code in DAGDELEN)


def sectormasker(codes: Iterable[str]) -> int:
    """Bits of these sectors."""
    return sum({1 << SECTORNUMMER[code] for code in codes if SECTORNUMMER.get(code)})


class Afwijsreden(TextChoices):
    """Why a mediation ended without a placement (DEMODATA; R132)."""

    ERVARING = "ervaring", "te weinig ervaring"
    UREN = "uren", "uren of opvang"
    AFSTAND = "afstand", "te ver weg"
    TAAL = "taal", "taal"
    MOTIVATIE = "motivatie", "werk past niet bij de wens"
    BELASTBAARHEID = "belastbaarheid", "werk is te zwaar"
    ANDERE_KANDIDAAT = "andere_kandidaat", "werkgever koos iemand anders"
    ANDERE_BAAN = "andere_baan", "kandidaat vond ander werk"
    VACATURE_WEG = "vacature_weg", "vacature bestaat niet meer"
    ANDERS = "anders", "anders"


class Dienstverbandsoort(TextChoices):
    """Kinds of employment with their own rules (R108)."""

    SW = "sw", "SW-dienstverband"
    BEGELEID_WERKEN = "begeleid_werken", "Begeleid Werken"
    ID = "id", "ID-baan"
    WIW = "wiw", "WIW-dienstbetrekking"
    WWB_DETACHERING = "wwb_detachering", "WWB-detachering"
    LKS = "lks", "werk met loonkostensubsidie"
    BESCHUT = "beschut", "beschut werk"
    REGULIER = "regulier", "regulier werk"


#: Kinds that the department guides for a long time; a person has at most one at a time.
BEGELEIDE_SOORTEN = tuple(s for s in Dienstverbandsoort.values if s != Dienstverbandsoort.REGULIER)

#: Contact rhythm in weeks per kind (R112); a dienstverband may have its own.
RITME_WEKEN: dict[str, int] = {
    Dienstverbandsoort.SW: 8,
    Dienstverbandsoort.BEGELEID_WERKEN: 6,
    Dienstverbandsoort.ID: 12,
    Dienstverbandsoort.WIW: 12,
    Dienstverbandsoort.WWB_DETACHERING: 8,
    Dienstverbandsoort.LKS: 6,
    Dienstverbandsoort.BESCHUT: 6,
    Dienstverbandsoort.REGULIER: 13,
}


class Werkvorm(TextChoices):
    """Where the work is done, for SW and beschut (R115)."""

    INTERN = "intern", "intern"
    GROEPSDETACHERING = "groepsdetachering", "groepsdetachering"
    INDIVIDUELE_DETACHERING = "individuele_detachering", "individuele detachering"


class Loonwaarderoute(TextChoices):
    """How the wage value is set (Participatiewet art. 10c, 10d)."""

    GEEN = "geen", "niet nodig"
    METING = "meting", "meting op de werkplek"
    FORFAIT = "forfait", "vast percentage in het eerste half jaar"


class Nazorgkant(TextChoices):
    """Whom the aftercare is for (R136)."""

    DEELNEMER = "deelnemer", "deelnemer"
    WERKGEVER = "werkgever", "werkgever"


class Nazorgritme(TextChoices):
    """Moments of aftercare after the first working day (R136)."""

    DAG_3 = "dag3", "dag 3"
    WEEK_2 = "week2", "week 2"
    WEEK_6 = "week6", "week 6"
    WEEK_13 = "week13", "week 13"
    WEEK_26 = "week26", "week 26"


NAZORG_DAGEN: dict[str, int] = {
    Nazorgritme.DAG_3: 3,
    Nazorgritme.WEEK_2: 14,
    Nazorgritme.WEEK_6: 42,
    Nazorgritme.WEEK_13: 91,
    Nazorgritme.WEEK_26: 182,
}


class Nazorguitkomst(TextChoices):
    """What came out of an aftercare contact."""

    GOED = "goed", "gaat goed"
    AANDACHT = "aandacht", "vraagt aandacht"
    GESTOPT = "gestopt", "werk is gestopt"
    GEEN_CONTACT = "geen_contact", "geen contact gekregen"


class Jobhuntresultaat(TextChoices):
    """What came out of approaching an employer for one candidate (R128)."""

    LOOPT = "loopt", "wacht op antwoord"
    INTERESSE = "interesse", "heeft interesse"
    NU_NIET = "nu_niet", "nu geen plek"
    NEE = "nee", "wil niet"
    PLEK = "plek", "heeft een plek"


class Plaatsingseinde(TextChoices):
    """Why a placement ended."""

    CONTRACT_AF = "contract_af", "contract liep af"
    WERKGEVER = "werkgever", "werkgever stopte"
    DEELNEMER = "deelnemer", "deelnemer stopte"
    ANDER_WERK = "ander_werk", "ging naar ander werk"
    ZIEK = "ziek", "ging niet door ziekte"
    OVERLEDEN = "overleden", "overleden"
    VERGISSING = "vergissing", "plaatsing ging niet door"


class Urenstand(TextChoices):
    """Hours that somebody works against the hours that somebody can work (R034)."""

    MAXIMAAL = "maximaal", "Werkt wat kan"
    MEER = "meer", "Kan meer uren werken"
    BOVEN = "boven", "Werkt meer dan is vastgesteld"
    ONBEKEND = "onbekend", "Arbeidsvermogen niet vastgesteld"


class Urenuitkomst(TextChoices):
    """What came out of looking at the hours again (R034)."""

    BLIJFT = "blijft", "Dit blijft zo"
    UITBREIDEN = "uitbreiden", "We zoeken meer uren"
    MINDER = "minder", "Minder uren is beter"
    METEN = "meten", "We laten het arbeidsvermogen opnieuw vaststellen"


class Wijzigingsbron(TextChoices):
    """Who told us what holds in a period of an employment."""

    CONTRACT = "contract", "het contract"
    WERKGEVER = "werkgever", "de werkgever"
    DEELNEMER = "deelnemer", "de deelnemer"
    LOONSTROOK = "loonstrook", "een loonstrook"
    COLLEGA = "collega", "een collega"


class NoRisk(TextChoices):
    """Whether UWV pays Ziektewet in a period of sickness (no-riskpolis)."""

    ONBEKEND = "onbekend", "nog niet bekend"
    JA = "ja", "ja"
    NEE = "nee", "nee"


class Meetroute(TextChoices):
    """How a wage value was set (Participatiewet art. 10d)."""

    METING = "meting", "meting op de werkplek"
    PRAKTIJKROUTE = "praktijkroute", "meting voor de Praktijkroute"
    PROEFPLAATS = "proefplaats", "meting op een proefplaats"


class Werkgeversoordeel(TextChoices):
    """Whether the employer agrees with a measurement."""

    NIET_GEVRAAGD = "niet_gevraagd", "nog niet gevraagd"
    AKKOORD = "akkoord", "akkoord"
    NIET_AKKOORD = "niet_akkoord", "niet akkoord"


class Doorgeefwijze(TextChoices):
    """How an employer gave us another account number."""

    EMAIL = "email", "per e-mail"
    BRIEF = "brief", "per brief"
    FORMULIER = "formulier", "met een formulier"
    TELEFOON = "telefoon", "door te bellen"
    GESPREK = "gesprek", "in een gesprek"


class Terugbeluitkomst(TextChoices):
    """What came out of calling the employer back about another account number."""

    BEVESTIGD = "bevestigd", "Dit nummer klopt"
    ONTKEND = "ontkend", "Dit nummer klopt niet"
    NIET_BEREIKT = "niet_bereikt", "Niemand gesproken"


class Salarissoort(TextChoices):
    """What payroll must know of an employment."""

    IN_DIENST = "in_dienst", "in dienst"
    WIJZIGING = "wijziging", "wijziging"
    UIT_DIENST = "uit_dienst", "uit dienst"
    ZIEK = "ziek", "ziek"
    HERSTELD = "hersteld", "hersteld"


class Salarisactie(TextChoices):
    """How a line relates to what payroll had."""

    NIEUW = "nieuw", "nieuw"
    CORRECTIE = "correctie", "correctie"
    VERVALT = "vervalt", "vervalt"
