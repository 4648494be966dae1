"""Notices to income and the answer of income (ONTWERP 3.11). The department never ends a benefit itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError

from deelnemers.models import Aanleiding, Deelnemer, MeldingAanInkomen, Uitkering, Uitkeringsgerechtigde
from deelnemers.services.tijdlijn import KAMER, meldingregel
from deelnemers.services.werkvoorraad import ANTWOORDTERMIJN, melding_voor_inkomen, wacht_op_inkomen
from deelnemers.toestanden import MELDING
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import Stap, leg_overgang_vast, verzet

GEMELD = "inkomen.gemeld"
BEANTWOORD = "inkomen.beantwoord"
HEROPEND = "inkomen.heropend"
_ANTWOORD = ("uitkering", "laatste_dag", "reden_einde", "beantwoord_op", "beantwoord_door", "tekst_antwoord")


@dataclass(frozen=True)
class Bedragen:
    """What income tells besides its decision: norm and income beside it, in euro per month; None is silence."""

    normbedrag: Decimal | None = None
    inkomsten: Decimal | None = None

    def zet_op(self, uitkering: Uitkering) -> None:
        """Put what was told on the benefit; silence changes nothing. The caller saves."""
        if self.normbedrag is not None:
            uitkering.normbedrag = self.normbedrag
        if self.inkomsten is not None:
            uitkering.inkomsten = self.inkomsten


ZONDER_BEDRAGEN = Bedragen()


def lopende_uitkering(deelnemer: Deelnemer, op: dt.date) -> Uitkering | None:
    """The benefit of this person on that day."""
    rij = (
        Uitkeringsgerechtigde.objects.filter(deelnemer=deelnemer, begindatum__lte=op)
        .exclude(einddatum__lt=op)
        .select_related("uitkering")
        .order_by("-begindatum", "-id")
        .first()
    )
    return rij.uitkering if rij else None


@service
def meld_aan_inkomen(
    deelnemer: Deelnemer,
    aanleiding: Aanleiding | str,
    verwijzing: str,
    ingangsdatum: dt.date,
    *,
    actor: Actor,
    uren_per_week: Decimal | None = None,
    bruto_uurloon: Decimal | None = None,
    toelichting: str = "",
) -> MeldingAanInkomen:
    """Tell income what changes and from when. The same `verwijzing` is told once.

    `uren_per_week` in hours, `bruto_uurloon` in euro per hour.
    """
    bestaand = MeldingAanInkomen.objects.filter(verwijzing=verwijzing).exclude(status="ingetrokken").first()
    if bestaand is not None:
        return bestaand
    vandaag = klok.vandaag()
    melding = MeldingAanInkomen.objects.create(
        deelnemer=deelnemer,
        uitkering=lopende_uitkering(deelnemer, ingangsdatum),
        aanleiding=aanleiding,
        verwijzing=verwijzing,
        ingangsdatum=ingangsdatum,
        uren_per_week=uren_per_week,
        bruto_uurloon=bruto_uurloon,
        toelichting=toelichting,
        status_sinds=vandaag,
        termijn=vandaag + dt.timedelta(days=ANTWOORDTERMIJN),
    )
    sturen = Stap("sturen", ("",), "verstuurd", frozenset(), "Sturen")
    leg_overgang_vast(MELDING.soort, melding, "", sturen, actor=actor)
    tijdlijn.schrijf(meldingregel(melding))
    werkvoorraad.schrijf(melding_voor_inkomen(melding), *wacht_op_inkomen(melding))
    gebeurtenis.meld(GEMELD, melding.pk, betrokkene_id=deelnemer.pk, data={"melding": melding.pk})
    return melding


@service
def pak_melding_op(melding: MeldingAanInkomen, *, actor: Actor) -> MeldingAanInkomen:
    """Income has seen the notice."""
    melding = _vergrendel(melding)
    verzet(MELDING, melding, "ontvangen", actor=actor)
    tijdlijn.schrijf(meldingregel(melding))
    return melding


@service
def bevestig_einde(
    melding: MeldingAanInkomen,
    laatste_dag: dt.date,
    reden_einde: str,
    *,
    actor: Actor,
    toelichting: str = "",
    bedragen: Bedragen = ZONDER_BEDRAGEN,
) -> MeldingAanInkomen:
    """Income confirms the last benefit day and the BUS reason; the benefit of both partners ends (R003).

    Raises ValidationError when the person has no running benefit or the day lies before its start.
    """
    melding = _vergrendel(melding)
    uitkering = _te_beeindigen(melding, laatste_dag)
    melding.laatste_dag, melding.reden_einde = laatste_dag, reden_einde
    _beantwoord(melding, "beeindigen", actor, toelichting)
    bedragen.zet_op(uitkering)
    uitkering.laatste_dag, uitkering.reden_einde = laatste_dag, reden_einde
    uitkering.einde_bevestigd_op = klok.vandaag()
    uitkering.versie += 1
    uitkering.save(
        update_fields=["laatste_dag", "reden_einde", "einde_bevestigd_op", "normbedrag", "inkomsten", "versie"]
    )
    for gerechtigde in uitkering.gerechtigden.filter(einddatum__isnull=True).order_by("id"):
        gerechtigde.einddatum = max(laatste_dag, gerechtigde.begindatum)
        gerechtigde.save(update_fields=["einddatum"])
    return melding


@service
def bevestig_doorlopen(
    melding: MeldingAanInkomen, *, actor: Actor, toelichting: str = "", bedragen: Bedragen = ZONDER_BEDRAGEN
) -> MeldingAanInkomen:
    """Income confirms that a benefit remains (part-time work with a supplement)."""
    melding = _vergrendel(melding)
    _beantwoord(melding, "laten_doorlopen", actor, toelichting)
    if bedragen != ZONDER_BEDRAGEN and melding.uitkering_id is not None:
        uitkering = Uitkering.objects.select_for_update(of=("self",)).get(pk=melding.uitkering_id)
        bedragen.zet_op(uitkering)
        uitkering.versie += 1
        uitkering.save(update_fields=["normbedrag", "inkomsten", "versie"])
    return melding


@service
def heropen_antwoord(melding: MeldingAanInkomen, *, actor: Actor, reden: str) -> MeldingAanInkomen:
    """Take back an answer that was wrong: the benefit runs again and the outcome waits (decision 14).

    When two partners each had a notice answered with the end of their one benefit, both wait again. Raises
    ValidationError when the person has another benefit by now.
    """
    melding = _vergrendel(melding)
    samen = [melding]
    if melding.status == "beeindigd" and melding.uitkering_id:
        _laat_weer_lopen(melding.uitkering_id)
        ook = MeldingAanInkomen.objects.select_for_update(of=("self",)).filter(
            uitkering=melding.uitkering_id, status="beeindigd"
        )
        samen += ook.exclude(pk=melding.pk).select_related("deelnemer__regievoerder").order_by("id")
    for rij in samen:
        _heropen(rij, actor, reden)
    return melding


def _laat_weer_lopen(uitkering_id: int) -> None:
    uitkering = Uitkering.objects.select_for_update(of=("self",)).get(pk=uitkering_id)
    for gerechtigde in uitkering.gerechtigden.filter(einddatum__gte=uitkering.laatste_dag).order_by("id"):
        gerechtigde.einddatum = None
        gerechtigde.full_clean()
        gerechtigde.save(update_fields=["einddatum"])
    uitkering.laatste_dag, uitkering.reden_einde, uitkering.einde_bevestigd_op = None, "", None
    uitkering.versie += 1
    uitkering.save(update_fields=["laatste_dag", "reden_einde", "einde_bevestigd_op", "versie"])


def _heropen(melding: MeldingAanInkomen, actor: Actor, reden: str) -> None:
    melding.laatste_dag, melding.reden_einde, melding.beantwoord_op = None, "", None
    melding.beantwoord_door, melding.tekst_antwoord = "", ""
    verzet(MELDING, melding, "heropenen", actor=actor, reden=reden, ook=_ANTWOORD)
    tijdlijn.schrijf(meldingregel(melding))
    werkvoorraad.schrijf(melding_voor_inkomen(melding), *wacht_op_inkomen(melding))
    gebeurtenis.meld(HEROPEND, melding.pk, betrokkene_id=melding.deelnemer_id, data={"melding": melding.pk})


@service
def trek_melding_in(melding: MeldingAanInkomen, *, actor: Actor, reden: str) -> MeldingAanInkomen:
    """The reason for the notice is gone (placement undone)."""
    melding = _vergrendel(melding)
    verzet(MELDING, melding, "intrekken", actor=actor, reden=reden)
    _ruim_werk_op(melding)
    tijdlijn.schrijf(meldingregel(melding))
    return melding


def _vergrendel(melding: MeldingAanInkomen) -> MeldingAanInkomen:
    return (
        MeldingAanInkomen.objects.select_for_update(of=("self",))
        .select_related("deelnemer__regievoerder")
        .get(pk=melding.pk)
    )


def _te_beeindigen(melding: MeldingAanInkomen, laatste_dag: dt.date) -> Uitkering:
    uitkering_id = melding.uitkering_id
    if uitkering_id is None:
        loopt = lopende_uitkering(melding.deelnemer, laatste_dag)
        if loopt is None:
            raise ValidationError("Deze persoon heeft geen lopende uitkering in dit systeem. Leg die eerst vast.")
        uitkering_id = melding.uitkering_id = loopt.pk
    uitkering = Uitkering.objects.select_for_update(of=("self",)).get(pk=uitkering_id)
    if uitkering.laatste_dag is not None and uitkering.laatste_dag != laatste_dag:
        raise ValidationError({"laatste_dag": "Deze uitkering is al beëindigd met een andere laatste dag."})
    if laatste_dag < uitkering.begindatum:
        raise ValidationError({"laatste_dag": "De laatste dag ligt voor de begindatum van de uitkering."})
    return uitkering


def _beantwoord(melding: MeldingAanInkomen, actie: str, actor: Actor, toelichting: str) -> None:
    melding.beantwoord_op, melding.beantwoord_door = klok.vandaag(), actor.naam
    melding.tekst_antwoord = toelichting
    verzet(MELDING, melding, actie, actor=actor, ook=_ANTWOORD)
    tijdlijn.schrijf(meldingregel(melding))
    _ruim_werk_op(melding)
    gebeurtenis.meld(BEANTWOORD, melding.pk, betrokkene_id=melding.deelnemer_id, data={"melding": melding.pk})


def _ruim_werk_op(melding: MeldingAanInkomen) -> None:
    werkvoorraad.klaar(KAMER, f"melding:{melding.pk}", f"wacht-inkomen:{melding.pk}", f"inkomen-laat:{melding.pk}")
