"""Rows of Vandaag about the diagnosis: what runs out, and a route that is looked at again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from deelnemers.keuzes import Route
from deelnemers.models import Deelnemer, Dossiervraag, Groeipotentie, Routekeuze
from deelnemers.services.tijdlijn import KAMER
from deelnemers.vraagkeuzes import Vraagaan
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.models import Werkvoorraad
from kern.weergave import datum

#: Days before the diagnosis runs out that it comes at Vandaag.
DIAGNOSE_VOORAF = 14


def diagnose(deelnemer: Deelnemer) -> Iterator[Werkvoorraad]:
    """The diagnosis of somebody in a trajectory is stale, or soon will be (R050)."""
    tot = deelnemer.diagnose_vers_tot
    vooraf = klok.vandaag() + dt.timedelta(days=DIAGNOSE_VOORAF)
    if not deelnemer.in_traject or deelnemer.regievoerder is None or tot is None or tot > vooraf:
        return
    voorbij = tot < klok.vandaag()
    yield werkvoorraad.regel(
        KAMER,
        f"diagnose:{deelnemer.pk}",
        soort="diagnose",
        titel=f"Loop de diagnose van {deelnemer.naam} na",
        toelichting=f"{'Verouderd sinds' if voorbij else 'Actueel tot en met'} {datum(tot)}",
        waarom="Een instrument kan alleen met een actuele diagnose. Klopt alles nog? Dan is één klik genoeg.",
        url=f"/deelnemers/{deelnemer.dossiernummer}/diagnose",
        knop="Nalopen",
        icoon="vraag",
        op=tot + dt.timedelta(days=1),
        betrokkene_id=deelnemer.pk,
        voor_id=deelnemer.regievoerder.gebruiker_id,
    )


def routes(levend: Mapping[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """An intern route whose day has come: perhaps extern is possible now (R055)."""
    rijen = Routekeuze.objects.filter(deelnemer__in=levend).order_by("deelnemer_id", "-gekozen_op", "-id")
    for keuze in rijen.distinct("deelnemer_id"):
        deelnemer = levend[keuze.deelnemer_id]
        dag = keuze.herbeoordelen_op if keuze.gekozen == Route.INTERN else None
        if dag is None or dag > klok.vandaag() or not deelnemer.in_traject or deelnemer.regievoerder is None:
            continue
        yield werkvoorraad.regel(
            KAMER,
            f"route:{deelnemer.pk}",
            soort="route",
            titel=f"Kijk of {deelnemer.naam} nu extern kan",
            toelichting=f"Gekozen voor intern op {datum(keuze.gekozen_op)}",
            waarom="Bij intern spreek je een dag af om opnieuw te kijken. Die dag is er.",
            url=f"/deelnemers/{deelnemer.dossiernummer}/diagnose/route",
            knop="Bekijken",
            icoon="koppel",
            op=dag,
            betrokkene_id=deelnemer.pk,
            voor_id=deelnemer.regievoerder.gebruiker_id,
        )


def vragen(levend: Mapping[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """Questions to income for that role; for whoever asked an answer to read, and an expert who is late."""
    rijen = Dossiervraag.objects.filter(deelnemer__in=levend, gelezen_op__isnull=True).order_by("id")
    for vraag in rijen.select_related("gesteld_door"):
        deelnemer = levend[vraag.deelnemer_id]
        dossier = f"/deelnemers/{deelnemer.dossiernummer}/vragen"
        if vraag.beantwoord_op is not None:
            titel, knop, op = f"Lees het antwoord over {deelnemer.naam}", "Lezen", vraag.beantwoord_op
            wie: dict[str, Any] = {"voor_id": vraag.gesteld_door.gebruiker_id, "url": dossier}
            waarom = f"Je vroeg dit aan {vraag.get_aan_display()}. Het antwoord is er."
        elif vraag.aan == Vraagaan.INKOMEN:
            titel, knop, op = f"Beantwoord een vraag over {deelnemer.naam}", "Beantwoorden", vraag.termijn
            wie = {"voor_rol": "inkomensconsulent", "url": f"/inkomen/vragen/{vraag.pk}"}
            waarom = "Een consulent wil iets weten over de uitkering. Alleen inkomen kan dit beantwoorden."
        elif vraag.termijn < klok.vandaag():
            titel, knop, op = f"Vraag het antwoord na over {deelnemer.naam}", "Bekijken", vraag.termijn
            wie = {"voor_id": vraag.gesteld_door.gebruiker_id, "url": dossier}
            waarom = f"Je vroeg dit aan de {vraag.get_aan_display()}. Het antwoord is te laat."
        else:
            continue
        yield werkvoorraad.regel(
            KAMER, f"vraag:{vraag.pk}", soort="dossiervraag", titel=titel, waarom=waarom,
            toelichting="" if vraag.bijzonder else vraag.vraag[:120], knop=knop,
            icoon="vraag", op=op, betrokkene_id=deelnemer.pk, **wie,
        )  # fmt: skip


def groei(levend: Mapping[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """The day to look again at growth in arbeidsmatige dagbesteding has come (R062)."""
    rijen = Groeipotentie.objects.filter(
        deelnemer__in=levend, vervangen_op__isnull=True, afloop="", herzien_op__lte=klok.vandaag()
    )
    for rij in rijen.order_by("id"):
        deelnemer = levend[rij.deelnemer_id]
        if deelnemer.regievoerder is None or rij.herzien_op is None:
            continue
        yield werkvoorraad.regel(
            KAMER,
            f"groei:{deelnemer.pk}",
            soort="groei",
            titel=f"Kijk opnieuw of {deelnemer.naam} een stap kan zetten",
            toelichting=f"Voor het laatst bekeken op {datum(rij.vastgesteld_op)}",
            waarom="Je sprak een dag af om opnieuw te kijken. Die dag is er.",
            url=f"/deelnemers/{deelnemer.dossiernummer}/groei",
            knop="Bekijken",
            icoon="grafiek",
            op=rij.herzien_op,
            betrokkene_id=deelnemer.pk,
            voor_id=deelnemer.regievoerder.gebruiker_id,
        )
