"""Routes as versioned configuration: side by side, two persons, from a date (R022, R033)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from aanmeldingen.aansluiting import alle_werkregels
from aanmeldingen.models import Route, Routeversie
from aanmeldingen.proef import beproef
from aanmeldingen.querysets import geldende_versie
from aanmeldingen.services import keur_routeversie_goed, stel_routeversie_voor, wijs_routeversie_af
from kern import klok
from kern.handeling import Actor, handeling
from kern.models import ApiClient, Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from regelgeving.models import Voorstel
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
DAG = dt.timedelta(days=1)


@pytest.fixture
def opsteller(maak_medewerker: Any) -> Any:
    return maak_medewerker("functioneel_beheerder")


@pytest.fixture
def tweede(maak_medewerker: Any) -> Any:
    return maak_medewerker("afdelingsmanager")


def van(medewerker: Any) -> Actor:
    return Actor.van_gebruiker(medewerker.gebruiker)


def straks(dagen: int = 30) -> dt.date:
    return klok.vandaag() + dagen * DAG


def stel_voor(opsteller: Any, code: str = "intake", **anders: Any) -> Voorstel:
    nu = geldende_versie(code, klok.vandaag())
    assert nu is not None
    velden: dict[str, Any] = {
        "begindatum": straks(),
        "verplicht": [*nu.verplicht, "klantmanager"],
        "gewenst": nu.gewenst,
        "regels": nu.regels,
        "sla_werkdagen": 5,
        "antwoord_werkdagen": 5,
        "toelichting": "De klantmanager was vaak onbekend.",
    }
    return stel_routeversie_voor(nu.route, **(velden | anders), actor=van(opsteller))


@pytest.mark.eis(
    "R022", "Wat een route vraagt is een versie met een datum; zij gaat in op haar dag, zonder programmeur"
)
def test_een_goedgekeurde_versie_gaat_in_op_haar_dag(routes: None, opsteller: Any, tweede: Any) -> None:
    versie = keur_routeversie_goed(stel_voor(opsteller), actor=van(tweede))
    assert (versie.status, versie.nummer, versie.goedgekeurd_door) == ("goedgekeurd", 2, tweede.gebruiker)
    voor, na = geldende_versie("intake", straks() - DAG), geldende_versie("intake", straks())
    assert voor is not None and na is not None
    assert (voor.nummer, voor.einddatum) == (1, straks() - DAG)
    assert (na.nummer, "klantmanager" in na.verplicht, "klantmanager" in voor.verplicht) == (2, True, False)


def test_wat_wacht_geldt_niet(routes: None, opsteller: Any) -> None:
    stel_voor(opsteller)
    geldt = geldende_versie("intake", straks(400))
    assert geldt is not None
    assert geldt.nummer == 1


def test_nooit_dezelfde_persoon(routes: None, opsteller: Any) -> None:
    voorstel = stel_voor(opsteller)
    with pytest.raises(ValidationError, match="eigen voorstel"):
        keur_routeversie_goed(voorstel, actor=van(opsteller))
    versie = Routeversie.objects.get(pk=voorstel.onderwerp_id)
    assert versie.status == "concept"
    for velden in ({"goedgekeurd_door": opsteller.gebruiker, "status": "goedgekeurd"}, {"status": "goedgekeurd"}):
        with pytest.raises(IntegrityError), transaction.atomic(), handeling(FABRIEK):
            Routeversie.objects.filter(pk=versie.pk).update(**velden)


def test_wat_een_versie_zegt_verandert_niet(routes: None, opsteller: Any) -> None:
    versie = Routeversie.objects.get(pk=stel_voor(opsteller).onderwerp_id)
    with pytest.raises(DatabaseError), transaction.atomic(), handeling(FABRIEK):
        Routeversie.objects.filter(pk=versie.pk).update(verplicht=["contactgegevens"])


def test_afwijzen_vraagt_een_reden_en_laat_de_route_zoals_hij_was(routes: None, opsteller: Any, tweede: Any) -> None:
    voorstel = stel_voor(opsteller)
    with pytest.raises(OvergangGeweigerd):
        wijs_routeversie_af(voorstel, actor=van(tweede), reden="")
    versie = wijs_routeversie_af(voorstel, actor=van(tweede), reden="Eerst met Intake bespreken.")
    assert versie.status == "ingetrokken"
    geldt = geldende_versie("intake", straks(400))
    assert geldt is not None and geldt.nummer == 1
    assert Overgang.objects.filter(soort="voorstel", object_id=voorstel.pk).latest("pk").reden
    stel_voor(opsteller)  # the next proposal is free to go


@pytest.mark.parametrize(
    ("anders", "veld"),
    [
        ({"begindatum": dt.date(2020, 1, 1)}, "begindatum"),
        ({"verplicht": ["document"]}, "verplicht"),
        ({"verplicht": ["trede"], "gewenst": ["trede"]}, "gewenst"),
        ({"regels": {"bestaat_niet": 3}}, "regels"),
        ({"sla_werkdagen": 0}, "__all__"),
    ],
)
def test_een_onmogelijke_versie_wordt_geweigerd(
    routes: None, opsteller: Any, anders: dict[str, Any], veld: str
) -> None:
    with pytest.raises(ValidationError) as fout:
        stel_voor(opsteller, **anders)
    assert veld in fout.value.message_dict


def test_een_tweede_voorstel_wacht_op_het_eerste(routes: None, opsteller: Any) -> None:
    stel_voor(opsteller)
    with pytest.raises(ValidationError, match="wacht al"):
        stel_voor(opsteller)


def test_na_een_geplande_versie_kan_alleen_een_latere(routes: None, opsteller: Any, tweede: Any) -> None:
    keur_routeversie_goed(stel_voor(opsteller), actor=van(tweede))
    with pytest.raises(ValidationError, match="staat al een versie klaar"):
        stel_voor(opsteller, begindatum=straks(10))
    keur_routeversie_goed(stel_voor(opsteller, begindatum=straks(60)), actor=van(tweede))
    rijen = Routeversie.objects.filter(route__code="intake").order_by("nummer")
    assert [(r.begindatum, r.einddatum) for r in rijen][1:] == [
        (straks(30), straks(59)),
        (straks(60), None),
    ]


def test_te_laat_goedkeuren_kan_niet(routes: None, opsteller: Any, tweede: Any, settings: Any) -> None:
    voorstel = stel_voor(opsteller)
    settings.PEILDATUM = straks(31).isoformat()
    with pytest.raises(ValidationError, match="Die dag is voorbij"):
        keur_routeversie_goed(voorstel, actor=van(tweede))
    assert Voorstel.objects.get(pk=voorstel.pk).status == "voorgesteld"


def test_wie_mag_goedkeuren_ziet_het_bij_vandaag(routes: None, opsteller: Any, tweede: Any, team: Any) -> None:
    voorstel = stel_voor(opsteller)
    rijen = {r.voor_rol: r for r in Werkvoorraad.objects.filter(soort="routevoorstel")}
    assert set(rijen) == {"teammanager", "afdelingsmanager", "controller"}
    assert rijen["teammanager"].voor_team_id == team.pk
    gewenst = [r.sleutel for r in alle_werkregels() if r.soort == "routevoorstel"]
    assert sorted(gewenst) == sorted(r.sleutel for r in rijen.values())
    keur_routeversie_goed(voorstel, actor=van(tweede))
    assert not Werkvoorraad.objects.filter(soort="routevoorstel").exists()


def test_proef_telt_met_de_echte_regels(routes: None, intake: ApiClient) -> None:
    for _ in range(3):
        maak_aanmelding(intake)
    maak_aanmelding(intake, klantmanager={"naam": "Kees Bakker", "email": "kees@voorbeeld.example"})
    route = Route.objects.get(code="intake")
    nu = geldende_versie("intake", klok.vandaag())
    assert nu is not None
    assert beproef(route, nu).gezakt == 0
    nu.verplicht = [*nu.verplicht, "klantmanager"]
    proef = beproef(route, nu)
    assert (proef.aantal, proef.gezakt, proef.onderdelen) == (4, 3, (("Klantmanager", 3),))
    nu.regels = {"trede_minimaal": 4}
    proef = beproef(route, nu)
    assert (proef.gezakt, proef.regels) == (4, (("Laagste trede", 4),))
    assert not Voorstel.objects.exists()


def test_proef_kost_niet_meer_bij_meer_aanmeldingen(routes: None, intake: ApiClient) -> None:
    route, versie = Route.objects.get(code="intake"), Routeversie.objects.get(route__code="intake")
    for _ in range(2):
        maak_aanmelding(intake)
    groeit_niet(
        lambda: beproef(route, versie),
        lambda: [maak_aanmelding(intake) for _ in range(8)],
        "proef van een route",
        maximum=1,
    )


@pytest.mark.eis("R022", "De API noemt wat een route nu vraagt en wat zij vanaf een datum vraagt")
def test_api_noemt_de_geldende_en_de_geplande_versie(api: Api, opsteller: Any, tweede: Any) -> None:
    def intake_route() -> dict[str, Any]:
        rijen = api.get("/api/v1/referentielijsten/routes").json()["routes"]
        return next(r for r in rijen if r["code"] == "intake")

    assert intake_route()["gepland"] is None
    voorstel = stel_voor(opsteller)
    assert intake_route()["gepland"] is None
    keur_routeversie_goed(voorstel, actor=van(tweede))
    rij = intake_route()
    assert (rij["versie"], rij["geldigTot"]) == (1, (straks() - DAG).isoformat())
    assert (rij["gepland"]["versie"], rij["gepland"]["geldigVan"]) == (2, straks().isoformat())
    assert "klantmanager" in rij["gepland"]["verplicht"]


def _formulier(**anders: Any) -> dict[str, Any]:
    nu = geldende_versie("intake", klok.vandaag())
    assert nu is not None
    velden: dict[str, Any] = {
        "begindatum": straks().strftime("%d-%m-%Y"),
        "verplicht": [*nu.verplicht, "klantmanager"],
        "gewenst": nu.gewenst,
        "sla_werkdagen": "4",
        "antwoord_werkdagen": "5",
        "toelichting": "De klantmanager was vaak onbekend.",
        "regel_hoogstens_maanden_begeleid": "6",
    }
    return velden | anders


def test_van_voorbeeld_tot_goedgekeurd_op_het_scherm(intake: ApiClient, log_in: Any, tweede: Any, client: Any) -> None:
    maak_aanmelding(intake)
    beheerder = log_in("functioneel_beheerder")
    assert "Versie 1" in beheerder.get("/beheer/routes").content.decode()
    blad = beheerder.get("/beheer/routes/intake").content.decode()
    assert "Bij trede 4 heeft de verwijzer de persoon hoogstens 6 maanden begeleid." in blad
    voorbeeld = beheerder.post("/beheer/routes/intake/nieuw", _formulier()).content.decode()
    assert "Wordt verplicht" in voorbeeld
    assert "zou er 1 niet zijn aangenomen" in voorbeeld
    assert not Voorstel.objects.exists()
    klaar = beheerder.post("/beheer/routes/intake/nieuw", _formulier(actie="voorstellen"))
    adres = klaar["Location"]
    eigen = beheerder.post(adres, {"actie": "goedkeuren"})
    assert "Je mag dit voorstel niet beoordelen" in eigen.content.decode()
    client.force_login(tweede.gebruiker)
    assert "Beoordeel deze versie" in client.get(adres).content.decode()
    assert client.post(adres, {"actie": "afwijzen"}).status_code == 400
    assert client.post(adres, {"actie": "goedkeuren"}).status_code == 302
    blad = client.get("/beheer/routes/intake").content.decode()
    assert "Versie 2, gepland" in blad


def test_een_fout_staat_bij_het_veld(routes: None, log_in: Any) -> None:
    beheerder = log_in("functioneel_beheerder")
    gisteren = (klok.vandaag() - DAG).strftime("%d-%m-%Y")
    antwoord = beheerder.post("/beheer/routes/intake/nieuw", _formulier(begindatum=gisteren, actie="voorstellen"))
    assert antwoord.status_code == 400
    assert "Kies een dag na vandaag." in antwoord.content.decode()


def test_alleen_beheer_maakt_een_versie(routes: None, log_in: Any) -> None:
    assert log_in("consulent").get("/beheer/routes").status_code == 403
    manager = log_in("teammanager")
    assert manager.get("/beheer/routes").status_code == 200
    assert manager.get("/beheer/routes/intake/nieuw").status_code == 403


def test_overzicht_kost_niet_meer_bij_meer_versies(routes: None, log_in: Any, opsteller: Any, tweede: Any) -> None:
    beheerder = log_in("functioneel_beheerder")

    def meer() -> None:
        for code in ("intake", "activering", "uwv", "stadsdeel"):
            keur_routeversie_goed(stel_voor(opsteller, code), actor=van(tweede))

    groeit_niet(lambda: beheerder.get("/beheer/routes"), meer, "routes", maximum=16)


@pytest.mark.eis("R042", "beheer kiest of een route meer aanneemt dan ze vraagt; twee mensen, en pas op de eerste dag")
def test_alleen_aannemen_wat_we_vragen_is_een_keuze_van_twee_mensen(  # noqa: PLR0917 - fixtures
    intake: ApiClient, api: Api, log_in: Any, tweede: Any, client: Any, settings: Any
) -> None:
    maak_aanmelding(intake)
    beheerder = log_in("functioneel_beheerder")
    nieuw = "/beheer/routes/intake/nieuw"
    assert "Neem alleen aan wat we vragen" in beheerder.get(nieuw).content.decode()
    keuze = _formulier(minimaal="on", gewenst=[])
    voorbeeld = beheerder.post(nieuw, keuze).content.decode()
    assert "Stuurt de verwijzer meer dan we vragen" in voorbeeld
    assert "Te veel: " in voorbeeld, "de proef telt wat er te veel kwam"
    adres = beheerder.post(nieuw, keuze | {"actie": "voorstellen"})["Location"]
    naast = beheerder.get(adres).content.decode()
    assert "Mag mee" in naast and "Nemen we niet aan" in naast
    assert Routeversie.objects.get(nummer=2, route__code="intake").minimaal
    lijst = "/api/v1/referentielijsten/routes"

    def gevraagd() -> tuple[bool, bool | None]:
        (rij,) = [r for r in api.get(lijst).json()["routes"] if r["code"] == "intake"]
        return rij["alleenGevraagd"], rij["gepland"]["alleenGevraagd"] if rij["gepland"] else None

    assert gevraagd() == (False, None), "een voorstel verandert niets"
    client.force_login(tweede.gebruiker)
    assert client.post(adres, {"actie": "goedkeuren"}).status_code == 302
    assert gevraagd() == (False, True)
    verder = log_in("functioneel_beheerder").get(nieuw).content.decode()
    assert re.search(r'name="minimaal"[^>]*checked', verder), "een volgende versie begint met wat nu geldt"
    te_veel = lichaam(klantmanager={"naam": "An Bos"})
    assert api.post("/api/v1/aanmeldingen", te_veel).status_code == 201
    settings.PEILDATUM = straks().isoformat()
    assert gevraagd() == (True, None)
    antwoord = api.post("/api/v1/aanmeldingen", lichaam(klantmanager={"naam": "An Bos"}))
    assert antwoord.status_code == 400
    assert "Stuur dit niet mee" in antwoord.content.decode()
