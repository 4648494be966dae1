"""Forms of staff, roles, absence and stand-ins."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet

from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, Meerkeuze, VersieFormulier
from kern.models import geldig_op
from organisatie.inkomensconsulenten import te_kiezen
from organisatie.keuzes import (
    Aanstelling,
    Accountreden,
    AfwezigReden,
    Blokkeerreden,
    Functie,
    Openreden,
    Rolreden,
    Vertrekreden,
    Werksoort,
)
from organisatie.models import Medewerker, Pijler, Team
from organisatie.querysets import collegas, teams_vandaag
from organisatie.rechten import Rol

STANDEN = [
    ("in_dienst", "In dienst"),
    ("contract", "Contract eindigt binnen 6 weken"),
    ("geblokkeerd", "Account dicht"),
    ("uit_dienst", "Uit dienst"),
    ("alle", "Iedereen"),
]


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


def _reden(lijst: type[models.TextChoices]) -> forms.ChoiceField:
    """A neutral reason from a short list: what happened belongs in the personnel file (R222)."""
    return forms.ChoiceField(
        label="Reden",
        choices=lijst.choices,
        widget=Keuzes(),
        help_text="Dit staat in de historie. Het waarom hoort in het personeelsdossier, niet hier.",
        error_messages={"required": "Kies een reden."},
    )


class MedewerkerFilter(Formulier):
    """Filter above the list of staff."""

    naam = forms.CharField(label="Naam of nummer", required=False, max_length=60)
    team = forms.ModelChoiceField(
        label="Team", required=False, queryset=Team.alle_gemeenten.none(), empty_label="Alle teams"
    )
    rol = forms.ChoiceField(label="Rol", required=False, choices=[("", "Alle rollen"), *Rol.choices])
    stand = forms.ChoiceField(label="Wie", required=False, choices=STANDEN)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_vandaag()  # type: ignore[attr-defined]


class _RolVelden(Formulier):
    """Role with its team or pillar."""

    rol = forms.ChoiceField(label="Rol", choices=[("", "Kies een rol"), *Rol.choices])
    team = forms.ModelChoiceField(
        label="Team", required=False, queryset=Team.alle_gemeenten.none(), empty_label="Geen team",
        help_text="Verplicht voor een consulent en een teammanager.",
    )  # fmt: skip
    pijler = forms.ModelChoiceField(
        label="Pijler", required=False, queryset=Pijler.alle_gemeenten.none(), empty_label="Geen pijler",
        help_text="Alleen voor wie een hele pijler aanstuurt.",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_vandaag()  # type: ignore[attr-defined]
        pijlers = Pijler.objects.filter(geldig_op(klok.vandaag())).order_by("volgorde", "id")
        self.fields["pijler"].queryset = pijlers  # type: ignore[attr-defined]


class InDienstForm(_RolVelden):
    """A new colleague: person, contract, account and first role."""

    voornaam = forms.CharField(label="Voornaam", max_length=60)
    tussenvoegsel = forms.CharField(label="Tussenvoegsel", max_length=20, required=False)
    achternaam = forms.CharField(label="Achternaam", max_length=100)
    email = forms.EmailField(label="E-mailadres van het werk", help_text="Hiermee logt de collega in.")
    personeelsnummer = forms.CharField(label="Personeelsnummer", max_length=20)
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    functie = forms.ChoiceField(label="Functie", choices=Functie.choices)
    werksoorten = forms.MultipleChoiceField(
        label="Werkt als", required=False, choices=Werksoort.choices, widget=Meerkeuze
    )
    aanstelling = forms.ChoiceField(label="Aanstelling", choices=Aanstelling.choices)
    contract_tot = _datum("Contract tot en met", "Verplicht bij inhuur.", verplicht=False)
    uren_per_week = forms.DecimalField(
        label="Uren per week", min_value=0, max_value=40, max_digits=4, decimal_places=1,
        widget=Hoeveelheid("uur"), localize=True,
    )  # fmt: skip
    begindatum = _datum("Eerste werkdag")
    field_order = [
        "voornaam", "tussenvoegsel", "achternaam", "email", "personeelsnummer", "telefoon", "begindatum",
        "functie", "werksoorten", "aanstelling", "contract_tot", "uren_per_week", "rol", "team", "pijler",
    ]  # fmt: skip


class RolForm(_RolVelden):
    """A new role, or the change to another one."""

    per = _datum("Vanaf")
    reden = _reden(Rolreden)


class RolEindeForm(Formulier):
    """The end of a role."""

    laatste_dag = _datum("Laatste dag in deze rol")
    reden = _reden(Rolreden)


class UitDienstForm(Formulier):
    """The last working day, and who takes over the caseload."""

    laatste_dag = _datum("Laatste werkdag")
    opvolger = forms.ModelChoiceField(
        label="Wie neemt de caseload over?", required=False, queryset=Medewerker.alle_gemeenten.none(),
        empty_label="De teammanager",
    )  # fmt: skip
    reden = _reden(Vertrekreden)

    def __init__(self, medewerker: Medewerker, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opvolger"].queryset = collegas().exclude(pk=medewerker.pk)  # type: ignore[attr-defined]


class BlokkeerForm(Formulier):
    """Close an account."""

    reden = _reden(Blokkeerreden)


class OpenForm(Formulier):
    """Open an account again."""

    reden = _reden(Openreden)


class AccountForm(Formulier):
    """Another password, or a lost app."""

    reden = _reden(Accountreden)


class AfwezigForm(Formulier):
    """Somebody of the team is away."""

    medewerker = forms.ModelChoiceField(
        label="Wie", queryset=Medewerker.alle_gemeenten.none(), empty_label="Kies een collega"
    )
    reden = forms.ChoiceField(
        label="Soort", choices=AfwezigReden.choices, help_text="Schrijf nergens op wat iemand heeft."
    )
    begindatum = _datum("Eerste dag afwezig")
    einddatum = _datum("Laatste dag afwezig", "Leeg als je het nog niet weet.", verplicht=False)

    def __init__(self, van_team: QuerySet[Medewerker], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = van_team  # type: ignore[attr-defined]


class WaarnemingForm(Formulier):
    """Who stands in for whom; always with an end."""

    voor = forms.ModelChoiceField(
        label="Voor wie",
        queryset=Medewerker.alle_gemeenten.none(),
        empty_label="Kies een collega van je team",
    )
    waarnemer = forms.ModelChoiceField(
        label="Wie neemt waar", queryset=Medewerker.alle_gemeenten.none(), empty_label="Kies een collega"
    )
    begindatum = _datum("Eerste dag")
    einddatum = _datum("Laatste dag")

    def __init__(self, van_team: QuerySet[Medewerker], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["voor"].queryset = van_team  # type: ignore[attr-defined]
        self.fields["waarnemer"].queryset = collegas()  # type: ignore[attr-defined]


class InkomensconsulentForm(VersieFormulier):
    """Who answers for a team, from a day on (R196)."""

    medewerker = forms.ModelChoiceField(
        label="Inkomensconsulent", queryset=Medewerker.alle_gemeenten.none(), empty_label="Kies een inkomensconsulent"
    )
    vanaf = _datum("Vanaf", "Wie het nu is, stopt de dag ervoor.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = te_kiezen()  # type: ignore[attr-defined]


def standaard_begin() -> dict[str, dt.date]:
    """Today as the first value of a date."""
    return {"begindatum": klok.vandaag(), "per": klok.vandaag(), "laatste_dag": klok.vandaag()}
