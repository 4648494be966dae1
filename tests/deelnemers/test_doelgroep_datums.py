"""A target group has dates, and a wrong one can be taken off (R006)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Doelgroeplidmaatschap
from deelnemers.services.contact import voeg_doelgroep_toe
from deelnemers.services.regie import doorbreek
from kern import klok
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.organisatie.fabrieken import TeamFabriek


@pytest.mark.eis("R006", "Een doelgroep heeft een begin en een einde, en een vergissing kan weg")
def test_een_doelgroep_begint_en_stopt(consulent: Any, client: Client) -> None:
    persoon = met_regie(consulent)
    client.force_login(consulent.gebruiker)
    nieuw = reverse("doelgroep_nieuw", args=[persoon.dossiernummer])
    begin = klok.vandaag() - 100 * DAG
    client.post(nieuw, {"doelgroep": "vijftig_plus", "begindatum": (klok.vandaag() + DAG).isoformat()})
    assert not Doelgroeplidmaatschap.objects.exists(), "niet in de toekomst"
    client.post(nieuw, {"doelgroep": "vijftig_plus", "begindatum": begin.isoformat()})
    rij = Doelgroeplidmaatschap.objects.get()
    assert rij.begindatum == begin
    einde = reverse("doelgroep_einde", args=[persoon.dossiernummer, rij.pk])
    for fout in ({"einddatum": ""}, {"einddatum": (begin - DAG).isoformat()}):
        assert client.post(einde, fout).status_code == 400
    assert client.post(einde, {"einddatum": klok.vandaag().isoformat()}).status_code == 302
    rij.refresh_from_db()
    assert rij.einddatum == klok.vandaag()
    assert "tot en met" in client.get(reverse("diagnose", args=[persoon.dossiernummer])).content.decode()
    assert client.post(einde, {"vergissing": "on"}).status_code == 302
    assert not Doelgroeplidmaatschap.objects.exists()


@pytest.mark.eis("R007", "Wie een afgeschermde doelgroep niet mag zien, kan hem ook niet openen")
def test_een_afgeschermde_doelgroep_opent_alleen_wie_hem_ziet(consulent: Any, log_in: Any, team: Any) -> None:
    persoon = met_regie(consulent, team)
    rij = voeg_doelgroep_toe(persoon, "top_600", klok.vandaag(), actor=TOETS)
    adres = reverse("doelgroep_einde", args=[persoon.dossiernummer, rij.pk])
    assert log_in("consulent", team=team).get(adres).status_code == 200
    ander = log_in("consulent", team=TeamFabriek())
    doorbreek(persoon, ander.medewerker, "Belt over een spoedgeval", actor=TOETS)
    assert ander.get(reverse("diagnose", args=[persoon.dossiernummer])).status_code == 200
    assert ander.get(adres).status_code == 404
