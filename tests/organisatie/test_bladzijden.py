"""The pages of the beheerder and Mijn team, and what they cost."""

from __future__ import annotations

import datetime as dt

import pytest

from kern import klok
from kern.handeling import handeling
from kern.models import Gebruiker
from organisatie import aansluitingen
from organisatie.aansluitingen import Blok
from organisatie.models import Afwezigheid, Medewerker, Rolvervulling, Waarneming
from tests.hulp.vragen import groeit_niet
from tests.organisatie import fabrieken as f

DAG = dt.timedelta(days=1)


def nl(dag: dt.date) -> str:
    return f"{dag:%d-%m-%Y}"


def test_lijst_van_medewerkers_filtert(log_in) -> None:
    client = log_in("functioneel_beheerder", achternaam="Beheer")
    rol = f.RolFabriek(medewerker=f.MedewerkerFabriek(achternaam="El Idrissi", voornaam="Fatima"))
    f.MedewerkerFabriek(achternaam="Vertrokken", einddatum=klok.vandaag() - DAG)
    f.MedewerkerFabriek(achternaam="Inhuur", aanstelling="ingehuurd", contract_tot=klok.vandaag() + 10 * DAG)

    def namen(vraag: str = "") -> str:
        antwoord = client.get(f"/beheer/medewerkers{vraag}")
        assert antwoord.status_code == 200
        return antwoord.content.decode()

    assert "Fatima El Idrissi" in namen() and "Vertrokken" not in namen()
    assert "Fatima" in namen(f"?team={rol.team_id}") and "Inhuur" not in namen(f"?team={rol.team_id}")
    assert "Fatima" in namen("?rol=consulent&naam=idrissi") and "Inhuur" not in namen("?rol=consulent")
    assert "Vertrokken" in namen("?stand=uit_dienst")
    assert "Contract nog 10 dagen" in namen("?stand=contract") and "Fatima" not in namen("?stand=contract")
    assert "Haal een filter weg" in namen("?naam=bestaatniet")


def test_lijst_kost_evenveel_bij_meer_mensen(log_in) -> None:
    client = log_in("functioneel_beheerder")
    f.RolFabriek.create_batch(3)
    groeit_niet(lambda: client.get("/beheer/medewerkers"), lambda: f.RolFabriek.create_batch(27), "medewerkers", 10)


def test_rechtenlijst_kost_evenveel_bij_meer_mensen(log_in) -> None:
    client = log_in("functioneel_beheerder")
    f.RolFabriek.create_batch(3)
    groeit_niet(lambda: client.get("/beheer/rechten"), lambda: f.RolFabriek.create_batch(27), "rechten", 10)


def test_iemand_in_dienst_nemen(log_in) -> None:
    client = log_in("functioneel_beheerder")
    team = f.TeamFabriek()
    velden = {
        "voornaam": "Elif", "achternaam": "Kaya", "email": "elif@voorbeeld.example", "personeelsnummer": "P9",
        "functie": "consulent", "werksoorten": ["mentor", "trainer"], "aanstelling": "ingehuurd",
        "uren_per_week": "32", "begindatum": nl(klok.vandaag()), "rol": "consulent",
    }  # fmt: skip
    assert client.get("/beheer/medewerkers/nieuw").status_code == 200
    fout = client.post("/beheer/medewerkers/nieuw", velden).content.decode()
    assert "einddatum van het contract" in fout
    fout = client.post("/beheer/medewerkers/nieuw", velden | {"contract_tot": nl(klok.vandaag() + 90 * DAG)})
    assert "hoort bij een team" in fout.content.decode()
    velden |= {"team": team.pk, "contract_tot": nl(klok.vandaag() + 90 * DAG)}
    gelukt = client.post("/beheer/medewerkers/nieuw", velden)
    assert "maar één keer" in gelukt.content.decode() and "no-store" in gelukt.headers["Cache-Control"]
    nieuw = Medewerker.objects.get(achternaam="Kaya")
    assert nieuw.werksoorten == ["mentor", "trainer"]
    assert client.get(f"/beheer/medewerkers/{nieuw.pk}").status_code == 200


def test_rol_geven_wisselen_en_beeindigen(log_in) -> None:
    client = log_in("functioneel_beheerder")
    rol = f.RolFabriek()
    pad, vandaag = f"/beheer/medewerkers/{rol.medewerker_id}", klok.vandaag()
    for adres in (f"{pad}/rol", f"{pad}/rol/{rol.pk}", f"{pad}/rol/{rol.pk}/einde"):
        assert client.get(adres).status_code == 200
    dubbel = {"rol": "consulent", "team": rol.team_id, "per": nl(vandaag), "reden": "andere taken"}
    assert "heeft deze rol al" in client.post(f"{pad}/rol", dubbel).content.decode()
    client.post(f"{pad}/rol", {"rol": "werkleider", "per": nl(vandaag), "reden": "andere taken"})
    client.post(
        f"{pad}/rol/{rol.pk}",
        {"rol": "teammanager", "team": rol.team_id, "per": nl(vandaag), "reden": "andere taken"},
    )
    assert set(Rolvervulling.objects.filter(medewerker=rol.medewerker).values_list("rol", "einddatum")) == {
        ("consulent", vandaag - DAG),
        ("werkleider", None),
        ("teammanager", None),
    }
    manager = Rolvervulling.objects.get(rol="teammanager")
    client.post(f"{pad}/rol/{manager.pk}/einde", {"laatste_dag": nl(vandaag), "reden": "niet meer nodig"})
    manager.refresh_from_db()
    assert manager.einddatum == vandaag
    ander = f.RolFabriek()
    assert client.get(f"{pad}/rol/{ander.pk}").status_code == 404, "een rol van iemand anders"


@pytest.mark.parametrize("wat", ["blokkeren", "wachtwoord", "tweede-factor", "uit-dienst"])
def test_account_handelingen(log_in, wat: str) -> None:
    client = log_in("functioneel_beheerder")
    rol = f.RolFabriek()
    pad = f"/beheer/medewerkers/{rol.medewerker_id}/{wat}"
    assert client.get(pad).status_code == 200
    assert "Kies een reden" in client.post(pad, {}).content.decode()
    fout = client.post(pad, {"reden": "Schorsing na een klacht", "laatste_dag": nl(klok.vandaag() - DAG)})
    assert fout.status_code == 200 and "hoort in het personeelsdossier" in fout.content.decode()
    reden = {"wachtwoord": "wachtwoord vergeten of verlopen", "tweede-factor": "nieuwe of verloren telefoon"}
    goed = {"reden": reden.get(wat, "uit dienst"), "laatste_dag": nl(klok.vandaag() - DAG)}
    antwoord = client.post(pad, goed, follow=True)
    assert antwoord.status_code == 200
    account = Gebruiker.objects.get(pk=rol.medewerker.gebruiker_id)
    assert account.actief is (wat not in {"blokkeren", "uit-dienst"})
    if wat == "blokkeren":
        client.post(f"/beheer/medewerkers/{rol.medewerker_id}/openen", {"reden": "bij vergissing geblokkeerd"})
        account.refresh_from_db()
        assert account.actief and account.wachtwoord_wijzigen


def test_beheerder_heeft_geen_knoppen_bij_zichzelf(log_in) -> None:
    client = log_in("functioneel_beheerder")
    pad = f"/beheer/medewerkers/{client.medewerker.pk}"
    assert "Nu blokkeren" not in client.get(pad).content.decode()
    assert "niet voor jezelf" in client.post(f"{pad}/blokkeren", {"reden": "langer afwezig"}).content.decode()


def test_rechten_controleren_alleen_eigen_team(log_in) -> None:
    team = f.TeamFabriek()
    client = log_in("teammanager", team=team)
    eigen = f.RolFabriek(team=team, medewerker=f.MedewerkerFabriek(achternaam="Eigen")).medewerker
    ander = f.RolFabriek(medewerker=f.MedewerkerFabriek(achternaam="Vreemd")).medewerker
    tekst = client.get("/beheer/rechten").content.decode()
    assert "Eigen" in tekst and "Vreemd" not in tekst and "Nog nooit" in tekst
    terug = client.post(f"/beheer/rechten/{eigen.pk}", {"terug": "/beheer/rechten?pagina=1"})
    assert terug.url == "/beheer/rechten?pagina=1"
    assert client.post(f"/beheer/rechten/{ander.pk}").status_code == 404
    assert client.post(f"/beheer/rechten/{client.medewerker.pk}").status_code == 404
    assert client.post(f"/beheer/rechten/{eigen.pk}", {"terug": "https://kwaad.example"}).url == "/beheer/rechten"
    eigen.refresh_from_db()
    assert eigen.rechten_gecontroleerd_op == klok.vandaag()


def test_bijzondere_rol_is_elk_kwartaal_aan_de_beurt(log_in) -> None:
    client = log_in("functioneel_beheerder")
    lang = klok.vandaag() - 120 * DAG
    f.RolFabriek(rol="controller", team=None, medewerker=f.MedewerkerFabriek(rechten_gecontroleerd_op=lang))
    f.RolFabriek(medewerker=f.MedewerkerFabriek(rechten_gecontroleerd_op=lang))
    assert client.get("/beheer/rechten").content.decode().count("Te laat") == 1


# --- Mijn team ----------------------------------------------------------------------------------------------
@pytest.fixture
def eigen_stopcontacten(monkeypatch):
    monkeypatch.setattr(aansluitingen, "_blokken", [])
    monkeypatch.setattr(aansluitingen, "_kolommen", [])
    return aansluitingen


def test_mijn_team_toont_mensen_afwezigheid_en_belasting(log_in, eigen_stopcontacten) -> None:
    team = f.TeamFabriek(naam="Oost")
    client = log_in("teammanager", team=team)
    ziek = f.RolFabriek(team=team, medewerker=f.MedewerkerFabriek(voornaam="Rob", achternaam="Visser")).medewerker
    f.AfwezigheidFabriek(medewerker=ziek, reden="ziek")
    f.WaarnemingFabriek(
        voor=ziek,
        waarnemer=f.MedewerkerFabriek(voornaam="Gloria", achternaam="Mensah"),
        einddatum=klok.vandaag(),
    )
    f.RolFabriek(medewerker=f.MedewerkerFabriek(achternaam="Elders"))
    eigen_stopcontacten.belasting(10, "Caseload", lambda team, ids: {ziek.pk: 27})
    leeg = "organisatie/geen_blok.html"
    eigen_stopcontacten.teamblok(10, lambda request, team: None if team.pk else Blok(leeg, {}))
    tekst = client.get("/mijn-team").content.decode()
    for stuk in (
        "Oost",
        "Rob Visser",
        "Ziek gemeld",
        "Gloria Mensah",
        "Caseload",
        ">27<",
        "Nog geen formatie",
    ):
        assert stuk in tekst, stuk
    assert "Elders" not in tekst


def test_manager_van_twee_teams_kiest_en_komt_niet_verder(log_in) -> None:
    a, b, c = (f.TeamFabriek(naam=naam) for naam in ("Aaa", "Bbb", "Ccc"))
    client = log_in("teammanager", team=a)
    f.RolFabriek(medewerker=client.medewerker, rol="teammanager", team=b)
    assert "<h1>Aaa" in client.get("/mijn-team").content.decode()
    assert "<h1>Bbb" in client.get(f"/mijn-team?team={b.pk}").content.decode()
    assert client.get(f"/mijn-team?team={c.pk}").status_code == 403


def test_manager_zonder_team_leest_wat_te_doen(log_in) -> None:
    assert "functioneel beheerder" in log_in("afdelingsmanager").get("/mijn-team").content.decode()


def test_afwezig_melden_en_waarneming_alleen_eigen_team(log_in) -> None:
    team = f.TeamFabriek()
    client = log_in("teammanager", team=team)
    eigen, ander = f.RolFabriek(team=team).medewerker, f.RolFabriek().medewerker
    dag = nl(klok.vandaag())
    assert client.get("/mijn-team/afwezig").status_code == client.get("/mijn-team/waarneming").status_code == 200
    client.post("/mijn-team/afwezig", {"medewerker": ander.pk, "reden": "ziek", "begindatum": dag})
    assert not Afwezigheid.objects.exists()
    client.post("/mijn-team/afwezig", {"medewerker": eigen.pk, "reden": "ziek", "begindatum": dag})
    fout = client.post("/mijn-team/afwezig", {"medewerker": eigen.pk, "reden": "verlof", "begindatum": dag})
    assert "al afwezig" in fout.content.decode()
    waarneming = {"voor": eigen.pk, "waarnemer": eigen.pk, "begindatum": dag, "einddatum": dag}
    assert "niet voor zichzelf" in client.post("/mijn-team/waarneming", waarneming).content.decode()
    client.post("/mijn-team/waarneming", waarneming | {"waarnemer": ander.pk})
    rij = Waarneming.objects.get()
    client.post(f"/mijn-team/waarneming/{rij.pk}/stop")
    assert not Waarneming.objects.exists(), "begon vandaag, dus nooit geweest"
    vreemd = f.AfwezigheidFabriek(medewerker=ander)
    assert client.post(f"/mijn-team/afwezig/{vreemd.pk}/terug").status_code == 404
    client.post(f"/mijn-team/afwezig/{Afwezigheid.objects.get(medewerker=eigen).pk}/terug")
    assert not Afwezigheid.objects.filter(medewerker=eigen).exists()


def test_mijn_team_kost_evenveel_bij_meer_mensen(log_in, eigen_stopcontacten) -> None:
    team = f.TeamFabriek()
    client = log_in("teammanager", team=team)
    f.FormatieFabriek(team=team)
    f.RolFabriek.create_batch(3, team=team)
    eigen_stopcontacten.belasting(10, "Caseload", lambda team, ids: {})

    def meer() -> None:
        for rol in f.RolFabriek.create_batch(20, team=team):
            f.AfwezigheidFabriek(medewerker=rol.medewerker)
            f.WaarnemingFabriek(voor=rol.medewerker, waarnemer=client.medewerker, einddatum=klok.vandaag())

    meer()
    groeit_niet(lambda: client.get("/mijn-team"), meer, "mijn team", 10)


def test_mijn_team_toont_wat_op_goedkeuring_wacht(log_in) -> None:
    from regelgeving.models import Voorstel
    from tests.kern.fabrieken import FABRIEK

    team = f.TeamFabriek()
    client = log_in("teammanager", team=team)
    ander = f.MedewerkerFabriek(voornaam="Rob", achternaam="Visser").gebruiker
    velden = {"soort": "parameter", "status_sinds": klok.vandaag(), "voorgesteld_op": klok.nu()}
    with handeling(FABRIEK):
        Voorstel.objects.create(omschrijving="Termijn naar 10 dagen", voorgesteld_door=ander, **velden)
        eigen = client.medewerker.gebruiker
        Voorstel.objects.create(omschrijving="Mijn eigen voorstel", voorgesteld_door=eigen, **velden)
    tekst = client.get("/mijn-team").content.decode()
    assert "Termijn naar 10 dagen" in tekst and "Mijn eigen voorstel" not in tekst
