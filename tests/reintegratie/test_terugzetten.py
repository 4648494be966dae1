"""A backup put back (docs/beheer.md): the data, the rights and the rules of the database are all there again."""

from __future__ import annotations

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, ProgrammingError, connection, connections, transaction

from deelnemers.models import Deelnemer
from deelnemers.services.inschrijven import Persoonsgegevens, bsn_van, schrijf_in
from kern.handeling import voor_gemeente
from kern.models import Wijziging
from kern.postgres.rechten import zet_rechten
from reintegratie.lokaal.binair import postgres_bin
from tests.deelnemers.fabrieken import TOETS, bsn
from tests.hulp import database
from tests.kern.fabrieken import GemeenteFabriek

DAG = dt.date(1988, 5, 17)

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])


def _programma(naam: str, *opties: str) -> None:
    gegevens = connections["eigenaar"].settings_dict
    plek = [f"--host={gegevens['HOST']}", f"--username={gegevens['USER']}", f"--dbname={database.naam()}"]
    plek += [f"--port={gegevens['PORT']}"] if gegevens["PORT"] else []
    omgeving = {"PGPASSWORD": gegevens["PASSWORD"]} if gegevens["PASSWORD"] else {}
    subprocess.run([postgres_bin() / naam, *plek, *opties], env=omgeving, check=True, capture_output=True, text=True)


@pytest.fixture
def persoon(transactional_db: None) -> Iterator[Deelnemer]:
    gemeente = GemeenteFabriek()
    with voor_gemeente(gemeente):
        deelnemer, _ = schrijf_in(Persoonsgegevens("Jansen", DAG), bsn(0), actor=TOETS)
        yield deelnemer
    database.herstel()


def _zet_terug(bestand: Path) -> None:
    """Throw the database away and put the file in an empty one of the owner."""
    connections.close_all()
    with database.beheer() as cursor:
        cursor.execute(f'DROP DATABASE "{database.naam()}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{database.naam()}" OWNER reintegratie TEMPLATE template0')
    _programma("pg_restore", str(bestand), "--exit-on-error")
    zet_rechten()


def test_na_terugzetten_is_alles_er_en_gelden_de_regels(persoon: Deelnemer, tmp_path: Path) -> None:
    historie = Wijziging.objects.filter(betrokkene_id=persoon.pk).count()
    bestand = tmp_path / "reintegratie.dump"
    connections.close_all()
    _programma("pg_dump", "--format=custom", f"--file={bestand}")
    _zet_terug(bestand)

    terug = Deelnemer.objects.get(pk=persoon.pk)
    assert (terug.geslachtsnaam, bsn_van(terug)) == ("Jansen", bsn(0))
    assert Wijziging.objects.filter(betrokkene_id=persoon.pk).count() == historie > 0
    assert schrijf_in(Persoonsgegevens("Jansen", DAG), bsn(0), actor=TOETS) == (terug, False)
    nieuw, is_nieuw = schrijf_in(Persoonsgegevens("Visser", DAG), bsn(1), actor=TOETS)
    assert is_nieuw and nieuw.pk > terug.pk
    with pytest.raises(DatabaseError, match="zonder actor"), transaction.atomic():
        Deelnemer.objects.filter(pk=terug.pk).update(roepnaam="X")
    for tabel in ("kern_wijziging", "kern_leesregel"):
        _geweigerd(f"DELETE FROM {tabel}")
    _geweigerd("TRUNCATE deelnemers_deelnemer CASCADE")


def _geweigerd(opdracht: str) -> None:
    verboden = pytest.raises(ProgrammingError, match="permission denied")
    with verboden, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(opdracht)
