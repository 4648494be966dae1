"""Requests about one's own data in every state, signals over reading, and somebody who may not open a dossier."""

from __future__ import annotations

import datetime as dt

from deelnemers.keuzes import Signaalsoort, Signaaluitkomst
from deelnemers.models import Deelnemer, Doorbreking, Leessignaal, Privacyverzoek
from deelnemers.services import inzage, leestoezicht, privacy
from deelnemers.services.regie import beoordeel_doorbreking, doorbreek
from kern.handeling import Actor, handeling
from kern.leeslog import Lezing
from organisatie.models import Medewerker, Rolvervulling
from organisatie.rechten import Rol
from reintegratie.demodata.wegschrijven import ACTOR

_MENSEN = 9


_AVG = dt.date(2018, 5, 25)


def maak(peildatum: dt.date) -> None:
    """Call when all dossiers are there; before the AVG held there is nothing to make."""
    if peildatum < _AVG:
        return
    gewoon = Deelnemer.objects.filter(in_traject=True, persona="", samengevoegd_met=None, overleden_op=None)
    gewoon = gewoon.filter(regievoerder__isnull=False, adres_geheim=False).exclude(roepnaam="")
    mensen = list(gewoon.select_related("regievoerder__gebruiker", "team").order_by("pk")[11:90:9])[:_MENSEN]
    officer = _iemand(Rol.PRIVACY_OFFICER)
    if len(mensen) < _MENSEN or officer is None:
        return
    _gelezen(mensen[1:3])
    _verzoeken(mensen, peildatum, Actor.van_gebruiker(officer.gebruiker))
    _toezicht(mensen, peildatum, officer)
    leestoezicht.werk_lijst_bij(actor=ACTOR)


def _gelezen(mensen: list[Deelnemer]) -> None:
    """The consulent opened these dossiers today, so that *wie keek* is not empty."""
    for deelnemer in mensen:
        if deelnemer.regievoerder is None:
            continue
        lezing = Lezing()
        for naam in ("dossier.bekijken", "diagnose.bekijken", "dossier.plan"):
            lezing.toon(naam, [deelnemer.pk], grond="regie")
        lezing.leg_vast_voor(Actor.van_gebruiker(deelnemer.regievoerder.gebruiker))


def _iemand(rol: Rol) -> Medewerker | None:
    rij = Rolvervulling.objects.filter(rol=rol, medewerker__gebruiker__isnull=False)
    rij_ = rij.select_related("medewerker__gebruiker").order_by("pk").first()
    return rij_.medewerker if rij_ else None


def _verzoeken(mensen: list[Deelnemer], peildatum: dt.date, officer: Actor) -> None:
    def nieuw(nummer: int, soort: str, dagen: int, vraag: str = "", namens: str = "") -> Privacyverzoek:
        op = peildatum - dt.timedelta(days=dagen)
        return privacy.neem_in(mensen[nummer], soort, op, "balie", vraag=vraag, namens=namens, actor=officer)

    def bekend(rij: Privacyverzoek) -> Privacyverzoek:
        wijze = "machtiging" if rij.namens else "document"
        return privacy.stel_identiteit_vast(rij, wijze, actor=officer)

    nieuw(0, "correctie", 3, "Mijn telefoonnummer klopt niet meer.")
    bekend(nieuw(1, "inzage", 12, "Ik wil weten wat er over mij is opgeschreven."))
    klaar = bekend(nieuw(2, "inzage", 20))
    privacy.houd_achter(klaar, {"Contacten": "derden"}, actor=officer)
    inzage.vraag_samenstellen(klaar, actor=officer)
    inzage.stel_samen(klaar.pk, Actor.taak(inzage.TAAK))
    privacy.beslis(
        klaar, "deels", reden="Je krijgt je overzicht. In de notities staat ook iemand anders.", actor=officer
    )
    privacy.overhandig(klaar, "balie", actor=officer)
    rij = bekend(nieuw(3, "correctie", 25, "Ik heb wel een diploma: horeca, niveau 2."))
    privacy.beslis(rij, "toewijzen", reden="We hebben je diploma gezien en je opleiding verbeterd.", actor=officer)
    rij = bekend(nieuw(4, "beperking", 9, "Gebruik mijn gegevens niet tot duidelijk is of ze kloppen."))
    privacy.beslis(rij, "toewijzen", reden="We gebruiken je gegevens niet tot we het hebben uitgezocht.", actor=officer)
    rij = bekend(nieuw(5, "bezwaar", 18, "Ik wil niet dat jullie mij voordragen bij werkgevers."))
    privacy.beslis(
        rij,
        "afwijzen",
        reden="Werk zoeken hoort bij je plan. We spreken wel elke voordracht met je door.",
        actor=officer,
    )
    privacy.verleng(
        bekend(nieuw(6, "inzage", 28, namens="M. de Wit, bewindvoerder")),
        reden="Je dossier gaat ver terug. We zoeken ook in oude mappen.",
        actor=officer,
    )
    bekend(nieuw(8, "wissen", 6, "Ik wil dat jullie alles over mij weggooien."))
    rij = nieuw(7, "bezwaar", 14, "Ik ben het niet eens met de foto in mijn dossier.")
    privacy.beslis(rij, "intrekken", reden="De foto stond er niet in. De persoon is tevreden.", actor=officer)


def _toezicht(mensen: list[Deelnemer], peildatum: dt.date, officer: Medewerker) -> None:
    namen = {d.regievoerder_id for d in mensen}
    rollen = Rolvervulling.objects.filter(rol=Rol.CONSULENT, einddatum=None).exclude(medewerker__in=namen)
    vreemden = [rij.medewerker for rij in rollen.select_related("medewerker__gebruiker").order_by("pk")[:6]]
    if len(vreemden) < 3:
        return
    een, twee, drie = vreemden[:3]

    def signaal(soort: Signaalsoort, dagen: int, **velden: object) -> Leessignaal:
        with handeling(ACTOR):
            return Leessignaal.objects.create(soort=soort, dag=peildatum - dt.timedelta(days=dagen), **velden)

    signaal(Signaalsoort.EIGEN_NAAM, 1, medewerker=een, deelnemer=mensen[8])
    signaal(Signaalsoort.BUITEN_CASELOAD, 2, medewerker=twee, aantal=22, grens="15 op een dag")
    signaal(Signaalsoort.LIJSTEN, 4, medewerker=drie, aantal=164, grens="100 op een dag en 3 keer het gewone aantal")
    signaal(Signaalsoort.VEEL_LEZERS, 3, deelnemer=mensen[0], aantal=13, grens="10 in zeven dagen")
    oud = signaal(Signaalsoort.BUITEN_WERKTIJD, 9, medewerker=drie, aantal=7, grens="5, voor 6.00 of vanaf 22.00 uur")
    leestoezicht.beoordeel_signaal(
        oud,
        officer,
        Signaaluitkomst.VERKLAARD,
        "Werkte ’s avonds aan het spreekuur. De teammanager wist ervan.",
        actor=Actor.van_gebruiker(officer.gebruiker),
    )
    onterecht = doorbreek(mensen[1], twee, "Wilde even meekijken met een oude deelnemer.", actor=ACTOR)
    beoordeel_doorbreking(onterecht, officer, False, actor=Actor.van_gebruiker(officer.gebruiker))
    wacht = doorbreek(mensen[2], een, "Nam de telefoon op voor een zieke collega.", actor=ACTOR)
    with handeling(ACTOR):
        Doorbreking.objects.filter(pk=wacht.pk).update(aangemaakt_op=wacht.aangemaakt_op - dt.timedelta(days=6))
    leestoezicht.verbied(mensen[8], een, "familie", actor=ACTOR)
