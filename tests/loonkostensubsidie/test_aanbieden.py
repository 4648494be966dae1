"""The files of a run: right by the schema, made once, and never to an account that nobody approved (R149)."""

from __future__ import annotations

import csv
import datetime as dt
import hashlib
import io
import os
import time
import xml.etree.ElementTree as ET
from decimal import Decimal
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import xmlschema
from django.core.exceptions import ValidationError
from django.db import transaction

from kern import bestanden
from kern.handeling import handeling
from kern.models import Gemeente
from kern.taken import voer_uit
from kern.toestanden import OvergangGeweigerd
from loonkostensubsidie import betaalvragen as vragen
from loonkostensubsidie.betaalbestand import SCHEMA, Betaling, Debiteur, maak_lijst, maak_pain
from loonkostensubsidie.models import Betaalopdracht
from loonkostensubsidie.services import betaalrun as dienst
from loonkostensubsidie.services.aanbieden import ANDER_NUMMER, bied_run_aan
from tests.loonkostensubsidie.betaalfabrieken import (
    ANDER,
    GEMEENTE_IBAN,
    IBAN,
    PEILDATUM,
    TAAK,
    actor,
    bied_aan,
    enige,
    gemeente_betaalt,
    goedgekeurd,
    opgesteld,
    recht,
    werkgever,
    zet_rekening,
)
from werkgevers.dienstverbandvragen import WIJZIGING_OPEN
from werkgevers.models import Rekening
from werkgevers.services.rekening import stel_rekening_voor

NS = {"p": f"urn:iso:std:iso:20022:tech:xsd:{SCHEMA}"}
MOMENT = dt.datetime(2026, 7, 6, 9, 30, tzinfo=dt.UTC)
DEBITEUR = Debiteur("Gemeente Toetsdam, afdeling Geld", GEMEENTE_IBAN)


@pytest.fixture(autouse=True)
def dag(settings: Any, tmp_path: Path) -> None:
    settings.PEILDATUM = PEILDATUM
    settings.MEDIA_ROOT = str(tmp_path)


def betaling(nummer: int = 1, bedrag: str = "918.08", naam: str = "Bakkerij Ümit & Zoën") -> Betaling:
    return Betaling(f"BET-2026-00001-{nummer:07d}", naam, "12345678", IBAN, naam, Decimal(bedrag), f"LKS {nummer}")


def schema() -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(str(files("sepaxml") / "schemas" / f"{SCHEMA}.xsd"))


def tekst(boom: ET.Element, pad: str) -> list[str]:
    return [str(knoop.text) for knoop in boom.findall(pad, NS)]


# --- The file, without database ---------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "het betaalbestand klopt met het schema van pain.001.001.09, ook met 300 betalingen")
def test_het_bestand_klopt_met_het_schema() -> None:
    rijen = [betaling(n, f"{n}.{n % 100:02d}") for n in range(1, 301)]
    uit = maak_pain("BET-2026-00001", DEBITEUR, rijen, dt.date(2026, 7, 7), MOMENT)
    schema().validate(io.BytesIO(uit))
    boom = ET.fromstring(uit)  # noqa: S314  # our own file
    som = sum((rij.bedrag for rij in rijen), Decimal(0))
    assert tekst(boom, ".//p:CtrlSum") == [f"{som:.2f}"] * 2
    assert tekst(boom, ".//p:NbOfTxs") == ["300", "300"]
    assert tekst(boom, ".//p:EndToEndId") == [rij.kenmerk for rij in rijen]
    assert tekst(boom, ".//p:BtchBookg") == ["true"]
    assert tekst(boom, ".//p:MsgId") == ["BET-2026-00001"]


def test_namen_zoals_een_bank_ze_wil_en_centen_zonder_afronding() -> None:
    uit = maak_pain("BET-2026-00001", DEBITEUR, [betaling(bedrag="0.10")], dt.date(2026, 7, 7), MOMENT)
    boom = ET.fromstring(uit)  # noqa: S314  # our own file
    assert tekst(boom, ".//p:Cdtr/p:Nm") == ["Bakkerij Umit + Zoen"]
    assert tekst(boom, ".//p:InstdAmt") == ["0.10"]
    assert tekst(boom, ".//p:ReqdExctnDt/p:Dt") == ["2026-07-07"]
    assert tekst(boom, ".//p:DbtrAcct//p:IBAN") == [GEMEENTE_IBAN]


def test_dezelfde_betalingen_geven_dezelfde_bytes() -> None:
    def maak() -> bytes:
        return maak_pain("BET-2026-00001", DEBITEUR, [betaling()], dt.date(2026, 7, 7), MOMENT)

    assert maak() == maak()


@pytest.mark.parametrize("bedrag", ["0", "-1.00", "1.005"])
def test_een_bedrag_dat_niet_kan(bedrag: str) -> None:
    with pytest.raises(ValueError, match="hele centen"):
        maak_pain("BET-1", DEBITEUR, [betaling(bedrag=bedrag)], dt.date(2026, 7, 7), MOMENT)


def test_de_lijst_opent_in_een_rekenblad_en_voert_niets_uit() -> None:
    uit = maak_lijst("BET-2026-00001", dt.date(2026, 6, 1), [betaling(naam="=SOM(A1)")])
    kop, rij = csv.reader(io.StringIO(uit.decode("utf-8-sig")), delimiter=";")
    gelezen = dict(zip(kop, rij, strict=True))
    assert (gelezen["bedrag"], gelezen["maand"], gelezen["werkgever"]) == ("918,08", "2026-06", "'=SOM(A1)")


# --- Offering ---------------------------------------------------------------------------------------------------------
@pytest.mark.eis("R149", "een goedgekeurde run wordt een betaalbestand met controlegetal; nog eens geeft hetzelfde")
def test_aanbieden_geeft_een_keer_een_bestand(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    recht()
    run = bied_aan(goedgekeurd())
    assert (run.status, run.uitvoeren_op, enige(run).status) == ("aangeboden", dt.date(2026, 7, 7), "aangeboden")
    inhoud = bestanden.haal(run.bestand_plaats, run.bestand_sha256)
    assert inhoud is not None and hashlib.sha256(inhoud).hexdigest() == run.bestand_sha256
    schema().validate(io.BytesIO(inhoud))
    opnieuw = bied_aan(run, dt.date(2026, 7, 20))
    assert (opnieuw.bestand_plaats, opnieuw.uitvoeren_op, opnieuw.versie) == (
        run.bestand_plaats,
        run.uitvoeren_op,
        run.versie,
    )
    lijst = bestanden.haal(run.lijst_plaats, run.lijst_sha256)
    assert lijst is not None and enige(run).eindkenmerk in lijst.decode("utf-8-sig")


def test_niet_goedgekeurd_geeft_geen_bestand(gemeente: Gemeente, tmp_path: Path) -> None:
    gemeente_betaalt()
    recht()
    with pytest.raises(OvergangGeweigerd, match="de status is ‘Opgesteld’"):
        bied_aan(opgesteld())
    assert not [pad for pad in tmp_path.rglob("*") if pad.is_file()]


@pytest.mark.eis("R149", "zonder rekening van de gemeente zegt de melding wat er ontbreekt, en er gebeurt niets")
def test_zonder_rekening_van_de_gemeente(gemeente: Gemeente) -> None:
    recht()
    run = goedgekeurd()
    with pytest.raises(
        ValidationError, match=r"de naam van de rekening en het rekeningnummer \(IBAN\) van de gemeente"
    ):
        bied_aan(run)
    gemeente_betaalt(iban="NL14BNGH0285001235")
    with pytest.raises(ValidationError, match="van de gemeente klopt niet"):
        bied_aan(run)
    assert enige(run).status == "klaar"


def test_een_betaaldatum_die_voorbij_is(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    recht()
    with pytest.raises(ValidationError, match="Deze dag is voorbij"):
        bied_aan(goedgekeurd(), dt.date(2026, 7, 5))


@pytest.mark.eis("R149", "is het rekeningnummer gewijzigd na het goedkeuren, dan gaat die opdracht niet mee")
@pytest.mark.parametrize("wat", ["ander nummer", "wijziging wacht", "nummer weg"])
def test_rekening_gewijzigd_tussen_goedkeuren_en_aanbieden(gemeente: Gemeente, wat: str) -> None:
    gemeente_betaalt()
    baas = werkgever()
    recht(baas)
    recht(werkgever(naam="Anders BV"))
    run = goedgekeurd()
    reden = {"ander nummer": ANDER_NUMMER, "wijziging wacht": WIJZIGING_OPEN, "nummer weg": "geen rekeningnummer"}[wat]
    if wat == "ander nummer":
        zet_rekening(baas, ANDER, "Bakkerij", vanaf=dt.date(2026, 7, 6))
    elif wat == "nummer weg":
        with handeling(TAAK):
            Rekening.objects.filter(werkgever=baas).update(einddatum=dt.date(2026, 7, 1))
    else:
        stel_rekening_voor(
            baas, ANDER, "Anders", dt.date(2026, 8, 1), ontvangen_op=dt.date(2026, 7, 1), ontvangen_via="email",
            actor=actor(),
        )  # fmt: skip
    run = bied_aan(run)
    weg = Betaalopdracht.objects.get(run=run, werkgever=baas)
    assert weg.status == "vervallen" and reden in weg.reden
    inhoud = bestanden.haal(run.bestand_plaats, run.bestand_sha256) or b""
    assert weg.eindkenmerk.encode() not in inhoud and ANDER.encode() not in inhoud
    assert (run.aantal, run.bedrag) == (1, Decimal("1836.16"))
    assert vragen.som(vragen.open_regels(baas.pk)) == weg.bedrag, "het bedrag gaat mee met een volgende run"


def test_blijft_er_niets_over_dan_blijft_alles_zoals_het_was(gemeente: Gemeente) -> None:
    gemeente_betaalt()
    baas = werkgever()
    recht(baas)
    run = goedgekeurd()
    zet_rekening(baas, ANDER, "Bakkerij", vanaf=dt.date(2026, 7, 6))
    with pytest.raises(ValidationError, match="Geen enkele opdracht kan mee"):
        bied_aan(run)
    run.refresh_from_db()
    assert (run.status, enige(run).status) == ("goedgekeurd", "klaar")


def test_een_bestand_van_een_mislukte_poging_blijft_niet_liggen(gemeente: Gemeente, tmp_path: Path) -> None:
    gemeente_betaalt()
    recht()
    run = goedgekeurd()
    with pytest.raises(RuntimeError, match="stroom"), bestanden.weg_bij_mislukken(), transaction.atomic():
        bied_run_aan(run, dt.date(2026, 7, 7), actor=actor())
        raise RuntimeError("stroom weg")
    assert not [pad for pad in tmp_path.rglob("*") if pad.is_file()]
    run.refresh_from_db()
    assert run.status == "goedgekeurd"
    dienst.neem_run_terug(run, "eerst stroom", actor=actor())


@pytest.mark.eis("R149", "betaalbestand en lijst blijven bewaard: het nachtwerk ruimt alleen op wat niemand kent")
def test_de_nacht_laat_het_bestand_en_de_lijst_liggen(gemeente: Gemeente, tmp_path: Path) -> None:
    gemeente_betaalt()
    recht()
    run = bied_aan(goedgekeurd())
    paden = [tmp_path / run.bestand_plaats, tmp_path / run.lijst_plaats]
    toen = time.time() - 2 * bestanden.WEES_NA.total_seconds()
    for pad in paden:
        os.utime(pad, (toen, toen))
    tellingen = voer_uit("kern.bestanden", gemeente).tellingen
    assert all(pad.is_file() for pad in paden)
    assert not {naam: hoeveel for naam, hoeveel in tellingen.items() if hoeveel}
