"""Forms about the person: registration, contact data, household, benefit, safety, target group."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.keuzes import Geslacht, Leefvorm, Regeling
from deelnemers.services.gegevens import ADRES
from deelnemers.services.geheimadres import VOOR_ALLEN
from deelnemers.services.inschrijven import Persoonsgegevens
from kern import bsn as bsn_
from kern import klok
from kern.formulier import Datum, Formulier, Hoeveelheid, Keuzes, VersieFormulier, Vrijeregel, Vrijetekst

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

    def clean_bsn(self) -> str:
        """The nine digits, also when they were typed with dots or spaces."""
        bsn = self.cleaned_data["bsn"]
        return bsn_.controleer(re.sub(r"[ .-]", "", bsn)) if bsn.strip() else ""

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
    adres_geheim = forms.BooleanField(
        label="Het adres is geheim", required=False, help_text="Dan ook voor de huisgenoten op dit adres."
    )
    adres_open_voor_allen = forms.BooleanField(
        label="Ook voor de huisgenoten is het adres niet meer geheim", required=False
    )
    tolk_taal = forms.CharField(label="Tolk nodig voor", max_length=40, required=False)

    def __init__(self, *args: Any, adres: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not adres:
            for naam in (*ADRES, VOOR_ALLEN):
                del self.fields[naam]

    def vraag_voor_allen(self) -> None:
        """The question about the housemates stands there only after the service asked it."""
        gevraagd = self.is_bound and (self.errors.get(VOOR_ALLEN) or self.data.get(VOOR_ALLEN))
        if not gevraagd:
            self.fields.pop(VOOR_ALLEN, None)


class HuishoudenForm(VersieFormulier):
    """Who lives together from a date; what is known already is filled in."""

    leefvorm = forms.ChoiceField(label="Met wie woont deze persoon?", choices=Leefvorm.choices, widget=Keuzes())
    kinderen = forms.IntegerField(label="Kinderen thuis", min_value=0, max_value=20, widget=Hoeveelheid())
    jongste_kind_geboren_op = forms.DateField(
        label="Geboortedatum van het jongste kind",
        required=False,
        widget=Datum(),
        help_text="Bepaalt hoeveel uren iemand hoeft te werken.",
    )
    kostendelers = forms.IntegerField(
        label="Kostendelers",
        min_value=1,
        max_value=20,
        widget=Hoeveelheid(),
        help_text="Volwassenen die de kosten delen, met de persoon zelf erbij.",
    )
    partner = forms.CharField(
        label="Dossiernummer van de partner",
        required=False,
        max_length=12,
        help_text="Alleen als de partner ook een dossier heeft.",
    )
    partner_geboren_op = forms.DateField(
        label="Geboortedatum van de partner",
        required=False,
        widget=Datum(),
        help_text="Alleen nodig als jij niet met de partner werkt. Zo weten we dat het om de goede persoon gaat.",
    )
    partner_weg = forms.BooleanField(label="De partner woont hier niet meer", required=False)
    begindatum = forms.DateField(label="Vanaf", widget=Datum())

    def __init__(self, *args: Any, bewoner: str = "", **kwargs: Any) -> None:
        """`bewoner` names the partner who lives here now; empty when there is none."""
        super().__init__(*args, **kwargs)
        if bewoner:
            self.fields["partner_weg"].label = f"{bewoner} woont hier niet meer"
            del self.fields["partner"], self.fields["partner_geboren_op"]
        else:
            del self.fields["partner_weg"]

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        jongste = velden.get("jongste_kind_geboren_op")
        if jongste and jongste > klok.vandaag():
            self.add_error("jongste_kind_geboren_op", "Deze datum ligt in de toekomst.")
        elif jongste and velden.get("kinderen") == 0:
            self.add_error("jongste_kind_geboren_op", "Er wonen geen kinderen thuis. Laat dit leeg.")
        return velden


class UitkeringForm(VersieFormulier):
    regeling = forms.ChoiceField(label="Welke uitkering?", choices=[*LEEG, *Regeling.choices])
    begindatum = forms.DateField(label="Vanaf", widget=Datum())


class VeiligheidForm(VersieFormulier):
    gedrag = forms.CharField(
        label="Wat is er gezien?",
        max_length=300,
        widget=Vrijetekst(3),
        help_text="Schrijf op wat iemand deed, niet waarvan hij wordt verdacht.",
    )
    maatregel = forms.CharField(
        label="Wat doen we?", max_length=300, widget=Vrijeregel(), help_text="Bijvoorbeeld: met twee collega’s."
    )
    bron = forms.CharField(label="Wie zag dit?", max_length=150)
    geldig_tot = forms.DateField(label="Geldig tot", widget=Datum(), help_text="Hoogstens een jaar.")


class DoelgroepEindeForm(Formulier):
    """Somebody does not belong to a target group any more, or never did."""

    einddatum = forms.DateField(label="Tot en met", required=False, widget=Datum())
    vergissing = forms.BooleanField(
        label="Dit was een vergissing", required=False, help_text="De doelgroep gaat dan helemaal weg."
    )

    def clean(self) -> dict[str, Any]:
        velden = super().clean() or self.cleaned_data
        if not velden.get("einddatum") and not velden.get("vergissing") and "einddatum" not in self.errors:
            self.add_error("einddatum", "Vul de laatste dag in, of kies dat het een vergissing was.")
        return velden


class DoelgroepForm(Formulier):
    doelgroep = forms.ChoiceField(label="Doelgroep")
    begindatum = forms.DateField(label="Vanaf", widget=Datum())

    def __init__(self, *args: Any, groepen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["doelgroep"].choices = [*LEEG, *groepen]  # type: ignore[attr-defined]
