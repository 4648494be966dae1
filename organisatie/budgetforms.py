"""Forms about the money of a year."""

from __future__ import annotations

from typing import Any

from django import forms

from kern import klok
from kern.formulier import Bedrag, VersieFormulier
from organisatie.keuzes import Geldbron


def _bedrag() -> forms.DecimalField:
    return forms.DecimalField(
        label="Bedrag voor het jaar", max_digits=13, decimal_places=2, min_value=0, localize=True, widget=Bedrag
    )


class BudgetWijzigenForm(VersieFormulier):
    """Another amount, with the reason."""

    bedrag = _bedrag()
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=300,
        required=False,
        help_text="Bijvoorbeeld de begrotingswijziging waar dit bij hoort.",
    )


class BudgetForm(BudgetWijzigenForm):
    """A new budget: which money, for which year."""

    jaar = forms.TypedChoiceField(label="Jaar", coerce=int)
    bron = forms.ChoiceField(label="Geldbron", choices=Geldbron)
    project = forms.CharField(
        label="Project", max_length=80, required=False, help_text="Alleen bij projectgeld: de naam van het project."
    )
    field_order = ("jaar", "bron", "project", "bedrag", "toelichting")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        nu = klok.vandaag().year
        self.fields["jaar"].choices = [(jaar, str(jaar)) for jaar in range(nu + 2, nu - 4, -1)]  # type: ignore[attr-defined]
        self.fields["jaar"].initial = nu

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        project = schoon.get("project")
        if schoon.get("bron") == Geldbron.PROJECT and not project:
            self.add_error("project", "Vul de naam van het project in.")
        elif project and schoon.get("bron") not in {None, Geldbron.PROJECT}:
            self.add_error("project", "Alleen projectgeld heeft een project. Laat dit leeg of kies projectgeld.")
        return schoon
