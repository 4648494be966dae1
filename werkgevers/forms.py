"""Forms of the room werkgevers. Rules live in services and constraints; forms ask and explain."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import DecimalField, URLField

from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid, Keuzes, Meerkeuze, Vrijetekst
from regelgeving.querysets import zoek_beroepen
from werkgevers.keuzes import (
    Rijbewijs,
    Sector,
    Vacaturesoort,
    Werkgeverslabel,
    rijbewijscodes,
    rijbewijsmasker,
)
from werkgevers.models import (
    Contactpersoon,
    Relatiecontact,
    Vacature,
    Vestiging,
    Werkgever,
    Werkgeversafspraak,
)
from werkgevers.nummers import kale_iban


def _veld(veld: Any, **kwargs: Any) -> forms.Field:
    """A choice of rows starts empty: which rows there are is only known inside the gemeente of a request."""
    if isinstance(veld, DecimalField):
        kwargs["localize"] = True  # 15,40 as people write it
    if isinstance(veld, URLField):
        kwargs["assume_scheme"] = "https"
    if veld.remote_field is None:
        return veld.formfield(**kwargs)
    kwargs = {"label": veld.verbose_name, "required": not veld.blank, "help_text": veld.help_text, **kwargs}
    return forms.ModelChoiceField(queryset=veld.remote_field.model.alle_gemeenten.none(), **kwargs)


class Modelformulier(forms.ModelForm):
    """A form over the fields of one row; `gegevens` is what the service takes."""

    use_required_attribute = False
    versie = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and hasattr(self.instance, "versie"):
            self.fields["versie"].initial = self.instance.versie

    @property
    def gegevens(self) -> dict[str, Any]:
        return {naam: waarde for naam, waarde in self.cleaned_data.items() if naam != "versie"}


class WerkgeverFilter(Formulier):
    zoek = forms.CharField(label="Naam", required=False, max_length=60)
    sector = forms.ChoiceField(label="Sector", required=False, choices=[("", "Alle sectoren"), *Sector.choices])
    label = forms.ChoiceField(label="Geschikt voor", required=False, choices=[("", "Alles"), *Werkgeverslabel.choices])
    met_plek = forms.BooleanField(label="Heeft open plekken", required=False)
    van_mij = forms.BooleanField(label="Mijn werkgevers", required=False)


class WerkgeverForm(Modelformulier):
    class Meta:
        formfield_callback = _veld
        model = Werkgever
        fields = (
            "naam",
            "kvk_nummer",
            "sector",
            "grootte",
            "telefoon",
            "email",
            "website",
            "leadbron",
            "labels",
            "eigen_organisatie",
            "loonheffingennummer",
            "iban",
            "opmerking",
        )
        help_texts = {
            "loonheffingennummer": "Nodig voor subsidie. Bijvoorbeeld 001234564L01.",
            "iban": "Nodig voor subsidie.",
            "eigen_organisatie": "Wie hier in dienst is, krijgt loon van de gemeente. Dat geven we door aan salaris.",
            "leadbron": "Zo zien we waar nieuwe contacten vandaan komen.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            # Another number needs a second person and a call: it has a page of its own.
            del self.fields["iban"]

    def clean_iban(self) -> str:
        return kale_iban(self.cleaned_data["iban"])

    labels = forms.MultipleChoiceField(
        label="Geschikt voor",
        required=False,
        choices=Werkgeverslabel.choices,
        widget=Meerkeuze,
        help_text="Wat kan deze werkgever bieden aan mensen met een beperking?",
    )


class VestigingForm(Modelformulier):
    class Meta:
        formfield_callback = _veld
        model = Vestiging
        fields = ("naam", "straat", "huisnummer", "postcode", "plaats", "buiten_regio")

    postcode = forms.CharField(label="Postcode", max_length=7, help_text="Hiermee schatten we de reistijd.")

    def clean_postcode(self) -> str:
        return self.cleaned_data["postcode"].replace(" ", "").upper()


class ContactpersoonForm(Modelformulier):
    class Meta:
        formfield_callback = _veld
        model = Contactpersoon
        fields = ("naam", "functie", "email", "telefoon", "vestiging")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["vestiging"].queryset = self.instance.werkgever.vestigingen.order_by("naam", "id")


class RelatiecontactForm(Modelformulier):
    versie = None  # type: ignore[assignment]

    class Meta:
        formfield_callback = _veld
        model = Relatiecontact
        fields = ("kanaal", "onderwerp", "notitie", "contactpersoon", "terugkomen_op")
        widgets = {"terugkomen_op": Datum(), "notitie": Vrijetekst(3)}
        help_texts = {"notitie": "Schrijf niet over de uitkering van iemand: de werkgever hoeft dat niet te weten."}

    def __init__(self, *args: Any, werkgever: Werkgever, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)
        self.fields["contactpersoon"].queryset = werkgever.contactpersonen.filter(actief=True).order_by("naam", "id")


class AfspraakForm(Modelformulier):
    versie = None  # type: ignore[assignment]
    van_ons = forms.TypedChoiceField(
        label="Wie doet dit?",
        choices=[("ja", "Wij"), ("nee", "De werkgever")],
        coerce=lambda w: w == "ja",
        widget=Keuzes(),
    )

    class Meta:
        formfield_callback = _veld
        model = Werkgeversafspraak
        fields = ("van_ons", "wat", "voor")
        widgets = {"voor": Datum()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.ModelForm.__init__(self, *args, **kwargs)
        self.initial["van_ons"] = "ja" if self.instance.van_ons else "nee"


class VacatureFilter(Formulier):
    zoek = forms.CharField(label="Functie of werkgever", required=False, max_length=60)
    soort = forms.ChoiceField(label="Soort", required=False, choices=[("", "Alle soorten"), *Vacaturesoort.choices])
    sector = forms.ChoiceField(label="Sector", required=False, choices=[("", "Alle sectoren"), *Sector.choices])
    status = forms.ChoiceField(
        label="Status",
        required=False,
        choices=[
            ("", "Open"),
            ("concept", "Concept"),
            ("aangehouden", "Aangehouden"),
            ("bezet", "Bezet"),
            ("vervuld", "Vervuld"),
            ("vervallen", "Vervallen"),
        ],
    )
    deeltijd = forms.BooleanField(label="Kan in deeltijd (32 uur of minder)", required=False)
    van_mij = forms.BooleanField(label="Mijn vacatures", required=False)


VACATUREDELEN = (
    ("Wat voor werk", ("soort", "titel", "beroep", "sector", "vestiging", "contactpersoon", "omschrijving", "plekken")),
    ("Uren en loon", ("uren_min", "uren_max", "uren_toelichting", "bruto_uurloon", "loon_toelichting", "contractvorm",
                      "contract_maanden", "startdatum")),
    ("Wat iemand moet kunnen", ("taalniveau", "opleiding", "rijbewijzen", "avond", "weekend", "tillen_kg", "vog")),
    ("Zo wegen we de kandidaten", ("gewicht_vak", "gewicht_uren", "gewicht_reizen", "gewicht_wens")),
)  # fmt: skip


class VacatureForm(Modelformulier):
    """What the employer asks. There is no default of 36 hours: hours are a range that somebody fills in
    (R134).
    """

    beroep = forms.CharField(
        label="Beroep",
        required=False,
        max_length=120,
        help_text=("Typ een beroep. We kiezen de naam die er het meest op lijkt uit de Europese beroepenlijst."),
    )
    rijbewijzen = forms.TypedMultipleChoiceField(
        label="Rijbewijzen die nodig zijn",
        required=False,
        choices=[(r.name, r.label) for r in Rijbewijs],
        widget=Meerkeuze,
    )

    class Meta:
        formfield_callback = _veld
        model = Vacature
        fields = (
            "soort",
            "titel",
            "beroep",
            "sector",
            "vestiging",
            "contactpersoon",
            "uren_min",
            "uren_max",
            "uren_toelichting",
            "bruto_uurloon",
            "loon_toelichting",
            "contractvorm",
            "contract_maanden",
            "startdatum",
            "plekken",
            "taalniveau",
            "opleiding",
            "rijbewijzen",
            "avond",
            "weekend",
            "tillen_kg",
            "vog",
            "omschrijving",
            "gewicht_vak",
            "gewicht_uren",
            "gewicht_reizen",
            "gewicht_wens",
        )
        widgets = {
            "uren_min": Hoeveelheid("uur"),
            "uren_max": Hoeveelheid("uur"),
            "bruto_uurloon": Bedrag(),
            "startdatum": Datum(),
            "contract_maanden": Hoeveelheid("maanden"),
            "tillen_kg": Hoeveelheid("kilo"),
            "plekken": Hoeveelheid(""),
            "gewicht_vak": Hoeveelheid("punten"),
            "gewicht_uren": Hoeveelheid("punten"),
            "gewicht_reizen": Hoeveelheid("punten"),
            "gewicht_wens": Hoeveelheid("punten"),
        }
        help_texts = {
            "uren_max": "Vraag of het met minder uren ook kan: dan passen er meer mensen.",
            "bruto_uurloon": "Leeg bij een trajectplek.",
        }

    def __init__(self, *args: Any, werkgever: Werkgever, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.werkgever = werkgever
        self.fields["vestiging"].queryset = werkgever.vestigingen.filter(actief=True).order_by("naam", "id")
        self.fields["contactpersoon"].queryset = werkgever.contactpersonen.filter(actief=True).order_by("naam", "id")
        if not self.instance.pk:
            for veld in ("vestiging", "contactpersoon"):
                self._kies_de_enige(veld)
        self.initial["beroep"] = self.instance.beroep_naam
        self.initial["rijbewijzen"] = rijbewijscodes(self.instance.rijbewijzen)
        if self.instance.pk:
            del self.fields["soort"]

    @property
    def delen(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under their headings; no form of thirty fields in one column without a pause."""
        return [(kop, [self[naam] for naam in namen if naam in self.fields]) for kop, namen in VACATUREDELEN]

    def _kies_de_enige(self, veld: str) -> None:
        """Where there is nothing to choose, the choice is made."""
        twee = list(self.fields[veld].queryset[:2])  # type: ignore[attr-defined]
        if len(twee) == 1:
            self.initial.setdefault(veld, twee[0].pk)

    def clean_rijbewijzen(self) -> int:
        return rijbewijsmasker(self.cleaned_data["rijbewijzen"])

    def clean_beroep(self) -> str:
        """The name in the list of occupations that looks most like what was typed."""
        tekst = self.cleaned_data["beroep"].strip()
        self._beroep_code = self.instance.beroep_code if tekst == self.instance.beroep_naam else ""
        if tekst and not self._beroep_code:
            gevonden = zoek_beroepen(tekst, 1)
            if not gevonden:
                raise ValidationError("Dit beroep staat niet in de lijst. Probeer een ander woord, of laat het leeg.")
            tekst, self._beroep_code = gevonden[0].label, gevonden[0].code
        return tekst

    @property
    def gegevens(self) -> dict[str, Any]:
        uit = super().gegevens
        return uit | {"beroep_naam": uit.pop("beroep"), "beroep_code": self._beroep_code}


class RedenForm(Formulier):
    reden = forms.CharField(label="Waarom?", max_length=200, widget=Vrijetekst(2))
