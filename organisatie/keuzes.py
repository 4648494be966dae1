"""Choices of the organisation."""

from django.db import models


class PijlerSoort(models.TextChoices):
    """The three ways of working of the department (R189)."""

    INTERN = "intern", "Intensieve interne begeleiding"
    EXTERN = "extern", "Extensieve externe begeleiding"
    LANGDURIG = "langdurig", "Langdurige begeleiding"


class Functie(models.TextChoices):
    """Function of a member of staff; everybody who guides people has the one function consulent (R192)."""

    CONSULENT = "consulent", "Consulent"
    MANAGER = "manager", "Manager"
    ACCOUNTMANAGER = "accountmanager", "Accountmanager"
    SPECIALIST = "specialist", "Specialist"
    WERKLEIDER = "werkleider", "Werkleider"
    ONDERSTEUNING = "ondersteuning", "Ondersteuning"
    BEHEER = "beheer", "Beheer"


class Werksoort(models.TextChoices):
    """What a consulent does: attributes of the one function (R192)."""

    CONSULENT = "consulent", "Consulent"
    MENTOR = "mentor", "Mentor"
    KLANTMANAGER = "klantmanager", "Klantmanager"
    JOBCOACH = "jobcoach", "Jobcoach"
    TRAINER = "trainer", "Trainer"


class Aanstelling(models.TextChoices):
    """In service of the gemeente, or hired (the flexible shell, R194)."""

    VAST = "vast", "In dienst"
    INGEHUURD = "ingehuurd", "Ingehuurd"


class Blokkeerreden(models.TextChoices):
    """Why an account closes: no more than its state. The why belongs in the personnel file (R222)."""

    LEIDINGGEVENDE = "op verzoek van de leidinggevende", "Op verzoek van de leidinggevende"
    AFWEZIG = "langer afwezig", "Langer afwezig"
    MISBRUIK = "account mogelijk misbruikt", "Account mogelijk misbruikt"
    UIT_DIENST = "uit dienst", "Uit dienst"


class Openreden(models.TextChoices):
    """Why an account opens again (R222)."""

    LEIDINGGEVENDE = "op verzoek van de leidinggevende", "Op verzoek van de leidinggevende"
    TERUG = "weer aan het werk", "Weer aan het werk"
    VEILIG = "account weer veilig", "Account weer veilig"
    VERGISSING = "bij vergissing geblokkeerd", "Bij vergissing geblokkeerd"


class Accountreden(models.TextChoices):
    """Why somebody gets another password, or loses a lost app."""

    VERGETEN = "wachtwoord vergeten of verlopen", "Wachtwoord vergeten of verlopen"
    TOESTEL = "nieuwe of verloren telefoon", "Nieuwe of verloren telefoon"
    MISBRUIK = "account mogelijk misbruikt", "Account mogelijk misbruikt"


class Rolreden(models.TextChoices):
    """Why a role begins, changes or ends (R222)."""

    TAKEN = "andere taken", "Andere taken"
    TEAM = "ander team", "Ander team"
    TIJDELIJK = "tijdelijk", "Tijdelijk"
    NIET_NODIG = "niet meer nodig", "Niet meer nodig"
    VERGISSING = "bij vergissing gegeven", "Bij vergissing gegeven"


class Vertrekreden(models.TextChoices):
    """Why somebody leaves, as far as the planning needs it (R222)."""

    UIT_DIENST = "uit dienst", "Uit dienst"
    INHUUR = "einde van de inhuur", "Einde van de inhuur"
    AFDELING = "naar een andere afdeling", "Naar een andere afdeling"


class AfwezigReden(models.TextChoices):
    """Why somebody is away; no more than the planning needs."""

    VERLOF = "verlof", "Verlof"
    ZIEK = "ziek", "Ziek gemeld"
    ANDERS = "anders", "Anders afwezig"


class GebiedSoort(models.TextChoices):
    """Size of an area, from large to small (R207)."""

    STADSDEEL = "stadsdeel", "Stadsdeel"
    GEBIED = "gebied", "Gebied"
    WIJK = "wijk", "Wijk"
    BUURT = "buurt", "Buurt"


class PartnerSoort(models.TextChoices):
    """Kind of chain partner (R213)."""

    AFDELING = "afdeling", "Afdeling van de gemeente"
    STADSDEEL = "stadsdeel", "Stadsdeel"
    ZORG = "zorg", "Zorg"
    ONDERWIJS = "onderwijs", "Onderwijs"
    JEUGD = "jeugd", "Jeugd"
    UWV = "uwv", "UWV"
    SW_BEDRIJF = "sw_bedrijf", "Sociaal werkbedrijf"
    WONEN = "wonen", "Woningcorporatie"
    LEERPLICHT = "leerplicht", "Leerplicht"
    RECLASSERING = "reclassering", "Reclassering"
    SCHULDHULP = "schuldhulp", "Schuldhulp"
    OVERIG = "overig", "Andere partner"


class LocatieSoort(models.TextChoices):
    """Kind of place: a site, or a room in it (R208)."""

    VESTIGING = "vestiging", "Vestiging"
    SPREEKKAMER = "spreekkamer", "Spreekkamer"
    GROEPSRUIMTE = "groepsruimte", "Groepsruimte"
    WERKPLAATS = "werkplaats", "Werkplaats"


class Geldbron(models.TextChoices):
    """Where the money comes from."""

    W_DEEL = "w_deel", "W-deel"
    SW_DEEL = "sw_deel", "SW-deel"
    PROJECT = "project", "Projectgeld"
