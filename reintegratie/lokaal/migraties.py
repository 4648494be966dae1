"""Keeps the embedded database migrated, at the cost of one hash when nothing changed."""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path

from reintegratie.lokaal.omgeving import bronbestanden
from reintegratie.lokaal.paden import CHECKOUT

EIGENAAR = "eigenaar"
#: SQL of migrations that the models do not say: module and name.
EXTRA = (("deelnemers.migrations.0009_beperking", "BEPERKT"),)


def vingerafdruk() -> str:
    """Return a hash of everything that decides what a migrated database looks like."""
    som = hashlib.sha256()
    kamers = sorted(p.parent for p in CHECKOUT.glob("*/__init__.py") if p.parent.name not in ("tests", "benchmarks"))
    gegevens = sorted((CHECKOUT / "regelgeving" / "gegevens").glob("*.csv"))
    for pad in [*bronbestanden(*kamers), *gegevens, CHECKOUT / "reintegratie" / "lock" / "app.txt"]:
        if "lokaal" not in pad.relative_to(CHECKOUT).parts:
            som.update(str(pad.relative_to(CHECKOUT)).encode())
            som.update(pad.read_bytes())
    return som.hexdigest()[:16]


def stempel(folder: Path) -> Path:
    """Return the file that holds the fingerprint of the last migration."""
    return folder / "migraties.txt"


def is_bij(folder: Path) -> bool:
    """Tell whether the database in this folder was migrated with the present sources."""
    try:
        return stempel(folder).read_text() == vingerafdruk()
    except OSError:
        return False


def migreer(folder: Path) -> None:
    """Migrate as the owner; needs `django.setup()`."""
    from django.core.management import call_command

    stempel(folder).unlink(missing_ok=True)
    if _is_leeg():
        bouw_ineens()
    else:
        call_command("migrate", database=EIGENAAR, verbosity=0, interactive=False)
    stempel(folder).write_text(vingerafdruk())


def _is_leeg() -> bool:
    from django.db import connections

    return not connections[EIGENAAR].introspection.table_names()


def bouw_ineens() -> None:
    """Build an empty database out of the models of today and note every migration as applied.

    Replaying the migrations renders all models anew for every step: 13 s of a first start instead of 2. A test
    compares the two; a migration that does more than the models say has to be named here, like the first one.
    """
    from django.apps import apps
    from django.core.management import call_command
    from django.db import connections, transaction
    from django.db.migrations.executor import MigrationExecutor
    from django.test.utils import override_settings

    kamers = [app.label for app in apps.get_app_configs() if Path(app.path).parent == CHECKOUT]
    with transaction.atomic(using=EIGENAAR):  # half a schema would look like one that is behind
        uitvoerder = MigrationExecutor(connections[EIGENAAR])
        uitvoerder.migrate([("kern", "0001_uitbreidingen"), *uitvoerder.loader.graph.leaf_nodes("auth")])
        with override_settings(MIGRATION_MODULES=dict.fromkeys(kamers)):
            call_command("migrate", database=EIGENAAR, verbosity=0, interactive=False, run_syncdb=True)
        with connections[EIGENAAR].cursor() as cursor:
            for module, naam in EXTRA:
                cursor.execute(getattr(import_module(module), naam))
        uitvoerder = MigrationExecutor(connections[EIGENAAR])
        uitvoerder.migrate(uitvoerder.loader.graph.leaf_nodes(), fake=True)
