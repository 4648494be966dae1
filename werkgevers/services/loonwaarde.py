"""Record and correct a wage value (R114, Participatiewet art. 10d)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from werkgevers.dienstverbandvragen import periode_op, perioden_van
from werkgevers.keuzes import Meetroute
from werkgevers.loonwaarde import Taak, bereken, fouten, hoofdtaakregel, volgende_meting
from werkgevers.models import Dienstverband, Loonwaardemeting
from werkgevers.regels import loonwaarderegel
from werkgevers.services.dienstverband import ververs_werk

LOONWAARDE = "loonwaarde.gemeten"
_SPREEK_AF = "Spreek af wanneer jullie opnieuw meten, en vul die dag in."


@service
def meet_loonwaarde(
    dienstverband: Dienstverband,
    gemeten_op: dt.date,
    deskundige: str,
    *,
    actor: Actor,
    percentage: int | None = None,
    taken: Sequence[Taak] = (),
    geldig_vanaf: dt.date | None = None,
    volgende_op: dt.date | None = None,
    **velden: Any,
) -> Loonwaardemeting:
    """Record a measurement in whole percent of the minimum wage. With `taken` the percentage follows from them.

    Without `volgende_op` the term of the law counts; since 2023 there is none, and the day is asked. Raises
    ValidationError at the field (Regeling LKS 2014 art. 4, Besluit LKS 2021 art. 1).
    """
    return _leg_vast(
        Loonwaardemeting(
            deelnemer_id=dienstverband.deelnemer_id,
            dienstverband=dienstverband,
            gemeten_op=gemeten_op,
            geldig_vanaf=geldig_vanaf or max(gemeten_op, dienstverband.begindatum),
            deskundige=deskundige,
            volgende_op=volgende_op,
            **velden,
        ),
        percentage,
        taken,
    )


@service
def corrigeer_loonwaarde(
    meting: Loonwaardemeting,
    reden: str,
    *,
    actor: Actor,
    percentage: int | None = None,
    taken: Sequence[Taak] = (),
    **velden: Any,
) -> Loonwaardemeting:
    """Replace a measurement by a better version; the former one stays.

    Raises OvergangGeweigerd when it was replaced already.
    """
    oud = Loonwaardemeting.objects.select_for_update(of=("self",)).select_related("dienstverband").get(pk=meting.pk)
    if oud.vervangen_op is not None:
        raise OvergangGeweigerd("Deze meting is al gecorrigeerd. Corrigeer de nieuwste versie.")
    if not reden.strip():
        raise ValidationError({"correctiereden": "Geef een reden bij een correctie."})
    oud.vervangen_op = klok.vandaag()
    oud.save(update_fields=["vervangen_op"])
    tijdlijn.wis("werkgevers", f"loonwaarde:{oud.pk}")
    houdt = ("gemeten_op", "geldig_vanaf", "deskundige", "route", "methode", "werkdagen")
    ook = ("oordeel_werkgever", "zienswijze", "volgende_op")
    nieuw = Loonwaardemeting(
        deelnemer_id=oud.deelnemer_id,
        dienstverband=oud.dienstverband,
        vervangt=oud,
        correctiereden=reden[:200],
        **{naam: getattr(oud, naam) for naam in (*houdt, *ook)} | velden,
    )
    return _leg_vast(nieuw, percentage, taken)


@service
def leg_oordeel_vast(
    meting: Loonwaardemeting, oordeel_werkgever: str, zienswijze: str, *, actor: Actor
) -> Loonwaardemeting:
    """What the employer thinks of a measurement; who does not agree says why."""
    rij = Loonwaardemeting.objects.select_for_update(of=("self",)).get(pk=meting.pk)
    rij.oordeel_werkgever, rij.zienswijze = oordeel_werkgever, zienswijze
    rij.full_clean()
    rij.save(update_fields=["oordeel_werkgever", "zienswijze"])
    return rij


def _leg_vast(meting: Loonwaardemeting, percentage: int | None, taken: Sequence[Taak]) -> Loonwaardemeting:
    werk = meting.dienstverband
    _controleer_dagen(meting, werk)
    if taken:
        _controleer_taken(meting, taken)
        percentage = bereken(taken)
    if percentage is None:
        raise ValidationError({"percentage": "Vul de taken in, of de loonwaarde uit het rapport."})
    meting.percentage, meting.taken = percentage, [taak.als_rij() for taak in taken]
    if meting.volgende_op is None:
        meting.volgende_op = volgende_meting(werk.soort, meting.gemeten_op)
    if meting.volgende_op is None:
        raise ValidationError({"volgende_op": _SPREEK_AF})
    meting.full_clean()
    meting.save()
    tijdlijn.schrijf(loonwaarderegel(meting))
    ververs_werk(werk)
    gebeurtenis.meld(
        LOONWAARDE,
        meting.pk,
        betrokkene_id=meting.deelnemer_id,
        data={"dienstverband": werk.pk, "meting": meting.pk, "vanaf": meting.geldig_vanaf.isoformat()},
    )
    return meting


def _controleer_dagen(meting: Loonwaardemeting, werk: Dienstverband) -> None:
    if meting.gemeten_op > klok.vandaag():
        raise ValidationError({"gemeten_op": "Deze dag moet nog komen."})
    if meting.gemeten_op < werk.begindatum and meting.route == Meetroute.METING:
        raise ValidationError(
            {"gemeten_op": "Deze dag ligt voor het begin. Kies bij een eerdere meting hoe er is gemeten."}
        )
    if meting.geldig_vanaf < werk.begindatum:
        raise ValidationError({"geldig_vanaf": "Kies een dag op of na het begin van het dienstverband."})
    if werk.einddatum is not None and meting.geldig_vanaf > werk.einddatum:
        raise ValidationError({"geldig_vanaf": "Op deze dag is het dienstverband al beëindigd."})


def uren_voor_taken(werk: Dienstverband, dag: dt.date) -> Any:
    """Hours per week that the tasks share, on the day of the measurement or else at the start."""
    perioden = list(perioden_van(werk))
    periode = periode_op(perioden, max(dag, werk.begindatum))
    return periode.uren_per_week if periode else werk.uren_per_week


def _controleer_taken(meting: Loonwaardemeting, taken: Sequence[Taak]) -> None:
    uren = uren_voor_taken(meting.dienstverband, meting.gemeten_op)
    per_taak, samen = fouten(taken, uren, meting.werkdagen or 1, hoofdtaakregel(meting.gemeten_op))
    zinnen = [f"{taken[plek].naam}: {zin}" for plek, zin in per_taak.items()] + samen
    if zinnen:
        raise ValidationError({"taken": zinnen})
