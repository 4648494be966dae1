"""A trajectory ends with one coded outcome and evidence, waits for income, may be reopened (R079)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.keuzes import Bewijssoort
from deelnemers.models import Aanleiding, Bewijs, Deelnemer, MeldingAanInkomen
from deelnemers.services.bewijs import leg_bewijs_vast
from deelnemers.services.inkomen import lopende_uitkering, meld_aan_inkomen, trek_melding_in
from deelnemers.services.regie import beeindig_betrokkenheid
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.models import Gebeurtenis
from kern.toestanden import OvergangGeweigerd, leg_overgang_vast, verzet
from trajecten.keuzes import NAAR_WERK, WACHT_OP_INKOMEN, ZEGT_UIT_UITKERING, Uitkomst, Verzuimvervolg
from trajecten.models import Afspraak, Groepsdeelname, Oproep, Traject, Trajecteinde, Trajectonderdeel
from trajecten.models.uitvoering import Oproepuitkomst
from trajecten.services.afspraken import LAATSTE_STAP
from trajecten.services.hulp import bewaar, vergrendel, vergrendel_persoon, werk_bij
from trajecten.services.onderdelen import _verzet as verzet_vergrendeld
from trajecten.tijdlijn import afspraakregels, eindregels
from trajecten.toestanden import AFSPRAAK, TRAJECT

BEEINDIGD = "traject.beeindigd"
WACHT = "traject.wacht_op_inkomen"
HEROPEND = "traject.heropend"

#: Which evidence fits which outcome; an outcome that is not here needs an explanation instead.
BEWIJS_BIJ: dict[Uitkomst, tuple[Bewijssoort, ...]] = {
    **{
        u: (
            Bewijssoort.ARBEIDSCONTRACT,
            Bewijssoort.LOONSTROOK,
            Bewijssoort.BERICHT_WERKGEVER,
            Bewijssoort.PLAATSING,
        )
        for u in NAAR_WERK
    },
    Uitkomst.SCHOOL: (Bewijssoort.BERICHT_SCHOOL, Bewijssoort.VERKLARING),
}


@service
def sluit_traject(
    traject: Traject,
    uitkomst: Uitkomst | str,
    datum: dt.date,
    *,
    actor: Actor,
    bewijs: Bewijs | None = None,
    werk_begonnen_op: dt.date | None = None,
    uren_per_week: Decimal | None = None,
    bruto_uurloon: Decimal | None = None,
    na_handhaving: bool = False,
    toelichting: str = "",
    versie: int | None = None,
) -> Trajecteinde:
    """End the trajectory with one outcome; `datum` is the last day, hours per week, euro per hour.

    Ends the parts that run. When the outcome says something about a running benefit, income is told and the
    outcome
    waits; a notice that a placement already sent is used again. Death ends everything at once without any
    notice.
    Raises ValidationError without evidence or explanation, OvergangGeweigerd when somebody else closed it
    first.
    """
    uitkomst = Uitkomst(uitkomst)
    deelnemer = vergrendel_persoon(traject.deelnemer_id)
    traject = vergrendel(Traject, traject.pk, versie=versie)
    TRAJECT.vereis(traject, "afsluiten")
    _controleer(traject, uitkomst, datum, bewijs, werk_begonnen_op, toelichting)
    uitkering = lopende_uitkering(deelnemer, werk_begonnen_op or datum)
    melding = None
    if uitkomst in WACHT_OP_INKOMEN and uitkering is not None:
        melding = _bestaande_melding(deelnemer, traject, uitkomst) or meld_aan_inkomen(
            deelnemer,
            Aanleiding.TRAJECTEINDE,
            f"traject:{traject.pk}",
            werk_begonnen_op or datum,
            actor=actor,
            uren_per_week=uren_per_week,
            bruto_uurloon=bruto_uurloon,
            toelichting=toelichting,
        )
    elif uitkomst in WACHT_OP_INKOMEN:
        melding = _bestaande_melding(deelnemer, traject, uitkomst)
        uitkering = melding.uitkering if melding else None
    einde = Trajecteinde(
        deelnemer=deelnemer,
        traject=traject,
        uitkomst=uitkomst,
        datum=datum,
        werk_begonnen_op=werk_begonnen_op,
        uren_per_week=uren_per_week,
        uitkering=uitkering,
        melding=melding,
        na_handhaving=na_handhaving,
        toelichting=toelichting.strip(),
        bewijs=bewijs,
        vastgelegd_op=klok.vandaag(),
    )
    bewaar(einde)
    _beeindig_onderdelen(traject, datum, einde, actor)
    wacht = melding is not None and melding.status != "beeindigd"
    _zet(traject, "afsluiten_en_wachten" if wacht else "afsluiten", actor, einddatum=datum)
    if uitkomst == Uitkomst.OVERLEDEN:
        _laat_alles_vervallen(deelnemer, actor)
    tijdlijn.schrijf(*eindregels(einde))
    _meld(WACHT if wacht else BEEINDIGD, traject)
    werk_bij(deelnemer.pk)
    return einde


@service
def sluit_met_nieuw_bewijs(
    traject: Traject,
    uitkomst: Uitkomst | str,
    datum: dt.date,
    bewijs: tuple[str, str, dt.date] | None,
    *,
    actor: Actor,
    **velden: Any,
) -> Trajecteinde:
    """Record the evidence (kind, description, date) and end the trajectory in one transaction."""
    rij = leg_bewijs_vast(traject.deelnemer, *bewijs, actor=actor) if bewijs else None
    return sluit_traject(traject, uitkomst, datum, actor=actor, bewijs=rij, **velden)


def _controleer(  # noqa: PLR0917
    traject: Traject,
    uitkomst: Uitkomst,
    datum: dt.date,
    bewijs: Bewijs | None,
    werk_begonnen_op: dt.date | None,
    toelichting: str,
) -> None:
    """Every fault at once, each at its field."""
    fouten: dict[str, str] = {}
    if datum < traject.begindatum:
        fouten["datum"] = "De einddatum ligt voor het begin van het traject."
    elif datum > klok.vandaag():
        fouten["datum"] = "De einddatum ligt in de toekomst. Sluit het traject af als het zover is."
    if uitkomst in NAAR_WERK and werk_begonnen_op is None:
        fouten["werk_begonnen_op"] = "Vul bij werk de eerste werkdag in."
    if uitkomst not in NAAR_WERK and werk_begonnen_op is not None:
        fouten["werk_begonnen_op"] = "Een eerste werkdag hoort alleen bij werk. Laat dit leeg."
    past = BEWIJS_BIJ.get(uitkomst)
    if past and (bewijs is None or bewijs.soort not in past):
        soorten = ", ".join(str(s.label) for s in past)
        fouten["bewijs"] = f"Bij deze uitkomst hoort een bewijs: {soorten}."
    elif not past and uitkomst != Uitkomst.OVERLEDEN and bewijs is None and not toelichting.strip():
        fouten["toelichting"] = "Schrijf op waaruit dit blijkt, of kies een bewijs."
    if bewijs is not None and bewijs.deelnemer_id != traject.deelnemer_id:
        fouten["bewijs"] = "Dit bewijs hoort bij iemand anders."
    if uitkomst == Uitkomst.NIET_VERSCHENEN and not _ladder_doorlopen(traject):
        fouten["uitkomst"] = (
            "Stoppen na niet verschijnen is een besluit van een mens, na drie keer en een "
            "poging op een andere manier. "
            "Leg dat besluit eerst vast bij de afspraak."
        )
    if fouten:
        raise ValidationError(fouten)


def _ladder_doorlopen(traject: Traject) -> bool:
    """A person decided to close after step 3 (R105)."""
    return Afspraak.objects.filter(
        deelnemer=traject.deelnemer_id,
        begint_op__date__gte=traject.begindatum,
        status="niet_verschenen",
        stap=LAATSTE_STAP,
        vervolg=Verzuimvervolg.AFSLUITEN,
    ).exists()


def _bestaande_melding(deelnemer: Deelnemer, traject: Traject, uitkomst: Uitkomst) -> MeldingAanInkomen | None:
    """The notice of a placement in this trajectory that asks income the same question."""
    if uitkomst not in NAAR_WERK:
        return None
    return (
        MeldingAanInkomen.objects.filter(
            deelnemer=deelnemer,
            aanleiding=Aanleiding.PLAATSING,
            ingangsdatum__gte=traject.begindatum,
            status__in=["verstuurd", "ontvangen", "beeindigd"],
        )
        .select_related("uitkering")
        .order_by("-ingangsdatum", "-id")
        .first()
    )


def _zet(traject: Traject, actie: str, actor: Actor, *, einddatum: dt.date | None, reden: str = "") -> None:
    """State and end date change in one UPDATE: the database ties them together."""
    van, stap = traject.status, TRAJECT.vereis(traject, actie, reden)
    traject.status, traject.status_sinds, traject.einddatum = stap.naar, klok.vandaag(), einddatum
    traject.versie += 1
    bewaar(traject, ["status", "status_sinds", "einddatum", "versie"])
    leg_overgang_vast(TRAJECT.soort, traject, van, stap, actor=actor, reden=reden)


def _beeindig_onderdelen(traject: Traject, datum: dt.date, einde: Trajecteinde, actor: Actor) -> None:
    """Running parts end on the last day, parts that never began are dropped; places are free at once."""
    open_ = Trajectonderdeel.objects.select_for_update(of=("self",)).filter(
        traject=traject, status__in=["gepland", "wacht", "loopt"]
    )
    reden = f"Traject afgesloten: {einde.get_uitkomst_display()}"
    for onderdeel in open_.order_by("id"):
        liep = onderdeel.status == "loopt"
        goed = einde.uitkomst in NAAR_WERK or einde.uitkomst == Uitkomst.SCHOOL
        actie = ("afronden" if goed else "stoppen") if liep else "laten_vervallen"
        verzet_vergrendeld(onderdeel, actie, actor=actor, reden=reden, op=datum, resultaat=reden, stil=True)
        if onderdeel.uitvoerder_id:
            beeindig_betrokkenheid(traject.deelnemer, f"onderdeel:{onderdeel.pk}", klok.vandaag(), actor=actor)
    lopende = Groepsdeelname.objects.filter(deelnemer=traject.deelnemer_id, einddatum__isnull=True)
    lopende.filter(begindatum__lte=datum).update(einddatum=datum)
    lopende.filter(begindatum__gt=datum).delete()


def _laat_alles_vervallen(deelnemer: Deelnemer, actor: Actor) -> None:
    """Death: planned appointments go quietly; nobody gets a letter, a call or a task (decision 15)."""
    gepland = Afspraak.objects.select_for_update(of=("self",)).filter(deelnemer=deelnemer, status="gepland")
    for afspraak in gepland.order_by("id"):
        verzet(AFSPRAAK, afspraak, "laten_vervallen", actor=actor, reden="overleden")
        tijdlijn.schrijf(*afspraakregels(afspraak))
    Oproep.objects.filter(deelnemer=deelnemer, uitkomst=Oproepuitkomst.OPEN).update(uitkomst=Oproepuitkomst.VRIJGESTELD)
    Groepsdeelname.objects.filter(deelnemer=deelnemer, begindatum__gt=klok.vandaag()).delete()
    open_ = Groepsdeelname.objects.filter(deelnemer=deelnemer, einddatum__isnull=True)
    open_.update(einddatum=klok.vandaag())
    for melding in _open_meldingen(deelnemer):
        trek_melding_in(melding, actor=actor, reden="overleden")


def _open_meldingen(deelnemer: Deelnemer) -> Iterable[MeldingAanInkomen]:
    return MeldingAanInkomen.objects.filter(deelnemer=deelnemer, status__in=["verstuurd", "ontvangen"]).order_by("id")


def _meld(type_: str, traject: Traject) -> None:
    data = {"traject": traject.pk, "aanmelding": str(traject.aanmelding) if traject.aanmelding else None}
    gebeurtenis.meld(type_, traject.pk, betrokkene_id=traject.deelnemer_id, data=data)


@service
def heropen_traject(traject: Traject, *, actor: Actor, reden: str, versie: int | None = None) -> Traject:
    """Withdraw the end with a reason: the outcome leaves the figures and stays visible (decision 14).

    An unanswered notice that the end sent is withdrawn too. Raises OvergangGeweigerd when it runs already or
    no
    reason is given, ValidationError when a later trajectory began.
    """
    deelnemer = vergrendel_persoon(traject.deelnemer_id)
    traject = vergrendel(Traject, traject.pk, versie=versie)
    if deelnemer.overleden_op is not None:
        raise OvergangGeweigerd("Deze persoon is overleden. Herstel dat eerst in de persoonsgegevens.")
    einde = (
        Trajecteinde.objects.select_for_update(of=("self",))
        .filter(traject=traject, ingetrokken_op__isnull=True)
        .first()
    )
    _zet(traject, "heropenen", actor, einddatum=None, reden=reden)
    if einde is not None:
        einde.ingetrokken_op, einde.ingetrokken_reden = klok.vandaag(), reden.strip()[:300]
        einde.versie += 1
        bewaar(einde, ["ingetrokken_op", "ingetrokken_reden", "versie"])
        tijdlijn.schrijf(*eindregels(einde))
        melding = einde.melding
        if melding and melding.aanleiding == Aanleiding.TRAJECTEINDE and melding.status in {"verstuurd", "ontvangen"}:
            trek_melding_in(melding, actor=actor, reden=reden)
    _meld(HEROPEND, traject)
    werk_bij(traject.deelnemer_id)
    return traject


# --- Listeners: the answer of income, in its own transaction
# ---------------------------------------------------------
def bij_antwoord_inkomen(gebeurtenis_: Gebeurtenis) -> None:
    """`inkomen.beantwoord`: the outcome counts, or the consulent corrects it."""
    melding = MeldingAanInkomen.objects.get(pk=gebeurtenis_.data["melding"])
    actor = Actor.taak("trajecten.inkomen")
    for einde in _eindes(melding):
        traject = vergrendel(Traject, einde.traject_id)
        klopt = melding.status == "beeindigd" or einde.uitkomst not in ZEGT_UIT_UITKERING
        if traject.status == "wacht_op_inkomen" and klopt:
            verzet(TRAJECT, traject, "inkomen_bevestigt", actor=actor)
            _meld(BEEINDIGD, traject)
    werk_bij(melding.deelnemer_id)


def bij_heropend_antwoord(gebeurtenis_: Gebeurtenis) -> None:
    """`inkomen.heropend`: income takes its answer back, so the outcome waits again (decision 14)."""
    melding = MeldingAanInkomen.objects.get(pk=gebeurtenis_.data["melding"])
    for einde in _eindes(melding):
        traject = vergrendel(Traject, einde.traject_id)
        if traject.status == "beeindigd":
            verzet(TRAJECT, traject, "inkomen_neemt_terug", actor=Actor.taak("trajecten.inkomen"))
            _meld(WACHT, traject)
    werk_bij(melding.deelnemer_id)


def _eindes(melding: MeldingAanInkomen) -> Iterable[Trajecteinde]:
    vergrendel_persoon(melding.deelnemer_id)
    return list(Trajecteinde.objects.filter(melding=melding, ingetrokken_op__isnull=True).order_by("id"))


def bij_overlijden(gebeurtenis_: Gebeurtenis) -> None:
    """`deelnemer.overleden`: end everything at once, without notices."""
    deelnemer = Deelnemer.objects.get(pk=int(gebeurtenis_.onderwerp))
    actor = Actor.taak("trajecten.overlijden")
    traject = Traject.objects.filter(deelnemer=deelnemer, status="loopt").first()
    if traject is not None:
        datum = max(traject.begindatum, deelnemer.overleden_op or klok.vandaag())
        sluit_traject(traject, Uitkomst.OVERLEDEN, min(datum, klok.vandaag()), actor=actor)
    else:
        _laat_alles_vervallen(deelnemer, actor)
        werk_bij(deelnemer.pk)
