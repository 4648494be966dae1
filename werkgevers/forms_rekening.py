"""Forms of another account number."""

from __future__ import annotations

from typing import Any

from django import forms

from kern import klok
from kern.formulier import Datum, Formulier, Keuzes
from werkgevers.keuzes import Doorgeefwijze, Terugbeluitkomst
from werkgevers.models import Rekeningwijziging
from werkgevers.nummers import controleer_iban, kale_iban


class RekeningForm(Formulier):
    """Propose another account number."""

    iban = forms.CharField(label="Nieuw rekeningnummer (IBAN)", max_length=42, help_text="Spaties mogen.")
    tenaamstelling = forms.CharField(label="Op naam van", max_length=70)
    vanaf = forms.DateField(label="Geldt vanaf", widget=Datum)
    ontvangen_op = forms.DateField(label="Doorgegeven op", widget=Datum)
    ontvangen_via = forms.ChoiceField(label="Hoe doorgegeven", choices=Doorgeefwijze)
    meegegeven_nummer = forms.CharField(
        label="Telefoonnummer in dit bericht",
        max_length=20,
        required=False,
        help_text="Dit nummer bellen we juist niet. Een ander kan het bericht hebben gestuurd.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam in ("vanaf", "ontvangen_op"):
            self.fields[naam].initial = klok.vandaag

    def clean_iban(self) -> str:
        nummer = kale_iban(self.cleaned_data["iban"])
        controleer_iban(nummer)
        return nummer


class TerugbelForm(Formulier):
    """Whom somebody called, on which known number, and what came out of it."""

    nummer = forms.ChoiceField(label="Welk nummer heb je gebeld", widget=Keuzes)
    belresultaat = forms.ChoiceField(label="Wat zei de werkgever", choices=Terugbeluitkomst, widget=Keuzes)
    gesproken_met = forms.CharField(
        label="Met wie sprak je", max_length=100, required=False, help_text="Leeg als je niemand sprak."
    )

    def __init__(self, *args: Any, wijziging: Rekeningwijziging, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [(nummer, f"{nummer} ({wie})") for wie, nummer in wijziging.bekende_nummers]
        self.fields["nummer"].choices = keuzes  # type: ignore[attr-defined]


class AfwijsForm(Formulier):
    reden = forms.CharField(label="Waarom wijs je dit af", max_length=300)
