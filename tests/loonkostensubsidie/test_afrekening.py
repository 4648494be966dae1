"""The end of a subsidy: a letter with every month, and what a year cost per source of money (R149)."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.urls import reverse

from kern.models import Gemeente, Leesregel
from loonkostensubsidie.afrekening import afgelopen_subsidies, maak_afrekening, maanden_van, realisatie
from loonkostensubsidie.services.boeken import boek
from loonkostensubsidie.services.subsidie import beeindig_subsidie, trek_subsidie_in
from tests.hulp.pdf import tekst_van
from tests.hulp.vragen import groeit_niet
from tests.loonkostensubsidie.betaalfabrieken import (
    JUNI,
    MEI,
    PEILDATUM,
    TAAK,
    aangeboden,
    betaald,
    enige,
    gemeente_betaalt,
    meld,
    opgesteld,
    recht,
    werkgever,
)


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.mark.eis("R149", "de eindafrekening telt per maand op wat is besloten en betaald, met het verschil")
def test_de_eindafrekening_telt_op(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    een = recht()
    run = aangeboden(MEI)
    meld(enige(run))
    meld(enige(run), "geweigerd", reden="teruggeboekt")  # held by two orders, one after the other: counts once
    betaald(JUNI)
    beeindig_subsidie(een, dt.date(2026, 6, 15), "uit dienst", actor=TAAK)
    boek([een.pk], JUNI, actor=TAAK)
    een.refresh_from_db()
    maanden = [(m.maand.month, m.besloten, m.betaald, m.verschil) for m in maanden_van(een)]
    # Juni: 918,08 × 15/30; 459,04 te veel betaald.
    assert maanden == [
        (5, Decimal("918.08"), Decimal("918.08"), 0),
        (6, Decimal("459.04"), Decimal("918.08"), Decimal("-459.04")),
    ]
    (rij,) = afgelopen_subsidies()
    assert (rij.besloten, rij.betaald) == (Decimal("1377.12"), Decimal("1836.16"))
    tekst = tekst_van(maak_afrekening(een, gemeente))
    assert een.deelnemer.naam in tekst and "stopte op 15 juni 2026" in tekst
    assert "U kreeg € 459,04 te veel" in tekst and "juni 2026 € 459,04 € 918,08 € −459,04" in tekst
    assert "Samen € 1.377,12 € 1.836,16 € −459,04" in tekst
    assert "Wat er is gecorrigeerd" in tekst and "15 juni 2026 in plaats van 30 juni 2026" in " ".join(tekst.split())


def test_is_alles_betaald_dan_zegt_de_brief_dat(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    een = recht()
    beeindig_subsidie(een, dt.date(2026, 5, 31), "uit dienst", actor=TAAK)
    boek([een.pk], JUNI, actor=TAAK)
    een.refresh_from_db()
    assert "U krijgt nog € 918,08" in tekst_van(maak_afrekening(een, gemeente))
    betaald(MEI)
    assert "Alles is betaald" in tekst_van(maak_afrekening(een, gemeente))


@pytest.mark.eis("R149", "per jaar en geldbron wat de maanden kostten, met correcties")
def test_realisatie_per_geldbron(gemeente: Gemeente, log_in: Any) -> None:
    recht()
    een = recht(werkgever(naam="Anders BV"))
    opgesteld()
    trek_subsidie_in(een, "nooit recht", actor=TAAK)
    boek([een.pk], JUNI, actor=TAAK)
    (rij,) = realisatie(2026)
    assert (rij["subsidies"], rij["maanden"], rij["som_totaal"], rij["som_betaald"]) == (2, 4, Decimal("1836.16"), None)
    assert realisatie(2025) == []
    antwoord = log_in("controller").get(reverse("subsidierealisatie", args=[2026]))
    blad = openpyxl.load_workbook(io.BytesIO(b"".join(antwoord.streaming_content))).active
    rijen = list(blad.iter_rows(values_only=True))
    assert rijen[1][:4] == ("W-deel", "Loonkostensubsidie", 2, 4) and rijen[1][6] == 1836.16


def test_de_lijst_en_de_brief_op_het_scherm(gemeente: Gemeente, log_in: Any) -> None:
    een = recht()
    trek_subsidie_in(een, "nooit recht", actor=TAAK)
    client = log_in("medewerker_subsidies")
    lijst, brief = reverse("eindafrekeningen"), reverse("eindafrekening", args=[een.kenmerk])
    assert brief in client.get(lijst).content.decode()
    assert client.get(brief).content.startswith(b"%PDF")
    gelezen = Leesregel.objects.filter(verwerking="subsidie.eindafrekening").values_list("betrokkenen", flat=True)
    assert list(gelezen) == [[een.deelnemer_id]]

    def meer() -> None:
        for nummer in range(3):
            trek_subsidie_in(recht(werkgever(naam=f"Nog een {nummer}")), "nooit recht", actor=TAAK)

    groeit_niet(lambda: client.get(lijst), meer, "eindafrekeningen", 14)
    kijker = log_in("controller")
    assert brief not in kijker.get(lijst).content.decode() and kijker.get(brief).status_code == 403
    loopt = recht(werkgever(naam="Loopt BV"))
    assert log_in("medewerker_subsidies").get(reverse("eindafrekening", args=[loopt.kenmerk])).status_code == 404
