"""The pages of applications, decisions and subsidies, and what an employer sees behind a link (R149, R223)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from kern import bestanden
from kern.models import Leesregel
from loonkostensubsidie.models import Aanvraag, Aanvraagstuk, Beschikking, Subsidie, Werkgeverslink
from loonkostensubsidie.services import werkgeverslink
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie import wereld
from tests.werkgevers.fabrieken import werk

pytestmark = pytest.mark.usefixtures("subsidiewereld")
ROL = "medewerker_subsidies"
#: The form as a browser sends it.
INGEVULD = {
    "functie": "hulp in de linnenkamer",
    "begindatum": "1-2-2026",
    "uren_per_week": "24",
    "uren_voltijd": "36",
    "bruto_uurloon": "15,40",
    "route": "forfait",
    "doelgroepbron": "praktijkroute",
    "kvk_nummer": "1234 5678",
    "loonheffingennummer": "001234560l01",
    "iban": "NL91 ABNA 0417 1643 00",
    "contact_naam": "Wilma Brouwer",
    "contact_email": "wilma@kastanjehof.example",
    "ondertekend_door": "Wilma Brouwer",
}


def tekst(antwoord: Any) -> str:
    return antwoord.content.decode().replace("\xa0", " ")


def gelezen(verwerking: str) -> set[int]:
    return {b for regel in Leesregel.objects.filter(verwerking=verwerking) for b in regel.betrokkenen}


# --- Lists -----------------------------------------------------------------------------------------------------------
def test_de_werklijst_staat_op_termijn_en_kost_een_vast_aantal_vragen(log_in: Callable[..., Any]) -> None:
    client = log_in(ROL)

    def meer() -> None:
        for _ in range(3):
            wereld.in_behandeling(client.medewerker, stukken=False)

    meer()
    url = reverse("lks_aanvragen")
    groeit_niet(lambda: client.get(url), meer, "lks_aanvragen", 16)
    assert "6 aanvragen wachten" in tekst(client.get(url))
    assert gelezen("subsidie.lijst") == set(Aanvraag.objects.values_list("deelnemer_id", flat=True))


def test_de_lijst_met_subsidies_kost_een_vast_aantal_vragen(
    log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]
) -> None:
    client, collega = log_in(ROL), maak_medewerker(ROL)
    wereld.vastgesteld(client.medewerker, collega)
    url = reverse("subsidies")
    groeit_niet(lambda: client.get(url), lambda: wereld.vastgesteld(client.medewerker, collega), "subsidies", 16)
    assert "1.020,09" in tekst(client.get(url))


def test_een_lege_lijst_zegt_wat_je_kunt_doen(log_in: Callable[..., Any]) -> None:
    client = log_in(ROL)
    assert "Een aanvraag begin je bij een dienstverband" in tekst(client.get(reverse("lks_aanvragen")))
    assert "Geen aanvragen met deze keuze" in tekst(client.get(reverse("lks_aanvragen"), {"stand": "klaar"}))
    assert "Een subsidie begint met een besluit" in tekst(client.get(reverse("subsidies")))


# --- From job to decision --------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "van aanvraag tot besluit met brief: door twee medewerkers, op de bladzijden")
def test_van_dienstverband_tot_subsidie(log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]) -> None:
    client = log_in(ROL)
    baan = werk(begindatum=wereld.BEGIN, loonwaarderoute="forfait")
    assert "Subsidie aanvragen" in tekst(client.get(reverse("dienstverband", args=[baan.pk])))
    naar = client.post(reverse("lks_aanvraag_nieuw", args=[baan.pk]), {"wie": "medewerker"})
    rij = Aanvraag.objects.get()
    assert naar.url == reverse("lks_aanvraag_invullen", args=[rij.kenmerk])
    half = client.post(naar.url, INGEVULD | {"iban": "", "indienen": "1", "versie": "1"})
    assert (half.status_code, Aanvraag.objects.get().status) == (422, "concept")
    assert Aanvraag.objects.get().contact_naam == "Wilma Brouwer"  # nothing that was filled in is lost
    versie = str(Aanvraag.objects.get().versie)
    heel = client.post(naar.url, INGEVULD | {"indienen": "1", "versie": versie})
    assert heel.url == reverse("lks_aanvraag", args=[rij.kenmerk])
    for soort in ("contract", "kvk", "bank"):
        bestand = SimpleUploadedFile(f"{soort}.pdf", wereld.pdf(soort).inhoud.bytes)
        client.post(reverse("lks_stuk_nieuw", args=[rij.kenmerk]), {"soort": soort, "bestand": bestand})
    assert Aanvraagstuk.objects.count() == 3
    client.post(reverse("lks_aanvraag_stap", args=[rij.kenmerk, "in_behandeling_nemen"]))
    client.post(
        reverse("lks_besluit_nieuw", args=[rij.kenmerk, "toekenning"]),
        {"ingangsdatum": "1-2-2026", "motivering": wereld.MOTIVERING},
    )
    besluit = Beschikking.objects.get()
    url = reverse("lks_besluit", args=[besluit.kenmerk])
    bladzijde = tekst(client.get(url))
    assert "€ 1.020,09" in bladzijde and "Vast percentage" in bladzijde and "Voorleggen aan een collega" in bladzijde
    client.post(reverse("lks_besluit_stap", args=[besluit.kenmerk, "voorleggen"]))
    assert "Goedkeuren</button>" not in tekst(client.get(url))
    client.post(reverse("lks_besluit_stap", args=[besluit.kenmerk, "vaststellen"]))
    assert Beschikking.objects.get().status == "voorgelegd"
    versie = Beschikking.objects.get().versie
    client.force_login(maak_medewerker(ROL).gebruiker)
    assert "Te beoordelen door een tweede persoon" in tekst(client.get(reverse("lks_aanvragen")))
    client.post(reverse("lks_besluit_stap", args=[besluit.kenmerk, "vaststellen"]), {"versie": versie - 1})
    assert Beschikking.objects.get().status == "voorgelegd"  # somebody changed it since that page was opened
    client.post(reverse("lks_besluit_stap", args=[besluit.kenmerk, "vaststellen"]), {"versie": versie})
    recht = Subsidie.objects.get()
    brief = client.get(reverse("lks_brief", args=[besluit.kenmerk]))
    assert brief.headers["Content-Type"] == "application/pdf" and brief.content.startswith(b"%PDF")
    assert "€ 1.020,09" in tekst(client.get(reverse("subsidie", args=[recht.kenmerk])))
    assert gelezen("subsidie.besluit") == {baan.deelnemer_id}


def test_een_voorbeeld_van_de_brief_bewaart_niets(log_in: Callable[..., Any]) -> None:
    client = log_in(ROL)
    rij = wereld.voorgelegd(client.medewerker)
    antwoord = client.get(reverse("lks_brief", args=[rij.kenmerk]))
    assert antwoord.content.startswith(b"%PDF")
    rij.refresh_from_db()
    assert (rij.brief, rij.verzonden_op) == (None, None)


def test_een_stap_die_niet_kan_zegt_waarom(log_in: Callable[..., Any]) -> None:
    client = log_in(ROL)
    rij = wereld.in_behandeling(client.medewerker)
    antwoord = client.post(reverse("lks_aanvraag_stap", args=[rij.kenmerk, "in_behandeling_nemen"]), follow=True)
    assert "Misschien was een collega je voor" in tekst(antwoord)
    zonder = client.post(reverse("lks_aanvraag_stap", args=[rij.kenmerk, "intrekken"]), {"reden": ""})
    assert zonder.status_code == 422
    assert Aanvraag.objects.get().status == "in_behandeling"


def test_de_bladzijde_toont_termijn_controles_en_het_oordeel_van_een_medewerker(log_in: Callable[..., Any]) -> None:
    client = log_in(ROL)
    rij = wereld.in_behandeling(client.medewerker, stukken=False)
    url = reverse("lks_aanvraag", args=[rij.kenmerk])
    bladzijde = tekst(client.get(url))
    assert "7 april 2026" in bladzijde and "Nog niet ontvangen: arbeidscontract" in bladzijde
    client.post(
        reverse("lks_controle", args=[rij.kenmerk, "stukken"]), {"uitkomst": "goed", "reden": "Op papier gezien."}
    )
    assert "Op papier gezien." in tekst(client.get(url))
    assert gelezen("subsidie.aanvraag") == {rij.deelnemer_id}


def test_te_laat_toont_wat_het_kost(log_in: Callable[..., Any], settings: Any) -> None:
    client = log_in(ROL)
    rij = wereld.in_behandeling(client.medewerker)
    settings.PEILDATUM = "2026-05-01"
    client.post(reverse("lks_ingebreke", args=[rij.kenmerk]), {"op": "8-4-2026"})
    bladzijde = tekst(client.get(reverse("lks_aanvraag", args=[rij.kenmerk])))
    assert "Te laat sinds 7 apr" in bladzijde and "€ 230,00" in bladzijde  # 22 April to 1 May: ten days of 23 euro


# --- Who may ---------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R223", "een subsidie zie je door je werk of door het dossier, anders niet")
def test_wie_ziet_een_aanvraag(log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]) -> None:
    rij = wereld.in_behandeling(maak_medewerker(ROL))
    url = reverse("lks_aanvraag", args=[rij.kenmerk])
    assert log_in(ROL).get(url).status_code == 200
    assert log_in("consulent").get(url).status_code == 404
    assert log_in("inkomensconsulent").get(url).status_code == 403
    assert log_in("controller").get(url).status_code == 200


def test_wie_alleen_kijkt_beslist_niet(log_in: Callable[..., Any], maak_medewerker: Callable[..., Any]) -> None:
    besluit = wereld.voorgelegd(maak_medewerker(ROL))
    client = log_in("controller")
    assert client.get(reverse("lks_besluit", args=[besluit.kenmerk])).status_code == 200
    assert client.post(reverse("lks_besluit_stap", args=[besluit.kenmerk, "vaststellen"])).status_code == 403
    besluit.refresh_from_db()
    assert besluit.status == "voorgelegd"


# --- The employer ----------------------------------------------------------------------------------------------------
def _link(medewerker: Any, **velden: Any) -> tuple[Aanvraag, str]:
    actor = wereld.actor_van(medewerker)
    rij = wereld.concept(actor, **velden)
    _, adres = werkgeverslink.geef_link(rij, "Wilma Brouwer", "wilma@kastanjehof.example", actor=actor)
    return rij, adres.rpartition("/")[2]


def test_de_werkgever_bewaart_half_gaat_later_verder_en_verstuurt_een_keer(
    client: Any, maak_medewerker: Callable[..., Any]
) -> None:
    rij, sleutel = _link(maak_medewerker(ROL), functie="", iban="")
    url = reverse("werkgeverslink", args=[sleutel])
    rij.refresh_from_db()
    client.post(url, INGEVULD | {"iban": "", "functie": "bakker", "versie": str(rij.versie)})
    rij.refresh_from_db()
    assert (rij.functie, rij.status, rij.bron) == ("bakker", "concept", "werkgever")
    assert "bakker" in tekst(client.get(url))
    bestand = SimpleUploadedFile("contract.pdf", wereld.pdf("contract").inhoud.bytes)
    client.post(url, {"stuk": "1", "soort": "contract", "bestand": bestand})
    assert Aanvraagstuk.objects.get().soort == "contract"
    rij.refresh_from_db()
    klaar = client.post(url, INGEVULD | {"versie": str(rij.versie), "indienen": "1"})
    assert "Dank u wel" in tekst(klaar)
    rij.refresh_from_db()
    assert rij.status == "ingediend"
    assert client.get(url).status_code == 404
    assert client.post(url, INGEVULD | {"indienen": "1"}).status_code == 404
    assert gelezen("subsidie.link") == {rij.deelnemer_id}


def test_achter_de_link_staat_geen_geboortedatum_adres_of_dossier(
    client: Any, maak_medewerker: Callable[..., Any]
) -> None:
    from tests.werkgevers.fabrieken import DeelnemerFabriek

    mens = DeelnemerFabriek(straat="Geheimlaan", huisnummer="7", adres_geheim=True, telefoon="0612345678")
    _, sleutel = _link(maak_medewerker(ROL), deelnemer=mens)
    bladzijde = tekst(client.get(reverse("werkgeverslink", args=[sleutel])))
    assert mens.naam in bladzijde
    for niet in ("Geheimlaan", "0612345678", "1985", "Hoort de werknemer", mens.dossiernummer, "uitkering"):
        assert niet not in bladzijde, niet


@pytest.mark.parametrize("hoe", ["verlopen", "ingetrokken", "vervangen", "onbekend", "overleden"])
def test_een_link_die_niet_werkt_zegt_niet_waarom(
    client: Any, maak_medewerker: Callable[..., Any], hoe: str, gemeente: Any
) -> None:
    from kern.handeling import handeling
    from tests.werkgevers.fabrieken import ACTOR

    medewerker = maak_medewerker(ROL)
    rij, sleutel = _link(medewerker)
    link = Werkgeverslink.objects.get()
    if hoe == "verlopen":
        with handeling(ACTOR):
            Werkgeverslink.objects.filter(pk=link.pk).update(
                gemaakt_op=dt.datetime(2020, 1, 1, tzinfo=dt.UTC), geldig_tot=dt.datetime(2020, 1, 2, tzinfo=dt.UTC)
            )
    elif hoe == "ingetrokken":
        werkgeverslink.trek_link_in(link, actor=ACTOR)
    elif hoe == "vervangen":
        werkgeverslink.geef_link(rij, "Wilma", "wilma@kastanjehof.example", actor=wereld.actor_van(medewerker))
    elif hoe == "overleden":
        with handeling(ACTOR):
            type(rij.deelnemer).objects.filter(pk=rij.deelnemer_id).update(overleden_op=dt.date(2026, 3, 1))
    else:
        sleutel = "x" * 43
    antwoord = client.get(reverse("werkgeverslink", args=[sleutel]))
    assert antwoord.status_code == 404 and "Deze link werkt niet (meer)" in tekst(antwoord)


def test_een_aanvulling_komt_binnen_met_de_link(client: Any, maak_medewerker: Callable[..., Any]) -> None:
    from loonkostensubsidie.services.aanvraag import vraag_aanvulling

    medewerker = maak_medewerker(ROL)
    actor = wereld.actor_van(medewerker)
    rij = wereld.in_behandeling(medewerker, stukken=False)
    vraag_aanvulling(rij, "Stuur het contract.", actor=actor)
    rij.refresh_from_db()
    _, adres = werkgeverslink.geef_link(rij, "Wilma", "wilma@kastanjehof.example", actor=actor)
    url = reverse("werkgeverslink", args=[adres.rpartition("/")[2]])
    assert "Stuur het contract." in tekst(client.get(url))
    rij.refresh_from_db()
    antwoord = client.post(url, INGEVULD | {"versie": str(rij.versie), "indienen": "1"})
    assert "Dank u wel" in tekst(antwoord)
    rij.refresh_from_db()
    assert rij.status == "in_behandeling"


def test_de_werkgever_opent_de_brief_met_zijn_link(client: Any, maak_medewerker: Callable[..., Any]) -> None:
    rij = wereld.vastgesteld(maak_medewerker(ROL), maak_medewerker(ROL))
    actor = wereld.actor_van(maak_medewerker(ROL))
    _, adres = werkgeverslink.geef_link(rij, "Wilma", "wilma@kastanjehof.example", actor=actor)
    url = reverse("werkgeverslink", args=[adres.rpartition("/")[2]])
    assert "13 april 2026" in tekst(client.get(url))
    assert rij.brief is not None
    assert client.post(url).content == bestanden.haal(rij.brief.bestand, rij.brief.sha256)
