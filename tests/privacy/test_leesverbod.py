"""Each page where somebody who is barred once saw the person all the same, with its own small proof."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from deelnemers import privacyvragen
from deelnemers import querysets as vragen
from deelnemers.models import Deelnemer, Doorbreking, Dubbelpaar, Leesverbod
from deelnemers.services import leestoezicht, privacy
from deelnemers.services.inkomen import meld_aan_inkomen
from deelnemers.services.regie import doorbreek
from kern import klok
from kern.handeling import Actor, handeling
from kern.models import Leesregel, Werkvoorraad
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, gehuwd, met_regie, met_uitkering
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import TeamFabriek, WaarnemingFabriek
from tests.trajecten.fabrieken import GroepFabriek, roep_op
from trajecten import querysets
from trajecten.models import Afspraak, Groepsdeelname
from trajecten.services.afspraken import kies_tweede_collega, verzet_afspraak
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


# --- Appointments and relatives ----------------------------------------------------------------------------------
def _afspraak(persoon: Deelnemer, medewerker: Any, **velden: Any) -> Any:
    begin = klok.nu() + dt.timedelta(days=1)
    return roep_op(persoon, medewerker, begin, begin + dt.timedelta(minutes=30), actor=TOETS, **velden)


@pytest.mark.eis("R223", "wie een dossier niet mag openen, leest ook de naam niet in een agenda")
def test_agenda(persoon: Deelnemer, log_in: LogIn) -> None:
    client = log_in("consulent")
    _afspraak(persoon, client.medewerker)  # type: ignore[attr-defined]
    _voor_en_na(client, f"{reverse('agenda')}?weergave=week&op={klok.vandaag() + dt.timedelta(days=1)}", persoon)


def test_agenda_van_een_ander_voor_wie_je_waarneemt(persoon: Deelnemer, log_in: LogIn, maak_medewerker: Any) -> None:
    client, collega = log_in("consulent"), maak_medewerker("consulent")
    dag, wie = klok.vandaag(), client.medewerker  # type: ignore[attr-defined]
    WaarnemingFabriek(waarnemer=wie, voor=collega, begindatum=dag, einddatum=dag)
    _afspraak(persoon, collega)
    assert querysets.agenda(collega, dag, dag + dt.timedelta(days=1), lezer=wie).exists()
    verbied(persoon, wie)
    assert not querysets.agenda(collega, dag, dag + dt.timedelta(days=1), lezer=wie).exists()
    assert querysets.agenda(collega, dag, dag + dt.timedelta(days=1), lezer=collega).exists()


def test_geen_afspraak_bij_wie_het_dossier_niet_mag_openen(persoon: Deelnemer, maak_medewerker: Any) -> None:
    verboden, ander = maak_medewerker("consulent"), maak_medewerker("consulent")
    verbied(persoon, verboden)
    with pytest.raises(ValidationError, match="mag dit dossier niet openen") as fout:
        _afspraak(persoon, verboden)
    assert set(fout.value.message_dict) == {"medewerker"}
    with pytest.raises(ValidationError, match="mag dit dossier niet openen"):
        _afspraak(persoon, ander, tweede_medewerker=verboden)
    rij = _afspraak(persoon, ander)
    with pytest.raises(ValidationError, match="mag dit dossier niet openen"):
        kies_tweede_collega(rij, verboden, actor=TOETS)


@pytest.mark.eis("R223", "een geplande afspraak bij wie het dossier niet meer mag openen, neemt een ander over")
def test_een_geplande_afspraak_gaat_naar_een_ander(log_in: LogIn, maak_medewerker: Any) -> None:
    client, verboden = log_in("consulent"), maak_medewerker("consulent")
    wie = client.medewerker  # type: ignore[attr-defined]
    persoon = met_regie(wie, geslachtsnaam="Kwibbeldam")
    rij = _afspraak(persoon, verboden)
    wacht = Werkvoorraad.objects.filter(soort="afspraak_overnemen", betrokkene_id=persoon.pk)
    assert not wacht.exists()
    verbod = verbied(persoon, verboden)
    assert wacht.get().voor_id == wie.gebruiker_id
    leestoezicht.hef_verbod_op(verbod, reden="Was een vergissing.", actor=TOETS)
    assert not wacht.exists()
    verbied(persoon, verboden)
    assert "Overnemen" in client.get(wacht.get().url).content.decode()
    begin = timezone.localtime(rij.begint_op)
    velden = {"dag": f"{begin:%d-%m-%Y}", "tijd": f"{begin:%H.%M}", "minuten": "30", "versie": rij.versie}
    assert client.post(wacht.get().url, velden).status_code == 302
    assert not wacht.exists()
    assert Afspraak.objects.get(status="gepland").medewerker == wie


def test_een_tweede_collega_die_niet_meer_mag(log_in: LogIn, maak_medewerker: Any) -> None:
    wie, verboden = log_in("consulent").medewerker, maak_medewerker("consulent")  # type: ignore[attr-defined]
    persoon = met_regie(wie)
    rij = _afspraak(persoon, wie, tweede_medewerker=verboden)
    verbied(persoon, verboden)
    assert Werkvoorraad.objects.get(soort="afspraak_overnemen").url == reverse("afspraak_tweede", args=[rij.pk])
    later = rij.begint_op + dt.timedelta(days=1)
    nieuw = verzet_afspraak(rij, later, later + dt.timedelta(minutes=30), actor=TOETS)
    assert nieuw.tweede_medewerker is None and not Werkvoorraad.objects.filter(soort="afspraak_overnemen").exists()


@pytest.mark.eis("R223", "wie het dossier van een familielid niet mag openen, leest die ook niet bij een huisgenoot")
def test_huisgenoot(log_in: LogIn, persoon: Deelnemer) -> None:
    client = log_in("consulent")
    partner = met_regie(client.medewerker, geslachtsnaam="Zichtbaar")  # type: ignore[attr-defined]
    gehuwd(partner, persoon)
    adres = reverse("huishouden", args=[partner.dossiernummer])
    _voor_en_na(client, adres, persoon)
    tekst = client.get(adres).content.decode()
    assert "Zichtbaar" in tekst and "Er hoort nog iemand bij" in tekst
    assert persoon.pk not in Leesregel.objects.latest("pk").betrokkenen
