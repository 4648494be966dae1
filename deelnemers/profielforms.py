"""Forms of the profile for employers."""

from __future__ import annotations

from django import forms

from deelnemers.keuzes import Profielgroep
from deelnemers.models.profiel import REGEL_LENGTE
from deelnemers.services.profiel import LINK_DAGEN
from kern.formulier import Formulier, VersieFormulier


class ProfielregelForm(VersieFormulier):
    groep = forms.ChoiceField(label="Waar hoort het bij?", choices=Profielgroep.choices)
    tekst = forms.CharField(
        label="Wat mag een werkgever lezen?",
        max_length=REGEL_LENGTE,
        help_text="Schrijf in de woorden van de deelnemer. Niets over gezondheid, uitkering, adres of leeftijd.",
    )


class ProfiellinkForm(Formulier):
    voor = forms.CharField(
        label="Voor welke werkgever?", max_length=150, help_text="Bijvoorbeeld: Bakkerij Van Dam, Petra Smit."
    )
    dagen = forms.TypedChoiceField(
        label="Hoe lang werkt de link?", coerce=int, choices=[(d, f"{d} dagen") for d in LINK_DAGEN], initial=14
    )


class OpenForm(Formulier):
    """Asked of the employer before the profile shows."""

    naam = forms.CharField(label="Uw naam", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    email = forms.EmailField(
        label="Uw e-mailadres op het werk",
        error_messages={"invalid": "Vul een e-mailadres in, bijvoorbeeld naam@bedrijf.nl."},
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
