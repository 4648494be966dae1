"""Forms of the trajectory itself: start, goal, plan, end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms

from deelnemers.keuzes import Bewijssoort
from deelnemers.models import Bewijs, Deelnemer
from kern import klok
from kern.formulier import Bedrag, Hoeveelheid, Keuzes, Vrijetekst
from kern.weergave import hoofdletter
from trajecten.forms.basis import (
    VersieFormulier,
    datumveld,
)
from trajecten.keuzes import WACHT_OP_INKOMEN, Doel, Uitkomst
from trajecten.services.einde import BEWIJS_BIJ


class DoelForm(VersieFormulier):
    """The goal of a trajectory, in the words of the person."""

    doel = forms.ChoiceField(
        label="Wat is het doel?",
        choices=[(d.value, hoofdletter(d.label)) for d in Doel],
        widget=Keuzes(
            hulp={
                Doel.WERK_VOLTIJD: "Genoeg uren om geen uitkering meer nodig te hebben.",
                Doel.WERK_DEELTIJD: "Werken naast een deel van de uitkering.",
                Doel.SCHADEPREVENTIE: "Telt niet mee in de cijfers over uitstroom.",
            }
        ),
    )
    doeltekst = forms.CharField(
        label="Doel in eigen woorden",
        required=False,
        max_length=300,
        widget=Vrijetekst(2),
        help_text="Schrijf op wat de deelnemer zegt. Bijvoorbeeld: ik wil mijn eigen huur betalen.",
    )
    toekomstbeeld = forms.CharField(
        label="Hoe ziet het leven eruit als het doel is gehaald?",
        required=False,
        widget=Vrijetekst(2),
    )
    eerste_stap = forms.CharField(label="Eerste stap", required=False, max_length=300)
    verwacht_einde = datumveld("Verwacht einde", verplicht=False)


class TrajectForm(DoelForm):
    """Start a trajectory."""

    begindatum = datumveld("Begindatum")
    project = forms.CharField(
        label="Project van de stad",
        required=False,
        max_length=40,
        help_text="Alleen als de stad om dit traject vroeg.",
    )
    opdrachtgever = forms.CharField(label="Opdrachtgever", required=False, max_length=100)
    field_order = ["doel", "doeltekst", "eerste_stap", "toekomstbeeld", "begindatum", "verwacht_einde"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        begin, einde = schoon.get("begindatum"), schoon.get("verwacht_einde")
        if begin and einde and einde < begin:
            self.add_error("verwacht_einde", "Kies een datum na de begindatum.")
        return schoon


class PlanForm(VersieFormulier):
    """A new version of the plan."""

    tekst = forms.CharField(label="Wat hebben jullie afgesproken?", widget=Vrijetekst(8))
    doelen = forms.CharField(label="Doelen, één per regel", required=False, widget=Vrijetekst(3))
    evaluatie_op = datumveld("Samen bekijken op", hulp="Binnen een half jaar.")

    def doelenlijst(self) -> list[str]:
        return self.cleaned_data["doelen"].splitlines()


def _uitleg(uitkomst: Uitkomst) -> str:
    """Under each outcome: which evidence, and whether income must confirm."""
    bewijs = BEWIJS_BIJ.get(uitkomst)
    zinnen = []
    if uitkomst == Uitkomst.OVERLEDEN:
        return "Alles stopt meteen. Er gaan geen brieven, berichten of meldingen uit. Telt nergens mee."
    zinnen.append(f"Bewijs: {', '.join(str(b.label) for b in bewijs)}." if bewijs else "Schrijf op waaruit dit blijkt.")
    if uitkomst in WACHT_OP_INKOMEN:
        zinnen.append("Telt mee als inkomen het einde van de uitkering bevestigt.")
    if uitkomst == Uitkomst.NIET_VERSCHENEN:
        zinnen.append("Kan pas na een besluit van een mens, na drie keer niet verschijnen.")
    return " ".join(zinnen)


class EindeForm(VersieFormulier):
    """End a trajectory with one outcome and its evidence."""

    uitkomst = forms.ChoiceField(
        label="Wat is de uitkomst?",
        choices=[(u.value, hoofdletter(u.label)) for u in Uitkomst],
        widget=Keuzes(hulp={u.value: _uitleg(u) for u in Uitkomst}),
    )
    datum = datumveld("Laatste dag van het traject")
    werk_begonnen_op = datumveld("Eerste werkdag", verplicht=False, hulp="Alleen bij werk.")
    uren_per_week = forms.DecimalField(
        label="Uren per week",
        required=False,
        min_value=0,
        max_value=60,
        decimal_places=1,
        widget=Hoeveelheid("uur"),
    )
    bruto_uurloon = forms.DecimalField(
        label="Bruto per uur",
        required=False,
        min_value=0,
        max_value=999,
        decimal_places=2,
        widget=Bedrag(),
        help_text="Inkomen rekent hiermee. Je mag het leeg laten.",
    )
    bewijs = forms.ModelChoiceField(
        Bewijs.alle_gemeenten.none(),
        label="Bewijs uit het dossier",
        required=False,
        empty_label="Geen, ik voeg bewijs toe",
    )
    bewijs_soort = forms.ChoiceField(
        label="Soort bewijs",
        required=False,
        choices=[("", "Kies"), *[(b.value, b.label.capitalize()) for b in Bewijssoort]],
    )
    bewijs_omschrijving = forms.CharField(label="Wat staat erin?", required=False, max_length=200)
    bewijs_datum = datumveld("Datum van het bewijs", verplicht=False)
    na_handhaving = forms.BooleanField(label="Na een onderzoek van Handhaving", required=False)
    toelichting = forms.CharField(label="Toelichting", required=False, widget=Vrijetekst(3))

    def __init__(self, *args: Any, deelnemer: Deelnemer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bewijs"].queryset = Bewijs.objects.filter(deelnemer=deelnemer).order_by("-datum", "-id")
        if not self.fields["bewijs"].queryset:
            del self.fields["bewijs"]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if schoon.get("bewijs_soort") and not schoon.get("bewijs"):
            if not schoon.get("bewijs_omschrijving"):
                self.add_error("bewijs_omschrijving", "Schrijf kort op wat er in het bewijs staat.")
            schoon["bewijs_datum"] = schoon.get("bewijs_datum") or klok.vandaag()
        return schoon

    def nieuw_bewijs(self) -> tuple[str, str, dt.date] | None:
        """Kind, description and date of new evidence, when the person filled it in."""
        c = self.cleaned_data
        if c.get("bewijs") or not c.get("bewijs_soort"):
            return None
        return c["bewijs_soort"], c["bewijs_omschrijving"], c["bewijs_datum"]
