"""Rights of the database roles, set after every migrate (ONTWERP 3.4).

The application role: no TRUNCATE anywhere, only SELECT and INSERT on history, transition log, ledger and facts, only
SELECT on the read log (it is written through `kern_leg_lezen_vast`). The erasing role may delete everywhere.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connections

from kern.historie import ALLEEN_TOEVOEGEN

APPLICATIE = "reintegratie_app"
WISSER = "reintegratie_wis"


def zet_rechten(using: str = "eigenaar", **kwargs: Any) -> None:
    """post_migrate handler: grant what each role needs; quiet when the roles do not exist (one-role install)."""
    verbinding = connections[using]
    with verbinding.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [[APPLICATIE, WISSER]])
        rollen = [rij[0] for rij in cursor.fetchall()]
        for rol in rollen:
            cursor.execute(f"GRANT USAGE ON SCHEMA public TO {rol}")
            cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {rol}")
            cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {rol}")
        if APPLICATIE in rollen:
            for tabel in _alleen_toevoegen():
                cursor.execute(
                    f"REVOKE UPDATE, DELETE, TRUNCATE ON {verbinding.ops.quote_name(tabel)} FROM {APPLICATIE}"
                )
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE ON kern_leesregel FROM {APPLICATIE}")
            _kolomrechten(cursor)


def _alleen_toevoegen() -> list[str]:
    tabellen = [model._meta.db_table for model in ALLEEN_TOEVOEGEN]
    return ["kern_wijziging", "kern_leesregel", "django_migrations", *tabellen]


def _kolomrechten(cursor: Any) -> None:
    """Models with `wijzigbare_kolommen` may change just those columns (rapportage.Feit: bekend_tot)."""
    for model in apps.get_models():
        kolommen = getattr(model, "wijzigbare_kolommen", ())
        if kolommen:
            cursor.execute(f"GRANT UPDATE ({', '.join(kolommen)}) ON {model._meta.db_table} TO {APPLICATIE}")
