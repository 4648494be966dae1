"""Small numbers for who may not see persons: also not by subtracting (rules of a list, months of a line, notes)."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from deelnemers.services.leestoezicht import verbied
from rapportage import klein
from rapportage.toegang import zichtbaar
from tests.kern.fabrieken import FABRIEK
from tests.rapportage.wereld import EIND, JAAR, Wereld, dag

LogIn = Callable[..., Client]
PEIL = {"peildatum": EIND.strftime("%d-%m-%Y")}
getallen = st.integers(0, 40)


@given(st.dictionaries(st.integers(1, 9), getallen), st.integers(2, 10))
def test_een_regel_volgt_niet_uit_het_geheel(per_regel: dict[int, int], grens: int) -> None:
    weg = klein.kleine_regels(per_regel, grens)
    assert all(nr in weg for nr, getal in per_regel.items() if 0 < getal < grens)
    verborgen = [per_regel[nr] for nr in weg]
    anderen = [n for nr, n in per_regel.items() if nr not in weg and n]
    # Unless everything is hidden, at least two rules are, and together they are no small number.
    assert not verborgen or not anderen or (len(verborgen) > 1 and sum(verborgen) >= grens)


@given(st.lists(getallen, max_size=12), st.integers(2, 10))
def test_geen_maand_min_de_vorige_is_klein(stappen: list[int], grens: int) -> None:
    punten = list(itertools.accumulate(stappen))
    getoond = [punt for punt in klein.te_tonen(punten, grens) if punt is not None]
    assert all(not 0 < punt < grens for punt in getoond)
    assert all(not 0 < later - eerder < grens for eerder, later in itertools.pairwise(getoond))
    assert not punten or 0 < punten[-1] < grens or getoond[-1] == punten[-1], "het laatste punt blijft"


@pytest.fixture
def wereld(db: None, gemeente: Any) -> Wereld:
    return Wereld()


def _veel(wereld: Wereld, hoeveel: int, maand: int, **velden: Any) -> None:
    for _ in range(hoeveel):
        wereld.einde("werk_voltijd", op=dag(maand, 10), stopt=dag(maand, 9), **velden)


def test_een_regel_met_weinig_mensen_staat_er_niet(wereld: Wereld, log_in: LogIn) -> None:
    _veel(wereld, 20, 5)
    for _ in range(2):
        wereld.einde("overleden")
    for _ in range(9):
        wereld.einde("werk_voltijd", stopt=None)
    wereld.nacht()
    adres = reverse("cijfer", args=["1.0"])
    mag = log_in("controller").get(adres, PEIL).context
    alle = {r.nummer: n for r, n, _ in mag["regels"] if n}
    kleine = {nr for nr, n in alle.items() if 0 < n < klein.STANDAARD}
    assert kleine, alle
    client = log_in("consulent", team=wereld.team)
    ziet = client.get(adres, PEIL).context
    getoond = {r.nummer: n for r, n, _ in ziet["regels"]}
    assert all(getoond[nr] is None for nr in kleine)
    assert sum(1 for n in getoond.values() if n is None) > 1
    assert len(ziet["tabel"].rijen) == sum(n for n in getoond.values() if n)
    for nr in kleine:
        assert client.get(adres, PEIL | {"regel": nr}).content.decode().count("Dossier afgeschermd") == 0


def test_een_maand_volgt_niet_uit_twee_standen(wereld: Wereld, log_in: LogIn) -> None:
    """February is two more than January: the reader may not ask for both."""
    _veel(wereld, 8, 1)
    _veel(wereld, 2, 2)
    _veel(wereld, 10, 6)
    wereld.nacht()

    def tegel(client: Client, maand: int, laatste: int) -> str:
        vraag = {"peildatum": f"{laatste}-{maand:02d}-{JAAR}"}
        tegels = {t.titel: t for t in client.get(reverse("prestatiecontract"), vraag).context["tegels"]}
        return tegels["Naar werk"].cijfer

    controller = log_in("controller")
    assert [tegel(controller, 1, 31), tegel(controller, 2, 28)] == ["8", "10"]
    client = log_in("consulent", team=wereld.team)
    assert "te klein" in {tegel(client, 1, 31), tegel(client, 2, 28)}
    lijn = client.get(reverse("prestatiecontract"), PEIL | {"lijn": "1.1"}).content.decode()
    assert ">20<" in lijn


def test_een_leesverbod_geldt_ook_achter_een_cijfer(wereld: Wereld, maak_medewerker: Any) -> None:
    persoon = wereld.persoon()
    for rol, recht in (("controller", {"kpi.personen"}), ("teammanager", {"kpi.personen", "dossier.zien"})):
        kijker = maak_medewerker(rol, team=wereld.team)
        if rol == "teammanager":
            from deelnemers.services.regie import wijs_regie_toe
            from kern import klok

            wijs_regie_toe(persoon, maak_medewerker("consulent", team=wereld.team), klok.vandaag(), actor=FABRIEK)
        assert set(zichtbaar(kijker, recht, [persoon.pk])) == {persoon.pk}
        verbied(persoon, kijker, "familie", actor=FABRIEK)
        assert zichtbaar(kijker, recht, [persoon.pk]) == {}
