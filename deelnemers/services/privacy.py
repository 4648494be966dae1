"""Requests about one's own data: taking in, who asks, the clock, the decision, and what went out (AVG art. 12-21)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Privacysoort, Vaststelwijze
from deelnemers.models import Achtergehouden, Deelnemer, Privacyverzoek, Vernietigingsregel
from deelnemers.privacykeuzes import Gebruiksgrond
from deelnemers.services.leestoezicht import werk_verzoek_bij
from deelnemers.services.werkvoorraad import ververs
from deelnemers.toestanden import PRIVACYVERZOEK
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import gebeurtenis
from kern.handeling import Actor, service
from kern.toestanden import Stap, leg_overgang_vast, verzet
from regelgeving import opzoeken
from regelgeving.rekenen import werkdagen

#: Who received data before hears of it (AVG art. 19); rooms above listen.
RECHT_TOEGEPAST = "privacy.recht_toegepast"
#: How long data may be used at a time while they are restricted.
HOOGSTENS = dt.timedelta(days=31)
TERMIJN = "AVG_INZAGE"
#: Months that the term may become longer (AVG art. 12 lid 3).
VERLENGING = 2
#: What changes the data of a person, so that a receiver must know.
_MELDEN = {Privacysoort.CORRECTIE, Privacysoort.BEPERKING}
BEGIN = Stap("ontvangen", ("",), "ontvangen", frozenset({"inzage.verstrekken"}), "Ontvangen")


def _zonder_bsn(**teksten: str) -> None:
    for veld, tekst in teksten.items():
        if bsn_.staat_in(tekst):
            raise ValidationError({veld: "Schrijf hier geen burgerservicenummer op."})


@service
def neem_in(
    deelnemer: Deelnemer,
    soort: str,
    ontvangen_op: dt.date,
    ontvangen_wijze: str,
    *,
    actor: Actor,
    vraag: str = "",
    namens: str = "",
) -> Privacyverzoek:
    """Record a request; the clock of one month starts on the day after it came in (AVG art. 12 lid 3).

    Raises ValidationError at `ontvangen_op` for a day after today, and at `vraag` without a question where one is
    needed or with a BSN in it.
    """
    if ontvangen_op > klok.vandaag():
        raise ValidationError({"ontvangen_op": "Deze dag ligt in de toekomst."})
    if soort != Privacysoort.INZAGE and not vraag.strip():
        raise ValidationError({"vraag": "Schrijf op wat de persoon vraagt."})
    _zonder_bsn(vraag=vraag)
    rij = Privacyverzoek(
        deelnemer=deelnemer,
        soort=soort,
        vraag=vraag.strip(),
        namens=namens.strip(),
        ontvangen_op=ontvangen_op,
        ontvangen_wijze=ontvangen_wijze,
        termijn=opzoeken.einde_termijn(TERMIJN, ontvangen_op),
        status_sinds=klok.vandaag(),
    )
    rij.full_clean(exclude=["deelnemer", "gemeente"])
    rij.save()
    leg_overgang_vast(PRIVACYVERZOEK.soort, rij, "", BEGIN, actor=actor)
    werk_verzoek_bij(rij)
    return rij


def _vast(verzoek: Privacyverzoek) -> Privacyverzoek:
    return Privacyverzoek.objects.select_for_update(of=("self",)).select_related("deelnemer").get(pk=verzoek.pk)


@service
def stel_identiteit_vast(verzoek: Privacyverzoek, wijze: str, *, actor: Actor) -> Privacyverzoek:
    """How, when and by whom it was seen that the asker is this person (AVG art. 12 lid 6)."""
    rij = _vast(verzoek)
    if wijze not in Vaststelwijze.values:
        raise ValidationError({"identiteit": "Kies hoe je de identiteit hebt vastgesteld."})
    if rij.namens and wijze != Vaststelwijze.MACHTIGING:
        raise ValidationError({"identiteit": "Iemand anders vraagt dit. Dan is een machtiging nodig."})
    rij.identiteit, rij.identiteit_op, rij.identiteit_door = wijze, klok.vandaag(), actor.naam
    verzet(PRIVACYVERZOEK, rij, "vaststellen", actor=actor, ook=("identiteit", "identiteit_op", "identiteit_door"))
    return rij


@service
def verleng(verzoek: Privacyverzoek, *, actor: Actor, reden: str) -> Privacyverzoek:
    """Two months longer, once, told within the first month with the reason (AVG art. 12 lid 3)."""
    rij = _vast(verzoek)
    if PRIVACYVERZOEK.toestand(rij.status).eind:
        raise ValidationError("Op dit verzoek is al beslist.")
    if rij.verlengd_op is not None:
        raise ValidationError("De termijn is al een keer verlengd. Nog een keer mag niet.")
    if klok.vandaag() > rij.termijn:
        raise ValidationError("De eerste maand is voorbij. Verlengen kan dan niet meer.")
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom je meer tijd nodig hebt. De persoon leest dit."})
    _zonder_bsn(reden=reden)
    maanden = (opzoeken.termijn(TERMIJN, rij.ontvangen_op).aantal or 1) + VERLENGING
    rij.termijn = werkdagen.einde_termijn(rij.ontvangen_op, maanden, "maanden")
    rij.verlengd_op, rij.verlengd_reden, rij.versie = klok.vandaag(), reden.strip(), rij.versie + 1
    rij.save(update_fields=["termijn", "verlengd_op", "verlengd_reden", "versie"])
    werk_verzoek_bij(rij)
    return rij


@service
def houd_achter(verzoek: Privacyverzoek, onderdelen: dict[str, str], *, actor: Actor) -> None:
    """The parts of the overview that are not given, each with its reason; replaces what was chosen before."""
    rij = _vast(verzoek)
    if rij.status != "in_behandeling" or rij.soort != Privacysoort.INZAGE:
        raise ValidationError("Kiezen wat je niet meegeeft, kan alleen bij een verzoek om inzage in behandeling.")
    Achtergehouden.objects.filter(verzoek=rij).delete()
    for onderdeel, reden in sorted(onderdelen.items()):
        deel = Achtergehouden(
            verzoek=rij, deelnemer_id=rij.deelnemer_id, onderdeel=onderdeel, reden=reden, door=actor.naam
        )
        deel.full_clean(exclude=["verzoek", "deelnemer", "gemeente"])
        deel.save()


@service
def beslis(verzoek: Privacyverzoek, actie: str, *, actor: Actor, reden: str) -> Privacyverzoek:
    """Grant, grant in part, refuse or withdraw, with words that the person reads.

    Granting an overview needs the overview itself. What changed the data of the person is told to who received them
    before (AVG art. 19). Raises OvergangGeweigerd when the state does not allow it.
    """
    rij, besluit = _vast(verzoek), actie != "intrekken"
    _zonder_bsn(reden=reden)
    gegeven = actie in {"toewijzen", "deels"}
    if gegeven and rij.soort == Privacysoort.WISSEN:
        _eis_wislijst(rij, actie)
    if gegeven and rij.soort == Privacysoort.INZAGE:
        if rij.bestanden.count() == 0:
            raise ValidationError("Stel eerst het overzicht samen.")
        if (actie == "deels") != rij.achtergehouden.exists():
            raise ValidationError(
                "Je houdt niets achter. Kies dan ‘Toewijzen’."
                if actie == "deels"
                else "Je houdt een onderdeel achter. Kies dan ‘Deels toewijzen’."
            )
    ook: tuple[str, ...] = ()
    if besluit:
        rij.besluit, rij.besloten_op, rij.besloten_door = reden.strip(), klok.vandaag(), actor.naam
        ook = ("besluit", "besloten_op", "besloten_door")
    verzet(PRIVACYVERZOEK, rij, actie, actor=actor, reden=reden, ook=ook)
    werk_verzoek_bij(rij)
    if gegeven and rij.soort in _MELDEN:
        vertel(rij)
    if rij.soort == Privacysoort.BEPERKING:
        ververs(rij.deelnemer_id)
    return rij


def _eis_wislijst(rij: Privacyverzoek, actie: str) -> None:
    if actie == "deels":
        raise ValidationError("Wissen gaat over het hele dossier. Kies ‘Toewijzen’ of ‘Afwijzen’.")
    if not Vernietigingsregel.objects.filter(verzoek=rij).exists():
        raise ValidationError("Zet deze persoon eerst op een lijst om te wissen.")


def vertel(rij: Privacyverzoek, **data: Any) -> None:
    """Who received data of this person before hears what changes (AVG art. 19)."""
    gebeurtenis.meld(
        RECHT_TOEGEPAST, rij.deelnemer_id, betrokkene_id=rij.deelnemer_id, data={"verzoek": rij.pk, **data}
    )


@service
def hef_beperking_op(verzoek: Privacyverzoek, *, actor: Actor, reden: str) -> Privacyverzoek:
    """End a restriction; the person is told before it ends (AVG art. 18 lid 3)."""
    rij = _vast(verzoek)
    if not beperking_loopt(rij):
        raise ValidationError("Er loopt geen beperking.")
    if not reden.strip():
        raise ValidationError({"reden": "Leg uit waarom de beperking stopt. De persoon leest dit."})
    rij.beperkt_tot, rij.versie = klok.vandaag(), rij.versie + 1
    rij.save(update_fields=["beperkt_tot", "versie"])
    ververs(rij.deelnemer_id)
    return rij


@service
def sta_gebruik_toe(verzoek: Privacyverzoek, grond: str, tot: dt.date, *, actor: Actor, reden: str) -> Privacyverzoek:
    """Use the data for a while although they are restricted, on one of the grounds of AVG art. 18 lid 2.

    Raises ValidationError at `tot` for a day before today or more than a month away, and without a reason.
    """
    rij = _vast(verzoek)
    if not beperking_loopt(rij):
        raise ValidationError("Er loopt geen beperking.")
    if grond not in Gebruiksgrond.values:
        raise ValidationError({"grond": "Kies waarom dit mag."})
    if not klok.vandaag() <= tot <= klok.vandaag() + HOOGSTENS:
        raise ValidationError({"tot": "Kies een dag vanaf vandaag, hoogstens een maand verder."})
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf op waarom en waarvoor. De persoon kan dit lezen."})
    _zonder_bsn(reden=reden)
    rij.gebruik_grond, rij.gebruik_tot, rij.gebruik_reden, rij.versie = grond, tot, reden.strip(), rij.versie + 1
    rij.save(update_fields=["gebruik_grond", "gebruik_tot", "gebruik_reden", "versie"])
    ververs(rij.deelnemer_id)
    return rij


def beperking_loopt(rij: Privacyverzoek) -> bool:
    """Whether this request restricts the use of the data now."""
    return rij.soort == Privacysoort.BEPERKING and rij.status in {"toegewezen", "deels"} and rij.beperkt_tot is None


@service
def overhandig(verzoek: Privacyverzoek, wijze: str, *, actor: Actor) -> Privacyverzoek:
    """How and by whom the overview was handed over, after the decision."""
    rij = _vast(verzoek)
    if rij.status not in {"toegewezen", "deels"} or rij.soort != Privacysoort.INZAGE:
        raise ValidationError("Beslis eerst op het verzoek.")
    if rij.overhandigd_op is not None:
        raise ValidationError("Dit overzicht is al overhandigd.")
    rij.overhandigd_op, rij.overhandigd_wijze, rij.overhandigd_door = klok.vandaag(), wijze, actor.naam
    rij.versie += 1
    rij.full_clean(exclude=["deelnemer", "gemeente"])
    rij.save(update_fields=["overhandigd_op", "overhandigd_wijze", "overhandigd_door", "versie"])
    return rij
