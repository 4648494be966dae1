"""Runs a Django management command on a fresh clone: first the servers and migrations it needs."""

from __future__ import annotations

import os
import sys

from reintegratie.lokaal.melding import LokaalFout, meld

# These look at code only.
ZONDER_SERVERS = {
    *("help", "version", "check", "collectstatic", "findstatic", "compilemessages", "makemessages"),
    *("diffsettings", "spectacular", "instellingen", "startapp", "startproject"),
}
# These look at the database as it is, or bring it up to date themselves.
ZONDER_MIGRATIE = {
    *("migrate", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations", "optimizemigration"),
    *("sqlflush", "sqlsequencereset", "inspectdb", "dbshell", "pgtrigger"),
}


def main(argv: list[str]) -> int:
    """Bring up what the command needs and run it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reintegratie.settings")
    opdracht = argv[1] if len(argv) > 1 else "help"
    hulp = opdracht.startswith("-") or {"-h", "--help"} & set(argv[2:])
    try:
        if opdracht not in ZONDER_SERVERS and not hulp:
            _maak_klaar(opdracht, migratie=opdracht not in ZONDER_MIGRATIE)
    except LokaalFout as fout:
        meld(str(fout))
        return 1
    from django.core.management import execute_from_command_line

    execute_from_command_line(argv)
    return 0


def _maak_klaar(opdracht: str, *, migratie: bool) -> None:
    """Start the servers; migrate an embedded database that is behind. Your own server is never migrated."""
    from reintegratie.lokaal import migraties, vulling
    from reintegratie.lokaal.omgeving import servers_van, zorg_voor_servers
    from reintegratie.lokaal.paden import slot

    if all(os.environ.get(naam) for naam in ("DATABASE_URL", "REDIS_URL", "CACHE_URL")):
        return
    zorg_voor_servers("demo")
    servers = servers_van("demo")
    if opdracht != "demodata":  # that one chooses its own day
        for naam, waarde in vulling.klok().items():
            os.environ.setdefault(naam, waarde)
    if not migratie or not servers.eigen_database or migraties.is_bij(servers.map):
        return
    with slot(servers.map / "migraties.lock"):
        if migraties.is_bij(servers.map):
            return
        meld("Database bijwerken ...")
        import django

        django.setup()
        migraties.migreer(servers.map)


if __name__ == "__main__":
    sys.exit(main(sys.argv))
