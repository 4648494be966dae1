"""A source or target group that says too much shows only to who decides on it with the right (R007)."""

from __future__ import annotations

from typing import Any

import pytest

from aanmeldingen.aansluiting import tijdlijnregels, werkregel
from aanmeldingen.bescherming import NEUTRALE_BRON, NEUTRALE_ROUTE, is_beschermd
from aanmeldingen.forms import PostvakFilter
from aanmeldingen.models import Aanmelding, Route
from kern.handeling import handeling
from tests.aanmeldingen.fabrieken import maak_aanmelding
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture
def beschermd(intake: Any) -> Aanmelding:
    rij = maak_aanmelding(intake)
    with handeling(FABRIEK):
        route = Route.objects.get(code="top-600")
        velden = {"route": route, "bron": route.bron, "doelgroep": "top_600", "verwijzer_team": "Aanpak Top 600"}
        Aanmelding.objects.filter(pk=rij.pk).update(**velden)
    return Aanmelding.objects.select_related("route", "routeversie").get(pk=rij.pk)


@pytest.mark.eis("R007", "Zonder het recht zegt een aanmelding geen route of bron die de doelgroep verraadt")
@pytest.mark.parametrize(
    ("rol", "ziet"), [("teammanager", True), ("teamondersteuning", False), ("afdelingsmanager", False)]
)
def test_postvak_en_aanmelding(log_in: Any, beschermd: Aanmelding, rol: str, ziet: bool) -> None:
    team = beschermd.team
    client = log_in(rol, team=team) if team else log_in(rol)
    for adres in ("/aanmeldingen", f"/aanmeldingen/{beschermd.kenmerk}"):
        antwoord = client.get(adres)
        assert antwoord.status_code == 200, adres
        tekst = antwoord.content.decode()
        assert beschermd.geslachtsnaam in tekst
        assert ("Top 600" in tekst) is ziet and ("Bijzondere Doelgroepen" in tekst) is ziet, adres
        assert (NEUTRALE_ROUTE in tekst) is not ziet
        if not ziet:
            assert NEUTRALE_BRON in tekst


@pytest.mark.eis("R007", "Vandaag en de tijdlijn kennen de lezer niet en zeggen het altijd neutraal")
def test_bewaarde_regels_zijn_neutraal(beschermd: Aanmelding) -> None:
    assert is_beschermd(beschermd)
    regel = werkregel(beschermd)
    tekst = f"{regel.titel} {regel.toelichting} {regel.waarom} {regel.wacht_op}"
    beschermd.deelnemer_id = 1
    tekst += "".join(f"{r.titel} {r.tekst}" for r in tijdlijnregels(beschermd))
    assert "600" not in tekst and "Doelgroepen" not in tekst and NEUTRALE_BRON in tekst


def test_ook_geen_keuze_in_het_filter(wet: None, gemeente: Any) -> None:
    def bronnen(**velden: Any) -> set[str]:
        return {code for code, _ in PostvakFilter(**velden).fields["bron"].choices}  # type: ignore[attr-defined]

    assert bronnen(afgeschermd=True) - bronnen() == {"reclassering", "bijzondere_doelgroepen"}
