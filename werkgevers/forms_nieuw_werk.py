"""Forms with which an employment starts without a placement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid
from werkgevers.forms_bemiddeling import LOONWAARDEROUTES, kies_route
from werkgevers.forms_dienstverband import Werkgeverkeuze
from werkgevers.keuzes import Dienstverbandsoort, Werkvorm
from werkgevers.models import Werkgever

_UUR = {"max_digits": 4, "decimal_places": 1, "localize": True, "min_value": 0}


class WerkNieuwForm(Formulier):
    """What must be known of a job; hours and week of the sector set the subsidy."""

    soort = forms.ChoiceField(label="Soort werk", choices=[("", "Kies"), *Dienstverbandsoort.choices])
    feitelijke_werkgever = Werkgeverkeuze("Waar is het werk")
    formele_werkgever = Werkgeverkeuze("Wie betaalt het loon")
    functie = forms.CharField(label="Functie", max_length=120)
    begindatum = forms.DateField(label="Eerste werkdag", widget=Datum)
    contract_tot = forms.DateField(
        label="Contract tot en met", widget=Datum, required=False, help_text="Leeg: het contract heeft geen einde."
    )
    uren_per_week = forms.DecimalField(label="Uren per week", widget=Hoeveelheid("uur"), **_UUR)
    uren_voltijd = forms.DecimalField(
        label="Voltijdse werkweek in het bedrijf",
        widget=Hoeveelheid("uur"),
        help_text="Meestal is het 36, 38 of 40 uur.",
        **_UUR,
    )
    bruto_uurloon = forms.DecimalField(
        label="Loon per uur, bruto", max_digits=6, decimal_places=2, localize=True, required=False, widget=Bedrag
    )
    loonwaarderoute = forms.ChoiceField(
        label="Hoe wordt de loonwaarde bepaald",
        choices=[("", "Bij loonkostensubsidie of beschut werk"), *LOONWAARDEROUTES],
        required=False,
        help_text="Een besluit over de subsidie past dit zo nodig aan.",
    )
    werkvorm = forms.ChoiceField(
        label="Waar wordt het werk gedaan",
        choices=[("", "Bij SW of beschut werk"), *Werkvorm.choices],
        required=False,
        help_text="Beschut werk kan alleen met een positief advies van UWV.",
    )
    functieloon_percentage_wml = forms.DecimalField(
        label="Loon van de functie",
        help_text="In procent van het minimumloon. Alleen nodig voor subsidie in 2015 en 2016.",
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=False,
        widget=Hoeveelheid("procent"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        lijst = Werkgever.objects.filter(actief=True).order_by("naam", "pk")
        for naam, leeg in (("feitelijke_werkgever", "Kies"), ("formele_werkgever", "Dezelfde werkgever")):
            self.fields[naam].queryset = lijst  # type: ignore[attr-defined]
            self.fields[naam].empty_label = leeg  # type: ignore[attr-defined]
        self.fields["feitelijke_werkgever"].required = True

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        kies_route(self, gegevens, "soort")
        return gegevens


class WieForm(Formulier):
    """For whom: the number that stands on the dossier."""

    dossiernummer = forms.CharField(label="Dossiernummer", max_length=20, help_text="Dit staat boven aan het dossier.")

    def __init__(self, *args: Any, bestaat: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._bestaat = bestaat

    def clean_dossiernummer(self) -> str:
        nummer = str(self.cleaned_data["dossiernummer"]).strip()
        if not self._bestaat(nummer):
            raise ValidationError("Dit dossier is er niet, of je mag het niet openen.")
        return nummer
