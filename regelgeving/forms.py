"""Forms of functional management."""

from __future__ import annotations

from typing import Any

from django import forms

from kern import klok
from kern.formulier import Datum
from regelgeving.keuzes import ANTWOORDEN, naam_van
from regelgeving.models import Parameter
from regelgeving.services.beheer import VRIJE_SLEUTELS


class Peildatum(forms.Form):
    """The date on which the page shows the law."""

    op = forms.DateField(label="Wat geldt op", required=False, widget=Datum())


class EigenWaarde(forms.Form):
    """A proposal for an own value of the gemeente."""

    use_required_attribute = False

    sleutel = forms.ChoiceField(label="Welke waarde", choices=())
    waarde = forms.CharField(
        label="Nieuwe waarde",
        max_length=60,
        help_text="Bijvoorbeeld 23,5 of 1419,46. Bij een keuze: het woord uit de lijst.",
    )
    geldig_van = forms.DateField(label="Geldig vanaf", widget=Datum())
    geldig_tot = forms.DateField(
        label="Geldig tot en met", required=False, widget=Datum(), help_text="Leeg betekent: tot nader order."
    )
    bron = forms.CharField(
        label="Bron",
        max_length=250,
        help_text="Bijvoorbeeld het nummer van de Staatscourant of het raadsbesluit.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        landelijk = (
            Parameter.objects.filter(gemeente__isnull=True).order_by("sleutel").values_list("sleutel", flat=True)
        )
        sleutels = sorted({*landelijk.distinct(), *VRIJE_SLEUTELS})
        self.fields["sleutel"].choices = [("", "Kies een waarde"), *((s, naam_van(s)) for s in sleutels)]
        self.fields["geldig_van"].initial = klok.vandaag()

    def inhoud(self) -> dict[str, str]:
        """The proposal as JSON: dates in ISO form, a number with a point."""
        schoon = self.cleaned_data
        waarde = schoon["waarde"].strip()
        if schoon["sleutel"] in ANTWOORDEN and "," not in waarde:
            waarde = waarde.casefold().replace(" ", "_")
        if "," in waarde:
            waarde = waarde.replace(".", "").replace(",", ".")
        return {
            "sleutel": schoon["sleutel"],
            "waarde": waarde,
            "geldig_van": schoon["geldig_van"].isoformat(),
            "geldig_tot": schoon["geldig_tot"].isoformat() if schoon["geldig_tot"] else "",
            "bron": schoon["bron"],
        }


class Besluit(forms.Form):
    """Why a proposal is rejected (obligatory) or approved."""

    reden = forms.CharField(label="Reden", required=False, widget=forms.Textarea(attrs={"rows": 3}))
