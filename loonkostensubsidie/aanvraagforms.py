"""Forms of applications, decisions and links."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from deelnemers.documentforms import bestandveld
from deelnemers.services.documenten import Upload, lees_upload
from kern.formulier import Bedrag, Datum, Formulier, Hoeveelheid, Keuzes, VersieFormulier, Vrijetekst
from loonkostensubsidie.aanvraagkeuzes import Doelgroepbron, Route, Stuksoort, Uitkomst
from loonkostensubsidie.models import Aanvraag
from loonkostensubsidie.services.aanvraag import VELDEN, VERPLICHT
from werkgevers.keuzes import Werkvorm

_ROUTEHULP = {
    Route.FORFAIT: "De eerste zes maanden een vast bedrag. In die tijd wordt de loonwaarde gemeten.",
    Route.LOONWAARDE: "Een deskundige meet op het werk. Daarna volgt het besluit.",
    Route.PRAKTIJKROUTE: "Voor wie nog niet in het doelgroepregister staat.",
}
#: The form in parts, as it stands on the page.
DELEN = (
    ("Het werk", ("functie", "begindatum", "einddatum", "uren_per_week", "uren_voltijd", "cao", "bruto_uurloon")),
    ("De loonwaarde", ("proefplaats_vooraf", "route", "doelgroepbron")),
    ("Het bedrijf", ("kvk_nummer", "loonheffingennummer", "iban", "tenaamstelling")),
    ("Contact", ("contact_naam", "contact_email", "contact_telefoon", "opmerking", "ondertekend_door")),
)


def _uren(label: str, hulp: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=4,
        decimal_places=1,
        localize=True,
        required=False,
        widget=Hoeveelheid("uur"),
        help_text=hulp,
    )


class AanvraagForm(VersieFormulier):
    """The uniform form. Nothing is required while it is a draft; handing in asks for what is empty."""

    functie = forms.CharField(label="Functie", max_length=120, required=False)
    begindatum = forms.DateField(label="Eerste werkdag", widget=Datum, required=False)
    einddatum = forms.DateField(
        label="Contract tot en met", widget=Datum, required=False, help_text="Leeg: het contract heeft geen einde."
    )
    uren_per_week = _uren("Uren per week")
    uren_voltijd = _uren("Voltijdse werkweek in het bedrijf", "Meestal is het 36, 38 of 40 uur.")
    cao = forms.CharField(label="Cao", max_length=120, required=False, help_text="Leeg als er geen cao is.")
    bruto_uurloon = forms.DecimalField(
        label="Bruto loon per uur", max_digits=6, decimal_places=2, localize=True, required=False, widget=Bedrag
    )
    proefplaats_vooraf = forms.BooleanField(label="Er was eerst een proefplaats", required=False)
    route = forms.ChoiceField(
        label="Hoe wordt de loonwaarde bepaald",
        choices=Route,
        widget=Keuzes(hulp={str(code): zin for code, zin in _ROUTEHULP.items()}),
    )
    doelgroepbron = forms.ChoiceField(label="Hoort de werknemer bij de doelgroep", choices=Doelgroepbron, widget=Keuzes)
    kvk_nummer = forms.CharField(label="KvK-nummer", max_length=20, required=False, help_text="Acht cijfers.")
    loonheffingennummer = forms.CharField(
        label="Loonheffingennummer",
        max_length=20,
        required=False,
        help_text="Negen cijfers, de letter L en twee cijfers. Het staat op brieven van de Belastingdienst.",
    )
    iban = forms.CharField(label="Rekeningnummer (IBAN)", max_length=42, required=False)
    tenaamstelling = forms.CharField(label="Rekening op naam van", max_length=70, required=False)
    contact_naam = forms.CharField(label="Contactpersoon bij de werkgever", max_length=150, required=False)
    contact_email = forms.EmailField(label="E-mailadres", required=False)
    contact_telefoon = forms.CharField(label="Telefoonnummer", max_length=20, required=False)
    opmerking = forms.CharField(label="Opmerking", max_length=2000, required=False, widget=Vrijetekst(3))
    ondertekend_door = forms.CharField(
        label="Naam van wie ondertekent",
        max_length=150,
        required=False,
        help_text="Hiermee verklaart de werkgever dat alles klopt.",
    )

    def __init__(self, *args: Any, rij: Aanvraag, werkgever: bool = False, **kwargs: Any) -> None:
        eerst = {naam: getattr(rij, naam) for naam in VELDEN} | {"versie": rij.versie}
        kwargs["initial"] = eerst
        super().__init__(*args, **kwargs)
        if werkgever:
            del self.fields["doelgroepbron"]
        if not self.is_bound:
            self._toon_wat_nodig_is()

    def _toon_wat_nodig_is(self) -> None:
        """A draft may be empty; the page does not say so of a field that handing in asks for."""
        for naam in VERPLICHT:
            self.fields[naam].required = True

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        self._toon_wat_nodig_is()  # the fields were looked at already: this is only about the page
        return schoon

    @property
    def delen(self) -> list[tuple[str, list[Any]]]:
        """The fields of the page, under their headings."""
        return [(kop, [self[naam] for naam in namen if naam in self.fields]) for kop, namen in DELEN]

    @property
    def velden(self) -> dict[str, Any]:
        """What was filled in, as the service takes it."""
        return {naam: self.cleaned_data[naam] for naam in VELDEN if naam in self.cleaned_data}

    def ga_verder_met(self, versie: int) -> None:
        """What was filled in is saved now: the next save goes on from there."""
        self.data = {**self.data.dict(), "versie": str(versie)}  # type: ignore[attr-defined]

    def clean_kvk_nummer(self) -> str:
        return str(self.cleaned_data["kvk_nummer"]).replace(" ", "")

    def clean_loonheffingennummer(self) -> str:
        return str(self.cleaned_data["loonheffingennummer"]).replace(" ", "").upper()


class StukForm(Formulier):
    """One file, looked at by its content."""

    soort = forms.ChoiceField(label="Wat is het", choices=Stuksoort)
    bestand = bestandveld()
    upload: Upload | None = None

    def clean_bestand(self) -> Any:
        bestand = self.cleaned_data["bestand"]
        self.upload = lees_upload(bestand)
        return bestand


class AanvraagFilter(Formulier):
    zoek = forms.CharField(label="Naam, werkgever of nummer", required=False, max_length=60)
    van_mij = forms.BooleanField(label="Die ik behandel", required=False)


class SubsidieFilter(Formulier):
    zoek = forms.CharField(label="Naam, werkgever of nummer", required=False, max_length=60)
    stand = forms.ChoiceField(
        label="Stand",
        required=False,
        choices=[("lopend", "Loopt"), ("beeindigd", "Beëindigd"), ("ingetrokken", "Ingetrokken")],
    )
    regeling = forms.ChoiceField(label="Regeling", required=False)

    def __init__(self, *args: Any, regelingen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regeling"].choices = [("", "Alle regelingen"), *regelingen]  # type: ignore[attr-defined]


class RedenForm(Formulier):
    reden = forms.CharField(label="Waarom", max_length=400, widget=Vrijetekst(3))


class AanvullingForm(Formulier):
    reden = forms.CharField(label="Wat moet de werkgever aanvullen", max_length=2000, widget=Vrijetekst(4))
    aanvullen_voor = forms.DateField(
        label="Uiterlijk op", widget=Datum, help_text="Tot en met deze dag staat de termijn stil."
    )


class IngebrekeForm(Formulier):
    op = forms.DateField(label="Ontvangen op", widget=Datum)


class OordeelForm(Formulier):
    uitkomst = forms.ChoiceField(label="Jouw oordeel", choices=Uitkomst, widget=Keuzes)
    reden = forms.CharField(label="Wat heb je gezien of nagevraagd", max_length=400, widget=Vrijetekst(3))


class LinkForm(Formulier):
    naam = forms.CharField(label="Naam van de contactpersoon", max_length=150)
    email = forms.EmailField(label="E-mailadres")


class DienstverbandForm(Formulier):
    """An employment that is there, or a new one from the application: with subsidy, or beschut work."""

    NIEUW, NIEUW_BESCHUT = "nieuw", "nieuw_beschut"
    dienstverband = forms.ChoiceField(
        label="Welk dienstverband",
        widget=Keuzes(hulp={NIEUW_BESCHUT: "Alleen met een positief advies van UWV."}),
    )
    werkvorm = forms.ChoiceField(label="Waar is het beschutte werk", choices=(), required=False)

    def __init__(self, *args: Any, banen: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [(str(b.pk), f"{b.functie} bij {b.feitelijke_werkgever.naam}") for b in banen]
        self.fields["dienstverband"].choices = [  # type: ignore[attr-defined]
            *keuzes,
            (self.NIEUW, "Leg een nieuw dienstverband vast met de gegevens uit de aanvraag"),
            (self.NIEUW_BESCHUT, "Leg beschut werk vast met de gegevens uit de aanvraag"),
        ]
        self.fields["werkvorm"].choices = [("", "Alleen bij beschut werk"), *Werkvorm.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or self.cleaned_data
        if schoon.get("dienstverband") == self.NIEUW_BESCHUT and not schoon.get("werkvorm"):
            self.add_error("werkvorm", "Kies waar het beschutte werk wordt gedaan.")
        return schoon


class BesluitForm(Formulier):
    ingangsdatum = forms.DateField(label="Vanaf welke dag", widget=Datum)
    motivering = forms.CharField(
        label="Waarom",
        max_length=3000,
        widget=Vrijetekst(6),
        help_text="Dit staat in de brief. Schrijf aan de werkgever: kort, in gewone woorden, met de feiten.",
    )

    project = forms.ChoiceField(
        label="Uit welk geld",
        required=False,
        choices=(),
        help_text="Kies een project als de subsidie uit projectgeld komt.",
    )

    def __init__(
        self, *args: Any, dag: str = "Vanaf welke dag", projecten: Collection[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ingangsdatum"].label = dag
        gekozen = (self.initial or {}).get("project") or ""
        namen = sorted({*projecten, *([gekozen] if gekozen else [])})
        if namen:
            gewoon = ("", "Het geld van de regeling")
            self.fields["project"].choices = [gewoon, *((naam, f"Project {naam}") for naam in namen)]  # type: ignore[attr-defined]
        else:
            del self.fields["project"]


def eis_versie(tekst: str) -> int:
    """The counter that a button sent along."""
    if not tekst.isdigit():
        raise ValidationError("Vernieuw de bladzijde en probeer het opnieuw.")
    return int(tekst)
