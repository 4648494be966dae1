"""Forms of the documents in a dossier."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from deelnemers.keuzes import BIJZONDERE_DOSSIERDOCUMENTEN, Bewijssoort, Dossierdocument
from deelnemers.services.documenten import Upload, lees_upload
from kern import bestanden, klok
from kern.formulier import Datum, Formulier

_HULP = f"{bestanden.IN_WOORDEN}, hoogstens {bestanden.MAXIMUM // bestanden.MIB} MB. We kijken of er een virus in zit."


def soorten(*, bijzonder: bool) -> list[tuple[str, str]]:
    """Kinds to choose from; without the right the protected ones do not exist."""
    return [(s.value, s.label) for s in Dossierdocument if bijzonder or s not in BIJZONDERE_DOSSIERDOCUMENTEN]


class Bestandform(Formulier):
    """What both forms share: one file, looked at by its content."""

    upload: Upload | None = None

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        self.upload = lees_upload(bestand)
        return bestand

    def clean_datum(self) -> Any:
        datum = self.cleaned_data["datum"]
        if datum and datum > klok.vandaag():
            raise ValidationError("De datum van het document ligt na vandaag.")
        return datum


def bestandveld() -> forms.FileField:
    return forms.FileField(
        label="Bestand",
        help_text=_HULP,
        allow_empty_file=True,  # our own sentence says what to do
        error_messages={"required": "Kies een bestand van je computer."},
    )


class DocumentForm(Bestandform):
    bestand = bestandveld()
    soort = forms.ChoiceField(label="Wat is het?", help_text="Over gezondheid, schuld of straf? Kies die soort.")
    datum = forms.DateField(label="Datum van het document", widget=Datum())
    toelichting = forms.CharField(label="Toelichting", max_length=200, required=False)
    bijzonder = forms.BooleanField(
        label="Er staat iets in over gezondheid, schuld of straf",
        required=False,
        help_text="Dan zien alleen collega’s met dat recht het document.",
    )

    def __init__(self, *args: Any, bijzonder: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [("", "Kies"), *soorten(bijzonder=bijzonder)]  # type: ignore[attr-defined]


class VersieForm(Bestandform):
    """A new version of a file that is there: the kind stays."""

    bestand = bestandveld()
    datum = forms.DateField(label="Datum van de nieuwe versie", widget=Datum())
    toelichting = forms.CharField(label="Wat is er anders?", max_length=200, required=False)


class DocumentFilter(Formulier):
    soort = forms.ChoiceField(label="Soort", required=False)
    versies = forms.ChoiceField(
        label="Versies", required=False, choices=[("", "Alleen de nieuwste"), ("alle", "Ook oudere")]
    )

    def __init__(self, *args: Any, bijzonder: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [("", "Alle soorten"), *soorten(bijzonder=bijzonder)]  # type: ignore[attr-defined]


class BewijsForm(Formulier):
    """A document as evidence of an outcome."""

    soort = forms.ChoiceField(label="Waarvan is het bewijs?", choices=[("", "Kies"), *Bewijssoort.choices])
    omschrijving = forms.CharField(label="Wat staat erin?", max_length=200)
    datum = forms.DateField(label="Datum", widget=Datum())
