"""Handing over: offered by one side, accepted by the other; the regie moves once, and nobody sees more than needed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Betrokkenheid, Deelnemer, Overdracht, Regie, Veiligheidsmelding
from deelnemers.overdrachtvragen import zichtbare_overdrachten
from deelnemers.services import overdragen
from deelnemers.services.contact import leg_belemmering_vast, zeg_toe
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.overlijden import meld_overlijden
from deelnemers.services.regie import beeindig_regie, draag_caseload_over, wijs_regie_toe
from deelnemers.services.werkvoorraad import werkregels
from kern import klok
from kern.aansluitingen import werkvoorraad
from kern.handeling import handeling
from kern.models import Leesregel, Overgang, Werkvoorraad
from kern.toestanden import OvergangGeweigerd
from organisatie.services.personeel import blokkeer_medewerker
from organisatie.services.planning import leg_waarneming_vast
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def opvolger(maak_medewerker: Any) -> Any:
    """A consulent of another team, who does not work with the person yet."""
    return maak_medewerker("consulent", team=TeamFabriek(naam="Team West"))


@pytest.fixture
def persoon(consulent: Any) -> Deelnemer:
    return met_regie(consulent)


def bied(persoon: Deelnemer, naar: Any, **velden: Any) -> Overdracht:
    velden = {"vanaf": klok.vandaag(), "reden": "Verhuisd naar West", "door": persoon.regievoerder} | velden
    return overdragen.bied_aan(persoon, naar, actor=TOETS, **velden)


def rij_van(medewerker: Any, soort: str) -> list[str]:
    rijen = werkvoorraad.voor(medewerker.gebruiker_id).filter(soort=soort)
    return [r.titel for r in rijen]


@pytest.mark.eis("R019", "Een overdracht staat bij beide kanten op de lijst tot de ander haar aanneemt")
def test_een_aanbod_staat_bij_beide_kanten_en_de_regie_blijft(
    persoon: Deelnemer, consulent: Any, opvolger: Any
) -> None:
    bied(persoon, opvolger)
    assert rij_van(opvolger, "overdracht") == [f"Neem je {persoon.naam} over van {consulent.naam}?"]
    wacht = werkvoorraad.voor(consulent.gebruiker_id).get(soort="overdracht_wacht")
    assert (wacht.wacht_op, wacht.wacht_sinds) == (opvolger.naam, klok.vandaag())
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == consulent.pk


@pytest.mark.eis("R004", "De regie gaat over op de dag dat de ander aanneemt, en is op elke dag van precies één mens")
def test_aannemen_verplaatst_de_regie_op_de_dag(persoon: Deelnemer, consulent: Any, opvolger: Any) -> None:
    rij = bied(persoon, opvolger)
    overdragen.neem_aan(rij, door=opvolger, actor=TOETS)
    oud, nieuw = Regie.objects.filter(deelnemer=persoon).order_by("begindatum")
    assert (oud.einddatum, nieuw.medewerker_id, nieuw.begindatum) == (
        klok.vandaag() - DAG, opvolger.pk, klok.vandaag(),
    )  # fmt: skip
    persoon.refresh_from_db()
    assert (persoon.regievoerder_id, persoon.team_id) == (opvolger.pk, rij.team_id)
    assert not Betrokkenheid.objects.filter(deelnemer=persoon, herkomst=f"overdracht:{rij.pk}").exists()
    assert rij_van(opvolger, "overdracht") == [] and len(rij_van(consulent, "overdracht_antwoord")) == 1
    stappen = (
        Overgang.objects.filter(soort="overdracht", object_id=rij.pk).order_by("id").values_list("actie", flat=True)
    )
    assert list(stappen) == ["aanbieden", "aannemen"]


def test_aannemen_op_een_latere_dag(persoon: Deelnemer, consulent: Any, opvolger: Any) -> None:
    dag = klok.vandaag() + 7 * DAG
    overdragen.neem_aan(bied(persoon, opvolger), door=opvolger, vanaf=dag, actor=TOETS)
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == consulent.pk
    gepland = Regie.objects.get(deelnemer=persoon, begindatum=dag)
    assert gepland.medewerker_id == opvolger.pk
    assert Regie.objects.get(deelnemer=persoon, medewerker=consulent).einddatum == dag - DAG


def test_weigeren_vraagt_een_reden_en_laat_de_regie_staan(persoon: Deelnemer, consulent: Any, opvolger: Any) -> None:
    rij = bied(persoon, opvolger)
    with pytest.raises(OvergangGeweigerd, match="reden"):
        overdragen.weiger(rij, door=opvolger, reden=" ", actor=TOETS)
    overdragen.weiger(rij, door=opvolger, reden="Mijn caseload is vol", actor=TOETS)
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == consulent.pk
    antwoord = werkvoorraad.voor(consulent.gebruiker_id).get(soort="overdracht_antwoord")
    assert antwoord.toelichting == "Mijn caseload is vol"
    rij.refresh_from_db()
    overdragen.markeer_gezien(rij, actor=TOETS)
    assert rij_van(consulent, "overdracht_antwoord") == []


def test_wie_weigerde_leest_de_kaart_niet_voor_altijd(persoon: Deelnemer, consulent: Any, opvolger: Any) -> None:
    rij = bied(persoon, opvolger)
    overdragen.weiger(rij, door=opvolger, reden="Mijn caseload is vol", actor=TOETS)
    assert zichtbare_overdrachten(opvolger, ()).filter(pk=rij.pk).exists()
    with handeling(FABRIEK):
        Overdracht.objects.filter(pk=rij.pk).update(status_sinds=klok.vandaag() - 31 * DAG)
    assert not zichtbare_overdrachten(opvolger, ()).filter(pk=rij.pk).exists()
    assert zichtbare_overdrachten(consulent, ()).filter(pk=rij.pk).exists()  # still guides the person


def test_alleen_de_ontvanger_of_wie_waarneemt_beantwoordt(
    persoon: Deelnemer, consulent: Any, opvolger: Any, maak_medewerker: Any
) -> None:
    rij, ander = bied(persoon, opvolger), maak_medewerker("consulent")
    for wie in (ander, consulent):
        with pytest.raises(ValidationError, match="waarneemt"):
            overdragen.neem_aan(rij, door=wie, actor=TOETS)
    leg_waarneming_vast(ander, opvolger, begindatum=klok.vandaag(), einddatum=klok.vandaag() + DAG, actor=TOETS)
    opnieuw = type(ander).objects.get(pk=ander.pk)
    overdragen.neem_aan(rij, door=opnieuw, actor=TOETS)
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == opvolger.pk, "de regie gaat naar wie het werd aangeboden"


def test_de_ontvanger_leest_mee_tot_het_antwoord(persoon: Deelnemer, opvolger: Any, client: Any) -> None:
    client.force_login(opvolger.gebruiker)
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    assert client.get(dossier).status_code == 302, "zonder aanbod vraagt het dossier om een reden"
    rij = bied(persoon, opvolger)
    assert client.get(dossier).status_code == 200
    overdragen.weiger(rij, door=opvolger, reden="Vol", actor=TOETS)
    assert client.get(dossier).status_code == 302
    assert "werkt niet met deze persoon" in client.get(reverse("overdracht", args=[rij.pk])).content.decode()


@pytest.mark.parametrize(
    ("velden", "zin"),
    [
        ({"reden": "  "}, "waarom je overdraagt"),
        ({"vanaf": dt.date(2001, 1, 1)}, "voorbij"),
    ],
)
def test_wat_een_aanbod_nodig_heeft(persoon: Deelnemer, opvolger: Any, velden: Any, zin: str) -> None:
    with pytest.raises(ValidationError, match=zin):
        bied(persoon, opvolger, **velden)


def test_wie_het_dossier_niet_mag_openen_krijgt_geen_aanbod(persoon: Deelnemer, consulent: Any, opvolger: Any) -> None:
    with pytest.raises(ValidationError, match="al regievoerder"):
        bied(persoon, consulent)
    verbied(persoon, opvolger, "familie", actor=TOETS)
    with pytest.raises(ValidationError, match="mag dit dossier niet openen"):
        bied(persoon, opvolger)


def test_een_tweede_aanbod_voor_dezelfde_persoon_kan_niet(
    persoon: Deelnemer, opvolger: Any, maak_medewerker: Any
) -> None:
    rij, derde = bied(persoon, opvolger), maak_medewerker("consulent")
    with pytest.raises(ValidationError, match="staat al een overdracht open"):
        bied(persoon, derde)
    with (
        handeling(FABRIEK),
        pytest.raises(IntegrityError, match="overdracht_een_open_per_persoon"),
        transaction.atomic(),
    ):
        Overdracht.objects.create(
            deelnemer=persoon, van=rij.van, naar=derde, team=rij.team, vanaf=klok.vandaag(), reden="x",
            aangeboden_door=rij.van, aangeboden_op=klok.vandaag(), status="aangeboden", status_sinds=klok.vandaag(),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("velden", "naam"),
    [
        ({"status": "geweigerd", "antwoord": " "}, "overdracht_weigering_met_reden"),
        ({"status": "aangenomen"}, "overdracht_beantwoord_door_iemand"),
        ({"status": "bestaat_niet"}, "overdracht_status"),
    ],
)
def test_de_database_weigert_een_half_antwoord(persoon: Deelnemer, opvolger: Any, velden: Any, naam: str) -> None:
    rij = bied(persoon, opvolger)
    door = {} if velden["status"] == "aangenomen" else {"beantwoord_door": opvolger}
    with handeling(FABRIEK), pytest.raises(IntegrityError, match=naam), transaction.atomic():
        Overdracht.objects.filter(pk=rij.pk).update(**velden, **door)


def test_wisselt_de_regie_anders_dan_vervalt_het_aanbod(
    persoon: Deelnemer, team: Any, opvolger: Any, maak_medewerker: Any
) -> None:
    rij = bied(persoon, opvolger)
    wijs_regie_toe(persoon, maak_medewerker("consulent", team=team), klok.vandaag(), actor=TOETS)
    rij.refresh_from_db()
    assert rij.status == "vervallen"
    with pytest.raises(OvergangGeweigerd):
        overdragen.neem_aan(rij, door=opvolger, actor=TOETS)
    assert not Werkvoorraad.objects.filter(soort__startswith="overdracht").exists()


def test_gaat_de_ontvanger_weg_dan_vervalt_het_aanbod(
    persoon: Deelnemer, opvolger: Any, consulent: Any, maak_medewerker: Any
) -> None:
    rij = bied(persoon, opvolger)
    maak_medewerker("teammanager", team=opvolger.rollen.get().team)
    blokkeer_medewerker(opvolger, reden="uit dienst", actor=TOETS)
    rij.refresh_from_db()
    assert rij.status == "vervallen"
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == consulent.pk


def test_na_overlijden_wordt_niets_meer_overgedragen(persoon: Deelnemer, opvolger: Any) -> None:
    rij = bied(persoon, opvolger)
    meld_overlijden(persoon, klok.vandaag(), actor=TOETS)
    rij.refresh_from_db()
    assert rij.status == "vervallen"
    assert not Werkvoorraad.objects.filter(betrokkene_id=persoon.pk).exists()


def test_de_nacht_maakt_dezelfde_regels(persoon: Deelnemer, opvolger: Any) -> None:
    bied(persoon, opvolger)
    staat = werkvoorraad.van_mensen("deelnemers", [persoon.pk])
    assert werkvoorraad.verschil(staat, werkregels([persoon.pk])) == ([], [])


def test_zonder_regievoerder_valt_er_niets_aan_te_bieden(persoon: Deelnemer, consulent: Any, opvolger: Any) -> None:
    beeindig_regie(persoon, klok.vandaag() - DAG, actor=TOETS)
    with pytest.raises(ValidationError, match="nog geen regievoerder"):
        bied(persoon, opvolger, door=consulent)


def test_een_hele_caseload_over_verdeeld_naar_ruimte(consulent: Any, team: Any, maak_medewerker: Any) -> None:
    vol, leeg = (maak_medewerker("consulent", team=team, achternaam=n) for n in ("Aa", "Bb"))
    mensen = [met_regie(consulent) for _ in range(4)]
    verdeling = overdragen.verdeel(mensen, [vol, leeg], {vol.pk: 3, leeg.pk: 0})
    assert [naar.pk for _, naar in verdeling] == [leeg.pk, leeg.pk, leeg.pk, vol.pk]
    bied(mensen[0], vol)
    gelukt, niet = overdragen.bied_velen_aan(
        verdeling, klok.vandaag(), reden="Gaat uit dienst", door=consulent, actor=TOETS
    )
    assert len(gelukt) == 3
    assert [(d.pk, "staat al een overdracht open" in waarom) for d, waarom in niet] == [(mensen[0].pk, True)]
    over, _ = overdragen.neem_velen_aan([r for r in gelukt if r.naar_id == leeg.pk], door=leeg, actor=TOETS)
    assert {r.deelnemer_id for r in over} <= set(
        Regie.objects.filter(medewerker=leeg).values_list("deelnemer", flat=True)
    )


def test_het_vangnet_bij_vertrek_gaat_voor(consulent: Any, opvolger: Any, team: Any, maak_medewerker: Any) -> None:
    rij, ander = bied(met_regie(consulent), opvolger), maak_medewerker("consulent", team=team)
    assert draag_caseload_over(consulent, ander, actor=TOETS) == 1
    rij.refresh_from_db()
    assert rij.status == "vervallen"


# --- Pages ---------------------------------------------------------------------------------------------------------
def melding(persoon: Deelnemer, een: Any, ander: Any) -> None:
    with handeling(FABRIEK):
        Veiligheidsmelding.objects.create(
            deelnemer=persoon, gedrag="Sloeg met de deur", maatregel="Praat met twee collega’s", bron="balie",
            vastgesteld_op=klok.vandaag(), vastgesteld_door=een, tweede_persoon=ander,
            geldig_tot=klok.vandaag() + 90 * DAG,
        )  # fmt: skip


@pytest.mark.eis("R019", "De kaart bij een overdracht zegt wat loopt, wat beide kanten beloofden en wat er nu moet")
def test_de_kaart_zegt_wat_je_voor_het_eerste_gesprek_weet(
    persoon: Deelnemer, opvolger: Any, manager: Any, log_in: Any, team: Any
) -> None:
    consulent = persoon.regievoerder
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(tolk_taal="Tigrinya")
    zeg_toe(persoon, "wij", "Kinderopvang zoeken", klok.vandaag() - DAG, medewerker=consulent, actor=TOETS)
    zeg_toe(persoon, "deelnemer", "Cv sturen", klok.vandaag() + DAG, actor=TOETS)
    leg_belemmering_vast(persoon, "schulden", actor=TOETS)
    melding(persoon, consulent, manager)
    rij = bied(persoon, opvolger, let_op="Bel liever na tien uur.")
    pad = reverse("overdracht", args=[rij.pk])
    zien = [
        "Kinderopvang zoeken",
        "Cv sturen",
        "Tigrinya",
        "Bel liever na tien uur.",
        "Praat met twee collega",
        "Schulden",
    ]
    client = log_in("consulent")
    assert client.get(pad).status_code == 404, "wie er niets mee te maken heeft, ziet geen overdracht"
    client.force_login(opvolger.gebruiker)
    tekst = client.get(pad).content.decode()
    assert all(zin in tekst for zin in zien), [zin for zin in zien if zin not in tekst]
    assert "Neem je over?" in tekst
    regel = Leesregel.objects.order_by("-id")[0]
    assert (regel.verwerking, regel.betrokkenen) == ("overdracht.bekijken", [persoon.pk])
    baas = log_in("afdelingsmanager", team=team).get(pad).content.decode()
    assert "Kinderopvang zoeken" in baas
    assert "Praat met twee collega" not in baas and "Schulden" not in baas and "Neem je over?" not in baas


def test_aanbieden_en_aannemen_met_de_knoppen(persoon: Deelnemer, consulent: Any, opvolger: Any, client: Any) -> None:
    client.force_login(consulent.gebruiker)
    pad = reverse("overdracht_nieuw", args=[persoon.dossiernummer])
    assert f"{opvolger.naam} (0 mensen, 36 uur)" in client.get(pad).content.decode()
    fout = client.post(pad, {"naar": opvolger.pk, "vanaf": "01-01-2001", "reden": ""})
    assert fout.status_code == 400 and not Overdracht.objects.exists()
    velden = {"naar": opvolger.pk, "vanaf": klok.vandaag().strftime("%d-%m-%Y"), "reden": "Verhuisd", "let_op": ""}
    antwoord = client.post(pad, velden)
    rij = Overdracht.objects.get()
    assert antwoord.url == reverse("overdracht", args=[rij.pk])
    assert client.get(pad).url == antwoord.url, "een tweede keer kom je bij wat er al openstaat"
    zet = reverse("overdracht_zet", args=[rij.pk, "aannemen"])
    assert client.post(zet, {"vanaf": velden["vanaf"]}).status_code == 403, "je neemt niet zelf aan wat je aanbiedt"
    client.force_login(opvolger.gebruiker)
    assert client.post(zet, {"vanaf": ""}).status_code == 400
    assert client.post(zet, {"vanaf": velden["vanaf"]}).status_code == 302
    persoon.refresh_from_db()
    assert persoon.regievoerder_id == opvolger.pk
    client.post(zet, {"vanaf": velden["vanaf"]})
    assert Regie.objects.filter(deelnemer=persoon).count() == 2
    assert client.post(reverse("overdracht_zet", args=[rij.pk, "bestaat-niet"])).status_code == 404


def test_een_collega_zonder_rol_in_het_dossier_draagt_niet_over(
    persoon: Deelnemer, team: Any, log_in: Any, opvolger: Any
) -> None:
    pad = reverse("overdracht_nieuw", args=[persoon.dossiernummer])
    assert log_in("consulent", team=team).get(pad).status_code == 403, "uit het team, maar niet de regievoerder"
    assert log_in("teammanager", team=team).get(pad).status_code == 200
    assert log_in("werkleider").get(pad).status_code == 403


def test_intrekken_mag_alleen_de_gevende_kant(persoon: Deelnemer, consulent: Any, opvolger: Any, client: Any) -> None:
    rij = bied(persoon, opvolger)
    zet = reverse("overdracht_zet", args=[rij.pk, "intrekken"])
    client.force_login(opvolger.gebruiker)
    assert client.post(zet).status_code == 403
    client.force_login(consulent.gebruiker)
    client.post(zet)
    rij.refresh_from_db()
    assert rij.status == "ingetrokken"


def test_de_caseload_overdragen_in_twee_stappen(consulent: Any, team: Any, client: Any, maak_medewerker: Any) -> None:
    een, twee = (maak_medewerker("consulent", team=team) for _ in range(2))
    mensen = [met_regie(consulent) for _ in range(4)]
    client.force_login(consulent.gebruiker)
    pad = reverse("caseload_overdragen")
    assert all(d.naam in client.get(pad).content.decode() for d in mensen)
    dag = klok.vandaag().strftime("%d-%m-%Y")
    velden = {"van": consulent.pk, "mensen": [d.pk for d in mensen[:3]], "collegas": [een.pk, twee.pk], "vanaf": dag,
              "reden": "Lang afwezig"}  # fmt: skip
    assert client.post(pad, velden | {"mensen": []}).status_code == 400
    voorbeeld = client.post(pad, velden | {"stap": "verdeel"}).content.decode()
    assert "Klopt deze verdeling?" in voorbeeld and not Overdracht.objects.exists()
    keuze = {f"naar_{mensen[0].pk}": een.pk, f"naar_{mensen[1].pk}": twee.pk, f"naar_{mensen[2].pk}": ""}
    client.post(pad, velden | keuze | {"stap": "aanbieden"})
    assert {(r.deelnemer_id, r.naar_id) for r in Overdracht.objects.all()} == {
        (mensen[0].pk, een.pk), (mensen[1].pk, twee.pk),
    }  # fmt: skip
    client.force_login(een.gebruiker)
    lijst = reverse("overdrachten")
    assert mensen[0].naam in client.get(lijst).content.decode()
    rijen = list(Overdracht.objects.values_list("pk", flat=True))
    client.post(reverse("overdrachten_zet"), {"overdracht": rijen})
    assert Overdracht.objects.get(deelnemer=mensen[0]).status == "aangenomen"
    assert Overdracht.objects.get(deelnemer=mensen[1]).status == "aangeboden", "die is aan een ander"


def test_de_caseload_van_een_ander_alleen_in_je_eigen_team(consulent: Any, team: Any, log_in: Any) -> None:
    met_regie(consulent)
    pad = f"{reverse('caseload_overdragen')}?van={consulent.pk}"
    assert log_in("consulent", team=team).get(pad).status_code == 403
    assert log_in("teammanager").get(pad).status_code == 403
    assert log_in("teammanager", team=team).get(pad).status_code == 200


def test_de_lijsten_kosten_even_veel_bij_meer_mensen(consulent: Any, opvolger: Any, client: Any) -> None:
    def meer(aantal: int) -> None:
        for _ in range(aantal):
            bied(met_regie(consulent), opvolger)
            met_regie(consulent)

    meer(2)
    client.force_login(opvolger.gebruiker)
    groeit_niet(lambda: client.get(reverse("overdrachten")), lambda: meer(6), "overdrachten", maximum=15)
    client.force_login(consulent.gebruiker)
    groeit_niet(lambda: client.get(reverse("overdrachten")), lambda: meer(3), "overdrachten van mij", maximum=15)
    groeit_niet(lambda: client.get(reverse("caseload_overdragen")), lambda: meer(6), "caseload", maximum=15)


def test_de_volgende_actie_in_lijsten_gaat_meteen_mee(consulent: Any, opvolger: Any) -> None:
    persoon = DeelnemerFabriek()
    wijs_regie_toe(persoon, consulent, klok.vandaag(), actor=TOETS)
    persoon.refresh_from_db()
    assert persoon.volgende_actie_op is None
    bied(persoon, opvolger)
    persoon.refresh_from_db()
    assert persoon.volgende_actie_op == klok.vandaag()
