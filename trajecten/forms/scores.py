"""The grid of a mentor: per person a score on each scale, nothing filled in means not scored (R056)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from deelnemers.schalen import ANKERS
from kern import klok
from kern.weigering import IntussenGewijzigd, zin
from trajecten.forms.basis import Formulier, datumveld

LAAGSTE, HOOGSTE = 1, 5


class PeriodeForm(Formulier):
    """Up to and including which day the mentor looked."""

    tot_en_met = datumveld("Tot en met welke dag keek je?", hulp="De periode loopt vanaf de vorige score.")

    def clean_tot_en_met(self) -> dt.date:
        dag: dt.date = self.cleaned_data["tot_en_met"]
        if dag > klok.vandaag():
            raise forms.ValidationError("Deze dag ligt in de toekomst. Kies vandaag of eerder.")
        return dag


class ScorerijForm(Formulier):
    """The row of one person."""

    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wat = f"kies een cijfer van {LAAGSTE} tot en met {HOOGSTE}."
        for code, (naam, *_) in ANKERS.items():
            self.fields[code] = forms.IntegerField(
                label=naam, required=False, min_value=LAAGSTE, max_value=HOOGSTE,
                error_messages={"invalid": wat, "min_value": wat, "max_value": wat},
            )  # fmt: skip
        self.fields["toelichting"] = forms.CharField(label="Wat zag je?", required=False, max_length=300)

    @property
    def leeg(self) -> bool:
        """Whether nothing was filled in: this row is skipped."""
        return not any(str(self.data.get(self.add_prefix(naam), "")).strip() for naam in (*ANKERS, "toelichting"))

    def scores(self) -> dict[str, int]:
        """The scales that were scored."""
        return {code: self.cleaned_data[code] for code in ANKERS if self.cleaned_data.get(code) is not None}

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if not self.errors and not self.scores():
            raise forms.ValidationError("Kies ook een cijfer. Alleen een toelichting bewaren kan niet.")
        return schoon

    def zinnen(self) -> list[str]:
        """What is wrong with this row, each with the name of its scale."""
        if not hasattr(self, "cleaned_data"):  # this row was not saved now
            return []
        namen = {code: f"{naam}: " for code, (naam, *_) in ANKERS.items()}
        return [f"{namen.get(veld, '')}{fout}" for veld, fouten in self.errors.items() for fout in fouten]

    def neem_over(self, fout: ValidationError) -> None:
        """What the service refused, at this row; a colleague who was first is named with her scores."""
        if isinstance(fout, IntussenGewijzigd):
            self.data = self.data.copy()
            self.data[self.add_prefix("versie")] = str(fout.versie)
            staat = ", ".join(f"{ANKERS[code][0]} {score}" for code, score in fout.anders.items() if code in ANKERS)
            self.add_error(None, f"Een collega scoorde net: {staat}. Kijk het na en bewaar opnieuw.")
        else:
            self.add_error(None, zin(fout))
