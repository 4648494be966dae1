"""Forms about what the law sets anew: the minimum wage of a half year, and the length of a term."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from kern import klok
from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid
from regelgeving import opzoeken, querysets
from regelgeving.keuzes import Tijdseenheid
from regelgeving.rekenen.minimumloon import halfjaar_na, jeugdpercentage
from regelgeving.services.wetswaarden import LEEFTIJDEN, VOLWASSEN

_BRON = "Bijvoorbeeld het nummer van de Staatscourant of het raadsbesluit."


def _bedrag(label: str, hulp: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label, help_text=hulp, max_digits=8, decimal_places=2, localize=True, widget=Bedrag, min_value=0
    )


class _Voorstel(Formulier):
    def inhoud(self) -> dict[str, str]:
        """The proposal as JSON: dates in ISO form, numbers with a point."""
        return {
            naam: waarde.isoformat() if isinstance(waarde, dt.date) else str(waarde)
            for naam, waarde in self.cleaned_data.items()
        }


class MinimumloonVoorstel(_Voorstel):
    """The minimum wage of a half year, per hour, for every age; the reference month is for subsidies and benefits."""

    geldig_van = forms.DateField(label="Geldig vanaf", widget=Datum(), help_text="1 januari of 1 juli.")
    uur_21 = _bedrag(f"Per uur, {VOLWASSEN} jaar en ouder")
    referentiemaand = _bedrag(
        "Referentiemaand", "Het bedrag per maand bij 36 uur per week. Het staat in dezelfde publicatie."
    )
    bron = forms.CharField(label="Bron", max_length=250, help_text=_BRON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        dag = volgend_halfjaar()
        self.fields["geldig_van"].initial = dag
        for leeftijd in LEEFTIJDEN:
            self.fields[f"percentage_{leeftijd}"] = forms.DecimalField(
                label=f"Deel voor {leeftijd} jaar",
                max_digits=4,
                decimal_places=1,
                max_value=100,
                min_value=0,
                localize=True,
                widget=Hoeveelheid("%"),
                initial=jeugdpercentage(dag, leeftijd),
            )
            self.fields[f"uur_{leeftijd}"] = _bedrag(f"Per uur, {leeftijd} jaar")
        self.order_fields([naam for naam in self.fields if naam != "bron"] + ["bron"])


class TermijnVoorstel(_Voorstel):
    """An own term of this gemeente."""

    sleutel = forms.ChoiceField(label="Welke termijn", choices=())
    aantal = forms.IntegerField(label="Duur", min_value=1, max_value=999, widget=Hoeveelheid())
    eenheid = forms.ChoiceField(label="Eenheid", choices=Tijdseenheid)
    geldig_van = forms.DateField(label="Geldig vanaf", widget=Datum())
    bron = forms.CharField(label="Bron", max_length=250, help_text=_BRON)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        vandaag = klok.vandaag()
        self.fields["geldig_van"].initial = vandaag
        rijen = querysets.termijnen_op(vandaag).filter(aantal__isnull=False)
        namen = {rij.sleutel: f"{rij.onderwerp} (nu {rij.aantal} {rij.eenheid})" for rij in rijen}
        keuzes = sorted(namen.items(), key=lambda paar: paar[1])
        self.fields["sleutel"].choices = [("", "Kies een termijn"), *keuzes]  # type: ignore[attr-defined]


def volgend_halfjaar() -> dt.date:
    """The first half year after the last one with a minimum wage."""
    laatste = max((rij.geldig_van for rij in opzoeken.minimumlonen()), default=klok.vandaag())
    return halfjaar_na(laatste)
