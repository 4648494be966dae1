"""Forms of an employment: change by date, sickness, wage value, contract and end."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, VersieFormulier, Vrijetekst
from kern.weergave import uren
from organisatie.models import Medewerker
from organisatie.querysets import met_rol
from organisatie.rechten import Rol
from werkgevers.keuzes import (
    BEGELEIDE_SOORTEN,
    Dienstverbandsoort,
    Meetroute,
    NoRisk,
    Werkgeversoordeel,
    Wijzigingsbron,
)
from werkgevers.loonwaarde import LAAGSTE, Taak
from werkgevers.models import Dienstverband, Werkgever
from werkgevers.periodenleer import VELDEN

_SOORTEN = [(code, label) for code, label in Dienstverbandsoort.choices if code in BEGELEIDE_SOORTEN]
MEESTE_TAKEN = 12


class DienstverbandFilter(Formulier):
    zoek = forms.CharField(label="Naam of werkgever", required=False, max_length=60)
    soort = forms.ChoiceField(
        label="Soort", required=False, choices=[("", "Alle soorten"), *_SOORTEN, ("regulier", "regulier werk")]
    )
    meten = forms.BooleanField(label="Loonwaarde meten", required=False)
    van_mij = forms.BooleanField(label="Ik ben jobcoach", required=False)
    alles = forms.BooleanField(label="Ook wat gestopt is", required=False)


class Werkgeverkeuze(forms.ModelChoiceField):
    """An employer; the list is filled inside the gemeente of the request."""

    def __init__(self, label: str) -> None:
        super().__init__(
            queryset=Werkgever.alle_gemeenten.none(), label=label, required=False, empty_label="Verandert niet"
        )


class WijzigForm(VersieFormulier):
    """Another value from a day on. What stays empty does not change: on that day it may have been another value than
    today.
    """

    vanaf = forms.DateField(
        label="Vanaf welke dag",
        widget=Datum,
        help_text="Dit mag ook in het verleden. Een latere wijziging van hetzelfde blijft staan.",
    )
    uren_per_week = forms.DecimalField(
        label="Uren per week", max_digits=4, decimal_places=1, localize=True, required=False, widget=Hoeveelheid("uur")
    )
    uren_voltijd = forms.DecimalField(
        label="Voltijdse werkweek in de sector",
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        widget=Hoeveelheid("uur"),
    )
    functie = forms.CharField(label="Functie", max_length=120, required=False)
    functieloon_percentage_wml = forms.DecimalField(
        label="Loon van de functie",
        help_text="In procent van het minimumloon. Alleen nodig voor subsidie in 2015 en 2016.",
        max_digits=5,
        decimal_places=2,
        localize=True,
        required=False,
        widget=Hoeveelheid("procent"),
    )
    formele_werkgever = Werkgeverkeuze("Wie betaalt het loon")
    feitelijke_werkgever = Werkgeverkeuze("Waar is het werk")
    bron = forms.ChoiceField(label="Wie gaf dit door", choices=Wijzigingsbron)
    doorgegeven_op = forms.DateField(label="Doorgegeven op", widget=Datum, required=False)
    reden = forms.CharField(label="Waarom verandert dit", max_length=200)

    def __init__(self, *args: Any, rij: Dienstverband, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuze = Werkgever.objects.filter(actief=True) | Werkgever.objects.filter(
            pk__in=[rij.formele_werkgever_id, rij.feitelijke_werkgever_id]
        )
        for naam in ("formele_werkgever", "feitelijke_werkgever"):
            self.fields[naam].queryset = keuze.order_by("naam", "pk")  # type: ignore[attr-defined]
            self.fields[naam].help_text = f"Nu {getattr(rij, naam).naam}."
        self.fields["uren_per_week"].help_text = f"Nu {uren(rij.uren_per_week)}. Laat leeg wat niet verandert."
        self.fields["uren_voltijd"].help_text = f"Nu {uren(rij.uren_voltijd)}. Meestal is het 36, 38 of 40 uur."
        self.fields["functie"].help_text = f"Nu {rij.functie}."

    @property
    def anders(self) -> dict[str, Any]:
        """What was filled in."""
        return {naam: self.cleaned_data[naam] for naam in VELDEN if self.cleaned_data[naam] not in (None, "")}


class ContractForm(VersieFormulier):
    contract_tot = forms.DateField(
        label="Contract tot en met", widget=Datum, required=False, help_text="Leeg: het contract heeft geen einde."
    )


class JobcoachForm(VersieFormulier):
    jobcoach = forms.ModelChoiceField(queryset=Medewerker.alle_gemeenten.none(), label="Jobcoach vanaf vandaag")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["jobcoach"].queryset = met_rol(Rol.CONSULENT)  # type: ignore[attr-defined]


class EindeForm(Formulier):
    laatste_dag = forms.DateField(label="Laatste werkdag", widget=Datum)
    reden = forms.CharField(label="Waarom stopt het werk", max_length=200)


_WIE_BETAALT = {
    NoRisk.JA: "De no-riskpolis geldt. De loonkostensubsidie wacht zolang.",
    NoRisk.NEE: "De werkgever betaalt het loon door. De subsidie loopt door.",
    NoRisk.ONBEKEND: "Dan vragen we het via Vandaag.",
}


class ZiekForm(Formulier):
    begindatum = forms.DateField(label="Eerste ziektedag", widget=Datum)
    einddatum = forms.DateField(
        label="Laatste ziektedag", widget=Datum, required=False, help_text="Leeg: nog niet beter."
    )
    percentage = forms.IntegerField(
        label="Voor welk deel van het werk",
        min_value=1,
        max_value=100,
        initial=100,
        widget=Hoeveelheid("procent"),
        error_messages=dict.fromkeys(("min_value", "max_value"), "Vul een percentage van 1 tot en met 100 in."),
    )
    no_risk = forms.ChoiceField(
        label="Betaalt UWV de Ziektewet?",
        choices=NoRisk,
        initial=NoRisk.ONBEKEND,
        widget=Keuzes(hulp={str(code): zin for code, zin in _WIE_BETAALT.items()}),
    )


# --- Wage value ------------------------------------------------------------------------------------------------------
def _procent(label: str) -> forms.IntegerField:
    zin = "Vul een heel percentage van 1 tot en met 100 in."
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=1,
        max_value=100,
        widget=Hoeveelheid("%"),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), zin),
    )


class TaakForm(Formulier):
    """One row of tasks; a row without anything in it does not count."""

    naam = forms.CharField(label="Taak", max_length=100, required=False)
    tempo = _procent("Tempo")
    kwaliteit = _procent("Kwaliteit")
    inzet = _procent("Netto werktijd")
    aandeel = _procent("Aandeel")

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if self.has_changed():
            for naam in self.fields:
                if schoon.get(naam) in (None, "") and naam not in self.errors:
                    self.add_error(naam, "Vul dit in")
        return schoon

    @property
    def taak(self) -> Taak | None:
        """The task, when the row is whole."""
        if not self.has_changed() or not self.is_valid():
            return None
        return Taak(**self.cleaned_data)


Taakrijen = forms.formset_factory(TaakForm, extra=2, max_num=MEESTE_TAKEN, absolute_max=MEESTE_TAKEN)


class MetingForm(Formulier):
    """A measurement beside its tasks."""

    gemeten_op = forms.DateField(label="Gemeten op", widget=Datum)
    geldig_vanaf = forms.DateField(
        label="Geldt vanaf", widget=Datum, required=False, help_text="Leeg: vanaf de dag van de meting."
    )
    route = forms.ChoiceField(label="Hoe is er gemeten", choices=Meetroute, widget=Keuzes)
    methode = forms.CharField(label="Methode", max_length=100, required=False)
    deskundige = forms.CharField(label="Deskundige", max_length=150)
    werkdagen = forms.IntegerField(
        label="Werkdagen per week",
        min_value=1,
        max_value=7,
        initial=5,
        widget=Hoeveelheid("dagen"),
        error_messages=dict.fromkeys(("min_value", "max_value"), "Een week heeft 1 tot en met 7 werkdagen."),
    )
    percentage = forms.IntegerField(
        label="Loonwaarde in het rapport",
        help_text="Vul je taken in, dan rekenen we de loonwaarde uit.",
        required=False,
        widget=Hoeveelheid("procent"),
    )
    volgende_op = forms.DateField(
        label="Volgende meting",
        widget=Datum,
        required=False,
        help_text="Sinds 2023 spreek je dit samen af. Bij een meting van voor 2023 mag dit leeg blijven.",
    )
    oordeel_werkgever = forms.ChoiceField(label="Wat vindt de werkgever", choices=Werkgeversoordeel)
    zienswijze = forms.CharField(
        label="Toelichting van de werkgever",
        help_text="Schrijf niets op over gezondheid.",
        max_length=1000,
        required=False,
        widget=Vrijetekst(3),
    )

    def clean_percentage(self) -> int | None:
        waarde = self.cleaned_data["percentage"]
        if waarde is not None and not 1 <= waarde <= 100:  # noqa: PLR2004
            raise ValidationError(LAAGSTE)
        return waarde

    def clean_gemeten_op(self) -> Any:
        dag = self.cleaned_data["gemeten_op"]
        if dag > klok.vandaag():
            raise ValidationError("Deze dag moet nog komen.")
        return dag


class CorrectieForm(MetingForm):
    """A measurement again, with the reason."""

    correctiereden = forms.CharField(label="Waarom corrigeer je deze meting", max_length=200)


class OordeelForm(Formulier):
    oordeel_werkgever = forms.ChoiceField(label="Wat vindt de werkgever", choices=Werkgeversoordeel, widget=Keuzes)
    zienswijze = forms.CharField(
        label="Toelichting van de werkgever",
        help_text="Schrijf niets op over gezondheid.",
        max_length=1000,
        required=False,
        widget=Vrijetekst(3),
    )
