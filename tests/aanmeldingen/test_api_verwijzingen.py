"""The partner with a system: reads what was sent to it, confirms and answers; nobody else sees it (R025, R045)."""

from __future__ import annotations

from typing import Any

import pytest

from aanmeldingen.models import Aanmelding
from aanmeldingen.services import verwijzen
from deelnemers.services.inschrijven import bsn_van
from kern.models import Bericht, Gebeurtenis, Leesregel
from tests.aanmeldingen.verwijsfabrieken import concept, persoon, school, verstuurd
from tests.hulp.api import SCOPES, Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
PAD = "/api/v1/verwijzingen"
RECHTEN = [*SCOPES, "verwijzingen.lezen", "verwijzingen.beantwoorden"]


@pytest.fixture
def consulent(routes: None, team: Any, maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=team)


@pytest.fixture
def samira(consulent: Any, team: Any) -> Any:
    return persoon(consulent, team)


@pytest.fixture
def activering(routes: None) -> Any:
    """A partner with a system of its own that may have the BSN."""
    client = client_met_sleutel("activering", "activering", scopes=RECHTEN, eigen_organisatie=True)
    return school(naam="Activering", soort="afdeling", client=client, bsn_toegestaan=True, bsn_grondslag="Wet SUWI")


@pytest.fixture
def api(activering: Any) -> Api:
    return Api("activering")


@pytest.fixture
def rij(samira: Any, activering: Any, consulent: Any) -> Aanmelding:
    return verstuurd(samira, activering, consulent, code="naar-activering")


def test_lijst_noemt_geen_personen(rij: Aanmelding, api: Api) -> None:
    antwoord = api.get(PAD)
    assert antwoord.status_code == 200
    assert [v["id"] for v in antwoord.json()["resultaten"]] == [str(rij.kenmerk)]
    assert "Groot" not in antwoord.content.decode()
    assert api.get(f"{PAD}?status=concept").status_code == 400
    assert api.get(f"{PAD}?status=aangenomen").json()["totaalAantal"] == 0


@pytest.mark.eis("R045", "de partner met een eigen systeem leest de verwijzing met reden, zonder dat er iemand mailt")
def test_een_verwijzing(rij: Aanmelding, api: Api) -> None:
    antwoord = api.get(f"{PAD}/{rij.kenmerk}")
    inhoud = antwoord.json()
    assert (inhoud["status"], inhoud["reden"]) == ("verstuurd", "activering_eerst")
    assert inhoud["persoon"]["naam"]["geslachtsnaam"] == "Groot"
    assert inhoud["persoon"]["burgerservicenummer"] is None
    assert inhoud["persoon"]["adres"] is None
    assert api.get(f"{PAD}/{rij.kenmerk}", If_None_Match=antwoord.headers["ETag"]).status_code == 304
    assert Leesregel.objects.filter(verwerking="api.verwijzing", betrokkenen__contains=[rij.deelnemer_id]).exists()
    assert not Bericht.objects.exists()


def test_bsn_alleen_als_het_gekozen_is(samira: Any, activering: Any, consulent: Any, api: Api) -> None:
    rij = verstuurd(samira, activering, consulent, code="naar-activering", onderdelen=["burgerservicenummer", "adres"])
    inhoud = api.get(f"{PAD}/{rij.kenmerk}").json()
    assert inhoud["persoon"]["burgerservicenummer"] == bsn_van(samira)
    assert inhoud["persoon"]["adres"]["straat"] == "Dorpsstraat"
    assert bsn_van(samira) not in api.get(PAD).content.decode()


def test_andere_client_en_concept_zijn_er_niet(
    rij: Aanmelding, samira: Any, activering: Any, consulent: Any, api: Api
) -> None:
    client_met_sleutel("vreemd", "uwv", scopes=RECHTEN)
    vreemd = Api("vreemd")
    nog_niet = concept(samira, activering, consulent, code="naar-activering")
    bestaat_niet = "00000000-0000-4000-8000-000000000000"
    for wie, kenmerk in ((vreemd, rij.kenmerk), (api, nog_niet.kenmerk), (api, bestaat_niet)):
        antwoorden = [
            wie.get(f"{PAD}/{kenmerk}"),
            wie.post(f"{PAD}/{kenmerk}/ontvangstbevestigingen", {"naam": "Rob"}),
            wie.post(f"{PAD}/{kenmerk}/antwoorden", {"besluit": "aangenomen", "naam": "Rob"}),
        ]
        assert [a.status_code for a in antwoorden] == [404, 404, 404]
        assert len({a.json()["detail"] for a in antwoorden}) == 1
    assert vreemd.get(PAD).json()["totaalAantal"] == 0


def test_zonder_scope_mag_het_niet(rij: Aanmelding, activering: Any) -> None:
    client_met_sleutel("zonder", "uwv")
    zonder = Api("zonder")
    assert zonder.get(PAD).status_code == 403
    assert zonder.post(f"{PAD}/{rij.kenmerk}/antwoorden", {"besluit": "aangenomen", "naam": "R"}).status_code == 403


@pytest.mark.eis("R045", "ontvangst bevestigen en antwoorden door de API, elk één keer ook bij herhalen")
def test_bevestigen_en_aannemen(rij: Aanmelding, api: Api) -> None:
    pad = f"{PAD}/{rij.kenmerk}"
    eerste = api.post(f"{pad}/ontvangstbevestigingen", {"naam": "Rob Visser"}, key="een")
    assert (eerste.status_code, eerste.json()["status"]) == (201, "ontvangst_bevestigd")
    herhaald = api.post(f"{pad}/ontvangstbevestigingen", {"naam": "Rob Visser"}, key="een")
    assert (herhaald.status_code, herhaald.headers["Idempotency-Replayed"]) == (201, "true")
    assert api.post(f"{pad}/ontvangstbevestigingen", {"naam": "Rob Visser"}).status_code == 409
    klaar = api.post(f"{pad}/antwoorden", {"besluit": "aangenomen", "naam": "Rob Visser"})
    assert (klaar.status_code, klaar.json()["status"]) == (201, "aangenomen")
    assert api.post(f"{pad}/antwoorden", {"besluit": "aangenomen", "naam": "Rob Visser"}).status_code == 409
    assert Aanmelding.objects.select_related("verzending").get(pk=rij.pk).verzending.bevestigd_wijze == "systeem"


@pytest.mark.parametrize(
    ("inhoud", "velden"),
    [
        ({"besluit": "teruggestuurd", "naam": "Rob"}, {"code", "toelichting"}),
        ({"besluit": "teruggestuurd", "naam": "Rob", "code": "verzonnen", "toelichting": "x"}, {"code"}),
        ({"besluit": "misschien"}, {"besluit", "naam"}),
        ({"besluit": "aangenomen", "naam": "Rob", "code": "geen_plek"}, {"code"}),
        ({"besluit": "aangenomen", "naam": "Rob", "bsn": "1"}, {"bsn"}),
    ],
)
def test_alle_fouten_tegelijk(rij: Aanmelding, api: Api, inhoud: dict[str, str], velden: set[str]) -> None:
    antwoord = api.post(f"{PAD}/{rij.kenmerk}/antwoorden", inhoud)
    assert antwoord.status_code == 400
    assert {fout["name"] for fout in antwoord.json()["invalidParams"]} == velden


def test_gebeurtenissen_voor_de_partner(rij: Aanmelding, api: Api, activering: Any, samira: Any) -> None:
    verwijzen.trek_verwijzing_in(rij, actor=FABRIEK, reden="Samira vond werk.")
    rijen = Gebeurtenis.objects.filter(client=activering.client).order_by("pk")
    assert [g.type.split(".")[-2] for g in rijen] == ["verstuurd", "status-gewijzigd"]
    tekst = repr([(g.data, g.dataref, g.onderwerp) for g in rijen])
    for geheim in (bsn_van(samira), "Groot", "Samira", "werk"):
        assert geheim not in tekst.replace("network", "")


def test_lijst_kost_niet_meer_bij_meer(samira: Any, activering: Any, consulent: Any, api: Api) -> None:
    def meer(aantal: int) -> None:
        for _ in range(aantal):
            verstuurd(samira, activering, consulent, code="naar-activering")

    meer(3)
    groeit_niet(lambda: api.get(PAD), lambda: meer(12), "verwijzingen in de API", maximum=12)
