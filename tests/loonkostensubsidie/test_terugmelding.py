"""What the bank did: once or twice, right or wrong, by form or by file (R149)."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from kern.models import Gemeente, Overgang, Werkvoorraad
from kern.weergave import euro
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.models import Betaalopdracht, Betaalrun
from loonkostensubsidie.services.terugmelding import verwerk_terugmelding
from loonkostensubsidie.terugmeldbestand import Terugmelding, lees_terugmelding
from tests.loonkostensubsidie.betaalfabrieken import (
    MEI,
    PEILDATUM,
    aangeboden,
    actor,
    enige,
    gemeente_betaalt,
    meld,
    opgesteld,
    recht,
    werkgever,
)

KOP = "kenmerk;uitkomst;bedrag;datum;reden\n"


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


@pytest.fixture
def run(gemeente: Gemeente) -> Betaalrun:
    """Two orders that the bank has."""
    gemeente_betaalt()
    recht()
    recht(werkgever(naam="Anders BV"), loonwaarde=60)
    return aangeboden()


# --- Orders ---------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "ontvangst per opdracht; is alles bekend, dan is de run klaar")
def test_betaald_en_geweigerd_maken_de_run_af(run: Betaalrun) -> None:
    eerste, tweede = vragen.opdrachten_van(run)
    meld(eerste)
    run.refresh_from_db()
    assert run.status == "aangeboden", "van de tweede weten we nog niets"
    verslag = meld(tweede, "geweigerd")
    run.refresh_from_db()
    tweede.refresh_from_db()
    assert (verslag.geweigerd, run.status) == (1, "afgerond")
    assert (tweede.reden, tweede.bankdatum) == ("rekening opgeheven", dt.date(2026, 7, 6))
    assert vragen.som(vragen.open_regels()) == tweede.bedrag
    wacht = Werkvoorraad.objects.get(kamer="betalingen")
    assert wacht.titel == f"Betaling geweigerd: {tweede.werkgever.naam}"


@pytest.mark.eis("R149", "twee keer hetzelfde doorgeven verandert niets")
def test_twee_keer_doorgeven_verandert_niets(run: Betaalrun) -> None:
    opdracht = vragen.opdrachten_van(run)[0]
    meld(opdracht)
    opdracht.refresh_from_db()
    verslag = meld(opdracht)
    assert (verslag.betaald, verslag.al_bekend) == (0, 1)
    nog_eens = Betaalopdracht.objects.get(pk=opdracht.pk)
    assert (nog_eens.versie, nog_eens.betaald_op) == (opdracht.versie, opdracht.betaald_op)
    assert Overgang.objects.filter(soort="betaalopdracht", actie="betalen").count() == 1


def test_een_betaling_die_later_terugkomt(run: Betaalrun) -> None:
    opdracht = vragen.opdrachten_van(run)[0]
    meld(opdracht)
    meld(opdracht, "geweigerd", reden="teruggeboekt door de bank")
    opdracht.refresh_from_db()
    assert opdracht.status == "geweigerd" and opdracht.betaald_op is not None
    assert vragen.som(vragen.open_regels(opdracht.werkgever_id)) == opdracht.bedrag
    with pytest.raises(ValidationError, match="kan niet ‘betaald’ worden: de opdracht is ‘Geweigerd’"):
        meld(opdracht)


@pytest.mark.eis("R149", "een onbekend kenmerk, een ander bedrag en dubbel: alles tegelijk gezegd, niets opgeslagen")
def test_alle_fouten_tegelijk_en_niets_opgeslagen(run: Betaalrun) -> None:
    eerste, tweede = vragen.opdrachten_van(run)
    goed = Terugmelding(eerste.eindkenmerk, "betaald", eerste.bedrag, dt.date(2026, 7, 6), waar="Regel 2")
    regels = [
        goed,
        Terugmelding(eerste.eindkenmerk, "betaald", eerste.bedrag, dt.date(2026, 7, 6), waar="Regel 3"),
        Terugmelding("BET-2013-00001-0000001", "betaald", Decimal(1), dt.date(2026, 7, 6), waar="Regel 4"),
        Terugmelding(tweede.eindkenmerk, "betaald", tweede.bedrag + 1, dt.date(2026, 7, 9), waar="Regel 5"),
    ]
    with pytest.raises(ValidationError) as fout:
        verwerk_terugmelding(regels, run=run, actor=actor())
    zinnen = fout.value.messages
    assert [zin.split(":")[0] for zin in zinnen] == ["Regel 3", "Regel 4", "Regel 5", "Regel 5"]
    assert "meer dan één keer" in zinnen[0] and "geen opdracht die we kennen" in zinnen[1]
    assert f"was {euro(tweede.bedrag)}, niet {euro(tweede.bedrag + 1)}" in zinnen[2]
    assert "datum die nog moet komen" in zinnen[3]
    assert {o.status for o in vragen.opdrachten_van(run)} == {"aangeboden"}


def test_een_opdracht_van_een_andere_run_telt_niet(run: Betaalrun) -> None:
    recht(werkgever(naam="Derde BV"))
    ander = enige(opgesteld(MEI))
    regel = Terugmelding(ander.eindkenmerk, "betaald", ander.bedrag, dt.date(2026, 7, 6))
    with pytest.raises(ValidationError, match="geen opdracht die we kennen"):
        verwerk_terugmelding([regel], run=run, actor=actor())
    with pytest.raises(ValidationError, match="kan niet ‘betaald’ worden: de opdracht is ‘Klaar’"):
        verwerk_terugmelding([regel], actor=actor())


# --- The file -------------------------------------------------------------------------------------------------------
def test_een_bestand_zoals_een_rekenblad_het_schrijft() -> None:
    inhoud = (
        "\ufeffKenmerk;Uitkomst;Bedrag;Datum;Reden\n"
        "BET-1;Betaald;1.234,56;31-3-2026;\n'BET-2;geweigerd;0,10;2026-03-31;op\n"
    )
    een, twee = lees_terugmelding(inhoud.encode())
    assert een == Terugmelding("BET-1", "betaald", Decimal("1234.56"), dt.date(2026, 3, 31), "", "Regel 2")
    assert (twee.kenmerk, twee.bedrag, twee.reden, twee.waar) == ("BET-2", Decimal("0.10"), "op", "Regel 3")


@pytest.mark.parametrize(
    ("inhoud", "zinnen"),
    [
        (b"kenmerk;bedrag\n", ["Deze kolommen ontbreken: uitkomst, datum, reden."]),
        (KOP.encode(), ["Er staan geen regels in dit bestand."]),
        (b"\x00\x01\x02", ["Dit is geen CSV die we kunnen lezen."]),
        (
            (KOP + ";misschien;veel;gisteren;\nBET-1;geweigerd;1,005;2026-02-30;\n").encode(),
            [
                "Regel 2: het kenmerk ontbreekt.",
                "Regel 2: de uitkomst is ‘betaald’ of ‘geweigerd’.",
                "Regel 2: het bedrag is geen bedrag zoals 1234,56.",
                "Regel 2: de datum is geen datum zoals 2026-03-31 of 31-3-2026.",
                "Regel 3: het bedrag is geen bedrag zoals 1234,56.",
                "Regel 3: de datum is geen datum zoals 2026-03-31 of 31-3-2026.",
                "Regel 3: schrijf bij een weigering de reden op.",
            ],
        ),
    ],
)
def test_een_bestand_dat_niet_klopt(inhoud: bytes, zinnen: list[str]) -> None:
    with pytest.raises(ValidationError) as fout:
        lees_terugmelding(inhoud)
    assert fout.value.messages == zinnen
