"""The minimum wage of a half year and own terms: proposed on a screen, approved by a second person."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from kern.aansluitingen import medewerker
from kern.aansluitingen.medewerker import Wie
from kern.handeling import handeling, voor_gemeente
from kern.models import Gebruiker, Gemeente, Werkvoorraad
from regelgeving import opzoeken
from regelgeving.gegevens import laad
from regelgeving.models import Minimumloon, Voorstel
from regelgeving.services import keur_goed, stel_voor
from regelgeving.services.wetswaarden import waarschuwingen
from regelgeving.tasks import ververs
from tests.regelgeving.fabrieken import ACTOR, GemeenteFabriek
from tests.regelgeving.test_bladzijden import ALLES, ingelogd
from tests.regelgeving.test_voorstellen import van

JANUARI = dt.date(2027, 1, 1)
JEUGD = {20: ("80", "12.24"), 19: ("60", "9.18"), 18: ("50", "7.65"), 17: ("39.5", "6.04"), 16: ("34.5", "5.28")}
LOON = {
    "geldig_van": "2027-01-01",
    "uur_21": "15.30",
    "referentiemaand": "2385.60",
    "bron": "Staatscourant",
    "percentage_15": "30",
    "uur_15": "4.59",
    **{f"percentage_{leeftijd}": deel for leeftijd, (deel, _) in JEUGD.items()},
    **{f"uur_{leeftijd}": uur for leeftijd, (_, uur) in JEUGD.items()},
}


@pytest.fixture
def rechten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody in this test may propose and approve."""
    monkeypatch.setattr(medewerker, "_zoeker", lambda gebruiker: Wie(None, ALLES))


def voer_in(beheerder: Gebruiker, collega: Gebruiker, inhoud: dict[str, str] = LOON) -> None:
    keur_goed(stel_voor("minimumloon", "Minimumloon", inhoud, actor=van(beheerder)), actor=van(collega))


@pytest.mark.eis("R231", "het minimumloon van een nieuw halfjaar is in te voeren, door twee mensen")
def test_een_nieuw_halfjaar_geldt_na_goedkeuring(wet: None, beheerder: Gebruiker, collega: Gebruiker) -> None:
    with pytest.raises(ValidationError, match="eigen voorstel"):
        voer_in(beheerder, beheerder)
    voer_in(beheerder, collega)
    assert opzoeken.minimumuurloon(JANUARI, 30) == Decimal("15.30")
    negentien = opzoeken.minimumloon(JANUARI, 19)
    assert (negentien.uur, negentien.referentiemaand, negentien.percentage) == (
        Decimal("9.18"), Decimal("1431.36"), Decimal(60),
    )  # fmt: skip
    assert opzoeken.minimumuurloon(dt.date(2026, 12, 31), 30) == Decimal("14.99")


def test_opnieuw_laden_laat_een_ingevoerd_halfjaar_staan(wet: None, beheerder: Gebruiker, collega: Gebruiker) -> None:
    voer_in(beheerder, collega)
    assert laad().leeg
    assert Minimumloon.objects.filter(geldig_van=JANUARI).count() == 7


def test_een_fout_herstelt_een_nieuw_voorstel(wet: None, beheerder: Gebruiker, collega: Gebruiker) -> None:
    voer_in(beheerder, collega)
    voer_in(beheerder, collega, LOON | {"uur_21": "15.31"})
    assert opzoeken.minimumuurloon(JANUARI, 30) == Decimal("15.31")


@pytest.mark.parametrize(
    ("veld", "waarde", "zin"),
    [
        ("uur_18", "", "hoger is dan nul"),
        ("uur_16", "9", "hoger dan voor 17 jaar"),
        ("percentage_17", "", "Vul een deel in"),
        ("geldig_van", "2027-02-01", "1 januari of op 1 juli"),
        ("geldig_van", "2026-07-01", "komt mee met het programma"),
        ("bron", "", "Noem de bron"),
    ],
)
def test_wat_mist_of_niet_kan_komt_er_niet_in(
    wet: None, beheerder: Gebruiker, veld: str, waarde: str, zin: str
) -> None:
    with pytest.raises(ValidationError, match=zin) as fout:
        stel_voor("minimumloon", "x", LOON | {veld: waarde}, actor=van(beheerder))
    assert veld in fout.value.message_dict
    assert not Voorstel.objects.exists()


def test_lager_dan_ervoor_is_een_waarschuwing(wet: None) -> None:
    assert waarschuwingen(LOON) == []
    laag = waarschuwingen(LOON | {"referentiemaand": "2300.00", "uur_15": "4.49"})
    assert [zin[:18] for zin in laag] == ["De referentiemaand", "15 jaar is per uur", "15 jaar: het deel "]


def test_het_scherm_stelt_voor_en_toont_de_waarschuwing(
    wet: None,
    rechten: None,
    client: Client,
    beheerder: Gebruiker,
    collega: Gebruiker,
) -> None:
    ingelogd(client, beheerder)
    adres = reverse("regelgeving_minimumloon")
    assert adres in client.get(reverse("regelgeving_bedragen")).content.decode()
    velden = LOON | {"geldig_van": "01-01-2027", "uur_15": "4.40"}
    velden = {naam: waarde if naam == "bron" else waarde.replace(".", ",") for naam, waarde in velden.items()}
    mist = client.post(adres, velden | {"uur_18": ""})
    assert mist.status_code == 400
    antwoord = client.post(adres, velden)
    assert antwoord.status_code == 302, antwoord.content.decode()
    assert "lager dan ervoor: toen €\u00a04,50" in ingelogd(client, collega).get(antwoord.url).content.decode()
    assert client.post(antwoord.url, {"actie": "goedkeuren"}).status_code == 302
    opzoeken.vergeet()
    assert "15,30" in client.get(reverse("regelgeving_bedragen"), {"op": "02-01-2027"}).content.decode()


@pytest.mark.eis("R231", "een gemeente zet haar eigen beslistermijn, met bron en datum")
def test_een_eigen_termijn_geldt_alleen_hier(
    wet: None,
    rechten: None,
    client: Client,
    beheerder: Gebruiker,
    collega: Gebruiker,
) -> None:
    velden = {"sleutel": "LKS_BESCHIKKING", "aantal": "8", "eenheid": "weken", "geldig_van": "01-01-2027", "bron": "B"}
    antwoord = ingelogd(client, beheerder).post(reverse("regelgeving_termijn"), velden)
    assert antwoord.status_code == 302, antwoord.content.decode()
    ingelogd(client, collega).post(antwoord.url, {"actie": "goedkeuren"})
    opzoeken.vergeet()
    assert [opzoeken.termijn("LKS_BESCHIKKING", dag).aantal for dag in (JANUARI, dt.date(2026, 12, 31))] == [8, 5]
    with voor_gemeente(GemeenteFabriek()):
        assert opzoeken.termijn("LKS_BESCHIKKING", JANUARI).aantal == 5


def test_vandaag_waarschuwt_voor_een_halfjaar_zonder_minimumloon(
    wet: None, gemeente: Gemeente, beheerder: Gebruiker, collega: Gebruiker, settings: Any
) -> None:
    def op(dag: str) -> list[tuple[str, str]]:
        settings.PEILDATUM = dag
        with handeling(ACTOR):
            ververs()
        rijen = Werkvoorraad.objects.filter(kamer="regelgeving", soort="minimumloon")
        laat.extend(rijen.values_list("op", flat=True))
        return list(rijen.values_list("titel", "voor_rol"))

    laat: list[dt.date] = []
    assert op("2026-11-19") == []
    assert op("2026-11-20") == [("Voer het minimumloon van 1 januari 2027 in", "functioneel_beheerder")]
    assert op("2027-03-01") == [("Voer het minimumloon van 1 januari 2027 in", "functioneel_beheerder")]
    assert laat == [dt.date(2026, 11, 27), dt.date(2027, 1, 1)], "een week de tijd; wie te laat is, ziet sinds wanneer"
    voorstel = stel_voor("minimumloon", "Minimumloon", LOON, actor=van(beheerder))
    assert op("2026-12-20") == [("Keur het minimumloon van 1 januari 2027 goed", "controller")]
    keur_goed(voorstel, actor=van(collega))
    assert op("2026-12-20") == []


@pytest.mark.eis("R231", "een onzeker percentage werkgeverslasten bevestigt de gemeente elk jaar, met twee mensen")
def test_vandaag_vraagt_elk_jaar_de_werkgeverslasten_te_bevestigen(
    wet: None, gemeente: Gemeente, beheerder: Gebruiker, collega: Gebruiker, settings: Any
) -> None:
    def op(dag: str) -> list[tuple[str, str, dt.date]]:
        settings.PEILDATUM = dag
        with handeling(ACTOR):
            ververs()
        rijen = Werkvoorraad.objects.filter(kamer="regelgeving", soort="werkgeverslasten")
        return list(rijen.values_list("titel", "voor_rol", "op"))

    def bevestig(dag: str, **velden: str) -> Voorstel:
        inhoud = {"sleutel": "lks.werkgeverslasten", "waarde": "23.5", "geldig_van": dag, "bron": "Staatscourant"}
        return stel_voor("parameter", "Werkgeverslasten", inhoud | velden, actor=van(beheerder))

    vraag = ("Bevestig de werkgeverslasten van 2026", "functioneel_beheerder", dt.date(2026, 1, 31))
    assert op("2026-01-02") == op("2026-06-01") == [vraag]
    voorstel = bevestig("2026-01-01", status="onzeker")
    assert op("2026-06-02") == [("Keur de werkgeverslasten van 2026 goed", "controller", dt.date(2026, 1, 31))]
    keur_goed(voorstel, actor=van(collega))
    assert op("2026-06-02") == []
    assert [titel for titel, _, _ in op("2027-01-01")] == ["Bevestig de werkgeverslasten van 2027"]
    keur_goed(bevestig("2027-01-01"), actor=van(collega))
    assert op("2027-06-01") == []
    assert [titel for titel, _, _ in op("2028-01-05")] == ["Bevestig de werkgeverslasten van 2028"], "elk jaar opnieuw"
