"""The figures of a benchmark: median, 95th percentile, verdict and table."""

from __future__ import annotations

import json
import sys

import pytest

from benchmarks.meter import Lat, Meting, meet, percentiel, tabel, vat_samen
from benchmarks.opdracht import lees_opties, main, toon


def test_p95_is_de_waarde_die_vijf_van_de_honderd_overschrijden() -> None:
    assert percentiel([float(n) for n in range(100, 0, -1)], 0.95) == 95.0
    assert percentiel([7.0], 0.95) == 7.0
    assert percentiel([1.0, 2.0], 0.95) == 2.0


def test_opwarmen_telt_niet_mee() -> None:
    # Every run takes one second more than the one before it on this clock; the first two are not measured.
    standen = iter([0.0, 3.0, 10.0, 14.0, 20.0, 25.0])
    gedaan: list[int] = []
    meting = meet("iets", lambda: gedaan.append(1), keer=3, warm=2, klok=lambda: next(standen))
    assert len(gedaan) == 5
    assert (meting.keer, meting.p50, meting.p95) == (3, 4000.0, 5000.0)


@pytest.mark.parametrize(
    ("lat", "oordeel"),
    [
        (Lat(), ""),
        (Lat(p50=50, p95=90, vragen=10, kib=60), "gehaald"),
        (Lat(p50=49.9), "niet (p50)"),
        (Lat(p50=50, p95=89, vragen=9, kib=59), "niet (p95, vragen, kib)"),
    ],
)
def test_het_oordeel_noemt_wat_de_lat_mist(lat: Lat, oordeel: str) -> None:
    assert Meting("lijst", 40, 50.0, 90.0, vragen=10, kib=60.0, lat=lat).oordeel() == oordeel


def test_wat_niet_gemeten_is_mist_de_lat_niet() -> None:
    assert Meting("API", 40, 10.0, 20.0, lat=Lat(p50=40, kib=60)).oordeel() == "gehaald"


def test_de_tabel_heeft_gelijke_kolommen_en_is_markdown() -> None:
    regels = tabel(
        [vat_samen("dossier", [10.0, 30.0, 20.0], vragen=12, kib=41.6, lat=Lat(p95=25)), vat_samen("nacht", [61_000.0])]
    ).splitlines()
    assert len({len(regel) for regel in regels}) == 1
    assert [vak.strip() for vak in regels[2].strip("|").split("|")] == [
        "dossier", "3", "20.0", "30.0", "12", "42", "p95 ≤ 25 ms", "niet (p95)",
    ]  # fmt: skip
    assert set(regels[1]) <= set("|-: ")


def test_een_lat_leest_als_zin() -> None:
    assert str(Lat(p50=80, p95=150, vragen=10, kib=60)) == "p50 ≤ 80 ms, p95 ≤ 150 ms, ≤ 10 vragen, ≤ 60 KiB"
    assert str(Lat(p50=60_000)) == "p50 ≤ 60 s"


def test_metingen_overleven_de_reis_door_json() -> None:
    meting = vat_samen("dossier", [10.0], vragen=12, lat=Lat(p95=25))
    uitkomst = {
        "schaal": "1:1", "peildatum": "2026-01-02", "drukte": 0.5, "deelnemers": 5, "kandidaten": 4, "vacatures": 3,
        "metingen": [meting.als_dict()],
    }  # fmt: skip
    assert tabel([meting]) in toon(json.loads(json.dumps(uitkomst)))


def test_schalen_mogen_vaker_en_verstek_is_een_op_een() -> None:
    assert lees_opties([]).schaal == ["1:1"]
    assert lees_opties(["--schaal", "1:1", "--schaal", "10:1", "--schaal", "1:1"]).schaal == ["1:1", "10:1"]


@pytest.mark.parametrize("argv", [["--peildatum", "31-12-2014"], ["--herhalingen", "0"], ["--schaal", "2:1"]])
def test_een_verkeerde_keuze_stopt_meteen(argv: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        lees_opties(argv)
    assert capsys.readouterr().out == ""


def test_een_schaal_die_mislukt_geeft_geen_tabel(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/false")
    assert main(["--schaal", "1:20"]) == 1
    assert capsys.readouterr().out == ""
