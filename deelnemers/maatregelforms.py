"""Forms of warnings and of advice on a maatregel (R016)."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.maatregelkeuzes import UITKOMSTEN, Hoorwijze, Waarschuwwijze
from deelnemers.models import Waarschuwing
from deelnemers.services.maatregelen import Advies
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier, Vrijeregel, Vrijetekst
from kern.weergave import hoofdletter, kortedatum

_FEITEN = "Schrijf op wat je zag en hoorde, niet wat je ervan vindt. De persoon kan dit lezen."
_KORT = {"min_length": "Schrijf dit in een paar woorden op."}


def _tekst(label: str, lengte: int, rijen: int = 3, hulp: str = "", *, verplicht: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=lengte,
        min_length=10 if verplicht else None,
        required=verplicht,
        widget=Vrijetekst(rijen),
        help_text=hulp,
        error_messages=_KORT,
    )


class WaarschuwingForm(Formulier):
    gegeven_op = forms.DateField(label="Op welke dag?", widget=Datum())
    wijze = forms.ChoiceField(
        label="Hoe heb je het verteld?",
        choices=[(w, hoofdletter(label)) for w, label in Waarschuwwijze.choices],
        widget=Keuzes(),
    )
    afspraak = _tekst("Wat was afgesproken?", 500)
    niet_gedaan = _tekst("Wat is niet gedaan?", 1000, 4, _FEITEN)
    reactie = _tekst(
        "Wat zegt de persoon ervan?", 1000, 3, "Reageert de persoon later? Dan vul je dit later in.", verplicht=False
    )


class ReactieForm(VersieFormulier):
    reactie = forms.CharField(label="Wat zegt de persoon ervan?", max_length=1000, widget=Vrijetekst(4))
    reactie_op = forms.DateField(label="Op welke dag?", widget=Datum())


class IntrekForm(VersieFormulier):
    reden = forms.CharField(label="Waarom trek je dit in?", max_length=300, widget=Vrijeregel())


class MaatregeladviesForm(Formulier):
    reden = forms.ChoiceField(label="Om welke plicht gaat het?")
    gebeurd_op = forms.DateField(label="Wanneer gebeurde het?", widget=Datum())
    feiten = _tekst("Wat gebeurde er?", 2000, 4, _FEITEN)
    waarschuwing = forms.ModelChoiceField(
        Waarschuwing.alle_gemeenten.none(),
        label="Is de persoon eerder gewaarschuwd?",
        required=False,
        empty_label="Nee",
    )
    hoorwijze = forms.ChoiceField(
        label="Hoe heb je de persoon gehoord?",
        choices=[*LEEG, *((w, hoofdletter(label)) for w, label in Hoorwijze.choices)],
        help_text="De persoon vertelt eerst de eigen kant. Zonder dat kan een advies niet.",
    )
    gehoord_op = forms.DateField(
        label="Op welke dag?",
        widget=Datum(),
        help_text="Reageerde de persoon niet? Vul dan de laatste dag in die je gaf.",
    )
    zienswijze = _tekst("Wat zegt de persoon?", 2000, 4, "In de woorden van de persoon.", verplicht=False)
    verwijtbaar = _tekst(
        "Waarom kon de persoon er iets aan doen?", 1000, 3, "Kon de persoon er niets aan doen? Stuur dan geen advies."
    )
    omstandigheden = _tekst(
        "Waar moet inkomen rekening mee houden?", 1000, 3,
        "Bijvoorbeeld de zorg voor kinderen. Noem nooit een ziekte, een behandeling of een schuld.",
        verplicht=False,
    )  # fmt: skip

    def __init__(self, *args: Any, redenen: list[tuple[str, str]], eerder: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].choices = [*LEEG, *redenen]  # type: ignore[attr-defined]
        keuze: Any = self.fields["waarschuwing"]
        keuze.queryset = eerder
        keuze.label_from_instance = lambda rij: f"Op {kortedatum(rij.gegeven_op)}, {rij.get_wijze_display()}"

    @property
    def advies(self) -> Advies:
        """What was filled in, for the service."""
        return Advies(**self.cleaned_data)


class BesluitForm(VersieFormulier):
    uitkomst = forms.ChoiceField(label="Wat heeft inkomen besloten?", choices=UITKOMSTEN, widget=Keuzes())
    besluit_op = forms.DateField(label="Op welke dag?", widget=Datum())
    ingangsdatum = forms.DateField(
        label="Maatregel vanaf", required=False, widget=Datum(), help_text="Alleen bij een opgelegde maatregel."
    )
    einddatum = forms.DateField(label="Maatregel tot en met", required=False, widget=Datum())
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=1000,
        required=False,
        widget=Vrijetekst(3),
        help_text="De consulent en de persoon kunnen dit lezen.",
    )


class BezwaarForm(Formulier):
    bezwaar_op = forms.DateField(label="Wanneer maakte de persoon bezwaar?", widget=Datum())
