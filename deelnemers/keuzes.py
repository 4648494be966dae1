"""Choices of the room deelnemers. Lists that a municipality edits are code lists in `regelgeving`."""

from django.db.models import IntegerChoices, TextChoices


class Geslacht(TextChoices):
    """As in the SRG annex (kenmerk 10)."""

    MAN = "1", "man"
    VROUW = "2", "vrouw"
    ANDERS = "3", "anders of onbekend"


class Leefvorm(TextChoices):
    """BUS leefvorm; decides the norm of the benefit."""

    ALLEENSTAAND = "1", "alleenstaande"
    ALLEENSTAANDE_OUDER = "2", "alleenstaande ouder"
    SAMENWONEND = "3", "gehuwd of samenwonend"
    ANDERS = "4", "anders"


class HuishoudRol(TextChoices):
    """Place of a person in a household."""

    HOOFD = "hoofd", "aanvrager"
    PARTNER = "partner", "partner"
    KIND = "kind", "kind"


class Regeling(TextChoices):
    """Benefit: BUS statistiekcode plus what a work department needs (FEITEN 3.3)."""

    BIJSTAND = "01", "algemene bijstand"
    IOAW = "02", "IOAW"
    IOAZ = "03", "IOAZ"
    BBZ = "14", "Bbz"
    ANW = "anw", "Anw"
    WW = "ww", "WW"
    WAJONG = "wajong", "Wajong"
    WIA = "wia", "WIA"


class Tredewaarde(IntegerChoices):
    """Steps of the ladder of the department; meaning per date in the code list `trede` (FEITEN 10.11)."""

    ZORG = 1, "Trede 1"
    PARTICIPATIE = 2, "Trede 2"
    ONTWIKKELING = 3, "Trede 3"
    BEMIDDELBAAR = 4, "Trede 4"


class Betrokkenrol(TextChoices):
    """Role in which a member of staff or a team is involved with a person, beside the regievoerder."""

    JOBCOACH = "jobcoach", "jobcoach"
    MENTOR = "mentor", "mentor"
    TRAINER = "trainer", "trainer"
    KLANTMANAGER = "klantmanager", "klantmanager"
    ACCOUNTMANAGER = "accountmanager", "accountmanager"
    INKOMEN = "inkomen", "inkomensconsulent"
    WERKLEIDER = "werkleider", "werkleider"
    GEZIN = "gezin", "gezinsregisseur"
    OPVOLGER = "opvolger", "collega aan wie het dossier is aangeboden"


class Ernst(TextChoices):
    """How heavy a barrier weighs."""

    LICHT = "licht", "licht"
    MIDDEN = "midden", "gemiddeld"
    ZWAAR = "zwaar", "zwaar"


class Belemmeringstatus(TextChoices):
    """How a barrier stands (R008)."""

    OPEN = "open", "open"
    BEZIG = "bezig", "wordt aan gewerkt"
    OPGELOST = "opgelost", "opgelost"


class Bron(TextChoices):
    """Where a piece of the diagnosis comes from."""

    AANMELDING = "aanmelding", "aanmelding"
    GESPREK = "gesprek", "gesprek"
    TOETS = "toets", "toets of onderzoek"
    DOCUMENT = "document", "document"
    DEELNEMER = "deelnemer", "deelnemer zelf"
    WERKGEVER = "werkgever", "werkgever"
    AANWEZIGHEID = "aanwezigheid", "aanwezigheid"
    GROEP = "groep", "werk in de groep"


#: Languages to choose from (ISO 639-3), Dutch first and then the ones that are heard most.
TALEN = (
    ("nld", "Nederlands"), ("eng", "Engels"), ("ara", "Arabisch"), ("tur", "Turks"), ("pol", "Pools"),
    ("tir", "Tigrinya"), ("prs", "Dari"), ("pes", "Farsi"), ("pus", "Pasjtoe"), ("som", "Somalisch"),
    ("ukr", "Oekraïens"), ("rus", "Russisch"), ("fra", "Frans"), ("deu", "Duits"), ("spa", "Spaans"),
    ("por", "Portugees"), ("pap", "Papiaments"), ("srn", "Sranantongo"), ("rif", "Tarifit (Berbers)"),
    ("kmr", "Koerdisch (Kurmanji)"), ("amh", "Amhaars"), ("bul", "Bulgaars"), ("ron", "Roemeens"), ("zho", "Chinees"),
    ("hin", "Hindi"), ("urd", "Urdu"), ("twi", "Twi"),
)  # fmt: skip


class Taalniveau(IntegerChoices):
    """CEFR level of Dutch, in rising order so that it can be compared."""

    GEEN = 0, "geen"
    A1 = 1, "A1"
    A2 = 2, "A2"
    B1 = 3, "B1"
    B2 = 4, "B2 of hoger"


class Opleidingsniveau(IntegerChoices):
    """Highest level of education, in rising order (VUM 1-6)."""

    BASIS = 1, "basisonderwijs"
    VMBO = 2, "vmbo of mbo 1"
    HAVO_VWO = 3, "havo of vwo"
    MBO = 4, "mbo 2, 3 of 4"
    HBO = 5, "hbo"
    WO = 6, "wo"


class Opleidingsstatus(TextChoices):
    """VUM opleidingsstatus."""

    DIPLOMA = "diploma", "met diploma"
    ZONDER = "zonder", "zonder diploma"
    BEZIG = "bezig", "nog bezig"


class Vervoer(TextChoices):
    """Means of transport to work."""

    LOPEND = "lopend", "lopend"
    FIETS = "fiets", "fiets"
    OV = "ov", "openbaar vervoer"
    BROMMER = "brommer", "scooter of bromfiets"
    AUTO = "auto", "auto"


class Belastbaarheid(TextChoices):
    """What someone can take, physically or mentally; never a diagnosis (R014, R228)."""

    ONBEKEND = "onbekend", "nog niet bekend"
    VOL = "vol", "geen beperking"
    LICHT = "licht", "alleen licht"
    GEEN = "geen", "nu niet"


class Arbeidsvermogen(TextChoices):
    """SRG kenmerk 11, the codes of the statutory annex."""

    ONDER_WML = "10", "onder het minimumloon"
    WML_HULP = "11", "minimumloon of hoger, met hulp"
    WML_ZELFSTANDIG = "20", "minimumloon of hoger, zelfstandig"
    ONBEMIDDELBAAR = "30", "(tijdelijk) niet bemiddelbaar"
    ONBEKEND = "40", "nog niet bekend"


class Route(TextChoices):
    """Where the trajectory takes place (R054, R070)."""

    INTERN = "intern", "intern"
    EXTERN = "extern", "extern"


class Kanaal(TextChoices):
    """Channel of a contact (R-list FO_kanaal_contactmoment, shortened to what people choose)."""

    TELEFOON = "telefoon", "Telefoon"
    GESPREK = "gesprek", "Gesprek"
    VIDEO = "video", "Videobellen"
    EMAIL = "email", "E-mail"
    SMS = "sms", "Sms of WhatsApp"
    POST = "post", "Brief"
    HUISBEZOEK = "huisbezoek", "Huisbezoek"
    OVERLEG = "overleg", "Overleg met collega of partner"
    NOTITIE = "notitie", "Notitie"


class Partij(TextChoices):
    """Who made a promise (R013)."""

    WIJ = "wij", "wij"
    DEELNEMER = "deelnemer", "deelnemer"
    WERKGEVER = "werkgever", "werkgever"


class Identiteitscontrole(TextChoices):
    """How the BSN was verified to belong to the person (Wabb art. 12)."""

    DOCUMENT = "document", "identiteitsbewijs gezien"
    BRP = "brp", "vergeleken met de BRP"
    VERWIJZER = "verwijzer", "vastgesteld door de verwijzer"
    NIET = "niet", "nog niet vastgesteld"


class Bewijssoort(TextChoices):
    """Evidence behind an outcome."""

    ARBEIDSCONTRACT = "arbeidscontract", "arbeidscontract"
    LOONSTROOK = "loonstrook", "loonstrook"
    BERICHT_WERKGEVER = "bericht_werkgever", "bericht van de werkgever"
    BERICHT_INKOMEN = "bericht_inkomen", "bericht van inkomen"
    BERICHT_SCHOOL = "bericht_school", "bericht van de school"
    VERKLARING = "verklaring", "verklaring van de deelnemer"
    PLAATSING = "plaatsing", "plaatsing in dit systeem"


class Uitstroomgroep(TextChoices):
    """Honest grouping of the BUS reasons (FEITEN 3.4); kept next to the raw code."""

    WERK = "werk", "naar werk"
    ONDERWIJS = "onderwijs", "naar onderwijs"
    INKOMEN = "inkomen", "ander inkomen of andere uitkering"
    UITVAL = "uitval", "gestopt zonder werk"
    EXTERN = "extern", "door iets buiten het traject"
    PARTNER = "partner", "door de partner"
    ANDERS = "anders", "anders"


class Dubbelreden(TextChoices):
    """Why two dossiers may be one person; the BSN is never one, the database refuses the same one twice."""

    NAAM = "naam", "zelfde geboortedatum en dezelfde naam"
    ACHTERNAAM = "achternaam", "zelfde geboortedatum en een achternaam die hetzelfde klinkt"
    VOORNAAM = "voornaam", "zelfde geboortedatum en een voornaam die hetzelfde klinkt"
    TELEFOON = "telefoon", "zelfde geboortedatum en hetzelfde telefoonnummer"
    EMAIL = "email", "zelfde geboortedatum en hetzelfde e-mailadres"
    DATUM = "datum", "dezelfde naam, en de geboortedatum verschilt één cijfer of dag en maand zijn omgedraaid"
    BSN = "bsn", "bij het verbeteren van een burgerservicenummer bleek dat het ander dossier dit nummer heeft"
    COLLEGA = "collega", "een collega denkt dat dit één persoon is"


class Dubbelstand(TextChoices):
    """What was decided about a pair."""

    OPEN = "open", "nog te beoordelen"
    NIET_DEZELFDE = "niet_dezelfde", "zijn niet dezelfde"
    SAMENGEVOEGD = "samengevoegd", "samengevoegd"


class BsnBron(TextChoices):
    """What showed that a BSN was wrong."""

    DOCUMENT = "document", "identiteitsbewijs gezien"
    BRP = "brp", "vergeleken met de BRP"
    VERWIJZER = "verwijzer", "bericht van de verwijzer"
    PERSOON = "persoon", "de deelnemer zei het"


class Dossierdocument(TextChoices):
    """What a file in a dossier is."""

    CV = "cv", "Cv"
    DIPLOMA = "diploma", "Diploma of certificaat"
    CONTRACT = "contract", "Arbeidscontract"
    LOONSTROOK = "loonstrook", "Loonstrook"
    BRIEF = "brief", "Brief of bericht"
    AFSPRAKEN = "afspraken", "Afspraken op papier"
    PLAN = "plan", "Plan of verslag van begeleiding"
    RAPPORT = "rapport", "Rapport van een toets of onderzoek"
    INDICATIE = "indicatie", "Indicatie of advies van UWV"
    MEDISCH = "medisch", "Medisch of arbeidskundig advies"
    SCHULDEN = "schulden", "Stuk over schulden"
    JUSTITIE = "justitie", "Stuk van politie of justitie"
    OVERIG = "overig", "Ander document"


#: Health, debt and justice: always in the protected class (R228).
BIJZONDERE_DOSSIERDOCUMENTEN = (
    Dossierdocument.INDICATIE,
    Dossierdocument.MEDISCH,
    Dossierdocument.SCHULDEN,
    Dossierdocument.JUSTITIE,
)


class Viruscontrole(TextChoices):
    """What the virus scanner said of a file. Only a clean one opens, or one from before there was a scanner."""

    WACHT = "wacht", "Nog niet gecontroleerd"
    SCHOON = "schoon", "Gecontroleerd op virussen"
    ZONDER = "zonder", "Niet gecontroleerd: er is geen virusscanner"
    BESMET = "besmet", "Virus gevonden, bestand verwijderd"


class Profielgroep(TextChoices):
    """Parts of the profile that an employer sees, strengths first (R058)."""

    STERK = "sterk", "Hier ben ik goed in"
    WERK = "werk", "Dit werk deed ik"
    OPLEIDING = "opleiding", "Dit heb ik geleerd"
    TAAL = "taal", "Deze talen ken ik"
    BESCHIKBAAR = "beschikbaar", "Dan kan ik werken"
    WENS = "wens", "Dit werk zoek ik"


class Grondslag(TextChoices):
    """The legal basis on which something of a person goes to somebody else; an agreement is a safeguard beside it."""

    ARBEIDSINSCHAKELING = (
        "arbeidsinschakeling",
        "de wettelijke taak om mensen aan werk te helpen (AVG artikel 6 lid 1 onder e, Participatiewet artikel 7)",
    )
    ANDERE_WET = "andere_wet", "een andere wet of een overeenkomst"
    TOESTEMMING = "toestemming", "de persoon vindt het goed, en kan dat altijd intrekken"


class Akkoordwijze(TextChoices):
    """How the person gave the answer."""

    GESPREK = "gesprek", "in een gesprek"
    TELEFOON = "telefoon", "aan de telefoon"
    SCHRIFTELIJK = "schriftelijk", "op papier of per e-mail"


class Openingsvorm(TextChoices):
    """How somebody looked at a profile by a link."""

    SCHERM = "scherm", "bekeken"
    PDF = "pdf", "pdf gehaald"


class Privacysoort(TextChoices):
    """What somebody asks about their own data (AVG art. 15 to 18 and 21)."""

    INZAGE = "inzage", "inzage in gegevens"
    CORRECTIE = "correctie", "gegevens verbeteren"
    WISSEN = "wissen", "gegevens wissen"
    BEPERKING = "beperking", "gebruik van gegevens beperken"
    BEZWAAR = "bezwaar", "bezwaar tegen gebruik van gegevens"


class Ontvangstwijze(TextChoices):
    """How a request came in, or how the answer went out."""

    BALIE = "balie", "aan de balie"
    POST = "post", "per post"
    EMAIL = "email", "per e-mail"
    TELEFOON = "telefoon", "per telefoon"


class Overhandigwijze(TextChoices):
    """How the data were handed over; never by plain e-mail."""

    BALIE = "balie", "op papier aan de balie"
    AANGETEKEND = "aangetekend", "per aangetekende post"
    BEVEILIGD = "beveiligd", "met beveiligde e-mail"


class Vaststelwijze(TextChoices):
    """How we know that the asker is this person (AVG art. 12 lid 6)."""

    DOCUMENT = "document", "identiteitsbewijs gezien aan de balie"
    DIGID = "digid", "ingelogd met DigiD"
    BEKEND = "bekend", "de eigen consulent herkende de persoon"
    MACHTIGING = "machtiging", "machtiging en identiteitsbewijs van de vertegenwoordiger gezien"


class Achterhoudreden(TextChoices):
    """Why a part is not given (AVG art. 15 lid 4, UAVG art. 41)."""

    DERDEN = "derden", "er staan gegevens van iemand anders in"
    BRON = "bron", "wie iets meldde, loopt anders gevaar"
    ONDERZOEK = "onderzoek", "er loopt een onderzoek of toezicht"


class Verbodreden(TextChoices):
    """Why a member of staff may not open a dossier."""

    ZELF = "zelf", "het eigen dossier"
    FAMILIE = "familie", "familie of partner"
    BEKENDE = "bekende", "vriend, buur of bekende"
    INTEGRITEIT = "integriteit", "besluit van de leiding"


class Signaalsoort(TextChoices):
    """What stood out in the read log."""

    BUITEN_CASELOAD = "buiten_caseload", "veel dossiers buiten de eigen mensen"
    LIJSTEN = "lijsten", "veel anderen in lijsten, zoeken of export"
    VEEL_LEZERS = "veel_lezers", "hetzelfde dossier door veel medewerkers"
    BUITEN_WERKTIJD = "buiten_werktijd", "dossiers geopend buiten werktijd"
    EIGEN_NAAM = "eigen_naam", "dossier van iemand met dezelfde achternaam"
    ONTERECHT = "onterecht", "dossier zonder goede reden geopend"
    LOGBOEK = "logboek", "het logboek is veranderd"


class Signaaluitkomst(TextChoices):
    """What the privacy officer made of a signal."""

    VERKLAARD = "verklaard", "er is een goede verklaring"
    GESPREK = "gesprek", "de leidinggevende voert een gesprek"
    DATALEK = "datalek", "gemeld als datalek"
