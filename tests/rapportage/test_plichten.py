"""Warnings and advice on a maatregel never feed another figure than the count of maatregelen itself (R016, R017)."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deelnemers.models import Deelnemer, Maatregeladvies, Waarschuwing
from kern.handeling import handeling
from rapportage.models import Cijferstand, Feit
from rapportage.motor.standen import actuele_versies
from rapportage.motor.zaad import MAATREGELEN, STREEFWAARDEN, zaden
from tests.hulp.bron import KAMERS, kort, python_van, tekst
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, Wereld, dag

pytestmark = pytest.mark.django_db
UITKOMSTEN = {
    "verstuurd": {},
    "ontvangen": {},
    "ingetrokken": {"intrekreden": "Klopte niet."},
    "niet_opgelegd": {"besluit_op": dag(6, 20), "beantwoord_op": dag(6, 20)},
    "gewaarschuwd": {"besluit_op": dag(6, 20), "beantwoord_op": dag(6, 20)},
    "opgelegd": {"besluit_op": dag(6, 20), "beantwoord_op": dag(6, 20), "ingangsdatum": dag(7, 1)},
}


def _plichten(w: Wereld, deelnemer: Deelnemer, status: str) -> None:
    """A warning and an advice in this state, in the middle of the year that is counted."""
    gemeen: dict[str, Any] = {"deelnemer": deelnemer, "gegeven_door": w.medewerker, "status_sinds": dag(6, 1)}
    with handeling(FABRIEK):
        eerder = Waarschuwing.objects.create(
            gegeven_op=dag(6, 1), wijze="gesprek", afspraak="Elke maandag naar de training.",
            niet_gedaan="Kwam twee keer niet.", **gemeen,
        )  # fmt: skip
        Maatregeladvies.objects.create(
            waarschuwing=eerder, reden="18-4-h", gebeurd_op=dag(6, 8), feiten="Kwam weer niet naar de training.",
            hoorwijze="geen", gehoord_op=dag(6, 10), verwijtbaar="De persoon wist van de training.",
            gegeven_op=dag(6, 12), termijn=dag(6, 26), status=status, **gemeen, **UITKOMSTEN[status],
        )  # fmt: skip


def _alles(w: Wereld) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """Every other figure of that day, every stored one, and every other fact, without the moment it was written."""
    w.nacht()
    codes = [a.versie.indicator.code for a in actuele_versies(EIND)]
    cijfers = {code: w.telling(code) for code in codes if code != MAATREGELEN}
    standen = Cijferstand.objects.filter(dag=EIND).exclude(versie__indicator__code=MAATREGELEN)
    standen = standen.order_by("versie_id", "dimensie", "waarde")
    feiten = Feit.objects.filter(bekend_tot__isnull=True).exclude(soort="maatregel").order_by("soort", "sleutel")
    return (
        cijfers,
        list(standen.values_list("versie_id", "dimensie", "waarde", "teller", "noemer", "stopgezet")),
        list(feiten.values_list("soort", "sleutel", "inhoud_hash")),
    )


EINDE = st.fixed_dictionaries(
    {
        "bus": st.sampled_from(["11", "01", "02", "31", "34", "35", "98"]),
        "status": st.one_of(st.none(), st.sampled_from(sorted(UITKOMSTEN))),
    }
)


@pytest.mark.eis(
    "R016", "Elk ander cijfer is hetzelfde met en zonder waarschuwingen en adviezen, wat inkomen ook besloot"
)
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(einden=st.lists(EINDE, min_size=1, max_size=4))
def test_geen_cijfer_verandert(wereld: Wereld, einden: list[dict[str, Any]]) -> None:
    mensen = []
    for n, rij in enumerate(einden):
        persoon = wereld.persoon()
        wereld.einde(persoon=persoon, uitkomst="overig", bus=rij["bus"], op=dag(9, n + 1))
        mensen.append((persoon, rij["status"]))
    voor = _alles(wereld)
    for persoon, status in mensen:
        if status is not None:
            _plichten(wereld, persoon, status)
    assert _alles(wereld) == voor


@pytest.mark.eis("R016", "Alleen de reden van inkomen maakt een einde ‘stopgezet’, nooit een maatregel")
@pytest.mark.parametrize("status", sorted(UITKOMSTEN))
def test_alleen_de_reden_van_inkomen_zegt_stopgezet(wereld: Wereld, status: str) -> None:
    gestopt, werkt = wereld.persoon(), wereld.persoon()
    wereld.einde(persoon=gestopt, uitkomst="overig", bus="35", op=dag(9, 1))
    wereld.einde(persoon=werkt, uitkomst="werk_voltijd", bus="11", op=dag(9, 2))
    for persoon in (gestopt, werkt):
        _plichten(wereld, persoon, status)
    wereld.nacht()
    assert wereld.rij("1.0", gestopt).regel == 17
    assert wereld.rij("1.0", werkt).regel == 13
    assert wereld.telling("1.1").teller == 1


def test_alleen_het_feit_over_maatregelen_leest_deze_tabellen() -> None:
    """Figures and routes know nothing of them, and no fact but that one, so that nobody can count them by accident."""
    woorden = ("Waarschuwing", "Maatregeladvies", "waarschuwing", "maatregeladvies")
    feitbronnen = (pad for kamer in KAMERS for pad in python_van(kamer) if "feiten" in pad.name)
    telt = itertools.chain(python_van("rapportage"), feitbronnen)
    leest = {kort(pad) for pad in telt if any(woord in tekst(pad) for woord in woorden)}
    assert leest == {"trajecten/maatregelfeiten.py"}


def test_het_cijfer_over_maatregelen_is_geen_succes() -> None:
    """No share, no target, not on the tiles, and no other definition counts its facts."""
    alle = {zaad.code: zaad for zaad in zaden()}
    zaad = alle[MAATREGELEN]
    assert not zaad.definitie.ratio and not zaad.op_dashboard and not zaad.bestuurlijk
    assert not any(MAATREGELEN in doelen for doelen in STREEFWAARDEN.values())
    assert [code for code, z in alle.items() if z.definitie.soort == zaad.definitie.soort] == [MAATREGELEN]
