"""Batches by file: every line through the door of the API, once, with an answer; and no BSN anywhere."""

from __future__ import annotations

import csv
import io
import json
import logging
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from aanmeldingen.aanleveren import indeling
from aanmeldingen.aanleveren.map import ANTWOORD
from aanmeldingen.models import Aanlevering, Aanleverregel, Aanmelding
from aanmeldingen.services import dien_in
from kern import klok
from kern.handeling import handeling, voor_gemeente
from kern.models import ApiClient, Gebeurtenis, Overgang, Werkvoorraad, Wijziging
from kern.taken import voer_uit
from kern.verzegeld import open_zegel
from tests.aanmeldingen.fabrieken import lichaam, maak_aanmelding
from tests.hulp.api import client_met_sleutel
from tests.kern.fabrieken import FABRIEK, GemeenteFabriek

pytestmark = pytest.mark.django_db
TAAK = "aanmeldingen.aanleveren"


def zet(pad: Path, *inhouden: Any) -> Path:
    """Drop JSON Lines; a text or bytes goes in as it is."""
    regels = [i if isinstance(i, bytes) else (i if isinstance(i, str) else json.dumps(i)).encode() for i in inhouden]
    pad.write_bytes(b"\n".join(regels) + b"\n")
    return pad


def lees_antwoord(pad: Path) -> list[dict[str, Any]]:
    return [json.loads(regel) for regel in pad.with_name(pad.name + ANTWOORD).read_text().splitlines()]


def als_csv(*inhouden: dict[str, Any], scheiding: str = ";") -> str:
    """Bodies as rows, with the columns that they need."""

    def plat(waarde: Any, pad: str = "") -> dict[str, str]:
        if isinstance(waarde, dict):
            return {k: v for sleutel, deel in waarde.items() for k, v in plat(deel, f"{pad}.{sleutel}").items()}
        if isinstance(waarde, list) and all(isinstance(deel, dict) for deel in waarde):
            return {k: v for plek, deel in enumerate(waarde) for k, v in plat(deel, f"{pad}[{plek}]").items()}
        return {pad.lstrip("."): "|".join(waarde) if isinstance(waarde, list) else str(waarde)}

    rijen = [plat(inhoud) for inhoud in inhouden]
    koppen = list(dict.fromkeys(kop for rij in rijen for kop in rij))
    uit = io.StringIO()
    schrijver = csv.DictWriter(uit, koppen, delimiter=scheiding, restval="")
    schrijver.writeheader()
    schrijver.writerows(rijen)
    return uit.getvalue()


# --- In --------------------------------------------------------------------------------------------------------


@pytest.mark.eis(
    "R021", "een bestand met goede, foute en onleesbare regels: volgnummer of elke fout per veld, in het Nederlands"
)
def test_elke_regel_krijgt_een_volgnummer_of_haar_fouten(postvak: Path, draai: Any) -> None:
    goed = lichaam()
    fout = lichaam(naam={"roepnaam": "X"}, geboortedatum="2024-13-01")
    pad = zet(postvak / "een.jsonl", goed, fout, "{geen json", "", lichaam(burgerservicenummer="123456789"), "[1]")
    loop = draai()
    antwoorden = lees_antwoord(pad)
    rij = Aanmelding.objects.get()
    assert [(a["regel"], a["status"]) for a in antwoorden] == [
        (1, "verwerkt"),
        (2, "afgekeurd"),
        (3, "onleesbaar"),
        (5, "afgekeurd"),
        (6, "onleesbaar"),
    ]
    assert antwoorden[0] == {
        "regel": 1,
        "status": "verwerkt",
        "externeReferentie": goed["externeReferentie"],
        "volgnummer": rij.volgnummer,
        "aanmeldingId": str(rij.kenmerk),
        "reedsInTraject": False,
    }
    assert {f["veld"] for f in antwoorden[1]["fouten"]} == {"naam.geslachtsnaam", "geboortedatum"}
    assert antwoorden[1]["externeReferentie"] == fout["externeReferentie"]
    assert antwoorden[2]["fouten"][0]["reden"] == "Dit is geen geldige JSON."
    assert [(f["veld"], f["code"]) for f in antwoorden[3]["fouten"]] == [("burgerservicenummer", "elfproef")]
    levering = Aanlevering.objects.get()
    telling = (levering.regels, levering.verwerkt, levering.afgekeurd, levering.onleesbaar, levering.stand)
    assert telling == (5, 1, 2, 2, "verwerkt")
    assert loop.tellingen == {
        "regels aangemeld": 1,
        "regels afgekeurd": 2,
        "regels niet te lezen": 2,
        "bestanden verwerkt": 1,
    }
    assert not pad.exists() and len(list((postvak / "verwerkt").glob("een.jsonl.*.verzegeld"))) == 1
    assert (postvak / "quarantaine" / "een.jsonl").read_text() == "{geen json\n[•]\n"
    assert not list(postvak.glob(".*")), "geen half bestand"


def test_dezelfde_deur_als_de_api(postvak: Path, draai: Any, intake: ApiClient, team: Any) -> None:
    """Clock, team, BSN apart, event, work list, history: a line has what a POST has."""
    inhoud = lichaam()
    zet(postvak / "een.jsonl", inhoud)
    draai()
    uit_bestand = Aanmelding.objects.get()
    uit_api = maak_aanmelding(intake)
    for veld in ("team", "status", "uiterlijk_op", "onderdelen_aanwezig", "onderdelen_gevraagd", "client", "route"):
        assert getattr(uit_bestand, veld) == getattr(uit_api, veld), veld
    assert uit_bestand.bsn.waarde and uit_bestand.bijzonder.belemmeringen == ["kinderopvang"]
    assert Gebeurtenis.objects.filter(onderwerp=str(uit_bestand.kenmerk)).count() == 1
    assert Werkvoorraad.objects.filter(sleutel=f"aanmelding:{uit_bestand.pk}").count() == 1
    assert Wijziging.objects.filter(tabel="aanmeldingen_aanmelding", rij_id=uit_bestand.pk).get().actor_id == TAAK


@pytest.mark.parametrize("scheiding", [";", ","])
def test_csv_geeft_dezelfde_aanmelding_als_json(postvak: Path, draai: Any, scheiding: str) -> None:
    een, twee = lichaam(), lichaam()
    twee["adres"]["straat"] = 'Lange "smalle" straat;\nachter, de kerk'
    (postvak / "een.csv").write_text("\ufeff" + als_csv(een, twee, scheiding=scheiding), newline="")
    zet(postvak / "twee.jsonl", lichaam())
    draai()
    rijen = list(Aanmelding.objects.select_related("bijzonder").order_by("pk"))
    assert len(rijen) == 3
    for veld in ("adviesrapport", "huishouden", "uitkering", "werkverdeling", "geboortedatum", "postcode", "naam"):
        assert getattr(rijen[0], veld) == getattr(rijen[2], veld), veld
    assert rijen[0].bijzonder.werkvermogen == rijen[2].bijzonder.werkvermogen
    assert rijen[1].straat == 'Lange "smalle" straat;\nachter, de kerk'


def test_csv_regels_en_quarantaine_met_kop(postvak: Path, draai: Any) -> None:
    """The number is that of the line in the file, also after a cell of two lines; a broken row keeps its heading."""
    een, twee = lichaam(toelichting="eerst\ndan"), lichaam(naam={"geslachtsnaam": ""})
    tekst = als_csv(een, twee)
    kop = tekst.splitlines()[0]
    pad = postvak / "een.csv"
    pad.write_text(tekst + "te;weinig\r\n", newline="")
    draai()
    assert [(a["regel"], a["status"]) for a in lees_antwoord(pad)] == [
        (2, "verwerkt"),
        (4, "afgekeurd"),
        (5, "onleesbaar"),
    ]
    assert (postvak / "quarantaine" / "een.csv").read_text().splitlines() == [kop, "te;weinig"]


@pytest.mark.parametrize(
    ("naam", "inhoud", "reden"),
    [
        ("kop.csv", b"externeReferentie;kleur\nA;rood\n", "Deze kolommen kennen we niet: kleur."),
        ("dubbel.csv", b"route;route\na;b\n", "Deze kolommen staan er twee keer in: route."),
        ("leeg.csv", b"", "Het bestand is leeg. Op de eerste regel horen de namen van de kolommen."),
        ("latijn.csv", "straat;ëë\n".encode("latin-1"), "De kop bevat tekens die niet kloppen."),
    ],
)
def test_bestand_dat_niet_te_lezen_is(postvak: Path, draai: Any, naam: str, inhoud: bytes, reden: str) -> None:
    pad = postvak / naam
    pad.write_bytes(inhoud)
    draai()
    levering = Aanlevering.objects.get()
    assert levering.stand == "onleesbaar" and levering.fout.startswith(reden)
    assert lees_antwoord(pad)[0]["fouten"][0]["reden"] == levering.fout
    assert not pad.exists() and not (postvak / "quarantaine" / naam).exists()
    [verzegeld] = (postvak / "quarantaine").glob(f"{naam}.*.verzegeld")
    with verzegeld.open("rb") as bron:
        assert b"".join(open_zegel(bron)) == inhoud
    assert not Aanleverregel.objects.exists()


def test_rare_regels_gaan_in_quarantaine_en_de_rest_gaat_door(postvak: Path, draai: Any) -> None:
    raar = [b"\xff\xfe", b'{"a": NaN}', b'{"naam": "\\ud800"}', b'{"naam": "\\u0000"}', b"[" * 100_000, b"null"]
    pad = zet(postvak / "een.jsonl", *raar, b'{"a": "' + b"x" * 1_100_000 + b'"}', lichaam())
    draai()
    assert Counter(a["status"] for a in lees_antwoord(pad)) == {"onleesbaar": 7, "verwerkt": 1}


def test_onbekende_storing_bij_een_regel(postvak: Path, draai: Any, monkeypatch: Any, caplog: Any) -> None:
    """One line that breaks our code is set apart; the others come in, and the log says where, not who."""
    from aanmeldingen.services import indienen

    echt = indienen._bepaal_team

    def stuk(aanmelding: Aanmelding, versie: Any) -> None:
        if aanmelding.geslachtsnaam == "Stuk":
            raise ZeroDivisionError(f"{aanmelding.geslachtsnaam} 999900018")
        echt(aanmelding, versie)

    monkeypatch.setattr(indienen, "_bepaal_team", stuk)
    pad = zet(postvak / "een.jsonl", lichaam(naam={"geslachtsnaam": "Stuk"}), lichaam())
    with caplog.at_level(logging.DEBUG):
        draai()
    assert [a["status"] for a in lees_antwoord(pad)] == ["onleesbaar", "verwerkt"]
    assert "Stuk" not in caplog.text and "999900018" not in caplog.text
    (record,) = [r for r in caplog.records if r.name == "aanmeldingen.aanleveren"]
    assert (record.regel, record.soort) == (1, "ZeroDivisionError")


# --- Once --------------------------------------------------------------------------------------------------------


def stand_van_alles() -> dict[str, int]:
    modellen = (Aanmelding, Aanleverregel, Gebeurtenis, Werkvoorraad, Overgang, Wijziging)
    return {model.__name__: model.objects.count() for model in modellen}


@pytest.mark.eis("R044", "hetzelfde bestand opnieuw, en dezelfde referenties in een ander bestand: niets komt dubbel")
def test_hetzelfde_nog_eens_verandert_niets(postvak: Path, draai: Any) -> None:
    inhouden = [lichaam() for _ in range(3)]
    pad = zet(postvak / "een.jsonl", *inhouden, lichaam(naam={}))
    origineel = pad.read_bytes()
    draai()
    eerste, voor = lees_antwoord(pad), stand_van_alles()
    for naam in ("een.jsonl", "andere-naam.jsonl"):
        (postvak / naam).write_bytes(origineel)
        loop = draai()
        assert loop.tellingen == {"bestanden die we al hadden": 1}
        assert lees_antwoord(postvak / naam) == eerste
    assert stand_van_alles() == voor
    # Repaired and sent again in full: what we had keeps its number, only the repaired line is new.
    heel = zet(postvak / "hersteld.jsonl", *inhouden, lichaam())
    draai()
    antwoorden = lees_antwoord(heel)
    assert [a["status"] for a in antwoorden] == ["bekend", "bekend", "bekend", "verwerkt"]
    assert [a["volgnummer"] for a in antwoorden[:3]] == [a["volgnummer"] for a in eerste[:3]]
    assert Aanmelding.objects.count() == 4


def test_zelfde_persoon_onder_een_andere_referentie(postvak: Path, draai: Any) -> None:
    een = lichaam()
    pad = zet(postvak / "een.jsonl", een, een | {"externeReferentie": "ANDERS-1"})
    draai()
    antwoorden = lees_antwoord(pad)
    assert antwoorden[1]["status"] == "afgekeurd"
    assert antwoorden[1]["fouten"][0]["veld"] == "burgerservicenummer"
    assert antwoorden[0]["volgnummer"] in antwoorden[1]["fouten"][0]["reden"]
    assert Aanmelding.objects.count() == 1


def test_gaat_verder_waar_het_bleef(postvak: Path, draai: Any, monkeypatch: Any) -> None:
    """Stopped after two lines, after the last one, and before the file was moved: the next run finishes it."""
    from django.db import OperationalError

    from aanmeldingen.aanleveren import map as map_
    from aanmeldingen.aanleveren import regel

    pad = zet(postvak / "een.jsonl", *[lichaam() for _ in range(4)])

    def na(aantal: int) -> Callable[..., Any]:
        def dien(*args: Any, **kwargs: Any) -> Any:
            if Aanmelding.objects.count() >= aantal:
                raise OperationalError("weg")
            return dien_in(*args, **kwargs)

        return dien

    for doel, naam, vervanging, verwacht in (
        (regel.services, "dien_in", na(2), 2),
        (map_, "schrijf", lambda *a: (_ for _ in ()).throw(RuntimeError("weg")), 4),
        (map_, "_leg_weg", lambda *a: (_ for _ in ()).throw(RuntimeError("weg")), 4),
    ):
        with monkeypatch.context() as even:
            even.setattr(doel, naam, vervanging)
            with pytest.raises((OperationalError, RuntimeError), match="weg"):
                draai()
        assert Aanmelding.objects.count() == Aanleverregel.objects.count() == verwacht
        assert pad.exists()
    draai()
    assert [a["status"] for a in lees_antwoord(pad)] == ["verwerkt"] * 4
    assert not pad.exists() and Aanmelding.objects.count() == 4


def test_tijdens_het_verwerken_gewijzigd_bestand_blijft_liggen(postvak: Path, draai: Any, monkeypatch: Any) -> None:
    from aanmeldingen.aanleveren import map as map_

    pad, echt = zet(postvak / "een.jsonl", lichaam()), map_.verwerk

    def en_schrijf_door(*args: Any, **kwargs: Any) -> str:
        if b"\n\n" not in pad.read_bytes():
            with pad.open("ab") as bij:
                bij.write(b"\n")
        return echt(*args, **kwargs)

    monkeypatch.setattr(map_, "verwerk", en_schrijf_door)
    draai()
    assert pad.exists(), "de volgende keer nog eens"
    monkeypatch.undo()
    draai()
    assert not pad.exists() and Aanmelding.objects.count() == 1


# --- Who -----------------------------------------------------------------------------------------------------------


def test_alleen_wie_mag_en_alleen_voor_de_eigen_afdeling(
    postvak: Path, draai: Any, tmp_path: Path, reclassering: ApiClient, gemeente: Any
) -> None:
    zonder = client_met_sleutel("zonder", "intake", scopes=["aanmeldingen.lezen"])
    dicht = client_met_sleutel("dicht", "intake")
    with handeling(FABRIEK):
        ApiClient.objects.filter(pk=dicht.pk).update(actief=False)
    for client in (zonder, dicht, reclassering):
        (tmp_path / client.client_id).mkdir()
        zet(tmp_path / client.client_id / "een.jsonl", lichaam())
    zet(postvak / "notitie.txt", lichaam())
    zet(postvak / ".nog-bezig.jsonl", lichaam())
    draai()
    assert not Aanmelding.objects.exists()
    (uitkomst,) = lees_antwoord(tmp_path / "reclassering" / "een.jsonl")
    assert uitkomst["fouten"][0] == {
        "veld": "bronafdeling",
        "code": "past-niet",
        "reden": "Deze client meldt aan namens een andere afdeling.",
    }
    assert (tmp_path / "zonder" / "een.jsonl").exists() and (tmp_path / "dicht" / "een.jsonl").exists()
    assert (postvak / "notitie.txt").exists() and (postvak / ".nog-bezig.jsonl").exists()


def test_het_bestand_van_een_ander_geeft_niets_prijs(postvak: Path, draai: Any, tmp_path: Path) -> None:
    buurman = client_met_sleutel("buurman", "intake")
    pad = zet(postvak / "een.jsonl", lichaam())
    (tmp_path / buurman.client_id).mkdir()
    kopie = tmp_path / buurman.client_id / "een.jsonl"
    origineel = pad.read_bytes()
    draai()
    kopie.write_bytes(origineel)
    draai()
    (uitkomst,) = lees_antwoord(kopie)
    assert uitkomst["status"] == "onleesbaar" and "volgnummer" not in uitkomst


def test_andere_gemeente_leest_andermans_map_niet(postvak: Path, draai: Any) -> None:
    pad = zet(postvak / "een.jsonl", lichaam())
    ander = GemeenteFabriek()
    with voor_gemeente(ander):
        voer_uit(TAAK, ander)
    assert pad.exists() and not Aanlevering.alle_gemeenten.exists()


def test_zonder_map_gebeurt_er_niets(draai: Any, intake: ApiClient, settings: Any) -> None:
    settings.OVERDRACHT_MAP = ""
    assert draai().tellingen == {}


def test_een_bestand_dat_niet_weg_kan_houdt_de_andere_niet_op(postvak: Path, draai: Any) -> None:
    zet(postvak / "a.jsonl", lichaam())
    (postvak / "a.jsonl.antwoord.jsonl").mkdir()  # nobody can write the answer here
    zet(postvak / "b.jsonl", lichaam())
    assert draai().tellingen["bestanden die bleven liggen"] == 1
    assert Aanmelding.objects.count() == 2
    assert not (postvak / "b.jsonl").exists() and (postvak / "a.jsonl").exists()


# --- The database keeps the rules -------------------------------------------------------------------------------


def test_database_weigert_wat_niet_klopt(intake: ApiClient) -> None:
    basis = {"client": intake, "wijze": "bestand", "naam": "x", "begonnen_op": klok.nu()}
    mis = (
        {"controlegetal": "a", "stand": "verwerkt"},
        {"controlegetal": "a", "stand": "onleesbaar", "klaar_op": klok.nu()},
        {"controlegetal": "a", "stand": "verwerkt", "klaar_op": klok.nu(), "regels": 1},
        {"controlegetal": "a", "wijze": "post"},
        {"controlegetal": "een"},
    )
    with handeling(FABRIEK):
        levering = Aanlevering.objects.create(controlegetal="een", **basis)
        for anders in mis:
            with pytest.raises(IntegrityError), transaction.atomic():
                Aanlevering.objects.create(**(basis | anders))
        aanmelding = maak_aanmelding(intake)
        Aanleverregel.objects.create(aanlevering=levering, nummer=1, stand="verwerkt", aanmelding=aanmelding)
        for anders in (
            {"nummer": 1, "stand": "verwerkt", "aanmelding": aanmelding},
            {"nummer": 2, "stand": "verwerkt"},
            {"nummer": 2, "stand": "afgekeurd"},
            {"nummer": 2, "stand": "kwijt", "fouten": ["x"]},
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                Aanleverregel.objects.create(aanlevering=levering, **anders)


# --- The layout --------------------------------------------------------------------------------------------------


def test_de_beschreven_indeling_is_die_van_de_api() -> None:
    """Drift: put the output of `indeling.als_tabel()` in docs/api/aanleveren.md after a change of the API."""
    blad = (Path(__file__).resolve().parents[2] / "docs" / "api" / "aanleveren.md").read_text()
    assert indeling.als_tabel() in blad


@pytest.mark.parametrize(
    "kop",
    ["adviesrapport.talen[10].taal", "adviesrapport.talen.taal", "naam[0].roepnaam", "naam", "x", "talen[n].taal"],
)
def test_kolom_die_niet_bestaat(kop: str) -> None:
    assert indeling.ken(kop) is None
