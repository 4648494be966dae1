"""What changed in a dossier, and what of it this reader may know (R227, R228)."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from deelnemers.models import Deelnemer, Doelgroeplidmaatschap
from deelnemers.toegang import gezondheidsgroepen, mag_afgeschermd, mag_bijzonder
from kern.aansluitingen import historie
from kern.aansluitingen.historie import Zicht
from kern.models import Wijziging
from kern.weergave import datum, tijd

#: Columns that say nothing to a reader.
_TECHNIEK = {"id", "gemeente_id", "versie", "aangemaakt_op", "deelnemer_id", "sorteernaam"}
_ADRES = {"straat", "huisnummer", "postcode", "woonplaats", "gebied_id"}


def _mag(zicht: Zicht, rechten: frozenset[str]) -> bool:
    """Whether this reader sees every row of the table, also the protected ones."""
    if zicht.niemand:
        return False
    if zicht.kolom == "afgeschermd":
        # A membership may be stigmatising or of health: all of them only for who may see both.
        return mag_afgeschermd(rechten) and mag_bijzonder(rechten)
    if zicht.ook[1] and zicht.ook[1] not in rechten:
        return False
    return not zicht.rechten or bool(zicht.rechten & rechten)


def _van_personen(deelnemer: Deelnemer) -> QuerySet[Wijziging]:
    # A dossier that was merged into this one keeps its own history, and it belongs here too.
    ook = list(Deelnemer.objects.filter(samengevoegd_met=deelnemer).order_by("pk").values_list("pk", flat=True))
    return Wijziging.objects.filter(gemeente_id=deelnemer.gemeente_id, betrokkene_id__in=[deelnemer.pk, *ook])


def _open_rijen(zicht: Zicht, rijen: QuerySet[Wijziging], rechten: frozenset[str]) -> Q:
    """Changes of the rows that are not protected and never were; of a row that is gone, nothing."""
    tabel = zicht.model._meta.db_table
    dicht = {zicht.kolom: False} if not zicht.ook[1] or not zicht.rechten & rechten else {}
    if zicht.ook[1] and zicht.ook[1] not in rechten:
        dicht[zicht.ook[0]] = False
    vrij = zicht.model._default_manager.filter(**dicht)
    if zicht.model is Doelgroeplidmaatschap:
        vrij = vrij.exclude(doelgroep__in=gezondheidsgroepen())
    eigen = rijen.filter(tabel=tabel).order_by().values("rij_id")
    if "__" not in zicht.kolom:
        ooit = eigen.filter(Q(**{f"oud__{zicht.kolom}": True}) | Q(**{f"nieuw__{zicht.kolom}": True}))
        vrij = vrij.exclude(pk__in=ooit)
    return Q(tabel=tabel, rij_id__in=vrij.filter(pk__in=eigen).order_by().values("pk"))


def wijzigingen(deelnemer: Deelnemer, rechten: frozenset[str]) -> QuerySet[Wijziging]:
    """What changed in a dossier, newest first; a table that no room named shows nothing (R227, R228)."""
    rijen = _van_personen(deelnemer)
    heel, deels = [], Q(pk__in=[])
    for tabel, zicht in historie.alle().items():
        if _mag(zicht, rechten):
            heel.append(tabel)
        elif zicht.kolom and not zicht.niemand:
            deels |= _open_rijen(zicht, rijen, rechten)
    return rijen.filter(Q(tabel__in=heel) | deels).order_by("-tijdstip", "-id")


def redenen(deelnemer: Deelnemer, zichtbaar: QuerySet[Wijziging], rijen: Collection[Wijziging]) -> dict[int, str]:
    """The reason per change, left out where the same act also wrote what this reader may not know: it is about both."""
    met, teksten = {rij.verzoek for rij in rijen}, {rij.reden for rij in rijen if rij.reden}
    alle = _van_personen(deelnemer).filter(verzoek__in=met, reden__in=teksten).order_by().values("verzoek", "reden")
    dicht = set(alle.exclude(pk__in=zichtbaar.order_by().values("pk")).values_list("verzoek", "reden").distinct())
    return {rij.pk: rij.reden for rij in rijen if rij.reden and (rij.verzoek, rij.reden) not in dicht}


def velden(rij: Wijziging, *, adres: bool) -> list[tuple[str, str]]:
    """Per changed field its name and, where the table shows values, "oud → nieuw"; an address only with `adres`."""
    if rij.actie != "U":
        return []
    zicht = historie.alle()[rij.tabel]
    oud, nieuw = rij.oud or {}, rij.nieuw or {}
    per_kolom = {veld.column: veld for veld in zicht.model._meta.local_fields}
    uit = []
    for kolom in sorted((set(oud) | set(nieuw)) - _TECHNIEK):
        veld = per_kolom.get(kolom)
        naam = str(veld.verbose_name) if veld is not None else kolom.replace("_", " ").removesuffix(" id")
        toon = zicht.waarden and veld is not None and _toonbaar(veld) and (adres or kolom not in _ADRES)
        tekst = f"{_waarde(veld, oud.get(kolom))} → {_waarde(veld, nieuw.get(kolom))}" if toon else ""
        uit.append((naam, tekst))
    return uit


def _toonbaar(veld: models.Field) -> bool:
    """Short values that say something by themselves; long text, files and numbers of other rows do not."""
    if veld.is_relation or isinstance(veld, models.GeneratedField):
        return False
    soorten = (models.CharField, models.DateField, models.BooleanField, models.IntegerField, models.DecimalField)
    return isinstance(veld, soorten)


def _waarde(veld: Any, ruw: Any) -> str:
    if ruw is None or ruw == "":
        return "leeg"
    waarde = veld.to_python(ruw)
    if isinstance(veld, models.BooleanField):
        return "ja" if waarde else "nee"
    if isinstance(veld, models.DateTimeField):
        return f"{datum(timezone.localdate(waarde))} {tijd(timezone.localtime(waarde))}"
    if isinstance(veld, models.DateField):
        return datum(waarde)
    return str(dict(veld.flatchoices).get(waarde, waarde))
