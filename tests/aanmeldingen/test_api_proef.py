"""The dry run: the checks of handing in, and nothing is stored (R021, R022, R026)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from aanmeldingen import regels
from aanmeldingen.models import Aanmelding, Routeversie
from kern import klok
from kern.handeling import handeling
from kern.models import ApiClient, Gebeurtenis, Idempotentie, Leesregel, Overgang, Werkvoorraad, Wijziging
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel
from tests.kern.fabrieken import FABRIEK

PAD = "/api/v1/aanmeldingen"
PROEF = f"{PAD}/validaties"
pytestmark = pytest.mark.django_db


def proef(api: Api, inhoud: Any) -> dict[str, Any]:
    """A dry run, without an Idempotency-Key: nothing happens, so nothing can happen twice."""
    antwoord = api.post(PROEF, inhoud, key=None)
    assert antwoord.status_code == 200, antwoord.content
    return antwoord.json()


@pytest.mark.eis("R022", "de API zegt voor het versturen wat een route vraagt, met de versie die geldt")
def test_goede_aanmelding_is_geldig(api: Api) -> None:
    assert proef(api, lichaam()) == {
        "geldig": True,
        "route": "intake",
        "routeversie": 1,
        "invalidParams": [],
        "documentenNodig": [],
        "waarschuwingen": [],
    }


def test_er_wordt_niets_bewaard(api: Api) -> None:
    modellen = (Aanmelding, Gebeurtenis, Idempotentie, Overgang, Werkvoorraad, Leesregel)
    voor = [m.objects.count() for m in modellen]
    historie = Wijziging.objects.exclude(tabel="kern_apiclient").count()
    proef(api, lichaam())
    proef(api, lichaam(naam={}))
    assert [m.objects.count() for m in modellen] == voor
    assert Wijziging.objects.exclude(tabel="kern_apiclient").count() == historie


@pytest.mark.parametrize(
    "anders",
    [
        {},
        {"naam": {}, "burgerservicenummer": "123456789", "contact": {"email": "geen"}},
        {"route": "bestaat-niet"},
        {"bronafdeling": "uwv"},
        {"uitkering": None, "vreemd": 1},
        {"adviesrapport": {"trede": {"waarde": 4}}},
        {"adviesrapport": None, "eerdereAanmelding": "geen-uuid"},
    ],
    ids=["goed", "veldfouten", "route", "bron", "verplicht en onbekend", "trede", "geen rapport"],
)
@pytest.mark.eis("R021", "de proef noemt dezelfde fouten als indienen")
def test_proef_en_indienen_zeggen_hetzelfde(api: Api, anders: dict[str, Any]) -> None:
    inhoud = lichaam(**anders)
    uitslag = proef(api, inhoud)
    echt = api.post(PAD, inhoud)
    assert uitslag["geldig"] is (echt.status_code == 201), echt.content
    if echt.status_code != 201:
        assert uitslag["invalidParams"] == echt.json()["invalidParams"]


@pytest.mark.eis("R026", "de afwijking van een regel komt als waarschuwing met een vraag om uitleg")
def test_waarschuwing_vraagt_uitleg(api: Api) -> None:
    lang = [{"afdeling": "intake", "van": "2020-01-01"}]
    inhoud = lichaam(eerdereBegeleiding=lang)
    inhoud["adviesrapport"]["trede"] = {"waarde": 4}
    uitslag = proef(api, inhoud)
    assert uitslag["geldig"] is False
    assert [w["regel"] for w in uitslag["waarschuwingen"]] == ["hoogstens_maanden_begeleid"]
    assert [(f["name"], f["code"]) for f in uitslag["invalidParams"]] == [("afwijkingUitleg", "verplicht")]
    uitslag = proef(api, inhoud | {"afwijkingUitleg": "Was lang ziek."})
    assert (uitslag["geldig"], len(uitslag["waarschuwingen"])) == (True, 1)


def test_waarschuwingen_komen_ook_bij_fouten_elders(api: Api) -> None:
    inhoud = lichaam(naam={})
    inhoud["adviesrapport"] |= {"trede": {"waarde": 4}, "talen": "nee"}
    uitslag = proef(api, inhoud)
    assert [w["regel"] for w in uitslag["waarschuwingen"]] == ["hoogstens_maanden_begeleid"]
    assert {f["name"] for f in uitslag["invalidParams"]} >= {"naam.geslachtsnaam"}


def test_regels_op_een_half_ingevulde_aanmelding() -> None:
    import datetime as dt

    assert regels.waarschuwingen({"adviesrapport": {}}, dict.fromkeys(regels.REGELS, 3), dt.date(2026, 3, 3)) == []


def test_dezelfde_versie_van_de_route_als_indienen(api: Api) -> None:
    vandaag, eerste = klok.vandaag(), Routeversie.objects.get(route__code="intake")
    with handeling(FABRIEK):
        Routeversie.objects.filter(pk=eerste.pk).update(einddatum=vandaag - dt.timedelta(days=1))
        Routeversie.objects.create(
            route=eerste.route, nummer=7, verplicht=["school"], status="goedgekeurd", begindatum=vandaag
        )
    uitslag = proef(api, lichaam())
    assert uitslag["routeversie"] == 7
    assert [(f["name"], f["code"]) for f in uitslag["invalidParams"]] == [("school", "verplicht")]


def test_wat_je_al_had_ingediend(api: Api, intake: ApiClient) -> None:
    bekend = maak_aanmelding(intake)
    inhoud = lichaam()
    assert api.post(PAD, inhoud).status_code == 201
    zelfde_persoon = proef(api, inhoud | {"externeReferentie": "NIEUW-1"})
    assert [(f["name"], f["code"]) for f in zelfde_persoon["invalidParams"]] == [("burgerservicenummer", "bestaat-al")]
    zelfde_referentie = proef(api, lichaam(externeReferentie=bekend.externe_referentie))
    assert [(f["name"], f["code"]) for f in zelfde_referentie["invalidParams"]] == [("externeReferentie", "bestaat-al")]


@pytest.mark.eis("R044", "ook de proef verklapt niet wie bekend is bij een andere afzender")
def test_een_ander_hoort_niet_dat_iemand_bekend_is(api: Api, reclassering: ApiClient) -> None:
    inhoud = lichaam()
    assert api.post(PAD, inhoud).status_code == 201
    minimaal = {"bronafdeling": "reclassering", "route": "reclassering", "adviesrapport": None, "uitkering": None}
    ander = Api(reclassering.client_id)
    bekend = proef(ander, lichaam(**minimaal, burgerservicenummer=inhoud["burgerservicenummer"]))
    assert bekend == proef(ander, lichaam(**minimaal))
    assert inhoud["burgerservicenummer"] not in str(bekend)


def test_gewone_fouten_van_een_verzoek(api: Api) -> None:
    assert api.post(PROEF, "{", key=None).status_code == 400
    assert api.post(PROEF, "[1]", key=None).status_code == 400
    assert api.get(PROEF).status_code == 405
    client_met_sleutel("lezer", "intake", scopes=["aanmeldingen.lezen"])
    assert Api("lezer").post(PROEF, lichaam(), key=None).status_code == 403


def test_een_half_teken_in_de_naam_van_een_veld_is_gewoon_een_fout(api: Api) -> None:
    """A lone surrogate comes in as an escape and cannot go out again: it may not break the answer."""
    uitslag = proef(api, lichaam(**{"a\ud800b": 1}))
    assert ("a?b", "onbekend") in [(f["name"], f["code"]) for f in uitslag["invalidParams"]]
