"""Contacts, promises, trede, barriers and target groups of a person."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from deelnemers.instellingen import weken_zonder_contact
from deelnemers.keuzes import Belemmeringstatus, Kanaal, Partij
from deelnemers.models import Belemmering, Contactmoment, Deelnemer, Doelgroeplidmaatschap, Toezegging, Trede
from deelnemers.models.contact import NOG_TE_DOEN
from deelnemers.services import werkvoorraad as werk
from deelnemers.services.diagnose import is_bijzonder
from deelnemers.services.tijdlijn import KAMER, belemmeringregel, contactregel, trederegel
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, handeling, service
from kern.models import geldig_op
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd, eis_niets_nieuws, nieuwste
from organisatie.models import Medewerker
from regelgeving import opzoeken

#: Something changed in a barrier that holds a part of the trajectory up.
BELEMMERING_GEWIJZIGD = "belemmering.gewijzigd"
#: Channels by which the person was really reached; they move `laatste_contact_op`.
BEREIKT = (Kanaal.TELEFOON, Kanaal.GESPREK, Kanaal.VIDEO, Kanaal.EMAIL, Kanaal.SMS, Kanaal.HUISBEZOEK)

_SOORTEN = (
    (r"gebeld|bel(?:t|de|len)|telefo\w+|voicemail", Kanaal.TELEFOON),
    (r"videobel\w*|teams", Kanaal.VIDEO),
    (r"huisbezoek|thuis bezocht", Kanaal.HUISBEZOEK),
    (r"overleg\w*|collega\w*", Kanaal.OVERLEG),
    (r"gesprek\w*|gesproken|op kantoor", Kanaal.GESPREK),
    (r"e-?mail\w*|mail\w*|gemaild", Kanaal.EMAIL),
    (r"app(?:t|te|je)?|geappt|whatsapp|sms|ge-?sms't", Kanaal.SMS),
    (r"brief|brieven", Kanaal.POST),
)
_NIET_GELUKT = re.compile(
    r"\b(voicemail|geen gehoor|niet bereik\w*|niet opgenomen|neemt niet op|nam niet op|niet verschenen|geen reactie)\b"
)


def raad_kanaal(tekst: str) -> Kanaal:
    """Guess the kind of a note from its first words (pattern 2: note in one key); whole words only."""
    begin = tekst.lower()[:60]
    for patroon, kanaal in _SOORTEN:
        if re.search(rf"\b(?:{patroon})\b", begin):
            return kanaal
    return Kanaal.NOTITIE


def raad_gelukt(tekst: str) -> bool:
    """Whether the person was reached, as the note says: “voicemail” or “geen gehoor” is an attempt,
    no contact.
    """
    return not _NIET_GELUKT.search(tekst.lower())


@service
def leg_contact_vast(
    deelnemer: Deelnemer,
    inhoud: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    kanaal: str = "",
    onderwerp: str = "",
    wanneer: dt.datetime | None = None,
    terugkomen_op: dt.date | None = None,
    contact_gelukt: bool | None = None,
    minuten: int | None = None,
    bijzonder: bool = False,
) -> Contactmoment:
    """Write a contact. Without `kanaal` the kind is guessed, without `contact_gelukt` whether it succeeded.

    With `terugkomen_op` it comes back at Vandaag that day. Raises ValidationError at `inhoud` when it is
    empty.
    """
    if not inhoud.strip():
        raise ValidationError({"inhoud": "Schrijf op wat er is besproken."})
    contact = Contactmoment.objects.create(
        deelnemer=deelnemer,
        medewerker=medewerker,
        kanaal=kanaal or raad_kanaal(inhoud),
        onderwerp=onderwerp,
        inhoud=inhoud.strip(),
        plaatsgevonden_op=wanneer or klok.nu(),
        terugkomen_op=terugkomen_op,
        contact_gelukt=raad_gelukt(inhoud) if contact_gelukt is None else contact_gelukt,
        minuten=minuten,
        bijzonder=bijzonder,
    )
    tijdlijn.schrijf(contactregel(contact))
    if contact.contact_gelukt and contact.kanaal in BEREIKT:
        _bereikt(deelnemer, timezone.localtime(contact.plaatsgevonden_op).date())
    if terugkomen_op and medewerker:
        werkvoorraad.schrijf(werk.terugkomen(contact, medewerker.gebruiker_id))
    return contact


def _bereikt(deelnemer: Deelnemer, dag: dt.date) -> None:
    """Move the last contact forward, never back; two at the same time keep the latest."""
    rij = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    if rij.laatste_contact_op is None or rij.laatste_contact_op < dag:
        rij.laatste_contact_op = dag
        rij.save(update_fields=["laatste_contact_op"])
        if dag >= klok.vandaag() - dt.timedelta(weeks=weken_zonder_contact()):
            werkvoorraad.klaar(KAMER, f"geen-contact:{rij.pk}")
    deelnemer.laatste_contact_op = rij.laatste_contact_op


@service
def handel_terugkomen_af(contact: Contactmoment, *, actor: Actor) -> None:
    """The follow-up of a note is done; the first day that somebody said so stays."""
    rij = Contactmoment.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    rij.teruggekomen_op = contact.teruggekomen_op = rij.teruggekomen_op or klok.vandaag()
    rij.save(update_fields=["teruggekomen_op"])
    werkvoorraad.klaar(KAMER, f"terugkomen:{rij.pk}")


@service
def zeg_toe(
    deelnemer: Deelnemer,
    partij: Partij | str,
    wat: str,
    voor: dt.date | None,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    voor_huishouden: bool = False,
) -> Toezegging:
    """Record a promise of one side (R013); ours comes at Vandaag on its day.

    With `voor_huishouden` it is part of the plan of the household: the regievoerders of the others see it too (R005).
    Raises ValidationError per field.
    """
    toezegging = Toezegging(
        deelnemer=deelnemer,
        partij=partij,
        wat=wat,
        voor=voor,
        gemaakt_op=klok.vandaag(),
        medewerker=medewerker,
        voor_huishouden=voor_huishouden,
    )
    toezegging.full_clean()
    toezegging.save()
    if rij := werk.belofteregel(toezegging):
        werkvoorraad.schrijf(rij)
    return toezegging


#: What a planned contact reads like as a promise of ours; there is never more than one of these open.
CONTACT_OPNEMEN = "Contact opnemen"


def plan_contact_velen(
    mensen: Iterable[Deelnemer], dag: dt.date, *, actor: Actor
) -> tuple[list[Toezegging], list[tuple[Deelnemer, str]]]:
    """Put contact by `dag` on the list of each regievoerder (R015); what cannot is left out with the reason."""
    gelukt: list[Toezegging] = []
    niet: list[tuple[Deelnemer, str]] = []
    with handeling(actor):
        for deelnemer in mensen:
            rij = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
            open_ = Toezegging.objects.filter(NOG_TE_DOEN, deelnemer=rij, wat=CONTACT_OPNEMEN)
            if rij.overleden_op is not None:
                niet.append((rij, "Deze persoon is overleden."))
            elif rij.regievoerder is None:
                niet.append((rij, "Deze persoon heeft nog geen regievoerder."))
            elif open_.exists():
                niet.append((rij, "Er staat al een contact gepland."))
            else:
                gelukt.append(zeg_toe(rij, Partij.WIJ, CONTACT_OPNEMEN, dag, medewerker=rij.regievoerder, actor=actor))
    return gelukt, niet


def tredeversie(deelnemer: Deelnemer) -> int:
    """The counter against lost changes of the steps of one person; 0 when there is none."""
    return nieuwste(Trede.objects.filter(deelnemer=deelnemer))


@service
def stel_trede_vast(
    deelnemer: Deelnemer,
    waarde: int,
    vanaf: dt.date,
    reden: str,
    *,
    actor: Actor,
    medewerker: Medewerker | None = None,
    versie: int | None = None,
) -> Trede:
    """Set the step of the ladder from `vanaf`; the former one ends the day before (R012).

    `versie` is `tredeversie` of when the form was made: IntussenGewijzigd when a colleague set a step since.
    Raises ValidationError when a later step is known already: the past does not change by itself.
    """
    deelnemer_rij = Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    eis_niets_nieuws(
        Trede.objects.filter(deelnemer=deelnemer),
        versie,
        lambda rij: {"waarde": rij.waarde, "vanaf": rij.begindatum, "reden": rij.reden},
    )
    nu = Trede.objects.filter(geldig_op(vanaf), deelnemer=deelnemer).first()
    if nu is not None and nu.waarde == waarde:
        return nu
    if nu is not None:
        if nu.begindatum == vanaf:
            tijdlijn.wis(KAMER, f"trede:{nu.pk}")
            nu.delete()
        else:
            nu.einddatum = vanaf - dt.timedelta(days=1)
            nu.save(update_fields=["einddatum"])
    trede = Trede(deelnemer=deelnemer, waarde=waarde, begindatum=vanaf, reden=reden, vastgesteld_door=medewerker)
    trede.full_clean()
    trede.save()
    if vanaf <= klok.vandaag():
        deelnemer_rij.trede_nu, deelnemer_rij.trede_sinds = waarde, vanaf
        deelnemer_rij.save(update_fields=["trede_nu", "trede_sinds"])
        deelnemer.trede_nu, deelnemer.trede_sinds = waarde, vanaf
    tijdlijn.schrijf(trederegel(trede))
    gebeurtenis.meld("trede.gewijzigd", deelnemer.pk, betrokkene_id=deelnemer.pk)
    return trede


@service
def leg_belemmering_vast(deelnemer: Deelnemer, soort: str, *, actor: Actor, **velden: Any) -> Belemmering:
    """Record a barrier with severity, owner and next step (R008)."""
    velden.setdefault("begindatum", klok.vandaag())
    rij = Belemmering(deelnemer=deelnemer, soort=soort, bijzonder=is_bijzonder(soort), **velden)
    rij.full_clean()
    rij.save()
    return rij


@service
def wijzig_belemmering(rij: Belemmering, *, actor: Actor, versie: int | None = None, **velden: Any) -> Belemmering:
    """Change severity, state or next step; solved ones get a line in the timeline (R094). Returns the row as it is.

    Tells the rooms above when it held something up, so that what waits for it goes on at once (R009). Raises
    IntussenGewijzigd when somebody saved after the form with `versie` was made.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=rij.deelnemer_id)
    rij = Belemmering.objects.select_for_update(of=("self",)).get(pk=rij.pk)
    if versie is not None and rij.versie != versie:
        raise IntussenGewijzigd({n: getattr(rij, n) for n, w in velden.items() if getattr(rij, n) != w}, rij.versie)
    hield_tegen = rij.blokkerend
    opgelost = velden.get("status") == Belemmeringstatus.OPGELOST and rij.status != Belemmeringstatus.OPGELOST
    for naam, waarde in velden.items():
        setattr(rij, naam, waarde)
    if opgelost:
        rij.opgelost_op = rij.opgelost_op or klok.vandaag()
        rij.blokkerend = False
    elif rij.status != Belemmeringstatus.OPGELOST:
        rij.opgelost_op = None
    rij.versie += 1
    rij.full_clean()
    rij.save()
    if opgelost:
        tijdlijn.schrijf(belemmeringregel(rij))
    elif rij.opgelost_op is None:
        tijdlijn.wis(KAMER, f"belemmering:{rij.pk}")
    if hield_tegen:
        gebeurtenis.meld(BELEMMERING_GEWIJZIGD, rij.pk, betrokkene_id=rij.deelnemer_id, data={"belemmering": rij.pk})
    return rij


@service
def voeg_doelgroep_toe(
    deelnemer: Deelnemer, doelgroep: str, vanaf: dt.date, *, actor: Actor, afgeschermd: bool = False
) -> Doelgroeplidmaatschap:
    """The person belongs to a target group from `vanaf` (R006); the same running one is kept.

    A group that the code list protects is protected here too, whatever the caller says (R007).
    """
    if vanaf > klok.vandaag():
        raise ValidationError({"begindatum": "Deze datum ligt in de toekomst."})
    code = opzoeken.code("doelgroepen", doelgroep)
    afgeschermd = afgeschermd or (code is not None and code.afgeschermd)
    loopt = deelnemer.doelgroepen.filter(geldig_op(vanaf), doelgroep=doelgroep).first()
    if loopt is not None:
        return loopt
    rij = Doelgroeplidmaatschap(deelnemer=deelnemer, doelgroep=doelgroep, begindatum=vanaf, afgeschermd=afgeschermd)
    rij.full_clean(exclude=["gemeente"])
    rij.save()
    return rij


@service
def beeindig_doelgroep(rij: Doelgroeplidmaatschap, laatste_dag: dt.date | None, *, actor: Actor) -> bool:
    """Somebody belonged to the group until `laatste_dag`; None takes away what was recorded by mistake (R006).

    Raises ValidationError at `einddatum` for a day before the first one.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=rij.deelnemer_id)
    rij = Doelgroeplidmaatschap.objects.get(pk=rij.pk)
    if laatste_dag is None:
        rij.delete()
        return True
    if laatste_dag < rij.begindatum:
        raise ValidationError({"einddatum": f"De doelgroep begon op {datum(rij.begindatum)}."})
    rij.einddatum = laatste_dag
    rij.full_clean(exclude=["gemeente"])
    rij.save()
    return True
