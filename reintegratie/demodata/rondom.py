"""Around a subsidy: requests about the doelgroep, who is ill for long, a trial place, and a payslip that came in."""

from __future__ import annotations

import datetime as dt

from deelnemers.keuzes import Viruscontrole
from deelnemers.services.documenten import Upload
from kern import bestanden
from kern.handeling import Actor
from loonkostensubsidie import vangnetwerk
from loonkostensubsidie.models import Aanvraag, Steekproefgeval
from loonkostensubsidie.services.doelgroep import beslis_over_doelgroep, leg_verzoek_vast
from loonkostensubsidie.services.steekproef import bewaar_strook, ontvanger_van
from loonkostensubsidie.services.vangnet import leg_stap_vast
from loonkostensubsidie.services.werkgeverslink import geef_link
from regelgeving.rekenen.werkdagen import plus_maanden
from reintegratie.demodata.documenten import _pdf
from werkgevers.models import Plaatsing
from werkgevers.services.proefplaats import leg_proefplaats_vast

_DAG = dt.timedelta(days=1)


def maak(peildatum: dt.date, actor: Actor) -> None:
    """Call on the day of the demo, when applications and the sample are there."""
    _doelgroep(peildatum, actor)
    _vangnet(peildatum, actor)
    _proef(peildatum, actor)
    _steekproef(actor)


def _doelgroep(peildatum: dt.date, actor: Actor) -> None:
    """One waits, one belongs to it, and one does not and can ask again only later."""
    rijen = Aanvraag.objects.filter(status__in=["ingediend", "in_behandeling"]).select_related("deelnemer")
    for nummer, aanvraag in enumerate(rijen.order_by("-pk")[:3]):
        mens = aanvraag.deelnemer
        rij = leg_verzoek_vast(mens, peildatum - (20 + nummer) * _DAG, "werknemer", mens.naam, actor=actor)
        if nummer:
            uitkomst, waarom = (("wel", "Kan zonder hulp geen minimumloon verdienen."), ("niet", "Werkt op tempo."))[
                nummer - 1
            ]
            beslis_over_doelgroep(rij, uitkomst, waarom, actor=actor)


def _vangnet(peildatum: dt.date, actor: Actor) -> None:
    """Of the people who are ill one has a plan, and one only a judgement; the rest waits for one."""
    wacht = [ziekte for ziekte, stappen in vangnetwerk.vangnetten() if vangnetwerk.volgende(ziekte, stappen)]
    for nummer, ziekte in enumerate(wacht[:2]):
        eerst = min(ziekte.begindatum + 28 * _DAG, peildatum)
        leg_stap_vast(ziekte, "oordeel", eerst, langdurig=True, actor=actor)
        if not nummer:
            plan = min(eerst + 10 * _DAG, peildatum)
            leg_stap_vast(ziekte, "plan", plan, contactpersoon="Els de Wit", kopie_op=plan, actor=actor)


def _proef(peildatum: dt.date, actor: Actor) -> None:
    """A placement without wage that began lately is a trial of two months."""
    rijen = Plaatsing.objects.filter(bruto_uurloon=None, einddatum=None, begindatum__lte=peildatum)
    rij = rijen.order_by("-begindatum", "pk").first()
    if rij is not None:
        begin = max(rij.begindatum, plus_maanden(peildatum, -2) + 12 * _DAG)
        tot = plus_maanden(begin, 2) - _DAG
        leg_proefplaats_vast(rij, begin, tot, 12, verzekerd=True, niet_eerder=True, actor=actor)


def _steekproef(actor: Actor) -> None:
    """One employer sent a payslip with his link, another has the link."""
    gevallen = Steekproefgeval.objects.filter(uitkomst="").select_related("subsidie__werkgever").order_by("pk")
    for nummer, geval in enumerate(gevallen[:2]):
        naam, email = ontvanger_van(geval)
        if email:
            geef_link(geval, naam, email, actor=actor)
        if not nummer:
            strook = Upload(bestanden.van_bytes(_pdf("Loonstrook")), Viruscontrole.SCHOON)
            with bestanden.weg_bij_mislukken():
                bewaar_strook(geval, strook, "loonstrook", "loonstrook.pdf", actor=Actor.taak("werkgeverslink"))
