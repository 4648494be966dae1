"""Choices of this room."""

from django.db import models


class Status(models.TextChoices):
    """How sure a legal fact is. Only what stands in a source is `bevestigd`."""

    BEVESTIGD = "bevestigd", "Bevestigd in de bron"
    AFGELEID = "afgeleid", "Afgeleid uit bevestigde regels"
    ONZEKER = "onzeker", "Onzeker: controleer voor gebruik"


class Huishoudtype(models.TextChoices):
    """Types of household with a norm of their own (Participatiewet art. 20-23)."""

    ALLEENSTAANDE_21 = "alleenstaande_21", "Alleenstaande vanaf 21 jaar"
    ALLEENSTAANDE_OUDER_21 = "alleenstaande_ouder_21", "Alleenstaande ouder vanaf 21 jaar"
    GEHUWDEN_21 = "gehuwden_21", "Gehuwd of samenwonend, allebei vanaf 21 jaar"
    ALLEENSTAANDE_18_20 = "alleenstaande_18_20", "Alleenstaande van 18 tot en met 20 jaar"
    GEHUWD_BEIDEN_18_20 = "gehuwd_beiden_18_20", "Gehuwd, allebei van 18 tot en met 20 jaar"
    GEHUWD_BEIDEN_18_20_MET_KIND = (
        "gehuwd_beiden_18_20_met_kind",
        "Gehuwd met kind, allebei van 18 tot en met 20 jaar",
    )
    GEHUWD_EEN_18_20 = "gehuwd_een_18_20", "Gehuwd, één van 18 tot en met 20 jaar"
    GEHUWD_EEN_18_20_MET_KIND = "gehuwd_een_18_20_met_kind", "Gehuwd met kind, één van 18 tot en met 20 jaar"
    AOW_ALLEENSTAANDE = "aow_alleenstaande", "Alleenstaande vanaf de AOW-leeftijd"
    AOW_ALLEENSTAANDE_OUDER = "aow_alleenstaande_ouder", "Alleenstaande ouder vanaf de AOW-leeftijd"
    AOW_GEHUWDEN = "aow_gehuwden", "Gehuwd, vanaf de AOW-leeftijd"
    INRICHTING_ALLEENSTAANDE = "inrichting_alleenstaande", "Alleenstaande in een inrichting"
    INRICHTING_GEHUWDEN = "inrichting_gehuwden", "Gehuwd, in een inrichting"


class Vrijlatingsoort(models.TextChoices):
    """Kinds of income that do not count; the letter in art. 31 lid 2 changes over time, the kind does not."""

    ARBEID = "arbeid", "Inkomen uit werk"
    ALLEENSTAANDE_OUDER = "alleenstaande_ouder", "Alleenstaande ouder met een kind onder 12 jaar"
    MEDISCH_URENBEPERKT = "medisch_urenbeperkt", "Medisch urenbeperkt"
    LKS = "lks", "Werk met loonkostensubsidie"
    LKS_VERLENGD = "lks_verlengd", "Werk met loonkostensubsidie, kan niet meer uren werken"
    IN_BALANS = "in_balans", "Inkomen uit werk (Participatiewet in balans)"
    PREMIE = "premie", "Premie arbeidsinschakeling, per jaar"


class Tijdseenheid(models.TextChoices):
    """Unit of a term."""

    UREN = "uren", "uren"
    DAGEN = "dagen", "dagen"
    WERKDAGEN = "werkdagen", "werkdagen"
    WEKEN = "weken", "weken"
    MAANDEN = "maanden", "maanden"
    JAREN = "jaren", "jaren"


_GROEPEN = {
    "banenafspraak": "Banenafspraak",
    "belasting": "Belasting",
    "bijstandsnorm": "Bijstandsnorm",
    "lks": "Loonkostensubsidie",
    "lkv": "Loonkostenvoordeel",
    "pw": "Participatiewet",
    "vrijlating": "Vrijlating",
    "wml": "Minimumloon",
}


def naam_van(sleutel: str) -> str:
    """A key of the program as a reader says it: `lks.deler_uren` is “Loonkostensubsidie: deler uren”."""
    groep, _, rest = sleutel.partition(".")
    woorden = rest.replace("_", " ").replace(".", ", ")
    kop = _GROEPEN.get(groep, groep.replace("_", " ").capitalize())
    return f"{kop}: {woorden}" if woorden else kop


#: Settings with a fixed number of answers. What reads them knows only these words: another word would silently count
#: as the first one.
ANTWOORDEN: dict[str, tuple[str, ...]] = {
    "lks.deler_uren": ("sector",),
    "lks.loonwaarde_basis": ("functieloon", "minimumloon"),
    "lks.maximum_volgorde": ("voor_werkgeverslasten", "met_werkgeverslasten"),
    "lks.totaal_afronding": ("uit_onafgerond", "som_van_delen"),
    "lks.gebroken_maand": ("kalenderdagen", "dertigste"),
    "lks.jeugd_referentiemaand": ("percentage", "uurloon"),
    "lks.wml_na_wijziging": ("ingangsdatum_besluit", "begin_jaar"),
    "subsidie.gebroken_maand": ("kalenderdagen", "dertigste"),
    "bewaren.bericht_aan_betrokkene": ("ja", "nee"),
    "loonwaarde.volgende": ("overleg",),
    "loonwaarde.volgende_beschut": ("overleg",),
    "begeleiding.standaard": ("licht", "midden", "intensief"),
}
#: These take a number too.
OF_GETAL = frozenset({"lks.deler_uren", "loonwaarde.volgende", "loonwaarde.volgende_beschut"})
