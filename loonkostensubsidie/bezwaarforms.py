"""Forms of objections and of what an employer reports."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.documentforms import bestandveld
from deelnemers.services.documenten import Upload, lees_upload
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, Vrijetekst
from loonkostensubsidie.bezwaarkeuzes import (
    Bezwaaruitkomst,
    Horen,
    Indiener,
    Steekproefstuk,
    Steekproefuitkomst,
    Wijzigingsoort,
)

_HULP = {
    Wijzigingsoort.UREN: "Vul in hoeveel uren per week het worden.",
    Wijzigingsoort.ZIEK: "Alleen de eerste ziektedag. Schrijf niet op wat iemand heeft.",
    Wijzigingsoort.HERSTELD: "De eerste dag waarop iemand weer werkt.",
    Wijzigingsoort.EINDE: "Vul als dag de laatste werkdag in.",
    Wijzigingsoort.VERHUIZING: "De dag van de verhuizing. De subsidie stopt niet vanzelf.",
    Wijzigingsoort.LOONWAARDE: "Als iemand meer of minder kan dan bij de laatste meting.",
}


class BezwaarForm(Formulier):
    indiener = forms.ChoiceField(label="Wie maakt bezwaar", choices=Indiener, widget=Keuzes)
    naam = forms.CharField(label="Naam", max_length=150)
    ontvangen_op = forms.DateField(label="Ontvangen op", widget=Datum)
    gronden = forms.CharField(label="Waarom", max_length=4000, widget=Vrijetekst(5))


class HoorForm(Formulier):
    """How who objects is heard (Awb 7:2)."""

    horen = forms.ChoiceField(
        label="Hoe wordt er gehoord",
        choices=Horen,
        widget=Keuzes(
            hulp={
                str(Horen.AANGEBODEN): "Vul in welke dag, hoe laat en waar. De werkgever krijgt een uitnodiging.",
                str(Horen.GEHOUDEN): "Vul de dag in, en in het kort wat er is gezegd.",
                str(Horen.AFGEZIEN): "Schrijf op waarom niet, bijvoorbeeld: wie bezwaar maakt wil niet worden gehoord.",
            }
        ),
    )
    hoorzitting_op = forms.DateField(label="Dag van de hoorzitting", widget=Datum, required=False)
    hoorplaats = forms.CharField(
        label="Hoe laat en waar", max_length=200, required=False, help_text="Bijvoorbeeld: 10 uur, stadsdeelkantoor."
    )
    hoorverslag = forms.CharField(
        label="Verslag, of waarom er geen hoorzitting is",
        max_length=4000,
        required=False,
        widget=Vrijetekst(5),
        help_text="Dit komt in het besluit. Noem geen ziekte of andere gevoelige gegevens.",
    )


class BezwaarbesluitForm(Formulier):
    uitkomst = forms.ChoiceField(label="Uitkomst", choices=Bezwaaruitkomst, widget=Keuzes)
    verschoonbaar = forms.BooleanField(
        label="Het kwam te laat, maar daar was een goede reden voor", required=False, help_text="Awb 6:11."
    )
    motivering = forms.CharField(label="Waarom deze uitkomst", max_length=4000, widget=Vrijetekst(6))

    def __init__(self, *args: Any, op_tijd: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if op_tijd:
            del self.fields["verschoonbaar"]


class WijzigingForm(Formulier):
    """The uniform change form."""

    soort = forms.ChoiceField(
        label="Wat verandert er",
        choices=Wijzigingsoort,
        widget=Keuzes(hulp={str(code): zin for code, zin in _HULP.items()}),
    )
    vanaf = forms.DateField(label="Vanaf welke dag", widget=Datum)
    uren_per_week = forms.DecimalField(
        label="Uren per week",
        help_text="Alleen bij andere uren.",
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        widget=Hoeveelheid("uur"),
    )
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=1000,
        required=False,
        widget=Vrijetekst(3),
        help_text="Geen gegevens over gezondheid.",
    )
    melder = forms.CharField(label="Naam van wie dit doorgeeft", max_length=150)


class SteekproefForm(Formulier):
    uitkomst = forms.ChoiceField(label="Wat zie je op het papier", choices=Steekproefuitkomst, widget=Keuzes)
    toelichting = forms.CharField(
        label="Wat zie je", max_length=400, required=False, widget=Vrijetekst(3),
        help_text="Nodig als er iets niet klopt of mist.",
    )  # fmt: skip


class StrookForm(Formulier):
    """The payslip or hours statement, looked at by its content."""

    soort = forms.ChoiceField(label="Wat is het", choices=Steekproefstuk, widget=Keuzes)
    bestand = bestandveld()
    upload: Upload | None = None

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        self.upload = lees_upload(bestand)
        return bestand


class HerzieningForm(Formulier):
    jaar = forms.IntegerField(
        label="Per 1 januari van welk jaar", min_value=2015, max_value=2100, widget=Hoeveelheid(),
        error_messages=dict.fromkeys(("min_value", "max_value"), "Vul een jaar vanaf 2015 in."),
    )  # fmt: skip
