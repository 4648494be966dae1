"""Choices of applications, decisions and what follows them."""

from __future__ import annotations

from django.db.models import TextChoices


class Bron(TextChoices):
    """Who filled in the form."""

    MEDEWERKER = "medewerker", "medewerker"
    WERKGEVER = "werkgever", "werkgever, met een link"


class Route(TextChoices):
    """How the wage value is known at the start (Participatiewet art. 10d lid 4 and 5)."""

    LOONWAARDE = "loonwaarde", "De loonwaarde wordt gemeten"
    PRAKTIJKROUTE = "praktijkroute", "Praktijkroute: de meting op het werk bepaalt ook de doelgroep"
    FORFAIT = "forfait", "Eerst het vaste percentage, daarna meten"


class Doelgroepbron(TextChoices):
    """Why somebody belongs to the group that this subsidy is for (Participatiewet art. 10c and 10d lid 2)."""

    REGISTER = "register", "Staat in het doelgroepregister"
    PRAKTIJKROUTE = "praktijkroute", "Praktijkroute"
    SCHOOL = "school", "Kwam van praktijkonderwijs, vso of entree"
    AANVRAAG = "aanvraag", "Moet nog worden vastgesteld"


class Stuksoort(TextChoices):
    """What a file with an application is."""

    CONTRACT = "contract", "Arbeidscontract"
    KVK = "kvk", "Uittreksel van de KvK"
    BANK = "bank", "Kopie van de bankpas of een afschrift"
    LOONSTROOK = "loonstrook", "Loonstrook of urenstaat"
    OVERIG = "overig", "Ander stuk"


#: Without these an application is not complete (FEITEN 1.7).
NODIGE_STUKKEN = (Stuksoort.CONTRACT, Stuksoort.KVK, Stuksoort.BANK)


class Controlesoort(TextChoices):
    """What is checked before a decision, in the order of the page."""

    DOELGROEP = "doelgroep", "Hoort bij de doelgroep"
    LOONWAARDE = "loonwaarde", "De loonwaarde is bekend"
    DIENSTVERBAND = "dienstverband", "Het dienstverband staat in het systeem"
    DUBBEL = "dubbel", "Geen andere subsidie voor dit werk"
    WSW = "wsw", "Geen dienstverband van de Wsw"
    STUKKEN = "stukken", "Alle stukken zijn er"
    KVK = "kvk", "KvK-nummer"
    LOONHEFFING = "loonheffing", "Loonheffingennummer"
    IBAN = "iban", "Rekeningnummer"
    LOON = "loon", "Loon is minstens het minimumloon"
    TERMIJN = "termijn", "Op tijd aangevraagd"


class Uitkomst(TextChoices):
    """What a check found."""

    GOED = "goed", "In orde"
    NAKIJKEN = "nakijken", "Kijk dit na"
    FOUT = "fout", "Niet in orde"


class Klokbegin(TextChoices):
    """From which day the five weeks run (Participatiewet art. 10d lid 12)."""

    METING = "meting", "loonwaarde vastgesteld"
    OVERGESLAGEN = "overgeslagen", "besloten om niet eerst te meten"


class Besluitsoort(TextChoices):
    """What a decision does."""

    TOEKENNING = "toekenning", "Toekenning"
    AFWIJZING = "afwijzing", "Afwijzing"
    LOONWAARDE = "loonwaarde", "Van vast percentage naar gemeten loonwaarde"
    WIJZIGING = "wijziging", "Wijziging"
    HERZIENING = "herziening", "Herziening per 1 januari"
    BEEINDIGING = "beeindiging", "Beëindiging"
    INTREKKING = "intrekking", "Intrekking"
    HERSTEL = "herstel", "Herstel na bezwaar"


#: These decisions say an amount per month, so they hold a calculation.
MET_BEDRAG = (
    Besluitsoort.TOEKENNING,
    Besluitsoort.LOONWAARDE,
    Besluitsoort.WIJZIGING,
    Besluitsoort.HERZIENING,
    Besluitsoort.HERSTEL,
)
#: These begin a new right, so they say from which money.
NIEUW_RECHT = (Besluitsoort.TOEKENNING, Besluitsoort.LOONWAARDE)
#: These need an existing right.
OVER_SUBSIDIE = (
    Besluitsoort.LOONWAARDE,
    Besluitsoort.WIJZIGING,
    Besluitsoort.HERZIENING,
    Besluitsoort.BEEINDIGING,
    Besluitsoort.INTREKKING,
    Besluitsoort.HERSTEL,
)
#: Decision that turned out wrong → the new ones that put it right after an objection.
NA_BEZWAAR: dict[Besluitsoort, tuple[Besluitsoort, ...]] = {
    Besluitsoort.TOEKENNING: (Besluitsoort.WIJZIGING, Besluitsoort.HERSTEL),
    Besluitsoort.AFWIJZING: (),  # the application is handled again
    Besluitsoort.LOONWAARDE: (Besluitsoort.WIJZIGING, Besluitsoort.HERSTEL),
    Besluitsoort.WIJZIGING: (Besluitsoort.WIJZIGING,),
    Besluitsoort.HERZIENING: (Besluitsoort.WIJZIGING,),
    Besluitsoort.BEEINDIGING: (Besluitsoort.HERSTEL,),
    Besluitsoort.INTREKKING: (Besluitsoort.HERSTEL,),
    Besluitsoort.HERSTEL: (Besluitsoort.WIJZIGING, Besluitsoort.HERSTEL),
}
