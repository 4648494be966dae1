"""An objection: received, handled by somebody else, decided, with its consequence (Awb 6:7, 7:5, 7:10, 7:11)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from deelnemers.services import lijstkolommen
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import leg_overgang_vast, verzet
from loonkostensubsidie import bezwaarregels
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.bezwaarkeuzes import MET_GEVOLG, Bezwaaruitkomst, Indiener
from loonkostensubsidie.bezwaartoestanden import BEZWAAR
from loonkostensubsidie.models import Beschikking, Bezwaar
from loonkostensubsidie.services.aanvraag import heropen_na_bezwaar
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import einde_termijn

_BESLISSEN = "AWB_BOB"
EIGEN = "Jij schreef dit besluit of keurde het goed. Een ander behandelt het bezwaar."


@service
def ontvang_bezwaar(
    beschikking: Beschikking,
    indiener: Indiener | str,
    naam: str,
    ontvangen_op: dt.date,
    gronden: str,
    *,
    actor: Actor,
) -> Bezwaar:
    """Record an objection. Six weeks to decide, from the end of the term to object, or from the day that a late one
    came in (Awb 7:10).
    """
    besluit = Beschikking.objects.select_for_update(of=("self",)).select_related("werkgever").get(pk=beschikking.pk)
    if besluit.bezwaar_tot is None or besluit.verzonden_op is None:
        raise ValidationError("Dit besluit is nog niet verstuurd. Dan is er nog geen bezwaar mogelijk.")
    if ontvangen_op < besluit.verzonden_op:
        raise ValidationError({"ontvangen_op": "Deze dag ligt voor de dag waarop het besluit is verstuurd."})
    if ontvangen_op > klok.vandaag():
        raise ValidationError({"ontvangen_op": "Deze dag moet nog komen."})
    rij = Bezwaar(
        deelnemer_id=besluit.deelnemer_id,
        beschikking=besluit,
        indiener=indiener,
        naam=naam,
        ontvangen_op=ontvangen_op,
        gronden=gronden,
        op_tijd=ontvangen_op <= besluit.bezwaar_tot,
        beslis_voor=opzoeken.einde_termijn(_BESLISSEN, max(besluit.bezwaar_tot, ontvangen_op)),
        status_sinds=klok.vandaag(),
    )
    rij.full_clean()
    rij.save()
    begin = BEZWAAR.stap("", "ontvangen")
    if begin is None:
        raise LookupError("de tabel BEZWAAR kent geen begin")
    leg_overgang_vast(BEZWAAR.soort, rij, "", begin, actor=actor)
    _ververs(rij)
    return rij


@service
def behandel_bezwaar(bezwaar: Bezwaar, *, actor: Actor) -> Bezwaar:
    """Somebody who did not write or approve the decision takes it on (Awb 7:5, 10:3)."""
    rij = _vergrendel(bezwaar)
    BEZWAAR.vereis(rij, "behandelen")
    if _mens(actor) in {rij.beschikking.opgesteld_door_id, rij.beschikking.goedgekeurd_door_id}:
        raise ValidationError(EIGEN)
    rij.behandelaar_id = actor.gebruiker_id
    verzet(BEZWAAR, rij, "behandelen", actor=actor, ook=["behandelaar"])
    _ververs(rij)
    return rij


@service
def verdaag_bezwaar(bezwaar: Bezwaar, *, actor: Actor) -> Bezwaar:
    """Six weeks more, once, before the term is over (Awb 7:10 lid 3)."""
    rij = _vergrendel(bezwaar)
    if rij.status not in {"ontvangen", "in_behandeling"}:
        raise ValidationError("Over dit bezwaar is al beslist.")
    if rij.verdaagd_op is not None:
        raise ValidationError("Dit bezwaar is al een keer verdaagd.")
    if klok.vandaag() > rij.beslis_voor:
        raise ValidationError("De termijn is al voorbij. Verdagen kan niet meer.")
    termijn = opzoeken.termijn(_BESLISSEN, rij.ontvangen_op)
    rij.beslis_voor = einde_termijn(rij.beslis_voor, termijn.aantal or 0, termijn.eenheid)
    rij.verdaagd_op = klok.vandaag()
    rij.versie += 1
    rij.full_clean()
    rij.save()
    _ververs(rij)
    return rij


@service
def beslis_op_bezwaar(
    bezwaar: Bezwaar,
    uitkomst: Bezwaaruitkomst | str,
    motivering: str,
    *,
    actor: Actor,
    verschoonbaar: bool = False,
) -> Bezwaar:
    """Decide. When a refusal does not stand, the application is handled again; else who handles subsidies makes a new
    decision, and it stands at Vandaag. `verschoonbaar`: it came late with a good reason (Awb 6:11).
    """
    rij = _vergrendel(bezwaar)
    BEZWAAR.vereis(rij, "beslissen")
    if rij.behandelaar_id != _mens(actor):
        raise ValidationError("Alleen wie het bezwaar behandelt, beslist erop.")
    if not motivering.strip():
        raise ValidationError({"motivering": "Schrijf op waarom."})
    if not (rij.op_tijd or verschoonbaar) and uitkomst != Bezwaaruitkomst.NIET_ONTVANKELIJK:
        raise ValidationError({"uitkomst": "Dit bezwaar kwam te laat. Behandelen kan alleen met een goede reden."})
    rij.verschoonbaar = verschoonbaar and not rij.op_tijd
    rij.uitkomst, rij.motivering, rij.besloten_op = uitkomst, motivering, klok.vandaag()
    verzet(BEZWAAR, rij, "beslissen", actor=actor, ook=["verschoonbaar", "uitkomst", "motivering", "besloten_op"])
    rij.full_clean()
    besluit = rij.beschikking
    if uitkomst in MET_GEVOLG and besluit.soort == Besluitsoort.AFWIJZING and besluit.aanvraag is not None:
        heropen_na_bezwaar(besluit.aanvraag, "Het bezwaar tegen de afwijzing is gegrond.", actor=actor)
    _ververs(rij)
    return rij


@service
def trek_bezwaar_in(bezwaar: Bezwaar, reden: str, *, actor: Actor) -> Bezwaar:
    """Who objected withdraws it (Awb 6:21)."""
    rij = _vergrendel(bezwaar)
    verzet(BEZWAAR, rij, "intrekken", actor=actor, reden=reden)
    _ververs(rij)
    return rij


@service
def gevolg_gegeven(bezwaar: Bezwaar, *, actor: Actor) -> None:
    """The new decision after the objection is made: it waits no longer."""
    werkvoorraad.klaar(KAMER, bezwaarregels.gevolgsleutel(bezwaar))
    lijstkolommen.werk_bij(bezwaar.deelnemer_id)


def _vergrendel(bezwaar: Bezwaar) -> Bezwaar:
    rijen = Bezwaar.objects.select_for_update(of=("self",)).select_related(
        "deelnemer", "behandelaar", "beschikking__aanvraag", "beschikking__werkgever"
    )
    return rijen.get(pk=bezwaar.pk)


def _mens(actor: Actor) -> int:
    if actor.gebruiker_id is None:
        raise ValidationError("Een bezwaar behandelt een medewerker, niet een taak of koppeling.")
    return actor.gebruiker_id


def _ververs(rij: Bezwaar) -> None:
    gewenst = bezwaarregels.bezwaarwerk(rij)
    sleutels = {bezwaarregels.bezwaarsleutel(rij), bezwaarregels.gevolgsleutel(rij)}
    werkvoorraad.klaar(KAMER, *(sleutels - {regel.sleutel for regel in gewenst}))
    werkvoorraad.schrijf(*gewenst)
    lijstkolommen.werk_bij(rij.deelnemer_id)
    tijdlijn.schrijf(bezwaarregels.bezwaarregel(rij))
