"""The monthly sample: drawn by lot, once, and judged by people (FEITEN 1.8)."""

from __future__ import annotations

import calendar
import datetime as dt
import secrets
from random import Random

from django.core.exceptions import ValidationError
from django.db.models import Q

from deelnemers.keuzes import Dossierdocument
from deelnemers.services import lijstkolommen
from deelnemers.services.documenten import Upload, voeg_document_toe
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.beperking import niet_beperkt
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from kern.weergave import maand as maandnaam
from loonkostensubsidie import bezwaarregels
from loonkostensubsidie.aanvraagregels import KAMER
from loonkostensubsidie.bezwaarkeuzes import Steekproefstuk, Steekproefuitkomst
from loonkostensubsidie.keuzes import Richting
from loonkostensubsidie.models import Beschikking, Steekproef, Steekproefgeval, Subsidie
from loonkostensubsidie.services.besluitbrief import ontvanger
from organisatie.models import Medewerker
from regelgeving import opzoeken


def vorige_maand(dag: dt.date) -> dt.date:
    """First day of the month before."""
    return (dag.replace(day=1) - dt.timedelta(days=1)).replace(day=1)


@service
def trek_steekproef(maand: dt.date, *, actor: Actor) -> Steekproef | None:
    """Draw from the rights that ran in this month; None when it was drawn already, or nothing ran.

    The size is a dated setting. The seed is stored: whoever wants to see that it was fair can draw again.
    """
    maand = maand.replace(day=1)
    laatste = maand.replace(day=calendar.monthrange(maand.year, maand.month)[1])
    if Steekproef.objects.filter(maand=maand).exists():
        return None
    liep = Subsidie.objects.filter(
        Q(einddatum__isnull=True) | Q(einddatum__gte=maand), begindatum__lte=laatste, richting=Richting.BETALEN
    )
    pks = list(
        liep.filter(niet_beperkt("deelnemer")).exclude(status="ingetrokken").order_by("pk").values_list("pk", flat=True)
    )
    if not pks:
        return None
    zaad = secrets.token_hex(16)
    getrokken = loot(pks, int(opzoeken.getal("lks.steekproef_omvang", maand)), zaad)
    rij = Steekproef(maand=maand, omvang=len(getrokken), uit=len(pks), zaad=zaad, getrokken_op=klok.nu())
    rij.full_clean()
    rij.save()
    for subsidie in Subsidie.objects.filter(pk__in=getrokken).order_by("pk"):
        Steekproefgeval.objects.create(steekproef=rij, subsidie=subsidie, deelnemer_id=subsidie.deelnemer_id)
    gevallen = Steekproefgeval.objects.filter(steekproef=rij).select_related(
        "deelnemer", "subsidie__werkgever", "steekproef"
    )
    werkvoorraad.schrijf(*(regel for geval in gevallen for regel in bezwaarregels.steekproefwerk(geval)))
    for geval in gevallen:
        lijstkolommen.werk_bij(geval.deelnemer_id)
    return rij


def loot(pks: list[int], omvang: int, zaad: str) -> list[int]:
    """Which of these are drawn: the same list and seed give the same ones."""
    return sorted(Random(zaad).sample(sorted(pks), min(omvang, len(pks))))  # noqa: S311 - a lottery, not a secret


@service
def bewaar_strook(
    geval: Steekproefgeval,
    upload: Upload,
    soort: Steekproefstuk | str,
    naam: str,
    *,
    medewerker: Medewerker | None = None,
    actor: Actor,
) -> Steekproefgeval:
    """Keep what the employer sent, in the dossier, and tie it to this check; inside `bestanden.weg_bij_mislukken()`.

    Without `medewerker` the employer put it there himself, with a link: then it waits to be compared. A second file
    takes the place of the first, which stays in the dossier. OvergangGeweigerd once it was judged.
    """
    rijen = Steekproefgeval.objects.select_for_update(of=("self",))
    rij = rijen.select_related("steekproef", "deelnemer", "subsidie__werkgever").get(pk=geval.pk)
    if rij.uitkomst:
        raise OvergangGeweigerd("Deze steekproef is al beoordeeld.")
    maand = maandnaam(rij.steekproef.maand)
    rij.stuk = voeg_document_toe(
        rij.deelnemer,
        upload,
        soort=Dossierdocument.LOONSTROOK if soort == Steekproefstuk.LOONSTROOK else Dossierdocument.OVERIG,
        naam=naam,
        toelichting=f"{Steekproefstuk(soort).label} voor de steekproef van {maand}",
        medewerker=medewerker,
        actor=actor,
    )
    if medewerker is None:
        rij.ingestuurd_op = klok.vandaag()
    rij.versie += 1
    rij.full_clean()
    rij.save()
    werkvoorraad.schrijf(*bezwaarregels.steekproefwerk(rij))
    return rij


def ontvanger_van(geval: Steekproefgeval) -> tuple[str, str]:
    """Name and mail address at the employer, as of the decision about this right."""
    besluit = Beschikking.objects.filter(subsidie=geval.subsidie_id).select_related("werkgever", "aanvraag")
    laatste = besluit.order_by("-pk").first()
    return ontvanger(laatste) if laatste is not None else (geval.subsidie.werkgever.naam, "")


@service
def beoordeel_geval(
    geval: Steekproefgeval, uitkomst: Steekproefuitkomst | str, toelichting: str, *, actor: Actor
) -> Steekproefgeval:
    """What the payslip or hours statement showed. Who comes second gets OvergangGeweigerd."""
    if actor.gebruiker_id is None:
        raise ValidationError("Een steekproef beoordeelt een medewerker, niet een taak of koppeling.")
    rij = Steekproefgeval.objects.select_for_update(of=("self",)).select_related("steekproef").get(pk=geval.pk)
    if rij.uitkomst:
        raise OvergangGeweigerd("Een collega heeft dit net beoordeeld.")
    if uitkomst == Steekproefuitkomst.NIET_ONTVANGEN and rij.stuk_id is not None:
        raise ValidationError({"uitkomst": "Er staat een loonstrook of urenstaat bij. Dan is er iets ontvangen."})
    rij.uitkomst, rij.toelichting = uitkomst, toelichting[:400]
    rij.beoordeeld_door_id, rij.beoordeeld_op = actor.gebruiker_id, klok.vandaag()
    rij.versie += 1
    rij.full_clean()
    rij.save()
    werkvoorraad.klaar(KAMER, bezwaarregels.gevalsleutel(rij))
    lijstkolommen.werk_bij(rij.deelnemer_id)
    return rij
