"""Forms of the room deelnemers. Rules live in services and constraints; forms ask and explain."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from deelnemers.beloftekeuzes import Belofteafloop
from deelnemers.keuzes import (
    Belemmeringstatus,
    Ernst,
    Kanaal,
    Partij,
    Tredewaarde,
)
from kern import bsn as bsn_
from kern import klok
from kern.formulier import Bedrag, Datum, Formulier, Keuzes, VersieFormulier, Vrijeregel, Vrijetekst
from organisatie.models import Ketenpartner, Medewerker
from organisatie.querysets import partnerlijst

LEEG = [("", "Kies")]


GEVOELIG = "Gevoelige informatie (gezondheid, schulden, strafrecht): alleen zichtbaar met het recht"


class NotitieForm(Formulier):
    """A note in one key; field names are those of the note box."""

    tekst = forms.CharField(label="Notitie", widget=Vrijetekst(4))
    soort = forms.ChoiceField(label="Soort", choices=[("", "Vanzelf"), *Kanaal.choices], required=False)
    terug_op = forms.DateField(label="Kom hierop terug", required=False, widget=Datum())

    wanneer = forms.DateField(label="Wanneer was het?", required=False, widget=Datum())
    gelukt = forms.ChoiceField(
        label="Contact", required=False, choices=[("", "Vanzelf"), ("ja", "Gelukt"), ("nee", "Niet gelukt")]
    )
    gevoelig = forms.BooleanField(
        label=GEVOELIG,
        required=False,
    )

    def clean_wanneer(self) -> Any:
        dag = self.cleaned_data["wanneer"]
        if dag and dag > klok.vandaag():
            raise forms.ValidationError("Kies vandaag of een eerdere dag. Voor later maak je een afspraak.")
        return dag

    def clean_terug_op(self) -> Any:
        datum = self.cleaned_data["terug_op"]
        if datum and datum < klok.vandaag():
            raise forms.ValidationError("Kies vandaag of een latere dag om hierop terug te komen.")
        return datum


class NotitieVerbeterenForm(VersieFormulier):
    """The right text in place of the wrong one, and where it shows."""

    inhoud = forms.CharField(label="Hoe is het wel?", widget=Vrijetekst(5))
    bron = forms.CharField(
        label="Waaruit blijkt dit?", max_length=150, help_text="Bijvoorbeeld: de deelnemer belde, of een brief."
    )
    bijzonder = forms.BooleanField(label=GEVOELIG, required=False)


class NotitieIntrekkenForm(VersieFormulier):
    reden = forms.CharField(
        label="Waarom trek je deze notitie in?",
        max_length=300,
        widget=Vrijeregel(),
        help_text="Bijvoorbeeld: gaat over iemand anders. De reden staat in de tijdlijn.",
    )


class ToezeggingForm(Formulier):
    partij = forms.ChoiceField(label="Wie doet dit?", choices=Partij.choices, widget=Keuzes())
    wat = forms.CharField(label="Wat spreken jullie af?", max_length=300)
    voor = forms.DateField(label="Voor wanneer?", required=False, widget=Datum())
    voor_huishouden = forms.BooleanField(
        label="Dit hoort bij het plan van het huishouden",
        required=False,
        help_text="De regievoerders van de anderen in het huishouden zien deze afspraak dan ook.",
    )


class BelofteForm(VersieFormulier):
    """Change a promise, or say how it ended."""

    wat = forms.CharField(label="Wat is er afgesproken?", max_length=300)
    voor = forms.DateField(label="Voor wanneer?", required=False, widget=Datum())
    afloop = forms.ChoiceField(label="Hoe staat het ermee?", choices=Belofteafloop.choices, widget=Keuzes())
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=300,
        widget=Vrijeregel(),
        required=False,
        help_text="De deelnemer kan dit lezen.",
    )
    voor_huishouden = forms.BooleanField(label="Dit hoort bij het plan van het huishouden", required=False)

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        niet = velden.get("afloop") in {Belofteafloop.NIET_GEDAAN, Belofteafloop.VERVALLEN}
        if niet and not velden.get("toelichting"):
            self.add_error("toelichting", "Schrijf op waarom het niet is gedaan of niet meer hoeft.")
        return velden


class TredeForm(VersieFormulier):
    waarde = forms.TypedChoiceField(label="Trede", choices=Tredewaarde.choices, coerce=int, widget=Keuzes())
    vanaf = forms.DateField(label="Vanaf", widget=Datum())
    reden = forms.CharField(
        label="Waarom?", max_length=300, widget=Vrijeregel(), help_text="De deelnemer kan dit lezen."
    )


class BelemmeringForm(VersieFormulier):
    soort = forms.ChoiceField(label="Wat staat er in de weg?")
    ernst = forms.ChoiceField(label="Hoe zwaar weegt het?", choices=Ernst.choices, initial=Ernst.MIDDEN)
    status = forms.ChoiceField(label="Stand", choices=Belemmeringstatus.choices, initial=Belemmeringstatus.OPEN)
    eigenaar_wij = forms.TypedChoiceField(
        label="Wie lost dit op?",
        choices=[("ja", "Wij"), ("nee", "Een partner")],
        coerce=lambda waarde: waarde == "ja",
        initial="ja",
        widget=Keuzes(),
    )
    partner = forms.ModelChoiceField(
        label="Welke partner?", queryset=Ketenpartner.objects.none(), required=False, empty_label="Kies"
    )
    begindatum = forms.DateField(label="Sinds wanneer?", widget=Datum())
    toelichting = forms.CharField(
        label="Toelichting",
        max_length=300,
        widget=Vrijeregel(),
        required=False,
        help_text="De deelnemer kan dit lezen.",
    )
    actie = forms.CharField(label="Volgende stap", max_length=200, required=False)
    actie_voor = forms.DateField(label="Voor wanneer?", required=False, widget=Datum())
    blokkerend = forms.BooleanField(
        label="Dit houdt een onderdeel tegen",
        required=False,
        help_text="Kies in het plan, bij dat onderdeel, dat het hierop wacht.",
    )

    def __init__(self, *args: Any, soorten: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["soort"].choices = [*LEEG, *soorten]  # type: ignore[attr-defined]
        gekozen = Ketenpartner.objects.filter(pk=self.initial.get("partner") or 0)
        self.fields["partner"].queryset = partnerlijst() | gekozen  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        if velden.get("eigenaar_wij"):
            velden["partner"] = None
        elif velden.get("eigenaar_wij") is False and not velden.get("partner"):
            self.add_error("partner", "Kies wie dit oplost.")
        begin = velden.get("begindatum")
        if begin and begin > klok.vandaag():
            self.add_error("begindatum", "Deze datum ligt in de toekomst.")
        return velden


class NooitTerug(forms.PasswordInput):
    """A text box of which the page never shows again what was typed."""

    input_type = "text"


class NummerForm(Formulier):
    """A BSN or a dossier number; with a fault the box is empty, so that the number stays nowhere."""

    nummer = forms.CharField(
        label="BSN of dossiernummer",
        max_length=20,
        help_text="Negen cijfers, of een dossiernummer zoals 2026-00012. Het nummer komt niet in het adres.",
        widget=NooitTerug(attrs={"autocomplete": "off"}),
    )

    def clean_nummer(self) -> tuple[str, str]:
        """The BSN and the dossier number, of which one is empty."""
        tekst = self.cleaned_data["nummer"].strip()
        if re.fullmatch(r"\d{4}-\d{5,}", tekst):
            return "", tekst
        return bsn_.controleer(re.sub(r"[ .-]", "", tekst)), ""


class DoorbreekForm(Formulier):
    reden = forms.CharField(
        label="Waarom heb je dit dossier nodig?",
        widget=Vrijetekst(3),
        min_length=10,
        max_length=300,
        help_text="Je teammanager leest deze reden. De deelnemer kan hem ook opvragen.",
        error_messages={"min_length": "Schrijf in minstens tien tekens waarom je dit dossier nodig hebt."},
    )


def _bedrag(label: str, hulp: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        help_text=hulp,
        required=False,
        min_value=0,
        max_digits=8,
        decimal_places=2,
        localize=True,
        widget=Bedrag,
        error_messages={"invalid": "Vul een bedrag in, bijvoorbeeld 1.234,56."},
    )


class AntwoordForm(Formulier):
    """The answer of income to a notice."""

    besluit = forms.ChoiceField(
        label="Wat gebeurt er met de uitkering?",
        choices=[("beeindigd", "De uitkering is beëindigd"), ("loopt_door", "De uitkering loopt door")],
        widget=Keuzes(
            hulp={
                "beeindigd": "Vul de laatste dag en de reden in. Daarna telt de uitkomst mee.",
                "loopt_door": "Bijvoorbeeld bij deeltijdwerk met een aanvulling.",
            }
        ),
    )
    laatste_dag = forms.DateField(label="Laatste dag met uitkering", required=False, widget=Datum())
    reden_einde = forms.ChoiceField(label="Reden van einde (BUS-code)", required=False)
    normbedrag = _bedrag("Norm per maand", "Alleen als je haar wilt doorgeven.")
    inkomsten = _bedrag("Inkomsten naast de uitkering per maand", "Bijvoorbeeld bij deeltijdwerk.")
    toelichting = forms.CharField(label="Toelichting", required=False, widget=Vrijetekst(2))

    def __init__(self, *args: Any, redenen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reden_einde"].choices = [*LEEG, *redenen]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if schoon.get("besluit") == "beeindigd":
            if not schoon.get("laatste_dag") and "laatste_dag" not in self.errors:
                self.add_error("laatste_dag", "Vul de laatste dag met uitkering in, bijvoorbeeld 31-10-2026.")
            if not schoon.get("reden_einde"):
                self.add_error("reden_einde", "Kies de reden waarom de uitkering eindigt.")
        return schoon


class AntwoordbestandForm(Formulier):
    bestand = forms.FileField(
        label="Bestand met antwoorden (CSV)",
        help_text="Kolommen: melding;besluit;laatste_dag;reden_einde;toelichting, en als je wilt norm;inkomsten. "
        "Datum als jjjj-mm-dd.",
    )


class KoppelForm(Formulier):
    """Which notice an answer is about."""

    melding = forms.ChoiceField(
        label="Bij welke melding hoort dit antwoord?", widget=Keuzes, error_messages={"required": "Kies een melding."}
    )

    def __init__(self, keuzes: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["melding"].choices = keuzes  # type: ignore[attr-defined]


class ZoekmeldingForm(Formulier):
    """Look for the notice by its number or by the dossier."""

    zoek = forms.CharField(label="Nummer van de melding of van het dossier", max_length=20, required=False)


class AfwijsForm(Formulier):
    """Nothing is done with an answer."""

    reden = forms.CharField(
        label="Waarom doen we niets met dit antwoord?",
        max_length=500,
        help_text="De afzender leest dit.",
        widget=Vrijetekst(2),
        error_messages={"required": "Leg uit waarom. De afzender leest dit."},
    )


class RegieForm(VersieFormulier):
    medewerker = forms.ModelChoiceField(
        label="Regievoerder", queryset=Medewerker.alle_gemeenten.none(), empty_label="Kies"
    )
    vanaf = forms.DateField(label="Vanaf", widget=Datum())
    reden = forms.CharField(label="Waarom?", max_length=200, required=False)

    def __init__(self, *args: Any, medewerkers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["medewerker"].queryset = medewerkers  # type: ignore[attr-defined]
