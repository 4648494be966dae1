"""Forms about two dossiers of one person and about the BSN. Rules live in the services; forms ask and explain."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.keuzes import BsnBron
from deelnemers.models import Dubbelpaar
from deelnemers.services.samenvoegen import GROEPEN
from kern.formulier import Formulier, Keuzes, Vrijetekst


class SamenvoegForm(Formulier):
    """Which dossier stays, per value whose it is, and why. The values themselves stand in the table of the page."""

    blijft = forms.TypedChoiceField(label="Welk dossier blijft?", coerce=int, widget=Keuzes())
    reden = forms.CharField(
        label="Waarom is dit één persoon?",
        widget=Vrijetekst(3),
        help_text="Bijvoorbeeld: identiteitsbewijs gezien. Dit komt in de historie van het dossier.",
        error_messages={"required": "Leg uit waarom dit één persoon is."},
    )

    def __init__(self, *args: Any, paar: Dubbelpaar, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mensen = (paar.deelnemer, paar.ander)
        self.fields["blijft"].choices = [(d.pk, f"{d.naam}, dossier {d.dossiernummer}") for d in mensen]  # type: ignore[attr-defined]
        for groep in GROEPEN:
            keuzes = [(d.pk, d.naam) for d in mensen]
            self.fields[f"veld_{groep}"] = forms.TypedChoiceField(
                choices=keuzes, coerce=int, required=False, empty_value=None, widget=forms.HiddenInput()
            )

    def keuzes(self) -> dict[str, int]:
        """Per group the person whose value stays."""
        return {groep: pk for groep in GROEPEN if (pk := self.cleaned_data.get(f"veld_{groep}")) is not None}


class RedenForm(Formulier):
    """One reason, in the words of whoever decides."""

    reden = forms.CharField(label="Waarom?", widget=Vrijetekst(3), max_length=1000)

    def __init__(self, *args: Any, label: str, hulp: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden"].label, self.fields["reden"].help_text = label, hulp


class DubbelMeldenForm(Formulier):
    """Another dossier that may be the same person."""

    dossiernummer = forms.CharField(
        label="Nummer van het andere dossier", max_length=12, help_text="Bijvoorbeeld 2026-00012."
    )
    toelichting = forms.CharField(label="Waarom denk je dat dit één persoon is?", widget=Vrijetekst(3), max_length=300)


class BsnForm(Formulier):
    """The right number, or none, with what showed it."""

    burgerservicenummer = forms.CharField(
        label="Juist burgerservicenummer",
        required=False,
        max_length=11,
        help_text="Negen cijfers. Klopt het nummer niet en weet je het juiste niet? Laat leeg, dan halen we het weg.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    bron = forms.ChoiceField(label="Hoe weet je dat?", choices=[*LEEG, *BsnBron.choices])
    reden = forms.CharField(
        label="Wat ging er mis?",
        widget=Vrijetekst(3),
        max_length=1000,
        help_text="Schrijf hier geen nummer op.",
    )
