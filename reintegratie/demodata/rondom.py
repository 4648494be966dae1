"""Around a subsidy: requests about the doelgroep, who is ill for long, a trial place, and a payslip that came in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.db.models import F

from deelnemers.keuzes import Viruscontrole
from deelnemers.models import Deelnemer
from deelnemers.services.documenten import Upload
from kern import bestanden
from kern.handeling import Actor
from loonkostensubsidie import vangnetwerk
from loonkostensubsidie.models import Aanvraag, Steekproefgeval, Subsidie
from loonkostensubsidie.services.doelgroep import beslis_over_doelgroep, leg_verzoek_vast
from loonkostensubsidie.services.steekproef import bewaar_strook, ontvanger_van
from loonkostensubsidie.services.vangnet import leg_stap_vast
from loonkostensubsidie.services.werkgeverslink import geef_link
from organisatie.models import Rolvervulling
from organisatie.rechten import Rol
from regelgeving.rekenen.werkdagen import plus_maanden
from reintegratie.demodata.documenten import _pdf
from werkgevers.models import Dienstverband, Vacature, Ziekteperiode
from werkgevers.services.bemiddeling import draag_voor
from werkgevers.services.plaatsing import Plaatsingsgegevens, plaats
from werkgevers.services.proefplaats import leg_proefplaats_vast
from werkgevers.services.ziekte import meld_ziek

_DAG = dt.timedelta(days=1)
#: Year in which the trial place came in the law.
_WET = 2023


def maak(peildatum: dt.date, actor: Actor) -> None:
    """Call on the day of the demo, when applications and the sample are there."""
    _doelgroep(peildatum, actor)
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


def vangnet(peildatum: dt.date) -> None:
    """Three people with subsidy fell ill: one has a plan, one a judgement, one waits. Call when all rights exist."""
    rollen = Rolvervulling.objects.filter(rol=Rol.MEDEWERKER_SUBSIDIES, einddatum=None)
    eerste = rollen.exclude(medewerker__gebruiker=None).select_related("medewerker__gebruiker").order_by("pk").first()
    if eerste is None:
        return
    actor = Actor.van_gebruiker(eerste.medewerker.gebruiker)
    ziek = Ziekteperiode.objects.filter(einddatum=None).values("dienstverband")
    rechten = Subsidie.objects.filter(status="lopend", regeling__code="lks", einddatum=None).exclude(
        dienstverband__in=ziek
    )
    # The last ones: the first have a consulent as jobcoach, whose page shows what growth yields.
    rechten = rechten.filter(deelnemer__persona="").select_related("dienstverband__deelnemer")
    for nummer, recht in enumerate(rechten.order_by("-pk")[:3]):
        meld_ziek(recht.dienstverband, peildatum - (50 - 12 * nummer) * _DAG, no_risk="ja", actor=actor)
    wacht = [ziekte for ziekte, stappen in vangnetwerk.vangnetten() if vangnetwerk.volgende(ziekte, stappen)]
    for nummer, ziekte in enumerate(wacht[:2]):
        eerst = min(ziekte.begindatum + 28 * _DAG, peildatum)
        leg_stap_vast(ziekte, "oordeel", eerst, langdurig=True, actor=actor)
        if not nummer:
            plan = min(eerst + 10 * _DAG, peildatum)
            leg_stap_vast(ziekte, "plan", plan, contactpersoon="Els de Wit", kopie_op=plan, actor=actor)


def _proef(peildatum: dt.date, actor: Actor) -> None:
    """Somebody began on a place without wage, as a trial of two months that is nearly over."""
    plekken = Vacature.objects.filter(soort="trajectplek", status="open", vervuld__lt=F("plekken"))
    plek = plekken.exclude(accountmanager=None).order_by("pk").first()
    mensen = Deelnemer.objects.filter(in_traject=True, persona="", overleden_op=None, samengevoegd_met=None)
    mens = mensen.exclude(pk__in=Dienstverband.objects.values("deelnemer")).exclude(roepnaam="").order_by("pk").first()
    if plek is None or mens is None or peildatum.year < _WET:
        return
    begin = plus_maanden(peildatum, -2) + 12 * _DAG
    voordracht = draag_voor(mens, plek, plek.accountmanager, actor=actor)
    rij = plaats(voordracht, Plaatsingsgegevens(begin, Decimal(20)), actor=actor)
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
