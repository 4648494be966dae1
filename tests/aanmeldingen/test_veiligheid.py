"""The content of a safety notice: by a right of its own, once, read by who decides, and then ours (R219)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, AanmeldingVeiligheid
from deelnemers.models import Veiligheidsmelding
from kern import klok
from kern.models import ApiClient, Gebeurtenis, Werkvoorraad, Wijziging
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import SCOPES, Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
PAD = "/api/v1/aanmeldingen"
GEDRAG = "Sloeg met een stoel op de balie."


@pytest.fixture
def intake(routes: None) -> ApiClient:
    return client_met_sleutel("intake", "intake", eigen_organisatie=True, scopes=[*SCOPES, "aanmeldingen.veiligheid"])


@pytest.fixture
def consulent(maak_medewerker: Any, team: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def aanmelding(intake: ApiClient) -> Aanmelding:
    return maak_aanmelding(intake)


def inhoud(**anders: Any) -> dict[str, Any]:
    vandaag = klok.vandaag()
    return {
        "gedrag": GEDRAG,
        "maatregel": "Met twee collega’s in een kamer met twee deuren.",
        "gemeldDoor": "Rob Visser",
        "vastgesteldOp": (vandaag - dt.timedelta(days=20)).isoformat(),
        "geldigTot": (vandaag + dt.timedelta(days=200)).isoformat(),
    } | anders


def stuur(api: Api, rij: Aanmelding, **anders: Any) -> Any:
    return api.post(f"{PAD}/{rij.kenmerk}/veiligheidsmeldingen", inhoud(**anders))


@pytest.mark.eis("R219", "De inhoud van een veiligheidsmelding gaat apart, met een eigen recht, en komt nergens terug")
def test_de_inhoud_gaat_apart_en_komt_nergens_terug(api: Api, aanmelding: Aanmelding) -> None:
    antwoord = stuur(api, aanmelding)
    assert antwoord.status_code == 201, antwoord.content
    assert antwoord.headers["Location"].endswith(f"{PAD}/{aanmelding.kenmerk}")
    assert AanmeldingVeiligheid.objects.get().gedrag == GEDRAG
    overal = antwoord.content.decode() + api.get(f"{PAD}/{aanmelding.kenmerk}").content.decode()
    overal += json.dumps(list(Gebeurtenis.objects.values_list("data", flat=True)))
    overal += json.dumps([[w.oud, w.nieuw] for w in Wijziging.objects.filter(tabel__startswith="aanmeldingen_")])
    assert "stoel" not in overal
    assert api.get(f"{PAD}/{aanmelding.kenmerk}").json()["gegevens"]["veiligheidsmelding"] is True


def test_zonder_het_recht_gaat_het_niet_en_in_een_aanmelding_bestaat_het_niet(routes: None) -> None:
    client = client_met_sleutel("intake", "intake", eigen_organisatie=True)
    api, rij = Api("intake"), maak_aanmelding(client)
    assert stuur(api, rij).status_code == 403
    antwoord = api.post(PAD, lichaam() | {"veiligheid": inhoud()})
    assert (antwoord.status_code, antwoord.json()["invalidParams"][0]["name"]) == (400, "veiligheid")
    assert not AanmeldingVeiligheid.objects.exists()


def test_van_een_ander_bestaat_de_aanmelding_niet(aanmelding: Aanmelding) -> None:
    client_met_sleutel("reclassering", "reclassering", scopes=["aanmeldingen.veiligheid"])
    assert stuur(Api("reclassering"), aanmelding).status_code == 404


def test_een_tweede_keer_en_na_het_besluit_niet(api: Api, aanmelding: Aanmelding, intake: ApiClient) -> None:
    assert stuur(api, aanmelding).status_code == 201
    antwoord = stuur(api, aanmelding)
    assert (antwoord.status_code, antwoord.json()["code"]) == (409, "bestaat-al")
    ander = maak_aanmelding(intake)
    services.trek_in(ander, actor=FABRIEK, reden="Verhuisd")
    assert (stuur(api, ander).status_code, AanmeldingVeiligheid.objects.count()) == (409, 1)


@pytest.mark.parametrize(
    ("veld", "waarde"),
    [
        ("geldigTot", "2020-01-01"),
        ("geldigTot", "2199-01-01"),
        ("vastgesteldOp", "2199-01-01"),
        ("gedrag", ""),
        ("gedrag", "x" * 301),
        ("gemeldDoor", None),
    ],
)
def test_wat_niet_kan_staat_bij_het_veld(api: Api, aanmelding: Aanmelding, veld: str, waarde: Any) -> None:
    antwoord = stuur(api, aanmelding, **{veld: waarde})
    assert antwoord.status_code == 400
    assert [fout["name"] for fout in antwoord.json()["invalidParams"]] == [veld]
    assert not AanmeldingVeiligheid.objects.exists()


def test_wie_beslist_leest_haar_en_anderen_niet(
    api: Api, aanmelding: Aanmelding, log_in: Callable[..., Client], team: Any
) -> None:
    stuur(api, aanmelding)
    pad = f"/aanmeldingen/{aanmelding.kenmerk}"
    tekst = log_in("consulent", team=team).get(pad).content.decode()
    assert GEDRAG in tekst and "Rob Visser" in tekst
    alleen_zien = log_in("teamondersteuning", team=team).get(pad)
    assert alleen_zien.status_code == 200 and GEDRAG not in alleen_zien.content.decode()


def test_na_het_aannemen_bevestigt_een_tweede_persoon(api: Api, aanmelding: Aanmelding, consulent: Any) -> None:
    stuur(api, aanmelding)
    deelnemer = services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    melding = Veiligheidsmelding.objects.get(deelnemer=deelnemer)
    assert (melding.gedrag, melding.vastgesteld_door, melding.tweede_persoon) == (GEDRAG, consulent, None)
    assert "Rob Visser" in melding.bron
    assert Werkvoorraad.objects.filter(soort="veiligheid", voor_rol="teammanager").exists()
    assert AanmeldingVeiligheid.objects.get().deelnemer == deelnemer


def test_een_melding_die_intussen_verliep_gaat_niet_mee(
    api: Api, aanmelding: Aanmelding, consulent: Any, settings: Any
) -> None:
    stuur(api, aanmelding, geldigTot=(klok.vandaag() + dt.timedelta(days=2)).isoformat())
    settings.PEILDATUM = (klok.vandaag() + dt.timedelta(days=3)).isoformat()
    services.accepteer(aanmelding, actor=FABRIEK, medewerker=consulent)
    assert not Veiligheidsmelding.objects.exists()
