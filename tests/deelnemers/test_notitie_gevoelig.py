"""The note box: sensitive, earlier, succeeded or not; from every page of the dossier; the timeline per year."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.models import Contactmoment
from deelnemers.services.contact import leg_contact_vast
from kern import klok
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie

pytestmark = pytest.mark.django_db


@pytest.mark.eis("R228", "Een gevoelige notitie ziet alleen wie het recht op bijzondere gegevens heeft")
def test_gevoelige_notitie(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    persoon = met_regie(client.medewerker, team)
    pad = reverse("notitie", args=[persoon.dossiernummer])
    client.post(pad, {"tekst": "Gesproken over de operatie", "gevoelig": "on"})
    assert Contactmoment.objects.get().bijzonder
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    assert "Gesproken over de operatie" in client.get(dossier).content.decode()
    for rol in ("afdelingsmanager", "inkomensconsulent"):
        assert "Gesproken over de operatie" not in log_in(rol, team=team).get(dossier).content.decode()


def test_eerder_en_niet_gelukt(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    persoon = met_regie(client.medewerker, team)
    pad = reverse("notitie", args=[persoon.dossiernummer])
    dag = klok.vandaag() - 3 * DAG
    client.post(pad, {"tekst": "Gebeld over de baan", "gelukt": "nee", "wanneer": f"{dag:%d-%m-%Y}"})
    rij = Contactmoment.objects.get()
    assert rij.plaatsgevonden_op.date() == dag and not rij.contact_gelukt
    morgen = {"tekst": "Morgen", "wanneer": f"{klok.vandaag() + DAG:%d-%m-%Y}"}
    assert client.post(pad, morgen).status_code == 400


@pytest.mark.parametrize("naam", ["diagnose", "huishouden", "documenten", "historie", "dossiervragen"])
def test_de_knop_notitie_werkt_op_elk_blad(log_in: Any, team: Any, naam: str) -> None:
    client = log_in("consulent", team=team)
    persoon = met_regie(client.medewerker, team)
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    assert f'href="{dossier}#notitie"' in client.get(reverse(naam, args=[persoon.dossiernummer])).content.decode()
    eigen = client.get(dossier).content.decode()
    assert 'href="#notitie"' in eigen and 'id="notitie"' in eigen


def test_naar_een_jaar_springen(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    persoon = met_regie(client.medewerker, team)
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    oud = dt.datetime(2019, 5, 6, 12, tzinfo=dt.UTC)
    leg_contact_vast(persoon, "Toen gebeld", wanneer=oud, actor=TOETS)
    assert "jaar=2019" not in client.get(dossier).content.decode(), "alles staat er al"
    for nummer in range(40):
        leg_contact_vast(persoon, f"Gebeld {nummer}", actor=TOETS)
    blad = client.get(dossier).content.decode()
    assert "jaar=2019" in blad and "Toen gebeld" not in blad
    toen = client.get(dossier, {"jaar": "2019"}).content.decode()
    assert "Toen gebeld" in toen and 'id="jaar-2019"' in toen and "Gebeld 39" not in toen
    assert client.get(dossier, {"jaar": "x"}).status_code == 200
