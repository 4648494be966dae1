"""The plan of a household over two regievoerders, the kaartenbak, walking the caseload, and the draft of a note."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from deelnemers.models import Deelnemer, Huishouden, Leesverbod, Notitieconcept, Toezegging, Uitkeringsgerechtigde
from deelnemers.services.concept import bewaar_concept, wis_oude_concepten
from deelnemers.services.contact import CONTACT_OPNEMEN, leg_contact_vast, plan_contact_velen, zeg_toe
from deelnemers.services.gezin import kies_gezinsregisseur
from deelnemers.services.leestoezicht import verbied
from deelnemers.services.regie import wijs_regie_toe
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel, Werkvoorraad
from organisatie.services.planning import leg_waarneming_vast
from regelgeving import opzoeken
from regelgeving.models import Parameter
from tests.deelnemers.fabrieken import DAG, TOETS, DeelnemerFabriek, gehuwd, met_regie, met_uitkering
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek


@pytest.fixture
def ander(maak_medewerker: Any) -> Any:
    return maak_medewerker("consulent", team=TeamFabriek(naam="Team West"))


@pytest.fixture
def stel(consulent: Any, ander: Any) -> tuple[Deelnemer, Deelnemer]:
    """Two partners, each with a regievoerder of another team."""
    een, twee = met_regie(consulent, roepnaam="Samira"), met_regie(ander, roepnaam="Karim")
    gehuwd(een, twee)
    return een, twee


def gezegd(deelnemer: Deelnemer, wat: str) -> None:
    zeg_toe(deelnemer, "wij", wat, klok.vandaag() + DAG, medewerker=deelnemer.regievoerder, actor=TOETS)


# --- Household -----------------------------------------------------------------------------------------------------
@pytest.mark.eis(
    "R005", "Het plan van een huishouden toont de andere regisseur, en van wie je mag lezen ook doelen en afspraken"
)
def test_het_gezinsplan_toont_beide_plannen_zover_je_mag_lezen(
    stel: tuple[Deelnemer, Deelnemer], consulent: Any, ander: Any, client: Any
) -> None:
    een, twee = stel
    gezegd(een, "Opvang zoeken")
    gezegd(twee, "Rijbewijs regelen")
    client.force_login(consulent.gebruiker)
    pad = reverse("huishouden", args=[een.dossiernummer])
    tekst = client.get(pad).content.decode()
    assert "Opvang zoeken" in tekst and ander.naam in tekst
    assert "Rijbewijs regelen" not in tekst and "Je werkt niet met deze persoon" in tekst
    leg_waarneming_vast(consulent, ander, begindatum=klok.vandaag(), einddatum=klok.vandaag(), actor=TOETS)
    tekst = client.get(pad).content.decode()
    assert "Rijbewijs regelen" in tekst and tekst.count("Werk, minstens") + tekst.count("Doel</p>") >= 2
    verbied(twee, consulent, "familie", actor=TOETS)
    assert "Rijbewijs regelen" not in client.get(pad).content.decode()
    assert Leesverbod.objects.count() == 1


@pytest.mark.eis("R005", "Eén van de regievoerders is gezinsregisseur; de regie per persoon blijft waar zij is")
def test_een_gezinsregisseur_uit_de_regievoerders(
    stel: tuple[Deelnemer, Deelnemer], consulent: Any, ander: Any, client: Any, maak_medewerker: Any
) -> None:
    een, twee = stel
    thuis = Huishouden.objects.get()
    with pytest.raises(ValidationError, match="begeleidt niemand"):
        kies_gezinsregisseur(thuis, maak_medewerker("consulent"), actor=TOETS)
    client.force_login(consulent.gebruiker)
    zet = reverse("gezinsregisseur_zet", args=[een.dossiernummer])
    client.post(zet, {"medewerker": ander.pk})
    thuis.refresh_from_db()
    assert thuis.gezinsregisseur_id == ander.pk
    een.refresh_from_db()
    twee.refresh_from_db()
    assert (een.regievoerder_id, twee.regievoerder_id) == (consulent.pk, ander.pk)
    assert "houdt het overzicht" in client.get(reverse("huishouden", args=[een.dossiernummer])).content.decode()
    client.post(zet, {"medewerker": ""})
    thuis.refresh_from_db()
    assert thuis.gezinsregisseur_id is None


# --- Kaartenbak ----------------------------------------------------------------------------------------------------
def stil(medewerker: Any, weken: int, **velden: Any) -> Deelnemer:
    deelnemer = met_regie(medewerker, **velden)
    wanneer = klok.nu() - dt.timedelta(weeks=weken)
    leg_contact_vast(deelnemer, "Gebeld", kanaal="telefoon", wanneer=wanneer, medewerker=medewerker, actor=TOETS)
    return deelnemer


@pytest.mark.eis("R015", "De kaartenbak toont wie zo veel weken niet is gesproken als de instelling zegt, langst eerst")
def test_de_kaartenbak_volgt_de_instelling(consulent: Any, client: Any) -> None:
    lang, kort, nooit = (
        stil(consulent, 9, geslachtsnaam="Lang"),
        stil(consulent, 4, geslachtsnaam="Kort"),
        met_regie(consulent, geslachtsnaam="Nooit"),
    )
    client.force_login(consulent.gebruiker)
    tekst = client.get(reverse("kaartenbak")).content.decode()
    assert tekst.index(nooit.naam) < tekst.index(lang.naam) and kort.naam not in tekst
    assert "langer dan 6 weken geen contact" in tekst
    with handeling(FABRIEK):
        Parameter.objects.filter(sleutel="contact.weken_zonder").update(waarde="3")
    opzoeken.vergeet()
    tekst = client.get(reverse("kaartenbak")).content.decode()
    assert kort.naam in tekst and "langer dan 3 weken geen contact" in tekst
    opzoeken.vergeet()


def test_de_kaartenbak_van_een_team_en_van_een_collega(
    consulent: Any, team: Any, log_in: Any, maak_medewerker: Any
) -> None:
    een, twee = stil(consulent, 9), stil(maak_medewerker("consulent", team=team), 9)
    vreemd = stil(maak_medewerker("consulent"), 9)
    baas = log_in("teammanager", team=team)
    tekst = baas.get(reverse("kaartenbak"), {"van": "team"}).content.decode()
    assert een.naam in tekst and twee.naam in tekst and vreemd.naam not in tekst
    alleen = baas.get(reverse("kaartenbak"), {"van": consulent.pk}).content.decode()
    assert een.dossiernummer in alleen and twee.dossiernummer not in alleen


@pytest.mark.eis(
    "R015", "Wie geen traject heeft maar wel een regievoerder of een uitkering, staat ook in de kaartenbak"
)
def test_ook_zonder_traject_in_de_kaartenbak(consulent: Any, team: Any, client: Any, log_in: Any) -> None:
    def zonder_traject(naam: str, weken: int | None = 9) -> Deelnemer:
        deelnemer = DeelnemerFabriek(geslachtsnaam=naam)
        wijs_regie_toe(deelnemer, consulent, klok.vandaag() - dt.timedelta(weeks=10), actor=TOETS)
        if weken is not None:
            wanneer = klok.nu() - dt.timedelta(weeks=weken)
            leg_contact_vast(deelnemer, "Gebeld", kanaal="telefoon", wanneer=wanneer, actor=TOETS)
        return deelnemer

    lang, nooit = zonder_traject("Lang"), zonder_traject("Nooit", None)
    zonder_traject("Kort", 2)
    uit = zonder_traject("Uitgestroomd")
    uitkering = met_uitkering(uit)
    nieuw = DeelnemerFabriek(geslachtsnaam="Nieuw")
    wijs_regie_toe(nieuw, consulent, klok.vandaag() - DAG, actor=TOETS)
    client.force_login(consulent.gebruiker)

    def staan_erin() -> list[str]:
        return [d.geslachtsnaam for d, _ in client.get(reverse("kaartenbak")).context["mensen"]]

    assert staan_erin() == [nooit.geslachtsnaam, lang.geslachtsnaam, "Uitgestroomd"]
    with handeling(FABRIEK):
        dag = klok.vandaag() - 30 * DAG
        Uitkeringsgerechtigde.objects.filter(deelnemer=uit).update(einddatum=dag)
        type(uitkering).objects.filter(pk=uitkering.pk).update(
            laatste_dag=dag, reden_einde="01", einde_bevestigd_op=dag
        )
    assert staan_erin() == [nooit.geslachtsnaam, lang.geslachtsnaam]
    zonder = DeelnemerFabriek(geslachtsnaam="Zonder regie", team=team)
    met_uitkering(zonder)
    blad = log_in("teammanager", team=team).get(reverse("kaartenbak"), {"van": "team"})
    assert blad.context["aantal"] == 3 and "nog niemand" in blad.content.decode(), (
        "ook per team, en zonder regievoerder"
    )


def test_contact_plannen_voor_velen_zegt_wie_niet_mee_kan(consulent: Any, client: Any) -> None:
    een, twee = stil(consulent, 9), stil(consulent, 9)
    overleden = stil(consulent, 9)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=overleden.pk).update(overleden_op=klok.vandaag())
    dag = klok.vandaag() + 2 * DAG
    plan_contact_velen([een], dag, actor=TOETS)
    gelukt, niet = plan_contact_velen([een, twee, overleden], dag, actor=TOETS)
    assert [t.deelnemer_id for t in gelukt] == [twee.pk]
    assert {d.pk: waarom for d, waarom in niet} == {
        een.pk: "Er staat al een contact gepland.", overleden.pk: "Deze persoon is overleden.",
    }  # fmt: skip
    assert Werkvoorraad.objects.filter(titel=CONTACT_OPNEMEN, voor=consulent.gebruiker).count() == 2


def test_bulk_in_de_kaartenbak_alleen_voor_je_eigen_mensen(consulent: Any, client: Any, ander: Any) -> None:
    mijn, vreemd, zet = stil(consulent, 9), stil(ander, 9), reverse("kaartenbak_zet")
    client.force_login(consulent.gebruiker)
    dag = klok.vandaag().strftime("%d-%m-%Y")
    client.post(zet, {"persoon": [mijn.pk, vreemd.pk], "actie": "contact", "dag": "01-01-2001"})
    assert not Toezegging.objects.exists()
    client.post(zet, {"persoon": [mijn.pk, vreemd.pk], "actie": "contact", "dag": dag})
    assert [t.deelnemer_id for t in Toezegging.objects.all()] == [mijn.pk]
    door = client.post(zet, {"persoon": [mijn.pk], "actie": "overdragen"})
    assert door.url == f"{reverse('caseload_overdragen')}?van={consulent.pk}&persoon={mijn.pk}"
    assert client.post(zet, {"persoon": [], "actie": "contact", "dag": dag}).status_code == 302


# --- Walk and draft ------------------------------------------------------------------------------------------------
def test_door_de_caseload_lopen_opent_een_mens_tegelijk(consulent: Any, ander: Any, client: Any) -> None:
    een, twee = met_regie(consulent, geslachtsnaam="Aa"), met_regie(consulent, geslachtsnaam="Bb")
    vreemd = met_regie(ander)
    gezegd(twee, "Rijbewijs regelen")
    client.force_login(consulent.gebruiker)
    pad = reverse("caseload_lopen")
    eerst = client.get(pad).content.decode()
    assert een.naam in eerst and "Rijbewijs regelen" not in eerst
    tweede = client.get(pad, {"persoon": twee.dossiernummer}).content.decode()
    assert "Rijbewijs regelen" in tweede and 'aria-current="true">' + twee.naam in tweede
    regels = Leesregel.objects.order_by("-id")[:4]
    assert any(r.verwerking == "caseload.lopen" and r.betrokkenen == [twee.pk] for r in regels)
    assert client.get(pad, {"persoon": vreemd.dossiernummer}).status_code == 404
    notitie = reverse("notitie", args=[twee.dossiernummer])
    terug = f"{pad}?persoon={twee.dossiernummer}"
    assert client.post(notitie, {"tekst": "Gebeld", "terug": terug}).url == terug
    assert client.post(notitie, {"tekst": "Gebeld", "terug": "https://elders.example/caseload/lopen"}).url == reverse(
        "dossier", args=[twee.dossiernummer]
    )


def test_lopen_en_kaartenbak_kosten_even_veel_bij_meer_mensen(consulent: Any, client: Any) -> None:
    def meer(aantal: int) -> None:
        for _ in range(aantal):
            stil(consulent, 9)

    meer(3)
    client.force_login(consulent.gebruiker)
    groeit_niet(lambda: client.get(reverse("kaartenbak")), lambda: meer(6), "kaartenbak", maximum=12)
    groeit_niet(lambda: client.get(reverse("caseload_lopen")), lambda: meer(6), "lopen", maximum=28)


def test_een_concept_overleeft_een_verloren_sessie(consulent: Any, client: Any) -> None:
    persoon = met_regie(consulent)
    client.force_login(consulent.gebruiker)
    concept = reverse("notitie_concept_zet", args=[persoon.dossiernummer])
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    assert client.post(concept, {"tekst": "Samira wil in de zorg", "terug_op": "1-12-2026"}).status_code == 204
    client.logout()
    assert client.post(concept, {"tekst": "weg"}).status_code == 302
    client.force_login(consulent.gebruiker)
    tekst = client.get(dossier).content.decode()
    assert ">Samira wil in de zorg</textarea>" in tekst and 'value="1-12-2026"' in tekst
    assert "nog niet bewaard in het dossier" in tekst
    assert 'name="gevoelig" value="on">' in tekst
    client.post(reverse("notitie", args=[persoon.dossiernummer]), {"tekst": "Samira wil in de zorg"})
    assert not Notitieconcept.objects.exists()
    assert "nog niet bewaard" not in client.get(dossier).content.decode()


@pytest.mark.eis("R228", "Een concept dat terugkomt is nog net zo gevoelig als het was")
def test_een_concept_houdt_het_vinkje_en_de_dag(consulent: Any, client: Any) -> None:
    persoon = met_regie(consulent)
    client.force_login(consulent.gebruiker)
    velden = {"tekst": "Hij is ziek", "gevoelig": "on", "wanneer": "1-3-2026", "gelukt": "nee", "soort": "telefoon"}
    client.post(reverse("notitie_concept_zet", args=[persoon.dossiernummer]), velden)
    for adres in (reverse("dossier", args=[persoon.dossiernummer]), reverse("caseload_lopen")):
        tekst = client.get(adres).content.decode()
        assert 'name="gevoelig" value="on" checked>' in tekst and 'name="wanneer" value="1-3-2026"' in tekst
        assert '<option value="nee" selected>' in tekst and '<option value="telefoon" selected>' in tekst


def test_een_concept_is_van_een_mens_en_verdwijnt_vanzelf(consulent: Any, team: Any, client: Any, log_in: Any) -> None:
    persoon = met_regie(consulent)
    bewaar_concept(persoon, consulent, "Alleen van mij", actor=TOETS)
    collega = log_in("consulent", team=team)
    assert "Alleen van mij" not in collega.get(reverse("dossier", args=[persoon.dossiernummer])).content.decode()
    bewaar_concept(persoon, consulent, "  ", actor=TOETS)
    assert not Notitieconcept.objects.exists()
    bewaar_concept(persoon, consulent, "Oud", actor=TOETS)
    assert wis_oude_concepten(actor=TOETS) == 0
    with handeling(FABRIEK):
        Notitieconcept.objects.update(bewaard_op=klok.nu() - 31 * DAG)
    assert wis_oude_concepten(actor=TOETS) == 1


def test_wie_waarneemt_ziet_caseload_vandaag_en_zoeken_zonder_reden(
    consulent: Any, client: Any, maak_medewerker: Any
) -> None:
    """The stand-in has the same relation in that period, everywhere; the day after it is over."""
    persoon = met_regie(consulent, geslachtsnaam="Waarneming")
    gezegd(persoon, "Opvang zoeken")
    with handeling(FABRIEK):
        Toezegging.objects.update(voor=klok.vandaag())
        Werkvoorraad.objects.filter(soort="toezegging").update(op=klok.vandaag())
    waarnemer = maak_medewerker("consulent")
    rij = leg_waarneming_vast(waarnemer, consulent, begindatum=klok.vandaag(), einddatum=klok.vandaag(), actor=TOETS)
    client.force_login(waarnemer.gebruiker)
    dossier = reverse("dossier", args=[persoon.dossiernummer])
    plekken = [
        *(reverse(naam) for naam in ("caseload", "caseload_lopen", "kaartenbak")),
        dossier,
        f"{reverse('zoekpalet')}?q=Waarneming",
        reverse("overdracht_nieuw", args=[persoon.dossiernummer]),
    ]
    for pad in plekken:
        assert persoon.naam in client.get(pad).content.decode(), pad
    assert (
        "Opvang zoeken" in client.get("/").content.decode()
        or "Opvang zoeken" in client.get(reverse("vandaag")).content.decode()
    )
    assert Leesregel.objects.filter(verwerking="dossier.bekijken").order_by("-id")[0].grond == "waarneming"
    with handeling(FABRIEK):
        type(rij).objects.filter(pk=rij.pk).update(begindatum=klok.vandaag() - DAG, einddatum=klok.vandaag() - DAG)
    for pad in plekken[:3]:
        assert persoon.naam not in client.get(pad).content.decode(), pad
    assert client.get(dossier).status_code == 302
