"""Forms of appointments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from deelnemers.keuzes import Belastbaarheid
from kern.formulier import Hoeveelheid, Keuzes, Vrijetekst
from kern.weergave import hoofdletter
from organisatie.models import Locatie
from organisatie.querysets import collegas
from trajecten.forms.basis import (
    VersieFormulier,
    collega,
    datumveld,
)
from trajecten.keuzes import Afspraaksoort, Verzuimvervolg
from trajecten.services.oproepen import VERPLICHT

TIJD = forms.TimeInput(attrs={"inputmode": "numeric", "placeholder": "10.00", "autocomplete": "off"}, format="%H.%M")
TIJDEN = ["%H.%M", "%H:%M", "%H%M", "%H"]
DUREN = [
    (15, "15 minuten"),
    (30, "30 minuten"),
    (45, "45 minuten"),
    (60, "1 uur"),
    (90, "1,5 uur"),
    (120, "2 uur"),
]


class TijdForm(VersieFormulier):
    """A moment: day, time and how long."""

    dag = datumveld("Dag")
    tijd = forms.TimeField(
        label="Tijd",
        widget=TIJD,
        input_formats=TIJDEN,
        error_messages={"invalid": "Schrijf de tijd als 10.00"},
    )
    minuten = forms.TypedChoiceField(label="Hoe lang?", choices=DUREN, coerce=int, initial=45)
    dubbel_gezien = forms.BooleanField(label="Het kan toch: plan deze dubbel", required=False)

    def van_tot(self) -> tuple[dt.datetime, dt.datetime]:
        """The moment of begin and end, with the time zone of the Netherlands."""
        begin = timezone.make_aware(dt.datetime.combine(self.cleaned_data["dag"], self.cleaned_data["tijd"]))
        return begin, begin + dt.timedelta(minutes=self.cleaned_data["minuten"])


class AfspraakForm(TijdForm):
    """Plan an appointment."""

    soort = forms.ChoiceField(label="Soort afspraak", choices=[(s.value, s.label.capitalize()) for s in Afspraaksoort])
    onderwerp = forms.CharField(label="Waar gaat het over?", required=False, max_length=150)
    medewerker = collega("Met wie?")
    tweede_medewerker = collega("Wie is er nog bij?", verplicht=False)
    locatie = forms.ModelChoiceField(
        Locatie.alle_gemeenten.none(), label="Waar?", required=False, empty_label="Ergens anders"
    )
    plek = forms.CharField(
        label="Andere plek", required=False, max_length=100, help_text="Bijvoorbeeld: bij de werkgever."
    )
    lichamelijk = forms.ChoiceField(
        label="Wat kan deze persoon lichamelijk aan?",
        help_text="Dit is nog nooit vastgelegd. Doe dat voordat je iemand oproept; ‘nog niet bekend’ mag. "
        "Bij een belafspraak hoeft het niet.",
    )
    mentaal = forms.ChoiceField(label="En mentaal?")
    uren_max = forms.IntegerField(
        label="Hoogstens hoeveel uur per week?", required=False, min_value=0, max_value=40, widget=Hoeveelheid("uur")
    )
    field_order = ["soort", "dag", "tijd", "minuten", "medewerker", "dubbel_gezien", "tweede_medewerker"]

    def __init__(self, *args: Any, vermogen_bekend: bool, bijzonder: bool, **kwargs: Any) -> None:
        """`vermogen_bekend`: the work capacity was recorded. Without `bijzonder` only ‘not known yet’ can be said."""
        super().__init__(*args, **kwargs)
        keuzes = Belastbaarheid if bijzonder else [Belastbaarheid.ONBEKEND]
        for naam, zin in VERPLICHT.items():
            veld = self.fields[naam]
            veld.choices = [("", "Kies"), *((k.value, hoofdletter(k.label)) for k in keuzes)]
            veld.required = self.data.get(self.add_prefix("soort")) != Afspraaksoort.BELLEN
            veld.error_messages["required"] = zin
        for naam in (*VERPLICHT, "uren_max") if vermogen_bekend else () if bijzonder else ("uren_max",):
            del self.fields[naam]
        mensen = collegas()
        self.fields["medewerker"].queryset = mensen
        self.fields["tweede_medewerker"].queryset = mensen
        self.fields["locatie"].queryset = Locatie.objects.filter(actief=True).order_by("naam", "id")

    @property
    def vermogen(self) -> dict[str, Any]:
        """What was said about the work capacity, by its column."""
        return {naam: self.cleaned_data.get(naam) for naam in (*VERPLICHT, "uren_max")}


class TweedeForm(VersieFormulier):
    """Who goes along."""

    tweede_medewerker = collega("Wie gaat er mee?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tweede_medewerker"].queryset = collegas()


class VervolgForm(VersieFormulier):
    """What was tried or decided after not appearing."""

    vervolg = forms.ChoiceField(label="Wat is er gedaan of besloten?", choices=[], widget=Keuzes())
    toelichting = forms.CharField(label="Toelichting", max_length=300, widget=Vrijetekst(3))

    def __init__(self, *args: Any, stap: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [v for v in Verzuimvervolg if v != Verzuimvervolg.AFSLUITEN or stap >= 3]  # noqa: PLR2004
        self.fields["vervolg"].choices = [(v.value, hoofdletter(v.label)) for v in keuzes]
