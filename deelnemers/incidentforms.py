"""Forms about incidents and about telling somebody of a safety notice."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from deelnemers.forms import LEEG
from deelnemers.incidentkeuzes import Incidentsoort, Meldingbesluit
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier, Vrijeregel, Vrijetekst
from kern.weergave import hoofdletter
from organisatie.models import Medewerker
from organisatie.querysets import collegas

_TIJDEN = ["%H.%M", "%H:%M", "%H%M", "%H"]


def _keuzes(keuzes: Any) -> list[tuple[str, str]]:
    return [(waarde, hoofdletter(label)) for waarde, label in keuzes.choices]


class IncidentForm(Formulier):
    soort = forms.ChoiceField(label="Wat voor incident?", choices=_keuzes(Incidentsoort), widget=Keuzes())
    dag = forms.DateField(label="Welke dag?", widget=Datum())
    tijd = forms.TimeField(
        label="Hoe laat ongeveer?",
        input_formats=_TIJDEN,
        widget=forms.TimeInput(
            attrs={"inputmode": "numeric", "placeholder": "10.00", "autocomplete": "off"}, format="%H.%M"
        ),
        error_messages={"invalid": "Schrijf de tijd als 10.00"},
    )
    waar = forms.CharField(label="Waar?", max_length=100, help_text="Bijvoorbeeld: spreekkamer, telefoon, werkplek.")
    gebeurd = forms.CharField(
        label="Wat gebeurde er?",
        min_length=10,
        max_length=1000,
        widget=Vrijetekst(5),
        help_text="Schrijf op wat je zag en hoorde, niet waarvan iemand wordt verdacht.",
        error_messages={"min_length": "Schrijf in een paar woorden op wat er gebeurde."},
    )

    def moment(self) -> dt.datetime:
        """Day and time together, with the time zone of the Netherlands."""
        return timezone.make_aware(dt.datetime.combine(self.cleaned_data["dag"], self.cleaned_data["tijd"]))


class NazorgForm(VersieFormulier):
    nazorg = forms.CharField(
        label="Welke hulp krijgt de collega?",
        max_length=300,
        help_text="Bijvoorbeeld: gesprek met de vertrouwenspersoon.",
    )
    nazorg_door = forms.ModelChoiceField(
        Medewerker.alle_gemeenten.none(), label="Wie doet dat?", empty_label="Kies een collega"
    )
    nazorg_voor = forms.DateField(label="Uiterlijk wanneer?", widget=Datum())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nazorg_door"].queryset = collegas()  # type: ignore[attr-defined]


class InlichtForm(VersieFormulier):
    persoon_ingelicht_op = forms.DateField(label="De persoon is ingelicht op", required=False, widget=Datum())
    niet_inlichten_reden = forms.CharField(
        label="Of: waarom niet?",
        required=False,
        max_length=300,
        widget=Vrijeregel(),
        help_text="Alleen als vertellen gevaar geeft.",
    )


class AfhandelForm(InlichtForm, VersieFormulier):
    uitkomst = forms.CharField(label="Wat is er besloten?", max_length=500, widget=Vrijetekst(4))
    meldingbesluit = forms.ChoiceField(label="En de veiligheidsmelding?", choices=[*LEEG, *_keuzes(Meldingbesluit)])
    field_order = ["uitkomst", "meldingbesluit", "persoon_ingelicht_op", "niet_inlichten_reden"]


def begin_incident() -> dict[str, Any]:
    """Today and now, the usual moment to report."""
    nu = timezone.localtime(klok.nu())
    return {"dag": nu.date(), "tijd": nu.time(), "soort": Incidentsoort.SCHELDEN}
