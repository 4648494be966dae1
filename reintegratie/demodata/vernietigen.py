"""Old dossiers: a proposal to erase them, one that must stay, a request of a person, and an earlier report."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deelnemers.models import Contactmoment, Deelnemer, Regie, Vernietiging
from deelnemers.services import privacy, wisverzoek
from deelnemers.services import vernietigbesluit as besluit
from deelnemers.services.inschrijven import Persoonsgegevens, schrijf_in
from deelnemers.services.tijdlijn import contactregel, regieregel
from deelnemers.services.vernietigen import ARCHIEFWET, stel_voor
from kern import klok
from kern.aansluitingen import tijdlijn
from kern.handeling import Actor, handeling
from kern.models import Gebruiker
from organisatie.models import Medewerker, Rolvervulling
from organisatie.rechten import Rol
from reintegratie.demodata.teams import PLAATS
from reintegratie.demodata.wegschrijven import ACTOR

_AVG = dt.date(2018, 5, 25)
_MENSEN = (
    ("Truus", "van der", "Laan", 1951, 12),
    ("Ahmed", "", "Yildiz", 1949, 12),
    ("Ria", "", "Schouten", 1953, 11),
    ("Henk", "de", "Wit", 1950, 11),
)


def maak(peildatum: dt.date) -> None:
    """Call when all dossiers are there. Without the two people who decide there is nothing to show."""
    eerste, tweede = _met_rol(Rol.PRIVACY_OFFICER), _met_rol(Rol.AFDELINGSMANAGER)
    begeleider = Medewerker.objects.filter(gebruiker__naam="Chantal Brouwer").order_by("pk").first()
    rol = Rolvervulling.objects.filter(medewerker=begeleider, rol=Rol.CONSULENT).order_by("pk").first()
    if eerste is None or tweede is None or begeleider is None or rol is None:
        return
    mensen = [_iemand(nummer, begeleider, rol.team, peildatum) for nummer in range(len(_MENSEN))]
    besluit.leg_bewaarplicht_vast(
        mensen[-1],
        "bezwaar",
        tot=peildatum + dt.timedelta(days=180),
        gebruiker=eerste,
        actor=Actor.van_gebruiker(eerste),
        reden="Bezwaar tegen een terugvordering, zaak B-118. Het dossier is nodig bij de zitting.",
    )
    stel_voor(peildatum, actor=ACTOR)
    wacht = Vernietiging.objects.filter(status="voorgesteld").exclude(soort="dossier").order_by("pk").first()
    if wacht is not None:
        besluit.dien_in(wacht, actor=Actor.van_gebruiker(eerste), gebruiker=eerste)
    _verklaring(peildatum, eerste, tweede)
    if peildatum >= _AVG:
        _op_verzoek(peildatum, Actor.van_gebruiker(eerste))


def _op_verzoek(peildatum: dt.date, officer: Actor) -> None:
    """Somebody who never started asked to be erased; nothing of hers is within a term."""
    deelnemer = _schrijf_in(len(_MENSEN), geslachtsnaam="Hofman", roepnaam="Joke", geboortedatum=dt.date(1990, 9, 2))
    rij = privacy.neem_in(
        deelnemer,
        "wissen",
        peildatum - dt.timedelta(days=8),
        "balie",
        vraag="Ik ben nooit begonnen. Wis mijn gegevens.",
        actor=officer,
    )
    rij = privacy.stel_identiteit_vast(rij, "document", actor=officer)
    wisverzoek.wijs_toe(rij, reden="Je bent nooit begonnen. We hoeven niets van je te bewaren.", actor=officer)


def _met_rol(rol: Rol) -> Gebruiker | None:
    rij = Rolvervulling.objects.filter(rol=rol, medewerker__gebruiker__isnull=False, einddatum=None)
    eerste = rij.select_related("medewerker__gebruiker").order_by("pk").first()
    return eerste.medewerker.gebruiker if eerste else None


def _schrijf_in(nummer: int, **wie: Any) -> Deelnemer:
    """A dossier without a burgerservicenummer, as the old ones are; phone and house number belong to nobody."""
    adres = {"straat": "Hoogoordplein", "huisnummer": str(950 + nummer), "postcode": "1102AB"}
    persoon = Persoonsgegevens(**wie, **adres, woonplaats=PLAATS, telefoon=f"06-0{7_200_000 + nummer}")
    return schrijf_in(persoon, None, actor=ACTOR)[0]


def _iemand(nummer: int, begeleider: Medewerker, team: object, peildatum: dt.date) -> Deelnemer:
    """Somebody of long ago: guided for a year, and not seen since."""
    roepnaam, voorvoegsel, achternaam, jaar, geleden = _MENSEN[nummer]
    deelnemer = _schrijf_in(
        nummer,
        geslachtsnaam=achternaam,
        voorvoegsel=voorvoegsel,
        roepnaam=roepnaam,
        geboortedatum=dt.date(jaar, 2, 14),
    )
    eind = (peildatum - dt.timedelta(days=366 * geleden)).replace(day=1)
    with handeling(ACTOR):
        regie = Regie.objects.create(
            deelnemer=deelnemer,
            medewerker=begeleider,
            team=team,
            begindatum=eind - dt.timedelta(days=365),
            einddatum=eind,
        )
        contact = Contactmoment.objects.create(
            deelnemer=deelnemer,
            medewerker=begeleider,
            kanaal="gesprek",
            inhoud="Laatste gesprek. De begeleiding stopt.",
            plaatsgevonden_op=klok.middag(eind),
        )
        Deelnemer.objects.filter(pk=deelnemer.pk).update(laatste_contact_op=eind)
        tijdlijn.schrijf(regieregel(regie), contactregel(contact))
    return deelnemer


def _verklaring(peildatum: dt.date, eerste: Gebruiker, tweede: Gebruiker) -> None:
    """What an erasure of last year left behind: counts, and who agreed."""
    dag = peildatum - dt.timedelta(days=380)
    with handeling(ACTOR):
        Vernietiging.objects.create(
            soort="dossier",
            wat="Hele dossiers",
            aanleiding="termijn",
            selectielijst="8.1",
            termijn="10 jaar na het laatste traject",
            grondslag=f"{ARCHIEFWET}, resultaat 8.1",
            peildatum=dag,
            status="uitgevoerd",
            status_sinds=dag + dt.timedelta(days=33),
            ingediend_door=eerste,
            ingediend_op=klok.middag(dag + dt.timedelta(days=1)),
            goedgekeurd_door=tweede,
            goedgekeurd_op=klok.middag(dag + dt.timedelta(days=2)),
            uitvoeren_vanaf=dag + dt.timedelta(days=32),
            uitgevoerd_op=klok.middag(dag + dt.timedelta(days=33)),
            voorgesteld=23,
            gewist=22,
            overgeslagen=1,
            rijen={
                "deelnemers_deelnemer": 22,
                "deelnemers_contactmoment": 164,
                "trajecten_traject": 25,
                "trajecten_afspraak": 81,
                "kern_wijziging": 1204,
            },
            feiten=58,
            bestanden=12,
        )
