"""Choices of the room trajecten."""

from django.db.models import TextChoices


class Doel(TextChoices):
    """The one goal of a trajectory."""

    WERK_VOLTIJD = "werk_voltijd", "werk, uit de uitkering"
    WERK_DEELTIJD = "werk_deeltijd", "werk in deeltijd"
    WERK_MET_STEUN = "werk_met_steun", "werk met steun (LKS, beschut, SW)"
    SCHOOL = "school", "terug naar school"
    PARTICIPATIE = "participatie", "meedoen en ontwikkelen"
    SCHADEPREVENTIE = "schadepreventie", "voorkomen van maatschappelijke schade"


class Uitkomst(TextChoices):
    """The one coded outcome of a trajectory (R079). The KPI engine reads only this."""

    WERK_VOLTIJD = "werk_voltijd", "werk, voltijd, uit de uitkering"
    WERK_DEELTIJD_UIT = "werk_deeltijd_uit", "werk, deeltijd, uit de uitkering"
    WERK_DEELTIJD_MET = "werk_deeltijd_met", "werk, deeltijd, met aanvullende uitkering"
    SW = "sw", "sociale werkvoorziening of beschut werk"
    SCHOOL = "school", "naar school"
    OVERIG = "overig", "uitkering gestopt om een andere reden"
    ZORG = "zorg", "naar zorg of hulp"
    TERUG_VERWIJZER = "terug_verwijzer", "terug naar de verwijzer"
    ZIEK = "ziek", "ziek of vrijgesteld"
    NIET_VERSCHENEN = "niet_verschenen", "gestopt na niet verschijnen"
    GEEN_RESULTAAT = "geen_resultaat", "geen resultaat"
    OVERLEDEN = "overleden", "overleden"


#: Outcomes that say that the benefit ended; income must agree (ONTWERP 3.11).
ZEGT_UIT_UITKERING = (Uitkomst.WERK_VOLTIJD, Uitkomst.WERK_DEELTIJD_UIT, Uitkomst.SW, Uitkomst.OVERIG)
#: Outcomes by which someone starts paid work.
NAAR_WERK = (Uitkomst.WERK_VOLTIJD, Uitkomst.WERK_DEELTIJD_UIT, Uitkomst.WERK_DEELTIJD_MET, Uitkomst.SW)
#: Outcomes that only count when income has confirmed that the benefit ended.
WACHT_OP_INKOMEN = (
    Uitkomst.WERK_VOLTIJD, Uitkomst.WERK_DEELTIJD_UIT, Uitkomst.SW, Uitkomst.SCHOOL, Uitkomst.OVERIG,
)  # fmt: skip


class Instrumentsoort(TextChoices):
    """Kind of instrument."""

    DIAGNOSE = "diagnose", "diagnose"
    INSTROOM = "instroom", "instroom"
    GROEP = "groep", "groepsaanpak"
    BEGELEIDING = "begeleiding", "individuele begeleiding"
    TRAINING = "training", "training of cursus"
    SCHOLING = "scholing", "scholing"
    TAAL = "taal", "taal"
    LEERWERKPLEK = "leerwerkplek", "leerwerkplek"
    PROEFPLAATS = "proefplaats", "proefplaats"
    BEMIDDELING = "bemiddeling", "bemiddeling"
    JOBCOACHING = "jobcoaching", "jobcoaching"
    HULP = "hulp", "hulp bij een belemmering"
    VOORZIENING = "voorziening", "voorziening"


#: Kinds that need no current diagnosis: they make one, or start someone (R059).
ZONDER_DIAGNOSE = (Instrumentsoort.DIAGNOSE, Instrumentsoort.INSTROOM)


class Vrijdoor(TextChoices):
    """Why a part no longer waits for a barrier (R009)."""

    OPGELOST = "opgelost", "dat is opgelost"
    LOS = "los", "dat houdt niets meer tegen"
    GESTART = "gestart", "het onderdeel begon toch"
    GESTOPT = "gestopt", "het onderdeel gaat niet door"


class Onderzoeksadvies(TextChoices):
    """What an assessment advises (R051, R052)."""

    EXTERN = "extern", "werken of leren bij een werkgever"
    INTERN = "intern", "eerst intern starten"
    SCHOLING = "scholing", "eerst of tegelijk scholing"
    HULP = "hulp", "eerst hulp of zorg"
    BESCHUT = "beschut", "advies over beschut werk vragen aan UWV"
    DAGBESTEDING = "dagbesteding", "arbeidsmatige dagbesteding"


class Instrumentstatus(TextChoices):
    """Whether new starts are possible (R090)."""

    ACTIEF = "actief", "actief"
    UITLOPEND = "uitlopend", "uitlopend: geen nieuwe start"
    GESTOPT = "gestopt", "gestopt"


class Afspraaksoort(TextChoices):
    """Kind of appointment."""

    EERSTE = "eerste", "eerste gesprek"
    VOORTGANG = "voortgang", "voortgangsgesprek"
    BELLEN = "bellen", "belafspraak"
    EVALUATIE = "evaluatie", "evaluatie van het plan"
    DRIEGESPREK = "driegesprek", "gesprek met werkgever of partner"
    HUISBEZOEK = "huisbezoek", "huisbezoek"
    SOLLICITATIE = "sollicitatie", "sollicitatiegesprek"
    OVERIG = "overig", "anders"


class Verzuimvervolg(TextChoices):
    """What a person decided after somebody did not appear; stopping a benefit is not among them (R105)."""

    BEREIKT = "bereikt", "gesproken: er komt een nieuwe afspraak"
    NIET_BEREIKT = "niet_bereikt", "ook op een andere manier niet bereikt"
    NIEUWE_KANS = "nieuwe_kans", "nieuwe kans met een nieuwe afspraak"
    ANDER_AANBOD = "ander_aanbod", "ander aanbod dat beter past"
    HUISBEZOEK = "huisbezoek", "eerst op huisbezoek"
    AFSLUITEN = "afsluiten", "het traject afsluiten"


class Aanwezig(TextChoices):
    """Attendance at a session (R097); keys a l m z n."""

    AANWEZIG = "aanwezig", "aanwezig"
    TE_LAAT = "te_laat", "te laat"
    AFGEMELD = "afgemeld", "afgemeld"
    ZIEK = "ziek", "ziek"
    NIET_VERSCHENEN = "niet_verschenen", "niet verschenen"


class Financiering(TextChoices):
    """Funding source of a cost (R182)."""

    W_DEEL = "w_deel", "participatiebudget (W-deel)"
    SW_DEEL = "sw_deel", "SW-middelen"
    PROJECT = "project", "projectsubsidie"
    ALGEMEEN = "algemeen", "algemene middelen"
