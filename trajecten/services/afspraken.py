"""Appointments, and the ladder after *niet verschenen* that never stops anything by itself (R105)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Deelnemer, Veiligheidsmelding
from deelnemers.querysets import veiligheid
from deelnemers.services.regie import beeindig_betrokkenheid, betrek, mag_nooit
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, verzet
from kern.weigering import IntussenGewijzigd
from organisatie.models import Locatie, Medewerker
from trajecten.keuzes import Afspraaksoort, Verzuimvervolg
from trajecten.models import Afspraak
from trajecten.services.hulp import (
    KAMER,
    begin_toestand,
    bewaar,
    medewerker_van,
    vergrendel,
    vergrendel_persoon,
    werk_bij,
)
from trajecten.services.oproepen import eis_werkvermogen
from trajecten.tijdlijn import afspraakregels
from trajecten.toestanden import AFSPRAAK

GEPLAND = "afspraak.gepland"
GEWIJZIGD = "afspraak.gewijzigd"
NIET_VERSCHENEN = "afspraak.niet_verschenen"
#: How long somebody who is not the regievoerder keeps the dossier open after an appointment, to write it
#: down.
NALOOP = dt.timedelta(days=14)
LAATSTE_STAP = 3
#: What somebody can say of an appointment → the step in the table.
ANTWOORDEN = {"verschenen": "geweest", "afgemeld": "afmelden", "niet_verschenen": "niet_verschijnen"}


def veiligheidsafspraak(deelnemer_id: int) -> Veiligheidsmelding | None:
    """The valid safety notice; it drives room, company and time of an appointment (decision 20)."""
    return veiligheid(deelnemer_id).order_by("-vastgesteld_op", "-id").first()


def bezet_bij(medewerker: Medewerker, begint_op: dt.datetime, eindigt_op: dt.datetime) -> bool:
    """Whether this member of staff already has an appointment then; a warning, no refusal."""
    return (
        Afspraak.objects.filter(Q(medewerker=medewerker) | Q(tweede_medewerker=medewerker), status="gepland")
        .filter(begint_op__lt=eindigt_op, eindigt_op__gt=begint_op)
        .exists()
    )


def eis_mag_openen(deelnemer: Deelnemer, **collegas: Medewerker | None) -> None:
    """Nobody meets somebody whose dossier she may not open; ValidationError at the field of that colleague."""
    for veld, collega in collegas.items():
        if collega is not None and mag_nooit(deelnemer, collega):
            raise ValidationError({veld: f"{collega.naam} mag dit dossier niet openen. Kies een ander."})


@service
def plan_afspraak(
    deelnemer: Deelnemer,
    medewerker: Medewerker,
    begint_op: dt.datetime,
    eindigt_op: dt.datetime,
    *,
    actor: Actor,
    soort: Afspraaksoort | str = Afspraaksoort.VOORTGANG,
    onderwerp: str = "",
    locatie: Locatie | None = None,
    plek: str = "",
    tweede_medewerker: Medewerker | None = None,
    dubbel_gezien: bool = False,
    vermogen: Mapping[str, Any] | None = None,
    al_opgeroepen: bool = False,
) -> Afspraak:
    """Plan an appointment; who is not the regievoerder gets to see the dossier until it is written down.

    Raises ValidationError when the person already has one then, the colleague has (unless seen), it lies in the past,
    a valid safety notice asks for a second colleague, or the work capacity of the person was never recorded (R014):
    `vermogen` records it. `al_opgeroepen`: the person was asked to come before, only the time is another.
    """
    deelnemer = vergrendel_persoon(deelnemer.pk)
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden.")
    if timezone.localdate(begint_op) < klok.vandaag():
        raise ValidationError({"begint_op": "Deze dag is voorbij. Kies een dag vanaf vandaag."})
    if eindigt_op <= begint_op:
        raise ValidationError({"eindigt_op": "Het einde van de afspraak ligt na het begin."})
    veilig = veiligheidsafspraak(deelnemer.pk) is not None
    if tweede_medewerker is None and soort != Afspraaksoort.BELLEN and veilig:
        raise ValidationError(
            {"tweede_medewerker": "Er is een veiligheidsafspraak: voer dit gesprek met twee collega’s."},
            code="veiligheid",
        )
    eis_mag_openen(deelnemer, medewerker=medewerker, tweede_medewerker=tweede_medewerker)
    if not al_opgeroepen:
        eis_werkvermogen(deelnemer, soort, vermogen, actor=actor)
    for collega in (medewerker, tweede_medewerker):
        if collega is not None and not dubbel_gezien and bezet_bij(collega, begint_op, eindigt_op):
            zin = f"{collega.naam} heeft dan al een afspraak. Kies een andere tijd, of vink aan dat het kan."
            raise ValidationError({"dubbel_gezien": zin}, code="dubbel")
    afspraak = Afspraak(
        deelnemer=deelnemer,
        medewerker=medewerker,
        tweede_medewerker=tweede_medewerker,
        soort=soort,
        onderwerp=onderwerp,
        begint_op=begint_op,
        eindigt_op=eindigt_op,
        locatie=locatie,
        plek=plek,
        status="gepland",
        status_sinds=klok.vandaag(),
        veilig_gepland=veilig,
    )
    bewaar(afspraak)
    begin_toestand(AFSPRAAK, afspraak, "plannen", actor=actor)
    _open_dossier(afspraak, actor)
    gebeurtenis.meld(GEPLAND, afspraak.pk, betrokkene_id=deelnemer.pk, data={"afspraak": afspraak.pk})
    werk_bij(deelnemer.pk)
    return afspraak


def _open_dossier(afspraak: Afspraak, actor: Actor) -> None:
    """A planned appointment is a relation to the person (ONTWERP 3.10); it ends by itself."""
    tot = timezone.localdate(afspraak.eindigt_op) + NALOOP
    for collega in (afspraak.medewerker, afspraak.tweede_medewerker):
        if collega is not None and collega.pk != afspraak.deelnemer.regievoerder_id:
            betrek(
                afspraak.deelnemer,
                Betrokkenrol.KLANTMANAGER,
                klok.vandaag(),
                f"afspraak:{afspraak.pk}",
                actor=actor,
                medewerker=collega,
                einddatum=tot,
            )


@service
def verzet_afspraak(
    afspraak: Afspraak,
    begint_op: dt.datetime,
    eindigt_op: dt.datetime,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    locatie: Locatie | None = None,
    versie: int | None = None,
    dubbel_gezien: bool = False,
) -> Afspraak:
    """Move an appointment: the old one stays as *verzet* and points at the new one, which is returned.

    A second colleague who may not open the dossier any more does not move along.
    """
    vergrendel_persoon(afspraak.deelnemer_id)
    oud = vergrendel(Afspraak, afspraak.pk, versie=versie)
    verzet(AFSPRAAK, oud, "verzetten", actor=actor)
    tweede = oud.tweede_medewerker
    nieuw = plan_afspraak(
        oud.deelnemer,
        medewerker or oud.medewerker,
        begint_op,
        eindigt_op,
        actor=actor,
        soort=oud.soort,
        onderwerp=oud.onderwerp,
        locatie=locatie or oud.locatie,
        plek=oud.plek,
        tweede_medewerker=None if tweede is not None and mag_nooit(oud.deelnemer, tweede) else tweede,
        dubbel_gezien=dubbel_gezien,
        al_opgeroepen=True,
    )
    oud.verzet_naar = nieuw
    bewaar(oud, ["verzet_naar"])
    _na_antwoord(oud, actor)
    return nieuw


@service
def kies_tweede_collega(
    afspraak: Afspraak, medewerker: Medewerker, *, actor: Actor, versie: int | None = None
) -> Afspraak:
    """Somebody goes along, for a notice that came after the planning. Raises ValidationError when she is taken."""
    vergrendel_persoon(afspraak.deelnemer_id)
    afspraak = vergrendel(Afspraak, afspraak.pk, versie=versie)
    if afspraak.status != "gepland":
        raise OvergangGeweigerd("Deze afspraak staat niet meer open.")
    eis_mag_openen(afspraak.deelnemer, tweede_medewerker=medewerker)
    if bezet_bij(medewerker, afspraak.begint_op, afspraak.eindigt_op):
        raise ValidationError({"tweede_medewerker": f"{medewerker.naam} heeft dan al een afspraak."})
    afspraak.tweede_medewerker = medewerker
    afspraak.veilig_gepland = veiligheidsafspraak(afspraak.deelnemer_id) is not None
    afspraak.versie += 1
    bewaar(afspraak, ["tweede_medewerker", "veilig_gepland", "versie"])
    _open_dossier(afspraak, actor)
    werk_bij(afspraak.deelnemer_id)
    return afspraak


@service
def meld_afspraak(
    afspraak: Afspraak, stand: str, *, actor: Actor, versie: int | None = None, reden: str = ""
) -> Afspraak:
    """Record `verschenen`, `afgemeld` or `niet_verschenen`; the last one is a step of the ladder (R105).

    Step 1 asks for a second invitation, step 2 for contact by another channel, step 3 for a human decision.
    It only
    ever puts something on the list of the consulent; it changes no trajectory, part or benefit. Raises
    OvergangGeweigerd when it was already recorded, ValidationError before the appointment has begun.
    """
    actie = ANTWOORDEN.get(stand)
    if actie is None:
        raise ValidationError("Kies: was er, afgemeld of niet verschenen.")
    vergrendel_persoon(afspraak.deelnemer_id)
    afspraak = vergrendel(Afspraak, afspraak.pk, versie=versie)
    if stand != "afgemeld" and afspraak.begint_op > klok.nu():
        raise ValidationError("Deze afspraak is nog niet geweest.")
    verzet(AFSPRAAK, afspraak, actie, actor=actor, reden=reden)
    if stand == "niet_verschenen":
        afspraak.stap = min(_keer_niet_verschenen(afspraak), LAATSTE_STAP)
    else:
        _zonder_vervolg(afspraak)
    bewaar(afspraak, _VERZUIM)
    if stand == "niet_verschenen":
        gebeurtenis.meld(
            NIET_VERSCHENEN,
            afspraak.pk,
            betrokkene_id=afspraak.deelnemer_id,
            data={"afspraak": afspraak.pk, "stap": afspraak.stap},
        )
    _na_antwoord(afspraak, actor)
    return afspraak


@service
def herstel_afspraak(afspraak: Afspraak, *, actor: Actor, versie: int | None = None) -> Afspraak:
    """Take back what was recorded by mistake; the history keeps it. Refused when the hour is taken."""
    vergrendel_persoon(afspraak.deelnemer_id)
    afspraak = vergrendel(Afspraak, afspraak.pk, versie=versie)
    AFSPRAAK.vereis(afspraak, "herstellen")
    bezet = Afspraak.objects.filter(
        deelnemer=afspraak.deelnemer_id,
        status="gepland",
        begint_op__lt=afspraak.eindigt_op,
        eindigt_op__gt=afspraak.begint_op,
    )
    if bezet.exists():
        raise ValidationError("Deze persoon heeft op dat moment al een andere afspraak.")
    # The database ties a decision to not having appeared, so that goes first.
    _zonder_vervolg(afspraak)
    bewaar(afspraak, _VERZUIM)
    verzet(AFSPRAAK, afspraak, "herstellen", actor=actor)
    tijdlijn.wis(KAMER, f"afspraak:{afspraak.pk}")
    tijdlijn.wis(KAMER, f"afspraak:{afspraak.pk}:vervolg")
    gebeurtenis.meld(
        GEWIJZIGD,
        afspraak.pk,
        betrokkene_id=afspraak.deelnemer_id,
        data={"afspraak": afspraak.pk, "status": "gepland"},
    )
    werk_bij(afspraak.deelnemer_id)
    return afspraak


#: What an appointment holds because somebody did not appear.
_VERZUIM = ["stap", "vervolg", "vervolg_reden", "vervolg_op", "vervolg_door"]


def _zonder_vervolg(afspraak: Afspraak) -> None:
    afspraak.stap, afspraak.vervolg, afspraak.vervolg_reden = 0, "", ""
    afspraak.vervolg_op, afspraak.vervolg_door = None, None


def _keer_niet_verschenen(afspraak: Afspraak) -> int:
    """How many times in a row, this one included; having been there starts again at one."""
    eerder = Afspraak.objects.filter(
        deelnemer=afspraak.deelnemer_id,
        begint_op__lt=afspraak.begint_op,
        status__in=["verschenen", "niet_verschenen"],
    ).exclude(pk=afspraak.pk)
    keer = 1
    for status in eerder.order_by("-begint_op", "-id").values_list("status", flat=True)[:LAATSTE_STAP]:
        if status != "niet_verschenen":
            break
        keer += 1
    return keer


@service
def laat_afspraak_vervallen(afspraak: Afspraak, *, actor: Actor, reden: str, versie: int | None = None) -> Afspraak:
    """The appointment does not take place; no fault of the person."""
    vergrendel_persoon(afspraak.deelnemer_id)
    afspraak = vergrendel(Afspraak, afspraak.pk, versie=versie)
    verzet(AFSPRAAK, afspraak, "laten_vervallen", actor=actor, reden=reden)
    _na_antwoord(afspraak, actor)
    return afspraak


@service
def leg_verzuimvervolg_vast(
    afspraak: Afspraak,
    vervolg: Verzuimvervolg | str,
    toelichting: str,
    *,
    actor: Actor,
    versie: int | None = None,
) -> Afspraak:
    """What was tried or decided after not appearing: a person decides, with a reason (R105).

    Closing the trajectory may only be chosen at step 3. Raises OvergangGeweigerd when nobody stayed away,
    IntussenGewijzigd when a colleague decided after the form with `versie` was made.
    """
    vergrendel_persoon(afspraak.deelnemer_id)
    afspraak = vergrendel(Afspraak, afspraak.pk)
    if afspraak.status != "niet_verschenen":
        stand = AFSPRAAK.toestand(afspraak.status).label.lower()
        raise OvergangGeweigerd(f"Bij deze afspraak is niets te beslissen. De stand is nu: {stand}.")
    if versie is not None and afspraak.versie != versie:
        besloten = {"vervolg": afspraak.vervolg, "toelichting": afspraak.vervolg_reden} if afspraak.vervolg else {}
        raise IntussenGewijzigd(besloten, afspraak.versie)
    if not toelichting.strip():
        raise ValidationError({"toelichting": "Schrijf kort op wat er is gedaan of besloten, en waarom."})
    if Verzuimvervolg(vervolg) == Verzuimvervolg.AFSLUITEN and afspraak.stap < LAATSTE_STAP:
        raise ValidationError(
            {"vervolg": "Afsluiten kan pas na drie keer niet verschijnen en een poging op een andere manier."},
            code="ladder",
        )
    afspraak.vervolg, afspraak.vervolg_reden = vervolg, toelichting.strip()[:300]
    afspraak.vervolg_op, afspraak.vervolg_door = klok.vandaag(), medewerker_van(actor)
    afspraak.versie += 1
    bewaar(afspraak, ["vervolg", "vervolg_reden", "vervolg_op", "vervolg_door", "versie"])
    _na_antwoord(afspraak, actor)
    return afspraak


def _na_antwoord(afspraak: Afspraak, actor: Actor) -> None:
    tijdlijn.schrijf(*afspraakregels(afspraak))
    if afspraak.status in {"verzet", "vervallen"}:
        beeindig_betrokkenheid(afspraak.deelnemer, f"afspraak:{afspraak.pk}", klok.vandaag(), actor=actor)
    gebeurtenis.meld(
        GEWIJZIGD,
        afspraak.pk,
        betrokkene_id=afspraak.deelnemer_id,
        data={"afspraak": afspraak.pk, "status": afspraak.status},
    )
    werk_bij(afspraak.deelnemer_id)
