"""The calculation as JSON: by command, and in one form with the API."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from loonkostensubsidie.uitwisseling import beantwoord
from loonkostensubsidie.wetgeving import huidige_wetgeving
from tests.loonkostensubsidie.wet import meegeleverde_wet

WET = meegeleverde_wet()
IJK = {
    "datum": "2026-08-15",
    "geboortedatum": "1980-05-17",
    "startDienstverband": "2025-04-01",
    "urenPerWeek": 36,
    "voltijdUrenSector": 36,
    "route": "loonwaarde",
    "loonwaardePercentage": 70,
}


def meldingen(gegevens: Any) -> dict[str, str]:
    return {fout["veld"]: fout["melding"] for fout in beantwoord(gegevens, WET)["fouten"]}


def test_bedragen_zijn_tekst_in_euro_per_maand() -> None:
    antwoord = beantwoord(IJK, WET)
    assert (antwoord["loonkostensubsidie"], antwoord["werkgeverslasten"], antwoord["totaal"]) == (
        "743.39",
        "174.70",
        "918.08",
    )
    assert antwoord["specificatie"][-1] == {
        "code": "totaal",
        "omschrijving": "Samen per maand",
        "berekening": "€\u00a0743,3856 + €\u00a0174,6956",
        "waarde": "918.0812",
        "eenheid": "euro",
        "artikel": "",
        "bron": "",
        "status": "",
    }


def test_een_eerste_maand_telt_de_dagen_die_je_noemt() -> None:
    antwoord = beantwoord(IJK | {"vanDatum": "2026-08-15"}, WET)
    assert antwoord["loonkostensubsidie"] == "407.66"
    assert antwoord["specificatie"][-1]["berekening"] == (
        "15 augustus 2026 tot en met 31 augustus 2026: 17 van 31 dagen"
    )


def test_getal_als_tekst_en_leeg_keuzeveld_mogen() -> None:
    gewoon = beantwoord(IJK, WET)
    assert beantwoord(IJK | {"urenPerWeek": "36.0", "functieloonPercentageWml": None}, WET) == gewoon


def test_beschut_werk_geeft_hetzelfde_bedrag_en_zegt_dat() -> None:
    gewoon, beschut = beantwoord(IJK, WET), beantwoord(IJK | {"beschut": True}, WET)
    extra = [regel for regel in beschut["specificatie"] if regel["code"] == "beschut"]
    assert [regel["omschrijving"] for regel in extra] == ["Beschut werk"]
    zonder = [regel for regel in beschut["specificatie"] if regel not in extra]
    assert beschut | {"specificatie": zonder} == gewoon


@pytest.mark.parametrize(
    ("anders", "veld", "deel"),
    [
        ({"datum": "15-08-2026"}, "datum", "jjjj-mm-dd"),
        ({"datum": "2026-08-15T10:00"}, "datum", "jjjj-mm-dd"),
        ({"urenPerWeek": True}, "urenPerWeek", "getal"),
        ({"urenPerWeek": "NaN"}, "urenPerWeek", "getal"),
        ({"urenPerWeek": "1e999999999"}, "urenPerWeek", "168"),
        ({"urenPerWeek": 169}, "urenPerWeek", "168"),
        ({"loonwaardePercentage": 0}, "loonwaardePercentage", "1 tot en met 100"),
        ({"loonwaardePercentage": None}, "loonwaardePercentage", "gemeten loonwaarde"),
        ({"route": "schatting"}, "route", "loonwaarde of forfait"),
        ({"beschut": "ja"}, "beschut", "true of false"),
        ({"bsn": "999990019"}, "bsn", "kennen we niet"),
        ({"vanDatum": "2026-07-31"}, "vanDatum", "dezelfde maand"),
        ({"vanDatum": "2026-08-20", "totDatum": "2026-08-10"}, "totDatum", "voor de eerste dag"),
        ({"datum": "2030-01-01"}, "datum", "minimumloon van 1 januari 2030"),
    ],
)
def test_een_fout_staat_bij_het_veld(anders: dict[str, Any], veld: str, deel: str) -> None:
    assert deel in meldingen(IJK | anders)[veld]


def test_alle_fouten_in_een_keer() -> None:
    gegevens = {"datum": "morgen", "urenPerWeek": 36, "route": "x", "extra": 1}
    assert set(meldingen(gegevens)) == {
        "datum",
        "geboortedatum",
        "startDienstverband",
        "voltijdUrenSector",
        "route",
        "extra",
    }
    assert set(meldingen(IJK | {"extra": 1, "urenPerWeek": 200})) == {"extra", "urenPerWeek"}


@pytest.mark.parametrize("gegevens", [None, [], "tekst", 3])
def test_geen_object(gegevens: Any) -> None:
    assert "" in meldingen(gegevens)


def opdracht(*regels: str, tmp_path: Path, **keuzes: Any) -> list[dict[str, Any]]:
    bestand = tmp_path / "gevallen.jsonl"
    bestand.write_text("\n".join(regels), encoding="utf-8")
    uit = io.StringIO()
    call_command("bereken_loonkostensubsidie", str(bestand), stdout=uit, **keuzes)
    return [json.loads(regel) for regel in uit.getvalue().splitlines()]


@pytest.mark.eis("R148", "de opdracht rekent met dezelfde regels als scherm en API")
def test_opdracht_geeft_per_regel_bedragen_of_fouten(wet: None, tmp_path: Path) -> None:
    goed, fout, geen_json = opdracht(json.dumps(IJK), "", json.dumps(IJK | {"route": "x"}), "{", tmp_path=tmp_path)
    assert goed == beantwoord(IJK, WET)
    assert fout["fouten"][0]["veld"] == "route"
    assert geen_json["fouten"][0]["melding"] == "Deze regel is geen geldige JSON."


def test_opdracht_leest_ook_de_invoer(wet: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(IJK) + "\n"))
    uit = io.StringIO()
    call_command("bereken_loonkostensubsidie", stdout=uit)
    assert json.loads(uit.getvalue())["totaal"] == "918.08"


def test_opdracht_met_onbekend_bestand_of_onbekende_gemeente(wet: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="niet te lezen"):
        call_command("bereken_loonkostensubsidie", str(tmp_path / "weg.jsonl"))
    with pytest.raises(CommandError, match="geen gemeente"):
        opdracht("{}", tmp_path=tmp_path, gemeente="0000")


def test_de_tabellen_in_de_database_zijn_de_meegeleverde_wet(wet: None) -> None:
    uit_database = huidige_wetgeving()
    assert {k: sorted(v, key=lambda r: r.van) for k, v in uit_database.gegevens.items()} == {
        k: sorted(v, key=lambda r: r.van) for k, v in WET.gegevens.items()
    }
    assert {k: set(v) for k, v in uit_database.lonen.items()} == {k: set(v) for k, v in WET.lonen.items()}


JARIG = {
    "geboortedatum": "2005-08-10",
    "startDienstverband": "2025-04-01",
    "urenPerWeek": 36,
    "voltijdUrenSector": 36,
    "route": "loonwaarde",
    "loonwaardePercentage": 70,
}


@pytest.mark.eis("R148", "gevraagd is het bedrag per maand op een dag; pas met een eerste of laatste dag telt een deel")
def test_een_verjaardag_in_de_maand_geeft_per_dag_het_bedrag_van_een_hele_maand() -> None:
    """Twenty until 10 August: 734.46 a month (table of January), from then on 935.13 (table of July).

    The question is `datum`, so the answer is that of the day. Nobody asked for a part of the month; who does, gets what
    the ledger books: 9 days of the one and 22 of the other, 876.87.
    """
    bedragen = [beantwoord(JARIG | {"datum": f"2026-08-{dag}"}, WET)["totaal"] for dag in ("01", "09", "10", "31")]
    assert bedragen == ["734.46", "734.46", "935.13", "935.13"]
    maand = {"datum": "2026-08-10", "vanDatum": "2026-08-01", "totDatum": "2026-08-31"}
    assert beantwoord(JARIG | maand, WET)["totaal"] == "876.87"
    assert beantwoord(JARIG | {"datum": "2026-07-01"}, WET)["totaal"] == "734.46"
    assert beantwoord(JARIG | {"datum": "2026-09-01"}, WET)["totaal"] == "935.13"


@pytest.mark.eis("R148", "in de laatste maand van het vaste percentage is het bedrag op een dag dat van een hele maand")
def test_een_forfait_dat_in_de_maand_eindigt_geeft_een_heel_bedrag_tot_je_een_deel_vraagt() -> None:
    """The answer is per month on the day that was asked; a last month that is not whole is asked with `totDatum`."""
    vraag = {naam: w for naam, w in IJK.items() if naam != "loonwaardePercentage"}
    vraag |= {"route": "forfait", "startDienstverband": "2026-02-11"}
    heel = beantwoord(vraag | {"datum": "2026-07-01"}, WET)["totaal"]
    laatste_maand = beantwoord(vraag | {"datum": "2026-08-01"}, WET)["totaal"]
    deel = beantwoord(vraag | {"datum": "2026-08-01", "totDatum": "2026-08-31"}, WET)["totaal"]
    assert (heel, laatste_maand, deel) == ("1530.14", "1530.14", "493.59")  # 10 van 31 dagen
    assert "route" in meldingen(vraag | {"datum": "2026-08-11"}), "na de laatste dag is er geen bedrag"
    januari = vraag | {"startDienstverband": "2026-01-15", "datum": "2026-07-01"}
    assert beantwoord(januari, WET)["loonkostensubsidie"] == "1238.98"


def test_de_eerste_van_de_maand_mag_bij_een_eerste_maand() -> None:
    """`datum` names the month; `vanDatum` is the day on which the job begins."""
    vraag = IJK | {"startDienstverband": "2026-08-15", "vanDatum": "2026-08-15"}
    eerste = beantwoord(vraag | {"datum": "2026-08-01"}, WET)
    assert eerste == beantwoord(vraag | {"datum": "2026-08-15"}, WET)
    assert "fouten" not in eerste
    zonder = {naam: waarde for naam, waarde in vraag.items() if naam != "vanDatum"}
    assert "datum" in meldingen(zonder | {"datum": "2026-08-01"})
