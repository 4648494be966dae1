"""Everything under the newest key, bit by bit, while the application runs.

Whether a row or file is done stands in it: it begins with the name of its key. So a run that was cut off goes on
where it was, and a second run finds nothing. Old and new are both readable until the old key goes out of the settings.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db.models import BinaryField, Func, Q, QuerySet, Value
from django.db.models.functions import Length

from kern import bestanden, bsn, verzegeld
from kern.aansluitingen import bestanden as documenten
from kern.aansluitingen import sleutels
from kern.aansluitingen.sleutels import Gezocht, Kolom, Verzegeld
from kern.handeling import Actor, handeling

log = logging.getLogger("kern.sleutelwissel")
PER_KEER = 500
Meld = Callable[[str, int], None]


def naam_van(kolom: Kolom) -> str:
    """How the beheerder reads it."""
    return f"{kolom.model._meta.verbose_name_plural}: {kolom.kolom}"


def _kop(kolom: Kolom) -> bytes:
    if isinstance(kolom, Verzegeld):
        return verzegeld.nieuwste_kop()
    return bsn.kop_gezocht() if isinstance(kolom, Gezocht) else bsn.kop_versleuteld()


def te_doen(kolom: Kolom) -> QuerySet:
    """Rows of this gemeente that do not stand under the newest key, in the order of the job."""
    kop = _kop(kolom)
    rijen = kolom.model.objects.filter(**{f"{kolom.kolom}__isnull": False}).order_by("pk")
    if not kop:
        return rijen.none()
    begin = Func(kolom.kolom, Value(1), Value(len(kop)), function="substring", output_field=BinaryField())
    lengte = Length(kolom.kolom)
    nieuw = Q(_begin=kop)
    if isinstance(kolom, Gezocht):
        # A bare hash of 32 bytes may begin with anything.
        nieuw &= Q(_lengte=len(kop) + bsn.HASHLENGTE)
    return rijen.annotate(_begin=begin, _lengte=lengte).exclude(nieuw)


def _onder_nieuwe_sleutel(kolom: Kolom, rij: Any) -> bytes:
    waarde = bytes(getattr(rij, kolom.kolom))
    if isinstance(kolom, Verzegeld):
        return b"".join(verzegeld.opnieuw(io.BytesIO(waarde)))
    if isinstance(kolom, Gezocht):
        return bsn.te_bewaren(waarde)
    gebonden = kolom.rij(rij)
    return bsn.versleutel(bsn.ontsleutel(waarde, gebonden), gebonden)


def _een_keer(kolom: Kolom, na: int, actor: Actor) -> tuple[int, int]:
    """One bounded transaction: the next rows after `na`, locked. Returns how many and the last one."""
    with handeling(actor, reden="sleutels vervangen"):
        rijen = list(te_doen(kolom).filter(pk__gt=na).select_for_update(of=("self",))[:PER_KEER])
        for rij in rijen:
            nieuw = {kolom.kolom: _onder_nieuwe_sleutel(kolom, rij)}
            kolom.model.objects.filter(pk=rij.pk).update(**nieuw)
    return len(rijen), rijen[-1].pk if rijen else na


def wissel(actor: Actor, meld: Meld = lambda wat, gedaan: None) -> dict[str, int]:
    """Put every row of this gemeente under the newest keys; returns per column how many changed."""
    uit: dict[str, int] = {}
    for kolom in sleutels.kolommen():
        naam, na = naam_van(kolom), 0
        while True:
            hoeveel, na = _een_keer(kolom, na, actor)
            if not hoeveel:
                break
            uit[naam] = uit.get(naam, 0) + hoeveel
            meld(naam, uit[naam])
    for naam, paden in _mappen().items():
        gedaan = set()
        for pad in _oud(paden):
            if _herverzegeld(pad):
                gedaan.add(pad)
                meld(naam, len(gedaan))
        for pad in gedaan - set(paden()) if gedaan else ():
            pad.unlink(missing_ok=True)  # erased while we wrote it
        if gedaan:
            uit[naam] = len(gedaan)
    return uit


def over() -> dict[str, int]:
    """Per column or folder how much still needs an older key; empty when the old one may go."""
    aantallen = {naam_van(kolom): te_doen(kolom).count() for kolom in sleutels.kolommen()}
    aantallen |= {naam: len(_oud(paden)) for naam, paden in _mappen().items()}
    return {naam: aantal for naam, aantal in aantallen.items() if aantal}


# --- Files -------------------------------------------------------------------------------------------------------
def _mappen() -> dict[str, Callable[[], Iterable[Path]]]:
    """Per room the sealed files of this gemeente."""

    def paden(plaatsen: Callable[[], Iterable[str]]) -> Callable[[], Iterable[Path]]:
        return lambda: [bestanden.pad_van(plaats) for plaats in plaatsen()]

    return {f"bestanden: {kamer}": paden(p) for kamer, p in documenten.kamers().items()} | sleutels.bestanden()


def _oud(paden: Callable[[], Iterable[Path]]) -> list[Path]:
    return [pad for pad in paden() if not verzegeld.is_bij(pad)]


def _herverzegeld(pad: Path) -> bool:
    """One file that is gone or damaged does not stop the rest; a damaged one stays counted, and the log says which."""
    try:
        verzegeld.herverzegel(pad)
    except FileNotFoundError:
        return False
    except verzegeld.NietTeOpenen:
        log.error("bestand is niet te openen", extra={"pad": pad.name})
        return False
    return True
