"""Forms about erasing. Rules live in the services; forms ask and explain."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.bewaarkeuzes import Bewaarreden
from deelnemers.forms import LEEG
from kern.formulier import Datum, Formulier, Vrijetekst


class BewaarplichtForm(Formulier):
    """Whose data must stay, why and until when."""

    dossiernummer = forms.CharField(label="Dossiernummer", max_length=12, help_text="Bijvoorbeeld 2026-00012.")
    soort = forms.ChoiceField(label="Waarom?", choices=[*LEEG, *Bewaarreden.choices])
    reden = forms.CharField(
        label="Toelichting",
        widget=Vrijetekst(3),
        max_length=1000,
        help_text="Noem de zaak of het nummer van de zaak. Schrijf niets over gezondheid op.",
    )
    tot = forms.DateField(
        label="Bewaren tot en met",
        required=False,
        widget=Datum(),
        help_text="Weet je het nog niet? Laat leeg. Je heft de bewaarplicht dan later zelf op.",
    )


class StapForm(Formulier):
    """A step on a list, with a reason where the step needs one."""

    reden = forms.CharField(
        max_length=300,
        widget=Vrijetekst(2),
        error_messages={"required": "Geef een reden."},
    )

    def __init__(self, *args: Any, label: str = "Waarom?", verplicht: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].label, self.fields["reden"].required = label, verplicht
