"""A new installation: the command makes a municipality in which the beheerder can log in and go on."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from aanmeldingen.models import Route
from kern.handeling import voor_gemeente
from kern.models import Gemeente
from organisatie.models import Medewerker, Pijler, Team
from rapportage.models import Indicator
from trajecten.models import Instrument, Interventie

BEHEERDER = ("bo.smit@voorbeeld.example", "Bo", "Smit")


def richt_in(**opties: Any) -> str:
    uit = io.StringIO()
    call_command("gemeente", "0999", "Nieuwstad", stdout=uit, stderr=io.StringIO(), **opties)
    return uit.getvalue().strip()


def teams(map_: Path, *regels: str) -> Path:
    bestand = map_ / "teams.csv"
    bestand.write_text("\n".join(["pijler,code,naam", *regels]), encoding="utf-8")
    return bestand


@pytest.mark.django_db
def test_nieuwe_gemeente_heeft_alles_om_te_beginnen(tmp_path: Path) -> None:
    uit = richt_in(beheerder=BEHEERDER, teams=teams(tmp_path, "intern,noord,Team Noord", "extern,zuid,Team Zuid"))
    mail, wachtwoord = uit.split()
    with voor_gemeente(Gemeente.objects.get(code="0999")):
        assert set(Team.objects.values_list("code", "pijler__soort")) == {("noord", "intern"), ("zuid", "extern")}
        assert Pijler.objects.count() == 3
        assert Route.objects.exists() and Instrument.objects.exists() and Indicator.objects.exists()
        assert Medewerker.objects.get().gebruiker.check_password(wachtwoord)
    client = Client()
    antwoord = client.post(reverse("inloggen"), {"username": mail, "password": wachtwoord}, follow=True)
    assert antwoord.status_code == 200
    assert "wachtwoord" in antwoord.request["PATH_INFO"]  # the temporary one is replaced before anything else


@pytest.mark.django_db
def test_nog_een_keer_voegt_alleen_toe_wat_ontbreekt(tmp_path: Path) -> None:
    richt_in(teams=teams(tmp_path, "intern,noord,Team Noord"))
    richt_in(teams=teams(tmp_path, "intern,noord,Andere naam", "intern,oost,Team Oost"), beheerder=BEHEERDER)
    with voor_gemeente(Gemeente.objects.get(code="0999")):
        assert set(Team.objects.values_list("naam", flat=True)) == {"Team Noord", "Team Oost"}
        assert Pijler.objects.count() == 3
    with pytest.raises(CommandError, match="al een functioneel beheerder"):
        richt_in(beheerder=("ander@voorbeeld.example", "An", "Der"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("regel", "zin"),
    [
        ("west,noord,Team Noord", "Regel 2: pijler west bestaat niet"),
        ("intern,,Team Noord", "Regel 2: vul pijler, code en naam in"),
    ],
)
def test_fout_in_het_bestand_laat_niets_half_achter(tmp_path: Path, regel: str, zin: str) -> None:
    with pytest.raises(CommandError, match=zin):
        richt_in(teams=teams(tmp_path, regel), beheerder=BEHEERDER)
    assert not Gemeente.objects.filter(code="0999").exists()


@pytest.mark.django_db
def test_code_van_vier_cijfers() -> None:
    with pytest.raises(CommandError, match="vier cijfers"):
        call_command("gemeente", "99", "Nieuwstad", stderr=io.StringIO())


@pytest.mark.django_db
def test_een_nieuwe_gemeente_ziet_hoe_ze_de_gereedschapskist_vult(
    maak_medewerker: Any, client: Client, tmp_path: Path
) -> None:
    """Nobody but the colleagues of that gemeente knows what helps there: it starts empty, and says how to begin."""
    richt_in(teams=teams(tmp_path, "intern,noord,Team Noord"))
    gemeente = Gemeente.objects.get(code="0999")
    with voor_gemeente(gemeente):
        team = Team.objects.get()
        consulent = maak_medewerker("consulent", team=team)
        assert not Interventie.objects.exists()
        client.force_login(consulent.gebruiker)
        blad = client.get(reverse("gereedschapskist")).content.decode()
        assert "Begin met wat jullie nu al doen" in blad and blad.count("Interventie toevoegen") == 1
        begin = {
            "naam": "Samen bellen",
            "problemen": ["taal"],
            "wat": "Bellen.",
            "wanneer": "Altijd.",
            "wie": "Iedereen",
        }
        assert client.post(reverse("interventie_nieuw"), begin).status_code == 302
        assert "Begin met wat jullie" not in client.get(reverse("gereedschapskist")).content.decode()
        assert "Nog niets bij" in client.get(reverse("gereedschapskist"), {"probleem": "schulden"}).content.decode()
