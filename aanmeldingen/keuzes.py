"""Choices of the room aanmeldingen."""

from django.db.models import TextChoices

#: Lists of `regelgeving` that this room uses; a gemeente may add codes there.
BRONNEN = "bronafdelingen"
VERWIJSREDENEN = "verwijsredenen"
TERUGSTUURREDENEN = "terugstuurredenen"
DOELGROEPEN = "doelgroepen"
BELEMMERINGEN = "belemmeringssoorten"
#: Kind of proposal: a new version of a route.
ROUTEVERSIE = "routeversie"


class Richting(TextChoices):
    """A referral to us, or by us to care or school: the same object in two directions (R045)."""

    INKOMEND = "inkomend", "Aanmelding bij ons"
    UITGAAND = "uitgaand", "Verwijzing door ons"


class Urgentie(TextChoices):
    """How soon somebody should be seen."""

    NORMAAL = "normaal", "Normaal"
    HOOG = "hoog", "Hoog"
    SPOED = "spoed", "Spoed"


class Grondslag(TextChoices):
    """The law under which the sender passes the data on."""

    PARTICIPATIEWET = "participatiewet", "Participatiewet"
    IOAW = "ioaw", "IOAW"
    IOAZ = "ioaz", "IOAZ"
    WSW = "wsw", "Wet sociale werkvoorziening"
    ANDERS = "anders", "Anders, zie de toelichting"


class Onderdeel(TextChoices):
    """Parts of a referral: what a route asks, what a question is about, what is complete."""

    BSN = "burgerservicenummer", "Burgerservicenummer"
    CONTACT = "contactgegevens", "Contactgegevens"
    ADRES = "adres", "Adres"
    TOELICHTING = "toelichting", "Toelichting"
    OPLEIDINGEN = "opleidingen", "Opleidingen"
    WERKERVARING = "werkervaring", "Werkervaring"
    TALEN = "talen", "Talen"
    BESCHIKBAARHEID = "beschikbaarheid", "Beschikbaarheid"
    WERKVERMOGEN = "werkvermogen", "Werkvermogen"
    BELEMMERINGEN = "belemmeringen", "Belemmeringen"
    TREDE = "trede", "Trede"
    ZOEKBEROEP = "zoekberoep", "Zoekberoep"
    HUISHOUDEN = "huishouden", "Huishouden"
    UITKERING = "uitkering", "Uitkering"
    BEGELEIDING = "eerdere_begeleiding", "Eerdere begeleiding"
    WERKVERDELING = "werkverdeling", "Wie doet wat"
    KLANTMANAGER = "klantmanager", "Klantmanager"
    HUIDIG_WERK = "huidig_werk", "Huidig werk"
    ARBEIDSBEPERKING = "arbeidsbeperking", "Arbeidsbeperking"
    SCHOOL = "school", "School"
    DOCUMENT = "document", "Een document"
    ANDERS = "anders", "Iets anders"


class Verdeling(TextChoices):
    """Who arranges childcare, working hours, zoekberoep and Dutch (R039)."""

    KLAAR = "klaar", "Al geregeld"
    VERWIJZER = "verwijzer", "Doet de verwijzer"
    WIJ = "wij", "Doet Werk en Re-integratie"


class Uitkomst(TextChoices):
    """How the trajectory ended, in the words that a sender may hear."""

    WERK = "werk", "Aan het werk"
    WERK_DEELS = "werk_deels", "Deels aan het werk"
    ONDERWIJS = "onderwijs", "Naar school"
    ZORG = "zorg", "Naar zorg of hulpverlening"
    GESTOPT = "gestopt", "Gestopt zonder werk"
    ANDERS = "anders", "Anders"


class Versiestatus(TextChoices):
    """A version of a route holds only after a second person agreed."""

    CONCEPT = "concept", "Concept"
    GOEDGEKEURD = "goedgekeurd", "Goedgekeurd"
    INGETROKKEN = "ingetrokken", "Ingetrokken"


class Aanleverwijze(TextChoices):
    """How a batch reached us."""

    BESTAND = "bestand", "Bestand in de map"
    OPHALEN = "ophalen", "Opgehaald bij de afzender"


class Aanleverstand(TextChoices):
    """How a batch stands."""

    BEZIG = "bezig", "Nog bezig"
    VERWERKT = "verwerkt", "Verwerkt"
    ONLEESBAAR = "onleesbaar", "Niet te lezen"


class Regelstand(TextChoices):
    """What became of one line of a batch."""

    VERWERKT = "verwerkt", "Aangemeld"
    BEKEND = "bekend", "Hadden we al"
    AFGEKEURD = "afgekeurd", "Afgekeurd"
    ONLEESBAAR = "onleesbaar", "Niet te lezen"


class Documentsoort(TextChoices):
    """What a file is that came with a referral."""

    ADVIESRAPPORT = "adviesrapport", "Adviesrapport"
    CV = "cv", "Cv"
    DIPLOMA = "diploma", "Diploma of certificaat"
    PLAN = "plan", "Plan of verslag van begeleiding"
    INDICATIE = "indicatie", "Indicatie of advies van UWV"
    MEDISCH = "medisch", "Medisch of arbeidskundig advies"
    OVERIG = "overig", "Ander document"


#: Health: shown only to who has the right on special data (R228).
BIJZONDERE_DOCUMENTEN = frozenset({Documentsoort.INDICATIE, Documentsoort.MEDISCH})


#: The source of what we send ourselves; not a code that a sender can use.
EIGEN_BRON = "werk_en_re_integratie"
EIGEN_NAAM = "Werk en Re-integratie"
#: Lists for referrals by us (R045).
VERWIJSREDENEN_UIT = "verwijsredenen_uit"
TERUGSTUURREDENEN_PARTNER = "terugstuurredenen_partner"


class Verwijsgrond(TextChoices):
    """Why the data may go to the partner."""

    TOESTEMMING = "toestemming", "De persoon geeft toestemming"
    WET = "wet", "Een wet of overeenkomst laat het toe"


class Bevestigwijze(TextChoices):
    """How we know that the partner has it."""

    SYSTEEM = "systeem", "In het eigen systeem"
    LINK = "link", "Met de link"
    TELEFOON = "telefoon", "Aan de telefoon"
    BRIEF = "brief", "Met het strookje van de brief"


class Rappelsoort(TextChoices):
    """What somebody was reminded of."""

    VRAAG = "vraag", "Onze vraag is niet beantwoord"
    DOCUMENT = "document", "Een verplicht document is er niet"
    OVERDRACHT = "overdracht", "De overdracht is nog niet geweest"
    ONTVANGST = "ontvangst", "De ontvangst is niet bevestigd"
    SIGNAAL = "signaal", "Een bericht met Handhaving heeft geen antwoord"


class Persoonswijziging(TextChoices):
    """What a receiver hears. Others than the own organisation never hear that we knew the person already."""

    SAMENGEVOEGD = "dossiers-samengevoegd", "twee dossiers van deze persoon zijn samengevoegd"
    ONGEDAAN = "samenvoegen-ongedaan", "het samenvoegen van twee dossiers is ongedaan gemaakt"
    BSN = "bsn-gecorrigeerd", "het burgerservicenummer is verbeterd"
    BSN_WEG = "bsn-vervallen", "het burgerservicenummer klopte niet en is weggehaald"
    GEGEVENS = "gegevens-gecorrigeerd", "gegevens van de persoon zijn verbeterd"
    GEWIST = "gegevens-gewist", "de gegevens van de persoon worden gewist"
    BEPERKT = "gebruik-beperkt", "het gebruik van de gegevens van de persoon is beperkt"


class Meldwijze(TextChoices):
    """How a receiver hears of a correction."""

    API = "api", "gebeurtenis via de API"
    EMAIL = "email", "e-mail"
    ZELF = "zelf", "nog zelf te vertellen"


class Routesoort(TextChoices):
    """For whom a route is; a plain route has no mark of its own."""

    GEWOON = "gewoon", "Gewone route"
    JONGERENPOORT = "jongerenpoort", "Jongerenpoort"
    ARBEIDSBEPERKING = "arbeidsbeperking", "Voor mensen met een arbeidsbeperking"


class Evaluatiestatus(TextChoices):
    """A finalised evaluation never changes."""

    CONCEPT = "concept", "Nog niet vastgesteld"
    VASTGESTELD = "vastgesteld", "Vastgesteld"


class Schoolsoort(TextChoices):
    """Kind of school that somebody leaves (R036)."""

    PRO = "pro", "Praktijkonderwijs"
    VSO = "vso", "Voortgezet speciaal onderwijs"
    MBO = "mbo", "Mbo"
    ENTREE = "entree", "Entreeopleiding"
    ANDERS = "anders", "Andere school"


class Uitvoerder(TextChoices):
    """Who guides somebody who leaves school: agreed with UWV (R217)."""

    NOG_NIET = "nog_niet", "Nog niet afgesproken"
    UWV = "uwv", "UWV"
    WIJ = "wij", "Werk en Re-integratie"
    SAMEN = "samen", "UWV en Werk en Re-integratie samen"


class Uwvstand(TextChoices):
    """How it stands at UWV, as UWV told us (R217)."""

    ONBEKEND = "onbekend", "Nog niets gehoord"
    GEMELD = "gemeld", "Staat bij UWV op de lijst"
    GESPROKEN = "gesproken", "UWV sprak de leerling"
    GEREGELD = "geregeld", "UWV heeft het geregeld"
    NIET = "niet", "UWV doet niets"


#: Lists of who decides what when a sender keeps the klantmanagement (R030).
BESLISVERDELING = "beslisverdeling"
#: Sources whose people go to the pool of dedicated klantmanagers, when a route has one (R031).
POOLBRONNEN = frozenset({"werk_en_opleiding_jongeren", "onderwijs"})


class Signaalrichting(TextChoices):
    """Who sends a signal to whom (R215)."""

    NAAR = "naar", "Naar Handhaving"
    VAN = "van", "Van Handhaving"


class Signaalsoort(TextChoices):
    """What a signal is about; the text says what was seen, never why somebody would do it."""

    UREN = "uren", "Andere uren dan opgegeven"
    WERKGEVER = "werkgever", "Werk bij een werkgever die niet bekend is"
    INKOMEN = "inkomen", "Inkomen dat niet is opgegeven"
    BEREIK = "bereik", "Niet te bereiken"
    VRAAG = "vraag", "Vraag om mee te kijken"


class Partijaanpak(TextChoices):
    """Who does what was agreed in a joint plan."""

    WIJ = "wij", "Werk en Re-integratie"
    HANDHAVING = "handhaving", "Handhaving"
    DEELNEMER = "deelnemer", "De deelnemer"


#: On what ground data may go to Handhaving, and from there to us.
HANDHAVINGSGRONDEN = "handhavingsgronden"


class Klantmanagerrol(TextChoices):
    """What the contact at the sender does (R030, R035)."""

    KLANTMANAGER = "klantmanager", "Klantmanager"
    INKOMENSBEHEER = "inkomensbeheer", "Inkomensbeheer"


class Overdrachtsgrond(TextChoices):
    """Why somebody goes to a team on a day."""

    REGEL = "regel", "De zes maanden zijn voorbij"
    AFSPRAAK = "afspraak", "Zo afgesproken bij het besluit"
