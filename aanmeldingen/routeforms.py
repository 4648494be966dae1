"""Forms for who manages routes: the route itself, and its evaluation."""

from __future__ import annotations

from typing import Any

from django import forms

from aanmeldingen.keuzes import BRONNEN, Routesoort
from aanmeldingen.models import Routeversie
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier, Vrijetekst
from kern.weergave import datum
from organisatie.models import Team
from organisatie.querysets import teams_vandaag
from regelgeving import opzoeken


def dag(label: str, hulp: str = "", *, verplicht: bool = True) -> forms.DateField:
    """A day, with our own words when it is missing or unreadable."""
    fouten = {"required": "Vul een datum in.", "invalid": "Vul een datum in, bijvoorbeeld 1-12-2026."}
    return forms.DateField(label=label, help_text=hulp, required=verplicht, widget=Datum, error_messages=fouten)


def tekst(label: str, hulp: str = "", fout: str = "", *, lang: int = 1000, rijen: int = 3) -> forms.CharField:
    """A text of some lines; with `fout` it is required."""
    fouten = {"required": fout} if fout else {}
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=lang,
        required=bool(fout),
        widget=Vrijetekst(rijen),
        error_messages=fouten,
    )


_REDEN = "Dit komt in de historie van de route."
_TEAM = "Hier komt de aanmelding binnen. Zonder team wacht ze bij de teammanagers."


def _teamveld() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label="Komt binnen bij",
        queryset=Team.alle_gemeenten.none(),
        required=False,
        empty_label="Nog geen team",
        help_text=_TEAM,
    )


class RouteForm(Formulier):
    """A route that is not there yet."""

    bron = forms.ChoiceField(label="Van welke afdeling?", error_messages={"required": "Kies een afdeling."})
    naam = forms.CharField(label="Naam", max_length=120, help_text="Zo heet de route op het scherm.")
    code = forms.RegexField(
        r"^[a-z0-9][a-z0-9-]{1,49}$",
        label="Code",
        help_text="Zo noemt het systeem van de verwijzer deze route. Dit is later niet te wijzigen.",
        error_messages={"invalid": "Gebruik kleine letters, cijfers en streepjes, minstens twee tekens."},
    )
    soort = forms.ChoiceField(
        label="Soort route",
        choices=Routesoort.choices,
        initial=Routesoort.GEWOON,
        widget=Keuzes(hulp={"jongerenpoort": "Hier komt iedereen onder de 27 binnen. Er is er één tegelijk."}),
    )
    team = _teamveld()
    begindatum = dag("Geldt vanaf", "De eerste versie kan niet eerder beginnen.")
    einddatum = dag("Geldt tot en met", "Laat leeg als je dat nog niet weet.", verplicht=False)
    uitkomst_delen = forms.BooleanField(
        label="De verwijzer hoort de uitkomst van het traject",
        required=False,
        help_text="Alleen als dat ook met het systeem van de verwijzer is afgesproken.",
    )
    reden = tekst("Waarom deze route?", _REDEN, "Leg uit waarom deze route nodig is.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bronnen = opzoeken.keuzes(BRONNEN, klok.vandaag())
        self.fields["bron"].choices = [("", "Kies een afdeling"), *bronnen]  # type: ignore[attr-defined]
        self.fields["team"].queryset = teams_vandaag()  # type: ignore[attr-defined]


class RouteWijzigForm(VersieFormulier):
    """What of a route can change: its team and its last day."""

    team = _teamveld()
    einddatum = dag(
        "Geldt tot en met", "Laat leeg als de route blijft. Na deze dag kan niemand meer aanmelden.", verplicht=False
    )
    reden = tekst("Waarom?", _REDEN, "Leg uit waarom je dit wijzigt.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].queryset = teams_vandaag()  # type: ignore[attr-defined]


class VerslagForm(VersieFormulier):
    """The minutes of the talk about a route."""

    gesprek_op = dag("Wanneer was het gesprek?", verplicht=False)
    aanwezigen = forms.CharField(
        label="Wie waren erbij?", max_length=500, required=False, help_text="Naam en afdeling."
    )
    verslag = tekst(
        "Verslag", "Kort: wat ging goed, wat niet. Noem geen personen die zijn aangemeld.", lang=8000, rijen=10
    )


class AfspraakForm(Formulier):
    """What was agreed in the talk."""

    wat = forms.CharField(label="Wat is afgesproken?", max_length=300)
    eigenaar = forms.CharField(label="Wie doet het?", max_length=120, help_text="Naam en afdeling.")
    uiterlijk_op = dag("Uiterlijk op")


class AfspraakBijForm(Formulier):
    """Done or not, and the version of the route that it led to."""

    gedaan_op = dag("Gedaan op", "Laat leeg als het nog niet is gedaan.", verplicht=False)
    routeversie = forms.ModelChoiceField(
        label="Dit leidde tot",
        queryset=Routeversie.alle_gemeenten.none(),
        required=False,
        empty_label="Geen nieuwe versie",
    )

    def __init__(self, *args: Any, versies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        veld = self.fields["routeversie"]
        veld.queryset = versies  # type: ignore[attr-defined]
        veld.label_from_instance = lambda v: f"Versie {v.nummer}, vanaf {datum(v.begindatum)}"  # type: ignore[attr-defined]
