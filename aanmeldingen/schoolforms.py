"""Forms of school leavers and of the pool of klantmanagers."""

from __future__ import annotations

from typing import Any

from django import forms

from aanmeldingen.keuzes import Schoolsoort, Uitvoerder, Uwvstand
from aanmeldingen.routeforms import dag, tekst
from aanmeldingen.toestanden import SCHOOLVERLATER
from kern.formulier import Formulier, Keuzes, VersieFormulier
from organisatie.models import Medewerker
from organisatie.querysets import met_rol
from organisatie.rechten import Rol


class SchoolFilter(Formulier):
    """Filter above the list of school leavers."""

    wat = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[("", "Op de lijst"), ("ophalen", "Nu ophalen"), *SCHOOLVERLATER.keuzes, ("alles", "Alles")],
    )
    soort = forms.ChoiceField(label="School", required=False, choices=[("", "Alle scholen"), *Schoolsoort.choices])
    uitvoerder = forms.ChoiceField(
        label="Wie begeleidt", required=False, choices=[("", "Iedereen"), *Uitvoerder.choices]
    )
    van_mij = forms.BooleanField(label="Alleen van mij", required=False)


class SchoolverlaterForm(VersieFormulier):
    """The dates, who guides, and what UWV told."""

    verwacht_op = dag("Gaat van school op", "De dag die de school verwacht.")
    schooljaar_tot = dag("Einde van het laatste schooljaar", "Weet je dit niet? Laat het leeg.", verplicht=False)
    uitvoerder = forms.ChoiceField(
        label="Wie begeleidt na school?",
        choices=Uitvoerder.choices,
        widget=Keuzes,
        help_text="Dit spreek je af met UWV.",
    )
    uwv_stand = forms.ChoiceField(label="Stand bij UWV", choices=Uwvstand.choices)
    uwv_gehoord_op = dag("Gehoord op", "Alleen als je iets van UWV hoorde.", verplicht=False)
    uwv_gehoord_van = forms.CharField(label="Gehoord van", max_length=150, required=False)
    afspraak = tekst("Afspraak met UWV en de school", "Schrijf niets op over gezondheid.", lang=300)

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        gehoord = schoon.get("uwv_gehoord_op") and schoon.get("uwv_gehoord_van")
        if schoon.get("uwv_stand") == Uwvstand.ONBEKEND:
            if schoon.get("uwv_gehoord_op") or schoon.get("uwv_gehoord_van"):
                self.add_error("uwv_stand", "Je hoorde iets van UWV. Kies ook wat.")
        elif schoon.get("uwv_stand") and not gehoord:
            self.add_error("uwv_gehoord_van", "Vul in wanneer en van wie je dit van UWV hoorde.")
        return schoon


class VervalForm(Formulier):
    """Why a pupil is taken off the list."""

    reden = tekst(
        "Waarom?", "Dit komt bij de leerling te staan.", "Schrijf op waarom deze leerling niet komt.", lang=300
    )


class PoolForm(Formulier):
    """A colleague joins the pool."""

    medewerker = forms.ModelChoiceField(
        label="Collega",
        queryset=Medewerker.alle_gemeenten.none(),
        empty_label="Kies een collega",
        error_messages={"required": "Kies een collega."},
    )
    vanaf = dag("Vanaf")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = met_rol(Rol.CONSULENT)  # type: ignore[attr-defined]


class PoolEindeForm(Formulier):
    """The last day in the pool."""

    laatste_dag = dag("Laatste dag", "Wie al is gegeven, blijft bij deze collega.")
