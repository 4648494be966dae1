"""Forms about being reachable and about people who need more care."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.kwetsbaar import Minderjarigengrond, Ontvanger, Vertegenwoordigersoort
from deelnemers.models import Vertegenwoordiger
from deelnemers.overdrachtforms import Collegaveld
from deelnemers.privacyforms import zoek_op_nummer
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, VersieFormulier, Vrijetekst
from kern.zoekvraag import noemt_bsn
from organisatie.querysets import collegas


class TerugbelForm(Formulier):
    """Somebody phoned: who, on which number, about whom or for whom. In a dossier the person is known already."""

    beller = forms.CharField(label="Wie belde er?", max_length=120)
    telefoon = forms.CharField(label="Op welk nummer bellen we terug?", max_length=20)
    onderwerp = forms.CharField(
        label="Waarover gaat het?",
        max_length=200,
        required=False,
        help_text="Kort. Schrijf hier niets op over gezondheid, schulden of politie.",
    )
    bereikbaar = forms.CharField(label="Wanneer is de beller bereikbaar?", max_length=100, required=False)
    dossiernummer = forms.CharField(label="Dossiernummer", max_length=12, required=False)
    achternaam = forms.CharField(label="Of: achternaam van de deelnemer", max_length=120, required=False)
    geboortedatum = forms.DateField(label="En de geboortedatum", required=False, widget=Datum())
    voor = Collegaveld(label="Of: voor welke collega?", required=False)

    def __init__(self, *args: Any, dossier: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if dossier:
            for naam in ("dossiernummer", "achternaam", "geboortedatum", "voor"):
                del self.fields[naam]
        else:
            self.fields["voor"].queryset = collegas()  # type: ignore[attr-defined]

    def clean_dossiernummer(self) -> str:
        """Kept as it was said when we find nobody, so never a BSN."""
        nummer = self.cleaned_data["dossiernummer"].strip()
        if noemt_bsn(nummer):
            raise forms.ValidationError("Vul hier geen BSN in. Vraag de achternaam en de geboortedatum.")
        return nummer

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        if "voor" in self.fields:
            persoon = schoon.get("dossiernummer") or (schoon.get("achternaam") and schoon.get("geboortedatum"))
            if not persoon and not schoon.get("voor") and not self.errors:
                self.add_error("dossiernummer", "Vul in over wie het gaat, of kies voor welke collega het is.")
        return schoon


class GebeldForm(Formulier):
    """What came of calling back."""

    notitie = forms.CharField(
        label="Wat is er besproken?",
        required=False,
        widget=Vrijetekst(3),
        help_text="Dit komt als contact in het dossier.",
    )


class VervalForm(Formulier):
    reden = forms.CharField(label="Waarom hoeft het niet meer?", max_length=200)


class VertegenwoordigerForm(VersieFormulier):
    """Who acts for the person, from when to when, and what goes to whom."""

    soort = forms.ChoiceField(label="Wat is deze persoon?", choices=[*LEEG, *Vertegenwoordigersoort.choices])
    naam = forms.CharField(label="Naam", max_length=150)
    organisatie = forms.CharField(label="Kantoor of organisatie", max_length=120, required=False)
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    email = forms.EmailField(label="E-mailadres", required=False)
    postadres = forms.CharField(label="Straat en nummer, of postbus", max_length=120, required=False)
    postcode = forms.CharField(label="Postcode", max_length=7, required=False)
    woonplaats = forms.CharField(label="Plaats", max_length=80, required=False)
    begindatum = forms.DateField(label="Vanaf", widget=Datum())
    einddatum = forms.DateField(label="Tot en met", required=False, widget=Datum(), help_text="Leeg als het doorloopt.")
    brieven = forms.ChoiceField(label="Naar wie gaan brieven?", choices=Ontvanger.choices, widget=Keuzes())
    uitnodigingen = forms.ChoiceField(
        label="Naar wie gaan uitnodigingen voor een gesprek?", choices=Ontvanger.choices, widget=Keuzes()
    )
    gezien_in = forms.CharField(
        label="Waaruit blijkt dit?",
        max_length=150,
        required=False,
        help_text="Bijvoorbeeld: een beschikking.",
    )

    def clean_postcode(self) -> str:
        return self.cleaned_data["postcode"].replace(" ", "").upper()


class VoorinschrijvingForm(VersieFormulier):
    """On what ground we know a minor, and which parent or guardian was told."""

    grondslag = forms.ChoiceField(
        label="Op welke grond kennen we deze persoon al?", choices=Minderjarigengrond.choices, widget=Keuzes()
    )
    toelichting = forms.CharField(
        label="Waarom zijn deze gegevens nu al nodig?",
        max_length=300,
        min_length=10,
        widget=Vrijetekst(3),
        error_messages={"min_length": "Schrijf in minstens tien tekens waarom we deze gegevens al nodig hebben."},
    )
    ouder = forms.ModelChoiceField(
        Vertegenwoordiger.alle_gemeenten.none(),
        label="Welke ouder of voogd weet dit?",
        required=False,
        empty_label="Nog niemand",
    )
    ouder_ingelicht_op = forms.DateField(label="Sinds wanneer?", required=False, widget=Datum())

    def __init__(self, *args: Any, ouders: list[Vertegenwoordiger], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ouder"].queryset = Vertegenwoordiger.objects.filter(pk__in=[o.pk for o in ouders])  # type: ignore[attr-defined]


class OverlijdenHerstellenForm(Formulier):
    """Which dossier, and once it is found why its death is a mistake."""

    dossiernummer = forms.CharField(label="Nummer van het dossier", max_length=12, help_text="Bijvoorbeeld 2026-00012.")
    reden = forms.CharField(
        label="Waarom klopt het overlijden niet?",
        help_text="Je uitleg blijft in de historie staan.",
        required=False,
        max_length=300,
        widget=Vrijetekst(3),
    )

    def clean_dossiernummer(self) -> Any:
        return zoek_op_nummer(self.cleaned_data["dossiernummer"])


class OverlijdenForm(Formulier):
    overleden_op = forms.DateField(label="Op welke dag is deze persoon overleden?", widget=Datum())
    bron = forms.CharField(
        label="Hoe weten we dit?", max_length=150, help_text="Bijvoorbeeld: bericht uit de BRP, of gebeld door familie."
    )
    zeker = forms.BooleanField(
        label="Ik weet zeker dat dit klopt",
        error_messages={"required": "Vink aan dat je het zeker weet. Dit zet alles in het dossier stil."},
    )

    def clean_overleden_op(self) -> Any:
        dag = self.cleaned_data["overleden_op"]
        if dag > klok.vandaag():
            raise forms.ValidationError("Deze dag moet nog komen.")
        return dag
