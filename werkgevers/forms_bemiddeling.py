"""Forms of mediation, placing and aftercare."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern import klok
from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid, Keuzes, Vrijeregel, Vrijetekst
from werkgevers.keuzes import (
    Afwijsreden,
    Contractvorm,
    Dienstverbandsoort,
    Jobhuntresultaat,
    Loonwaarderoute,
    Nazorguitkomst,
    Plaatsingseinde,
    Werkvorm,
)
from werkgevers.models import Vacature, Werkgever


class StapForm(Formulier):
    """One step of the pipeline, with the next action or the reason why it ends."""

    actie = forms.ChoiceField(label="Wat is er gebeurd?", widget=Keuzes())
    reden = forms.ChoiceField(
        label="Reden",
        required=False,
        choices=[("", "Kies"), *Afwijsreden.choices],
        help_text="Alleen als de bemiddeling stopt.",
    )
    toelichting = forms.CharField(label="Toelichting", required=False, max_length=300, widget=Vrijeregel())
    volgende_actie = forms.CharField(label="Volgende stap", required=False, max_length=150)
    volgende_actie_op = forms.DateField(label="Wanneer", required=False, widget=Datum())

    def __init__(self, *args: Any, acties: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actie"].choices = acties  # type: ignore[attr-defined]


LOONWAARDEROUTES = [keuze for keuze in Loonwaarderoute.choices if keuze[0] != Loonwaarderoute.GEEN]
_SOORT_WERK = ("dienstverband", "loonwaarderoute", "werkvorm")


class PlaatsForm(Formulier):
    """What is agreed about the work; the page shows what it does before saving."""

    begindatum = forms.DateField(label="Eerste werkdag", widget=Datum())
    uren_per_week = forms.DecimalField(
        localize=True,
        label="Uren per week",
        min_value=1,
        max_value=40,
        decimal_places=1,
        widget=Hoeveelheid("uur"),
    )
    bruto_uurloon = forms.DecimalField(
        localize=True,
        label="Loon per uur, bruto",
        min_value=1,
        max_digits=6,
        decimal_places=2,
        widget=Bedrag(),
    )
    uren_voltijd = forms.DecimalField(
        localize=True,
        label="Voltijdse werkweek in het bedrijf",
        min_value=1,
        max_value=40,
        decimal_places=1,
        required=False,
        widget=Hoeveelheid("uur"),
        help_text="Meestal is het 36, 38 of 40 uur. De loonkostensubsidie hangt ervan af.",
    )
    contractvorm = forms.ChoiceField(
        label="Contract", choices=[c for c in Contractvorm.choices if c[0] != "geen"], widget=Keuzes()
    )
    contract_tot = forms.DateField(
        label="Contract tot en met", required=False, widget=Datum(), help_text="Bij een tijdelijk contract."
    )
    dienstverband = forms.ChoiceField(
        label="Soort werk",
        choices=[c for c in Dienstverbandsoort.choices if c[0] in {"regulier", "lks", "beschut", "begeleid_werken"}],
        widget=Keuzes(hulp={"beschut": "Alleen met een positief advies van UWV."}),
    )
    loonwaarderoute = forms.ChoiceField(
        label="Hoe wordt de loonwaarde bepaald",
        choices=[("", "Bij loonkostensubsidie of beschut werk"), *LOONWAARDEROUTES],
        required=False,
        help_text="Een besluit over de subsidie past dit zo nodig aan.",
    )
    werkvorm = forms.ChoiceField(
        label="Waar is het beschutte werk", choices=[("", "Alleen bij beschut werk"), *Werkvorm.choices], required=False
    )
    toelichting = forms.CharField(label="Toelichting", required=False, max_length=300, widget=Vrijeregel())

    def __init__(self, *args: Any, betaald: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not betaald:
            for naam in (*("bruto_uurloon", "uren_voltijd", "contractvorm", "contract_tot"), *_SOORT_WERK):
                del self.fields[naam]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or {}
        if gegevens.get("contractvorm") == Contractvorm.BEPAALD and not gegevens.get("contract_tot"):
            self.add_error("contract_tot", "Vul bij een tijdelijk contract in tot wanneer het loopt.")
        if "dienstverband" in self.fields:
            kies_route(self, gegevens, "dienstverband")
        return gegevens


def kies_route(form: forms.Form, gegevens: dict[str, Any], soort: str) -> None:
    """A wage value belongs to subsidised and beschut work, a work form to beschut work and SW; nothing elsewhere."""
    wat = gegevens.get(soort)
    if wat in {Dienstverbandsoort.LKS, Dienstverbandsoort.BESCHUT}:
        gegevens["loonwaarderoute"] = gegevens.get("loonwaarderoute") or Loonwaarderoute.METING
    else:
        gegevens["loonwaarderoute"] = Loonwaarderoute.GEEN
    if wat not in {Dienstverbandsoort.BESCHUT, Dienstverbandsoort.SW}:
        gegevens["werkvorm"] = ""
    elif not gegevens.get("werkvorm"):
        form.add_error("werkvorm", "Kies waar het werk wordt gedaan.")


class NazorgForm(Formulier):
    uitkomst = forms.ChoiceField(label="Hoe gaat het?", choices=Nazorguitkomst.choices, widget=Keuzes())
    notitie = forms.CharField(label="Notitie", required=False, widget=Vrijetekst(3))


class PlaatsingEindeForm(Formulier):
    laatste_dag = forms.DateField(label="Laatste werkdag", widget=Datum())
    reden = forms.ChoiceField(label="Reden", choices=[("", "Kies"), *Plaatsingseinde.choices])
    toelichting = forms.CharField(label="Toelichting", required=False, max_length=300, widget=Vrijeregel())


class JobhuntForm(Formulier):
    zoekt = forms.CharField(label="Wat voor werk zoeken jullie?", max_length=200)


class BenaderForm(Formulier):
    """One approach; the employer is found by name."""

    werkgever = forms.CharField(label="Werkgever", max_length=150, help_text="De naam zoals die bij werkgevers staat.")
    resultaat = forms.ChoiceField(label="Wat kwam eruit?", choices=Jobhuntresultaat.choices)
    notitie = forms.CharField(label="Notitie", required=False, max_length=300, widget=Vrijeregel())

    def clean_werkgever(self) -> Werkgever:
        naam = self.cleaned_data["werkgever"].strip()
        gevonden = Werkgever.objects.filter(actief=True, naam__iexact=naam).order_by("id").first()
        if gevonden is None:
            raise ValidationError("Deze werkgever staat niet in de lijst. Controleer de naam of voeg de werkgever toe.")
        return gevonden


def begin_van_plaatsing(vacature: Vacature) -> dict[str, Any]:
    """What the vacancy already says, to start the form with."""
    vandaag = klok.vandaag()
    return {
        "begindatum": max(vacature.startdatum or vandaag, vandaag),
        "uren_per_week": vacature.uren_max,
        "bruto_uurloon": vacature.bruto_uurloon,
        "contractvorm": vacature.contractvorm,
        "dienstverband": Dienstverbandsoort.REGULIER,
    }
