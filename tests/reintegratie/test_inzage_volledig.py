"""The person's own overview asks every table that knows something about a person (AVG art. 15)."""

from __future__ import annotations

from typing import Any

import pytest

from deelnemers.services.inzage import onderdelen
from tests.deelnemers.fabrieken import DeelnemerFabriek
from tests.hulp.vragen import tel_vragen
from tests.test_consistentie_kamers import EIGEN_MODELLEN, heeft_persoon

pytestmark = pytest.mark.django_db

#: Tables that are left out, and why.
NIET = {
    "deelnemers_samenvoegregel": "welke rij verhuisde: techniek bij een samenvoeging die er wel in staat",
    "aanmeldingen_aanmeldingbsn": "hetzelfde nummer als bij de persoon",
    "trajecten_onderdeelafhankelijkheid": "welk onderdeel op welk wacht; de onderdelen staan er wel in",
}


def test_elke_tabel_met_een_persoon_komt_in_het_overzicht(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    with tel_vragen() as vragen:
        onderdelen(deelnemer.pk)
    gevraagd = " ".join(sql for sql, _ in vragen.vragen)
    mist = [
        model._meta.db_table
        for model in EIGEN_MODELLEN
        if heeft_persoon(model)
        and model._meta.managed
        and model._meta.db_table not in NIET
        and f'FROM "{model._meta.db_table}"' not in gevraagd
    ]
    assert not mist, f"Niet in het overzicht van de persoon: {mist}"
