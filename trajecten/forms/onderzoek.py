"""The form of the result of an assessment."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.schalen import ANKERS
from deelnemers.services.documenten import Upload, lees_upload
from kern import bestanden, klok
from kern.formulier import Datum, Keuzes, Vrijetekst
from regelgeving.opzoeken import keuzes
from trajecten.forms.basis import Formulier
from trajecten.keuzes import Onderzoeksadvies
from trajecten.services.onderzoek import CONCLUSIES


class UitslagForm(Formulier):
    """Date, assessor, scores on the scales of the diagnosis, conclusions, advice and report."""

    upload: Upload | None = None

    afgenomen_op = forms.DateField(label="Wanneer was het onderzoek?", widget=Datum())
    beoordelaar = forms.CharField(label="Wie deed het onderzoek?", max_length=100)
    conclusies = forms.MultipleChoiceField(
        label="Wat kwam eruit?", required=False, widget=forms.CheckboxSelectMultiple(),
        help_text="Alleen over werk. Schrijf nergens een ziekte of behandeling op.",
    )  # fmt: skip
    advies = forms.ChoiceField(label="Wat is het advies?", choices=Onderzoeksadvies.choices, widget=Keuzes())
    toelichting = forms.CharField(label="Toelichting", required=False, max_length=500, widget=Vrijetekst(3))
    rapport = forms.FileField(
        label="Rapport", required=False, allow_empty_file=True,
        help_text=f"{bestanden.IN_WOORDEN}, hoogstens {bestanden.MAXIMUM // bestanden.MIB} MB. Het komt afgeschermd in "
        "het dossier.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["conclusies"].choices = keuzes(CONCLUSIES, klok.vandaag())  # type: ignore[attr-defined]
        for code, (naam, een, drie, vijf) in ANKERS.items():
            self.fields[code] = forms.TypedChoiceField(
                label=naam, required=False, coerce=int, empty_value=None,
                choices=[
                    ("", "Niet gemeten"), (1, f"1 · {een}"), (2, "2"), (3, f"3 · {drie}"), (4, "4"), (5, f"5 · {vijf}"),
                ],
            )  # fmt: skip
        self.order_fields(["afgenomen_op", "beoordelaar", *ANKERS, "conclusies", "advies", "toelichting", "rapport"])

    def clean_rapport(self) -> Any:
        bestand = self.cleaned_data["rapport"]
        if bestand:
            self.upload = lees_upload(bestand)
        return bestand

    def waarden(self) -> dict[str, Any]:
        """What goes to the service."""
        c = self.cleaned_data
        return {
            "afgenomen_op": c["afgenomen_op"],
            "beoordelaar": c["beoordelaar"],
            "scores": {code: c[code] for code in ANKERS if c.get(code)},
            "conclusies": c["conclusies"],
            "advies": c["advies"],
            "toelichting": c["toelichting"],
            "upload": self.upload,
            "rapportnaam": c["rapport"].name if c["rapport"] else "",
        }
