"""Forms of the inbox and of the decisions on a referral."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone

from aanmeldingen.keuzes import BRONNEN, TERUGSTUURREDENEN, Aanleverstand, Onderdeel, Regelstand
from aanmeldingen.querysets import afzenders_van_aanleveringen
from aanmeldingen.toestanden import AANMELDING
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, Meerkeuze
from organisatie.models import Medewerker
from organisatie.querysets import met_rol, teams_vandaag
from organisatie.rechten import Rol
from regelgeving import opzoeken

OPEN_KEUZE = [("", "Alles wat open staat")]


def _tekst(label: str, hulp: str, fout: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": fout},
    )


def _datum(label: str, hulp: str = "", *, verplicht: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hulp,
        required=verplicht,
        widget=Datum,
        error_messages={
            "required": "Vul een datum in.",
            "invalid": "Vul een datum in, bijvoorbeeld 1-12-2026.",
        },
    )


class PostvakFilter(Formulier):
    """Filter above the inbox; its state lives in the address."""

    bron = forms.ChoiceField(label="Van", required=False)
    status = forms.ChoiceField(label="Status", required=False, choices=[*OPEN_KEUZE, *AANMELDING.keuzes])
    team = forms.ChoiceField(label="Team", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bronnen = opzoeken.keuzes(BRONNEN, klok.vandaag())
        self.fields["bron"].choices = [("", "Alle afdelingen"), *bronnen]  # type: ignore[attr-defined]
        teams = [(str(team.pk), team.naam) for team in teams_vandaag()]
        eigen = [("", "Alle teams"), ("jongerenpoort", "Jongerenpoort"), *teams]
        self.fields["team"].choices = eigen  # type: ignore[attr-defined]


class VraagForm(Formulier):
    """One question to the sender: coded, with text."""

    onderdelen = forms.MultipleChoiceField(
        label="Waar gaat de vraag over?",
        choices=Onderdeel.choices,
        widget=Meerkeuze,
        error_messages={"required": "Kies minstens één onderdeel."},
    )
    vraag = _tekst("Je vraag", "De verwijzer leest deze tekst. Noem geen burgerservicenummer.", "Schrijf je vraag op.")


class TerugForm(Formulier):
    """Send back with a reason from the list and text."""

    code = forms.ChoiceField(
        label="Waarom stuur je terug?", widget=Keuzes, error_messages={"required": "Kies een reden."}
    )
    reden = _tekst(
        "Leg uit wat er nodig is",
        "De verwijzer leest deze tekst en kan daarna een nieuwe aanmelding doen.",
        "Leg uit wat er nodig is.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = opzoeken.keuzes(TERUGSTUURREDENEN, klok.vandaag())  # type: ignore[attr-defined]


class AanneemForm(Formulier):
    """Accept: who guides, and when the first talk is."""

    medewerker = forms.ModelChoiceField(
        label="Regievoerder",
        queryset=Medewerker.alle_gemeenten.none(),
        empty_label="Kies een collega",
        help_text="Deze collega begeleidt de persoon en ziet hem meteen bij Vandaag.",
        error_messages={"required": "Kies wie de regie krijgt."},
    )
    datum = _datum("Eerste gesprek op", "De verwijzer krijgt deze datum te horen.", verplicht=False)
    tijd = forms.TimeField(
        label="Hoe laat",
        required=False,
        input_formats=["%H:%M", "%H.%M"],
        widget=forms.TextInput(attrs={"inputmode": "numeric", "placeholder": "09.30", "autocomplete": "off"}),
        error_messages={"invalid": "Vul een tijd in, bijvoorbeeld 09.30."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = met_rol(Rol.CONSULENT)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        if gegevens.get("tijd") and not gegevens.get("datum"):
            self.add_error("datum", "Vul ook de dag van het gesprek in.")
        return gegevens

    @property
    def intakegesprek_op(self) -> dt.datetime | None:
        """The moment of the first talk; without a time it stands at nine o'clock."""
        dag = self.cleaned_data.get("datum")
        if dag is None:
            return None
        return timezone.make_aware(dt.datetime.combine(dag, self.cleaned_data.get("tijd") or dt.time(9)))


class OverdrachtForm(Formulier):
    """The hand-over took place."""

    gehouden_op = _datum("Wanneer was de overdracht?")
    warm = forms.ChoiceField(
        label="Was de verwijzer erbij?",
        choices=[("ja", "Ja, samen besproken"), ("nee", "Nee, zonder de verwijzer")],
        widget=Keuzes,
        error_messages={"required": "Kies ja of nee."},
    )
    toelichting = forms.CharField(label="Afspraken", required=False, max_length=300)


class AanleverFilter(Formulier):
    """Filter above the batches."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("", "Alle"), ("fouten", "Met fouten"), *Aanleverstand.choices],
    )
    client = forms.ChoiceField(label="Van", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        clients = [(str(client.pk), client.naam) for client in afzenders_van_aanleveringen()]
        self.fields["client"].choices = [("", "Alle afzenders"), *clients]  # type: ignore[attr-defined]


class RegelFilter(Formulier):
    """Filter above the lines of a batch that did not come in."""

    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[
            ("", "Alle fouten"),
            (Regelstand.AFGEKEURD.value, Regelstand.AFGEKEURD.label),
            (Regelstand.ONLEESBAAR.value, Regelstand.ONLEESBAAR.label),
        ],
    )
