"""Rows of Vandaag about being handed over and being called back (see `services.werkvoorraad` for the rest)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator

from django.utils import timezone

from deelnemers.instellingen import reageer_voor, volwassen_vanaf
from deelnemers.models import Deelnemer, Overdracht, Terugbelverzoek, Voorinschrijving
from deelnemers.toegang import beperkte_personen
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad, geldig_op
from kern.weergave import datum, tijd
from organisatie.models import Afwezigheid, Medewerker, Waarneming
from organisatie.querysets import mijn_team_ids

KAMER = "deelnemers"
#: Days that the answer to an offer waits to be read.
ANTWOORD_ZICHTBAAR = dt.timedelta(days=14)


def regels(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """All rows of this module for these persons."""
    yield from overdrachtregels(levend)
    yield from terugbelregels(levend)
    yield from minderjarigenregels(levend)


def overdrachtregels(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """Open offers stand with both sides; an answer stands with who offered until it is read (R019)."""
    recent = klok.vandaag() - ANTWOORD_ZICHTBAAR
    rijen = Overdracht.objects.filter(deelnemer__in=levend)
    rijen = rijen.filter(status="aangeboden") | rijen.filter(
        status__in=["aangenomen", "geweigerd"], gezien_op__isnull=True, status_sinds__gte=recent
    )
    for rij in rijen.select_related("van", "naar", "aangeboden_door").order_by("pk"):
        rij.deelnemer = levend[rij.deelnemer_id]
        yield from _aangeboden(rij) if rij.status == "aangeboden" else _beantwoord(rij)


def _aangeboden(rij: Overdracht) -> Iterator[Werkvoorraad]:
    voor, url = reageer_voor(rij.aangeboden_op), f"/overdrachten/{rij.pk}"
    yield werkvoorraad.regel(
        KAMER,
        f"overdracht:{rij.pk}",
        soort="overdracht",
        titel=f"Neem je {rij.deelnemer.naam} over van {rij.van.naam}?",
        toelichting=rij.reden,
        waarom=f"{rij.aangeboden_door.naam} vraagt of jij de regie overneemt per {datum(rij.vanaf)}.",
        url=url,
        knop="Kaart bekijken",
        icoon="mensen",
        op=min(voor, max(rij.vanaf, rij.aangeboden_op)),
        betrokkene_id=rij.deelnemer_id,
        voor_id=rij.naar.gebruiker_id,
    )
    for kant in dict.fromkeys((rij.van.gebruiker_id, rij.aangeboden_door.gebruiker_id)):
        yield werkvoorraad.regel(
            KAMER,
            f"overdracht-wacht:{rij.pk}:{kant}",
            soort="overdracht_wacht",
            titel=rij.deelnemer.naam,
            toelichting="Antwoord op je vraag om over te nemen",
            waarom="Tot je collega aanneemt, blijft de regie waar zij is.",
            url=url,
            knop="Bekijken",
            icoon="zandloper",
            op=voor,
            betrokkene_id=rij.deelnemer_id,
            voor_id=kant,
            wacht_op=rij.naar.naam,
            wacht_sinds=rij.aangeboden_op,
            norm_dagen=max(1, (voor - rij.aangeboden_op).days),
        )


def _beantwoord(rij: Overdracht) -> Iterator[Werkvoorraad]:
    ja = rij.status == "aangenomen"
    titel = f"{rij.naar.naam} neemt {rij.deelnemer.naam} over per {datum(rij.vanaf)}" if ja else (
        f"{rij.naar.naam} neemt {rij.deelnemer.naam} niet over"
    )  # fmt: skip
    yield werkvoorraad.regel(
        KAMER,
        f"overdracht-antwoord:{rij.pk}",
        soort="overdracht_antwoord",
        titel=titel,
        toelichting=rij.antwoord,
        waarom="Je bood deze persoon aan een collega aan. Dit is het antwoord.",
        url=f"/overdrachten/{rij.pk}",
        knop="Lezen",
        icoon="mensen",
        op=rij.status_sinds,
        betrokkene_id=rij.deelnemer_id,
        voor_id=rij.aangeboden_door.gebruiker_id,
    )


def minderjarigenregels(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """A minor of whom we did not write down why we know them, or which parent was told."""
    vandaag = klok.vandaag()
    jong = {pk: d for pk, d in levend.items() if d.leeftijd_op(vandaag) < volwassen_vanaf()}
    if not jong:
        return
    klaar = Voorinschrijving.objects.filter(geldig_op(vandaag), deelnemer__in=jong, ouder_ingelicht_op__isnull=False)
    gedaan = set(klaar.order_by("pk").values_list("deelnemer_id", flat=True))
    for pk, deelnemer in jong.items():
        if pk in gedaan or deelnemer.regievoerder is None:
            continue
        yield werkvoorraad.regel(
            KAMER,
            f"minderjarig:{pk}",
            soort="minderjarig",
            titel=f"Leg vast waarom we {deelnemer.naam} al kennen",
            toelichting="Op welke grond, en welke ouder of voogd weet dit?",
            waarom="Van iemand die nog niet volwassen is, bewaren we alleen iets met een grond, en een ouder weet dat.",
            url=f"/deelnemers/{deelnemer.dossiernummer}/voorinschrijving",
            knop="Vastleggen",
            icoon="school",
            op=timezone.localdate(deelnemer.aangemaakt_op),
            betrokkene_id=pk,
            voor_id=deelnemer.regievoerder.gebruiker_id,
        )


def terugbelregels(levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """Requests about these persons, for who calls back today."""
    rijen = Terugbelverzoek.objects.filter(deelnemer__in=levend, status="open")
    yield from _terugbel(list(rijen.select_related("voor", "ontvangen_door").order_by("pk")), levend)


def losse_terugbelregels() -> Iterator[Werkvoorraad]:
    """Requests for a colleague that are about no person here."""
    rijen = Terugbelverzoek.objects.filter(deelnemer__isnull=True, status="open")
    yield from _terugbel(list(rijen.select_related("voor", "ontvangen_door").order_by("pk")), {})


def terugbelregel(rij: Terugbelverzoek) -> Werkvoorraad:
    """The row of one request without a person."""
    return next(_terugbel([rij], {}))


def _terugbel(rijen: list[Terugbelverzoek], levend: dict[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    if not rijen:
        return
    wie = {d.regievoerder_id for d in levend.values() if d.regievoerder_id} | {r.voor_id for r in rijen if r.voor_id}
    alleen = _onbereikbaar(wie)
    dicht = _alleen_bewaren(rijen, levend)
    for rij in rijen:
        deelnemer = levend.get(rij.deelnemer_id) if rij.deelnemer_id else None
        over = f" over {deelnemer.naam}" if deelnemer and deelnemer.naam != rij.beller else ""
        keer = f" {rij.pogingen} keer geen gehoor." if rij.pogingen else ""
        yield werkvoorraad.regel(
            KAMER,
            f"terugbellen:{rij.pk}",
            soort="terugbellen",
            titel=f"Bel {rij.beller} terug{over}",
            toelichting=f"{rij.onderwerp}{keer}".strip(),
            waarom=(
                f"Er is gebeld om {tijd(timezone.localtime(rij.ontvangen_op))}. "
                f"{rij.ontvangen_door.naam} beloofde dat we terugbellen."
            ),
            url=f"/terugbelverzoeken/{rij.pk}",
            knop="Bellen",
            icoon="telefoon",
            op=rij.uiterlijk,
            betrokkene_id=rij.deelnemer_id,
            **_voor_wie(None if rij.pk in dicht else rij.voor, deelnemer, alleen),
        )


def _alleen_bewaren(rijen: list[Terugbelverzoek], levend: dict[int, Deelnemer]) -> set[int]:
    """Requests for another colleague than the regievoerder, about data that may only be stored now: the regievoerder
    calls back, for the other one may not know who phoned and why (AVG art. 18).
    """
    anders = [r for r in rijen if r.voor_id and r.deelnemer_id and r.voor_id != levend[r.deelnemer_id].regievoerder_id]
    if not anders:
        return set()
    wie = beperkte_personen().filter(deelnemer__in=[r.deelnemer_id for r in anders])
    beperkt = set(wie.order_by("deelnemer").values_list("deelnemer", flat=True))
    return {r.pk for r in anders if r.deelnemer_id in beperkt}


def _voor_wie(voor: Medewerker | None, deelnemer: Deelnemer | None, alleen: set[int]) -> dict[str, object]:
    """The colleague who was asked for, else the regievoerder; the whole team when she is away without a stand-in."""
    beller = voor or (deelnemer.regievoerder if deelnemer else None)
    if beller is not None and beller.pk not in alleen:
        return {"voor_id": beller.gebruiker_id}
    team_id = deelnemer.team_id if deelnemer else next(iter(sorted(mijn_team_ids(beller))), None)
    if team_id is not None:
        return {"voor_team_id": team_id, "voor_rol": "" if beller else "teammanager"}
    return {"voor_id": beller.gebruiker_id} if beller else {"voor_rol": "teammanager"}


def _onbereikbaar(medewerker_ids: Collection[int]) -> set[int]:
    """Which of these are away today while nobody stands in."""
    vandaag = klok.vandaag()
    weg = Afwezigheid.objects.filter(geldig_op(vandaag), medewerker__in=medewerker_ids)
    gedekt = Waarneming.objects.filter(geldig_op(vandaag), voor__in=medewerker_ids)
    return set(weg.exclude(medewerker__in=gedekt.values("voor")).order_by("pk").values_list("medewerker_id", flat=True))
