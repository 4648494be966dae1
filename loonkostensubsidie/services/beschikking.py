"""A decision: written with a fresh calculation, put before a colleague, approved or given back (R149).

The approver is never the author: the service says so, and the database refuses it.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.nummers import volgend_nummer
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from kern.weergave import datum, euro
from loonkostensubsidie import aanvraagregels, bezwaarregels
from loonkostensubsidie.aanvraagkeuzes import MET_BEDRAG, Besluitsoort
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.aanvraagtoestanden import BESCHIKKING, OPEN_BESCHIKKING
from loonkostensubsidie.besluitbedrag import Bedragdelen, bedragdelen, regeling_voor, route_van
from loonkostensubsidie.besluitrecht import eis_mogelijk
from loonkostensubsidie.bezwaarkeuzes import MET_GEVOLG
from loonkostensubsidie.models import Aanvraag, Beschikking, Bezwaar, Subsidie
from loonkostensubsidie.rekenen.geval import Route
from loonkostensubsidie.services import aanvraag as aanvragen
from loonkostensubsidie.services import subsidie as recht
from loonkostensubsidie.services.besluitbrief import maak_brief, verstuur
from loonkostensubsidie.services.controles import tegenhouders, ververs_controles
from werkgevers.keuzes import Loonwaarderoute
from werkgevers.services.dienstverband import zet_loonwaarderoute

VASTGESTELD = "beschikking.vastgesteld"
EIGEN = "Je hebt dit besluit zelf geschreven. Een collega keurt het goed."
_DAG = dt.timedelta(days=1)
_GRONDSLAG = "Participatiewet art. 10c en 10d"


@service
def stel_op(
    aanvraag: Aanvraag,
    soort: Besluitsoort | str,
    motivering: str,
    *,
    actor: Actor,
    ingangsdatum: dt.date | None = None,
    project: str = "",
) -> Beschikking:
    """A draft to award or refuse an application; `project` pays it instead of the source of the scheme.

    Raises ValidationError when there is no amount on that day.
    """
    rij = aanvragen.vergrendel(aanvraag)
    if rij.status != "in_behandeling":
        raise OvergangGeweigerd(f"Een besluit kan nu niet: de status is ‘{rij.get_status_display()}’.")
    dag = ingangsdatum or rij.begindatum or klok.vandaag()
    besluit = Beschikking(
        soort=soort,
        deelnemer_id=rij.deelnemer_id,
        werkgever_id=rij.werkgever_id,
        aanvraag=rij,
        dienstverband=rij.dienstverband,
        ingangsdatum=dag,
        motivering=motivering,
        project=project,
    )
    return _begin(besluit, actor)


@service
def stel_besluit_op(
    subsidie: Subsidie,
    soort: Besluitsoort | str,
    ingangsdatum: dt.date,
    motivering: str,
    *,
    actor: Actor,
    bezwaar: Bezwaar | None = None,
) -> Beschikking:
    """A draft about a right that runs: measured wage value, change, revision, end or withdrawal.

    `ingangsdatum` of an end is the last day with subsidy. With `bezwaar` it puts right what did not stand after that
    objection; only then a right can be restored.
    """
    recht_ = Subsidie.objects.select_for_update(of=("self",)).select_related("dienstverband__deelnemer", "regeling")
    rij = recht_.get(pk=subsidie.pk)
    if soort == Besluitsoort.HERSTEL:
        _eis_gegrond(rij, ingangsdatum, bezwaar)
    elif rij.status == "ingetrokken":
        raise OvergangGeweigerd("Deze subsidie is ingetrokken.")
    if Beschikking.objects.filter(subsidie=rij, status__in=OPEN_BESCHIKKING, soort=soort).exists():
        raise ValidationError("Er ligt al zo’n besluit klaar bij deze subsidie.")
    besluit = Beschikking(
        soort=soort,
        deelnemer_id=rij.deelnemer_id,
        werkgever_id=rij.werkgever_id,
        subsidie=rij,
        dienstverband=rij.dienstverband,
        ingangsdatum=ingangsdatum,
        motivering=motivering,
        project=rij.project,
        bezwaar=bezwaar,
    )
    return _begin(besluit, actor)


def _eis_gegrond(rij: Subsidie, vanaf: dt.date, bezwaar: Bezwaar | None) -> None:
    if bezwaar is None or bezwaar.uitkomst not in MET_GEVOLG:
        raise OvergangGeweigerd("Een subsidie herstellen kan alleen na een bezwaar dat gegrond is.")
    if rij.status == "beeindigd":
        recht.eis_aansluitend(rij, vanaf)


@service
def pas_aan(
    beschikking: Beschikking, ingangsdatum: dt.date, motivering: str, *, actor: Actor, project: str | None = None
) -> Beschikking:
    """Change a draft or what came back; the amount is computed again. Who changes it is the author from now on."""
    rij = _vergrendel(beschikking)
    if rij.status not in {"concept", "teruggegeven"}:
        raise OvergangGeweigerd(f"Dit besluit kan niet meer anders: de status is ‘{rij.get_status_display()}’.")
    rij.ingangsdatum, rij.motivering = ingangsdatum, motivering
    rij.project = rij.project if project is None else project
    rij.opgesteld_door_id = _mens(actor)
    _reken(rij)
    rij.versie += 1
    rij.full_clean()
    rij.save()
    return rij


@service
def leg_voor(beschikking: Beschikking, *, actor: Actor) -> Beschikking:
    """Put it before a colleague, with the amount of today. An award needs every check in order.

    Who puts it forward is the author from then on: the amount may be another than in the draft.
    """
    rij = _vergrendel(beschikking)
    BESCHIKKING.vereis(rij, "voorleggen")
    _eis_controles(rij)
    rij.opgesteld_door_id = _mens(actor)
    _reken(rij)
    rij.full_clean()
    rij.save()
    rij.voorgelegd_op = klok.nu()
    verzet(BESCHIKKING, rij, "voorleggen", actor=actor, ook=["voorgelegd_op"])
    _ververs(rij)
    return rij


@service
def geef_terug(beschikking: Beschikking, reden: str, *, actor: Actor) -> Beschikking:
    """The second person does not agree, and says why."""
    rij = _vergrendel(beschikking)
    BESCHIKKING.vereis(rij, "teruggeven", reden)
    if rij.opgesteld_door_id == _mens(actor):
        raise ValidationError(EIGEN)
    rij.teruggeefreden = reden[:400]
    verzet(BESCHIKKING, rij, "teruggeven", actor=actor, reden=reden, ook=["teruggeefreden"])
    _ververs(rij)
    return rij


@service
def stel_vast(beschikking: Beschikking, *, actor: Actor, versie: int | None = None) -> Beschikking:
    """The second person approves: the right begins, changes or ends, and the letter goes. Inside
    `bestanden.weg_bij_mislukken()`.

    Raises ValidationError for the author, and when the amount became another one since; OvergangGeweigerd when a
    colleague was first.
    """
    rij = _vergrendel(beschikking)
    BESCHIKKING.vereis(rij, "vaststellen")
    if rij.opgesteld_door_id == _mens(actor):
        raise ValidationError(EIGEN)
    if versie is not None and versie != rij.versie:
        raise OvergangGeweigerd("Een collega heeft dit besluit net gewijzigd. Kijk het opnieuw na.")
    _eis_controles(rij)
    eis_mogelijk(rij)
    _eis_zelfde_bedrag(rij)
    rij.goedgekeurd_door_id, rij.vastgesteld_op = actor.gebruiker_id, klok.nu()
    verzet(BESCHIKKING, rij, "vaststellen", actor=actor, ook=["goedgekeurd_door", "vastgesteld_op"])
    _voer_uit(rij, actor)
    rij.brief = maak_brief(rij, actor=actor)
    rij.verzonden_op, rij.bezwaar_tot = verstuur(rij, actor=actor)
    rij.save(update_fields=["subsidie", "brief", "verzonden_op", "bezwaar_tot"])
    if rij.bezwaar is not None:
        werkvoorraad.klaar(KAMER, bezwaarregels.gevolgsleutel(rij.bezwaar))
    _ververs(rij)
    gebeurtenis.meld(
        VASTGESTELD,
        rij.pk,
        betrokkene_id=rij.deelnemer_id,
        data={"beschikking": rij.pk, "soort": rij.soort, "subsidie": rij.subsidie_id},
    )
    return rij


@service
def laat_vervallen(beschikking: Beschikking, reden: str, *, actor: Actor) -> Beschikking:
    """A draft that will not be taken."""
    rij = _vergrendel(beschikking)
    verzet(BESCHIKKING, rij, "laten_vervallen", actor=actor, reden=reden)
    _ververs(rij)
    return rij


def laat_open_besluiten_vervallen(aanvraag: Aanvraag, reden: str, *, actor: Actor) -> None:
    """The application was withdrawn: what lay ready lapses. Call inside a service."""
    for rij in Beschikking.objects.filter(aanvraag=aanvraag, status__in=OPEN_BESCHIKKING).order_by("pk"):
        laat_vervallen(rij, reden, actor=actor)


@service
def kopie_verstuurd(beschikking: Beschikking, *, actor: Actor) -> Beschikking:
    """The employee got a copy of the letter; the first day stays."""
    rij = _vergrendel(beschikking)
    if rij.status != "vastgesteld":
        raise OvergangGeweigerd("Er is nog geen brief.")
    rij.kopie_op = rij.kopie_op or klok.vandaag()
    rij.save(update_fields=["kopie_op"])
    _ververs(rij)
    return rij


# --- Parts -----------------------------------------------------------------------------------------------------------
def _vergrendel(beschikking: Beschikking) -> Beschikking:
    rijen = Beschikking.objects.select_for_update(of=("self",))
    met = ("werkgever", "dienstverband__deelnemer", "aanvraag", "subsidie", "regeling", "opgesteld_door", "bezwaar")
    return rijen.select_related("deelnemer", *met).get(pk=beschikking.pk)


def _mens(actor: Actor) -> int:
    if actor.gebruiker_id is None:
        raise ValidationError("Een besluit schrijft en beoordeelt een medewerker, niet een taak of koppeling.")
    return actor.gebruiker_id


def _begin(rij: Beschikking, actor: Actor) -> Beschikking:
    rij.nummer = volgend_nummer(Beschikking, "BES")
    rij.opgesteld_door_id = _mens(actor)
    rij.status_sinds = klok.vandaag()
    rij.grondslag = _GRONDSLAG
    _reken(rij)
    rij.full_clean()
    rij.save()
    begin = BESCHIKKING.stap("", "opstellen")
    if begin is None:
        raise LookupError("de tabel BESCHIKKING kent geen begin")
    leg_overgang_vast(BESCHIKKING.soort, rij, "", begin, actor=actor)
    return rij


def _reken(rij: Beschikking) -> None:
    """Amounts, steps and facts of this decision as they are now."""
    if rij.soort not in MET_BEDRAG:
        return
    if rij.dienstverband is None:
        raise ValidationError("Leg eerst het dienstverband vast. Daarna is het bedrag uit te rekenen.")
    rij.regeling = regeling_voor(rij)
    rij.grondslag = rij.regeling.grondslag
    for naam, waarde in _velden(bedragdelen(rij)).items():
        setattr(rij, naam, waarde)


def _velden(delen: Bedragdelen) -> dict[str, Any]:
    return {
        "subsidiebedrag": delen.uitkomst.bedrag.lks,
        "werkgeverslasten": delen.uitkomst.bedrag.werkgeverslasten,
        "totaal": delen.uitkomst.bedrag.totaal,
        "vorig_totaal": delen.vorig_totaal,
        "specificatie": delen.uitkomst.specificatie,
        "feiten": delen.uitkomst.feiten,
        "rekenversie": delen.rekenversie,
        "einddatum": delen.einddatum,
    }


def _eis_zelfde_bedrag(rij: Beschikking) -> None:
    """What is approved is what the facts say today."""
    if rij.soort not in MET_BEDRAG:
        return
    nu = bedragdelen(rij).uitkomst.bedrag.totaal
    if nu != rij.totaal:
        raise ValidationError(
            f"Er is intussen iets gewijzigd: het bedrag is nu {euro(nu)} in plaats van {euro(rij.totaal)} per maand. "
            "Geef het besluit terug, zodat je collega het aanpast."
        )


def _eis_controles(rij: Beschikking) -> None:
    if rij.soort != Besluitsoort.TOEKENNING or rij.aanvraag is None:
        return
    ververs_controles(rij.aanvraag)
    if fout := tegenhouders(rij.aanvraag):
        zinnen = " ".join(f"{c.get_soort_display()}: {c.uitleg}" for c in fout)
        raise ValidationError(f"Toekennen kan nog niet. {zinnen}")


def _voer_uit(rij: Beschikking, actor: Actor) -> None:
    """What the decision does to the right, and to the application."""
    soort, subsidie = Besluitsoort(rij.soort), rij.subsidie
    if soort is Besluitsoort.TOEKENNING:
        rij.subsidie = _begin_recht(rij, actor)
        aanvragen.beslis(_aanvraag(rij), "toekennen", actor=actor)
    elif soort is Besluitsoort.AFWIJZING:
        aanvragen.beslis(_aanvraag(rij), "afwijzen", actor=actor)
    elif soort is Besluitsoort.LOONWAARDE and subsidie is not None:
        _eindig_voor(subsidie, rij.ingangsdatum - _DAG, actor)
        rij.subsidie = _begin_recht(rij, actor)
    elif soort is Besluitsoort.BEEINDIGING and subsidie is not None:
        _eindig_voor(subsidie, rij.ingangsdatum, actor, rij.motivering)
        _laat_andere_vervallen(rij, actor)
    elif soort is Besluitsoort.HERSTEL and subsidie is not None:
        rij.subsidie = recht.herstel_subsidie(
            subsidie, rij.ingangsdatum, rij.motivering[:200], einddatum=rij.einddatum, actor=actor
        )
    elif soort is Besluitsoort.INTREKKING and subsidie is not None:
        recht.trek_subsidie_in(subsidie, rij.motivering, actor=actor)
        _laat_andere_vervallen(rij, actor)


def _laat_andere_vervallen(rij: Beschikking, actor: Actor) -> None:
    """What still waits about days without a right has no sense any more."""
    open_ = Beschikking.objects.select_for_update(of=("self",)).filter(
        subsidie=rij.subsidie, status__in=OPEN_BESCHIKKING
    )
    if rij.soort == Besluitsoort.BEEINDIGING:
        open_ = open_.filter(ingangsdatum__gt=rij.ingangsdatum)
    for ander in open_.exclude(pk=rij.pk).order_by("pk"):
        verzet(BESCHIKKING, ander, "laten_vervallen", actor=actor, reden=f"Besluit {rij.nummer} ging voor.")
        _ververs(ander)


def _aanvraag(rij: Beschikking) -> Aanvraag:
    if rij.aanvraag is None:
        raise LookupError("een toekenning of afwijzing hoort bij een aanvraag")
    return rij.aanvraag


def _begin_recht(rij: Beschikking, actor: Actor) -> Subsidie:
    if rij.dienstverband is None or rij.regeling is None:
        raise LookupError("een besluit met een bedrag heeft een dienstverband en een regeling")
    forfait = route_van(rij.regeling) is Route.FORFAIT
    zet_loonwaarderoute(rij.dienstverband, Loonwaarderoute.FORFAIT if forfait else Loonwaarderoute.METING, actor=actor)
    return recht.begin_subsidie(
        rij.dienstverband,
        rij.regeling,
        rij.ingangsdatum,
        einddatum=rij.einddatum,
        werkgever=rij.werkgever,
        project=rij.project,
        actor=actor,
    )


def _eindig_voor(subsidie: Subsidie, laatste: dt.date, actor: Actor, reden: str = "") -> None:
    """The right ends on `laatste`, unless it did on that day or before."""
    if subsidie.einddatum is not None and subsidie.einddatum <= laatste:
        return
    recht.beeindig_subsidie(
        subsidie, laatste, reden or f"Vanaf {datum(laatste + _DAG)} een ander besluit.", actor=actor
    )


def _ververs(rij: Beschikking) -> None:
    gewenst = aanvraagregels.besluitwerk(rij)
    if gewenst:
        werkvoorraad.schrijf(*gewenst)
    else:
        werkvoorraad.klaar(KAMER, aanvraagregels.besluitsleutel(rij))
    lijstkolommen.werk_bij(rij.deelnemer_id)
    for regel in aanvraagregels.besluitregel(rij):
        tijdlijn.schrijf(regel)
