"""Staff in, role change, out, block, review: the services."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from kern import klok
from kern.aansluitingen import medewerker as stopcontact
from kern.aansluitingen import overdracht
from kern.handeling import Actor, handeling
from kern.models import Gebruiker, Overgang, Werkvoorraad, Wijziging
from kern.taken import voer_uit
from organisatie.models import Afwezigheid, Medewerker, Rolvervulling, Waarneming
from organisatie.querysets import met_rol, opvolger_voor
from organisatie.services import personeel, planning
from tests.kern.fabrieken import FABRIEK, WerkvoorraadFabriek
from tests.organisatie import fabrieken as f

DAG = dt.timedelta(days=1)


def rechten(medewerker) -> frozenset[str]:
    return stopcontact.van(Gebruiker.objects.get(pk=medewerker.gebruiker_id)).rechten


@pytest.fixture
def verhuisd(monkeypatch):
    """A room with a caseload: remembers what was moved."""
    lijst: list[tuple[int, int, str, str]] = []

    def functie(van: int, naar: int, actor: Actor, reden: str) -> int:
        lijst.append((van, naar, actor.naam, reden))
        return 12

    monkeypatch.setattr(overdracht, "_caseload", [functie])
    return lijst


def in_dienst(gemeente, **velden):
    gegevens = {
        "voornaam": "Elif", "achternaam": "Kaya", "email": "Elif.Kaya@voorbeeld.example",
        "personeelsnummer": "P1", "begindatum": klok.vandaag(), "rol": "consulent", "team": f.TeamFabriek(),
    }  # fmt: skip
    return personeel.neem_in_dienst(gemeente=gemeente, actor=FABRIEK, **(gegevens | velden))


def test_in_dienst_geeft_account_rol_en_tijdelijk_wachtwoord(gemeente) -> None:
    medewerker, wachtwoord = in_dienst(gemeente)
    account = medewerker.gebruiker
    assert account.email == "elif.kaya@voorbeeld.example" and account.naam == "Elif Kaya"
    assert account.wachtwoord_wijzigen and account.check_password(wachtwoord)
    assert "caseload.zien" in rechten(medewerker)


def test_in_dienst_is_alles_of_niets(gemeente) -> None:
    in_dienst(gemeente)
    for velden in (
        {},
        {"email": "b@voorbeeld.example"},
        {"email": "c@voorbeeld.example", "personeelsnummer": "P2", "team": None},
    ):
        with pytest.raises(ValidationError):
            in_dienst(gemeente, **velden)
    assert Gebruiker.objects.count() == 1


def test_rol_wisselt_zonder_gat_en_met_reden(gemeente) -> None:
    oud = f.RolFabriek()
    per = klok.vandaag()
    personeel.wissel_rol(oud, "teammanager", per=per, team=oud.team, reden="andere taken", actor=FABRIEK)
    oud.refresh_from_db()
    assert oud.einddatum == per - DAG
    assert "team.zien" in rechten(oud.medewerker)
    regel = Wijziging.objects.filter(tabel="organisatie_rolvervulling", rij_id=oud.pk, actie="U").get()
    assert regel.reden == "andere taken"


def test_rol_wisselen_voor_het_begin_kan_niet(gemeente) -> None:
    oud = f.RolFabriek(begindatum=klok.vandaag())
    with pytest.raises(ValidationError, match="voor de begindatum"):
        personeel.wissel_rol(oud, "auditor", per=klok.vandaag(), reden="andere taken", actor=FABRIEK)
    assert Rolvervulling.objects.count() == 1


def test_niemand_geeft_zichzelf_een_rol(gemeente) -> None:
    rol = f.RolFabriek(rol="functioneel_beheerder", team=None)
    ik = Actor.van_gebruiker(rol.medewerker.gebruiker)
    morgen = klok.vandaag() + DAG
    for poging in (
        lambda: personeel.geef_rol(rol.medewerker, "auditor", begindatum=morgen, actor=ik),
        lambda: personeel.beeindig_rol(rol, morgen, actor=ik),
        lambda: personeel.blokkeer_medewerker(rol.medewerker, reden="x", actor=ik),
        lambda: personeel.leg_rechtencontrole_vast(rol.medewerker, actor=ik),
        lambda: personeel.nieuw_wachtwoord(rol.medewerker, reden="x", actor=ik),
    ):
        with pytest.raises(ValidationError, match="niet voor jezelf"):
            poging()


@pytest.mark.eis(
    "R198",
    "Wie dicht gaat, verliest de toegang meteen; de caseload gaat naar de teammanager en het spoor blijft",
)
def test_blokkeren_geeft_de_caseload_aan_de_teammanager(gemeente, verhuisd) -> None:
    rol = f.RolFabriek()
    manager = f.RolFabriek(rol="teammanager", team=rol.team).medewerker
    werk = WerkvoorraadFabriek(voor=rol.medewerker.gebruiker)
    assert personeel.blokkeer_medewerker(rol.medewerker, reden="op verzoek van de leidinggevende", actor=FABRIEK) == 12
    assert verhuisd == [(rol.medewerker.gebruiker_id, manager.gebruiker_id, "fabriek", "Caseload overgedragen")]
    werk.refresh_from_db()
    assert werk.voor_id == manager.gebruiker_id
    assert rechten(rol.medewerker) == frozenset()
    stap = Overgang.objects.get(soort="account", object_id=rol.medewerker.gebruiker_id)
    assert (stap.actie, stap.actor_naam, stap.reden) == ("geblokkeerd", "fabriek", "op verzoek van de leidinggevende")
    rij = rol.medewerker
    personeel.deblokkeer_medewerker(rij, reden="bij vergissing geblokkeerd", actor=FABRIEK)
    assert rechten(rij)


def test_blokkeren_wacht_niet_op_een_opvolger(gemeente, verhuisd) -> None:
    alleen = f.RolFabriek().medewerker
    assert personeel.blokkeer_medewerker(alleen, reden="account mogelijk misbruikt", actor=FABRIEK) == 0
    assert rechten(alleen) == frozenset() and not verhuisd
    with pytest.raises(ValidationError):
        personeel.blokkeer_medewerker(f.RolFabriek().medewerker, reden=" ", actor=FABRIEK)


#: What somebody might type about a measure against a colleague.
_VERHAAL = "Gebouwverbod na een ruzie"


@pytest.mark.eis(
    "R222",
    "Een maatregel tegen een collega is alleen de stand van het account: een eigen tekst als reden wordt geweigerd en "
    "staat nergens, ook niet in de dossiers die overgaan.",
)
@pytest.mark.parametrize("wat", ["blokkeren", "openen", "rol", "wissel", "dienst", "wachtwoord", "factor"])
def test_het_waarom_van_een_maatregel_komt_niet_in_het_systeem(gemeente, wat: str) -> None:
    rol = f.RolFabriek()
    wie, vandaag = rol.medewerker, klok.vandaag()
    doe = {
        "blokkeren": lambda r: personeel.blokkeer_medewerker(wie, reden=r, actor=FABRIEK),
        "openen": lambda r: personeel.deblokkeer_medewerker(wie, reden=r, actor=FABRIEK),
        "rol": lambda r: personeel.beeindig_rol(rol, vandaag, reden=r, actor=FABRIEK),
        "wissel": lambda r: personeel.wissel_rol(rol, "auditor", per=vandaag, reden=r, actor=FABRIEK),
        "dienst": lambda r: personeel.zet_uit_dienst(wie, vandaag, reden=r, actor=FABRIEK),
        "wachtwoord": lambda r: personeel.nieuw_wachtwoord(wie, reden=r, actor=FABRIEK),
        "factor": lambda r: personeel.haal_tweede_factor_weg(wie, reden=r, actor=FABRIEK),
    }[wat]
    with pytest.raises(ValidationError, match="personeelsdossier") as fout:
        doe(_VERHAAL)
    assert list(fout.value.error_dict) == ["reden"]
    assert not Overgang.objects.filter(reden__contains="Gebouw").exists()
    assert not Wijziging.objects.filter(reden__contains="Gebouw").exists()


def test_uit_dienst_later_sluit_pas_in_de_nacht_erna(gemeente, verhuisd) -> None:
    rol = f.RolFabriek()
    manager = f.RolFabriek(rol="teammanager", team=rol.team).medewerker
    later = f.RolFabriek(medewerker=rol.medewerker, begindatum=klok.vandaag() + 60 * DAG)
    laatste = klok.vandaag() + 10 * DAG
    assert personeel.zet_uit_dienst(rol.medewerker, laatste, reden="uit dienst", actor=FABRIEK) == 0
    rol.refresh_from_db()
    assert rol.einddatum == laatste and not Rolvervulling.objects.filter(pk=later.pk).exists()
    assert rechten(rol.medewerker), "tot en met de laatste dag"
    personeel.zet_uit_dienst(rol.medewerker, klok.vandaag(), reden="uit dienst", actor=FABRIEK)
    assert not verhuisd
    with handeling(FABRIEK):  # the night after
        Medewerker.objects.filter(pk=rol.medewerker.pk).update(einddatum=klok.vandaag() - DAG)
    loop = voer_uit("organisatie.personeel", gemeente)
    assert loop.tellingen["accounts gesloten"] == 1 and loop.tellingen["mensen overgedragen"] == 12
    assert verhuisd[0][1] == manager.gebruiker_id
    assert not Gebruiker.objects.get(pk=rol.medewerker.gebruiker_id).actief
    assert "accounts gesloten" not in voer_uit("organisatie.personeel", gemeente).tellingen


def test_gekozen_opvolger_krijgt_de_caseload_ook_als_het_account_pas_later_dichtgaat(
    gemeente, verhuisd, settings
) -> None:
    rol = f.RolFabriek()
    f.RolFabriek(rol="teammanager", team=rol.team)
    opvolger = f.RolFabriek(team=rol.team).medewerker
    personeel.zet_uit_dienst(rol.medewerker, klok.vandaag(), opvolger=opvolger, reden="uit dienst", actor=FABRIEK)
    settings.PEILDATUM = (klok.vandaag() + DAG).isoformat()
    voer_uit("organisatie.personeel", gemeente)
    assert [(van, naar) for van, naar, *_ in verhuisd] == [(rol.medewerker.gebruiker_id, opvolger.gebruiker_id)]


def test_uit_dienst_in_het_verleden_meteen_met_gekozen_opvolger(gemeente, verhuisd) -> None:
    rol = f.RolFabriek()
    collega = f.RolFabriek(team=rol.team).medewerker
    gisteren = klok.vandaag() - DAG
    assert personeel.zet_uit_dienst(rol.medewerker, gisteren, opvolger=collega, reden="uit dienst", actor=FABRIEK) == 12
    assert verhuisd[0][1] == collega.gebruiker_id
    with pytest.raises(ValidationError, match="uit dienst"):
        personeel.deblokkeer_medewerker(
            type(collega).objects.get(pk=rol.medewerker.pk), reden="weer aan het werk", actor=FABRIEK
        )


def test_opvolger_is_teammanager_of_anders_afdelingsmanager(gemeente) -> None:
    rol = f.RolFabriek()
    assert opvolger_voor(rol.medewerker) is None
    hoofd = f.RolFabriek(rol="afdelingsmanager", team=None).medewerker
    assert opvolger_voor(rol.medewerker) == hoofd
    manager = f.RolFabriek(rol="teammanager", team=rol.team).medewerker
    assert opvolger_voor(rol.medewerker) == manager
    assert opvolger_voor(manager) == hoofd, "niemand volgt zichzelf op"
    personeel.blokkeer_medewerker(manager, reden="langer afwezig", actor=FABRIEK)
    assert opvolger_voor(rol.medewerker) == hoofd, "een dicht account neemt niets over"


@pytest.mark.eis("R194", "Voor het einde van een inhuurcontract krijgt de teammanager de overdracht op Vandaag")
def test_contract_dat_afloopt_staat_op_vandaag_van_de_manager(gemeente) -> None:
    inhuur = f.MedewerkerFabriek(aanstelling="ingehuurd", contract_tot=klok.vandaag() + 30 * DAG)
    rol = f.RolFabriek(medewerker=inhuur)
    f.RolFabriek(
        medewerker=f.MedewerkerFabriek(aanstelling="ingehuurd", contract_tot=klok.vandaag() + 90 * DAG),
        team=rol.team,
    )
    manager = f.RolFabriek(rol="teammanager", team=rol.team).medewerker
    for _ in range(2):
        voer_uit("organisatie.personeel", gemeente)
        assert [r.voor_id for r in Werkvoorraad.objects.filter(soort="contract")] == [manager.gebruiker_id]
    with handeling(FABRIEK):
        type(inhuur).objects.filter(pk=inhuur.pk).update(contract_tot=klok.vandaag() + 200 * DAG)
    voer_uit("organisatie.personeel", gemeente)
    assert not Werkvoorraad.objects.filter(soort="contract").exists()


def test_rechtencontrole_legt_dag_en_persoon_vast(gemeente) -> None:
    wie = f.MedewerkerFabriek()
    rij = personeel.leg_rechtencontrole_vast(wie, actor=FABRIEK)
    assert rij.rechten_gecontroleerd_op == klok.vandaag() and rij.versie == wie.versie + 1
    assert Wijziging.objects.filter(tabel="organisatie_medewerker", actie="U").get().actor_naam == "fabriek"


def test_afwezig_en_weer_terug(gemeente) -> None:
    wie = f.MedewerkerFabriek()
    weg = planning.meld_afwezig(wie, begindatum=klok.vandaag() - 5 * DAG, reden="ziek", actor=FABRIEK)
    assert planning.meld_terug(weg, actor=FABRIEK).einddatum == klok.vandaag() - DAG
    vandaag = planning.meld_afwezig(wie, begindatum=klok.vandaag(), reden="verlof", actor=FABRIEK)
    assert planning.meld_terug(vandaag, actor=FABRIEK) is None
    assert Afwezigheid.objects.count() == 1


def test_waarneming_heeft_een_einde_en_stopt(gemeente) -> None:
    a, b = f.MedewerkerFabriek.create_batch(2)
    begin = klok.vandaag() - 3 * DAG
    with pytest.raises(ValidationError):
        planning.leg_waarneming_vast(a, b, begindatum=begin, einddatum=None, actor=FABRIEK)
    rij = planning.leg_waarneming_vast(a, b, begindatum=begin, einddatum=klok.vandaag() + DAG, actor=FABRIEK)
    planning.stop_waarneming(rij, actor=FABRIEK)
    assert Waarneming.objects.get().einddatum == klok.vandaag() - DAG


def test_wie_van_team_wisselde_is_nog_steeds_consulent(gemeente) -> None:
    oud = f.RolFabriek(rol="consulent")
    team = f.TeamFabriek()
    personeel.wissel_rol(oud, "consulent", per=klok.vandaag(), team=team, reden="ander team", actor=FABRIEK)
    f.RolFabriek(rol="teammanager", team=team)
    assert list(met_rol("consulent")) == [oud.medewerker]
    assert list(met_rol("consulent", [team.pk])) == [oud.medewerker]
    assert not met_rol("consulent", [oud.team_id]).exists(), "bij het oude team is de rol voorbij"
