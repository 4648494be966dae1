"""Signals between us and Handhaving, and the plan that both sides keep (R041, R215)."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError

from aanmeldingen.handhavingsvragen import KAMER, TERMIJN, signaalregel
from aanmeldingen.keuzes import HANDHAVINGSGRONDEN, Partijaanpak, Signaalrichting, Signaalsoort
from aanmeldingen.models import Aanpakafspraak, Handhavingssignaal, Samenaanpak
from aanmeldingen.toestanden import SIGNAAL, SIGNAAL_STUREN
from deelnemers.models import Deelnemer
from deelnemers.profielgrens import noemt
from deelnemers.services import lijstkolommen
from deelnemers.services.inschrijven import vind_op_bsn
from kern import bsn as bsn_
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from organisatie.models import Medewerker
from regelgeving import opzoeken
from regelgeving.rekenen.werkdagen import plus_werkdagen

#: What never goes along: health and debt are not needed to talk about hours of work.
_NOOIT = ("gezondheid", "schulden")


def _controleer(grondslag: str, **teksten: str) -> None:
    fouten: dict[str, str] = {}
    if grondslag not in {code for code, _ in opzoeken.keuzes(HANDHAVINGSGRONDEN, klok.vandaag())}:
        fouten["grondslag"] = "Kies uit de lijst waarom dit mag."
    fouten |= _te_veel(**teksten)
    if fouten:
        raise ValidationError(fouten)


def _te_veel(**teksten: str) -> dict[str, str]:
    """Texts that say more than the other side needs."""
    fouten: dict[str, str] = {}
    for veld, tekst in teksten.items():
        if bsn_.noemt_bsn(tekst):
            fouten[veld] = "Noem geen burgerservicenummer."
        elif wat := noemt(tekst, *_NOOIT):
            fouten[veld] = f"Schrijf niets over {wat}. Dat mag de ander niet weten."
    return fouten


@service
def stuur_signaal(
    deelnemer: Deelnemer,
    richting: Signaalrichting | str,
    *,
    soort: Signaalsoort | str,
    inhoud: str,
    doel: str,
    grondslag: str,
    actor: Actor,
    medewerker: Medewerker | None = None,
) -> Handhavingssignaal:
    """Tell the other side what was seen, with the purpose and the ground; it joins the plan that runs (R215).

    Raises ValidationError at the field for an unknown ground, a BSN, or words about health or debt.
    """
    _controleer(grondslag, inhoud=inhoud, doel=doel)
    vandaag = klok.vandaag()
    rij = Handhavingssignaal(
        deelnemer=deelnemer,
        aanpak=lopende_aanpak(deelnemer.pk),
        richting=richting,
        soort=soort,
        inhoud=inhoud.strip(),
        doel=doel.strip(),
        grondslag=grondslag,
        status_sinds=vandaag,
        verstuurd_op=klok.nu(),
        verstuurd_door=medewerker,
        antwoord_voor=plus_werkdagen(vandaag, int(opzoeken.getal(TERMIJN, vandaag))),
    )
    rij.full_clean(exclude=["gemeente", "aanpak", "verstuurd_door", "beantwoord_door"])
    rij.save()
    leg_overgang_vast(SIGNAAL.soort, rij, "", SIGNAAL_STUREN, actor=actor)
    _werk(rij)
    return rij


def _werk(rij: Handhavingssignaal) -> None:
    werkrij = signaalregel(rij)
    if werkrij is None:
        werkvoorraad.klaar(KAMER, f"signaal:{rij.pk}")
    else:
        werkvoorraad.schrijf(werkrij)
    lijstkolommen.werk_bij(rij.deelnemer_id)


def _vergrendel(signaal: Handhavingssignaal) -> Handhavingssignaal:
    rijen = Handhavingssignaal.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer__regievoerder", "verstuurd_door").get(pk=signaal.pk)


def _kant(handhaver: bool) -> Signaalrichting:
    return Signaalrichting.VAN if handhaver else Signaalrichting.NAAR


@service
def beantwoord_signaal(
    signaal: Handhavingssignaal, antwoord: str, *, handhaver: bool, actor: Actor, medewerker: Medewerker | None = None
) -> Handhavingssignaal:
    """The other side answers; raises OvergangGeweigerd for one's own side or when it was answered already."""
    rij = _vergrendel(signaal)
    if rij.richting == _kant(handhaver):
        raise OvergangGeweigerd("Je kunt een signaal van je eigen kant niet beantwoorden.")
    if fouten := _te_veel(antwoord=antwoord):
        raise ValidationError(fouten)
    if not antwoord.strip():
        raise ValidationError({"antwoord": "Schrijf je antwoord op."})
    rij.antwoord, rij.beantwoord_op, rij.beantwoord_door = antwoord.strip(), klok.nu(), medewerker
    verzet(SIGNAAL, rij, "beantwoorden", actor=actor, ook=("antwoord", "beantwoord_op", "beantwoord_door"))
    _werk(rij)
    return rij


@service
def trek_signaal_in(signaal: Handhavingssignaal, *, handhaver: bool, actor: Actor, reden: str) -> Handhavingssignaal:
    """The side that sent it takes it back, with a reason."""
    rij = _vergrendel(signaal)
    if rij.richting != _kant(handhaver):
        raise OvergangGeweigerd("Alleen wie het signaal stuurde, kan het intrekken.")
    verzet(SIGNAAL, rij, "intrekken", actor=actor, reden=reden)
    _werk(rij)
    return rij


def zoek_persoon(nummer: str, geboortedatum: dt.date) -> Deelnemer:
    """The person whom Handhaving means, by BSN and date of birth together.

    Raises ValidationError without saying which of the two is wrong.
    """
    gevonden = vind_op_bsn(nummer)
    if gevonden is None or gevonden.geboortedatum != geboortedatum:
        raise ValidationError({"nummer": "Bij dit nummer en deze geboortedatum begeleiden wij niemand."})
    return gevonden


# --- The joint plan ----------------------------------------------------------------------------------------------
def lopende_aanpak(deelnemer_id: int) -> Samenaanpak | None:
    """The joint plan of this person that runs."""
    return Samenaanpak.objects.filter(deelnemer=deelnemer_id, einddatum=None).order_by("pk").first()


@service
def begin_aanpak(
    deelnemer: Deelnemer, *, doel: str, grondslag: str, actor: Actor, medewerker: Medewerker | None = None
) -> Samenaanpak:
    """Start a plan that both sides see; open signals about the person join it (R041, R215)."""
    _controleer(grondslag, doel=doel)
    rij = Samenaanpak(
        deelnemer=deelnemer,
        doel=doel.strip(),
        grondslag=grondslag,
        begonnen_door=medewerker,
        begindatum=klok.vandaag(),
    )
    rij.full_clean(exclude=["gemeente", "begonnen_door"])
    rij.save()
    for signaal in (
        Handhavingssignaal.objects.filter(deelnemer=deelnemer, aanpak=None).select_for_update().order_by("pk")
    ):
        signaal.aanpak = rij
        signaal.save(update_fields=["aanpak"])
    return rij


def _open(aanpak: Samenaanpak) -> Samenaanpak:
    rij = Samenaanpak.objects.select_for_update(of=("self",)).get(pk=aanpak.pk)
    if rij.einddatum is not None:
        raise OvergangGeweigerd("Deze aanpak is gestopt.")
    return rij


@service
def spreek_af(
    aanpak: Samenaanpak,
    partij: Partijaanpak | str,
    wat: str,
    *,
    handhaver: bool,
    actor: Actor,
    voor: dt.date | None = None,
) -> Aanpakafspraak:
    """Propose a line; whoever writes it agrees, and the other side must agree too."""
    rij = _open(aanpak)
    if fouten := _te_veel(wat=wat):
        raise ValidationError(fouten)
    if voor is not None and voor < klok.vandaag():
        raise ValidationError({"voor": "Deze dag is voorbij."})
    afspraak = Aanpakafspraak(deelnemer_id=rij.deelnemer_id, aanpak=rij, partij=partij, wat=wat.strip(), voor=voor)
    setattr(afspraak, _akkoordveld(handhaver), klok.vandaag())
    afspraak.full_clean(exclude=["gemeente", "aanpak", "deelnemer"])
    afspraak.save()
    return afspraak


def _akkoordveld(handhaver: bool) -> str:
    return "akkoord_handhaving_op" if handhaver else "akkoord_wij_op"


@service
def ga_akkoord(afspraak: Aanpakafspraak, *, handhaver: bool, actor: Actor) -> Aanpakafspraak:
    """One side agrees with a line."""
    rij = Aanpakafspraak.objects.select_for_update(of=("self",)).select_related("aanpak").get(pk=afspraak.pk)
    _open(rij.aanpak)
    veld = _akkoordveld(handhaver)
    if getattr(rij, veld) is None:
        setattr(rij, veld, klok.vandaag())
        rij.versie += 1
        rij.save(update_fields=[veld, "versie"])
    return rij


@service
def rond_afspraak_af(afspraak: Aanpakafspraak, *, actor: Actor) -> Aanpakafspraak:
    """The line is done; raises OvergangGeweigerd as long as one side did not agree."""
    rij = Aanpakafspraak.objects.select_for_update(of=("self",)).get(pk=afspraak.pk)
    if not rij.staat_vast:
        raise OvergangGeweigerd("Deze afspraak kan pas klaar zijn als beide kanten akkoord zijn.")
    rij.gedaan_op = klok.vandaag()
    rij.versie += 1
    rij.save(update_fields=["gedaan_op", "versie"])
    return rij


@service
def stop_aanpak(aanpak: Samenaanpak, reden: str, *, actor: Actor) -> Samenaanpak:
    """The plan ends today, with a reason; both sides keep seeing it."""
    rij = _open(aanpak)
    if not reden.strip():
        raise ValidationError({"reden": "Schrijf op waarom de aanpak stopt."})
    rij.einddatum, rij.einde_reden = max(klok.vandaag(), rij.begindatum), reden.strip()
    rij.versie += 1
    rij.save(update_fields=["einddatum", "einde_reden", "versie"])
    return rij
