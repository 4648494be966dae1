"""Who may never open a dossier, what stands out in the read log, and who looks at it (R223)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from aanmeldingen.toegang import AANMELDINGEN
from deelnemers import querysets as vragen
from deelnemers.keuzes import Signaalsoort
from deelnemers.models import Deelnemer, Doorbreking, Leessignaal, Leesverbod
from deelnemers.services import leestoezicht
from deelnemers.services.regie import beoordeel_doorbreking, doorbreek, wijs_regie_toe
from deelnemers.toegang import DOSSIER
from kern import klok
from kern.handeling import handeling
from kern.models import Werkvoorraad, Zoekingang
from tests.deelnemers.fabrieken import DAG, TOETS, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK
from werkgevers.toegang import BEMIDDELING, KANDIDAAT

pytestmark = pytest.mark.django_db
REDEN = "Collega vroeg mee te kijken"


def vers(medewerker: Any) -> Any:
    return type(medewerker).objects.get(pk=medewerker.pk)


# --- Barred ------------------------------------------------------------------------------------------------------
def test_wie_een_dossier_niet_mag_openen_ziet_het_nergens(consulent: Any, manager: Any, team: Any) -> None:
    """Filter and check agree, whatever the relation: team, list, search, matching."""
    deelnemer = met_regie(consulent)
    assert DOSSIER.mag(deelnemer, vers(manager))
    leestoezicht.verbied(deelnemer, manager, "familie", actor=TOETS)
    manager = vers(manager)
    assert not DOSSIER.mag(deelnemer, manager)
    assert not DOSSIER.beperk(Deelnemer.objects.all(), manager).filter(pk=deelnemer.pk).exists()
    assert not vragen.team_caseload(manager).filter(pk=deelnemer.pk).exists()
    assert not Zoekingang.objects.filter(DOSSIER.op_betrokkene(manager, "betrokkene_id")).exists()
    for regel in (KANDIDAAT, BEMIDDELING, AANMELDINGEN):
        assert regel.filter(manager) is not None
    assert DOSSIER.mag(deelnemer, vers(consulent))


def test_ook_niet_met_een_reden_en_een_lopende_doorbreking_stopt(consulent: Any, maak_medewerker: Any) -> None:
    deelnemer, vreemde = met_regie(consulent), maak_medewerker("consulent")
    doorbreek(deelnemer, vreemde, REDEN, actor=TOETS)
    assert DOSSIER.mag(deelnemer, vers(vreemde))
    leestoezicht.verbied(deelnemer, vreemde, "zelf", actor=TOETS)
    assert not DOSSIER.mag(deelnemer, vers(vreemde))
    with pytest.raises(ValidationError, match="mag dit dossier niet openen"):
        doorbreek(deelnemer, vreemde, REDEN, actor=TOETS)


def test_regie_gaat_niet_naar_wie_het_dossier_niet_mag_openen(consulent: Any, manager: Any, team: Any) -> None:
    deelnemer = met_regie(consulent)
    with pytest.raises(ValidationError, match="heeft de regie"):
        leestoezicht.verbied(deelnemer, consulent, "familie", actor=TOETS)
    leestoezicht.verbied(deelnemer, manager, "familie", actor=TOETS)
    with pytest.raises(ValidationError, match="Kies een ander"):
        wijs_regie_toe(deelnemer, manager, klok.vandaag(), team=team, actor=TOETS)


def test_twee_keer_verbieden_weigert_ook_de_database(consulent: Any, manager: Any) -> None:
    deelnemer = met_regie(consulent)
    leestoezicht.verbied(deelnemer, manager, "familie", actor=TOETS)
    with pytest.raises(ValidationError, match="al niet openen"):
        leestoezicht.verbied(deelnemer, manager, "zelf", actor=TOETS)
    with handeling(FABRIEK), pytest.raises(IntegrityError, match="leesverbod_geen_overlap"), transaction.atomic():
        Leesverbod.objects.create(deelnemer=deelnemer, medewerker=manager, reden="zelf", begindatum=klok.vandaag())


def test_beheerder_houdt_de_lijst_bij_zonder_namen_van_mensen(log_in: Any, consulent: Any, manager: Any) -> None:
    deelnemer = met_regie(consulent, roepnaam="Zeldzaam")
    beheer = log_in("functioneel_beheerder")
    gegevens = {"medewerker": manager.pk, "dossiernummer": deelnemer.dossiernummer, "reden": "familie"}
    assert beheer.post("/privacy/leesverboden", gegevens).status_code == 302
    inhoud = beheer.get("/privacy/leesverboden").content.decode()
    assert manager.naam in inhoud and deelnemer.dossiernummer in inhoud and "Zeldzaam" not in inhoud
    rij = Leesverbod.objects.get()
    assert beheer.post(reverse("leesverbod", args=[rij.pk]), {"reden": ""}).status_code == 400
    assert beheer.post(reverse("leesverbod", args=[rij.pk]), {"reden": "Zijn gescheiden."}).status_code == 302
    assert DOSSIER.mag(deelnemer, vers(manager))


# --- Signals -----------------------------------------------------------------------------------------------------
def gisteren() -> dt.date:
    return klok.vandaag() - DAG


def test_de_privacy_officer_beoordeelt_nooit_zichzelf(log_in: Any, gemeente: Any) -> None:
    officer = log_in("privacy_officer")
    with handeling(FABRIEK):
        rij = Leessignaal.objects.create(
            soort=Signaalsoort.BUITEN_WERKTIJD, dag=gisteren(), medewerker=officer.medewerker, aantal=9
        )
    pad = reverse("leessignaal", args=[rij.pk])
    antwoord = officer.post(pad, {"uitkomst": "verklaard", "toelichting": "Ik was het zelf."})
    assert antwoord.status_code == 400 and "Iemand anders" in antwoord.content.decode()


def test_een_signaal_staat_op_vandaag_en_gaat_weg_na_het_oordeel(log_in: Any, consulent: Any) -> None:
    officer = log_in("privacy_officer")
    deelnemer = met_regie(consulent)
    with handeling(FABRIEK):
        rij = Leessignaal.objects.create(
            soort=Signaalsoort.EIGEN_NAAM, dag=gisteren(), medewerker=consulent, deelnemer=deelnemer
        )
    leestoezicht.werk_lijst_bij(actor=TOETS)
    werk = Werkvoorraad.objects.get(kamer="privacy")
    assert (werk.voor_rol, werk.betrokkene_id) == ("privacy_officer", None)
    assert deelnemer.naam not in f"{werk.titel} {werk.toelichting} {werk.waarom}"
    assert officer.get("/privacy/leestoezicht").status_code == 200
    pad = reverse("leessignaal", args=[rij.pk])
    assert officer.post(pad, {"uitkomst": "verklaard", "toelichting": ""}).status_code == 400
    assert officer.post(pad, {"uitkomst": "verklaard", "toelichting": "Geen familie."}).status_code == 302
    assert not Werkvoorraad.objects.filter(kamer="privacy").exists()
    assert leestoezicht.werk_lijst_bij(actor=TOETS) == 0


# --- Break-glass ---------------------------------------------------------------------------------------------------
def test_een_onterechte_doorbreking_gaat_naar_de_privacy_officer(
    consulent: Any, manager: Any, maak_medewerker: Any
) -> None:
    deelnemer, vreemde = met_regie(consulent), maak_medewerker("consulent")
    beoordeel_doorbreking(doorbreek(deelnemer, vreemde, REDEN, actor=TOETS), manager, True, actor=TOETS)
    assert not Leessignaal.objects.exists()
    beoordeel_doorbreking(doorbreek(deelnemer, vreemde, REDEN, actor=TOETS), manager, False, actor=TOETS)
    rij = Leessignaal.objects.get()
    assert (rij.soort, rij.medewerker, rij.deelnemer) == (Signaalsoort.ONTERECHT, vreemde, deelnemer)
    assert Werkvoorraad.objects.filter(kamer="privacy", soort="leessignaal").exists()


def test_te_laat_beoordeeld_komt_bij_de_privacy_officer(log_in: Any, consulent: Any, maak_medewerker: Any) -> None:
    rij = doorbreek(met_regie(consulent), maak_medewerker("consulent"), REDEN, actor=TOETS)
    leestoezicht.werk_lijst_bij(actor=TOETS)
    assert not Werkvoorraad.objects.filter(kamer="privacy").exists()
    with handeling(FABRIEK):
        Doorbreking.objects.filter(pk=rij.pk).update(aangemaakt_op=klok.nu() - 5 * DAG)
    leestoezicht.werk_lijst_bij(actor=TOETS)
    assert Werkvoorraad.objects.get(kamer="privacy").soort == "doorbreking_te_laat"
    officer = log_in("privacy_officer")
    assert "Te laat beoordeeld" in officer.get("/privacy/leestoezicht").content.decode()
    assert officer.post(reverse("doorbreking", args=[rij.pk]), {"terecht": "ja"}).status_code == 302
    assert not Werkvoorraad.objects.filter(kamer="privacy").exists()


# --- Pages ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("rol", ["consulent", "teammanager", "inkomensconsulent", "controller"])
def test_alleen_met_het_recht(log_in: Any, consulent: Any, rol: str) -> None:
    deelnemer, wie = met_regie(consulent), log_in(rol)
    paden = ["leestoezicht", "leesverboden", "privacyverzoeken", "privacyverzoek_nieuw"]
    assert {wie.get(reverse(naam)).status_code for naam in paden} == {403}
    for naam in ("lezers", "lezers_logboek"):
        assert wie.get(reverse(naam, args=[deelnemer.dossiernummer])).status_code == 403


def test_een_auditor_ziet_de_signalen_en_oordeelt_niet(log_in: Any, consulent: Any) -> None:
    auditor = log_in("auditor")
    with handeling(FABRIEK):
        rij = Leessignaal.objects.create(soort=Signaalsoort.BUITEN_WERKTIJD, dag=gisteren(), medewerker=consulent)
    pad = reverse("leessignaal", args=[rij.pk])
    assert auditor.get(pad).status_code == 200
    auditor.post(pad, {"uitkomst": "verklaard", "toelichting": "Prima."})
    rij.refresh_from_db()
    assert rij.beoordeeld_op is None


def test_aantal_vragen_groeit_niet(log_in: Any, consulent: Any, maak_medewerker: Any) -> None:
    officer, vreemde = log_in("privacy_officer"), maak_medewerker("consulent")

    def meer() -> None:
        for nummer in range(6):
            deelnemer = met_regie(consulent)
            doorbreek(deelnemer, vreemde, REDEN, actor=TOETS)
            with handeling(FABRIEK):
                Leessignaal.objects.create(
                    soort=Signaalsoort.EIGEN_NAAM,
                    dag=gisteren() - DAG * nummer,
                    medewerker=vreemde,
                    deelnemer=deelnemer,
                )

    meer()
    groeit_niet(lambda: officer.get("/privacy/leestoezicht"), meer, "leestoezicht", 12)
