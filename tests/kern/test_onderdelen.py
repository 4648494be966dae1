"""What the component tags put on the page, and that the page with all of them renders."""

import re

import pytest
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.template import Context, Template
from django.test import RequestFactory

from kern.meldingen import lees_melding, meld
from kern.onderdelen import Leeg, Paletgroep, Paletoptie, Takengroep
from kern.views.onderdelenpagina import onderdelenpagina


def teken(bron: str, **context) -> str:
    return Template("{% load onderdelen weergave %}" + bron).render(Context(context))


def verzoek(pad="/onderdelen"):
    request = RequestFactory().get(pad)
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)
    return request


def test_pagina_met_alle_onderdelen():
    html = onderdelenpagina(verzoek("/onderdelen?team=noord&sorteer=-uren&pagina=2")).content.decode()
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids)), "elk id komt een keer voor"
    assert "style=" not in html
    assert "None" not in html
    assert len(html) < 100_000


def test_merk_heeft_altijd_een_woord_en_bij_kleur_een_icoon():
    assert teken('{% merk "Open" %}') == '<span class="merk">Open</span>'
    html = teken('{% merk "Te laat" "fout" %}')
    assert "Te laat" in html
    assert "#i-driehoek" in html


def test_merk_zegt_wat_je_nu_mag():
    html = teken('{% merk "Wacht" "let-op" uitleg="Je kunt herinneren." %}')
    assert html.startswith("<details")
    assert "Je kunt herinneren." in html


@pytest.mark.parametrize(
    "bron",
    [
        "{% merk x %}",
        "{% knop x x %}",
        "{% beeltenis x %}",
        "{% toets x %}",
        "{% waarom x %}{{ x }}{% endwaarom %}",
    ],
)
def test_invoer_wordt_nooit_html(bron):
    assert "<script" not in teken(bron, x="<script>alert(1)</script>")


def test_knop_post_neemt_het_token_mee():
    html = teken('{% knop "Herinner" "/h" post=True %}', request=verzoek())
    assert 'method="post" action="/h"' in html
    assert "csrfmiddlewaretoken" in html


def test_lege_staat_en_lege_groep():
    assert "Jouw dag is leeg" in teken("{% leeg s %}", s=Leeg("Jouw dag is leeg"))
    assert teken("{% takenlijst g %}", g=[Takengroep("Te laat", ())]).strip() == ""


def test_palet_zonder_uitkomst_zegt_wat_je_kunt_proberen():
    assert "Niets gevonden voor ‘xyz’" in teken("{% paletuitkomst g q %}", g=[], q="xyz")
    html = teken("{% paletuitkomst g %}", g=[Paletgroep("Acties", [Paletoptie("Afspraak", "/a", icoon="agenda")])])
    assert 'role="option"' in html


class Formulier(forms.Form):
    naam = forms.CharField(label="Naam", help_text="Zoals op het paspoort")
    begin = forms.DateField(label="Begindatum")
    soort = forms.ChoiceField(label="Soort", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    eigen = forms.CharField(label="Eigen", error_messages={"required": "Schrijf iets op"})
    weet = forms.BooleanField(label="Weet ervan")


class Vraag(Formulier):
    waarom = forms.CharField(label="Waarom?")


def test_foutenlijst_leidt_naar_elk_veld():
    html = teken("{{ f }}", f=Formulier({"begin": "morgen"}))
    assert "Nog 5 dingen aanpassen" in html
    for anker in ("id_naam", "id_begin", "id_soort_0", "id_eigen", "id_weet"):
        assert f'href="#{anker}"' in html
        assert f'id="{anker}"' in html


def test_fout_zegt_wat_je_moet_doen():
    html = teken("{{ f }}", f=Formulier({"begin": "morgen"}))
    assert "Vul in: Naam" in html
    assert "Begindatum: schrijf de datum als 1-12-2026" in html
    assert "Kies: Soort" in html
    assert "Geef antwoord: Waarom?" in teken("{{ f }}", f=Vraag({}))
    assert html.count("Schrijf iets op") == 2, "een eigen zin blijft zoals hij is"
    assert "Dit veld is verplicht" not in html


def test_veld_noemt_hulp_en_fout_aan_de_schermlezer():
    html = teken("{{ f.naam.as_field_group }}", f=Formulier({}))
    assert 'aria-describedby="id_naam_helptext id_naam_error"' in html
    assert 'id="id_naam_helptext"' in html
    assert 'id="id_naam_error"' in html
    assert 'aria-invalid="true"' in html


def test_formulier_zonder_fouten_heeft_geen_foutenlijst():
    assert "foutenlijst" not in teken("{{ f }}", f=Formulier())


def test_melding_met_ongedaan_maken():
    request = verzoek()
    meld(request, "Samira is voorgedragen", onder="Haar consulent krijgt bericht", ongedaan="/herstel/1")
    messages.error(request, "Bewaren lukte niet")
    html = teken("{% toasts %}", request=request)
    assert 'action="/herstel/1"' in html
    assert "csrfmiddlewaretoken" in html
    assert 'role="alert"' in html, "een fout wordt meteen voorgelezen en blijft staan"


@pytest.mark.parametrize("url", ["https://elders.example/", "//elders.example", "javascript:alert(1)"])
def test_ongedaan_maken_gaat_nooit_naar_buiten(url):
    with pytest.raises(ValueError, match="eigen pagina"):
        meld(verzoek(), "x", ongedaan=url)


def test_gewone_melding_van_django_wordt_ook_een_toast():
    request = verzoek()
    messages.info(request, "Dag", extra_tags="iets")
    assert [lees_melding(m).tekst for m in messages.get_messages(request)] == ["Dag"]
