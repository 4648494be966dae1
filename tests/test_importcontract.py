"""What `lint-imports` cannot see: models, migrations, strings and templates that reach up (ONTWERP 2)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

from tests.hulp.bron import CHECKOUT, KAMERS, boom, hoger_of_naast, kort, python_van, tekst, templates

EIGEN_MODELLEN = [m for m in apps.get_models() if m._meta.app_label in KAMERS]


# --- Models ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", EIGEN_MODELLEN, ids=lambda m: m._meta.label)
def test_model_wijst_alleen_naar_beneden(model: type[models.Model]) -> None:
    verboden = hoger_of_naast(model._meta.app_label)
    for veld in model._meta.get_fields():
        if veld.concrete and veld.is_relation and veld.related_model is not None:
            doel = veld.related_model._meta.app_label  # type: ignore[union-attr]
            assert doel not in verboden, f"{model._meta.label}.{veld.name} wijst naar {doel}"


@pytest.mark.parametrize("model", EIGEN_MODELLEN, ids=lambda m: m._meta.label)
def test_geen_terugweg_naar_een_andere_kamer(model: type[models.Model]) -> None:
    """A lower model must not learn the name of a higher one: `related_name="+"`."""
    for veld in model._meta.local_fields + model._meta.local_many_to_many:
        doel = veld.related_model
        if doel is None or isinstance(doel, str):
            continue
        ander = doel._meta.app_label
        if ander in KAMERS and ander != model._meta.app_label:
            assert veld.remote_field.hidden, f'{model._meta.label}.{veld.name} heeft geen related_name="+"'


# --- Migrations ------------------------------------------------------------------------------------
def test_migraties_hangen_alleen_van_lagere_kamers_af() -> None:
    lader = MigrationLoader(None, ignore_no_migrations=True)
    fout = []
    for (kamer, naam), migratie in lader.disk_migrations.items():
        if kamer not in KAMERS:
            continue
        for ander, _ in [*migratie.dependencies, *migratie.run_before]:
            if ander in hoger_of_naast(kamer):
                fout.append(f"{kamer}.{naam} → {ander}")
    assert not fout, f"Migraties die omhoog wijzen: {fout}"


# --- Strings in code -------------------------------------------------------------------------------
def _woorden(knoop: ast.Call) -> Iterator[str]:
    for argument in [*knoop.args, *(k.value for k in knoop.keywords)]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value


def _functienaam(knoop: ast.Call) -> str:
    return knoop.func.attr if isinstance(knoop.func, ast.Attribute) else getattr(knoop.func, "id", "")


VELDEN = {
    "ForeignKey",
    "OneToOneField",
    "ManyToManyField",
    "get_model",
}
BINNENHALEN = {"import_module", "import_string", "__import__"}


def omhoog_in_tekst(kamer: str, pad: Path) -> list[str]:
    """Return the calls that name a model or module of a higher or neighbouring room in a string."""
    verboden = hoger_of_naast(kamer)
    fout = []
    for knoop in ast.walk(boom(pad)):
        if not isinstance(knoop, ast.Call) or _functienaam(knoop) not in VELDEN | BINNENHALEN:
            continue
        for woord in _woorden(knoop):
            if woord.split(".")[0] in verboden and (_functienaam(knoop) not in VELDEN or _is_model(woord, knoop)):
                fout.append(f"{kort(pad)}:{knoop.lineno} {woord}")
    return fout


def _is_model(woord: str, knoop: ast.Call) -> bool:
    """Tell a model (`kamer.Model`, or a room in get_model) from a label that happens to match."""
    return "." in woord or _functienaam(knoop) == "get_model"


@pytest.mark.parametrize("kamer", KAMERS)
def test_geen_tekst_wijst_naar_een_hogere_kamer(kamer: str) -> None:
    fout = [regel for pad in python_van(kamer) for regel in omhoog_in_tekst(kamer, pad)]
    assert not fout, f"Verwijst omhoog of opzij: {fout}"


# --- Pages -----------------------------------------------------------------------------------------
def adressen(patronen: Any, ruimte: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the full name of every address with its view."""
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            binnen = f"{ruimte}{patroon.namespace}:" if patroon.namespace else ruimte
            yield from adressen(patroon.url_patterns, binnen)
        elif isinstance(patroon, URLPattern) and patroon.name:
            yield f"{ruimte}{patroon.name}", patroon.callback


def kamer_van_adres() -> dict[str, str]:
    """Return the room that serves each address."""
    return {
        naam: module
        for naam, view in adressen(get_resolver().url_patterns)
        if (module := getattr(view, "__module__", "").split(".")[0]) in KAMERS
    }


def kamer_van_sjabloon(pad: Path) -> str | None:
    """Return the room of a template: its folder; the ones on top belong to the shell."""
    delen = pad.relative_to(CHECKOUT).parts
    folder = delen[delen.index("templates") + 1]
    return folder if folder in KAMERS else None


URL_IN_SJABLOON = re.compile(r"""\{%-?\s*url\s+["']([^"']+)["']""")
URL_IN_CODE = {"reverse", "reverse_lazy", "redirect", "resolve_url"}
#: What stands above all rooms by design: the page after log-in, and its address in `LOGIN_REDIRECT_URL`.
IEDERS = {"vandaag", "inloggen", "uitloggen"}


def test_sjablonen_verwijzen_niet_omhoog() -> None:
    """A button to a higher room belongs in that room, through the socket *acties* or *dossier*."""
    waar = kamer_van_adres()
    fout = []
    for pad in templates():
        kamer = kamer_van_sjabloon(pad)
        if kamer is None:
            continue
        for naam in URL_IN_SJABLOON.findall(tekst(pad)):
            if naam not in IEDERS and waar.get(naam) in hoger_of_naast(kamer):
                fout.append(f"{kort(pad)}: {naam} is van {waar[naam]}")
    assert not fout, f"Verwijst omhoog: {fout}"


def test_code_verwijst_niet_omhoog_met_een_adresnaam() -> None:
    waar = kamer_van_adres()
    fout = []
    for kamer in KAMERS:
        for pad in python_van(kamer):
            for knoop in ast.walk(boom(pad)):
                if not isinstance(knoop, ast.Call) or _functienaam(knoop) not in URL_IN_CODE:
                    continue
                naam = next(iter(_woorden(knoop)), "")
                if naam not in IEDERS and waar.get(naam) in hoger_of_naast(kamer):
                    fout.append(f"{kort(pad)}:{knoop.lineno} {naam} is van {waar[naam]}")
    assert not fout, f"Verwijst omhoog: {fout}"


def test_sjablonen_gebruiken_geen_sjabloon_van_een_hogere_kamer() -> None:
    verwijzing = re.compile(r"""\{%-?\s*(?:include|extends|load_partial)\s+["']([a-z_]+)/""")
    fout = []
    for pad in templates():
        kamer = kamer_van_sjabloon(pad)
        if kamer:
            hoger = hoger_of_naast(kamer)
            fout += [f"{kort(pad)}: {n}" for n in verwijzing.findall(tekst(pad)) if n in hoger]
    assert not fout, f"Sjabloon van een hogere kamer: {fout}"


# --- The contract itself ---------------------------------------------------------------------------
def test_contract_noemt_elke_kamer_op_haar_verdieping() -> None:
    """pyproject.toml (what lint-imports checks) and tests/hulp/bron.py tell the same story."""
    import tomllib

    from tests.hulp.bron import VLOEREN

    linter = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())["tool"]["importlinter"]
    lagen = next(c["layers"] for c in linter["contracts"] if c["id"] == "verdiepingen")
    geschreven = [tuple(sorted(laag.split(" | "))) for laag in lagen]
    assert geschreven == [tuple(sorted(vloer)) for vloer in reversed(VLOEREN)]
    assert set(linter["root_packages"]) == set(KAMERS)
    meubels = next(c["containers"] for c in linter["contracts"] if c["id"] == "meubels")
    assert set(meubels) == set(KAMERS) - {"reintegratie"}


@pytest.mark.parametrize(
    ("code", "mag"),
    [
        ("apps.get_model('werkgevers', 'Plaatsing')", False),
        ("apps.get_model('kern.Gebruiker')", True),
        ("models.ForeignKey('trajecten.Traject', models.CASCADE)", False),
        ("models.ForeignKey('organisatie.Team', models.CASCADE)", True),
        ("import_module('rapportage.motor')", False),
        ("models.ForeignKey(Team, verbose_name='trajecten')", True),
    ],
)
def test_toets_ziet_een_verwijzing_in_tekst(code: str, mag: bool) -> None:
    """The check above really sees what it forbids."""
    pad = CHECKOUT / ".lokaal" / f"proef_{abs(hash(code))}.py"
    pad.parent.mkdir(exist_ok=True)
    pad.write_text(code)
    try:
        assert (omhoog_in_tekst("deelnemers", pad) == []) is mag
    finally:
        pad.unlink()
