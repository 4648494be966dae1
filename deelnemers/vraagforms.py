"""Forms of questions in a dossier."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import GEVOELIG
from deelnemers.vraagkeuzes import Vraagaan
from kern.formulier import Formulier, Keuzes, Vrijetekst


class VraagForm(Formulier):
    aan = forms.ChoiceField(label="Aan wie vraag je het?", choices=Vraagaan.choices, widget=Keuzes())
    vraag = forms.CharField(
        label="Wat wil je weten?", max_length=1000, widget=Vrijetekst(4),
        help_text="Schrijf op wat nodig is om te antwoorden, niet meer. De deelnemer kan dit lezen.",
    )  # fmt: skip
    gevoelig = forms.BooleanField(label=GEVOELIG, required=False, help_text="Wie antwoord geeft, leest de vraag wel.")


class AntwoordOpVraagForm(Formulier):
    antwoord_van = forms.CharField(label="Welke expert gaf het antwoord?", max_length=100)
    antwoord = forms.CharField(
        label="Antwoord", max_length=2000, widget=Vrijetekst(5),
        help_text="Het antwoord komt in het dossier. De deelnemer kan dit lezen.",
    )  # fmt: skip

    def __init__(self, *args: Any, inkomen: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if inkomen:
            del self.fields["antwoord_van"]
