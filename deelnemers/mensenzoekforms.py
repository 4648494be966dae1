"""What one can look for in the hard part of the diagnosis (R046)."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.diagnoseforms import DAGEN, DELEN
from deelnemers.doelgroepfilter import zet_doelgroepen
from deelnemers.keuzes import TALEN, Arbeidsvermogen, Opleidingsniveau, Taalniveau, Vervoer
from deelnemers.toegang import mag_bijzonder
from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid
from kern.weergave import hoofdletter
from kern.zoekvraag import noemt_bsn
from regelgeving.opzoeken import keuzes

ALLES = [("", "Maakt niet uit")]
_ERVARING = [(6, "6 maanden"), (12, "1 jaar"), (24, "2 jaar"), (60, "5 jaar")]
_REISTIJD = [(30, "30 minuten"), (45, "45 minuten"), (60, "1 uur"), (90, "1,5 uur")]

_TAALNIVEAUS = [keuze for keuze in Taalniveau.choices if keuze[0]]


def _minstens(keuzes_: Any) -> list[tuple[Any, str]]:
    return [*ALLES, *((waarde, hoofdletter(str(naam))) for waarde, naam in keuzes_)]


class MensenZoekFilter(Formulier):
    """Every question may stay open. Work capacity is only asked of who may see it (R228)."""

    van = forms.ChoiceField(label="Van wie", required=False)
    niveau = forms.TypedChoiceField(
        label="Opleiding minstens",
        required=False,
        coerce=int,
        empty_value=None,
        choices=_minstens(Opleidingsniveau.choices),
    )
    richting = forms.CharField(label="Opleiding in", required=False, max_length=60)
    diploma = forms.BooleanField(label="Met diploma", required=False)
    werk = forms.CharField(label="Werkte als", required=False, max_length=60)
    ervaring = forms.TypedChoiceField(
        label="Werkte minstens", required=False, coerce=int, empty_value=None, choices=[*ALLES, *_ERVARING]
    )
    sector = forms.ChoiceField(label="Werkte in sector", required=False)
    zoekt = forms.CharField(label="Zoekt werk als", required=False, max_length=60)
    taal = forms.ChoiceField(label="Taal", required=False, choices=[*ALLES, *TALEN])
    spreken = forms.TypedChoiceField(
        label="Spreekt minstens", required=False, coerce=int, empty_value=None, choices=_minstens(_TAALNIVEAUS)
    )
    schrijven = forms.TypedChoiceField(
        label="Schrijft minstens", required=False, coerce=int, empty_value=None, choices=_minstens(_TAALNIVEAUS)
    )
    uren = forms.IntegerField(
        label="Uren per week minstens", required=False, min_value=1, max_value=40, widget=Hoeveelheid()
    )
    dag = forms.ChoiceField(label="Kan op", required=False, choices=[*ALLES, *DAGEN])
    deel = forms.ChoiceField(label="Dagdeel", required=False, choices=_minstens(DELEN))
    vanaf = forms.DateField(label="Kan beginnen op", required=False, widget=Datum())
    rijbewijs = forms.ChoiceField(label="Rijbewijs", required=False)
    vervoer = forms.ChoiceField(label="Vervoer", required=False, choices=_minstens(Vervoer.choices))
    reistijd = forms.TypedChoiceField(
        label="Reist minstens", required=False, coerce=int, empty_value=None, choices=[*ALLES, *_REISTIJD]
    )

    def __init__(self, *args: Any, rechten: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        van = [("", "Van mij")] if "caseload.zien" in rechten else []
        self._kies("van", [*van, ("team", "Van mijn team"), ("werk", "Met wie ik werk")])
        self._kies("sector", [*ALLES, *keuzes("sectoren", klok.vandaag())])
        self._kies("rijbewijs", [*ALLES, *((code, code) for code, _ in keuzes("vum_rijbewijs", klok.vandaag()))])
        zet_doelgroepen(self, rechten)
        if mag_bijzonder(rechten):
            self.fields["vermogen"] = forms.ChoiceField(
                label="Arbeidsvermogen", required=False, choices=_minstens(Arbeidsvermogen.choices)
            )

    def clean(self) -> dict[str, Any]:
        """No number of a person in an address (R001)."""
        schoon = super().clean() or {}
        for veld in ("richting", "werk", "zoekt"):
            if noemt_bsn(schoon.get(veld) or ""):
                self.add_error(veld, "Zoek hier niet op een BSN.")
        return schoon

    def _kies(self, veld: str, mogelijk: list[tuple[str, str]]) -> None:
        self.fields[veld].choices = mogelijk  # type: ignore[attr-defined]
