"""Each page where somebody who is barred once saw the person all the same, with its own small proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from deelnemers import privacyvragen
from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer, Doorbreking, Dubbelpaar, Leesverbod
from deelnemers.services import leestoezicht, privacy
from deelnemers.services.inkomen import meld_aan_inkomen
from deelnemers.services.regie import doorbreek
from kern import klok
from kern.handeling import Actor, handeling
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, met_regie, met_uitkering
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek
from tests.trajecten.fabrieken import GroepFabriek
from trajecten.models import Groepsdeelname
from werkgevers.models import Werkgever, Werkgeversafspraak

pytestmark = pytest.mark.django_db
LogIn = Callable[..., Client]


def verbied(persoon: Deelnemer, kijker: Any) -> Leesverbod:
    return leestoezicht.verbied(persoon, kijker, "familie", actor=TOETS)


@pytest.fixture
def team(gemeente: Any) -> Any:
    return TeamFabriek(naam="Team Oost")


@pytest.fixture
def persoon(gemeente: Any) -> Deelnemer:
    return DeelnemerFabriek(geslachtsnaam="Kwibbeldam")


def _voor_en_na(client: Client, adres: str, persoon: Deelnemer, spoor: str = "Kwibbeldam") -> None:
    """It shows her, and after the bar it does not."""
    assert spoor in client.get(adres).content.decode()
    verbied(persoon, client.medewerker)  # type: ignore[attr-defined]
    antwoord = client.get(adres)
    assert antwoord.status_code in {200, 404}
    assert spoor not in antwoord.content.decode()


def test_privacyverzoek(persoon: Deelnemer, log_in: LogIn) -> None:
    privacy.neem_in(persoon, "inzage", klok.vandaag(), "balie", actor=TOETS)
    _voor_en_na(log_in("privacy_officer"), reverse("privacyverzoeken"), persoon)


def test_wie_keek(persoon: Deelnemer, log_in: LogIn) -> None:
    _voor_en_na(log_in("auditor"), reverse("lezers", args=[persoon.dossiernummer]), persoon)


def test_een_verzoek_over_jezelf_neemt_een_ander_in(persoon: Deelnemer, log_in: LogIn) -> None:
    client = log_in("privacy_officer")
    verbied(persoon, client.medewerker)  # type: ignore[attr-defined]
    velden = {
        "dossiernummer": persoon.dossiernummer, "soort": "inzage",
        "ontvangen_op": f"{klok.vandaag():%d-%m-%Y}", "ontvangen_wijze": "balie",
    }  # fmt: skip
    antwoord = client.post(reverse("privacyverzoek_nieuw"), velden)
    assert "Vraag een collega" in antwoord.content.decode()


def test_doorbreking_beoordelen(persoon: Deelnemer, maak_medewerker: Any) -> None:
    officer, vreemde = maak_medewerker("privacy_officer"), maak_medewerker("consulent")
    doorbreek(persoon, vreemde, "Verving een zieke collega.", actor=TOETS)
    for wat in (vragen.te_beoordelen(officer, frozenset({"inzage.verstrekken"})), privacyvragen.doorbrekingen(officer)):
        assert [rij.deelnemer_id for rij in wat] == [persoon.pk]
    verbied(persoon, officer)
    assert not vragen.te_beoordelen(officer, frozenset({"inzage.verstrekken"})).exists()
    assert not privacyvragen.doorbrekingen(officer).exists()
    assert Doorbreking.objects.exists()


def test_melding_aan_inkomen(persoon: Deelnemer, log_in: LogIn) -> None:
    met_uitkering(persoon)
    meld_aan_inkomen(persoon, "plaatsing", "toets:1", klok.vandaag(), actor=TOETS)
    _voor_en_na(log_in("inkomensconsulent"), reverse("inkomen_meldingen"), persoon)


def test_dubbel_dossier(persoon: Deelnemer, log_in: LogIn) -> None:
    een, ander = sorted((persoon, DeelnemerFabriek()), key=lambda d: d.pk)
    with handeling(FABRIEK):
        paar = Dubbelpaar.objects.create(deelnemer=een, ander=ander, redenen=["naam"], gevonden_op=klok.vandaag())
    _voor_en_na(log_in("functioneel_beheerder"), reverse("dubbelpaar", args=[paar.pk]), persoon)


def test_mijn_team(log_in: LogIn, team: Any, maak_medewerker: Any) -> None:
    client = log_in("teammanager", team=team)
    collega = maak_medewerker("consulent", team=team)
    persoon = met_regie(collega, team, geslachtsnaam="Kwibbeldam")
    with handeling(FABRIEK):
        persoon.regie.all().delete()
        Deelnemer.objects.filter(pk=persoon.pk).update(regievoerder=None)
    _voor_en_na(client, reverse("mijn_team"), persoon)
    antwoord = client.post(reverse("wijs_toe", args=[persoon.pk]), {"medewerker": collega.pk}, follow=True)
    assert "Dit is niet gelukt" in antwoord.content.decode()


def test_groep(persoon: Deelnemer, log_in: LogIn, team: Any) -> None:
    """Names of the others stay; of her only that there is somebody."""
    client = log_in("consulent", team=team)
    groep = GroepFabriek(trainer=client.medewerker, team=team)  # type: ignore[attr-defined]
    with handeling(FABRIEK):
        for wie in (persoon, DeelnemerFabriek(geslachtsnaam="Zichtbaar")):
            Groepsdeelname.objects.create(groep=groep, deelnemer=wie, begindatum=klok.vandaag(), wachtlijst=True)
    adres = reverse("groep", args=[groep.pk])
    _voor_en_na(client, adres, persoon)
    tekst = client.get(adres).content.decode()
    assert "Zichtbaar" in tekst and "Van 1 deelnemer mag je het dossier niet openen" in tekst
    eruit = Groepsdeelname.objects.get(deelnemer=persoon)
    assert client.post(reverse("groep_eruit", args=[groep.pk, eruit.pk])).status_code == 404


def test_afspraak_met_een_werkgever(persoon: Deelnemer, log_in: LogIn, maak_medewerker: Any) -> None:
    client = log_in("accountmanager_wsp")
    with handeling(FABRIEK):
        werkgever = Werkgever.objects.create(naam="Bakkerij De Aar")
        rij = Werkgeversafspraak.objects.create(
            werkgever=werkgever, deelnemer=persoon, wat="Kwibbeldam inwerken", gemaakt_op=klok.vandaag()
        )
    _voor_en_na(client, reverse("werkgever", args=[werkgever.pk]), persoon, "inwerken")
    assert client.post(reverse("werkgeversafspraak_klaar", args=[rij.pk])).status_code == 404


def test_niemand_heft_het_eigen_leesverbod_op(persoon: Deelnemer, maak_medewerker: Any) -> None:
    beheerder = maak_medewerker("functioneel_beheerder")
    verbod = verbied(persoon, beheerder)
    zelf = Actor.van_gebruiker(beheerder.gebruiker)
    assert not privacyvragen.verboden(beheerder).exists()
    with pytest.raises(ValidationError, match="Iemand anders"):
        leestoezicht.hef_verbod_op(verbod, reden="Niet meer nodig.", actor=zelf)
    leestoezicht.hef_verbod_op(verbod, reden="Niet meer nodig.", actor=TOETS)
    assert not Leesverbod.objects.exists()
