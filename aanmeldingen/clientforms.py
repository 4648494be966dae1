"""Forms with which the functioneel beheerder connects a system."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey

from aanmeldingen.keuzes import BRONNEN
from kern import klok
from kern.formulier import Datum, Formulier
from regelgeving import opzoeken

#: What a client may be given, in words; a test keeps it equal to what the API asks.
SCOPES = {
    "aanmeldingen.indienen": "Aanmelden, verbeteren, aanvullen, intrekken en documenten sturen",
    "aanmeldingen.controleren": "Aanmeldingen alleen controleren, er wordt niets bewaard",
    "aanmeldingen.veiligheid": "De inhoud van een veiligheidsmelding sturen",
    "aanmeldingen.lezen": "Eigen aanmeldingen lezen en zoeken",
    "gebeurtenissen.lezen": "Ophalen wat er gebeurde",
    "abonnementen.beheren": "Vanzelf bericht krijgen (webhooks)",
    "referentielijsten.lezen": "Codes en routes lezen",
    "verwijzingen.lezen": "Lezen wie wij naar deze partner verwijzen",
    "inkomen.beantwoorden": "Antwoorden van de uitkeringsadministratie leveren",
    "verwijzingen.beantwoorden": "De ontvangst van een verwijzing bevestigen en antwoorden",
}


def vandaag() -> dt.date:
    """The real day: keys do not follow the fixed day of a demo."""
    return timezone.localdate(klok.echt_nu())


def einde_van(dag: dt.date | None) -> dt.datetime | None:
    """The moment at which a day is over."""
    return timezone.make_aware(dt.datetime.combine(dag + dt.timedelta(days=1), dt.time())) if dag else None


def begin_van(dag: dt.date | None) -> dt.datetime | None:
    """The moment at which a day begins; today is now."""
    if dag is None or dag <= vandaag():
        return None
    return timezone.make_aware(dt.datetime.combine(dag, dt.time()))


def _dag(label: str, hulp: str = "", *, verplicht: bool = True) -> forms.DateField:
    fouten = {"required": "Vul een datum in.", "invalid": "Vul een datum in, bijvoorbeeld 1-12-2026."}
    return forms.DateField(label=label, help_text=hulp, required=verplicht, widget=Datum, error_messages=fouten)


class ClientForm(Formulier):
    """What a client is called, may do, and hears."""

    naam = forms.CharField(label="Naam", max_length=150, help_text="Van de afdeling of organisatie.")
    scopes = forms.MultipleChoiceField(
        label="Wat mag dit systeem?",
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies minstens één recht."},
    )
    contact_email = forms.EmailField(
        label="E-mailadres bij vragen", required=False, help_text="Van de mensen die het systeem beheren."
    )
    eigen_organisatie = forms.BooleanField(
        label="Hoort bij de eigen organisatie",
        required=False,
        help_text="Alleen dan hoort het systeem of iemand al een traject heeft, zonder inhoud.",
    )
    uitkomst_zichtbaar = forms.BooleanField(label="Hoort de uitkomst van het traject", required=False)
    uitgever = forms.CharField(
        label="Externe token-uitgever",
        max_length=200,
        required=False,
        help_text="Alleen als het systeem zijn token ergens anders haalt. Vul dan de naam (iss) van die uitgever in.",
    )
    extern_id = forms.CharField(
        label="Naam bij die uitgever", max_length=100, required=False, help_text="In het token: azp of client_id."
    )


class NieuweClientForm(ClientForm):
    """A system that is not connected yet."""

    client_id = forms.RegexField(
        r"^[a-z0-9][a-z0-9._-]{1,59}$",
        label="Client-id",
        help_text="Hiermee meldt het systeem zich aan. Kleine letters, cijfers en streepjes; later niet te wijzigen.",
        error_messages={"invalid": "Gebruik kleine letters, cijfers en streepjes, minstens twee tekens."},
    )
    bron = forms.ChoiceField(label="Meldt aan namens")
    field_order = ["naam", "client_id", "bron", "scopes"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bronnen = opzoeken.keuzes(BRONNEN, klok.vandaag())
        self.fields["bron"].choices = [("", "Kies een afdeling"), *bronnen]  # type: ignore[attr-defined]


class WijzigClientForm(ClientForm):
    """A change; the counter refuses when a colleague was first."""

    versie = forms.IntegerField(widget=forms.HiddenInput)


class SleutelForm(Formulier):
    """A public key with its days."""

    jwk = forms.CharField(
        label="Publieke sleutel (JWK)",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
        help_text="Plak het bestand dat je kreeg. RSA vanaf 2048 bits of EC P-256, nooit een privésleutel.",
        error_messages={"required": "Plak de publieke sleutel."},
    )
    geldig_vanaf = _dag("Geldig vanaf")
    geldig_tot = _dag("Geldig tot en met", "Leeg: tot er een nieuwe komt.", verplicht=False)
    oude_tot = _dag("De oude sleutel blijft geldig tot en met", "In die tijd wisselt het systeem van sleutel.")

    def __init__(self, *args: Any, wisselt: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not wisselt:
            del self.fields["oude_tot"]

    def clean_jwk(self) -> dict[str, Any]:
        return _als_jwk(self.cleaned_data["jwk"])

    def clean(self) -> dict[str, Any]:
        schoon = super().clean() or {}
        begin, eind, oud = (schoon.get(n) for n in ("geldig_vanaf", "geldig_tot", "oude_tot"))
        if begin and eind and eind < begin:
            self.add_error("geldig_tot", "Het einde ligt voor het begin. Kies een latere dag.")
        if begin and oud and oud < max(begin, vandaag()):
            self.add_error("oude_tot", "Kies een dag waarop de nieuwe sleutel al werkt, anders staat het systeem stil.")
        return schoon


class EindeForm(Formulier):
    """Until when a key is good."""

    geldig_tot = _dag("Geldig tot en met")


class RedenForm(Formulier):
    """Why something stops now."""

    reden = forms.CharField(
        label="Waarom?", max_length=200, error_messages={"required": "Leg in een paar woorden uit waarom."}
    )


class TestclientForm(Formulier):
    """A test client that a developer makes alone."""

    naam = forms.CharField(label="Naam van je systeem", max_length=150, help_text="Niet de naam van een persoon.")
    bron = forms.ChoiceField(label="Je meldt aan namens")
    jwk = forms.CharField(
        label="Publieke sleutel (JWK of PEM)",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false"}),
        help_text="RSA vanaf 2048 bits of EC P-256. De privésleutel blijft bij jou.",
        error_messages={"required": "Plak je publieke sleutel."},
    )

    def __init__(self, *args: Any, bronnen: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bron"].choices = [("", "Kies een afdeling"), *bronnen]  # type: ignore[attr-defined]

    def clean_jwk(self) -> dict[str, Any]:
        tekst = self.cleaned_data["jwk"].strip()
        if "PRIVATE KEY" in tekst:
            raise ValidationError("Dit is een privésleutel. Gebruik hem niet meer en maak een nieuw sleutelpaar.")
        if tekst.startswith("-----BEGIN PUBLIC KEY-----"):
            return _jwk_van_pem(tekst)
        return _als_jwk(tekst)


def _jwk_van_pem(tekst: str) -> dict[str, Any]:
    for soort in (RSAKey, ECKey):
        try:
            return soort.import_key(tekst).as_dict(private=False)
        except (JoseError, ValueError, TypeError):
            continue
    raise ValidationError("We kunnen deze sleutel niet lezen. Gebruik RSA vanaf 2048 bits of EC P-256.")


def _als_jwk(tekst: str) -> dict[str, Any]:
    try:
        jwk = json.loads(tekst)
    except (ValueError, RecursionError) as fout:
        raise ValidationError("Dit is geen JWK. Een JWK begint met { en eindigt met }.") from fout
    if not isinstance(jwk, dict):
        raise ValidationError("Dit is geen JWK. Een JWK begint met { en eindigt met }.")
    return jwk
