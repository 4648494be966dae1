"""Every state × every action × every role, against a table written by hand."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from kern.handeling import handeling
from kern.models import Overgang
from kern.toestanden import OvergangGeweigerd, verzet
from organisatie.rechten import ROLRECHTEN, Rol
from tests.kern.fabrieken import FABRIEK
from tests.trajecten.fabrieken import AfspraakFabriek, OnderdeelFabriek, TrajectFabriek, dagen
from trajecten.toestanden import AFSPRAAK, ONDERDEEL, TRAJECT

MAG = {
    "traject": {
        ("loopt", "afsluiten"): "beeindigd",
        ("loopt", "afsluiten_en_wachten"): "wacht_op_inkomen",
        ("wacht_op_inkomen", "inkomen_bevestigt"): "beeindigd",
        ("beeindigd", "inkomen_neemt_terug"): "wacht_op_inkomen",
        ("wacht_op_inkomen", "heropenen"): "loopt",
        ("beeindigd", "heropenen"): "loopt",
    },
    "trajectonderdeel": {
        ("gepland", "wachten"): "wacht",
        ("gepland", "starten"): "loopt",
        ("wacht", "starten"): "loopt",
        ("loopt", "afronden"): "afgerond",
        ("loopt", "stoppen"): "gestopt",
        ("gepland", "laten_vervallen"): "vervallen",
        ("wacht", "laten_vervallen"): "vervallen",
    },
    "afspraak": {
        ("gepland", "geweest"): "verschenen",
        ("niet_verschenen", "geweest"): "verschenen",
        ("gepland", "afmelden"): "afgemeld",
        ("niet_verschenen", "afmelden"): "afgemeld",
        ("gepland", "niet_verschijnen"): "niet_verschenen",
        ("gepland", "verzetten"): "verzet",
        ("gepland", "laten_vervallen"): "vervallen",
        ("verschenen", "herstellen"): "gepland",
        ("afgemeld", "herstellen"): "gepland",
        ("niet_verschenen", "herstellen"): "gepland",
    },
}
BEGELEIDEN = {Rol.CONSULENT, Rol.TEAMMANAGER}
AFSPREKEN = BEGELEIDEN | {Rol.ACCOUNTMANAGER_WSP, Rol.TEAMONDERSTEUNING}
INKOMEN = {Rol.INKOMENSCONSULENT}
ROLLEN = {
    "traject": {"inkomen_bevestigt": INKOMEN, "inkomen_neemt_terug": INKOMEN},
    "trajectonderdeel": {},
    "afspraak": {},
}
STANDAARDROL = {"traject": BEGELEIDEN, "trajectonderdeel": BEGELEIDEN, "afspraak": AFSPREKEN}
TABELLEN = (TRAJECT, ONDERDEEL, AFSPRAAK)
GEVALLEN = [
    pytest.param(tabel, van.code, actie, id=f"{tabel.soort}-{van.code}-{actie}")
    for tabel in TABELLEN
    for van in tabel.toestanden
    for actie in sorted({s.actie for s in tabel.stappen})
]


@pytest.mark.parametrize(("tabel", "van", "actie"), GEVALLEN)
@pytest.mark.parametrize("rol", list(Rol), ids=lambda r: r.value)
def test_wie_mag_wat_in_welke_toestand(tabel: Any, van: str, actie: str, rol: Rol) -> None:
    kan = (van, actie) in MAG[tabel.soort]
    mag = rol in ROLLEN[tabel.soort].get(actie, STANDAARDROL[tabel.soort])
    obj = type("Rij", (), {"status": van})()
    assert tabel.mag(obj, actie) is kan
    assert tabel.mag(obj, actie, ROLRECHTEN[rol]) is (kan and mag)
    assert (actie in {s.actie for s in tabel.acties(obj, ROLRECHTEN[rol])}) is (kan and mag)


def _rij(tabel: Any, van: str) -> Any:
    if tabel is TRAJECT:
        return TrajectFabriek(status=van, einddatum=None if van == "loopt" else dagen(0))
    if tabel is ONDERDEEL:
        return OnderdeelFabriek(status=van, wacht_op="het ROC", wacht_sinds=dt.date(2020, 1, 1))
    return AfspraakFabriek(status=van)


@pytest.mark.parametrize("tabel", TABELLEN, ids=lambda t: t.soort)
def test_elke_stap_uit_elke_toestand_in_de_database(gemeente: object, tabel: Any) -> None:
    """What the table allows is done and logged; all else is refused and leaves the row as it was."""
    for van in (t.code for t in tabel.toestanden):
        for actie in sorted({s.actie for s in tabel.stappen}):
            rij, naar = _rij(tabel, van), MAG[tabel.soort].get((van, actie))
            with handeling(FABRIEK):
                if tabel is TRAJECT and naar:  # the end date moves with the state, in the same UPDATE
                    type(rij).objects.filter(pk=rij.pk).update(
                        status=naar, einddatum=None if naar == "loopt" else dagen(0)
                    )
                if naar is None:
                    with pytest.raises(OvergangGeweigerd):
                        verzet(tabel, rij, actie, actor=FABRIEK, reden="toets")
                else:
                    verzet(tabel, rij, actie, actor=FABRIEK, reden="toets")
            rij.refresh_from_db()
            assert rij.status == (naar or van)
            gelogd = Overgang.objects.filter(soort=tabel.soort, object_id=rij.pk).values_list("van", "actie", "naar")
            assert list(gelogd.order_by("id")) == ([(van, actie, naar)] if naar else [])


@pytest.mark.parametrize("tabel", TABELLEN, ids=lambda t: t.soort)
def test_elke_toestand_legt_zich_uit(tabel: Any) -> None:
    for toestand in tabel.toestanden:
        assert toestand.label and toestand.uitleg.endswith(".")
        uit = {s.actie for s in tabel.stappen if toestand.code in s.van}
        assert uit or toestand.eind
