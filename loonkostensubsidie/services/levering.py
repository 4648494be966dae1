"""A file with contracts: received sealed, tried out or processed line by line, and then gone (R234)."""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from kern import klok
from kern.bestanden import NAAM_LENGTE
from kern.bsn import verberg
from kern.handeling import Actor, service
from kern.toestanden import OvergangGeweigerd
from kern.verzegeld import NietTeOpenen, open_zegel, verzegel
from loonkostensubsidie.contractbestand import Bestandsregel, lees
from loonkostensubsidie.keuzes import Leverstand
from loonkostensubsidie.models import Contractlevering, Leveringregel, Regeling, Regelingsoort
from loonkostensubsidie.services.contractimport import Uitslag, verwerk_regel
from loonkostensubsidie.wetgeving import huidige_wetgeving

_PER_KEER = 100
Voortgang = Callable[[int, int], None]


class _Terug(Exception):
    """Undo what a try-out did."""


@service
def ontvang(inhoud: bytes, naam: str, *, actor: Actor, proef: bool = True) -> Contractlevering:
    """Keep a file sealed until the job takes it. Raises ValidationError when it is not a file of ours at all."""
    lees(inhoud)
    return Contractlevering.objects.create(
        naam=verberg(naam)[:NAAM_LENGTE],
        controlegetal=hashlib.sha256(inhoud).hexdigest(),
        proef=proef,
        verzegeld=b"".join(verzegel(io.BytesIO(inhoud))),
        door_id=actor.gebruiker_id,
        ontvangen_op=klok.nu(),
    )


@service
def voer_door(levering: Contractlevering, *, actor: Actor) -> Contractlevering:
    """After a try-out: the same file for real. Raises OvergangGeweigerd when it is not there any more."""
    rij = Contractlevering.objects.select_for_update(of=("self",)).get(pk=levering.pk)
    if rij.stand != Leverstand.KLAAR or not rij.proef or rij.verzegeld is None:
        raise OvergangGeweigerd("Dit bestand is al verwerkt of weggegooid. Lever het opnieuw aan.")
    rij.uitkomsten.all().delete()
    rij.proef, rij.stand, rij.gedaan, rij.klaar_op, rij.tellingen = False, Leverstand.WACHT, 0, None, {}
    rij.versie += 1
    rij.save()
    return rij


@service
def gooi_weg(levering: Contractlevering, *, actor: Actor) -> None:
    """A try-out that nobody took further: the file goes, the report stays."""
    rij = Contractlevering.objects.select_for_update(of=("self",)).get(pk=levering.pk)
    if rij.stand == Leverstand.KLAAR:
        rij.verzegeld = None
        rij.save(update_fields=["verzegeld"])


def verwerk(levering: Contractlevering, *, actor: Actor, voortgang: Voortgang = lambda _gedaan, _totaal: None) -> None:
    """Every line of a waiting or interrupted file. Lines that were done are not done again."""
    try:
        regels = lees(b"".join(open_zegel(io.BytesIO(bytes(levering.verzegeld or b"")))))
    except (ValidationError, NietTeOpenen) as fout:
        _sluit(levering, Leverstand.ONLEESBAAR, actor=actor, fout=" ".join(getattr(fout, "messages", [str(fout)])))
        return
    klaar = set(levering.uitkomsten.order_by("nummer").values_list("nummer", flat=True))
    open_ = [regel for regel in regels if regel.nummer not in klaar]
    voortgang(len(klaar), len(regels))
    if levering.proef:
        _probeer(levering, open_, len(regels), voortgang, actor)
    else:
        _laad(levering, open_, len(regels), voortgang, actor)
    _sluit(levering, Leverstand.KLAAR, actor=actor)


def _gegevens() -> tuple[dict[str, Regeling], Any]:
    oud = Regeling.objects.exclude(soort=Regelingsoort.LKS).order_by("code", "begindatum")
    return {regeling.code: regeling for regeling in oud}, huidige_wetgeving()


def _laad(
    levering: Contractlevering, regels: list[Bestandsregel], totaal: int, voortgang: Voortgang, actor: Actor
) -> None:
    """For real: each line and its outcome in one transaction."""
    regelingen, wet = _gegevens()
    gedaan = totaal - len(regels)
    for regel in regels:
        _regel_met_uitslag(levering, regel, regelingen, wet, actor=actor)
        gedaan += 1
        if gedaan % _PER_KEER == 0:
            _stand(levering, gedaan, totaal, actor=actor)
            voortgang(gedaan, totaal)


def _probeer(
    levering: Contractlevering, regels: list[Bestandsregel], totaal: int, voortgang: Voortgang, actor: Actor
) -> None:
    """A try-out: the whole file in one transaction that is undone, so that lines see each other as they will."""
    regelingen, wet = _gegevens()
    uitslagen: list[tuple[Bestandsregel, Uitslag]] = []
    try:
        with transaction.atomic():
            for regel in regels:
                uitslagen.append((regel, verwerk_regel(regel, regelingen, wet, actor=actor)))
            raise _Terug
    except _Terug:
        _bewaar(levering, uitslagen, actor=actor)
    voortgang(totaal, totaal)


@service
def _regel_met_uitslag(
    levering: Contractlevering, regel: Bestandsregel, regelingen: dict[str, Regeling], wet: Any, *, actor: Actor
) -> None:
    _rij(levering, regel, verwerk_regel(regel, regelingen, wet, actor=actor)).save()


@service
def _bewaar(levering: Contractlevering, uitslagen: list[tuple[Bestandsregel, Uitslag]], *, actor: Actor) -> None:
    Leveringregel.objects.bulk_create([_rij(levering, regel, uitslag) for regel, uitslag in uitslagen], batch_size=500)


def _rij(levering: Contractlevering, regel: Bestandsregel, uitslag: Uitslag) -> Leveringregel:
    return Leveringregel(
        levering=levering,
        nummer=regel.nummer,
        extern_nummer=regel.contractnummer,
        uitkomst=uitslag.uitkomst,
        fouten=uitslag.fouten,
    )


@service
def _stand(levering: Contractlevering, gedaan: int, totaal: int, *, actor: Actor) -> None:
    Contractlevering.objects.filter(pk=levering.pk).update(gedaan=gedaan, totaal=totaal, stand=Leverstand.BEZIG)


@service
def _sluit(levering: Contractlevering, stand: Leverstand, *, actor: Actor, fout: str = "") -> None:
    """Count the outcomes; the file goes, except after a try-out that may still be taken further."""
    rij = Contractlevering.objects.select_for_update(of=("self",)).get(pk=levering.pk)
    tellingen = Counter(rij.uitkomsten.order_by("nummer").values_list("uitkomst", flat=True))
    rij.stand, rij.fout, rij.klaar_op = stand, fout[:300], klok.nu()
    rij.tellingen, rij.gedaan, rij.totaal = dict(tellingen), sum(tellingen.values()), sum(tellingen.values())
    if not rij.proef or stand == Leverstand.ONLEESBAAR:
        rij.verzegeld = None
    rij.save()
