"""Forms about growth in arbeidsmatige dagbesteding (R062)."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.groeikeuzes import Groeiafloop, Groeisignaal
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier, Vrijetekst
from kern.weergave import hoofdletter


class GroeiForm(VersieFormulier):
    """One look: what you see, why, and when you look again."""

    plek = forms.CharField(label="Waar is de dagbesteding?", max_length=120, help_text="De naam van de plek.")
    signaal = forms.ChoiceField(
        label="Zie je groei naar werk?", widget=Keuzes(), choices=[(c, hoofdletter(n)) for c, n in Groeisignaal.choices]
    )
    reden = forms.CharField(
        label="Waaraan zie je dat?", max_length=300, required=False, widget=Vrijetekst(2),
        help_text="Schrijf op wat iemand doet of zegt. Schrijf geen ziekte of behandeling op.",
    )  # fmt: skip
    herzien_op = forms.DateField(
        label="Opnieuw bekijken op", required=False, widget=Datum(), help_text="Die dag staat het op Vandaag."
    )
    afloop = forms.ChoiceField(
        label="Of is het klaar?", required=False,
        choices=[("", "Nee, we kijken later opnieuw"), *((c, hoofdletter(n)) for c, n in Groeiafloop.choices)],
    )  # fmt: skip

    def waarden(self) -> dict[str, Any]:
        """What goes to the service."""
        return dict(self.cleaned_data)


class GroeiFilter(Formulier):
    """Which candidates for a step up."""

    signaal = forms.ChoiceField(label="Groei", required=False)
    van = forms.ChoiceField(label="Van wie", required=False)
    herzien = forms.ChoiceField(
        label="Opnieuw bekijken", required=False, choices=[("", "Alles"), ("voorbij", "De dag is er of voorbij")]
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signalen = [(c, hoofdletter(n)) for c, n in Groeisignaal.choices]
        self.fields["signaal"].choices = [("", "Mogelijk of duidelijk"), *signalen]  # type: ignore[attr-defined]
        van = [("", "Van mij"), ("team", "Iedereen die ik mag zien")]
        self.fields["van"].choices = van  # type: ignore[attr-defined]
