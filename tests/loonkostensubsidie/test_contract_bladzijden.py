"""The pages about older contracts: trying a file, the report, the comparison, taking over, and invoices."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from kern import klok
from kern.handeling import Actor
from kern.models import Gemeente, Taakloop
from kern.taken import voer_uit
from loonkostensubsidie.contracttaken import NAAM
from loonkostensubsidie.models import Contract, Contractlevering, Factuur
from loonkostensubsidie.services.contract import draag_voor, neem_over
from loonkostensubsidie.services.factuur import maak_facturen
from regelgeving.models import Voorstel
from tests.hulp.pdf import tekst_van
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.contractwereld import (
    INLENER,
    bestand,
    bsn_nummer,
    bsn_nummers,
    contract,
    lever,
    persoon,
    regel,
    wereld,
)

pytestmark = pytest.mark.usefixtures("wereld_")
BSN = bsn_nummer(0)


@pytest.fixture
def wereld_(gemeente: Gemeente) -> None:
    wereld()


@pytest.fixture
def ik(log_in: Callable[..., Client]) -> Client:
    return log_in("medewerker_subsidies")


def upload(inhoud: bytes) -> dict[str, Any]:
    return {"bestand": SimpleUploadedFile("contracten.csv", inhoud, "text/csv")}


def test_eerst_proberen_dan_echt(ik: Client, gemeente: Gemeente) -> None:
    persoon(BSN)
    antwoord = ik.post(reverse("contractleveringen"), upload(bestand(regel(BSN), regel(BSN, "PV-2", bedrag_oud="x"))))
    levering = Contractlevering.objects.get()
    assert antwoord["Location"] == reverse("contractlevering", args=[levering.kenmerk])
    voer_uit(NAAM, gemeente)
    bladzijde = ik.get(antwoord["Location"]).content.decode()
    assert "Proef: er verandert niets." in bladzijde
    assert "1234,56" in bladzijde
    assert not Contract.objects.exists()
    ik.post(reverse("contractlevering_doorvoeren", args=[levering.kenmerk]))
    voer_uit(NAAM, gemeente)
    assert contract().extern_nummer == "PV-1"
    assert "Nu echt inlezen" not in ik.get(antwoord["Location"]).content.decode()
    assert Taakloop.objects.filter(taak=NAAM).latest("pk").tellingen["nieuw contract"] == 1


def test_het_rapport_noemt_regel_en_veld_en_nooit_een_bsn(ik: Client) -> None:
    levering = lever(regel(BSN), regel(bsn_nummer(1), "PV-2", kvk_nummer="1"))
    rapport = ik.get(reverse("contractlevering_rapport", args=[levering.kenmerk])).content.decode("utf-8-sig")
    regels = rapport.splitlines()
    assert regels[0] == "regel;contractnummer;uitkomst;veld;melding"
    assert [rij.split(";")[:4] for rij in regels[1:]] == [
        ["2", "PV-1", "persoon of werkgever niet gevonden", "bsn"],
        ["3", "PV-2", "fout in de regel", "kvk_nummer"],
    ]
    assert BSN not in rapport


def test_een_verkeerd_bestand_staat_bij_het_vak(ik: Client) -> None:
    antwoord = ik.post(reverse("contractleveringen"), upload(b"naam;bsn\n"))
    assert antwoord.status_code == 400
    assert "Deze kolommen ontbreken" in antwoord.content.decode()
    assert ik.post(reverse("contractleveringen"), {}).status_code == 400
    assert not Contractlevering.objects.exists()


def test_de_vergelijking_filtert_en_telt(ik: Client) -> None:
    for nummer, (bsn, oud) in enumerate(zip(bsn_nummers(3), ("1680,00", "1680,01", "1600,00"), strict=True)):
        persoon(bsn)
        lever(regel(bsn, f"PV-{nummer}", bedrag_oud=oud))
    alles = ik.get(reverse("contracten")).content.decode()
    assert "€ 4.960,01" in alles.replace("\xa0", " ")
    assert "€ 79,99" in alles.replace("\xa0", " ")
    anders = ik.get(reverse("contracten"), {"stand": "anders"}).content.decode()
    assert "PV-2" in anders
    assert "PV-0" not in anders
    blad = openpyxl.load_workbook(
        io.BytesIO(b"".join(ik.get(reverse("contracten_export"), {"stand": "anders"}).streaming_content))
    ).active
    assert [cel.value for cel in blad[2]][5:8] == [1600, 1680, 80]
    assert blad.max_row == 2


def test_de_lijst_kost_evenveel_vragen_bij_meer_contracten(ik: Client) -> None:
    nummers = iter(bsn_nummers(12))

    def erbij() -> None:
        bsn = next(nummers)
        persoon(bsn)
        lever(regel(bsn, f"PV-{bsn[-4:]}"))

    erbij()
    groeit_niet(lambda: ik.get(reverse("contracten")), lambda: [erbij() for _ in range(5)], "oudere contracten")


def test_een_contract_toont_elke_stap_en_twee_mensen_nemen_het_over(
    ik: Client, maak_medewerker: Callable[..., Any]
) -> None:
    persoon(BSN)
    lever(regel(BSN, bedrag_oud="1600,00"))
    rij = contract()
    bladzijde = ik.get(reverse("contract", args=[rij.kenmerk])).content.decode().replace("\xa0", " ")
    for tekst in ("80 % van € 2.100,00", "verschil € +80,00", "Plantsoen BV"):
        assert tekst in bladzijde, tekst
    adres = reverse("contract_stap", args=[rij.kenmerk, "voordragen"])
    assert "In 1 maand is ons bedrag anders" in ik.get(adres).content.decode()
    assert ik.post(adres, {"reden": ""}).status_code == 400
    ik.post(adres, {"reden": "Het loon is verhoogd."})
    over = reverse("contract_stap", args=[rij.kenmerk, "overnemen"])
    assert ik.post(over, {"vanaf": "1-3-2026"}).status_code == 400
    ander = maak_medewerker("medewerker_subsidies")
    ik.force_login(ander.gebruiker)
    assert "Het loon is verhoogd." in ik.get(over).content.decode()
    vandaag = klok.vandaag()
    ik.post(over, {"vanaf": f"{vandaag.day}-{vandaag.month}-{vandaag.year}"})
    assert contract().status == "in_bedrijf"


def test_andere_afspraken_op_de_bladzijde(ik: Client, maak_medewerker: Callable[..., Any]) -> None:
    persoon(BSN)
    lever(regel(BSN))
    rij = contract()
    adres = reverse("contract_afspraken", args=[rij.kenmerk])
    fout = ik.post(adres, {"vanaf": "1-4-2014", "rekenwijze": "per_uur", "bron": "brief"})
    assert fout.status_code == 400
    assert "Vul dit in." in fout.content.decode()
    ik.post(adres, {"vanaf": "1-4-2014", "rekenwijze": "vast_maand", "bedrag": "900,50", "bron": "brief"})
    besluit = reverse("contract_voorstel", args=[rij.kenmerk])
    assert ik.post(besluit, {"actie": "goedkeuren"}).status_code == 400
    ik.force_login(maak_medewerker("medewerker_subsidies").gebruiker)
    assert "€ 900,50 per maand" in ik.get(reverse("contract", args=[rij.kenmerk])).content.decode().replace("\xa0", " ")
    assert ik.post(besluit, {"actie": "afwijzen", "reden": ""}).status_code == 400
    ik.post(besluit, {"actie": "goedkeuren"})
    assert rij.voorwaarden.get(einddatum=None).termen == {"bedrag": "900.50"}


def test_facturen_maken_en_openen(ik: Client, maak_medewerker: Callable[..., Any]) -> None:
    persoon(BSN, roepnaam="Ans", geslachtsnaam="de Boer")
    sw = {"regeling": "sw-detachering", "kvk_nummer": INLENER, "rekenwijze": "per_uur", "bedrag": "8,50"}
    lever(regel(BSN, **sw, loonkosten="", percentage="", uren_per_week="36", bedrag_oud="1326,00"))
    een, twee = (Actor.van_gebruiker(maak_medewerker("medewerker_subsidies").gebruiker) for _ in range(2))
    neem_over(draag_voor(contract(), "Klopt.", actor=een), klok.vandaag(), actor=twee)
    assert ik.post(reverse("facturen"), {"maand": ""}).status_code == 400
    ik.post(reverse("facturen"), {"maand": f"{klok.vandaag():%d-%m-%Y}"})
    factuur = Factuur.objects.get()
    pdf = ik.get(reverse("factuur_pdf", args=[factuur.kenmerk])).content
    tekst = " ".join(tekst_van(pdf).replace("\xa0", " ").split())
    for deel in (factuur.nummer, "Inlener BV", "Ans de Boer", "SW-detachering", "Totaal € 1.326,00"):
        assert deel in tekst, deel
    csv = ik.get(reverse("facturen_csv")).content.decode("utf-8-sig").splitlines()
    assert csv[1].split(";")[0] == factuur.nummer
    assert csv[1].endswith(";1326.00")
    assert "Ans" not in csv[1]
    assert maak_facturen(klok.vandaag(), actor=een).facturen == []


@pytest.mark.parametrize("adres", ["contracten", "contractleveringen", "facturen", "contracten_export", "facturen_csv"])
def test_zonder_recht_geen_bladzijde(log_in: Callable[..., Client], adres: str) -> None:
    assert log_in("consulent").get(reverse(adres)).status_code == 403


def test_de_opdracht(gemeente: Gemeente, tmp_path: Any) -> None:
    persoon(BSN)
    pad, rapport, uit = tmp_path / "contracten.csv", tmp_path / "fouten.csv", io.StringIO()
    pad.write_bytes(bestand(regel(BSN), regel(bsn_nummer(1), "PV-2")))
    call_command("lees_contracten", str(pad), "--gemeente", gemeente.code, "--rapport", str(rapport), stdout=uit)
    assert "nieuw contract: 1" in uit.getvalue()
    assert "3;PV-2;bsn;" in rapport.read_text(encoding="utf-8")
    assert not Contract.objects.exists()
    call_command("lees_contracten", str(pad), "--gemeente", gemeente.code, "--echt", stdout=uit)
    assert Contract.objects.count() == 1
    with pytest.raises(CommandError, match="geen gemeente"):
        call_command("lees_contracten", str(pad), "--gemeente", "xxxx")
    pad.write_bytes(b"x;y\n")
    with pytest.raises(CommandError, match="ontbreken"):
        call_command("lees_contracten", str(pad), "--gemeente", gemeente.code)


def test_een_voorstel_houdt_wat_het_formulier_niet_vraagt(ik: Client) -> None:
    persoon(BSN)
    lever(regel(BSN, afbouw="12:75|24:50"))
    rij = contract()
    adres = reverse("contract_afspraken", args=[rij.kenmerk])
    bladzijde = ik.get(adres).content.decode()
    assert 'value="2.100"' in bladzijde
    assert "De afbouw en het plafond blijven" in bladzijde
    ik.post(
        adres,
        {
            "vanaf": "1-4-2014",
            "rekenwijze": "deel_loonkosten",
            "loonkosten": "2200",
            "percentage": "80",
            "bron": "brief",
        },
    )
    voorstel = Voorstel.objects.get()
    assert voorstel.inhoud["termen"]["loonkosten"] == "2200"
    assert [stap["na_maanden"] for stap in voorstel.inhoud["termen"]["afbouw"]] == [12, 24]
