"""The look-back covers the whole dossier, over all rooms: with one person who has a row in every table (R227)."""

from __future__ import annotations

import datetime as dt
from typing import Any, TypeVar

import pytest
from django.db import connection
from django.db.models import F, Model, Value
from django.db.models.functions import Replace

from kern import klok
from kern.aansluitingen import historie
from kern.aansluitingen import terugblik as socket
from kern.handeling import handeling
from kern.terugblik import Blik
from organisatie.rechten import Rol, rechten_van
from tests.kern.fabrieken import FABRIEK
from tests.privacy.conftest import Wereld
from tests.privacy.naald import _is_vrije_tekst, _proberen

pytestmark = pytest.mark.django_db(databases=["default", "eigenaar"])
M = TypeVar("M", bound=Model)
RECHTEN = rechten_van(list(Rol))
#: Not looked back on, and why.
NIET: dict[str, str] = {}


class Kijker(Blik):
    """Notes which tables were looked at."""

    gezien: set[type[Model]] = set()

    def van_persoon(self, model: type[M], kolom: str = "deelnemer") -> list[M]:
        self.gezien.add(model)
        return super().van_persoon(model, kolom)


def beeld(wereld: Wereld, moment: dt.datetime | None = None) -> dict[str, list[Any]]:
    persoon = wereld.deelnemer
    blik = Kijker(persoon.pk, persoon.gemeente_id, klok.vandaag(), moment)
    return {deel.kop: list(deel.maak(blik, RECHTEN)) for deel in socket.onderdelen(RECHTEN)}


def nu_in_de_database() -> dt.datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        moment: dt.datetime = cursor.fetchone()[0]
        return moment


def test_elke_kop_is_gevuld_en_gelijk_aan_toen_nadat_alles_veranderde(wereld: Wereld) -> None:
    moment = nu_in_de_database()
    toen = beeld(wereld, moment)
    leeg = [kop for kop, regels in toen.items() if not regels]
    assert not leeg, f"Hier staat niets onder, dus bewijst dit niets: {leeg}"
    with handeling(FABRIEK):
        for model in Kijker.gezien:
            for veld in model._meta.local_fields:
                if _is_vrije_tekst(veld) and any(f.name == "deelnemer" for f in model._meta.fields):
                    with _proberen():
                        anders = Replace(F(veld.name), Value("Naaldje"), Value("Speldje"))
                        model._default_manager.filter(deelnemer=wereld.deelnemer).update(**{veld.name: anders})
    assert "Speldje" in str(beeld(wereld)), "er veranderde niets"
    assert beeld(wereld, moment) == toen


def test_elke_tabel_waarvan_ieder_de_inhoud_leest_kijkt_mee_of_heeft_een_reden(wereld: Wereld) -> None:
    """A table whose old and new values are in the history (R227) fails here until it is in the look-back too."""
    beeld(wereld)
    inhoud = {zicht.model for zicht in historie.alle().values() if zicht.waarden}
    niet = {model._meta.label for model in inhoud - Kijker.gezien}
    assert niet == set(NIET), sorted(niet ^ set(NIET))
