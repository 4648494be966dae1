"""A route may require documents: they come after the referral, and until they are there our clock stands still."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from aanmeldingen import regels, services
from aanmeldingen.models import Aanmelding, Route, Routeversie
from aanmeldingen.proef import beproef
from aanmeldingen.querysets import geldende_versie
from aanmeldingen.services.overdracht import herinner
from aanmeldingen.tasks import te_herinneren
from kern import klok
from kern.handeling import Actor, handeling
from kern.models import ApiClient, Bericht, Gebeurtenis, Taakloop, Werkvoorraad
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.aanmeldingen.test_api_documenten import PDF, PNG, stuur
from tests.hulp.api import Api
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
AANMELDEN = "/api/v1/aanmeldingen"


@pytest.fixture(autouse=True)
def map_(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = str(tmp_path / "documenten")


@pytest.fixture
def eist(intake: ApiClient) -> Routeversie:
    """Intake asks a cv and the indication of UWV from today on."""
    return versie_met(["cv", "indicatie"])


def versie_met(documenten: list[str], code: str = "intake") -> Routeversie:
    oud = geldende_versie(code, klok.vandaag())
    assert oud is not None
    with handeling(FABRIEK):
        Routeversie.objects.filter(pk=oud.pk).update(einddatum=klok.vandaag() - dt.timedelta(days=1))
        return Routeversie.objects.create(
            route=oud.route,
            nummer=oud.nummer + 1,
            verplicht=oud.verplicht,
            gewenst=oud.gewenst,
            documenten=documenten,
            regels=oud.regels,
            status="goedgekeurd",
            begindatum=klok.vandaag(),
        )


def dien_in(api: Api, **anders: Any) -> dict[str, Any]:
    antwoord = api.post(AANMELDEN, lichaam(**anders))
    assert antwoord.status_code == 201, antwoord.content
    return antwoord.json()


@pytest.mark.eis("R022", "Verplichte documenten horen bij de versie van een route; de API noemt ze vooraf")
def test_routes_noemen_de_documenten(api: Api, eist: Routeversie) -> None:
    rijen = api.get("/api/v1/referentielijsten/routes").json()["routes"]
    assert next(r for r in rijen if r["code"] == "intake")["documenten"] == ["cv", "indicatie"]
    soorten = api.get("/api/v1/referentielijsten/documentsoorten").json()["codes"]
    assert {"cv", "indicatie"} <= {c["code"] for c in soorten}


def test_proef_noemt_wat_nog_moet_komen(api: Api, eist: Routeversie) -> None:
    antwoord = api.post(f"{AANMELDEN}/validaties", lichaam()).json()
    assert (antwoord["geldig"], antwoord["documentenNodig"]) == (True, ["cv", "indicatie"])
    assert not Aanmelding.objects.exists()


@pytest.mark.eis("R022", "Zolang een verplicht document mist, is de aanmelding niet compleet")
@pytest.mark.eis("R024", "De klok van de ontvanger loopt pas als het laatste verplichte document er is")
def test_klok_loopt_pas_als_alles_er_is(api: Api, eist: Routeversie, settings: Any) -> None:
    begin = dien_in(api)
    waar = f"{AANMELDEN}/{begin['id']}"
    assert (begin["status"], begin["beslissenVoor"], begin["documentenNodig"]) == (
        "wacht_op_document",
        None,
        ["cv", "indicatie"],
    )
    settings.PEILDATUM = (klok.vandaag() + dt.timedelta(days=9)).isoformat()
    assert stuur(api, f"{waar}/documenten", PDF, "cv.pdf", "cv").status_code == 201
    halverwege = api.get(waar).json()
    assert (halverwege["status"], halverwege["documentenNodig"]) == ("wacht_op_document", ["indicatie"])
    assert stuur(api, f"{waar}/documenten", PNG, "indicatie.png", "indicatie").status_code == 201
    compleet = api.get(waar).json()
    assert (compleet["status"], compleet["documentenNodig"]) == ("ontvangen", [])
    rij = Aanmelding.objects.get(kenmerk=begin["id"])
    assert (rij.klok_sinds, rij.werkdagen_verbruikt, rij.in_een_keer_goed) == (klok.vandaag(), 0, None)
    assert compleet["beslissenVoor"] == rij.uiterlijk_op.isoformat()  # type: ignore[union-attr]
    stappen = [r["naar"] for r in api.get(f"{waar}/statussen").json()["resultaten"]]
    assert stappen == ["ontvangen", "wacht_op_document", "ontvangen"]
    gemeld = Gebeurtenis.objects.order_by("pk").values_list("data__nieuweStatus", flat=True)
    assert list(gemeld) == ["wacht_op_document", "ontvangen"]


def test_adviesrapport_in_de_aanmelding_telt_als_document(api: Api, intake: ApiClient) -> None:
    versie_met(["adviesrapport"])
    assert dien_in(api)["status"] == "ontvangen"


def test_de_ontvanger_kan_nog_niet_beslissen(api: Api, eist: Routeversie, log_in: Any, team: Any) -> None:
    kenmerk = dien_in(api)["id"]
    consulent = log_in("consulent", team=team)
    blad = consulent.get(f"/aanmeldingen/{kenmerk}").content.decode()
    assert "We wachten op een document" in blad
    assert "cv, indicatie of advies van uwv" in blad
    assert "Aannemen" not in blad
    assert "Terugsturen" in blad
    rij = Werkvoorraad.objects.get(sleutel__startswith="aanmelding:")
    assert rij.titel.startswith("Wacht op een document over")
    assert rij.wacht_op == "Intake"


def test_terugsturen_kan_wel_als_het_document_nooit_komt(api: Api, eist: Routeversie) -> None:
    rij = Aanmelding.objects.get(kenmerk=dien_in(api)["id"])
    rij = services.stuur_terug(rij, "al_in_traject", actor=FABRIEK, reden="Het cv kwam niet.")
    assert (rij.status, rij.in_een_keer_goed) == ("teruggestuurd", False)


def test_intrekken_kan_ook(api: Api, eist: Routeversie) -> None:
    kenmerk = dien_in(api)["id"]
    antwoord = api.post(f"{AANMELDEN}/{kenmerk}/intrekkingen", {"reden": "Heeft werk."})
    assert antwoord.json()["status"] == "ingetrokken"


def test_verbeteren_naar_een_andere_route_weegt_opnieuw(api: Api, eist: Routeversie) -> None:
    begin = dien_in(api)
    waar = f"{AANMELDEN}/{begin['id']}"
    merk = api.get(waar)["ETag"]
    deel = {"route": "parttimers", "huidigWerk": {"werkgever": "Bakker", "urenPerWeek": 12}}
    antwoord = api.patch(waar, deel, If_Match=merk)
    assert (antwoord.status_code, antwoord.json()["status"]) == (200, "ontvangen")
    terug = api.patch(waar, {"route": "intake"}, If_Match=antwoord["ETag"])
    assert (terug.json()["status"], terug.json()["beslissenVoor"]) == ("wacht_op_document", None)


def test_verwijzer_krijgt_een_herinnering(api: Api, eist: Routeversie, settings: Any) -> None:
    rij = Aanmelding.objects.get(kenmerk=dien_in(api)["id"])
    assert not te_herinneren().exists()
    settings.PEILDATUM = (klok.vandaag() + dt.timedelta(days=14)).isoformat()
    assert list(te_herinneren()) == [rij]
    with handeling(FABRIEK):
        herinner(services.vergrendel(rij), actor=FABRIEK)
    brief = Bericht.objects.latest("pk")
    assert "mist een document" in brief.onderwerp
    assert "cv, indicatie of advies van uwv" in brief.tekst
    assert rij.naam not in brief.tekst


def test_een_aanlevering_noemt_het_document(postvak: Path, eist: Routeversie, draai: Callable[[], Taakloop]) -> None:
    (postvak / "maart.jsonl").write_text(json.dumps(lichaam()) + "\n")
    draai()
    regel = json.loads((postvak / "maart.jsonl.antwoord.jsonl").read_text().splitlines()[0])
    assert (regel["status"], regel["documentenNodig"]) == ("verwerkt", ["cv", "indicatie"])
    assert Aanmelding.objects.get().status == "wacht_op_document"


@pytest.mark.eis("R022", "De proef telt mee wie zonder het verplichte document zou zijn gekomen")
def test_proef_op_de_laatste_aanmeldingen_telt_documenten(api: Api, intake: ApiClient) -> None:
    met, _ = dien_in(api), dien_in(api)
    stuur(api, f"{AANMELDEN}/{met['id']}/documenten", PDF, "cv.pdf", "cv")
    versie = Routeversie.objects.get(route__code="intake")
    versie.documenten = ["cv", "adviesrapport"]
    proef = beproef(Route.objects.get(code="intake"), versie)
    assert (proef.aantal, proef.gezakt, proef.documenten) == (2, 1, (("Cv", 1),))
    groeit_niet(
        lambda: beproef(versie.route, versie),
        lambda: [maak_aanmelding(intake) for _ in range(8)],
        "proef met documenten",
        maximum=1,
    )


def test_op_het_scherm_van_voorbeeld_tot_naast_elkaar(intake: ApiClient, log_in: Any) -> None:
    maak_aanmelding(intake)
    nu = geldende_versie("intake", klok.vandaag())
    assert nu is not None
    velden: dict[str, Any] = {
        "begindatum": (klok.vandaag() + dt.timedelta(days=30)).strftime("%d-%m-%Y"),
        "verplicht": nu.verplicht,
        "gewenst": nu.gewenst,
        "documenten": ["cv"],
        "sla_werkdagen": "5",
        "antwoord_werkdagen": "5",
        "toelichting": "Zonder cv beginnen we steeds opnieuw.",
    }
    beheerder = log_in("functioneel_beheerder")
    voorbeeld = beheerder.post("/beheer/routes/intake/nieuw", velden).content.decode()
    assert "Wordt een verplicht document" in voorbeeld
    assert "zou er 1 niet zijn aangenomen" in voorbeeld
    assert "Mist document: cv" in voorbeeld
    adres = beheerder.post("/beheer/routes/intake/nieuw", velden | {"actie": "voorstellen"})["Location"]
    assert Routeversie.objects.get(nummer=2, route__code="intake").documenten == ["cv"]
    for blad in (adres, "/beheer/routes/intake"):
        assert "Document: cv" in beheerder.get(blad).content.decode()


@pytest.mark.parametrize("velden", [{"regels": {"bestaat_niet": 3}}, {"regels": [1]}, {"documenten": ["vakantiefoto"]}])
def test_de_database_kent_alleen_bestaande_regels_en_documenten(eist: Routeversie, velden: dict[str, Any]) -> None:
    """A version names only admission rules that the program has; also past the services."""
    basis = {"route": eist.route, "nummer": 9, "begindatum": klok.vandaag(), "status": "concept"}
    with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
        Routeversie.objects.create(**basis, **velden)


def test_de_database_kent_elke_regel_van_het_programma(eist: Routeversie) -> None:
    with handeling(FABRIEK):
        rij = Routeversie.objects.create(
            route=eist.route, nummer=9, begindatum=klok.vandaag(), regels=dict.fromkeys(regels.REGELS, 3)
        )
    rij.validate_constraints()
    rij.regels = {"bestaat_niet": 3}
    with pytest.raises(Exception, match="bestaat niet"):
        rij.validate_constraints()


def test_een_onbekend_document_geeft_een_fout_bij_het_veld(eist: Routeversie, maak_medewerker: Any) -> None:
    beheerder = Actor.van_gebruiker(maak_medewerker("functioneel_beheerder").gebruiker)
    with pytest.raises(Exception, match="kan een route niet vragen: foto"):
        services.stel_routeversie_voor(
            eist.route,
            begindatum=klok.vandaag() + dt.timedelta(days=9),
            verplicht=[],
            gewenst=[],
            documenten=["foto"],
            regels={},
            sla_werkdagen=5,
            antwoord_werkdagen=5,
            toelichting="Proef.",
            actor=beheerder,
        )
