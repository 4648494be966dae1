"""Who can log in to the demo: every role once, one shared password, no second factor."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from organisatie.keuzes import Functie, Werksoort
from organisatie.rechten import Rol

WACHTWOORD = "demo-Wachtwoord-2026"
DOMEIN = "voorbeeld.example"


def adres(naam: str) -> str:
    """An address that can never receive mail."""
    plat = unicodedata.normalize("NFKD", naam.replace("ı", "i").replace("ø", "o"))
    delen = (
        "".join(c if c.isascii() and c.isalnum() else "." for c in plat if not unicodedata.combining(c))
        .lower()
        .split(".")
    )
    return f"{'.'.join(d for d in delen if d)}@{DOMEIN}"


@dataclass(frozen=True)
class Inlogger:
    """A member of staff whose log-in is shown."""

    rol: str
    naamdelen: tuple[str, str, str]
    functie: str
    wat_je_ziet: str
    in_team: bool = False
    soorten: tuple[str, ...] = ()

    @property
    def naam(self) -> str:
        return " ".join(deel for deel in self.naamdelen if deel)

    @property
    def email(self) -> str:
        return adres(self.naam)


INLOGGERS: tuple[Inlogger, ...] = (
    Inlogger(
        Rol.CONSULENT,
        ("Chantal", "", "Brouwer"),
        Functie.CONSULENT,
        "Vandaag met eigen werk, een caseload van ongeveer 27 mensen, dossiers en plannen.",
        True,
        (Werksoort.CONSULENT, Werksoort.KLANTMANAGER),
    ),
    Inlogger(
        Rol.TEAMMANAGER,
        ("Monique", "de", "Groot"),
        Functie.MANAGER,
        "Het team Oost/Zuidoost: wie heeft hoeveel werk, wat wacht, en de cijfers van het contract.",
        True,
    ),
    Inlogger(
        Rol.AFDELINGSMANAGER,
        ("Peter", "van", "Leeuwen"),
        Functie.MANAGER,
        "De hele afdeling: cijfers, formatie, budget en goedkeuringen.",
    ),
    Inlogger(
        Rol.ACCOUNTMANAGER_WSP,
        ("Winston", "", "Jagroep"),
        Functie.ACCOUNTMANAGER,
        "Werkgevers, vacatures, kandidaten zoeken en plaatsen, nazorg.",
    ),
    Inlogger(
        Rol.MEDEWERKER_SUBSIDIES,
        ("Ingrid", "", "Kuiper"),
        Functie.SPECIALIST,
        "Loonwaarde en loonkostensubsidie: berekenen, beslissen, betalen.",
    ),
    Inlogger(
        Rol.CONTROLLER,
        ("Sandra", "", "Visser"),
        Functie.SPECIALIST,
        "Definities van cijfers, de maandafsluiting en de budgetten.",
    ),
    Inlogger(
        Rol.AUDITOR,
        ("Jeroen", "", "Bos"),
        Functie.SPECIALIST,
        "Elk cijfer tot op de persoon, en het logboek. Alleen lezen.",
    ),
    Inlogger(
        Rol.INKOMENSCONSULENT,
        ("Rachid", "", "Amrani"),
        Functie.SPECIALIST,
        "Meldingen over begin en einde van werk: bevestigen wat dat met de uitkering doet.",
    ),
    Inlogger(
        Rol.WERKLEIDER,
        ("Roy", "", "Wijngaarde"),
        Functie.WERKLEIDER,
        "Groepen en aanwezigheid, zonder de dossiers.",
        True,
        (Werksoort.TRAINER,),
    ),
    Inlogger(
        Rol.TEAMONDERSTEUNING,
        ("Petra", "", "Mulder"),
        Functie.ONDERSTEUNING,
        "Agenda, groepen, aanwezigheid en het postvak uit.",
        True,
    ),
    Inlogger(
        Rol.ACCOUNTMANAGER_SCHOLING,
        ("Esther", "", "Kok"),
        Functie.ACCOUNTMANAGER,
        "Ingekochte scholing: bestellen, plaatsingsberichten, aanbieders.",
    ),
    Inlogger(Rol.KLACHTBEHANDELAAR, ("Linda", "", "Prins"), Functie.SPECIALIST, "Klachten en het verbeterbord."),
    Inlogger(
        Rol.FUNCTIONEEL_BEHEERDER,
        ("Bas", "", "Hendriks"),
        Functie.BEHEER,
        "Medewerkers en rollen, codelijsten, routes, brieven en taken van het systeem.",
    ),
    Inlogger(
        Rol.PRIVACY_OFFICER,
        ("Femke", "", "Vos"),
        Functie.SPECIALIST,
        "Het logboek van lezen en wijzigen, inzage en bewaartermijnen.",
    ),
    Inlogger(
        Rol.HANDHAVER,
        ("Marco", "", "Peters"),
        Functie.SPECIALIST,
        "Signalen van en naar Werk en Re-integratie en de gezamenlijke aanpak. Geen dossiers.",
    ),
)


def inloggegevens() -> list[dict[str, str]]:
    """The log-ins for the start command and the log-in page."""
    return [
        {
            "rol": Rol(i.rol).label,
            "naam": i.naam,
            "email": i.email,
            "wachtwoord": WACHTWOORD,
            "wat_je_ziet": i.wat_je_ziet,
        }
        for i in INLOGGERS
    ]
