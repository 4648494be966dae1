"""One candidate and one vacancy: introduce, follow, undo, end with a reason (R132)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError

from deelnemers.models import Deelnemer
from kern import klok
from kern.aansluitingen import gebeurtenis, tijdlijn, werkvoorraad
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd, Stap, leg_overgang_vast, verzet
from organisatie.models import Medewerker
from werkgevers.keuzes import Afwijsreden
from werkgevers.models import Bemiddeling, Vacature
from werkgevers.regels import KAMER, bemiddelingregel, stapwerk, voordrachtwerk
from werkgevers.services.vacatures import vergrendel
from werkgevers.toestanden import BEMIDDELING, OPEN_BEMIDDELING

VOORGEDRAGEN = "bemiddeling.voorgedragen"
GEWIJZIGD = "bemiddeling.gewijzigd"
#: Working rule: after introducing somebody the next step comes within this many days.
EERSTE_STAP_DAGEN = 3
_DUBBEL = "Deze kandidaat is al voorgedragen voor deze vacature."


@service
def draag_voor(
    deelnemer: Deelnemer,
    vacature: Vacature,
    medewerker: Medewerker,
    *,
    actor: Actor,
    score: int | None = None,
    uitleg: dict[str, Any] | None = None,
) -> Bemiddeling:
    """Introduce a candidate for a vacancy; no question before, undo after (`trek_voordracht_in`).

    Raises ValidationError when the vacancy is not open, has no free place, the pair already runs, or the person died.
    """
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden.")
    rij = vergrendel(vacature)
    if rij.status != "open" or rij.vrij < 1:
        raise ValidationError("Voordragen kan nu niet: deze vacature is niet open of heeft geen vrije plek meer.")
    if Bemiddeling.objects.filter(deelnemer=deelnemer, vacature=rij, status__in=OPEN_BEMIDDELING).exists():
        raise ValidationError(_DUBBEL)
    vandaag = klok.vandaag()
    bemiddeling = Bemiddeling(
        deelnemer=deelnemer,
        vacature=rij,
        medewerker=medewerker,
        status="voorgedragen",
        status_sinds=vandaag,
        voorgedragen_op=klok.nu(),
        score=score,
        uitleg=uitleg or {},
        volgende_actie="Stel de kandidaat voor bij de werkgever",
        volgende_actie_op=vandaag + dt.timedelta(days=EERSTE_STAP_DAGEN),
    )
    bemiddeling.full_clean()
    bemiddeling.save()
    leg_overgang_vast(
        BEMIDDELING.soort,
        bemiddeling,
        "",
        Stap("voordragen", ("",), "voorgedragen", frozenset(), "Voordragen"),
        actor=actor,
    )
    tijdlijn.schrijf(bemiddelingregel(bemiddeling))
    werkvoorraad.schrijf(stapwerk(bemiddeling), *voordrachtwerk(bemiddeling))
    gebeurtenis.meld(
        VOORGEDRAGEN,
        bemiddeling.pk,
        betrokkene_id=deelnemer.pk,
        data={"bemiddeling": bemiddeling.pk, "vacature": rij.pk},
    )
    return bemiddeling


@service
def trek_voordracht_in(bemiddeling: Bemiddeling, *, actor: Actor) -> Bemiddeling:
    """Undo an introduction that went no further; the line in the timeline goes too, the log keeps it."""
    rij = _vergrendel(bemiddeling)
    rij.besloten_op = klok.vandaag()
    rij.volgende_actie, rij.volgende_actie_op = "", None
    verzet(BEMIDDELING, rij, "intrekken", actor=actor, ook=["besloten_op", "volgende_actie", "volgende_actie_op"])
    tijdlijn.wis(KAMER, f"bemiddeling:{rij.pk}")
    ruim_werk_op(rij)
    _meld(rij)
    return rij


@service
def zet_bemiddeling(
    bemiddeling: Bemiddeling,
    actie: str,
    *,
    actor: Actor,
    reden: str = "",
    toelichting: str = "",
    volgende_actie: str = "",
    volgende_actie_op: dt.date | None = None,
) -> Bemiddeling:
    """One step of the pipeline. `reden` is a code of `Afwijsreden`, needed when it ends without a placement.

    `plaatsen` goes through `plaats`, because it needs hours, wage and contract.
    """
    if actie == "plaatsen":
        raise OvergangGeweigerd("Plaatsen doe je met de uren, het loon en het contract erbij.")
    if actie == "intrekken":
        return trek_voordracht_in(bemiddeling, actor=actor)
    rij = _vergrendel(bemiddeling)
    stap = BEMIDDELING.stap(rij.status, actie)
    if stap is not None and stap.naar not in OPEN_BEMIDDELING:
        if reden not in Afwijsreden.values:
            raise ValidationError({"reden": "Kies een reden als de bemiddeling stopt zonder plaatsing."})
        return sluit_bemiddeling(rij, actie, reden, actor=actor, toelichting=toelichting)
    rij.volgende_actie, rij.volgende_actie_op = volgende_actie, volgende_actie_op if volgende_actie else None
    if volgende_actie and volgende_actie_op is None:
        raise ValidationError({"volgende_actie_op": "Zeg ook wanneer je de volgende stap doet."})
    verzet(BEMIDDELING, rij, actie, actor=actor, reden=toelichting, ook=["volgende_actie", "volgende_actie_op"])
    _bijgewerkt(rij)
    werkvoorraad.klaar(KAMER, f"voordracht:{rij.pk}")
    return rij


@service
def plan_stap(bemiddeling: Bemiddeling, wat: str, op: dt.date, *, actor: Actor) -> Bemiddeling:
    """Set the next action and its date without moving the pipeline."""
    rij = _vergrendel(bemiddeling)
    if not rij.is_open:
        raise OvergangGeweigerd("Deze bemiddeling is afgelopen.")
    rij.volgende_actie, rij.volgende_actie_op = wat, op
    rij.versie += 1
    rij.full_clean()
    rij.save(update_fields=["volgende_actie", "volgende_actie_op", "versie"])
    _bijgewerkt(rij)
    return rij


def sluit_bemiddeling(rij: Bemiddeling, actie: str, reden: str, *, actor: Actor, toelichting: str = "") -> Bemiddeling:
    """End a mediation that the caller has locked."""
    rij.reden, rij.toelichting, rij.besloten_op = reden, toelichting[:300], klok.vandaag()
    rij.volgende_actie, rij.volgende_actie_op = "", None
    ook = ["reden", "toelichting", "besloten_op", "volgende_actie", "volgende_actie_op"]
    verzet(BEMIDDELING, rij, actie, actor=actor, reden=toelichting or rij.get_reden_display(), ook=ook)
    tijdlijn.schrijf(bemiddelingregel(rij))
    ruim_werk_op(rij)
    _meld(rij)
    return rij


def ruim_werk_op(rij: Bemiddeling) -> None:
    werkvoorraad.klaar(KAMER, f"bemiddeling:{rij.pk}", f"voordracht:{rij.pk}")


def _bijgewerkt(rij: Bemiddeling) -> None:
    tijdlijn.schrijf(bemiddelingregel(rij))
    if rij.volgende_actie:
        werkvoorraad.schrijf(stapwerk(rij))
    else:
        werkvoorraad.klaar(KAMER, f"bemiddeling:{rij.pk}")
    _meld(rij)


def _meld(rij: Bemiddeling) -> None:
    gebeurtenis.meld(
        GEWIJZIGD, rij.pk, betrokkene_id=rij.deelnemer_id, data={"bemiddeling": rij.pk, "status": rij.status}
    )


def _vergrendel(bemiddeling: Bemiddeling) -> Bemiddeling:
    rijen = Bemiddeling.objects.select_for_update(of=("self",))
    return rijen.select_related("deelnemer__regievoerder", "medewerker", "vacature__werkgever").get(pk=bemiddeling.pk)
