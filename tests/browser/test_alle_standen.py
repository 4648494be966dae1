"""The states between: every form that was sent empty, and every page where there is nothing yet. At both widths."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from organisatie.rechten import Rol
from tests.browser.wandeling import ELDERS, GEEN_BLADZIJDE, adres_van, alle_adressen, haal, voorbeelden_uit
from tests.hulp.browser import Scherm

pytestmark = [
    pytest.mark.browser,
    pytest.mark.volledig,
    pytest.mark.django_db(transaction=True, databases=["default", "eigenaar"]),
]

#: What a page answers that shows its form again; the rooms of employers and subsidies say 422.
MET_FORMULIER = {200, 400, 409, 422}
#: Every form of the page that asks something: where it goes, and what it sends besides what a person fills in.
_FORMULIEREN = """() => [...document.querySelectorAll('main form[method=post]')]
    .filter(f => f.querySelector('.invoer, .keuze, textarea, select'))
    .map(f => [f.getAttribute('action') || location.pathname,
               [...f.querySelectorAll('input[type=hidden]')].map(i => [i.name, i.value])])"""


def _scherm_van(client: Client, wie: Any, nieuw: Any) -> Scherm:
    client.force_login(wie.gebruiker)
    scherm: Scherm = nieuw()
    koekje = client.cookies[settings.SESSION_COOKIE_NAME]
    scherm.page.context.add_cookies([{"name": koekje.key, "value": koekje.value, "url": scherm.basis}])
    return scherm


def _toon(scherm: Scherm, adres: str, inhoud: bytes) -> None:
    """Show a page that the server answered with faults; as an answer of its own it would fill the console."""
    doel = f"{scherm.basis}{adres}"
    scherm.page.route(doel, lambda route: route.fulfill(body=inhoud, content_type="text/html; charset=utf-8"))
    scherm.page.goto(doel)
    scherm.page.unroute(doel)


def test_elk_formulier_leeg_verstuurd(wereld: dict[str, Any], nieuw: Any) -> None:
    client, gebreken, gezien = Client(), [], set()
    scherm = _scherm_van(client, wereld["chantal"], nieuw)
    voorbeelden = voorbeelden_uit(wereld)
    for naam, _, parameters in alle_adressen():
        if naam in GEEN_BLADZIJDE | ELDERS:
            continue
        adres = adres_van(naam, parameters, voorbeelden)
        if not adres or haal(client, adres) != (200, False):
            continue
        scherm.ga(adres)
        for actie, vast in scherm.page.evaluate(_FORMULIEREN):
            if actie in gezien:
                continue
            gezien.add(actie)
            antwoord = client.post(actie, dict(vast))
            if antwoord.status_code == 302:  # nothing has to be filled in
                continue
            if antwoord.status_code not in {*MET_FORMULIER, 403, 404, 405}:
                gebreken.append(f"{actie} antwoordt {antwoord.status_code}")
            if antwoord.status_code not in MET_FORMULIER:
                continue
            _toon(scherm, actie, antwoord.content)
            try:
                scherm.axe()
            except AssertionError as fout:
                gebreken.append(f"{naam} met fouten: {fout}")
    assert not gebreken, "\n".join(gebreken)
    assert len(gezien) > 60


def test_elke_bladzijde_zonder_gegevens(nieuw: Any, wet: None, maak_medewerker: Any) -> None:
    client, gebreken, gezien = Client(), [], 0
    scherm = _scherm_van(client, maak_medewerker(*Rol), nieuw)
    for naam, _, parameters in alle_adressen():
        if naam in GEEN_BLADZIJDE | ELDERS or parameters:
            continue
        adres = adres_van(naam, parameters, {})
        stand, bestand = haal(client, adres)
        if bestand or stand in {302, 405}:
            continue
        if stand != 200:
            gebreken.append(f"{adres} antwoordt {stand}")
            continue
        scherm.ga(adres)
        try:
            scherm.axe()
        except AssertionError as fout:
            gebreken.append(f"{naam} leeg: {fout}")
        gezien += 1
    assert not gebreken, "\n".join(gebreken)
    assert gezien > 50
