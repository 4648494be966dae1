"""Forms for following hours."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.formulier import Formulier, Hoeveelheid, Keuzes, VersieFormulier, Vrijetekst
from organisatie.models import Ketenpartner, Team
from organisatie.querysets import partnerlijst, teams_vandaag
from werkgevers.keuzes import Urenstand, Urenuitkomst


class UrenFilter(Formulier):
    """Filter above the list."""

    stand_ = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), *Urenstand.choices])
    team = forms.ChoiceField(label="Wie volgt", required=False)
    nu = forms.BooleanField(label="Alleen wie nu aan de beurt is", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(str(team.pk), team.naam) for team in teams_vandaag()]
        self.fields["team"].choices = [("", "Iedereen"), *teams, ("elders", "Een andere afdeling")]  # type: ignore[attr-defined]


class UrenBeoordeelForm(Formulier):
    """What came out of looking at the hours."""

    uitkomst = forms.ChoiceField(
        label="Wat spreken jullie af?",
        choices=Urenuitkomst.choices,
        widget=Keuzes,
        error_messages={"required": "Kies wat jullie afspreken."},
    )
    notitie = forms.CharField(
        label="Afspraak",
        help_text="Schrijf niets op over gezondheid.",
        max_length=300,
        required=False,
        widget=Vrijetekst(3),
    )


class UrenEigenaarForm(VersieFormulier):
    """Who follows, and how often."""

    team = forms.ModelChoiceField(
        label="Team van ons", queryset=Team.alle_gemeenten.none(), required=False, empty_label="Geen team van ons"
    )
    partner = forms.ModelChoiceField(
        label="Of een andere afdeling",
        queryset=Ketenpartner.alle_gemeenten.none(),
        required=False,
        empty_label="Geen andere afdeling",
    )
    ritme_weken = forms.IntegerField(
        label="Kijken elke",
        help_text="Laat leeg voor het gewone ritme.",
        required=False,
        min_value=1,
        max_value=52,
        widget=Hoeveelheid("weken"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_vandaag()  # type: ignore[attr-defined]
        self.fields["partner"].queryset = partnerlijst(soort="afdeling")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if bool(schoon.get("team")) == bool(schoon.get("partner")):
            self.add_error("team", "Kies één team van ons of één andere afdeling.")
        return schoon
