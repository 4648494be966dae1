"""The form of the talk: agree on something right there."""

from __future__ import annotations

from django import forms

from deelnemers.keuzes import Partij
from kern.formulier import Formulier, Keuzes
from trajecten.forms.basis import datumveld


class GespreksafspraakForm(Formulier):
    """Words that both read: no “wij”, because nobody knows who that is."""

    partij = forms.ChoiceField(label="Wie doet het?", widget=Keuzes())
    wat = forms.CharField(label="Wat spreken we af?", max_length=300)
    voor = datumveld("Voor wanneer?", verplicht=False)

    def __init__(self, *args: object, roepnaam: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["partij"].choices = [  # type: ignore[attr-defined]
            (Partij.DEELNEMER.value, roepnaam),
            (Partij.WIJ.value, "De gemeente"),
        ]
