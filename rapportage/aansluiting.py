"""How this room joins in on the sockets of kern."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from kern.aansluitingen import acties, bewaartermijnen, cijfers, inzage, menu, samenvoegen, wissen
from rapportage import tasks  # noqa: F401 - registers the jobs
from rapportage.cijfers import vraag
from rapportage.losmaken import maak_los
from rapportage.models import Feit
from rapportage.opbouw import opbouw
from rapportage.verloop import verloop

KAMER = "rapportage"


def _inzage(betrokkene_id: int) -> dict[str, list[dict[str, Any]]]:
    """The facts that count this person in the figures, also those that we know better by now."""
    feiten = Feit.objects.filter(deelnemer=betrokkene_id).order_by("bekend_van", "id")
    return {
        "Meegeteld in de cijfers": [
            {
                "wat": feit.get_soort_display(),
                "datum": feit.datum,
                "vanaf": feit.geldig_van,
                "tot en met": feit.geldig_tot,
                "bij ons bekend vanaf": feit.bekend_van,
                "verbeterd op": feit.bekend_tot,
            }
            for feit in feiten
        ]
    }


def _kosten_van_inhaalslag(request: Any, campagne: Any) -> list[acties.Knop]:
    """What the campaign cost and saved, for who may see the persons behind a figure."""
    if "kpi.personen" not in request.rechten:
        return []
    return [acties.Knop("Kosten en besparing", reverse("inhaalzaak", args=[campagne.pk]), icoon="euro")]


def sluit_aan() -> None:
    """Called from AppConfig.ready()."""
    cijfers.sluit_aan(vraag, opbouw, verloop)
    # Nothing moves: a fact never changes, and a figure of last month stays what it was. The rooms that the facts come
    # from do move their rows; the next night closes the facts of the old dossier and adds them under the other one.
    samenvoegen.sluit_aan(KAMER)
    inzage.sluit_aan(KAMER, _inzage)
    # After this term a fact is detached from the person (`losgemaakt_op`); the figure stays.
    bewaartermijnen.sluit_aan(
        bewaartermijnen.Bewaartermijn(KAMER, "rapportage_feit", "8.1", 10, "einde laatste traject")
    )
    wissen.sluit_aan(KAMER, vooraf=maak_los)
    menu.punt("Prestatiecontract", "prestatiecontract", "grafiek", "kpi.zien", blok="Sturing", volgorde=10)
    menu.punt("Ons werk in cijfers", "diagnosecijfers", "grafiek", "kpi.zien", blok="Sturing", volgorde=15)
    menu.punt("Waardering", "waarderingscijfers", "duim", "team.zien", blok="Sturing", volgorde=17)
    menu.punt("Per werkgever", "werkgeversgeld", "euro", "budget.zien", blok="Sturing", volgorde=32)
    menu.punt("Telwaker", "telwaker", "vinkrond", "kpi.personen", blok="Sturing", volgorde=20)
    acties.sluit_aan("inhaalslag", _kosten_van_inhaalslag)
