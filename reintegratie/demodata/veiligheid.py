"""Safety in the team of the first persona: notices that ask for something, and incidents in each state."""

from __future__ import annotations

import datetime as dt

from django.db.models import F

from deelnemers.incidentkeuzes import Incidentsoort, Meldingbesluit
from deelnemers.models import Deelnemer, Incident, Veiligheidsmelding
from deelnemers.services import incidenten
from deelnemers.services.werkvoorraad import ververs
from kern.handeling import Actor, handeling
from kern.models import geldig_op
from organisatie.models import Medewerker, Rolvervulling
from organisatie.rechten import Rol
from reintegratie.demodata.wegschrijven import ACTOR, tijdstip
from trajecten.models import Groepsdeelname
from trajecten.services.hulp import werk_bij

_MENSEN = 3
_DAG = dt.timedelta(days=1)


def maak(peildatum: dt.date) -> None:
    """Call when all dossiers are there."""
    samira = Deelnemer.objects.filter(persona="samira", regievoerder__isnull=False).first()
    if samira is None:
        return
    manager = Rolvervulling.objects.filter(rol=Rol.TEAMMANAGER, team=samira.team_id, einddatum=None)
    baas = manager.select_related("medewerker__gebruiker").order_by("pk").first()
    mensen = Deelnemer.objects.filter(
        team=samira.team_id, in_traject=True, persona="", samengevoegd_met=None, overleden_op=None
    )
    team = list(mensen.filter(regievoerder__isnull=False).select_related("regievoerder__gebruiker").order_by("pk"))
    if baas is None or len(team) < _MENSEN:
        return
    # Notices ask something of the regievoerder; the Vandaag of the persona tells its own story.
    anderen = [d for d in team if d.regievoerder_id != samira.regievoerder_id]
    gekozen = list(dict.fromkeys([*anderen, *team]))[:_MENSEN]
    _meldingen(anderen[:2], baas.medewerker, peildatum)
    _incidenten(gekozen, baas.medewerker, peildatum)
    gekozen += _in_een_groep(samira, peildatum)
    with handeling(ACTOR):
        for deelnemer in gekozen:
            ververs(deelnemer.pk)
            werk_bij(deelnemer.pk)


def _meldingen(mensen: list[Deelnemer], manager: Medewerker, peildatum: dt.date) -> None:
    def melding(deelnemer: Deelnemer, dagen: int, nog: int, ingelicht: bool) -> None:
        op = peildatum - dagen * _DAG
        Veiligheidsmelding.objects.create(
            deelnemer=deelnemer,
            gedrag="Schold en sloeg met de deur tijdens een gesprek.",
            maatregel="Spreek met twee collega’s, in een kamer op de begane grond.",
            bron="Gesprek op kantoor",
            vastgesteld_op=op,
            vastgesteld_door=deelnemer.regievoerder,
            tweede_persoon=manager,
            geldig_tot=peildatum + nog * _DAG,
            persoon_ingelicht_op=op + 2 * _DAG if ingelicht else None,
        )

    with handeling(ACTOR):
        for deelnemer, wanneer in zip(mensen, ((170, 9, True), (4, 176, False)), strict=False):
            melding(deelnemer, *wanneer)


def _in_een_groep(samira: Deelnemer, peildatum: dt.date) -> list[Deelnemer]:
    """A notice about somebody in a group: the trainer sees beforehand that one holds."""
    erin = Groepsdeelname.objects.filter(geldig_op(peildatum, "groep__"), einddatum=None, wachtlijst=False)
    erin = erin.exclude(deelnemer__regievoerder=samira.regievoerder_id).exclude(deelnemer__regievoerder=None)
    erin = erin.exclude(deelnemer__regievoerder=F("groep__trainer")).filter(deelnemer__overleden_op=None)
    werkleider = erin.filter(groep__trainer__rollen__rol=Rol.WERKLEIDER)
    rij = werkleider.select_related("deelnemer__regievoerder", "groep__trainer").order_by("pk").first()
    if rij is None:
        return []
    _meldingen([rij.deelnemer], rij.groep.trainer, peildatum)
    return [rij.deelnemer]


def _incidenten(mensen: list[Deelnemer], manager: Medewerker, peildatum: dt.date) -> None:
    baas = Actor.van_gebruiker(manager.gebruiker)

    def incident(deelnemer: Deelnemer, soort: Incidentsoort, dagen: int, gebeurd: str) -> Incident:
        assert deelnemer.regievoerder is not None  # noqa: S101 - chosen that way
        return incidenten.meld_incident(
            deelnemer,
            deelnemer.regievoerder,
            soort=soort,
            gebeurd_op=tijdstip(peildatum - dagen * _DAG, 10, 30),
            waar="Spreekkamer Hoogoord",
            gebeurd=gebeurd,
            actor=Actor.van_gebruiker(deelnemer.regievoerder.gebruiker),
        )

    gezien = incident(mensen[1], Incidentsoort.DREIGEN, 4, "Ging vlak voor mij staan en hief een vuist op.")
    incidenten.spreek_nazorg_af(
        gezien,
        nazorg="Samen het gesprek nabespreken. Daarna eventueel de vertrouwenspersoon.",
        nazorg_door=manager,
        nazorg_voor=peildatum + _DAG,
        versie=None,
        actor=baas,
    )
    incident(mensen[2], Incidentsoort.SCHELDEN, 1, "Schold aan de telefoon en hing op.")
    klaar = incident(mensen[0], Incidentsoort.VERNIELING, 60, "Gooide een stoel om. De leuning brak af.")
    incidenten.handel_incident_af(
        klaar,
        manager,
        uitkomst="Met de persoon en zijn begeleider gesproken. De schade is betaald.",
        meldingbesluit=Meldingbesluit.GEEN,
        persoon_ingelicht_op=peildatum - 56 * _DAG,
        niet_inlichten_reden="",
        versie=None,
        actor=baas,
    )
