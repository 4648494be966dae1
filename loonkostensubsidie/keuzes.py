"""Choices of the room loonkostensubsidie."""

from __future__ import annotations

from django.db.models import TextChoices


class Richting(TextChoices):
    """Which way the money goes: a subsidy goes out, the fee for a detached person comes in."""

    BETALEN = "betalen", "wij betalen"
    FACTUREREN = "factureren", "wij sturen een rekening"


class Begeleidregime(TextChoices):
    """How much guidance at work somebody needs; the setting `begeleiding.regimes` says how many hours (FEITEN 5.6)."""

    LICHT = "licht", "licht"
    MIDDEN = "midden", "midden"
    INTENSIEF = "intensief", "intensief"


class Boeksoort(TextChoices):
    """Why a line stands in the ledger."""

    MAAND = "maand", "maandbedrag"
    CORRECTIE = "correctie", "correctie"
    TERUGGAVE = "teruggave", "teruggave"


class Terugstuksoort(TextChoices):
    """Which letter about a recovery."""

    BESLUIT = "besluit", "Besluit om terug te vorderen"
    BEZWAAR = "bezwaar", "Besluit op bezwaar"


class Rekenwijze(TextChoices):
    """What the amount of an older scheme is a part of: the words for `rekenen.voorwaarden.Wijze`."""

    MAAND = "vast_maand", "vast bedrag per maand"
    JAAR = "vast_jaar", "vast bedrag per jaar"
    UUR = "per_uur", "bedrag per uur"
    LOONKOSTEN = "deel_loonkosten", "deel van de loonkosten"
    VERSCHIL = "deel_verschil", "deel van het verschil met het minimumloon"
    LOONWAARDE = "deel_loonwaarde", "deel van de loonwaarde"


class Schaduwstand(TextChoices):
    """How our amount compares with the amount of the old system."""

    GELIJK = "gelijk", "gelijk"
    CENT = "cent", "hoogstens één cent verschil"
    ANDERS = "anders", "verschilt"
    NIET = "niet", "niet te berekenen"


class Leverstand(TextChoices):
    """How far we are with a file of contracts."""

    WACHT = "wacht", "Wacht op verwerking"
    BEZIG = "bezig", "Bezig"
    KLAAR = "klaar", "Klaar"
    ONLEESBAAR = "onleesbaar", "Niet te lezen"


class Regeluitkomst(TextChoices):
    """What became of one line of a file of contracts."""

    NIEUW = "nieuw", "nieuw contract"
    GEWIJZIGD = "gewijzigd", "contract bijgewerkt"
    GELIJK = "gelijk", "niets veranderd"
    TE_KOPPELEN = "te_koppelen", "persoon of werkgever niet gevonden"
    AFGEWEZEN = "afgewezen", "fout in de regel"
