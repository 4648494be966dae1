"""Forms of appreciation: asking for it, and the three questions (R018)."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.formulier import Formulier, Keuzes
from kern.weergave import hoofdletter
from trajecten.models import Instrument
from trajecten.waarderingkeuzes import VRAGEN, Antwoord, Moment


class WaarderingVragenForm(Formulier):
    """When, and about which part."""

    moment = forms.ChoiceField(
        label="Wanneer vraag je dit?", choices=[(m, hoofdletter(label)) for m, label in Moment.choices], widget=Keuzes()
    )
    instrument = forms.ModelChoiceField(
        Instrument.alle_gemeenten.none(),
        label="Gaat het over één onderdeel?",
        required=False,
        empty_label="Nee, over alle hulp",
    )

    def __init__(self, *args: Any, instrumenten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["instrument"].queryset = instrumenten  # type: ignore[attr-defined]


class WaarderingForm(Formulier):
    """Three times five points; no free text, because that would tell who wrote it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for naam, vraag in VRAGEN.items():
            self.fields[naam] = forms.TypedChoiceField(
                label=vraag,
                choices=Antwoord.choices,
                coerce=int,
                widget=Keuzes(),
            )
