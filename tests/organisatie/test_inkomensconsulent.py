"""The named inkomensconsulent of a team: named for a period, replaceable, and never a key to a dossier (R196)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from kern import klok
from kern.handeling import handeling
from kern.models import Wijziging
from kern.weigering import IntussenGewijzigd
from organisatie.inkomensconsulenten import heeft_teams, nu_en_straks, per_team, van_anderen, wie_antwoordt
from organisatie.keuzes import Blokkeerreden, Rolreden, Vertrekreden
from organisatie.models import Team, Teaminkomensconsulent
from organisatie.querysets import medewerker_van, mijn_team_ids
from organisatie.services import personeel
from organisatie.services.inkomensconsulent import wijs_inkomensconsulent_aan
from tests.hulp.vragen import groeit_niet, tel_vragen
from tests.kern.fabrieken import FABRIEK
from tests.organisatie import fabrieken as f

DAG = dt.timedelta(days=1)


def inkomen(**velden: Any) -> Any:
    return f.RolFabriek(rol="inkomensconsulent", team=None, medewerker=f.MedewerkerFabriek(**velden)).medewerker


@pytest.fixture
def noord(gemeente: Any) -> Any:
    return f.TeamFabriek(naam="Noord")


@pytest.fixture
def fatima(gemeente: Any) -> Any:
    return inkomen(voornaam="Fatima", tussenvoegsel="El", achternaam="Amrani")


@pytest.fixture
def karim(gemeente: Any) -> Any:
    return inkomen(voornaam="Karim", achternaam="Haddad")


def aan(team: Any, wie: Any, vanaf: dt.date | None = None, **velden: Any) -> Teaminkomensconsulent:
    return wijs_inkomensconsulent_aan(team, wie, vanaf or klok.vandaag(), actor=FABRIEK, **velden)


def perioden(team: Any) -> list[tuple[str, dt.date, dt.date | None]]:
    rijen = Teaminkomensconsulent.objects.filter(team=team).select_related("medewerker").order_by("begindatum")
    return [(r.medewerker.voornaam, r.begindatum, r.einddatum) for r in rijen]


@pytest.mark.eis("R196", "Een team heeft op een dag één vaste inkomensconsulent; een nieuwe sluit op de vorige aan")
def test_een_nieuwe_neemt_het_over_van_de_vorige(noord: Any, fatima: Any, karim: Any, settings: Any) -> None:
    begin = klok.vandaag()
    aan(noord, fatima)
    settings.PEILDATUM = (begin + 10 * DAG).isoformat()
    aan(noord, karim, begin + 20 * DAG)
    assert perioden(noord) == [("Fatima", begin, begin + 19 * DAG), ("Karim", begin + 20 * DAG, None)]
    nu, straks = nu_en_straks(noord.pk)
    assert (nu and nu.medewerker, straks and straks.medewerker) == (fatima, karim)
    aan(noord, fatima)
    assert perioden(noord) == [("Fatima", begin, None)], "wie later zou beginnen, maakt plaats"
    assert Wijziging.objects.filter(tabel="organisatie_teaminkomensconsulent", actie="D").exists()


def test_twee_keer_dezelfde_verandert_niets(noord: Any, fatima: Any) -> None:
    eerst = aan(noord, fatima)
    aantal = Wijziging.objects.count()
    assert aan(noord, fatima, klok.vandaag() + 5 * DAG) == eerst
    assert Wijziging.objects.count() == aantal and perioden(noord) == [("Fatima", klok.vandaag(), None)]


@pytest.mark.eis("R196", "De database weigert twee vaste inkomensconsulenten voor één team op één dag")
def test_de_database_weigert_twee_op_een_dag(noord: Any, fatima: Any, karim: Any) -> None:
    aan(noord, fatima)
    dubbel = Teaminkomensconsulent(team=noord, medewerker=karim, begindatum=klok.vandaag() + DAG)
    with pytest.raises(ValidationError, match="al een vaste inkomensconsulent"):
        dubbel.full_clean()
    with pytest.raises(IntegrityError, match="een_per_dag"), transaction.atomic(), handeling(FABRIEK):
        dubbel.save()


def test_wie_de_rol_niet_heeft_wordt_geweigerd(noord: Any, fatima: Any, gemeente: Any) -> None:
    consulent = f.RolFabriek().medewerker
    weg = inkomen(einddatum=klok.vandaag() - DAG)
    for wie, vanaf, veld, zin in (
        (consulent, klok.vandaag(), "medewerker", "geen inkomensconsulent"),
        (weg, klok.vandaag(), "medewerker", "geen inkomensconsulent"),
        (fatima, klok.vandaag() - DAG, "vanaf", "vandaag of een latere dag"),
    ):
        with pytest.raises(ValidationError) as fout:
            aan(noord, wie, vanaf)
        assert zin in str(fout.value.message_dict[veld])
    assert not Teaminkomensconsulent.objects.exists()


def test_de_tweede_die_tegelijk_bewaart_ziet_wie_het_werd(noord: Any, fatima: Any, karim: Any) -> None:
    versie = noord.versie
    aan(noord, fatima, versie=versie)
    with pytest.raises(IntussenGewijzigd) as fout:
        aan(noord, karim, versie=versie)
    assert fout.value.anders["medewerker"] == fatima and fout.value.versie == Team.objects.get().versie
    assert perioden(noord) == [("Fatima", klok.vandaag(), None)]


@pytest.mark.eis("R196", "Eindigt de rol of gaat iemand weg, dan is die ook niet meer de vaste inkomensconsulent")
@pytest.mark.parametrize("hoe", ["rol_eindigt", "rol_wisselt", "uit_dienst"])
def test_de_naam_eindigt_met_de_rol(noord: Any, fatima: Any, hoe: str) -> None:
    vandaag, laatste = klok.vandaag(), klok.vandaag() + 5 * DAG
    aan(noord, fatima)
    aan(f.TeamFabriek(naam="West"), fatima, vandaag + 30 * DAG)
    rol = fatima.rollen.get()
    if hoe == "rol_eindigt":
        personeel.beeindig_rol(rol, laatste, actor=FABRIEK)
    elif hoe == "rol_wisselt":
        personeel.wissel_rol(rol, "controller", per=laatste + DAG, reden=Rolreden.TAKEN, actor=FABRIEK)
    else:
        personeel.zet_uit_dienst(fatima, laatste, reden=Vertrekreden.UIT_DIENST, actor=FABRIEK)
    rij = Teaminkomensconsulent.objects.get()
    assert (rij.team, rij.einddatum) == (noord, laatste), "en wat later zou beginnen, komt er niet"


def test_wie_de_rol_elders_houdt_blijft_de_vaste(noord: Any, fatima: Any) -> None:
    aan(noord, fatima)
    bureau = f.TeamFabriek(naam="Bureau", ondersteunend=True)
    per = klok.vandaag() + DAG
    personeel.wissel_rol(
        fatima.rollen.get(), "inkomensconsulent", per=per, team=bureau, reden=Rolreden.TEAM, actor=FABRIEK
    )
    assert perioden(noord) == [("Fatima", klok.vandaag(), None)]


def test_een_rol_met_een_einde_geeft_een_naam_met_een_einde(noord: Any, gemeente: Any) -> None:
    einde = klok.vandaag() + 40 * DAG
    tijdelijk = f.RolFabriek(rol="inkomensconsulent", team=None, einddatum=einde).medewerker
    assert aan(noord, tijdelijk).einddatum == einde


def test_een_dicht_account_is_niemand(noord: Any, fatima: Any) -> None:
    aan(noord, fatima)
    personeel.blokkeer_medewerker(fatima, reden=Blokkeerreden.MISBRUIK, actor=FABRIEK)
    assert nu_en_straks(noord.pk) == (None, None) and per_team() == {}
    assert wie_antwoordt(noord) == "Een vraag aan inkomen gaat naar alle inkomensconsulenten."


@pytest.mark.eis("R196", "De vaste inkomensconsulent staat er met naam; is die er niet, dan staat er wie waarneemt")
def test_wie_antwoordt(noord: Any, fatima: Any, karim: Any) -> None:
    vandaag = klok.vandaag()
    assert wie_antwoordt(None) == wie_antwoordt(noord) == "Een vraag aan inkomen gaat naar alle inkomensconsulenten."
    aan(noord, fatima)
    wie = "Een vraag aan inkomen gaat naar Fatima El Amrani, inkomensconsulent van team Noord."
    assert wie_antwoordt(noord) == f"{wie} Is die er niet, dan antwoordt een collega."
    f.AfwezigheidFabriek(medewerker=fatima, begindatum=vandaag)
    assert wie_antwoordt(noord) == f"{wie} Die is er vandaag niet. Een collega antwoordt."
    f.WaarnemingFabriek(voor=fatima, waarnemer=f.RolFabriek().medewerker, begindatum=vandaag)
    assert "Een collega antwoordt" in wie_antwoordt(noord), "een consulent antwoordt niet voor inkomen"
    f.WaarnemingFabriek(voor=fatima, waarnemer=karim, begindatum=vandaag)
    assert wie_antwoordt(noord) == f"{wie} Die is er vandaag niet. Karim Haddad neemt waar."
    with tel_vragen() as vragen:
        wie_antwoordt(noord)
    assert len(vragen) == 2
    assert wie_antwoordt(f.TeamFabriek(naam="Team Oost")).endswith("alle inkomensconsulenten.")
    assert f.TeamFabriek(naam="Team Zuid").in_zin == "Team Zuid"


@pytest.mark.eis("R196", "Is een collega er niet en neemt niemand waar, dan is dat team voor iedereen")
def test_geen_team_valt_tussen_twee_mensen(noord: Any, fatima: Any, karim: Any) -> None:
    west, zuid = f.TeamFabriek(naam="West"), f.TeamFabriek(naam="Zuid")
    derde = inkomen(voornaam="Derde")
    aan(noord, fatima)
    aan(west, karim)
    assert van_anderen(karim, per_team()) == {noord.pk} and zuid.pk not in per_team()
    assert heeft_teams(karim, per_team()) and not heeft_teams(derde, per_team())
    f.AfwezigheidFabriek(medewerker=fatima, begindatum=klok.vandaag())
    assert van_anderen(karim, per_team()) == frozenset()
    f.WaarnemingFabriek(voor=fatima, waarnemer=derde, begindatum=klok.vandaag())
    assert van_anderen(karim, per_team()) == {noord.pk}
    derde = medewerker_van(derde.gebruiker_id)
    assert heeft_teams(derde, per_team()) and van_anderen(derde, per_team()) == {west.pk}


@pytest.mark.eis("R196", "De naam bij een team geeft geen recht op de mensen van dat team")
def test_de_naam_geeft_geen_team(noord: Any, fatima: Any) -> None:
    aan(noord, fatima)
    assert mijn_team_ids(medewerker_van(fatima.gebruiker_id)) == frozenset()


# --- Mijn team ----------------------------------------------------------------------------------------------
@pytest.mark.eis("R196", "De teammanager wijst op Mijn team de inkomensconsulent aan")
def test_aanwijzen_op_mijn_team(log_in: Any, noord: Any, fatima: Any, karim: Any) -> None:
    client = log_in("teammanager", team=noord)
    pad = f"/mijn-team/{noord.pk}/inkomensconsulent"
    assert "Nog niemand" in client.get("/mijn-team").content.decode()
    versie = Team.objects.get(pk=noord.pk).versie
    velden = {"medewerker": fatima.pk, "vanaf": f"{klok.vandaag():%d-%m-%Y}", "versie": versie}
    assert client.post(pad, velden | {"vanaf": "1-1-2013"}).content.decode().count("Kies vandaag of een latere dag.")
    assert client.post(pad, velden | {"medewerker": client.medewerker.pk}).status_code == 200, "niet in de lijst"
    assert client.post(pad, velden).status_code == 302
    assert "Fatima El Amrani" in client.get("/mijn-team").content.decode()
    tweede = client.post(pad, velden | {"medewerker": karim.pk}).content.decode()
    assert "Een collega heeft deze gegevens net gewijzigd" in tweede and "Fatima El Amrani" in tweede
    assert perioden(noord) == [("Fatima", klok.vandaag(), None)]


def test_alleen_het_eigen_team_met_een_caseload(log_in: Any, noord: Any, fatima: Any) -> None:
    bureau = f.TeamFabriek(naam="Bureau", ondersteunend=True)
    client = log_in("teammanager", team=bureau)
    for team in (noord, bureau):
        assert client.get(f"/mijn-team/{team.pk}/inkomensconsulent").status_code == 404
    assert "Inkomensconsulent" not in client.get("/mijn-team").content.decode()
    assert log_in("inkomensconsulent").get(f"/mijn-team/{noord.pk}/inkomensconsulent").status_code == 403


def test_mijn_team_kost_een_vraag_meer_en_groeit_niet(log_in: Any, noord: Any, fatima: Any) -> None:
    aan(noord, fatima)
    with tel_vragen() as vragen:
        nu_en_straks(noord.pk)
    assert len(vragen) == 1
    client = log_in("teammanager", team=noord)

    def meer() -> None:
        for _ in range(8):
            f.AfwezigheidFabriek(medewerker=inkomen())
            aan(f.TeamFabriek(), inkomen())

    groeit_niet(lambda: client.get(f"/mijn-team/{noord.pk}/inkomensconsulent"), meer, "aanwijzen", 12)
