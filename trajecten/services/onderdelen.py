"""Parts of a trajectory: they run side by side; only real dependencies make one wait (R065-R068, R078)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from deelnemers.keuzes import Betrokkenrol
from deelnemers.models import Belemmering
from deelnemers.services.diagnose import is_actueel
from deelnemers.services.regie import beeindig_betrokkenheid, betrek
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, verzet
from kern.weergave import datum
from organisatie.models import Ketenpartner, Medewerker
from trajecten.botsing import dagdelenbotsing
from trajecten.keuzes import Instrumentsoort, Instrumentstatus, Vrijdoor
from trajecten.labels import onderdeelnaam
from trajecten.models import Instrument, Onderdeelafhankelijkheid, Traject, Trajectonderdeel
from trajecten.services.blokkades import eis_vrij_of_reden, laat_vrij, laat_wachten, open_blokkades
from trajecten.services.hulp import begin_toestand, bewaar, vergrendel, vergrendel_persoon, werk_bij
from trajecten.tijdlijn import onderdeelregels
from trajecten.toestanden import ONDERDEEL

GESTART = "onderdeel.gestart"
BEEINDIGD = "onderdeel.beeindigd"
GEEN_PLEK = "een plek"
_ROL = {
    Instrumentsoort.JOBCOACHING: Betrokkenrol.JOBCOACH,
    Instrumentsoort.GROEP: Betrokkenrol.TRAINER,
    Instrumentsoort.TRAINING: Betrokkenrol.TRAINER,
    Instrumentsoort.TAAL: Betrokkenrol.TRAINER,
    Instrumentsoort.LEERWERKPLEK: Betrokkenrol.WERKLEIDER,
}


def bezet(instrument: Instrument, begindatum: dt.date, einddatum: dt.date | None, *, zonder: int | None = None) -> int:
    """How many places of this instrument are taken in that period; who waits for a place takes none."""
    delen = Trajectonderdeel.objects.filter(instrument=instrument, status__in=["gepland", "loopt"]).filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=begindatum) | Q(status="loopt")
    )
    if einddatum is not None:
        delen = delen.filter(begindatum__lte=einddatum)
    return (delen if zonder is None else delen.exclude(pk=zonder)).count()


def _eis_plek(instrument_id: int, begindatum: dt.date, einddatum: dt.date | None, zonder: int | None = None) -> None:
    """Lock the instrument, so that two people never give away the last place."""
    instrument = Instrument.objects.select_for_update(of=("self",)).get(pk=instrument_id)
    if instrument.capaciteit is None:
        return
    vol = bezet(instrument, begindatum, einddatum, zonder=zonder)
    if vol >= instrument.capaciteit:
        raise ValidationError(
            {"instrument": f"Alle {instrument.capaciteit} plaatsen zijn bezet. Zet de persoon op de wachtlijst."},
            code="vol",
        )


def _eis_startbaar(instrument: Instrument, begindatum: dt.date) -> None:
    """No new start with an instrument or provider that runs out (R090)."""
    if instrument.status != Instrumentstatus.ACTIEF:
        raise ValidationError(
            {"instrument": f"{instrument.naam} loopt uit. Nieuwe starts kunnen niet meer."}, code="uitlopend"
        )
    if instrument.einddatum is not None and begindatum > instrument.einddatum:
        raise ValidationError(
            {"begindatum": f"{instrument.naam} stopt op {datum(instrument.einddatum)}."}, code="uitlopend"
        )
    if instrument.aanbieder is not None and instrument.aanbieder.status in {"uitlopend", "gestopt"}:
        raise ValidationError(
            {"instrument": f"Met {instrument.aanbieder} maken we geen nieuwe afspraken meer."},
            code="uitlopend",
        )


@service
def voeg_onderdeel_toe(
    traject: Traject,
    instrument: Instrument,
    begindatum: dt.date,
    *,
    actor: Actor,
    einddatum: dt.date | None = None,
    dagdelen: int | None = None,
    uren_per_week: Decimal | None = None,
    omschrijving: str = "",
    route: str = "",
    uitvoerder: Medewerker | None = None,
    partner: Ketenpartner | None = None,
    belemmering: Belemmering | None = None,
    zonder_diagnose_reden: str = "",
    op_wachtlijst: bool = False,
    botsing_gezien: bool = False,
    na: list[Trajectonderdeel] | None = None,
    reden_na: str = "",
    wacht_op_belemmeringen: Sequence[Belemmering] = (),
) -> Trajectonderdeel:
    """Add a part; it runs at once when it begins today or earlier and waits for nothing, else it is planned.

    `na` are parts that must end first, with `reden_na`; `wacht_op_belemmeringen` must be out of the way first (R009).
    `op_wachtlijst` makes it wait for a place. Raises ValidationError without a current diagnosis unless the instrument
    needs none or a reason is given (R059), when the instrument runs out (R090) or is full, and when the dagdelen clash
    and that was not seen (R067).
    """
    deelnemer = vergrendel_persoon(traject.deelnemer_id)
    traject = vergrendel(Traject, traject.pk)
    if traject.status != "loopt":
        raise OvergangGeweigerd("Dit traject is afgesloten. Heropen het om een onderdeel toe te voegen.")
    if begindatum < traject.begindatum:
        raise ValidationError({"begindatum": "Een onderdeel begint niet voor het traject."})
    einddatum = einddatum or begindatum + dt.timedelta(weeks=instrument.weken, days=-1)
    _eis_startbaar(instrument, begindatum)
    zonder_diagnose_reden = zonder_diagnose_reden.strip()
    if not instrument.zonder_diagnose and not zonder_diagnose_reden and not is_actueel(deelnemer):
        raise ValidationError(
            {
                "zonder_diagnose_reden": "De diagnose is niet actueel. Werk die eerst bij, of "
                "geef een reden om nu te starten."
            },
            code="diagnose",
        )
    if not op_wachtlijst:
        _eis_plek(instrument.pk, begindatum, einddatum)
    dagdelen = instrument.dagdelen if dagdelen is None else dagdelen
    botsing = dagdelenbotsing(deelnemer.pk, begindatum, einddatum, dagdelen, uren_per_week)
    if botsing and not botsing_gezien:
        raise ValidationError({"botsing_gezien": botsing.zin}, code="botsing")
    meteen = begindatum <= klok.vandaag() and not (op_wachtlijst or na or wacht_op_belemmeringen)
    onderdeel = Trajectonderdeel(
        deelnemer=deelnemer,
        traject=traject,
        instrument=instrument,
        begindatum=begindatum,
        einddatum=einddatum,
        dagdelen=dagdelen,
        uren_per_week=uren_per_week,
        omschrijving=omschrijving,
        route=route or instrument.route,
        uitvoerder=uitvoerder,
        partner=partner,
        belemmering=belemmering,
        kosten=instrument.kosten,
        financiering=instrument.financiering,
        zonder_diagnose_reden=zonder_diagnose_reden if not instrument.zonder_diagnose else "",
        status="wacht" if op_wachtlijst else "loopt" if meteen else "gepland",
        status_sinds=klok.vandaag(),
        wacht_op=GEEN_PLEK if op_wachtlijst else "",
        wacht_sinds=klok.vandaag() if op_wachtlijst else None,
    )
    bewaar(onderdeel)
    begin_toestand(ONDERDEEL, onderdeel, "toevoegen", actor=actor, reden=zonder_diagnose_reden)
    for eerst in na or []:
        leg_afhankelijkheid(onderdeel, eerst, reden_na or "Dit moet eerst klaar zijn", actor=actor)
    laat_wachten(onderdeel, wacht_op_belemmeringen, actor)
    _na_wijziging(onderdeel, actor)
    return onderdeel


def _na_wijziging(onderdeel: Trajectonderdeel, actor: Actor) -> None:
    """Timeline, event, involvement of who carries it out, lists."""
    herkomst = f"onderdeel:{onderdeel.pk}"
    tijdlijn.schrijf(*onderdeelregels(onderdeel))
    data = {"onderdeel": onderdeel.pk, "traject": onderdeel.traject_id}
    if onderdeel.status == "loopt":
        gebeurtenis.meld(GESTART, onderdeel.pk, betrokkene_id=onderdeel.deelnemer_id, data=data)
        if onderdeel.uitvoerder_id:
            rol = _ROL.get(Instrumentsoort(onderdeel.instrument.soort), Betrokkenrol.MENTOR)
            betrek(
                onderdeel.deelnemer,
                rol,
                min(onderdeel.begindatum, klok.vandaag()),
                herkomst,
                actor=actor,
                medewerker=onderdeel.uitvoerder,
            )
    elif onderdeel.status in {"afgerond", "gestopt", "vervallen"}:
        gebeurtenis.meld(BEEINDIGD, onderdeel.pk, betrokkene_id=onderdeel.deelnemer_id, data=data)
        if onderdeel.uitvoerder_id:
            beeindig_betrokkenheid(onderdeel.deelnemer, herkomst, klok.vandaag(), actor=actor)
    werk_bij(onderdeel.deelnemer_id)


@service
def verzet_onderdeel(
    onderdeel: Trajectonderdeel,
    actie: str,
    *,
    actor: Actor,
    reden: str = "",
    op: dt.date | None = None,
    wacht_op: str = "",
    resultaat: str = "",
    versie: int | None = None,
) -> Trajectonderdeel:
    """Start, wait, finish, stop or drop a part; the place is free at once (R078).

    `actie` is one of `wachten`, `starten`, `afronden`, `stoppen`, `laten_vervallen`; `op` is the day (default
    today).
    Raises OvergangGeweigerd when the state does not allow it or a reason is missing, ValidationError at `reden` when a
    part starts that still waits for a barrier (R009).
    """
    vergrendel_persoon(onderdeel.deelnemer_id)
    onderdeel = vergrendel(Trajectonderdeel, onderdeel.pk, versie=versie)
    return _verzet(onderdeel, actie, actor=actor, reden=reden, op=op, wacht_op=wacht_op, resultaat=resultaat)


def _verzet(
    onderdeel: Trajectonderdeel,
    actie: str,
    *,
    actor: Actor,
    reden: str = "",
    op: dt.date | None = None,
    wacht_op: str = "",
    resultaat: str = "",
    stil: bool = False,
) -> Trajectonderdeel:
    """The part is locked; `stil` leaves the lists to the caller, which changes more parts at once."""
    op = op or klok.vandaag()
    ONDERDEEL.vereis(onderdeel, actie, reden)
    if actie == "wachten":
        if not wacht_op.strip():
            raise ValidationError({"wacht_op": "Schrijf op wie aan zet is."})
        onderdeel.wacht_op, onderdeel.wacht_sinds = wacht_op.strip(), op
    elif actie == "starten":
        _eis_te_starten(onderdeel, op)
        eis_vrij_of_reden(onderdeel, reden)
        _eis_diagnose_of_reden(onderdeel, reden)
        duur = (onderdeel.einddatum - onderdeel.begindatum) if onderdeel.einddatum else None
        onderdeel.begindatum, onderdeel.wacht_op, onderdeel.wacht_sinds = op, "", None
        onderdeel.einddatum = op + duur if duur is not None else None
    elif actie in {"afronden", "stoppen"}:
        onderdeel.einddatum = max(op, onderdeel.begindatum)
        onderdeel.resultaat = (resultaat or reden).strip()[:300]
    else:
        onderdeel.resultaat = reden.strip()[:300]
    # The constraints tie waiting and ending to the state: what an end needs comes before it, what waiting
    # needs goes after.
    velden = ["begindatum", "einddatum", "wacht_op", "wacht_sinds", "resultaat", "zonder_diagnose_reden"]
    if actie != "starten":
        bewaar(onderdeel, velden)
    verzet(ONDERDEEL, onderdeel, actie, actor=actor, reden=reden)
    if actie == "starten":
        bewaar(onderdeel, velden)
        laat_vrij(open_blokkades(onderdeel), Vrijdoor.GESTART, reden)
    elif actie == "laten_vervallen":
        laat_vrij(open_blokkades(onderdeel), Vrijdoor.GESTOPT)
    if not stil:
        _na_wijziging(onderdeel, actor)
    else:
        tijdlijn.schrijf(*onderdeelregels(onderdeel))
    return onderdeel


@service
def wissel_onderdeel(
    onderdeel: Trajectonderdeel, instrument: Instrument, reden: str, *, actor: Actor, **velden: Any
) -> Trajectonderdeel:
    """Stop a part and start another at once, together (R078); `velden` as in `voeg_onderdeel_toe`."""
    actie = "stoppen" if onderdeel.status == "loopt" else "laten_vervallen"
    oud = verzet_onderdeel(onderdeel, actie, actor=actor, reden=reden)
    return voeg_onderdeel_toe(oud.traject, instrument, klok.vandaag(), actor=actor, **velden)


def _eis_te_starten(onderdeel: Trajectonderdeel, op: dt.date) -> None:
    """A real dependency must be finished, the instrument may not have stopped, and there must be a place."""
    open_ = Onderdeelafhankelijkheid.objects.filter(onderdeel=onderdeel).exclude(eerst__status="afgerond")
    eerst = open_.select_related("eerst__instrument").order_by("id").first()
    if eerst is not None:
        naam = onderdeelnaam(eerst.eerst, rechten=())
        raise OvergangGeweigerd(f"Eerst moet ‘{naam}’ klaar zijn: {eerst.reden}.")
    if op > klok.vandaag():
        raise ValidationError({"op": "Je kunt een onderdeel niet in de toekomst starten. Verschuif het dan."})
    _eis_startbaar(onderdeel.instrument, op)
    _eis_plek(onderdeel.instrument_id, op, onderdeel.einddatum, zonder=onderdeel.pk)


def _eis_diagnose_of_reden(onderdeel: Trajectonderdeel, reden: str) -> None:
    """What counts is the diagnosis on the day that a part begins, not on the day that it was planned (R059, R060)."""
    if onderdeel.instrument.zonder_diagnose or is_actueel(onderdeel.deelnemer):
        onderdeel.zonder_diagnose_reden = ""
        return
    onderdeel.zonder_diagnose_reden = onderdeel.zonder_diagnose_reden or reden.strip()[:300]
    if not onderdeel.zonder_diagnose_reden:
        zin = "De diagnose is niet actueel. Werk die eerst bij, of schrijf op waarom dit toch begint."
        raise ValidationError({"reden": zin}, code="diagnose")


@service
def verschuif_onderdeel(
    onderdeel: Trajectonderdeel,
    begindatum: dt.date,
    einddatum: dt.date | None,
    *,
    actor: Actor,
    dagdelen: int | None = None,
    uren_per_week: Decimal | None = None,
    versie: int | None = None,
    botsing_gezien: bool = False,
    reden: str = "",
) -> Trajectonderdeel:
    """Move or prolong a part, or change its size (WEM grows from two dagdelen, R074).

    Raises OvergangGeweigerd for a part that ended, ValidationError for a clash that was not seen (R067).
    """
    vergrendel_persoon(onderdeel.deelnemer_id)
    onderdeel = vergrendel(Trajectonderdeel, onderdeel.pk, versie=versie)
    if onderdeel.status not in {"gepland", "wacht", "loopt"}:
        raise OvergangGeweigerd(f"Dit onderdeel is al klaar: {ONDERDEEL.toestand(onderdeel.status).label.lower()}.")
    if onderdeel.status == "loopt" and begindatum > klok.vandaag():
        raise ValidationError({"begindatum": "Dit onderdeel loopt al. De begindatum ligt niet in de toekomst."})
    grens = onderdeel.instrument.maximum_weken
    if grens and einddatum and einddatum > begindatum + dt.timedelta(weeks=grens):
        raise ValidationError({"einddatum": f"{onderdeel.instrument.naam} duurt hoogstens {grens} weken."})
    dagdelen = onderdeel.dagdelen if dagdelen is None else dagdelen
    botsing = dagdelenbotsing(
        onderdeel.deelnemer_id, begindatum, einddatum, dagdelen, uren_per_week, zonder=onderdeel.pk
    )
    if botsing and not botsing_gezien:
        raise ValidationError({"botsing_gezien": botsing.zin}, code="botsing")
    onderdeel.begindatum, onderdeel.einddatum, onderdeel.dagdelen = begindatum, einddatum, dagdelen
    onderdeel.uren_per_week = uren_per_week if uren_per_week is not None else onderdeel.uren_per_week
    onderdeel.versie += 1
    bewaar(onderdeel, ["begindatum", "einddatum", "dagdelen", "uren_per_week", "versie"])
    tijdlijn.schrijf(*onderdeelregels(onderdeel))
    werk_bij(onderdeel.deelnemer_id)
    return onderdeel


@service
def leg_afhankelijkheid(
    onderdeel: Trajectonderdeel, eerst: Trajectonderdeel, reden: str, *, actor: Actor
) -> Onderdeelafhankelijkheid:
    """`onderdeel` starts only when `eerst` is finished. No circles, no other trajectory."""
    vergrendel_persoon(onderdeel.deelnemer_id)
    if onderdeel.traject_id != eerst.traject_id:
        raise ValidationError({"eerst": "Dit onderdeel hoort bij een ander traject."})
    if onderdeel.pk == eerst.pk or onderdeel.pk in _wacht_op(eerst):
        raise ValidationError({"eerst": "Zo wachten deze onderdelen op elkaar. Dan begint er niets."}, code="kring")
    rij = Onderdeelafhankelijkheid(deelnemer_id=onderdeel.deelnemer_id, onderdeel=onderdeel, eerst=eerst, reden=reden)
    return bewaar(rij)


def _wacht_op(onderdeel: Trajectonderdeel) -> set[int]:
    """Everything that must end before `onderdeel`, directly or through others."""
    paren = Onderdeelafhankelijkheid.objects.filter(onderdeel__traject=onderdeel.traject_id).values_list(
        "onderdeel", "eerst"
    )
    buren: dict[int, set[int]] = {}
    for later, eerder in paren.order_by("id"):
        buren.setdefault(later, set()).add(eerder)
    gezien: set[int] = set()
    rand = {onderdeel.pk}
    while rand:
        rand = {eerder for later in rand for eerder in buren.get(later, ())} - gezien
        gezien |= rand
    return gezien


@service
def verwijder_afhankelijkheid(rij: Onderdeelafhankelijkheid, *, actor: Actor) -> None:
    """The one part no longer waits for the other; the history keeps that it did."""
    vergrendel_persoon(rij.deelnemer_id)
    rij.delete()
