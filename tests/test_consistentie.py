"""Agreements over the whole code base that no single test would notice being broken."""

from __future__ import annotations

import ast
import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from kern.toegang import vereist
from tests.hulp.bron import CHECKOUT, KAMERS, boom, kort, python_van, tekst, templatenaam, templates

LOCK = CHECKOUT / "reintegratie" / "lock"
ALLE_PYTHON = [pad for kamer in KAMERS for pad in python_van(kamer)]
EIGEN_MODELLEN = [m for m in apps.get_models() if m.__module__.split(".")[0] in KAMERS]


# --- Views ----------------------------------------------------------------------------------------------
def views(patronen: Any, voorvoegsel: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every address with its view."""
    for patroon in patronen:
        adres = f"{voorvoegsel}{patroon.pattern}"
        if isinstance(patroon, URLResolver):
            yield from views(patroon.url_patterns, adres)
        elif isinstance(patroon, URLPattern):
            yield adres, patroon.callback


def test_elke_view_heeft_een_toegangsregel() -> None:
    zonder = [adres for adres, view in views(get_resolver().url_patterns) if vereist(view) is None]
    assert not zonder, f"Zonder @toegang: {zonder}"


def test_elk_adres_heeft_een_naam() -> None:
    namen = [p for p in _patronen(get_resolver().url_patterns) if not p.name]
    assert not namen, f"Zonder naam: {namen}"


def _patronen(patronen: Any) -> Iterator[URLPattern]:
    for patroon in patronen:
        if isinstance(patroon, URLResolver):
            yield from _patronen(patroon.url_patterns)
        else:
            yield patroon


# --- Templates ------------------------------------------------------------------------------------------
def test_geen_ongebruikte_templates() -> None:
    bronnen = "\n".join([*map(tekst, ALLE_PYTHON), *map(tekst, templates())])
    # Django itself asks for these by name.
    vanzelf = re.compile(r"^(?:\d{3}(?:_csrf)?\.html|registration/|admin/|django/forms/|django_|rest_framework/)")
    ongebruikt = [n for n in map(templatenaam, templates()) if n not in bronnen and not vanzelf.match(n)]
    assert not ongebruikt, f"Geen code of template noemt: {ongebruikt}"


# --- Clock ----------------------------------------------------------------------------------------------
KLOKKEN = {("date", "today"), ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today")}
KLOKKEN |= {("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("time", "time")}


def test_alleen_kern_klok_weet_hoe_laat_het_is() -> None:
    """`kern.klok` is the only clock, so that a demo or a test can play on another day."""
    fout = []
    for pad in ALLE_PYTHON:
        if kort(pad) == "kern/klok.py" or {"lokaal", "productie"} & set(pad.parts):
            continue
        # localdate(moment) asks no clock: it tells on which Dutch day a moment falls.
        omrekenen = {
            knoop.func
            for knoop in ast.walk(boom(pad))
            if isinstance(knoop, ast.Call) and (knoop.args or knoop.keywords)
        }
        for knoop in ast.walk(boom(pad)):
            if not (isinstance(knoop, ast.Attribute) and isinstance(knoop.value, ast.Name | ast.Attribute)):
                continue
            eigenaar = knoop.value.id if isinstance(knoop.value, ast.Name) else knoop.value.attr
            om = knoop.attr in ("localdate", "localtime") and knoop in omrekenen
            if (eigenaar, knoop.attr) in KLOKKEN and not om:
                fout.append(f"{kort(pad)}:{knoop.lineno} {eigenaar}.{knoop.attr}")
    assert not fout, f"Gebruik kern.klok: {fout}"


# --- Settings -------------------------------------------------------------------------------------------
def test_elke_instelling_is_uitgelegd() -> None:
    from reintegratie.instellingen import REGISTER

    zonder = [i.naam for i in REGISTER.values() if len(i.uitleg) < 10 or not i.groep]
    assert not zonder, f"Zonder uitleg of groep: {zonder}"


def test_omgeving_wordt_op_een_plek_gelezen() -> None:
    """Only settings (through `lees`), the local servers and the container files read the environment."""
    mag = {"reintegratie/instellingen.py", "reintegratie/celery.py", "reintegratie/wsgi.py"}
    fout = [
        kort(pad)
        for pad in ALLE_PYTHON
        if kort(pad) not in mag
        and not {"lokaal", "productie"} & set(pad.parts)
        and re.search(r"\bos\.(environ|getenv)\b", tekst(pad))
    ]
    assert not fout, f"Lees instellingen met lees(): {fout}"


# --- Models ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize("model", EIGEN_MODELLEN, ids=lambda m: m._meta.label)
def test_model_heeft_naam_en_veilige_velden(model: type[models.Model]) -> None:
    meta = model._meta
    assert str(meta.verbose_name) != "", model
    for veld in meta.local_fields:
        if isinstance(veld, models.DateTimeField) and veld.name.startswith(("gemaakt", "aangemaakt", "gestart")):
            assert not veld.auto_now, f"{meta.label}.{veld.name} verandert bij elke save (auto_now)."
        if isinstance(veld, models.FloatField):
            pytest.fail(f"{meta.label}.{veld.name}: geld en uren zijn Decimal, geen float.")


# --- Jobs -----------------------------------------------------------------------------------------------
def test_rooster_en_taken_zijn_gelijk() -> None:
    """Every scheduled job exists, and every nightly job is scheduled or part of a chain."""
    from kern.taken import TAKEN
    from reintegratie.celery import app

    app.loader.import_default_modules()
    rooster = app.conf.beat_schedule or {}
    for naam, regel in rooster.items():
        assert regel["task"] in app.tasks, f"{naam}: taak {regel['task']} bestaat niet."
        if regel["task"] == "kern.taak":
            gevraagd = (regel.get("args") or [regel.get("kwargs", {}).get("naam")])[0]
            assert gevraagd in TAKEN, f"{naam}: {gevraagd} staat niet in het takenregister."
    for taak in TAKEN.values():
        assert len(taak.uitleg) >= 10, f"{taak.naam} mist een uitleg voor de beheerder."


# --- Files and dependencies -----------------------------------------------------------------------------
def test_geen_bestand_boven_vierhonderd_regels() -> None:
    lang = [
        f"{kort(pad)} ({tekst(pad).count(chr(10))})"
        for pad in [*ALLE_PYTHON, CHECKOUT / "manage.py"]
        if "migrations" not in pad.parts and tekst(pad).count("\n") > 400
    ]
    assert not lang, f"Splits: {lang}"


def test_elke_kamer_heeft_een_spiegel_in_de_toetsen() -> None:
    for kamer in KAMERS:
        assert (CHECKOUT / "tests" / kamer / "__init__.py").exists(), kamer
        importlib.import_module(kamer)


def vastgelegd(bestand: Path) -> dict[str, str]:
    """Return package and version of a lock file."""
    return dict(re.findall(r"^([a-z0-9][a-z0-9._-]*)==([^ ;\\]+)", bestand.read_text(), re.MULTILINE))


def test_slotbestanden_horen_bij_pyproject() -> None:
    from packaging.requirements import Requirement

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text())
    gevraagd = {
        "app.txt": project["project"]["dependencies"],
        "test.txt": project["project"]["dependencies"] + project["dependency-groups"]["test"],
        "controle.txt": [
            *project["project"]["dependencies"],
            *(eis for groep in project["dependency-groups"].values() for eis in groep),
        ],
    }
    app = vastgelegd(LOCK / "app.txt")
    for naam, eisen in gevraagd.items():
        slot = vastgelegd(LOCK / naam)
        for eis in map(Requirement, eisen):
            versie = slot.get(eis.name.lower().replace("_", "-"))
            assert versie, f"{naam} mist {eis.name}: draai reintegratie/lock/maak.sh"
            assert eis.specifier.contains(versie), f"{naam}: {eis.name} {versie} past niet bij {eis.specifier}"
        for pakket, versie in app.items():
            assert slot.get(pakket) == versie, f"{naam} heeft een andere {pakket} dan app.txt"
    assert "://" not in "".join(b.read_text() for b in LOCK.glob("*.txt")), "een slotbestand noemt een adres"


def test_migraties_zijn_gevouwen() -> None:
    """See kern/migratievouw.py; `manage.py optimizemigration KAMER NUMMER` folds an older file."""
    los = []
    for pad in ALLE_PYTHON:
        if pad.parent.name != "migrations":
            continue
        stappen = [k for k in ast.walk(boom(pad)) if isinstance(k, ast.Call) and isinstance(k.func, ast.Attribute)]
        gemaakt = {_argument(s, "name").lower() for s in stappen if s.func.attr == "CreateModel"}  # type: ignore[attr-defined]
        # A column that closes a circle of references comes later, and what rests on it too.
        gemaakt -= {_argument(s, "model_name").lower() for s in stappen if s.func.attr == "AddField"}  # type: ignore[attr-defined]
        toegevoegd = [s for s in stappen if s.func.attr in ("AddConstraint", "AddIndex")]  # type: ignore[attr-defined]
        if any(_argument(s, "model_name").lower() in gemaakt for s in toegevoegd):
            los.append(kort(pad))
    assert not los, f"Nog niet gevouwen: {los}"


def _argument(stap: ast.Call, naam: str) -> str:
    waarde = next((k.value for k in stap.keywords if k.arg == naam), None)
    return str(waarde.value) if isinstance(waarde, ast.Constant) else ""
