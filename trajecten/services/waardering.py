"""Ask a person three questions, and take the answer without knowing whose it is (R018, ADR 60)."""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from deelnemers.models import Deelnemer
from kern import klok
from kern.handeling import Actor, handeling, service
from kern.models import Gemeente
from kern.sleutel import afdruk, nieuwe_sleutel
from kern.taken import Loop, taak
from kern.weergave import datum
from organisatie.models import Team
from trajecten.labels import is_bijzonder
from trajecten.models import GebruikteWaarderingslink, Instrument, Waardering, Waarderingsvraag
from trajecten.models.waardering import begin_van_kwartaal
from trajecten.waarderingkeuzes import VRAGEN, Moment

#: Days that a link works, and that we know whom we asked.
GELDIG_DAGEN = 14
_ZOUT = "trajecten.waardering"
#: Who answers: nobody that we know.
NIEMAND = Actor("client", "waardering", "zonder naam")


@dataclass(frozen=True)
class Link:
    """What stands in a link: never a person or a colleague. `sleutel` makes it work once."""

    gemeente_id: int
    team_id: int
    instrument_id: int | None
    moment: str
    sleutel: str


@service
def vraag_waardering(
    deelnemer: Deelnemer, moment: Moment | str, *, actor: Actor, team: Team | None, instrument: Instrument | None = None
) -> str:
    """Note that we asked, and give the token of a link that works once, for fourteen days. It is stored nowhere.

    Raises ValidationError when this moment was asked already, without a team, or for an instrument whose name says
    something sensitive.
    """
    if moment not in Moment.values:
        raise ValidationError({"moment": "Kies wanneer je dit vraagt."})
    if team is None:
        raise ValidationError("Deze persoon heeft geen team. Kies eerst een regievoerder.")
    if deelnemer.overleden_op is not None:
        raise ValidationError("Deze persoon is overleden.")
    if instrument is not None and is_bijzonder(instrument):
        raise ValidationError({"instrument": "Over dit onderdeel vragen we niets."})
    al = Waarderingsvraag.objects.filter(deelnemer=deelnemer, moment=moment).first()
    if al is not None:
        na = datum(al.weg_na)
        raise ValidationError({"moment": f"Dit is al gevraagd. Na {na} kan het opnieuw."})
    weg_na = klok.vandaag() + dt.timedelta(days=GELDIG_DAGEN)
    Waarderingsvraag.objects.create(deelnemer=deelnemer, moment=moment, weg_na=weg_na)
    inhoud = [deelnemer.gemeente_id, team.pk, instrument.pk if instrument else None, str(moment), nieuwe_sleutel()]
    return signing.dumps(inhoud, salt=_ZOUT)


def lees_link(token: str) -> Link | None:
    """What a link says, while it works: made by us, not older than fourteen days, not used."""
    try:
        link = Link(*signing.loads(token, salt=_ZOUT, max_age=dt.timedelta(days=GELDIG_DAGEN)))
    except (signing.BadSignature, TypeError):
        return None
    if not Gemeente.objects.filter(pk=link.gemeente_id).exists():
        return None
    gebruikt = GebruikteWaarderingslink.alle_gemeenten.filter(
        gemeente_id=link.gemeente_id, sleutelhash=afdruk(link.sleutel)
    )
    return None if gebruikt.exists() else link


@service
def geef_waardering(link: Link, punten: Mapping[str, int], *, actor: Actor) -> None:
    """Keep one answer and close its link. Call in the gemeente of the link.

    Raises ValidationError when the link was used in the meantime, or a point is not 1 to 5.
    """
    vandaag = klok.vandaag()
    rij = Waardering(
        team_id=link.team_id,
        instrument_id=link.instrument_id,
        moment=link.moment,
        kwartaal=begin_van_kwartaal(vandaag),
        **{naam: punten[naam] for naam in VRAGEN},
    )
    rij.full_clean(exclude=["gemeente"])
    try:
        with transaction.atomic():
            GebruikteWaarderingslink.objects.create(
                sleutelhash=afdruk(link.sleutel), weg_na=vandaag + dt.timedelta(days=GELDIG_DAGEN)
            )
    except IntegrityError as fout:
        raise ValidationError("Deze vragen zijn al beantwoord.") from fout
    rij.save(force_insert=True)


@taak(
    "trajecten.waarderingen",
    "Vergeet aan wie een waardering is gevraagd en schudt de antwoorden van dit kwartaal.",
    nacht=True,
)
def vergeet_en_schud(loop: Loop) -> None:
    """Nightly: whom we asked and which links were used go after their term; today's answers lose their order."""
    vandaag = klok.vandaag()
    with handeling(loop.actor):
        for model in (Waarderingsvraag, GebruikteWaarderingslink):
            aantal, _ = model.objects.filter(weg_na__lt=vandaag).delete()  # type: ignore[attr-defined]
            loop.tel("vergeten", aantal)
        loop.tel("geschud", schud(begin_van_kwartaal(vandaag - dt.timedelta(days=1))))


def schud(kwartaal: dt.date) -> int:
    """Write the answers of this quarter anew, in random order and with new keys; returns how many. Call in a service.

    So the place of a row, its key and its transaction say nothing about the day on which it came.
    """
    with transaction.atomic():
        rijen = list(Waardering.objects.select_for_update(of=("self",)).filter(kwartaal=kwartaal).order_by("pk"))
        Waardering.objects.filter(pk__in=[rij.pk for rij in rijen]).delete()
        random.SystemRandom().shuffle(rijen)
        for rij in rijen:
            rij.pk = uuid.uuid4()
        Waardering.objects.bulk_create(rijen)
    return len(rijen)
