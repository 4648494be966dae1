"""Forms of the advice of UWV on beschut werk."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.documentforms import bestandveld
from deelnemers.services.documenten import Upload, lees_upload
from deelnemers.vraagkeuzes import Beschutuitkomst
from kern.formulier import Datum, Keuzes, VersieFormulier


class _Stap(VersieFormulier):
    """One of two forms on one page: `stap` says which one was filled in, whatever a colleague did since."""

    stap = forms.CharField(widget=forms.HiddenInput, required=False)


class BeschutaanvraagForm(_Stap):
    aangevraagd_op = forms.DateField(label="Wanneer is het advies aangevraagd bij UWV?", widget=Datum())


class BeschutadviesForm(_Stap):
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
