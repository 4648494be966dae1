"""The page of the calculator: open to everybody, nothing kept, faults at their field."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from kern.models import Gemeente
from loonkostensubsidie.forms import VOORBEELD, BerekeningForm
from loonkostensubsidie.rekenbeeld import maak_beeld
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer
from loonkostensubsidie.rekenen.wetgeving import Wetgeving
from loonkostensubsidie.rekenjaar import Maandbeeld, samengevat
from loonkostensubsidie.uitwisseling import beantwoord
from tests.hulp.vragen import groeit_niet, tel_vragen
from tests.kern.fabrieken import GemeenteFabriek
from tests.loonkostensubsidie.wet import meegeleverde_wet

PAD = "/loonkostensubsidie/berekenen"
WET = meegeleverde_wet()
IJK = {
    "datum": "15-8-2026",
    "geboortedatum": "17-5-1980",
    "start": "1-4-2025",
    "uren": "36",
    "voltijd": "36",
    "route": "loonwaarde",
    "loonwaarde": "70",
}


def formulier(**anders: str) -> BerekeningForm:
    return BerekeningForm({naam: waarde for naam, waarde in (IJK | anders).items() if waarde}, wet=WET)


def beeld(vergelijk: dt.date | None = None, **anders: str) -> Any:
    form = formulier(**anders)
    assert form.is_valid(), form.errors
    assert form.vraag is not None
    return maak_beeld(form.vraag, WET, vergelijk)


def stuur(wat: dict[str, str], pad: str = PAD, **koppen: str) -> Any:
    return Client().post(pad, wat, headers=koppen or None)


# --- The page -----------------------------------------------------------------------------------------------------
@pytest.mark.eis("R148", "scherm en API geven hetzelfde bedrag, met elke stap")
def test_iedereen_ziet_het_bedrag_met_elke_stap(wet: None) -> None:
    antwoord = stuur(IJK)
    tekst = antwoord.content.decode()
    assert antwoord.status_code == 200
    api = beantwoord(
        {
            "datum": "2026-08-15",
            "geboortedatum": "1980-05-17",
            "startDienstverband": "2025-04-01",
            "urenPerWeek": 36,
            "voltijdUrenSector": 36,
            "route": "loonwaarde",
            "loonwaardePercentage": 70,
        },
        WET,
    )
    for bedrag in ("€\u00a0918,08", "€\u00a0743,39", "€\u00a0174,70"):
        assert bedrag in tekst
    for regel in api["specificatie"]:
        assert regel["omschrijving"] in tekst
        assert regel["berekening"] in tekst
    assert "geen rechten ontlenen" in tekst
    assert "no-cache" in antwoord.headers["Cache-Control"]


@pytest.mark.parametrize("pad", [PAD, f"{PAD}/"])
def test_leeg_formulier_zonder_inloggen(wet: None, pad: str) -> None:
    antwoord = Client().get(pad)
    assert antwoord.status_code == 200
    assert "Hier komt het bedrag" in antwoord.content.decode()


def test_wie_is_ingelogd_houdt_zijn_menu(wet: None, log_in: Any) -> None:
    client = log_in("medewerker_subsidies")
    tekst = client.get(PAD).content.decode()
    assert 'aria-label="Hoofdmenu"' in tekst
    assert f'href="{PAD}" aria-current="page"' in tekst


def test_vanaf_inloggen_is_er_een_weg(wet: None) -> None:
    assert f'href="{PAD}"' in Client().get("/inloggen").content.decode()


def test_een_voorbeeld(wet: None, settings: Any) -> None:
    settings.PEILDATUM = "2026-11-22"
    antwoord = stuur({"voorbeeld": "1"})
    assert antwoord.status_code == 200
    assert f'value="{VOORBEELD["loonwaarde"]}"' in antwoord.content.decode()
    assert 'id="r-bedrag"' in antwoord.content.decode()


def test_er_wordt_niets_bewaard_en_niet_meer_gevraagd_bij_meer_gemeenten(wet: None) -> None:
    stuur(IJK)
    with tel_vragen() as vragen:
        antwoord = stuur(IJK)
    assert all(sql.startswith("SELECT") for sql, _ in vragen.zonder_savepoints), vragen.verslag()
    assert "sessionid" not in "".join(antwoord.cookies)
    GemeenteFabriek.create_batch(2)
    groeit_niet(lambda: stuur(IJK), lambda: GemeenteFabriek.create_batch(5), "rekenblad", maximum=4)


def test_een_gemeente_kiezen_waar_er_meer_zijn(wet: None) -> None:
    een = Gemeente.objects.order_by("pk").first() or GemeenteFabriek()
    ander = GemeenteFabriek()
    tekst = Client().get(f"{PAD}?gemeente={ander.code}").content.decode()
    assert f"gemeente={een.code}" in tekst
    onbekend = Client().get(f"{PAD}?gemeente=0000")
    assert onbekend.status_code == 404
    assert "kennen we niet" in onbekend.content.decode()


def test_te_vaak_rekenen(wet: None, settings: Any) -> None:
    grens = settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"] | {"berekening": "2/d"}
    settings.REST_FRAMEWORK = settings.REST_FRAMEWORK | {"DEFAULT_THROTTLE_RATES": grens}
    assert [stuur(IJK).status_code for _ in range(3)] == [200, 200, 429]
    assert "Wacht een minuut" in stuur(IJK).content.decode()


# --- Faults -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("anders", "veld", "deel"),
    [
        ({"loonwaarde": "0"}, "loonwaarde", "1 tot en met 100"),
        ({"loonwaarde": "101"}, "loonwaarde", "1 tot en met 100"),
        ({"loonwaarde": ""}, "loonwaarde", "vereist"),
        ({"uren": "168,5"}, "uren", "168 uur"),
        ({"uren": "veel"}, "uren", "Vul een getal in"),
        ({"datum": "1-1-2025"}, "datum", "op of na het begin"),
        ({"datum": "1-2-2031"}, "datum", "niet bekend"),
        ({"geboortedatum": "1-1-2020"}, "geboortedatum", "Onder 15 jaar"),
        ({"van": "1-7-2026"}, "van", "dezelfde maand"),
        ({"van": "20-8-2026", "tot": "10-8-2026"}, "tot", "voor de eerste dag"),
        ({"vergelijk": "1-1-2025"}, "vergelijk", "op of na het begin"),
        ({"vergelijk": "1-1-2032"}, "vergelijk", "niet bekend"),
        ({"route": "x"}, "route", "x"),
        ({"route": "forfait"}, "route", "tot en met 30 september 2025"),
    ],
)
def test_een_fout_staat_bij_het_veld(wet: None, anders: dict[str, str], veld: str, deel: str) -> None:
    antwoord = stuur(IJK | anders)
    assert antwoord.status_code == 400
    assert deel in str(antwoord.context["form"].errors[veld])
    assert "Verbeter eerst" in antwoord.content.decode()


def test_alle_fouten_tegelijk_en_een_per_veld() -> None:
    form = formulier(geboortedatum="", loonwaarde="0", uren="200")
    assert not form.is_valid()
    assert set(form.errors) == {"geboortedatum"}, "wat nog leeg is gaat voor: de rest hangt ervan af"
    form = formulier(loonwaarde="0", uren="200", van="1-7-2026")
    assert set(form.errors) == {"loonwaarde", "uren", "van"}


# --- Live ---------------------------------------------------------------------------------------------------------
def test_meerekenen_geeft_alleen_de_uitkomst(wet: None) -> None:
    tekst = stuur(IJK, hx_request="true").content.decode()
    assert "<html" not in tekst
    assert "€\u00a0918,08" in tekst
    assert 'id="rekenstand"' in tekst
    assert 'id="functieloon"' not in tekst


def test_meerekenen_zegt_rustig_wat_er_nog_mist(wet: None) -> None:
    antwoord = stuur(IJK | {"uren": ""}, hx_request="true")
    assert antwoord.status_code == 200, "htmx toont geen antwoord met een foutcode"
    assert "Vul in: Uren per week" in antwoord.content.decode()


# --- The wage of the function -------------------------------------------------------------------------------------
OUD = {"datum": "1-3-2015", "start": "1-1-2015", "voltijd": "38", "loonwaarde": "50"}


def test_loon_van_de_functie_alleen_waar_het_telt(wet: None) -> None:
    assert "functieloon" in formulier(**OUD).fields
    assert "functieloon" not in formulier().fields
    assert "functieloon" not in formulier(datum="gisteren").fields
    # 1.501,80 × 1,08 = 1.621,944; 50 % van 120 % = 60 %; gat 648,7776; × 36/38 = 614,63
    assert beeld(**OUD, functieloon="120").lks == "€\u00a0614,63"
    assert 'id="id_functieloon"' in stuur(IJK | OUD, hx_request="true").content.decode()
    assert 'id="functieloon"' in stuur(IJK | {"functieloon": "120"}, hx_request="true").content.decode()
    assert 'id="functieloon"' not in stuur(IJK | OUD | {"functieloon": "120"}, hx_request="true").content.decode()


@pytest.mark.parametrize("loonwaarde", ["70", "", "abc", "0"])
def test_bij_het_vaste_percentage_telt_een_oude_loonwaarde_niet(loonwaarde: str) -> None:
    form = formulier(datum="15-4-2025", route="forfait", loonwaarde=loonwaarde)
    assert form.is_valid(), form.errors
    assert form.vraag is not None
    assert form.vraag.geval.loonwaarde is None


# --- What is shown ------------------------------------------------------------------------------------------------
def test_de_curve_heeft_het_eigen_punt_en_een_tabel() -> None:
    curve = beeld().curve
    assert curve.punt is not None
    assert curve.punt.x == 69.5
    assert curve.punt.label == "70 %: €\u00a0918,08"
    tabel = dict(curve.tabel)
    # 70 % van 2.477,952 = 1.734,5664; met 23,5 % = 2.142,1895: gelijk tot en met 30 procent
    assert tabel["10 %"] == tabel["30 %"] == ("€\u00a02.142,19",)
    assert tabel["70 %"] == ("€\u00a0918,08",)
    assert tabel["100 %"] == ("€\u00a00,00",)
    assert "Tot en met 30 procent" in curve.beschrijving
    assert len(curve.lijnen) == 1
    assert "55 %" in dict(beeld(loonwaarde="55").curve.tabel)


def test_de_curve_bij_het_vaste_percentage() -> None:
    curve = beeld(datum="15-4-2025", route="forfait").curve
    assert curve.punt is None
    assert [lijn.naam for lijn in curve.lijnen] == ["Gemeten loonwaarde", "Vast percentage"]
    assert dict(curve.tabel)["50 %"][0] == dict(curve.tabel)["50 %"][1]


def test_het_jaar_met_een_nieuw_minimumloon_en_een_verjaardag() -> None:
    uit = beeld(geboortedatum="10-3-2008", start="1-7-2025")
    maanden = {maand.naam: maand for maand in uit.maanden}
    assert len(maanden) == 12
    assert maanden["januari"].wat.startswith("Nieuwe bedragen per 1 januari: +")
    assert maanden["maart"].wat == "Wordt 18 jaar op 10 maart"
    assert maanden["februari"].totaal != maanden["maart"].totaal != maanden["april"].totaal
    assert maanden["april"].wat == ""
    rijen = [(rij.naam, rij.wat) for rij in uit.jaarrijen]
    assert rijen[0][0] == "Januari tot en met februari"
    assert rijen[1:] == [("Maart", "Wordt 18 jaar op 10 maart"), ("April tot en met december", "")]


def test_het_jaar_begint_en_eindigt_met_het_dienstverband_en_het_vaste_percentage() -> None:
    uit = beeld(datum="15-4-2026", start="10-2-2026", route="forfait")
    maanden = {maand.naam: maand for maand in uit.maanden}
    assert next(iter(maanden)) == "februari"
    assert maanden["februari"].wat == "Begin op 10 februari"
    assert maanden["augustus"].wat == "Het vaste percentage loopt tot en met 9 augustus"
    assert (maanden["september"].totaal, maanden["september"].wat) == ("€\u00a00,00", "Meting nodig")
    assert (uit.jaarrijen[-1].naam, uit.jaarrijen[-1].wat) == ("September tot en met december", "Meting nodig")


def test_waarin_iets_gebeurt_staat_apart() -> None:
    def maand(naam: str, wat: str) -> Maandbeeld:
        return Maandbeeld(naam, "1", "2", "3", wat)

    rijen = samengevat([maand("mei", "a"), maand("juni", ""), maand("juli", "b"), maand("augustus", "b")])
    assert [(rij.naam, rij.wat) for rij in rijen] == [("Mei tot en met juni", "a"), ("Juli tot en met augustus", "b")]


def test_maanden_waarvan_het_minimumloon_nog_niet_bekend_is() -> None:
    kaal = Wetgeving(WET.gegevens, {dag: rijen for dag, rijen in WET.lonen.items() if dag != dt.date(2026, 7, 1)})
    form = BerekeningForm(IJK | {"datum": "1-5-2026", "geboortedatum": "10-9-2008", "start": "1-2-2026"}, wet=kaal)
    assert form.is_valid(), form.errors
    assert form.vraag is not None
    maanden = {maand.naam: maand for maand in maak_beeld(form.vraag, kaal).maanden}
    assert maanden["augustus"].totaal
    assert (maanden["september"].totaal, maanden["september"].wat) == (
        "",
        "De bedragen van deze maand zijn nog niet bekend",
    )


def test_een_deel_van_de_maand() -> None:
    uit = beeld(van="15-8-2026")
    assert (uit.samen, uit.periode) == ("Samen voor deze dagen", "15 augustus 2026 tot en met 31 augustus 2026")
    assert uit.lks == "€\u00a0407,66"
    assert uit.regels[-1].berekening.endswith("17 van 31 dagen")


def test_wat_als_op_een_andere_dag() -> None:
    uit = beeld(dt.date(2025, 6, 1)).vergelijking
    # 1 april 2025: 2.191,80 × 1,08 × 30 % × 1,235 = 877,03; 2026: 918,08
    assert (uit.oud, uit.nieuw, uit.verschil) == ("€\u00a0877,03", "€\u00a0918,08", "+\u00a0€\u00a041,05")
    assert uit.zin == ("Op 15 augustus 2026 is het bedrag per maand €\u00a041,05 hoger dan op 1 juni 2025.")
    assert [oorzaak.naam for oorzaak in uit.oorzaken] == ["Minimumloon"]
    assert [regel.naam for regel in uit.regels][-1] == "Samen per maand"
    gelijk = beeld(dt.date(2026, 2, 1)).vergelijking
    assert "gelijk aan" in gelijk.zin
    assert {regel.verschil for regel in gelijk.regels} == {"–"}


def test_wat_niet_zeker_is_staat_apart() -> None:
    lasten = "Vergoeding voor werkgeverslasten"
    assert [naam for naam, _ in beeld(datum="15-1-2026", loonwaarde="40").onzeker] == [lasten]
    # 743,39 + 174,70 is een cent meer dan 918,08
    assert [naam for naam, _ in beeld().onzeker] == [lasten, "Afronden op centen"]
    afgetopt = beeld(loonwaarde="20").onzeker
    assert (
        "Het hoogste bedrag zonder werkgeverslasten",
        "Rekenwijze volgens svland.nl; de wettekst laat een andere lezing toe",
    ) in afgetopt
    jarig = beeld(geboortedatum="10-3-2008", start="1-7-2025").onzeker
    assert {"Het minimumloon na een wijziging in het jaar", "De referentiemaand voor jongeren"} <= {n for n, _ in jarig}
    assert not [
        naam
        for naam, _ in beeld(datum="1-3-2016", start="1-2-2015", loonwaarde="20").onzeker
        if "lasten" in naam and "hoogste" not in naam
    ]


def test_wat_alleen_de_berekening_vindt_komt_bij_het_veld() -> None:
    form = formulier(route="forfait")
    assert form.is_valid()
    assert form.vraag is not None
    with pytest.raises(OnjuisteInvoer):
        maak_beeld(form.vraag, WET)
