"""What an employer reports: received, processed into the employment, and decided on when the amount changes (R149)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.beperking import eis_onbeperkt
from kern.handeling import Actor, service
from kern.models import geldig_op
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from kern.weergave import datum, uren
from loonkostensubsidie import bezwaarregels
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.besluitcorrecties import blijft_gelijk
from loonkostensubsidie.besluitrecht import einde_besloten
from loonkostensubsidie.bezwaarkeuzes import Meldbron, Wijzigingsoort
from loonkostensubsidie.bezwaartoestanden import MELDING
from loonkostensubsidie.models import Beschikking, Subsidie, Wijzigingsmelding
from loonkostensubsidie.services.beschikking import laat_vervallen, stel_besluit_op
from werkgevers.dienstverbandvragen import ziekte_van
from werkgevers.models import Dienstverband
from werkgevers.services.dienstverband import beeindig_dienstverband, wijzig_dienstverband
from werkgevers.services.ziekte import meld_beter, meld_ziek

_DAG = dt.timedelta(days=1)


@service
def meld_wijziging(
    dienstverband: Dienstverband,
    soort: Wijzigingsoort | str,
    vanaf: dt.date,
    melder: str,
    *,
    actor: Actor,
    uren_per_week: Decimal | None = None,
    toelichting: str = "",
    bron: Meldbron | str = Meldbron.MEDEWERKER,
) -> Wijzigingsmelding:
    """Record what the employer reports; the same thing twice is refused while the first one waits."""
    eis_onbeperkt(dienstverband.deelnemer_id)
    werk = Dienstverband.objects.select_for_update(of=("self",)).get(pk=dienstverband.pk)
    if vanaf < werk.begindatum:
        raise ValidationError({"vanaf": f"Het werk begon op {datum(werk.begindatum)}. Kies die dag of een latere."})
    rij = Wijzigingsmelding(
        deelnemer_id=werk.deelnemer_id,
        dienstverband=werk,
        soort=soort,
        vanaf=vanaf,
        uren_per_week=uren_per_week if soort == Wijzigingsoort.UREN else None,
        toelichting=toelichting,
        bron=bron,
        melder=melder,
        ontvangen_op=klok.vandaag(),
        status_sinds=klok.vandaag(),
    )
    rij.full_clean()
    rij.save()
    begin = MELDING.stap("", "ontvangen")
    if begin is None:
        raise LookupError("de tabel MELDING kent geen begin")
    leg_overgang_vast(MELDING.soort, rij, "", begin, actor=actor)
    _ververs(_vergrendel(rij))
    return rij


@service
def verwerk_wijziging(melding: Wijzigingsmelding, *, actor: Actor) -> Wijzigingsmelding:
    """Write it into the employment. When the amount changes, or the work ends, a decision lies ready as a draft.

    Raises ValidationError with the sentence of the employment when it cannot be.
    """
    rij = _vergrendel(melding)
    MELDING.vereis(rij, "verwerken")
    if actor.gebruiker_id is None:
        raise ValidationError("Een wijziging verwerkt een medewerker, niet een taak of koppeling.")
    _schrijf(rij, actor)
    _taak(rij)
    rij.beschikking = _besluit(rij, actor)
    rij.verwerkt_door_id = actor.gebruiker_id
    verzet(MELDING, rij, "verwerken", actor=actor, ook=["verwerkt_door", "beschikking"])
    _ververs(rij)
    return rij


@service
def wijs_wijziging_af(melding: Wijzigingsmelding, reden: str, *, actor: Actor) -> Wijzigingsmelding:
    """It is not right, or changes nothing."""
    rij = _vergrendel(melding)
    rij.reden = reden[:400]
    verzet(MELDING, rij, "afwijzen", actor=actor, reden=reden, ook=["reden"])
    _ververs(rij)
    return rij


def _vergrendel(melding: Wijzigingsmelding) -> Wijzigingsmelding:
    rijen = Wijzigingsmelding.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer", "dienstverband__deelnemer").get(pk=melding.pk)


def _schrijf(rij: Wijzigingsmelding, actor: Actor) -> None:
    """What it does to the employment. A move and a new measurement become a task (`_taak`)."""
    werk, soort = rij.dienstverband, Wijzigingsoort(rij.soort)
    if soort is Wijzigingsoort.UREN:
        wijzig_dienstverband(
            werk,
            rij.vanaf,
            reden=rij.toelichting[:200] or "De werkgever gaf andere uren door.",
            bron="werkgever",
            doorgegeven_op=rij.ontvangen_op,
            uren_per_week=rij.uren_per_week,
            actor=actor,
        )
    elif soort is Wijzigingsoort.ZIEK:
        meld_ziek(werk, rij.vanaf, actor=actor)
    elif soort is Wijzigingsoort.HERSTELD:
        ziek = ziekte_van(werk).filter(begindatum__lt=rij.vanaf, einddatum__isnull=True).last()
        if ziek is None:
            raise ValidationError("Er is geen ziekmelding die op deze dag nog loopt. Leg eerst de ziekmelding vast.")
        meld_beter(ziek, rij.vanaf - _DAG, actor=actor)
    elif soort is Wijzigingsoort.EINDE:
        beeindig_dienstverband(werk, rij.vanaf, rij.toelichting[:200] or "Het contract stopte.", actor=actor)


def _taak(rij: Wijzigingsmelding) -> None:
    """A move asks for a hand-over and a report about the wage value for a measurement (FEITEN 1.7, 10.8)."""
    if (werk := bezwaarregels.vervolgwerk(rij)) is not None:
        werkvoorraad.schrijf(werk)


@service
def rond_vervolg_af(melding: Wijzigingsmelding, *, actor: Actor) -> Wijzigingsmelding:
    """The hand-over is arranged, or the measurement is ordered: the task is done."""
    rij = _vergrendel(melding)
    if rij.status != "verwerkt" or rij.vervolg_op is not None or rij.soort not in bezwaarregels.MET_VERVOLG:
        raise OvergangGeweigerd("Bij deze melding staat geen taak open.")
    rij.vervolg_op = klok.vandaag()
    rij.save(update_fields=["vervolg_op"])
    werkvoorraad.klaar(KAMER, bezwaarregels.vervolgsleutel(rij))
    return rij


def _besluit(rij: Wijzigingsmelding, actor: Actor) -> Beschikking | None:
    """A draft decision, when there is a right on that day and this changes the amount or ends it."""
    if rij.soort not in {Wijzigingsoort.UREN, Wijzigingsoort.EINDE}:
        return None
    rechten = Subsidie.objects.filter(geldig_op(rij.vanaf), dienstverband=rij.dienstverband)
    subsidie = rechten.exclude(status="ingetrokken").order_by("-begindatum", "-pk").first()
    einde = rij.soort == Wijzigingsoort.EINDE
    if subsidie is None or (einde and subsidie.einddatum == rij.vanaf and einde_besloten(subsidie)):
        return None
    waarom = (
        f"U gaf door dat het werk stopt. De laatste werkdag is {datum(rij.vanaf)}."
        if einde
        else f"U gaf door dat de werknemer vanaf {datum(rij.vanaf)} {uren(rij.uren_per_week)} per week werkt."
    )
    soort = Besluitsoort.BEEINDIGING if einde else Besluitsoort.WIJZIGING
    besluit = stel_besluit_op(subsidie, soort, rij.vanaf, waarom, actor=actor)
    if not einde and blijft_gelijk(besluit):
        laat_vervallen(besluit, "Het bedrag blijft hetzelfde.", actor=actor)
        return None
    return besluit


def _ververs(rij: Any) -> None:
    gewenst = bezwaarregels.meldingwerk(rij)
    if gewenst:
        werkvoorraad.schrijf(*gewenst)
    else:
        werkvoorraad.klaar(KAMER, bezwaarregels.meldingsleutel(rij))
    lijstkolommen.werk_bij(rij.deelnemer_id)
