"""Choices of the room rapportage."""

from django.db.models import TextChoices


class Feitsoort(TextChoices):
    """Kinds of facts that the rooms below deliver."""

    TRAJECT = "traject", "traject"
    TRAJECTEINDE = "trajecteinde", "einde van een traject of uitkering"
    DIENSTVERBAND = "dienstverband", "dienstverband"
    AANMELDING = "aanmelding", "aanmelding"
    DIAGNOSE = "diagnose", "stand van een diagnose"
    ONDERDEEL = "onderdeel", "begonnen onderdeel van een traject"
    ROUTE = "route", "keuze voor intern of extern"
    INHAAL = "inhaal", "deelname aan een inhaalslag"
    BELOFTE = "belofte", "belofte van ons"
    MAATREGEL = "maatregel", "besluit over een maatregel"


class Einde(TextChoices):
    """How an end stands as outflow from the benefit; the first that fits."""

    INGETROKKEN = "ingetrokken", "heropend"
    DUBBEL = "dubbel", "dubbel dossier"
    OVERLEDEN = "overleden", "overleden"
    GEEN_UITKERING = "geen_uitkering", "geen uitkering"
    WACHT = "wacht", "wacht op inkomen"
    LOOPT_DOOR = "loopt_door", "uitkering loopt door"
    BUITEN_VENSTER = "buiten_venster", "te lang na het traject"
    BEVESTIGD = "bevestigd", "uitkering gestopt"


class Aanmeldstand(TextChoices):
    """How a decided referral stands (R023)."""

    GOED = "goed", "in één keer goed"
    NA_VRAAG = "na_vraag", "aangenomen na een vraag"
    TERUG = "teruggestuurd", "teruggestuurd"
    INGETROKKEN = "teruggetrokken", "door de verwijzer ingetrokken"


class Groep(TextChoices):
    """Why the benefit ended, in honest groups: outcome and BUS reason together (FEITEN 3.4)."""

    WERK = "werk", "naar werk"
    SW = "sw", "sociale werkvoorziening of beschut werk"
    STOP = "stop", "stopgezet"
    ONDERWIJS = "onderwijs", "naar onderwijs"
    INKOMEN = "inkomen", "ander inkomen of andere uitkering"
    UITVAL = "uitval", "gestopt zonder werk"
    EXTERN = "extern", "door iets buiten het traject"
    PARTNER = "partner", "door de partner"
    ANDERS = "anders", "een andere reden"
    WERK_ONBEKEND = "werk_onbekend", "werk, maar het traject loopt nog"


class Meting(TextChoices):
    """What is counted: events in the year up to the day, the stock on the day, or persons in the year."""

    STROOM = "stroom", "gebeurtenissen in het jaar"
    STAND = "stand", "stand op de dag"
    PERSONEN = "personen", "personen in het jaar"


class Versiestatus(TextChoices):
    """How a version of a definition stands."""

    CONCEPT = "concept", "concept"
    VOORGESTELD = "voorgesteld", "wacht op een tweede persoon"
    GOEDGEKEURD = "goedgekeurd", "goedgekeurd"
    AFGEWEZEN = "afgewezen", "afgewezen"


class Runstatus(TextChoices):
    """How a nightly computation stands; only `gelukt` is shown."""

    BEZIG = "bezig", "bezig"
    GELUKT = "gelukt", "gelukt"
    MISLUKT = "mislukt", "mislukt"


class Dimensie(TextChoices):
    """How a figure can be split; frozen on the day of attribution (decision 11)."""

    HEEL = "heel", "Heel W&R"
    PIJLER = "pijler", "Pijler"
    TEAM = "team", "Team"
    GEBIED = "gebied", "Gebied"
    TREDE = "trede", "Trede"
    TREDE_START = "trede_start", "Trede bij de start"
    BRON = "bron", "Bronafdeling"
    VERWIJZER = "verwijzer", "Verwijzend team"
    ROUTE = "route", "Route"
    CAMPAGNE = "campagne", "Inhaalslag"
    DOELGROEP = "doelgroep", "Doelgroep"


#: Column of `Feit` per dimension.
KOLOM = {
    Dimensie.PIJLER: "pijler_id",
    Dimensie.TEAM: "team_id",
    Dimensie.GEBIED: "gebied_id",
    Dimensie.TREDE: "trede",
    Dimensie.TREDE_START: "trede_start",
    Dimensie.BRON: "bron",
}
#: Dimensions that are a property of the fact; their figures are counted when asked, not by the night.
KENMERKDIMENSIE = {Dimensie.VERWIJZER: "verwijzer", Dimensie.ROUTE: "route", Dimensie.CAMPAGNE: "campagne"}
#: Of these a fact may have several, in a list: a figure can be narrowed to one of them, not split over all (R006).
MEERVOUDIG = {Dimensie.DOELGROEP: "doelgroepen"}


class Diagnosestand(TextChoices):
    """How the diagnosis of somebody in a trajectory stands (R048, R050)."""

    ACTUEEL = "actueel", "compleet en actueel"
    VEROUDERD = "verouderd", "compleet, maar verouderd"
    HARD_MIST = "hard_mist", "het harde deel is niet compleet"
    ZACHT_MIST = "zacht_mist", "het zachte deel is niet compleet"
    BEIDE_MISSEN = "beide_missen", "beide delen zijn niet compleet"


class Onderdeelstart(TextChoices):
    """Whether a part began on a current diagnosis (R059)."""

    MET = "met_diagnose", "begonnen met een actuele diagnose"
    ZONDER = "zonder_diagnose", "begonnen zonder actuele diagnose, met een reden"
    VRIJ = "vrij", "maakt zelf een diagnose, of begint iemand"


class Onderdeelverloop(TextChoices):
    """What became of a part that began (R060)."""

    LOOPT = "loopt", "loopt nog"
    AFGEROND = "afgerond", "afgerond"
    GESTOPT = "gestopt", "voor het einde gestopt"


class Beloftestand(TextChoices):
    """What became of a promise of ours when its day had come (R013)."""

    OP_TIJD = "op_tijd", "op tijd gedaan"
    TE_LAAT = "te_laat", "later gedaan"
    NIET = "niet_gedaan", "niet gedaan"
    OPEN = "open", "nog niet gedaan, de dag is voorbij"
    VERVALLEN = "vervallen", "hoefde niet meer"


class Maatregelstand(TextChoices):
    """What income decided on a maatregel (R017)."""

    OPGELEGD = "opgelegd", "maatregel opgelegd"
    GEWAARSCHUWD = "gewaarschuwd", "alleen gewaarschuwd"
    NIET_OPGELEGD = "niet_opgelegd", "geen maatregel"


class Routestand(TextChoices):
    """Whether the choice was that of the advice (R057)."""

    GEVOLGD = "gevolgd", "advies gevolgd"
    AFGEWEKEN = "afgeweken", "van het advies afgeweken"


class Inhaalstand(TextChoices):
    """How somebody stands in a catch-up campaign (R049)."""

    BIJGEWERKT = "bijgewerkt", "diagnose bijgewerkt"
    OPEN = "nog_open", "nog te doen"
