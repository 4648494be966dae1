"""Open transfers, people to call back, somebody with a bewindvoerder, a minor, a household with two regievoerders."""

from __future__ import annotations

import datetime as dt

from deelnemers.models import Belemmering, Deelnemer, Huishouden, Huishoudlid, Overdracht
from deelnemers.services import bereikwerk, inschrijven, overdragen, terugbellen, vertegenwoordiging
from deelnemers.services.regie import wijs_regie_toe
from deelnemers.services.werkvoorraad import ververs_met_lijst
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from organisatie.models import Medewerker, Rolvervulling
from organisatie.rechten import Rol
from regelgeving.rekenen.werkdagen import plus_werkdagen
from reintegratie.demodata.wegschrijven import ACTOR

_DAG = dt.timedelta(days=1)
#: Before this many people of one consulent there is too little to hand over.
_NODIG = 5


def maak(peildatum: dt.date) -> None:
    """Around the consulent who logs in. Call when all dossiers are there."""
    samira = Deelnemer.objects.filter(persona="samira").select_related("regievoerder", "team").first()
    if samira is None or samira.regievoerder is None or samira.team is None:
        return
    ik = samira.regievoerder
    rollen = Rolvervulling.objects.filter(rol=Rol.CONSULENT, team__isnull=False, einddatum=None).exclude(medewerker=ik)
    rijen = sorted(rollen.select_related("medewerker").order_by("pk"), key=lambda r: r.team_id != samira.team_id)
    collegas = list({rij.medewerker: None for rij in rijen})[:2]
    mijn = _mensen(ik)
    if len(collegas) < 2 or len(mijn) < _NODIG:
        return
    _overdrachten(ik, collegas, mijn, peildatum)
    _terugbellen(ik, collegas[0], mijn, peildatum)
    _kwetsbaar(ik, mijn[3], samira)


def _mensen(wie: Medewerker) -> list[Deelnemer]:
    rijen = Deelnemer.objects.filter(
        regievoerder=wie, in_traject=True, persona="", overleden_op=None, adres_geheim=False
    )
    gewoon = rijen.filter(samengevoegd_met=None, geboortedatum__lt=dt.date(2000, 1, 1)).exclude(roepnaam="")
    return list(gewoon.order_by("pk")[:8])


def _overdrachten(ik: Medewerker, collegas: list[Medewerker], mijn: list[Deelnemer], peildatum: dt.date) -> None:
    vandaag = klok.vandaag()
    van_ander = next((d for c in collegas for d in _mensen(c)), None)
    if van_ander is not None and van_ander.regievoerder is not None:
        overdragen.bied_aan(
            van_ander, ik, vandaag + 7 * _DAG, reden="Gaat met verlof, jij begeleidt de partner al",
            let_op="Belt liever dan mailt. Begint binnenkort met een cursus op maandag.",
            door=van_ander.regievoerder, actor=ACTOR,
        )  # fmt: skip
    open_ = overdragen.bied_aan(
        mijn[0], collegas[0], vandaag + 3 * _DAG, reden="Verhuisd naar het gebied van je team", door=ik, actor=ACTOR
    )
    nee = overdragen.bied_aan(mijn[1], collegas[1], vandaag, reden="Zoekt werk in de techniek", door=ik, actor=ACTOR)
    overdragen.weiger(nee, door=collegas[1], reden="Mijn caseload is vol tot volgende maand.", actor=ACTOR)
    overdragen.markeer_gezien(nee, actor=ACTOR)
    with handeling(ACTOR):
        for rij, dagen in ((open_, 4), (nee, 6)):
            Overdracht.objects.filter(pk=rij.pk).update(aangeboden_op=peildatum - dagen * _DAG)
            ververs_met_lijst(rij.deelnemer_id)


def _terugbellen(ik: Medewerker, collega: Medewerker, mijn: list[Deelnemer], peildatum: dt.date) -> None:
    """One for the consulent who logs in; a late one and one of an employer for a colleague."""

    def belt(beller: str, onderwerp: str, dagen: int, deelnemer: Deelnemer | None, door: Medewerker) -> None:
        rij = terugbellen.neem_terugbelverzoek_aan(
            beller=beller, telefoon="020 555 01 23", onderwerp=onderwerp, bereikbaar="na 14.00 uur",
            deelnemer=deelnemer, voor=None if deelnemer else collega, door=door, actor=ACTOR,
        )  # fmt: skip
        dag = peildatum - dagen * _DAG
        with handeling(ACTOR):
            rij.ontvangen_op, rij.uiterlijk = klok.middag(dag), plus_werkdagen(dag, 1)
            rij.save(update_fields=["ontvangen_op", "uiterlijk"])
            if deelnemer is not None:
                ververs_met_lijst(deelnemer.pk)
            else:
                werkvoorraad.schrijf(bereikwerk.terugbelregel(rij))

    belt(mijn[2].naam, "een andere tijd voor de afspraak", 0, mijn[2], collega)
    belt("Mevrouw Hartog van de bakkerij", "of er iemand kan meelopen", 0, None, ik)
    for deelnemer in _mensen(collega)[1:2]:
        belt("Rob van de cursus", "of de cursus maandag begint", 6, deelnemer, ik)


def _kwetsbaar(ik: Medewerker, persoon: Deelnemer, samira: Deelnemer) -> None:
    vandaag = klok.vandaag()
    vertegenwoordiging.leg_vertegenwoordiger_vast(
        persoon, "bewindvoerder", "M. de Wit", vandaag - 400 * _DAG, organisatie="Bewindkantoor De Brug",
        telefoon="020 555 01 98", postadres="Postbus 2013", postcode="1000CA", woonplaats="Amsterdam",
        brieven="vertegenwoordiger", uitnodigingen="beiden",
        gezien_in="Beschikking van de rechtbank", actor=ACTOR,
    )  # fmt: skip
    gegevens = inschrijven.Persoonsgegevens(
        geslachtsnaam="Verhagen", roepnaam="Jip", geslacht="1", geboortedatum=vandaag.replace(day=1) - 6000 * _DAG,
        telefoon="06-01234567", straat="Weesperstraat", huisnummer="951", postcode="1018VN", woonplaats="Amsterdam",
    )  # fmt: skip
    jip, _ = inschrijven.schrijf_in(gegevens, None, actor=ACTOR)
    wijs_regie_toe(jip, ik, vandaag, reden="Voorinschrijving vanuit de praktijkschool", team=samira.team, actor=ACTOR)
    moeder = vertegenwoordiging.leg_vertegenwoordiger_vast(
        jip, "ouder", "Anna Verhagen", vandaag, telefoon="06 55 50 11 22", uitnodigingen="beiden", actor=ACTOR
    )
    vertegenwoordiging.leg_voorinschrijving_vast(
        jip, "taak", "Komt volgend jaar van de praktijkschool en zoekt dan werk met begeleiding.", ouder=moeder,
        ouder_ingelicht_op=vandaag, medewerker=ik, actor=ACTOR,
    )  # fmt: skip
    _gezin()
    _wacht_op_opvang(ik)


def _wacht_op_opvang(wie: Medewerker) -> None:
    """A couple with one regievoerder: what waits for one of them touches both."""
    leden = Huishoudlid.objects.filter(einddatum=None, huishouden__einddatum=None, huishouden__leefvorm="3")
    van_haar = leden.filter(deelnemer__regievoerder=wie, deelnemer__in_traject=True, rol="partner")
    hoofden = leden.filter(deelnemer__regievoerder=wie, deelnemer__in_traject=True, rol="hoofd")
    rij = van_haar.filter(huishouden__in=hoofden.values("huishouden")).order_by("pk").first()
    if rij is not None:
        with handeling(ACTOR):
            Belemmering.objects.create(
                deelnemer=rij.deelnemer,
                soort="kinderopvang",
                begindatum=klok.vandaag() - dt.timedelta(days=20),
                toelichting="De opvang heeft vanaf januari plek.",
            )


def _gezin() -> None:
    """A couple with two regievoerders gets one gezinsregisseur."""
    paren = Huishouden.objects.filter(einddatum=None, leefvorm="3").order_by("pk")
    for thuis in paren[:200]:
        leden = [lid.deelnemer for lid in Huishoudlid.objects.filter(huishouden=thuis, einddatum=None).order_by("pk")]
        wie = {d.regievoerder_id for d in leden if d.regievoerder_id and d.in_traject}
        if len(wie) > 1:
            with handeling(ACTOR):
                thuis.gezinsregisseur_id = min(wie)
                thuis.save(update_fields=["gezinsregisseur"])
            return
