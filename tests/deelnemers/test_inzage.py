"""The overview of everything we know (AVG art. 15): whole, with who looked, and nothing of somebody else."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as instellingen
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deelnemers import leesvragen
from deelnemers.models import Inzagebestand, Leesverbod, Privacyverzoek, Veiligheidsmelding
from deelnemers.services import inzage, privacy
from deelnemers.services.inschrijven import leg_bsn_vast
from deelnemers.services.regie import doorbreek
from kern import klok, verzegeld
from kern.handeling import Actor, handeling
from kern.leeslog import Lezing
from kern.models import ApiClient, Leesregel, Taakloop
from kern.taken import voer_uit
from tests.deelnemers.fabrieken import DAG, TOETS, ContactFabriek, DeelnemerFabriek, bsn, gehuwd, met_regie
from tests.hulp.bron import KAMERS, python_van, tekst
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _map(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def in_behandeling(deelnemer: Any) -> Privacyverzoek:
    rij = privacy.neem_in(deelnemer, "inzage", klok.vandaag(), "balie", actor=TOETS)
    return privacy.stel_identiteit_vast(rij, "document", actor=TOETS)


def samengesteld(rij: Privacyverzoek, gemeente: Any) -> dict[str, Any]:
    """Made by the job, as in real life; gives the JSON."""
    inzage.vraag_samenstellen(rij, actor=TOETS)
    loop = voer_uit(inzage.TAAK, gemeente)
    assert loop.tellingen == {"overzichten": 1}
    return json.loads(inzage.inhoud(Inzagebestand.objects.get(verzoek=rij, soort="json")) or b"")


def kijkt(medewerker: Any, deelnemer: Any, naam: str = "dossier.bekijken", grond: str = "regie") -> None:
    lezing = Lezing()
    lezing.toon(naam, [deelnemer.pk], grond=grond)
    lezing.leg_vast_voor(Actor.van_gebruiker(medewerker.gebruiker))


def onderdeel(gegevens: dict[str, Any], titel: str) -> list[dict[str, str]]:
    return next((deel["rijen"] for deel in gegevens["onderdelen"] if deel["titel"] == titel), [])


# --- What is in it -------------------------------------------------------------------------------------------------
def test_alles_van_de_persoon_en_niets_van_een_ander(gemeente: Any, consulent: Any) -> None:
    deelnemer = met_regie(consulent, roepnaam="Samira")
    partner = DeelnemerFabriek(roepnaam="Partnernaam", geslachtsnaam="Vreemdeling", geboortedatum=dt.date(1990, 2, 3))
    gehuwd(deelnemer, partner)
    leg_bsn_vast(deelnemer, bsn(0), actor=TOETS, controle="document")
    ContactFabriek(deelnemer=deelnemer, inhoud="Gebeld over de kinderopvang.")
    ContactFabriek(deelnemer=partner, inhoud="Geheim van de partner.")
    gegevens = samengesteld(in_behandeling(deelnemer), gemeente)
    wie = onderdeel(gegevens, "Wie je bent")[0]
    assert (wie["roepnaam"], wie["burgerservicenummer"]) == ("Samira", bsn(0))
    assert onderdeel(gegevens, "Contacten")[0]["notitie"] == "Gebeld over de kinderopvang."
    assert onderdeel(gegevens, "Huishouden") and onderdeel(gegevens, "Uitkering")
    alles = json.dumps(gegevens, ensure_ascii=False)
    for geheim in ("Vreemdeling", "Partnernaam", "3 februari 1990", "Geheim van de partner"):
        assert geheim not in alles


def test_wie_een_veiligheidsmelding_deed_staat_er_niet_in(gemeente: Any, consulent: Any, manager: Any) -> None:
    deelnemer = met_regie(consulent)
    with handeling(FABRIEK):
        Veiligheidsmelding.objects.create(
            deelnemer=deelnemer, gedrag="Schreeuwde aan de balie.", maatregel="Spreek af met twee collega’s.",
            bron="Buurvrouw Jansen", vastgesteld_op=klok.vandaag(), vastgesteld_door=consulent,
            tweede_persoon=manager, geldig_tot=klok.vandaag() + 90 * DAG,
        )  # fmt: skip
    gegevens = samengesteld(in_behandeling(deelnemer), gemeente)
    assert onderdeel(gegevens, "Veiligheid")[0]["wat is er gezien"] == "Schreeuwde aan de balie."
    alles = json.dumps(gegevens, ensure_ascii=False)
    assert "Buurvrouw" not in alles and manager.naam not in alles
    assert any("veiligheidsmelding" in zin for zin in gegevens["nooitMeegegeven"])


def test_ook_waarvoor_en_welke_rechten(gemeente: Any) -> None:
    gegevens = samengesteld(in_behandeling(DeelnemerFabriek()), gemeente)
    begeleiding = next(v for v in gegevens["verwerkingen"] if v["naam"] == "Begeleiden naar werk")
    assert begeleiding["grondslag"] and begeleiding["bewaren"] and begeleiding["ontvangers"]
    assert any("Autoriteit Persoonsgegevens" in zin for zin in gegevens["rechten"])
    assert (gegevens["formaat"], gegevens["versie"]) == ("reintegratie-inzage", 1)
    assert gegevens["verzoek"]["identiteit"] == "identiteitsbewijs gezien aan de balie"


def test_wat_je_achterhoudt_is_weg_met_de_reden(gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    ContactFabriek(deelnemer=deelnemer, inhoud="Zus Fatima belde.")
    rij = in_behandeling(deelnemer)
    privacy.houd_achter(rij, {"Contacten": "derden"}, actor=TOETS)
    gegevens = samengesteld(rij, gemeente)
    assert "Fatima" not in json.dumps(gegevens)
    assert gegevens["achtergehouden"][0]["onderdeel"] == "Contacten"
    with pytest.raises(ValidationError, match="Deels toewijzen"):
        privacy.beslis(rij, "toewijzen", reden="Hier is het overzicht.", actor=TOETS)
    assert privacy.beslis(rij, "deels", reden="Zonder de contacten.", actor=TOETS).status == "deels"
    assert inzage.brief(Privacyverzoek.objects.get(pk=rij.pk)).startswith(b"%PDF-")


# --- Who looked ----------------------------------------------------------------------------------------------------
@pytest.mark.eis("R223", "Elke lezing is terug te geven: wie, wanneer, welk dossier, waarom")
def test_wie_keek_wanneer_en_waarom_in_gewone_woorden(gemeente: Any, consulent: Any, maak_medewerker: Any) -> None:
    deelnemer, vreemde = met_regie(consulent), maak_medewerker("consulent")
    kijkt(consulent, deelnemer)
    kijkt(consulent, deelnemer)
    kijkt(vreemde, deelnemer, grond="doorbreking")
    with handeling(FABRIEK):
        client = ApiClient.objects.create(naam="Intake Amstelstad", client_id="intake-toets")
    lezing = Lezing()
    lezing.toon("api.aanmelding", [deelnemer.pk], grond="aanmelder")
    lezing.leg_vast_voor(Actor.van_client(client))
    gegevens = samengesteld(in_behandeling(deelnemer), gemeente)
    (dag,) = gegevens["lezers"]
    assert dag["dag"] == timezone.localdate().isoformat()
    wie = {keer["wie"]: keer for keer in dag["keren"]}
    eigen = wie[f"consulent, {consulent.rollen.get().team.naam}"]
    assert (eigen["wat"], eigen["waarom"]) == ("opende je dossier", "begeleidt jou")
    assert "2 keer" in eigen["wanneer"] or eigen["wanneer"].count("uur") == 1
    assert "schreef op waarom" in wie[f"consulent, {vreemde.rollen.get().team.naam}"]["waarom"]
    assert wie["het systeem van Intake Amstelstad"]["waarom"] == "meldde jou aan"
    alles = json.dumps(gegevens, ensure_ascii=False)
    for naam in (consulent.naam, vreemde.naam, consulent.gebruiker.naam, vreemde.gebruiker.naam):
        assert naam not in alles


def test_elke_grond_heeft_gewone_woorden() -> None:
    """The grounds that the code writes are the ones that we can explain."""
    import re

    bron = "\n".join(tekst(pad) for kamer in KAMERS if kamer != "reintegratie" for pad in python_van(kamer))
    gebruikt = set(re.findall(r'grond="([a-z_]+)"', bron)) | set(re.findall(r'\bGROND = "([a-z_]+)"', bron))
    assert gebruikt <= leesvragen.GRONDEN.keys(), gebruikt - leesvragen.GRONDEN.keys()


def test_het_logboek_voor_machines_noemt_niemand(log_in: Any, consulent: Any) -> None:
    """Logboek Dataverwerkingen: the person as a pseudonym, no reader, and the register in every line."""
    deelnemer, officer = met_regie(consulent), log_in("privacy_officer")
    kijkt(consulent, deelnemer)
    antwoord = officer.get(reverse("lezers_logboek", args=[deelnemer.dossiernummer]))
    regels = [json.loads(regel) for regel in antwoord.content.decode().splitlines()]
    assert regels[0]["name"] == "dossier.bekijken" and len(regels[0]["span_id"]) == 16
    assert len(regels[0]["trace_id"]) == 32 and regels[0]["status"] == "Ok"
    attributen = regels[0]["attributes"]
    assert attributen["dpl.core.processing_activity_id"].endswith("/verwerkingsregister/begeleiding")
    assert attributen["dpl.core.data_subject_id"] == leesvragen.pseudoniem(deelnemer.pk)
    inhoud = antwoord.content.decode()
    for naam in (consulent.naam, consulent.gebruiker.naam, deelnemer.naam):
        assert naam not in inhoud
    assert deelnemer.dossiernummer not in inhoud


def test_de_bladzijde_toont_de_naam_alleen_aan_wie_toezicht_houdt(log_in: Any, consulent: Any) -> None:
    deelnemer, officer = met_regie(consulent), log_in("privacy_officer")
    kijkt(consulent, deelnemer)
    pad = reverse("lezers", args=[deelnemer.dossiernummer])
    inhoud = officer.get(pad).content.decode()
    assert consulent.gebruiker.naam in inhoud and "Opende je dossier" in inhoud and "Begeleidt jou" in inhoud
    regel = Leesregel.objects.latest("id")
    assert (regel.verwerking, regel.grond) == ("inzage.lezers", "privacy")
    leeg = officer.get(pad, {"van": "1-1-2020", "tot": "31-1-2020"}).content.decode()
    assert "Niemand keek in deze tijd" in leeg


def test_de_bladzijde_kost_niet_meer_bij_meer_lezers(log_in: Any, consulent: Any, maak_medewerker: Any) -> None:
    deelnemer, officer = met_regie(consulent), log_in("privacy_officer")

    def meer() -> None:
        for _ in range(4):
            kijkt(maak_medewerker("consulent"), deelnemer, grond="team")

    meer()
    groeit_niet(lambda: officer.get(reverse("lezers", args=[deelnemer.dossiernummer])), meer, "wie keek", 12)


# --- The files -----------------------------------------------------------------------------------------------------
def test_van_samenstellen_tot_overhandigen(log_in: Any, gemeente: Any) -> None:
    officer, rij = log_in("privacy_officer"), in_behandeling(DeelnemerFabriek())
    pad = reverse("privacyverzoek", args=[rij.pk])
    assert officer.post(pad, {"stap": "samenstellen"}).status_code == 302
    assert "wachtrij" in officer.get(pad).content.decode()
    assert voer_uit(inzage.TAAK, gemeente).tellingen == {"overzichten": 1}
    assert Leesregel.objects.filter(verwerking="inzage.samenstellen", actor_soort="taak").exists()
    assert "Overzicht als PDF" in officer.get(pad).content.decode()
    for soort, begin in (("pdf", b"%PDF-"), ("json", b"{")):
        antwoord = officer.get(reverse("privacyverzoek_bestand", args=[rij.pk, soort]))
        assert antwoord.content.startswith(begin) and antwoord["Cache-Control"] == "no-store"
        assert Leesregel.objects.latest("id").verwerking == "inzage.bestand"
    besluit = {"stap": "beslissen", "besluit-actie": "toewijzen", "besluit-reden": "Hier is je overzicht."}
    assert officer.post(pad, besluit).status_code == 302
    assert officer.post(pad, {"stap": "overhandigen", "hoe-wijze": "balie"}).status_code == 302
    rij.refresh_from_db()
    assert (rij.overhandigd_wijze, rij.overhandigd_op) == ("balie", klok.vandaag())
    assert officer.post(pad, {"stap": "samenstellen"}).status_code == 302  # refused in a sentence
    assert Taakloop.objects.filter(taak=inzage.TAAK).count() == 1


def test_kiezen_wat_je_niet_meegeeft(log_in: Any) -> None:
    officer, rij = log_in("privacy_officer"), in_behandeling(DeelnemerFabriek())
    pad = reverse("privacyverzoek_achterhouden", args=[rij.pk])
    assert "Wie je bent" in officer.get(pad).content.decode()
    assert officer.post(pad, {"deel_0": "onderzoek"}).status_code == 302
    assert rij.achtergehouden.get().onderdeel == "Wie je bent"


def test_zonder_overzicht_geen_toewijzing_en_zonder_identiteit_geen_overzicht(gemeente: Any) -> None:
    rij = privacy.neem_in(DeelnemerFabriek(), "inzage", klok.vandaag(), "balie", actor=TOETS)
    with pytest.raises(ValidationError, match="Stel eerst vast"):
        inzage.vraag_samenstellen(rij, actor=TOETS)
    privacy.stel_identiteit_vast(rij, "document", actor=TOETS)
    with pytest.raises(ValidationError, match="Stel eerst het overzicht samen"):
        privacy.beslis(rij, "toewijzen", reden="Hier is het.", actor=TOETS)


def test_het_bestand_is_nooit_publiek_en_verloopt(log_in: Any, gemeente: Any, settings: Any) -> None:
    officer, rij = log_in("privacy_officer"), in_behandeling(DeelnemerFabriek())
    samengesteld(rij, gemeente)
    pad = reverse("privacyverzoek_bestand", args=[rij.pk, "json"])
    assert Client().get(pad).status_code == 302  # to the log-in page
    plaats = Path(instellingen.MEDIA_ROOT) / Inzagebestand.objects.get(soort="json").plaats
    assert plaats.stat().st_mode & 0o077 == 0
    assert rij.deelnemer.dossiernummer not in str(plaats)
    settings.PEILDATUM = (klok.vandaag() + 31 * DAG).isoformat()
    assert officer.get(pad).status_code == 404
    assert inzage.wis_verlopen(TOETS) == 2
    assert not plaats.exists() and not Inzagebestand.objects.exists()


@pytest.mark.eis("R228", "Het overzicht ligt versleuteld in de opslag; alleen wie het mag geven, krijgt het leesbaar")
def test_het_bestand_ligt_verzegeld(gemeente: Any) -> None:
    rij = in_behandeling(DeelnemerFabriek(geslachtsnaam="Zoekmij"))
    samengesteld(rij, gemeente)
    for bestand in Inzagebestand.objects.order_by("pk"):
        rauw = (Path(instellingen.MEDIA_ROOT) / bestand.plaats).read_bytes()
        assert rauw.startswith(verzegeld.KOP) and b"Zoekmij" not in rauw and b"%PDF" not in rauw
    assert b"Zoekmij" in (inzage.inhoud(Inzagebestand.objects.get(soort="json")) or b"")


def test_het_overzicht_zegt_elke_keer_lezen(gemeente: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leesvragen, "HOOGSTENS", 2)
    rij = in_behandeling(DeelnemerFabriek())
    for nummer in range(5):
        lezing = Lezing()
        lezing.toon("dossier.bekijken", [rij.deelnemer_id], grond="team")
        lezing.leg_vast_voor(Actor.taak(f"lezer {nummer}"))
    assert sum(len(dag["keren"]) for dag in inzage.stel_op(rij)["lezers"]) >= 5


@pytest.mark.parametrize("rol", ["consulent", "teammanager", "functioneel_beheerder", "auditor"])
def test_niemand_anders_haalt_het_op(log_in: Any, gemeente: Any, rol: str) -> None:
    rij = in_behandeling(DeelnemerFabriek())
    samengesteld(rij, gemeente)
    wie = log_in(rol)
    for soort in ("pdf", "json"):
        assert wie.get(reverse("privacyverzoek_bestand", args=[rij.pk, soort])).status_code == 403
    assert wie.get(reverse("privacyverzoek", args=[rij.pk])).status_code == 403


def test_opnieuw_samenstellen_vervangt_en_ruimt_op(gemeente: Any) -> None:
    rij = in_behandeling(DeelnemerFabriek())
    samengesteld(rij, gemeente)
    eerste = {b.plaats for b in Inzagebestand.objects.all()}
    samengesteld(rij, gemeente)
    assert Inzagebestand.objects.count() == 2
    assert not any((Path(instellingen.MEDIA_ROOT) / plaats).exists() for plaats in eerste)


def test_overzicht_bij_leesverbod_en_doorbreking_noemt_functies(gemeente: Any, consulent: Any, manager: Any) -> None:
    deelnemer = met_regie(consulent)
    doorbreek(deelnemer, manager, "Verving een zieke collega.", actor=TOETS)
    with handeling(FABRIEK):
        Leesverbod.objects.create(deelnemer=deelnemer, medewerker=manager, reden="bekende", begindatum=klok.vandaag())
    gegevens = samengesteld(in_behandeling(deelnemer), gemeente)
    (rij,) = onderdeel(gegevens, "Dossier geopend met een reden")
    assert rij["reden"] == "Verving een zieke collega." and manager.naam not in str(gegevens)
