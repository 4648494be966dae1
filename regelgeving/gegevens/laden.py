"""Reads the CSV files and brings the tables in line with them."""

from __future__ import annotations

import csv
import datetime as dt
import json
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connections, models, transaction

from kern.handeling import Actor, handeling
from regelgeving.models import (
    Beroep,
    Bijstandsnorm,
    Code,
    Codelijst,
    Leeshandeling,
    Minimumloon,
    Parameter,
    Postcodegebied,
    Termijn,
    Verwerkingsactiviteit,
    Vrijlating,
)

MAP = Path(__file__).resolve().parent
ACTOR = Actor.taak("regelgeving laden")
_SLOT = 7_215_001  # advisory lock: two processes that start at the same time do not load twice


@dataclass
class Verslag:
    """What a run changed, per file."""

    nieuw: dict[str, int] = field(default_factory=dict)
    gewijzigd: dict[str, int] = field(default_factory=dict)

    @property
    def leeg(self) -> bool:
        return not self.nieuw and not self.gewijzigd


@dataclass(frozen=True)
class _Bestand:
    """One file: its model, the columns that identify a row, and extra work per row."""

    naam: str
    model: type[models.Model]
    sleutel: tuple[str, ...]
    aanvulling: Callable[[dict[str, Any]], None] | None = None

    @property
    def per_gemeente(self) -> bool:
        return any(veld.name == "gemeente" for veld in self.model._meta.concrete_fields)


def kaal(tekst: str) -> str:
    """Lower case without accents: the form in which occupations are searched."""
    ontleed = unicodedata.normalize("NFKD", tekst.casefold())
    return "".join(teken for teken in ontleed if not unicodedata.combining(teken))


def _beroep(rij: dict[str, Any]) -> None:
    rij["zoektekst"] = kaal(f"{rij['label']} | {rij['synoniemen'].replace('|', ' | ')}")


BESTANDEN = (
    _Bestand("parameters", Parameter, ("sleutel", "geldig_van")),
    _Bestand("minimumloon", Minimumloon, ("geldig_van", "leeftijd_van")),
    _Bestand("bijstandsnormen", Bijstandsnorm, ("huishouden", "geldig_van")),
    _Bestand("vrijlatingen", Vrijlating, ("soort", "geldig_van")),
    _Bestand("codelijsten", Codelijst, ("sleutel",)),
    _Bestand("codes", Code, ("codelijst", "code", "geldig_van")),
    _Bestand("termijnen", Termijn, ("sleutel", "geldig_van")),
    _Bestand("beroepen", Beroep, ("code",), _beroep),
    _Bestand("postcodegebieden", Postcodegebied, ("pc4",)),
    _Bestand("verwerkingen", Verwerkingsactiviteit, ("code", "geldig_van")),
    _Bestand("leeshandelingen", Leeshandeling, ("naam", "geldig_van")),
)


def begindagen(naam: str) -> frozenset[dt.date]:
    """First days of the rows that come with the program, so that nobody enters these twice."""
    with (MAP / f"{naam}.csv").open(encoding="utf-8", newline="") as stroom:
        return frozenset(dt.date.fromisoformat(rij["geldig_van"]) for rij in csv.DictReader(stroom))


def laad(using: str = "default") -> Verslag:
    """Bring all reference data in line with the files, in one transaction; returns what changed."""
    verslag = Verslag()
    if using == "default":
        with handeling(ACTOR):
            _laad_alles(using, verslag)
    else:
        with transaction.atomic(using=using):
            with connections[using].cursor() as cursor:
                cursor.execute(
                    "SELECT set_config('kern.actor_soort', %s, true), set_config('kern.actor_id', %s, true), "
                    "set_config('kern.actor_naam', %s, true), set_config('kern.verzoek', '', true), "
                    "set_config('kern.reden', '', true)",
                    [ACTOR.soort, ACTOR.id, ACTOR.naam],
                )
            _laad_alles(using, verslag)
    return verslag


def _laad_alles(using: str, verslag: Verslag) -> None:
    from regelgeving import opzoeken

    with connections[using].cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_SLOT])
    for bestand in BESTANDEN:
        _laad_bestand(bestand, using, verslag)
    opzoeken.vergeet()


def _laad_bestand(bestand: _Bestand, using: str, verslag: Verslag) -> None:
    gewenst = {tuple(rij[veld] for veld in bestand.sleutel): rij for rij in _lees(bestand, using)}
    velden = [veld for veld in next(iter(gewenst.values())) if veld not in bestand.sleutel]
    rijen = bestand.model._base_manager.using(using).order_by("pk")
    if bestand.per_gemeente:
        rijen = rijen.filter(gemeente__isnull=True)
    bestaand = {tuple(getattr(rij, _kolom(bestand, veld)) for veld in bestand.sleutel): rij for rij in rijen}
    if bestand.naam == "minimumloon":
        _houd_plaats(gewenst, bestaand)
    gewijzigd, nieuw = [], []
    for sleutel, waarden in gewenst.items():
        rij = bestaand.get(sleutel)
        if rij is None:
            nieuw.append(bestand.model(**{_kolom(bestand, veld): waarde for veld, waarde in waarden.items()}))
        elif any(getattr(rij, veld) != waarden[veld] for veld in velden):
            for veld in velden:
                setattr(rij, veld, waarden[veld])
            gewijzigd.append(rij)
    beheerder = bestand.model._base_manager.using(using)
    if gewijzigd:
        # Shorter periods first make room for the new rows.
        beheerder.bulk_update(gewijzigd, velden, batch_size=500)
        verslag.gewijzigd[bestand.naam] = len(gewijzigd)
    if nieuw:
        beheerder.bulk_create(nieuw, batch_size=2000)
        verslag.nieuw[bestand.naam] = len(nieuw)


def _houd_plaats(gewenst: dict[tuple[Any, ...], dict[str, Any]], bestaand: dict[tuple[Any, ...], Any]) -> None:
    """A half year that two people entered here stays: the last rows of the file end before it."""
    eigen = min((sleutel[0] for sleutel in bestaand if sleutel not in gewenst), default=None)
    for rij in gewenst.values():
        if eigen is not None and rij["geldig_van"] < eigen and rij["geldig_tot"] is None:
            rij["geldig_tot"] = eigen - dt.timedelta(days=1)


def _kolom(bestand: _Bestand, veld: str) -> str:
    return bestand.model._meta.get_field(veld).attname


def _lees(bestand: _Bestand, using: str) -> list[dict[str, Any]]:
    """The rows of a file with Python values; `codelijst` becomes the primary key of its list."""
    lijsten = (
        dict(Codelijst.objects.using(using).order_by("pk").values_list("sleutel", "pk"))
        if bestand.naam == "codes"
        else {}
    )
    omzetters = None
    rijen = []
    with (MAP / f"{bestand.naam}.csv").open(encoding="utf-8", newline="") as stroom:
        for ruw in csv.DictReader(stroom):
            if omzetters is None:
                omzetters = {naam: _omzetter(bestand.model._meta.get_field(naam)) for naam in ruw}
            rij = {naam: omzetters[naam](tekst) for naam, tekst in ruw.items() if naam != "codelijst"}
            if "codelijst" in ruw:
                rij = {"codelijst": lijsten[ruw["codelijst"]], **rij}
            if bestand.aanvulling:
                bestand.aanvulling(rij)
            rijen.append(rij)
    return rijen


def _omzetter(veld: models.Field) -> Callable[[str], Any]:
    if isinstance(veld, models.JSONField):
        return json.loads
    if isinstance(veld, models.BooleanField):
        return lambda tekst: tekst == "ja"
    soort: Callable[[str], Any] = str
    if isinstance(veld, models.DateField):
        soort = dt.date.fromisoformat
    elif isinstance(veld, models.DecimalField):
        soort = Decimal
    elif isinstance(veld, models.IntegerField):
        soort = int
    leeg = None if veld.null else ""
    return lambda tekst: soort(tekst) if tekst else leeg
