"""Forms of the toolkit."""

from __future__ import annotations

from typing import Any

from django import forms

from kern import klok
from kern.formulier import Keuzes, Meerkeuze
from regelgeving import opzoeken
from trajecten.forms.basis import Formulier, VersieFormulier
from trajecten.gereedschap import PROBLEMEN, te_kiezen_aanbod
from trajecten.models import Instrument

_NOOIT = "Nooit over één persoon: geen namen, nummers of andere gegevens waaraan je iemand herkent."


def _tekst(label: str, hulp: str, *, regels: int = 4, langste: int = 500) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=hulp, max_length=langste, widget=forms.Textarea(attrs={"rows": regels})
    )


class InterventieForm(VersieFormulier):
    """A new intervention, or a better text."""

    naam = forms.CharField(label="Naam", max_length=100, help_text="Kort, zoals je het tegen een collega zegt.")
    problemen = forms.MultipleChoiceField(label="Bij welk probleem?", widget=Meerkeuze())
    wat = _tekst("Wat is het?", f"Leg uit wat je doet. {_NOOIT}")
    wanneer = _tekst("Wanneer helpt het?", "Bijvoorbeeld bij wie, en op welk moment.")
    wie = forms.CharField(label="Wie mag het doen?", max_length=200, help_text="Een functie of partner, geen naam.")
    instrument = forms.ModelChoiceField(
        Instrument.alle_gemeenten.none(), label="Hoort er aanbod bij?", required=False, empty_label="Nee"
    )

    def __init__(self, *args: Any, blijft: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = opzoeken.keuzes(PROBLEMEN, klok.vandaag())
        bekend = {code for code, _ in keuzes}
        oud = [(code, opzoeken.label(PROBLEMEN, code)) for code in blijft if code not in bekend]
        self.fields["problemen"].choices = [*keuzes, *oud]  # type: ignore[attr-defined]
        self.fields["instrument"].queryset = te_kiezen_aanbod()  # type: ignore[attr-defined]


class ErvaringForm(Formulier):
    """What a colleague found of it."""

    hielp = forms.TypedChoiceField(
        label="Hielp het?",
        choices=[("ja", "Het hielp"), ("nee", "Het hielp niet")],
        coerce=lambda waarde: waarde == "ja",
        widget=Keuzes(),
    )
    tekst = _tekst("Wat werkte wel of niet?", f"Schrijf over de aanpak. {_NOOIT}")
