"""Forms about requests of AVG art. 15-21 and about the watch over reading. Rules live in the services."""

from __future__ import annotations

from typing import Any

from django import forms

from deelnemers.forms import LEEG
from deelnemers.keuzes import (
    Achterhoudreden,
    Ontvangstwijze,
    Overhandigwijze,
    Privacysoort,
    Signaaluitkomst,
    Vaststelwijze,
    Verbodreden,
)
from deelnemers.models import Deelnemer
from deelnemers.privacykeuzes import Gebruiksgrond
from deelnemers.services.inschrijven import vind_op_bsn
from kern import bsn as bsn_
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, Vrijetekst
from organisatie.models import Medewerker
from organisatie.querysets import in_dienst


def zoek_op_nummer(nummer: str) -> Deelnemer:
    """The person of a dossier number, after merging; raises a ValidationError for the field."""
    gevonden = Deelnemer.objects.select_related("samengevoegd_met").filter(dossiernummer=nummer.strip()).first()
    if gevonden is None:
        raise forms.ValidationError("Dit dossier is er niet. Controleer het nummer.")
    return gevonden.samengevoegd_met or gevonden


class WieForm(Formulier):
    """A person by the number of the dossier."""

    dossiernummer = forms.CharField(label="Nummer van het dossier", max_length=12, help_text="Bijvoorbeeld 2026-00012.")

    def clean_dossiernummer(self) -> Deelnemer:
        return zoek_op_nummer(self.cleaned_data["dossiernummer"])


class VerzoekForm(Formulier):
    """A request as it came in. The person is found by dossier number or BSN, which is not kept here."""

    dossiernummer = forms.CharField(
        label="Nummer van het dossier", max_length=12, required=False, help_text="Bijvoorbeeld 2026-00012."
    )
    burgerservicenummer = forms.CharField(
        label="Of het burgerservicenummer",
        required=False,
        max_length=11,
        help_text="Alleen om de persoon te vinden. We bewaren het hier niet.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    soort = forms.ChoiceField(label="Wat vraagt de persoon?", choices=Privacysoort.choices, widget=Keuzes())
    vraag = forms.CharField(
        label="In eigen woorden",
        required=False,
        widget=Vrijetekst(3),
        help_text="Bijvoorbeeld wat niet klopt en wat het moet zijn. Dit komt in de antwoordbrief.",
    )
    ontvangen_op = forms.DateField(label="Ontvangen op", widget=Datum())
    ontvangen_wijze = forms.ChoiceField(label="Hoe kwam het binnen?", choices=[*LEEG, *Ontvangstwijze.choices])
    namens = forms.CharField(
        label="Vraagt iemand anders dit namens de persoon?",
        required=False,
        max_length=150,
        help_text="De naam van de vertegenwoordiger.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ontvangen_op"].initial = klok.vandaag()

    def clean(self) -> dict[str, Any]:
        gegevens = super().clean() or self.cleaned_data
        nummer, bsn = gegevens.get("dossiernummer", ""), gegevens.get("burgerservicenummer", "")
        if bool(nummer) == bool(bsn):
            self.add_error("dossiernummer", "Vul een dossiernummer in, of een burgerservicenummer.")
        elif nummer:
            try:
                gegevens["deelnemer"] = zoek_op_nummer(nummer)
            except forms.ValidationError as fout:
                self.add_error("dossiernummer", fout)
        else:
            self._op_bsn(gegevens, bsn)
        return gegevens

    def _op_bsn(self, gegevens: dict[str, Any], bsn: str) -> None:
        try:
            gegevens["deelnemer"] = vind_op_bsn(bsn_.controleer(bsn))
        except forms.ValidationError as fout:
            self.add_error("burgerservicenummer", fout)
            return
        if gegevens["deelnemer"] is None:
            self.add_error("burgerservicenummer", "Van deze persoon hebben we geen dossier.")


class VaststelForm(Formulier):
    identiteit = forms.ChoiceField(
        label="Hoe weet je dat het deze persoon is?", choices=Vaststelwijze.choices, widget=Keuzes()
    )


class BesluitForm(Formulier):
    """The decision, with the words that go into the letter."""

    actie = forms.ChoiceField(label="Wat beslis je?", choices=(), widget=Keuzes())
    reden = forms.CharField(
        label="Uitleg voor de persoon",
        widget=Vrijetekst(4),
        help_text="Dit komt in de brief. Schrijf op wat je doet, of waarom niet.",
        error_messages={"required": "Leg uit waarom je dit beslist. De persoon leest dit."},
    )

    ondanks_termijn = forms.BooleanField(label="Wis ook de gegevens waarvan de bewaartermijn nog loopt", required=False)

    def __init__(self, *args: Any, stappen: list[tuple[str, str]], termijnen: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actie"].choices = stappen  # type: ignore[attr-defined]
        if termijnen:
            self.fields[
                "ondanks_termijn"
            ].help_text = (
                f"Nu nog: {termijnen}. Meestal moet dat blijven. Leg anders in je uitleg vast waarom het weg mag."
            )
        else:
            del self.fields["ondanks_termijn"]


class OverhandigForm(Formulier):
    wijze = forms.ChoiceField(label="Hoe gaf je het overzicht?", choices=Overhandigwijze.choices, widget=Keuzes())


class GebruikForm(Formulier):
    """Use the data for a while although they are restricted."""

    grond = forms.ChoiceField(label="Waarom mag dit?", choices=Gebruiksgrond.choices, widget=Keuzes())
    reden = forms.CharField(
        label="Waarom en waarvoor",
        max_length=300,
        widget=Vrijetekst(2),
        help_text="De persoon kan dit lezen.",
        error_messages={"required": "Schrijf op waarom en waarvoor. De persoon kan dit lezen."},
    )
    tot = forms.DateField(label="Tot en met", widget=Datum())


class AchterhoudForm(Formulier):
    """Per heading of the overview: give it, or not and why."""

    def __init__(self, *args: Any, koppen: list[str], nu: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keuzes = [("", "Meegeven"), *((code, f"Niet: {label}") for code, label in Achterhoudreden.choices)]
        self._veld = {f"deel_{nummer}": kop for nummer, kop in enumerate(koppen)}
        for naam, kop in self._veld.items():
            self.fields[naam] = forms.ChoiceField(label=kop, choices=keuzes, required=False, initial=nu.get(kop, ""))

    def gekozen(self) -> dict[str, str]:
        """Heading → reason, only of what is not given."""
        return {kop: self.cleaned_data[naam] for naam, kop in self._veld.items() if self.cleaned_data[naam]}


class PeriodeForm(Formulier):
    van = forms.DateField(label="Van", widget=Datum())
    tot = forms.DateField(label="Tot en met", widget=Datum())


class SignaalForm(Formulier):
    uitkomst = forms.ChoiceField(label="Wat vond je?", choices=Signaaluitkomst.choices, widget=Keuzes())
    toelichting = forms.CharField(
        label="Toelichting",
        widget=Vrijetekst(3),
        help_text="Met wie je sprak en wat de uitleg was.",
        error_messages={"required": "Schrijf op wat je vond."},
    )


class VerbodForm(WieForm):
    """Who may not open which dossier."""

    medewerker = forms.ModelChoiceField(label="Medewerker", queryset=Medewerker.objects.none())
    reden = forms.ChoiceField(label="Waarom?", choices=[*LEEG, *Verbodreden.choices])

    field_order = ["medewerker", "dossiernummer", "reden"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mensen = Medewerker.objects.filter(in_dienst(klok.vandaag())).order_by("achternaam", "voornaam", "pk")
        self.fields["medewerker"].queryset = mensen  # type: ignore[attr-defined]
