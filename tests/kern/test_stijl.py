"""The rules of the style files and templates, so that a theme reaches everything (docs/schermen.md)."""

import re
from pathlib import Path

import pytest

WORTEL = Path(__file__).resolve().parents[2]
THEMA = (WORTEL / "static/kern/thema/standaard.css").read_text()
STIJLEN = sorted((WORTEL / "static").glob("*/css/*.css"))
SJABLONEN = sorted((WORTEL / "templates").rglob("*.html"))


def _zonder_commentaar(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


@pytest.mark.parametrize("bestand", STIJLEN, ids=lambda p: p.stem)
def test_stijl_leest_alleen_tokens_van_het_thema(bestand):
    css = _zonder_commentaar(bestand.read_text())
    bekend = set(re.findall(r"(--basis-[a-z0-9-]+):", THEMA))
    gebruikt = set(re.findall(r"var\((--basis-[a-z0-9-]+)", css))
    assert gebruikt <= bekend
    assert "!important" not in css
    assert not re.search(r"#[0-9a-f]{3,8}\b", css), "kleuren horen in het thema"


@pytest.mark.parametrize("bestand", [*STIJLEN, *SJABLONEN], ids=lambda p: p.name)
def test_bestand_blijft_leesbaar(bestand):
    assert len(bestand.read_text().splitlines()) <= 400


@pytest.mark.parametrize("bestand", SJABLONEN, ids=lambda p: str(p.relative_to(WORTEL / "templates")))
def test_sjabloon_past_bij_de_strenge_csp(bestand):
    html = bestand.read_text()
    assert not re.search(r"\sstyle=", html)
    assert not re.search(r"\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert "<style" not in html


def test_elk_icoon_in_sjablonen_bestaat():
    sprite = set(re.findall(r'id="i-([a-z]+)"', (WORTEL / "static/kern/iconen.svg").read_text()))
    gevraagd = {n for p in SJABLONEN for n in re.findall(r'{% icoon "([a-z-]+)"', p.read_text())}
    assert gevraagd <= sprite


# ── Contrast, in both themes ─────────────────────────────────────────────────────────────


def _kleuren(donker: bool) -> dict[str, str]:
    paren = re.findall(r"(--basis-[a-z0-9-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", THEMA)
    return {naam: d if donker else licht for naam, licht, d in paren}


def _licht(hexkleur: str) -> float:
    delen = [int(hexkleur[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    r, g, b = (d / 12.92 if d <= 0.04045 else ((d + 0.055) / 1.055) ** 2.4 for d in delen)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(a: str, b: str) -> float:
    hoog, laag = sorted((_licht(a), _licht(b)), reverse=True)
    return (hoog + 0.05) / (laag + 0.05)


TEKST_OP_VLAK = [
    *[
        (f"default-color-{tekst}", f"default-bg-{vlak}")
        for tekst in ("document", "default", "subtle")
        for vlak in ("document", "default", "subtle", "hover")
    ],
    *[
        (f"{soort}-color-default", f"{soort}-bg-default")
        for soort in (
            "action-1",
            "accent-1",
            "accent-2",
            "accent-3",
            "positive",
            "warning",
            "negative",
            "info",
            "highlight",
            "selected",
        )
    ],
    *[
        (f"{soort}-inverse-color-default", f"{soort}-inverse-bg-default")
        for soort in ("default", "action-1", "accent-1", "positive", "warning", "negative")
    ],
    ("default-inverse-color-subtle", "default-inverse-bg-default"),
    ("action-1-color-default", "default-bg-document"),
    ("action-1-color-default", "default-bg-subtle"),
    ("negative-color-default", "negative-bg-subtle"),
    ("negative-color-default", "default-bg-default"),
    ("accent-1-color-default", "accent-1-bg-subtle"),
    ("default-color-subtle", "accent-1-bg-subtle"),
    ("default-color-subtle", "action-1-bg-subtle"),
]


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
@pytest.mark.parametrize(("tekst", "vlak"), TEKST_OP_VLAK)
def test_tekst_is_leesbaar(tekst, vlak, donker):
    kleuren = _kleuren(donker)
    assert contrast(kleuren[f"--basis-color-{tekst}"], kleuren[f"--basis-color-{vlak}"]) >= 4.5


@pytest.mark.parametrize("donker", [False, True], ids=["licht", "donker"])
@pytest.mark.parametrize(
    "token",
    [
        "focus-outline-color",
        "form-control-border-color",
        "form-control-invalid-border-color",
        "dataset-categorical-1",
        "dataset-categorical-2",
        "dataset-categorical-3",
        "dataset-categorical-4",
        "dataset-categorical-5",
    ],
)
def test_rand_en_grafiek_vallen_op(token, donker):
    kleuren = _kleuren(donker)
    assert contrast(kleuren[f"--basis-{token}"], kleuren["--basis-color-default-bg-default"]) >= 3
