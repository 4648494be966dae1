"""Which role gives which right: readable data, default deny (ONTWERP 1 and 3.10, BIO2 5.15, 8.02).

A right says what kind of page or act is open. Which persons one sees follows from the relation (caseload,
team, stand-in, planned appointment) and is decided by the access rule of the room that owns the row.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models


class Rol(models.TextChoices):
    """The roles of the department (ONTWERP 1)."""

    CONSULENT = "consulent", "Consulent"
    TEAMMANAGER = "teammanager", "Teammanager"
    AFDELINGSMANAGER = "afdelingsmanager", "Afdelingsmanager"
    ACCOUNTMANAGER_WSP = "accountmanager_wsp", "Accountmanager WSP"
    MEDEWERKER_SUBSIDIES = "medewerker_subsidies", "Medewerker subsidies"
    CONTROLLER = "controller", "Controller"
    AUDITOR = "auditor", "Auditor"
    INKOMENSCONSULENT = "inkomensconsulent", "Inkomensconsulent"
    WERKLEIDER = "werkleider", "Werkleider"
    TEAMONDERSTEUNING = "teamondersteuning", "Teamondersteuning"
    ACCOUNTMANAGER_SCHOLING = "accountmanager_scholing", "Accountmanager scholing"
    KLACHTBEHANDELAAR = "klachtbehandelaar", "Klachtbehandelaar"
    FUNCTIONEEL_BEHEERDER = "functioneel_beheerder", "Functioneel beheerder"
    PRIVACY_OFFICER = "privacy_officer", "Privacy officer"
    HANDHAVER = "handhaver", "Handhaver"


#: Every right with what it opens, as the beheerder reads it. A right that is not here does not exist.
RECHTEN: dict[str, str] = {
    "vandaag.zien": "De bladzijde Vandaag met eigen werk",
    "dossier.zien": "Dossiers van mensen met wie je werkt",
    "dossier.wijzigen": "Gegevens in een dossier wijzigen en notities maken",
    "dossier.bijzonder": "Gegevens over gezondheid, straf en schuld, en over waarschuwingen",
    "dossier.afgeschermde_doelgroep": "Gevoelige doelgroepen, zoals Top 600",
    "dossier.doorbreken": "Met een reden een dossier openen van iemand met wie je niet werkt",
    "dossier.samenvoegen": "Twee dossiers van één persoon samenvoegen",
    "overlijden.herstellen": "Een overlijden herstellen dat per vergissing is vastgelegd",
    "dossier.vraag_beantwoorden": "Vragen over inkomen in een dossier beantwoorden",
    "veiligheid.wijzigen": "Een veiligheidsmelding maken of beëindigen",
    "incident.melden": "Een incident melden",
    "incident.behandelen": "Incidenten van je mensen bekijken en afhandelen",
    "caseload.zien": "De eigen caseload",
    "caseload.toewijzen": "Mensen aan een consulent toewijzen",
    "team.zien": "De bladzijde Mijn team",
    "aanmelding.zien": "Aanmeldingen bekijken",
    "aanmelding.behandelen": "Aanmeldingen aannemen of terugsturen",
    "route.beheren": "Routes van aanmeldingen en hun regels",
    "traject.zien": "Trajecten bekijken",
    "traject.wijzigen": "Trajecten starten, wijzigen en beëindigen",
    "afspraak.wijzigen": "Afspraken plannen en wijzigen",
    "groep.zien": "Groepen bekijken",
    "groep.wijzigen": "Groepen maken en plannen",
    "presentie.wijzigen": "Aanwezigheid invullen",
    "oproep.wijzigen": "Oproepcampagnes maken en volgen",
    "scholing.zien": "Scholingsorders bekijken",
    "scholing.aanvragen": "Scholing aanvragen",
    "scholing.behandelen": "Scholing bestellen en volgen",
    "scholing.goedkeuren": "Een aanvraag voor scholing goedkeuren",
    "aanbieder.beheren": "Aanbieders en hun aanbod beheren",
    "aanbieder.verifieren": "Een aanbieder controleren en goedkeuren",
    "werkgever.zien": "Werkgevers bekijken",
    "werkgever.wijzigen": "Werkgevers en contacten wijzigen",
    "vacature.zien": "Vacatures bekijken",
    "vacature.wijzigen": "Vacatures maken en wijzigen",
    "matching.gebruiken": "Kandidaten en vacatures bij elkaar zoeken",
    "plaatsing.zien": "Plaatsingen bekijken",
    "plaatsing.wijzigen": "Plaatsingen en dienstverbanden wijzigen",
    "nazorg.wijzigen": "Nazorg plannen en vastleggen",
    "loonwaarde.wijzigen": "Loonwaardemetingen vastleggen",
    "inkomen.zien": "Meldingen aan inkomen bekijken",
    "inkomen.melden": "Een begin of einde melden aan inkomen",
    "inkomen.bevestigen": "Bevestigen wat een plaatsing met de uitkering doet",
    "subsidie.zien": "Subsidies bekijken",
    "subsidie.aanvragen": "Een subsidie aanvragen voor een werkgever",
    "subsidie.behandelen": "Subsidies berekenen en beslissingen voorbereiden",
    "subsidie.goedkeuren": "Een beslissing over subsidie als tweede persoon goedkeuren",
    "subsidie.betalen": "Betalingen van subsidie klaarzetten",
    "salaris.leveren": "Mutaties aan de salarisadministratie leveren",
    "kpi.zien": "Cijfers en streefcijfers",
    "kpi.personen": "De mensen achter een cijfer",
    "kpi.definitie": "Definities van cijfers wijzigen",
    "kpi.afsluiten": "Een maand afsluiten en tekenen",
    "budget.zien": "Budgetten bekijken",
    "budget.wijzigen": "Budgetten wijzigen",
    "begeleiding.plannen": "Geplande plaatsen invullen en zien hoeveel begeleiding nodig is",
    "levering.maken": "Wettelijke leveringen maken",
    "klacht.melden": "Een klacht vastleggen",
    "klacht.behandelen": "Klachten behandelen",
    "gespreksobservatie.wijzigen": "Een gesprek meekijken en bespreken",
    "verbeterbord.zien": "Het verbeterbord",
    "verbeterbord.wijzigen": "Verbeterpunten maken en oppakken",
    "ketenpartner.zien": "De gids met ketenpartners",
    "ketenpartner.wijzigen": "De gids met ketenpartners bijhouden",
    "organisatie.beheren": "Teams, gebieden en locaties beheren",
    "medewerkers.beheren": "Medewerkers, rollen en accounts beheren",
    "rechten.controleren": "De rechten van medewerkers controleren",
    "taken.beheren": "Taken van het systeem bekijken en starten",
    "codelijsten.beheren": "Codelijsten beheren",
    "regelgeving.zien": "Bedragen, normen en termijnen bekijken",
    "regelgeving.beheren": "Bedragen, normen en termijnen wijzigen",
    "regelgeving.goedkeuren": "Een wijziging van een regel als tweede persoon goedkeuren",
    "brieven.beheren": "Brieven en sjablonen beheren",
    "clients.beheren": "Systemen die de API gebruiken beheren",
    "berichten.zien": "Het postvak uit",
    "logboek.zien": "Het logboek van lezen en wijzigen",
    "inzage.verstrekken": "Iemand een overzicht van zijn gegevens geven",
    "bewaartermijnen.beheren": "Bewaartermijnen en wissen",
    "leesverbod.beheren": "Bijhouden wie welk dossier niet mag openen",
    "bewaartermijnen.goedkeuren": "Als tweede persoon goedkeuren dat gegevens worden gewist",
    "schoolverlater.zien": "Leerlingen die van school gaan, ook de lijst met UWV",
    "schoolverlater.wijzigen": "Bijhouden wie een leerling begeleidt en wat UWV doet",
    "schoolverlater.delen": "Het bestand met leerlingen voor UWV maken",
    "handhaving.zien": "Signalen van en naar Handhaving en de gezamenlijke aanpak",
    "handhaving.wijzigen": "Signalen sturen en beantwoorden, en samen afspraken maken",
    "terugbelverzoek.zien": "Verzoeken om terug te bellen aannemen en bekijken",
    "groep.scoren": "Motivatie en gedrag van een groep scoren",
}

_IEDEREEN = frozenset(
    {"verbeterbord.zien", "verbeterbord.wijzigen", "ketenpartner.zien", "klacht.melden", "terugbelverzoek.zien"}
)
_BEGELEIDEN = frozenset(
    {
        "vandaag.zien",
        "dossier.zien",
        "dossier.wijzigen",
        "dossier.bijzonder",
        "dossier.doorbreken",
        "caseload.zien",
        "aanmelding.zien",
        "traject.zien",
        "traject.wijzigen",
        "afspraak.wijzigen",
        "groep.zien",
        "presentie.wijzigen",
        "groep.scoren",
        "scholing.zien",
        "scholing.aanvragen",
        "werkgever.zien",
        "vacature.zien",
        "matching.gebruiken",
        "plaatsing.zien",
        "nazorg.wijzigen",
        "inkomen.zien",
        "inkomen.melden",
        "regelgeving.zien",
    }
)
_STUREN = frozenset(
    {
        "vandaag.zien",
        "dossier.zien",
        "dossier.doorbreken",
        "caseload.toewijzen",
        "team.zien",
        "aanmelding.zien",
        "traject.zien",
        "groep.zien",
        "scholing.zien",
        "werkgever.zien",
        "vacature.zien",
        "plaatsing.zien",
        "inkomen.zien",
        "subsidie.zien",
        "kpi.zien",
        "kpi.personen",
        "budget.zien",
        "begeleiding.plannen",
        "gespreksobservatie.wijzigen",
        "rechten.controleren",
        "regelgeving.zien",
    }
)

ROLRECHTEN: dict[Rol, frozenset[str]] = {
    Rol.CONSULENT: _IEDEREEN
    | _BEGELEIDEN
    | {
        "dossier.afgeschermde_doelgroep",
        "aanmelding.behandelen",
        "groep.wijzigen",
        "plaatsing.wijzigen",
        "subsidie.aanvragen",
        "veiligheid.wijzigen",
        "incident.melden",
        "kpi.zien",
        "schoolverlater.zien",
        "schoolverlater.wijzigen",
        "schoolverlater.delen",
        "handhaving.zien",
        "handhaving.wijzigen",
    },
    Rol.TEAMMANAGER: _IEDEREEN
    | _BEGELEIDEN
    | _STUREN
    | {
        "dossier.afgeschermde_doelgroep",
        "aanmelding.behandelen",
        "veiligheid.wijzigen",
        "incident.melden",
        "incident.behandelen",
        "scholing.goedkeuren",
        "oproep.wijzigen",
        "groep.wijzigen",
        "regelgeving.goedkeuren",
        "schoolverlater.zien",
        "schoolverlater.wijzigen",
        "schoolverlater.delen",
        "handhaving.zien",
        "handhaving.wijzigen",
    },
    Rol.AFDELINGSMANAGER: _IEDEREEN
    | _STUREN
    | {
        "scholing.goedkeuren",
        "oproep.wijzigen",
        "regelgeving.goedkeuren",
        "aanbieder.verifieren",
        "subsidie.goedkeuren",
        "incident.behandelen",
        "bewaartermijnen.goedkeuren",
        "schoolverlater.zien",
    },
    Rol.ACCOUNTMANAGER_WSP: _IEDEREEN
    | {
        "vandaag.zien",
        "dossier.zien",
        "werkgever.zien",
        "werkgever.wijzigen",
        "vacature.zien",
        "vacature.wijzigen",
        "matching.gebruiken",
        "plaatsing.zien",
        "plaatsing.wijzigen",
        "nazorg.wijzigen",
        "inkomen.melden",
        "subsidie.aanvragen",
        "afspraak.wijzigen",
        "incident.melden",
        "kpi.zien",
        "regelgeving.zien",
    },
    Rol.MEDEWERKER_SUBSIDIES: _IEDEREEN
    | {
        "vandaag.zien",
        "dossier.zien",
        "werkgever.zien",
        "plaatsing.zien",
        "loonwaarde.wijzigen",
        "subsidie.zien",
        "subsidie.aanvragen",
        "subsidie.behandelen",
        "subsidie.goedkeuren",
        "subsidie.betalen",
        "salaris.leveren",
        "regelgeving.zien",
    },
    Rol.CONTROLLER: _IEDEREEN
    | {
        "vandaag.zien",
        "kpi.zien",
        "kpi.personen",
        "kpi.definitie",
        "kpi.afsluiten",
        "budget.zien",
        "budget.wijzigen",
        "begeleiding.plannen",
        "levering.maken",
        "subsidie.zien",
        "aanbieder.verifieren",
        "regelgeving.zien",
        "regelgeving.goedkeuren",
    },
    Rol.AUDITOR: frozenset(
        {
            "kpi.zien",
            "kpi.personen",
            "budget.zien",
            "subsidie.zien",
            "logboek.zien",
            "regelgeving.zien",
            "verbeterbord.zien",
        }
    ),
    Rol.INKOMENSCONSULENT: _IEDEREEN
    | {
        "vandaag.zien",
        "dossier.zien",
        "dossier.vraag_beantwoorden",
        "inkomen.zien",
        "inkomen.bevestigen",
        "plaatsing.zien",
        "regelgeving.zien",
    },
    Rol.WERKLEIDER: _IEDEREEN | {"vandaag.zien", "groep.zien", "presentie.wijzigen", "groep.scoren"},
    Rol.TEAMONDERSTEUNING: _IEDEREEN
    | {
        "vandaag.zien",
        "aanmelding.zien",
        "afspraak.wijzigen",
        "groep.zien",
        "groep.wijzigen",
        "presentie.wijzigen",
        "scholing.zien",
        "ketenpartner.wijzigen",
        "berichten.zien",
    },
    Rol.ACCOUNTMANAGER_SCHOLING: _IEDEREEN
    | {
        "vandaag.zien",
        "scholing.zien",
        "scholing.behandelen",
        "aanbieder.beheren",
        "aanbieder.verifieren",
        "budget.zien",
        "kpi.zien",
    },
    Rol.KLACHTBEHANDELAAR: _IEDEREEN | {"vandaag.zien", "klacht.behandelen", "kpi.zien"},
    Rol.FUNCTIONEEL_BEHEERDER: frozenset(
        {
            "vandaag.zien",
            "organisatie.beheren",
            "medewerkers.beheren",
            "rechten.controleren",
            "taken.beheren",
            "codelijsten.beheren",
            "regelgeving.zien",
            "regelgeving.beheren",
            "route.beheren",
            "brieven.beheren",
            "clients.beheren",
            "berichten.zien",
            "dossier.samenvoegen",
            "overlijden.herstellen",
            "leesverbod.beheren",
            "ketenpartner.zien",
            "ketenpartner.wijzigen",
            "verbeterbord.zien",
            "verbeterbord.wijzigen",
        }
    ),
    Rol.PRIVACY_OFFICER: frozenset(
        {
            "vandaag.zien",
            "logboek.zien",
            "inzage.verstrekken",
            "leesverbod.beheren",
            "bewaartermijnen.beheren",
            "bewaartermijnen.goedkeuren",
            "rechten.controleren",
            "regelgeving.zien",
            "verbeterbord.zien",
        }
    ),
    # Another department: it sees what was shared with it, and never a dossier.
    Rol.HANDHAVER: frozenset({"vandaag.zien", "handhaving.zien", "handhaving.wijzigen"}),
}

#: Rights that BIO2 8.02.01 calls special: reviewed each quarter instead of each year.
BIJZONDERE_ROLLEN = frozenset(
    {
        Rol.FUNCTIONEEL_BEHEERDER,
        Rol.PRIVACY_OFFICER,
        Rol.CONTROLLER,
        Rol.MEDEWERKER_SUBSIDIES,
    }
)


def rechten_van(rollen: Iterable[str]) -> frozenset[str]:
    """All rights of these roles together; an unknown role gives nothing."""
    return frozenset().union(*(ROLRECHTEN.get(Rol(rol), frozenset()) for rol in rollen if rol in Rol.values))
