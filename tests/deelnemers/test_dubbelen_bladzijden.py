"""The pages of *Mogelijk dubbel*: compare, look once more, merge, undo; and a wrong BSN (R044)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from deelnemers.keuzes import Dubbelstand, Identiteitscontrole
from deelnemers.models import BsnCorrectie, Deelnemer, Dubbelpaar, Samenvoeging
from deelnemers.services.dubbelen import werk_lijst_bij
from deelnemers.services.inschrijven import bsn_van, leg_bsn_vast
from deelnemers.services.samenvoegen import voeg_samen
from kern.models import Leesregel
from tests.deelnemers.fabrieken import ContactFabriek, DeelnemerFabriek, bsn, met_regie
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
GEBOREN = dt.date(1985, 4, 12)


@pytest.fixture
def beheer(log_in: Any) -> Any:
    return log_in("functioneel_beheerder")


@pytest.fixture
def paar(gemeente: Any) -> Dubbelpaar:
    DeelnemerFabriek(roepnaam="Samira", geslachtsnaam="Jansen", geboortedatum=GEBOREN, telefoon="0611111111")
    DeelnemerFabriek(
        roepnaam="Samira", geslachtsnaam="Janssen", geboortedatum=GEBOREN, straat="Geheimstraat", adres_geheim=True
    )
    werk_lijst_bij(actor=FABRIEK)
    return Dubbelpaar.objects.select_related("deelnemer", "ander").get()


def tekst(antwoord: Any) -> str:
    return antwoord.content.decode()


def test_de_lijst_noemt_wie_op_wie_lijkt_en_staat_in_het_leeslog(beheer: Any, paar: Dubbelpaar) -> None:
    inhoud = tekst(beheer.get("/dubbelen"))
    assert "Samira Jansen" in inhoud and "Samira Janssen" in inhoud
    assert "Zelfde geboortedatum en dezelfde naam" in inhoud
    regel = Leesregel.objects.latest("id")
    assert (regel.verwerking, regel.grond) == ("dossier.samenvoegen", "samenvoegen")
    assert set(regel.betrokkenen) == {paar.deelnemer_id, paar.ander_id}


def test_alleen_met_het_recht(log_in: Any, paar: Dubbelpaar) -> None:
    consulent = log_in("consulent")
    for naam, args in (("dubbelen", []), ("dubbelpaar", [paar.pk])):
        assert consulent.get(reverse(naam, args=args)).status_code == 403


def test_vergelijken_kiezen_nog_eens_kijken_en_samenvoegen(beheer: Any, paar: Dubbelpaar) -> None:
    een, ander = paar.deelnemer, paar.ander
    ContactFabriek(deelnemer=ander, inhoud="Vertrouwelijk gesprek")
    adres = f"/dubbelen/{paar.pk}"
    pagina = tekst(beheer.get(adres))
    assert "0611111111" in pagina
    assert "Geheimstraat" not in pagina and "Afgeschermd" in pagina
    assert "Vertrouwelijk" not in pagina
    keuzes = {"blijft": een.pk, "veld_achternaam": ander.pk, "reden": "Paspoort gezien."}
    blik = beheer.post(adres, keuzes | {"stap": "bekijk"})
    assert blik.status_code == 200
    assert "Aantal gegevens" in tekst(blik)
    assert "Contactmoment" not in tekst(blik)  # how much, never what
    assert "Achternaam: Janssen komt uit het dossier dat vervalt" in tekst(blik)
    assert not Samenvoeging.objects.exists()
    na = beheer.post(adres, keuzes | {"stap": "samenvoegen"}, follow=True)
    rij = Samenvoeging.objects.get()
    assert na.redirect_chain == [(f"/samenvoegingen/{rij.pk}", 302)]
    een.refresh_from_db()
    assert (een.geslachtsnaam, een.telefoon, een.adres_geheim) == ("Janssen", "0611111111", True)
    assert "Paspoort gezien." in tekst(na)
    assert beheer.get(adres).status_code == 302
    terug = beheer.post(f"/samenvoegingen/{rij.pk}", {"reden": "Toch twee mensen."}, follow=True)
    assert "Ongedaan gemaakt" in tekst(terug)
    een.refresh_from_db()
    assert (een.geslachtsnaam, een.adres_geheim) == ("Jansen", False)
    nogmaals = beheer.post(f"/samenvoegingen/{rij.pk}", {"reden": "Nog eens."})
    assert nogmaals.status_code == 400
    assert "net ongedaan" in tekst(nogmaals)


def test_zonder_reden_en_met_bezwaren(beheer: Any, paar: Dubbelpaar) -> None:
    een, ander = paar.deelnemer, paar.ander
    adres = f"/dubbelen/{paar.pk}"
    assert beheer.post(adres, {"stap": "bekijk", "blijft": een.pk, "reden": ""}).status_code == 400
    for nummer, deelnemer in enumerate((een, ander)):
        leg_bsn_vast(deelnemer, bsn(nummer), actor=FABRIEK, controle=Identiteitscontrole.VERWIJZER)
    goed = {"blijft": een.pk, "reden": "Paspoort gezien."}
    blik = tekst(beheer.post(adres, goed | {"stap": "bekijk"}))
    assert "haal het andere weg" in blik
    assert 'value="samenvoegen"' not in blik
    assert beheer.post(adres, goed | {"stap": "samenvoegen"}).status_code == 400
    assert not Samenvoeging.objects.exists()
    assert bsn(0) not in blik and bsn(1) not in blik


def test_zijn_niet_dezelfde(beheer: Any, paar: Dubbelpaar) -> None:
    adres = f"/dubbelen/{paar.pk}"
    assert beheer.post(adres, {"stap": "niet_dezelfde", "nee-reden": ""}).status_code == 400
    assert beheer.post(adres, {"stap": "niet_dezelfde", "nee-reden": "Twee zussen."}).status_code == 302
    paar.refresh_from_db()
    assert paar.stand == Dubbelstand.NIET_DEZELFDE
    assert "Geen dubbele dossiers" in tekst(beheer.get("/dubbelen"))
    assert "Twee zussen." in tekst(beheer.get(adres))


def test_aantal_vragen_groeit_niet(beheer: Any, gemeente: Any) -> None:
    def meer() -> None:
        for nummer in range(1, 6):
            for naam in ("Mulder", "Mulders"):
                DeelnemerFabriek(geslachtsnaam=naam, geboortedatum=dt.date(1970, meer.maand, nummer))
        meer.maand += 1
        werk_lijst_bij(actor=FABRIEK)
        paar = Dubbelpaar.objects.filter(stand=Dubbelstand.OPEN).latest("id")
        voeg_samen(paar.deelnemer, paar.ander, {}, actor=FABRIEK, reden="Toets.")

    meer.maand = 1  # type: ignore[attr-defined]
    meer()
    groeit_niet(lambda: beheer.get("/dubbelen"), meer, "mogelijk dubbel", 25)


# --- The dossier -------------------------------------------------------------------------------------------------
def test_een_consulent_meldt_een_dubbel_dossier(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    een, ander, vreemd = met_regie(client.medewerker), met_regie(client.medewerker), DeelnemerFabriek()
    adres = f"/deelnemers/{een.dossiernummer}/dubbel"
    for nummer in (vreemd.dossiernummer, een.dossiernummer, "x"):
        assert client.post(adres, {"dossiernummer": nummer, "toelichting": "Lijkt zo."}).status_code == 400
    assert client.post(adres, {"dossiernummer": ander.dossiernummer, "toelichting": "Zelfde foto."}).status_code == 302
    assert Dubbelpaar.objects.get().toelichting == "Zelfde foto."


def test_een_verkeerd_nummer_verbeteren(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    een, ander = met_regie(client.medewerker), DeelnemerFabriek()
    leg_bsn_vast(een, bsn(1), actor=FABRIEK, controle=Identiteitscontrole.VERWIJZER)
    leg_bsn_vast(ander, bsn(2), actor=FABRIEK, controle=Identiteitscontrole.DOCUMENT)
    adres = f"/deelnemers/{een.dossiernummer}/bsn"
    velden = {"bron": "document", "reden": "Cijfers verwisseld."}
    al = client.post(adres, velden | {"burgerservicenummer": bsn(2)})
    assert al.status_code == 400
    assert "Mogelijk dubbel" in tekst(al)
    assert ander.naam not in tekst(al)
    assert Dubbelpaar.objects.get().redenen == ["bsn"]
    assert client.post(adres, velden | {"burgerservicenummer": bsn(3)}).status_code == 302
    assert bsn_van(een) == bsn(3)
    pagina = tekst(client.get(adres))
    assert "Cijfers verwisseld." in pagina
    assert not any(nummer in pagina for nummer in (bsn(1), bsn(2), bsn(3)))
    assert BsnCorrectie.objects.count() == 1


def test_de_historie_van_het_oude_dossier_hoort_erbij(log_in: Any, team: Any) -> None:
    client = log_in("consulent", team=team)
    een, oud = met_regie(client.medewerker), DeelnemerFabriek()
    ContactFabriek(deelnemer=oud)
    voeg_samen(een, oud, {}, actor=FABRIEK, reden="Paspoort gezien.")
    pagina = tekst(client.get(f"/deelnemers/{een.dossiernummer}/historie"))
    assert "Paspoort gezien." in pagina
    assert "contactmoment" in pagina.lower()
    inhoud = tekst(client.get(f"/deelnemers/{een.dossiernummer}"))
    assert f"Samengevoegd met dossier {oud.dossiernummer}" in inhoud
    assert Deelnemer.objects.filter(samengevoegd_met=een).get() == oud
