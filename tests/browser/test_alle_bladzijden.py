"""Every address that shows a page, once, on the demo municipality: it opens, fits the window, and axe finds nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from organisatie.querysets import medewerker_van
from organisatie.rechten import Rol
from tests.browser.wandeling import ELDERS, GEEN_BLADZIJDE, adres_van, alle_adressen, alleen_post, haal, voorbeelden_uit
from tests.hulp.browser import BREEDTES, Scherm

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"])]


def test_elke_bladzijde_een_keer(wereld: dict[str, Any], nieuw: Any, request: pytest.FixtureRequest) -> None:
    client = Client()
    chantal = wereld["chantal"]
    assert len(medewerker_van(chantal.gebruiker_id).rollen_nu) >= len(Rol)  # type: ignore[union-attr]
    client.force_login(chantal.gebruiker)
    scherm: Scherm = nieuw()
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    scherm.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])
    breedtes = tuple(BREEDTES) if request.config.getoption("--volledig", default=False) else ("bureau",)
    voorbeelden, gezien, gebreken, zonder = voorbeelden_uit(wereld), 0, [], []
    for naam, _, parameters in alle_adressen():
        if naam in GEEN_BLADZIJDE | ELDERS:
            continue
        adres = adres_van(naam, parameters, voorbeelden)
        stand, bestand = haal(client, adres) if adres else (0, False)
        if bestand or stand == 405 or (not adres and alleen_post(naam)):
            continue
        if not adres or stand != 200:
            zonder.append(f"{naam} {adres} {stand}")
            continue
        scherm.ga(adres)
        try:
            scherm.axe(*breedtes)
        except AssertionError as fout:
            gebreken.append(str(fout))
        gezien += 1
    assert not gebreken, "\n".join(gebreken)
    assert not zonder, f"Niet bekeken: {zonder}"
    assert gezien > 80


@pytest.mark.parametrize(
    "pad", ["documentatie", "documentatie/aanmeldingIndienen", "wijzigingen", "problemen/te-groot"]
)
def test_bladzijden_voor_ontwikkelaars(nieuw: Any, transactional_db: None, pad: str) -> None:
    """They lie under the API, so the walk above does not see them: open to everybody, at both widths."""
    scherm: Scherm = nieuw()
    scherm.ga(f"/api/v1/{pad}")
    scherm.axe()
