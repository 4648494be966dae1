"""Forms about deliveries to payroll (R110)."""

from __future__ import annotations

from typing import Any

from django import forms

from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier
from werkgevers.salarisbestand import AFGEKEURD, LANGSTE_REDEN, VERWERKT
from werkgevers.salaristoestanden import SALARISMUTATIE


class OntvangstForm(VersieFormulier):
    """Payroll has the file."""

    ontvangen_op = forms.DateField(label="Ontvangen op", widget=Datum)
    ontvangen_door = forms.CharField(
        label="Wie ontving het?", max_length=100, help_text="De collega van de salarisadministratie die het bevestigt."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ontvangen_op"].initial = klok.vandaag()


class RegelForm(VersieFormulier):
    """What payroll did with one line."""

    uitkomst = forms.ChoiceField(
        label="Wat deed de salarisadministratie?",
        choices=[(VERWERKT, "Verwerkt"), (AFGEKEURD, "Afgekeurd")],
        widget=Keuzes,
    )
    reden = forms.CharField(
        label="Waarom afgekeurd?",
        max_length=LANGSTE_REDEN,
        required=False,
        help_text="Nodig bij ‘Afgekeurd’. Bijvoorbeeld: deze functie kennen we niet. Noem geen gezondheid.",
    )


class AntwoordForm(Formulier):
    """The file that payroll sent back."""

    bestand = forms.FileField(label="Bestand (CSV)", help_text="Met de kolommen kenmerk, uitkomst en reden.")


class RegelFilter(Formulier):
    """Filter above the lines of a delivery."""

    status = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle regels"), *SALARISMUTATIE.keuzes])
