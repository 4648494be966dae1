"""Who helps from outside: partners of several kinds, with what they may know and until when (R214)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from deelnemers.models import Deelnemer, Vertegenwoordiger
from deelnemers.services import partijen
from deelnemers.services.partijen import Delen
from kern import klok
from organisatie.models import Ketenpartner
from reintegratie.demodata.wegschrijven import ACTOR

_DAG = dt.timedelta(days=1)


def maak() -> None:
    """Around the consulent who logs in. Call when all dossiers are there."""
    samira = Deelnemer.objects.filter(persona="samira").select_related("regievoerder").first()
    if samira is None or samira.regievoerder is None:
        return
    _van_samira(samira)
    ik = samira.regievoerder
    rijen = Deelnemer.objects.filter(regievoerder=ik, in_traject=True, persona="", overleden_op=None)
    mensen = list(rijen.filter(samengevoegd_met=None).order_by("pk")[6:9])
    for deelnemer in mensen[:1]:
        _loopt_af(deelnemer)
    for deelnemer in mensen[1:2]:
        _wet(deelnemer)
    namens = Vertegenwoordiger.objects.filter(soort="bewindvoerder").select_related("deelnemer").order_by("pk").first()
    if namens is not None:
        _bewindvoerder(namens)


def _partij(deelnemer: Deelnemer, delen: Delen, sinds: int, **velden: Any) -> None:
    partijen.voeg_partij_toe(
        deelnemer,
        delen,
        begindatum=klok.vandaag() - sinds * _DAG,
        medewerker=deelnemer.regievoerder,
        actor=ACTOR,
        **velden,
    )


def _goed(*onderwerpen: str, dagen: int, wijze: str = "gesprek") -> Delen:
    """The person agreed."""
    return Delen(onderwerpen, "toestemming", "", klok.vandaag() + dagen * _DAG, wijze)


def _van_samira(samira: Deelnemer) -> None:
    school = Ketenpartner.objects.filter(soort="onderwijs").order_by("pk").first()
    _partij(
        samira, _goed("afspraken", "plan", "voortgang", dagen=150), 120, rol="school", naam="Joke de Vries",
        ketenpartner=school, organisatie="" if school else "Praktijkschool De Linde", telefoon="020 555 01 71",
        email="j.devries@school.example",
    )  # fmt: skip
    _partij(
        samira, _goed("bereikbaarheid", dagen=200, wijze="telefoon"), 60, rol="naaste", naam="Fatima, zus",
        telefoon="06 55 50 12 34",
    )  # fmt: skip
    _partij(samira, Delen(), 30, rol="schuldhulp", naam="Peter Kuipers", telefoon="020 555 01 72")


def _loopt_af(deelnemer: Deelnemer) -> None:
    """Sharing with the neighbourhood team ends within two weeks: it stands on Vandaag."""
    _partij(
        deelnemer, _goed("plan", "belemmeringen", dagen=9), 340, rol="wijkteam", naam="Sanne Mulder",
        organisatie="Wijkteam Oost", telefoon="020 555 01 73",
    )  # fmt: skip
    _partij(
        deelnemer, Delen(), 200, rol="anders", rol_toelichting="vrijwilliger taalmaatje", naam="Wim Hoekstra",
        organisatie="Taalhuis",
    )  # fmt: skip


def _wet(deelnemer: Deelnemer) -> None:
    uwv = Ketenpartner.objects.filter(soort="uwv").order_by("pk").first()
    delen = Delen(("werk_en_inkomen",), "arbeidsinschakeling", "", klok.vandaag() + 180 * _DAG)
    _partij(
        deelnemer, delen, 90, rol="uwv", ketenpartner=uwv, organisatie="" if uwv else "UWV", telefoon="020 555 01 74"
    )
    _partij(
        deelnemer, _goed("afspraken", "voortgang", dagen=100), 45, rol="werkbegeleider", naam="Rob Jansen",
        organisatie="Bakkerij Van Dam", email="rob@vandam.example",
    )  # fmt: skip


def _bewindvoerder(namens: Vertegenwoordiger) -> None:
    _partij(
        namens.deelnemer, _goed("bereikbaarheid", "werk_en_inkomen", dagen=300, wijze="schriftelijk"), 100,
        rol="vertegenwoordiger", vertegenwoordiger=namens,
    )  # fmt: skip
