"""What objections and reported changes put at Vandaag and on the timeline."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Werkvoorraad
from kern.models.aansluiting import Categorie, TijdlijnRegel
from kern.weergave import MAANDEN, datum
from loonkostensubsidie.aanvraagkeuzes import Besluitsoort
from loonkostensubsidie.aanvraagklok import waarschuw
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.bezwaarkeuzes import MET_GEVOLG, Wijzigingsoort
from loonkostensubsidie.models import Beschikking, Bezwaar, Herzieningsronde, Steekproefgeval, Wijzigingsmelding
from organisatie.rechten import Rol

_ROL = Rol.MEDEWERKER_SUBSIDIES
#: So long an employer has to send it before the check is due.
_TIJD = dt.timedelta(days=14)


def bezwaarsleutel(rij: Bezwaar) -> str:
    return f"bezwaar:{rij.pk}"


def gevolgsleutel(rij: Bezwaar) -> str:
    return f"bezwaargevolg:{rij.pk}"


def bezwaarwerk(rij: Bezwaar) -> list[Werkvoorraad]:
    """An objection that must be decided, or that asks for a new decision."""
    wat: dict[str, Any] = {
        "sleutel": bezwaarsleutel(rij),
        "titel": "Beslis op een bezwaar over subsidie" if rij.behandelaar_id else "Neem een bezwaar in behandeling",
        "waarom": f"Beslis uiterlijk op {datum(rij.beslis_voor)} (Awb 7:10).",
        "op": rij.beslis_voor - waarschuw(klok.vandaag()) if rij.behandelaar_id else rij.ontvangen_op,
    }
    if rij.status == "beslist":
        if rij.uitkomst not in MET_GEVOLG or _al_gedaan(rij):
            return []
        wat |= {
            "sleutel": gevolgsleutel(rij),
            "titel": _GEVOLG if rij.terugvordering_id is None else _GEVOLG_TERUG,
            "waarom": f"Het bezwaar is op {datum(rij.besloten_op)} gegrond verklaard.",
            "op": rij.besloten_op,
        }
    elif rij.status not in {"ontvangen", "in_behandeling"}:
        return []
    eigen = rij.behandelaar_id if rij.status == "in_behandeling" else None
    return [
        werkvoorraad.regel(
            KAMER,
            soort="lks_bezwaar",
            toelichting=_over(rij),
            url=f"/subsidies/bezwaren/{rij.kenmerk}",
            knop="Openen",
            icoon="brief",
            betrokkene_id=rij.deelnemer_id,
            voor_id=eigen,
            voor_rol="" if eigen else _ROL,
            **wat,
        )
    ]


_GEVOLG = "Maak een nieuw besluit na een bezwaar"
_GEVOLG_TERUG = "Regel na een bezwaar wat de werkgever nog betaalt of terugkrijgt"


def _over(rij: Bezwaar) -> str:
    wie = f"{rij.deelnemer.naam} bij " if rij.deelnemer is not None else ""
    return f"{wie}{rij.werkgever.naam}, {rij.besluit.nummer}"


def _al_gedaan(rij: Bezwaar) -> bool:
    """Whether nothing is left to do: the application is open again, the recovery revoked, a new decision taken."""
    if rij.terugvordering is not None:
        return rij.gevolg_op is not None or rij.terugvordering.status in {"herroepen", "ingetrokken"}
    if rij.beschikking is None or rij.beschikking.soort == Besluitsoort.AFWIJZING:
        return True
    if rij.gevolgen.filter(status="vastgesteld").exists():
        return True
    later = Beschikking.objects.filter(
        dienstverband=rij.beschikking.dienstverband_id, status="vastgesteld", verzonden_op__gte=rij.besloten_op
    )
    return rij.beschikking.dienstverband_id is not None and later.filter(pk__gt=rij.beschikking.pk).exists()


def bezwaarregel(rij: Bezwaar) -> TijdlijnRegel:
    """That somebody objected, and how it ended."""
    return tijdlijn.regel(
        KAMER,
        f"bezwaar:{rij.pk}",
        rij.deelnemer_id or 0,
        categorie=Categorie.BESLUIT,
        op=klok.middag(rij.ontvangen_op),
        titel="Bezwaar tegen een besluit over subsidie",
        tekst=f"{rij.besluit.nummer}. {rij.get_uitkomst_display() or rij.get_status_display()}.",
        icoon="brief",
    )


def meldingsleutel(rij: Wijzigingsmelding) -> str:
    return f"wijziging:{rij.pk}"


def meldingwerk(rij: Wijzigingsmelding) -> list[Werkvoorraad]:
    """A change that an employer reported."""
    if rij.status != "ontvangen":
        return []
    return [
        werkvoorraad.regel(
            KAMER,
            meldingsleutel(rij),
            soort="lks_melding",
            titel="Verwerk een wijziging van een werkgever",
            toelichting=f"{rij.deelnemer.naam}: {rij.get_soort_display().lower()}",
            waarom=f"Doorgegeven op {datum(rij.ontvangen_op)} door {rij.melder}.",
            url=f"/subsidies/wijzigingen/{rij.kenmerk}",
            knop="Openen",
            icoon="inbak",
            op=rij.ontvangen_op,
            betrokkene_id=rij.deelnemer_id,
            voor_rol=_ROL,
        )
    ]


#: What is processed by doing something elsewhere: title, reason and button of the task that stays.
MET_VERVOLG: dict[str, tuple[str, str]] = {
    Wijzigingsoort.VERHUIZING: (
        "Regel de overdracht van de subsidie naar een andere gemeente",
        "De werknemer verhuist. De subsidie stopt niet vanzelf: spreek met de nieuwe gemeente af wie betaalt, "
        "en vanaf wanneer.",
    ),
    Wijzigingsoort.LOONWAARDE: (
        "Laat de loonwaarde opnieuw meten",
        "De werkgever vraagt om een nieuwe meting. Leg haar vast bij het dienstverband; daarna volgt een besluit.",
    ),
}


def vervolgsleutel(rij: Wijzigingsmelding) -> str:
    return f"vervolg:{rij.pk}"


def vervolgwerk(rij: Wijzigingsmelding) -> Werkvoorraad | None:
    """The task that a processed report leaves behind, until somebody says that it is done."""
    if rij.soort not in MET_VERVOLG or rij.vervolg_op is not None:
        return None
    titel, waarom = MET_VERVOLG[rij.soort]
    return werkvoorraad.regel(
        KAMER,
        vervolgsleutel(rij),
        soort="lks_vervolg",
        titel=titel,
        toelichting=f"{rij.deelnemer.naam}, vanaf {datum(rij.vanaf)}",
        waarom=waarom,
        url=f"/subsidies/wijzigingen/{rij.kenmerk}",
        knop="Openen",
        icoon="inbak",
        op=rij.ontvangen_op,
        betrokkene_id=rij.deelnemer_id,
        voor_rol=_ROL,
    )


def gevalsleutel(rij: Steekproefgeval) -> str:
    return f"steekproef:{rij.pk}"


def steekproefwerk(rij: Steekproefgeval) -> list[Werkvoorraad]:
    """A right that was drawn for the monthly check."""
    if rij.uitkomst:
        return []
    maand = f"{MAANDEN[rij.steekproef.maand.month - 1]} {rij.steekproef.maand.year}"
    return [
        werkvoorraad.regel(
            KAMER,
            gevalsleutel(rij),
            soort="lks_steekproef",
            titel="Vergelijk een loonstrook of urenstaat",
            toelichting=f"{rij.deelnemer.naam} bij {rij.subsidie.werkgever.naam}",
            waarom=f"Deze subsidie is door het lot gekozen voor de controle van {maand}."
            if rij.ingestuurd_op is None
            else f"De werkgever stuurde op {datum(rij.ingestuurd_op)} een stuk voor de controle van {maand}.",
            url=f"/subsidies/steekproef/{rij.pk}",
            knop="Beoordelen",
            icoon="zoek",
            op=rij.ingestuurd_op or timezone.localtime(rij.steekproef.getrokken_op).date() + _TIJD,
            betrokkene_id=rij.deelnemer_id,
            voor_rol=_ROL,
        )
    ]


def herzieningsleutel(rij: Herzieningsronde) -> str:
    return f"herziening:{rij.pk}"


def herzieningwerk(rij: Herzieningsronde) -> list[Werkvoorraad]:
    """A revision that waits for the second person."""
    if rij.opgesteld_op is None or rij.goedkeurder_id is not None:
        return []
    return [
        werkvoorraad.regel(
            KAMER,
            herzieningsleutel(rij),
            soort="lks_herziening",
            titel="Keur de herziening van subsidies goed",
            toelichting=f"Per {datum(rij.ingangsdatum)}",
            waarom="Elk jaar stellen we de bedragen opnieuw vast. Een ander dan wie haar startte, keurt haar goed.",
            url=f"/subsidies/herziening/{rij.kenmerk}",
            knop="Openen",
            icoon="vink",
            op=timezone.localtime(rij.opgesteld_op).date(),
            voor_rol=_ROL,
        )
    ]


def werk(**van: Any) -> Iterable[Werkvoorraad]:
    """All rows of Vandaag of objections and reported changes."""
    bezwaren = Bezwaar.objects.filter(**van).exclude(status="ingetrokken")
    for bezwaar in bezwaren.select_related("deelnemer", "beschikking__werkgever", "terugvordering__werkgever").order_by(
        "pk"
    ):
        yield from bezwaarwerk(bezwaar)
    meldingen = Wijzigingsmelding.objects.filter(status="ontvangen", **van).select_related("deelnemer")
    for melding in meldingen.order_by("pk"):
        yield from meldingwerk(melding)
    klaar = Wijzigingsmelding.objects.filter(status="verwerkt", vervolg_op=None, soort__in=MET_VERVOLG, **van)
    yield from filter(None, map(vervolgwerk, klaar.select_related("deelnemer").order_by("pk")))
    gevallen = Steekproefgeval.objects.filter(uitkomst="", **van)
    for geval in gevallen.select_related("deelnemer", "subsidie__werkgever", "steekproef").order_by("pk"):
        yield from steekproefwerk(geval)
    for ronde in () if van else Herzieningsronde.objects.filter(goedkeurder=None).order_by("pk"):
        yield from herzieningwerk(ronde)


def regels(betrokkene_id: int) -> Iterable[TijdlijnRegel]:
    """All lines on the timeline about one person."""
    for rij in Bezwaar.objects.filter(deelnemer=betrokkene_id).select_related("beschikking").order_by("pk"):
        yield bezwaarregel(rij)
