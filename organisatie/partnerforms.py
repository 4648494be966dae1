"""Forms of the directory of chain partners."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.formulier import Datum, Formulier, VersieFormulier
from kern.models import ApiClient
from organisatie.keuzes import PartnerSoort


class PartnerFilter(Formulier):
    """Filter above the directory."""

    naam = forms.CharField(label="Naam", required=False, max_length=60)
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *PartnerSoort.choices])
    stand = forms.ChoiceField(
        label="Wie", required=False, choices=[("", "Met wie we werken"), ("gestopt", "Gestopt"), ("alle", "Iedereen")]
    )


class PartnerForm(VersieFormulier):
    """One partner with its agreements and its system."""

    naam = forms.CharField(label="Naam", max_length=150)
    soort = forms.ChoiceField(label="Soort", choices=PartnerSoort.choices)
    email = forms.EmailField(
        label="E-mailadres", required=False, help_text="Algemeen adres, als er geen contactpersoon is."
    )
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    afspraken = forms.CharField(
        label="Afspraken",
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Wat spraken we af over verwijzen, terugkoppelen en overleg?",
    )
    afspraken_tot = forms.DateField(
        label="Afspraken lopen tot en met",
        required=False,
        widget=Datum,
        error_messages={"invalid": "Vul een datum in, bijvoorbeeld 1-12-2026."},
    )
    client = forms.ModelChoiceField(
        label="Eigen systeem",
        required=False,
        queryset=ApiClient.alle_gemeenten.none(),
        empty_label="Geen: we sturen een link",
        help_text="Met een eigen systeem komen verwijzingen daar vanzelf aan.",
    )
    bsn_toegestaan = forms.BooleanField(label="Mag het burgerservicenummer ontvangen", required=False)
    bsn_grondslag = forms.CharField(
        label="Op welke grond",
        max_length=200,
        required=False,
        help_text="Alleen als de partner het nummer mag ontvangen. Noem de wet en het artikel.",
    )
    actief = forms.BooleanField(label="We werken met deze partner", required=False, initial=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["client"].queryset = ApiClient.objects.filter(actief=True).order_by("naam", "pk")  # type: ignore[attr-defined]


class ContactpersoonForm(VersieFormulier):
    """Somebody at a partner; work details only."""

    naam = forms.CharField(label="Naam", max_length=150)
    functie = forms.CharField(label="Functie", max_length=100, required=False)
    email = forms.EmailField(label="E-mailadres op het werk", required=False)
    telefoon = forms.CharField(label="Telefoon op het werk", max_length=20, required=False)
    actief = forms.BooleanField(label="Werkt hier nog", required=False, initial=True)
