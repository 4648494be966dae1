"""An empty database is built at once instead of migrated step by step; nobody may see the difference."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from reintegratie.lokaal import migraties
from tests.hulp import database

#: What the schema is made of. The order of columns may differ: a migration adds at the end.
_SCHEMA = {
    "kolommen": """
        SELECT table_name, column_name, udt_name, is_nullable, column_default, character_maximum_length,
               numeric_precision, numeric_scale, is_identity, is_generated, generation_expression, collation_name
        FROM information_schema.columns WHERE table_schema = 'public'""",
    "regels": """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "indexen": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functies": """
        SELECT proname, pg_get_functiondef(p.oid), prosecdef, proacl::text FROM pg_proc p
        WHERE pronamespace = 'public'::regnamespace AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c')
          AND prokind = 'f'""",
    "rechten": "SELECT relname, relkind, relacl::text FROM pg_class WHERE relnamespace = 'public'::regnamespace",
    "kolomrechten": """
        SELECT attrelid::regclass::text, attname, attacl::text FROM pg_attribute WHERE attacl IS NOT NULL""",
    "uitbreidingen": "SELECT extname FROM pg_extension",
    "migraties": "SELECT app, name FROM django_migrations",
    "soorten": "SELECT app_label, model FROM django_content_type",
    "wet": "SELECT sleutel, geldig_van, geldig_tot, waarde::text FROM regelgeving_parameter",
}

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])


def schema() -> dict[str, set[tuple[object, ...]]]:
    uit = {}
    with connections["eigenaar"].cursor() as cursor:
        for naam, vraag in _SCHEMA.items():
            cursor.execute(vraag)
            uit[naam] = set(cursor.fetchall())
    return uit


@pytest.fixture
def leeg(transactional_db: None) -> Iterator[None]:
    connections.close_all()
    with database.beheer() as cursor:
        cursor.execute(f'DROP DATABASE "{database.naam()}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{database.naam()}" OWNER reintegratie TEMPLATE template0')
    yield
    database.herstel()


def test_ineens_gebouwd_is_hetzelfde_als_stap_voor_stap(transactional_db: None, request: pytest.FixtureRequest) -> None:
    """The suite runs on a database that was built at once; production migrates step by step."""
    ineens = schema()
    request.getfixturevalue("leeg")
    call_command("migrate", database="eigenaar", verbosity=0, interactive=False)
    stap_voor_stap = schema()
    for naam in _SCHEMA:
        assert ineens[naam] == stap_voor_stap[naam], naam
    assert len(ineens["regels"]) > 500, "er is vergeleken met een leeg schema"


def test_na_ineens_bouwen_heeft_migreren_niets_te_doen(leeg: None) -> None:
    migraties.bouw_ineens()
    uitvoerder = MigrationExecutor(connections["eigenaar"])
    assert uitvoerder.migration_plan(uitvoerder.loader.graph.leaf_nodes()) == []


def test_half_gebouwd_blijft_leeg(leeg: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped halfway: the next start finds an empty database, not one that looks behind."""

    def stop(*args: object, **opties: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("django.core.management.call_command", stop)
    with pytest.raises(KeyboardInterrupt):
        migraties.bouw_ineens()
    assert connections["eigenaar"].introspection.table_names() == []
