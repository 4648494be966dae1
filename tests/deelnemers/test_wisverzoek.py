"""A request to be erased (AVG art. 17): it leads to the list of two people, and never past what must stay (R226)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from deelnemers.models import Deelnemer, Privacyverzoek, Vernietiging, Vernietigingsregel
from deelnemers.services import inzage, privacy, vernietigen, wisverzoek
from deelnemers.services import vernietigbesluit as besluit
from kern import klok
from kern.handeling import handeling
from kern.toestanden import OvergangGeweigerd
from tests.deelnemers.fabrieken import TOETS, DeelnemerFabriek, met_regie
from tests.deelnemers.wisfabriek import op_verzoek
from tests.hulp.pdf import tekst_van
from tests.kern.fabrieken import FABRIEK
from tests.organisatie.fabrieken import MedewerkerFabriek

pytestmark = pytest.mark.django_db
UITLEG = "We wissen je gegevens. Je bent nooit begonnen."


def gevraagd(deelnemer: Deelnemer) -> Privacyverzoek:
    rij = privacy.neem_in(deelnemer, "wissen", klok.vandaag(), "post", vraag="Wis alles.", actor=TOETS)
    return privacy.stel_identiteit_vast(rij, "document", actor=TOETS)


def wijs_toe(rij: Privacyverzoek, **velden: Any) -> Privacyverzoek:
    return wisverzoek.wijs_toe(rij, reden=UITLEG, actor=TOETS, **velden)


@pytest.mark.eis("R226", "een verzoek om te wissen gaat langs dezelfde twee mensen en dezelfde wachttijd")
def test_toewijzen_zet_de_persoon_op_een_lijst_en_wist_nog_niets(wet: None, gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    rij = wijs_toe(gevraagd(deelnemer))
    regel = wisverzoek.regel_van(rij)
    assert regel is not None
    lijst = regel.vernietiging
    assert (rij.status, lijst.status, lijst.aanleiding) == ("toegewezen", "voorgesteld", "verzoek")
    assert (lijst.grondslag, lijst.ondanks_termijn) == ("Verzoek om te wissen (AVG artikel 17)", False)
    een, twee = MedewerkerFabriek().gebruiker, MedewerkerFabriek().gebruiker
    besluit.dien_in(lijst, actor=TOETS, gebruiker=een)
    with pytest.raises(ValidationError, match="Vraag een collega"):
        besluit.keur_goed(lijst, actor=TOETS, gebruiker=een)
    lijst = besluit.keur_goed(lijst, actor=TOETS, gebruiker=twee)
    assert lijst.uitvoeren_vanaf == klok.vandaag() + dt.timedelta(days=30)
    assert Deelnemer.objects.filter(pk=deelnemer.pk).exists()


def test_zonder_lijst_is_een_verzoek_om_te_wissen_niet_toe_te_wijzen(wet: None, gemeente: Any) -> None:
    rij = gevraagd(DeelnemerFabriek())
    with pytest.raises(ValidationError, match="eerst op een lijst"):
        privacy.beslis(rij, "toewijzen", reden=UITLEG, actor=TOETS)
    with pytest.raises(ValidationError, match="hele dossier"):
        privacy.beslis(rij, "deels", reden=UITLEG, actor=TOETS)
    afgewezen = privacy.beslis(rij, "afwijzen", reden="Er loopt nog een besluit.", actor=TOETS)
    assert afgewezen.status == "afgewezen"
    assert not Vernietiging.objects.exists()


def test_twee_keer_toewijzen_geeft_een_lijst(wet: None, gemeente: Any) -> None:
    rij = gevraagd(DeelnemerFabriek())
    wijs_toe(rij)
    with pytest.raises(OvergangGeweigerd):
        wijs_toe(rij)
    assert Vernietigingsregel.objects.count() == 1


@pytest.mark.eis("R226", "een besluit met een eigen bewaartermijn blijft, ook als de persoon om wissen vraagt")
def test_wat_binnen_zijn_termijn_is_blijft_tenzij_iemand_dat_besluit(wet: None, consulent: Any) -> None:
    deelnemer = met_regie(consulent)
    rij = gevraagd(deelnemer)
    with pytest.raises(ValidationError, match="Beslis of ook weg mag"):
        wijs_toe(rij)
    rij.refresh_from_db()
    assert rij.status == "in_behandeling"
    rij = wijs_toe(rij, ondanks_termijn=True)
    regel = wisverzoek.regel_van(rij)
    assert regel is not None
    assert regel.vernietiging.ondanks_termijn
    with (
        handeling(FABRIEK),
        pytest.raises(IntegrityError, match="vernietiging_termijn_alleen_op_verzoek"),
        transaction.atomic(),
    ):
        Vernietiging.objects.update(aanleiding="termijn")


def test_een_termijn_in_woorden_en_op_de_dag(wet: None, gemeente: Any, settings: Any) -> None:
    """Until and with the last day it stays; a granted request to be erased itself keeps nothing."""
    settings.PEILDATUM = "2026-03-03"
    deelnemer = DeelnemerFabriek()
    rij = privacy.neem_in(deelnemer, "bezwaar", klok.vandaag(), "post", vraag="Ik wil dit niet.", actor=TOETS)
    privacy.stel_identiteit_vast(rij, "document", actor=TOETS)
    rij.refresh_from_db()
    privacy.beslis(rij, "afwijzen", reden="Het hoort bij je plan.", actor=TOETS)
    gevraagd(deelnemer)
    termijnen = vernietigen.lopende_termijnen([deelnemer.pk], klok.vandaag())
    assert vernietigen.in_woorden(termijnen) == "Afgeronde privacyverzoeken (tot 3 maart 2031)"
    assert vernietigen.lopende_termijnen([deelnemer.pk], dt.date(2031, 3, 2))
    assert vernietigen.lopende_termijnen([deelnemer.pk], dt.date(2031, 3, 3)) == []


def test_een_open_verzoek_of_een_beperking_houdt_wissen_tegen(wet: None, gemeente: Any) -> None:
    deelnemer = DeelnemerFabriek()
    open_ = privacy.neem_in(deelnemer, "inzage", klok.vandaag(), "post", actor=TOETS)
    rij = gevraagd(deelnemer)
    with pytest.raises(ValidationError, match="loopt nog een privacyverzoek"):
        wijs_toe(rij)
    privacy.beslis(open_, "intrekken", reden="Niet meer nodig.", actor=TOETS)
    beperkt = privacy.neem_in(deelnemer, "beperking", klok.vandaag(), "post", vraag="Wacht.", actor=TOETS)
    beperkt = privacy.stel_identiteit_vast(beperkt, "document", actor=TOETS)
    beperkt = privacy.beslis(beperkt, "toewijzen", reden="We wachten.", actor=TOETS)
    with pytest.raises(ValidationError, match="artikel 18"):
        wijs_toe(rij, ondanks_termijn=True)
    privacy.hef_beperking_op(beperkt, reden="Het klopt nu.", actor=TOETS)
    wijs_toe(rij, ondanks_termijn=True)
    besluit.leg_bewaarplicht_vast(
        deelnemer, "klacht", tot=None, gebruiker=MedewerkerFabriek().gebruiker, actor=TOETS, reden="Klacht 12."
    )
    assert Vernietigingsregel.objects.count() == 1  # the request keeps its line; the run skips it
    assert vernietigen.wat_houdt_tegen([deelnemer.pk], klok.vandaag()) == "Er is een bewaarplicht vastgelegd."


def test_wie_al_op_een_lijst_staat_komt_er_niet_nog_eens_op(wet: None, gemeente: Any) -> None:
    lang = dt.date(2004, 2, 1)
    voorstel, besloten = DeelnemerFabriek(laatste_contact_op=lang), DeelnemerFabriek(laatste_contact_op=lang)
    with handeling(FABRIEK):
        Deelnemer.objects.update(aangemaakt_op=klok.middag(lang))
    vernietigen.stel_voor(klok.vandaag(), actor=FABRIEK)
    lijst = Vernietiging.objects.get()
    besluit.haal_af(lijst.regels.get(deelnemer=voorstel), actor=FABRIEK)
    besluit.dien_in(lijst, actor=FABRIEK, gebruiker=MedewerkerFabriek().gebruiker)
    vernietigen.stel_voor(klok.vandaag(), actor=FABRIEK)
    assert Vernietiging.objects.count() == 2
    # Somebody agreed already: the request joins that list. Nobody did: the request gets a list of its own.
    assert op_verzoek(besloten, ondanks_termijn=False) == lijst
    eigen = op_verzoek(voorstel, ondanks_termijn=False)
    assert (eigen.aanleiding, Vernietigingsregel.objects.filter(deelnemer=voorstel).count()) == ("verzoek", 1)
    assert set(Vernietiging.objects.values_list("pk", flat=True)) == {lijst.pk, eigen.pk}
    with pytest.raises(ValidationError, match="vroeg zelf"):
        besluit.haal_af(eigen.regels.get(), actor=FABRIEK)


# --- The pages -----------------------------------------------------------------------------------------------------
def test_van_verzoek_tot_lijst_op_de_bladzijde(wet: None, consulent: Any, log_in: Any) -> None:
    client = log_in("privacy_officer")
    deelnemer = met_regie(consulent)
    nieuw = client.get(reverse("privacyverzoek_nieuw") + "?soort=wissen").content.decode()
    assert re.search(r'value="wissen"[^>]*checked', nieuw)
    rij = gevraagd(deelnemer)
    adres = reverse("privacyverzoek", args=[rij.pk])
    bladzijde = client.get(adres).content.decode()
    assert "egie (loopt nog)" in bladzijde
    assert "Deels toewijzen" not in bladzijde
    velden = {"stap": "beslissen", "besluit-actie": "toewijzen", "besluit-reden": UITLEG}
    fout = client.post(adres, velden)
    assert (fout.status_code, "Beslis of ook weg mag" in fout.content.decode()) == (400, True)
    assert client.post(adres, velden | {"besluit-ondanks_termijn": "on"}).status_code == 302
    bladzijde = client.get(adres).content.decode()
    lijst = Vernietiging.objects.get()
    assert reverse("vernietiging", args=[lijst.pk]) in bladzijde
    brief = client.get(reverse("privacyverzoek_brief", args=[rij.pk]))
    assert brief.content.startswith(b"%PDF-")
    assert (
        "ook waar de bewaartermijn nog loopt" in client.get(reverse("vernietiging", args=[lijst.pk])).content.decode()
    )
    regel = client.get(reverse("vernietigingsregel", args=[lijst.regels.get().pk])).content.decode()
    assert "De bewaartermijn loopt nog" in regel
    assert "Van deze lijst halen" not in regel
    besluit.trek_in(lijst, actor=FABRIEK, reden="Toch niet.")
    assert "Ingetrokken" in client.get(adres).content.decode()


def test_de_brief_zegt_wat_er_gebeurt_en_dat_wij_het_daarna_niet_meer_weten(wet: None, gemeente: Any) -> None:
    rij = wijs_toe(gevraagd(DeelnemerFabriek()))
    tekst = tekst_van(inzage.brief(rij))
    assert "Daarna wachten we 30 dagen en wissen we ze" in tekst
    assert "We doen wat je vraagt" in tekst
