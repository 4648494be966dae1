"""People who go to a team on a day: one whose day came, waiting for the consulent who logs in, and one still ahead."""

from __future__ import annotations

import datetime as dt

from aanmeldingen import teamregels
from aanmeldingen.keuzes import Overdrachtsgrond
from aanmeldingen.models import Aanmelding, Teamoverdracht
from aanmeldingen.toestanden import TEAMOVERDRACHT
from deelnemers.services import lijstkolommen
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, handeling
from kern.models import Overgang, TijdlijnRegel
from organisatie.models import Team
from reintegratie.demodata.organisatie import Organisatie
from reintegratie.demodata.teams import DEMOTEAM
from reintegratie.demodata.wegschrijven import ACTOR, tijdstip

_DAG = dt.timedelta(days=1)


def maak(org: Organisatie, peildatum: dt.date) -> None:
    """Call after the dossiers are written."""
    wie = org.inloggers.get("consulent")
    if wie is None:
        return
    team = Team.objects.get(code=DEMOTEAM)
    aangenomen = Aanmelding.objects.filter(status="geaccepteerd", beslist_op__date__lt=peildatum - 3 * _DAG)
    aangenomen = aangenomen.filter(deelnemer__overleden_op=None, deelnemer__in_traject=True, deelnemer__persona="")
    aangenomen = aangenomen.order_by("-ontvangen_op", "pk")
    with handeling(ACTOR):
        komt = aangenomen.exclude(deelnemer__team=team).first()
        if komt is not None:
            komt.team = team
            komt.save(update_fields=["team"])
            _maak(komt, peildatum - 2 * _DAG, naar=wie, team=team)
        gaat = aangenomen.filter(deelnemer__regievoerder=wie).first()
        if gaat is not None:
            _maak(gaat, peildatum + 9 * _DAG)


def _maak(aanmelding: Aanmelding, op: dt.date, **velden: object) -> None:
    besloten = aanmelding.beslist_op or aanmelding.ontvangen_op
    wie = aanmelding.behandelaar.naam if aanmelding.behandelaar else ACTOR.naam
    nacht = Actor.taak("aanmeldingen.overdracht")
    klaar = tijdstip(op, 2) if velden else None
    rij = Teamoverdracht.objects.create(
        aanmelding=aanmelding,
        deelnemer_id=aanmelding.deelnemer_id,
        op=op,
        grond=Overdrachtsgrond.AFSPRAAK,
        status="overgedragen" if klaar else "gepland",
        status_sinds=op if klaar else besloten.date(),
        overgedragen_op=klaar,
        **velden,
    )
    for actie, van, naar, moment, door in (
        ("plannen", "", "gepland", besloten, wie),
        ("overdragen", "gepland", "overgedragen", klaar, nacht.naam),
    ):
        if moment is not None:
            Overgang.objects.create(
                soort=TEAMOVERDRACHT.soort, object_id=rij.pk, betrokkene_id=rij.deelnemer_id, van=van, actie=actie,
                naar=naar, actor_soort=ACTOR.soort, actor_id=ACTOR.id, actor_naam=door, op=moment,
            )  # fmt: skip
    TijdlijnRegel.objects.bulk_create(teamregels.tijdlijnregels(rij))
    regel = teamregels.werkregel(rij)
    if regel is not None and rij.deelnemer_id is not None:
        werkvoorraad.schrijf(regel)
        lijstkolommen.werk_bij(rij.deelnemer_id)
