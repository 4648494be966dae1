"""Every state and every action of the four tables, also the arrows that do not exist."""

from __future__ import annotations

from typing import Any

import pytest

from kern.toestanden import OvergangGeweigerd, Toestandstabel
from tests.werkgevers.fabrieken import ACTOR, VacatureFabriek, kandidaat
from werkgevers.models import Bemiddeling, Vacature
from werkgevers.services.bemiddeling import draag_voor, zet_bemiddeling
from werkgevers.services.vacatures import zet_vacature
from werkgevers.toestanden import BEMIDDELING, MET_REDEN, OPEN_BEMIDDELING, VACATURETABELLEN

TABELLEN = [*VACATURETABELLEN.values(), BEMIDDELING]

#: Kind → state → what may be done → where it leads. The expectation, written apart from the table.
PIJLEN = {
    "vacature": {
        "concept": {"openen": "open", "sluiten": "vervallen"},
        "open": {"aanhouden": "aangehouden", "vervullen": "vervuld", "sluiten": "vervallen"},
        "aangehouden": {"openen": "open", "sluiten": "vervallen"},
        "vervuld": {"heropenen": "open"},
        "vervallen": {},
    },
    "detacheringsplek": {
        "concept": {"tarief_voorstellen": "tarief", "sluiten": "vervallen"},
        "tarief": {"openen": "open", "sluiten": "vervallen"},
        "open": {"vervullen": "bezet", "beeindigen": "beeindigd"},
        "bezet": {"heropenen": "open", "beeindigen": "beeindigd"},
        "beeindigd": {},
        "vervallen": {},
    },
    "trajectplek": {
        "concept": {"aanbieden": "beoordelen", "sluiten": "vervallen"},
        "beoordelen": {"openen": "open", "sluiten": "vervallen"},
        "open": {"vervullen": "bezet", "beeindigen": "beeindigd"},
        "bezet": {"heropenen": "open", "beeindigen": "beeindigd"},
        "beeindigd": {},
        "vervallen": {},
    },
    "bemiddeling": {
        **{
            staat: {
                "plaatsen": "geplaatst",
                "afwijzen": "afgewezen",
                "terugtrekken": "teruggetrokken_kandidaat",
                "laten_vervallen": "vacature_vervallen",
                **meer,
            }
            for staat, meer in {
                "voorgedragen": {
                    "voorstellen": "voorgesteld",
                    "gesprek_plannen": "gesprek",
                    "intrekken": "ingetrokken",
                },
                "voorgesteld": {"gesprek_plannen": "gesprek"},
                "gesprek": {"proefplaats_starten": "proefplaats"},
                "proefplaats": {},
            }.items()
        },
        **{
            staat: {}
            for staat in (
                "geplaatst",
                "afgewezen",
                "teruggetrokken_kandidaat",
                "vacature_vervallen",
                "ingetrokken",
            )
        },
    },
}


@pytest.mark.eis("R127", "vacature, detacheringsplek en trajectplek hebben elk een eigen levensloop")
@pytest.mark.parametrize("tabel", TABELLEN, ids=lambda t: t.soort)
def test_elke_pijl(tabel: Toestandstabel) -> None:
    gevonden: dict[str, dict[str, str]] = {t.code: {} for t in tabel.toestanden}
    for stap in tabel.stappen:
        for van in stap.van:
            gevonden[van][stap.actie] = stap.naar
    assert gevonden == PIJLEN[tabel.soort]


@pytest.mark.parametrize("tabel", TABELLEN, ids=lambda t: t.soort)
def test_elke_toestand_zegt_wat_je_kunt_doen(tabel: Toestandstabel) -> None:
    for toestand in tabel.toestanden:
        assert toestand.label and toestand.uitleg.endswith("."), toestand
        assert toestand.eind == (not any(toestand.code in s.van for s in tabel.stappen)) or toestand.code == "vervuld"


def test_redenen_horen_bij_een_einde_zonder_plaatsing() -> None:
    assert set(MET_REDEN).isdisjoint(OPEN_BEMIDDELING)
    assert all(BEMIDDELING.toestand(code).eind for code in MET_REDEN)


@pytest.mark.parametrize(
    ("soort", "stappen"),
    [
        ("regulier", ["openen", "aanhouden", "openen", "sluiten"]),
        ("detacheringsplek", ["tarief_voorstellen", "openen", "beeindigen"]),
        ("trajectplek", ["aanbieden", "openen", "beeindigen"]),
    ],
)
def test_levensloop_in_de_database(gemeente: Any, soort: str, stappen: list[str]) -> None:
    eigen = {"bruto_uurloon": None, "contractvorm": "geen"} if soort == "trajectplek" else {}
    vacature = VacatureFabriek(soort=soort, status="concept", geopend_op=None, **eigen)
    for actie in stappen:
        vacature = zet_vacature(vacature, actie, actor=ACTOR, reden="de werkgever vraagt dit")
    assert Vacature.objects.get(pk=vacature.pk).toestand.eind


def test_sluiten_zonder_reden_mag_niet(gemeente: Any) -> None:
    with pytest.raises(OvergangGeweigerd, match="Geef een reden"):
        zet_vacature(VacatureFabriek(), "sluiten", actor=ACTOR)


def test_stap_die_niet_kan(gemeente: Any, maak_medewerker: Any) -> None:
    rij = draag_voor(kandidaat(), VacatureFabriek(), maak_medewerker(), actor=ACTOR)
    with pytest.raises(OvergangGeweigerd, match="Voorgedragen"):
        zet_bemiddeling(rij, "proefplaats_starten", actor=ACTOR)
    assert Bemiddeling.objects.get().status == "voorgedragen"
