"""Forms of handing people over."""

from __future__ import annotations

from typing import Any

from django import forms

from kern.formulier import Datum, Formulier, Vrijetekst
from kern.weergave import aantal
from organisatie.models import Medewerker

Last = dict[int, int]


class Collegaveld(forms.ModelChoiceField):
    """A colleague with the load beside the name, the own team first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=Medewerker.alle_gemeenten.none(), **kwargs)

    def toon(self, groepen: list[tuple[str, list[Medewerker]]], last: Last) -> None:
        """Choices per team, each with the number of people that somebody guides now."""
        mensen = [m for _, groep in groepen for m in groep]
        self.queryset = Medewerker.objects.filter(pk__in=[m.pk for m in mensen])
        self.choices = [
            ("", "Kies"),
            *(
                (kop, [(m.pk, f"{m.naam} ({last_in_woorden(m, last)})") for m in groep])
                for kop, groep in groepen
                if groep
            ),
        ]  # type: ignore[assignment]


def last_in_woorden(medewerker: Medewerker, last: Last) -> str:
    """“42 mensen, 36 uur”."""
    uren = f"{medewerker.uren_per_week:f}".rstrip("0").rstrip(".").replace(".", ",")
    return f"{aantal(last.get(medewerker.pk, 0), 'persoon', 'mensen')}, {uren} uur"


class AanbiedForm(Formulier):
    """Offer one person to a colleague."""

    naar = Collegaveld(label="Aan wie?")
    vanaf = forms.DateField(label="Per wanneer?", widget=Datum())
    reden = forms.CharField(
        label="Waarom draag je over?", max_length=200, help_text="Je collega leest dit, en het komt in het dossier."
    )
    let_op = forms.CharField(
        label="Wat moet je collega weten voor het eerste gesprek?",
        max_length=500,
        required=False,
        widget=Vrijetekst(3),
        help_text="De deelnemer kan dit lezen.",
    )

    def __init__(self, *args: Any, groepen: list[tuple[str, list[Medewerker]]], last: Last, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["naar"].toon(groepen, last)  # type: ignore[attr-defined]


class AannemenForm(Formulier):
    vanaf = forms.DateField(label="Ik neem over per", widget=Datum())


class WeigerForm(Formulier):
    reden = forms.CharField(
        label="Waarom neem je niet over?",
        max_length=300,
        widget=Vrijetekst(2),
        help_text="Je collega leest dit.",
    )


class VerdeelForm(Formulier):
    """Whose people go to whom, from when and why: the first step of handing over a caseload."""

    mensen = forms.MultipleChoiceField(
        label="Wie draag je over?", error_messages={"required": "Kies minstens één persoon."}
    )
    collegas = forms.MultipleChoiceField(
        label="Aan wie?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één collega."},
    )
    vanaf = forms.DateField(label="Per wanneer?", widget=Datum())
    reden = forms.CharField(
        label="Waarom draag je over?", max_length=200, help_text="Je collega’s lezen dit, en het komt in de dossiers."
    )

    def __init__(
        self, *args: Any, mensen: list[tuple[str, str]], collegas: list[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["mensen"].choices = mensen  # type: ignore[attr-defined]
        self.fields["collegas"].choices = collegas  # type: ignore[attr-defined]
