"""What the forms of this room share."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from kern import klok
from kern.formulier import Datum
from organisatie.models import Medewerker, Team
from organisatie.querysets import in_dienst
from trajecten import querysets as vragen
from trajecten.models import Instrument

DATUMS = ["%d-%m-%Y", "%d-%m-%y", "%Y-%m-%d"]


def datumveld(label: str, *, verplicht: bool = True, hulp: str = "") -> forms.DateField:
    return forms.DateField(label=label, required=verplicht, help_text=hulp, widget=Datum(), input_formats=DATUMS)


def collega(label: str, *, verplicht: bool = True, hulp: str = "") -> forms.ModelChoiceField:
    """A colleague in service today."""
    return forms.ModelChoiceField(Medewerker.alle_gemeenten.none(), label=label, required=verplicht, help_text=hulp)


def collegas(team: Team | None, ook: Medewerker | None = None) -> Any:
    """People to choose from: the team first would hide others, so everybody in service, by name."""
    return Medewerker.objects.filter(in_dienst(klok.vandaag())).order_by("achternaam", "voornaam", "id")


class Formulier(forms.Form):
    """Base: our own errors instead of those of the browser, and errors of a service at the right field."""

    use_required_attribute = False

    def neem_over(self, fout: Exception) -> None:
        """Show what a service refused, each sentence at its field when the form has it."""
        if isinstance(fout, ValidationError) and hasattr(fout, "error_dict"):
            for veld, fouten in fout.error_dict.items():
                for een in fouten:
                    self.add_error(veld if veld in self.fields else None, een)
        elif isinstance(fout, ValidationError):
            self.add_error(None, fout)
        else:
            self.add_error(None, str(fout))

    def alleen_als_nodig(self, *namen: str) -> None:
        """Leave out fields that only matter after a warning: no fault at it, nothing filled in."""
        for naam in namen:
            if not (self.is_bound and (self.errors.get(naam) or self.data.get(self.add_prefix(naam)))):
                self.fields.pop(naam, None)


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


class RedenForm(Formulier):
    """One reason."""

    reden = forms.CharField(label="Reden", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput())
