"""School leavers: on the list by the API, fetched on time, given to the pool, shared with UWV (R031, R036, R217)."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError, transaction

from aanmeldingen import services
from aanmeldingen.models import Aanmelding, Poollid, Route, Schoolverlater
from aanmeldingen.services import school
from deelnemers.services.herbouw import werk
from kern.handeling import handeling
from kern.models import Leesregel, Taakloop, Werkvoorraad
from kern.taken import voer_uit
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import Api, client_met_sleutel
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
MAART = "2026-03-02"


@pytest.fixture
def onderwijs(routes: None, settings: Any) -> Any:
    settings.PEILDATUM = MAART
    return client_met_sleutel("school", "onderwijs")


@pytest.fixture
def schoolapi(onderwijs: Any) -> Api:
    return Api(onderwijs.client_id)


@pytest.fixture
def nacht(gemeente: Any) -> Callable[[], Taakloop]:
    return lambda: voer_uit("aanmeldingen.scholen", gemeente)


@pytest.fixture
def pool(routes: None, jongerenteam: Any, maak_medewerker: Any) -> list[Any]:
    """Two dedicated klantmanagers for the routes of school and of WOJ."""
    mensen = [maak_medewerker("consulent", team=jongerenteam) for _ in range(2)]
    for code in ("onderwijs", "werk-en-opleiding-jongeren"):
        for wie in mensen:
            school.zet_in_pool(Route.objects.get(code=code), wie, dt.date(2026, 1, 1), actor=FABRIEK)
    return mensen


def leerling(**anders: Any) -> dict[str, Any]:
    """A pupil of seventeen who leaves practical education in July 2027."""
    school_ = {
        "naam": "De Praktijkschool",
        "soort": "pro",
        "verwachteUitstroomdatum": "2027-07-16",
        "eindeLaatsteSchooljaar": "2027-07-31",
        "ouder": {"naam": "Fatma Yilmaz", "telefoon": "0612345679"},
    } | anders.pop("school", {})
    school_ = {naam: waarde for naam, waarde in school_.items() if waarde is not None}
    basis = {"bronafdeling": "onderwijs", "route": "onderwijs", "geboortedatum": "2008-11-03"}
    weg = dict.fromkeys(("adviesrapport", "huishouden", "uitkering", "werkverdeling"))
    return lichaam(**(weg | basis | anders), school=school_)


def op_de_lijst(client: Any, **anders: Any) -> Schoolverlater:
    rij = maak_aanmelding(client, **leerling(**anders))
    return Schoolverlater.objects.get(aanmelding=rij)


def op_vandaag() -> list[Werkvoorraad]:
    return list(Werkvoorraad.objects.filter(soort="school").order_by("pk"))


# --- Pre-registration by the school --------------------------------------------------------------
@pytest.mark.eis("R036", "een school meldt een leerling ruim voor het einde van het laatste schooljaar aan")
def test_de_school_meldt_aan_met_de_dag_van_vertrek(schoolapi: Api) -> None:
    antwoord = schoolapi.post("/api/v1/aanmeldingen", leerling())
    assert antwoord.status_code == 201, antwoord.content
    rij = Schoolverlater.objects.get()
    assert (rij.school, rij.soort, rij.status) == ("De Praktijkschool", "pro", "op_school")
    assert (rij.verwacht_op, rij.schooljaar_tot) == (dt.date(2027, 7, 16), dt.date(2027, 7, 31))
    assert rij.ophalen_op == dt.date(2026, 10, 16)
    assert rij.ouder_naam == "Fatma Yilmaz"
    terug = schoolapi.get(f"/api/v1/aanmeldingen/{rij.aanmelding.kenmerk}").json()["gegevens"]["school"]
    assert terug["eindeLaatsteSchooljaar"] == "2027-07-31"


@pytest.mark.eis("R036", "zonder de dag waarop de leerling van school gaat, komt de aanmelding er niet in")
def test_zonder_dag_van_vertrek_niet(schoolapi: Api) -> None:
    antwoord = schoolapi.post("/api/v1/aanmeldingen", leerling(school={"verwachteUitstroomdatum": None}))
    assert antwoord.status_code == 400
    fouten = [(f["name"], f["reason"]) for f in antwoord.json()["invalidParams"]]
    zin = "Bij deze route is dit verplicht: de dag waarop de leerling van school gaat."
    assert fouten == [("school.verwachteUitstroomdatum", zin)]
    assert not Schoolverlater.objects.exists()


def test_een_gewone_aanmelding_komt_niet_op_de_lijst(intake: Any) -> None:
    maak_aanmelding(intake)
    assert not Schoolverlater.objects.exists()


@pytest.mark.eis("R036", "negen maanden voor het einde staat de taak bij Vandaag, en twee nachten doen dat één keer")
def test_negen_maanden_ervoor_bij_vandaag(
    onderwijs: Any, nacht: Callable[[], Taakloop], team: Any, settings: Any
) -> None:
    rij = op_de_lijst(onderwijs)
    for dag, verwacht in (("2026-10-15", 0), ("2026-10-16", 1), ("2026-10-17", 1)):
        settings.PEILDATUM = dag
        nacht()
        nacht()
        assert len(op_vandaag()) == verwacht, dag
        assert werk(FABRIEK, schrijf=False)["aanmeldingen"] == 0
    assert nacht().tellingen.get("leerlingen bij Vandaag", 0) == 0
    werkrij = op_vandaag()[0]
    # Under 27: the team of the Jongerenpoort, here by the team of the referral.
    assert (werkrij.voor_team_id, werkrij.op) == (rij.aanmelding.team_id, dt.date(2026, 10, 16))
    assert "Samira de Groot" in werkrij.titel
    school.zet_schoolstap(rij, "ophalen", actor=FABRIEK)
    assert op_vandaag() == []


def test_zonder_einde_van_het_schooljaar_telt_de_dag_van_vertrek(onderwijs: Any) -> None:
    rij = op_de_lijst(onderwijs, school={"eindeLaatsteSchooljaar": None, "verwachteUitstroomdatum": "2027-02-28"})
    assert rij.ophalen_op == dt.date(2026, 5, 28)


@pytest.mark.eis("R036", "het aantal maanden is een instelling met een begindatum")
def test_het_aantal_maanden_is_een_instelling(
    onderwijs: Any, nacht: Callable[[], Taakloop], settings: Any, gemeente: Any
) -> None:
    rij = op_de_lijst(onderwijs)
    with handeling(FABRIEK):
        Parameter.objects.create(
            gemeente=gemeente, sleutel="school.ophalen_maanden", waarde="12", eenheid="maanden",
            geldig_van=dt.date(2026, 5, 1), status="bevestigd", bron="Besluit van de gemeente",
        )  # fmt: skip
    opzoeken.vergeet()
    nacht()
    rij.refresh_from_db()
    assert rij.ophalen_op == dt.date(2026, 10, 16)
    settings.PEILDATUM = "2026-07-20"
    nacht()
    rij.refresh_from_db()
    assert rij.ophalen_op == dt.date(2026, 7, 16)
    assert len(op_vandaag()) == 1


def test_teruggestuurd_staat_niet_meer_op_de_lijst(onderwijs: Any, settings: Any) -> None:
    rij = op_de_lijst(onderwijs, school={"verwachteUitstroomdatum": "2026-07-16", "eindeLaatsteSchooljaar": None})
    assert len(op_vandaag()) == 1
    services.stuur_terug(rij.aanmelding, "verkeerde_trede", actor=FABRIEK, reden="Is al bij UWV.")
    rij.refresh_from_db()
    assert (rij.status, op_vandaag()) == ("vervallen", [])


def test_na_aannemen_hoort_de_leerling_bij_het_dossier(onderwijs: Any, pool: list[Any], settings: Any) -> None:
    rij = op_de_lijst(onderwijs, school={"verwachteUitstroomdatum": "2026-07-16", "eindeLaatsteSchooljaar": None})
    deelnemer = services.accepteer(rij.aanmelding, actor=FABRIEK, medewerker=pool[1])
    rij.refresh_from_db()
    assert (rij.deelnemer, rij.klantmanager, rij.status) == (deelnemer, pool[1], "op_school")
    werkrij = op_vandaag()[0]
    assert (werkrij.betrokkene_id, werkrij.voor_id) == (deelnemer.pk, pool[1].gebruiker_id)


def test_verbeteren_door_de_school_verzet_de_ophaaldag(schoolapi: Api) -> None:
    antwoord = schoolapi.post("/api/v1/aanmeldingen", leerling())
    nieuw = {"school": {"verwachteUitstroomdatum": "2027-01-31"}}
    gewijzigd = schoolapi.patch(
        f"/api/v1/aanmeldingen/{antwoord.json()['id']}", nieuw, If_Match=antwoord.headers["ETag"]
    )
    assert gewijzigd.status_code == 200, gewijzigd.content
    assert Schoolverlater.objects.get().ophalen_op == dt.date(2026, 4, 30)


def test_de_database_wil_weten_van_wie_we_het_hoorden(onderwijs: Any) -> None:
    rij = op_de_lijst(onderwijs)
    with pytest.raises(IntegrityError, match="schoolverlater_uwv_van_wie"), transaction.atomic(), handeling(FABRIEK):
        Schoolverlater.objects.filter(pk=rij.pk).update(uwv_stand="gesproken")


# --- The pool ------------------------------------------------------------------------------------
def jongere(client: Any, **anders: Any) -> Aanmelding:
    basis = {
        "bronafdeling": "werk_en_opleiding_jongeren",
        "route": "werk-en-opleiding-jongeren",
        "geboortedatum": "2004-05-12",
        "eerdereBegeleiding": [{"afdeling": "werk_en_opleiding_jongeren", "van": "2025-06-01"}],
        "klantmanager": {"naam": "Els de Wit"},
    }
    return maak_aanmelding(client, **(basis | anders))


@pytest.mark.eis("R031", "een aanmelding van WOJ gaat vanzelf naar de vaste klantmanager met het minste werk")
def test_woj_gaat_vanzelf_naar_de_pool(pool: list[Any], settings: Any) -> None:
    settings.PEILDATUM = MAART
    woj = client_met_sleutel("woj", "werk_en_opleiding_jongeren", eigen_organisatie=True)
    rijen = [jongere(woj) for _ in range(4)]
    assert [r.behandelaar for r in rijen] == [pool[0], pool[1], pool[0], pool[1]]
    assert all(r.status == "ontvangen" for r in rijen)
    werkrij = Werkvoorraad.objects.get(sleutel=f"aanmelding:{rijen[0].pk}")
    assert werkrij.voor_id == pool[0].gebruiker_id


@pytest.mark.eis("R031", "wie vandaag afwezig is of niet meer bij de vaste klantmanagers hoort, krijgt niemand")
def test_wie_weg_is_krijgt_niemand(pool: list[Any], settings: Any) -> None:
    from organisatie.models import Afwezigheid

    settings.PEILDATUM = MAART
    woj = client_met_sleutel("woj", "werk_en_opleiding_jongeren", eigen_organisatie=True)
    with handeling(FABRIEK):
        Afwezigheid.objects.create(medewerker=pool[0], begindatum=dt.date(2026, 3, 1), reden="verlof")
    assert [jongere(woj).behandelaar for _ in range(2)] == [pool[1], pool[1]]
    for lid in Poollid.objects.filter(medewerker=pool[1]):
        school.haal_uit_pool(lid, dt.date(2026, 3, 1), actor=FABRIEK)
    assert jongere(woj).behandelaar is None


def test_intake_volwassene_gaat_niet_naar_de_pool(pool: list[Any], intake: Any) -> None:
    assert maak_aanmelding(intake).behandelaar is None


def test_jongere_van_intake_gaat_naar_de_pool_van_de_poort(pool: list[Any], intake: Any, settings: Any) -> None:
    settings.PEILDATUM = MAART
    assert maak_aanmelding(intake, geboortedatum="2004-05-12").behandelaar == pool[0]


def test_de_nacht_geeft_een_leerling_zonder_klantmanager_aan_de_pool(
    onderwijs: Any, nacht: Callable[[], Taakloop], jongerenteam: Any, maak_medewerker: Any
) -> None:
    rij = op_de_lijst(onderwijs)
    wie = maak_medewerker("consulent", team=jongerenteam)
    school.zet_in_pool(Route.objects.get(code="onderwijs"), wie, dt.date(2026, 1, 1), actor=FABRIEK)
    nacht()
    rij.refresh_from_db()
    assert rij.klantmanager == wie


@pytest.mark.eis("R031", "de functioneel beheerder houdt per route bij wie de vaste klantmanagers zijn")
def test_beheer_van_de_pool(log_in: Any, routes: None, jongerenteam: Any, maak_medewerker: Any, settings: Any) -> None:
    settings.PEILDATUM = MAART
    wie = maak_medewerker("consulent", team=jongerenteam, voornaam="Noor", tussenvoegsel="", achternaam="Smit")
    client = log_in("functioneel_beheerder")
    pad = "/beheer/routes/werk-en-opleiding-jongeren/pool"
    assert "Nog geen vaste klantmanagers" in client.get(pad).content.decode()
    antwoord = client.post(f"{pad}/nieuw", {"medewerker": wie.pk, "vanaf": "2-3-2026"})
    assert antwoord.status_code == 302
    assert "Noor Smit" in client.get(pad).content.decode()
    dubbel = client.post(f"{pad}/nieuw", {"medewerker": wie.pk, "vanaf": "9-3-2026"})
    assert "hoort in deze periode al bij de vaste klantmanagers" in dubbel.content.decode()
    lid = Poollid.objects.get()
    assert client.post(f"{pad}/{lid.pk}/einde", {"laatste_dag": "31-3-2026"}).status_code == 302
    lid.refresh_from_db()
    assert lid.einddatum == dt.date(2026, 3, 31)


def test_consulent_beheert_de_pool_niet(log_in: Any, routes: None, team: Any) -> None:
    assert log_in("consulent", team=team).get("/beheer/routes/intake/pool").status_code == 403


# --- Pages ---------------------------------------------------------------------------------------
@pytest.mark.eis("R036", "de vaste klantmanager ziet op de lijst wie hij nu moet spreken")
def test_lijst_met_wie_nu_opgehaald_wordt(
    client: Any, onderwijs: Any, pool: list[Any], settings: Any, maak_medewerker: Any
) -> None:
    op_de_lijst(onderwijs)
    straks = {"verwachteUitstroomdatum": "2026-09-01", "eindeLaatsteSchooljaar": None, "naam": "De Haven"}
    nu = op_de_lijst(onderwijs, school=straks)
    client.force_login(pool[0].gebruiker)
    alles = client.get("/schoolverlaters").content.decode()
    assert alles.index("De Haven") < alles.index("De Praktijkschool")
    ophalen = client.get("/schoolverlaters?wat=ophalen").content.decode()
    assert "De Haven" in ophalen
    assert "De Praktijkschool" not in ophalen
    blad = client.get(f"/schoolverlaters/{nu.kenmerk}").content.decode()
    assert "minderjarig tot 3 november 2026" in blad
    assert "Fatma Yilmaz" in blad
    assert "Naar de aanmelding van de school" in blad
    buiten = maak_medewerker("consulent")  # of the pool, but of another team: somebody else handles the referral
    school.zet_in_pool(Route.objects.get(code="onderwijs"), buiten, dt.date(2026, 1, 1), actor=FABRIEK)
    client.force_login(buiten.gebruiker)
    ander = client.get(f"/schoolverlaters/{nu.kenmerk}").content.decode()
    assert client.get(f"/aanmeldingen/{nu.aanmelding.kenmerk}").status_code == 404
    assert "Naar de aanmelding van de school" not in ander
    client.force_login(pool[0].gebruiker)
    assert client.post(f"/schoolverlaters/{nu.kenmerk}/stap/ophalen").status_code == 302
    nu.refresh_from_db()
    assert nu.status == "opgehaald"


@pytest.mark.eis("R217", "samen met UWV: per leerling wie wat doet, en hoe het aan beide kanten staat")
def test_wie_wat_doet_met_uwv(client: Any, onderwijs: Any, pool: list[Any], settings: Any) -> None:
    rij = op_de_lijst(onderwijs)
    client.force_login(pool[0].gebruiker)
    pad = f"/schoolverlaters/{rij.kenmerk}/wijzigen"
    velden = {
        "verwacht_op": "16-7-2027",
        "schooljaar_tot": "31-7-2027",
        "uitvoerder": "uwv",
        "uwv_stand": "gesproken",
        "afspraak": "UWV zoekt een stage.",
        "versie": rij.versie,
    }
    fout = client.post(pad, velden)
    assert fout.status_code == 400
    assert "van wie je dit van UWV hoorde" in fout.content.decode()
    goed = velden | {"uwv_gehoord_op": "1-3-2026", "uwv_gehoord_van": "Piet Vos"}
    assert client.post(pad, goed).status_code == 302
    assert client.post(pad, goed | {"uitvoerder": "wij"}).status_code == 400  # a colleague was first
    lijst = client.get("/schoolverlaters/uwv").content.decode()
    for woord in ("UWV sprak de leerling", "Nog op school", "1 maart 2026"):
        assert woord in lijst
    rij.refresh_from_db()
    assert rij.uitvoerder == "uwv"


@pytest.mark.eis(
    "R217", "het bestand voor UWV heeft alleen wat UWV nodig heeft, en wie erin staat, staat in het leeslog"
)
def test_bestand_voor_uwv(client: Any, onderwijs: Any, pool: list[Any]) -> None:
    rij = op_de_lijst(onderwijs)
    deelnemer = services.accepteer(rij.aanmelding, actor=FABRIEK, medewerker=pool[0])
    op_de_lijst(onderwijs, school={"soort": "mbo", "naam": "Het mbo"})
    client.force_login(pool[0].gebruiker)
    antwoord = client.get("/schoolverlaters/uwv/bestand")
    inhoud = b"".join(antwoord.streaming_content)
    blad = openpyxl.load_workbook(io.BytesIO(inhoud)).active
    rijen = list(blad.iter_rows(values_only=True))
    assert rijen[0] == (
        *("Naam", "Geboortedatum", "School", "Soort school", "Gaat van school op", "Wie begeleidt"),
        *("Stand bij Werk en Re-integratie", "Stand bij UWV"),
    )
    assert len(rijen) == 2
    assert (rijen[1][0], rijen[1][2]) == ("Samira de Groot", "De Praktijkschool")
    tekst = str(rijen)
    for geheim in ("Fatma", "0612345678", "Dorpsstraat"):
        assert geheim not in tekst
    assert Leesregel.objects.filter(verwerking="schoolverlater.export", betrokkenen__contains=[deelnemer.pk]).exists()


@pytest.mark.eis("R217", "alleen wie bij de leerling hoort, ziet hem; zonder het recht is de lijst er niet")
def test_wie_er_niet_bij_hoort_ziet_niets(log_in: Any, onderwijs: Any, pool: list[Any], maak_medewerker: Any) -> None:
    rij = op_de_lijst(onderwijs)
    ander = log_in("consulent")
    assert "De Praktijkschool" not in ander.get("/schoolverlaters").content.decode()
    assert ander.get(f"/schoolverlaters/{rij.kenmerk}").status_code == 404
    inhoud = b"".join(ander.get("/schoolverlaters/uwv/bestand").streaming_content)
    assert openpyxl.load_workbook(io.BytesIO(inhoud)).active.max_row == 1
    steun = log_in("teamondersteuning")
    for pad in ("/schoolverlaters", "/schoolverlaters/uwv", "/schoolverlaters/uwv/bestand"):
        assert steun.get(pad).status_code == 403


def test_lijst_kost_evenveel_vragen_bij_meer_leerlingen(client: Any, onderwijs: Any, pool: list[Any]) -> None:
    client.force_login(pool[0].gebruiker)

    def meer(hoeveel: int) -> None:
        for _ in range(hoeveel):
            op_de_lijst(onderwijs)

    meer(3)
    for pad in ("/schoolverlaters", "/schoolverlaters/uwv"):
        groeit_niet(lambda pad=pad: client.get(pad), lambda: meer(12), pad)  # type: ignore[misc]
