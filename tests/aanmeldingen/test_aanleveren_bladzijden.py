"""The pages of the batches: counts, faults with reason, the answer; and no BSN anywhere."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aanmeldingen.aanleveren.map import antwoord
from aanmeldingen.models import Aanlevering, Aanleverregel
from kern import klok
from kern.handeling import handeling
from kern.models import ApiClient, Gebeurtenis, Leesregel, Taakloop, TijdlijnRegel, Werkvoorraad, Wijziging
from tests.aanmeldingen.fabrieken import bsn_nummer, lichaam
from tests.aanmeldingen.test_aanleveren import zet
from tests.hulp.vragen import groeit_niet
from tests.kern.fabrieken import FABRIEK

pytestmark = pytest.mark.django_db
LIJST = "/beheer/aanleveringen"


def maak_levering(client: ApiClient, naam: str = "een.jsonl", fouten: int = 2) -> Aanlevering:
    """A batch that is done, with so many refused lines."""
    with handeling(FABRIEK):
        levering = Aanlevering.objects.create(
            client=client,
            wijze="bestand",
            naam=naam,
            controlegetal=f"{naam}-{Aanlevering.objects.count()}",
            stand="verwerkt",
            regels=fouten,
            afgekeurd=fouten,
            begonnen_op=klok.nu(),
            klaar_op=klok.nu(),
        )
        Aanleverregel.objects.bulk_create(
            Aanleverregel(
                aanlevering=levering,
                nummer=nummer,
                stand="afgekeurd",
                referentie=f"INT-{nummer}",
                fouten=[{"veld": "geboortedatum", "code": "vorm", "reden": "Dit is geen datum."}],
            )
            for nummer in range(1, fouten + 1)
        )
    return levering


def test_lijst_en_fouten_met_reden(postvak: Path, draai: Callable[[], Taakloop], log_in: Any) -> None:
    zet(postvak / "een.jsonl", lichaam(), lichaam(naam={}), "{")
    draai()
    client = log_in("functioneel_beheerder")
    lijst = client.get(LIJST).content.decode()
    assert "een.jsonl" in lijst and "1 afgekeurd en 1 niet te lezen" in lijst and "Verwerkt, met fouten" in lijst
    een = f"{LIJST}/{Aanlevering.objects.get().kenmerk}"
    blad = client.get(een).content.decode()
    assert "naam.geslachtsnaam" in blad and "Dit veld is vereist." in blad and "Dit is geen geldige JSON." in blad
    assert "Samira" not in blad
    alleen = client.get(f"{een}?stand=onleesbaar").content.decode()
    assert "Dit is geen geldige JSON." in alleen and "naam.geslachtsnaam" not in alleen


def test_een_bestand_dat_niet_te_lezen_was_toont_geen_nullen(
    postvak: Path, draai: Callable[[], Taakloop], log_in: Any
) -> None:
    (postvak / "kop.csv").write_text("externeReferentie;kleur\nA;rood\n")
    draai()
    blad = log_in("functioneel_beheerder").get(f"{LIJST}/{Aanlevering.objects.get().kenmerk}").content.decode()
    assert "Geen enkele regel gelezen" in blad and "Deze kolommen kennen we niet: kleur." in blad
    assert "Wat er binnenkwam" not in blad and "Alle fouten" not in blad


@pytest.mark.parametrize(("filter_", "gezien"), [("?stand=fouten", True), ("?stand=onleesbaar", False), ("", True)])
def test_lijst_filtert(intake: ApiClient, log_in: Any, filter_: str, gezien: bool) -> None:
    maak_levering(intake)
    blad = log_in("functioneel_beheerder").get(f"{LIJST}{filter_}").content.decode()
    assert ("een.jsonl" in blad) is gezien
    assert ("Geen aanleveringen met dit filter" in blad) is not gezien


def test_lege_staten(intake: ApiClient, log_in: Any) -> None:
    client = log_in("functioneel_beheerder")
    assert "Nog geen aanleveringen" in client.get(LIJST).content.decode()
    levering = maak_levering(intake, fouten=0)
    assert "Elke regel van deze aanlevering" in client.get(f"{LIJST}/{levering.kenmerk}").content.decode()


def test_antwoord_is_het_bestand_en_staat_in_het_leeslog(postvak: Path, draai: Any, log_in: Any) -> None:
    pad = zet(postvak / "een.jsonl", lichaam(), lichaam(naam={}))
    draai()
    levering = Aanlevering.objects.get()
    antwoord_ = log_in("functioneel_beheerder").get(f"{LIJST}/{levering.kenmerk}/antwoord")
    assert antwoord_.content == (postvak / f"{pad.name}.antwoord.jsonl").read_bytes()
    assert "attachment" in antwoord_.headers["Content-Disposition"]
    assert str(levering.kenmerk) in Leesregel.objects.get(verwerking="aanlevering.antwoord").reden


def test_alleen_de_beheerder(intake: ApiClient, log_in: Any) -> None:
    levering = maak_levering(intake)
    client = log_in("consulent")
    for adres in (LIJST, f"{LIJST}/{levering.kenmerk}", f"{LIJST}/{levering.kenmerk}/antwoord"):
        assert client.get(adres).status_code == 403


def test_bladzijden_kosten_niet_meer_bij_meer_regels(intake: ApiClient, log_in: Any) -> None:
    client = log_in("functioneel_beheerder")
    levering = maak_levering(intake, fouten=3)
    groeit_niet(
        lambda: client.get(LIJST), lambda: [maak_levering(intake, f"{n}.csv") for n in range(12)], "lijst", maximum=12
    )
    groot = maak_levering(intake, "groot.csv", fouten=40)
    beide = iter([levering, levering, groot])
    groeit_niet(lambda: client.get(f"{LIJST}/{next(beide).kenmerk}"), lambda: None, "aanlevering", maximum=12)


def test_het_bsn_staat_nergens(postvak: Path, draai: Any, log_in: Any, caplog: Any, capfd: Any) -> None:
    """Also where a sender put it in the wrong place: another field, the name of a field, the reference, the file."""
    bsn = bsn_nummer(4321)
    streep, los = f"{bsn[:4]}-{bsn[4:]}", f"{bsn[:4]}.{bsn[4:6]}.{bsn[6:]}"
    regels = (
        lichaam(burgerservicenummer=bsn),
        lichaam(burgerservicenummer=bsn, externeReferentie=bsn, naam={}),
        lichaam(urgentie=bsn, grondslag=los, verwijsreden=bsn, **{bsn: 1, los: 2}),
        lichaam(adviesrapport={"rijbewijzen": [bsn], "trede": {"waarde": los}}),
        f'{{"burgerservicenummer": "{bsn}"',
        lichaam(burgerservicenummer=bsn),
        lichaam(burgerservicenummer=bsn, externeReferentie=f"{bsn[:4]}-{bsn[4:]}"),
    )
    with caplog.at_level(logging.DEBUG):
        zet(postvak / f"{bsn}.jsonl", *regels)
        (postvak / "kop.csv").write_text(f"{bsn};route\n1;2\n")
        draai()
        client, bladzijden = log_in("functioneel_beheerder"), ["/beheer/aanleveringen"]
        for levering in Aanlevering.objects.order_by("pk"):
            bladzijden += [
                f"/beheer/aanleveringen/{levering.kenmerk}",
                f"/beheer/aanleveringen/{levering.kenmerk}/antwoord",
            ]
        tekst = ""
        for adres in bladzijden:
            blad = client.get(adres)
            assert blad.status_code == 200, adres
            tekst += b"".join(blad).decode() if blad.streaming else blad.content.decode()
    for levering in Aanlevering.objects.order_by("pk"):
        tekst += b"".join(antwoord(levering)).decode()
    tekst += "".join(pad.read_text() for pad in postvak.glob("*.jsonl"))
    tekst += caplog.text + "".join(capfd.readouterr())
    modellen = (Aanlevering, Aanleverregel, Taakloop, Gebeurtenis, Werkvoorraad, TijdlijnRegel, Wijziging)
    tekst += "".join(str(list(model.objects.values())) for model in modellen)
    assert Aanleverregel.objects.count() == 7
    for vorm in (bsn, los, streep):
        assert vorm not in tekst
