"""The outcome of other rules as a file: opened, and read by whoever may see the people in it (leap 18 and 19)."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from deelnemers.services.leestoezicht import verbied
from kern.csvblad import veilig
from kern.models import Gemeente, Leesregel
from tests.hulp.vragen import tel_vragen
from tests.kern.fabrieken import FABRIEK
from tests.loonkostensubsidie.fabrieken import subsidie

KEUZE = {"nu": "22-11-2026", "straks": "22-11-2026", "maximum": "60"}


@pytest.fixture(autouse=True)
def peildatum(settings: Any) -> None:
    settings.PEILDATUM = "2026-11-22"


def adres(vorm: str) -> str:
    return reverse("subsidie_wetsproef_bestand", args=[vorm])


def inhoud(antwoord: Any) -> bytes:
    return b"".join(antwoord.streaming_content) if antwoord.streaming else antwoord.content


def boek(client: Any) -> Any:
    return openpyxl.load_workbook(io.BytesIO(inhoud(client.get(adres("xlsx"), KEUZE))))


def test_rekenblad_met_totalen_en_een_regel_per_dienstverband(gemeente: Gemeente, log_in: Any) -> None:
    gelijk, lager = subsidie(), subsidie(loonwaarde=30)
    bladen = boek(log_in("controller"))
    assert bladen.sheetnames == ["Samen", "Per dienstverband"]
    koppen, *rijen = [[cel.value for cel in rij] for rij in bladen["Per dienstverband"]]
    per = {rij[0]: dict(zip(koppen, rij, strict=True)) for rij in rijen}
    assert set(per) == {gelijk.nummer, lager.nummer}
    # 30 procent loonwaarde krijgt 70, en met een maximum van 60 dus 10 minder: 2.477,952 × 10 % × 1,235 = 306,03.
    een = per[lager.nummer]
    assert (een["Werknemer"], een["Werkgever"]) == (lager.deelnemer.naam, lager.werkgever.naam)
    assert [round(een[k], 2) for k in ("Nu: samen", "Straks: samen", "Verschil per maand", "Verschil per jaar")] == [
        2142.19,
        1836.16,
        -306.03,
        -3672.32,
    ]
    assert een["Waardoor"] == "Deel van het minimumloon dat wordt vergoed"
    assert per[gelijk.nummer]["Verschil per maand"] == 0
    samen = {rij[0].value: [cel.value for cel in rij[1:]] for rij in bladen["Samen"] if rij[0].value}
    assert [round(w, 2) for w in samen["Samen"]] == [3060.27, 2754.24, -306.03, -3672.32]
    assert samen["Hoogste deel van het minimumloon, in procent"][0] == 60


def test_csv_heeft_dezelfde_regels_en_een_totaal(gemeente: Gemeente, log_in: Any) -> None:
    rij = subsidie(loonwaarde=30)
    antwoord = log_in("controller").get(adres("csv"), KEUZE)
    assert "andere-regels-2026-11-22.csv" in antwoord["Content-Disposition"]
    koppen, een, samen = csv.reader(io.StringIO(inhoud(antwoord).decode("utf-8-sig")), delimiter=";")
    plek = koppen.index("Verschil per maand")
    assert (een[0], een[plek], samen[0], samen[plek]) == (rij.nummer, "-306,03", "Samen", "-306,03")


@pytest.mark.parametrize(
    ("cel", "veilige_cel"), [("-306,03", "-306,03"), ("-1+1", "'-1+1"), ("=1", "'=1"), ("-5", "-5"), ("-A1", "'-A1")]
)
def test_een_bedrag_onder_nul_is_een_getal_en_geen_formule(cel: str, veilige_cel: str) -> None:
    assert veilig(cel) == veilige_cel


@pytest.mark.eis(
    "R223", "wie een dossier niet mag openen, krijgt het ook niet in een bestand; wie erin staat, is gelezen"
)
def test_alleen_wie_je_mag_zien_en_in_het_leeslog(gemeente: Gemeente, log_in: Any) -> None:
    wel, niet = subsidie(), subsidie()
    client = log_in("controller")
    verbied(niet.deelnemer, client.medewerker, "familie", actor=FABRIEK)
    bladen = boek(client)
    nummers = {rij[0].value for rij in bladen["Per dienstverband"]}
    assert wel.nummer in nummers and niet.nummer not in nummers
    assert dict([(r[0].value, r[1].value) for r in bladen["Samen"]])["Subsidies in dit bestand"] == 1
    regel = Leesregel.objects.get(verwerking="subsidie.wetsproef")
    assert regel.betrokkenen == [wel.deelnemer_id]


def test_wie_niet_te_berekenen_is_staat_erbij_met_de_reden(gemeente: Gemeente, log_in: Any) -> None:
    rij = subsidie()
    vragen = KEUZE | {"nu": "22-11-2026", "straks": "01-01-2010"}
    bladen = openpyxl.load_workbook(io.BytesIO(inhoud(log_in("controller").get(adres("xlsx"), vragen))))
    koppen, een = [[cel.value for cel in regel] for regel in bladen["Per dienstverband"]]
    assert een[0] == rij.nummer and een[koppen.index("Niet te berekenen")]


def test_wie_het_bestand_krijgt(gemeente: Gemeente, log_in: Any) -> None:
    subsidie()
    client = log_in("controller")
    blad = client.get(reverse("subsidie_wetsproef"), KEUZE).content.decode()
    assert f"{adres('xlsx')}?nu=22-11-2026" in blad and adres("csv") in blad
    assert "andere-regels/xlsx" not in client.get(reverse("subsidie_wetsproef")).content.decode()
    assert client.get(adres("pdf"), KEUZE).status_code == 404
    assert client.get(adres("csv"), {"nu": "x"})["Location"] == reverse("subsidie_wetsproef")
    assert log_in("consulent").get(adres("csv"), KEUZE).status_code == 403


def test_vragen_van_het_bestand_groeien_niet(gemeente: Gemeente, log_in: Any) -> None:
    client = log_in("controller")
    aantallen = []
    for erbij in (1, 3):
        for _ in range(erbij):
            subsidie()
        inhoud(client.get(adres("xlsx"), KEUZE))
        with tel_vragen() as vragen:
            inhoud(client.get(adres("xlsx"), KEUZE))
        aantallen.append(len(vragen))
    assert aantallen[0] == aantallen[1], aantallen
