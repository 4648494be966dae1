"""Forms about the person: registration, contact data, household, benefit, safety, target group."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.keuzes import Geslacht, Leefvorm, Regeling
from deelnemers.services.gegevens import ADRES
from deelnemers.services.inschrijven import Persoonsgegevens
from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, VersieFormulier

_POSTCODE = "Een postcode is vier cijfers en twee letters, bijvoorbeeld 1102 AB."


class PostcodeField(forms.CharField):
    """Takes 1102ab and 1102 AB."""

    def clean(self, value: Any) -> str:
        return "".join(super().clean(value).split()).upper()


class PersoonForm(Formulier):
    """A person who comes in by hand."""

    bsn = forms.CharField(
        label="Burgerservicenummer",
        required=False,
        max_length=11,
        help_text="Negen cijfers. Laat leeg als je het niet hebt gezien.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    roepnaam = forms.CharField(label="Voornaam", max_length=60)
    voorvoegsel = forms.CharField(label="Tussenvoegsel", max_length=20, required=False)
    geslachtsnaam = forms.CharField(label="Achternaam", max_length=120)
    geboortedatum = forms.DateField(label="Geboortedatum", widget=Datum())
    geslacht = forms.ChoiceField(label="Geslacht", choices=Geslacht.choices, initial=Geslacht.ANDERS)
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    postcode = PostcodeField(label="Postcode", max_length=7, required=False)
    toch_nieuw = forms.BooleanField(label="Dit is iemand anders, open een nieuw dossier", required=False)

    def clean_geboortedatum(self) -> Any:
        datum = self.cleaned_data["geboortedatum"]
        if datum > klok.vandaag():
            raise forms.ValidationError("De geboortedatum ligt in de toekomst.")
        return datum

    def persoon(self) -> Persoonsgegevens:
        """The valid form as the service wants it."""
        velden = {n: w for n, w in self.cleaned_data.items() if n not in {"bsn", "toch_nieuw"}}
        return Persoonsgegevens(**velden)


class GegevensForm(VersieFormulier):
    """Contact data and address."""

    roepnaam = forms.CharField(label="Roepnaam", max_length=60, required=False)
    voornamen = forms.CharField(label="Voornamen", max_length=150, required=False)
    voorvoegsel = forms.CharField(label="Tussenvoegsel", max_length=20, required=False)
    geslachtsnaam = forms.CharField(label="Achternaam", max_length=120)
    partnernaam = forms.CharField(label="Naam van de partner", max_length=120, required=False)
    telefoon = forms.CharField(label="Telefoon", max_length=20, required=False)
    email = forms.EmailField(label="E-mailadres", required=False)
    bereikbaar = forms.CharField(label="Wanneer bereikbaar", max_length=100, required=False)
    straat = forms.CharField(label="Straat", max_length=100, required=False)
    huisnummer = forms.CharField(label="Huisnummer", max_length=12, required=False)
    postcode = PostcodeField(label="Postcode", max_length=7, required=False)
    woonplaats = forms.CharField(label="Woonplaats", max_length=80, required=False)
    adres_geheim = forms.BooleanField(label="Het adres is geheim", required=False)
    tolk_taal = forms.CharField(label="Tolk nodig voor", max_length=40, required=False)

    def __init__(self, *args: Any, adres: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not adres:
            for naam in ADRES:
                del self.fields[naam]


class HuishoudenForm(Formulier):
    leefvorm = forms.ChoiceField(label="Met wie woont deze persoon?", choices=Leefvorm.choices, widget=Keuzes())
    kinderen = forms.IntegerField(label="Kinderen thuis", min_value=0, max_value=20, widget=Hoeveelheid())
    partner = forms.CharField(
        label="Dossiernummer van de partner",
        required=False,
        max_length=12,
        help_text="Alleen als de partner ook een dossier heeft.",
    )
    begindatum = forms.DateField(label="Vanaf", widget=Datum())


class UitkeringForm(Formulier):
    regeling = forms.ChoiceField(label="Welke uitkering?", choices=[*LEEG, *Regeling.choices])
    begindatum = forms.DateField(label="Vanaf", widget=Datum())


class VeiligheidForm(Formulier):
    gedrag = forms.CharField(
        label="Wat is er gezien?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Schrijf op wat iemand deed, niet waarvan hij wordt verdacht.",
    )
    maatregel = forms.CharField(label="Wat doen we?", max_length=300, help_text="Bijvoorbeeld: met twee collega’s.")
    bron = forms.CharField(label="Wie zag dit?", max_length=150)
    geldig_tot = forms.DateField(label="Geldig tot", widget=Datum(), help_text="Hoogstens een jaar.")


class DoelgroepForm(Formulier):
    doelgroep = forms.ChoiceField(label="Doelgroep")

    def __init__(self, *args: Any, groepen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doelgroep"].choices = [*LEEG, *groepen]  # type: ignore[attr-defined]
