"""Forms of groups."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.formulier import Hoeveelheid
from organisatie.models import Locatie, Team
from organisatie.querysets import collegas
from trajecten.forms.basis import (
    Formulier,
    collega,
    datumveld,
    instrumentveld,
    vul_instrumenten,
)


class GroepForm(Formulier):
    """Make a group."""

    naam = forms.CharField(label="Naam van de groep", max_length=100)
    instrument = instrumentveld("Wat doet de groep?")
    team = forms.ModelChoiceField(Team.alle_gemeenten.none(), label="Team")
    trainer = collega("Trainer")
    locatie = forms.ModelChoiceField(Locatie.alle_gemeenten.none(), label="Ruimte", required=False)
    begindatum = datumveld("Begint op")
    einddatum = datumveld("Loopt tot en met", verplicht=False)
    capaciteit = forms.IntegerField(
        label="Plaatsen", min_value=1, max_value=60, initial=12, widget=Hoeveelheid("mensen")
    )

    def __init__(self, *args: Any, rechten: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        from organisatie.querysets import teams_vandaag

        vul_instrumenten(self.fields["instrument"], rechten)
        self.fields["team"].queryset = teams_vandaag()
        self.fields["trainer"].queryset = collegas()
        self.fields["locatie"].queryset = Locatie.objects.filter(actief=True).order_by("naam", "id")


class InGroepForm(Formulier):
    """Put a person in the group."""

    dossiernummer = forms.CharField(label="Dossiernummer", max_length=12, help_text="Bijvoorbeeld 2026-00012.")
    begindatum = datumveld("Vanaf")
    reden = forms.CharField(label="Waarom toch zonder actuele diagnose?", max_length=300, required=False)
