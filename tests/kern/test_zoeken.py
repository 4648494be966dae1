"""The search palette: only what somebody may see, logged, never a BSN."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.db.models import Q

from kern import recent, zoekvraag
from kern.aansluitingen import zoeken
from kern.models import Leesregel
from tests.hulp.vragen import vraagbudget


@pytest.fixture
def mensen(gemeente, monkeypatch):
    """A room with persons, of whom one is hidden."""
    monkeypatch.setattr(zoeken, "_filters", {"persoon": lambda medewerker: ~Q(betrokkene_id=3)})
    zoeken.schrijf(
        *(
            zoeken.ingang("toets", f"p:{i}", "persoon", naam, betrokkene_id=i, url=f"/dossier/{i}")
            for i, naam in enumerate(["Samira de Groot", "Aïcha Janssen", "Jan Janssen", "Verborgen Janssen"])
        )
    )


def test_palet_vindt_met_klank_accent_en_rechten(log_in, mensen) -> None:
    client = log_in("consulent")
    tekst = client.get("/zoeken/palet?q=jansen").content.decode()
    assert "Aïcha Janssen" in tekst and "Jan Janssen" in tekst and "Verborgen" not in tekst
    assert "Aïcha" in client.get("/zoeken/palet?q=aicha").content.decode()
    assert Leesregel.objects.filter(verwerking="zoeken", betrokkenen=[1, 2]).exists()
    assert "Niets gevonden" in client.get("/zoeken/palet?q=xyzzy").content.decode()
    assert "Niets gevonden" in client.get("/zoeken/palet?q=zzzzz").content.decode(), "één klank zit in elke naam"


@pytest.mark.eis("R001", "Een BSN in het zoekveld wordt geweigerd en komt niet terug, hoe het ook is getypt")
@pytest.mark.parametrize(
    "vraag", ["123456782", "1234.56.782", "123 456 782", "123-456-782", "Jansen 123456782", "123456789", "23456784"]
)
def test_een_bsn_wordt_niet_gezocht(log_in, mensen, vraag) -> None:
    client = log_in("consulent")
    for adres in ("/zoeken/palet", "/zoeken"):
        tekst = client.get(adres, {"q": vraag}).content.decode()
        assert "Zoek hier niet op een BSN" in tekst and vraag not in tekst and "/dossier/" not in tekst


@pytest.mark.eis("R001", "Iemand is te vinden op geboortedatum, hoe die ook is getypt")
@pytest.mark.parametrize(
    "vraag", ["01-03-1980", "1-3-1980", "01031980", "1/3/1980", "1.3.1980", "1 3 1980", "1980-03-01", "groot 01031980"]
)
def test_een_geboortedatum_is_geen_bsn(log_in, mensen, vraag) -> None:
    zoeken.schrijf(
        zoeken.ingang("toets", "g", "persoon", "Piet Groot", woorden="01-03-1980", betrokkene_id=8, url="/8")
    )
    assert 'href="/8"' in log_in("consulent").get("/zoeken", {"q": vraag}).content.decode()


@pytest.mark.parametrize("vraag", ["2026-00012", "0612345678", "20261122123", "31021981", "1234567", "Jansen 1-3-1980"])
def test_geen_bsn(vraag) -> None:
    """A dossier number, a telephone number, eight digits that are no BSN either, a date."""
    assert not zoekvraag.noemt_bsn(vraag)


def test_handelingen_volgen_de_rechten(log_in) -> None:
    client = log_in("functioneel_beheerder")
    assert "Iemand in dienst nemen" in client.get("/zoeken/palet?q=dienst").content.decode()
    assert "Iemand in dienst nemen" in client.get("/zoeken?q=").content.decode()


def test_consulent_ziet_geen_beheer(log_in) -> None:
    assert "Iemand in dienst nemen" not in log_in("consulent").get("/zoeken/palet?q=dienst").content.decode()


def test_zoekbladzijde_zonder_javascript(log_in, mensen) -> None:
    tekst = log_in("consulent").get("/zoeken?q=groot").content.decode()
    assert 'href="/dossier/0"' in tekst and "<h1>Zoeken" in tekst


def test_palet_kost_weinig_vragen(log_in, mensen) -> None:
    client = log_in("consulent")
    client.get("/zoeken/palet?q=jan")
    with vraagbudget(6, "palet"):
        client.get("/zoeken/palet?q=jan")


# --- One letter wrong -----------------------------------------------------------------------------------
@pytest.mark.eis("R001", "Iemand is te vinden als één letter ontbreekt, is verwisseld, te veel is of anders is")
@pytest.mark.parametrize(
    "vraag", ["smira", "samria", "saimra", "samiraa", "zamira", "samira grot", "gorot", "samira de grott"]
)
def test_een_letter_mis_is_niet_erg(log_in, mensen, vraag) -> None:
    assert "Samira de Groot" in log_in("consulent").get("/zoeken/palet", {"q": vraag}).content.decode()


@pytest.mark.parametrize("vraag", ["smria", "jns", "samirs groof jan", "2026-00013"])
def test_twee_letters_mis_korte_woorden_en_nummers_blijven_streng(log_in, mensen, vraag) -> None:
    zoeken.schrijf(zoeken.ingang("toets", "n", "persoon", "Ali Bos", woorden="2026-00012", betrokkene_id=9, url="/9"))
    tekst = log_in("consulent").get("/zoeken/palet", {"q": vraag}).content.decode()
    assert 'href="/dossier/' not in tekst and 'href="/9"' not in tekst


def test_wat_letterlijk_begint_staat_voor_wat_erop_lijkt(log_in, gemeente, monkeypatch) -> None:
    monkeypatch.setattr(zoeken, "_filters", {"werkgever": lambda medewerker: Q()})
    namen = ["Balker", "Bakker Zuid", "Brood van Bakker", "Aarnoutbakker", "Abkker"]
    zoeken.schrijf(*(zoeken.ingang("toets", naam, "werkgever", naam, url=f"/{i}") for i, naam in enumerate(namen)))
    tekst = log_in("consulent").get("/zoeken/palet?q=bakker").content.decode()
    plekken = [tekst.index(f">{naam}<") for naam in ["Bakker Zuid", "Brood van Bakker", "Aarnoutbakker"]]
    assert plekken == sorted(plekken)
    assert ">Balker<" not in tekst, "wat lijkt, komt pas als niets letterlijk past"
    tekst = log_in("consulent").get("/zoeken/palet?q=bakkr").content.decode()
    assert ">Bakker Zuid<" in tekst and ">Abkker<" not in tekst


def test_zoeken_met_een_fout_gaat_langs_de_index(gemeente) -> None:
    """The trigram index must point out the rows; what it points out wrongly is looked at again (benchmarks: p95)."""
    begin, klinkers = "bdfghklmnprstvw", "aeiou"
    namen = [f"{a}{k}{b}{m}{c}a" for a in begin for k in klinkers for b in begin for m in klinkers for c in "dkm"]
    zoeken.schrijf(*(zoeken.ingang("toets", naam, "persoon", naam, url="/") for naam in namen))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for woord, raak in (("dikomda", "dikoma"), ("fedka", "fedeka"), ("samkia", "samika")):
            vraag = "EXPLAIN (ANALYZE, TIMING off) SELECT zoektekst FROM kern_zoekingang WHERE zoektekst ~ %s"
            patroon = zoeken.eenletterfout(woord)
            cursor.execute(vraag, [patroon])
            plan = "\n".join(regel for (regel,) in cursor.fetchall())
            bekeken = sum(map(int, re.findall(r"Bitmap Index Scan on zoekingang_trigram.*?actual rows=(\d+)", plan)))
            assert 0 < bekeken < len(namen) / 20, plan
            assert re.search(patroon, raak), patroon


# --- Opened last ----------------------------------------------------------------------------------------
@pytest.mark.eis("R001", "Zonder vraag toont het palet wie je het laatst opende, alleen wie je nu mag zien")
def test_palet_zonder_vraag_toont_wie_je_laatst_opende(log_in, mensen) -> None:
    client = log_in("consulent")
    assert "Laatst geopend" not in client.get("/zoeken/palet").content.decode()
    for betrokkene in (2, 3, 1, 0, 1):
        recent.onthoud(client.medewerker.gebruiker, betrokkene)
    for adres in ("/zoeken/palet", "/zoeken"):
        tekst = client.get(adres).content.decode()
        assert "Laatst geopend" in tekst and "Verborgen" not in tekst
        plekken = [tekst.index(f">{naam}<") for naam in ("Aïcha Janssen", "Samira de Groot", "Jan Janssen")]
        assert plekken == sorted(plekken)
    assert Leesregel.objects.filter(verwerking="zoeken", betrokkenen=[0, 1, 2]).count() == 2
    assert "Laatst geopend" not in client.get("/zoeken/palet?q=jan").content.decode()


@pytest.mark.parametrize(
    "vraag", ["vd berg", "v/d berg", "v.d. berg", "van den berg", "berg", "vden berg", "joost vd berg", "vd bergh"]
)
def test_een_tussenvoegsel_hoef_je_niet_goed_te_typen(log_in, mensen, vraag) -> None:
    zoeken.schrijf(zoeken.ingang("toets", "b", "persoon", "Joost van den Berg", betrokkene_id=9, url="/9"))
    assert "Joost van den Berg" in log_in("consulent").get("/zoeken/palet", {"q": vraag}).content.decode()


def test_laatst_geopend_is_van_jou_alleen_en_kort(log_in, mensen, maak_medewerker, monkeypatch) -> None:
    client, ander = log_in("consulent"), maak_medewerker("consulent")
    for betrokkene in range(20):
        recent.onthoud(ander.gebruiker, betrokkene)
    assert "Laatst geopend" not in client.get("/zoeken/palet").content.decode()
    assert recent.laatst(ander.gebruiker)[:2] == [19, 18] and len(recent.laatst(ander.gebruiker)) <= recent.HOEVEEL + 2

    monkeypatch.setattr(recent, "cache", None)  # every question to it fails
    assert client.get("/zoeken/palet").status_code == 200


def test_palet_zonder_vraag_kost_weinig_vragen(log_in, mensen) -> None:
    client = log_in("consulent")
    recent.onthoud(client.medewerker.gebruiker, 1)
    client.get("/zoeken/palet")
    with vraagbudget(6, "palet zonder vraag"):
        client.get("/zoeken/palet")
