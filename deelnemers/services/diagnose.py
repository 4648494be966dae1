"""The diagnosis: recorded, confirmed, corrected, kept fresh (R046-R051, R059)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Min

from deelnemers.houdbaarheid import houdbaar_tot
from deelnemers.keuzes import Bron
from deelnemers.models import (
    Beschikbaarheid,
    Competentiemeting,
    Deelnemer,
    Diagnose,
    Diagnosegegeven,
    Opleiding,
    Taalbeheersing,
    Werkervaring,
    Werkvermogen,
    Zoekberoep,
)
from deelnemers.services.inhaal import leg_voortgang_vast
from deelnemers.services.tijdlijn import KAMER, metingregels
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.weergave import datum
from kern.weigering import IntussenGewijzigd
from organisatie.models import Medewerker
from regelgeving import opzoeken

GEWIJZIGD = "diagnose.gewijzigd"

#: Every kind of item; how long each keeps is a dated setting (R050).
SOORTEN: tuple[type[Diagnosegegeven], ...] = (
    *(Opleiding, Werkervaring, Taalbeheersing, Beschikbaarheid, Zoekberoep, Werkvermogen, Competentiemeting),
)
#: What makes the hard and the soft part complete (R048).
HARD = (Opleiding, Taalbeheersing, Beschikbaarheid, Zoekberoep, Werkvermogen)
ZACHTE_COMPETENTIES = ("motivatie", "op_tijd", "samenwerken", "omgaan_met_gezag", "communiceren")


@service
def leg_vast(
    deelnemer: Deelnemer,
    soort: type[Diagnosegegeven],
    *,
    actor: Actor,
    bron: Bron | str = Bron.GESPREK,
    vastgesteld_op: dt.date | None = None,
    vervangt: Diagnosegegeven | None = None,
    te_bevestigen: bool = False,
    **velden: Any,
) -> Diagnosegegeven:
    """Record one item; `vervangt` closes the row it corrects, which stays in the history (R227).

    What `velden` does not name is taken over from the row that is corrected. Raises ValidationError per
    field, and when a colleague corrected that row first.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    if vervangt is not None and not soort.objects.filter(pk=vervangt.pk, vervangen_op__isnull=True).exists():  # type: ignore[misc]
        raise ValidationError("Een collega heeft dit net verbeterd. Kijk wat er nu staat.")
    herkomst = {
        "bron": bron,
        "vastgesteld_op": vastgesteld_op or klok.vandaag(),
        "te_bevestigen": te_bevestigen,
    }
    rij = schrijf(deelnemer, soort, herkomst, velden, vervangt)
    werk_stand_bij(deelnemer)
    return rij


#: Kinds of which one row holds at a time; a new measurement of a competence replaces the former for freshness.
_EEN_TEGELIJK = (Beschikbaarheid, Werkvermogen, Competentiemeting)
_EIGEN = frozenset(
    {"id", "gemeente", "aangemaakt_op", "deelnemer", "bron", "vastgesteld_op", "bevestigd_op", "houdbaar_tot"}
    | {"te_bevestigen", "vervangen_op", "aanbod"}
)


def schrijf(
    deelnemer: Deelnemer,
    soort: type[Diagnosegegeven],
    herkomst: dict[str, Any],
    velden: dict[str, Any],
    vervangt: Diagnosegegeven | None = None,
) -> Diagnosegegeven:
    """One item, for the services of this room that call `werk_stand_bij` after it; `vervangt` ends on the same day."""
    op = herkomst["vastgesteld_op"]
    if vervangt is None and soort in _EEN_TEGELIJK:
        gelijk = {"competentie": velden.get("competentie")} if soort is Competentiemeting else {}
        nu = soort.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True, **gelijk)
        vervangt = nu.order_by("-vastgesteld_op", "-id").first()
    if vervangt is not None:
        vervangt.vervangen_op = op
        vervangt.save(update_fields=["vervangen_op"])
        if soort is not Competentiemeting:
            velden = {v.name: getattr(vervangt, v.name) for v in invulbaar(soort)} | velden
    rij = soort(deelnemer=deelnemer, houdbaar_tot=houdbaar_tot(soort, op), **herkomst, **velden)  # type: ignore[misc]
    rij.full_clean()
    rij.save()
    return rij


@service
def leg_meting_vast(
    deelnemer: Deelnemer,
    scores: Mapping[str, int],
    *,
    actor: Actor,
    op: dt.date,
    bron: Bron | str = Bron.GESPREK,
    toelichting: str = "",
    gemeten_door: Medewerker | None = None,
    versie: int | None = None,
) -> None:
    """Record one round of the soft part, all scores together (R047, R056); what was not measured stays as it is.

    `versie` is `meetversie` of when the scores were asked: IntussenGewijzigd when a colleague measured since.
    Raises ValidationError without a score, with an unknown scale, and for a day before the former measurement.
    """
    Deelnemer.objects.select_for_update(of=("self",)).get(pk=deelnemer.pk)
    rijen = Competentiemeting.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True)
    nu = {rij.competentie: rij for rij in rijen.order_by("vastgesteld_op", "id")}
    if versie is not None and (laatste := meetversie(nu.values())) != versie:
        raise IntussenGewijzigd({c: rij.score for c, rij in nu.items() if rij.pk > versie}, laatste)
    if not scores or set(scores) - set(ZACHTE_COMPETENTIES):
        raise ValidationError("Kies bij minstens één onderwerp wat je zag.")
    eerder = max((nu[c].vastgesteld_op for c in scores if c in nu), default=op)
    if op < eerder:
        raise ValidationError({"vastgesteld_op": f"De laatste meting is van {datum(eerder)}. Kies die dag of later."})
    herkomst = {"bron": bron, "vastgesteld_op": op, "te_bevestigen": False}
    for code, score in scores.items():
        velden = {"competentie": code, "score": score, "toelichting": toelichting, "gemeten_door": gemeten_door}
        schrijf(deelnemer, Competentiemeting, herkomst, velden)
    tijdlijn.schrijf(*metingregels(deelnemer.pk))
    werk_stand_bij(deelnemer)


def meetversie(rijen: Iterable[Competentiemeting]) -> int:
    """The counter against lost changes of the present measurements of one person; 0 when there are none."""
    return max((rij.pk for rij in rijen), default=0)


def invulbaar(soort: type[Diagnosegegeven]) -> list[Any]:
    """The columns that say what the item is, without where it comes from and how long it keeps."""
    return [veld for veld in soort._meta.concrete_fields if veld.name not in _EIGEN]


@service
def bevestig(rij: Diagnosegegeven, *, actor: Actor) -> None:
    """It still holds: one click, and the shelf life starts again (R050)."""
    _bevestig(rij)
    werk_stand_bij(rij.deelnemer)  # type: ignore[attr-defined]


def _bevestig(rij: Diagnosegegeven) -> None:
    vandaag = klok.vandaag()
    rij.bevestigd_op, rij.te_bevestigen = vandaag, False
    rij.houdbaar_tot = houdbaar_tot(type(rij), vandaag)
    rij.save(update_fields=["bevestigd_op", "te_bevestigen", "houdbaar_tot"])


@service
def bevestig_alles(deelnemer: Deelnemer, *, actor: Actor, bijzonder: bool = True) -> int:
    """Everything that still waits for confirmation holds; returns how many items.

    Without `bijzonder` the work capacity is left alone: nobody confirms what he may not see.
    """
    aantal = 0
    for soort in SOORTEN:
        if soort is Werkvermogen and not bijzonder:
            continue
        wachtend = soort.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True, te_bevestigen=True)  # type: ignore[misc]
        for rij in wachtend.order_by("id"):
            _bevestig(rij)
            aantal += 1
    if aantal:
        werk_stand_bij(deelnemer)
    return aantal


#: Kinds of barriers that are special data (R228).
BIJZONDERE_BELEMMERINGEN = frozenset(
    {"schulden", "arbeidsbeperking", "lichamelijk", "psychosociaal", "verslaving", "detentieverleden"}
)


def is_bijzonder(soort: str) -> bool:
    """Whether a kind of barrier is special data: by law, or because the code list says so."""
    code = opzoeken.code("belemmeringssoorten", soort)
    return soort in BIJZONDERE_BELEMMERINGEN or (code is not None and code.afgeschermd)


def werk_stand_bij(deelnemer: Deelnemer) -> None:
    """Keep completeness and freshness of the diagnosis, and the column for lists."""
    stand, _ = Diagnose.objects.get_or_create(deelnemer=deelnemer)
    vers = [
        soort.objects.filter(deelnemer=deelnemer, vervangen_op__isnull=True).aggregate(tot=Min("houdbaar_tot"))["tot"]
        for soort in HARD
    ]
    zacht = dict(
        Competentiemeting.objects.filter(
            deelnemer=deelnemer, vervangen_op__isnull=True, competentie__in=ZACHTE_COMPETENTIES
        )
        .values_list("competentie")
        .annotate(tot=Min("houdbaar_tot"))
        .order_by("competentie")
    )
    vandaag = klok.vandaag()
    hard_compleet, zacht_compleet = all(vers), len(zacht) == len(ZACHTE_COMPETENTIES)
    stand.hard_compleet_op = (stand.hard_compleet_op or vandaag) if hard_compleet else None
    stand.zacht_compleet_op = (stand.zacht_compleet_op or vandaag) if zacht_compleet else None
    stand.vers_tot = min([*vers, *zacht.values()]) if hard_compleet and zacht_compleet else None
    stand.save(update_fields=["hard_compleet_op", "zacht_compleet_op", "vers_tot"])
    if deelnemer.diagnose_vers_tot != stand.vers_tot:
        deelnemer.diagnose_vers_tot = stand.vers_tot
        deelnemer.save(update_fields=["diagnose_vers_tot"])
    if stand.vers_tot and stand.vers_tot >= vandaag:
        werkvoorraad.klaar(KAMER, f"diagnose:{deelnemer.pk}")
        leg_voortgang_vast(deelnemer.pk)
    gebeurtenis.meld(GEWIJZIGD, deelnemer.pk, betrokkene_id=deelnemer.pk)


def is_actueel(deelnemer: Deelnemer) -> bool:
    """Whether both parts of the diagnosis are complete and fresh, so that an instrument may be assigned (R059)."""
    compleet = Diagnose.objects.filter(hard_compleet_op__isnull=False, zacht_compleet_op__isnull=False)
    return compleet.filter(deelnemer=deelnemer, vers_tot__gte=klok.vandaag()).exists()
