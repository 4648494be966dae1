"""Warnings and advice on a maatregel: given, answered, waiting and late (R016)."""

from __future__ import annotations

import datetime as dt
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from deelnemers.models import Deelnemer, Maatregeladvies, Waarschuwing
from deelnemers.services import maatregelen as dienst
from deelnemers.services.inkomen import lopende_uitkering
from deelnemers.services.maatregelregels import schrijf
from deelnemers.services.werkvoorraad import ververs
from kern.handeling import handeling
from reintegratie.demodata.wegschrijven import ACTOR
from trajecten.services.hulp import werk_bij

_DAG = dt.timedelta(days=1)
_MENSEN = 4
#: Days ago that the advice went out, and what became of it.
_BESLOTEN = (
    *((30, "opgelegd"), (45, "opgelegd"), (61, "gewaarschuwd"), (75, "opgelegd"), (90, "niet_opgelegd")),
    *((104, "opgelegd"), (118, "opgelegd"), (131, "gewaarschuwd"), (146, "opgelegd"), (160, "opgelegd")),
)
_AFSPRAAK = "Elke maandag om negen uur naar de training, en bellen als dat niet lukt."
_FEITEN = "Kwam twee keer niet naar de training en belde niet."
_WIST = "De uitnodiging is in een gesprek besproken en de persoon heeft een telefoon."


def maak(peildatum: dt.date) -> None:
    """Around the consulent who logs in, and colleagues of her team first. Call when all dossiers are there."""
    samira = Deelnemer.objects.filter(persona="samira", regievoerder__isnull=False).first()
    if samira is None:
        return
    mensen = Deelnemer.objects.filter(in_traject=True, persona="", samengevoegd_met=None, overleden_op=None)
    mensen = mensen.filter(team__isnull=False).select_related("regievoerder__gebruiker").order_by("-pk")
    # What waits stands on Vandaag of the regievoerder: that of the persona tells its own story.
    eigen = mensen.filter(regievoerder=samira.regievoerder_id)
    anderen = mensen.filter(regievoerder__isnull=False).exclude(regievoerder=samira.regievoerder_id)
    team = anderen.filter(team=samira.team_id), anderen.exclude(team=samira.team_id)
    gekozen = [*_met_uitkering(eigen, peildatum, 1)]
    for groep in team:
        gekozen += _met_uitkering(groep, peildatum, _MENSEN - len(gekozen))
    if len(gekozen) < _MENSEN:
        return
    vandaag, beantwoord, open_, laat = gekozen
    _gewaarschuwd(vandaag, peildatum)
    _advies(
        beantwoord, peildatum - 60 * _DAG, status="opgelegd", besluit_op=peildatum - 50 * _DAG,
        ingangsdatum=peildatum - 40 * _DAG, einddatum=peildatum - 10 * _DAG, beantwoord_op=peildatum - 50 * _DAG,
        beantwoord_door="Rachid Amrani", tekst_antwoord="Een maand.",
        gelezen_op=peildatum - 49 * _DAG,
    )  # fmt: skip
    _advies(open_, peildatum - 3 * _DAG)
    _advies(laat, peildatum - 20 * _DAG)
    eerder = _eerder_dit_jaar(anderen.exclude(pk__in=[d.pk for d in gekozen]), peildatum)
    with handeling(ACTOR):
        for deelnemer in (*gekozen, *eerder):
            ververs(deelnemer.pk)
            werk_bij(deelnemer.pk)


def _eerder_dit_jaar(mensen: QuerySet[Deelnemer], peildatum: dt.date) -> list[Deelnemer]:
    """What income decided in the past months, over the teams: beside outflow it shows where results come from."""
    gekozen = _met_uitkering(mensen.order_by("pk"), peildatum, len(_BESLOTEN))
    for deelnemer, (geleden, status) in zip(gekozen, _BESLOTEN, strict=False):
        op = peildatum - geleden * _DAG
        besluit = {"status": status, "besluit_op": op + 8 * _DAG, "beantwoord_op": op + 8 * _DAG}
        periode = {"ingangsdatum": op + 20 * _DAG, "einddatum": op + 50 * _DAG} if status == "opgelegd" else {}
        _advies(deelnemer, op, beantwoord_door="Rachid Amrani", gelezen_op=op + 9 * _DAG, **besluit, **periode)
    return gekozen


def _met_uitkering(mensen: QuerySet[Deelnemer], op: dt.date, hoeveel: int) -> list[Deelnemer]:
    """The first so many with a running benefit: an advice is about one."""
    return list(islice((d for d in mensen if lopende_uitkering(d, op) is not None), max(hoeveel, 0)))


def _gewaarschuwd(deelnemer: Deelnemer, peildatum: dt.date) -> None:
    assert deelnemer.regievoerder is not None  # noqa: S101 - chosen that way
    dienst.geef_waarschuwing(
        deelnemer, peildatum - 12 * _DAG, "gesprek", afspraak=_AFSPRAAK, niet_gedaan=_FEITEN,
        reactie="Ik had geen oppas. Nu heb ik die wel.", medewerker=deelnemer.regievoerder, actor=ACTOR,
    )  # fmt: skip


def _advies(deelnemer: Deelnemer, op: dt.date, **antwoord: Any) -> None:
    """A warning two weeks before, and the advice as it stands now."""
    van: dict[str, Any] = {"deelnemer": deelnemer, "gegeven_door": deelnemer.regievoerder}
    eerder_op = op - 14 * _DAG
    with handeling(ACTOR):
        eerder = Waarschuwing.objects.create(
            gegeven_op=eerder_op, wijze="brief", afspraak=_AFSPRAAK, niet_gedaan=_FEITEN, status_sinds=eerder_op, **van
        )
        rij = Maatregeladvies.objects.create(
            waarschuwing=eerder, reden="18-4-h", gebeurd_op=op - 5 * _DAG, feiten="Kwam na de waarschuwing weer niet.",
            hoorwijze="telefoon", gehoord_op=op - _DAG, zienswijze="Ik was het vergeten.", verwijtbaar=_WIST,
            gegeven_op=op, termijn=op + 14 * _DAG, status_sinds=antwoord.get("besluit_op", op), **van, **antwoord,
        )  # fmt: skip
        schrijf(eerder)
        schrijf(rij)
