"""The pages about erasing: who sees them, two people one after the other, a hold, and the report (R226)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from deelnemers.models import Bewaarplicht, Deelnemer, Vernietiging, Vernietigingsregel
from deelnemers.services.vernietigen import stel_voor
from kern import klok
from kern.handeling import handeling
from kern.models import Leesregel
from tests.deelnemers.fabrieken import DeelnemerFabriek
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
LANG_GELEDEN = dt.date(2004, 2, 1)


def oud(**velden: Any) -> Deelnemer:
    persoon = DeelnemerFabriek(laatste_contact_op=LANG_GELEDEN, **velden)
    with handeling(FABRIEK):
        Deelnemer.objects.filter(pk=persoon.pk).update(aangemaakt_op=klok.middag(LANG_GELEDEN))
    return persoon


def voorstel() -> Vernietiging:
    stel_voor(klok.vandaag(), actor=FABRIEK)
    return Vernietiging.objects.get(soort="dossier", aanleiding="termijn")


@pytest.fixture
def privacy(log_in: Any) -> Any:
    return log_in("privacy_officer")


@pytest.fixture
def manager(maak_medewerker: Any) -> Client:
    client = Client()
    client.force_login(maak_medewerker("afdelingsmanager").gebruiker)
    return client


def tekst(antwoord: Any) -> str:
    return antwoord.content.decode()


def test_een_voorstel_van_de_lijst_tot_de_aankondiging(privacy: Any, manager: Client) -> None:
    persoon = oud(geslachtsnaam="Oudeman")
    lijst = voorstel()
    assert "Hele dossiers" in tekst(privacy.get("/vernietigen"))
    adres = reverse("vernietiging", args=[lijst.pk])
    assert "Oudeman" in tekst(privacy.get(adres))
    regel = Leesregel.objects.latest("id")
    assert (regel.verwerking, regel.grond, regel.betrokkenen) == ("bewaren.voorstel", "bewaartermijn", [persoon.pk])
    assert "Eerste akkoord geven" not in tekst(manager.get(adres))
    assert manager.post(adres, {"stap": "indienen"}).status_code == 404
    assert privacy.post(adres, {"stap": "indienen"}).status_code == 302
    zelf = tekst(privacy.get(adres))
    assert "Een collega geeft het tweede." in zelf and "Tweede akkoord geven" not in zelf
    fout = privacy.post(adres, {"stap": "goedkeuren"})
    assert (fout.status_code, "Vraag een collega" in tekst(fout)) == (400, True)
    assert manager.post(adres, {"stap": "terugnemen"}).status_code == 400  # without a reason
    assert manager.post(adres, {"stap": "goedkeuren"}).status_code == 302
    lijst.refresh_from_db()
    assert lijst.status == "aangekondigd"
    assert manager.post(adres, {"stap": "intrekken", "reden": "Eerst navragen."}).status_code == 302
    lijst.refresh_from_db()
    assert lijst.status == "ingetrokken"


def test_bewaarplicht_vastleggen_en_opheffen(privacy: Any) -> None:
    persoon = oud()
    voorstel()
    regel = Vernietigingsregel.objects.get()
    bladzijde = tekst(privacy.get(reverse("vernietigingsregel", args=[regel.pk])))
    assert persoon.dossiernummer in bladzijde
    adres = reverse("bewaarplicht_nieuw")
    assert f'value="{persoon.dossiernummer}"' in tekst(privacy.get(adres, {"dossier": persoon.dossiernummer}))
    velden = {"dossiernummer": persoon.dossiernummer, "soort": "klacht", "reden": "Klacht K-12 loopt."}
    assert privacy.post(adres, velden | {"dossiernummer": "2000-1"}).status_code == 400
    assert privacy.post(adres, velden | {"tot": "01-01-2001"}).status_code == 400
    assert privacy.post(adres, velden).status_code == 302
    assert not Vernietiging.objects.exists()  # off the proposal, and so the proposal is empty
    rij = Bewaarplicht.objects.get()
    adres = reverse("bewaarplicht", args=[rij.pk])
    assert "Klacht K-12 loopt." in tekst(privacy.get(adres))
    assert privacy.post(adres, {"reden": ""}).status_code == 400
    assert privacy.post(adres, {"reden": "De klacht is afgehandeld."}).status_code == 302
    assert voorstel().voorgesteld == 1


def test_van_de_lijst_halen(privacy: Any) -> None:
    oud()
    voorstel()
    regel = Vernietigingsregel.objects.get()
    assert privacy.post(reverse("vernietigingsregel_eraf", args=[regel.pk])).status_code == 302
    assert not Vernietiging.objects.exists()


def test_de_verklaring_is_een_pdf(privacy: Any) -> None:
    gebruiker = privacy.medewerker.gebruiker
    oud()
    lijst = voorstel()
    adres = reverse("verklaring_van_vernietiging", args=[lijst.pk])
    assert privacy.get(adres).status_code == 404
    with handeling(FABRIEK):
        from tests.organisatie.fabrieken import MedewerkerFabriek

        Vernietiging.objects.filter(pk=lijst.pk).update(
            status="uitgevoerd", ingediend_door=gebruiker, ingediend_op=klok.nu(), goedgekeurd_op=klok.nu(),
            goedgekeurd_door=MedewerkerFabriek().gebruiker, uitvoeren_vanaf=klok.vandaag(), uitgevoerd_op=klok.nu(),
            rijen={"deelnemers_contactmoment": 3},
        )  # fmt: skip
    antwoord = privacy.get(adres)
    assert (antwoord["Content-Type"], antwoord.content[:5]) == ("application/pdf", b"%PDF-")
    assert "Contactmomenten" in tekst(privacy.get(reverse("vernietiging", args=[lijst.pk])))


def test_alleen_wie_erover_gaat(log_in: Any) -> None:
    oud()
    lijst = voorstel()
    consulent = log_in("functioneel_beheerder")
    for naam, args in (
        ("vernietigingen", []),
        ("vernietiging", [lijst.pk]),
        ("bewaarplicht_nieuw", []),
    ):
        assert consulent.get(reverse(naam, args=args)).status_code == 403


def test_een_langere_lijst_kost_niet_meer_vragen(privacy: Any) -> None:
    oud()
    lijst = voorstel()

    def meer() -> None:
        for _ in range(20):
            oud()
        stel_voor(klok.vandaag(), actor=FABRIEK)

    for naam, args in (("vernietiging", [lijst.pk]), ("vernietigingen", [])):
        groeit_niet(lambda n=naam, a=args: privacy.get(reverse(n, args=a)), meer, naam, 12)
