"""The right to money: begin, end, open again, withdraw. Called by an approved decision only (R149)."""

from __future__ import annotations

import datetime as dt
from copy import copy
from typing import Any

from django.core.exceptions import ValidationError

from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.nummers import volgend_nummer
from kern.toestanden import leg_overgang_vast, verzet
from kern.weergave import datum
from loonkostensubsidie.geldbron import bronvelden
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Regeling, Regelingsoort, Subsidie
from loonkostensubsidie.regels import subsidieregel
from loonkostensubsidie.toestanden import SUBSIDIE
from werkgevers.models import Dienstverband, Werkgever
from werkgevers.proefplaatswerk import proefplaats_op

GEWIJZIGD = "subsidie.gewijzigd"


@service
def begin_subsidie(
    dienstverband: Dienstverband,
    regeling: Regeling,
    begindatum: dt.date,
    *,
    actor: Actor,
    einddatum: dt.date | None = None,
    werkgever: Werkgever | None = None,
    project: str = "",
    **velden: Any,
) -> Subsidie:
    """Give a right from `begindatum` (until `einddatum`, included); the employer that pays the wage gets the money,
    from the source of the scheme or from `project`.

    Raises ValidationError when the scheme does not hold then, when the day is not in the employment, and when another
    subsidy runs for it already (Participatiewet art. 10d lid 9).
    """
    _controleer(dienstverband, regeling, begindatum)
    factureren = regeling.soort == Regelingsoort.DETACHERING
    rij = Subsidie(
        nummer=volgend_nummer(Subsidie, "SUB"),
        deelnemer_id=dienstverband.deelnemer_id,
        dienstverband=dienstverband,
        werkgever=werkgever or _wie(dienstverband, factureren=factureren),
        regeling=regeling,
        begindatum=begindatum,
        einddatum=einddatum,
        richting=Richting.FACTUREREN if factureren else Richting.BETALEN,
        status_sinds=klok.vandaag(),
        **bronvelden(regeling, project),
        **velden,
    )
    rij.full_clean()
    rij.save()
    begin = SUBSIDIE.stap("", "beginnen")
    if begin is None:
        raise LookupError("de tabel SUBSIDIE kent geen begin")
    leg_overgang_vast("subsidie", rij, "", begin, actor=actor)
    _meld(rij)
    return rij


@service
def beeindig_subsidie(subsidie: Subsidie, laatste_dag: dt.date, reden: str, *, actor: Actor) -> Subsidie:
    """Set the last day of a right. It runs until that day is over: then the night ends it (`sluit_afgelopen`).

    A day in the past ends it at once and gives corrections at the next booking; what ended can only end earlier.
    """
    rij = _vergrendel(subsidie)
    if laatste_dag < rij.begindatum:
        raise ValidationError({"einddatum": f"De subsidie begint op {datum(rij.begindatum)}. Trek haar anders in."})
    eerder = rij.status == "beeindigd" and rij.einddatum is not None and laatste_dag < rij.einddatum
    rij.einddatum, rij.einde_reden = laatste_dag, reden[:200]
    rij.full_clean()
    if eerder or (rij.status == "lopend" and laatste_dag >= klok.vandaag()):
        rij.versie += 1
        rij.save(update_fields=["einddatum", "einde_reden", "versie"])
    else:
        verzet(SUBSIDIE, rij, "beeindigen", actor=actor, reden=reden, ook=["einddatum", "einde_reden"])
    _meld(rij)
    return rij


@service
def sluit_afgelopen(subsidie: Subsidie, *, actor: Actor) -> Subsidie | None:
    """End a right whose last day has passed, by its own end or that of the employment; None when it still runs.

    A forfait lasts at most six months, and a job that ended has no subsidy: no decision is needed for that.
    """
    rij = _vergrendel(subsidie)
    if rij.status != "lopend" or (einde := laatste_dag_van(rij)) is None or einde >= klok.vandaag():
        return None
    if einde < rij.begindatum:
        return None
    reden = "Het werk is gestopt." if einde == rij.dienstverband.einddatum else "De laatste dag is voorbij."
    return beeindig_subsidie(rij, einde, rij.einde_reden or reden, actor=actor)


def laatste_dag_van(rij: Subsidie) -> dt.date | None:
    """The last day with a right: of the right itself, or of the employment when that ended earlier."""
    return min((dag for dag in (rij.einddatum, rij.dienstverband.einddatum) if dag is not None), default=None)


@service
def heropen_subsidie(subsidie: Subsidie, reden: str, *, actor: Actor, einddatum: dt.date | None = None) -> Subsidie:
    """Let a right run on: the end was a mistake, or the employment went on."""
    rij = _vergrendel(subsidie)
    rij.einddatum, rij.einde_reden = einddatum, ""
    straks = copy(rij)
    straks.status = "lopend"
    straks.full_clean()
    verzet(SUBSIDIE, rij, "heropenen", actor=actor, reden=reden, ook=["einddatum", "einde_reden"])
    _meld(rij)
    return rij


@service
def herstel_subsidie(
    subsidie: Subsidie, vanaf: dt.date, reden: str, *, actor: Actor, einddatum: dt.date | None = None
) -> Subsidie:
    """After a well-founded objection the right is as if the decision was never taken; the ledger follows by itself.

    What ended runs on from `vanaf`, with no day between; what was withdrawn, or began on a wrong day, begins then.
    Raises ValidationError for a gap, and when another right holds on these days.
    """
    rij = _vergrendel(subsidie)
    straks, oud = copy(rij), rij.status
    if rij.loopt_door(vanaf):
        eis_aansluitend(rij, vanaf)
    else:
        straks.begindatum = vanaf
        _controleer(rij.dienstverband, rij.regeling, vanaf)
    straks.status, straks.einddatum, straks.einde_reden = "lopend", einddatum, ""
    straks.full_clean()
    rij.begindatum, rij.einddatum, rij.einde_reden = straks.begindatum, einddatum, ""
    if oud == "lopend":
        rij.versie += 1
        rij.save(update_fields=["begindatum", "einddatum", "einde_reden", "versie"])
    else:
        verzet(SUBSIDIE, rij, "heropenen", actor=actor, reden=reden, ook=["begindatum", "einddatum", "einde_reden"])
    _meld(rij)
    return rij


def eis_aansluitend(rij: Subsidie, vanaf: dt.date) -> None:
    """A right that ended runs on without a day between."""
    if rij.einddatum is not None and vanaf > rij.einddatum + dt.timedelta(days=1):
        raise ValidationError(
            {"ingangsdatum": f"De subsidie liep tot en met {datum(rij.einddatum)}. Kies hoogstens de dag erna."}
        )


@service
def trek_subsidie_in(subsidie: Subsidie, reden: str, *, actor: Actor) -> Subsidie:
    """There never was a right: every month comes to nothing at the next booking (Awb 4:48, 4:49)."""
    rij = _vergrendel(subsidie)
    verzet(SUBSIDIE, rij, "intrekken", actor=actor, reden=reden)
    _meld(rij)
    return rij


def _controleer(dienstverband: Dienstverband, regeling: Regeling, begindatum: dt.date) -> None:
    fouten: dict[str, str] = {}
    if regeling.begindatum > begindatum or (regeling.einddatum and regeling.einddatum < begindatum):
        fouten["regeling"] = f"{regeling.naam} gold niet op {datum(begindatum)}."
    elif regeling.nieuw_mogelijk_tot and dienstverband.begindatum > regeling.nieuw_mogelijk_tot:
        fouten["regeling"] = f"{regeling.naam} kan alleen voor werk dat uiterlijk begon op " + (
            f"{datum(regeling.nieuw_mogelijk_tot)}."
        )
    if begindatum < dienstverband.begindatum or (dienstverband.einddatum and begindatum > dienstverband.einddatum):
        fouten["begindatum"] = "Kies een dag binnen het dienstverband."
    proef = proefplaats_op(dienstverband.deelnemer_id, dienstverband.feitelijke_werkgever_id, begindatum)
    if proef is not None:
        fouten["begindatum"] = f"Tot en met {datum(proef.einddatum)} is er een proefplaats, zonder loon en subsidie."
    if fouten:
        raise ValidationError(fouten)


def _wie(dienstverband: Dienstverband, *, factureren: bool) -> Werkgever:
    return dienstverband.feitelijke_werkgever if factureren else dienstverband.formele_werkgever


def _vergrendel(subsidie: Subsidie) -> Subsidie:
    vraag = Subsidie.objects.select_for_update(of=("self",)).select_related("regeling", "werkgever", "dienstverband")
    return vraag.get(pk=subsidie.pk)


def _meld(rij: Subsidie) -> None:
    tijdlijn.schrijf(subsidieregel(rij))
    gebeurtenis.meld(GEWIJZIGD, rij.pk, betrokkene_id=rij.deelnemer_id, data={"subsidie": rij.pk})
