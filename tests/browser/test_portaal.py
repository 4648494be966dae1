"""The portal for developers in a real browser: every page at both widths, and a request that is really sent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from aanmeldingen.models import Aanmelding
from kern.handeling import voor_gemeente
from kern.models import ApiClient
from tests.hulp.browser import Scherm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
BLADEN = ["", "/contract", "/testgevallen", "/sleutels", "/testclient", "/proberen"]


@pytest.fixture
def portaal(gemeente: Any, settings: Any, live_server: Any) -> Iterator[None]:
    from aanmeldingen.routes import zet_standaardroutes
    from regelgeving.gegevens import laad
    from regelgeving.models import Parameter
    from tests.kern.fabrieken import FABRIEK

    settings.BASIS_URL = live_server.url
    if not Parameter.objects.exists():
        laad()
    zet_standaardroutes(actor=FABRIEK)
    yield


@pytest.mark.parametrize("blad", BLADEN)
def test_bladzijden_van_het_portaal(portaal: None, nieuw: Any, blad: str) -> None:
    scherm: Scherm = nieuw()
    scherm.ga(f"/ontwikkelaars{blad}")
    scherm.axe()


def test_proberen_stuurt_echt_en_toont_het_antwoord(portaal: None, nieuw: Any, gemeente: Any) -> None:
    """A good referral, then one with a fault, then broken JSON: each time what the API said, and nothing is stored."""
    scherm: Scherm = nieuw()
    blad = scherm.page
    scherm.ga("/ontwikkelaars/proberen?route=intake&geval=goed")
    uitkomst = blad.locator("[data-uitkomst]")
    blad.get_by_role("button", name="Verstuur").click()
    uitkomst.get_by_text("Geldig: zo zouden we").wait_for()
    assert '"geldig": true' in uitkomst.inner_text()
    assert "api-version:" in uitkomst.inner_text()
    scherm.axe()

    inhoud = blad.get_by_label("Inhoud (JSON)")
    inhoud.fill(inhoud.input_value().replace("1102 AB", "12"))
    blad.get_by_role("button", name="Verstuur").click()
    uitkomst.get_by_text("Niet geldig: 1 fout.").wait_for()
    assert "adres.postcode" in uitkomst.inner_text()

    scherm.fouten.clear()
    inhoud.fill("{")
    blad.get_by_role("button", name="Verstuur").click()
    uitkomst.get_by_role("link", name="verzoek-ongeldig").wait_for()
    assert "400" in uitkomst.inner_text()
    scherm.axe()
    scherm.fouten[:] = [f for f in scherm.fouten if "400 (Bad Request)" not in f]  # the browser notes every 400

    uitkomst.get_by_role("link", name="verzoek-ongeldig").click()
    blad.get_by_role("heading", name="We kunnen het verzoek niet lezen").wait_for()
    with voor_gemeente(gemeente):
        assert ApiClient.objects.count() == 1
        assert not Aanmelding.objects.exists()
