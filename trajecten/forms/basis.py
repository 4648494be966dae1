"""What the forms of this room share."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms

from kern import formulier
from kern.formulier import Vrijetekst
from organisatie.models import Medewerker
from trajecten import querysets as vragen
from trajecten.models import Instrument

DATUMS = ["%d-%m-%Y", "%d-%m-%y", "%Y-%m-%d"]


def datumveld(label: str, *, verplicht: bool = True, hulp: str = "") -> forms.DateField:
    return forms.DateField(
        label=label, required=verplicht, help_text=hulp, widget=formulier.Datum(), input_formats=DATUMS
    )


def collega(label: str, *, verplicht: bool = True, hulp: str = "") -> forms.ModelChoiceField:
    """A colleague in service today."""
    return forms.ModelChoiceField(Medewerker.alle_gemeenten.none(), label=label, required=verplicht, help_text=hulp)


class Formulier(formulier.Formulier):
    """A form whose warnings bring a field of their own."""

    def alleen_als_nodig(self, *namen: str) -> None:
        """Leave out fields that only matter after a warning: no fault at it, nothing filled in."""
        for naam in namen:
            if not (self.is_bound and (self.errors.get(naam) or self.data.get(self.add_prefix(naam)))):
                self.fields.pop(naam, None)


class VersieFormulier(formulier.VersieFormulier, Formulier):
    """The same, on something that exists: the second of two who save sees what the first made of it."""


class InstrumentVeld(forms.ModelChoiceField):
    """The catalogue in groups per kind; each option says what is free."""

    def label_from_instance(self, obj: Instrument) -> str:
        bezet = getattr(self, "bezet", {}).get(obj.pk, 0)
        if obj.capaciteit is None:
            return obj.naam
        vrij = max(obj.capaciteit - bezet, 0)
        return f"{obj.naam} ({vrij} van {obj.capaciteit} vrij)" if vrij else f"{obj.naam} (vol, wachtlijst)"


def instrumentveld(label: str, *, verplicht: bool = True, hulp: str = "") -> InstrumentVeld:
    return InstrumentVeld(
        Instrument.alle_gemeenten.none(),
        label=label,
        required=verplicht,
        help_text=hulp,
        empty_label="Kies uit het aanbod",
    )


def vul_instrumenten(veld: InstrumentVeld, rechten: Any) -> None:
    """Give the field what can start today, grouped by kind."""
    veld.bezet = vragen.bezette_plaatsen()  # type: ignore[attr-defined]
    rijen = vragen.te_kiezen_instrumenten(rechten).order_by("soort", "naam", "id")
    veld.queryset = rijen
    groepen = groupby(rijen, key=lambda i: i.get_soort_display().capitalize())
    veld.choices = [
        ("", "Kies uit het aanbod"),
        *[(kop, [(i.pk, veld.label_from_instance(i)) for i in delen]) for kop, delen in groepen],
    ]


class RedenForm(VersieFormulier):
    """One reason."""

    reden = forms.CharField(label="Reden", max_length=300, widget=Vrijetekst(3))
