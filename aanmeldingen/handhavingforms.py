"""Forms of the work with Handhaving."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from aanmeldingen.keuzes import HANDHAVINGSGRONDEN, Partijaanpak, Signaalrichting, Signaalsoort
from aanmeldingen.routeforms import dag, tekst
from kern import bsn, klok
from kern.formulier import Formulier, Keuzes
from regelgeving import opzoeken

_MINIMAAL = "Alleen wat de ander nodig heeft. Niets over gezondheid of schulden, geen burgerservicenummer."


class SignaalFilter(Formulier):
    """Filter above the list of signals."""

    wat = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Wacht op antwoord"), ("beantwoord", "Beantwoord"), ("alles", "Alles")],
    )
    richting = forms.ChoiceField(
        label="Richting", required=False, choices=[("", "Beide kanten op"), *Signaalrichting.choices]
    )


class _MetGrond(Formulier):
    grondslag = forms.ChoiceField(
        label="Waarom mag dit?", widget=Keuzes, error_messages={"required": "Kies waarom dit mag."}
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gronden = opzoeken.keuzes(HANDHAVINGSGRONDEN, klok.vandaag())
        self.fields["grondslag"].choices = gronden  # type: ignore[attr-defined]


class SignaalForm(_MetGrond):
    """A signal about somebody whom both sides know."""

    soort = forms.ChoiceField(label="Waar gaat het over?", choices=Signaalsoort.choices)
    inhoud = tekst("Wat is er gezien?", _MINIMAAL, "Schrijf op wat er is gezien.", lang=500)
    doel = tekst("Waarvoor deel je dit?", "", "Schrijf op waarvoor je dit deelt.", lang=300, rijen=2)
    field_order = ["soort", "inhoud", "doel", "grondslag"]


class SignaalOverForm(SignaalForm):
    """A signal of Handhaving: first about whom."""

    nummer = forms.CharField(
        label="Burgerservicenummer",
        max_length=12,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": "Vul het burgerservicenummer in."},
    )
    geboortedatum = dag("Geboortedatum")
    field_order = ["nummer", "geboortedatum", "soort", "inhoud", "doel", "grondslag"]

    def clean_nummer(self) -> str:
        try:
            return bsn.controleer(self.cleaned_data["nummer"])
        except ValidationError as fout:
            raise ValidationError(fout.messages[0]) from fout


class AntwoordForm(Formulier):
    """The answer to a signal."""

    antwoord = tekst("Antwoord", _MINIMAAL, "Schrijf je antwoord op.", lang=500)


class RedenForm(Formulier):
    """Why something stops or is taken back."""

    reden = tekst("Waarom?", "De andere kant leest dit.", "Schrijf op waarom.", lang=300)


class AanpakForm(_MetGrond):
    """A joint plan starts."""

    doel = tekst("Wat willen we samen bereiken?", _MINIMAAL, "Schrijf op wat jullie willen bereiken.", lang=300)
    field_order = ["doel", "grondslag"]


class AanpakafspraakForm(Formulier):
    """A line of the joint plan."""

    partij = forms.ChoiceField(
        label="Wie doet dit?",
        choices=Partijaanpak.choices,
        widget=Keuzes,
        error_messages={"required": "Kies wie dit doet."},
    )
    wat = tekst("Wat spreken jullie af?", _MINIMAAL, "Schrijf de afspraak op.", lang=300, rijen=2)
    voor = dag("Voor", "Laat leeg als er geen dag bij hoort.", verplicht=False)
