"""Forms of the advice of UWV on beschut werk."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.documentforms import bestandveld
from deelnemers.services.documenten import Upload, lees_upload
from deelnemers.vraagkeuzes import Beschutuitkomst
from kern.formulier import Datum, Formulier, Keuzes


class BeschutaanvraagForm(Formulier):
    aangevraagd_op = forms.DateField(label="Wanneer is het advies aangevraagd bij UWV?", widget=Datum())


class BeschutadviesForm(Formulier):
    upload: Upload | None = None

    uitkomst = forms.ChoiceField(label="Wat staat er in de brief?", choices=Beschutuitkomst.choices, widget=Keuzes())
    advies_op = forms.DateField(label="Datum van de brief", widget=Datum())
    kenmerk = forms.CharField(label="Kenmerk van UWV", max_length=40)
    brief = bestandveld()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["brief"].label = "Brief van UWV"

    def clean_brief(self) -> Any:
        bestand = self.cleaned_data["brief"]
        self.upload = lees_upload(bestand)
        return bestand
