"""An objection: received, handled by somebody else, decided, with its consequence (Awb 6:7, 7:5, 7:10, 7:11)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Dossierdocument, Viruscontrole
from deelnemers.services import lijstkolommen
from deelnemers.services.documenten import Upload, voeg_document_toe
from kern import bestanden, klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import leg_overgang_vast, verzet
from loonkostensubsidie import bezwaarbrief, bezwaarregels
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.betaaltoestanden import TERUGVORDERING
from loonkostensubsidie.bezwaarkeuzes import GEHOORD, MET_GEVOLG, Bezwaaruitkomst, Horen, Indiener
from loonkostensubsidie.bezwaartoestanden import BEZWAAR
from loonkostensubsidie.keuzes import Terugstuksoort
from loonkostensubsidie.models import Beschikking, Bezwaar, Terugvordering
from loonkostensubsidie.services.aanvraag import heropen_na_bezwaar
from loonkostensubsidie.services.bezwaarpost import verstuur
from loonkostensubsidie.services.terugvorderen import herroep_terugvordering
from loonkostensubsidie.terugvorderbrief import bewaar_stuk
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import einde_termijn

_BESLISSEN = "AWB_BOB"
EIGEN = "Jij schreef dit besluit of keurde het goed. Een ander behandelt het bezwaar."


@service
def ontvang_bezwaar(
    tegen: Beschikking | Terugvordering,
    indiener: Indiener | str,
    naam: str,
    ontvangen_op: dt.date,
    gronden: str,
    *,
    actor: Actor,
) -> Bezwaar:
    """Record an objection to a decision or to a recovery. Six weeks to decide, from the end of the term to object, or
    from the day that a late one came in (Awb 7:10).
    """
    rijen: Any = type(tegen).objects.select_for_update(of=("self",)).select_related("werkgever")
    besluit = rijen.get(pk=tegen.pk)
    verzonden_op, bezwaar_tot = bezwaartermijn(besluit)
    if bezwaar_tot is None or verzonden_op is None:
        raise ValidationError("Dit besluit is nog niet verstuurd. Dan is er nog geen bezwaar mogelijk.")
    if ontvangen_op < verzonden_op:
        raise ValidationError({"ontvangen_op": "Deze dag ligt voor de dag waarop het besluit is verstuurd."})
    if ontvangen_op > klok.vandaag():
        raise ValidationError({"ontvangen_op": "Deze dag moet nog komen."})
    rij = Bezwaar(
        **_doel(besluit),
        indiener=indiener,
        naam=naam,
        ontvangen_op=ontvangen_op,
        gronden=gronden,
        op_tijd=ontvangen_op <= bezwaar_tot,
        beslis_voor=opzoeken.einde_termijn(_BESLISSEN, max(bezwaar_tot, ontvangen_op)),
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


def bezwaartermijn(besluit: Beschikking | Terugvordering) -> tuple[dt.date | None, dt.date | None]:
    """The day that a decision was sent and the last day to object to it (Awb 6:7, 6:8); None before it was sent."""
    if isinstance(besluit, Beschikking):
        return besluit.verzonden_op, besluit.bezwaar_tot
    dag = besluit.besloten_op
    return dag, opzoeken.einde_termijn("AWB_BEZWAAR", dag) if dag is not None else None


def _doel(besluit: Beschikking | Terugvordering) -> dict[str, Any]:
    if isinstance(besluit, Beschikking):
        return {"deelnemer_id": besluit.deelnemer_id, "beschikking": besluit}
    return {"terugvordering": besluit}


@service
def behandel_bezwaar(bezwaar: Bezwaar, *, actor: Actor) -> Bezwaar:
    """Somebody who did not write or approve the decision takes it on (Awb 7:5, 10:3)."""
    rij = _vergrendel(bezwaar)
    BEZWAAR.vereis(rij, "behandelen")
    if _mens(actor) in rij.beslissers:
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
def leg_horen_vast(
    bezwaar: Bezwaar,
    horen: Horen | str,
    *,
    actor: Actor,
    hoorzitting_op: dt.date | None = None,
    hoorplaats: str = "",
    hoorverslag: str = "",
) -> Bezwaar:
    """How who objects is heard: invited for a day, heard with a report, or not heard and why (Awb 7:2, 7:7). An
    employer gets the invitation by a link in the mail.

    Raises ValidationError at the field that is missing, or when the day does not fit.
    """
    rij = _vergrendel(bezwaar)
    if rij.status != "in_behandeling" or rij.behandelaar_id != _mens(actor):
        raise ValidationError("Alleen wie het bezwaar behandelt, legt vast hoe er is gehoord.")
    tekst, vandaag = hoorverslag.strip(), klok.vandaag()
    fouten = {}
    if horen != Horen.AFGEZIEN and hoorzitting_op is None:
        fouten["hoorzitting_op"] = "Vul de dag van de hoorzitting in."
    elif horen == Horen.AANGEBODEN and hoorzitting_op is not None and hoorzitting_op < vandaag:
        fouten["hoorzitting_op"] = "Deze dag is voorbij. Kies een dag vanaf vandaag."
    elif horen == Horen.GEHOUDEN and hoorzitting_op is not None and not rij.ontvangen_op <= hoorzitting_op <= vandaag:
        fouten["hoorzitting_op"] = "Kies een dag tussen de ontvangst van het bezwaar en vandaag."
    if horen == Horen.AANGEBODEN and not hoorplaats.strip():
        fouten["hoorplaats"] = "Schrijf op hoe laat en waar de hoorzitting is."
    if horen != Horen.AANGEBODEN and not tekst:
        fouten["hoorverslag"] = "Schrijf op wat er is gezegd, of waarom er geen hoorzitting is."
    if fouten:
        raise ValidationError(fouten)
    rij.horen = horen
    rij.hoorzitting_op = None if horen == Horen.AFGEZIEN else hoorzitting_op
    rij.hoorplaats = "" if horen == Horen.AFGEZIEN else hoorplaats.strip()
    rij.hoorverslag = "" if horen == Horen.AANGEBODEN else tekst
    rij.versie += 1
    rij.full_clean()
    rij.save()
    if horen == Horen.AANGEBODEN:
        verstuur(rij, actor=actor)
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
    """Decide, keep the letter and send it as an award is sent: call inside `bestanden.weg_bij_mislukken()`.

    When a refusal does not stand, the application is handled again, and a recovery is revoked; else who handles
    subsidies makes a new decision, and it stands at Vandaag. `verschoonbaar`: it came late with a good reason
    (Awb 6:11).
    """
    rij = _vergrendel(bezwaar)
    BEZWAAR.vereis(rij, "beslissen")
    if rij.behandelaar_id != _mens(actor):
        raise ValidationError("Alleen wie het bezwaar behandelt, beslist erop.")
    if rij.horen not in GEHOORD:
        raise ValidationError("Leg eerst vast hoe er is gehoord, of waarom er geen hoorzitting is (Awb 7:2).")
    if not motivering.strip():
        raise ValidationError({"motivering": "Schrijf op waarom."})
    if not (rij.op_tijd or verschoonbaar) and uitkomst != Bezwaaruitkomst.NIET_ONTVANKELIJK:
        raise ValidationError({"uitkomst": "Dit bezwaar kwam te laat. Behandelen kan alleen met een goede reden."})
    rij.verschoonbaar = verschoonbaar and not rij.op_tijd
    rij.uitkomst, rij.motivering, rij.besloten_op = uitkomst, motivering, klok.vandaag()
    verzet(BEZWAAR, rij, "beslissen", actor=actor, ook=["verschoonbaar", "uitkomst", "motivering", "besloten_op"])
    rij.full_clean()
    if uitkomst in MET_GEVOLG:
        _geef_gevolg(rij, actor)
    _bewaar_brief(rij, actor)
    verstuur(rij, actor=actor)
    _ververs(rij)
    return rij


def _geef_gevolg(rij: Bezwaar, actor: Actor) -> None:
    """What a well-founded objection does by itself."""
    besluit, terug = rij.beschikking, rij.terugvordering
    if besluit is not None and besluit.soort == Besluitsoort.AFWIJZING and besluit.aanvraag is not None:
        heropen_na_bezwaar(besluit.aanvraag, "Het bezwaar tegen de afwijzing is gegrond.", actor=actor)
    if terug is not None and rij.uitkomst == Bezwaaruitkomst.GEGROND and TERUGVORDERING.mag(terug, "herroepen"):
        reden = "Het bezwaar tegen de terugvordering is gegrond."
        rij.terugvordering = herroep_terugvordering(terug, reden, actor=actor)


def _bewaar_brief(rij: Bezwaar, actor: Actor) -> None:
    """The letter as it is sent: in the dossier of the person, or with the recovery."""
    inhoud = bezwaarbrief.maak_pdf(rij)
    if rij.terugvordering is not None:
        bewaar_stuk(rij.terugvordering, Terugstuksoort.BEZWAAR, inhoud, rij)
    elif rij.deelnemer is not None:
        rij.brief = voeg_document_toe(
            rij.deelnemer,
            Upload(bestanden.van_bytes(inhoud), Viruscontrole.SCHOON),  # made here, nothing came from outside
            soort=Dossierdocument.BRIEF,
            naam=f"besluit-op-bezwaar-{rij.besluit.nummer}.pdf",
            toelichting=f"Besluit op bezwaar, {rij.werkgever.naam}"[:200],
            actor=actor,
        )
        rij.save(update_fields=["brief"])


@service
def regel_gevolg(bezwaar: Bezwaar, *, actor: Actor) -> Bezwaar:
    """What a well-founded objection to a recovery asks is arranged: the money went back, or a new one was made."""
    rij = _vergrendel(bezwaar)
    if rij.terugvordering_id is None or rij.uitkomst not in MET_GEVOLG:
        raise ValidationError("Er is niets te regelen.")
    rij.gevolg_op = rij.gevolg_op or klok.vandaag()
    rij.versie += 1
    rij.save(update_fields=["gevolg_op", "versie"])
    _ververs(rij)
    return rij


@service
def trek_bezwaar_in(bezwaar: Bezwaar, reden: str, *, actor: Actor) -> Bezwaar:
    """Who objected withdraws it (Awb 6:21)."""
    rij = _vergrendel(bezwaar)
    verzet(BEZWAAR, rij, "intrekken", actor=actor, reden=reden)
    _ververs(rij)
    return rij


def _vergrendel(bezwaar: Bezwaar) -> Bezwaar:
    rijen = Bezwaar.objects.select_for_update(of=("self",)).select_related(
        "deelnemer", "behandelaar", "beschikking__aanvraag", "beschikking__werkgever", "terugvordering__werkgever"
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
    if rij.deelnemer_id is not None:
        lijstkolommen.werk_bij(rij.deelnemer_id)
        tijdlijn.schrijf(bezwaarregels.bezwaarregel(rij))
