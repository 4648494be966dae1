"""What a warning and an advice write on the timeline, and what waits for whom (R016).

The words of both stay on their own page: the timeline only says that there is one, and only to who guides people.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from deelnemers.models import Deelnemer, Maatregeladvies, Waarschuwing
from kern import klok
from kern.aansluitingen import tijdlijn, werkvoorraad
from kern.models import Categorie, TijdlijnRegel, Werkvoorraad, Zichtbaarheid
from kern.weergave import datum

KAMER = "deelnemers"


# --- Timeline ------------------------------------------------------------------------------------------------------
def waarschuwingregel(rij: Waarschuwing) -> TijdlijnRegel:
    """A warning, and whether it was taken back."""
    weg = " (ingetrokken)" if rij.status == "ingetrokken" else ""
    return _regel(rij, "waarschuwing", rij.gegeven_op, f"Waarschuwing {rij.get_wijze_display()}{weg}", "mensen")


def adviesregel(rij: Maatregeladvies) -> TijdlijnRegel:
    """An advice on the day it was sent, and on the day of the decision once there is one."""
    titel = f"Advies over een maatregel: {rij.get_status_display().lower()}"
    return _regel(rij, "maatregeladvies", rij.besluit_op or rij.gegeven_op, titel, "inbak")


def _regel(rij: Waarschuwing | Maatregeladvies, soort: str, op: Any, titel: str, icoon: str) -> TijdlijnRegel:
    return tijdlijn.regel(
        KAMER,
        f"{soort}:{rij.pk}",
        rij.deelnemer_id,
        categorie=Categorie.BESLUIT,
        zichtbaarheid=Zichtbaarheid.BIJZONDER,
        op=klok.middag(op),
        titel=titel,
        icoon=icoon,
        actor_naam=rij.gegeven_door.naam,
    )


def regels_van_persoon(deelnemer_id: int) -> Iterator[TijdlijnRegel]:
    """Every line of one person (rebuild and nightly check)."""
    gegeven = Waarschuwing.objects.filter(deelnemer=deelnemer_id).select_related("gegeven_door")
    yield from map(waarschuwingregel, gegeven.order_by("pk"))
    gestuurd = Maatregeladvies.objects.filter(deelnemer=deelnemer_id).select_related("gegeven_door")
    yield from map(adviesregel, gestuurd.order_by("pk"))


def schrijf(rij: Waarschuwing | Maatregeladvies) -> None:
    """Bring its line up to date."""
    tijdlijn.schrijf(waarschuwingregel(rij) if isinstance(rij, Waarschuwing) else adviesregel(rij))


# --- Vandaag -------------------------------------------------------------------------------------------------------
def werkregels(levend: Mapping[int, Deelnemer]) -> Iterator[Werkvoorraad]:
    """An advice without an answer: for income to answer, for the regievoerder to wait for, and to chase once late.

    With an answer: for whoever advised, to read.
    """
    open_ = Maatregeladvies.objects.filter(deelnemer__in=levend, gelezen_op__isnull=True).exclude(status="ingetrokken")
    for rij in open_.select_related("gegeven_door").order_by("pk"):
        deelnemer = levend[rij.deelnemer_id]
        if rij.beantwoord_op is not None:
            yield _te_lezen(rij, deelnemer, rij.beantwoord_op)
            continue
        gemeen: dict[str, Any] = {"op": rij.termijn, "betrokkene_id": deelnemer.pk}
        yield werkvoorraad.regel(
            KAMER,
            f"maatregel:{rij.pk}",
            soort="maatregeladvies",
            titel=f"Beslis over een advies over {deelnemer.naam}",
            toelichting=f"Gestuurd op {datum(rij.gegeven_op)}",
            waarom="Een consulent adviseert een maatregel. Alleen inkomen beslist.",
            url=f"/inkomen/maatregelen/{rij.pk}",
            knop="Beantwoorden",
            icoon="inbak",
            voor_rol="inkomensconsulent",
            **gemeen,
        )
        if deelnemer.regievoerder is not None:
            yield from _wacht(rij, deelnemer, deelnemer.regievoerder.gebruiker_id, gemeen)


def _te_lezen(rij: Maatregeladvies, deelnemer: Deelnemer, op: dt.date) -> Werkvoorraad:
    return werkvoorraad.regel(
        KAMER,
        f"maatregel:{rij.pk}",
        soort="maatregeladvies",
        titel=f"Lees wat inkomen besloot over {deelnemer.naam}",
        toelichting=rij.get_status_display(),
        waarom="Je adviseerde een maatregel. Inkomen heeft besloten.",
        url=f"/deelnemers/{deelnemer.dossiernummer}/plichten",
        knop="Lezen",
        icoon="inbak",
        op=op,
        betrokkene_id=deelnemer.pk,
        voor_id=rij.gegeven_door.gebruiker_id,
    )


def _wacht(rij: Maatregeladvies, deelnemer: Deelnemer, voor_id: int, gemeen: dict[str, Any]) -> Iterator[Werkvoorraad]:
    gemeen = gemeen | {
        "waarom": "Je adviseerde een maatregel. Inkomen beslist en laat het hier weten.",
        "url": f"/deelnemers/{deelnemer.dossiernummer}/plichten",
        "knop": "Bekijken",
        "voor_id": voor_id,
    }
    yield werkvoorraad.regel(
        KAMER,
        f"wacht-maatregel:{rij.pk}",
        soort="wacht_op_maatregel",
        titel=deelnemer.naam,
        toelichting="Besluit op een advies",
        icoon="zandloper",
        wacht_op="Inkomen",
        wacht_sinds=rij.gegeven_op,
        norm_dagen=(rij.termijn - rij.gegeven_op).days,
        **gemeen,
    )
    if rij.termijn < klok.vandaag():
        yield werkvoorraad.regel(
            KAMER,
            f"maatregel-laat:{rij.pk}",
            soort="maatregeladvies_te_laat",
            titel=f"Bel inkomen over het advies over {deelnemer.naam}",
            toelichting=f"Antwoord verwacht voor {datum(rij.termijn)}",
            icoon="telefoon",
            **gemeen,
        )
