"""The filter above every page with figures, and proposing a definition."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from kern.formulier import Datum


class KeuzeForm(forms.Form):
    """For whom, on which day, as known on, by which definitions."""

    wie = forms.ChoiceField(label="Voor wie", required=False)
    doelgroep = forms.ChoiceField(label="Doelgroep", required=False)
    peildatum = forms.DateField(label="Peildatum", required=False, widget=Datum)
    vanaf = forms.DateField(label="Vanaf", required=False, widget=Datum)
    bekend_op = forms.DateField(label="Zoals bekend op", required=False, widget=Datum)
    versie = forms.ChoiceField(label="Definities", required=False)

    def __init__(
        self,
        *args: Any,
        wie: list[tuple[str, str]],
        versies: list[tuple[str, str]],
        doelgroepen: list[tuple[str, str]],
        alles: bool,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not (alles and self.data.get("vanaf")):
            del self.fields["vanaf"]
        self.fields["wie"].choices = wie  # type: ignore[attr-defined]
        self.fields["doelgroep"].choices = [("", "Iedereen"), *doelgroepen]  # type: ignore[attr-defined]
        self.fields["versie"].choices = versies  # type: ignore[attr-defined]
        if not alles:
            del self.fields["bekend_op"], self.fields["versie"]


class VersieForm(forms.Form):
    """A new version of a definition."""

    nummer = forms.CharField(label="Versie", max_length=12, help_text="Bijvoorbeeld 2015.1.")
    geldig_van = forms.DateField(label="Geldig voor peildata vanaf", widget=Datum)
    toelichting = forms.CharField(label="Wat is er veranderd", max_length=300)
    definitie = forms.JSONField(label="Definitie", widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"}))

    def clean_geldig_van(self) -> dt.date:
        """The first of a month, so that months stay whole."""
        dag: dt.date = self.cleaned_data["geldig_van"]
        if dag.day != 1:
            raise forms.ValidationError("Kies de eerste dag van een maand.")
        return dag


class WaarderingKeuzeForm(forms.Form):
    """Which closed quarter, and which team."""

    kwartaal = forms.ChoiceField(label="Kwartaal", required=False)
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(
        self, *args: Any, kwartalen: list[tuple[str, str]], teams: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kwartaal"].choices = kwartalen  # type: ignore[attr-defined]
        self.fields["team"].choices = [("", "Alle teams"), *teams]  # type: ignore[attr-defined]
