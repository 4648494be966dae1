"""The form of the calculator. What it means is checked by `uitwisseling.lees_vraag`, for every way in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django import forms

from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, foutzinnen
from loonkostensubsidie.rekenen.geval import OnjuisteInvoer, Route
from loonkostensubsidie.rekenen.wetgeving import OntbrekendGegeven, Wetgeving
from loonkostensubsidie.uitwisseling import NAMEN, Vraag, lees_vraag

#: An employment of nobody, to see how the page works.
VOORBEELD = {
    "geboortedatum": "17-5-1980",
    "start": "1-4-2025",
    "uren": "32",
    "voltijd": "36",
    "route": str(Route.LOONWAARDE),
    "loonwaarde": "60",
}
_GETAL = {"invalid": "Vul een getal in, bijvoorbeeld 24 of 24,5."}


def telt_functieloon(wet: Wetgeving, datum: dt.date | None) -> bool:
    """Whether the wage of the function counts on this day: until 2016 it did."""
    try:
        return datum is not None and wet.gegeven("lks.loonwaarde_basis", datum).waarde == "functieloon"
    except OntbrekendGegeven:
        return False


def _datum(label: str, hulp: str = "", *, verplicht: bool = True) -> forms.DateField:
    return forms.DateField(label=label, help_text=hulp, required=verplicht, widget=Datum)


def _getal(label: str, eenheid: str, hulp: str = "", *, verplicht: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hulp,
        required=verplicht,
        max_digits=10,
        localize=True,
        widget=Hoeveelheid(eenheid),
        error_messages=_GETAL,
    )


class BerekeningForm(Formulier):
    """The fields have the names of the case (`Geval`), so that a fault of the calculation finds its field."""

    datum = _datum("Voor welke dag?", "Je ziet het bedrag van de maand waarin deze dag valt.")
    geboortedatum = _datum("Geboortedatum van de werknemer", "Voor het minimumloon bij de leeftijd.")
    start = _datum("Eerste dag van het dienstverband")
    uren = _getal("Uren per week", "uur", "Uit het arbeidscontract.")
    voltijd = _getal("Voltijd in de sector", "uur", "Vaak 36, 38 of 40.")
    route = forms.ChoiceField(
        label="Hoe is de loonwaarde bekend?",
        choices=[(Route.LOONWAARDE, "Gemeten loonwaarde"), (Route.FORFAIT, "Vast percentage")],
        widget=Keuzes(
            hulp={
                Route.LOONWAARDE: "Een deskundige heeft de loonwaarde gemeten.",
                Route.FORFAIT: "Nog niet gemeten. Dit kan in de eerste zes maanden van het dienstverband.",
            }
        ),
    )
    loonwaarde = _getal("Loonwaarde", "%", "Een heel percentage van 1 tot en met 100.")
    functieloon = _getal(
        "Loon van de functie", "%", "In procenten van het minimumloon. Telde mee tot en met 2016.", verplicht=False
    )
    beschut = forms.BooleanField(
        label="Het is beschut werk", required=False, help_text="Voor het bedrag maakt dit niet uit."
    )
    van = _datum("Eerste dag die telt", "Alleen voor een deel van een maand.", verplicht=False)
    tot = _datum("Laatste dag die telt", "Alleen voor een deel van een maand.", verplicht=False)
    vergelijk = _datum("Vergelijk met deze dag", "Bijvoorbeeld 1 januari van een ander jaar.", verplicht=False)

    def __init__(self, *args: Any, wet: Wetgeving, **kwargs: Any) -> None:
        self.wet = wet
        self.vraag: Vraag | None = None
        self.te_vaak = False
        super().__init__(*args, **kwargs)
        if not telt_functieloon(wet, self._datum()):
            del self.fields["functieloon"]

    def _datum(self) -> dt.date | None:
        """The day as it stands in the form now, also before it was checked."""
        veld = self.fields["datum"]
        try:
            dag: dt.date | None = veld.clean(self["datum"].value())
            return dag
        except forms.ValidationError:
            return None

    @property
    def toont_functieloon(self) -> bool:
        return "functieloon" in self.fields

    @property
    def wisselt_functieloon(self) -> bool:
        """Whether the page that was sent shows this field while it should not, or the other way round."""
        return self.is_bound and ("functieloon" in self.data) != self.toont_functieloon

    def zinnen(self) -> list[str]:
        """What is still missing or wrong, each with the name of its field."""
        velden = [zin for naam in self.fields for zin in foutzinnen(self[naam], met_naam=True)]
        return [*map(str, self.non_field_errors()), *velden]

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        if gegevens.get("route") == Route.FORFAIT:
            self.errors.pop("loonwaarde", None)  # not asked now: the field is out of sight
        try:
            self.vraag = lees_vraag(self._als_json(gegevens))
        except OnjuisteInvoer as fout:
            self.neem_over(fout)
        if self.errors:
            self.vraag = None
        return gegevens

    def neem_over(self, fout: OnjuisteInvoer) -> None:
        """The faults of the calculation at their fields; a field that already has one says that first."""
        for veld, teksten in fout.fouten.items():
            if veld not in self.errors:
                for tekst in teksten:
                    self.add_error(veld if veld in self.fields else None, tekst)

    def _als_json(self, gegevens: dict[str, Any]) -> dict[str, Any]:
        """What was filled in as the JSON question; with the fixed percentage the wage value does not count."""
        vast = gegevens.get("route") == Route.FORFAIT
        uit = {}
        for veld, naam in NAMEN.items():
            waarde = gegevens.get(veld)
            if waarde is None or waarde == "" or (vast and veld == "loonwaarde"):
                continue
            uit[naam] = waarde.isoformat() if isinstance(waarde, dt.date) else waarde
            if isinstance(waarde, Decimal):
                uit[naam] = waarde.normalize()
        return uit
