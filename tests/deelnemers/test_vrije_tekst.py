"""Every box for free words about a person carries the same one warning (R228)."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.test import Client
from django.urls import get_resolver, reverse

from kern.formulier import WAARSCHUWING, Vrijeregel, Vrijetekst
from tests.deelnemers.fabrieken import met_regie

#: Rooms in which people write about persons.
OVER_PERSONEN = ("deelnemers", "trajecten", "werkgevers", "aanmeldingen", "loonkostensubsidie")
#: Boxes in those rooms that are not about a person.
ANDERS = {
    "aanmeldingen.clientforms": "sleutels en adressen van een systeem",
    "loonkostensubsidie.betaalforms": "een rekening of betaalopdracht van een werkgever",
    "trajecten.forms.gereedschap": "een hulpmiddel, nooit een persoon (R119)",
    "werkgevers.forms.VacatureForm": "een vacature",
    "werkgevers.forms.WerkgeverForm": "een werkgever",
}


def tekstvakken() -> dict[str, forms.Widget]:
    """Form and field → its box, for every box of more lines in these rooms."""
    _ = get_resolver().url_patterns  # every form is there once the pages are
    klassen, nog = set(), [forms.BaseForm]
    while nog:
        nieuw = set(nog.pop().__subclasses__()) - klassen
        klassen |= nieuw
        nog += nieuw
    return {
        f"{k.__module__}.{k.__name__}.{naam}": veld.widget
        for k in klassen
        if k.__module__.startswith(OVER_PERSONEN) and not {k.__module__, f"{k.__module__}.{k.__name__}"} & ANDERS.keys()
        for naam, veld in getattr(k, "base_fields", {}).items()
        if isinstance(veld.widget, forms.Textarea)
    }


@pytest.mark.eis("R228", "Elk vak voor vrije tekst over een persoon waarschuwt")
def test_elk_vak_voor_vrije_tekst_waarschuwt() -> None:
    vakken = tekstvakken()
    assert len(vakken) > 40
    fout = sorted(naam for naam, vak in vakken.items() if not isinstance(vak, Vrijetekst))
    assert not fout, f"Gebruik kern.formulier.Vrijetekst, of leg uit waarom niet: {fout}"


@pytest.mark.django_db
def test_de_waarschuwing_staat_een_keer_bij_elk_vak(log_in: Any, team: Any) -> None:
    """R228: at the note box and at a form, once per box, and read aloud with it."""
    client: Client = log_in("consulent", team=team)
    nummer = [met_regie(client.medewerker, team).dossiernummer]
    notitie = client.get(reverse("dossier", args=nummer)).content.decode()
    assert notitie.count(WAARSCHUWING) == 1 and 'aria-describedby="notitie-let-op notitie-hulp"' in notitie
    vraag = client.get(reverse("dossiervraag_nieuw", args=nummer)).content.decode()
    assert vraag.count(WAARSCHUWING) == 1 and 'id="id_vraag_let_op"' in vraag
    assert "id_vraag_helptext id_vraag_let_op" in vraag


def test_een_vak_van_een_regel_kan_het_ook() -> None:
    class Vorm(forms.Form):
        reden = forms.CharField(widget=Vrijeregel())

    html = Vorm()["reden"].as_field_group()
    assert WAARSCHUWING in html and "<textarea" not in html
