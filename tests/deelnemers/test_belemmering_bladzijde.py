"""Who solves a barrier, since when, and what was solved before (R008)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Belemmering
from kern import klok
from kern.handeling import handeling
from organisatie.models import Ketenpartner
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie


@pytest.mark.eis("R008", "Van een belemmering staat er wie haar oplost, wij of een partner, en sinds wanneer")
def test_een_partner_lost_het_op(consulent: Any, client: Client) -> None:
    persoon = met_regie(consulent)
    with handeling(TOETS):
        partner = Ketenpartner.objects.create(naam="Taalhuis De Brug", soort="onderwijs")
    client.force_login(consulent.gebruiker)
    pad = reverse("belemmering_nieuw", args=[persoon.dossiernummer])
    sinds = klok.vandaag() - 40 * DAG
    velden = {"soort": "taal", "ernst": "midden", "status": "open", "begindatum": sinds.isoformat()}
    velden |= {"eigenaar_wij": "nee", "toelichting": "Leest nog moeilijk"}
    antwoord = client.post(pad, velden)
    assert antwoord.status_code == 400
    assert "Kies wie dit oplost" in antwoord.content.decode()
    assert client.post(pad, velden | {"partner": partner.pk}).status_code == 302
    rij = Belemmering.objects.get()
    assert (rij.partner, rij.eigenaar_wij, rij.begindatum) == (partner, False, sinds)
    blad = reverse("diagnose", args=[persoon.dossiernummer])
    tekst = client.get(blad).content.decode()
    assert "Taalhuis De Brug lost dit op" in tekst
    assert "Leest nog moeilijk" in tekst
    wijzig = reverse("belemmering", args=[persoon.dossiernummer, rij.pk])
    velden |= {"partner": partner.pk, "status": "opgelost", "versie": rij.versie}
    assert client.post(wijzig, velden).status_code == 302
    tekst = client.get(blad).content.decode()
    assert "Opgelost" in tekst
    assert "door Taalhuis De Brug" in tekst
