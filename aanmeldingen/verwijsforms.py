"""Forms for referring somebody to a partner, and for what the partner answers."""

from __future__ import annotations

from typing import Any

from django import forms

from aanmeldingen.keuzes import TERUGSTUURREDENEN_PARTNER, VERWIJSREDENEN_UIT, Bevestigwijze, Onderdeel, Verwijsgrond
from aanmeldingen.models import Routeversie
from aanmeldingen.services.verwijzen import Inhoud, mag_mee
from aanmeldingen.toestanden import VERWIJZING
from kern import klok
from kern.formulier import Datum, Formulier, Keuzes, Vrijetekst
from organisatie.keuzes import PartnerSoort
from organisatie.models import Contactpersoon, Ketenpartner
from organisatie.querysets import contacten_van, partnerlijst, teams_vandaag
from regelgeving import opzoeken


def _tekst(label: str, hulp: str, fout: str, *, verplicht: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hulp,
        max_length=2000,
        required=verplicht,
        widget=Vrijetekst(4),
        error_messages={"required": fout},
    )


class VerwijsFilter(Formulier):
    """Filter above the list of referrals by us."""

    status = forms.ChoiceField(label="Status", required=False, choices=[("", "Alle statussen"), *VERWIJZING.keuzes])
    soort = forms.ChoiceField(label="Naar", required=False, choices=[("", "Alle partners"), *PartnerSoort.choices])
    team = forms.ChoiceField(label="Team", required=False)
    laat = forms.BooleanField(label="Alleen te laat", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        teams = [(str(team.pk), team.naam) for team in teams_vandaag()]
        self.fields["team"].choices = [("", "Alle teams"), *teams]  # type: ignore[attr-defined]


class WaarheenForm(Formulier):
    """The first step: which route and which partner."""

    route = forms.ChoiceField(
        label="Waarvoor verwijs je?", widget=Keuzes, error_messages={"required": "Kies waarvoor je verwijst."}
    )
    partner = forms.ModelChoiceField(
        label="Naar welke partner?",
        queryset=Ketenpartner.alle_gemeenten.none(),
        empty_label="Kies een partner",
        help_text="Staat de partner er niet bij? De functioneel beheerder houdt de gids bij.",
        error_messages={"required": "Kies een partner."},
    )

    def __init__(self, versies: list[Routeversie], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["route"].choices = [(v.route.code, v.route.naam) for v in versies]  # type: ignore[attr-defined]
        self.fields["partner"].queryset = partnerlijst()  # type: ignore[attr-defined]


class VerwijsForm(Formulier):
    """The second step: why, on what ground, and what goes along."""

    contactpersoon = forms.ModelChoiceField(
        label="Aan wie?",
        required=False,
        queryset=Contactpersoon.alle_gemeenten.none(),
        empty_label="Wie het eerst aan de beurt is",
    )
    reden = forms.ChoiceField(label="Reden", widget=Keuzes, error_messages={"required": "Kies een reden."})
    toelichting = _tekst(
        "Waarom verwijs je?",
        "De partner leest deze tekst. Schrijf op wat nodig is voor deze vraag, en niet meer.",
        "Leg uit waarom je verwijst.",
    )
    onderdelen = forms.MultipleChoiceField(
        label="Wat gaat er mee?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Kies alleen wat de partner nodig heeft.",
    )
    grond = forms.ChoiceField(
        label="Waarom mag dit?",
        choices=Verwijsgrond.choices,
        widget=Keuzes,
        error_messages={"required": "Kies waarom je de gegevens mag delen."},
    )
    toestemming_op = forms.DateField(
        label="Toestemming gegeven op",
        required=False,
        widget=Datum,
        help_text="Alleen bij toestemming.",
        error_messages={"invalid": "Vul een datum in, bijvoorbeeld 1-12-2026."},
    )
    grond_uitleg = forms.CharField(
        label="Welke wet of afspraak",
        required=False,
        max_length=300,
        help_text="Alleen als de toestemming niet de grond is.",
    )

    def __init__(self, versie: Routeversie, partner: Ketenpartner, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partner = partner
        self.fields["contactpersoon"].queryset = contacten_van(partner.pk)  # type: ignore[attr-defined]
        redenen = opzoeken.keuzes(VERWIJSREDENEN_UIT, klok.vandaag())
        self.fields["reden"].choices = redenen  # type: ignore[attr-defined]
        keuzes = [(o, str(Onderdeel(o).label)) for o in mag_mee(versie, partner)]
        if keuzes:
            self.fields["onderdelen"].choices = keuzes  # type: ignore[attr-defined]
        else:
            del self.fields["onderdelen"]
        vast = ", ".join(str(Onderdeel(o).label).lower() for o in versie.verplicht if o != Onderdeel.TOELICHTING)
        if "onderdelen" in self.fields:
            altijd = f"Naam, geboortedatum, {vast} en je uitleg gaan altijd mee."
            hulp = f"{altijd} Kies alleen wat de partner nog meer nodig heeft."
            self.fields["onderdelen"].help_text = hulp

    @property
    def inhoud(self) -> Inhoud:
        """What was filled in, for the service."""
        return Inhoud(partner=self.partner, **self.cleaned_data)


class NaamForm(Formulier):
    """Who at the partner says it."""

    naam = forms.CharField(
        label="Wie zegt dit?",
        max_length=150,
        help_text="Naam en functie van wie je sprak.",
        error_messages={"required": "Vul in wie dit zegt."},
    )


class OntvangstForm(NaamForm):
    """The receipt that we heard, or that came back on paper."""

    wijze = forms.ChoiceField(
        label="Hoe weet je dit?",
        choices=[(w.value, w.label) for w in (Bevestigwijze.TELEFOON, Bevestigwijze.BRIEF)],
        widget=Keuzes,
        error_messages={"required": "Kies hoe je dit weet."},
    )


BESLUITEN = [("aannemen", "Aangenomen"), ("terugsturen", "Teruggestuurd")]


class PartnerantwoordForm(NaamForm):
    """The answer of the partner, noted by us after a call."""

    besluit = forms.ChoiceField(
        label="Wat is het antwoord?",
        choices=BESLUITEN,
        widget=Keuzes,
        error_messages={"required": "Kies het antwoord."},
    )
    code = forms.ChoiceField(label="Reden van terugsturen", required=False, help_text="Alleen bij terugsturen.")
    reden = _tekst("Toelichting", "Bij terugsturen verplicht.", "", verplicht=False)
    field_order = ["naam", "besluit", "code", "reden"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        redenen = opzoeken.keuzes(TERUGSTUURREDENEN_PARTNER, klok.vandaag())
        self.fields["code"].choices = [("", "Kies een reden"), *redenen]  # type: ignore[attr-defined]


class WieBenJeForm(Formulier):
    """Who opens the link: asked before anything is shown."""

    naam = forms.CharField(
        label="Uw naam",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Vul uw naam in."},
    )
    functie = forms.CharField(
        label="Uw functie en organisatie",
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
        error_messages={"required": "Vul uw functie en organisatie in."},
    )


class LinkantwoordForm(Formulier):
    """The answer by the link."""

    besluit = forms.ChoiceField(
        label="Uw antwoord",
        choices=[("bevestigen", "Ik bevestig de ontvangst en antwoord later"), *BESLUITEN],
        widget=Keuzes,
        error_messages={"required": "Kies uw antwoord."},
    )
    code = forms.ChoiceField(label="Reden van terugsturen", required=False, help_text="Alleen bij terugsturen.")
    reden = _tekst("Toelichting", "Bij terugsturen verplicht.", "", verplicht=False)

    def __init__(self, *args: Any, al_bevestigd: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        redenen = opzoeken.keuzes(TERUGSTUURREDENEN_PARTNER, klok.vandaag())
        self.fields["code"].choices = [("", "Kies een reden"), *redenen]  # type: ignore[attr-defined]
        if al_bevestigd:
            self.fields["besluit"].choices = BESLUITEN  # type: ignore[attr-defined]


class IntrekForm(Formulier):
    """Take a referral back."""

    reden = _tekst("Waarom trek je de verwijzing in?", "De partner hoort dat zij is ingetrokken.", "Geef een reden.")
