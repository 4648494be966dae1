"""The data table and the filter bar."""

from types import SimpleNamespace

from django import forms
from django.core.paginator import Paginator
from django.http import QueryDict
from django.test import RequestFactory

from kern.onderdelen import Merk, Tegel, filterbalk, met_query
from kern.tabel import Kolom, Tabel, volgorde

KOLOMMEN = (
    Kolom("naam", "Persoon", kop=True, sorteer="naam", link=lambda r: f"/d/{r.naam}"),
    Kolom("uren", "Uren", soort="getal", weergave=lambda u: f"{u} uur", onder=lambda r: None),
    Kolom("team__naam", "Team"),
    Kolom("stand", "Stand", waarde=lambda r: Merk("Loopt", "goed")),
)
RIJEN = [
    SimpleNamespace(naam=n, uren=u, team=SimpleNamespace(naam="Noord"))
    for n, u in (("Ada", 12), ("Bo", None), ("Cor", 3))
]


def vraag(query=""):
    return RequestFactory().get("/lijst" + query)


def test_cellen_volgen_de_kolommen():
    tabel = Tabel.van(vraag(), KOLOMMEN, RIJEN)
    eerste = tabel.rijen[0]
    assert [c.waarde for c in eerste[:3]] == ["Ada", "12 uur", "Noord"]
    assert eerste[0].url == "/d/Ada"
    assert eerste[3].is_merk
    assert tabel.rijen[1][1].waarde == "", "geen waarde is leeg, nooit None"


def test_sorteren_draait_om_en_houdt_de_filters():
    verzoek = vraag("?team=noord&pagina=3&sorteer=naam")
    kop = Tabel.van(verzoek, KOLOMMEN, RIJEN, gesorteerd="naam").koppen[0]
    assert kop.richting == "ascending"
    assert kop.url == "?team=noord&sorteer=-naam"
    assert Tabel.van(verzoek, KOLOMMEN, RIJEN, gesorteerd="-naam").koppen[0].richting == "descending"


def test_het_adres_kiest_nooit_zelf_een_veld():
    assert volgorde(vraag("?sorteer=-naam"), KOLOMMEN, "uren") == "-naam"
    assert volgorde(vraag("?sorteer=bsn"), KOLOMMEN, "naam") == "naam"
    assert volgorde(vraag("?sorteer=--naam"), KOLOMMEN, "naam") == "naam"


def test_bladeren_noemt_waar_je_bent():
    blad = Tabel.van(vraag("?team=noord&pagina=2"), KOLOMMEN, Paginator(RIJEN, 1).page(2)).bladzijde
    assert blad is not None
    assert (blad.eerste, blad.laatste, blad.totaal) == (2, 2, 3)
    assert blad.vorige == "?team=noord&pagina=1"
    assert blad.volgende == "?team=noord&pagina=3"


class Filter(forms.Form):
    team = forms.ChoiceField(label="Team", required=False, choices=[("", "Alle"), ("noord", "Noord")])
    naam = forms.CharField(label="Naam", required=False)


def test_een_chip_haalt_alleen_zijn_eigen_filter_weg():
    verzoek = vraag("?team=noord&naam=ada&sorteer=uren&pagina=2")
    balk = filterbalk(verzoek, Filter(verzoek.GET))
    assert [c.tekst for c in balk.chips] == ["Team: Noord", "Naam: ada"]
    assert balk.chips[0].url == "?naam=ada&sorteer=uren"
    assert balk.wissen == "/lijst"


def test_zonder_filter_geen_chips():
    assert filterbalk(vraag("?team="), Filter(QueryDict("team="))).chips == ()


def test_met_query_laat_het_origineel_staan():
    query = QueryDict("a=1&b=2")
    assert met_query(query, a=None) == "?b=2"
    assert met_query(query, a=None, b="") == "?"
    assert query.urlencode() == "a=1&b=2"


def test_tegel_tekent_alles_op_een_schaal():
    baan = Tegel("Uit", "1.016", "#", stand=1000, streef=1250, tempo=1031, band=(1200, 1500)).baan
    assert baan["stand"] == "66.67%"
    assert baan["band_x"] == "80.00%"
    assert baan["band_breed"] == "20.00%"
    assert Tegel("Leeg", "–", "#").baan == {}
    assert Tegel("Nul", "0", "#", stand=0, streef=0).baan["stand"] == "0.00%"
