"""Forms about payments."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from kern import klok
from kern.formulier import Bedrag, Datum, Formulier, Keuzes
from kern.weergave import MAANDEN
from loonkostensubsidie.rekenen.tabeldatum import plus_maanden
from regelgeving.rekenen.werkdagen import eerstvolgende_werkdag

_TERUG = 24


def maandkeuzes() -> list[tuple[str, str]]:
    """The months that are over, the last one first."""
    deze = klok.vandaag().replace(day=1)
    dagen = [plus_maanden(deze, -n) for n in range(1, _TERUG + 1)]
    return [(dag.isoformat(), f"{MAANDEN[dag.month - 1]} {dag.year}") for dag in dagen]


class RunForm(Formulier):
    """Which month to pay."""

    maand = forms.ChoiceField(label="Tot en met welke maand?", help_text="We betalen achteraf, ook wat nog open stond.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["maand"].choices = maandkeuzes()  # type: ignore[attr-defined]

    def clean_maand(self) -> dt.date:
        return dt.date.fromisoformat(self.cleaned_data["maand"])


class AanbiedForm(Formulier):
    """When the bank pays."""

    uitvoeren_op = forms.DateField(label="Betaaldatum", widget=Datum, help_text="De dag waarop de bank betaalt.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uitvoeren_op"].initial = eerstvolgende_werkdag(klok.vandaag() + dt.timedelta(days=1))


class RedenForm(Formulier):
    """A step that needs a reason."""

    reden = forms.CharField(label="Waarom?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))


class UitkomstForm(Formulier):
    """What the bank did with one order."""

    uitkomst = forms.ChoiceField(
        label="Wat deed de bank?", choices=[("betaald", "Betaald"), ("geweigerd", "Geweigerd")], widget=Keuzes
    )
    datum = forms.DateField(label="Op welke dag?", widget=Datum)
    bedrag = forms.DecimalField(label="Bedrag", max_digits=12, decimal_places=2, localize=True, widget=Bedrag)
    reden = forms.CharField(
        label="Waarom geweigerd?", max_length=300, required=False, help_text="Bijvoorbeeld: rekening opgeheven."
    )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if schoon.get("uitkomst") == "geweigerd" and not schoon.get("reden"):
            self.add_error("reden", "Schrijf op waarom de bank niet betaalde.")
        return schoon


class TerugmeldForm(Formulier):
    """A file with what the bank did, or one sentence: everything was paid."""

    wijze = forms.ChoiceField(
        label="Hoe geef je het door?",
        choices=[("bestand", "Met een bestand"), ("alles", "Alle opdrachten zijn betaald")],
        widget=Keuzes(hulp={"bestand": "Een CSV met kenmerk, uitkomst, bedrag, datum en reden."}),
        initial="bestand",
    )
    bestand = forms.FileField(label="Bestand (CSV)", required=False, help_text="Alleen bij ‘Met een bestand’.")
    datum = forms.DateField(
        label="Betaald op", required=False, widget=Datum, help_text="Alleen bij ‘Alle opdrachten zijn betaald’."
    )

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if schoon.get("wijze") == "bestand" and not schoon.get("bestand") and "bestand" not in self.errors:
            self.add_error("bestand", "Kies een bestand.")
        if schoon.get("wijze") == "alles" and not schoon.get("datum") and "datum" not in self.errors:
            self.add_error("datum", "Vul in op welke dag de bank betaalde.")
        return schoon


class AansluitFilter(Formulier):
    """Filter above the reconciliation."""

    jaar = forms.ChoiceField(label="Jaar", required=False)
    bekend_op = forms.DateField(
        label="Zoals bekend op", required=False, widget=Datum, help_text="Leeg is nu. Anders het einde van die dag."
    )
    verschil = forms.BooleanField(label="Alleen verschillen", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        jaar = klok.vandaag().year
        keuzes = [("", "Alle jaren"), *((str(j), str(j)) for j in range(jaar, 2012, -1))]
        self.fields["jaar"].choices = keuzes  # type: ignore[attr-defined]


class TerugvorderForm(Formulier):
    """Why money is asked back, as the letter says it."""

    reden = forms.CharField(
        label="Waarom kreeg de werkgever te veel?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Deze zin komt in de brief. Noem geen ziekte of andere gevoelige gegevens.",
    )


class ReactieForm(Formulier):
    """What the employer said."""

    reactie = forms.CharField(
        label="Wat zei de werkgever?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Dit komt in de brief. Noem geen ziekte of andere gevoelige gegevens.",
    )


class BesluitForm(Formulier):
    """How the money comes back."""

    wijze = forms.ChoiceField(
        label="Hoe komt het geld terug?",
        choices=[("terugbetalen", "De werkgever betaalt terug"), ("verrekenen", "Verrekenen")],
        widget=Keuzes(
            hulp={
                "terugbetalen": "Binnen de wettelijke termijn.",
                "verrekenen": "We trekken het af van wat de werkgever in volgende maanden krijgt.",
            }
        ),
    )


class OntvangstForm(Formulier):
    """The money that came back."""

    bedrag = forms.DecimalField(label="Ontvangen bedrag", max_digits=12, decimal_places=2, localize=True, widget=Bedrag)
    dag = forms.DateField(label="Op welke dag?", widget=Datum)


class LinkForm(Formulier):
    """For whom, and for how long."""

    voor = forms.CharField(label="Voor wie?", max_length=150, help_text="Bijvoorbeeld: de salarisadministratie.")
    dagen = forms.TypedChoiceField(
        label="Hoe lang werkt de link?", coerce=int, choices=[(d, f"{d} dagen") for d in (7, 14, 30)], initial=14
    )


class OpenForm(Formulier):
    """Who looks."""

    naam = forms.CharField(label="Uw naam", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
